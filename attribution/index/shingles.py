"""The index of shingles: which quotations share three words in a row, on both engines.

A quotation stands in it under its number, which never changes, whatever its standing. What it gives are candidates:
two shingles may have one hash, and whoever asks compares the words themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attribution import database, wording
from attribution.database import db
from attribution.models import Quotation

_POSTGRES_ADD = """
INSERT INTO shingle (number, hashes)
SELECT number, hashes::int[] FROM unnest(%s::bigint[], %s::text[]) AS given (number, hashes)
"""

_POSTGRES_EACH = """
SELECT wanted.shingle, found.number
FROM unnest(%s::int[]) AS wanted (shingle)
CROSS JOIN LATERAL (SELECT number FROM shingle WHERE hashes @> ARRAY[wanted.shingle] LIMIT %s) AS found
"""


def add(rows: Iterable[Mapping[str, Any]]) -> None:
    """Let quotations that were just recorded be found by their shingles; given are the values of their columns."""
    given = [(row["number"], wording.shingles(wording.keys(row["text"]))) for row in rows]
    if database.is_postgres():
        arrays = [f"{{{','.join(map(str, sorted(set(hashes))))}}}" for _, hashes in given]
        db.execute_sql(_POSTGRES_ADD, ([number for number, _ in given], arrays))
    else:
        tokens = [(number, _tokens(hashes)) for number, hashes in given]
        db.connection().executemany("INSERT INTO shingle (rowid, hashes) VALUES (?, ?)", tokens)


def remove(quotation: Quotation) -> None:
    """Let a quotation be found no more; it must still have the words it was added with."""
    if database.is_postgres():
        db.execute_sql("DELETE FROM shingle WHERE number = %s", (quotation.number,))
    else:
        former = _tokens(wording.shingles(wording.keys(quotation.text)))
        db.execute_sql(
            "INSERT INTO shingle (shingle, rowid, hashes) VALUES ('delete', ?, ?)", (quotation.number, former)
        )


def clear() -> None:
    """Empty the index, to be filled anew."""
    db.execute_sql(
        "TRUNCATE shingle" if database.is_postgres() else "INSERT INTO shingle (shingle) VALUES ('delete-all')"
    )


def each(hashes: Sequence[int], most: int) -> dict[int, list[int]]:
    """Give the numbers of quotations under each hash, at most so many of each."""
    if database.is_postgres():
        found: dict[int, list[int]] = {}
        for hash, number in db.execute_sql(_POSTGRES_EACH, (list(hashes), most)):
            found.setdefault(hash, []).append(number)
        return found
    connection = db.connection()
    statement = "SELECT rowid FROM shingle WHERE shingle MATCH ? LIMIT ?"
    return {hash: [number for (number,) in connection.execute(statement, (_token(hash), most))] for hash in hashes}


def together(hashes: Sequence[int], most: int) -> list[int]:
    """Give the numbers of quotations that have all of the hashes, at most so many."""
    if database.is_postgres():
        found = db.execute_sql("SELECT number FROM shingle WHERE hashes @> %s LIMIT %s", (list(hashes), most))
    else:
        wanted = " AND ".join(_token(hash) for hash in hashes)
        found = db.execute_sql("SELECT rowid FROM shingle WHERE shingle MATCH ? LIMIT ?", (wanted, most))
    return [number for (number,) in found]


def _tokens(hashes: Iterable[int]) -> str:
    return " ".join(_token(hash) for hash in dict.fromkeys(hashes))


def _token(hash: int) -> str:
    """Write a hash as letters and digits: a word of FTS5, never part of its syntax."""
    return f"{hash + 2**31:x}"
