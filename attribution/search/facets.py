"""Facets: the commonest values among the newest results, and how many of these there are in each year and month."""

import datetime
from collections import Counter
from collections.abc import Collection
from typing import Any

from attribution import database, index
from attribution.models import NUMBER_BITS
from attribution.query import Question
from attribution.search.held import Held
from attribution.search.page import WINDOW, Value
from schemas.vocabulary import Facet

#: How many values are told, but of years and months, where a missing one would look like none.
_COMMONEST = 20

_COLUMNS = {
    Facet.SPEAKER: "quotation.speaker_id",
    Facet.OUTLET: "quotation.outlet_id",
    Facet.PUBLISHER: "quotation.publisher_id",
    Facet.KIND: "quotation.kind",
    Facet.YEAR: f"hit.position >> {NUMBER_BITS}",
    Facet.MONTH: f"hit.position >> {NUMBER_BITS}",
}

#: How much of a date is a year or a month: 2024, 2024-02.
_DATES = {Facet.YEAR: len("2024"), Facet.MONTH: len("2024-02")}

#: One row, with all values of each column joined.
_WINDOW = "SELECT {columns} FROM ({hits}) AS hit JOIN quotation ON quotation.position = hit.position"

#: The records that values are numbers of.
_TABLES = {Facet.SPEAKER: "speaker", Facet.OUTLET: "outlet", Facet.PUBLISHER: "outlet"}
_NAMES = "SELECT '{facet}', number, slug, name FROM {table} WHERE number IN ({marks})"


_counted = Held(1_000)


def count(names: Collection[str], question: Question, clock: int) -> dict[str, list[Value]]:
    """Count the values that the newest results have, by each of the facets that `names` names; two statements or none.

    `clock` is what the store's clock showed before.
    """
    held, key = _counted.at(clock), (question, *names)
    if key in held:
        return held[key]
    counted = _count([Facet(name) for name in names], question)
    if question.is_short:
        held[key] = counted
    return counted


def _count(facets: Collection[Facet], question: Question) -> dict[str, list[Value]]:
    hits, parameters = index.hits(question, WINDOW)
    read = list(dict.fromkeys(_COLUMNS[facet] for facet in facets))
    sql = _WINDOW.format(columns=", ".join(map(database.listed, read)), hits=hits)
    columns = dict(zip(read, database.db.execute_sql(sql, parameters).fetchone(), strict=True))
    counts = {column: Counter((joined or "").split(",")) for column, joined in columns.items()}
    counted = {facet: _commonest(facet, counts[_COLUMNS[facet]]) for facet in facets}
    records = _records(counted)
    return {
        facet.value: [Value(*records.get((facet, value), (str(value), str(value))), n) for value, n in found]
        for facet, found in counted.items()
    }


def _commonest(facet: Facet, written: Counter[str]) -> list[tuple[Any, int]]:
    """Give the values with the most results; of dates, all. What was not there to be joined is the empty string."""
    counts: Counter[Any] = Counter({value: n for value, n in written.items() if value})
    if facet in _TABLES:
        counts = Counter({int(number): n for number, n in counts.items()})
    elif facet in _DATES:
        counts = _by_date(counts, _DATES[facet])
    most = None if facet in _DATES else _COMMONEST
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def _by_date(days: Counter[str], length: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for day, n in days.items():
        if int(day):
            counts[datetime.date.fromordinal(int(day)).isoformat()[:length]] += n
    return counts


def _records(counted: dict[Facet, list[tuple[Any, int]]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Give the slug and the name of every record that was counted."""
    selects, parameters = [], []
    for facet, table in _TABLES.items():
        if numbers := [number for number, _ in counted.get(facet, [])]:
            marks = database.marks(numbers)
            selects.append(_NAMES.format(facet=facet.value, table=table, marks=marks))
            parameters += numbers
    rows = database.db.execute_sql(" UNION ALL ".join(selects), parameters) if selects else ()
    return {(facet, number): (slug, name) for facet, number, slug, name in rows}
