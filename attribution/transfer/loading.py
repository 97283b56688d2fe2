"""Rows loaded: what `schema.load` gives, with each speaker, outlet, article and word of a list validated once.

Loading a row through nested schemas takes 250 µs, mostly for what the rows before it said too.
"""

import functools
from typing import Any

import orjson
from marshmallow import Schema, ValidationError

from attribution import errors
from schemas import fields as own
from schemas.base import faults_of
from schemas.transfer import Row

#: How many distinct values, and how many distinct records of each kind, are remembered.
_VALUES, _RECORDS, _ARTICLES = 16_384, 8_192, 512

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
        self._fields = schema.load_fields
        self._values = functools.lru_cache(_VALUES)(self._value)
        self._unrepeated = {name for name, field in self._fields.items() if type(field) in (own.Words, own.Text)}
        self._nested = {
            name: Loader.of(field) for name, field in self._fields.items() if isinstance(field, own.Reference)
        }
        self.remembered = functools.lru_cache(records)(self._from_json)

    @classmethod
    def of(cls, field: own.Reference) -> "Loader":
        """Make the loader of records that a field refers to."""
        is_article = "headline" in field.schema.load_fields
        return cls(field.schema, _ARTICLES, "url") if is_article else cls(field.schema, _RECORDS)

    def load(self, document: Any) -> dict[str, Any]:
        """Load a document; raises ValidationError with all faults."""
        if not isinstance(document, dict) or not self._needs <= document.keys():
            return self._schema.load(document)
        try:
            return {name: self._load(name, value) for name, value in document.items()}
        except (KeyError, ValidationError):
            return self._schema.load(document)  # which tells all that is wrong, not only the first

    def _load(self, name: str, value: Any) -> Any:
        if isinstance(value, dict) and name in self._nested:
            loader, json = self._nested[name], orjson.dumps(value)
            return loader.remembered(json) if len(json) <= _LONGEST else loader.load(value)
        if isinstance(value, str) and name not in self._unrepeated:
            return self._values(name, value)
        return self._fields[name].deserialize(value)

    def _value(self, name: str, value: str) -> Any:
        return self._fields[name].deserialize(value)

    def _from_json(self, json: bytes) -> dict[str, Any]:
        return self.load(orjson.loads(json))


_row = Loader(Row(), _RECORDS)
