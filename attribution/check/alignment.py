"""Two texts, word by word: which words of the one are which of the other.

A record may be a speech and the claim a line of it, so nothing is aligned from end to end: stretches that agree are
found first and chained in order, as sequence alignment does with its seeds (Altschul et al. 1990, "Basic local
alignment search tool"; Myers & Miller 1995, "Chaining multiple-alignment fragments"), then what lies between is
compared word by word.
"""

import functools
import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import regex
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from attribution import wording
from attribution.text import OMISSION

#: Stretches that agree by chance grow with the product of the lengths: only so many, the longest, are chained.
_MOST_RUNS = 120

#: Beside a changed stretch, so many times its words (and three) are looked through for words that only moved apart.
_REACH = 2

#: A gap counts as so many words at most: how much was left out does not make what was kept less alike.
GAP = 10

SENTENCE_END = regex.compile(r"[.!?…。！？\n]")

#: Words that agree this much, in percent, are forms or misspellings of one another: "friend" and "friendly" do (86).
RESEMBLING = 66


class Text:
    """A text with its words, split once."""

    def __init__(self, body: str, language: str | None = None) -> None:
        """Split `body`; `language` (a tag, or None) tells which words negate."""
        self.body = wording.seen(body)
        self.language = language
        self.words = wording.words(self.body)
        self.keys = [word.key for word in self.words]

    def part(self, start: int, end: int) -> str:
        """Give the characters from the word at `start` to before the word at `end`; empty if there are none between."""
        return self.body[self.words[start].start : self.words[end - 1].end] if start < end else ""

    def is_parted(self, place: int, mark: regex.Pattern) -> bool:
        """Tell whether `mark` stands before the word at `place`, or there is none before it."""
        return place == 0 or bool(mark.search(self.body, self.words[place - 1].end, self.words[place].start))


@functools.lru_cache(maxsize=512)
def text(body: str, language: str | None = None) -> Text:
    """Split a text, or give it as it was split just now: renditions repeat each other."""
    return Text(body, language)


class Stretch(NamedTuple):
    """Words that follow one another and agree: `claimed` and `recorded` are where they begin."""

    claimed: int
    recorded: int
    length: int


class Block(NamedTuple):
    """A stretch of both texts, ends exclusive: the same words in both, or not."""

    same: bool
    claimed: tuple[int, int]
    recorded: tuple[int, int]


class Alignment(NamedTuple):
    """A claim laid against a record; `stretches` in order in both, none if nothing agrees."""

    claim: Text
    record: Text
    stretches: list[Stretch]

    @property
    def matched(self) -> int:
        """Count the words that agree."""
        return sum(length for _, _, length in self.stretches)

    @property
    def claimed(self) -> tuple[int, int]:
        """Give where in the claim the first word that agrees begins, and the last ends."""
        first, last = self.stretches[0], self.stretches[-1]
        return first.claimed, last.claimed + last.length

    def core(self) -> tuple[int, int]:
        """Give the part of the claim, ends exclusive, where the words that agree outnumber the others by most.

        Single common words that agree by chance, far from the rest, are no part of it (Kadane's algorithm).
        """
        best, score, start, end, former = 0, 0, 0, 0, 0
        result = self.claimed
        for stretch in self.stretches:
            score -= stretch.claimed - former
            if score <= 0:
                score, start = 0, stretch.claimed
            former = end = stretch.claimed + stretch.length
            score += stretch.length
            if score > best:
                best, result = score, (start, end)
        return result

    @property
    def recorded(self) -> tuple[int, int]:
        """Give where in the record the claim's words stand: from the first that agrees to the last.

        Where the claim goes on beyond those with other words, as many of the record's are taken for what they replace;
        more than GAP words are an addition, and replace nothing; no word of another sentence is replaced.
        """
        first, last = self.stretches[0], self.stretches[-1]
        before, after = first.claimed, len(self.claim.keys) - last.claimed - last.length
        start, end = first.recorded, last.recorded + last.length
        while first.recorded - start < before <= GAP and not self.record.is_parted(start, SENTENCE_END):
            start -= 1
        stop = min(len(self.record.keys), end + (after if after <= GAP else 0))
        while end < stop and not self.record.is_parted(end, SENTENCE_END):
            end += 1
        return start, end

    def blocks(self) -> list[Block]:
        """Divide the whole claim, and the part of the record it stands in, into what agrees and what does not."""
        (start, end), at = self.recorded, 0
        blocks = []
        for claimed, recorded, length in [*self.stretches, Stretch(len(self.claim.keys), end, 0)]:
            if at < claimed or start < recorded:
                blocks.append(Block(False, (at, claimed), (start, recorded)))
            at, start = claimed + length, recorded + length
            if length:
                blocks.append(Block(True, (claimed, at), (recorded, start)))
        return blocks

    def likeness(self) -> float:
        """Tell how alike the claim and the part of the record it stands in are, from 0 to 1.

        Twice the words that agree over the words of both (Dice's coefficient); words that resemble the one they
        replace count as much as they do. What the record has on either side of the part does not count, and a gap
        inside counts as at most GAP words.
        """
        agreeing, recorded = 0.0, 0
        for block in self.blocks() if self.stretches else ():
            there = block.recorded[1] - block.recorded[0]
            if block.same:
                agreeing, recorded = agreeing + there, recorded + there
            else:
                here = block.claimed[1] - block.claimed[0]
                recorded += min(there, here + GAP)
                agreeing += self._resemblance(block, min(here, there))
        return 2 * agreeing / (len(self.claim.keys) + recorded) if self.stretches else 0.0

    def turned(self) -> "Alignment":
        """Lay the record against the claim."""
        turned = [Stretch(stretch.recorded, stretch.claimed, stretch.length) for stretch in self.stretches]
        return Alignment(self.record, self.claim, turned)

    def _resemblance(self, block: Block, pairs: int) -> float:
        """Tell how many words of a replaced stretch are forms of the words they replace."""
        if not 0 < pairs <= GAP:
            return 0.0
        claimed = self.claim.keys[slice(*block.claimed)]
        recorded = self.record.keys[slice(*block.recorded)]
        scores = (fuzz.ratio(a, b) for a, b in zip(claimed, recorded))  # noqa: B905 -- one may be longer
        return sum(score / 100 for score in scores if score >= RESEMBLING)


def align(claim: Text, record: Text) -> Alignment:
    """Lay a claim against a record: the words that agree, in an order that both have."""
    return Alignment(claim, record, _pieces(claim, record) or stretches(claim.keys, record.keys))


def _pieces(claim: Text, record: Text) -> list[Stretch]:
    """Find the pieces between which the claim itself says words are left out, whole and in order; else none."""
    starts = [i for i in range(len(claim.keys)) if i == 0 or claim.is_parted(i, OMISSION)]
    if len(starts) < 2:
        return []
    found: list[Stretch] = []
    at = 0
    for start, end in itertools.pairwise([*starts, len(claim.keys)]):
        piece = claim.keys[start:end]
        places = (j for j in range(at, len(record.keys) - len(piece) + 1) if record.keys[j : j + len(piece)] == piece)
        if (place := next(places, None)) is None:
            return []
        found.append(Stretch(start, place, len(piece)))
        at = place + len(piece)
    return _joined(found)


def stretches(claim: Sequence[str], record: Sequence[str]) -> list[Stretch]:
    """Find the words that agree, in an order that both have."""
    chain = _chain(_runs(claim, record))
    return _joined(_pruned(_joined(_filled(claim, record, chain)))) if chain else []


def _runs(claim: Sequence[str], record: Sequence[str]) -> list[Stretch]:
    """Find the longest stretches of words that both have, of three words at least in a long record, else of two.

    Of a shorter claim a single word will do.
    """
    least = min(2 if len(record) <= 200 else 3, max(1, len(claim) - 1), max(1, len(record) - 1))
    places: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(record) - least + 1):
        places.setdefault(tuple(record[j : j + least]), []).append(j)
    runs = []
    for i in range(len(claim) - least + 1):
        for j in places.get(tuple(claim[i : i + least]), ()):
            if i and j and claim[i - 1] == record[j - 1]:
                continue  # inside a stretch that is found already
            length = least
            while i + length < len(claim) and j + length < len(record) and claim[i + length] == record[j + length]:
                length += 1
            runs.append(Stretch(i, j, length))
    return sorted(sorted(runs, key=lambda run: -run.length)[:_MOST_RUNS])


def _chain(runs: list[Stretch]) -> list[Stretch]:
    """Choose the runs that follow one another in both texts and agree in most words; gaps between them cost."""
    best: list[tuple[float, int]] = []
    for n, run in enumerate(runs):
        score, before = float(run.length), -1
        for m, former in enumerate(runs[:n]):
            overlap = max(
                former.claimed + former.length - run.claimed, former.recorded + former.length - run.recorded, 0
            )
            if overlap >= run.length or former.claimed >= run.claimed or former.recorded >= run.recorded:
                continue
            joined = best[m][0] + run.length - overlap - _cost(_gap(former, run))
            if joined > score:
                score, before = joined, m
        best.append((score, before))
    chain = []
    n = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    while n >= 0:
        chain.append(runs[n])
        n = best[n][1]
    return _trimmed(chain[::-1])


def _cost(gap: int) -> float:
    """Weigh a gap of so many words in both texts together: a run pays for a gap of 4 to the power of its words."""
    return 0.5 * math.log2(max(gap, 1))


def _trimmed(chain: list[Stretch]) -> list[Stretch]:
    """Let no run begin before the one before it ends."""
    result: list[Stretch] = []
    for run in chain:
        if result:
            former = result[-1]
            over = max(former.claimed + former.length - run.claimed, former.recorded + former.length - run.recorded, 0)
            run = Stretch(run.claimed + over, run.recorded + over, run.length - over)
        result.append(run)
    return result


def _filled(claim: Sequence[str], record: Sequence[str], chain: list[Stretch]) -> list[Stretch]:
    """Add the words that agree between the runs of a chain, and near its ends."""
    first, last = chain[0], chain[-1]
    reach = _REACH * first.claimed + 3
    result = _between(claim, record, (0, first.claimed), (max(0, first.recorded - reach), first.recorded))
    for run, following in itertools.pairwise(chain):
        here, there = (run.claimed + run.length, following.claimed), (run.recorded + run.length, following.recorded)
        result += [run, *_between(claim, record, here, there)]
    after, end = last.claimed + last.length, last.recorded + last.length
    reach = _REACH * (len(claim) - after) + 3
    return [*result, last, *_between(claim, record, (after, len(claim)), (end, min(len(record), end + reach)))]


def _between(
    claim: Sequence[str], record: Sequence[str], here: tuple[int, int], there: tuple[int, int]
) -> list[Stretch]:
    """Give the longest common subsequence of a stretch of both texts."""
    if here[0] >= here[1] or there[0] >= there[1]:
        return []
    operations = LCSseq.opcodes(claim[here[0] : here[1]], record[there[0] : there[1]])
    return [
        Stretch(here[0] + op.src_start, there[0] + op.dest_start, op.src_end - op.src_start)
        for op in operations
        if op.tag == "equal"
    ]


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Make one of stretches that follow each other without a gap."""
    result: list[Stretch] = []
    for stretch in stretches:
        former = result[-1] if result else None
        if (
            former
            and former.claimed + former.length == stretch.claimed
            and former.recorded + former.length == stretch.recorded
        ):
            result[-1] = Stretch(former.claimed, former.recorded, former.length + stretch.length)
        elif stretch.length:
            result.append(stretch)
    return result


def _pruned(stretches: list[Stretch]) -> list[Stretch]:
    """Drop stretches at either end that are too short for the gap that parts them from the rest."""
    while len(stretches) > 1 and stretches[0].length < _cost(_gap(*stretches[:2])):
        stretches = stretches[1:]
    while len(stretches) > 1 and stretches[-1].length < _cost(_gap(*stretches[-2:])):
        stretches = stretches[:-1]
    return stretches


def _gap(former: Stretch, stretch: Stretch) -> int:
    return (stretch.claimed - former.claimed) + (stretch.recorded - former.recorded) - 2 * former.length
