"""A row of the import format, and the report of what became of the rows."""

from marshmallow import Schema, fields, validate

from schemas import fields as own
from schemas.article import Article
from schemas.base import Document
from schemas.quotation import ARTICLE, SPEAKER, NewQuotation
from schemas.search import Query
from schemas.speaker import Speaker
from schemas.vocabulary import Standing


class MergedSpeaker(Document):
    """A speaker who was merged into another; the slug leads there for ever."""

    slug = own.slug(required=True)
    name = own.Name(required=True)


class RowSpeaker(Speaker):
    """A speaker, with those who were found to be the same."""

    aliases = fields.List(own.Name(), validate=validate.Length(max=10_000))
    merged = fields.List(fields.Nested(MergedSpeaker))


class RowArticle(Article):
    """An article, with the id it was given."""

    id = fields.UUID()


class Row(NewQuotation):
    """A quotation to record; an exported one also tells its id and, where that is not the usual one, its standing."""

    id = fields.UUID()
    speaker = own.Reference(RowSpeaker, says=SPEAKER, required=True)
    article = own.Reference(RowArticle, says=ARTICLE, string=own.IdOrAddress(), required=True)
    standing = own.OneOf(Standing)
    reason = own.Name(max=1000, metadata={"description": "Why it was last changed; kept in the history."})


class RowFault(Schema):
    """One thing wrong with a row."""

    file = fields.String(metadata={"description": "Which file, where there are several."})
    line = fields.Integer(metadata={"description": "Counted from 1; in a JSON array, the place of the element."})
    pointer = fields.String()
    detail = fields.String()


class Report(Schema):
    """What became of the rows."""

    recorded = fields.Integer()
    known = fields.Integer(metadata={"description": "Recorded already, just so."})
    conflicting = fields.Integer(metadata={"description": "Recorded already with other details, and left alone."})
    updated = fields.Integer(metadata={"description": "Revised to what the row says."})
    rejected = fields.Integer(metadata={"description": "Not valid."})
    rows = fields.Integer()
    errors = fields.List(
        fields.Nested(RowFault), validate=validate.Length(max=1000), metadata={"description": "The first 1,000."}
    )


class ImportQuery(Query):
    """How to import."""

    dry_run = fields.Boolean(load_default=False, metadata={"description": "Change nothing, only report."})
    atomic = fields.Boolean(load_default=False, metadata={"description": "All rows or, if one is bad, none."})
    update = fields.Boolean(
        load_default=False, metadata={"description": "Revise what is recorded with other details; for editors."}
    )
