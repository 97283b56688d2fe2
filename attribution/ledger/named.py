"""Speakers and outlets in a ledger: found by slug or name, made, remembered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from attribution import database, errors, text
from attribution.ledger.told import Told
from attribution.models import Named, Resolved

if TYPE_CHECKING:
    from attribution.ledger import Ledger

N = TypeVar("N", bound=Named)

#: How many resolved names are remembered from batch to batch: as many as `transfer.loading` does not load again.
REMEMBERED = 4_096


class Reference(NamedTuple):
    """What another record needs of a speaker or outlet to refer to it."""

    number: int
    slug: str


class Directory(Generic[N]):
    """The speakers, or the outlets, that a writer has met or made."""

    def __init__(self, ledger: Ledger, table: type[N]) -> None:
        self.new: list[N] = []
        self._ledger = ledger
        self._table = table
        self._memories: dict[bytes, Resolved[Any]] = {}
        self._relied: set[str] = set()
        self.forget()

    def remembered(self, told: dict[str, Any]) -> Resolved[Any] | None:
        """Give what the same words were found to mean before; that spares comparing them again."""
        return self._memories.get(told.digest) if type(told) is Told else None

    def remember(self, told: dict[str, Any], resolved: Resolved[N]) -> Resolved[N]:
        """Keep what a row tells for as long as it means this record."""
        if type(told) is not Told:
            return resolved
        if len(self._memories) >= REMEMBERED:
            self._ledger.unlearn()
        self.rely(told)
        if told.get("affiliation"):
            self.rely(told["affiliation"])
        record = resolved.record
        self._memories[told.digest] = Resolved(Reference(record.number, record.slug), False, resolved.differing)
        return resolved

    def rely(self, told: dict[str, Any]) -> None:
        """Note the name that a record was found by: what is remembered holds as long as no other takes it."""
        if "slug" not in told:
            self._relied.add(text.name_key(told.get("ref") or told["name"]))

    def known(self, told: dict[str, Any]) -> N | None:
        """Give the record that `told` ({"ref": string} or fields) names, by its slug if it has one, else by name.

        Raises Ambiguous if the name fits several records.
        """
        if "slug" in told:
            return self._at(told["slug"])
        reference = told.get("ref") or told["name"]
        record = self._at(reference)
        return record or self._table.sole(reference, self._called(text.name_key(reference)))

    def glimpse(self, told: dict[str, Any]) -> Reference | N | None:
        """Give the record that `told` names, if it is known and one; changes nothing."""
        remembered = self.remembered(told)
        try:
            return remembered.record if remembered else self.known(told)
        except errors.Ambiguous:
            return None

    def enter(self, **values: Any) -> N:
        """Add a new record under the slug it is given, else one made from its name."""
        ledger = self._ledger
        values.setdefault("slug", self._free_slug(values["name"]))
        values["aliases"] = [alias for alias in dict.fromkeys(values.get("aliases", ())) if alias != values["name"]]
        record = self._table.new(ledger.number(), ledger.by, ledger.moment, **values)
        self.new.append(record)
        self._numbers[record.number] = self._slugs[record.slug] = record
        for key in record.keys:
            self._new_keys.setdefault(key, []).append(record)
            if key in self._keys:
                self._keys[key].append(record)
        self._take(*record.keys, text.name_key(record.slug))
        return record

    def lead(self, slug: str, name: str, into: N) -> None:
        """Add a record that was merged into another: found by its slug alone, and leading there."""
        ledger = self._ledger
        values = {"slug": slug, "name": name, "aliases": [], "merged_into": into}
        self.new.append(self._table.new(ledger.number(), ledger.by, ledger.moment, **values))
        self._slugs[slug] = into
        self._take(text.name_key(slug))

    def _take(self, *keys: str) -> None:
        """Let names be taken by a new record: what was found by one of them may be ambiguous now."""
        if not self._relied.isdisjoint(keys):
            self._ledger.unlearn()

    def numbered(self, number: int) -> N:
        """Give the record with a number."""
        if number not in self._numbers:
            self._load("number", [number])
        return self._numbers[number]

    def prefetch(self, tolds: Iterable[dict[str, Any]]) -> None:
        """Look up together what will be asked for one by one."""
        slugs: dict[str, None] = {}
        keys: dict[str, None] = {}
        missing = {id(told): told for told in tolds if self.remembered(told) is None}
        bodies = [told["affiliation"] for told in missing.values() if told.get("affiliation")]
        for told in (*missing.values(), *bodies):
            if "slug" in told:
                slugs[told["slug"]] = None
            else:
                reference = told.get("ref") or told["name"]
                slugs |= {reference: None, text.slug(reference): None}
                keys[text.name_key(reference)] = None
        self._find_slugs([slug for slug in slugs if slug not in self._slugs])
        self._find_keys([key for key in keys if key not in self._keys])

    def flush(self) -> None:
        """Insert what is new."""
        if self.new:
            self._table.insert_all(record.row() for record in self.new)
            self._table.Names.insert_all({"key": key, "owner": it.number} for it in self.new for key in it.keys)
            self.new = []
            self._new_keys.clear()

    def rest(self) -> None:
        """Keep between batches only what is small."""
        self._numbers: dict[int, N] = {}
        self._slugs: dict[str, N | None] = {}
        self._keys: dict[str, list[N]] = {}
        self._new_keys: dict[str, list[N]] = {}

    def forget(self) -> None:
        """Know nothing any more."""
        self.unlearn()
        self.rest()

    def unlearn(self) -> None:
        """Forget what rows meant."""
        self._memories.clear()
        self._relied.clear()

    def _at(self, slug: str) -> N | None:
        if slug not in self._slugs:
            self._find_slugs([slug])
        return self._slugs[slug]

    def _called(self, key: str) -> list[N]:
        if key not in self._keys:
            self._find_keys([key])
        return self._keys[key]

    def _free_slug(self, name: str) -> str:
        """Make a slug from a name; where another name has taken it, six digits tell them apart."""
        slug = made = text.slug(name)
        while self._at(slug) is not None:
            slug = f"{made}-{text.fingerprint(name + slug)[:6]}"
        return slug

    def _find_slugs(self, slugs: list[str]) -> None:
        self._slugs |= dict.fromkeys(slugs)
        self._slugs |= {record.slug: self._one(record.current()) for record in self._load("slug", slugs)}

    def _find_keys(self, keys: list[str]) -> None:
        if not keys:
            return
        names = self._table.Names._meta.table_name
        sql = f'SELECT "key", "owner_id" FROM "{names}" WHERE "key" IN {{}}'  # noqa: S608 – a name of ours
        owners = list(database.select_in(sql, keys))
        self._load("number", list({number for _, number in owners} - self._numbers.keys()))
        self._keys |= {key: list(self._new_keys.get(key, ())) for key in keys}
        for key, number in owners:
            self._keys[key].append(self._numbers[number])

    def _load(self, column: str, values: list[Any]) -> list[N]:
        """Load the records that have one of the values; written here, since peewee takes long to write so many."""
        if not values:
            return []
        found = self._table.read(f'"{column}" IN ({database.marks(values)})', values)
        return [self._one(record) for record in found]

    def _one(self, record: N) -> N:
        """Give the one instance of a record that this ledger works on."""
        return self._numbers.setdefault(record.number, record)
