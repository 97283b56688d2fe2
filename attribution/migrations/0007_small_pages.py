"""SQLite: the index of words in smaller pages.

To find a place in a page, FTS5 reads the page. With four pages to one of SQLite's, a phrase of a rare word and a common
one, which is looked for in many places, takes two thirds of the time; so does a common word in one outlet. An import
takes five per cent more.
"""

from typing import Any

from peewee import SQL, PostgresqlDatabase

_STEPS = (
    "INSERT INTO entry_words (entry_words, rank) VALUES ('pgsz', 1000)",
    "INSERT INTO entry_words (entry_words) VALUES ('rebuild')",
)

#: In a savepoint of its own, SQLite would hold all pages of the old index in memory.
atomic = False


def up(migrator: Any, db: Any) -> None:
    """Write the index anew: 76 s for a million quotations, and who writes waits for it.

    PostgreSQL has no need of it.
    """
    if isinstance(db, PostgresqlDatabase):
        return
    for step in _STEPS:
        db.execute(SQL(step))
