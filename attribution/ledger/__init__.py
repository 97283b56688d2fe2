"""A ledger: what a writer has looked up and not yet written, so that many rows cost few statements.

One quotation posted and a million imported go the same way. Each row is decided in its turn, as if it were the only
one; the ledger only saves reading: it looks up together what a batch of rows names, keeps what it found, and inserts
together what is new. What it keeps beyond a batch holds as long as nobody else writes, which the clock tells.
"""

from collections.abc import Callable
from typing import Any, Self, TypeVar

from attribution import database, errors
from attribution.ledger.articles import Shelf
from attribution.ledger.named import Directory
from attribution.ledger.quotations import Roll
from attribution.models import Clock, Outlet, Speaker, now

T = TypeVar("T")


class Later(Exception):
    """A row tells something new of what is known; that is written at once, not with the batch."""


class Ledger:
    """What one writer, named `by`, has read and not yet written; used inside transactions.

    `may_restore`: rows may say what otherwise takes an editor: a standing, an id that is not the words' own.
    """

    def __init__(self, by: str, *, may_restore: bool = False) -> None:
        self.by = by
        self.may_restore = may_restore
        self.speakers = Directory(self, Speaker)
        self.outlets = Directory(self, Outlet)
        self.articles = Shelf(self)
        self.quotations = Roll()
        self.moment = now()
        self._parts: tuple[Directory[Any] | Shelf | Roll, ...] = (
            self.outlets,
            self.speakers,
            self.articles,
            self.quotations,
        )
        self._number: int | None = None
        self._is_writing = True
        #: What has a greater number was made since the ledger last knew nothing, so it knows all that refers to it.
        self.start = self._last = 0
        self._left_at: int | None = None

    def number(self) -> int:
        """Give the number of the next new record."""
        if self._number is None:
            self._number = Clock.now()
        self._number += 1
        self._last = self._number
        return self._number

    def __enter__(self) -> Self:
        """Begin a batch: what the block decides is held back and written together at its end."""
        self.moment, self._last, self._number = now(), Clock.now(), None
        if self._last != self._left_at:
            self.forget()
        self.start = self._last
        return self

    def __exit__(self, kind: type[BaseException] | None, *args: object) -> None:
        """Write what is held back, unless the block failed."""
        if kind is not None:
            self.drop()
            return
        self.flush()
        self._left_at = Clock.now()
        for part in self._parts:
            part.rest()

    def alone(self, work: Callable[[], T]) -> T:
        """Do the work of one row: all of it or, if it raises, nothing.

        As long as the row only adds records, its work stays in memory and is as easily undone. Where it tells
        something new of what is known, it is done over inside a savepoint.
        """
        mark = self._mark()
        self._is_writing = False
        try:
            return work()
        except (Later, errors.AttributionError) as error:
            self._undo(mark)
            if not isinstance(error, Later):
                raise
        finally:
            self._is_writing = True
        return self.at_once(work)

    def at_once(self, work: Callable[[], T]) -> T:
        """Do work that changes what is known: after all that was held back, and undone by itself if it raises."""
        self.flush()
        self.forget()
        try:
            with database.savepoint():
                result = work()
                self.flush()
        except BaseException:
            self.drop()
            raise
        self.forget()
        return result

    def write_through(self) -> None:
        """Prepare for changing what is known; raises Later in the midst of a batch."""
        if not self._is_writing:
            raise Later
        self.flush()
        self.forget()

    def restores(self, pointer: str, detail: str) -> None:
        """Allow what only an editor may say of a new record; raises Invalid if the writer is none."""
        if not self.may_restore:
            raise errors.Invalid(detail, [errors.Fault(pointer, detail)])

    def flush(self) -> None:
        """Write what is held back."""
        if self._number is not None:
            Clock.update(value=self._number).execute()
            self._number = None
        for part in self._parts:
            part.flush()

    def drop(self) -> None:
        """Write nothing of what is held back."""
        for part in self._parts:
            part.new = []
        self._number = None
        self.forget()

    def unlearn(self) -> None:
        """Forget what rows meant: a name that they tell may mean another record now."""
        for part in (self.outlets, self.speakers, self.articles):
            part.unlearn()

    def forget(self) -> None:
        """Know nothing any more."""
        self.start = self._last
        for part in self._parts:
            part.forget()

    def _mark(self) -> tuple[int, ...]:
        """Give how many records each part holds back, in the order of the parts; made for each row, so at once."""
        return len(self.outlets.new), len(self.speakers.new), len(self.articles.new), len(self.quotations.new)

    def _undo(self, mark: tuple[int, ...]) -> None:
        """Drop what was added after the mark."""
        if self._mark() == mark:
            return
        for part, length in zip(self._parts, mark, strict=True):
            del part.new[length:]
        self.flush()
        self.forget()
