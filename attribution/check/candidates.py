"""Which recorded quotations may hold claimed words: those that share three in a row, the rarest counting most."""

import collections
import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import regex

from attribution import database, dates, index, query, wording
from attribution.check.alignment import Text
from attribution.database import db
from attribution.index import shingles
from attribution.models import NUMBER_BITS
from attribution.query import Question

#: So many quotations are read of each shingle: what more of them share tells little, and would take long.
_POSTINGS = 300

#: Of so few words hardly three in a row are left if one is another: they are looked up word by word.
_FEW = 4

#: What means something in the search language.
_MARKS = regex.compile(r'[\p{Pi}\p{Pf}"„‟「」『』]')

#: Candidates looked at, and of those that share words with the claim, the different wordings compared with it.
_MOST = 40

#: Shingles looked up of one text; of a longer one, evenly spread.
_SHINGLES = 400


class Row(NamedTuple):
    """What is compared of a quotation; others by number."""

    number: int
    text: str
    language: str | None
    speaker: int
    outlet: int | None
    publisher: int | None
    article: int
    position: int
    said_on: str | None
    published_on: str | None
    standing: str


_ROWS = """
SELECT quotation.number, quotation.text, quotation.language, speaker_id, quotation.outlet_id, publisher_id, article_id,
    quotation.position, said_on, published_on, standing
FROM quotation JOIN article ON article.number = article_id
WHERE """


_AT = "quotation.position IN (SELECT position FROM ({hits}) AS hit)"


def numbered(numbers: Sequence[int]) -> list[Row]:
    """Read the quotations with these numbers."""
    marks = database.marks(numbers)
    return _read(f"quotation.number IN ({marks})", numbers) if numbers else []


def said(speaker: int, day: str) -> list[Row]:
    """Read what a speaker is told to have said on a day."""
    ordinal = dates.first_day(day).toordinal()
    first, last = ordinal << NUMBER_BITS, (ordinal + 1 << NUMBER_BITS) - 1
    condition = (
        f"speaker_id = {db.param} AND quotation.position BETWEEN {db.param} AND {db.param} AND said_on = {db.param}"
    )
    return _read(f"{condition} LIMIT {_MOST}", [speaker, first, last, day])


def _read(condition: str, parameters: Sequence[Any]) -> list[Row]:
    # Written out: peewee would take longer to make the statement than the store takes to answer it.
    return [Row(*row) for row in db.execute_sql(_ROWS + condition, list(parameters))]


def of(claim: Text) -> list[tuple[Row, float]]:
    """Find the quotations that may hold a claim's words, and how much speaks for each, the most first."""
    return _sharing_shingles(claim.keys) if len(claim.keys) > _FEW else _sharing_words(claim.body)


def _sharing_words(body: str) -> list[tuple[Row, float]]:
    """Find the quotations that have few words in a row, then those that have them anywhere, the earliest first."""
    plain = _MARKS.sub(" ", body)
    found: dict[int, tuple[Row, float]] = {}
    for evidence, asked in ((2.0, f'"{plain}"'), (1.0, " ".join(f'"{word}"' for word in plain.split()))):
        tree = query.parse(asked, ())
        if tree is None or len(found) >= _MOST:
            continue
        hits, parameters = index.hits(Question(tree), _MOST, descending=False)
        for row in _read(_AT.format(hits=hits), parameters):
            found.setdefault(row.number, (row, evidence))
    return sorted(found.values(), key=lambda pair: (-pair[1], pair[0].position))


def _sharing_shingles(keys: Sequence[str]) -> list[tuple[Row, float]]:
    evidence = weigh(spread(wording.shingles(list(keys)), _SHINGLES))
    best = sorted(evidence, key=lambda number: (-evidence[number], number))[:_MOST]
    found = {row.number: row for row in numbered(best)}
    return [(found[number], evidence[number]) for number in best if number in found]


def postings(hashes: Sequence[int]) -> dict[int, list[int]]:
    """Give the numbers of quotations under each hash, as many as are read."""
    return shingles.each(list(dict.fromkeys(hashes)), _POSTINGS)


def weigh(hashes: Sequence[int]) -> dict[int, float]:
    """Give how much speaks for each quotation: a shingle of few quotations more than one of many."""
    evidence: dict[int, float] = collections.defaultdict(float)
    common = []
    for hash, numbers in postings(hashes).items():
        weight = weight_of(len(numbers))
        if len(numbers) == _POSTINGS:
            common.append(hash)
        for number in numbers:
            evidence[number] += weight
    if len(common) > 1:
        # Among the first few hundred of every common shingle the one quotation that has them all may be missing.
        for wanted in _together(common):
            for number in shingles.together(wanted, _POSTINGS):
                evidence[number] += weight_of(_POSTINGS) * len(wanted)
    return evidence


def weight_of(quotations: int) -> float:
    """Give what a shingle is worth that so many quotations have."""
    return 1 / (1 + math.log(max(quotations, 1)))


def spread(hashes: Iterable[int], most: int) -> list[int]:
    """Give at most so many of the different hashes, evenly spread."""
    different = list(dict.fromkeys(hashes))
    if len(different) <= most:
        return different
    return [different[i * len(different) // most] for i in range(most)]


def _together(common: list[int]) -> list[list[int]]:
    """Give sets of common shingles to look up at once: all of them, and each half."""
    half = len(common) // 2
    return [common[:16], *([common[:half][:16], common[half:][:16]] if half > 1 else [])]
