"""Rows in: records of the import format, each through `quotations.record`."""

from pathlib import Path
from typing import NamedTuple

import orjson

from attribution import database, quotations
from schemas.quotation import NewQuotation


class Report(NamedTuple):
    """What became of the rows."""

    recorded: int
    known: int


def load(path: Path, by: str = "import") -> Report:
    """Record every row of an NDJSON file, all of them or none.

    Raises marshmallow.ValidationError or AttributionError for the first row that cannot be recorded.
    """
    schema = NewQuotation()
    recorded = known = 0
    with path.open("rb") as lines, database.transaction():
        for line in lines:
            is_new = quotations.record(schema.load(orjson.loads(line)), by).is_new
            recorded, known = recorded + is_new, known + (not is_new)
    return Report(recorded, known)
