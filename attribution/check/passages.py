"""The passages of a long text: what stands in quotation marks in it, else its sentences."""

import regex

from attribution import wording
from attribution.check import candidates
from attribution.check.alignment import Text

#: A text of more words is no quotation, but holds some.
LONGEST = 400

#: Passages looked up, words each has at least, shingles looked up of each.
_MOST, _WORDS, _SHINGLES = 1_000, 5, 6

_QUOTED = regex.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")
_SENTENCE = regex.compile(r"[^.!?…。！？\n]+[.!?…。！？]*")


def of(body: str) -> list[Text]:
    """Divide a long text into passages of at least five words; those in quotation marks alone if there are any."""
    quoted = [next(filter(None, match.groups())) for match in _QUOTED.finditer(body)]
    for found in (quoted, _SENTENCE.findall(body)):
        passages = [Text(passage.strip()) for passage in found]
        if told := [passage for passage in passages if len(passage.keys) >= _WORDS]:
            return told[:_MOST]
    return [Text(body)]


def likeliest(passages: list[Text], most: int) -> list[Text]:
    """Choose the passages for which most speaks that they are on record, in the order of how much does."""
    hashes = [candidates.spread(wording.shingles(passage.keys), _SHINGLES) for passage in passages]
    found = candidates.postings([hash for few in hashes for hash in few])
    strength = []
    for passage, few in zip(passages, hashes, strict=True):
        evidence: dict[int, float] = {}
        for numbers in (found.get(hash, ()) for hash in few):
            for number in numbers:
                evidence[number] = evidence.get(number, 0) + candidates.weight_of(len(numbers))
        strength.append((max(evidence.values(), default=0.0) / max(len(few), 1), len(passage.keys)))
    order = sorted(range(len(passages)), key=lambda i: strength[i], reverse=True)
    return [passages[i] for i in order[:most]]
