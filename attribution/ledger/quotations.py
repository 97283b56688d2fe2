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


class Roll:
    """The quotations that a writer has asked for or made, as plain rows: one is read or made for each row imported."""

    def __init__(self) -> None:
        self.new: list[tuple[dict[str, Any], index.Reading]] = []
        self.forget()

    def known(self, id: str, same: Sameness, *, is_told: bool) -> dict[str, Any] | None:
        """Give the record of these words: the one that has them now, else the one recorded under this id.

        An id that the row itself tells goes first; the words then only name a record of another id.
        """
        if id not in self._ids or same not in self._words:
            self.prefetch([(id, same)])
        first, second = (self._ids[id], self._words[same]) if is_told else (self._words[same], self._ids[id])
        return first or second

    def enter(self, row: dict[str, Any], reading: index.Reading) -> None:
        """Add a new record, with what its words are found by."""
        self.new.append((row, reading))
        self._ids[row["id"]] = row
        if row["words"] is not None:
            self._words[Sameness(row["article"], row["speaker"], row["words"])] = row

    def are_new(self, id: str, same: Sameness) -> None:
        """Note that nothing of the kind can be in the store, since its article or its speaker is new itself."""
        self._ids.setdefault(id, None)
        self._words.setdefault(same, None)

    def prefetch(self, wanted: Iterable[tuple[str, Sameness]]) -> None:
        """Look up together what will be asked for one by one."""
        wanted = list(wanted)
        self._find_ids(id for id, _ in wanted)
        missing = [same for _, same in wanted if same not in self._words]
        if missing:
            self._words |= dict.fromkeys(missing)
            self._keep(database.select_in(_BY_WORDS, missing))

    def flush(self) -> None:
        """Insert what is new, and let it be found."""
        if self.new:
            Quotation.insert_all(row for row, _ in self.new)
            index.add_all(self.new)
            self.new = []

    def rest(self) -> None:
        """Keep nothing between batches."""
        self._ids: dict[str, dict[str, Any] | None] = {}
        self._words: dict[Sameness, dict[str, Any] | None] = {}

    forget = rest

    def _find_ids(self, ids: Iterable[str]) -> None:
        missing = [id for id in ids if id not in self._ids]
        if missing:
            self._ids |= dict.fromkeys(missing)
            self._keep(database.select_in(_BY_ID, missing))

    def _keep(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for values in rows:
            row = dict(zip(_COLUMNS, values, strict=True))
            if type(row["id"]) is uuid.UUID:
                row["id"] = row["id"].hex
            row = self._ids[row["id"]] = self._ids.get(row["id"]) or row
            if row["words"] is not None:
                self._words[Sameness(row["article"], row["speaker"], row["words"])] = row
