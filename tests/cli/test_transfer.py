"""flask import and flask export."""

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from attribution import database, transfer
from attribution.models import Clock
from tests.transfer.dumps import dump

ROOT = Path(__file__).parents[2]


def row(text, **more):
    return {"text": text, "speaker": "Kim", "article": {"url": "https://a.example/1"}, **more}


def lines(*rows):
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def many(first, last):
    """Rows that share speakers, outlets and articles, and teach one another."""
    for n in range(first, last):
        speaker = {"name": f"Speaker {n % 90}", "aliases": [f"S. {n % 90}"] if n % 500 > 450 else []}
        article = {"url": f"https://a.example/{n // 5}", "outlet": f"Outlet {n % 7}", "published_on": "2024-02"}
        yield {"text": f"words number {n}", "speaker": speaker, "article": article}


@pytest.fixture
def flask(app):
    return lambda *arguments, **more: app.test_cli_runner().invoke(args=[str(a) for a in arguments], **more)


@pytest.fixture
def mixed(tmp_path):
    path = tmp_path / "mixed.ndjson"
    path.write_bytes(lines(row("one"), row("one", kind="mixed")) + b'{"text" : 1}\r\n' + lines(row("two")))
    return path


def test_the_summary_the_report_and_the_exit_status(flask, mixed):
    told = flask("import", mixed, "--json")
    assert told.exit_code == 1
    report = json.loads(told.stdout)
    assert [report[name] for name in ("recorded", "known", "conflicting", "rejected", "rows")] == [2, 0, 1, 1, 4]
    assert {error["line"] for error in report["errors"]} == {2, 3}
    assert "line 2 #/kind: Recorded as direct." in told.stderr
    assert "2 recorded, 1 conflicting, 1 rejected of 4 rows" in told.stderr
    assert flask("import", mixed, "--update").stderr.count("1 updated") == 1


def test_a_dry_run_reports_what_the_real_run_does_and_changes_nothing(flask, mixed, app):
    before = dump()
    dry = flask("import", mixed, "--dry-run", "--json")
    assert dump() == before
    assert flask("import", mixed, "--json").stdout == dry.stdout


def test_atomic_is_all_or_nothing(flask, mixed):
    before = dump()
    assert flask("import", mixed, "--atomic").exit_code == 1
    assert dump() == before


@pytest.mark.parametrize("suffix", ["ndjson", "json", "csv"])
def test_rejects_are_unchanged_and_can_be_imported_when_mended(flask, tmp_path, suffix):
    good, bad = {"text": "one", "speaker": "Kim", "article": {"url": "https://a.example/1"}}, b'{ "text": "tw\\u00f6" }'
    raw = {
        "ndjson": lines(good) + bad + b"\r\n",
        "json": b"[" + json.dumps(good).encode() + b" ,\n  " + bad + b"]",
        "csv": b"text;speaker;url\none;Kim;https://a.example/1\ntw\xc3\xb6;;\r\n",
    }[suffix]
    path, rejects = tmp_path / f"rows.{suffix}", tmp_path / f"rejects.{suffix}"
    path.write_bytes(raw)
    assert flask("import", path, "--rejects", rejects).exit_code == 1
    assert (b"tw\xc3\xb6;;\r\n" if suffix == "csv" else bad) in rejects.read_bytes()
    again = flask("import", rejects, "--json")
    assert json.loads(again.stdout)["rows"] == 1


def test_several_files_packed_and_standard_input(flask, tmp_path):
    packed = tmp_path / "a.ndjson.gz"
    packed.write_bytes(gzip.compress(lines(row("one"))))
    plain = tmp_path / "b.json"
    plain.write_text(json.dumps([row("two")]))
    told = flask("import", packed, plain, "-", "--json", input=lines(row("three"), {}))
    report = json.loads(told.stdout)
    assert (report["recorded"], report["rejected"]) == (3, 1)
    assert report["errors"][0] == {
        "file": "standard input",
        "line": 2,
        "pointer": "#/text",
        "detail": "Missing data for required field.",
    }


def test_export_is_what_import_takes(flask, seeded, tmp_path):
    out = flask("export")
    assert (out.exit_code, out.stdout.count("\n")) == (0, 20)
    assert flask("import", "-", input=out.stdout).exit_code == 0
    assert flask("export", "--speaker", "kim-yo-jong", "--csv").stdout.count("Kim Yo Jong") > 0
    assert flask("export", "--from", "soon").exit_code == 2


@pytest.mark.parametrize("arguments", ["import", "import /no/such", "import /", "export --kind loud"])
def test_wrong_usage_exits_with_two(flask, arguments):
    assert flask(*arguments.split()).exit_code == 2


def start(url, path, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "import", str(path)],
        cwd=ROOT,
        env={**os.environ, "ATTRIBUTION_DATABASE_URL": url},
        stderr=subprocess.PIPE,
        **more,
    )


def stop_when(process, number, sign):
    """Send a signal once so many records are made, unless the process was faster."""
    with database.connection():
        while process.poll() is None and Clock.now() < number:
            time.sleep(0.005)
    process.send_signal(sign)
    _, told = process.communicate(timeout=30)
    return process.returncode, told.decode()


def test_killed_it_leaves_no_process_behind(app, database_url):
    process = start(database_url, "-", stdin=subprocess.PIPE)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not children.read_text():
        time.sleep(0.005)
    process.kill()
    _, told = process.communicate(timeout=30)  # to its end: whoever is left would hold standard error open
    assert told == b""


@pytest.fixture
def elsewhere(stores, migrated):
    """What a store holds after an undisturbed import of rows."""

    def held(*files):
        url = stores.create(migrated)
        database.bind(url)
        with database.connection():
            for file in files:
                transfer.load(file, "import")
        result = dump()
        database.close()
        stores.drop(url)
        return result

    return held


def test_killed_at_any_moment_and_run_again_it_ends_the_same(app, database_url, elsewhere, tmp_path):
    path = tmp_path / "many.ndjson"
    path.write_bytes(lines(*many(0, 2_500)))
    expected = elsewhere(path)
    database.bind(database_url)
    for number in random.sample(range(1, 3_000), 2):
        stop_when(start(database_url, path), number, signal.SIGKILL)
    last = start(database_url, path)
    _, told = last.communicate(timeout=100)
    assert last.returncode == 0, told
    assert dump() == expected


def test_ctrl_c_stops_between_batches_and_says_what_was_done(app, database_url, tmp_path):
    path = tmp_path / "many.ndjson"
    path.write_bytes(lines(*many(0, 12_000)))
    status, told = stop_when(start(database_url, path), 1, signal.SIGINT)
    assert status == 1
    recorded = int(re.search(r"([\d,]+) recorded of", told)[1].replace(",", ""))
    assert 0 < recorded < 12_000
    assert recorded == 64 or recorded % 2_048 == 128, "batches of 64, 64, and then 2,048"
    assert "Stopped." in told


def test_two_imports_of_overlapping_files_end_as_one_after_the_other(app, database_url, elsewhere, tmp_path):
    first, second = tmp_path / "first.ndjson", tmp_path / "second.ndjson"
    first.write_bytes(lines(*many(0, 2_500)))
    second.write_bytes(lines(*many(1_500, 4_000)))
    expected = elsewhere(first, second)
    database.bind(database_url)
    with ThreadPoolExecutor() as pool:
        told = pool.map(lambda path: start(database_url, path).communicate(timeout=100)[1], (first, second))
        assert all(b"rejected" not in summary for summary in told)
    held = dump()
    for table in ("Quotation", "Article", "Outlet"):
        assert held[table] == expected[table], table


def test_a_store_without_tables_is_explained(stores):
    url = stores.create()
    command = [sys.executable, "-m", "flask", "export"]
    done = subprocess.run(
        command, env={**os.environ, "ATTRIBUTION_DATABASE_URL": url}, capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, "flask migrate" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    stores.drop(url)


def test_rejects_that_cannot_be_written_are_told_before_anything_is_recorded(app, tmp_path, client):
    path = tmp_path / "rows.ndjson"
    path.write_bytes(lines(row("one")))
    done = app.test_cli_runner().invoke(args=["import", str(path), "--rejects", str(tmp_path / "no" / "such")])
    assert (done.exit_code, "--rejects" in done.output) == (2, True)
    assert client.get("/api/v1/quotations").json["total"]["value"] == 0


def test_rejects_of_an_import_before_are_gone(app, tmp_path):
    path, rejects = tmp_path / "rows.ndjson", tmp_path / "rejects.ndjson"
    path.write_bytes(lines(row("one")))
    rejects.write_text("stale")
    assert app.test_cli_runner().invoke(args=["import", str(path), "--rejects", str(rejects)]).exit_code == 0
    assert not rejects.exists()
