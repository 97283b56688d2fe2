"""The OpenAPI 3.1 document at /api/v1/openapi.json, made from the schemas and the views."""

import http
from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask

from attribution import problems
from schemas.fields import Reference
from schemas.problem import Problem

_DESCRIPTION = """Who said what, through which outlet, on which day, linked to the article it stands in.

Reading is open unless the service says otherwise; writing takes a key as a bearer token. Every failure is
problem details (RFC 9457). Every answer has an ETag. Quotations come in several formats: the address takes a suffix, or
the request an Accept."""

_FAILURES = {
    308: "Merged into another record, which is at Location.",
    400: "Not readable: broken JSON, a body cut short, a bad cursor.",
    401: "No key, or none that is in force.",
    403: "The key's role is too low.",
    404: "There is no such record.",
    406: "None of the formats there are is among those that Accept names.",
    409: "Recorded already with other details, or as another record; `errors` names what differs.",
    412: "If-Match names a state the record is no longer in.",
    413: "The body is too long.",
    415: "The body is of a media type that is not taken.",
    422: "Readable, but not valid; `errors` lists all faults.",
    428: "If-Match is missing.",
    429: "This address asked too often; Retry-After says when to come again.",
    503: "The store is away or busy.",
}


class Api(flask_smorest.Api):
    """flask-smorest's Api, but failures are ours: `problems` answers them and this documents them."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask, prefix: str) -> None:
        """Describe the service; failures and fields of our own are documented as what they are."""
        app.config.update(API_TITLE="Attribution", API_VERSION="1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX=prefix)
        bearer = {"type": "http", "scheme": "bearer", "description": "A key from `flask keys create`."}
        super().__init__(
            app,
            spec_kwargs={
                "info": {"description": _DESCRIPTION},
                "security": [{}, {"key": []}],
                "components": {"securitySchemes": {"key": bearer}},
                "marshmallow_plugin": MarshmallowPlugin(),
            },
        )
        self.ma_plugin.converter.add_attribute_function(_reference)

    def _register_error_handlers(self) -> None:
        """Leave failures to `problems`."""

    def _register_responses(self) -> None:
        for status, description in _FAILURES.items():
            response: dict[str, Any] = {"description": description}
            response["content"] = {problems.MEDIA_TYPE: {"schema": Problem}}
            self.spec.components.response(http.HTTPStatus(status).name, response, lazy=True)


def _reference(self: OpenAPIConverter, field: Any, *, ret: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Document a reference, which the functions before this one took for a nested object alone."""
    if not isinstance(field, Reference):
        return {}
    for key in ("$ref", "allOf", "anyOf", "type"):
        ret.pop(key, None)
    string = {**self.field2property(field.string), "description": field.says}
    null = [{"type": "null"}] if field.allow_none else []
    return {"anyOf": [self.resolve_nested_schema(field.schema), string, *null]}
