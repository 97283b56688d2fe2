"""/: one box, and what it finds."""

from typing import Any

from flask import redirect, render_template, request
from werkzeug import Response

from attribution import search
from attribution.api.blueprint import Blueprint
from attribution.pages import address, chart
from schemas.search import QuotationQuery

#: What narrows a search: the parameter and what the page calls it.
FACETS = {"speaker": "Who said it", "outlet": "Credited to", "publisher": "Printed by", "kind": "How it is quoted"}

#: How many values of a facet are shown, the commonest.
SHOWN = 8

#: By what the chart counts.
TIMES = ("year", "month")

#: The same search for machines: the suffix, its media type and its name.
FORMATS = (
    (".json", "application/json", "JSON"),
    (".csv", "text/csv", "CSV"),
    (".ndjson", "application/x-ndjson", "NDJSON"),
    (".atom", "application/atom+xml", "Atom feed"),
)


def show() -> str | Response:
    """Show the search box with the quotations that fit; without a question, the newest."""
    given = list(request.args.items(multi=True))
    told = [(name, value) for name, value in given if value.strip()]
    if len(told) < len(given):  # a form sends its empty fields too; the address is the question and nothing else
        return redirect(address.search(told))
    asked = Blueprint.ARGUMENTS_PARSER.parse(QuotationQuery, request, location="query")
    found = search.find({**asked, "facets": [*FACETS, *TIMES]})
    args = address.query()
    return render_template(
        "search.html",
        found=found,
        args=args,
        facets=_facets(found, args),
        chosen=[(name, value, address.toggled(args, name, value)) for name, value in args if name not in ("q", "sort")],
        chart=over_time(found, args),
        next=found.cursor and address.search([*args, ("cursor", found.cursor)]),
        formats=[(address.api("quotations" + suffix, args), media, name) for suffix, media, name in FORMATS],
        api=address.api("quotations", request.args.items(multi=True)),
        counted=search.COUNTED,
    )


def over_time(found: search.Page, args: list[tuple[str, str]]) -> chart.Chart:
    """Draw how many of the results there are over time; each bar narrows the search to its time."""
    years, months = ({value.value: value.results for value in (found.facets or {}).get(name, ())} for name in TIMES)
    return chart.over_time(years, months, lambda since, until: address.replaced(args, since=since, until=until))


def _facets(found: search.Page, args: address.Query) -> list[dict[str, Any]]:
    set_now = list(args)
    return [
        {
            "title": title,
            "values": [
                {
                    **each._asdict(),
                    "url": address.toggled(args, name, each.value),
                    "chosen": (name, each.value) in set_now,
                }
                for each in (found.facets or {}).get(name, ())[:SHOWN]
            ],
        }
        for name, title in FACETS.items()
    ]
