"""Milliseconds of a search, per class of words and filter, on either engine and at every size; beside it plain FTS5."""

import functools
import itertools
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from attribution import database, search
from attribution.search import found, shown, totals
from schemas.search import QuotationQuery
from tests.benchmarks import made
from tests.benchmarks.measure import heading, percentile, say, table, timed
from tests.benchmarks.store import HOME, Stores

#: How many words of a class are looked for, and how often each.
_WORDS = 30
_TIMES = 3
_WORDS_RANKED = 5
_PAGE = 20
_LATER_PAGE = 50
_QUERY = QuotationQuery()


class Cell(NamedTuple):
    """What is measured: a class of words, with a filter, on the first page or a later one."""

    words: str
    filter: str
    page: int


def run(stores: Stores, sizes: list[int]) -> None:
    """Print both tables."""
    heading(
        "Search, in the engine",
        f"Milliseconds of `search.find`, {_PAGE} records a page, newest first unless stated, in one process with a "
        f"warm cache; {_WORDS} words a class (of the commonest all 10, by relevance {_WORDS_RANKED}), for each the "
        f"median of {_TIMES} times, its total counted anew. “–”: no such page. × is the growth of p95.",
    )
    columns = ["engine", "words", "filter", "page"]
    columns += [f"{percent} at {size:,}" for size in sizes for percent in ("p50", "p95")]
    measured = {(engine, size): _measure(stores, engine, size) for engine in stores.engines for size in sizes}
    rows = []
    for engine in stores.engines:
        for cell in measured[engine, sizes[0]]:
            times = [measured[engine, size][cell] for size in sizes]
            if not any(times):
                continue
            row = [engine, *cell, *(percentile(ms, percent) for ms in times for percent in (50, 95))]
            if len(sizes) > 1:
                row.append(percentile(times[-1], 95) / percentile(times[0], 95))
            rows.append(row)
    table([*columns, "×"] if len(sizes) > 1 else columns, rows)
    if "sqlite" in stores.engines:
        _beside_fts5(stores, sizes, {size: measured["sqlite", size] for size in sizes})


def words(name: str) -> list[str]:
    """Give words of a class, the same ones every time."""
    ranks = made.CLASSES[name]
    return [made.word(rank) for rank in random.Random(name).sample(ranks, min(_WORDS, len(ranks)))]


def _measure(stores: Stores, engine: str, size: int) -> dict[Cell, list[float]]:
    database.bind(stores.filled(engine, size))
    result = {}
    with database.connection():
        for name in made.CLASSES:
            say(f"{engine}, {size:,}, {name} …")
            for filter, narrowed in _filters(size).items():
                queries = [_QUERY.load({"limit": _PAGE, **query}) for query in narrowed(words(name))]
                later = [one for query in queries if (one := _later(query))]
                for page, searches in ((1, queries), (_LATER_PAGE, later)):
                    result[Cell(name, filter, page)] = timed(_find, searches, _TIMES)
    database.close()
    return result


def _find(query: dict[str, Any]) -> None:
    for held in (found._pages, totals._totals, shown._documents):
        held.forget()  # what was read before is held until something is recorded; here each is asked for the first time
    search.find(query)


def _filters(size: int) -> dict[str, Callable[[list[str]], Iterator[dict[str, Any]]]]:
    """Give for each filter how the words of a class become searches."""
    rare = f"speaker-{made.speakers(size) - 1}"

    def each(**filters: Any) -> Callable[[list[str]], Iterator[dict[str, Any]]]:
        return lambda words: ({"q": word, **filters} for word in words)

    return {
        "none": each(),
        "none, by relevance": lambda words: each(sort="relevance")(words[:_WORDS_RANKED]),
        "common speaker": each(speaker=["speaker-0"]),
        "rare speaker": each(speaker=[rare]),
        "outlet": each(outlet=["outlet-50"]),
        "one year": each(**{"from": "2014", "to": "2014"}),
        "two words": lambda words: ({"q": f"{one} {other}"} for one, other in itertools.pairwise([*words, words[0]])),
        "phrase": _phrases,
    }


def _phrases(words: list[str]) -> Iterator[dict[str, Any]]:
    """Put each word beside a neighbour that it has in a quotation."""
    for word in words:
        for quotation in search.find(_QUERY.load({"q": word, "limit": 1})).items:
            said = quotation["text"].lower().rstrip(".").split()
            at = max(said.index(word), 1)
            yield {"q": f'"{said[at - 1]} {said[at]}"'}


def _later(query: dict[str, Any]) -> dict[str, Any] | None:
    """Turn a search for the first page into one for a later page, if there is one."""
    left, longest = (_LATER_PAGE - 1) * query["limit"], 100
    at: dict[str, Any] = {}
    while left:
        step = min(left, longest)
        cursor = search.find({**query, **at, "limit": step}).cursor
        if cursor is None:
            return None
        at, left = {"cursor": cursor}, left - step
    return {**query, **at}


def _beside_fts5(stores: Stores, sizes: list[int], ours: dict[int, dict[Cell, list[float]]]) -> None:
    heading(
        "Search for one of the ten commonest words, beside plain FTS5",
        f"The first {_PAGE} rows, p50 in milliseconds, SQLite; FTS5 as its documentation has it, over the same texts, "
        "in an external-content table; ordered by `rank`, or joined to the rows and ordered by their date (indexed).",
    )
    rows = []
    for size in sizes:
        plain = _plain_fts5(stores.filled("sqlite", size))
        commonest = words("10 commonest")
        mine = percentile(ours[size][Cell("10 commonest", "none", 1)], 50)
        rows.append([f"{size:,} quotations", "this service, newest first", mine, 1.0])
        for label, order in (("FTS5, ORDER BY rank", "rank"), ("FTS5 joined, ORDER BY date", "said.date DESC")):
            statement = (
                "SELECT said.number, said.text FROM found JOIN said ON said.number = found.rowid "
                f"WHERE found MATCH ? ORDER BY {order} LIMIT {_PAGE}"
            )
            times = timed(functools.partial(_ask, plain, statement), commonest, _TIMES)
            rows.append(["", label, percentile(times, 50), percentile(times, 50) / mine])
        plain.close()
    table(["", "", "p50", "ratio"], rows)


def _ask(connection: sqlite3.Connection, statement: str, word: str) -> list[Any]:
    return connection.execute(statement, (word,)).fetchall()


def _plain_fts5(url: str) -> sqlite3.Connection:
    """Index the texts of a store as the documentation of FTS5 does."""
    path = HOME / "plain_fts5.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(
        f"""
        PRAGMA synchronous = off;
        PRAGMA cache_size = -64000;
        ATTACH '{Path(url.removeprefix("sqlite:///"))}' AS store;
        CREATE TABLE said (number INTEGER PRIMARY KEY, text TEXT, date TEXT);
        INSERT INTO said SELECT q.number, text, coalesce(said_on, published_on)
            FROM store.quotation q JOIN store.article a ON a.number = article_id ORDER BY q.number;
        CREATE INDEX said_date ON said (date);
        CREATE VIRTUAL TABLE found USING fts5 (text, content = 'said', content_rowid = 'number');
        INSERT INTO found (found) VALUES ('rebuild');
        INSERT INTO found (found) VALUES ('optimize');
        ANALYZE;
        """
    )
    return connection
