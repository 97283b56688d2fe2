"""Lists of speakers, outlets and articles."""

import uuid
from typing import Any

import peewee

from attribution import articles, errors
from attribution.models import Article, Named, Outlet
from attribution.search.page import COUNTED, Page, cursor_of, place_of


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
        (after,) = place_of(query["cursor"], int if isinstance(key, peewee.BigIntegerField) else str)
        select = select.where(key < after if descending else key > after)
    limit = query["limit"]
    records = list(select.order_by(key.desc() if descending else key).limit(limit + 1))
    more = len(records) > limit
    return Page(records[:limit], total, cursor_of(getattr(records[limit - 1], key.name)) if more else None)
