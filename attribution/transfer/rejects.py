"""Bad rows out: as they came, byte for byte, in a file that can be mended and imported again."""

from pathlib import Path
from typing import BinaryIO

from attribution.transfer.reading import Format, Input


class Rejects:
    """A file of the rows of one format that were not recorded; it is made with the first of them.

    A row that is too long to be held is not kept; the report has its line.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._end = b""

    def add(self, raw: bytes | None, origin: Input) -> None:
        """Keep a row; the first tells the format, and in CSV the columns."""
        if raw is None:
            return
        is_array = origin.format == Format.JSON
        if self._file is None:
            self._file = self._path.open("wb")
            self._file.write(b"[\n" if is_array else origin.header)
            self._end = b"\n]\n" if is_array else b""
        elif is_array:
            self._file.write(b",\n")
        self._file.write(raw)
        if not is_array and not raw.endswith((b"\n", b"\r")):
            self._file.write(b"\n")

    def close(self) -> None:
        """End the file."""
        if self._file:
            self._file.write(self._end)
            self._file.close()
