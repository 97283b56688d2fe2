"""Partial dates."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import dates


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02-18", "2024-02-18", "2024-02-18"),
    ],
)
def test_a_partial_date_stands_for_all_its_days(partial, first, last):
    assert dates.first_day(partial).isoformat() == first
    assert dates.last_day(partial).isoformat() == last


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_day_lies_within_its_month_and_year(day: datetime.date, length):
    partial = day.isoformat()[:length]
    assert dates.first_day(partial) <= day <= dates.last_day(partial)
    assert dates.first_day(partial).isoformat()[:length] == dates.last_day(partial).isoformat()[:length] == partial


@pytest.mark.parametrize("wrong", ["2024-02-30", "2024-13", "24", "", "0000"])
def test_what_is_no_date_is_refused(wrong):
    with pytest.raises(ValueError, match=r".*"):
        dates.first_day(wrong)
