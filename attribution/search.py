"""Questions: which quotations, speakers, outlets or articles there are, page by page."""

import base64
import binascii
import uuid
from typing import Any, NamedTuple

import peewee

from attribution import articles, dates, errors
from attribution.models import NUMBER_BITS, Article, Named, Outlet, Quotation, Speaker
from schemas.vocabulary import Standing

#: Counting stops here: a total is exact up to this number, then "at least".
COUNTED = 10_000


class Page(NamedTuple):
    """A page of records; `total` counts at most COUNTED + 1, `cursor` leads to the next page (None on the last)."""

    items: list[Any]
    total: int
    cursor: str | None
    facets: dict[str, Any] | None = None


def find(query: dict[str, Any]) -> Page:
    """Find quotations, the newest first. `query` has the shape of `schemas.search.QuotationQuery`, loaded.

    Retracted ones are left out. Raises BadCursor.
    """
    select = Quotation.whole().where(Quotation.standing != Standing.RETRACTED.value)
    for name, table, column in (
        ("speaker", Speaker, Quotation.speaker),
        ("outlet", Outlet, Quotation.outlet),
        ("publisher", Outlet, Quotation.publisher),
    ):
        if name in query:
            select = select.where(column.in_([record.number for ref in query[name] for record in table.fitting(ref)]))
    if "article" in query:
        select = select.where(
            Quotation.article.in_([found.number for ref in query["article"] if (found := _article(ref))])
        )
    if "since" in query:
        select = select.where(Quotation.position >= dates.first_day(query["since"]).toordinal() << NUMBER_BITS)
    if "until" in query:
        select = select.where(Quotation.position < dates.last_day(query["until"]).toordinal() + 1 << NUMBER_BITS)
    return _page(select, Quotation.position, query, descending=True)


def find_named(table: type[Named], query: dict[str, Any]) -> Page:
    """Find speakers or outlets, by slug. `query` has the shape of `schemas.search.NameQuery`. Raises BadCursor."""
    select = table.listed()
    if "name" in query:
        select = select.where(table.number.in_([record.number for record in table.fitting(query["name"])]))
    return _page(select, table.slug, query)


def find_articles(query: dict[str, Any]) -> Page:
    """Find articles, the newest first. `query` has the shape of `schemas.search.ArticleQuery`. Raises BadCursor."""
    select = Article.select(Article, Outlet).left_outer_join(Outlet)
    if "url" in query:
        found = _article(query["url"])
        select = select.where(Article.number == (found.number if found else None))
    if "publisher" in query:
        publishers = [record.number for ref in query["publisher"] for record in Outlet.fitting(ref)]
        select = select.where(Article.outlet.in_(publishers))
    return _page(select, Article.position, query, descending=True)


def _article(reference: str) -> Article | None:
    try:
        return Article.get_or_none(Article.id == uuid.UUID(reference))
    except ValueError:
        pass
    try:
        return articles.at(reference)
    except errors.Invalid:
        return None


def _page(select: Any, key: peewee.Field, query: dict[str, Any], *, descending: bool = False) -> Page:
    """Read one page in the order of `key`, which is unique, so that nothing is skipped or repeated between pages."""
    counted = select.select(peewee.SQL("1")).limit(COUNTED + 1)
    total = counted.count(select.model._meta.database)
    if "cursor" in query:
        after = _decoded(query["cursor"], key)
        select = select.where(key < after if descending else key > after)
    limit = query["limit"]
    records = list(select.order_by(key.desc() if descending else key).limit(limit + 1))
    more = len(records) > limit
    return Page(records[:limit], total, _encoded(getattr(records[limit - 1], key.name)) if more else None)


def _encoded(key: int | str) -> str:
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def _decoded(cursor: str, key: peewee.Field) -> int | str:
    try:
        decoded = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        if isinstance(key, peewee.TextField) and decoded.isprintable():
            return decoded
        if len(decoded) > 19 or not -(2**63) <= int(decoded) < 2**63:
            raise ValueError(decoded)
        return int(decoded)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise errors.BadCursor("That is not a cursor a page of results gave; start from the first page.") from None
