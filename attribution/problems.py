"""Every failure becomes one answer with all faults at once: problem details (RFC 9457), or a page for a person."""

import http
from typing import Any

import orjson
import peewee
from flask import Flask, Response, current_app, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from attribution import database, errors
from schemas.base import faults_of

MEDIA_TYPE = "application/problem+json"

#: What each failure of the domain is in HTTP.
_STATUS: dict[type[errors.AttributionError], int] = {
    errors.BadCursor: 400,
    errors.Unreadable: 400,
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Stale: 412,
    errors.Invalid: 422,
}

#: Seconds after which to try again when the store is away or busy.
_RETRY_AFTER = 5


def register(app: Flask) -> None:
    """Answer every failure of the application with a problem."""
    app.register_error_handler(errors.AttributionError, _domain)
    app.register_error_handler(ValidationError, _shape)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(peewee.OperationalError, _store_away)
    app.register_error_handler(peewee.InterfaceError, _store_away)
    app.register_error_handler(peewee.ProgrammingError, _misunderstood)
    app.register_error_handler(peewee.DataError, _unholdable)
    app.register_error_handler(Exception, _unforeseen)


def problem(status: int, detail: str, faults: list[dict[str, str]] | None = None, **headers: str) -> Response:
    """Make the answer to a failure; its type is about:blank, so its title is the status's own (RFC 9457, 4.2.1)."""
    title = http.HTTPStatus(status).phrase
    if _wants_page():
        page = render_template("problem.html", status=status, title=title, detail=detail, faults=faults)
        response = Response(page, status)
    else:
        body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        if faults:
            body["errors"] = faults
        response = Response(orjson.dumps(body), status, mimetype=MEDIA_TYPE)
    response.vary.add("Accept")
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def _wants_page() -> bool:
    """Tell whether a person asks: below /api it is always a program."""
    best = request.accept_mimetypes.best_match((MEDIA_TYPE, "text/html"))
    return best == "text/html" and not request.path.startswith("/api/")


def _domain(error: errors.AttributionError) -> Response:
    if isinstance(error, errors.Moved):
        return _moved(error)
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    faults = [fault._asdict() for fault in error.faults]
    if status == http.HTTPStatus.UNAUTHORIZED:
        return problem(status, error.detail, WWW_Authenticate="Bearer")
    return problem(status, error.detail, faults)


def _moved(error: errors.Moved) -> Response:
    """Lead to the record that took over (RFC 9110, 15.4.9)."""
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    location = url_for(request.endpoint or "", slug=error.to) + query
    return problem(http.HTTPStatus.PERMANENT_REDIRECT, error.detail, Location=location)


def _shape(error: ValidationError) -> Response:
    """Answer data of a wrong shape: webargs puts what is wrong under the place it was sent in."""
    messages: Any = error.messages
    if set(messages) == {"query"}:
        faults = [
            {"parameter": name, "detail": fault["detail"]}
            for name, value in messages["query"].items()
            for fault in faults_of(value)
        ]
    else:
        faults = faults_of(messages.get("json", messages))
    count = "One fault" if len(faults) == 1 else f"{len(faults)} faults"
    return problem(422, f"{count} in what was sent; see errors.", faults)


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = problem(error.code, error.description or "")
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _store_away(error: peewee.DatabaseError) -> Response:
    current_app.logger.error("The store does not answer: %s", error)
    detail = "The store is away, busy or not migrated (`flask migrate`); /readyz says which. Nothing was changed."
    return problem(503, detail, Retry_After=str(_RETRY_AFTER))


def _misunderstood(error: peewee.ProgrammingError) -> Response:
    """Tell a store whose tables are not there yet from a fault of ours."""
    return _store_away(error) if database.pending() else _unforeseen(error)


def _unholdable(error: peewee.DataError) -> Response:
    current_app.logger.error("The store refused data: %s", error)
    return problem(400, "Something in what was sent is nothing the store can hold. Nothing was changed.")


def _unforeseen(error: Exception) -> Response:
    current_app.logger.exception("Unforeseen failure at %s %s", request.method, request.path)
    return problem(500, "Something unforeseen went wrong here; it has been logged. Nothing was changed.")
