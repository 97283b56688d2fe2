import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.pages import chart

years = st.dictionaries(st.integers(1, 9999), st.integers(1, 10**6), max_size=30)


def address(since, until):
    return f"?from={since}&to={until}"


@given(years)
def test_bars_hold_every_quotation_in_at_most_twelve_columns(counts):
    bars = chart.by_year(counts, address)
    assert sum(bar.value for bar in bars) == sum(counts.values())
    assert len(bars) <= 12
    assert all(0 <= bar.x <= bar.x + bar.width <= 100.001 for bar in bars)
    assert all((bar.height > 0) == (bar.value > 0) for bar in bars)


@pytest.mark.parametrize(
    ("counts", "label", "url"),
    [
        ({2024: 3}, "2024", "?from=2024&to=2024"),
        ({2001: 3, 2020: 1}, "2000–2001", "?from=2000&to=2001"),
        ({1850: 3, 2020: 1}, "1840–1859", "?from=1840&to=1859"),
        ({7: 1}, "7", "?from=0007&to=0007"),
    ],
)
def test_bar_leads_to_its_years(counts, label, url):
    first = chart.by_year(counts, address)[0]
    assert (first.label, first.url) == (label, url)
