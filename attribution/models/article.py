"""Articles, and every text they have had."""

import uuid
from typing import Any, ClassVar, Self

import peewee
from peewee import BigIntegerField, ForeignKeyField, JSONField, TextField, UUIDField

from attribution import errors, text, urls
from attribution.models.base import Record, Table, position, read_id
from attribution.models.named import Outlet

#: The namespace of articles without a URL (RFC 9562, version 5).
_PRINT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:attribution:print")


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
    def new(cls, number: int, by: str, at: str, **values: Any) -> Self:
        """Make an article that is yet to be inserted; its outlet is told by number.

        Peewee sets each field through its descriptor: 11 µs, where this takes 5.
        """
        known = {"number": number, "seq": number, "recorded_by": by, "recorded_at": at}
        return cls._of(cls._meta.get_default_dict() | known | values)

    @classmethod
    def fetch(cls, id: str) -> Self:
        """Give an article with its outlet; raises NotFound."""
        article = cls.select(cls, Outlet).left_outer_join(Outlet).where(cls.id == read_id(id)).first()
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

    def __str__(self) -> str:
        return self.url or str(self.id)

    def settle(self) -> None:
        """Name the article by what it is now, and go where its date belongs."""
        self.key = self.key_of(self.url, self.outlet, self.published_on, self.headline)
        self.position = position(self.published_on, self.number)

    @property
    def address(self) -> str:
        """Give the last part of the record's address."""
        return str(self.id)

    @property
    def text(self) -> str | None:
        """Give the text that is held now."""
        if self.text_sha256 is None:
            return None
        return ArticleText.held(self.number, self.text_sha256)

    def texts(self) -> list["ArticleText"]:
        """Give every text the article has or had, the newest first: which, since when and by whom, not the words."""
        told = (ArticleText.sha256, ArticleText.recorded_at, ArticleText.recorded_by)
        return list(
            ArticleText.select(*told).where(ArticleText.article == self).order_by(ArticleText.recorded_at.desc())
        )

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

    @classmethod
    def held(cls, article: int, sha256: str) -> str:
        """Give a text by its hash."""
        return cls.get(cls.article == article, cls.sha256 == sha256).text
