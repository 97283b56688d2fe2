"""Rows in: records of the import format, each through `quotations.record`."""

from pathlib import Path
from typing import NamedTuple

import orjson

from attribution import database, quotations
from attribution.ledger import Ledger
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
    with path.open("rb") as lines, database.transaction():
        rows = [schema.load(orjson.loads(line)) for line in lines]
        out = quotations.record_all(rows, Ledger(by))
        for o in out:
            if o.error: print(o.error, o.error.faults)
    return Report(sum(o.result=="recorded" for o in out), sum(o.result=="known" for o in out))
