"""What two stores must have in common to be the same."""

from typing import Any

from attribution import database
from attribution.models import TABLES, Clock, Key

# When and in which turn something was recorded differs from run to run; who refers to whom must not.
_OF_THE_RUN = {"number", "seq", "recorded_at", "revised_at", "at"}


def dump() -> dict[str, list[Any]]:
    """Give all that the bound store holds, with slugs, ids and fingerprints in place of numbers."""
    with database.connection():
        rows = {table: list(table.select().dicts()) for table in TABLES if table not in (Clock, Key)}
        names = {row["number"]: _name(row) for table in rows.values() for row in table if "slug" in row or "id" in row}
        held = {table.__name__: sorted(_plain(row, names) for row in found) for table, found in rows.items()}
        return held | {"entry": sorted(_entries(rows), key=repr)}


def _name(row: dict[str, Any]) -> str:
    return str(row.get("slug") or row["id"])


def _plain(row: dict[str, Any], names: dict[int, str]) -> str:
    references = ("speaker", "outlet", "publisher", "article", "affiliation", "merged_into", "owner")
    told = {name: names.get(value, value) if name in references else value for name, value in row.items()}
    if "position" in told:
        told["position"] >>= 32
    if "table" in told:
        told["number"] = names[row["number"]]
        return repr(sorted((name, value) for name, value in told.items() if name != "at"))
    return repr(sorted((name, value) for name, value in told.items() if name not in _OF_THE_RUN))


def _entries(rows: dict[Any, list[Any]]) -> list[Any]:
    """Give the index by the ids of its quotations; facets name records by number, so only their kinds are kept."""
    ids = {row["position"]: str(row["id"]) for found in rows.values() for row in found if "selectors" in row}
    entries = database.db.execute_sql("SELECT * FROM entry").fetchall()
    assert {entry[0] for entry in entries} == set(ids)
    return [(ids[position], str(words)) for position, words, *_ in entries]
