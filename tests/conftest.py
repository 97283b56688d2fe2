"""Gives every test a store of its own, on both engines: a copy of one made once a session."""

import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from attribution import database, keys, transfer
from attribution.app import create_app
from tests import postgres

SEED = Path(__file__).parents[1] / "fixtures" / "2024-02-20-russian-car.ndjson"
UNTESTED = "PostgreSQL is not installed (no initdb): NOTHING WAS TESTED ON POSTGRESQL"

# A slow machine is no fault of the code; how long a test may take is pytest-timeout's business.
hypothesis.settings.register_profile("attribution", deadline=None)
hypothesis.settings.load_profile("attribution")


class Files:
    """SQLite stores in a folder, with the methods of `postgres.Cluster`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)

    def create(self, template: str | None = None) -> str:
        path = self.folder / f"store_{next(self.numbers)}.db"
        if template:
            shutil.copyfile(self._path(template), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        for path in self.folder.glob(f"{self._path(url).name}*"):  # with its -wal and -shm
            path.unlink()

    def _path(self, url: str) -> Path:
        return Path(url.removeprefix("sqlite:///"))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Run the test once on each engine."""
    if request.param == "postgresql" and not postgres.binaries():
        if os.environ.get("CI"):
            pytest.exit(UNTESTED, returncode=1)
        pytest.skip(UNTESTED)
    return request.param


@pytest.fixture(scope="session")
def stores(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files | postgres.Cluster]:
    """Where stores of this engine are made, copied and dropped."""
    if engine == "sqlite":
        yield Files(tmp_path_factory.mktemp("stores"))
    else:
        with postgres.cluster() as cluster:
            yield cluster


@pytest.fixture(scope="session")
def migrated(stores: Files | postgres.Cluster) -> str:
    """The URL of a migrated, empty store, to copy."""
    url = stores.create()
    database.bind(url)
    database.migrate()
    database.close()
    return url


@pytest.fixture(scope="session")
def planted(stores: Files | postgres.Cluster, migrated: str) -> str:
    """The URL of a store that holds the seed data, to copy."""
    url = stores.create(migrated)
    create_app({"DATABASE_URL": url, "TESTING": True})
    with database.connection():
        transfer.load(SEED)
    database.close()
    return url


@pytest.fixture
def database_url(request: pytest.FixtureRequest, stores: Files | postgres.Cluster) -> Iterator[str]:
    """The URL of the test's own store: empty, or with the seed data where the test uses `seeded`."""
    template = "planted" if "seeded" in request.fixturenames else "migrated"
    url = stores.create(request.getfixturevalue(template))
    yield url
    database.close()
    stores.drop(url)


@pytest.fixture
def seed_rows() -> list[dict]:
    """The rows of the seed data."""
    return [json.loads(row) for row in SEED.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def seeded(database_url: str, seed_rows: list[dict]) -> list[dict]:
    """Put the seed data into the test's store, and return its rows; app, client and keys then work on it."""
    return seed_rows


@pytest.fixture
def app(database_url: str) -> Flask:
    return create_app({"DATABASE_URL": database_url, "TESTING": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _key(role: str) -> Callable[[Flask], dict[str, str]]:
    @pytest.fixture(name=role)
    def header(app: Flask) -> dict[str, str]:
        with database.connection():
            return {"Authorization": f"Bearer {keys.create(f'the {role}', role)}"}

    return header


reader, recorder, editor, admin = map(_key, ["reader", "recorder", "editor", "admin"])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not postgres.binaries():
        terminalreporter.write_sep("!", UNTESTED, red=True, bold=True)
