"""What all documents share: a field that none of them has is told with the nearest that there is."""

import difflib
from typing import Any

from marshmallow import Schema, ValidationError


class Document(Schema):
    """A JSON object that people write, and mistype."""

    def handle_error(self, error: ValidationError, data: Any, **kwargs: Any) -> None:
        """Say which field an unknown one may have meant."""
        unknown = self.error_messages["unknown"]
        messages: Any = error.messages
        for name, told in messages.items() if isinstance(messages, dict) else ():
            near = difflib.get_close_matches(str(name), self.load_fields, 1) if told == [unknown] else []
            if near:
                messages[name] = [f"{unknown} Did you mean {near[0]}?"]


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
