"""What rows tell of a speaker, an outlet or an article, known again when another row tells the same."""

import hashlib
from typing import Any


class Told(dict[str, Any]):
    """The fields that are told, with a `digest` of the JSON they were loaded from, which stands for them."""

    __slots__ = ("digest",)

    def __init__(self, fields: dict[str, Any], json: str | bytes) -> None:
        super().__init__(fields)
        self.digest = hashlib.blake2b(json if isinstance(json, bytes) else json.encode(), digest_size=16).digest()
