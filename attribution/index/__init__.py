"""The inverted index, kept in the transaction that writes the record."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, NamedTuple

from attribution import database
from attribution.index import engine, entry, languages, shingles
from attribution.index.entry import facet
from attribution.index.reading import Reading, read
from attribution.index.upkeep import differences, is_whole, rebuild
from attribution.models import NUMBER_BITS, Quotation, position
from attribution.query import NEWEST, And, Node, Or, Phrase, Question, Word

__all__ = [
    "MOST_UNSETTLED",
    "Counted",
    "Reading",
    "Statement",
    "add",
    "add_all",
    "count",
    "counting",
    "counts_alone",
    "differences",
    "facet",
    "following",
    "hits",
    "in_parts",
    "is_whole",
    "near",
    "read",
    "rebuild",
    "remove",
    "settle",
]

#: So many records added at once make it worth while to settle.
_MANY = 1_000

#: When so many were added in batches, it is time to settle: until then a search takes 3 to 6 ms longer, on SQLite. What
#: an import leaves that was killed, `flask reindex` settles.
MOST_UNSETTLED = 100_000


def add_all(rows: Sequence[tuple[Mapping[str, Any], Reading]]) -> None:
    """Let quotations that were just recorded be found by their words and by what they are filtered by.

    For bulk import: one call for each batch, inside its transaction. Of a quotation it takes the values of its columns
    by name, those it refers to by number, and the reading of its text; none of them may be indexed already.
    """
    with engine.bound().merged_later() if len(rows) >= _MANY else nullcontext():
        engine.bound().add([entry.of(row, reading.terms) for row, reading in rows])
        shingles.add([(row["number"], reading.shingles) for row, reading in rows])
    languages.note(reading.language for _, reading in rows)


def add(quotation: Quotation) -> None:
    """Let a quotation be found."""
    add_all([(quotation.row(), read(quotation.text, quotation.language))])


def remove(quotation: Quotation) -> None:
    """Let a quotation be found no more; before it is changed, since it is indexed at the position it has."""
    engine.bound().remove([quotation.position])
    shingles.remove([(quotation.number, shingles.written(quotation.text))])


@contextmanager
def following(quotation: Quotation) -> Iterator[None]:
    """Keep the index true while the block changes a quotation."""
    remove(quotation)
    yield
    add(quotation)


def settle(records: int) -> None:
    """Bring the index into the order in which it is read fastest, after so many records were added at once.

    The work is in proportion to these; one by one, records need none of it.
    """
    if records >= _MANY:
        engine.bound().settle(records)


def in_parts() -> bool:
    """Tell whether the engine has less to do where only the newest are asked for."""
    return bool(engine.bound().IN_PARTS)


def near(asked: Question, newest: int) -> Question:
    """Ask for the newest alone, where the index is in parts; `newest` is the last position there is.

    What is dated after today is an error, or rare: it is not what "the newest" are counted back from.
    """
    if not in_parts():
        return asked
    first = engine.bound().near(min(asked.last, newest, position(datetime.date.today().isoformat(), 0)))
    return asked._replace(first=first) if first > asked.first else asked


class Statement(NamedTuple):
    """SQL, and the parameters that it takes."""

    sql: str
    parameters: list[Any]


class Counted(NamedTuple):
    """How many entries answer a question; if they were counted alone and are few, their positions, in any order."""

    total: int
    positions: list[int] | None


def hits(asked: Question, limit: int, *, descending: bool = True) -> Statement:
    """Make the statement that selects the positions (as `position`) of what answers a question.

    Nothing of the question stands in the SQL itself.
    """
    found, parameters = _found(asked)
    bound, direction = engine.bound(), "DESC" if descending else "ASC"
    sql = (
        f"SELECT {bound.POSITION} AS position {found}{bound.WEIGHT}"
        f" ORDER BY {bound.POSITION} {direction} LIMIT {int(limit)}"
    )
    return Statement(sql, parameters)


def counting(asked: Question, most: int) -> Statement:
    """Make the statement that counts what answers a question, and stops at `most`."""
    found, parameters = _found(asked)
    sql = f"SELECT count(*) AS total FROM (SELECT 1 {found} LIMIT {int(most)}) AS counted"  # noqa: S608
    return Statement(sql, parameters)


def counts_alone(asked: Question) -> bool:
    """Tell whether what answers a question is counted faster by itself than as part of another statement.

    So it is where an engine need not think about the way: where words or facets must be there, at any time. Not inside
    a transaction, for whose length the engine would go by what is set for counting.
    """
    if not engine.bound().COUNTS_ALONE or database.db.in_transaction():
        return False
    is_of_any_time = (asked.first, asked.last, asked.until) == (0, NEWEST, None)
    return is_of_any_time and (_must_be_there(asked.tree) if asked.tree else bool(asked.facets))


def _must_be_there(node: Node) -> bool:
    """Tell whether only entries that have some whole word answer a tree."""
    if isinstance(node, And):
        return any(map(_must_be_there, node.parts))
    if isinstance(node, Or):
        return all(map(_must_be_there, node.parts))
    return isinstance(node, Word) or (isinstance(node, Phrase) and not node.is_open)


def count(asked: Question, most: int) -> Counted:
    """Count what answers a question, and stop at `most`."""
    if not counts_alone(asked):
        return Counted(int(database.db.execute_sql(*counting(asked, most)).fetchone()[0]), None)
    bound, (found, parameters) = engine.bound(), _found(asked)
    total, positions = bound.count(f"SELECT {bound.POSITION} {found} LIMIT {int(most)}", parameters)
    return Counted(total, positions if total < most else None)


def _found(asked: Question) -> tuple[str, list[Any]]:
    bound, mark = engine.bound(), database.db.param
    condition, told = bound.condition(asked)
    parameters = [*told]
    sql = f"FROM {bound.TABLE} WHERE {condition}"
    for operator, end, usual in ((">=", asked.first, 0), ("<=", asked.last, NEWEST)):
        if end != usual:  # what says nothing would have the engine read every row to see that it is so
            sql = f"{sql} AND {bound.POSITION} {operator} {mark}"
            parameters.append(end)
    if asked.until is None:
        return sql, parameters
    return f"{sql} AND {bound.POSITION} & {mark} <= {mark}", [*parameters, (1 << NUMBER_BITS) - 1, asked.until]
