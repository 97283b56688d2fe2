"""/check: is this quotation on record, and how does it differ? And one utterance as several articles print it."""

from typing import Any

import orjson
from flask import Response

from attribution import check, keys
from attribution.api.blueprint import Blueprint, Parser
from schemas.check import Answer, Claim, Variants
from schemas.vocabulary import Role


class _Blueprint(Blueprint):
    #: A claim is no book, and its answer must come at once: 500 kB.
    ARGUMENTS_PARSER = Parser(limit=500_000)


blueprint = _Blueprint("check", __name__, description="Did they really say that?")


@blueprint.route("/check", methods=["POST"])
@keys.requires(Role.READER)
@blueprint.arguments(Claim)
@blueprint.response(200, Answer)
@blueprint.fails(400, 413, 415)
def check_body(told: dict[str, Any]) -> Any:
    """Tell whether a quotation is on record as it is claimed, and how it differs."""
    return _answer(check.answer(told))


@blueprint.route("/check")
@keys.requires(Role.READER)
@blueprint.arguments(Claim, location="query")
@blueprint.response(200, Answer)
@blueprint.fails()
def check_query(told: dict[str, Any]) -> Any:
    """Tell the same at an address that can be cited."""
    return _answer(check.answer(told))


@blueprint.route("/quotations/<id>/variants")
@keys.requires(Role.READER)
@blueprint.response(200, Variants)
@blueprint.fails(404)
def variants(id: str) -> Any:
    """Read the same utterance as other articles print it, and how many origins they have it from."""
    return _answer(check.variants(id))


def _answer(document: dict[str, Any]) -> Response:
    """Answer with what is a document already."""
    return Response(orjson.dumps(document), mimetype="application/json")
