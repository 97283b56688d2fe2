"""What a question must know of the store: the clock, the languages words are stemmed by, and whom its filters name.

That seldom changes, so a question may be asked by what was known last: `known` then tells whether that was right.
"""

import uuid
from typing import Any, NamedTuple

from attribution import database, index, text, urls
from attribution.search.held import Held

#: Each kind of record that filters name, and how it is found by its slug, by its name, or by its id.
_LOOKUPS = {
    "speaker": """
        SELECT 'speaker', slug, coalesce(merged_into_id, number) FROM speaker WHERE slug IN ({slugs})
        UNION ALL SELECT 'speaker name', key, coalesce(merged_into_id, number)
        FROM speaker_name JOIN speaker ON number = owner_id WHERE key IN ({keys})""",
    "outlet": """
        SELECT 'outlet', slug, number FROM outlet WHERE slug IN ({slugs})
        UNION ALL SELECT 'outlet name', key, owner_id FROM outlet_name WHERE key IN ({keys})""",
    "article": """
        SELECT 'article', '', number FROM article WHERE id IN ({ids}) OR key IN ({ids})""",
}


#: The filters that name records.
_NAMING = ("speaker", "outlet", "publisher", "article")


class Known(NamedTuple):
    """What the store told: `clock` is its count of changes, `languages` those that words are stemmed by.

    `newest` is the last position there is, where the index is in parts, else 0. `hits` are the positions that a
    statement sent along has selected; None without one.
    """

    clock: int
    newest: int
    languages: list[str]
    numbers: dict[tuple[str, str], list[int]]
    hits: list[int] | None = None

    def agrees(self, other: "Known") -> bool:
        """Tell whether a question means the same by either."""
        return (self.languages, self.numbers) == (other.languages, other.numbers)

    def named(self, table: str, reference: str) -> list[int]:
        """Give the numbers of the records a string may mean: the one at that slug, else all that go by that name.

        Articles are not told apart: those of all references are given.
        """
        if table == "article":
            return self.numbers.get(("article", ""), [])
        key = (f"{table} name", text.name_key(reference))
        return self.numbers.get((table, reference)) or self.numbers.get(key, [])


#: What was known last: the store, its clock, its last position, its languages; and by what was named in a store, the
#: records so named.
_last: tuple[Any, int, int, list[str]] = (None, 0, 0, [])
_named = Held(1_000)


def guess(query: dict[str, Any]) -> Known | None:
    """Give what the store told the last time that a question named what this one does, if it ever did."""
    store, clock, newest, languages = _last
    numbers = _named.at(0).get(_key(query))
    return Known(clock, newest, languages, numbers) if store is database.db.obj and numbers is not None else None


def known(query: dict[str, Any], probe: index.Statement | None = None) -> Known:
    """Look up, in one statement, what a question needs to know; with it, the positions that `probe` selects."""
    global _last
    told, lists = {"clock": 0, "newest": 0}, {"hits": ""}
    numbers: dict[tuple[str, str], list[int]] = {}
    for kind, name, number in database.db.execute_sql(*_asked(query, probe)).fetchall():
        if kind in told:
            told[kind] = number or 0
        elif kind in ("languages", "hits"):
            lists[kind] = name or ""
        else:
            numbers[kind, name] = sorted([*numbers.get((kind, name), ()), number])
    languages = sorted(filter(None, lists["languages"].split(",")))
    _last = database.db.obj, told["clock"], told["newest"], languages
    _named.at(0)[_key(query)] = numbers
    hits = [int(position) for position in lists["hits"].split(",") if position] if probe else None
    return Known(told["clock"], told["newest"], languages, numbers, hits)


def _asked(query: dict[str, Any], probe: index.Statement | None) -> index.Statement:
    """Make the statement. Lists come in one row: for each row, a thread may have to wait for others."""
    selects = [
        "SELECT 'clock', '', value FROM clock",
        f"SELECT 'languages', {database.listed('code')}, 0 FROM entry_language",  # noqa: S608 - a name of ours
    ]
    parameters: list[Any] = []
    if index.in_parts():
        selects.append("SELECT 'newest', '', max(position) FROM quotation")
    if probe:
        positions = database.listed("position")
        selects.append(f"SELECT 'hits', {positions}, 0 FROM ({probe.sql}) AS hit")  # noqa: S608 - from index/
        parameters += probe.parameters
    speakers = query.get("speaker", [])
    outlets = [*query.get("outlet", []), *query.get("publisher", [])]
    for table, references in (("speaker", speakers), ("outlet", outlets)):
        if references:
            keys = [text.name_key(reference) for reference in references]
            selects.append(_LOOKUPS[table].format(slugs=database.marks(references), keys=database.marks(keys)))
            parameters += references + keys
    if ids := [id.hex for reference in query.get("article", []) for id in _ids(reference)]:
        selects.append(_LOOKUPS["article"].format(ids=database.marks(ids)))
        parameters += ids + ids
    return index.Statement(" UNION ALL ".join(selects), parameters)


def _key(query: dict[str, Any]) -> tuple[Any, ...]:
    return tuple((name, *query[name]) for name in _NAMING if name in query)


def _ids(reference: str) -> list[uuid.UUID]:
    """Give the ids that an article may have that is named by its id or its URL."""
    try:
        return [uuid.UUID(reference)]
    except ValueError:
        pass
    try:
        return [urls.article_id(urls.canonical(reference))]
    except ValueError:
        return []
