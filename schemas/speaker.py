"""A speaker: a person, a body, or somebody known only by a role."""

from marshmallow import Schema, fields

from schemas import fields as own
from schemas.base import Document
from schemas.vocabulary import SpeakerKind

_NAMES_ONE = "a speaker's slug, name or alias"


class SpeakerName(Schema):
    """A speaker as other records show it."""

    slug = own.slug(dump_only=True)
    name = own.Name(dump_only=True)
    kind = own.OneOf(SpeakerKind, dump_only=True, allow_none=True)
    url = own.Address("speakers", attribute="slug")


class Body(Document):
    """An organization a speaker belongs to or speaks for; itself a speaker."""

    slug = own.slug()
    name = own.Name(required=True)
    aliases = own.aliases(load_only=True)
    kind = own.OneOf(SpeakerKind, allow_none=True, metadata={"description": "`organization` unless stated."})
    url = own.Address("speakers", attribute="slug")


class Speaker(Document):
    """A speaker: `slug` is the address, `name` and `aliases` what they are called."""

    slug = own.slug()
    name = own.Name(required=True)
    aliases = own.aliases(metadata={"description": "Other names and spellings."})
    kind = own.OneOf(SpeakerKind, allow_none=True)
    affiliation = own.Reference(Body, says=_NAMES_ONE, allow_none=True)
    description = own.Text(max=2000, allow_none=True)
    wikidata = own.wikidata(allow_none=True)
    url = own.Address("speakers", attribute="slug")
    version = fields.Integer(dump_only=True)
    recorded_at = own.moment()
    recorded_by = own.Name(dump_only=True)
    revised_at = own.moment(allow_none=True)


class SpeakerChanges(Speaker):
    """What to change of a speaker; null clears a field, `aliases` replaces them all."""

    class Meta:
        """The slug is the record's address and stays."""

        exclude = ("slug",)

    name = own.Name()
    reason = own.Name(max=1000, load_only=True, metadata={"description": "Why; kept in the history."})


class Merge(Document):
    """Which speaker this one really is."""

    into = own.Name(required=True, metadata={"description": "Slug, name or alias of the speaker that stays."})
    reason = own.Name(required=True, max=1000, metadata={"description": "Why; kept in the history."})
