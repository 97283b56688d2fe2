"""Rows in: every row through `quotations.record_all`, in batches, with a report of what became of each."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import peewee

from attribution import database, errors, index, quotations
from attribution.ledger import Ledger
from attribution.quotations import Result, Saying
from attribution.transfer.batches import Batch, Batches
from attribution.transfer.preparing import Here
from attribution.transfer.reading import Format, Input, Row
from attribution.transfer.rejects import Rejects
from attribution.transfer.report import Report


class Terms(NamedTuple):
    """How to import: `by` whom, changing nothing, all or nothing, revising what differs, with an editor's rights."""

    by: str
    dry_run: bool = False
    atomic: bool = False
    update: bool = False
    may_restore: bool = True


class _UndoneError(Exception):
    """Leaves a transaction that is not to be kept."""


def load(path: Path, by: str = "import") -> Report:
    """Record every row of a file, or none if one is bad."""
    with path.open("rb") as stream:
        return Import(Terms(by)).run([Input(stream, Format.of(path.name), path.name)])


class Import:
    """One import, of one or several inputs.

    `rejects` takes the rows that are bad or conflict. `watch` is called after each batch of rows. `shield` surrounds
    each; it may raise KeyboardInterrupt after one, which ends the import there. `worker` makes the rows ready.
    """

    def __init__(
        self,
        terms: Terms,
        *,
        rejects: Rejects | None = None,
        watch: Callable[[Input, Report], None] = lambda input, report: None,
        shield: Callable[[], contextlib.AbstractContextManager[object]] = contextlib.nullcontext,
        worker: Here | None = None,
    ) -> None:
        self.report = Report()
        self._terms = terms
        self._ledger = Ledger(terms.by, may_restore=terms.may_restore)
        self._rejects = rejects
        self._watch = watch
        self._shield = shield
        self._settled = 0
        self._worker = worker or Here()

    def run(self, inputs: Sequence[Input]) -> Report:
        """Record every row; a batch is one transaction, or all are if the import is `atomic` or a `dry_run`."""
        with contextlib.suppress(_UndoneError), database.transaction() if self._is_whole else contextlib.nullcontext():
            with contextlib.suppress(KeyboardInterrupt):
                self.report.is_stopped = True
                for input in inputs:
                    self._read(input, input.name if len(inputs) > 1 else "")
                self.report.is_stopped = False
            is_refused = self._terms.atomic and not self.report.is_clean
            if is_refused:
                self.report.recorded = self.report.updated = 0
            if self._terms.dry_run or is_refused:
                raise _UndoneError
        if not self._terms.dry_run:
            with contextlib.suppress(KeyboardInterrupt):  # whoever cannot wait for it
                self._settle(self.report.recorded - self._settled if self.report.is_stopped else self.report.recorded)
        return self.report

    @property
    def _is_whole(self) -> bool:
        return self._terms.dry_run or self._terms.atomic

    def _settle(self, records: int) -> None:
        with contextlib.suppress(peewee.DatabaseError):  # the rows are on record, whatever comes of the upkeep
            index.settle(records)
        self._settled = self.report.recorded

    def _read(self, input: Input, file: str) -> None:
        """Record the rows of an input; where it breaks off, those before that, and note why."""
        batches = Batches(input, self._worker)
        for batch in batches:
            before = self.report.recorded
            with self._shield():
                for row, result, faults in self._recorded(batch):
                    self.report.count(result)
                    for fault in faults:
                        self.report.fault(file, row.line, fault._replace(pointer=input.pointer(fault.pointer)))
                    if self._rejects and result in (Result.REJECTED, Result.CONFLICTING):
                        self._rejects.add(row.raw, input)
            batches.are_new = 2 * (self.report.recorded - before) > len(batch.rows)
            self._watch(input, self.report)
            unsettled = self.report.recorded - self._settled
            if unsettled >= index.MOST_UNSETTLED and not self._is_whole:
                self._settle(unsettled)
        if batches.broken:
            line, error = batches.broken
            self.report.unreadable = error
            self.report.count(Result.REJECTED)
            self.report.fault(file, line, errors.Fault("#", error.detail))

    def _recorded(self, batch: Batch) -> Iterator[tuple[Row, Result, list[errors.Fault]]]:
        """Record a batch of rows, and yield what became of each."""
        sayings = [it for it in batch.prepared if isinstance(it, Saying)]
        outcomes = iter(quotations.record_all(sayings, self._ledger, update=self._terms.update))
        for row, prepared in zip(batch.rows, batch.prepared, strict=True):
            if not isinstance(prepared, Saying):
                yield row, Result.REJECTED, prepared
                continue
            outcome = next(outcomes)
            error = outcome.error
            found = (error.faults or [errors.Fault("#", error.detail)]) if error else []
            yield row, outcome.result, found
