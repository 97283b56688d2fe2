"""Two short words in a row are found as one."""

from typing import Any

from peewee import SQL, PostgresqlDatabase

_EMPTY = "DELETE FROM entry"
_SQLITE_EMPTY = "INSERT INTO entry_words (entry_words) VALUES ('delete-all')"


def up(migrator: Any, db: Any) -> None:
    """Empty the index of words; `flask migrate` then fills it again, as `flask reindex` does."""
    for statement in (_EMPTY, *(() if isinstance(db, PostgresqlDatabase) else (_SQLITE_EMPTY,))):
        db.execute(SQL(statement))
