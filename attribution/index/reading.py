"""Texts read for the index: all that takes time, and nothing of a store, so that it can be done ahead of writing."""

from typing import NamedTuple

from attribution.index import engine, entry, shingles


class Reading(NamedTuple):
    """What a text in a language is found by, as the engine that is bound writes it."""

    language: str | None
    terms: tuple[str, ...]
    shingles: str


def read(text: str, language: str | None) -> Reading:
    """Read a text; `language` is its tag."""
    return Reading(language, engine.bound().written(entry.terms(text, language)), shingles.written(text))
