"""How many results a question has: held since they were counted, or counted while the page is read.

PostgreSQL takes 20 ms to count ten thousand results, and 5 to find and read a page of them; so there the one goes on
beside the other, on a connection of its own. SQLite counts in the statement that reads the page.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from attribution import database, index
from attribution.index import Counted
from attribution.query import Question
from attribution.search.held import Held
from attribution.search.page import COUNTED

#: What counts beside the threads that answer; each has a connection of its own while it counts. A server has fewer
#: threads in a process than these.
_beside = ThreadPoolExecutor(max_workers=64, thread_name_prefix="counting")

_totals = Held(10_000)


class Counting(NamedTuple):
    """A count that was begun when the store's clock had shown `clock`."""

    question: Question
    clock: int
    counted: Future[Counted]


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


def begin(question: Question, clock: int) -> Counting | None:
    """Begin to count where that is done alone, unless the total is held; `clock` is what the clock showed before."""
    if held(question, clock) is not None or not index.counts_alone(question):
        return None
    return Counting(question, clock, _beside.submit(_count, question))


def of(question: Question, clock: int, begun: Counting | None) -> int:
    """Give how many results a question has: as is known, as the count tells that was begun for it, or counted now.

    What is being counted may be so a moment before the page is read; it is held only if the clock shows the same.
    """
    known = held(question, clock)
    if known is not None:
        return known
    if begun is None or begun.question != question:
        return note(question, clock, index.count(question, COUNTED + 1).total)
    total = begun.counted.result().total
    return note(question, clock, total) if begun.clock == clock else total


def few(question: Question, clock: int, begun: Counting | None) -> list[int] | None:
    """Give the positions of all results, in any order, where the count that was begun tells them; else None."""
    if begun is None or (begun.question, begun.clock) != (question, clock):
        return None
    return begun.counted.result().positions


def _count(question: Question) -> Counted:
    with database.connection():
        return index.count(question, COUNTED + 1)
