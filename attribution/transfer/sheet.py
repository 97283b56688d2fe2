"""CSV in and out (RFC 4180; also with semicolons or tabs), one flat row for each quotation, safe in a spreadsheet.

A spreadsheet takes a cell that begins with = + - @, a tab or a carriage return for a formula. Such a cell gets an
apostrophe before it, and one that has apostrophes and then such a character gets one more; reading takes that one away.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from attribution import errors
from attribution.transfer.array import not_utf8

#: The columns, and where in a record each of them stands.
COLUMNS = {
    "text": ("text",),
    "kind": ("kind",),
    "speaker": ("speaker",),
    "mention": ("mention",),
    "cue": ("cue",),
    "outlet": ("outlet",),
    "said_on": ("said_on",),
    "language": ("language",),
    "note": ("note",),
    "url": ("article", "url"),
    "headline": ("article", "headline"),
    "publisher": ("article", "outlet"),
    "published_on": ("article", "published_on"),
}

#: The column that a fault of a record is shown at.
COLUMN_OF = {"#/" + "/".join(path): f"#/{column}" for column, path in COLUMNS.items()}

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")

#: Lines that may be read again after a broken row, for each line there is and besides.
_AGAIN, _AGAIN_AT_LEAST = 20, 50_000


def defused(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def undone(cell: str) -> str:
    """Give the cell that `defused` made this of."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def written(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield CSV, line by line, for rows of cells by column; the first line names the columns."""
    out = io.StringIO()
    sheet = csv.DictWriter(out, COLUMNS, extrasaction="ignore")
    sheet.writeheader()
    for row in rows:
        yield out.getvalue()
        out.seek(0)
        out.truncate()
        sheet.writerow({column: defused(cell) for column, cell in row.items() if cell is not None})
    yield out.getvalue()


class Records:
    """The records of a sheet. Each is (line, bytes, fault, cells); a record may reach over several lines.

    A quotation mark that is never closed takes the lines that follow into its record: where a record proves broken,
    only its first line is given up and the rest is read again. Raises Unreadable if the first line names no columns.
    """

    def __init__(self, lines: Iterator[tuple[int, bytes | None]], limit: int) -> None:
        self.limit = limit
        self._lines = lines
        self._again: deque[tuple[int, bytes | None]] = deque()
        self._taken: list[tuple[int, bytes | None]] = []
        self._read = self._reread = 0
        self.header = next(lines)[1] or b""
        self.names, self._delimiter = _columns(self.header)

    def __iter__(self) -> Iterator[tuple[int, bytes | None, str | None, dict[str, Any] | None]]:
        while True:
            self._taken = []
            try:
                cells = next(csv.reader(self._texts(), delimiter=self._delimiter, strict=True))
            except StopIteration:
                return
            except (csv.Error, UnicodeDecodeError) as error:
                yield self._broken(error)
                continue
            if cells:
                yield self._record(cells)

    def _texts(self) -> Iterator[str]:
        """Yield the lines of the next record, noting which they are."""
        size = 0
        while line := self._again.popleft() if self._again else next(self._lines, None):
            self._read += 1
            self._taken.append(line)
            size += self.limit if line[1] is None else len(line[1])
            if line[1] is None or size > self.limit:
                raise csv.Error(f"longer than {self.limit:,} bytes")
            yield line[1].decode()

    def _broken(self, error: Exception) -> tuple[int, bytes | None, str, None]:
        fault = not_utf8(error) if isinstance(error, UnicodeDecodeError) else f"Not CSV: {error}."
        first, *rest = self._taken
        if self._reread + len(rest) <= _AGAIN * self._read + _AGAIN_AT_LEAST:
            self._reread += len(rest)
            self._again.extendleft(reversed(rest))
            return *first, fault, None
        raw = b"".join(line or b"" for _, line in self._taken)
        return first[0], raw, fault, None

    def _record(self, cells: list[str]) -> tuple[int, bytes | None, str | None, dict[str, Any] | None]:
        line, raw = self._taken[0][0], b"".join(part or b"" for _, part in self._taken)
        if len(cells) != len(self.names):
            return line, raw, f"There are {len(cells)} cells here, and {len(self.names)} columns.", None
        value: dict[str, Any] = {"article": {}}
        for name, cell in zip(self.names, cells, strict=True):
            if cell:
                *outer, last = COLUMNS[name]
                (value[outer[0]] if outer else value)[last] = undone(cell)
        return line, raw, None, value


def _columns(header: bytes) -> tuple[list[str], str]:
    """Give the columns that a first line names and what parts them."""
    try:
        line = header.decode()
    except UnicodeDecodeError as error:
        raise errors.Unreadable(not_utf8(error)) from None
    readings = {delimiter: next(csv.reader([line], delimiter=delimiter), []) for delimiter in ",;\t"}
    delimiter, names = max(readings.items(), key=lambda reading: len(COLUMNS.keys() & {*map(_plain, reading[1])}))
    names = [_plain(name) for name in names]
    strangers = [name for name in names if name not in COLUMNS]
    if strangers or len(set(names)) < len(names):
        what = f"{strangers[0][:100]!r} is no column" if strangers else "A column comes twice"
        raise errors.Unreadable(f"{what}; the first line may name: {', '.join(COLUMNS)}.")
    return names, delimiter


def _plain(name: str) -> str:
    return name.strip().lower()
