"""Two short words in a row are found as one, and PostgreSQL counts by slices of time."""

from typing import Any

from peewee import SQL, PostgresqlDatabase

_EMPTY = "DELETE FROM entry"
_SQLITE = ("INSERT INTO entry_words (entry_words) VALUES ('delete-all')",)
_POSTGRES = ("CREATE TABLE entry_slice (slice BIGINT NOT NULL PRIMARY KEY)",)


def up(migrator: Any, db: Any) -> None:
    """Empty the index of words; `flask migrate` then fills it again, as `flask reindex` does."""
    for statement in (_EMPTY, *(_POSTGRES if isinstance(db, PostgresqlDatabase) else _SQLITE)):
        db.execute(SQL(statement))
