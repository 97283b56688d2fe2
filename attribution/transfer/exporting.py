"""Rows out, in the import format: importing them into an empty store and exporting again gives the same bytes.

What is not known is left out, with two exceptions, which import would fill in: the language of a quotation whose
article has one, and the kind of an affiliation, are null.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import orjson
from marshmallow import ValidationError

from attribution import database, errors, search, text
from attribution.models import ArticleText
from attribution.transfer import sheet
from schemas.base import faults_of
from schemas.search import QuotationQuery
from schemas.vocabulary import Standing

#: How many texts of articles are kept at hand.
_TEXTS = 8

_QUOTATIONS = """
SELECT id, text, kind, speaker_id, mention, cue, outlet_id, said_on, language, note, standing, reason, article_id
FROM quotation WHERE position IN {} ORDER BY position"""
_ARTICLES = """
SELECT number, id, url, headline, outlet_id, published_on, authors, language, archive_url, text_sha256
FROM article WHERE number IN {}"""
_SPEAKERS = """
SELECT number, slug, name, aliases, kind, affiliation_id, description, wikidata FROM speaker WHERE number IN {}"""
_MERGED = "SELECT merged_into_id, slug, name FROM speaker WHERE merged_into_id IN {} ORDER BY slug"
_OUTLETS = "SELECT number, slug, name, aliases, kind, country, homepage, wikidata FROM outlet WHERE number IN {}"

#: Who goes by a name, and who is at a slug: either is what a cell may mean.
_CALLED = {
    "speaker": "SELECT key, owner_id FROM speaker_name WHERE key IN {}",
    "outlet": "SELECT key, owner_id FROM outlet_name WHERE key IN {}",
}
_AT = {
    "speaker": "SELECT slug, number FROM speaker WHERE slug IN {}",
    "outlet": "SELECT slug, number FROM outlet WHERE slug IN {}",
}

Values = tuple[Any, ...]


def asked(filters: dict[str, Any]) -> dict[str, Any]:
    """Read filters, named as in the address of a list; without `standing`, of any. Raises Invalid with all faults."""
    try:
        loaded = QuotationQuery().load({"standing": list(Standing), **filters})
    except ValidationError as error:
        faults = [errors.Fault(**fault) for fault in faults_of(error.messages)]
        raise errors.Invalid("; ".join(f"{fault.pointer[2:]}: {fault.detail}" for fault in faults), faults) from None
    return {name: value for name, value in loaded.items() if name not in ("limit", "sort")}


def ndjson(asked: dict[str, Any]) -> Iterator[bytes]:
    """Yield all that a question finds, in pieces of NDJSON. `asked` is what `search.walk` takes."""
    text_of = functools.lru_cache(_TEXTS)(ArticleText.held)
    for positions in search.walk(asked):
        yield from _lines(_Batch(positions), text_of)


def csv(asked: dict[str, Any]) -> Iterator[str]:
    """Yield all that a question finds as CSV, line by line, under a line of the columns' names."""
    return sheet.written(cells for positions in search.walk(asked) for cells in _cells(_Batch(positions)))


class _Batch:
    """Quotations, and by their numbers the records they refer to, as rows of the store."""

    def __init__(self, positions: list[int]) -> None:
        self.quotations = list(database.select_in(_QUOTATIONS, positions))
        self.articles = _by_number(_ARTICLES, {row[12] for row in self.quotations})
        self.outlets = _by_number(
            _OUTLETS, {row[6] for row in self.quotations} | {row[4] for row in self.articles.values()}
        )
        self.speakers = _by_number(_SPEAKERS, {row[3] for row in self.quotations})
        bodies = {row[5] for row in self.speakers.values()} - self.speakers.keys()
        self.bodies = self.speakers | _by_number(_SPEAKERS, bodies)
        self.merged: dict[int, list[dict[str, str]]] = {}
        for into, slug, name in database.select_in(_MERGED, list(self.speakers)):
            self.merged.setdefault(into, []).append({"slug": slug, "name": name})


def _by_number(sql: str, numbers: set[int | None]) -> dict[int, Values]:
    return {row[0]: row for row in database.select_in(sql, [number for number in numbers if number is not None])}


def _lines(batch: _Batch, text_of: Callable[[int, str], str]) -> Iterator[bytes]:
    """Yield the lines of a batch; what several of its rows say is written once."""
    outlets = {number: _written(_outlet(row)) for number, row in batch.outlets.items()}
    speakers = {number: _written(_speaker(row, batch)) for number, row in batch.speakers.items()}
    articles = {number: _written(_article(row, outlets)) for number, row in batch.articles.items() if row[9] is None}
    for row in batch.quotations:
        id, words, kind, speaker, mention, cue, outlet, said_on, language, note, standing, reason, number = row
        article = batch.articles[number]
        told = _known(id=_dashed(id), text=words, kind=kind, speaker=speakers[speaker], mention=mention, cue=cue)
        told |= _known(outlet=outlets.get(outlet), said_on=said_on, language=language, note=note)
        if language is None and article[7] is not None:
            told["language"] = None
        if standing != Standing.ATTRIBUTED:
            told["standing"] = standing
        told |= _known(reason=reason)
        told["article"] = articles.get(number) or _article(article, outlets, text_of(number, article[9]))
        yield orjson.dumps(told) + b"\n"


def _written(record: dict[str, Any]) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(record))


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _outlet(row: Values) -> dict[str, Any]:
    _, slug, name, aliases, kind, country, homepage, wikidata = row
    return _known(
        slug=slug, name=name, aliases=_list(aliases), kind=kind, country=country, homepage=homepage, wikidata=wikidata
    )


def _speaker(row: Values, batch: _Batch) -> dict[str, Any]:
    number, slug, name, aliases, kind, affiliation, description, wikidata = row
    body = batch.bodies.get(affiliation)
    return _known(
        slug=slug,
        name=name,
        aliases=_list(aliases),
        kind=kind,
        affiliation=body and {**_known(slug=body[1], name=body[2], aliases=_list(body[3])), "kind": body[4]},
        description=description,
        wikidata=wikidata,
        merged=batch.merged.get(number),
    )


def _article(row: Values, outlets: dict[int, Any], body: str | None = None) -> dict[str, Any]:
    _, id, url, headline, outlet, published_on, authors, language, archive_url, _ = row
    told = _known(id=_dashed(id), url=url, headline=headline, outlet=outlets.get(outlet), published_on=published_on)
    return told | _known(authors=_list(authors), language=language, archive_url=archive_url, text=body)


def _list(value: Any) -> list[str] | None:
    """Give a list as either engine holds it; None if it is empty."""
    return (orjson.loads(value) if isinstance(value, str) else value) or None


def _dashed(id: Any) -> str:
    """Write an id as either engine holds it."""
    digits = id if isinstance(id, str) else id.hex
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _cells(batch: _Batch) -> Iterator[dict[str, str | None]]:
    """Yield the cells of a batch by column."""
    speakers = _references("speaker", batch.speakers)
    outlets = _references("outlet", batch.outlets)
    for row in batch.quotations:
        _, words, kind, speaker, mention, cue, outlet, said_on, language, note, _, _, number = row
        _, _, url, headline, publisher, published_on, *_ = batch.articles[number]
        yield {
            "text": words,
            "kind": kind,
            "speaker": speakers[speaker],
            "mention": mention,
            "cue": cue,
            "outlet": outlets.get(outlet),
            "said_on": said_on,
            "language": language,
            "note": note,
            "url": url,
            "headline": headline,
            "publisher": outlets.get(publisher),
            "published_on": published_on,
        }


def _references(table: str, rows: dict[int, Values]) -> dict[int, str]:
    """Give what each record is found by: its name, or its slug where the name may mean another."""
    owners: dict[str, set[int]] = {}
    for key, number in database.select_in(_CALLED[table], list({text.name_key(row[2]) for row in rows.values()})):
        owners.setdefault(key, set()).add(number)
    at = dict(database.select_in(_AT[table], [row[2] for row in rows.values()]))
    return {
        number: row[2] if owners[text.name_key(row[2])] | {at.get(row[2], number)} == {number} else row[1]
        for number, row in rows.items()
    }
