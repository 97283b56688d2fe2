"""Outlets: resolved from what a record says of them, recorded, revised."""

from collections.abc import Collection
from typing import Any

from attribution import database, errors
from attribution.ledger import Ledger
from attribution.models import Outlet, Resolved


def named(told: dict[str, Any], ledger: Ledger) -> Resolved[Outlet]:
    """Get or create the outlet that `told` names ({"ref": string} or its fields), adding what was not known of it.

    Raises Ambiguous if a name fits several.
    """
    if remembered := ledger.outlets.remembered(told):
        return remembered
    outlet = ledger.outlets.known(told)
    if outlet:
        news, differing = outlet.news(told)
        if news:
            ledger.write_through()
            outlet.change(ledger.by, "Told by a record that names it.", **news)
        return ledger.outlets.remember(told, Resolved(outlet, False, differing))
    facts = {name: value for name, value in told.items() if name != "ref"}
    made = ledger.outlets.enter(**{"name": told.get("ref"), **facts})
    return ledger.outlets.remember(told, Resolved(made, True, []))


def record(told: dict[str, Any], by: str) -> Resolved[Outlet]:
    """Record an outlet, or find it recorded. Raises Conflict if it is recorded with other details."""
    with database.transaction(), errors.document(), Ledger(by) as ledger:
        return named(told, ledger).settled()


def revise(slug: str, changes: dict[str, Any], by: str, expected: Collection[str] | None = None) -> Outlet:
    """Correct an outlet; `expected` are the tags of the states the editor may have seen.

    Raises NotFound, Stale.
    """
    with database.transaction():
        outlet = Outlet.fetch(slug)
        outlet.expect(expected)
        outlet.change(by, changes.pop("reason", None), **changes)
        return outlet
