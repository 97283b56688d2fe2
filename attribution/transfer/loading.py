"""Rows loaded: what `schema.load` gives, with each speaker, outlet, article and word of a list validated once.

Loading a row through nested schemas takes 250 µs, mostly for what the rows before it said too.
"""

import functools
from collections.abc import Callable
from typing import Any

import orjson
from marshmallow import Schema, ValidationError
from marshmallow.fields import Field

from attribution import errors
from attribution.ledger.told import Told
from schemas import fields as own
from schemas.base import faults_of
from schemas.transfer import Row

#: How many distinct strings of each field, and how many distinct records of each kind, are remembered.
_STRINGS, _RECORDS, _ARTICLES = 2_048, 4_096, 512

#: The longest JSON of a record, in bytes, that is remembered: an article may bring a text of a megabyte.
_LONGEST = 16_384


def load(value: Any) -> tuple[dict[str, Any] | None, list[errors.Fault]]:
    """Give a row as `schemas.transfer.Row` loads it, or all that is wrong with it."""
    try:
        return _row.load(value), []
    except ValidationError as error:
        return None, [errors.Fault(**fault) for fault in faults_of(error.messages)]


class Loader:
    """Loads documents by a schema, in which nothing but fields says what is valid, or what is without one of `needs`.

    The documents it gives are shared: they must not be changed.
    """

    def __init__(self, schema: Schema, records: int, needs: str | None = None) -> None:
        self._schema = schema
        self._needs = {name for name, field in schema.load_fields.items() if field.required} | {needs or ""} - {""}
        self._loads = {name: _way(field) for name, field in schema.load_fields.items()}
        self.told = functools.lru_cache(records)(self._told)

    @classmethod
    def of(cls, field: own.Reference) -> "Loader":
        """Make the loader of records that a field refers to."""
        is_article = "headline" in field.schema.load_fields
        return cls(field.schema, _ARTICLES, "url") if is_article else cls(field.schema, _RECORDS)

    def load(self, document: Any) -> dict[str, Any]:
        """Load a document; raises ValidationError with all faults."""
        if not isinstance(document, dict) or not self._needs <= document.keys():
            return self._schema.load(document)
        loads = self._loads
        try:
            return {name: loads[name](value) for name, value in document.items()}
        except (KeyError, ValidationError):
            return self._schema.load(document)  # which tells all that is wrong, not only the first

    def _told(self, json: str) -> Told:
        return Told(self.load(orjson.loads(json)), json)


class _Strings(dict[str, Any]):
    """What a field loads strings as; all are dropped when there are too many, since to find one should cost nothing."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self._is_reference = isinstance(field, own.Reference)
        self._most = _RECORDS if self._is_reference else _STRINGS

    def __missing__(self, value: str) -> Any:
        if len(self) >= self._most:
            self.clear()
        loaded = self._field.deserialize(value)
        if self._is_reference:
            loaded = Told(loaded, orjson.dumps(value))
        self[value] = loaded
        return loaded


def _way(field: Any) -> Callable[[Any], Any]:
    """Give the function that loads a field: what other rows may tell too is remembered."""
    if type(field) in (own.Words, own.Text, own.WebAddress):
        return field.deserialize
    strings = _Strings(field)
    loader = Loader.of(field) if isinstance(field, own.Reference) else None

    def load(value: Any) -> Any:
        if isinstance(value, str):
            return strings[value]
        if loader is None or not isinstance(value, dict):
            return field.deserialize(value)
        try:
            json = orjson.dumps(value)
        except TypeError:  # a number of over 64 bits, half a surrogate pair
            return field.deserialize(value)
        # The bytes that orjson gives keep 4 KB each, if they are kept.
        return loader.told(json.decode()) if len(json) <= _LONGEST else loader.load(value)

    return load


_row = Loader(Row(), _RECORDS)
