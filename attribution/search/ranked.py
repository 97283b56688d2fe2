"""Quotations by relevance: the newest results, the best of them first."""

from typing import Any

from attribution import database, errors, index
from attribution.matches import Ranker, Text
from attribution.query import Question
from attribution.search import shown
from attribution.search.lookup import Known
from attribution.search.page import WINDOW, cursor_of, place_of
from attribution.search.shown import Shown

_COLUMNS = ("quotation.position", "quotation.text", "quotation.language")
_TEXTS = "FROM ({hits}) AS hit JOIN quotation ON quotation.position = hit.position"


def find(asked: dict[str, Any], question: Question, store: Known) -> tuple[Shown, str | None]:
    """Find the best of the newest results, equally good ones by date, and the cursor to the next page.

    The cursor holds what the first page was ranked by, so that no page shifts another: the last record's score and
    position, how far back was looked, what was on record by then, and what each word weighed. Raises BadCursor.
    """
    ranker = Ranker(question.tree)
    clock, floor, weights, last = store.clock, 0, None, None
    if "cursor" in asked:
        score, position, floor, clock, *weights = place_of(asked["cursor"], float, int, int, int, rest=float)
        last = (score, position)
        if len(weights) != len(ranker.leaves):
            raise errors.BadCursor("That cursor belongs to another question; start from the first page.")
    sql, parameters = index.hits(question._replace(first=max(question.first, floor), until=clock), WINDOW)
    texts = [Text(*row) for row in database.read(_COLUMNS, _TEXTS.format(hits=sql), parameters)]
    weights, scores = ranker.rank(texts, weights)
    ranked = sorted(zip(scores, (text.position for text in texts), strict=True), reverse=True)
    rest = [one for one in ranked if last is None or one < last]
    best = rest[: asked["limit"]]
    floor = min((text.position for text in texts), default=0) if len(texts) == WINDOW else floor
    cursor = cursor_of(*best[-1], floor, clock, *weights) if len(rest) > len(best) else None
    return shown.at([position for _, position in best], question, store.clock), cursor
