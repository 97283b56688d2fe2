"""The index of shingles: under which hashes of three words in a row each quotation is found."""

from typing import Any

from peewee import SQL, PostgresqlDatabase

_SQLITE = (
    # Only hashes and row ids are held: what the words were, and where they stood, the quotations themselves tell.
    "CREATE VIRTUAL TABLE shingle USING fts5(hashes, content='', columnsize=0, detail=none, tokenize='ascii')",
    # What was put in for each, so that nothing else is ever taken out: FTS5 cannot tell.
    "CREATE TABLE shingle_entry (number INTEGER NOT NULL PRIMARY KEY, checksum INTEGER NOT NULL)",
)

_POSTGRES = (
    "CREATE TABLE shingle (number BIGINT NOT NULL PRIMARY KEY, hashes INTEGER[] NOT NULL)",
    # A lookup reads what waits to be sorted in besides the index: let no more wait than a millisecond's reading.
    "CREATE INDEX shingle_hashes ON shingle USING gin (hashes) WITH (gin_pending_list_limit = 256)",
)


def up(migrator: Any, db: Any) -> None:
    """Make the index, empty: `flask migrate` then fills it, as `flask reindex` does."""
    for statement in _POSTGRES if isinstance(db, PostgresqlDatabase) else _SQLITE:
        db.execute(SQL(statement))
