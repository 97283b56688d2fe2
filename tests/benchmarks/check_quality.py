"""Whether a check finds the record that words were taken from, says rightly how they differ, and how long it takes."""

import functools
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from attribution import check, database
from attribution.check import judgement
from attribution.check.alignment import Text
from tests.benchmarks import made
from tests.benchmarks.measure import heading, percentile, say, table, timed
from tests.benchmarks.store import Stores

#: Quotations corrupted in each way; peers, which take seconds, are asked about fewer.
_TIMES, _TIMES_PEERS = 200, 20
#: Quotations that brute force looks through.
_SAMPLE = 100_000
#: Quotations corrupted have so many words at least, so that there is something to drop.
_LEAST = 12


class Query(NamedTuple):
    """A claim, the quotations it was made from, and what a check should say: in `words`, or else in `verdict`."""

    claim: dict[str, str]
    originals: tuple[str, ...]
    expected: tuple[str, str]


class Corruption(NamedTuple):
    """A way to make a claim of quotations, and how what a check should say is named."""

    name: str
    make: Callable[[random.Random, str, str], Query]


def _replaced(percent: int) -> Corruption:
    def make(chance: random.Random, said: str, other: str) -> Query:
        words = said.split()
        for place in chance.sample(range(len(words)), round(len(words) * percent / 100)):
            words[place] = _word(chance)
        return Query({"text": " ".join(words)}, (said,), ("words", "altered"))

    return Corruption(f"{percent} % of the words replaced", make)


def _ends_dropped(chance: random.Random, said: str, other: str) -> Query:
    words = said.split()
    part = words[chance.randint(1, 3) : -chance.randint(1, 3)]
    return Query({"text": " ".join(part)}, (said,), ("words", "trimmed"))


def _middle_dropped(chance: random.Random, said: str, other: str) -> Query:
    words = said.split()
    start, length = chance.randint(4, len(words) - 7), chance.randint(1, 3)
    return Query({"text": " ".join(words[:start] + words[start + length :])}, (said,), ("words", "elided"))


def _joined(chance: random.Random, said: str, other: str) -> Query:
    words, more = said.split(), other.split()
    text = " ".join(words[: len(words) * 2 // 3] + more[len(more) // 3 :])
    return Query({"text": text}, (said, other), ("words", "spliced"))


def _negated(chance: random.Random, said: str, other: str) -> Query:
    words = said.split()
    words.insert(chance.randint(1, len(words) - 1), chance.choice(("not", "never", "no")))
    return Query({"text": " ".join(words)}, (said,), ("negation_changed", "True"))


def _of_another(chance: random.Random, said: str, other: str) -> Query:
    return Query({"text": said, "speaker": "Nobody in particular"}, (said,), ("verdict", "misattributed"))


def _unrelated(chance: random.Random, said: str, other: str) -> Query:
    words = [_word(chance) for _ in said.split()]
    return Query({"text": " ".join(words)}, (), ("words", "none"))


CORRUPTIONS = (
    *map(_replaced, (10, 25, 40)),
    Corruption("one to three words dropped at each end", _ends_dropped),
    Corruption("one to three words dropped inside", _middle_dropped),
    Corruption("parts of two joined", _joined),
    Corruption("a negation added", _negated),
    Corruption("another speaker's", _of_another),
    Corruption("unrelated, of the same vocabulary", _unrelated),
)


def run(stores: Stores, sizes: list[int]) -> None:
    """Print the tables."""
    heading(
        "Check: quality and time",
        f"Of {_TIMES} quotations corrupted in each way: the share whose record comes first and whose answer is "
        "right, in percent, and milliseconds of `check.answer` in one process (warm cache; median of three times).",
    )
    columns = ["engine", "quotations", "claim", "record", "answer", "p50", "p95"]
    rows = [
        [engine, size, *row] for engine in stores.engines for size in sizes for row in of(stores.filled(engine, size))
    ]
    table(columns, rows)
    heading("A negation dropped from the record", f"Share of {_TIMES} that are flagged, in percent.")
    table(["flagged"], [[_dropped_negations()]])
    if "sqlite" in stores.engines:
        heading(
            "What one would use instead of a check",
            "FTS5: the words joined by OR, the best by BM25. Brute force: rapidfuzz's ratio to each of "
            f"{_SAMPLE:,} quotations. Either names a record whatever it is asked; {_TIMES_PEERS} claims each.",
        )
        rows = [[size, *row] for size in sizes for row in peers(stores.filled("sqlite", size))]
        table(["quotations", "instead", "claim", "record", "p50"], rows)


def of(url: str) -> Iterator[list[Any]]:
    """Measure the store at `url`: for each corruption the shares of right records and answers, and p50 and p95."""
    database.bind(url)
    with database.connection():
        for corruption in CORRUPTIONS:
            say(f"{url.partition(':')[0]}, {corruption.name} …")
            queries = _queries(corruption, _TIMES)
            answers = [check.answer(query.claim) for query in queries]
            found = [_has_record(query, answer) for query, answer in zip(queries, answers, strict=True)]
            right = [_is_right(query, answer) for query, answer in zip(queries, answers, strict=True)]
            times = timed(check.answer, [query.claim for query in queries], 3)
            yield [corruption.name, _percent(found), _percent(right), percentile(times, 50), percentile(times, 95)]
    database.close()


def peers(url: str) -> Iterator[list[Any]]:
    """Measure what one would use instead, on the SQLite store at `url`."""
    database.bind(url)
    with database.connection():
        texts = [row[0] for row in database.db.execute_sql("SELECT text FROM quotation LIMIT ?", (_SAMPLE,))]
        for corruption in CORRUPTIONS[:3]:
            queries = _queries(corruption, _TIMES_PEERS)
            sample = texts + [original for query in queries for original in query.originals]
            for name, find in (("FTS5", _by_fts5), ("brute force", functools.partial(_by_force, sample))):
                say(f"{name}, {corruption.name} …")
                found = [find(query.claim["text"]) in query.originals for query in queries]
                times = timed(find, [query.claim["text"] for query in queries], 1)
                yield [name, corruption.name, _percent(found), percentile(times, 50)]
    database.close()


def _queries(corruption: Corruption, times: int) -> list[Query]:
    """Corrupt quotations of the store that is bound, the same ones every time."""
    chance = random.Random(corruption.name)
    said = _quotations(chance, 2 * times)
    return [corruption.make(chance, said[i], said[times + i]) for i in range(times)]


def _quotations(chance: random.Random, times: int) -> list[str]:
    (highest,) = database.db.execute_sql("SELECT max(number) FROM quotation").fetchone()
    found: list[str] = []
    while len(found) < times:
        sql = f"SELECT text FROM quotation WHERE number = {database.db.param}"
        row = database.db.execute_sql(sql, (chance.randint(1, highest),)).fetchone()
        if row and len(row[0].split()) >= _LEAST:
            found.append(row[0])
    return found


def _has_record(query: Query, answer: dict[str, Any]) -> bool:
    if not query.originals:
        return True
    if len(query.originals) > 1:
        return {part["quotation"]["text"] for part in answer["parts"]} == set(query.originals)
    return bool(answer["candidates"]) and answer["candidates"][0]["quotation"]["text"] == query.originals[0]


def _is_right(query: Query, answer: dict[str, Any]) -> bool:
    name, expected = query.expected
    said = (answer["best"] or {}).get(name) if name == "negation_changed" else answer[name]
    return str(said) == expected


def _dropped_negations() -> float:
    """Judge claims against records that have one negation more: the store's vocabulary has none."""
    chance = random.Random("dropped")
    flagged = []
    for _ in range(_TIMES):
        words = [_word(chance) for _ in range(24)]
        record = [*words]
        record.insert(chance.randint(0, 24), "not")
        flagged.append(judgement.judge(Text(" ".join(words)), Text(" ".join(record), "en")).negation_changed)
    return _percent(flagged)


def _by_fts5(claim: str) -> str:
    words = " OR ".join(f'"{word}"' for word in claim.lower().replace(".", "").split())
    sql = """SELECT quotation.text FROM entry_words JOIN quotation ON quotation.position = entry_words.rowid
             WHERE entry_words MATCH ? ORDER BY rank LIMIT 1"""
    row: Any = database.db.execute_sql(sql, (f"words : ({words})",)).fetchone()
    return row[0] if row else ""


def _by_force(texts: Sequence[str], claim: str) -> str:
    found = process.extractOne(claim, texts, scorer=fuzz.ratio)
    return found[0] if found else ""


def _word(chance: random.Random) -> str:
    """Draw a word as the store's own were drawn."""
    return made.word(chance.choices(range(made.WORDS), cum_weights=_WEIGHTS)[0])


def _percent(held: Sequence[bool]) -> float:
    return 100 * sum(held) / len(held)


_WEIGHTS = made.zipf(made.WORDS)
