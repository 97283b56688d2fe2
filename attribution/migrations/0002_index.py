"""The index of words: what is held of each quotation, and how each engine finds it."""

from typing import Any

from peewee import SQL, PostgresqlDatabase

_LANGUAGES = "CREATE TABLE entry_language (code TEXT NOT NULL PRIMARY KEY)"

_SQLITE = (
    """CREATE TABLE entry (
        position INTEGER NOT NULL PRIMARY KEY,
        words TEXT NOT NULL,
        forms TEXT NOT NULL,
        facets TEXT NOT NULL
    )""",
    # What stands there is in words already: the tokenizer parts them at spaces, and nowhere else.
    """CREATE VIRTUAL TABLE entry_words USING fts5(
        words, forms, facets, content='entry', content_rowid='position', columnsize=0, tokenize="ascii tokenchars ':-'"
    )""",
)

_POSTGRES = (
    "CREATE TABLE entry (position BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL, facets TEXT[] NOT NULL)",
    "CREATE INDEX entry_words ON entry USING gin (words, facets)",
    # The planner must know the common words from the rare: for the ones it goes by date, for the others by word.
    "ALTER TABLE entry ALTER COLUMN words SET STATISTICS 2000, ALTER COLUMN facets SET STATISTICS 2000",
)


def up(migrator: Any, db: Any) -> None:
    """Make the index, empty: `flask migrate` then fills it, as `flask reindex` does."""
    for statement in (_LANGUAGES, *(_POSTGRES if isinstance(db, PostgresqlDatabase) else _SQLITE)):
        db.execute(SQL(statement))
