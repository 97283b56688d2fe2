"""The rows of a store as one flat table with a full-text index, as sqlite-utils and Datasette would have them."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

#: Every field of a quotation's JSON, a column each.
_FLAT = """
    CREATE TABLE quotations AS
    SELECT q.position, q.id, q.text, q.kind, s.slug AS speaker_slug, s.name AS speaker, s.kind AS speaker_kind,
           q.mention, q.cue, o.slug AS outlet_slug, o.name AS outlet, a.id AS article_id, a.url AS article_url,
           a.headline, p.slug AS publisher_slug, p.name AS publisher, a.published_on, a.language AS article_language,
           q.said_on, coalesce(q.said_on, a.published_on) AS date, q.language, q.note, q.standing, q.verification,
           q.selectors, q.version, q.recorded_at, q.recorded_by, q.revised_at, q.reason
    FROM store.quotation q
    JOIN store.speaker s ON s.number = q.speaker_id
    JOIN store.article a ON a.number = q.article_id
    LEFT JOIN store.outlet o ON o.number = q.outlet_id
    LEFT JOIN store.outlet p ON p.number = a.outlet_id
    ORDER BY q.position
"""


def flat(store: Path) -> Path:
    """Give the file that holds the rows of the SQLite store; it is made if it is not there."""
    path = store.with_name(store.name.replace("made", "rows"))
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        connection = sqlite3.connect(unfinished)
        connection.execute("PRAGMA synchronous = off")
        connection.execute("ATTACH ? AS store", (str(store),))
        connection.execute(_FLAT)
        connection.commit()
        connection.execute("DETACH store")
        database = Database(connection)
        database["quotations"].transform(pk="position")
        database["quotations"].enable_fts(["text"])
        database["quotations"].optimize()
        connection.execute("ANALYZE")
        connection.commit()
        connection.close()
        unfinished.rename(path)
    return path
