"""An article: the document the words stand in."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from schemas import fields as own
from schemas.base import Document
from schemas.outlet import Outlet, OutletName

TEXT_LENGTH = 1_000_000
HEADLINE_LENGTH = 500
_NAMES_ONE = "an outlet's slug, name or alias"


class ArticleName(Schema):
    """An article as a quotation shows it."""

    id = fields.UUID(dump_only=True)
    url = fields.String(dump_only=True, allow_none=True, metadata={"description": "Where it was published."})
    headline = fields.String(dump_only=True, allow_none=True)
    outlet = fields.Nested(OutletName, dump_only=True, allow_none=True)
    published_on = own.PartialDate(dump_only=True, allow_none=True)
    language = own.language(dump_only=True, allow_none=True)


class ArticleFields(Document):
    """What is known of an article."""

    url = own.WebAddress(allow_none=True, metadata={"description": "Where it was published; none for print."})
    headline = own.Name(max=HEADLINE_LENGTH, allow_none=True)
    outlet = own.Reference(Outlet, says=_NAMES_ONE, allow_none=True, metadata={"description": "Its publisher."})
    published_on = own.PartialDate(allow_none=True)
    authors = fields.List(own.Name(), validate=validate.Length(max=100))
    language = own.language(allow_none=True)
    archive_url = own.WebAddress(allow_none=True)


class Article(ArticleFields):
    """An article; on paper it has no url, but a headline, an outlet and a date that name it."""

    id = fields.UUID(dump_only=True)
    text = own.Text(
        max=TEXT_LENGTH, strip=False, allow_none=True, metadata={"description": "Its words, as far as they are held."}
    )
    text_sha256 = fields.String(dump_only=True, allow_none=True, metadata={"pattern": "^[0-9a-f]{64}$"})
    version = fields.Integer(dump_only=True)
    recorded_at = own.moment()
    recorded_by = own.Name(dump_only=True)
    revised_at = own.moment(allow_none=True)

    @validates_schema(skip_on_field_errors=False)
    def _is_identified(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data.get("url"):
            return
        missing = [name for name in ("headline", "outlet", "published_on") if not data.get(name)]
        if len(missing) == 3:
            raise ValidationError("Required, unless headline, outlet and published_on are given.", "url")
        if missing:
            raise ValidationError({name: ["Required where there is no url."] for name in missing})


class ArticleChanges(ArticleFields):
    """What to change of an article; null clears a field. A new text has an address of its own."""

    reason = own.Name(max=1000, load_only=True, metadata={"description": "Why; kept in the history."})


class ArticleText(Document):
    """A new text of an article."""

    text = own.Text(required=True, max=TEXT_LENGTH, strip=False)
    reason = own.Name(max=1000, metadata={"description": "Why; kept in the history."})
