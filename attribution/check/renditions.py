"""One utterance as several articles print it, and the origins they have it from."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from attribution import dates
from attribution.check import alignment, candidates, judgement
from attribution.check.candidates import Row
from attribution.models import NUMBER_BITS, Speaker
from schemas.vocabulary import SpeakerKind, Standing, Wording

#: Days between two articles on one utterance: a weekly paper's next number, and one after it.
DAYS = 14

#: What is said by one person on one day, and told to be, needs so much of the shorter text's words to be one utterance,
#: in any order, of which so many are longer than this many letters, and neither text to be longer than so many words.
_SHARE, _LONG_WORDS, _LETTERS, _LONGEST = 0.5, 2, 3, 60

#: Different wordings whose own neighbours are looked for, and renditions in all.
_WORDINGS, _MOST = 12, 500

_STAND_INS = (SpeakerKind.ORGANIZATION, SpeakerKind.UNNAMED, SpeakerKind.GROUP)


class Origin(NamedTuple):
    """Renditions that go back to one outlet: its number, or None where no other than the article's own is credited."""

    outlet: int | None
    rows: list[Row]


def of(row: Row) -> list[Row]:
    """Find the renditions of the utterance that a quotation is one of, it among them, the earliest in print first.

    They are found from one to the next: a paper's fragment may share its words with one rendition and not another.
    """
    found = {row.number: row}
    waiting, seen = [row], set[str]()
    speakers = _Speakers()
    while waiting and len(seen) < _WORDINGS:
        rendition = waiting.pop(0)
        if rendition.text in seen:
            continue
        seen.add(rendition.text)
        for other in _near(rendition, found.values(), speakers):
            found[other.number] = other
            waiting.append(other)
    return sorted(found.values(), key=_printed)


def origins(renditions: Iterable[Row]) -> list[Origin]:
    """Group renditions by the outlet they have the words from, the one with the most articles first.

    That is the outlet credited. An article that credits no other has them from its own outlet: where others credit
    that too, or nobody credits any, it is an origin; else it only does not say whence it has them.
    """
    renditions = list(renditions)
    credited = {row.outlet for row in renditions if row.outlet != row.publisher}
    groups: dict[int | None, list[Row]] = {}
    for row in renditions:
        is_stated = row.outlet in credited or not credited
        groups.setdefault(row.outlet if is_stated else None, []).append(row)
    found = [Origin(*group) for group in groups.items()]
    return sorted(found, key=lambda origin: (origin.outlet is None, -_articles(origin.rows), _printed(origin.rows[0])))


def summary(renditions: list[Row]) -> dict[str, Any]:
    """Count the articles, the outlets that print them, and the origins; `earliest` is a number."""
    return {
        "articles": _articles(renditions),
        "outlets": len({row.publisher for row in renditions if row.publisher}),
        "independent": sum(origin.outlet is not None for origin in origins(renditions)),
        "earliest": renditions[0].number,
    }


def is_before_origin(row: Row, origin: Origin) -> bool:
    """Tell whether an article is dated before what its origin itself printed, as far as that is on record."""
    own = [other.published_on for other in origin.rows if other.publisher == origin.outlet and other.published_on]
    if not own or not row.published_on or row.publisher == origin.outlet:
        return False
    return dates.last_day(row.published_on) < dates.first_day(min(own))


def _near(row: Row, found: Iterable[Row], speakers: "_Speakers") -> list[Row]:
    known = {other.number for other in found}
    others = {other.number: other for other, _ in candidates.of(alignment.text(row.text, row.language))}
    others |= {other.number: other for other in _same_day(row)}
    wording: dict[tuple[str, bool], bool] = {}
    near: list[Row] = []
    for other in others.values():
        if other.number in known or other.standing == Standing.RETRACTED or not _is_near(row, other):
            continue
        if not speakers.may_be_one(row.speaker, other.speaker):
            continue
        key = other.text, other.speaker == row.speaker and _day(row) is not None and _day(row) == _day(other)
        if key not in wording:
            wording[key] = _is_one_utterance(row, other, same_day=key[1])
        if wording[key] and len(known) + len(near) < _MOST:
            near.append(other)
    return near


def _same_day(row: Row) -> list[Row]:
    """Read what else the speaker is told to have said on that very day."""
    day = _day(row)
    return candidates.said(row.speaker, day) if day else []


def _is_one_utterance(row: Row, other: Row, *, same_day: bool) -> bool:
    one, two = alignment.text(row.text, row.language), alignment.text(other.text, other.language)
    if judgement.judge(one, two).wording is not Wording.NONE:
        return True
    shorter, longer = sorted((one.keys, two.keys), key=len)
    if not same_day or len(longer) > _LONGEST:
        return False
    shared = set(shorter) & set(longer)
    share = sum(key in shared for key in shorter) / len(shorter)
    return share >= _SHARE and sum(len(key) > _LETTERS for key in shared) >= _LONG_WORDS


def _is_near(row: Row, other: Row) -> bool:
    days = [position >> NUMBER_BITS for position in (row.position, other.position)]
    return abs(days[0] - days[1]) <= DAYS


def _day(row: Row) -> str | None:
    return row.said_on if row.said_on and len(row.said_on) == len("2024-02-18") else None


def _printed(row: Row) -> tuple[bool, Any, int]:
    printed = row.published_on
    return not printed, dates.first_day(printed) if printed else datetime.date.min, row.position


def _articles(rows: Iterable[Row]) -> int:
    return len({row.article for row in rows})


class _Speakers:
    """Whether two speakers may be one: they are, or one of them stands for another who is not named."""

    def __init__(self) -> None:
        self.kinds: dict[int, str | None] = {}

    def may_be_one(self, one: int, other: int) -> bool:
        return one == other or any(self._kind(number) in _STAND_INS for number in (one, other))

    def _kind(self, number: int) -> str | None:
        if number not in self.kinds:
            self.kinds[number] = Speaker.select(Speaker.kind).where(Speaker.number == number).scalar()
        return self.kinds[number]
