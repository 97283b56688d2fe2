"""Many clients at once, over real HTTP against gunicorn's workers."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import orjson
import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def port(database_url: str, recorder, editor) -> Iterator[int]:
    """The port of a service with two workers of four threads."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "--workers", "2", "--threads", "4"]
    command += ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning", "wsgi:app"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "ATTRIBUTION_DATABASE_URL": database_url}) as server:
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()


def wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if call(port, "GET", "/readyz")[0] == 200:
                return
        except ConnectionError:
            time.sleep(0.05)
    raise TimeoutError("the service does not answer")


def call(port, method, path, told=None, headers=None):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = None if told is None else orjson.dumps(told)
        connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
        response = connection.getresponse()
        return response.status, orjson.loads(response.read()), dict(response.getheaders())
    finally:
        connection.close()


def quotation(text):
    article = {"url": "https://example.org/live", "outlet": "Example Post", "published_on": "2024-05-02"}
    return {"text": text, "speaker": {"name": "Minister A", "affiliation": "Ministry"}, "article": article}


def test_eight_clients_send_one_quotation_at_the_same_instant(port, recorder):
    def send(number):
        return call(port, "POST", "/api/v1/quotations", quotation("One and the same."), recorder)

    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(send, range(8)))
    assert sorted(status for status, *_ in answers) == [200] * 7 + [201]
    assert len({body["id"] for _, body, _ in answers}) == 1
    for collection, count in (("quotations", 1), ("speakers", 2), ("outlets", 1), ("articles", 1)):
        assert call(port, "GET", f"/api/v1/{collection}")[1]["total"]["value"] == count


def test_many_writers_lose_nothing(port, recorder):
    def send(number):
        return call(port, "POST", "/api/v1/quotations", quotation(f"Sentence number {number}."), recorder)[0]

    with ThreadPoolExecutor(16) as clients:
        assert set(clients.map(send, range(120))) == {201}
    assert call(port, "GET", "/api/v1/quotations")[1]["total"]["value"] == 120


def test_of_two_editors_at_once_one_is_told(port, recorder, editor):
    _, made, headers = call(port, "POST", "/api/v1/quotations", quotation("Words."), recorder)
    path = f"/api/v1/quotations/{made['id']}"

    def correct(number):
        changes = {"note": f"Editor {number}", "reason": "Seen."}
        return call(port, "PATCH", path, changes, {**editor, "If-Match": headers["ETag"]})[0]

    with ThreadPoolExecutor(8) as clients:
        assert sorted(clients.map(correct, range(8))) == [200] + [412] * 7
    assert call(port, "GET", path)[1]["version"] == 2


def test_a_body_cut_short_is_refused_and_nothing_changes(port, recorder):
    body = orjson.dumps(quotation("Words that never arrive whole."))
    head = f"POST /api/v1/quotations HTTP/1.1\r\nHost: x\r\nAuthorization: {recorder['Authorization']}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body) + 10}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(head.encode() + body)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(65_536).startswith(b"HTTP/1.1 400")
    assert call(port, "GET", "/api/v1/quotations")[1]["total"]["value"] == 0


@pytest.mark.parametrize("chunks", [b"ZZ\r\nx\r\n", b"400\r\n{}\r\n"])
def test_a_body_chunked_wrongly_is_refused(port, recorder, chunks):
    head = f"POST /api/v1/quotations HTTP/1.1\r\nHost: x\r\nAuthorization: {recorder['Authorization']}\r\n"
    head += "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(head.encode() + chunks)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(65_536).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(("size", "status"), [(1_000, 422), (2_000_001, 413)])
def test_a_chunked_body_is_read_within_its_limit(port, recorder, size, status):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    body = orjson.dumps({"text": "x" * size})
    pieces = (body[at : at + 50_000] for at in range(0, len(body), 50_000))
    headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked", **recorder}
    try:
        connection.request("POST", "/api/v1/quotations", pieces, headers, encode_chunked=True)
    except (BrokenPipeError, ConnectionResetError):
        assert status == 413, "only a body that is too long may be turned away while it is sent"
    response = connection.getresponse()
    assert response.status == status
    connection.close()
