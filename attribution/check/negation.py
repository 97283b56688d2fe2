"""Whether a negation was added, dropped, moved or changed: one word is little of a text and all of its meaning."""

from collections.abc import Iterator

import regex

from attribution import wording
from attribution.check.alignment import SENTENCE_END, Alignment, stretches

#: A negation counts as cut off, or put before, if it stands in the same clause and this near to the words that agree:
#: "I do not think [he is a crook]", "das glaube ich [nicht]".
_NEAR = 3

#: What opens a clause that a negation in the clause before it, however far, makes untrue: "no evidence that".
_OPENERS = set("that whether dass ob что que che att ze dat że".split())

#: By so many letters one negation is told from another, whatever its ending: "keine", "keinen".
_ROOT = 4

#: Roots that are other spellings of the same: "nobody", "noone", "no one".
_SAME = {"nobo": "no", "noon": "no"}

#: The longest stretch of words that a speaker may begin anew.
_FALSE_START = 4

_CLAUSE_END = regex.compile(r"[.,;:!?…–—()\[\]。、，；：！？\n]|\s-+\s|--")


def changed(alignment: Alignment) -> bool:
    """Tell whether other negations, more or fewer stand in some place between words that agree.

    The words are aligned without the negations, so that one that moved does not depend on how they align with it. What
    a speaker says twice in a row counts once.
    """
    claim, record, _ = alignment
    negates = wording.negations(record.language).fullmatch
    if not any(map(negates, {*claim.keys, *record.keys})):
        return False
    here, there = _extent(alignment.turned()), _extent(alignment)
    negated = [
        [_root(body.keys[i]) if negates(body.keys[i]) else "" for i in places]
        for body, places in ((claim, here), (record, there))
    ]
    rest = [
        [body.keys[i] for i, is_negation in zip(places, marks, strict=True) if not is_negation]
        for body, places, marks in ((claim, here, negated[0]), (record, there, negated[1]))
    ]
    matched = stretches(*rest)
    ends = [(stretch.claimed + i, stretch.recorded + i) for stretch in matched for i in range(stretch.length)]
    claimed, recorded = zip(*ends, strict=True) if ends else ((), ())
    return list(_between(negated[0], claimed)) != list(_between(negated[1], recorded))


def _root(negation: str) -> str:
    return _SAME.get(negation[:_ROOT], negation[:_ROOT])


def _between(negated: list[str], matched: tuple[int, ...]) -> Iterator[list[str]]:
    """Yield the negations before, between and after the words that agree; those are counted without negations."""
    wanted, found, word = iter((*matched, None)), list[str](), 0
    following = next(wanted)
    for negation in negated:
        if negation:
            found.append(negation)
            continue
        if word == following:
            yield found
            following, found = next(wanted), []
        word += 1
    yield found


def _extent(alignment: Alignment) -> list[int]:
    """Give the places of the record's words that count: those of the part the claim stands in, and of a clause it cuts.

    What is said twice in a row is left out once.
    """
    (start, end), record = alignment.recorded, alignment.record
    first, last = alignment.stretches[0], alignment.stretches[-1]
    is_reported = start > 0 and not _OPENERS.isdisjoint(record.keys[start - 1 : start + 1])
    nearest, limit = (-1, SENTENCE_END) if is_reported else (max(-1, first.recorded - 1 - _NEAR), _CLAUSE_END)
    for place in range(start - 1, nearest, -1):
        if record.is_parted(place + 1, limit):
            break
        start = place
    for place in range(end, min(len(record.keys), last.recorded + last.length + _NEAR)):
        if record.is_parted(place, _CLAUSE_END):
            break
        end = place + 1
    return _without_false_starts(record.keys, range(start, end))


def _without_false_starts(keys: list[str], places: range) -> list[int]:
    kept: list[int] = []
    for place in places:
        kept.append(place)
        for length in range(1, _FALSE_START + 1):
            former, latter = kept[-2 * length : -length], kept[-length:]
            if len(former) == length and [keys[i] for i in former] == [keys[i] for i in latter]:
                del kept[-length:]
                break
    return kept
