"""Speakers: resolved from what a record says of them, recorded, revised, merged."""

from collections.abc import Collection
from typing import Any

from attribution import database, errors, index
from attribution.ledger import Ledger
from attribution.models import Quotation, Resolved, Speaker
from schemas.vocabulary import SpeakerKind, Standing


def named(told: dict[str, Any], ledger: Ledger, kind: SpeakerKind | None = None) -> Resolved[Speaker]:
    """Get or create the speaker that `told` names ({"ref": string} or their fields), adding what was not known.

    A new speaker is of `kind` unless told otherwise. Raises Ambiguous if a name fits several.
    """
    if remembered := ledger.speakers.remembered(told):
        return remembered
    facts = _with_affiliation(told, ledger)
    merged = facts.pop("merged", [])
    speaker = ledger.speakers.known(facts)
    if speaker and facts.get("affiliation") == speaker:
        raise _at("/affiliation", "A speaker is not affiliated with themselves.")
    differing: list[errors.Fault] = []
    if is_new := speaker is None:
        name = facts.pop("ref", None)
        speaker = ledger.speakers.enter(**{"name": name, "kind": kind, **facts})
    else:
        news, differing = speaker.news(facts)
        if news:
            ledger.write_through()
            speaker.change(ledger.by, "Told by a record that names it.", **news)
    for former in merged:
        differing += _lead(former, speaker, ledger)
    return ledger.speakers.remember(told, Resolved(speaker, is_new, differing))


def _lead(former: dict[str, Any], speaker: Speaker, ledger: Ledger) -> list[errors.Fault]:
    """Let the slug of a speaker who was merged into this one lead here; give what differs."""
    there = ledger.speakers.known({"slug": former["slug"]})
    if there is None:
        ledger.restores("/merged", "Only an editor may say who was merged.")
        ledger.speakers.lead(former["slug"], former["name"], speaker)
    elif there != speaker:
        return [errors.Fault("/merged", f"{former['slug']} leads to {there.slug}, not to {speaker.slug}.")]
    return []


def record(told: dict[str, Any], by: str) -> Resolved[Speaker]:
    """Record a speaker, or find them recorded. Raises Conflict if they are recorded with other details."""
    with database.transaction(), errors.document(), Ledger(by) as ledger:
        return named(told, ledger).settled()


def revise(slug: str, changes: dict[str, Any], by: str, expected: Collection[str] | None = None) -> Speaker:
    """Correct a speaker; `expected` are the tags of the states the editor may have seen.

    Raises NotFound, Moved, Stale, Invalid if the affiliation is the speaker.
    """
    with database.transaction():
        speaker = Speaker.fetch(slug)
        speaker.expect(expected)
        with errors.document(), Ledger(by) as ledger:
            changes = _with_affiliation(changes, ledger)
        if changes.get("affiliation") == speaker:
            raise _at("#/affiliation", "A speaker is not affiliated with themselves.")
        speaker.change(by, changes.pop("reason", None), **changes)
        return Speaker.fetch(slug)


def merge(slug: str, into: str, by: str, reason: str) -> Speaker:
    """Let one speaker be another: names and quotations go to `into` (slug, name or alias), which is given back.

    The merged slug leads there ever after. Where both have the same words in the same article, one record stands, that
    of `into` unless it was retracted, and the other is retracted. Raises NotFound, Moved, Invalid.
    """
    with database.transaction():
        speaker = Speaker.fetch(slug)
        target = Speaker.sole(into, Speaker.fitting(into))
        if target is None:
            raise _at("#/into", f"There is no speaker {into!r}.")
        if target == speaker:
            raise _at("#/into", "A speaker cannot be merged into themselves.")
        for quotation in Quotation.whole().where(Quotation.speaker == speaker):
            _hand_over(quotation, target, by, reason)
        for other in Speaker.select().where(Speaker.affiliation == speaker):
            if other == target:
                target.change(by, reason, affiliation=None)
            else:
                other.change(by, reason, affiliation=target)
        # Those merged into this one before lead straight on, so that `current` never needs a second step.
        Speaker.update(merged_into=target).where(Speaker.merged_into == speaker).execute()
        names = [speaker.name, *speaker.aliases]
        speaker.change(by, reason, merged_into=target)
        speaker.forget_names()
        facts = {fact: getattr(speaker, fact) for fact in Speaker.FACTS}
        if facts["affiliation"] == target:
            facts["affiliation"] = None
        news, _ = target.news({**facts, "aliases": names})
        if news:
            target.change(by, reason, **news)
        return target


def _hand_over(quotation: Quotation, target: Speaker, by: str, reason: str) -> None:
    twin = Quotation.get_or_none(
        Quotation.article == quotation.article, Quotation.speaker == target, Quotation.words == quotation.words
    )
    values: dict[str, Any] = {"speaker": target}
    if twin and twin.standing == Standing.RETRACTED != quotation.standing:
        twin.change(by, f"The same words as {quotation.id}, which stand. {reason}", words=None)
    elif twin:
        reason = f"The same words as {twin.id}. {reason}"
        values |= {"words": None, "standing": Standing.RETRACTED.value}
    with index.following(quotation):
        quotation.change(by, reason, **values)


def _with_affiliation(told: dict[str, Any], ledger: Ledger) -> dict[str, Any]:
    """Resolve the affiliation that `told` names; a new one is an organization unless told otherwise."""
    if not told.get("affiliation"):
        return dict(told)
    faults = errors.Faults()
    with faults.at("/affiliation"):
        number = named(told["affiliation"], ledger, SpeakerKind.ORGANIZATION).record.number
    faults.check()
    return {**told, "affiliation": ledger.speakers.numbered(number)}


def _at(pointer: str, detail: str) -> errors.Invalid:
    return errors.Invalid(detail, [errors.Fault(pointer, detail)])
