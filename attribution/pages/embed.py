"""/embed/quotations/{id} and /oembed: a quotation as a card on other sites (oEmbed 1.0, oembed.com)."""

import re
from typing import Any

from flask import Response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import NotImplemented as NotOffered

from attribution import errors
from attribution.models import Quotation
from attribution.pages import address, policy

_WIDTH, _HEIGHT = 600, 280


def card(id: str) -> Response:
    """Show a quotation as a card, the only page that another site may frame."""
    quotation = Quotation.fetch(id)
    here = address.whole("quotation", id=str(quotation.id))
    response = Response(render_template("card.html", quotation=quotation, here=here))
    response.headers["Content-Security-Policy"] = policy.FRAMED
    return response


def oembed() -> dict[str, Any]:
    """Say how to embed the quotation whose page is at `url`. Raises NotFound, NotImplemented for XML."""
    if request.args.get("format", "json") != "json":
        raise NotOffered("Only format=json is offered.")
    quotation = Quotation.fetch(_id(request.args.get("url", "")))
    width, height = (
        min(limit, max(1, request.args.get(name, limit, int)))
        for name, limit in (("maxwidth", _WIDTH), ("maxheight", _HEIGHT))
    )
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Attribution",
        "provider_url": address.whole("search"),
        "title": f"{quotation.speaker.name}: {quotation.text}",
        "author_name": quotation.speaker.name,
        "author_url": address.whole("speaker", slug=quotation.speaker.slug),
        "html": frame(quotation, width, height),
        "width": width,
        "height": height,
    }


def frame(quotation: Quotation, width: int = _WIDTH, height: int = _HEIGHT) -> str:
    """Write the HTML that puts the card into another site."""
    frame = Markup('<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>')
    source = address.whole("card", id=str(quotation.id))
    return str(frame.format(source, f"Quotation of {quotation.speaker.name}", width, height))


def _id(url: str) -> str:
    """Give the id in the address of a quotation's page here; raises NotFound for any other address."""
    ours = f"{address.whole('search')}quotations/"
    if not url.startswith(ours):
        raise errors.NotFound("`url` must be the address of a quotation's page on this site.")
    return re.split("[?#]", url.removeprefix(ours))[0]
