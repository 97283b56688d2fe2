"""Quotations: record, revise, retract; each is one transaction, and none forgets what was."""

import functools
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import peewee

from attribution import articles, database, dates, errors, index, outlets, speakers, text
from attribution.ledger import Ledger
from attribution.ledger.quotations import Sameness
from attribution.models import Quotation, Resolved, position
from schemas.vocabulary import Kind, Standing


class Result(StrEnum):
    """What became of a row."""

    RECORDED = "recorded"
    KNOWN = "known"
    CONFLICTING = "conflicting"
    UPDATED = "updated"
    REJECTED = "rejected"


class Outcome(NamedTuple):
    """What became of a row: the number of its record; or the error that says why there is none."""

    result: Result
    number: int | None
    warnings: list[str]
    error: errors.AttributionError | None = None


def record(told: dict[str, Any], by: str) -> Resolved[Quotation]:
    """Record a quotation with its speaker, outlet and article, or find it recorded.

    `told` has the shape of `schemas.quotation.NewQuotation`, loaded. What its sender should look at again stands in the
    record's `warnings`. Raises Invalid with all faults, and Conflict with the details that differ if the same words are
    recorded with others.
    """
    saying = prepare(told)
    with database.transaction():
        (outcome,) = record_all([saying], Ledger(by))
        if outcome.error:
            raise outcome.error
        quotation = Quotation.whole().where(Quotation.number == outcome.number).get()
        quotation.warnings = outcome.warnings
        return Resolved(quotation, outcome.result == Result.RECORDED, [])


class Saying(NamedTuple):
    """A row, with its words folded and fingerprinted, and read if it is likely to be new."""

    told: dict[str, Any]
    folded: str
    words: str
    reading: index.Reading | None


def prepare(told: dict[str, Any], *, is_new: bool = False) -> Saying:
    """Prepare a row of the shape of `schemas.transfer.Row`, loaded: what can be done of it without the store.

    `is_new`: it is likely to be recorded.
    """
    folded = text.folded_pieces(told["text"])
    language = told.get("language") or told["article"].get("language")
    return Saying(told, folded, text.fingerprint_of(folded), index.read(told["text"], language) if is_new else None)


def record_all(
    sayings: Sequence[Saying],
    ledger: Ledger,
    *,
    update: bool = False,
) -> list[Outcome]:
    """Record quotations, each as `record` does, in one transaction; what is wrong with one costs only that one.

    `update`: one that is recorded with other details is revised to these.
    """
    with database.transaction(), ledger:
        glimpsed = _prefetch(sayings, ledger)
        outcomes = [_outcome(saying, named, ledger, update) for saying, named in zip(sayings, glimpsed, strict=True)]
    return outcomes


class _Differs(errors.AttributionError):
    """The words are on record with other details: the number of the record, the names of those details."""

    def __init__(self, number: int, names: list[str]) -> None:
        super().__init__("")
        self.number = number
        self.names = names


class _Glimpse(NamedTuple):
    """What a quotation was looked up by: what makes it the same as another, and its id, where that was needed."""

    same: Sameness | None
    id: str | None


def _prefetch(sayings: Sequence[Saying], ledger: Ledger) -> list[_Glimpse]:
    """Look up together what the rows name, and then which of the quotations are on record.

    These by what makes them the same, and only what is not found so by its id: to make that takes as long as to look
    it up, and ids are scattered over the store.
    """
    speakers_told = _distinct(saying.told["speaker"] for saying in sayings)
    articles_told = _distinct(saying.told["article"] for saying in sayings)
    ledger.speakers.prefetch(speakers_told.values())
    ledger.outlets.prefetch(_distinct(saying.told.get("outlet") for saying in sayings).values())
    known_speakers = {key: ledger.speakers.glimpse(told) for key, told in speakers_told.items()}
    known_articles = dict(zip(articles_told, articles.prefetch(articles_told.values(), ledger), strict=True))
    named = [(known_articles[id(it.told["article"])], known_speakers[id(it.told["speaker"])]) for it in sayings]
    sames = [
        Sameness(article.number, speaker.number, saying.words) if article and speaker else None
        for saying, (article, speaker) in zip(sayings, named, strict=True)
    ]
    roll = ledger.quotations
    roll.prefetch(filter(None, sames))
    glimpses = [
        _Glimpse(same, _id(saying, *them) if same and ("id" in saying.told or not roll.of(same)) else None)
        for saying, them, same in zip(sayings, named, sames, strict=True)
    ]
    roll.prefetch_ids(glimpse.id for glimpse in glimpses if glimpse.id)
    return glimpses


def _distinct(tolds: Iterable[Any]) -> dict[int, Any]:
    """Give what rows tell, each object once, by its identity: those of an import share what they tell alike."""
    return {id(told): told for told in tolds if told}


def _id(saying: Saying, article: Any, speaker: Any) -> str:
    """Give the id that a row tells, else the one of its words."""
    told = saying.told.get("id")
    return told.hex if told else Quotation.id_of(article, speaker, saying.folded)


def _outcome(saying: Saying, glimpse: _Glimpse, ledger: Ledger, update: bool) -> Outcome:
    try:
        return ledger.alone(functools.partial(_enter, saying, glimpse, ledger))
    except _Differs as differs:
        ledger.flush()
        quotation = Quotation.whole().where(Quotation.number == differs.number).get()
        if not update:
            return Outcome(Result.CONFLICTING, quotation.number, [], _conflict(quotation, differs.names))
        try:
            return ledger.at_once(functools.partial(_update, quotation, saying.told, differs.names, ledger))
        except errors.Conflict as error:
            return Outcome(Result.CONFLICTING, quotation.number, [], error)
        except errors.Invalid as error:
            return Outcome(Result.REJECTED, None, [], error)
    except errors.Invalid as error:
        return Outcome(Result.REJECTED, None, [], error)


def _enter(saying: Saying, glimpse: _Glimpse, ledger: Ledger) -> Outcome:
    """Record one row, or find it recorded; `glimpse` is what it was looked up by. Raises Invalid, _Differs."""
    if not saying.folded:
        raise errors.Invalid("Has no words.", [errors.Fault("#/text", "Has no words.")])
    said, warnings = _resolve(saying.told, ledger)
    article, speaker = said["article"], said["speaker"]
    same = Sameness(article.number, speaker.number, saying.words)
    roll, is_told = ledger.quotations, "id" in said
    # Where its article or its speaker is new, it is on record only if it came before in this batch.
    is_new = max(article.number, speaker.number) > ledger.start and not is_told
    stored = None if is_told else roll.of(same, is_new=is_new)
    if stored is None:
        id = (same == glimpse.same and glimpse.id) or _id(saying, article, speaker)
        stored = roll.identified(id, is_new=is_new) or (roll.of(same) if is_told else None)
    if stored and is_told and stored["id"] != id:
        if said.get("standing") == Standing.RETRACTED:
            stored, same = None, same._replace(words=None)
        elif stored["standing"] == Standing.RETRACTED:
            _make_way(stored["number"], ledger)
            stored = None
    if stored and (names := _differing(stored, said, saying.folded)):
        raise _Differs(stored["number"], names)
    if stored:
        return Outcome(Result.KNOWN, stored["number"], warnings)
    if "standing" in said or (is_told and id != Quotation.id_of(article, speaker, saying.folded)):
        ledger.restores("#", "Only an editor may record a standing, or an id that is not the words' own.")
    row = _row(said, id, same, ledger)
    if article.published_on:
        warnings = warnings + _doubts(row["said_on"], article.published_on)
    reading = saying.reading
    if reading is None or reading.language != row["language"]:
        reading = index.read(row["text"], row["language"])
    roll.enter(row, reading)
    return Outcome(Result.RECORDED, row["number"], warnings)


def _make_way(number: int, ledger: Ledger) -> None:
    """Let a retracted record give up its words to one that stands, as it does when speakers are merged."""
    ledger.write_through()
    Quotation.update(words=None).where(Quotation.number == number).execute()


#: What a new quotation has where nothing is said of it.
_USUAL: dict[str, Any] = {
    **dict.fromkeys(("revised_at", "revised_by", "reason", "mention", "cue", "said_on", "note")),
    "version": 1,
    "kind": Kind.DIRECT.value,
    "standing": Standing.ATTRIBUTED.value,
}


def _row(said: dict[str, Any], id: str, same: Sameness, ledger: Ledger) -> dict[str, Any]:
    """Make the row of a new quotation."""
    article, number = said["article"], ledger.number()
    outlet = said.get("outlet")
    verification, selectors = Quotation.verified(said["text"], ledger.articles.text_of(article))
    return {
        **_USUAL,
        "language": article.language,
        **said,
        "number": number,
        "seq": number,
        "recorded_at": ledger.moment,
        "recorded_by": ledger.by,
        "id": id,
        "position": position(said.get("said_on") or article.published_on, number),
        "words": same.words,
        "speaker": same.speaker,
        "outlet": outlet.number if outlet else article.outlet_id,
        "publisher": article.outlet_id,
        "article": same.article,
        "verification": verification,
        "selectors": selectors,
    }


def revise(id: str, changes: dict[str, Any], by: str, expected: Collection[str] | None = None) -> Quotation:
    """Correct a quotation; `changes` holds the `reason`, `expected` the tags of the states the editor may have seen.

    Raises NotFound, Stale, Invalid, and Conflict if it would say what another record says.
    """
    with database.transaction():
        quotation = Quotation.fetch(id)
        quotation.expect(expected)
        with Ledger(by) as ledger:
            changes, warnings = _resolve(changes, ledger)
        _revise(quotation, changes, by, changes.pop("reason"))
        quotation = Quotation.fetch(id)
        quotation.warnings = warnings + _doubts(quotation.said_on, quotation.article.published_on)
        return quotation


def _revise(quotation: Quotation, changes: dict[str, Any], by: str, reason: str) -> None:
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


def retract(id: str, reason: str, by: str, expected: Collection[str] | None = None) -> Quotation:
    """Take a quotation back: it stays readable, with the reason, and leaves the lists. Raises NotFound, Stale."""
    with database.transaction():
        quotation = Quotation.fetch(id)
        quotation.expect(expected)
        if quotation.standing != Standing.RETRACTED:
            with index.following(quotation):
                quotation.change(by, reason, standing=Standing.RETRACTED.value)
        return quotation


def _resolve(told: dict[str, Any], ledger: Ledger) -> tuple[dict[str, Any], list[str]]:
    """Turn the speaker, outlet and article that `told` names into records; give what was said of them that differs.

    Raises Invalid with the faults of all three.
    """
    said, warnings = dict(told), []
    faults = errors.Faults()
    for name, named in _NAMED:
        reference = told.get(name)
        if reference is None:
            continue
        try:
            said[name], _, differing = named(reference, ledger)
        except errors.Invalid as error:
            faults.note(f"#/{name}", error)
        else:
            if differing:
                warnings += [f"{name}{fault.pointer}: {fault.detail} It was left as it is." for fault in differing]
    faults.check()
    return said, warnings


_NAMED: tuple[tuple[str, Callable[..., Resolved[Any]]], ...] = (
    ("speaker", speakers.named),
    ("article", articles.named),
    ("outlet", outlets.named),
)


def _differing(stored: dict[str, Any], said: dict[str, Any], folded: str) -> list[str]:
    """Name the details that are given and differ from what is recorded."""
    told = {**said, **{name: said[name].number for name, _ in _NAMED if said.get(name)}}
    if told.items() <= stored.items():  # an imported row mostly says just what is recorded
        return []
    return [
        name
        for name in ("text", "speaker", "outlet", "article", "standing", *Quotation.FACTS)
        if told.get(name) not in (None, stored[name])
        and not (name == "text" and text.folded_pieces(stored["text"]) == folded)
    ]


def _conflict(quotation: Quotation, names: list[str]) -> errors.Conflict:
    recorded = [(name, getattr(quotation, name)) for name in names]
    faults = [
        errors.Fault(f"#/{name}", "Recorded without one." if value is None else f"Recorded as {value!s}.")
        for name, value in recorded
    ]
    return errors.Conflict(f"Quotation {quotation.id} is recorded with another {', '.join(names)}.", faults, quotation)


def _update(quotation: Quotation, told: dict[str, Any], names: list[str], ledger: Ledger) -> Outcome:
    """Revise a quotation to what a row says of it."""
    said, warnings = _resolve(told, ledger)
    ledger.flush()
    changes = {name: said[name] for name in names}
    _revise(quotation, changes, ledger.by, told.get("reason") or "Revised by an import.")
    return Outcome(Result.UPDATED, quotation.number, warnings)


def _doubts(said: str | None, printed: str | None) -> list[str]:
    """Say what looks wrong but may be right."""
    if said and printed and dates.first_day(said) > dates.last_day(printed):
        return [f"said_on {said} is after the article's date {printed}; across time zones it may be right."]
    return []
