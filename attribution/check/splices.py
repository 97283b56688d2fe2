"""Claims joined from parts of several quotations: which part is from which."""

from typing import NamedTuple

from attribution.check import nearest
from attribution.check.alignment import Text
from attribution.check.nearest import Asked, Match
from schemas.vocabulary import Wording

#: A part has at least so many words, and is so much like those of its record.
_WORDS, _LIKENESS = 5, 0.7

#: So much of the claim must be accounted for, and one quotation alone accounts for less.
_COVERED = 0.8

_MOST = 6


class Part(NamedTuple):
    """A part of the claim, from the word at `start` to before that at `end`, and the quotation that has it."""

    start: int
    end: int
    match: Match


def parts(claim: Text, first: Match, asked: Asked) -> list[Part]:
    """Find the quotations that a claim is joined from, in its order; empty if one has most of it or several do not.

    `first` is the quotation nearest to the whole of it.
    """
    if len(claim.keys) < 2 * _WORDS or _is_enough(first, claim):
        return []
    start, end = first.judgement.covered
    found = [_part(claim, start, end, asked)] if end - start >= _WORDS else []
    waiting = [(0, start), (end, len(claim.keys))]
    while waiting and len(found) < _MOST:
        start, end = waiting.pop()
        if end - start < _WORDS:
            continue
        part = _part(claim, start, end, asked)
        if part is None:
            continue
        found.append(part)
        waiting += [(start, part.start), (part.end, end)]
    solid = sorted((part for part in found if part), key=lambda part: part.start)
    covered = sum(part.end - part.start for part in solid)
    different = {part.match.row.text for part in solid}
    return solid if len(different) > 1 and covered >= _COVERED * len(claim.keys) else []


def _is_enough(match: Match, claim: Text) -> bool:
    start, end = match.judgement.covered
    return match.judgement.alignment.matched >= _COVERED * len(claim.keys) and end > start


def _part(claim: Text, start: int, end: int, asked: Asked) -> Part | None:
    """Give what one quotation has of a stretch of the claim, in nearly its words."""
    piece = Text(claim.part(start, end), claim.language)
    for match in nearest.nearest(piece, asked)[:1]:
        first, last = match.judgement.covered
        if match.judgement.wording is Wording.NONE or last - first < _WORDS:
            continue
        part = Text(claim.part(start + first, start + last), claim.language)
        inside = nearest.compared(match.row, nearest.judged(part, match.row), asked)
        if inside.judgement.likeness >= _LIKENESS:
            return Part(start + first, start + last, inside)
    return None
