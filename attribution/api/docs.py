"""/docs: the OpenAPI document to read and try, with nothing fetched from elsewhere."""

from importlib.resources import files

from flask import Blueprint, Response, render_template, send_from_directory

blueprint = Blueprint("docs", __name__)

_ASSETS = files("flask_swagger_ui") / "dist"


@blueprint.get("/docs")
def show() -> Response:
    """Show the document."""
    return Response(render_template("docs.html"))


@blueprint.get("/docs/<path:name>")
def asset(name: str) -> Response:
    """Give a file of Swagger UI."""
    return send_from_directory(str(_ASSETS), name, max_age=86_400)
