"""What a check has searched: how much is on record, and of which days."""

import time
from typing import Any, NamedTuple

from peewee import fn

from attribution import database
from attribution.models import Article, Outlet, Quotation, now
from attribution.models.base import NUMBER_BITS

#: What a check's answer means by its words.
DEFINITION = (
    "The words were looked up among all recorded quotations, whatever their standing, by the three-word sequences they"
    " share (texts under five words: by their words). Compared are words without case, accents and punctuation;"
    " contractions count as the words they stand for, number words as digits. verbatim: the same characters;"
    " typographic: the same letters and digits; trimmed: one unbroken part of the recorded words, or they of the claim;"
    " elided: in order, with words left out inside; altered: words changed, added or moved, but at least half of them"
    " (of few words, more), or eight in a row, the same; spliced: parts of several quotations joined; none: less than"
    " that. A speaker is the same if it is the one the name asked about stands for; an outlet, if the words are"
    " credited to it or it printed them; a date, if they were said or printed then."
)

#: A store of fewer quotations is counted anew whenever it has changed; of a larger one, counting may take this share of
#: the time.
_SMALL, _SHARE = 10_000, 0.01


class _Count(NamedTuple):
    store: int
    clock: int
    counted: dict[str, Any]
    ended: float
    took: float


_last: _Count | None = None


def searched() -> dict[str, Any]:
    """Tell how much is on record; `at` is when it was counted: in a large store that changes, a while ago."""
    global _last
    store, clock = id(database.db.obj), _clock()
    if _last and _last.store == store and (_last.clock == clock or _is_fresh(_last)):
        return _last.counted
    started = time.monotonic()
    counted = {**_count(), "at": now(), "definition": DEFINITION}
    ended = time.monotonic()
    _last = _Count(store, clock, counted, ended, ended - started)
    return counted


def _is_fresh(count: _Count) -> bool:
    return count.counted["quotations"] >= _SMALL and time.monotonic() - count.ended < count.took / _SHARE


def _clock() -> int:
    return database.db.execute_sql("SELECT value FROM clock").fetchone()[0]


def _count() -> dict[str, Any]:
    dated = Quotation.position >= 1 << NUMBER_BITS
    ends = [
        Quotation.select(fn.COALESCE(Quotation.said_on, Article.published_on))
        .join(Article)
        .where(dated)
        .order_by(order)
        .limit(1)
        .scalar()
        for order in (Quotation.position, Quotation.position.desc())
    ]
    printed = Article.select(Article.number).join(Quotation).where(Article.outlet == Outlet.number)
    return {
        "quotations": Quotation.select().count(),
        "articles": Article.select().count(),
        "outlets": Outlet.select().where(fn.EXISTS(printed)).count(),
        "from": ends[0],
        "to": ends[1],
    }
