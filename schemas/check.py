"""A claim that somebody said something, and what the register answers."""

from marshmallow import Schema, fields

from schemas import fields as own
from schemas.outlet import OutletName
from schemas.quotation import Quotation
from schemas.vocabulary import Agreement, Verdict, Wording

#: Longer than any article; the answer must come at once.
TEXT_LENGTH = 200_000


class Claim(Schema):
    """What is claimed: the words, and to whom, where and when they are ascribed."""

    text = own.Words(
        required=True,
        max=TEXT_LENGTH,
        metadata={
            "description": "The words. Of a text over 400 words, each passage in quotation marks, else each sentence, "
            "is looked up."
        },
    )
    speaker = own.Name(metadata={"description": "Slug, name or alias of who is said to have said it."})
    outlet = own.Name(
        metadata={"description": "Slug, name or alias of the outlet said to have printed or reported it."}
    )
    date = own.PartialDate(metadata={"description": "When it is said to have been said or printed."})


class Difference(Schema):
    """A stretch of the words; `insert` is in the claim alone, `delete` in the record alone."""

    op = fields.String(metadata={"enum": ["equal", "insert", "delete", "replace"]})
    claimed = fields.String()
    recorded = fields.String()


class Gap(Schema):
    """Words that the claim leaves out between words it keeps."""

    text = fields.String(metadata={"description": "As recorded; `…` where the record itself leaves words out."})
    words = fields.Integer()


class Context(Schema):
    """What the record says on either side of the part the claim stands in."""

    before = fields.String()
    after = fields.String()


class Rendition(Schema):
    """A recorded quotation, and how other words differ from it."""

    quotation = fields.Nested(Quotation)
    words = own.OneOf(Wording)
    similarity = fields.Float(
        metadata={"description": "Of the words and the part of the record they stand in, from 0 to 1."}
    )
    diff = fields.List(fields.Nested(Difference))
    negation_changed = fields.Boolean(
        metadata={"description": "Whether a negation was added, dropped or moved, or cut off from its clause."}
    )


class Match(Rendition):
    """A recorded quotation compared with the claim."""

    claimed = fields.String(metadata={"description": "The words compared: of a long text, the passage."})
    gaps = fields.List(fields.Nested(Gap))
    context = fields.Nested(Context)
    speaker = own.OneOf(Agreement)
    outlet = own.OneOf(Agreement)
    date = own.OneOf(Agreement)


class Part(Schema):
    """A part of a claim that is joined from several quotations, and the one that has it."""

    claimed = fields.String()
    recorded = fields.String()
    quotation = fields.Nested(Quotation)


class Origins(Schema):
    """How many articles print the utterance, and from how many origins they say they have it."""

    articles = fields.Integer()
    outlets = fields.Integer(metadata={"description": "That print it."})
    independent = fields.Integer(metadata={"description": "Outlets that the words are credited to, each counted once."})
    earliest = fields.Nested(Quotation)


class Searched(Schema):
    """What was searched."""

    quotations = fields.Integer()
    articles = fields.Integer()
    outlets = fields.Integer(metadata={"description": "That print them."})
    since = own.PartialDate(data_key="from", attribute="from", allow_none=True)
    until = own.PartialDate(data_key="to", attribute="to", allow_none=True)
    at = own.moment()
    definition = fields.String(metadata={"description": "What counts as the same words."})


class Answer(Schema):
    """Whether a quotation is on record as it is claimed, and how it differs."""

    verdict = own.OneOf(Verdict)
    words = own.OneOf(Wording)
    speaker = own.OneOf(Agreement)
    outlet = own.OneOf(Agreement)
    date = own.OneOf(Agreement)
    explanation = fields.String()
    best = fields.Nested(Match, allow_none=True)
    candidates = fields.List(
        fields.Nested(Match), metadata={"description": "The nearest, best first; misses too, whose words are `none`."}
    )
    parts = fields.List(fields.Nested(Part), metadata={"description": "Empty unless the words are `spliced`."})
    origins = fields.Nested(Origins, allow_none=True)
    searched = fields.Nested(Searched)


class Variant(Rendition):
    """A rendition of the utterance: its words compared with those of the quotation asked about."""

    before_origin = fields.Boolean(
        metadata={"description": "Whether its article is dated before what its origin itself printed."}
    )


class Origin(Schema):
    """The renditions that credit one outlet; its outlet is null for those that credit none, where others do."""

    outlet = fields.Nested(OutletName, allow_none=True)
    articles = fields.Integer()
    earliest = fields.Nested(Quotation)
    items = fields.List(fields.Nested(Variant))


class Variants(Origins):
    """One utterance as the articles on record print it, by origin."""

    summary = fields.String()
    origins = fields.List(fields.Nested(Origin))
