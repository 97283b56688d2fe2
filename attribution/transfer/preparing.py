"""Rows made ready to be recorded: all that can be done of them without the store, which is half of an import.

Python runs one thread of a process at a time, so a process beside the one that records makes the next batch ready. A
web server's workers are processes themselves; there, rows are made ready where they are recorded.
"""

import contextlib
import gc
import multiprocessing
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from attribution import database, errors, quotations
from attribution.quotations import Saying
from attribution.transfer import loading
from attribution.transfer.reading import Row

#: What is recorded of a row, or all that is wrong with it.
Prepared = Saying | list[errors.Fault]


def prepared(rows: Sequence[Sequence[Any]], is_new: bool) -> list[Prepared]:
    """Make rows ready, each a `Row` or its values; `is_new`: they are likely to be recorded."""
    return [_prepared(Row._make(row), is_new) for row in rows]


def _prepared(row: Row, is_new: bool) -> Prepared:
    try:
        value = row.value()
    except ValueError as error:
        return [errors.Fault("#", str(error))]
    told, faults = loading.load(value)
    return faults if told is None else quotations.prepare(told, is_new=is_new)


class Here:
    """Makes rows ready in this process, when they are asked for."""

    def begin(self, rows: Sequence[Row], is_new: bool) -> None:
        """Take the rows to be made ready; one batch at a time."""
        self._task = rows, is_new

    def done(self) -> list[Prepared]:
        """Give them, made ready."""
        return prepared(*self._task)


class Beside(Here):
    """Makes rows ready in a process of its own, from `begin` on; it ends with the block, or with this process.

    For the store at `url`, since each engine has its own way to write what a text is found by.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> Self:
        self._end, other = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(other, self._end, self._url), daemon=True)
        with contextlib.suppress(OSError):  # no more processes may be had: then it is done here
            self._process.start()
        other.close()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end.close()
        if self._process.pid is not None:
            self._process.kill()  # it has nothing to lose, and may be at work that nobody wants any more
            self._process.join()

    def begin(self, rows: Sequence[Row], is_new: bool) -> None:
        """Take the rows to be made ready, and begin; one batch at a time."""
        super().begin(rows, is_new)
        with contextlib.suppress(OSError):
            self._end.send(([tuple(row) for row in rows], is_new))  # plain values are sent in a sixth of the time

    def done(self) -> list[Prepared]:
        """Wait for them; if there is no other process any more, make them ready here."""
        try:
            made: list[Prepared] = self._end.recv()
        except (EOFError, OSError):
            return super().done()
        return made


def _serve(end: Connection, other: Connection, url: str) -> None:
    """Make ready what comes, until nobody is left to send it; `other` is the end of whoever does."""
    other.close()
    gc.freeze()  # what is there already is shared with the other process as long as nobody touches it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; whoever records says when to stop
    if database.db.obj is None:  # where processes are not begun as copies
        database.bind(url)
    with contextlib.suppress(EOFError, OSError):
        while True:
            end.send(prepared(*end.recv()))
