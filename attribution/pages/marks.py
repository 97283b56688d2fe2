"""Text with stretches of it marked, in place; stretches may overlap."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from attribution.text import Span


class Part(NamedTuple):
    """A part of a text, the owners of the stretches that cover it, and of those that end with it."""

    text: str
    owners: list[Any]
    ending: list[Any]


#: Characters of a long paragraph that are shown before and after the words.
_AROUND = 400

#: Stands where a paragraph is cut.
_CUT = Part(" … ", [], [])


def parts(text: str, stretches: Iterable[tuple[int, int, Any]]) -> list[Part]:
    """Cut a text wherever a stretch (start, end, owner; in code points) begins or ends."""
    within = [(max(0, start), min(len(text), end), owner) for start, end, owner in stretches]
    spans = [(start, end, owner) for start, end, owner in within if start < end]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    return [
        Part(
            text[start:end],
            [owner for first, last, owner in spans if first <= start and end <= last],
            [owner for _, last, owner in spans if last == end],
        )
        for start, end in itertools.pairwise(edges)
    ]


def marked(text: str, spans: Iterable[Sequence[int]]) -> list[Part]:
    """Cut a text wherever a span (start, end; in code points) begins or ends."""
    return parts(text, [(span[0], span[1], "") for span in spans])


def positions(selectors: list[dict[str, Any]]) -> list[Span]:
    """Give the places that the TextPositionSelectors among `selectors` name."""
    return [Span(each["start"], each["end"]) for each in selectors if each["type"] == "TextPositionSelector"]


def passage(text: str, spans: list[Span]) -> list[Part]:
    """Give the paragraphs that hold all spans; long ones only in part, cut between words."""
    if not spans:
        return []
    first, last = spans[0].start, spans[-1].end
    start = max(text.rfind("\n", 0, first) + 1, first - _AROUND)
    line_end = text.find("\n", last)
    end = min(len(text) if line_end < 0 else line_end, last + _AROUND)
    begins, ends = start == 0 or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
    if not begins:
        start = min(text.find(" ", start) + 1 or start, first)
    if not ends:
        end = max(text.rfind(" ", 0, end), last)
    shown = marked(text[start:end], [(span.start - start, span.end - start) for span in spans])
    return [*([] if begins else [_CUT]), *shown, *([] if ends else [_CUT])]
