"""A question and its page of results."""

from marshmallow import Schema, fields, validate

from schemas import fields as own
from schemas.article import Article
from schemas.outlet import Outlet
from schemas.quotation import Quotation
from schemas.speaker import Speaker

PAGE = 20
LONGEST_PAGE = 100


def _cursor() -> fields.String:
    return fields.String(validate=validate.Length(max=100), metadata={"description": "From the `next` of a page."})


def _limit() -> fields.Integer:
    return fields.Integer(load_default=PAGE, validate=validate.Range(min=1, max=LONGEST_PAGE))


def _repeatable(description: str) -> fields.List:
    return fields.List(
        own.Name(max=own.URL_LENGTH), validate=validate.Length(max=100), metadata={"description": description}
    )


class NoQuery(Schema):
    """No parameters at all: every one is a fault."""


class Paged(Schema):
    """How much to list, and from where on."""

    limit = _limit()
    cursor = _cursor()


class QuotationQuery(Paged):
    """Which quotations to list, the newest first; each filter can be repeated and means any of its values."""

    speaker = _repeatable("Slug, name or alias of who said it.")
    outlet = _repeatable("Slug, name or alias of the outlet the words are credited to.")
    publisher = _repeatable("Slug, name or alias of the article's outlet.")
    article = _repeatable("Id or URL of the article.")
    since = own.PartialDate(data_key="from", metadata={"description": "Said, or else printed, on or after this day."})
    until = own.PartialDate(data_key="to", metadata={"description": "Said, or else printed, on or before this day."})


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


class QuotationPage(Page):
    """A page of quotations."""

    items = fields.List(fields.Nested(Quotation))


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
