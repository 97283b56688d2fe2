"""Articles: resolved from what a record says of them, recorded, revised, given a new text."""

import hashlib
import itertools
import uuid
from collections.abc import Collection, Iterable
from typing import Any

import peewee

from attribution import database, errors, index, outlets, urls
from attribution.ledger import Ledger
from attribution.models import Article, ArticleText, Quotation, Resolved, now


def at(url: str) -> Article | None:
    """Give the article at a URL, however it is spelled. Raises Invalid if that is no web address."""
    return Article.named(urls.article_id(_canonical(url)))


def named(told: dict[str, Any], ledger: Ledger) -> Resolved[Article]:
    """Get or create the article that `told` names ({"ref": id or URL} or its fields), adding what was not known of it.

    Raises Invalid for an id that is not recorded and for an outlet that is ambiguous.
    """
    return ledger.articles.remembered(told) or ledger.articles.remember(told, _named(told, ledger))


def _named(told: dict[str, Any], ledger: Ledger) -> Resolved[Article]:
    if "ref" in told:
        if "://" not in told["ref"]:
            return Resolved(_identified(told["ref"], ledger), False, [])
        told = {"url": told["ref"]}
    facts, differing = _resolve(told, ledger)
    body, outlet, id = facts.pop("text", None), facts.get("outlet"), facts.pop("id", None)
    key = Article.key_of(facts.get("url"), outlet, facts.get("published_on"), facts.get("headline"))
    article = ledger.articles.named(key, id)
    if article:
        return Resolved(article, False, differing + _learn(article, facts, body, ledger))
    if id not in (None, key):
        ledger.restores("/id", "Only an editor may record an article under an id that is not its own.")
    facts["outlet"] = outlet and outlet.number
    facts |= {"id": id or key, "key": key, "text_sha256": _sha256(body) if body else None}
    return Resolved(ledger.articles.enter(body, **facts), True, differing)


def prefetch(tolds: Iterable[dict[str, Any]], ledger: Ledger) -> list[Any]:
    """Look up together the articles that rows name, and their outlets.

    Gives each article that is known by its id or URL, else None; changes nothing.
    """
    shelf = ledger.articles
    found = [(told, shelf.remembered(told)) for told in tolds]
    named = [_names(told) if resolved is None else [] for told, resolved in found]
    ledger.outlets.prefetch(told["outlet"] for told, resolved in found if resolved is None and told.get("outlet"))
    shelf.prefetch(itertools.chain.from_iterable(named))
    return [
        resolved.record if resolved else next(filter(None, map(shelf.named, names)), None)
        for (_, resolved), names in zip(found, named, strict=True)
    ]


def _names(told: dict[str, Any]) -> list[uuid.UUID]:
    """Give what names an article without looking up its outlet: its id, and the name its URL gives."""
    names = [told["id"]] if "id" in told else []
    reference = told.get("ref", "")
    try:
        if reference and "://" not in reference:
            names.append(uuid.UUID(reference))
        elif url := reference or told.get("url"):
            names.append(urls.article_id(_canonical(url)))
    except (ValueError, errors.Invalid):
        pass  # told again, and reported, when the row's turn comes
    return names


def record(told: dict[str, Any], by: str) -> Resolved[Article]:
    """Record an article, or find it recorded. Raises Conflict if it is recorded with other details."""
    with database.transaction(), errors.document(), Ledger(by) as ledger:
        return named(told, ledger).settled()


def revise(id: str, changes: dict[str, Any], by: str, expected: Collection[str] | None = None) -> Article:
    """Correct an article; `expected` are the tags of the states the editor may have seen.

    Raises NotFound, Stale, Conflict if it would become the same as another article, Invalid if nothing names it.
    """
    with database.transaction():
        article = Article.fetch(id)
        article.expect(expected)
        with errors.document(), Ledger(by) as ledger:
            changes, _ = _resolve(changes, ledger)
        _change(article, by, changes.pop("reason", None), **changes)
        return Article.fetch(id)


def replace_text(
    id: str, body: str, by: str, reason: str | None = None, expected: Collection[str] | None = None
) -> Article:
    """Hold another text of an article, beside those it had, and verify every quotation of it again.

    Raises NotFound, Stale.
    """
    with database.transaction():
        article = Article.fetch(id)
        article.expect(expected)
        if _sha256(body) != article.text_sha256:
            _keep_text(article, body, by)
            _change(article, by, reason, text_sha256=_sha256(body))
        return article


def _identified(reference: str, ledger: Ledger) -> Article:
    """Give the article with an id. Raises Invalid if there is none."""
    try:
        article = ledger.articles.identified(uuid.UUID(reference))
    except ValueError:
        raise errors.Invalid(f"{reference!r} is neither an article's id nor a web address.") from None
    if article is None:
        raise errors.Invalid(f"There is no article {reference}.")
    return article


def _resolve(told: dict[str, Any], ledger: Ledger) -> tuple[dict[str, Any], list[errors.Fault]]:
    """Give the fields of an article with its URLs canonical and its outlet a record, and what differs of the outlet."""
    facts, differing = dict(told), []
    faults = errors.Faults()
    for name in ("url", "archive_url"):
        if facts.get(name):
            with faults.at(f"/{name}"):
                facts[name] = _canonical(facts[name])
    if facts.get("outlet"):
        with faults.at("/outlet"):
            outlet = outlets.named(facts["outlet"], ledger)
            facts["outlet"] = outlet.record
            differing = [fault._replace(pointer="/outlet" + fault.pointer) for fault in outlet.differing]
    faults.check()
    return facts, differing


def _canonical(url: str) -> str:
    try:
        return urls.canonical(url)
    except ValueError:
        raise errors.Invalid(f"{url!r} is not a web address.") from None


def _learn(article: Article, facts: dict[str, Any], body: str | None, ledger: Ledger) -> list[errors.Fault]:
    """Add what was not known of an article; give what differs, which is left as it is."""
    differing = []
    news: dict[str, Any] = {}
    for name in Article.FACTS:
        stored, value = article.__data__.get(name), facts.get(name)
        if name == "url" or value in (None, []):
            continue
        if name == "outlet":
            value = value.number
        if stored in (None, []):
            news[name] = value
        elif value != stored:
            if name == "outlet":
                stored, value = ledger.outlets.numbered(stored).slug, facts[name].slug
            differing.append(errors.Fault(f"/{name}", f"The article's {name} is {stored!s}, not {value!s}."))
    if body and article.text_sha256 is None:
        news["text_sha256"] = _sha256(body)
    elif body and _sha256(body) != article.text_sha256:
        differing.append(errors.Fault("/text", "Another text of the article is held; PUT a new one at …/text."))
    if news:
        ledger.write_through()
        if body and "text_sha256" in news:
            _keep_text(article, body, ledger.by)
        _change(article, ledger.by, "Told by a record that names it.", **news)
    return differing


def _change(article: Article, by: str, reason: str | None, **values: Any) -> None:
    """Change an article, and carry over to its quotations what they take from it: publisher, date, verification."""
    former_outlet = article.outlet
    try:
        with database.savepoint():
            if not article.change(by, reason, **values):
                return
    except peewee.IntegrityError:
        other = Article.named(article.key)
        raise errors.Conflict(f"That is article {other.id if other else article.key}, recorded already.") from None
    if not article.url and not (article.headline and article.outlet and article.published_on):
        raise errors.Invalid("An article without a url needs a headline, an outlet and published_on.")
    if not {"outlet", "published_on", "text_sha256"} & set(values):
        return
    for quotation in Quotation.whole().where(Quotation.article == article):
        with index.following(quotation):
            quotation.article = article
            if quotation.outlet == former_outlet != article.outlet:
                # The publisher stood for itself: nobody else was credited.
                quotation.change(by, reason, outlet=article.outlet)
            else:
                quotation.settle()
                quotation.seq = article.seq
                quotation.save()


def _keep_text(article: Article, body: str, by: str) -> None:
    held = {"article": article, "sha256": _sha256(body), "text": body, "recorded_at": now(), "recorded_by": by}
    ArticleText.insert(held).on_conflict_ignore().execute()


def _sha256(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
