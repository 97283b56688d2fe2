"""What can go wrong, in the words of the domain; knows nothing of HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One thing wrong with what was sent: where (a JSON pointer, RFC 6901, as a URI fragment) and what."""

    pointer: str
    detail: str


class AttributionError(Exception):
    """Something asked of the register cannot be done; `detail` says what, and how to mend it."""

    def __init__(self, detail: str, faults: list[Fault] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = faults or []


class Invalid(AttributionError):
    """What was sent has the right shape, but means nothing the register can hold."""


class Ambiguous(Invalid):
    """A name fits several records."""


class Unreadable(AttributionError):
    """What was sent is not what it should be, or breaks off, so that nothing more can be read of it."""


class BadCursor(AttributionError):
    """The cursor is not one that a page of results gave."""


class NotFound(AttributionError):
    """There is no such record."""


class Moved(AttributionError):
    """The record was merged into another; `to` is that one's slug."""

    def __init__(self, detail: str, to: str) -> None:
        super().__init__(detail)
        self.to = to


class Conflict(AttributionError):
    """The register holds something else already; `record` is what stands, where it is one record."""

    def __init__(self, detail: str, faults: list[Fault] | None = None, record: Any = None) -> None:
        super().__init__(detail, faults)
        self.record = record


class Stale(AttributionError):
    """The record was changed since it was read."""


class Faults:
    """Collects what is wrong with several parts of one document, so that all of it is told at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    @contextmanager
    def at(self, pointer: str) -> Iterator[None]:
        """Note an Invalid raised by the block as a fault of the part at `pointer`, and go on."""
        try:
            yield
        except Invalid as error:
            self.note(pointer, error)

    def note(self, pointer: str, error: Invalid) -> None:
        """Note what is wrong with the part at `pointer`."""
        self.found += [fault._replace(pointer=pointer + fault.pointer) for fault in error.faults]
        if not error.faults:
            self.found.append(Fault(pointer, error.detail))

    def check(self) -> None:
        """Raise Invalid if anything was wrong."""
        if self.found:
            raise Invalid("; ".join(fault.detail for fault in self.found), self.found)


@contextmanager
def document() -> Iterator[None]:
    """Let the faults that the block raises Invalid with count from the root of the document."""
    faults = Faults()
    with faults.at("#"):
        yield
    faults.check()


class Unauthorized(AttributionError):
    """There is no key, or none that is in force."""


class Forbidden(AttributionError):
    """The key's role does not reach that far."""
