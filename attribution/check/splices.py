"""Claims joined from parts of several quotations: which part is from which."""

from typing import NamedTuple

from attribution.check import nearest
from attribution.check.alignment import Text
from attribution.check.nearest import Asked, Match
from schemas.vocabulary import Wording

#: A part has at least so many words, and is so much like those of its record.
_WORDS, _LIKENESS = 5, 0.7

#: So much of the claim must be accounted for.
_COVERED = 0.8

#: So many parts are looked for.
_MOST = 5


class Part(NamedTuple):
    """A part of the claim, from the word at `start` to before that at `end`, and the quotation that has it."""

    start: int
    end: int
    match: Match


def parts(claim: Text, first: Match, asked: Asked) -> list[Part]:
    """Find the quotations that a claim is joined from, in its order; empty if one has most of it or several do not.

    `first` is the quotation nearest to the whole of it.
    """
    start, end = first.judgement.covered
    waiting = [rest for rest in ((0, start), (end, len(claim.keys))) if rest[1] - rest[0] >= _WORDS]
    if not waiting:
        return []
    found = [part for part in [_inside(claim, start, end, first, asked)] if part]
    while waiting and len(found) < _MOST:
        start, end = waiting.pop()
        part = _part(claim, start, end, asked) if end - start >= _WORDS else None
        if part:
            found.append(part)
            waiting += [(start, part.start), (part.end, end)]
    covered = sum(part.end - part.start for part in found)
    different = {part.match.row.text for part in found}
    is_splice = len(different) > 1 and covered >= _COVERED * len(claim.keys)
    return sorted(found, key=lambda part: part.start) if is_splice else []


def _part(claim: Text, start: int, end: int, asked: Asked) -> Part | None:
    """Give what one quotation has of a stretch of the claim, in nearly its words."""
    matches = nearest.nearest(Text(claim.part(start, end)), asked)
    if not matches or matches[0].judgement.wording is Wording.NONE:
        return None
    first, last = matches[0].judgement.covered
    return _inside(claim, start + first, start + last, matches[0], asked)


def _inside(claim: Text, start: int, end: int, match: Match, asked: Asked) -> Part | None:
    """Compare a stretch of the claim alone with the quotation that has it; None if it is short or unlike."""
    if end - start < _WORDS:
        return None
    judgement = nearest.judged(Text(claim.part(start, end)), match.row)
    is_alike = judgement.wording is not Wording.NONE and judgement.likeness >= _LIKENESS
    return Part(start, end, nearest.compared(match.row, judgement, asked)) if is_alike else None
