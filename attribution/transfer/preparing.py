"""Rows read and made ready in batches; one that is new, while the last is written: engines do so without the GIL."""

import functools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from attribution import errors, quotations
from attribution.quotations import Outcome, Result, Saying
from attribution.transfer import loading
from attribution.transfer.reading import Input, Row

#: How many rows, or of how many bytes, make a batch: with 1,024, an import takes 6 per cent longer. Whoever records one
#: quotation meanwhile waits for a batch to be written: 0.7 s is usual, 2.4 s the most seen. A power of two, which
#: SQLite inserts by few statements.
_ROWS, _BYTES = 2_048, 4_000_000

Begin = Callable[[Sequence[Outcome]], None]


class Batch(NamedTuple):
    """Rows that are recorded together, and what is recorded of each, or all that is wrong with it."""

    rows: list[Row]
    prepared: list[Saying | list[errors.Fault]]


class Preparing:
    """The batches of an input. `broken` says in which line it broke off, and why, if it did.

    Whoever records a batch calls `begin` once, when all is read from the store and the writing begins: what is read row
    by row would give way to the other thread at each. A batch is recorded when the one after it has been read, or the
    input has ended.
    """

    def __init__(self, input: Input) -> None:
        self.broken: tuple[int, errors.Unreadable] | None = None
        self._failure: Exception | None = None
        self._batches = self._read(input)
        self._aside = ThreadPoolExecutor(1)
        self._following: list[Row] | None = None
        self._coming: Callable[[], Batch] | None = None

    def __iter__(self) -> Iterator[Batch]:
        """Yield each batch. An input is read in the thread that asks: it may have to wait, and be interrupted.

        Raises what reading did, after the batches that were read.
        """
        with self._aside:
            self._following = next(self._batches, None)
            self.begin([])
            while self._coming:
                batch, self._coming = self._coming(), None
                self._following = next(self._batches, None)
                yield batch
                if self._following:
                    self.begin([])  # whoever forgets to begin goes without the second thread, not without the rows
        if self._failure:
            raise self._failure

    def begin(self, outcomes: Sequence[Outcome]) -> None:
        """Begin to make the next batch ready; `outcomes` of the one before tell whether its rows are likely new.

        Where nothing of it is new there is little to write meanwhile, and two threads would only stand in each other's
        way: 231 µs a row, where one takes 212.
        """
        new = sum(outcome.result == Result.RECORDED for outcome in outcomes)
        if self._following:
            prepared = functools.partial(_prepared, self._following, 2 * new > len(outcomes))
            self._coming = self._aside.submit(prepared).result if new else prepared
        self._following = None

    def _read(self, input: Input) -> Iterator[list[Row]]:
        rows: list[Row] = []
        line = size = 0
        try:
            for row in input.rows():
                line = row.line
                rows.append(row)
                size += len(row.raw or b"")
                if len(rows) == _ROWS or size > _BYTES:
                    yield rows
                    rows, size = [], 0
        except errors.Unreadable as error:
            self.broken = line + 1, error
        except Exception as error:  # a disk that fails must not cost the rows it gave before
            self._failure = error
        if rows:
            yield rows


def _prepared(rows: list[Row], is_new: bool) -> Batch:
    return Batch(rows, [_ready(row, is_new) for row in rows])


def _ready(row: Row, is_new: bool) -> Saying | list[errors.Fault]:
    try:
        value = row.value()
    except ValueError as error:
        return [errors.Fault("#", str(error))]
    told, faults = loading.load(value)
    return faults if told is None else quotations.prepare(told, is_new=is_new)
