"""How claimed words differ from recorded ones: the rules by which they get their class, and the difference shown."""

import itertools
from collections.abc import Callable
from typing import Any, NamedTuple

from attribution import text
from attribution.check import negation
from attribution.check.alignment import Alignment, Text, align
from schemas.vocabulary import Wording

#: Words in a row that never agree by chance, whatever is around them.
_TELLING = 8

#: So many words at least make a recorded fragment that tells something of a claim that goes on around it.
_FRAGMENT = 4

#: How much more alike than a whole claim a whole record must be to a part of the claim: there are many parts to choose.
_INSIDE = 0.1

#: Marks around a quotation, and the white space they leave, are not its words.
_OUTER = " \t\r\n\"“”„«»‹›「」『』‟'‘’"


class Judgement(NamedTuple):
    """What became of the claimed words in one record."""

    alignment: Alignment
    wording: Wording
    likeness: float
    negation_changed: bool

    @property
    def covered(self) -> tuple[int, int]:
        """Give which of the claim's words the record accounts for, end exclusive: of most of these it has the same."""
        return self.alignment.core() if self.alignment.stretches else (0, 0)


class _Facts(NamedTuple):
    """What the rules ask of an alignment."""

    #: The same characters, but for outer quotation marks.
    same_characters: bool
    #: The same letters and digits in the same order.
    same_letters: bool
    #: All words of the claim agree, as they are spelled.
    whole_claim: bool
    #: All words of the record agree, as they are spelled, and they are enough to tell something.
    whole_record: bool
    #: The words that agree follow one another without a gap in either text.
    unbroken: bool
    #: The words are too many to agree by chance.
    alike: bool


#: The first that fits is the class.
RULES: tuple[tuple[Wording, Callable[[_Facts], bool]], ...] = (
    (Wording.VERBATIM, lambda facts: facts.same_characters),
    (Wording.TYPOGRAPHIC, lambda facts: facts.same_letters),
    (Wording.TRIMMED, lambda facts: facts.unbroken and (facts.whole_claim or facts.whole_record)),
    (Wording.ELIDED, lambda facts: facts.whole_claim and facts.alike),
    (Wording.ALTERED, lambda facts: facts.alike),
    (Wording.NONE, lambda facts: True),
)

#: The classes in which a negation may have changed.
_COMPARED = (Wording.TRIMMED, Wording.ELIDED, Wording.ALTERED)


def judge(claim: Text, record: Text) -> Judgement:
    """Compare a claim with a record."""
    alignment = align(claim, record)
    likeness = alignment.likeness()
    facts = _facts(alignment, likeness)
    wording = next(wording for wording, holds in RULES if holds(facts))
    changed = wording in _COMPARED and negation.changed(alignment)
    return Judgement(alignment, wording, likeness, changed)


def threshold(words: int) -> float:
    """Tell how alike so many words must be to be the same words altered: the fewer, the more of them must agree.

    Half of them, and one and a fifth: texts of one language share that many of their commonest words by chance.
    """
    return min(0.5 + 1.2 / words, 0.85)


def _facts(alignment: Alignment, likeness: float) -> _Facts:
    claim, record, stretches = alignment
    same_spelling = all(
        claim.words[at + i].spelled == record.words[there + i].spelled
        for at, there, length in stretches
        for i in range(length)
    )
    matched = alignment.matched
    return _Facts(
        same_characters=claim.body.strip(_OUTER) == record.body.strip(_OUTER),
        same_letters=_letters(claim) == _letters(record) and not _hidden_gaps(alignment),
        whole_claim=same_spelling and matched == len(claim.keys),
        whole_record=same_spelling and matched == len(record.keys) and _tells(matched, claim),
        unbroken=len(stretches) == 1 and not _hidden_gaps(alignment),
        alike=bool(stretches) and _alike(alignment, likeness),
    )


def _letters(body: Text) -> str:
    return "".join(word.spelled for word in body.words)


def _alike(alignment: Alignment, likeness: float) -> bool:
    if max(stretch.length for stretch in alignment.stretches) >= _TELLING:
        return True
    claimed = len(alignment.claim.keys)
    if alignment.matched == claimed > _FRAGMENT and text.OMISSION.search(alignment.claim.body):
        return True  # left out as the claim itself says
    if likeness >= threshold(claimed) and 2 * alignment.matched >= claimed:
        return True
    recorded = len(alignment.record.keys)
    return _tells(recorded, alignment.claim) and alignment.turned().likeness() >= threshold(recorded) + _INSIDE


def _tells(recorded: int, claim: Text) -> bool:
    """Tell whether a recorded fragment of so many words says something of a claim: phrases occur in any long one."""
    return recorded >= _TELLING or recorded >= max(_FRAGMENT, len(claim.keys) / 2)


def _hidden_gaps(alignment: Alignment) -> list[tuple[int, int]]:
    """Find where the record leaves words out between two that the claim prints as if they followed one another."""
    claim, record, stretches = alignment
    if not text.OMISSION.search(record.body):
        return []
    return [
        (there + i, there + i)
        for at, there, length in stretches
        for i in range(1, length)
        if text.OMISSION.search(record.body, record.words[there + i - 1].end, record.words[there + i].start)
        and not text.OMISSION.search(claim.body, claim.words[at + i - 1].end, claim.words[at + i].start)
    ]


def gaps(alignment: Alignment) -> list[dict[str, Any]]:
    """Give what the claim leaves out between words it keeps; what the record itself leaves out is `…`, of no words."""
    record = alignment.record
    left_out = [
        (former.recorded + former.length, following.recorded)
        for former, following in itertools.pairwise(alignment.stretches)
        if former.claimed + former.length == following.claimed
    ]
    found = sorted([*left_out, *_hidden_gaps(alignment)])
    return [{"text": record.part(start, end) or "…", "words": end - start} for start, end in found]


def diff(alignment: Alignment) -> list[dict[str, str]]:
    """Give, stretch by stretch, what the claim makes of the record's words.

    Words that say the same but are spelled otherwise ("do not", "don't") are `replace` too. `insert` is in the claim
    alone, `delete` in the record alone.
    """
    claim, record, _ = alignment
    result: list[dict[str, str]] = []
    for block in alignment.blocks() if alignment.stretches else []:
        for same, (start, end), (first, last) in _by_spelling(claim, record, *block):
            op = "equal" if same else "insert" if first == last else "delete" if start == end else "replace"
            result.append({"op": op, "claimed": claim.part(start, end), "recorded": record.part(first, last)})
    return result


def _by_spelling(
    claim: Text, record: Text, same: bool, claimed: tuple[int, int], recorded: tuple[int, int]
) -> list[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Divide words that agree into those spelled alike and those spelled otherwise."""
    if not same:
        return [(same, claimed, recorded)]
    result = []
    alike = [
        claim.words[claimed[0] + i].spelled == record.words[recorded[0] + i].spelled
        for i in range(claimed[1] - claimed[0])
    ]
    at = 0
    for same_spelling, run in itertools.groupby(alike):
        end = at + len(list(run))
        result.append((same_spelling, (claimed[0] + at, claimed[0] + end), (recorded[0] + at, recorded[0] + end)))
        at = end
    return result
