"""Bars over time: at most twelve, so that each is wide enough to touch on a narrow screen."""

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


def by_year(counts: Mapping[int, int], address: Callable[[str, str], str]) -> list[Bar]:
    """Draw counts by year, several years to a bar where there are many; `address` gives the URL for from … to …."""
    if not counts:
        return []
    first, last = min(counts), max(counts)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) // step < _COLUMNS - 1)
    first -= first % step
    groups = []
    for start in range(first, last + 1, step):
        end = start + step - 1
        label = str(start) if step == 1 else f"{start}–{end}"
        count = sum(counts.get(year, 0) for year in range(start, end + 1))
        groups.append((label, count, address(f"{start:04}", f"{end:04}")))
    return _bars(groups)


def _bars(groups: list[tuple[str, int, str]]) -> list[Bar]:
    most = max(value for _, value, _ in groups) or 1
    width = 100 / max(len(groups), _COLUMNS // 2)
    heights = [max(2.0, value / most * _HEIGHT) if value else 0.0 for _, value, _ in groups]
    return [Bar(*group, i * width, width, heights[i]) for i, group in enumerate(groups)]
