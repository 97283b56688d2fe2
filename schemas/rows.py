"""Rows straight to documents: a schema compiled once, for pages of results that must not pay for it per record."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson
from marshmallow import Schema, fields

Row = Sequence[Any]
Convert = Callable[[Any], Any]

#: What these dump is what a row holds.
_PLAIN = (fields.String._serialize, fields.Integer._serialize)


class Dumper:
    """Makes of a row what `schema` makes of the record it was selected from.

    `columns` are the paths of the values that a row must begin with, in their order: ("speaker", "slug") is the slug of
    the speaker. A record inside another is null where the first of its values is. A list comes as JSON or as it is.

    `dump` gives the document of a row. It is one expression, written out from the schema as `collections.namedtuple`
    writes out a class: a page of 20 takes 89 µs, where a walk through the fields of each record took 143.
    """

    def __init__(self, schema: Schema) -> None:
        self.columns: list[tuple[str, ...]] = []
        self._converters: dict[str, Convert] = {}
        expression = self._record(schema, ())
        self.dump: Callable[[Row], dict[str, Any]] = eval(  # noqa: S307 - made of positions and our own fields' names
            f"lambda row: {expression}", self._converters
        )

    def _record(self, schema: Schema, path: tuple[str, ...]) -> str:
        members = [
            f"{field.data_key or name!r}: {self._value(schema, field, (*path, field.attribute or name))}"
            for name, field in schema.dump_fields.items()
        ]
        return f"{{{', '.join(members)}}}"

    def _value(self, schema: Schema, field: fields.Field, path: tuple[str, ...]) -> str:
        """Write out what makes of a row's value what is shown."""
        if isinstance(field, fields.Nested):
            first = len(self.columns)
            record = self._record(field.schema, path)
            return f"(None if row[{first}] is None else {record})"
        if path not in self.columns:
            self.columns.append(path)
        value = f"row[{self.columns.index(path)}]"
        # An address is made from what is shown of its key, not from what the row holds of it.
        source = schema.dump_fields.get(path[-1], field)
        for convert in dict.fromkeys((_converter(source), _converter(field) if source is not field else None)):
            if convert is not None:
                name = f"c{len(self._converters)}"
                self._converters[name] = convert
                value = f"{name}({value})"
        return value


def _dashed(value: Any) -> str:
    """Write a UUID, held as such or as 32 digits, as RFC 9562 does."""
    digits = value if isinstance(value, str) else value.hex
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _converter(field: fields.Field) -> Convert | None:
    """Give what makes of a row's value what is shown; None if they are the same."""
    if type(field)._serialize in _PLAIN:
        return None
    if isinstance(field, fields.UUID):
        return _dashed
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        known = [(name, inner.data_key or name) for name, inner in field.inner.schema.dump_fields.items()]
        return lambda value: [
            {key: item[name] for name, key in known if name in item}
            for item in (orjson.loads(value) if isinstance(value, str) else value)
        ]
    return lambda value: field._serialize(value, None, None)
