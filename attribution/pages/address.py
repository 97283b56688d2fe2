"""Addresses: of pages with other filters, of the API's answer that a page shows, and of pages as others see them."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from schemas import fields

Query = Iterable[tuple[str, str]]


def query() -> list[tuple[str, str]]:
    """Give the filters of the request, without the place in the list."""
    return [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]


def search(args: Query) -> str:
    """Give the search page with these filters."""
    args = list(args)
    return url_for("pages.search") + (f"?{urlencode(args)}" if args else "")


def of(page: str, args: Mapping[str, str]) -> str:
    """Give a page with these parameters."""
    return url_for(f"pages.{page}") + (f"?{urlencode(args)}" if args else "")


def toggled(args: Query, name: str, value: str) -> str:
    """Give the search page with a filter added, or taken away where it is set."""
    args = list(args)
    others = [pair for pair in args if pair != (name, value)]
    return search(others if len(others) < len(args) else [*args, (name, value)])


def between(args: Query, first: str, last: str) -> str:
    """Give the search page with results from one partial date to another."""
    others = [pair for pair in args if pair[0] not in ("from", "to")]
    return search([*others, ("from", first), ("to", last)])


def api(path: str, args: Query = ()) -> str:
    """Give the API's address of what a page shows."""
    args = list(args)
    return f"{fields.base_url.get()}{path}" + (f"?{urlencode(args)}" if args else "")


def whole(endpoint: str, **values: Any) -> str:
    """Give the address of a page as other sites need it, with scheme and host."""
    return fields.site().rstrip("/") + url_for(f"pages.{endpoint}", **values)
