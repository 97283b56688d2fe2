"""Stores of made-up quotations on either engine, filled once and kept in .benchmarks/."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from attribution import database
from tests import postgres
from tests.benchmarks import fill
from tests.benchmarks.measure import say

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".benchmarks"

#: PostgreSQL as one would run it: what is committed is on the disk. Memory as its manual advises for a small server.
SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "3GB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "listen_addresses": "",
}

#: What a kept store was made by: when any of it changes, the store is made anew.
_MADE_BY = ("tests/benchmarks/made.py", "tests/benchmarks/fill.py", "attribution/words.py")
_MADE_BY_ALL_IN = ("attribution/text", "attribution/index", "attribution/migrations", "attribution/models")


class Stores:
    """Where stores are found, made and dropped: files in .benchmarks/, and databases of a server that lives there."""

    def __init__(self, engines: list[str]) -> None:
        self.engines = engines
        self.stack = ExitStack()
        HOME.mkdir(exist_ok=True)

    def __enter__(self) -> "Stores":
        if "postgresql" in self.engines:
            self.cluster = self.stack.enter_context(postgres.cluster(HOME / "postgresql", SETTINGS))
        return self

    def __exit__(self, *error: Any) -> None:
        if database.db.obj is not None:
            database.close()
        self.stack.close()

    def filled(self, engine: str, quotations: int) -> str:
        """Give the URL of a store of so many quotations; it is made if it is not there. Only to be read."""
        name = f"made_{quotations}_{_version()}"
        if not self._exists(engine, name):
            self._drop_like(engine, f"made_{quotations}_")
            self._drop_like(engine, f"rows_{quotations}_")
            unfinished = self._create(engine, "unfinished")
            say(f"Making {quotations:,} quotations on {engine}; they are kept for the next time …")
            started = time.perf_counter()
            fill.store(unfinished, quotations)
            say(f"… made in {time.perf_counter() - started:.0f} s.")
            self._rename(engine, "unfinished", name)
        return self._url(engine, name)

    @contextmanager
    def empty(self, engine: str) -> Iterator[str]:
        """Give the URL of a new store, migrated and empty, and drop it afterwards."""
        url = self._create(engine, "scratch")
        database.bind(url)
        database.migrate()
        database.close()
        yield url
        database.close()
        self._drop_like(engine, "scratch")

    def _url(self, engine: str, name: str) -> str:
        return f"sqlite:///{HOME / name}.db" if engine == "sqlite" else self.cluster.url(name)

    def _exists(self, engine: str, name: str) -> bool:
        if engine == "sqlite":
            return (HOME / f"{name}.db").exists()
        return name in self._databases()

    def _create(self, engine: str, name: str) -> str:
        self._drop_like(engine, name)
        if engine == "postgresql":
            self.cluster.connection.execute(f'CREATE DATABASE "{name}"')
        return self._url(engine, name)

    def _rename(self, engine: str, old: str, new: str) -> None:
        if engine == "sqlite":
            (HOME / f"{old}.db").rename(HOME / f"{new}.db")
        else:
            self.cluster.connection.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"')

    def _drop_like(self, engine: str, start: str) -> None:
        if engine == "sqlite":
            for path in HOME.glob(f"{start}*"):
                path.unlink()
        else:
            for name in self._databases():
                if name.startswith(start):
                    self.cluster.connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _databases(self) -> list[str]:
        return [name for (name,) in self.cluster.connection.execute("SELECT datname FROM pg_database")]


def _version() -> str:
    paths = [ROOT / name for name in _MADE_BY]
    paths += [path for folder in _MADE_BY_ALL_IN for path in sorted((ROOT / folder).glob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:8]
