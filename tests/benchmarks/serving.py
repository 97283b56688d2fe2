"""Requests a second and p95 of the service under gunicorn, beside Datasette, Django REST framework and a bare route."""

import itertools
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import engine, made, servers
from tests.benchmarks.measure import heading, say, table
from tests.benchmarks.peers import rows
from tests.benchmarks.store import Stores

#: The servers take turns, so that whatever else the machine does hits all of them alike. The best round counts: how
#: many connections each of a server's two processes gets is chance, and one that has most of them halves the rate.
_ROUNDS = 5
_SECONDS = 5
_WORDS = 30
_REPEATED = 40
_PEERS = "tests.benchmarks.peers"
_OURS = "this service"
_DATASETTE = "Datasette"

#: Numbers that no question has named yet.
_new = itertools.count()


class _Server(NamedTuple):
    """A running server, and the path at which it answers a search for a word."""

    name: str
    root: str
    path: Callable[[str], str]


def run(stores: Stores, sizes: list[int]) -> None:
    """Print two tables for each size: an even mix of the classes of words, and rare words, Datasette's best case."""
    if not shutil.which("wrk"):
        say("No HTTP table without wrk: a load generator in Python would take the processor from the servers.")
        return
    for size in sizes:
        with ExitStack() as stack:
            running = list(_start(stores, size, stack))
            heading(
                f"Search over HTTP, {size:,} quotations",
                f"{servers.CONNECTIONS} connections that stay open (wrk), pages of 20, newest first; the best of "
                f"{_ROUNDS} rounds of {_SECONDS} s in which the servers take turns. All read SQLite unless stated, and "
                f"run two worker processes; all but Datasette under gunicorn with {' '.join(servers.GUNICORN)}. "
                "Datasette serves one flat table of the same columns, read-only and immutable, spared counting and "
                "facets. Django REST framework reads the same tables as the service with two joins and gives the same "
                "fields but `matches`; its words are found by FTS5 row ids. The bare route gives the service's own "
                "answers from memory: what gunicorn and Flask leave room for. The service remembers pages, totals and "
                "records until something is recorded, so it is also asked only what nobody asked before (the records "
                "it finds it may have shown).",
            )
            _compare("even mix of the four classes of words", running, _mix())
            peers = [server for server in running if server.name in (_OURS, _DATASETTE)]
            _compare("rare words alone", peers, engine.words("rare"))


def _mix() -> list[str]:
    """Give words of each class in turn, of each as many."""
    by_class = [itertools.islice(itertools.cycle(engine.words(name)), _WORDS) for name in made.CLASSES]
    return list(itertools.chain.from_iterable(zip(*by_class, strict=True)))


def _start(stores: Stores, size: int, stack: ExitStack) -> Iterator[_Server]:
    store = stores.filled("sqlite", size)
    flat = str(rows.flat(Path(store.removeprefix("sqlite:///"))))
    ours = stack.enter_context(servers.service(store))
    yield _Server(_OURS, ours, _our_path)
    yield _Server(f"{_OURS}, each question new", ours, _new_path)
    if "postgresql" in stores.engines:
        root = stack.enter_context(servers.service(stores.filled("postgresql", size)))
        yield _Server(f"{_OURS}, PostgreSQL", root, _our_path)

    command = [sys.executable, "-m", "uvicorn", "--workers", "2", "--no-access-log", "--port", "{port}"]
    root = stack.enter_context(servers.serving([*command, f"{_PEERS}.datasette_app:app"], "/", ROWS=flat))
    table_path = f"/{Path(flat).stem}/quotations.json?_shape=objects&_size=20&_sort_desc=position"
    spared = "&_nocount=1&_nofacet=1&_nosuggest=1"
    yield _Server(_DATASETTE, root, lambda word: f"{table_path}{spared}&_search={word}")

    command = servers.under_gunicorn("django.core.wsgi:get_wsgi_application()")
    settings = {"DJANGO_SETTINGS_MODULE": f"{_PEERS}.django_settings", "STORE": store, "ROWS": flat}
    root = stack.enter_context(servers.serving(command, "/quotations?q=none", **settings))
    yield _Server("Django REST framework", root, lambda word: f"/quotations?q={word}")

    answers = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "answers"
    answers.write_bytes(pickle.dumps({word: servers.get(ours + _our_path(word)) for word in _mix()}))
    command = servers.under_gunicorn(f"{_PEERS}.floor:app")
    root = stack.enter_context(servers.serving(command, f"/quotations?q={_mix()[0]}", ANSWERS=str(answers)))
    yield _Server("bare Flask route, the same bytes", root, lambda word: f"/quotations?q={word}")


def _our_path(word: str) -> str:
    return f"/api/v1/quotations?q={word}"


def _new_path(word: str) -> str:
    """Ask for the same results as a question that was not asked before: without a word that nobody used."""
    return f"{_our_path(word)}+-x{next(_new)}x"


def _compare(what: str, running: list[_Server], words: list[str]) -> None:
    rounds: dict[str, list[servers.Load]] = {server.name: [] for server in running}
    for number in range(_ROUNDS + 1):
        for server in running:
            say(f"{what}: {server.name}, round {number} of {_ROUNDS} …")
            paths = [server.path(word) for _ in range(_REPEATED) for word in words]
            seconds = _SECONDS if number else 1  # round 0 warms up
            measured = servers.load(server.root, paths, seconds)
            if number:
                rounds[server.name].append(measured)
    best = {name: max(measured, key=lambda load: load.rate) for name, measured in rounds.items()}
    lines = [[name, *load, best[_OURS].rate / max(load.rate, 1)] for name, load in best.items()]
    table([what, "requests/s", "p50 ms", "p95 ms", "kB an answer", "failed", "service ÷ it"], lines)
    print()
