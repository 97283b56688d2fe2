"""The pages people read."""

from flask import Blueprint, render_template

from attribution import search

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """Say what this is, with the newest quotations."""
    return render_template("home.html", newest=search.find({"limit": 10}).items)
