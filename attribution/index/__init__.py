"""The inverted index, kept in the transaction that writes the record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

import peewee

from attribution import database, words
from attribution.index import entry, postgres, sqlite
from attribution.models import Quotation

#: The languages that the words of some quotation are stemmed by.
_LANGUAGE = peewee.Table("entry_language", ("code",), primary_key=False)


def add_all(quotations: Sequence[Quotation]) -> None:
    """Let quotations that were just recorded be found by their words and by what they are filtered by.

    For bulk import: one call for each batch, inside its transaction. A quotation needs no more than the values of its
    own columns, those it refers to by number; none of them may be indexed already.
    """
    _engine().add([entry.of(quotation) for quotation in quotations])
    languages = {words.stem_language(quotation.language) for quotation in quotations}
    if rows := [{"code": code} for code in languages if code]:
        _LANGUAGE.insert(rows).on_conflict_ignore().execute(database.db)


def add(quotation: Quotation) -> None:
    """Let a quotation be found."""
    add_all([quotation])


def remove(quotation: Quotation) -> None:
    """Let a quotation be found no more; before it is changed, since it is indexed at the position it has."""
    _engine().remove([quotation.position])


@contextmanager
def following(quotation: Quotation) -> Iterator[None]:
    """Keep the index true while the block changes a quotation."""
    remove(quotation)
    yield
    add(quotation)


def _engine() -> ModuleType:
    return postgres if database.is_postgres() else sqlite
