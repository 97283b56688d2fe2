"""Whether a negation was added, dropped or moved: one word is little of a text and all of its meaning."""

from collections.abc import Iterator

import regex

from attribution import wording
from attribution.check.alignment import Alignment, stretches

#: A negation counts as cut off, or put before, if it stands in the same clause and this near to the words that agree:
#: "I do not think [he is a crook]", "das glaube ich [nicht]".
_NEAR = 3

#: The longest stretch of words that a speaker may begin anew.
_FALSE_START = 4

_CLAUSE_END = regex.compile(r"[.,;:!?…–—()\[\]。、，；：！？\n]|\s-+\s|--")


def changed(alignment: Alignment) -> bool:
    """Tell whether as many negations stand in each place between words that agree.

    The words are aligned without the negations, so neither one that moved nor one exchanged for another ("cannot",
    "can never") depends on how they align with it. What a speaker says twice in a row counts once.
    """
    claim, record, _ = alignment
    negates = wording.negations(record.language).fullmatch
    if not any(map(negates, {*claim.keys, *record.keys})):
        return False
    here, there = _extent(alignment.turned()), _extent(alignment)
    negated = [[bool(negates(body.keys[i])) for i in places] for body, places in ((claim, here), (record, there))]
    rest = [
        [body.keys[i] for i, is_negation in zip(places, marks, strict=True) if not is_negation]
        for body, places, marks in ((claim, here, negated[0]), (record, there, negated[1]))
    ]
    matched = stretches(*rest)
    ends = [(stretch.claimed + i, stretch.recorded + i) for stretch in matched for i in range(stretch.length)]
    claimed, recorded = zip(*ends, strict=True) if ends else ((), ())
    return list(_counts(negated[0], claimed)) != list(_counts(negated[1], recorded))


def _counts(negated: list[bool], matched: tuple[int, ...]) -> Iterator[int]:
    """Count the negations before, between and after the words that agree; those are counted without negations."""
    wanted, count, word = iter((*matched, None)), 0, 0
    following = next(wanted)
    for is_negation in negated:
        if is_negation:
            count += 1
            continue
        if word == following:
            yield count
            following, count = next(wanted), 0
        word += 1
    yield count


def _extent(alignment: Alignment) -> list[int]:
    """Give the places of the record's words that count: those of the part the claim stands in, and of a clause it cuts.

    What is said twice in a row is left out once.
    """
    (start, end), record = alignment.recorded, alignment.record
    first, last = alignment.stretches[0], alignment.stretches[-1]
    for place in range(start - 1, max(-1, first.recorded - 1 - _NEAR), -1):
        if record.is_parted(place + 1, _CLAUSE_END):
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
