"""/outlets: publishers and agencies."""

from typing import Any

from attribution import keys, outlets, search
from attribution.api import examples
from attribution.api.blueprint import Blueprint, expected, page, shown
from attribution.models import Outlet
from schemas.outlet import Outlet as OutletSchema
from schemas.outlet import OutletChanges
from schemas.search import NameQuery, OutletPage
from schemas.vocabulary import Role

blueprint = Blueprint("outlets", __name__, description="Publishers and agencies.")


@blueprint.route("/outlets", methods=["POST"])
@keys.requires(Role.RECORDER)
@blueprint.arguments(OutletSchema, example=examples.OUTLET)
@blueprint.response(201, OutletSchema)
@blueprint.alt_response(200, schema=OutletSchema, description="Recorded already.", success=True)
@blueprint.fails(400, 403, 409, 413, 415)
def record(told: dict[str, Any]) -> Any:
    """Record an outlet."""
    resolved = outlets.record(told, keys.caller())
    return shown(resolved.record, 201 if resolved.is_new else 200)


@blueprint.route("/outlets")
@keys.requires(Role.READER)
@blueprint.arguments(NameQuery, location="query")
@blueprint.response(200, OutletPage)
@blueprint.fails(400)
def find(query: dict[str, Any]) -> Any:
    """List outlets, by slug."""
    return page(search.find_named(Outlet, query))


@blueprint.route("/outlets/<slug>")
@keys.requires(Role.READER)
@blueprint.response(200, OutletSchema)
@blueprint.fails(404)
def show(slug: str) -> Any:
    """Read an outlet."""
    return shown(Outlet.fetch(slug))


@blueprint.route("/outlets/<slug>", methods=["PATCH"])
@keys.requires(Role.EDITOR)
@blueprint.changes
@blueprint.arguments(OutletChanges)
@blueprint.response(200, OutletSchema)
@blueprint.fails(400, 403, 413, 415)
def revise(changes: dict[str, Any], slug: str) -> Any:
    """Correct an outlet."""
    return shown(outlets.revise(slug, changes, keys.caller(), expected()))
