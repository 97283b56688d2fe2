"""The index of shingles: which quotations share three words in a row, on both engines.

A quotation stands in it under its number, which never changes, whatever its standing. What it gives are candidates:
two shingles may have one hash, and whoever asks compares the words themselves.
"""

import zlib
from collections.abc import Sequence

from attribution import database, wording
from attribution.database import db

#: How a hash is written, unsigned, as letters and digits: a word of FTS5, never part of its syntax.
_WRITTEN = "%x"

#: The number of a quotation, and its shingles as `written`.
Row = tuple[int, str]

_POSTGRES_DIFFERING = """
SELECT given.number FROM unnest(%s::bigint[], %s::text[]) AS given (number, hashes)
LEFT JOIN shingle USING (number) WHERE shingle.hashes IS DISTINCT FROM given.hashes::int[]
"""

_POSTGRES_EACH = """
SELECT wanted.shingle, found.number
FROM unnest(%s::int[]) AS wanted (shingle)
CROSS JOIN LATERAL (SELECT number FROM shingle WHERE hashes @> ARRAY[wanted.shingle] LIMIT %s) AS found
"""


def written(text: str) -> str:
    """Write the shingles of a text as the engine takes them."""
    if database.is_postgres():
        return f"{{{','.join(map(str, sorted(set(wording.shingles(wording.keys(text))))))}}}"
    found = tuple(dict.fromkeys(wording.checksums(wording.keys(text))))
    return " ".join([_WRITTEN] * len(found)) % found  # at once, since one by one takes longer


def add(rows: Sequence[Row]) -> None:
    """Let quotations be found by their shingles; none of them may be indexed already."""
    if database.is_postgres():
        database.insert_all("shingle", ("number", "hashes"), rows)
        return
    database.insert_all("shingle", ("rowid", "hashes"), rows)
    checksums = [(number, _checksum(tokens)) for number, tokens in rows]
    database.insert_all("shingle_entry", ("number", "checksum"), checksums)


def remove(rows: Sequence[Row]) -> None:
    """Let quotations be found no more; with the shingles they were added with.

    What was added with others stays on SQLite, as candidates that no comparison will bear out: it must be told what to
    take out, and would be broken if that were not there.
    """
    if database.is_postgres():
        db.execute_sql("DELETE FROM shingle WHERE number = ANY(%s)", ([number for number, _ in rows],))
        return
    connection = db.connection()
    connection.executemany(
        "INSERT INTO shingle (shingle, rowid, hashes)"
        " SELECT 'delete', number, ? FROM shingle_entry WHERE number = ? AND checksum = ?",
        [(tokens, number, _checksum(tokens)) for number, tokens in rows],
    )
    connection.executemany("DELETE FROM shingle_entry WHERE number = ?", [(number,) for number, _ in rows])


def counted() -> str:
    """Name the table that has a row for each quotation."""
    return "shingle" if database.is_postgres() else "shingle_entry"


def differing(rows: Sequence[Row]) -> set[int]:
    """Give the numbers of those that are not indexed with these shingles."""
    if database.is_postgres():
        columns = [number for number, _ in rows], [hashes for _, hashes in rows]
        return {number for (number,) in db.execute_sql(_POSTGRES_DIFFERING, columns)}
    marks = ", ".join("?" * len(rows))
    sql = f"SELECT number, checksum FROM shingle_entry WHERE number IN ({marks})"  # noqa: S608 - marks only
    stored = dict(db.execute_sql(sql, [number for number, _ in rows]).fetchall())
    return {number for number, tokens in rows if stored.get(number) != _checksum(tokens)}


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


def _token(hash: int) -> str:
    return _WRITTEN % (hash + 2**31)


def _checksum(tokens: str) -> int:
    return zlib.crc32(tokens.encode())
