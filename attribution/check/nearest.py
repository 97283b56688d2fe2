"""The recorded quotations nearest to a claim, each with what agrees and what differs."""

from typing import Any, NamedTuple

from attribution import dates
from attribution.check import alignment, candidates, judgement
from attribution.check.alignment import Text
from attribution.check.candidates import Row
from attribution.check.judgement import Judgement
from attribution.models import Outlet, Speaker
from schemas.vocabulary import Agreement, Standing, Wording

#: Different wordings compared with one claim, and characters of them in all: bounds the work on speeches.
_WORDINGS, _CHARACTERS = 16, 150_000

#: Once some are compared, those for which so little speaks, beside the first, are not.
_ENOUGH, _WEAK = 5, 0.25

#: What weighs against a class, so that of two records equally like the claim the one with the same words is nearer.
_CLASS_COSTS = {
    Wording.VERBATIM: 0.0,
    Wording.TYPOGRAPHIC: 0.001,
    Wording.TRIMMED: 0.01,
    Wording.ELIDED: 0.05,
    Wording.ALTERED: 0.06,
    Wording.NONE: 1.0,
}

#: How much more alike the words of another speaker must be to be nearer than those of the one asked about.
_SPEAKER_ASKED = 0.25
_DETAIL_ASKED = 0.02

#: How much more alike the words of a record must be whose attribution does not stand.
_DOES_NOT_STAND = 0.3


class Asked(NamedTuple):
    """Whom the words are ascribed to, as numbers of records (None: not asked), and when (a partial date)."""

    speakers: set[int] | None
    outlets: set[int] | None
    date: str | None


class Match(NamedTuple):
    """A quotation compared with a claim."""

    row: Row
    judgement: Judgement
    speaker: Agreement
    outlet: Agreement
    date: Agreement

    @property
    def stands(self) -> bool:
        """Tell whether the attribution stands: neither retracted nor known to be wrong."""
        return self.row.standing not in (Standing.RETRACTED, Standing.MISATTRIBUTED)

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the record has the words just as they are claimed, in full or as a part of it."""
        if self.judgement.wording is Wording.TRIMMED:
            return self.has_all_words and not self.judgement.negation_changed
        return self.judgement.wording in (Wording.VERBATIM, Wording.TYPOGRAPHIC)

    @property
    def has_all_words(self) -> bool:
        """Tell whether all words of the claim are among those of the record."""
        alignment = self.judgement.alignment
        return alignment.matched == len(alignment.claim.keys)

    @property
    def nearness(self) -> float:
        """Weigh how near the record is to what was asked."""
        near = self.judgement.likeness - _CLASS_COSTS[self.judgement.wording]
        near += _SPEAKER_ASKED * (self.speaker is Agreement.SAME)
        near += _DETAIL_ASKED * ((self.outlet is Agreement.SAME) + (self.date is Agreement.SAME))
        return near - _DOES_NOT_STAND * (not self.stands)


def asked(told: dict[str, Any]) -> Asked:
    """Resolve the speaker and the outlet asked about: all that the name may mean, none if it means nothing here."""
    speaker, outlet = told.get("speaker"), told.get("outlet")
    return Asked(
        {record.number for record in Speaker.fitting(speaker)} if speaker else None,
        {record.number for record in Outlet.fitting(outlet)} if outlet else None,
        told.get("date"),
    )


def nearest(claim: Text, asked: Asked) -> list[Match]:
    """Compare a claim with the quotations that may hold its words, the nearest first, then the earliest."""
    known: dict[tuple[str, str | None], Judgement] = {}
    found = []
    characters, strongest = 0, 0.0
    for row, evidence in candidates.of(claim):
        strongest = max(strongest, evidence)
        key = row.text, row.language
        if key not in known:
            characters += len(row.text)
            is_weak = len(known) >= _ENOUGH and evidence < _WEAK * strongest
            if is_weak or len(known) >= _WORDINGS or (known and characters > _CHARACTERS):
                continue
            known[key] = judged(claim, row)
        found.append(compared(row, known[key], asked))
    return sorted(found, key=lambda match: (-round(match.nearness, 6), match.row.position))


def judged(claim: Text, row: Row) -> Judgement:
    """Compare a claim with one quotation."""
    return judgement.judge(claim, alignment.text(row.text, row.language))


def compared(row: Row, judgement: Judgement, asked: Asked) -> Match:
    """Tell which of the details asked about a record agrees with."""
    when = [date for date in (row.said_on, row.published_on) if date]
    return Match(
        row,
        judgement,
        speaker=_agreement(asked.speakers, lambda speakers: row.speaker in speakers),
        outlet=_agreement(asked.outlets, lambda outlets: bool(outlets & {row.outlet, row.publisher})),
        date=_agreement(asked.date, lambda date: any(_overlap(date, known) for known in when)),
    )


def _agreement(asked: Any, agrees: Any) -> Agreement:
    if asked is None:
        return Agreement.NOT_ASKED
    return Agreement.SAME if agrees(asked) else Agreement.OTHER


def _overlap(one: str, other: str) -> bool:
    return dates.first_day(one) <= dates.last_day(other) and dates.first_day(other) <= dates.last_day(one)
