"""Whether words are on record, whose they are, and how they differ from what is recorded."""

from typing import Any

from attribution.check import candidates, judgement, nearest, passages, renditions, searched, splices
from attribution.check.alignment import Text
from attribution.check.candidates import Row
from attribution.check.nearest import Asked, Match
from attribution.check.splices import Part
from attribution.models import Outlet, Quotation
from attribution.search import shown
from schemas.outlet import OutletName
from schemas.vocabulary import Agreement, Standing, Verdict, Wording

#: Quotations that an answer shows.
_SHOWN = 5

#: Characters shown of the record on either side of the part the claim stands in.
_CONTEXT = 200

Document = dict[str, Any]


def answer(told: dict[str, Any]) -> Document:
    """Tell whether a quotation is on record as it is claimed, and how it differs.

    `told` has the shape of `schemas.check.Claim`, loaded; the answer that of `schemas.check.Answer`. Of a long text
    each passage in quotation marks, else each sentence, is looked up, and the answer is that on the nearest.
    """
    asked = nearest.asked(told)
    claim = Text(told["text"])
    if len(claim.keys) > passages.LONGEST:
        return _of_passages(claim, asked)
    matches = nearest.nearest(claim, asked)
    parts = splices.parts(claim, matches[0], asked) if matches and matches[0].judgement.alignment.stretches else []
    return _document(matches, parts, asked)


def variants(id: str) -> Document:
    """Give the renditions of the utterance that a quotation is one of, by origin. Raises NotFound."""
    quotation = Quotation.fetch(id)
    row = candidates.numbered([quotation.number])[0]
    found = renditions.of(row)
    whole = shown.numbered({rendition.number for rendition in found})
    own = Text(row.text, row.language)
    groups = renditions.origins(found)
    outlets = {
        outlet.number: outlet for outlet in Outlet.select().where(Outlet.number.in_([o for o, _ in groups if o]))
    }
    counted = renditions.summary(found)
    return {
        **counted,
        "earliest": whole[counted["earliest"]],
        "summary": _summary(counted, [outlets[group.outlet].name for group in groups if group.outlet]),
        "origins": [
            {
                "outlet": group.outlet and OutletName().dump(outlets[group.outlet]),
                "articles": renditions.summary(group.rows)["articles"],
                "earliest": whole[group.rows[0].number],
                "items": [_variant(own, rendition, group, whole) for rendition in group.rows],
            }
            for group in groups
        ],
    }


def _variant(own: Text, row: Row, origin: renditions.Origin, whole: dict[int, Document]) -> Document:
    """Show a rendition, and how it differs from the quotation asked about."""
    found = judgement.judge(Text(row.text, row.language), own)
    return {
        "quotation": whole[row.number],
        "words": found.wording,
        "similarity": round(found.likeness, 3),
        "diff": judgement.diff(found.alignment),
        "negation_changed": found.negation_changed,
        "before_origin": renditions.is_before_origin(row, origin),
    }


def _summary(counted: Document, names: list[str]) -> str:
    articles = "1 article" if counted["articles"] == 1 else f"{counted['articles']} articles"
    origins = "1 origin" if len(names) == 1 else f"{len(names)} origins"
    return f"{articles}, {origins} ({', '.join(names)})" if names else f"{articles}, no origin named"


def _of_passages(claim: Text, asked: Asked) -> Document:
    found = passages.of(claim.body)
    matches = [nearest.nearest(passage, asked)[:1] for passage in passages.likeliest(found, _SHOWN)]
    best_first = sorted(
        (match for few in matches for match in few),
        key=lambda match: (not match.judgement.negation_changed, -match.nearness),
    )
    document = _document(best_first, [], asked)
    if document["verdict"] == Verdict.CONFIRMED and not all(match.is_confirmed for match in best_first):
        document["verdict"] = Verdict.DIFFERS
    on_record = sum(match.judgement.wording is not Wording.NONE for match in best_first)
    document["explanation"] = (
        f"The text is long: of its {len(found)} passages the {len(matches)} most likely to be on record were compared,"
        f" and {on_record} are; the answer is that on the nearest. {document['explanation']}"
    )
    return document


def _document(matches: list[Match], parts: list[Part], asked: Asked) -> Document:
    """Make the answer from the matches, the nearest first, and the parts a claim is joined from."""
    best = _best(matches, parts)
    utterance = renditions.of(best.row) if best else []
    found = ([part.match for part in parts] if parts else matches)[:_SHOWN]
    counted = renditions.summary(utterance) if best else None
    whole = shown.numbered({row.number for row in [*(match.row for match in found), *utterance[:1]]})
    verdict = _verdict(best, parts)
    return {
        "verdict": verdict,
        "words": Wording.SPLICED if parts else best.judgement.wording if best else Wording.NONE,
        **{name: _overall(name, best, parts, asked) for name in ("speaker", "outlet", "date")},
        "explanation": _explanation(verdict, best, parts, whole),
        "best": best and _shown(best, whole),
        "candidates": [_shown(match, whole) for match in found],
        "parts": [_part(part, whole) for part in parts],
        "origins": counted and {**counted, "earliest": whole[counted["earliest"]]},
        "searched": searched.searched(),
    }


def _best(matches: list[Match], parts: list[Part]) -> Match | None:
    """Choose the nearest record; of a joined claim, the part where a negation changed, else the longest."""
    if parts:
        return max(parts, key=lambda part: (part.match.judgement.negation_changed, part.end - part.start)).match
    return matches[0] if matches and matches[0].judgement.wording is not Wording.NONE else None


def _verdict(best: Match | None, parts: list[Part]) -> Verdict:
    """Judge as a whole; the first that fits."""
    all_parts = [part.match for part in parts] or ([best] if best else [])
    if not all_parts or all(match.row.standing == Standing.RETRACTED for match in all_parts):
        return Verdict.NOT_ON_RECORD
    if all(match.speaker is Agreement.OTHER or match.row.standing == Standing.MISATTRIBUTED for match in all_parts):
        return Verdict.MISATTRIBUTED
    (first, *more) = all_parts
    if more or not first.is_confirmed or not first.stands or Agreement.OTHER in (first.outlet, first.date):
        return Verdict.DIFFERS
    return Verdict.CONFIRMED


def _overall(name: str, best: Match | None, parts: list[Part], asked: Asked) -> Agreement:
    """Tell whether a detail is as asked: in all parts of a joined claim; never, of what is not on record."""
    if getattr(asked, _ASKED[name]) is None:
        return Agreement.NOT_ASKED
    matches = [part.match for part in parts] or ([best] if best else [])
    agree = matches and all(getattr(match, name) is Agreement.SAME for match in matches)
    return Agreement.SAME if agree else Agreement.OTHER


_ASKED = {"speaker": "speakers", "outlet": "outlets", "date": "date"}


def _shown(match: Match, whole: dict[int, Document]) -> Document:
    alignment = match.judgement.alignment
    return {
        "quotation": whole[match.row.number],
        "claimed": alignment.claim.body,
        "words": match.judgement.wording,
        "similarity": round(match.judgement.likeness, 3),
        "diff": judgement.diff(alignment),
        "gaps": judgement.gaps(alignment),
        "negation_changed": match.judgement.negation_changed,
        "context": _context(match),
        "speaker": match.speaker,
        "outlet": match.outlet,
        "date": match.date,
    }


def _context(match: Match) -> Document:
    """Give what the record says before and after the part the claim stands in."""
    alignment = match.judgement.alignment
    if not alignment.stretches:
        return {"before": "", "after": ""}
    (start, end), record = alignment.recorded, alignment.record
    before, after = record.body[: record.words[start].start], record.body[record.words[end - 1].end :]
    return {"before": before[-_CONTEXT:], "after": after[:_CONTEXT]}


def _part(part: Part, whole: dict[int, Document]) -> Document:
    alignment = part.match.judgement.alignment
    return {
        "claimed": alignment.claim.body,
        "recorded": alignment.record.part(*alignment.recorded),
        "quotation": whole.get(part.match.row.number),
    }


def _explanation(verdict: Verdict, best: Match | None, parts: list[Part], whole: dict[int, Document]) -> str:
    """Say in a sentence or two what was found."""
    if best is None:
        return "No recorded quotation has these words, nor enough of them to be these words altered."
    quotation = whole[best.row.number]
    said = f"said by {quotation['speaker']['name']}, {quotation['date'] or 'undated'}"
    sentences = [_SENTENCES[Wording.SPLICED if parts else best.judgement.wording].format(said=said)]
    if not parts and best.judgement.wording is Wording.TRIMMED and not best.has_all_words:
        sentences = [f"Only a part of these words is on record: {said}."]
    if not parts and best.judgement.wording is Wording.ALTERED and best.judgement.likeness == 1:
        sentences = [f"These words are on record but for contractions, or how numbers are written: {said}."]
    if best.judgement.negation_changed:
        sentences.append("A negation was added, dropped, moved or changed.")
    if verdict is Verdict.CONFIRMED and len(best.judgement.alignment.claim.keys) < _TELLING:
        sentences.append("So few words do not tell one utterance from another.")
    asked = (("speaker", best.speaker), ("outlet", best.outlet), ("date", best.date))
    sentences += [
        f"They are not on record for the {name} asked about." for name, agrees in asked if agrees is Agreement.OTHER
    ]
    if verdict is Verdict.NOT_ON_RECORD:
        sentences.append(f"That record was retracted, so it confirms nothing. {quotation['reason'] or ''}".strip())
    elif quotation["standing"] != Standing.ATTRIBUTED:
        sentences.append(f"The attribution is recorded as {quotation['standing']}.")
    return " ".join(sentences)


#: With fewer words than these, anybody may have said them.
_TELLING = 3

_SENTENCES = {
    Wording.VERBATIM: "These words are on record: {said}.",
    Wording.TYPOGRAPHIC: "These words are on record but for case, punctuation or spacing: {said}.",
    Wording.TRIMMED: "These words are one unbroken part of what is on record: {said}.",
    Wording.ELIDED: "These words are on record in this order, with others between them left out: {said}.",
    Wording.ALTERED: "Words like these, but not the same, are on record: {said}.",
    Wording.SPLICED: "These words are joined from parts of several quotations; this one was {said}.",
}
