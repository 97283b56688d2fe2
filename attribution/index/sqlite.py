"""The index on SQLite: FTS5, whose row id is the position, so that the newest of any word come first at once.

FTS5 finds entries by words, forms and facets alike and intersects them itself. It keeps no copy of them: the table
`entry` holds what is indexed, so that what is taken out is exactly what was put in.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import peewee

from attribution import database
from attribution.database import db
from attribution.index.entry import Entry, Terms, paired, ways
from attribution.query import Node, Not, Or, Phrase, Question, Word

#: Where positions are read from, and their column there.
TABLE, POSITION = "entry_words", "rowid"

#: FTS5 has one way to go, and takes no time to plan it.
WEIGHT, COUNTS_ALONE, IN_PARTS = "", False, False

_ENTRY = peewee.Table("entry")

#: The columns that words are found in.
_COLUMNS = ("words", "forms", "facets")

#: Stands among the facets of every entry, and is no word: FTS5 can only take away from something.
_ANY = "--"

#: The tables of FTS5, and for how many records one page of each is written while they are merged.
_INDEXES = {"entry_words": 1, "shingle": 4}

#: How many records are merged in one transaction: 0.1 s.
_STEP = 4_000

#: How many pieces of a size FTS5 lets come together before it begins to merge them (sqlite.org/fts5.html, section 6.1).
_PIECES = 4

#: Beginnings of words of one and of two letters are indexed as words: too many begin so to look them up.
_SHORT = 2


def written(terms: Terms) -> tuple[str, ...]:
    """Write the terms of a text as the two columns that hold them."""
    beginnings: dict[str, None] = {}  # in the order in which they come, which costs nothing
    for word in terms.words:
        if word[:_SHORT] not in beginnings:
            beginnings[word[:1]] = beginnings[word[:_SHORT]] = None
    forms = " ".join(terms.forms)
    return " ".join(terms.words), f"{forms} {': '.join(beginnings)}:" if beginnings else forms


def add(entries: Sequence[Entry]) -> None:
    """Put entries in, by their positions: at each that is before the last, FTS5 writes a piece of its own.

    Dates come out of order: as they come, entries take 160 µs to write each, in order 118.
    """
    rows = sorted(map(_row, entries))
    database.insert_all("entry", ("position", *_COLUMNS), rows)
    database.insert_all("entry_words", ("rowid", *_COLUMNS), rows)


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
    columns = [_ENTRY.c[name] for name in ("position", *_COLUMNS)]
    for row in _ENTRY.select(*columns).where(_ENTRY.c.position.in_(list(expected))).tuples().execute(db):
        if expected[row[0]] == row:
            del expected[row[0]]
    return set(expected)


@contextmanager
def merged_later() -> Iterator[None]:
    """Leave what the block adds in pieces, until `settle`: merged once, an entry takes 173 µs to write, else 240.

    A failure takes the setting back with all else. FTS5 has written the pieces when it is set back, since a statement
    that adds several rows begins a savepoint; what it held back would be merged at the commit.
    """
    _merge_at(0)
    yield
    _merge_at(_PIECES)


def _merge_at(pieces: int) -> None:
    for table in _INDEXES:
        db.execute_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', ?)", (pieces,))  # noqa: S608


def settle(records: int | None) -> None:
    """Merge what was written in pieces: a question looks in each of them. Do what so many records take; if None, all.

    Every step is a short transaction of its own (sqlite.org/fts5.html, section 6.7).
    """
    for table, records_a_page in _INDEXES.items():
        pages = _STEP // records_a_page
        for step in itertools.count() if records is None else range(math.ceil(records / _STEP)):
            is_first_of_all = records is None and step == 0  # a sign has FTS5 begin a merge of all there is
            if not _merge(table, -pages if is_first_of_all else pages):
                break


def _merge(table: str, pages: int) -> bool:
    """Merge a part; tell whether there was something to merge."""
    with database.transaction():
        before = db.connection().total_changes
        db.execute_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608
        return bool(db.connection().total_changes - before >= 2)


def condition(asked: Question) -> tuple[str, tuple[Any, ...]]:
    """Give the condition that an entry answers a question, and its parameters."""
    wanted = [_either(group) for group in asked.facets]
    if asked.tree is not None:
        wanted.append(_printed(asked.tree))
    match = " AND ".join(wanted or [_quoted(_ANY)])
    if asked.without:
        match = f"({match}) NOT {_either(asked.without)}"
    return "entry_words MATCH ?", (match,)


def unsound(mend: bool) -> list[str]:
    """Say whether FTS5's own structures are not what the entries make them, and if so make them anew."""
    try:
        with database.savepoint():
            db.execute_sql("INSERT INTO entry_words (entry_words, rank) VALUES ('integrity-check', 1)")
    except peewee.DatabaseError:
        if mend:
            db.execute_sql("INSERT INTO entry_words (entry_words) VALUES ('rebuild')")
        return ["FTS5 does not find the entries by their words."]
    return []


def _printed(node: Node) -> str:
    """Print a tree in FTS5's language (sqlite.org/fts5.html, section 3), every word of it in quotation marks."""
    if isinstance(node, Word):
        return _word(node)
    if isinstance(node, Phrase):
        return _phrase(node)
    if isinstance(node, Not):
        return f"({_quoted(_ANY)} NOT {_printed(node.what)})"
    if isinstance(node, Or):
        return f"({' OR '.join(map(_printed, node.parts))})"
    wanted = [_printed(part) for part in node.parts if not isinstance(part, Not)]
    without = [_printed(part.what) for part in node.parts if isinstance(part, Not)]
    match = f"({' AND '.join(wanted or [_quoted(_ANY)])})"
    return f"({match} NOT ({' OR '.join(without)}))" if without else match


def _word(word: Word) -> str:
    alternatives = [" AND ".join(map(_quoted, tokens)) for tokens in ways(word)]
    return f"({' OR '.join(f'({tokens})' for tokens in alternatives)})"


def _phrase(phrase: Phrase) -> str:
    last = phrase.words[-1]
    if phrase.is_open and len(phrase.words) == 1 and len(last) <= _SHORT:
        return _quoted(f"{last}:")
    found, is_all = paired(phrase)
    wanted = [_quoted(pair) for pair in found]
    if not is_all:
        in_a_row = _quoted(" ".join(phrase.words))
        # Only words may begin so: forms and facets are no business of whoever asks.
        wanted.append(f"words : {in_a_row}*" if phrase.is_open else in_a_row)
    return f"({' AND '.join(wanted)})"


def _either(tokens: Sequence[str]) -> str:
    return f"({' OR '.join(map(_quoted, tokens))})"


def _quoted(token: str) -> str:
    escaped = token.replace('"', '""')
    return f'"{escaped}"'


def _row(entry: Entry) -> tuple[Any, ...]:
    return entry.position, *entry.terms, f"{_ANY} {' '.join(entry.facets)}"
