"""Bars over time: at most twelve, so that each is wide enough to touch on a narrow screen."""

import calendar
from collections.abc import Callable, Mapping
from typing import NamedTuple

Address = Callable[[str, str], str]

_COLUMNS = 12
_HEIGHT = 64


class Group(NamedTuple):
    """What one bar stands for: its name, what is written below it, how many, and where it leads."""

    label: str
    tick: str
    value: int
    url: str


class Bar(NamedTuple):
    """One bar: its place (in per cent of the width) and height (in pixels)."""

    group: Group
    x: float
    width: float
    height: float


class Chart(NamedTuple):
    """Bars, and what they show."""

    caption: str
    bars: list[Bar]


def over_time(years: Mapping[str, int], months: Mapping[str, int], address: Address) -> Chart:
    """Draw counts by year, several years to a bar where there are many, and by month if all are of one year.

    `years` and `months` are keyed by 2024 and 2024-02; `address` gives the URL for what is from one to another of them.
    """
    if len(years) == 1:
        (year,) = years
        return Chart(f"Quotations in {year}", _bars(_by_month(year, months, address)))
    return Chart("Quotations over the years", _bars(_by_years({int(year): n for year, n in years.items()}, address)))


def _by_month(year: str, counts: Mapping[str, int], address: Address) -> list[Group]:
    keys = {f"{year}-{month:02}": calendar.month_name[month] for month in range(1, 13)}
    return [Group(f"{name} {year}", name[0], counts.get(key, 0), address(key, key)) for key, name in keys.items()]


def _by_years(counts: Mapping[int, int], address: Address) -> list[Group]:
    if not counts:
        return []
    first, last = min(counts), max(counts)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) // step < _COLUMNS - 1)
    starts = range(first - first % step, last + 1, step)
    groups = []
    for start in starts:
        end = start + step - 1
        label = str(start) if step == 1 else f"{start}–{end}"
        if step == 1 and len(starts) <= _COLUMNS // 2:
            tick = label
        else:
            tick = str(start) if start == starts[0] else str(end) if start == starts[-1] else ""
        count = sum(counts.get(year, 0) for year in range(start, end + 1))
        groups.append(Group(label, tick, count, address(f"{start:04}", f"{end:04}")))
    return groups


def _bars(groups: list[Group]) -> list[Bar]:
    most = max((group.value for group in groups), default=1) or 1
    width = 100 / max(len(groups), _COLUMNS // 2)
    return [
        Bar(group, i * width, width, max(2.0, group.value / most * _HEIGHT) if group.value else 0.0)
        for i, group in enumerate(groups)
    ]
