"""/speakers: people and bodies; merging two that are one."""

from typing import Any

from attribution import keys, search, speakers
from attribution.api import examples
from attribution.api.blueprint import Blueprint, expected, page, shown
from attribution.models import Speaker
from schemas.search import NameQuery, SpeakerPage
from schemas.speaker import Merge, SpeakerChanges
from schemas.speaker import Speaker as SpeakerSchema
from schemas.vocabulary import Role

blueprint = Blueprint("speakers", __name__, description="Who said it: people, bodies, people known only by a role.")


@blueprint.route("/speakers", methods=["POST"])
@keys.requires(Role.RECORDER)
@blueprint.arguments(SpeakerSchema, example=examples.SPEAKER)
@blueprint.response(201, SpeakerSchema)
@blueprint.alt_response(200, schema=SpeakerSchema, description="Recorded already.", success=True)
@blueprint.fails(400, 403, 409, 413, 415)
def record(told: dict[str, Any]) -> Any:
    """Record a speaker."""
    resolved = speakers.record(told, keys.caller())
    return shown(resolved.record, 201 if resolved.is_new else 200)


@blueprint.route("/speakers")
@keys.requires(Role.READER)
@blueprint.arguments(NameQuery, location="query")
@blueprint.response(200, SpeakerPage)
@blueprint.fails(400)
def find(query: dict[str, Any]) -> Any:
    """List speakers, by slug."""
    return page(search.find_named(Speaker, query))


@blueprint.route("/speakers/<slug>")
@keys.requires(Role.READER)
@blueprint.response(200, SpeakerSchema)
@blueprint.fails(308, 404)
def show(slug: str) -> Any:
    """Read a speaker; one that was merged leads to where they went."""
    return shown(Speaker.fetch(slug))


@blueprint.route("/speakers/<slug>", methods=["PATCH"])
@keys.requires(Role.EDITOR)
@blueprint.changes
@blueprint.arguments(SpeakerChanges)
@blueprint.response(200, SpeakerSchema)
@blueprint.fails(308, 400, 403, 413, 415)
def revise(changes: dict[str, Any], slug: str) -> Any:
    """Correct a speaker."""
    return shown(speakers.revise(slug, changes, keys.caller(), expected()))


@blueprint.route("/speakers/<slug>/merge", methods=["POST"])
@keys.requires(Role.EDITOR)
@blueprint.arguments(Merge)
@blueprint.response(200, SpeakerSchema)
@blueprint.fails(308, 400, 403, 404, 413, 415)
def merge(told: dict[str, Any], slug: str) -> Any:
    """Let this speaker be another: names and quotations go there, and the address leads there."""
    return shown(speakers.merge(slug, told["into"], keys.caller(), told["reason"]))
