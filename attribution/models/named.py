"""Speakers and outlets: records found by a slug, a name or an alias."""

from typing import Any, ClassVar, Self, TypeVar

import peewee
from peewee import ForeignKeyField, JSONField, TextField

from attribution import errors, text
from attribution.models.base import Record, Table, one_of
from schemas.vocabulary import OutletKind, SpeakerKind

R = TypeVar("R", bound="Named")


class Name(Table):
    """A name in the form in which names are compared, and the record that goes by it."""

    key = TextField()
    #: The record; each table says of which kind.
    owner: Any


class Named(Record):
    """A record with a slug, a name and aliases; any of them finds it."""

    slug = TextField(unique=True)
    name = TextField()
    aliases = JSONField(default=list)
    wikidata = TextField(null=True)

    #: What a record says beside its slug and its names.
    FACTS: ClassVar[tuple[str, ...]] = ()
    #: The table that finds records of this one by name; set where that is defined.
    Names: ClassVar[type["Name"]]

    @classmethod
    def fetch(cls, slug: str) -> Self:
        """Give the record at a slug; raises NotFound, or Moved if it was merged into another."""
        # PostgreSQL takes no NUL, not even to look for.
        record = cls.get_or_none(cls.slug == slug) if slug.isprintable() else None
        if record is None:
            raise errors.NotFound(f"There is no {cls._meta.table_name} {slug!r}.")
        target = record.current()
        if target is not record:
            raise errors.Moved(f"{record.name} was merged into {target.name}.", target.slug)
        return record

    @classmethod
    def listed(cls) -> Any:
        """Select records with all that a list shows of them."""
        return cls.select()

    @classmethod
    def fitting(cls, reference: str) -> list[Self]:
        """Give the records a string may mean: the one at that slug, else all that go by that name or alias."""
        record = cls.get_or_none(cls.slug == reference)
        if record is not None:
            return [record.current()]
        owners = cls.Names.select(cls.Names.owner).where(cls.Names.key == text.name_key(reference))
        return list(cls.select().where(cls.number.in_(owners)).order_by(cls.slug))

    @staticmethod
    def sole(reference: str, fitting: list[R]) -> R | None:
        """Give the one record that a string fits, if any; raises Ambiguous if it fits several."""
        if len(fitting) > 1:
            several = ", ".join(sorted(record.slug for record in fitting))
            raise errors.Ambiguous(f"{reference!r} fits several: {several}. Name the one by its slug.")
        return fitting[0] if fitting else None

    @property
    def keys(self) -> list[str]:
        """Give its names in the form in which names are compared."""
        return list(dict.fromkeys(text.name_key(name) for name in (self.name, *self.aliases)))

    @property
    def address(self) -> str:
        """Give the last part of the record's address."""
        return self.slug

    def current(self) -> Self:
        """Give the record this one was merged into, or itself."""
        return self

    def state(self) -> dict[str, Any]:
        """Give what the record says."""
        return {name: getattr(self, name) for name in ("slug", "name", "aliases", *self.FACTS)}

    def __str__(self) -> str:
        return self.slug

    def change(self, by: str, reason: str | None, **values: Any) -> bool:
        """Set `values`, keep what was there before, and let the new names find the record."""
        if "aliases" in values:
            name = values.get("name", self.name)
            values["aliases"] = [alias for alias in dict.fromkeys(values["aliases"]) if alias != name]
        is_changed = super().change(by, reason, **values)
        if is_changed and {"name", "aliases"} & values.keys():
            self._index_names()
        return is_changed

    def news(self, told: dict[str, Any]) -> tuple[dict[str, Any], list[errors.Fault]]:
        """Give what was not known, facts where there were none and names, and what differs from what is recorded."""
        differing = []
        news: dict[str, Any] = {}
        for fact in self.FACTS:
            stored, value = getattr(self, fact), told.get(fact)
            if value is not None and stored is None:
                news[fact] = value
            elif value is not None and value != stored:
                differing.append(errors.Fault(f"/{fact}", f"The {fact} of {self.slug} is {stored!s}, not {value!s}."))
        names = [told["name"]] if "name" in told and text.name_key(told["name"]) not in self.keys else []
        names += told.get("aliases", [])
        if new_names := [name for name in dict.fromkeys(names) if name not in (self.name, *self.aliases)]:
            news["aliases"] = [*self.aliases, *new_names]
        return news, differing

    def forget_names(self) -> None:
        """Let no name find this record any more."""
        self.Names.delete().where(self.Names.owner == self).execute()

    def _index_names(self) -> None:
        self.forget_names()
        self.Names.insert_all({"key": key, "owner": self.number} for key in self.keys)


class Outlet(Named):
    """A publisher or agency."""

    kind = TextField(null=True, constraints=[one_of("kind", OutletKind)])
    country = TextField(null=True)
    homepage = TextField(null=True)

    FACTS = ("kind", "country", "homepage", "wikidata")


class OutletName(Name):
    """A name that finds an outlet."""

    owner = ForeignKeyField(Outlet, index=True)

    class Meta:
        """One row for each name of each outlet."""

        primary_key = peewee.CompositeKey("key", "owner")


class Speaker(Named):
    """A person, a body, or somebody known only by a role."""

    kind = TextField(null=True, constraints=[one_of("kind", SpeakerKind)])
    affiliation = ForeignKeyField("self", null=True)
    description = TextField(null=True)
    merged_into = ForeignKeyField("self", null=True)
    merged_into_id: int | None

    FACTS = ("kind", "affiliation", "description", "wikidata")

    @property
    def keys(self) -> list[str]:
        """Give their names in the form in which names are compared; none if they were merged into another."""
        return [] if self.merged_into_id else super().keys

    @classmethod
    def listed(cls) -> Any:
        """Select speakers with their affiliations, those merged into others left out."""
        body = cls.alias()
        return (
            cls.select(cls, body)
            .join(body, peewee.JOIN.LEFT_OUTER, on=(cls.affiliation == body.number), attr="affiliation")
            .where(cls.merged_into.is_null())
        )

    def current(self) -> Self:
        """Give the speaker this one was merged into, or itself."""
        return self.merged_into or self

    def state(self) -> dict[str, Any]:
        """Give what the record says; another speaker by its slug."""
        return {
            **super().state(),
            "affiliation": self.affiliation and self.affiliation.slug,
            "merged_into": self.merged_into and self.merged_into.slug,
        }

    @property
    def tag(self) -> str:
        """Name the state of the speaker and of the body it shows."""
        return f"{self.seq}.{self.affiliation.seq}" if self.affiliation else str(self.seq)


class SpeakerName(Name):
    """A name that finds a speaker."""

    owner = ForeignKeyField(Speaker, index=True)

    class Meta:
        """One row for each name of each speaker."""

        primary_key = peewee.CompositeKey("key", "owner")


Outlet.Names, Speaker.Names = OutletName, SpeakerName
