"""Quotations: the words attributed to a speaker in one article."""

import hashlib
from typing import Any, ClassVar, Self

import peewee
from peewee import BigIntegerField, ForeignKeyField, JSONField, TextField, UUIDField

from attribution import errors, text
from attribution.models.article import Article
from attribution.models.base import Record, one_of, position, read_id
from attribution.models.named import Outlet, Speaker
from schemas.vocabulary import Kind, Standing, Verification

#: The digit that says a UUID is of the usual variant, in place of each that a hash may have there.
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


class Quotation(Record):
    """The words attributed to a speaker in one article."""

    id = UUIDField(unique=True)
    position = BigIntegerField(unique=True)
    text = TextField()
    #: The fingerprint of the folded words; null where another record has these words of this speaker in this article.
    words = TextField(null=True)
    kind = TextField(constraints=[one_of("kind", Kind)])
    speaker = ForeignKeyField(Speaker, index=False)
    mention = TextField(null=True)
    cue = TextField(null=True)
    outlet = ForeignKeyField(Outlet, null=True, index=False)
    #: The article's outlet, held here too since quotations are filtered by it.
    publisher = ForeignKeyField(Outlet, null=True, index=False)
    article = ForeignKeyField(Article, index=False)
    said_on = TextField(null=True)
    language = TextField(null=True)
    note = TextField(null=True)
    standing = TextField(default=Standing.ATTRIBUTED.value, constraints=[one_of("standing", Standing)])
    verification = TextField(constraints=[one_of("verification", Verification)])
    selectors = JSONField(default=list)

    FACTS: ClassVar = ("kind", "mention", "cue", "said_on", "language", "note")

    class Meta:
        """The constraint that makes a quotation one record, and how those of a speaker are found."""

        indexes = (
            (("article", "speaker", "words"), True),
            (("speaker", "position"), False),
        )

    @classmethod
    def whole(cls) -> Any:
        """Select quotations with all that is shown of them, in one statement."""
        publisher = Outlet.alias()
        return (
            cls.select(cls, Speaker, Outlet, Article, publisher)
            .join_from(cls, Speaker)
            .join_from(cls, Outlet, peewee.JOIN.LEFT_OUTER, on=cls.outlet)
            .join_from(cls, Article)
            .join_from(
                Article, publisher, peewee.JOIN.LEFT_OUTER, on=(Article.outlet == publisher.number), attr="outlet"
            )
        )

    @classmethod
    def fetch(cls, id: str) -> Self:
        """Give a quotation with its speaker, outlet and article; raises NotFound."""
        quotation = cls.whole().where(cls.id == read_id(id)).first()
        if quotation is None:
            raise errors.NotFound(f"There is no quotation {id}.")
        return quotation

    @classmethod
    def of(cls, article: Article) -> Any:
        """Select every quotation of an article, retracted ones too, with all that is shown of them."""
        return cls.whole().where(cls.article == article).order_by(cls.number)

    @staticmethod
    def id_of(article: Any, speaker: Any, folded: str) -> str:
        """Name a quotation by its article, its speaker and its folded words: a UUID of version 5 in hexadecimal.

        By RFC 9562, section 5.5, as `uuid.uuid5` does it, in a quarter of the time.
        """
        hashed = hashlib.sha1(
            article.id.bytes + f"{speaker.slug}\n{folded}".encode(), usedforsecurity=False
        ).hexdigest()
        return f"{hashed[:12]}5{hashed[13:16]}{_VARIANT[hashed[16]]}{hashed[17:32]}"

    @staticmethod
    def verified(words: str, article_text: str | None) -> tuple[str, list[dict[str, str | int]]]:
        """Give the verification of words against an article's text, with the selectors of each piece."""
        if article_text is None:
            return Verification.UNCHECKED.value, []
        location = text.locate(words, article_text)
        return location.verification.value, text.selectors(location, article_text)

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

    def settle(self) -> None:
        """Verify the words against the article's text, take its publisher, and go where the date belongs."""
        self.verification, self.selectors = self.verified(self.text, self.article.text)
        self.publisher = self.article.outlet
        self.position = position(self.date, self.number)

    @property
    def address(self) -> str:
        """Give the last part of the record's address."""
        return str(self.id)

    @property
    def tag(self) -> str:
        """Name the state of the quotation and of the four records it shows."""
        shown = (self, self.speaker, self.outlet, self.article, self.article.outlet)
        return ".".join(str(record.seq if record else 0) for record in shown)
