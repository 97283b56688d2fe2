"""PostgreSQL: the index of words in parts, most of them a year.

A GIN gives all entries that have a word before the first of them can be counted. In parts, it is one year's at a time,
and a search ends when it has enough; one that is for a year looks into that year's alone.
"""

import datetime
from typing import Any

from peewee import SQL, PostgresqlDatabase

#: The years that begin a part; the first part is all before, and what has no date, the last all after. Each costs every
#: search some planning.
_YEARS = (1990, 2000, 2005, *range(2008, 2033))

#: How many bits of a position are the record's number; above them stands the ordinal of the day.
_NUMBER_BITS = 32

_STEPS = (
    "DROP TABLE entry",
    "CREATE TABLE entry (position BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL, facets TEXT[] NOT NULL)"
    " PARTITION BY RANGE (position)",
    # A question reads what waits to be sorted in, of every part.
    "CREATE INDEX entry_words ON entry USING gin (words, facets) WITH (gin_pending_list_limit = 256)",
)

_PART = "CREATE TABLE entry_{} PARTITION OF entry FOR VALUES FROM ({}) TO ({})"

#: The planner must know the common words from the rare: for the ones it goes by date, for the others by word. It reads
#: what it knows of each part at every search: one for a rare word of a speaker took 13 ms with 2,000, 6 with 500.
_STATISTICS = "ALTER TABLE entry ALTER COLUMN words SET STATISTICS 500, ALTER COLUMN facets SET STATISTICS 200"

#: What others than the owner may do: it goes with the table.
_GRANTS = """
SELECT concat('GRANT ', privilege_type, ' ON entry TO ',
    CASE grantee WHEN 'PUBLIC' THEN grantee ELSE quote_ident(grantee) END)
FROM information_schema.role_table_grants WHERE table_schema = current_schema() AND table_name = 'entry'
"""


def up(migrator: Any, db: Any) -> None:
    """Make the index anew, empty: `flask migrate` then fills it, as `flask reindex` does. SQLite has no need of it."""
    if not isinstance(db, PostgresqlDatabase):
        return
    begins = [datetime.date(year, 1, 1).toordinal() << _NUMBER_BITS for year in _YEARS]
    parts = zip(("past", *_YEARS), ("MINVALUE", *begins), (*begins, "MAXVALUE"), strict=True)
    grants = [statement for (statement,) in db.execute(SQL(_GRANTS)).fetchall()]
    for statement in (*_STEPS, *(_PART.format(*part) for part in parts), _STATISTICS, *grants):
        db.execute(SQL(statement))
