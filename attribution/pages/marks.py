"""Text with stretches of it marked, in place; stretches may overlap."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from attribution.text import Span


class Part(NamedTuple):
    """A part of a text, the owners of the stretches that cover it, and of those that end with it."""

    text: str
    owners: list[Any]
    ending: list[Any]


def parts(text: str, stretches: Iterable[tuple[int, int, Any]]) -> list[Part]:
    """Cut a text wherever a stretch (start, end, owner; in code points) begins or ends."""
    spans = [(max(0, start), min(len(text), end), owner) for start, end, owner in stretches if start < end]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    return [
        Part(
            text[start:end],
            [owner for first, last, owner in spans if first <= start and end <= last],
            [owner for _, last, owner in spans if last == end],
        )
        for start, end in zip(edges, edges[1:], strict=False)
    ]


def marked(text: str, spans: Iterable[Sequence[int]]) -> list[Part]:
    """Cut a text wherever a span (start, end; in code points) begins or ends."""
    return parts(text, [(span[0], span[1], "") for span in spans])


def positions(selectors: list[dict[str, Any]]) -> list[Span]:
    """Give the places that the TextPositionSelectors among `selectors` name."""
    return [Span(each["start"], each["end"]) for each in selectors if each["type"] == "TextPositionSelector"]


def passage(text: str, spans: list[Span], around: int = 280) -> list[Part]:
    """Give the passage that holds all spans, with `around` characters before and after, cut between words."""
    if not spans:
        return []
    start = max(0, spans[0].start - around)
    end = min(len(text), spans[-1].end + around)
    if start:
        start = min(text.find(" ", start) + 1 or start, spans[0].start)
    if end < len(text):
        end = max(text.rfind(" ", 0, end), spans[-1].end)
    shown = marked(text[start:end], [(span.start - start, span.end - start) for span in spans])
    return [
        *([Part("… ", [], [])] if start else []),
        *shown,
        *([Part(" …", [], [])] if end < len(text) else []),
    ]
