"""How heavy the pages are that people read, and how soon their first byte comes."""

import http.client
import json
import time
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tests.benchmarks import engine, servers
from tests.benchmarks.measure import heading, percentile, table
from tests.benchmarks.store import Stores

_REQUESTS = 100


class _Parts(HTMLParser):
    """Collects what a page loads beside itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        loaded = told.get("src") if tag in ("script", "img") else None
        if tag == "link" and told.get("rel") in ("stylesheet", "icon"):
            loaded = told.get("href")
        if loaded and not loaded.startswith("data:"):
            self.addresses.add(loaded)


def run(stores: Stores, sizes: list[int]) -> None:
    """Print a table for each size and engine."""
    for size in sizes:
        heading(
            f"Pages, {size:,} quotations",
            "Kilobytes as sent: the page, and with its styles, scripts and pictures. Milliseconds to the first byte: "
            f"{_REQUESTS} requests one after the other on one connection, under gunicorn as `make serve` runs it.",
        )
        lines = []
        for name in stores.engines:
            with servers.service(stores.filled(name, size)) as root:
                lines += [[name, *line] for line in _measure(root)]
        table(["engine", "page", "kB", "with its parts", "first byte p50", "p95"], lines)


def _measure(root: str) -> list[list[str | float]]:
    common, rare = engine.words("10 commonest"), engine.words("rare")
    first = json.loads(servers.get(f"{root}/api/v1/quotations?limit=1"))["items"][0]
    return [
        ["search, a common word", *_page(root, [f"/?q={word}" for word in common])],
        ["search, a rare word", *_page(root, [f"/?q={word}" for word in rare])],
        ["search, nothing asked", *_page(root, ["/"])],
        ["a quotation", *_page(root, [f"/quotations/{first['id']}"])],
        ["a speaker", *_page(root, [f"/speakers/{first['speaker']['slug']}"])],
    ]


def _page(root: str, paths: list[str]) -> list[float]:
    body = servers.get(root + paths[0])
    parts = _Parts()
    parts.feed(body.decode())
    beside = sum(len(servers.get(urljoin(root + paths[0], address))) for address in parts.addresses)
    times = []
    connection = http.client.HTTPConnection(urlsplit(root).netloc)
    for number in range(2 * _REQUESTS):
        started = time.perf_counter()
        connection.request("GET", paths[number % len(paths)])
        answer = connection.getresponse()  # the status line and the headers are there
        took = (time.perf_counter() - started) * 1000
        answer.read()
        if number >= _REQUESTS:  # the first half warms up
            times.append(took)
    connection.close()
    times.sort()
    return [len(body) / 1000, (len(body) + beside) / 1000, percentile(times, 50), percentile(times, 95)]
