"""A failure: problem details for HTTP APIs (RFC 9457)."""

from marshmallow import Schema, fields


class Fault(Schema):
    """One thing wrong: in the body (`pointer`, RFC 6901) or in the address (`parameter`)."""

    pointer = fields.String()
    parameter = fields.String()
    detail = fields.String(required=True)


class Problem(Schema):
    """What went wrong and how to mend it, with all faults at once."""

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(Fault))
