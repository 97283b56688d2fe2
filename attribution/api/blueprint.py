"""What all resources share: strict bodies and parameters, preconditions, and the documents of failures."""

import hashlib
import http
from collections.abc import Callable, Collection
from copy import deepcopy
from functools import lru_cache, wraps
from typing import Any, NoReturn, TypeVar, cast
from urllib.parse import quote, urlencode

import flask_smorest
import orjson
from flask import Request, Response, current_app, request
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, PreconditionRequired, RequestEntityTooLarge, UnsupportedMediaType

from attribution import search, text
from attribution.models import Record
from schemas import fields
from schemas.base import parameters
from schemas.search import NoQuery
from schemas.vocabulary import Facet

View = TypeVar("View", bound=Callable[..., Any])

_CHUNK = 65_536

#: The facets that narrow a search to a stretch of time.
_DATES = (Facet.YEAR, Facet.MONTH)


def read_body(*media_types: str, limit: int | None = None) -> bytes:
    """Read the request's body, of one of `media_types`, of at most `limit` bytes where that is less than any may have.

    The bytes are counted as they come: a chunked body has no length to believe, and a server may hand on a body
    that ended early. Raises UnsupportedMediaType, RequestEntityTooLarge, BadRequest.
    """
    if request.mimetype not in media_types:
        raise UnsupportedMediaType(f"Send {' or '.join(media_types)}, not {request.mimetype or 'an unnamed type'}.")
    limit = min(limit or current_app.config["MAX_BODY"], current_app.config["MAX_BODY"])
    body = bytearray()
    while chunk := _read_chunk():
        body += chunk
        if len(body) > limit:
            raise RequestEntityTooLarge(f"The body is over {limit:,} bytes.")
    if request.content_length is not None and len(body) < request.content_length:
        raise BadRequest(f"The body was cut short: {len(body)} bytes of {request.content_length}. Nothing was changed.")
    return bytes(body)


def _read_chunk() -> bytes:
    try:
        return request.stream.read(_CHUNK)
    except Exception as error:
        # Each server has errors of its own for a body that breaks off or is chunked wrongly; all are the sender's.
        raise BadRequest(f"The body could not be read to its end: {error}. Nothing was changed.") from None


class Parser(FlaskParser):
    """Reads bodies and query parameters strictly: what a schema does not know is a fault."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"query": "raise", "json": "raise"}

    def __init__(self, limit: int | None = None) -> None:
        """Take bodies of at most `limit` bytes, where that is less than any may have."""
        super().__init__()
        self.limit = limit

    def load_json(self, req: Request, schema: Any) -> Any:
        """Read the body as JSON (RFC 8259). Raises BadRequest if it is broken, and what `read_body` raises."""
        body = read_body("application/json", limit=self.limit)
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise BadRequest(f"The body is not JSON: {error}.") from None

    def load_querystring(self, req: Request, schema: Any) -> dict[str, Any]:
        """Read the parameters of the address."""
        return parameters(schema, req.args.lists())

    def handle_error(self, error: Any, *args: Any, **kwargs: Any) -> NoReturn:
        """Leave the answer to `problems`."""
        raise error


class Blueprint(flask_smorest.Blueprint):
    """Views that load, make one call and dump."""

    ARGUMENTS_PARSER = Parser()

    def arguments(self, schema: Any, **options: Any) -> Callable[[View], View]:
        """Read parameters or a body by a schema, which is made once and not for each request."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **options)

    def add_url_rule(self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any) -> None:
        """Register a view; one that takes no query parameters refuses any."""
        parameters = view_func._apidoc.get("arguments", {}).get("parameters", [])
        if not any(isinstance(parameter, dict) and parameter["in"] == "query" for parameter in parameters):
            view_func = self.arguments(NoQuery, location="query", as_kwargs=True)(view_func)
        super().add_url_rule(rule, endpoint, view_func, **options)

    def alt_response(self, *args: Any, **options: Any) -> Callable[[View], View]:
        """Document another answer. Only that is taken: each wrapper would cost every request a call."""
        document = super().alt_response(*args, **options)

        def decorate(view: View) -> View:
            view._apidoc = document(view)._apidoc  # type: ignore[attr-defined]
            return view

        return decorate

    def fails(self, *statuses: int) -> Callable[[View], View]:
        """Document the failures a view may answer with; 401, 429 and 503 any of them may."""

        def decorate(view: View) -> View:
            for status in (401, 429, 503, *statuses):
                view = self.alt_response(status, http.HTTPStatus(status).name)(view)
            return view

        return decorate

    def changes(self, view: View) -> View:
        """Require If-Match (RFC 9110, 13.1.1), so that two editors cannot overwrite one another."""

        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if not request.if_match:
                raise PreconditionRequired("Send the ETag of what you read as If-Match.")
            return view(*args, **kwargs)

        apidoc = wrapper._apidoc = deepcopy(getattr(wrapper, "_apidoc", {}))  # type: ignore[attr-defined]
        apidoc.setdefault("arguments", {}).setdefault("parameters", []).append("IF_MATCH")
        return self.fails(404, 412, 428)(wrapper)  # type: ignore[return-value]


def expected() -> Collection[str] | None:
    """Give the tags of the states that If-Match allows; None for any."""
    tags = request.if_match
    return None if tags.star_tag or not tags else tags.as_set()


def shown(record: Record, status: int = 200) -> tuple[Record, int, dict[str, str]]:
    """Answer with a record and its ETag; where it was made just now, with its Location."""
    headers = {"ETag": f'"{record.tag}"'}
    if status == http.HTTPStatus.CREATED:
        headers["Location"] = f"{request.base_url}/{record.address}"
    return record, status, headers


def page(found: search.Page) -> tuple[dict[str, Any], dict[str, str]]:
    """Answer with a page of a list; `next` (also as a Link, RFC 8288) is its own address with another cursor."""
    relation = "eq" if found.total <= search.COUNTED else "gte"
    total = {"value": min(found.total, search.COUNTED), "relation": relation}
    body = {"total": total, "next": None, "items": found.items}
    if found.cursor is None:
        return body, {}
    address = _address([*_asked(), ("cursor", found.cursor)])
    return {**body, "next": address}, {"Link": f'<{address}>; rel="next"'}


def documents(found: search.Page) -> Response:
    """Answer with a page whose items are documents already, and with the facets that were asked for."""
    body, headers = page(found)
    if found.facets is not None:
        facets = {facet: [_value(facet, value) for value in values] for facet, values in found.facets.items()}
        body = {**body, "facets": facets}
    items = cast(search.Documents, found.items)
    # The items are by far the most of it, and may be held: their digest stands for them.
    told = orjson.dumps({**body, "items": items.digest})
    headers["ETag"] = f'"{hashlib.sha256(told).hexdigest()}"'
    body = {**body, "items": orjson.Fragment(items.json)}
    return Response(orjson.dumps(body), headers=headers, mimetype="application/json")


def _value(facet: str, value: search.Value) -> dict[str, Any]:
    """Give a value with the address that asks for it, or where it is asked for, for all again."""
    pairs = {(name, value.value) for name in (("from", "to") if facet in _DATES else (facet,))}
    asked = [_as_facet(pair, facet, value) for pair in _asked()]
    if pairs <= set(asked):
        rest = [pair for pair in asked if pair not in pairs]
    elif facet in _DATES:
        rest = [pair for pair in asked if pair[0] not in ("from", "to")] + sorted(pairs)
    else:
        rest = [*asked, *pairs]
    return {"value": value.value, "name": value.name, "count": value.results, "url": _address(rest)}


def _as_facet(pair: tuple[str, str], facet: str, value: search.Value) -> tuple[str, str]:
    """Write a filter as the facet writes it, if it names the same record by another of its names."""
    name, told = pair
    is_same = name == facet and text.name_key(told) == text.name_key(value.name)
    return (facet, value.value) if is_same else pair


def _asked() -> list[tuple[str, str]]:
    """Give what is asked, without the place in it; a filter of several words as several."""
    return [
        (name, part)
        for name, value in request.args.items(multi=True)
        if name != "cursor"
        for part in (value.split(",") if name in ("kind", "standing", "verification") else [value])
    ]


def _address(query: list[tuple[str, str]]) -> str:
    return fields.site() + _quoted(request.path.lstrip("/"), tuple(query))


@lru_cache(maxsize=1_024)
def _quoted(path: str, query: tuple[tuple[str, str], ...]) -> str:
    """Write a path and parameters as they stand in an address; request.base_url would take itself apart for that."""
    return f"{quote(path)}?{urlencode(query)}" if query else quote(path)
