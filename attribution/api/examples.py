"""What the OpenAPI document shows by way of example: rows of the seed data, as they are."""

from pathlib import Path
from typing import Any

import orjson

_SEED = Path(__file__).parents[2] / "fixtures" / "2024-02-20-russian-car.ndjson"
_rows: list[dict[str, Any]] = [orjson.loads(row) for row in _SEED.read_bytes().splitlines()]

#: Kim Yo Jong in Rodong Sinmun, as The Korea Herald prints it.
QUOTATION = next(row for row in _rows if row["article"]["outlet"]["slug"] == "korea-herald")
#: The ministry's official, known only by a role.
SPEAKER = next(row["speaker"] for row in _rows if row["speaker"].get("kind") == "unnamed")
OUTLET = QUOTATION["outlet"]
ARTICLE = QUOTATION["article"]
