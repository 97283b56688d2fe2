"""Whether the index is what the records say, and making it so while the service goes on.

Records are looked at in batches, each in a short transaction of its own: whatever is written meanwhile is indexed by
whoever writes it. It can be broken off at any moment and run again.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from attribution import database
from attribution.index import engine, entry, languages, reading, shingles
from attribution.models import Clock, Quotation

_BATCH = 1000

_STRAYS = """
SELECT position FROM entry WHERE NOT EXISTS (SELECT 1 FROM quotation WHERE quotation.position = entry.position)
ORDER BY position
"""


class Looked(NamedTuple):
    """How many records were looked at, and what was found wrong."""

    records: int
    faults: list[str]


def is_whole() -> bool:
    """Tell whether there are as many entries as quotations: a rebuilding that was broken off leaves fewer."""
    tables = ("quotation", "entry", shingles.counted())
    return len({database.db.execute_sql(f"SELECT count(*) FROM {table}").fetchone() for table in tables}) == 1  # noqa: S608


def differences() -> Iterator[Looked]:
    """Find whatever differs between the index and the records, batch by batch.

    On SQLite, the last step compares FTS5's own structures with what they were made of; writers wait for it, about 40
    seconds for a million quotations.
    """
    return _look(mend=False)


def rebuild() -> Iterator[Looked]:
    """Make the index what the records say, batch by batch; give what was wrong."""
    return _look(mend=True)


def _look(*, mend: bool) -> Iterator[Looked]:
    last = 0
    while True:
        with database.transaction():
            rows = _rows_after(last)
            readings = [(row, reading.read(row["text"], row["language"])) for row in rows]
            faults = _compare([entry.of(row, it.terms) for row, it in readings], mend)
            faults += _compare_shingles([(row["number"], it.shingles) for row, it in readings], mend)
            faults += _compare_languages([it.language for _, it in readings], mend)
            _announce(faults, mend)
        if not rows:
            break
        last = rows[-1]["number"]
        yield Looked(len(rows), faults)
    with database.transaction():
        faults = _compare_strays(mend) + engine.bound().unsound(mend)
        _announce(faults, mend)
    if mend:
        engine.bound().settle(None)
    yield Looked(0, faults)


def _announce(faults: list[str], mend: bool) -> None:
    """Let the clock tell that searches have other answers now."""
    if mend and faults:
        Clock.tick()


def _rows_after(number: int) -> list[dict[str, Any]]:
    select = Quotation.select(Quotation.number, *entry.COLUMNS).where(Quotation.number > number)
    rows: Any = select.order_by(Quotation.number).limit(_BATCH).dicts()
    return list(rows)


def _compare(entries: list[entry.Entry], mend: bool) -> list[str]:
    index = engine.bound()
    wrong = index.differing(entries)
    if mend and wrong:
        index.remove(sorted(wrong))
        index.add([one for one in entries if one.position in wrong])
    return [f"The quotation at {position} is not indexed as it is recorded." for position in sorted(wrong)]


def _compare_shingles(rows: list[tuple[int, str]], mend: bool) -> list[str]:
    wrong = shingles.differing(rows)
    if mend and wrong:
        again = [row for row in rows if row[0] in wrong]
        shingles.remove(again)
        shingles.add(again)
    return [f"The quotation numbered {number} is not indexed by its shingles." for number in sorted(wrong)]


def _compare_strays(mend: bool) -> list[str]:
    strays = [position for (position,) in database.db.execute_sql(_STRAYS)]
    if mend and strays:
        engine.bound().remove(strays)
    return [f"What is indexed at {position} is not on record." for position in strays]


def _compare_languages(tags: list[str | None], mend: bool) -> list[str]:
    missing = languages.missing(tags)
    if mend:
        languages.note(tags)
    return [f"The stems of {code} are not looked for." for code in missing]
