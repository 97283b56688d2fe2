"""Fills a store with made-up quotations, straight into its tables and index."""

import hashlib
import itertools
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import orjson
import psycopg

from attribution import database, index, text, urls
from attribution.models import (
    Article,
    ArticleText,
    Clock,
    Outlet,
    OutletName,
    Quotation,
    Speaker,
    SpeakerName,
    now,
    position,
)
from schemas.vocabulary import Standing, Verification
from tests.benchmarks import made

#: Articles written at once.
_BATCH = 2_000

Row = dict[str, Any]


class Rows(NamedTuple):
    """Rows for the four tables that grow with the quotations."""

    articles: list[Row]
    texts: list[Row]
    quotations: list[Row]


def store(url: str, quotations: int) -> None:
    """Fill the empty store at `url` with so many quotations."""
    database.bind(url)
    database.migrate()
    with database.connection():
        if not database.is_postgres():
            database.db.pragma("synchronous", "off")
            database.db.pragma("cache_size", -1_000_000)
        with database.transaction():
            for table, rows in names(made.OUTLETS, made.speakers(quotations)):
                write(table, rows)
        for batch in batches(quotations):
            with database.transaction():
                write(Article, batch.articles)
                write(ArticleText, batch.texts)
                write(Quotation, batch.quotations)
                index.add_all([(row, index.read(row["text"], row["language"])) for row in batch.quotations])
                Clock.update(value=batch.quotations[-1]["number"]).execute()
    settle(url, quotations)


def settle(url: str, quotations: int) -> None:
    """Let the engine take stock of what it holds, as its manual says to do after a bulk load."""
    with database.connection():
        index.settle(quotations)
        if database.is_postgres():
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
        else:
            database.db.execute_sql("ANALYZE")
            database.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def write(table: Any, rows: list[Row]) -> None:
    """Insert rows by the fastest way their engine has for values that come from outside."""
    if not (rows and database.is_postgres()):
        insert(table, rows)
        return
    columns = ", ".join(_columns(table, rows))
    statement = f'COPY "{table._meta.table_name}" ({columns}) FROM STDIN'
    with database.db.connection().cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))


def insert(table: Any, rows: list[Row]) -> None:
    """Insert rows by the driver's `executemany`."""
    if not rows:
        return
    columns = _columns(table, rows)
    marks = ", ".join(["%s" if database.is_postgres() else "?"] * len(columns))
    statement = f'INSERT INTO "{table._meta.table_name}" ({", ".join(columns)}) VALUES ({marks})'
    cursor = database.db.connection().cursor()
    cursor.executemany(statement, [tuple(row.values()) for row in rows])
    cursor.close()


def _columns(table: Any, rows: list[Row]) -> list[str]:
    return [f'"{table._meta.fields[name].column_name}"' for name in rows[0]]


def names(outlets: int, speakers: int) -> Iterator[tuple[Any, list[Row]]]:
    """Give the rows of all outlets, then of all speakers: they take the first numbers."""
    yield Outlet, [_named(1 + i, f"Outlet {i}", kind="website") for i in range(outlets)]
    yield OutletName, [{"key": text.name_key(f"Outlet {i}"), "owner": 1 + i} for i in range(outlets)]
    first = outlets + 1
    yield Speaker, [_named(first + i, f"Speaker {i}", kind="person") for i in range(speakers)]
    yield SpeakerName, [{"key": text.name_key(f"Speaker {i}"), "owner": first + i} for i in range(speakers)]


def batches(quotations: int) -> Iterator[Rows]:
    """Give the rows of all articles and quotations, computed as the service would, in batches that may be written."""
    numbers = itertools.count(made.OUTLETS + made.speakers(quotations) + 1)
    for batch in batched(made.articles(quotations), _BATCH):
        rows = Rows([], [], [])
        for article in batch:
            stored = _article(article, next(numbers))
            rows.articles.append(stored)
            if article.text:
                origin = {"recorded_at": stored["recorded_at"], "recorded_by": stored["recorded_by"]}
                held = {"article": stored["number"], "sha256": stored["text_sha256"], "text": article.text, **origin}
                rows.texts.append(held)
            rows.quotations.extend(_quotation(said, next(numbers), article, stored) for said in article.quotations)
        yield rows


def batched(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Give the items in lists of `size`, the last one shorter."""
    items = iter(items)
    while batch := list(itertools.islice(items, size)):
        yield batch


def _record(number: int) -> Row:
    return {"number": number, "seq": number, "version": 1, "recorded_at": now(), "recorded_by": "made"}


def _named(number: int, name: str, **facts: Any) -> Row:
    return {**_record(number), "slug": text.slug(name), "name": name, "aliases": "[]", **facts}


def _id(id: uuid.UUID) -> str:
    return id.hex


def _article(article: made.Article, number: int) -> Row:
    url = made.url(article)
    id = _id(urls.article_id(url))
    return {
        **_record(number),
        "id": id,
        "key": id,
        "position": position(str(article.published_on), number),
        "url": url,
        "headline": made.headline(article),
        "outlet": 1 + article.outlet,
        "published_on": str(article.published_on),
        "authors": "[]",
        "language": "en",
        "text_sha256": article.text and hashlib.sha256(article.text.encode()).hexdigest(),
    }


def _quotation(said: made.Quotation, number: int, article: made.Article, stored: Row) -> Row:
    speaker = f"speaker-{said.speaker}"
    location = text.locate(said.text, article.text) if article.text else None
    return {
        **_record(number),
        "id": _id(uuid.uuid5(uuid.UUID(stored["id"]), f"{speaker}\n{text.folded_pieces(said.text)}")),
        "position": position(said.said_on or stored["published_on"], number),
        "text": said.text,
        "words": text.fingerprint(said.text),
        "kind": said.kind,
        "speaker": 1 + made.OUTLETS + said.speaker,
        "cue": "said",
        "outlet": stored["outlet"] if said.outlet is None else 1 + said.outlet,
        "publisher": stored["outlet"],
        "article": stored["number"],
        "said_on": said.said_on,
        "language": "en",
        "standing": Standing.ATTRIBUTED.value,
        "verification": location.verification.value if location else Verification.UNCHECKED.value,
        "selectors": orjson.dumps(text.selectors(location, article.text) if location else []).decode(),
    }
