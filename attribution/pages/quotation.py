"""/quotations/{id}: the permanent page of a quotation."""

import itertools
from typing import Any

from flask import render_template

from attribution import check, formats
from attribution.models import Quotation
from attribution.pages import address, cite, embed, filters, marks
from schemas.quotation import Quotation as QuotationSchema


def show(id: str) -> str:
    """Show a quotation: the words, who, through whom, where and when, its passage, its history, how to cite it."""
    quotation = Quotation.fetch(id)
    here = address.whole("quotation", id=str(quotation.id))
    article = quotation.article
    text, url = article.text, filters.web(article.url)
    return render_template(
        "quotation.html",
        quotation=quotation,
        here=here,
        text_held=text is not None,
        passage=marks.passage(text, marks.positions(quotation.selectors)) if text else [],
        variants=check.variants(id),
        at_the_words=url and cite.at_the_words(url, quotation.text, quotation.selectors),
        history=_history(quotation.revisions()),
        sentence=cite.sentence(quotation, here),
        linked=formats.linked(QuotationSchema().dump(quotation)),
        csl=cite.csl(quotation, here),
        frame=embed.frame(quotation),
        oembed=address.whole("oembed", url=here),
        api=address.api(f"quotations/{quotation.id}"),
    )


def _history(versions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to every version, the newest first, what it changed: (what, former, now)."""
    return [
        {
            **version,
            "changes": [
                (name.replace("_", " "), former["record"].get(name), value)
                for name, value in version["record"].items()
                if former and former["record"].get(name) != value
            ],
        }
        for version, former in itertools.zip_longest(versions, versions[1:])
    ]
