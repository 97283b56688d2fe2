"""Gives the browser tests a real server, on a SQLite store of their own: what a browser shows depends on no engine."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from attribution import articles, database, quotations, transfer
from attribution.app import create_app
from attribution.models import Quotation
from schemas.quotation import NewQuotation
from tests import chromium
from tests.conftest import SEED

ROOT = Path(__file__).parents[2]
HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(1)</script>'


class Addresses(NamedTuple):
    """Where the pages are that the tests open."""

    quotation: str
    article: str
    hostile: str
    hostile_article: str
    disputed: str
    arabic: str
    korean: str
    former: str
    card: str
    speaker: str = "/speakers/kim-yo-jong"
    outlet: str = "/outlets/kcna"
    search: str = "/?q=gift"
    check: str = "/check"
    altered: str = "/check?text=The+gift+does+not+serve+as+a+clear+demonstration+of+the+relations&speaker=Kim+Yo+Jong"
    glossary: str = "/glossary"
    error: str = "/nothing"


def record(text: str, url: str, **told: object) -> Quotation:
    """Record a made-up quotation."""
    article = {"url": url, "headline": "An example", "outlet": "Example Outlet", **told.pop("article", {})}
    told = {"text": text, "speaker": "Example Speaker", "article": article, **told}
    return quotations.record(NewQuotation().load(told), "the test").record


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Addresses]:
    """Make a store with the seed data and what is hard to show; return its URL and where that is."""
    url = f"sqlite:///{tmp_path_factory.mktemp('browser') / 'store.db'}"
    create_app({"DATABASE_URL": url, "TESTING": True})
    database.migrate()
    with database.connection():
        transfer.load(SEED)
        addresses = fill()
    database.close()
    return url, addresses


def fill() -> Addresses:
    """Record what is hard to show."""
    seed = Quotation.whole().where(Quotation.text.startswith("gift serves"), Quotation.verification == "verbatim").get()
    hostile = record(
        f"{HOSTILE} words",
        "https://news.example/hostile",
        speaker={"name": HOSTILE},
        mention=HOSTILE,
        article={"headline": HOSTILE, "text": f"They said {HOSTILE} words."},
    )
    disputed = record("Example words nobody is sure of.", "https://news.example/disputed", said_on="1998-02")
    quotations.revise(str(disputed.id), {"standing": "disputed", "reason": "An example of doubt."}, "the test")
    arabic = record("هذا نص للتجربة فقط", "https://news.example/arabic", language="ar", said_on="2001")
    korean = record("이것은 시험용 문장입니다", "https://news.example/korean", language="ko", said_on="2010")
    former = record("First words.", "https://news.example/former", article={"text": "First words."}).article
    sha256 = former.text_sha256
    articles.replace_text(str(former.id), "Second words.", "the test", "The article was changed.")
    for year in range(1990, 2020, 2):
        record(f"Example words of {year}.", f"https://news.example/{year}", said_on=str(year))
    return Addresses(
        quotation=f"/quotations/{seed.id}",
        article=f"/articles/{seed.article.id}",
        hostile=f"/quotations/{hostile.id}",
        hostile_article=f"/articles/{hostile.article.id}",
        disputed=f"/quotations/{disputed.id}",
        arabic=f"/quotations/{arabic.id}",
        korean=f"/quotations/{korean.id}",
        former=f"/articles/{former.id}?text={sha256}",
        card=f"/embed/quotations/{seed.id}",
    )


@pytest.fixture(scope="session")
def at(store: tuple[str, Addresses]) -> Addresses:
    """Where the pages are."""
    return store[1]


@pytest.fixture(scope="session")
def base_url(store: tuple[str, Addresses]) -> Iterator[str]:
    """Serve the store as `make serve` does, and return the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "4", "--no-control-socket"]
        command += ["--log-level", "warning", "--bind", f"fd://{listener.fileno()}", "wsgi:app"]
        environment = {**os.environ, "ATTRIBUTION_DATABASE_URL": store[0]}
        fds = (listener.fileno(),)
        with subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=fds) as server:
            try:
                yield f"http://127.0.0.1:{listener.getsockname()[1]}"
            finally:
                server.terminate()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Run the distribution's browser, not one that is downloaded; without one there is nothing to test."""
    found = chromium.path()
    if not found:
        if os.environ.get("CI"):
            pytest.exit(chromium.UNTESTED, returncode=1)
        pytest.skip(chromium.UNTESTED)
    return {"executable_path": found, "args": chromium.ARGUMENTS}


class Watch:
    """What a page did that no page should do."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.faults: list[str] = []

    def over(self, page: Page) -> Page:
        page.on("request", lambda request: self._leaves(request.url))
        page.on("console", lambda message: self._complains(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        return page

    def _leaves(self, url: str) -> None:
        if not url.startswith((f"{self.base_url}/", "data:")):
            self.faults.append(f"request: {url}")

    def _complains(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "404 (NOT FOUND)" not in text:  # the error page is one
            self.faults.append(f"console: {text}")


@pytest.fixture
def watch(base_url: str) -> Iterator[Watch]:
    """Fail the test if a page it watches complains on the console, or asks another server for anything."""
    watch = Watch(base_url)
    yield watch
    assert not watch.faults


@pytest.fixture
def tab(page: Page, watch: Watch) -> Page:
    """A page that is watched."""
    return watch.over(page)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not chromium.path():
        terminalreporter.write_sep("!", chromium.UNTESTED, red=True, bold=True)
