import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.pages import chart

years = st.dictionaries(st.integers(1, 9999).map("{:04}".format), st.integers(1, 10**6), min_size=2, max_size=30)


def address(since, until):
    return f"?from={since}&to={until}"


@given(years)
def test_bars_hold_every_quotation_in_at_most_twelve_columns(counts):
    bars = chart.over_time(counts, {}, address).bars
    assert sum(bar.group.value for bar in bars) == sum(counts.values())
    assert len(bars) <= 12
    assert all(0 <= bar.x <= bar.x + bar.width <= 100.001 for bar in bars)
    assert all((bar.height > 0) == (bar.group.value > 0) for bar in bars)


@pytest.mark.parametrize(
    ("counts", "label", "url"),
    [
        ({"2023": 2, "2024": 3}, "2023", "?from=2023&to=2023"),
        ({"2001": 3, "2020": 1}, "2000–2001", "?from=2000&to=2001"),
        ({"1850": 3, "2020": 1}, "1840–1859", "?from=1840&to=1859"),
        ({"0007": 1, "0008": 1}, "7", "?from=0007&to=0007"),
    ],
)
def test_bar_leads_to_its_years(counts, label, url):
    first = chart.over_time(counts, {}, address).bars[0]
    assert (first.group.label, first.group.url) == (label, url)


def test_one_year_is_shown_by_month():
    caption, bars = chart.over_time({"2024": 3}, {"2024-02": 2, "2024-12": 1}, address)
    assert "2024" in caption
    assert [(bar.group.label, bar.group.value) for bar in bars if bar.group.value] == [
        ("February 2024", 2),
        ("December 2024", 1),
    ]
    assert bars[1].group.url == "?from=2024-02&to=2024-02"


def test_nothing_is_no_chart():
    assert chart.over_time({}, {}, address).bars == []
