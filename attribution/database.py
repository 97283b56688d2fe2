"""The store: bind, connect, write in transactions, migrate. Only here and in index/ are there two engines."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import orjson
import peewee
from playhouse import db_url
from playhouse.migrations import Runner

from attribution import config

#: What the models are bound to; `bind` tells it which store that is.
db = peewee.DatabaseProxy()

#: SQLite: readers and one writer at once; an answer of 201 means that the record is on the disk. A longer log between
#: checkpoints than usual, since an import writes the same pages again and again: 517 µs a row into 400,000 quotations,
#: where 8,000 pages took 629.
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "cache_size": -16_000,
    "temp_store": "memory",
    "wal_autocheckpoint": 32_000,
}

#: PostgreSQL: what a search costs depends on its words, so each is planned with them (a statement that came five times
#: would else be planned for all words alike), and compiling a plan takes longer than any of ours runs.
_PLANNING = "-c plan_cache_mode=force_custom_plan -c jit=off"

#: PostgreSQL: writers queue for one lock (any number will do, as long as it stays the same). They go by kept plans
#: again: the engine looks up what each row refers to by statements of its own, and to plan these each time took a
#: fifth of an import. By an index, always: a plan that reads all of a table, kept since that was small, would go on.
_BEGIN_WRITING = """
SELECT pg_advisory_xact_lock(%s), set_config('plan_cache_mode', 'auto', true), set_config('enable_seqscan', 'off', true)
"""
_WRITERS_LOCK = 0x41545452

#: How many values one statement compares with at most.
_MOST_VALUES = 1_000

#: How many parameters a statement takes at most. SQLite would take four times as many (sqlite.org/limits.html, section
#: 9), but each statement is kept with the values it took last.
_MOST_PARAMETERS = 8_192

_MIGRATIONS = Path(__file__).with_name("migrations")


def bind(url: str, busy_timeout: float = config.BUSY_TIMEOUT) -> None:
    """Choose the store at `url` (sqlite:///… or postgresql://…); opens no connection yet.

    Raises ValueError for an address of any other kind.
    """
    scheme, separator, rest = url.partition("://")
    if scheme == "sqlite" and separator:
        path = rest.removeprefix("/")
        store = db_url.connect(
            f"sqlite+pool:///{path}",
            pragmas=_PRAGMAS | {"busy_timeout": int(busy_timeout * 1000)},
            max_connections=0,
            check_same_thread=False,
            lock_type="IMMEDIATE",
        )
    elif scheme in ("postgresql", "postgres") and separator:
        options = f"-c lock_timeout={int(busy_timeout * 1000)} {_PLANNING}"
        store = db_url.connect(f"postgresql+pool://{rest}", max_connections=0, options=options, connect_timeout=5)
    else:
        raise ValueError(f"ATTRIBUTION_DATABASE_URL is {url!r}; it must start with sqlite:/// or postgresql://.")
    if db.obj is not None:
        close()
    db.initialize(store)


def close() -> None:
    """Close every connection to the store."""
    db.close_all()


def is_postgres() -> bool:
    """Tell which engine is bound."""
    return isinstance(db.obj, peewee.PostgresqlDatabase)


def open() -> None:
    """Take a connection for this thread, unless it has one."""
    db.connect(reuse_if_open=True)


def release() -> None:
    """Give this thread's connection back, if it has one."""
    if not db.is_closed():
        db.close()


@contextmanager
def connection() -> Iterator[None]:
    """Hold a connection for the length of a block, or share the one that is open."""
    opened = db.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened:
            db.close()


@contextmanager
def transaction() -> Iterator[None]:
    """Write: all of a block or nothing of it, one writer at a time on either engine.

    What the block reads is therefore still so when it writes. On SQLite `BEGIN IMMEDIATE` queues the writers
    (a deferred transaction that turns to writing fails at once instead), on PostgreSQL an advisory lock.
    Inside another transaction, the block is a savepoint of that one.
    """
    if db.in_transaction():
        with db.atomic():
            yield
        return
    with db.atomic():
        if is_postgres():
            db.execute_sql(_BEGIN_WRITING, (_WRITERS_LOCK,))
        yield


def insert_all(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows together: many times faster than one by one. The values are as the engine holds them.

    On PostgreSQL by COPY: an entry takes 17 µs, where INSERT from arrays takes 36 (its GIN not counted). On SQLite by
    statements of many rows: at each statement, and `executemany` makes one of each row, a thread gives way to all
    others.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    with peewee.__exception_wrapper__, closing(db.cursor()) as cursor:  # type: ignore[attr-defined]
        if is_postgres():
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        place = f"({marks(columns)})"
        for run in _runs(list(rows), _MOST_PARAMETERS // len(columns)):
            places = ", ".join([place] * len(run))
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) VALUES {places}',  # noqa: S608 – names and marks only
                list(itertools.chain.from_iterable(run)),
            )


def _runs(rows: list[Any], most: int) -> Iterator[list[Any]]:
    """Cut rows into runs as long as some power of two, at most so long: few statements, that are made once and kept."""
    at = 0
    while left := len(rows) - at:
        length = 1 << min(left, most).bit_length() - 1
        yield rows[at : at + length]
        at += length


def marks(values: Collection[Any]) -> str:
    """Give the marks in a statement for as many parameters; none for none."""
    return ", ".join([db.param] * len(values))


def select_in(sql: str, values: Collection[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a statement that takes a list of values (`… IN {}`, `FROM {}`), however many those are."""
    remaining = iter(values)
    while some := list(itertools.islice(remaining, _MOST_VALUES)):
        width = len(some[0]) if isinstance(some[0], tuple) else 0
        place = f"({marks(some[0])})" if width else db.param
        places = ", ".join([place] * len(some))
        found = db.execute_sql(
            sql.format(f"(VALUES {places})" if width else f"({places})"),
            [value for row in some for value in row] if width else some,
        )
        yield from found.fetchall()


def listed(column: str) -> str:
    """Give the SQL that joins the values of a column by commas; null if there is none."""
    return f"string_agg(({column})::text, ',')" if is_postgres() else f"group_concat({column})"


def read(columns: Sequence[str], source: str, parameters: Sequence[Any]) -> list[Sequence[Any]]:
    """Read columns of a source (`FROM …`) at once.

    On SQLite they come as one JSON value: a thread that takes row by row gives way to all others at each of them. Four
    that search at once take half the time.
    """
    if is_postgres():
        return db.execute_sql(f"SELECT {', '.join(columns)} {source}", parameters).fetchall()
    sql = f"SELECT json_group_array(json_array({', '.join(columns)})) {source}"
    return orjson.loads(db.execute_sql(sql, parameters).fetchone()[0])


def savepoint() -> AbstractContextManager[Any]:
    """Undo what the block wrote, and only that, if it raises: PostgreSQL refuses all else after a failed statement."""
    return db.atomic()


def migrate() -> list[str]:
    """Bring the store's tables up to date, all steps or none; give the names of the steps taken."""
    if not is_postgres():
        Path(db.obj.database).parent.mkdir(parents=True, exist_ok=True)
    with connection(), transaction():
        return Runner(db.obj, str(_MIGRATIONS)).up()


def pending() -> list[str]:
    """Name the steps that `migrate` would take; raises peewee.OperationalError if the store is away."""
    runner = Runner(db.obj, str(_MIGRATIONS))
    return [step.name for step in runner.status() if step.applied is None]
