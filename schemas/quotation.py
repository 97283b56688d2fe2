"""A quotation: the words attributed to a speaker in one article."""

from marshmallow import Schema, fields, validate

from schemas import fields as own
from schemas.article import Article, ArticleName
from schemas.base import Document
from schemas.outlet import Outlet, OutletName
from schemas.speaker import Speaker, SpeakerName
from schemas.vocabulary import Kind, Standing, Verification

TEXT_LENGTH = 20_000
SPEAKER = "a speaker's slug, name or alias"
_OUTLET = "an outlet's slug, name or alias"
ARTICLE = "an article's id or URL"


class Selector(Schema):
    """Where a piece stands in the article's text (W3C Web Annotation Data Model, 4.2.4 and 4.2.5)."""

    type = fields.String(validate=validate.OneOf(["TextQuoteSelector", "TextPositionSelector"]))
    exact = fields.String()
    prefix = fields.String()
    suffix = fields.String()
    start = fields.Integer(metadata={"description": "Code points from the beginning of the text."})
    end = fields.Integer(metadata={"description": "Exclusive."})


class QuotationFields(Document):
    """What an article tells of a quotation."""

    text = own.Words(max=TEXT_LENGTH, metadata={"description": "The words, without the outer quotation marks."})
    kind = own.OneOf(Kind, metadata={"description": "`direct` unless stated."})
    speaker = own.Reference(Speaker, says=SPEAKER)
    mention = own.Name(max=500, allow_none=True, metadata={"description": "How the article names the speaker."})
    cue = own.Name(allow_none=True, metadata={"description": "The reporting words."})
    outlet = own.Reference(
        Outlet, says=_OUTLET, allow_none=True, metadata={"description": "Credited with the words; else the publisher."}
    )
    said_on = own.PartialDate(allow_none=True)
    language = own.language(allow_none=True, metadata={"description": "The article's unless stated."})
    note = own.Text(max=2000, allow_none=True)
    article = own.Reference(Article, says=ARTICLE, string=own.IdOrAddress())


class NewQuotation(QuotationFields):
    """A quotation to record."""

    text = own.Words(required=True, max=TEXT_LENGTH, metadata=QuotationFields().fields["text"].metadata)
    speaker = own.Reference(Speaker, says=SPEAKER, required=True)
    article = own.Reference(Article, says=ARTICLE, string=own.IdOrAddress(), required=True)


class Changes(QuotationFields):
    """What to correct of a quotation, and why; null clears a field."""

    standing = own.OneOf(Standing)
    reason = own.Name(required=True, max=1000, metadata={"description": "Why; kept in the history."})


class Retraction(Schema):
    """Why a quotation is taken back."""

    reason = own.Name(required=True, max=1000, metadata={"description": "Why; stands with the record."})


class Quotation(Schema):
    """A quotation as it stands in the register."""

    id = fields.UUID()
    url = own.Address("quotations", attribute="id")
    text = fields.String()
    kind = own.OneOf(Kind)
    speaker = fields.Nested(SpeakerName)
    mention = fields.String(allow_none=True)
    cue = fields.String(allow_none=True)
    outlet = fields.Nested(OutletName, allow_none=True)
    article = fields.Nested(ArticleName)
    said_on = own.PartialDate(allow_none=True)
    date = own.PartialDate(allow_none=True, metadata={"description": "said_on, else the article's published_on."})
    language = own.language(allow_none=True)
    note = fields.String(allow_none=True)
    standing = own.OneOf(Standing)
    verification = own.OneOf(Verification)
    selectors = fields.List(
        fields.Nested(Selector), metadata={"description": "For each piece found, its quote and its position."}
    )
    version = fields.Integer()
    recorded_at = own.moment()
    recorded_by = fields.String()
    revised_at = own.moment(allow_none=True)
    reason = fields.String(allow_none=True, metadata={"description": "Why it was last changed."})


class Recorded(Quotation):
    """A quotation as it was recorded, with what its sender should look at again."""

    warnings = fields.List(fields.String())


class QuotationState(Schema):
    """What a quotation was, in one of its versions."""

    text = fields.String()
    kind = own.OneOf(Kind)
    speaker = fields.String(metadata={"description": "Its slug."})
    mention = fields.String(allow_none=True)
    cue = fields.String(allow_none=True)
    outlet = fields.String(allow_none=True, metadata={"description": "Its slug."})
    said_on = fields.String(allow_none=True)
    language = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    article = fields.UUID()
    standing = own.OneOf(Standing)


class Revision(Schema):
    """One version of a record: who made it, when, why, and what it was."""

    version = fields.Integer()
    at = own.moment()
    by = fields.String()
    reason = fields.String(allow_none=True)
    record = fields.Nested(QuotationState)


class Revisions(Schema):
    """Every version of a record, the newest first."""

    items = fields.List(fields.Nested(Revision))
