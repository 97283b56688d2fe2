"""An answer as plain text, for a terminal."""

from collections.abc import Iterator
from typing import Any

from schemas.vocabulary import Agreement, Wording

#: As `git diff --word-diff` marks them: what the claim leaves out of the record, and what it adds.
_MARKS = {
    "equal": "{recorded}",
    "insert": "{{+{claimed}+}}",
    "delete": "[-{recorded}-]",
    "replace": "[-{recorded}-]{{+{claimed}+}}",
}


def report(answer: dict[str, Any]) -> str:
    """Give what was found, the differences word by word, and what was searched."""
    return "\n".join(_lines(answer))


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    details = [f"words {answer['words']}"]
    details += [
        f"{name} {answer[name]}" for name in ("speaker", "outlet", "date") if answer[name] != Agreement.NOT_ASKED
    ]
    yield f"{answer['verdict'].replace('_', ' ').upper()} ({', '.join(details)})"
    yield answer["explanation"]
    if best := answer["best"]:
        yield ""
        yield from _match(best)
        yield from (f"left out: {gap['text']} (words: {gap['words']})" for gap in best["gaps"])
    if origins := answer["origins"]:
        yield "articles: {articles}, outlets: {outlets}, independent origins: {independent}".format_map(origins)
    for part in answer["parts"]:
        yield f"part: “{part['claimed']}” from {part['quotation']['url']}"
    others = [match for match in answer["candidates"] if not best or match["quotation"] != best["quotation"]]
    if others:
        yield ""
        yield "Nearest misses:" if answer["words"] == Wording.NONE else "Others like it:"
        for match in others:
            yield from (f"  {line}" for line in _match(match))
    searched = answer["searched"]
    yield ""
    yield (
        f"Searched at {searched['at']}: {searched['quotations']} quotations in {searched['articles']} articles of "
        f"{searched['outlets']} outlets, {searched['from']} to {searched['to']}."
    )


def _match(match: dict[str, Any]) -> Iterator[str]:
    quotation = match["quotation"]
    # What only shares some words is no other wording of the claim; a difference would read like one.
    diff = match["diff"] if match["words"] != Wording.NONE else []
    marked = " ".join(_MARKS[part["op"]].format_map(part) for part in diff)
    yield f"“{marked or quotation['text']}”"
    article = quotation["article"]
    yield f"{quotation['speaker']['name']}, {quotation['date'] or 'undated'}, {article['url'] or article['headline']}"
