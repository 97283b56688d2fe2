"""All results of a question, the oldest first, in batches: what an export reads."""

from collections.abc import Iterator
from typing import Any

from attribution import database, index
from attribution.search.found import asked_of_index
from schemas.vocabulary import Standing

#: How many results are read at a time.
_BATCH = 1_000


def walk(asked: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the positions of what `find` finds, the oldest first.

    Recording quotations in this order gives the same order again. What is recorded meanwhile may or may not be among
    them. `asked` has the shape of `schemas.search.QuotationQuery`, loaded; paging and facets in it are passed over.
    """
    everything = set(asked) == {"standing"} and set(asked["standing"]) == set(Standing)
    question = None if everything else asked_of_index(asked)
    first = question.first if question else 0
    while True:
        if question is None:
            mark = database.db.param
            sql = f"SELECT position FROM quotation WHERE position >= {mark} ORDER BY position LIMIT {_BATCH}"  # noqa: S608
            hits = index.Statement(sql, [first])
        else:
            hits = index.hits(question._replace(first=first), _BATCH, descending=False)
        positions = [position for (position,) in database.db.execute_sql(*hits).fetchall()]
        if not positions:
            return
        yield positions
        first = positions[-1] + 1
