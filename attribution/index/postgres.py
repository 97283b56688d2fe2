"""The index on PostgreSQL: a GIN over the words and the facets of an entry, both made here, for each year.

Words and their forms are lexemes of a tsvector, the words with their places, so that no text search configuration has
a say. Facets are an array of their own: among the lexemes they would spoil the statistics the planner goes by. Only
what is retracted is marked among the lexemes too: a search for words that must not be so is then answered by the index
alone, and no row's facets need be read to count it.
"""

import datetime
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import peewee

from attribution import database
from attribution.database import db
from attribution.index.entry import Entry, Terms, facet, paired, ways
from attribution.models import NUMBER_BITS
from attribution.query import And, Node, Not, Phrase, Question, Word
from schemas.vocabulary import Standing

#: Where positions are read from, and their column there.
TABLE, POSITION = "entry", "position"

#: Always true by its first term, where it ends, but the planner reckons with the others at 100 operators each. It takes
#: reading a row's words for free, and that is half of what fetching the row costs; for a rare word, going by date, it
#: read through a million of them: 600 ms, now 14. A count is not in the order of dates.
WEIGHT = (
    " AND (position >= 0 OR to_tsvector('simple', position::text) IS NULL"
    " OR to_tsvector('simple', (position + 1)::text) IS NULL)"
)

#: Counting what must have words or facets, at any time, goes by a plan that is kept.
COUNTS_ALONE = True

#: A question is planned for each part that it may have to look into.
IN_PARTS = True

#: There is one way, whatever these are: by the GIN of each part. To plan that anew takes 2 to 3 ms, as the planner
#: reads what it knows of all parts. One that was empty when the plan was made must not be read whole when it has grown,
#: so there may be no other way. Pages that are in memory need not be called for: that would take a twentieth longer.
_BY_KEPT_PLAN = """
SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_indexscan', 'off', true), set_config('effective_io_concurrency', '0', true),
    set_config('max_parallel_workers_per_gather', '0', true)
"""

#: Counts the positions that a statement selects. To send them takes longer than to count them, but for a few.
_COUNTING = """
SELECT count(*), CASE WHEN count(*) <= 1000 THEN coalesce(array_agg(position), '{{}}') END FROM ({}) AS found
"""

#: The facets that stand among the lexemes too.
_MARKED = frozenset({facet("standing", Standing.RETRACTED)})

_COLUMNS = ("position", "words", "facets")

#: Entries are looked up by their positions, so that no plan can be to read all parts.
_DIFFERING = """
SELECT given.position
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (position, words, facets)
LEFT JOIN (SELECT * FROM entry WHERE position = ANY(%s)) AS entry USING (position)
WHERE entry.words IS DISTINCT FROM given.words::tsvector OR entry.facets IS DISTINCT FROM given.facets::text[]
"""

_SETTLE = """
SELECT gin_clean_pending_list(oid) FROM pg_class
WHERE oid IN (SELECT relid FROM pg_partition_tree('entry_words') UNION ALL SELECT 'shingle_hashes'::regclass)
    AND relkind = 'i' AND pg_has_role(relowner, 'USAGE')
"""


def written(terms: Terms) -> tuple[str, ...]:
    """Write the terms of a text as a tsvector: its words with their places, and other forms without."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(terms.words, 1):
        places.setdefault(word, []).append(str(place))
    lexemes = [f"{_quoted(word)}:{','.join(at)}" for word, at in places.items()]
    return (" ".join(lexemes + [_quoted(_lexeme(form)) for form in terms.forms]),)


def add(entries: Sequence[Entry]) -> None:
    """Put entries in."""
    database.insert_all("entry", _COLUMNS, [_row(entry) for entry in entries])


def remove(positions: Sequence[int]) -> None:
    """Take the entries at `positions` out, where there are any."""
    db.execute_sql("DELETE FROM entry WHERE position = ANY(%s)", (list(positions),))


def differing(entries: Sequence[Entry]) -> set[int]:
    """Give the positions of those of `entries` that are not indexed as they are."""
    rows = [_row(entry) for entry in entries]
    columns = [[row[at] for row in rows] for at in range(len(_COLUMNS))]
    return {position for (position,) in db.execute_sql(_DIFFERING, (*columns, columns[0]))}


def merged_later() -> AbstractContextManager[None]:
    """Do nothing: what is added is sorted in as it comes."""
    return nullcontext()


def settle(records: int | None) -> None:
    """Sort in what waits to be: a question reads all of that. Only the owner may; for others, autovacuum will."""
    db.execute_sql(_SETTLE)


def near(position: int) -> int:
    """Give where the year before that of a position begins: to plan for two parts takes 3 ms less than for all."""
    year = datetime.date.fromordinal(max(position >> NUMBER_BITS, 1)).year
    return datetime.date(max(year - 1, 1), 1, 1).toordinal() << NUMBER_BITS


def condition(asked: Question) -> tuple[str, tuple[Any, ...]]:
    """Give the condition that an entry answers a question, and its parameters."""
    conditions = ["facets && %s::text[]"] * len(asked.facets)
    parameters: list[Any] = [list(group) for group in asked.facets]
    if asked.tree is not None:
        unmarked = [f"!{_quoted(_lexeme(facet))}" for facet in asked.without if facet in _MARKED]
        conditions.append("words @@ %s::tsquery")
        parameters.append(" & ".join([_printed(asked.tree), *unmarked]))
    if asked.without and not (asked.tree and _MARKED.issuperset(asked.without)):
        conditions.append("NOT facets && %s::text[]")
        parameters.append(list(asked.without))
    return " AND ".join(conditions or ["TRUE"]), tuple(parameters)


def count(selected: str, parameters: Sequence[Any]) -> Any:
    """Count the positions that a statement selects by words or facets, and give them if they are few.

    It goes by the plan that this connection keeps for it.
    """
    with db.atomic(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]
        db.execute_sql(_BY_KEPT_PLAN)
        return db.connection().execute(_COUNTING.format(selected), parameters, prepare=True).fetchone()


def unsound(mend: bool) -> list[str]:
    """Say nothing: PostgreSQL keeps its indexes itself. When entries were mended, the planner should know them anew."""
    if mend:
        db.execute_sql("ANALYZE entry")
    return []


def _printed(node: Node) -> str:
    """Print a tree as a tsquery (PostgreSQL, section 8.11.2), every word of it in quotation marks."""
    if isinstance(node, Word):
        return f"({' | '.join(_together(tokens) for tokens in ways(node))})"
    if isinstance(node, Phrase):
        found, is_all = paired(node)
        in_a_row = [] if is_all else [f"({' <-> '.join(map(_quoted, node.words))}{':*' * node.is_open})"]
        return f"({' & '.join([_quoted(_lexeme(pair)) for pair in found] + in_a_row)})"
    if isinstance(node, Not):
        return f"!{_printed(node.what)}"
    return f"({(' & ' if isinstance(node, And) else ' | ').join(map(_printed, node.parts))})"


def _row(entry: Entry) -> tuple[int, str, str]:
    """Write an entry as COPY takes it; facets are words, numbers and language tags, and need no quotation marks."""
    return entry.position, " ".join([*entry.terms, *_marks(entry)]), f"{{{','.join(entry.facets)}}}"


def _marks(entry: Entry) -> list[str]:
    """Give the facets that stand among the lexemes too."""
    return [_quoted(_lexeme(mark)) for mark in sorted(_MARKED.intersection(entry.facets))]


def _together(tokens: Sequence[str]) -> str:
    return f"({' & '.join(_quoted(_lexeme(token)) for token in tokens)})"


def _lexeme(token: str) -> str:
    """Write a form so that no word begins like it: `de*` is not to find what is stemmed as German."""
    return f":{token}" if ":" in token or token.startswith("-") else token


def _quoted(lexeme: str) -> str:
    """Write a lexeme so that nothing in it is syntax."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
