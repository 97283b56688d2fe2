"""Pages of quotations as they are shown: one statement, and from its rows straight to documents."""

from collections.abc import Collection
from typing import Any, NamedTuple

from attribution import database, index
from attribution.query import Question
from attribution.search.held import Held
from attribution.search.page import COUNTED
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

#: How many documents, of 4 kB each, and how many totals are held: the newest records answer many a question.
_documents, _totals = Held(4_000), Held(10_000)


class Shown(NamedTuple):
    """Documents by the positions of their records, shared and not to be changed; and how many results there are."""

    documents: dict[int, dict[str, Any]]
    total: int


def page(question: Question, clock: int, hits: index.Statement) -> Shown:
    """Read the quotations at the positions that `hits` selects, and count what answers the question; one statement.

    `clock` is what the store's clock showed before.
    """
    held, totals = _documents.at(clock, base_url.get()), _totals.at(clock)
    counted = index.counting(question, COUNTED + 1)
    if question in totals:
        counted = index.Statement(f"SELECT {totals[question]:d} AS total", [])
    source = _PAGE.format(counted=counted.sql, hits=hits.sql)
    columns = [*_COLUMNS, "hit.position", "counted.total"]
    rows = database.read(columns, source, counted.parameters + hits.parameters)
    totals[question] = rows[0][-1]
    # What is indexed but not on record is a fault that `flask reindex` mends; it must not hide the rest.
    documents = {row[-2]: _DUMPER.dump(row) for row in rows if row[0] is not None}
    held |= documents
    return Shown(documents, rows[0][-1])


def at(positions: Collection[int], question: Question, clock: int) -> Shown:
    """Give the quotations at `positions`, and count what answers the question; one statement, or none if all is held.

    `clock` is what the store's clock showed before.
    """
    held = _documents.at(clock, base_url.get())
    found = {position: held[position] for position in positions if position in held}
    total = _totals.at(clock).get(question)
    if total is None or len(found) < len(positions):
        missing = [position for position in positions if position not in found]
        marks = ", ".join([database.db.param] * len(missing)) or "NULL"
        hits = f"SELECT position FROM quotation WHERE position IN ({marks})"  # noqa: S608
        read, total = page(question, clock, index.Statement(hits, missing))
        found |= read
    return Shown({position: found[position] for position in positions if position in found}, total)


def note_total(question: Question, clock: int, total: int) -> None:
    """Note how much answers a question, where all of it was read: it need not be counted."""
    _totals.at(clock)[question] = total


def numbered(numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    """Give quotations as they are shown, by their numbers."""
    return {row[-1]: _DUMPER.dump(row) for row in database.select_in(_NUMBERED, numbers)}
