"""The inverted index, kept in the transaction that writes the record."""

from collections.abc import Iterator
from contextlib import contextmanager

from attribution.models import Quotation


def add(quotation: Quotation) -> None:
    """Let a quotation be found by its words."""


def remove(quotation: Quotation) -> None:
    """Let a quotation, as it is indexed, be found no more."""


@contextmanager
def following(quotation: Quotation) -> Iterator[None]:
    """Keep the index true while the block changes a quotation."""
    remove(quotation)
    yield
    add(quotation)
