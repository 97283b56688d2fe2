"""Quotations: record, revise, retract; each is one transaction, and none forgets what was."""

from collections.abc import Collection
from typing import Any

import peewee

from attribution import articles, database, dates, errors, index, outlets, speakers, text
from attribution.models import Quotation, Resolved
from schemas.vocabulary import Kind, Standing


def record(told: dict[str, Any], by: str) -> Resolved[Quotation]:
    """Record a quotation with its speaker, outlet and article, or find it recorded.

    `told` has the shape of `schemas.quotation.NewQuotation`, loaded. What its sender should look at again stands in the
    record's `warnings`. Raises Invalid with all faults, and Conflict
    with the details that differ if the same words are recorded with others.
    """
    with database.transaction():
        said, warnings = _resolve(told, by)
        article, speaker = said.pop("article"), said.pop("speaker")
        folded = text.folded_pieces(said["text"])
        words = text.fingerprint(said["text"])
        id = Quotation.id_of(article, speaker, folded)
        stored = Quotation.known(id, article, speaker, words)
        if stored:
            _compare(stored, {**said, "article": article, "speaker": speaker})
            stored.warnings = warnings
            return Resolved(stored, False, [])
        said = {name: value for name, value in said.items() if value is not None}
        said.setdefault("kind", Kind.DIRECT.value)
        said.setdefault("outlet", article.outlet)
        said.setdefault("language", article.language)
        quotation = Quotation.enter(by, id=id, article=article, speaker=speaker, words=words, **said)
        index.add(quotation)
        quotation.warnings = warnings + _doubts(quotation)
        return Resolved(quotation, True, [])


def revise(id: str, changes: dict[str, Any], by: str, expected: Collection[str] | None = None) -> Quotation:
    """Correct a quotation; `changes` holds the `reason`, `expected` the tags of the states the editor may have seen.

    Raises NotFound, Stale, Invalid, and Conflict if it would say what another record says.
    """
    with database.transaction():
        quotation = Quotation.fetch(id)
        quotation.expect(expected)
        changes, warnings = _resolve(changes, by)
        reason = changes.pop("reason")
        article = changes.get("article", quotation.article)
        if "outlet" in changes and changes["outlet"] is None:
            changes["outlet"] = article.outlet
        elif "article" in changes and quotation.outlet == quotation.publisher:
            changes.setdefault("outlet", article.outlet)
        state = {**{"text": quotation.text, "standing": quotation.standing}, **changes}
        if state["standing"] != Standing.RETRACTED or "text" in changes:
            changes["words"] = text.fingerprint(state["text"])
        try:
            with database.savepoint(), index.following(quotation):
                quotation.change(by, reason, **changes)
        except peewee.IntegrityError:
            raise errors.Conflict("Another record has these words of this speaker in this article.") from None
        quotation.warnings = warnings + _doubts(quotation)
        return quotation


def retract(id: str, reason: str, by: str, expected: Collection[str] | None = None) -> Quotation:
    """Take a quotation back: it stays readable, with the reason, and leaves the lists. Raises NotFound, Stale."""
    with database.transaction():
        quotation = Quotation.fetch(id)
        quotation.expect(expected)
        if quotation.standing != Standing.RETRACTED:
            with index.following(quotation):
                quotation.change(by, reason, standing=Standing.RETRACTED.value)
        return quotation


def _resolve(told: dict[str, Any], by: str) -> tuple[dict[str, Any], list[str]]:
    """Turn the speaker, outlet and article that `told` names into records; give what was said of them that differs.

    Raises Invalid with the faults of all three.
    """
    said, warnings = dict(told), []
    faults = errors.Faults()
    for name, module in (("speaker", speakers), ("article", articles), ("outlet", outlets)):
        if said.get(name) is None:
            continue
        with faults.at(f"#/{name}"):
            resolved = module.named(said[name], by)
            said[name] = resolved.record
            warnings += [f"{name}{fault.pointer}: {fault.detail} It was left as it is." for fault in resolved.differing]
    faults.check()
    return said, warnings


def _compare(stored: Quotation, said: dict[str, Any]) -> None:
    """Raise Conflict if a detail that is given differs from what is recorded."""
    differing = []
    for name, value in said.items():
        recorded = getattr(stored, name)
        same = text.folded_pieces(recorded) == text.folded_pieces(value) if name == "text" else recorded == value
        if value is not None and not same:
            differing.append(errors.Fault(f"#/{name}", f"Recorded as {recorded!s}."))
    if differing:
        names = ", ".join(fault.pointer[2:] for fault in differing)
        raise errors.Conflict(f"Quotation {stored.id} is recorded with another {names}.", differing, stored)


def _doubts(quotation: Quotation) -> list[str]:
    """Say what looks wrong but may be right."""
    said, printed = quotation.said_on, quotation.article.published_on
    if said and printed and dates.first_day(said) > dates.last_day(printed):
        return [f"said_on {said} is after the article's date {printed}; across time zones it may be right."]
    return []
