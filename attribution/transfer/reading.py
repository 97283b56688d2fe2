"""Bytes in: a file of the import format becomes rows, each with where it stands and what it was.

Nothing is read whole: what is held is one row of at most ROW bytes, whatever the file holds. A broken row costs
only itself; where a file breaks off or is no such file at all, `Unreadable` says at which place.
"""

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from attribution import errors
from attribution.transfer import array, sheet
from attribution.transfer.array import loaded

#: The longest row, in bytes.
ROW = 2_000_000

_CHUNK = 1 << 18

#: A gzip file that unpacks to this many times its size, once it is so many bytes, is no text anybody wrote.
_RATIO, _FLOOR = 400, 1 << 24

_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class Format(StrEnum):
    """How rows stand in a file."""

    NDJSON = "ndjson"
    JSON = "json"
    CSV = "csv"

    @classmethod
    def of(cls, name: str) -> "Format | None":
        """Tell the format by a file's name; None if that tells nothing."""
        suffix = name.lower().removesuffix(".gz").rpartition(".")[2]
        return {"ndjson": cls.NDJSON, "jsonl": cls.NDJSON, "json": cls.JSON, "csv": cls.CSV}.get(suffix)


class Row(NamedTuple):
    """A row as it was found: its line (in a JSON array, its place), its bytes, what is wrong; of CSV, its cells.

    `raw` is None for a row that was too long to be held.
    """

    line: int
    raw: bytes | None
    fault: str | None = None
    cells: dict[str, Any] | None = None

    def value(self) -> Any:
        """Give what the row says; raises ValueError, with what is wrong with it."""
        if self.fault or self.raw is None:
            raise ValueError(self.fault)
        return loaded(self.raw) if self.cells is None else self.cells


class Stream(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes; none at the end."""


class Input(io.RawIOBase):
    """A stream of rows; it is read once. `consumed` are the bytes read so far, packed as they may be."""

    def __init__(self, stream: Stream, format: Format | None, name: str = "") -> None:
        """Read `stream`; where `format` is None, its first bytes tell it."""
        self.name = name
        self.format = format
        self.header = b""
        self.consumed = 0
        self._stream = stream

    def readable(self) -> bool:
        """Say so, as io.BufferedReader asks."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read bytes and count them."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.consumed += len(data)
        return len(data)

    def rows(self) -> Iterator[Row]:
        """Yield the rows. Raises Unreadable where they cannot be told any more."""
        chunks = self._begun(self._chunks())
        first = next(chunks, b"")
        if not first:
            raise errors.Unreadable("There is nothing in it, not one row.")
        self.format = self.format or _sniffed(first)
        whole = _chained(first, chunks)
        if self.format == Format.JSON:
            yield from (_row(place, raw) for place, raw in array.elements(whole, ROW))
        elif self.format == Format.CSV:
            yield from self._records(whole)
        else:
            yield from (_row(line, raw) for line, raw in lines(whole, ROW) if raw is None or raw.strip())

    def pointer(self, pointer: str) -> str:
        """Give where a fault of a record shows in this input: in CSV, its column."""
        return sheet.COLUMN_OF.get(pointer, pointer) if self.format == Format.CSV else pointer

    def _records(self, chunks: Iterator[bytes]) -> Iterator[Row]:
        records = sheet.Records(lines(chunks, ROW), ROW)
        self.header = records.header
        yield from map(Row._make, records)

    def _chunks(self) -> Iterator[bytes]:
        """Yield the bytes, unpacked if they are packed (RFC 1952)."""
        buffered = io.BufferedReader(self, _CHUNK)
        is_packed = buffered.peek(2)[:2] == b"\x1f\x8b"
        unpacked = 0
        try:
            with gzip.GzipFile(fileobj=buffered) if is_packed else buffered as reader:
                while chunk := reader.read1(_CHUNK):  # what came before a stream breaks off is not lost
                    unpacked += len(chunk)
                    if is_packed and unpacked > max(_FLOOR, _RATIO * self.consumed):
                        raise errors.Unreadable(f"It unpacks to over {_RATIO} times its size; unpack it first.")
                    yield chunk
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise errors.Unreadable(f"Its compression is broken or cut short: {error}.") from None

    @staticmethod
    def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Take the byte order mark away; raises Unreadable if it is one of another encoding than UTF-8."""
        first = next(chunks, b"")
        if other := _BYTE_ORDER_MARKS.get(first[:2]):
            raise errors.Unreadable(f"It begins with the byte 0x{first[0]:02X}: that is {other}. Save it as UTF-8.")
        yield first.removeprefix(b"\xef\xbb\xbf")
        yield from chunks


def lines(chunks: Iterable[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    r"""Yield each line with its end (\n, \r\n or \r) and its number; None for one that is longer than `limit`."""
    number, held, is_long = 1, b"", False
    for chunk in chunks:
        pieces = (held + chunk).splitlines(keepends=True)
        # The last may go on in the next chunk; so may a line end that is \r so far.
        held = pieces.pop() if pieces and not pieces[-1].endswith(b"\n") else b""
        for piece in pieces:
            yield number, None if is_long or len(piece) > limit else piece
            number, is_long = number + 1, False
        if len(held) > limit:
            held, is_long = held[-1:] if held.endswith(b"\r") else b"", True
    if held or is_long:
        yield number, None if is_long or len(held) > limit else held


def _row(line: int, raw: bytes | None) -> Row:
    return Row(line, raw, f"The row is longer than {ROW:,} bytes." if raw is None else None)


def _sniffed(first: bytes) -> Format:
    start = first.lstrip()[:1]
    return {b"[": Format.JSON, b"{": Format.NDJSON}.get(start, Format.CSV)


def _chained(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from chunks
