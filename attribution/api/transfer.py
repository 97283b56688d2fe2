"""/import: many quotations in one request."""

import tempfile
from typing import Any, BinaryIO

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from attribution import errors, keys, transfer
from attribution.api.blueprint import Blueprint
from schemas.transfer import ImportQuery, Report
from schemas.vocabulary import Role

blueprint = Blueprint("import", __name__, description="Many quotations at once, as a stream.")

_FORMATS = {
    "application/x-ndjson": transfer.Format.NDJSON,
    "application/json": transfer.Format.JSON,
    "text/csv": transfer.Format.CSV,
}

_BODY = {
    "required": True,
    "description": "Rows, each of at most 2 MB, however many. May be packed by gzip.",
    "content": {
        "application/x-ndjson": {"schema": {"type": "string", "description": "A quotation on each line."}},
        "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        "text/csv": {"schema": {"type": "string", "description": f"Columns: {', '.join(transfer.COLUMNS)}."}},
    },
}


_CHUNK = 1 << 16


class _Body:
    """The request's body as it comes, not held to MAX_BODY; raises Unreadable if it breaks off."""

    def __init__(self) -> None:
        self._length = request.content_length
        self._read = 0

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes."""
        try:
            data = request.stream.read(size)
        except Exception as error:  # each server raises its own
            raise errors.Unreadable(f"The body broke off after {self._read} bytes.") from error
        self._read += len(data)
        if not data and self._length is not None and self._read < self._length:
            raise errors.Unreadable(f"The body was cut short: {self._read} bytes of {self._length}.")
        return data


@blueprint.route("/import", methods=["POST"])
@keys.requires(Role.RECORDER)
@blueprint.arguments(ImportQuery, location="query")
@blueprint.doc(requestBody=_BODY)
@blueprint.response(200, Report)
@blueprint.fails(400, 403, 415)
def load(query: dict[str, Any]) -> Any:
    """Record many quotations, each as a single POST would; the answer says what became of them.

    A bad row costs only itself, unless `atomic`. Rows are recorded as they arrive: after a 400, which says how many
    were, the whole can be sent again.
    """
    if query["update"]:
        keys.check(Role.EDITOR)
    if request.mimetype not in _FORMATS:
        raise UnsupportedMediaType(f"Send {' or '.join(_FORMATS)}, not {request.mimetype or 'an unnamed type'}.")
    terms = transfer.Terms(keys.caller(), **query, may_restore=keys.may(Role.EDITOR))
    with tempfile.TemporaryFile() as held:
        body: transfer.Stream = _Body()
        if terms.atomic or terms.dry_run:
            # All rows are one transaction, and no other writer should wait for a slow line.
            body = _held(body, held)
        report = transfer.Import(terms).run([transfer.Input(body, _FORMATS[request.mimetype])])
    if report.unreadable:
        done = 0 if query["dry_run"] else report.recorded + report.updated
        raise errors.Unreadable(f"{report.unreadable.detail} {done} rows were recorded before that.")
    return report.as_json()


def _held(body: transfer.Stream, file: BinaryIO) -> BinaryIO:
    """Read a body to its end into a file. Raises Unreadable if it breaks off."""
    try:
        while chunk := body.read(_CHUNK):
            file.write(chunk)
    except errors.Unreadable as error:
        raise errors.Unreadable(f"{error.detail} No rows were recorded.") from None
    file.seek(0)
    return file
