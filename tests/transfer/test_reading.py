"""Bytes become rows, whatever the bytes."""

import gzip
import io
import itertools
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import errors
from attribution.transfer.reading import ROW, Format, Input, lines


class Endless:
    """Bytes made as they are read, so that no test needs them in memory."""

    def __init__(self, *parts: tuple[bytes, int]) -> None:
        self.parts = itertools.chain.from_iterable(itertools.repeat(part, times) for part, times in parts)
        self.rest = b""

    def read(self, size: int, /) -> bytes:
        self.rest = self.rest or next(self.parts, b"")
        data, self.rest = self.rest[:size], self.rest[size:]
        return data


def rows(raw, format=None):
    return list(Input(raw if isinstance(raw, Endless) else io.BytesIO(raw), format).rows())


def value(row):
    """Give what a row says, or None if something is wrong with it."""
    try:
        return row.value()
    except ValueError:
        return None


@given(st.lists(st.text("ab\n\r"), max_size=5), st.integers(1, 5))
def test_lines_are_cut_as_splitlines_cuts_them_however_they_come(parts, size):
    raw = "".join(parts).encode()
    chunks = [raw[at : at + size] for at in range(0, len(raw), size)]
    assert list(lines(chunks, 100)) == list(enumerate(raw.splitlines(keepends=True), 1))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b"\n\r\n  \n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_ndjson_with_any_line_end_marked_or_packed(end, mark, pack):
    found = rows(pack(mark + b'{"a":1}' + end + b'{"a":2}'))
    assert [row.value() for row in found] == [{"a": 1}, {"a": 2}]
    assert [row.raw.strip() for row in found] == [b'{"a":1}', b'{"a":2}']


def test_several_gzip_members_are_one_file():
    assert len(rows(gzip.compress(b'{"a":1}\n', mtime=0) + gzip.compress(b'{"a":2}\n', mtime=0))) == 2


@pytest.mark.parametrize(
    ("raw", "format"),
    [(b' [{"a":1}]', Format.JSON), (b'{"a":1}', Format.NDJSON), (b"text;speaker\na;b\n", Format.CSV)],
)
def test_the_first_bytes_tell_the_format(raw, format):
    input = Input(io.BytesIO(raw), None)
    assert len(list(input.rows())) == 1
    assert input.format == format


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.ndjson", "ndjson"), ("a.JSONL.gz", "ndjson"), ("b.json", "json"), ("c.csv.gz", "csv"), ("d.txt", None)],
)
def test_the_name_tells_the_format(name, format):
    assert Format.of(name) == format


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "nothing in it"),
        (gzip.compress(b"", mtime=0), "nothing in it"),
        ('{"a":1}'.encode("utf-16"), "byte 0xFF: that is UTF-16"),
        (gzip.compress(b'{"a":1}\n' * 1000, mtime=0)[:-9], "broken or cut short"),
        (gzip.compress(b'{"a":1}\n', mtime=0)[:12] + b"garbage", "broken or cut short"),
    ],
)
def test_what_is_no_such_file_is_told(raw, says):
    with pytest.raises(errors.Unreadable, match=says):
        rows(raw)


def packed(parts):
    press = zlib.compressobj(wbits=31)
    return b"".join([*(press.compress(part) for part in parts), press.flush()])


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(((b"x" * 2**20, 200),), id="200 MB on one line"),
        pytest.param(((b'{"text": "' + b"x" * 2**20, 1), (b"y" * 2**20, 199)), id="200 MB in one string"),
        pytest.param(((b"[" * 1_000_000, 1),), id="nested a million times"),
        pytest.param(((b"{" + b",".join(b'"f%d":1' % n for n in range(10_000)) + b"}", 1),), id="10,000 fields"),
        pytest.param(((b'{"text": "\0"}', 1),), id="NUL"),
        pytest.param(((b'{"said_on": ' + b"9" * 400 + b"}", 1),), id="400 digits"),
    ],
)
@pytest.mark.parametrize("format", [Format.NDJSON, Format.JSON])
def test_a_hostile_row_is_held_in_bounded_memory_and_the_next_is_read(hostile, format):
    between = b"\n" if format == Format.NDJSON else b","
    if format == Format.JSON and hostile[0][0].startswith(b"["):
        hostile = ((hostile[0][0] + b"]" * 1_000_000, 1),)
    if format == Format.JSON and b'{"text": "x' in hostile[0][0]:
        hostile += ((b'"}', 1),)
    opened, closed = (b"", b"") if format == Format.NDJSON else (b"[", b"]")
    stream = Endless((opened + b'{"a":1}' + between, 1), *hostile, (between + b'{"a":2}' + closed, 1))
    tracemalloc.start()
    values = [value(row) for row in Input(stream, format).rows()]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (values[0], values[-1], len(values)) == ({"a": 1}, {"a": 2}, 3)
    assert peak < 20 * ROW


def test_a_gzip_bomb_is_refused_early():
    bomb = packed(b"\0" * 2**20 for _ in range(100))
    assert len(bomb) < 200_000
    with pytest.raises(errors.Unreadable, match="unpacks to over"):
        rows(bomb)


def test_what_repeats_itself_within_reason_is_no_bomb():
    line = b'{"text": "' + b" ".join(b"word%d" % n for n in range(40)) + b'", "n": %d}\n'
    assert len(rows(packed(line % n for n in range(100_000)))) == 100_000
