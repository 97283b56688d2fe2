"""/check: did they really say that? The answer in one sentence, then what it rests on."""

from flask import redirect, render_template, request
from werkzeug import Response

from attribution import check
from attribution.pages import address
from schemas.check import Claim
from schemas.vocabulary import Verdict

#: The longest address that every server on the way takes; a longer question is answered, but has no address.
_ADDRESS = 7500

_SENTENCES = {
    Verdict.CONFIRMED: "On record as claimed",
    Verdict.DIFFERS: "On record, but not as claimed",
    Verdict.MISATTRIBUTED: "On record, but not as this speaker’s words",
    Verdict.NOT_ON_RECORD: "Not on record",
}


def show() -> str | Response:
    """Answer whether a quotation is on record, and how it differs; without one, give the form."""
    given = request.form if request.method == "POST" else request.args
    asked = {name: value for name, value in given.items() if value.strip()}
    here = address.of("check", asked)
    if len(here) <= _ADDRESS and (request.method == "POST" or len(asked) < len(given)):
        return redirect(here, 303)  # the address is the question, so that the answer can be cited
    if not asked:
        return render_template("check.html", asked={}, found=None)
    found = check.answer(Claim().load(asked))
    return render_template(
        "check.html",
        asked=asked,
        found=found,
        sentence=_SENTENCES[found["verdict"]],
        api=address.api("check", asked.items()) if request.method == "GET" else None,
    )
