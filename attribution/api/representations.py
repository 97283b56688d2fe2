"""One address, several formats: which of them a reader wants, by the address's suffix or by Accept."""

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import orjson
from flask import Response, after_this_request, request, stream_with_context
from flask_smorest import Blueprint
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from attribution import formats, search, transfer
from attribution.api.blueprint import View, documents, page
from attribution.models import Clock
from schemas.quotation import Quotation


class Representation(NamedTuple):
    """A format that can be asked for; `suffix` is what an address ends in after a dot."""

    suffix: str | None
    media_type: str
    says: str


JSON = Representation("json", "application/json", "")
NDJSON = Representation("ndjson", "application/x-ndjson", "All results, however many, as rows of the import format.")
CSV = Representation("csv", "text/csv", "All results, flat, as rows of the import format; safe in a spreadsheet.")
JSONLD = Representation("jsonld", "application/ld+json", "JSON-LD in the terms of schema.org.")
ATOM = Representation("atom", "application/atom+xml", "A feed (RFC 4287).")
ANNOTATION = Representation(
    None, f'application/ld+json;profile="{formats.ANNOTATION_CONTEXT}"', "A W3C Web Annotation of the article."
)

#: A character set in Accept, which says nothing: all that is given is UTF-8.
_CHARSET = re.compile(r";\s*charset=[^;,]*", re.IGNORECASE)

#: The least that is sent at a time, in bytes.
_PIECE = 1 << 16

OF_MANY = (JSON, NDJSON, CSV, JSONLD, ATOM)
OF_ONE = (JSON, JSONLD, ANNOTATION)


def suffixes(offered: Iterable[Representation]) -> str:
    """Give the end of a route that takes any suffix of `offered`."""
    return f".<any({','.join(form.suffix for form in offered if form.suffix)}):suffix>"


def documented(blueprint: Blueprint, offered: Iterable[Representation]) -> Any:
    """Document that a view answers in each of the formats that are `offered`, JSON aside, or with 406."""

    def decorate(view: View) -> View:
        for form in offered:
            if form is not JSON:
                type = "string" if form in (NDJSON, CSV, ATOM) else "object"
                schema = {"type": type, "description": form.says}
                view = blueprint.alt_response(200, schema=schema, content_type=form.media_type, success=True)(view)
        return view

    return decorate


def chosen(offered: Iterable[Representation], suffix: str | None) -> Representation:
    """Give the format that the suffix names; without one, that which Accept likes best (RFC 9110, 12.5.1).

    JSON where all are alike, and where there is no Accept. Raises NotAcceptable if none will do.
    """
    if suffix:
        return next(form for form in offered if form.suffix == suffix)
    after_this_request(_varies)
    by_type = {form.media_type: form for form in offered}
    accepted = parse_accept_header(_CHARSET.sub("", request.headers.get("Accept", "")), MIMEAccept)
    if not accepted:
        return JSON
    best = accepted.best_match(by_type)
    if best is None:
        raise NotAcceptable(f"This is to be had as {', '.join(by_type)}.")
    return by_type[best]


def of_one(form: Representation, answer: tuple[Any, int, dict[str, str]]) -> Any:
    """Turn what `blueprint.shown` answers with into another format, with an ETag of its own."""
    record, status, headers = answer
    if form is JSON:
        return answer
    told = Quotation().dump(record)
    name, make = ("annotation", formats.annotation) if form is ANNOTATION else ("jsonld", formats.linked)
    tag = f'"{record.tag}.{name}"'
    return Response(orjson.dumps(make(told)), status, {**headers, "ETag": tag}, content_type=form.media_type)


def of_many(form: Representation, asked: dict[str, Any]) -> Response:
    """Answer with a page of what a question finds, or where the format has no pages with all of it."""
    if form in (NDJSON, CSV):
        return _all(form, asked)
    found = search.find(asked)
    if form is JSON:
        return documents(found)
    body, headers = page(found)
    if form is ATOM:
        told = formats.feed(body["items"], request.url, body["next"])
    else:
        told = orjson.dumps(formats.linked_list(body["items"], body["total"]))
    return Response(told, headers=headers, content_type=form.media_type)


def _all(form: Representation, asked: dict[str, Any]) -> Response:
    """Answer with all that a question finds, read as it is sent; the tag names the state of the whole store."""
    tag = f"{Clock.get().value}.{form.suffix}"
    lines = transfer.ndjson(asked) if form is NDJSON else map(str.encode, transfer.csv(asked))
    pieces = _pieces(lines)
    first = next(pieces, b"")  # what fails at once is told as a failure, not by an answer that breaks off
    body = stream_with_context(itertools.chain([first], pieces))
    response = Response(body, mimetype=form.media_type)
    response.implicit_sequence_conversion = False  # or it would be read whole, to tell its length
    response.set_etag(tag, weak=True)
    if form is CSV:
        response.headers["Content-Disposition"] = "attachment; filename=quotations.csv"
    return response


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join lines into pieces worth sending."""
    piece = bytearray()
    for line in lines:
        piece += line
        if len(piece) >= _PIECE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _varies(response: Response) -> Response:
    response.headers["Vary"] = "Accept"
    return response
