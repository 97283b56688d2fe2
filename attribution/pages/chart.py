"""Bars over time: at most twelve, so that each is wide enough to touch on a narrow screen."""

import calendar
from collections.abc import Callable, Mapping
from typing import NamedTuple

_COLUMNS = 12
_HEIGHT = 64


class Bar(NamedTuple):
    """One bar: what it stands for, how much, where it leads, and its place (in per cent) and height (in pixels)."""

    label: str
    value: int
    url: str
    x: float
    width: float
    height: float


class Chart(NamedTuple):
    """Bars, and what they show."""

    caption: str
    bars: list[Bar]


def over_time(years: Mapping[str, int], months: Mapping[str, int], address: Callable[[str, str], str]) -> Chart:
    """Draw counts by year, several years to a bar where there are many, and by month if all are of one year.

    `years` and `months` are keyed by 2024 and 2024-02; `address` gives the URL for what is from one to another of them.
    """
    if len(years) == 1:
        (year,) = years
        keys = [f"{year}-{month:02}" for month in range(1, 13)]
        groups = [(calendar.month_abbr[i], months.get(key, 0), address(key, key)) for i, key in enumerate(keys, 1)]
        return Chart(f"Quotations in {year}", _bars(groups))
    groups = _by_years({int(year): count for year, count in years.items()}, address) if years else []
    return Chart("Quotations over the years", _bars(groups) if groups else [])


def _by_years(counts: Mapping[int, int], address: Callable[[str, str], str]) -> list[tuple[str, int, str]]:
    first, last = min(counts), max(counts)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) // step < _COLUMNS - 1)
    groups = []
    for start in range(first - first % step, last + 1, step):
        end = start + step - 1
        label = str(start) if step == 1 else f"{start}–{end}"
        count = sum(counts.get(year, 0) for year in range(start, end + 1))
        groups.append((label, count, address(f"{start:04}", f"{end:04}")))
    return groups


def _bars(groups: list[tuple[str, int, str]]) -> list[Bar]:
    most = max(value for _, value, _ in groups) or 1
    width = 100 / max(len(groups), _COLUMNS // 2)
    heights = [max(2.0, value / most * _HEIGHT) if value else 0.0 for _, value, _ in groups]
    return [Bar(*group, i * width, width, heights[i]) for i, group in enumerate(groups)]
