"""What all documents share: a field that none of them has is told with the nearest that there is."""

import difflib
import functools
from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, ValidationError, fields


class Document(Schema):
    """A JSON object, or the parameters of an address, that people write, and mistype."""

    error_messages = {"type": "Must be an object."}

    #: What one of its members is called.
    MEMBER = "field"

    def handle_error(self, error: ValidationError, data: Any, **kwargs: Any) -> None:
        """Say which member an unknown one may have meant."""
        told: Any = error.messages
        if not isinstance(told, dict):
            return
        unknown = {name for name, messages in told.items() if messages == [self.error_messages["unknown"]]}
        known = {name: messages for name, messages in told.items() if name not in unknown}
        # In order of name: marshmallow tells them in the order of a set, which is another in each process.
        hints = {
            name: [f"There is no such {self.MEMBER}. {self._hint(str(name))}"] for name in sorted(unknown, key=str)
        }
        error.messages = known | hints

    def _hint(self, name: str) -> str:
        known = [field.data_key or key for key, field in self.load_fields.items()]
        near = difflib.get_close_matches(name, known, 1)
        if near:
            return f"Did you mean {near[0]}?"
        return f"Known are {', '.join(sorted(known))}." if known else "None are taken here."


def parameters(schema: Schema, told: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    """Give the parameters of an address as `schema` loads them: a list where one may be repeated, and where it is.

    A plain dict, since a schema asks for every field it has, and webargs' own proxy looks up each anew.
    """
    lists = repeatable(schema)
    return {name: values if name in lists or len(values) > 1 else values[0] for name, values in told}


@functools.lru_cache(maxsize=64)
def repeatable(schema: Schema) -> frozenset[str]:
    """Name the parameters that may come several times."""
    fields_by_name = schema.load_fields.items()
    return frozenset(field.data_key or name for name, field in fields_by_name if isinstance(field, fields.List))


def faults_of(messages: Any, pointer: str = "#") -> list[dict[str, str]]:
    """Turn marshmallow's nested messages into a flat list of JSON pointers (RFC 6901) and details."""
    if isinstance(messages, dict):
        return [
            fault
            for key, value in messages.items()
            for fault in faults_of(value, pointer if key == "_schema" else f"{pointer}/{_escaped(key)}")
        ]
    return [{"pointer": pointer, "detail": str(message)} for message in messages]


def _escaped(key: Any) -> str:
    return str(key)[:100].replace("~", "~0").replace("/", "~1")
