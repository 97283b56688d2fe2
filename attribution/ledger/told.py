"""What rows tell of a speaker, an outlet or an article, known again when another row tells the same."""

from typing import Any


class Told(dict[str, Any]):
    """The fields that are told, and the `json` they were loaded from, which stands for them."""

    __slots__ = ("json",)

    def __init__(self, fields: dict[str, Any], json: str) -> None:
        super().__init__(fields)
        self.json = json
