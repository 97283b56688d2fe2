"""/speakers/{slug} and /outlets/{slug}: who they are, and what and how much, through whom, over time."""

from typing import Any

from flask import render_template

from attribution import search
from attribution.models import Named, Outlet, Speaker
from attribution.pages import address, results
from schemas.search import QuotationQuery

_NEWEST = 10


def speaker(slug: str) -> str:
    """Show a speaker; one that was merged leads to where they went."""
    return _show(Speaker.fetch(slug), "speaker", {"outlet": "Through", "publisher": "Printed by"})


def outlet(slug: str) -> str:
    """Show an outlet: whom it quotes, and who prints what is credited to it."""
    return _show(Outlet.fetch(slug), "outlet", {"speaker": "Whom it quotes", "publisher": "Printed by"})


def _show(record: Named, name: str, facets: dict[str, str]) -> str:
    args = [(name, record.slug)]
    found = search.find(
        QuotationQuery().load({name: [record.slug], "limit": _NEWEST, "facets": [*facets, *results.TIMES]})
    )
    return render_template(
        f"{name}.html",
        record=record,
        found=found,
        facets=[(title, _linked(found, facet, args)) for facet, title in facets.items()],
        chart=results.over_time(found, args),
        all=address.search(args),
        feed=address.api("quotations.atom", args),
        api=address.api(f"{name}s/{record.slug}"),
        counted=search.COUNTED,
    )


def _linked(found: search.Page, facet: str, args: list[tuple[str, str]]) -> list[dict[str, Any]]:
    values = (found.facets or {}).get(facet, ())[: results.SHOWN]
    return [{**each._asdict(), "url": address.toggled(args, facet, each.value)} for each in values]
