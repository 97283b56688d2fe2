"""Partial dates (ISO 8601-1, reduced precision): 2024, 2024-02, 2024-02-18; a year or month stands for all its days."""

import calendar
import datetime
import functools


# An import asks for the same days again and again: so many are those of twenty-two years.
@functools.lru_cache(maxsize=8_192)
def first_day(partial: str) -> datetime.date:
    """Give the first day a partial date may mean; raises ValueError if it is none."""
    return datetime.date.fromisoformat(partial + "-01-01"[len(partial) - 4 :])


@functools.lru_cache(maxsize=8_192)
def last_day(partial: str) -> datetime.date:
    """Give the last day a partial date may mean; raises ValueError if it is none."""
    first = first_day(partial)
    if len(partial) == len("2024"):
        return first.replace(month=12, day=31)
    if len(partial) == len("2024-02"):
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first
