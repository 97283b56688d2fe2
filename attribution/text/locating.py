"""Where a quotation stands in a text.

Offsets are counted in Unicode code points from 0, end exclusive, as the W3C Web Annotation Data Model
(section 4.2.5, TextPositionSelector) asks; never in bytes or UTF-16 units.
"""

import bisect
import functools
import itertools
from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex

from attribution.text.folding import APOSTROPHE, FOLDED, UNSEEN, UNSPACED, WORD, is_accent, pieces
from schemas.vocabulary import Verification

#: Characters of context kept on either side of a piece, as TextQuoteSelector's prefix and suffix.
CONTEXT = 32

#: How many later occurrences of a piece are looked at to draw the pieces of a quotation together: bounds the work
#: that thousands of pieces of one letter could cause.
_TIGHTENING = 64

#: How many places a piece of one letter, say, may be tried at before it counts as absent. Prose of a million letters
#: needs some thousands; a million times the same letter would hold up every other writer.
_EFFORT = 50_000

#: Where a stretch can neither begin nor end: inside a word, before a mark or a Korean vowel that belongs to the letter
#: before it, inside a number, between a number and its sign, currency or percentage, inside "can't" after "can".
_INSIDE = regex.compile(
    rf"""
    (?<=[\p{{L}}\p{{N}}\p{{M}}]{UNSEEN.pattern[:-1]}{{0,8}}) (?={UNSEEN.pattern[:-1]}{{0,8}}[\p{{L}}\p{{N}}\p{{M}}])
        (?<!{UNSPACED.pattern}) (?!{UNSPACED.pattern})
    | (?<=[\p{{L}}\p{{N}}\p{{M}}]) (?=\p{{M}})
    | (?=[\u1160-\u11ff])
    | (?<=\p{{N}}) (?=[.,:/'’⁄]\p{{N}}) | (?<=\p{{N}}[.,:/'’⁄]) (?=\p{{N}})
    | (?<=(?<![\p{{L}}\p{{N}}\p{{M}}])[-‐‑–−]|\p{{Sc}}) (?=\p{{N}}) | (?<=\p{{N}}) (?=[\p{{Sc}}%‰°])
    | (?={APOSTROPHE.pattern}[tT](?![\p{{L}}\p{{N}}]))
    """,
    regex.VERBOSE,
)


class Span(NamedTuple):
    """A stretch of a text: `start` and `end` in code points, end exclusive."""

    start: int
    end: int


class Location(NamedTuple):
    """Where a quotation's pieces stand in a text, in order, and how closely they agree with it."""

    verification: Verification
    spans: list[Span]


def locate(quotation: str, text: str) -> Location:
    """Find a quotation in the text it is said to stand in.

    Every piece must occur, in order and without overlap, beginning and ending at the edges of words ("able" does
    not stand in "unable"). `verbatim` if all do so character for character, `typographic` if only case, accents,
    spacing, quotation marks, dashes, apostrophes or other punctuation differ, else `absent` with no spans.
    """
    wanted = pieces(quotation)
    spans = _row(wanted, functools.partial(_occurrences, text, _effort(wanted)))
    if spans:
        return Location(Verification.VERBATIM, spans)
    spans = _row(wanted, functools.partial(folded_text(text).occurrences, _effort(wanted)))
    return Location(Verification.TYPOGRAPHIC if spans else Verification.ABSENT, spans)


def selectors(location: Location, text: str) -> list[dict[str, str | int]]:
    """Give a TextQuoteSelector and a TextPositionSelector (W3C Web Annotation, 4.2.4 and 4.2.5) for each piece."""
    result: list[dict[str, str | int]] = []
    for start, end in location.spans:
        result.append(
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - CONTEXT) : start],
                "suffix": text[end : end + CONTEXT],
            }
        )
        result.append({"type": "TextPositionSelector", "start": start, "end": end})
    return result


class FoldedText:
    """A text as one string of folded letters and digits, with the place each of them came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters: list[str] = []
        places = array("L")
        gap = False
        for place, char in enumerate(text):
            folded = FOLDED[char]
            if not folded and _is_sign(text, place):
                folded = "-"
            elif not folded:
                gap = gap or not (is_accent(char) or UNSEEN.match(char))
            for letter in folded:
                if letter == " ":
                    gap = True
                    continue
                if gap and letters and letters[-1].isdecimal() and letter.isdecimal():
                    # "1.5" is not "15": between two numbers the gap counts.
                    letters.append(" ")
                    places.append(place)
                letters.append(letter)
                places.append(place)
                gap = False
        self.letters = "".join(letters)
        self.places = places

    def occurrences(self, effort: Iterator[None], piece: str, start: int) -> Iterator[Span]:
        """Yield where `piece` stands from `start` on, letters and digits alone compared, between edges of words.

        Every place tried takes one of `effort`, which all the pieces of a quotation share; without any left, no more
        is found.
        """
        wanted = FoldedText(piece).letters
        at = self.letters.find(wanted, bisect.bisect_left(self.places, start))
        for _ in effort:
            if at < 0:
                return
            after = at + len(wanted)
            if self._starts_a_character(at) and self._starts_a_character(after):
                span = Span(self.places[at], self._end(self.places[after - 1]))
                if _between_edges(self.text, span):
                    yield span
            at = self.letters.find(wanted, at + 1)

    def _starts_a_character(self, at: int) -> bool:
        # A gap between two numbers stands before the place of the second and belongs to neither.
        return at in (0, len(self.places)) or self.places[at] != self.places[at - 1] or self.letters[at - 1] == " "

    def _end(self, place: int) -> int:
        """Give the end of the character at `place` with the accents that follow it."""
        end = place + 1
        while end < len(self.text) and is_accent(self.text[end]):
            end += 1
        return end


@functools.lru_cache(maxsize=4)
def folded_text(text: str) -> FoldedText:
    """Fold a text once for all the quotations that are looked for in it."""
    return FoldedText(text)


def _occurrences(text: str, effort: Iterator[None], piece: str, start: int) -> Iterator[Span]:
    at = text.find(piece, start)
    for _ in effort:
        if at < 0:
            return
        span = Span(at, at + len(piece))
        if _between_edges(text, span):
            yield span
        at = text.find(piece, at + 1)


def _is_sign(text: str, place: int) -> bool:
    return text[place] in "-‐‑–−" and bool(WORD.match(text, place))


def _between_edges(text: str, span: Span) -> bool:
    return not any(at not in (0, len(text)) and _INSIDE.match(text, at) for at in span)


def _effort(wanted: list[str]) -> Iterator[None]:
    """Give one None for each place that may be tried; the longer the pieces, the fewer."""
    return itertools.repeat(None, _EFFORT // (1 + max(map(len, wanted), default=0) // 50))


def _row(wanted: list[str], occurrences: Callable[[str, int], Iterator[Span]]) -> list[Span]:
    """Choose one occurrence of each piece, in order and without overlap; empty if that cannot be done.

    Taking the earliest that fits finds a row if there is one. Then, from the end, each piece moves as near to its
    successor as its later occurrences allow, so that a short first piece is not found pages before the rest.
    """
    row: list[Span] = []
    later: list[Iterator[Span]] = []
    for piece in wanted:
        found = occurrences(piece, row[-1].end if row else 0)
        first = next(found, None)
        if first is None:
            return []
        row.append(first)
        later.append(found)
    for i in reversed(range(len(row) - 1)):
        for span in itertools.islice(later[i], _TIGHTENING):
            if span.end > row[i + 1].start:
                break
            row[i] = span
    return row
