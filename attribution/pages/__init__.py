"""The pages people read: their addresses, and what all of them share."""

from flask import Blueprint

from attribution import keys
from attribution.pages import article, embed, marks, named, quotation, results, wording
from schemas.vocabulary import Role

blueprint = Blueprint("pages", __name__)

for _rule, _name, _view in (
    ("/", "search", results.show),
    ("/glossary", "glossary", wording.show),
    ("/quotations/<id>", "quotation", quotation.show),
    ("/speakers/<slug>", "speaker", named.speaker),
    ("/outlets/<slug>", "outlet", named.outlet),
    ("/articles/<id>", "article", article.show),
    ("/embed/quotations/<id>", "card", embed.card),
    ("/oembed", "oembed", embed.oembed),
):
    blueprint.add_url_rule(_rule, _name, _view)

wording.register(blueprint)
blueprint.add_app_template_global(marks.marked)


@blueprint.before_request
def _may_read() -> None:
    keys.check(Role.READER)
