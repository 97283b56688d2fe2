"""The pages people read: their addresses, and what all of them share."""

from flask import Blueprint

from attribution import keys
from attribution.pages import article, embed, filters, glossary, marks, named, quotation, results, verdict
from schemas.vocabulary import Role

blueprint = Blueprint("pages", __name__)

for _rule, _name, _view in (
    ("/", "search", results.show),
    ("/glossary", "glossary", glossary.show),
    ("/quotations/<id>", "quotation", quotation.show),
    ("/speakers/<slug>", "speaker", named.speaker),
    ("/outlets/<slug>", "outlet", named.outlet),
    ("/articles/<id>", "article", article.show),
    ("/embed/quotations/<id>", "card", embed.card),
    ("/oembed", "oembed", embed.oembed),
):
    blueprint.add_url_rule(_rule, _name, _view)
blueprint.add_url_rule("/check", "check", verdict.show, methods=["GET", "POST"])

for _filter in (filters.day, filters.web, filters.indented, filters.ld):
    blueprint.add_app_template_filter(_filter)

for _name, _value in (
    ("marked", marks.marked),
    ("glossary", glossary.WORDS),
    ("speaker_kinds", glossary.SPEAKER_KINDS),
    ("outlet_kinds", glossary.OUTLET_KINDS),
):
    blueprint.add_app_template_global(_value, _name)  # type: ignore[arg-type]


@blueprint.before_request
def _may_read() -> None:
    keys.check(Role.READER)
