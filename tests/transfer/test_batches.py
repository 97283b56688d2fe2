"""Batches made ready ahead: whatever happens on the way, none of them is lost, and none comes twice."""

import multiprocessing

import orjson
import pytest

from attribution import database
from attribution.quotations import Saying
from attribution.transfer import Beside, Format, Input
from attribution.transfer.batches import Batches
from attribution.transfer.preparing import Here


class Rows:
    """A stream of so many rows, after which, if it `fails`, reading does."""

    def __init__(self, rows, *, fails=False):
        row = {"text": "words", "speaker": "A", "article": {"url": "https://a.example/1"}}
        self._rest = b"".join(orjson.dumps({**row, "text": f"words {number}"}) + b"\n" for number in range(rows))
        self._fails = fails

    def read(self, size):
        if self._fails and not self._rest:
            raise OSError("It cannot be read any more.")
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


@pytest.fixture
def beside(app):
    with Beside(app.config["DATABASE_URL"]) as worker:
        yield worker


def told(batches):
    return [saying.told["text"] for batch in batches for saying in batch.prepared]


def named(rows):
    return [f"words {number}" for number in range(rows)]


@pytest.mark.parametrize("rows", [0, 3, 64, 65, 128, 2_176, 5_000])
def test_a_disk_that_fails_costs_none_of_the_rows_it_gave(rows):
    database.bind("sqlite:///never-opened.db")
    given = []

    def take_all():
        for batch in Batches(Input(Rows(rows, fails=True), Format.NDJSON), Here()):
            given.extend(told([batch]))

    with pytest.raises(OSError, match="any more"):
        take_all()
    assert given == named(rows)


def test_beside_and_here_rows_are_made_ready_alike(beside):
    rows = [*Input(Rows(3), Format.NDJSON).rows(), *Input(BadRow(), Format.NDJSON).rows()]
    ready = []
    for worker in (beside, Here()):
        worker.begin(rows, True)
        ready.append(worker.done())
    assert ready[0] == ready[1]
    for one, other in zip(*ready, strict=True):
        if isinstance(one, Saying):
            assert one.told["speaker"].digest == other.told["speaker"].digest
    for made in ready:
        assert made[0].told["speaker"] is made[1].told["speaker"], "what is told twice is looked up once"
    assert [type(it).__name__ for it in ready[0]] == ["Saying"] * 3 + ["list"]


class BadRow(Rows):
    """A stream of one row that is none."""

    def __init__(self):
        super().__init__(0)
        self._rest = b'{"text": 1}\n'


@pytest.mark.parametrize("rows", [0, 3, 64, 65, 128, 2_176, 5_000])
def test_no_row_is_left_out_beside(beside, rows):
    assert told(Batches(Input(Rows(rows), Format.NDJSON), beside)) == named(rows)


def test_when_no_process_can_be_had_it_is_done_here(app, monkeypatch):
    def refuse(process):
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.Process, "start", refuse)
    with Beside(app.config["DATABASE_URL"]) as worker:
        assert told(Batches(Input(Rows(3_000), Format.NDJSON), worker)) == named(3_000)


def test_when_the_process_beside_is_killed_no_row_is_lost(app, beside):
    given = []
    for batch in Batches(Input(Rows(9_000), Format.NDJSON), beside):
        given += told([batch])
        for process in multiprocessing.active_children():
            process.kill()
            process.join()
    assert given == named(9_000)
