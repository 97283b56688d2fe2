"""Rows read in batches, and each made ready while the one before it is recorded."""

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from attribution import errors
from attribution.transfer.preparing import Here, Prepared
from attribution.transfer.reading import Input, Row

#: How many rows, or of how many bytes, make a batch: with 1,024, an import took 6 per cent longer, when a thread still
#: made them ready. Whoever records one quotation meanwhile waits for a batch to be written: 0.7 s was usual then, 2.4 s
#: the most seen. A power of two, which SQLite inserts by few statements.
_ROWS, _BYTES = 2_048, 4_000_000

#: How many rows the first batches have: until one is ready there is nothing to record, and what becomes of it tells how
#: to make ready those that come after the next.
_FIRST = (64, 64)


class Batch(NamedTuple):
    """Rows that are recorded together, and what is recorded of each, or all that is wrong with it."""

    rows: list[Row]
    prepared: list[Prepared]


class Batches:
    """The batches of an input. `broken` says in which line it broke off, and why, if it did.

    A batch is given when the one after it has been read, or the input has ended. `are_new` may be told meanwhile:
    whether rows are likely to be recorded.
    """

    def __init__(self, input: Input, worker: Here) -> None:
        self.broken: tuple[int, errors.Unreadable] | None = None
        self.are_new = True
        self._failure: Exception | None = None
        self._input = input
        self._worker = worker

    def __iter__(self) -> Iterator[Batch]:
        """Yield each batch. Raises what reading did, after the batches that were read."""
        batches = self._read()
        rows = self._begun(next(batches, []))
        while rows:
            following = next(batches, [])
            batch = Batch(rows, self._worker.done())
            rows = self._begun(following)
            yield batch
        if self._failure:
            raise self._failure

    def _begun(self, rows: list[Row]) -> list[Row]:
        if rows:
            self._worker.begin(rows, self.are_new)
        return rows

    def _read(self) -> Iterator[list[Row]]:
        rows: list[Row] = []
        line = size = 0
        lengths = itertools.chain(_FIRST, itertools.repeat(_ROWS))
        length = next(lengths)
        try:
            for row in self._input.rows():
                line = row.line
                rows.append(row)
                size += len(row.raw or b"")
                if len(rows) == length or size > _BYTES:
                    yield rows
                    rows, size, length = [], 0, next(lengths)
        except errors.Unreadable as error:
            self.broken = line + 1, error
        except Exception as error:  # a disk that fails must not cost the rows it gave before
            self._failure = error
        if rows:
            yield rows
