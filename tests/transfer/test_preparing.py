"""Batches made ready ahead: whatever happens on the way, none of them is lost, and none comes twice."""

import orjson
import pytest

from attribution import database
from attribution.quotations import Saying
from attribution.transfer import Format, Input
from attribution.transfer.preparing import Preparing


class FailingDisk:
    """A stream of so many rows, after which reading fails."""

    def __init__(self, rows):
        row = {"text": "words", "speaker": "A", "article": {"url": "https://a.example/1"}}
        self._rest = b"".join(orjson.dumps({**row, "text": f"words {number}"}) + b"\n" for number in range(rows))

    def read(self, size):
        if not self._rest:
            raise OSError("It cannot be read any more.")
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


@pytest.mark.parametrize("rows", [0, 3, 1_024, 2_500])
def test_a_disk_that_fails_costs_none_of_the_rows_it_gave(rows):
    database.bind("sqlite:///never-opened.db")
    preparing = Preparing(Input(FailingDisk(rows), Format.NDJSON))
    told = []

    def take_all():
        for batch in preparing:
            told.extend(saying.told["text"] for saying in batch.prepared if isinstance(saying, Saying))
            preparing.begin([])

    with pytest.raises(OSError, match="any more"):
        take_all()
    assert told == [f"words {number}" for number in range(rows)]
