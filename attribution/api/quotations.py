"""/quotations: record, list, read, correct, retract; their history."""

from typing import Any

from attribution import keys, quotations
from attribution.api import examples, representations
from attribution.api.blueprint import Blueprint, expected, shown
from attribution.api.representations import OF_MANY, OF_ONE
from attribution.models import Quotation
from schemas.quotation import Changes, NewQuotation, Recorded, Retraction, Revisions
from schemas.quotation import Quotation as QuotationSchema
from schemas.search import QuotationPage, QuotationQuery
from schemas.vocabulary import Role

blueprint = Blueprint("quotations", __name__, description="The words attributed to a speaker in one article.")


@blueprint.route("/quotations", methods=["POST"])
@keys.requires(Role.RECORDER)
@blueprint.arguments(NewQuotation, example=examples.QUOTATION)
@blueprint.response(201, Recorded)
@blueprint.alt_response(200, schema=Recorded, description="It was recorded already.", success=True)
@blueprint.fails(400, 403, 409, 413, 415)
def record(told: dict[str, Any]) -> Any:
    """Record a quotation with its speaker, outlet and article."""
    resolved = quotations.record(told, keys.caller())
    return shown(resolved.record, 201 if resolved.is_new else 200)


@blueprint.route("/quotations")
@blueprint.route(f"/quotations{representations.suffixes(OF_MANY)}", endpoint="find_as")
@keys.requires(Role.READER)
@blueprint.arguments(QuotationQuery, location="query")
@blueprint.response(200, QuotationPage)
@representations.documented(blueprint, OF_MANY)
@blueprint.fails(400, 404, 406)
def find(query: dict[str, Any], suffix: str | None = None) -> Any:
    """Search: list the quotations that answer a question, a page at a time."""
    form = representations.chosen(OF_MANY, suffix)
    return representations.of_many(form, query)


@blueprint.route("/quotations/<id>")
@blueprint.route(f"/quotations/<id>{representations.suffixes(OF_ONE)}", endpoint="show_as")
@keys.requires(Role.READER)
@blueprint.response(200, QuotationSchema)
@representations.documented(blueprint, OF_ONE)
@blueprint.fails(404, 406)
def show(id: str, suffix: str | None = None) -> Any:
    """Read a quotation."""
    form = representations.chosen(OF_ONE, suffix)
    return representations.of_one(form, shown(Quotation.fetch(id)))


@blueprint.route("/quotations/<id>", methods=["PATCH"])
@keys.requires(Role.EDITOR)
@blueprint.changes
@blueprint.arguments(Changes)
@blueprint.response(200, Recorded)
@blueprint.fails(400, 403, 409, 413, 415)
def revise(changes: dict[str, Any], id: str) -> Any:
    """Correct a quotation, with a reason."""
    return shown(quotations.revise(id, changes, keys.caller(), expected()))


@blueprint.route("/quotations/<id>", methods=["DELETE"])
@keys.requires(Role.EDITOR)
@blueprint.changes
@blueprint.arguments(Retraction, location="query")
@blueprint.response(200, QuotationSchema)
@blueprint.fails(403)
def retract(query: dict[str, Any], id: str) -> Any:
    """Retract a quotation, with a reason; it stays readable."""
    return shown(quotations.retract(id, query["reason"], keys.caller(), expected()))


@blueprint.route("/quotations/<id>/revisions")
@keys.requires(Role.READER)
@blueprint.response(200, Revisions)
@blueprint.fails(404)
def revisions(id: str) -> Any:
    """Read every version of a quotation: who, when, why, and what it was; the newest first."""
    return {"items": Quotation.fetch(id).revisions()}
