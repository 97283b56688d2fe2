"""The languages whose stems are indexed: a question, which has none of its own, is stemmed by the rules of each."""

from collections.abc import Iterable

from attribution import words
from attribution.database import db


def missing(tags: Iterable[str | None]) -> list[str]:
    """Give the languages of stems that texts in languages of these `tags` have, and that are not noted."""
    noted = {code for (code,) in db.execute_sql("SELECT code FROM entry_language")}
    return sorted({code for tag in set(tags) if (code := words.stem_language(tag))} - noted)


def note(tags: Iterable[str | None]) -> None:
    """Note the languages of such stems."""
    for code in missing(tags):
        db.execute_sql(f"INSERT INTO entry_language (code) VALUES ({db.param})", (code,))  # noqa: S608
