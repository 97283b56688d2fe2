"""Starts servers, one beside the other, and asks them: one request at a time, or as many as they can answer."""

import json
import os
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.measure import ROOT

CONNECTIONS = 16
STARTING_SECONDS = 60
MIX = Path(__file__).with_name("mix.lua")

#: As `make serve` runs the service.
GUNICORN = shlex.split(os.environ.get("GUNICORN", "-k gthread --workers 2 --threads 4"))


class Load(NamedTuple):
    """How a server bore a load: requests a second, milliseconds, kilobytes an answer, answers that failed."""

    rate: float
    p50: float
    p95: float
    kilobytes: float
    failed: int


def under_gunicorn(application: str) -> list[str]:
    """Give the command that serves a WSGI application as `make serve` serves ours."""
    return [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", "127.0.0.1:{port}", application]


@contextmanager
def service(url: str) -> Iterator[str]:
    """Serve the store at `url` by this service; give where."""
    with (
        tempfile.TemporaryDirectory() as metrics,
        serving(
            under_gunicorn("wsgi:app"), "/healthz", ATTRIBUTION_DATABASE_URL=url, PROMETHEUS_MULTIPROC_DIR=metrics
        ) as root,
    ):
        yield root


@contextmanager
def serving(command: list[str], probe: str, **settings: str) -> Iterator[str]:
    """Run a server, in whose command {port} stands for a free port, until the block is left; give its root.

    It counts as started when it answers at the path `probe`. Raises RuntimeError with what it printed if it does not.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = f"http://127.0.0.1:{port}"
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(
            [part.format(port=port) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        ) as server,
    ):
        try:
            if not _starts(root + probe, server):
                output.seek(0)
                raise RuntimeError(f"{command} does not answer:\n{output.read().decode()[-3000:]}")
            yield root
        finally:
            server.terminate()


def _starts(address: str, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            get(address)
            return True
        except OSError:
            time.sleep(0.05)
    return False


def get(address: str) -> bytes:
    """Ask once; raises urllib.error.HTTPError for an answer that is no success."""
    try:
        with urllib.request.urlopen(address, timeout=STARTING_SECONDS) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        error.msg = f"{error.msg} at {address}: {error.read()[:500].decode(errors='replace')}"
        raise


def load(root: str, paths: list[str], seconds: int) -> Load:
    """Ask for the paths in turn with CONNECTIONS connections, for so long, by wrk."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s", "-s", MIX, root, file.name]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told = json.loads(printed.strip().splitlines()[-1])
    answered = max(told["requests"], 1)
    return Load(
        rate=told["requests"] / told["microseconds"] * 1e6,
        p50=told["p50"] / 1000,
        p95=told["p95"] / 1000,
        kilobytes=told["bytes"] / answered / 1000,
        failed=told["failed"],
    )
