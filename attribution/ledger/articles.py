"""Articles in a ledger: found by name, made, remembered, with their texts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from attribution import database
from attribution.ledger.told import Told
from attribution.models import Article, ArticleText, Resolved, position

if TYPE_CHECKING:
    from attribution.ledger import Ledger

#: How many resolved articles are remembered: their quotations mostly come together.
REMEMBERED = 512

#: How many texts are held in memory: the quotations of an article mostly come together.
_TEXTS = 4


class Reference(NamedTuple):
    """What a quotation needs of its article."""

    number: int
    id: uuid.UUID
    outlet_id: int | None
    published_on: str | None
    language: str | None
    text_sha256: str | None


#: The fields of an article that a reference holds.
_REFERRED = ("number", "id", "outlet", "published_on", "language", "text_sha256")


class Shelf:
    """The articles that a writer has met or made."""

    def __init__(self, ledger: Ledger) -> None:
        self.new: list[Article] = []
        self._bodies: dict[int, str] = {}
        self._memories: dict[bytes, Resolved[Any]] = {}
        self._ledger = ledger
        self.forget()

    def remembered(self, told: dict[str, Any]) -> Resolved[Any] | None:
        """Give what the same words were found to mean before."""
        return self._memories.get(told.digest) if type(told) is Told else None

    def remember(self, told: dict[str, Any], resolved: Resolved[Article]) -> Resolved[Article]:
        """Keep what a row tells for as long as it means this article: on paper, it is named by its outlet too."""
        if type(told) is not Told:
            return resolved
        if len(self._memories) >= REMEMBERED:
            self.unlearn()
        reference = Reference._make(map(resolved.record.__data__.get, _REFERRED))
        if told.get("outlet"):
            self._ledger.outlets.rely(told["outlet"])
        self._memories[told.digest] = Resolved(reference, False, resolved.differing)
        return resolved

    def named(self, key: uuid.UUID, id: uuid.UUID | None = None) -> Article | None:
        """Give the article that has this name now or was recorded under it; one that tells its id, by that first."""
        if id or key not in self._ids or key not in self._keys:
            self.prefetch([key, id] if id else [key])
        return (id and self._ids[id]) or self._keys[key] or (None if id else self._ids[key])

    def identified(self, id: uuid.UUID) -> Article | None:
        """Give the article with an id."""
        self.prefetch([id])
        return self._ids[id]

    def enter(self, body: str | None, **values: Any) -> Article:
        """Add a new article with its text."""
        ledger = self._ledger
        article = Article.new(ledger.number(), ledger.by, ledger.moment, **values)
        article.position = position(article.published_on, article.number)
        self.new.append(article)
        self._ids[article.id] = self._keys[article.key] = article
        if body is not None:
            self._bodies[article.number] = body
            self._hold(article.number, body)
        return article

    def prefetch(self, keys: Iterable[uuid.UUID]) -> None:
        """Look up articles by name together."""
        missing = [key for key in keys if key not in self._ids or key not in self._keys]
        if not missing:
            return
        for key in missing:
            self._ids.setdefault(key, None)
            self._keys.setdefault(key, None)
        # Written here, since peewee takes long to write a statement with so many values.
        names, marks = [key.hex for key in missing], database.marks(missing)
        for article in Article.read(f'"key" IN ({marks}) OR "id" IN ({marks})', [*names, *names]):
            article = self._ids.get(article.id) or article
            self._ids[article.id] = self._keys[article.key] = article

    def text_of(self, article: Reference | Article) -> str | None:
        """Give the text that is held of an article."""
        if article.text_sha256 is None:
            return None
        number = article.number
        if number not in self._texts:
            self._hold(number, self._bodies.get(number) or ArticleText.held(number, article.text_sha256))
        return self._texts[number]

    def flush(self) -> None:
        """Insert what is new."""
        if self.new:
            Article.insert_all(article.row() for article in self.new)
            ArticleText.insert_all(
                {
                    "article": article.number,
                    "sha256": article.text_sha256,
                    "text": self._bodies[article.number],
                    "recorded_at": article.recorded_at,
                    "recorded_by": article.recorded_by,
                }
                for article in self.new
                if article.text_sha256
            )
            self.new = []
        self._bodies.clear()

    def rest(self) -> None:
        """Keep between batches only what is small."""
        self._ids: dict[uuid.UUID, Article | None] = {}
        self._keys: dict[uuid.UUID, Article | None] = {}

    def unlearn(self) -> None:
        """Forget what rows meant."""
        self._memories.clear()

    def forget(self) -> None:
        """Know nothing any more."""
        self.unlearn()
        self._texts: dict[int, str] = {}
        self.rest()

    def _hold(self, number: int, body: str) -> None:
        """Keep the text of an article at hand."""
        self._texts[number] = body
        if len(self._texts) > _TEXTS:
            del self._texts[next(iter(self._texts))]
