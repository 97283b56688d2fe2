"""Outlets: resolved from what a record says of them, recorded, revised."""

from collections.abc import Collection
from typing import Any

from attribution import database
from attribution.models import Outlet, Resolved


def named(told: dict[str, Any], by: str) -> Resolved[Outlet]:
    """Get or create the outlet that `told` names ({"ref": string} or its fields), adding what was not known of it.

    Inside a transaction. Raises Ambiguous if a name fits several.
    """
    outlet = Outlet.known(told)
    if outlet:
        return Resolved(outlet, False, outlet.learn(told, by))
    facts = {name: value for name, value in told.items() if name != "ref"}
    return Resolved(Outlet.enter(by, **{"name": told.get("ref"), **facts}), True, [])


def record(told: dict[str, Any], by: str) -> Resolved[Outlet]:
    """Record an outlet, or find it recorded. Raises Conflict if it is recorded with other details."""
    with database.transaction():
        return named(told, by).settled()


def revise(slug: str, changes: dict[str, Any], by: str, expected: Collection[str] | None = None) -> Outlet:
    """Correct an outlet; `expected` are the tags of the states the editor may have seen.

    Raises NotFound, Stale.
    """
    with database.transaction():
        outlet = Outlet.fetch(slug)
        outlet.expect(expected)
        outlet.change(by, changes.pop("reason", None), **changes)
        return outlet
