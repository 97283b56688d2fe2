"""A question and its page of results."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load, validate, validates_schema

from schemas import fields as own
from schemas.article import Article
from schemas.base import Document, repeatable
from schemas.outlet import Outlet
from schemas.quotation import Quotation
from schemas.speaker import Speaker
from schemas.vocabulary import Facet, Kind, Sort, Standing, Verification

PAGE = 20
LONGEST_PAGE = 100
QUESTION_LENGTH = 2_000
#: How many questions are remembered as they were loaded.
_MOST_LOADED = 1_000
#: Each beginning of words is looked up as all the words that begin so.
MOST_BEGINNINGS = 8


def _cursor() -> fields.String:
    return fields.String(validate=validate.Length(max=500), metadata={"description": "From the `next` of a page."})


def _limit() -> fields.Integer:
    return fields.Integer(load_default=PAGE, validate=validate.Range(min=1, max=LONGEST_PAGE))


def _repeatable(description: str) -> fields.List:
    return fields.List(
        own.Name(max=own.URL_LENGTH), validate=validate.Length(max=100), metadata={"description": description}
    )


class _Several(fields.List):
    """Words of a closed list: repeated, or joined by commas."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        parts = [part for item in value for part in item.split(",")]
        return list(dict.fromkeys(super()._deserialize(parts, attr, data, **kwargs)))


def _has_few_beginnings(question: str) -> None:
    if len(re.findall(r"\*(?!\S)", question)) > MOST_BEGINNINGS:
        raise ValidationError(f"At most {MOST_BEGINNINGS} words may end in *.")


def _several(words: Any, description: str) -> _Several:
    return _Several(own.OneOf(words), metadata={"description": description})


class Query(Document):
    """Parameters of an address."""

    MEMBER = "parameter"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._loaded: dict[str, dict[str, Any]] = {}

    def load(self, data: Any, **kwargs: Any) -> Any:
        """Load parameters; those of a question that was asked before are remembered."""
        key = repr((data, kwargs))
        loaded = self._loaded.get(key)
        if loaded is None:
            loaded = super().load(data, **kwargs)
            if len(self._loaded) >= _MOST_LOADED:
                self._loaded = {}  # not emptied: other threads may be reading it
            self._loaded[key] = loaded
        return dict(loaded)

    @pre_load
    def _is_told_once(self, data: Any, **kwargs: Any) -> Any:
        """Refuse to choose between two values where only one is taken."""
        single = {field.data_key or name for name, field in self.load_fields.items()} - repeatable(self)
        repeated = [name for name, value in data.items() if isinstance(value, list) and name in single]
        if repeated:
            raise ValidationError({name: ["May be given only once."] for name in repeated})
        return data


class NoQuery(Query):
    """No parameters at all: every one is a fault."""


class Paged(Query):
    """How much to list, and from where on."""

    limit = _limit()
    cursor = _cursor()


class QuotationQuery(Paged):
    """Which quotations to list, and how; each filter can be repeated and means any of its values."""

    q = own.Words(
        max=QUESTION_LENGTH,
        validate=_has_few_beginnings,
        metadata={
            "description": 'Words, `"an exact phrase"`, `-without`, `begin*`, `this OR that`; all else is plain text.'
        },
    )
    speaker = _repeatable("Slug, name or alias of who said it.")
    outlet = _repeatable("Slug, name or alias of the outlet the words are credited to.")
    publisher = _repeatable("Slug, name or alias of the article's outlet.")
    article = _repeatable("Id or URL of the article.")
    kind = _several(Kind, "How the article marks the words.")
    standing = _several(Standing, "Whether the attribution holds; any but `retracted` unless stated.")
    verification = _several(Verification, "Whether the words occur in the article's text.")
    language = fields.List(own.language(), metadata={"description": "A language tag; `pt` includes `pt-BR`."})
    since = own.PartialDate(data_key="from", metadata={"description": "Said, or else printed, on or after this day."})
    until = own.PartialDate(data_key="to", metadata={"description": "Said, or else printed, on or before this day."})
    sort = own.OneOf(
        Sort, load_default=Sort.NEWEST.value, metadata={"description": "`relevance` needs `q`, and ranks the newest."}
    )
    facets = _several(Facet, "By what to count the newest results.")

    @validates_schema
    def _has_words_to_rank_by(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["sort"] == Sort.RELEVANCE and "q" not in data:
            raise ValidationError("Needs q: without words nothing is more relevant than anything else.", "sort")


class NameQuery(Paged):
    """Which speakers or outlets to list, by slug."""

    name = own.Name(metadata={"description": "Those that go by this name or alias."})


class ArticleQuery(Paged):
    """Which articles to list, the newest first."""

    url = own.WebAddress(metadata={"description": "The article at this address."})
    publisher = _repeatable("Slug, name or alias of the outlet.")


class Total(Schema):
    """How many there are: exactly (`eq`), or that there are at least so many (`gte`)."""

    value = fields.Integer()
    relation = fields.String(validate=validate.OneOf(["eq", "gte"]))


class Page(Schema):
    """A page of a list: how many there are in all, and where the next page is (null on the last)."""

    total = fields.Nested(Total)
    next = fields.String(allow_none=True, metadata={"format": "uri"})


class QuotationFound(Quotation):
    """A quotation, and where the words of the question stand in it."""

    matches = fields.List(
        fields.List(fields.Integer()),
        metadata={"description": "With `q`: the start and end of each match, in code points of `text`."},
    )


class FacetValue(Schema):
    """How many of the results have a value, and the address that asks for those, or again for all."""

    value = fields.String()
    name = fields.String()
    count = fields.Integer()
    url = fields.String(metadata={"format": "uri"})


class Facets(Schema):
    """The commonest values among the newest 10,000 results; of years and months, all."""

    speaker = fields.List(fields.Nested(FacetValue))
    outlet = fields.List(fields.Nested(FacetValue))
    publisher = fields.List(fields.Nested(FacetValue))
    kind = fields.List(fields.Nested(FacetValue))
    year = fields.List(fields.Nested(FacetValue))
    month = fields.List(fields.Nested(FacetValue))


class QuotationPage(Page):
    """A page of quotations."""

    items = fields.List(fields.Nested(QuotationFound))
    facets = fields.Nested(Facets)


class SpeakerPage(Page):
    """A page of speakers."""

    items = fields.List(fields.Nested(Speaker))


class OutletPage(Page):
    """A page of outlets."""

    items = fields.List(fields.Nested(Outlet))


class ArticleListed(Article):
    """An article without its text."""

    class Meta:
        """The text alone may be a megabyte."""

        exclude = ("text",)


class ArticlePage(Page):
    """A page of articles."""

    items = fields.List(fields.Nested(ArticleListed))
