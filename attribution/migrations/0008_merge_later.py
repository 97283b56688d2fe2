"""SQLite: what an import adds may wait to be merged.

FTS5 merges sixteen pieces of a size at once, whoever writes the last of them. An import leaves hundreds until it has
them merged; a record posted meanwhile would wait seconds for that.
"""

from typing import Any

from peewee import SQL, PostgresqlDatabase

_STEPS = (
    "INSERT INTO entry_words (entry_words, rank) VALUES ('crisismerge', 1000)",
    "INSERT INTO shingle (shingle, rank) VALUES ('crisismerge', 1000)",
)


def up(migrator: Any, db: Any) -> None:
    """Let so many pieces stand. PostgreSQL has none."""
    if isinstance(db, PostgresqlDatabase):
        return
    for step in _STEPS:
        db.execute(SQL(step))
