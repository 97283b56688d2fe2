"""Quotations in a ledger: whether these words are on record, and those that are new."""

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from attribution import database, index
from attribution.models import Quotation

_COLUMNS = (
    *("number", "id", "words", "article", "speaker", "outlet", "text", "standing"),
    *Quotation.FACTS,
)
_NAMES = ", ".join(f'"{getattr(Quotation, name).column_name}"' for name in _COLUMNS)
_BY_ID = f'SELECT {_NAMES} FROM "quotation" WHERE "id" IN {{}}'  # noqa: S608 – names of columns alone
#: SQLite would look for several values at once by reading the whole table; a cross join it does in the order told.
_BY_WORDS = f"""
SELECT {_NAMES} FROM {{}} AS wanted CROSS JOIN "quotation"
WHERE "article_id" = wanted.column1 AND "speaker_id" = wanted.column2 AND "words" = wanted.column3
"""  # noqa: S608 – names of columns alone


class Sameness(NamedTuple):
    """What makes a quotation the same as another: the numbers of its article and speaker, and its fingerprint."""

    article: int
    speaker: int
    words: str | None


#: A Sameness, or what equals one: to make that takes less time.
_Same = tuple[int, int, str | None]


class Roll:
    """The quotations that a writer has asked for or made, as plain rows: one is read or made for each row imported."""

    def __init__(self) -> None:
        self.new: list[tuple[dict[str, Any], index.Reading]] = []
        self.forget()

    def of(self, same: Sameness, *, is_new: bool = False) -> dict[str, Any] | None:
        """Give the record that has these words now; if the kind `is_new`, only of this batch."""
        if same not in self._words and not is_new:
            self.prefetch([same])
        return self._words.get(same)

    def identified(self, id: str, *, is_new: bool = False) -> dict[str, Any] | None:
        """Give the record with an id; if the kind `is_new`, only of this batch."""
        if id not in self._ids and not is_new:
            self.prefetch_ids([id])
        return self._ids.get(id)

    def enter(self, row: dict[str, Any], reading: index.Reading) -> None:
        """Add a new record, with what its words are found by."""
        self.new.append((row, reading))
        self._ids[row["id"]] = row
        if row["words"] is not None:
            self._words[Sameness(row["article"], row["speaker"], row["words"])] = row

    def prefetch(self, sames: Iterable[Sameness]) -> None:
        """Look up together what will be asked for one by one."""
        missing = [same for same in sames if same not in self._words]
        if missing:
            self._words |= dict.fromkeys(missing)
            self._keep(database.select_in(_BY_WORDS, missing))

    def prefetch_ids(self, ids: Iterable[str]) -> None:
        """Look up together what will be asked for one by one, by its id."""
        missing = [id for id in ids if id not in self._ids]
        if missing:
            self._ids |= dict.fromkeys(missing)
            self._keep(database.select_in(_BY_ID, missing))

    def flush(self) -> None:
        """Insert what is new, and let it be found."""
        if self.new:
            Quotation.insert_all(row for row, _ in self.new)
            index.add_all(self.new)
            self.new = []

    def rest(self) -> None:
        """Keep nothing between batches."""
        self._ids: dict[str, dict[str, Any] | None] = {}
        self._words: dict[_Same, dict[str, Any] | None] = {}

    forget = rest

    def _keep(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for values in rows:
            row = dict(zip(_COLUMNS, values, strict=True))
            if type(row["id"]) is uuid.UUID:
                row["id"] = row["id"].hex
            row = self._ids[row["id"]] = self._ids.get(row["id"]) or row
            if row["words"] is not None:
                self._words[row["article"], row["speaker"], row["words"]] = row
