"""What was read or counted once, and holds until something on record changes."""

from typing import Any

from attribution import database


class Held:
    """A memory of one state of the store: that of another state, or more than `most` values, it forgets."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: tuple[Any, dict[Any, Any]] = None, {}

    def at(self, clock: int, *more: Any) -> dict[Any, Any]:
        """Give the values that hold while the store's clock shows `clock`, and `more` is so.

        Whoever adds one has read the clock before the value: then it is as new as the clock says, or newer.
        """
        state = (database.db.obj, clock, *more)
        held, values = self._held
        if held != state or len(values) >= self._most:
            values = {}
            self._held = state, values  # at once: threads share it
        return values

    def forget(self) -> None:
        """Know nothing any more."""
        self._held = None, {}
