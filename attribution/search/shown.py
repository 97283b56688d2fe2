"""Pages of quotations as they are shown: one statement, and from its rows straight to documents."""

from collections.abc import Collection
from typing import Any, NamedTuple

from attribution import database, index
from attribution.query import Question
from attribution.search import totals
from attribution.search.held import Held
from schemas.fields import base_url
from schemas.quotation import Quotation
from schemas.rows import Dumper

_DUMPER = Dumper(Quotation())

#: Which table, as _PAGE calls it, the columns of a record inside another come from; and what is made of several.
_TABLES: dict[tuple[str, ...], str] = {
    (): "quotation",
    ("speaker",): "speaker",
    ("outlet",): "outlet",
    ("article",): "article",
    ("article", "outlet"): "publisher",
}
_COMPUTED: dict[tuple[str, ...], str] = {("date",): "coalesce(quotation.said_on, article.published_on)"}
_COLUMNS = [_COMPUTED.get(path) or f"{_TABLES[path[:-1]]}.{path[-1]}" for path in _DUMPER.columns]

_JOINS = """
LEFT JOIN speaker ON speaker.number = quotation.speaker_id
LEFT JOIN outlet ON outlet.number = quotation.outlet_id
LEFT JOIN article ON article.number = quotation.article_id
LEFT JOIN outlet AS publisher ON publisher.number = article.outlet_id
"""

#: One row at least, so that there is always a total.
_PAGE = f"""
FROM ({{counted}}) AS counted
LEFT JOIN ({{hits}}) AS hit ON TRUE
LEFT JOIN quotation ON quotation.position = hit.position
{_JOINS}
"""

_NUMBERED = f"""
SELECT {", ".join(_COLUMNS)}, quotation.number FROM quotation {_JOINS} WHERE quotation.number IN {{}}
"""  # noqa: S608 - made of the names of columns, nothing else

#: How many documents are held: the newest records answer many a question.
_documents = Held(4_000)


class Shown(NamedTuple):
    """Documents by the positions of their records, shared and not to be changed; and how many results there are.

    `total` is None where that is still to be counted. `positions` are those that were asked for, also where what is
    indexed is not on record. `clock` is what the store's clock showed.
    """

    documents: dict[int, dict[str, Any]]
    total: int | None
    positions: list[int]
    clock: int


def page(question: Question, clock: int, hits: index.Statement) -> Shown:
    """Read the quotations at the positions that `hits` selects; count what answers the question, where not done alone.

    `clock` is what the store's clock showed before.
    """
    shown, counted = _documents.at(clock, base_url.get()), totals.statement(question, clock)
    source = _PAGE.format(counted=counted.sql, hits=hits.sql)
    columns = [*_COLUMNS, "hit.position", "counted.total", "(SELECT value FROM clock)"]
    rows = database.read(columns, source, counted.parameters + hits.parameters)
    total, now = rows[0][-2:]
    # What is indexed but not on record is a fault that `flask reindex` mends; it must not hide the rest.
    documents = {row[-3]: _DUMPER.dump(row) for row in rows if row[0] is not None}
    shown |= documents
    if total is not None:
        totals.note(question, clock, total)
    return Shown(documents, total, [row[-3] for row in rows if row[-3] is not None], now)


def _held(positions: Collection[int], question: Question, clock: int) -> Shown | None:
    """Give the quotations at `positions` if all of them are held."""
    known = _documents.at(clock, base_url.get())
    if not all(position in known for position in positions):
        return None
    documents = {position: known[position] for position in positions}
    return Shown(documents, totals.held(question, clock), list(positions), clock)


def at(positions: list[int], question: Question, clock: int) -> Shown:
    """Give the quotations at `positions`, in that order."""
    marks = database.marks(positions) or "NULL"
    hits = f"SELECT position FROM quotation WHERE position IN ({marks})"  # noqa: S608
    found = _held(positions, question, clock) or page(question, clock, index.Statement(hits, positions))
    return found._replace(documents={at: found.documents[at] for at in positions if at in found.documents})


def numbered(numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    """Give quotations as they are shown, by their numbers."""
    return {row[-1]: _DUMPER.dump(row) for row in database.select_in(_NUMBERED, numbers)}
