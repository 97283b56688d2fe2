"""A page of a list, and the cursors that lead from one to the next."""

import base64
import functools
import hashlib
from typing import Any, NamedTuple

import orjson

from attribution import errors

#: Counting stops here: a total is exact up to this number, then "at least".
COUNTED = 10_000

#: So many of the newest results are weighed by relevance, or counted by facets.
WINDOW = 10_000


class Value(NamedTuple):
    """A value that results have: as a filter takes it, as people read it, and how many have it."""

    value: str
    name: str
    results: int


class Documents(list[dict[str, Any]]):
    """Items of a page that may be held: shared, and not to be changed."""

    @functools.cached_property
    def json(self) -> bytes:
        """Give them as JSON; a page that is held is printed once."""
        return orjson.dumps(self)

    @functools.cached_property
    def digest(self) -> str:
        """Tell them from any others."""
        return hashlib.sha256(self.json).hexdigest()


class Page(NamedTuple):
    """A page of records; `total` counts at most COUNTED + 1, `cursor` leads to the next page (None on the last)."""

    items: list[Any]
    total: int
    cursor: str | None
    facets: dict[str, list[Value]] | None = None


def cursor_of(*place: Any) -> str:
    """Write the place after which a page begins."""
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def place_of(cursor: str, *kinds: type, rest: type | None = None) -> list[Any]:
    """Read the place after which a page begins: values of `kinds`, then any number of values of the kind `rest`.

    Raises BadCursor.
    """
    try:
        place = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except ValueError:
        place = None
    if isinstance(place, list):
        expected = [*kinds, *[rest] * (len(place) - len(kinds))]
        if list(map(type, place)) == expected and all(map(_is_sound, place)):
            return place
    raise errors.BadCursor("That is not a cursor a page of results gave; start from the first page.")


def _is_sound(value: Any) -> bool:
    """Tell whether a store takes a value."""
    return "\0" not in value if isinstance(value, str) else abs(value) < 2**63
