"""Pages of quotations as they are shown: one statement, and from its rows straight to documents."""

from collections.abc import Collection
from typing import Any, NamedTuple

from attribution import database, index
from attribution.query import Question
from attribution.search.page import COUNTED
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
SELECT {", ".join(_COLUMNS)}, hit.position, counted.total
FROM ({{counted}}) AS counted
LEFT JOIN ({{hits}}) AS hit ON TRUE
LEFT JOIN quotation ON quotation.position = hit.position
{_JOINS}
ORDER BY hit.position {{direction}}
"""  # noqa: S608 - made of the names of columns, nothing else

_NUMBERED = f"""
SELECT {", ".join(_COLUMNS)}, quotation.number FROM quotation {_JOINS} WHERE quotation.number IN ({{marks}})
"""  # noqa: S608 - as above


#: Totals already counted, by store, by its clock and by question: they hold for all pages, until something changes.
_totals: dict[tuple[Any, int, Question], int] = {}
_MOST_TOTALS = 10_000


class Shown(NamedTuple):
    """Documents by the positions of their records, and how many results there are in all."""

    documents: dict[int, dict[str, Any]]
    total: int


def page(question: Question, clock: int, limit: int, *, part: Question | None = None, descending: bool = True) -> Shown:
    """Read the first `limit` results of `part` of a question (all of it unless given), and count the whole.

    `clock` is what the store's clock showed before.
    """
    return _read(question, clock, index.hits(part or question, limit, descending=descending), descending)


def at(positions: list[int], question: Question, clock: int) -> Shown:
    """Read the quotations at `positions`, and count the results of the question they answer."""
    marks = ", ".join([database.db.param] * len(positions)) or "NULL"
    hits = f"SELECT position FROM quotation WHERE position IN ({marks})"  # noqa: S608
    return _read(question, clock, (hits, positions), True)


def numbered(numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    """Give quotations as they are shown, by their numbers."""
    if not numbers:
        return {}
    sql = _NUMBERED.format(marks=", ".join([database.db.param] * len(numbers)))
    return {row[-1]: _DUMPER.dump(row) for row in database.db.execute_sql(sql, list(numbers))}


def _read(question: Question, clock: int, hits: tuple[str, list[Any]], descending: bool) -> Shown:
    key = (database.db.obj, clock, question)
    known = _totals.get(key)
    counted = index.counting(question, COUNTED + 1) if known is None else (f"SELECT {known:d} AS total", [])
    sql = _PAGE.format(counted=counted[0], hits=hits[0], direction="DESC" if descending else "ASC")
    rows = database.db.execute_sql(sql, counted[1] + hits[1]).fetchall()
    if known is None:
        if len(_totals) >= _MOST_TOTALS:
            _totals.clear()
        known = _totals[key] = rows[0][-1]
    # What is indexed but not on record is a fault that `flask reindex` mends; it must not hide the rest.
    return Shown({row[-2]: _DUMPER.dump(row) for row in rows if row[0] is not None}, known)
