"""Rows a second and memory of an import, beside bare tables, Django's loaddata and sqlite-utils; and of an export."""

import contextlib
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import orjson

from attribution import database, index
from attribution.index import languages
from attribution.index.engine import bound
from attribution.models import Article, ArticleText, Outlet, Quotation, Speaker
from tests.benchmarks import fill, made, measure
from tests.benchmarks.measure import Run, heading, say, table
from tests.benchmarks.peers import rows
from tests.benchmarks.store import HOME, Stores

_FLASK = (sys.executable, "-m", "flask")
_DJANGO = (sys.executable, "-m", "django")
_SQLITE_UTILS = (sys.executable, "-m", "sqlite_utils")

#: loaddata takes as long for each row, however many there are: for a million it would be three quarters of an hour.
_MOST_LOADED = 100_000

#: Columns that hold JSON.
_JSON = ("aliases", "authors", "selectors")


#: A statement, and the rows of values it is executed with.
_Statement = tuple[str, list[Any]]


class _Line(NamedTuple):
    """A line of the tables: rows a second, and megabytes of memory at the highest."""

    name: str
    rate: float
    megabytes: float


def run(stores: Stores, sizes: list[int]) -> None:
    """Print the tables of each size."""
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=HOME) as folder:
            halves = _write_halves(Path(folder), size)
            for engine in stores.engines:
                _compare_imports(stores, engine, size, halves)
        if "sqlite" in stores.engines:
            _compare_exports(stores, size)


def _compare_imports(stores: Stores, engine: str, size: int, halves: list[Path]) -> None:
    heading(
        f"Import of {size:,} rows, {engine}",
        "Programs of their own, from start to end, into a new store whose commits reach the disk; peak memory as the "
        "system tells it (idle: `flask keys list`). The limit: all that an import writes, computed beforehand, by "
        "`executemany` in transactions of 2,000 articles: rows, the indexes of words and of shingles, and what these "
        "keep to be undone; FTS5 merges nothing, or all in the end, as after an import. loaddata: the final rows "
        f"into the same tables through Django's models, with no index of words, at most {_MOST_LOADED:,} rows. "
        "sqlite-utils: `insert --nl`, then `enable-fts`.",
    )
    lines = [*_limit(stores, engine, size), *_service(stores, engine, size, halves)]
    lines.append(_loaddata(stores, engine, min(size, _MOST_LOADED)))
    if engine == "sqlite":
        lines.append(_sqlite_utils(size, halves))
    whole = lines[0].rate
    table(["", "rows/s", "peak MB", "÷ limit"], [[*line, line.rate / whole] for line in lines])


def _write_halves(folder: Path, size: int) -> list[Path]:
    """Write the rows of the import format into two files."""
    say(f"Writing {size:,} rows …")
    halves = [folder / "first.ndjson", folder / "second.ndjson"]
    lines = map(orjson.dumps, made.rows(size))
    for path, count in zip(halves, (size // 2, size - size // 2), strict=True):
        with path.open("wb") as file:
            file.writelines(next(lines) + b"\n" for _ in range(count))
    return halves


def _service(stores: Stores, engine: str, size: int, halves: list[Path]) -> Iterator[_Line]:
    with stores.empty(engine) as url:
        database.close()
        idle = _flask(url, "keys", "list")
        first, second = (_flask(url, "import", str(half)) for half in halves)
        again = _flask(url, "import", *map(str, halves))
    highest = max(first.megabytes, second.megabytes)
    yield _Line("this service", size / (first.seconds + second.seconds), highest)
    yield _Line("– its first half", size // 2 / first.seconds, first.megabytes)
    yield _Line("– its second half", (size - size // 2) / second.seconds, second.megabytes)
    yield _Line("– the same files again", size / again.seconds, again.megabytes)
    yield _Line("– idle", float("nan"), idle.megabytes)


def _flask(url: str, *command: str) -> Run:
    say(f"flask {command[0]} on {url.partition(':')[0]} …")
    return measure.run([*_FLASK, *command], ATTRIBUTION_DATABASE_URL=url)


def _limit(stores: Stores, engine: str, size: int) -> Iterator[_Line]:
    """Write the rows; only the writing is timed."""
    say(f"The limit on {engine} …")
    taken = 0.0
    with stores.empty(engine) as url:
        database.bind(url)
        with database.connection(), bound().merged_later():
            for model, named in fill.names(made.OUTLETS, made.speakers(size)):
                taken += _written([_insert(model, named)])
            for batch in fill.batches(size):
                tables = [(Article, batch.articles), (ArticleText, batch.texts), (Quotation, batch.quotations)]
                statements = [_insert(model, rows) for model, rows in tables if rows]
                taken += _written([*statements, *_indexing(batch.quotations), *_last(batch.quotations)])
            yield _Line("the limit", size / taken, float("nan"))
            started = time.perf_counter()
            index.settle(size)
            taken += time.perf_counter() - started
    yield _Line("– with its indexes settled", size / taken, float("nan"))


def _written(statements: list[_Statement]) -> float:
    """Execute statements in one transaction; give the seconds that it took."""
    started = time.perf_counter()
    with database.transaction():
        cursor = database.db.connection().cursor()
        for sql, rows in statements:
            cursor.executemany(sql, rows)
        cursor.close()
    return time.perf_counter() - started


def _insert(model: Any, rows: list[fill.Row]) -> _Statement:
    names = [model._meta.fields[name].column_name for name in rows[0]]
    return _inserting(model._meta.table_name, names, [tuple(row.values()) for row in rows])


def _inserting(table: str, names: Sequence[str], rows: list[Any]) -> _Statement:
    columns, marks = (", ".join(each) for each in (map('"{}"'.format, names), [database.db.param] * len(names)))
    return f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows


def _last(rows: list[fill.Row]) -> Iterator[_Statement]:
    """Note the last number, and the language, that all of these are in."""
    yield f"UPDATE clock SET value = {database.db.param}", [(rows[-1]["number"],)]
    language = f"INSERT INTO entry_language (code) VALUES ({database.db.param}) ON CONFLICT DO NOTHING"
    yield language, [(rows[0]["language"],)]


def _indexing(rows: list[fill.Row]) -> list[_Statement]:
    """Give the statements that index rows, with all their values, by taking down what the engine is told."""
    told: list[_Statement] = []
    readings = [(row, index.read(row["text"], row["language"])) for row in rows]
    with (
        mock.patch.object(database, "insert_all", lambda *insert: told.append(_inserting(*insert))),
        mock.patch.object(database.db.obj, "execute_sql", lambda sql, values: told.append((sql, [values]))),
        mock.patch.object(languages, "note"),
        mock.patch.object(bound(), "merged_later", contextlib.nullcontext),
    ):
        index.add_all(readings)
    return told


def _loaddata(stores: Stores, engine: str, size: int) -> _Line:
    say(f"Django's loaddata on {engine} …")
    with stores.empty(engine) as url, tempfile.TemporaryDirectory(dir=HOME) as folder:
        database.close()
        fixture = Path(folder) / "rows.jsonl"
        with fixture.open("wb") as file:
            file.writelines(orjson.dumps(line) + b"\n" for line in _fixture(size))
        settings = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.peers.django_settings", "STORE": url}
        taken = measure.run([*_DJANGO, "loaddata", fixture], **settings)
    return _Line("Django loaddata", size / taken.seconds, taken.megabytes)


def _fixture(size: int) -> Iterator[dict]:
    """Give the rows in Django's own format, but for the tables of names."""
    tables = [
        (model, said) for model, said in fill.names(made.OUTLETS, made.speakers(size)) if model in (Outlet, Speaker)
    ]
    for batch in fill.batches(size):
        tables += [(Article, batch.articles), (ArticleText, batch.texts), (Quotation, batch.quotations)]
        for model, said in tables:
            for row in said:
                fields = {name: orjson.loads(value) if name in _JSON else value for name, value in row.items()}
                key = fields.pop("number", None) or fields.pop("article")
                yield {"model": f"peers.{model.__name__}", "pk": key, "fields": fields}
        tables = []


def _sqlite_utils(size: int, halves: list[Path]) -> _Line:
    say("sqlite-utils insert …")
    with tempfile.TemporaryDirectory(dir=HOME) as folder:
        store = Path(folder) / "rows.db"
        measure.run([*_SQLITE_UTILS, "create-database", store, "--enable-wal"])
        insert = [*_SQLITE_UTILS, "insert", store, "quotations"]
        runs = [measure.run([*insert, half, "--nl", "--batch-size", "1000"]) for half in halves]
        runs.append(measure.run([*_SQLITE_UTILS, "enable-fts", store, "quotations", "text"]))
    seconds = sum(taken.seconds for taken in runs)
    return _Line("sqlite-utils insert, enable-fts", size / seconds, max(taken.megabytes for taken in runs))


def _compare_exports(stores: Stores, size: int) -> None:
    heading(
        f"Export of {size:,} rows, SQLite",
        "`flask export`, which joins four tables; `sqlite-utils rows --nl` of one table that holds them joined.",
    )
    store = stores.filled("sqlite", size)
    flat = rows.flat(Path(store.removeprefix("sqlite:///")))
    ours = _flask(store, "export")
    theirs = measure.run([*_SQLITE_UTILS, "rows", flat, "quotations", "--nl"])
    rates = [("this service", ours), ("sqlite-utils rows --nl", theirs)]
    table(["", "rows/s", "peak MB"], [_Line(name, size / taken.seconds, taken.megabytes) for name, taken in rates])
