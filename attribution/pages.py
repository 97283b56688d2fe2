"""The pages people read."""

from flask import Blueprint, render_template

from attribution import keys, search
from schemas.vocabulary import Role

blueprint = Blueprint("pages", __name__)


@blueprint.before_request
def admit() -> None:
    """Let in whoever may read."""
    keys.check(Role.READER)


@blueprint.get("/")
def home() -> str:
    """Say what this is, with the newest quotations."""
    return render_template("home.html", newest=search.find({"limit": 10}).items)
