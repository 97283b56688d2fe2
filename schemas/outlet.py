"""An outlet: a publisher or agency."""

from marshmallow import Schema, fields

from schemas import fields as own
from schemas.base import Document
from schemas.vocabulary import OutletKind


class OutletName(Schema):
    """An outlet as other records show it."""

    slug = own.slug(dump_only=True)
    name = own.Name(dump_only=True)
    url = own.Address("outlets", attribute="slug")


class Outlet(Document):
    """An outlet: `slug` is its address, `name` and `aliases` what it is called."""

    slug = own.slug()
    name = own.Name(required=True)
    aliases = own.aliases(metadata={"description": "Other names it goes by."})
    kind = own.OneOf(OutletKind, allow_none=True)
    country = own.country(allow_none=True, metadata={"description": "ISO 3166-1 alpha-2."})
    homepage = own.WebAddress(allow_none=True)
    wikidata = own.wikidata(allow_none=True)
    url = own.Address("outlets", attribute="slug")
    version = fields.Integer(dump_only=True)
    recorded_at = own.moment()
    recorded_by = own.Name(dump_only=True)
    revised_at = own.moment(allow_none=True)


class OutletChanges(Outlet):
    """What to change of an outlet; null clears a field, `aliases` replaces them all."""

    class Meta:
        """The slug is the record's address and stays."""

        exclude = ("slug",)

    name = own.Name()
    reason = own.Name(max=1000, load_only=True, metadata={"description": "Why; kept in the history."})
