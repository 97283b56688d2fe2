"""/articles: the documents words stand in, and their texts."""

from typing import Any

from attribution import articles, keys, search
from attribution.api import examples
from attribution.api.blueprint import Blueprint, expected, page, shown
from attribution.models import Article
from schemas.article import Article as ArticleSchema
from schemas.article import ArticleChanges, ArticleText
from schemas.search import ArticlePage, ArticleQuery
from schemas.vocabulary import Role

blueprint = Blueprint("articles", __name__, description="The documents words stand in.")


@blueprint.route("/articles", methods=["POST"])
@keys.requires(Role.RECORDER)
@blueprint.arguments(ArticleSchema, example=examples.ARTICLE)
@blueprint.response(201, ArticleSchema)
@blueprint.alt_response(200, schema=ArticleSchema, description="Recorded already.", success=True)
@blueprint.fails(400, 403, 409, 413, 415)
def record(told: dict[str, Any]) -> Any:
    """Record an article."""
    resolved = articles.record(told, keys.caller())
    return shown(resolved.record, 201 if resolved.is_new else 200)


@blueprint.route("/articles")
@keys.requires(Role.READER)
@blueprint.arguments(ArticleQuery, location="query")
@blueprint.response(200, ArticlePage)
@blueprint.fails(400)
def find(query: dict[str, Any]) -> Any:
    """List articles, the newest first."""
    return page(search.find_articles(query))


@blueprint.route("/articles/<id>")
@keys.requires(Role.READER)
@blueprint.response(200, ArticleSchema)
@blueprint.fails(404)
def show(id: str) -> Any:
    """Read an article, with its text as far as it is held."""
    return shown(Article.fetch(id))


@blueprint.route("/articles/<id>", methods=["PATCH"])
@keys.requires(Role.EDITOR)
@blueprint.changes
@blueprint.arguments(ArticleChanges)
@blueprint.response(200, ArticleSchema)
@blueprint.fails(400, 403, 409, 413, 415)
def revise(changes: dict[str, Any], id: str) -> Any:
    """Correct an article."""
    return shown(articles.revise(id, changes, keys.caller(), expected()))


@blueprint.route("/articles/<id>/text", methods=["PUT"])
@keys.requires(Role.EDITOR)
@blueprint.arguments(ArticleText)
@blueprint.response(200, ArticleSchema)
@blueprint.fails(400, 403, 404, 412, 413, 415)
def replace_text(told: dict[str, Any], id: str) -> Any:
    """Hold another text beside the former ones, and verify every quotation of the article again."""
    return shown(articles.replace_text(id, told["text"], keys.caller(), told.get("reason"), expected()))
