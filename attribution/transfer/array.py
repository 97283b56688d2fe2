"""JSON in: the elements of an array one by one, as they stand; and one JSON value, read strictly.

ijson, which also reads arrays as a stream, holds a string of any length, gives up a file at its first fault, and does
not tell an element's own bytes.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from attribution import errors

_STRUCTURE = re.compile(rb'["\[\]{},]')
_OPENING = re.compile(rb"[\[{]+")
_CLOSING = re.compile(rb"[\]}]+")
_STRING_END = re.compile(rb'["\\]')
_NESTING = (dict, list)
_SPACE = b" \t\r\n"


def loaded(raw: bytes) -> Any:
    """Read a JSON value (RFC 8259); raises ValueError for what is none, and for a key that comes twice."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        _check_encoding(raw)
        raise ValueError(f"Not JSON: {error}.") from None
    try:
        # As many ends of keys as keys: then none came twice. More of them may also stand inside strings.
        if raw.translate(None, _SPACE).count(b'":') > _count_keys(value):
            json.loads(raw, object_pairs_hook=_unique)
    except RecursionError:
        raise ValueError("Not a row: nested too deeply.") from None
    return value


def _check_encoding(raw: bytes) -> None:
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        raise ValueError(not_utf8(error)) from None


def not_utf8(error: UnicodeDecodeError) -> str:
    """Name the byte that is wrong."""
    return f"Byte {error.start + 1} of the row, 0x{error.object[error.start]:02X}, is not UTF-8. Save it as UTF-8."


def _count_keys(value: Any) -> int:
    parts: Iterable[Any]
    if isinstance(value, dict):
        count, parts = len(value), value.values()
    elif isinstance(value, list):
        count, parts = 0, value
    else:
        return 0
    for part in parts:
        if type(part) in _NESTING:
            count += _count_keys(part)
    return count


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"The key {twice[0][:100]!r} comes twice in one object.")
    return dict(pairs)


def elements(chunks: Iterator[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the elements of a JSON array with their places from 1; None for one longer than `limit` bytes.

    Only brackets, commas and strings are told apart here; whether an element is JSON is for `loaded` to say.
    Raises Unreadable if there is no array, or no end to it, or something after it.
    """
    scan = _Scan(limit)
    for chunk in chunks:
        yield from scan.feed(chunk)
    if not scan.is_closed:
        raise errors.Unreadable("The array is not closed: the file may be cut short.")


class _Scan:
    """Where in an array the bytes read so far have led."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.is_closed = False
        self.depth = 0
        self.place = 0
        self.in_string = False
        self.is_escaped = False
        self.held = b""
        self.is_long = False

    def feed(self, chunk: bytes) -> Iterator[tuple[int, bytes | None]]:
        """Yield the elements that end in a chunk."""
        at = begin = 0
        if self.depth == 0:
            at = begin = self._outside(chunk)
        elif self.is_escaped and chunk:
            at, self.is_escaped = 1, False
        while found := (_STRING_END if self.in_string else _STRUCTURE).search(chunk, at):
            mark, at = found[0], found.end()
            if mark == b"\\":
                at += 1
                self.is_escaped = at > len(chunk)
            elif mark == b'"':
                self.in_string = not self.in_string
            elif run := _OPENING.match(chunk, found.start()):
                self.depth, at = self.depth + len(run[0]), run.end()
            elif mark == b",":
                if self.depth == 1:
                    yield from self._ended(chunk[begin : found.start()], is_last=False)
                    begin = at
            elif run := _CLOSING.match(chunk, found.start(), found.start() + self.depth):
                self.depth, at = self.depth - len(run[0]), run.end()
                if self.depth == 0:
                    yield from self._ended(chunk[begin : at - 1], is_last=True)
                    self.is_closed = True
                    begin = at = self._outside(chunk, at)
        self._hold(chunk[begin:])

    def _outside(self, chunk: bytes, at: int = 0) -> int:
        """Pass what stands before or after the array; raises Unreadable unless it is white space."""
        rest = chunk[at:].lstrip(_SPACE)
        if not rest:
            return len(chunk)
        if self.is_closed:
            raise errors.Unreadable("Something stands after the end of the array.")
        if not rest.startswith(b"["):
            raise errors.Unreadable("It is not a JSON array; a file with an object on each line is NDJSON.")
        self.depth = 1
        return len(chunk) - len(rest) + 1

    def _hold(self, part: bytes) -> None:
        self.held += part
        if len(self.held) > self.limit:
            self.held, self.is_long = b"", True

    def _ended(self, part: bytes, *, is_last: bool) -> Iterator[tuple[int, bytes | None]]:
        self._hold(part)
        element, is_long = self.held.strip(), self.is_long
        self.held, self.is_long = b"", False
        if is_last and not element and not is_long and self.place == 0:
            return
        self.place += 1
        yield self.place, None if is_long else element
