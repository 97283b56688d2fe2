"""Tables, their constraints, and what one row or one table can do."""

import datetime
import uuid
from collections.abc import Collection
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar

import peewee
from peewee import BigIntegerField, ForeignKeyField, IntegerField, JSONField, TextField, UUIDField

from attribution import dates, errors, text, urls
from attribution.database import db
from schemas.vocabulary import Kind, OutletKind, Role, SpeakerKind, Standing, Verification

R = TypeVar("R")

#: The namespace of articles without a URL (RFC 9562, version 5).
_PRINT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:attribution:print")

#: How many bits of a position the number of the record takes; the date's ordinal stands above them.
NUMBER_BITS = 32


def now() -> str:
    """Give the present moment in UTC as RFC 3339, to the second: how rows hold moments."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def position(date: str | None, number: int) -> int:
    """Give the integer that sorts records by date, then by when they were recorded; undated ones come first."""
    ordinal = dates.first_day(date).toordinal() if date else 0
    return ordinal << NUMBER_BITS | number


def _uuid(id: str) -> uuid.UUID:
    """Read an id; raises NotFound if it is no UUID, so that nothing can be recorded under it."""
    try:
        return uuid.UUID(id)
    except ValueError:
        raise errors.NotFound(f"{id!r} is not an id: those are UUIDs.") from None


def _listed(column: str, words: Any) -> peewee.Check:
    """Keep a column to a closed list of words (or null)."""
    return peewee.Check(f"{column} IN ({', '.join(repr(str(word)) for word in words)})")


class Resolved(NamedTuple, Generic[R]):
    """The record that something names, whether it is new, and what was said of it that differs from what stands."""

    record: R
    is_new: bool
    differing: list[errors.Fault]

    def settled(self) -> Self:
        """Raise Conflict if it is recorded with other details."""
        if self.differing:
            raise errors.Conflict(f"{self.record} is recorded with other details.", self.differing, self.record)
        return self


class Table(peewee.Model):
    """What all tables share: the database, and writing only what has changed."""

    class Meta:
        """Bound to whichever store is chosen."""

        database = db
        legacy_table_names = False
        only_save_dirty = True


class Clock(Table):
    """One row that counts the changes made to the register."""

    value = BigIntegerField()

    @classmethod
    def tick(cls, times: int = 1) -> int:
        """Take the next value, or the first of the next `times` values; inside a transaction."""
        (row,) = cls.update(value=cls.value + times).returning(cls.value).execute()
        return row.value - times + 1


class Revision(Table):
    """What a record was before a change, and who had made it so, when and why."""

    table = TextField()
    number = BigIntegerField()
    version = IntegerField()
    state = JSONField()
    at = TextField()
    by = TextField()
    reason = TextField(null=True)

    class Meta:
        """One row for each former version."""

        indexes = ((("table", "number", "version"), True),)


class Record(Table):
    """A record that keeps its former states; `seq` is the clock at its last change, `number` at its first."""

    number = BigIntegerField(primary_key=True)
    seq = BigIntegerField()
    version = IntegerField(default=1)
    recorded_at = TextField()
    recorded_by = TextField()
    revised_at = TextField(null=True)
    revised_by = TextField(null=True)
    reason = TextField(null=True)

    @classmethod
    def enter(cls, by: str, **values: Any) -> Self:
        """Insert a new record; `by` is the name of the key it is recorded with."""
        number = values.pop("number", None) or Clock.tick()
        record = cls(number=number, **values)
        record.enter_as(by)
        return record

    def enter_as(self, by: str) -> None:
        """Insert this record, whose number is set."""
        self.seq, self.recorded_at, self.recorded_by = self.number, now(), by
        self.save(force_insert=True)

    def state(self) -> dict[str, Any]:
        """Give what the record says, as JSON values: what a revision keeps."""
        raise TypeError(f"{type(self).__name__} keeps no revisions")

    def change(self, by: str, reason: str | None, **values: Any) -> None:
        """Set `values` and keep what was there before, with who, when and why."""
        Revision.create(
            table=self._meta.table_name,
            number=self.number,
            version=self.version,
            state=self.state(),
            at=self.revised_at or self.recorded_at,
            by=self.revised_by or self.recorded_by,
            reason=self.reason,
        )
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1
        self.seq = Clock.tick()
        self.revised_at, self.revised_by, self.reason = now(), by, reason
        self.save()

    def expect(self, tags: Collection[str] | None) -> None:
        """Raise Stale unless the record is in one of the states that `tags` name; None means any."""
        if tags is not None and self.tag not in tags:
            raise errors.Stale("The record was changed since it was read. Read it again, then send the change again.")

    def revisions(self) -> list[dict[str, Any]]:
        """Give every version, the newest (what stands now) first."""
        newest = {
            "version": self.version,
            "at": self.revised_at or self.recorded_at,
            "by": self.revised_by or self.recorded_by,
            "reason": self.reason,
            "record": self.state(),
        }
        former = (
            Revision.select()
            .where(Revision.table == self._meta.table_name, Revision.number == self.number)
            .order_by(Revision.version.desc())
        )
        return [newest, *({**row.__data__, "record": row.state} for row in former)]

    @property
    def address(self) -> str:
        """Give the last part of the record's address."""
        return str(self.id)

    @property
    def tag(self) -> str:
        """Name the state of what one reads when one reads this record: another state, another tag."""
        return str(self.seq)


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
    def enter(cls, by: str, **values: Any) -> Self:
        """Insert a new record under a slug made from its name, unless it is given one."""
        values.setdefault("slug", cls._free_slug(values["name"]))
        values["aliases"] = [alias for alias in dict.fromkeys(values.get("aliases", ())) if alias != values["name"]]
        record = super().enter(by, **values)
        record._index_names()
        return record

    @classmethod
    def fetch(cls, slug: str) -> Self:
        """Give the record at a slug; raises NotFound, or Moved if it was merged into another."""
        record = cls.get_or_none(cls.slug == slug)
        if record is None:
            raise errors.NotFound(f"There is no {cls._meta.table_name} {slug!r}.")
        target = record.current()
        if target is not record:
            raise errors.Moved(f"{record.name} was merged into {target.name}.", target.slug)
        return record

    @classmethod
    def listed(cls) -> peewee.ModelSelect:
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

    @classmethod
    def known(cls, given: dict[str, Any]) -> Self | None:
        """Give the record that `given` names, by its slug if it has one, else by name.

        `given` is {"ref": string} or the fields of an object. Raises Ambiguous if the name fits several records.
        """
        if "slug" in given:
            record = cls.get_or_none(cls.slug == given["slug"])
            return record and record.current()
        reference = given.get("ref") or given["name"]
        fitting = cls.fitting(reference)
        if len(fitting) > 1:
            several = ", ".join(record.slug for record in fitting)
            raise errors.Ambiguous(f"{reference!r} fits several: {several}. Name the one by its slug.")
        return fitting[0] if fitting else None

    @classmethod
    def _free_slug(cls, name: str) -> str:
        """Make a slug from a name; where another name has taken it, six digits tell them apart."""
        slug = text.slug(name)
        if cls.get_or_none(cls.slug == slug) is not None:
            slug = f"{slug}-{text.fingerprint(name)[:6]}"
        return slug

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

    def change(self, by: str, reason: str | None, **values: Any) -> None:
        """Set `values`, keep what was there before, and let the new names find the record."""
        super().change(by, reason, **values)
        if "name" in values or "aliases" in values:
            self._index_names()

    def learn(self, told: dict[str, Any], by: str) -> list[errors.Fault]:
        """Add what was not known: facts where there were none, names. Give what differs, which is left as it is."""
        differing = []
        news: dict[str, Any] = {}
        for fact in self.FACTS:
            stored, value = getattr(self, fact), told.get(fact)
            if value is not None and stored is None:
                news[fact] = value
            elif value is not None and value != stored:
                differing.append(errors.Fault(f"/{fact}", f"The {fact} of {self.slug} is {stored!s}, not {value!s}."))
        keys = {text.name_key(name) for name in (self.name, *self.aliases)}
        names = [told["name"]] if "name" in told and text.name_key(told["name"]) not in keys else []
        names += told.get("aliases", [])
        if new_names := [name for name in dict.fromkeys(names) if name not in (self.name, *self.aliases)]:
            news["aliases"] = [*self.aliases, *new_names]
        if news:
            self.change(by, "Told by a record that names it.", **news)
        return differing

    def forget_names(self) -> None:
        """Let no name find this record any more."""
        self.Names.delete().where(self.Names.owner == self).execute()

    def _index_names(self) -> None:
        self.forget_names()
        keys = dict.fromkeys(text.name_key(name) for name in (self.name, *self.aliases))
        self.Names.insert_many([(key, self.number) for key in keys], (self.Names.key, self.Names.owner)).execute()


class Name(Table):
    """A name in the form in which names are compared, and the record that goes by it."""

    key = TextField()


class Outlet(Named):
    """A publisher or agency."""

    kind = TextField(null=True, constraints=[_listed("kind", OutletKind)])
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

    kind = TextField(null=True, constraints=[_listed("kind", SpeakerKind)])
    affiliation = ForeignKeyField("self", null=True)
    description = TextField(null=True)
    merged_into = ForeignKeyField("self", null=True)

    FACTS = ("kind", "affiliation", "description", "wikidata")

    @classmethod
    def listed(cls) -> peewee.ModelSelect:
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


class Article(Record):
    """The document words stand in; `key` names it as it is now, `id` as it was when it was recorded."""

    id = UUIDField(unique=True)
    key = UUIDField(unique=True)
    position = BigIntegerField(unique=True)
    url = TextField(null=True)
    headline = TextField(null=True)
    outlet = ForeignKeyField(Outlet, null=True)
    published_on = TextField(null=True)
    authors = JSONField(default=list)
    language = TextField(null=True)
    archive_url = TextField(null=True)
    text_sha256 = TextField(null=True)

    FACTS: ClassVar = ("url", "headline", "outlet", "published_on", "authors", "language", "archive_url")

    @classmethod
    def fetch(cls, id: str) -> Self:
        """Give an article with its outlet; raises NotFound."""
        article = cls.select(cls, Outlet).left_outer_join(Outlet).where(cls.id == _uuid(id)).first()
        if article is None:
            raise errors.NotFound(f"There is no article {id}.")
        return article

    @classmethod
    def named(cls, key: uuid.UUID) -> Self | None:
        """Give the article that has this name now or was recorded under it."""
        return cls.select().where((cls.key == key) | (cls.id == key)).order_by(cls.id == key).first()

    @staticmethod
    def key_of(url: str | None, outlet: Outlet | None, published_on: str | None, headline: str | None) -> uuid.UUID:
        """Name an article: by its canonical URL; without one, by its outlet, date and headline."""
        if url:
            return urls.article_id(url)
        return uuid.uuid5(_PRINT, f"{outlet.slug if outlet else ''}\n{published_on}\n{text.fold(headline or '')}")

    def state(self) -> dict[str, Any]:
        """Give what the record says; its outlet by slug, its text by hash."""
        facts = {name: getattr(self, name) for name in self.FACTS}
        return {**facts, "outlet": self.outlet and self.outlet.slug, "text_sha256": self.text_sha256}

    @property
    def text(self) -> str | None:
        """Give the text that is held now."""
        if self.text_sha256 is None:
            return None
        return ArticleText.get(ArticleText.article == self, ArticleText.sha256 == self.text_sha256).text

    @property
    def tag(self) -> str:
        """Name the state of the article and of its outlet."""
        return f"{self.seq}.{self.outlet.seq if self.outlet else 0}"


class ArticleText(Table):
    """A text an article has or had; each is kept once, by its SHA-256."""

    article = ForeignKeyField(Article, index=False)
    sha256 = TextField()
    text = TextField()
    recorded_at = TextField()
    recorded_by = TextField()

    class Meta:
        """One row for each text of each article."""

        primary_key = peewee.CompositeKey("article", "sha256")


class Quotation(Record):
    """The words attributed to a speaker in one article."""

    id = UUIDField(unique=True)
    position = BigIntegerField(unique=True)
    text = TextField()
    #: The fingerprint of the folded words; null where another record has these words of this speaker in this article.
    words = TextField(null=True)
    kind = TextField(constraints=[_listed("kind", Kind)])
    speaker = ForeignKeyField(Speaker, index=False)
    mention = TextField(null=True)
    cue = TextField(null=True)
    outlet = ForeignKeyField(Outlet, null=True, index=False)
    #: The article's outlet, held here too so that an index can sort its quotations by date.
    publisher = ForeignKeyField(Outlet, null=True, index=False)
    article = ForeignKeyField(Article, index=False)
    said_on = TextField(null=True)
    language = TextField(null=True)
    note = TextField(null=True)
    standing = TextField(default=Standing.ATTRIBUTED.value, constraints=[_listed("standing", Standing)])
    verification = TextField(constraints=[_listed("verification", Verification)])
    selectors = JSONField(default=list)

    FACTS: ClassVar = ("kind", "mention", "cue", "said_on", "language", "note")

    class Meta:
        """The constraint that makes a quotation one record, and the orders in which pages are read."""

        indexes = (
            (("article", "speaker", "words"), True),
            (("speaker", "position"), False),
            (("outlet", "position"), False),
            (("publisher", "position"), False),
        )

    @classmethod
    def whole(cls) -> peewee.ModelSelect:
        """Select quotations with all that is shown of them, in one statement."""
        publisher = Outlet.alias()
        return (
            cls.select(cls, Speaker, Outlet, Article, publisher)
            .join_from(cls, Speaker)
            .join_from(cls, Outlet, peewee.JOIN.LEFT_OUTER, on=cls.outlet)
            .join_from(cls, Article)
            .join_from(Article, publisher, peewee.JOIN.LEFT_OUTER, on=(Article.outlet == publisher.number), attr="outlet")
        )

    @classmethod
    def fetch(cls, id: str) -> Self:
        """Give a quotation with its speaker, outlet and article; raises NotFound."""
        quotation = cls.whole().where(cls.id == _uuid(id)).first()
        if quotation is None:
            raise errors.NotFound(f"There is no quotation {id}.")
        return quotation

    @classmethod
    def known(cls, id: uuid.UUID, article: Article, speaker: Speaker, words: str) -> Self | None:
        """Give the record of these words: the one that has them now, else the one recorded under this id."""
        now_theirs = (cls.article == article) & (cls.speaker == speaker) & (cls.words == words)
        return cls.whole().where(now_theirs).first() or cls.whole().where(cls.id == id).first()

    @staticmethod
    def id_of(article: Article, speaker: Speaker, folded: str) -> uuid.UUID:
        """Name a quotation by its article, its speaker and its folded words (RFC 9562, version 5)."""
        return uuid.uuid5(article.id, f"{speaker.slug}\n{folded}")

    #: What the sender of this record should look at again; told once, not kept.
    warnings: tuple[str, ...] | list[str] = ()

    @property
    def date(self) -> str | None:
        """Give when it was said, else when it was printed."""
        return self.said_on or self.article.published_on

    def state(self) -> dict[str, Any]:
        """Give what the record says; others by slug or id."""
        return {
            "text": self.text,
            **{name: getattr(self, name) for name in self.FACTS},
            "speaker": self.speaker.slug,
            "outlet": self.outlet and self.outlet.slug,
            "article": str(self.article.id),
            "standing": self.standing,
        }

    def verify(self, article_text: str | None) -> None:
        """Look for the words in the article's text, if one is held."""
        if article_text is None:
            self.verification, self.selectors = Verification.UNCHECKED.value, []
        else:
            location = text.locate(self.text, article_text)
            self.verification, self.selectors = location.verification.value, text.selectors(location, article_text)

    def place(self) -> None:
        """Put the record where its date belongs."""
        self.position = position(self.date, self.number)

    @property
    def tag(self) -> str:
        """Name the state of the quotation and of the four records it shows."""
        shown = (self, self.speaker, self.outlet, self.article, self.article.outlet)
        return ".".join(str(record.seq if record else 0) for record in shown)


class Key(Table):
    """An API key: the hash of its secret half, and what it may do."""

    id = TextField(primary_key=True)
    sha256 = TextField()
    name = TextField()
    role = TextField(constraints=[_listed("role", Role)])
    created_at = TextField()
    revoked_at = TextField(null=True)


TABLES = (Clock, Revision, Outlet, OutletName, Speaker, SpeakerName, Article, ArticleText, Quotation, Key)
