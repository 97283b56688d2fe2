"""Quotations by their words and by what they are filtered by, page by page."""

from typing import Any

from attribution import dates, errors, index, query, words
from attribution.matches import Finder
from attribution.models import NUMBER_BITS, Clock
from attribution.query import Question
from attribution.search import facets, lookup, ranked, shown, totals
from attribution.search.held import Held
from attribution.search.lookup import Known
from attribution.search.page import Documents, Page, cursor_of, place_of
from attribution.search.totals import Counting
from schemas.fields import base_url
from schemas.vocabulary import Sort, Standing

#: The filters whose values are records, and which table those are in.
_RECORDS = {"speaker": "speaker", "outlet": "outlet", "publisher": "outlet", "article": "article"}

#: The filters whose values are indexed as they are.
_WORDS = ("kind", "standing", "verification", "language")

#: Pages that were made, with their questions, by what was asked; only those with so many letters of quotations at most.
_pages, _LARGEST = Held(300), 20_000


def find(asked: dict[str, Any]) -> Page:
    """Find quotations; the items are documents, as `schemas.search.QuotationFound` dumps them, not to be changed.

    `asked` has the shape of `schemas.search.QuotationQuery`, loaded. Retracted quotations are left out unless they are
    asked for. Raises BadCursor, and Invalid if there is no word in `q`. By date it takes two statements, or one if what
    was known last still holds, and the page or its records are held; facets take two more, counting alone four, on a
    connection of its own.
    """
    guess = lookup.guess(asked)
    held = _pages.at(guess.clock).get(_key(asked)) if guess else None
    if guess and held and Clock.now() == guess.clock:
        page, question = held
        return _with_facets(page, question, asked, guess.clock)
    if guess is None:
        return _find(asked, None, None, None)
    question = _question(asked, guess)
    with totals.counting(question, guess.clock) as counting:
        return _find(asked, guess, question, counting)


def _find(asked: dict[str, Any], guess: Known | None, question: Question | None, counting: Counting | None) -> Page:
    """Find quotations by what may still hold, if it is known: what the question means, the count that was begun."""
    is_probing = question is not None and asked.get("sort") != Sort.RELEVANCE
    rest = _rest(asked, question) if question and is_probing else None
    probed = _near(asked, rest, guess.newest) if rest and guess else None
    store = lookup.known(asked, _hits(asked, probed) if probed else None)
    if question is None or guess is None or not guess.agrees(store):
        question, store = _question(asked, store), store._replace(hits=None)
    elif rest and probed != rest and store.hits is not None and len(store.hits) <= asked["limit"]:
        few = totals.few(question, store.clock, counting)
        store = store._replace(hits=None if few is None else _newest(few, rest, asked["limit"] + 1))
    page = _page(asked, question, store, counting)
    is_large = sum(len(item["text"]) for item in page.items) > _LARGEST
    if not is_large and totals.held(question, store.clock) == page.total:  # else it was counted before a change
        _pages.at(store.clock)[_key(asked)] = page, question
    return _with_facets(page, question, asked, store.clock)


def _with_facets(page: Page, question: Question, asked: dict[str, Any], clock: int) -> Page:
    """Add the facets to a page of a question, if any are asked for."""
    return page._replace(facets=facets.count(asked["facets"], question, clock)) if "facets" in asked else page


def _key(asked: dict[str, Any]) -> tuple[Any, ...]:
    """Give what a page is held by: all that is asked for but the facets, and where the register is reached."""
    told = [(name, *value) if isinstance(value, list) else (name, value) for name, value in asked.items()]
    return base_url.get(), *(pair for pair in told if pair[0] != "facets")


def asked_of_index(asked: dict[str, Any]) -> Question:
    """Put what is asked, paging aside, in the words of the index. Raises Invalid if there is no word in `q`."""
    return _question(asked, lookup.known(asked))


def _question(asked: dict[str, Any], store: Known) -> Question:
    """Put what is asked in the words of the index."""
    filters: dict[str, list[Any]] = {name: asked[name] for name in _WORDS if name in asked}
    for name, table in _RECORDS.items():
        if name in asked:
            # Numbers begin at 1: what nobody goes by finds nothing.
            filters[name] = [number for told in asked[name] for number in store.named(table, told)] or [0]
    first = dates.first_day(asked["since"]).toordinal() << NUMBER_BITS if "since" in asked else 0
    last = (dates.last_day(asked["until"]).toordinal() + 1 << NUMBER_BITS) - 1 if "until" in asked else query.NEWEST
    return Question(
        tree=_tree(asked, store) if "q" in asked else None,
        facets=tuple(tuple(index.facet(name, value) for value in values) for name, values in filters.items()),
        without=() if "standing" in asked else (index.facet("standing", Standing.RETRACTED.value),),
        first=first,
        last=last,
    )


def _tree(asked: dict[str, Any], store: Known) -> query.Node:
    languages = {words.stem_language(tag) for tag in asked["language"]} if "language" in asked else store.languages
    tree = query.parse(asked["q"], tuple(sorted(code for code in languages if code)))
    if tree is None:
        raise errors.Invalid(f"There is no word in {asked['q']!r}.")
    return tree


def _page(asked: dict[str, Any], question: Question, store: Known, counting: Counting | None) -> Page:
    """Make the page of a question, with the places of its words; `counting` is the count that was begun for it."""
    is_ranked = asked.get("sort") == Sort.RELEVANCE
    found, cursor = (ranked.find if is_ranked else _by_date)(asked, question, store)
    items = list(found.documents.values())
    if question.tree:
        spans = Finder(question.tree).spans
        items = [{**item, "matches": spans(item["text"], item["language"])} for item in items]
    total = totals.of(question, store.clock, counting) if found.total is None else found.total
    return Page(Documents(items), total, cursor)


def _by_date(asked: dict[str, Any], question: Question, store: Known) -> tuple[shown.Shown, str | None]:
    """Give a page of records by date, and the cursor to the next."""
    limit, descending, found = asked["limit"], _is_descending(asked), None
    if store.hits is not None:
        positions = sorted(store.hits, reverse=descending)
        if "cursor" not in asked and len(positions) <= limit:
            totals.note(question, store.clock, len(positions))
        found = shown.at(positions[:limit], question, store.clock)
    if found is None or found.clock != store.clock:  # the second: something was recorded between the two statements
        found = shown.page(question, store.clock, _hits(asked, _rest(asked, question)))
        positions = sorted(found.positions, reverse=descending)
        documents = {at: found.documents[at] for at in positions[:limit] if at in found.documents}
        found = found._replace(documents=documents)
    return found, cursor_of(positions[limit - 1]) if len(positions) > limit else None


def _hits(asked: dict[str, Any], rest: Question) -> index.Statement:
    """Select the positions of a page and of the next result after it; `rest` is what comes after the cursor."""
    return index.hits(rest, asked["limit"] + 1, descending=_is_descending(asked))


def _newest(positions: list[int], rest: Question, limit: int) -> list[int]:
    """Give the newest of all positions that answer a question, of the part of it that is `rest`."""
    return sorted(position for position in positions if rest.first <= position <= rest.last)[-limit:]


def _near(asked: dict[str, Any], rest: Question, newest: int) -> Question:
    """Ask for what is likely to hold a page: where the newest come first, and an engine reads in parts, the newest."""
    return index.near(rest, newest) if _is_descending(asked) else rest


def _rest(asked: dict[str, Any], question: Question) -> Question:
    """Ask for what comes after the cursor."""
    if "cursor" not in asked:
        return question
    (after,) = place_of(asked["cursor"], int)
    if _is_descending(asked):
        return question._replace(last=min(question.last, after - 1))
    return question._replace(first=min(max(question.first, after + 1), query.NEWEST))


def _is_descending(asked: dict[str, Any]) -> bool:
    return asked.get("sort") != Sort.OLDEST
