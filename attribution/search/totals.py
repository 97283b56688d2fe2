"""How many results a question has: held since they were counted, or counted while the page is read.

PostgreSQL takes 20 ms to count ten thousand results, and 5 to find and read a page of them; where it counts alone, the
one goes on beside the other, on a connection of its own. Else they are counted in the statement that reads the page.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import NamedTuple

import peewee

from attribution import database, index
from attribution.index import Counted
from attribution.query import Question
from attribution.search.held import Held
from attribution.search.page import COUNTED

#: What counts beside the threads that answer, of which a process seldom has so many; whoever finds all busy waits.
_beside = ThreadPoolExecutor(max_workers=16, thread_name_prefix="counting")

_totals = Held(10_000)


class Counting(NamedTuple):
    """A count that was begun when the store's clock had shown `clock`; it gives None where it could not be made."""

    question: Question
    clock: int
    counted: Future[Counted | None]


def held(question: Question, clock: int) -> int | None:
    """Give how many results a question has while the store's clock shows `clock`, if that is known."""
    return _totals.at(clock).get(question)


def note(question: Question, clock: int, total: int) -> int:
    """Note how many results a question has, and give it back."""
    if question.is_short:
        _totals.at(clock)[question] = total
    return total


def statement(question: Question, clock: int) -> index.Statement:
    """Make the statement that gives a total: as it is held, or counted; null where that is done alone."""
    known = held(question, clock)
    if known is None and not index.counts_alone(question):
        return index.counting(question, COUNTED + 1)
    return index.Statement(f"SELECT {'NULL' if known is None else int(known)} AS total", [])


@contextmanager
def counting(question: Question, clock: int) -> Iterator[Counting | None]:
    """Count beside the block where that is done alone, unless the total is held; it ends with the block.

    `clock` is what the store's clock showed before.
    """
    if held(question, clock) is not None or not index.counts_alone(question):
        yield None
        return
    counted = _beside.submit(_count, question)
    try:
        yield Counting(question, clock, counted)
    finally:
        if not counted.cancel():
            wait([counted])


def of(question: Question, clock: int, begun: Counting | None) -> int:
    """Give how many results a question has: as is known, as the count tells that was begun for it, or counted now.

    What is being counted may be so a moment before the page is read; it is held only if the clock shows the same.
    """
    known = held(question, clock)
    if known is not None:
        return known
    counted = begun.counted.result() if begun and begun.question == question else None
    if counted is None:
        return note(question, clock, index.count(question, COUNTED + 1).total)
    return note(question, clock, counted.total) if begun and begun.clock == clock else counted.total


def few(question: Question, clock: int, begun: Counting | None) -> list[int] | None:
    """Give the positions of all results, in any order, where the count that was begun tells them; else None."""
    if begun is None or (begun.question, begun.clock) != (question, clock):
        return None
    counted = begun.counted.result()
    return counted and counted.positions


def _count(question: Question) -> Counted | None:
    """Count on a connection of its own; None where there is none to be had, or it broke: who asked has one too."""
    try:
        with database.connection():
            return index.count(question, COUNTED + 1)
    except (peewee.OperationalError, peewee.InterfaceError):
        return None
