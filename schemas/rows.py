"""Rows straight to documents: a schema compiled once, for pages of results that must not pay for it per record."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson
from marshmallow import Schema, fields

Row = Sequence[Any]
Convert = Callable[[Any, Row], Any]
Read = Callable[[Row], Any]

#: What these dump is what a row holds.
_PLAIN = (fields.String._serialize, fields.Integer._serialize)


class Dumper:
    """Makes of a row what `schema` makes of the record it was selected from.

    `columns` are the paths of the values that a row must begin with, in their order: ("speaker", "slug") is the slug of
    the speaker. A record inside another is null where the first of its values is. A list comes as JSON or as it is.
    """

    def __init__(self, schema: Schema) -> None:
        self.columns: list[tuple[str, ...]] = []
        self._read = self._record(schema, ())

    def dump(self, row: Row) -> dict[str, Any]:
        """Give the document of a row."""
        return self._read(row)

    def _record(self, schema: Schema, path: tuple[str, ...]) -> Read:
        readers = [
            (field.data_key or name, *self._reader(schema, field, (*path, field.attribute or name)))
            for name, field in schema.dump_fields.items()
        ]

        def read(row: Row) -> dict[str, Any]:
            return {key: row[at] if convert is None else convert(row[at], row) for key, at, convert in readers}

        return read

    def _reader(self, schema: Schema, field: fields.Field, path: tuple[str, ...]) -> tuple[int, Convert | None]:
        """Give where a field's value stands in a row, and what makes of it, and of the row, what is shown."""
        if isinstance(field, fields.Nested):
            first = len(self.columns)
            record = self._record(field.schema, path)
            return first, lambda value, row: None if value is None else record(row)
        if path not in self.columns:
            self.columns.append(path)
        at = self.columns.index(path)
        convert = _converter(field)
        source = schema.dump_fields.get(path[-1], field)
        given = _converter(source)
        if convert and given and source is not field:
            return at, lambda value, row: convert(given(value, row), row)
        return at, convert


def _dashed(digits: str) -> str:
    """Write a UUID, held as 32 digits, as RFC 9562 does."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _converter(field: fields.Field) -> Convert | None:
    """Give what makes of a row's value what is shown; None if they are the same."""
    if type(field)._serialize in _PLAIN:
        return None
    if isinstance(field, fields.UUID):
        return lambda value, row: _dashed(value) if isinstance(value, str) else str(value)
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        known = [(name, inner.data_key or name) for name, inner in field.inner.schema.dump_fields.items()]
        return lambda value, row: [
            {key: item[name] for name, key in known if name in item}
            for item in (orjson.loads(value) if isinstance(value, str) else value)
        ]
    return lambda value, row: field._serialize(value, None, None)
