"""The index on SQLite: FTS5, whose row id is the position, so that the newest of any word come first at once.

FTS5 finds entries by words, forms and facets alike and intersects them itself. It keeps no copy of them: the table
`entry` holds what is indexed, so that what is taken out is exactly what was put in.
"""

from collections.abc import Sequence
from typing import Any

import peewee

from attribution.database import db
from attribution.index.entry import Entry

_ENTRY = peewee.Table("entry")
_WORDS = peewee.Table("entry_words")

#: Stands among the facets of every entry: FTS5 can only take away from something.
_ANY = "any"


def add(entries: Sequence[Entry]) -> None:
    """Put entries in."""
    rows = [_row(entry) for entry in entries]
    connection = db.connection()
    connection.executemany("INSERT INTO entry (position, words, forms, facets) VALUES (?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO entry_words (rowid, words, forms, facets) VALUES (?, ?, ?, ?)", rows)


def remove(positions: Sequence[int]) -> None:
    """Take the entries at `positions` out, where there are any."""
    at = [(position,) for position in positions]
    connection = db.connection()
    connection.executemany(
        "INSERT INTO entry_words (entry_words, rowid, words, forms, facets)"
        " SELECT 'delete', position, words, forms, facets FROM entry WHERE position = ?",
        at,
    )
    connection.executemany("DELETE FROM entry WHERE position = ?", at)


def differing(entries: Sequence[Entry]) -> set[int]:
    """Give the positions of those of `entries` that are not indexed as they are."""
    expected = {entry.position: _row(entry) for entry in entries}
    columns = (_ENTRY.c.position, _ENTRY.c.words, _ENTRY.c.forms, _ENTRY.c.facets)
    stored = _ENTRY.select(*columns).where(_ENTRY.c.position.in_(list(expected))).tuples().bind(db)
    for row in stored:
        if expected[row[0]] == row:
            del expected[row[0]]
    return set(expected)


def _row(entry: Entry) -> tuple[Any, ...]:
    facets = " ".join([_ANY, *entry.facets])
    return entry.position, " ".join(entry.words), " ".join(entry.forms), facets
