"""Less to keep: orders that no list is read in go, and entries are held otherwise."""

from typing import Any

from peewee import SQL, PostgresqlDatabase

_STEPS = (
    # Filters are among the words of the index; nothing else asks for the quotations of an outlet.
    "DROP INDEX quotation_outlet_id_position",
    "DROP INDEX quotation_publisher_id_position",
)

#: Entries are held otherwise now: none is better than one that finds what it should not.
_EMPTY = "DELETE FROM entry"

_SQLITE = (
    "INSERT INTO entry_words (entry_words) VALUES ('delete-all')",
    # After an import, two segments of a level are enough to be merged.
    "INSERT INTO entry_words (entry_words, rank) VALUES ('usermerge', 2)",
    "INSERT INTO shingle (shingle, rank) VALUES ('usermerge', 2)",
)


def up(migrator: Any, db: Any) -> None:
    """Drop them; `flask migrate` then fills the index of words again, as `flask reindex` does."""
    for statement in (*_STEPS, _EMPTY, *(() if isinstance(db, PostgresqlDatabase) else _SQLITE)):
        db.execute(SQL(statement))
