"""Facets: the commonest values among the newest results."""

import datetime
from collections import Counter
from collections.abc import Collection
from typing import Any

from attribution import database, index
from attribution.models import NUMBER_BITS
from attribution.query import Question
from attribution.search.page import WINDOW, Value
from schemas.vocabulary import Facet

#: How many values are told.
_COMMONEST = 20

_COLUMNS = {
    Facet.SPEAKER: "quotation.speaker_id",
    Facet.OUTLET: "quotation.outlet_id",
    Facet.PUBLISHER: "quotation.publisher_id",
    Facet.KIND: "quotation.kind",
    Facet.YEAR: "hit.position",
}

_WINDOW = "SELECT {columns} FROM ({hits}) AS hit JOIN quotation ON quotation.position = hit.position"

#: The records that values are numbers of.
_TABLES = {Facet.SPEAKER: "speaker", Facet.OUTLET: "outlet", Facet.PUBLISHER: "outlet"}
_NAMES = "SELECT '{facet}', number, slug, name FROM {table} WHERE number IN ({marks})"


def count(names: Collection[str], question: Question) -> dict[str, list[Value]]:
    """Count the values that the newest results have, by each of the facets that `names` names; two statements."""
    facets = [Facet(name) for name in names]
    hits, parameters = index.hits(question, WINDOW)
    sql = _WINDOW.format(columns=", ".join(_COLUMNS[facet] for facet in facets), hits=hits)
    columns = zip(*database.db.execute_sql(sql, parameters), strict=True)
    counted = {facet: _commonest(facet, column) for facet, column in zip(facets, columns, strict=False)}
    records = _records(counted)
    return {
        facet.value: [Value(*records.get((facet, value), (str(value), str(value))), n) for value, n in found]
        for facet, found in counted.items()
    }


def _commonest(facet: Facet, column: Collection[Any]) -> list[tuple[Any, int]]:
    counts = Counter(column)
    if facet is Facet.YEAR:
        years: Counter[Any] = Counter()
        for position, n in counts.items():
            ordinal = position >> NUMBER_BITS
            years[f"{datetime.date.fromordinal(ordinal).year:04}" if ordinal else None] += n
        counts = years
    del counts[None]
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_COMMONEST]


def _records(counted: dict[Facet, list[tuple[Any, int]]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Give the slug and the name of every record that was counted."""
    selects, parameters = [], []
    for facet, table in _TABLES.items():
        if numbers := [number for number, _ in counted.get(facet, [])]:
            marks = ", ".join([database.db.param] * len(numbers))
            selects.append(_NAMES.format(facet=facet.value, table=table, marks=marks))
            parameters += numbers
    rows = database.db.execute_sql(" UNION ALL ".join(selects), parameters) if selects else ()
    return {(facet, number): (slug, name) for facet, number, slug, name in rows}
