"""What the index holds of a quotation: its words in order, their other forms, and what it is filtered by.

The commonest words are short, and every engine must look through all that have both to find where one follows the
other. So two short words in a row are a form of their own: `:of:the`.

A form that a word of the same entry is spelled like, and has itself, is not held: most stems are such words, and
without them an entry has a third less to write. Whoever asks for such a stem asks for that word too, in entries marked
as of its language.
"""

import functools
import itertools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from attribution import words
from attribution.models import Quotation
from attribution.query import Phrase, Word

#: What an entry is made from: the position, what its terms are made from, and what is filtered by.
COLUMNS = (
    Quotation.position,
    Quotation.text,
    Quotation.language,
    Quotation.speaker,
    Quotation.outlet,
    Quotation.publisher,
    Quotation.article,
    Quotation.kind,
    Quotation.standing,
    Quotation.verification,
)


#: A tsvector holds no place beyond this, and of one lexeme fewer than so many (PostgreSQL, section 12.9); so that both
#: engines find the same, neither is given more.
_LAST_PLACE, _MOST_PLACES = 16_383, 255

#: A word of at most so many letters is short.
_SHORT = 4


class Terms(NamedTuple):
    """What a text is found by: its words, each in its place, and their other forms."""

    words: list[str]
    forms: list[str]


class Entry(NamedTuple):
    """A quotation as it is indexed: its position; its terms, as the engine writes them; words such as `speaker:42`."""

    position: int
    terms: tuple[str, ...]
    facets: list[str]


def terms(text: str, language: str | None) -> Terms:
    """Give what a text is found by."""
    said, others = words.words_and_others(text, language)  # the other forms alone: the words are found by themselves
    placed = _placed(said)
    if placed is not said:
        others = words.without_own(words.forms(text, language), placed)
    return Terms(placed, [*sorted(others), _mark(words.stem_language(language) or ""), *pairs(placed)])


def pairs(said: Sequence[str]) -> list[str]:
    """Give the forms of all two short words in a row, each once."""
    both = [f":{one}:{other}" for one, other in itertools.pairwise(said) if len(one) <= _SHORT >= len(other)]
    return [pair for pair in dict.fromkeys(both) if words.GAP not in pair]


def paired(phrase: Phrase) -> tuple[list[str], bool]:
    """Give the pairs that stand where a phrase does, and whether that is all there is to it."""
    found = pairs(phrase.words[:-1] if phrase.is_open else phrase.words)
    return found, bool(found) and len(phrase.words) == 2


def of(row: Mapping[str, Any], terms: tuple[str, ...]) -> Entry:
    """Make the entry of a quotation, whose values stand by the names of their fields."""
    facets = [f"{name}:{value}" for name in _FILTERED if (value := row.get(name)) is not None]
    return Entry(row["position"], terms, [*facets, *_ranges(row["language"])])


def ways(asked: Word) -> list[tuple[str, ...]]:
    """Give the ways in which an entry may hold a word that is asked for: the words and forms of one of them."""
    parted = [(*form.partition(":")[::2], form) for form in sorted(asked.forms)]
    # Spelled as it is asked for, it is meant in any language: those who read it there give it the same stem.
    spelled = sorted({stem for code, stem, _ in parted if not code})
    others = [(stem, _mark(code)) for code, stem, _ in parted if stem not in spelled and words.is_own(stem, code)]
    return [*((word,) for word in spelled), *((form,) for *_, form in parted), *others]


def _mark(code: str) -> str:
    """Give the form of entries whose words have the stems of a language; no word begins so, and no other form."""
    return f"-{code}"


def _placed(said: list[str]) -> list[str]:
    """Give the words that have a place; the others, in very long texts, are found by their forms, not in phrases."""
    if len(said) < _MOST_PLACES:
        return said
    counts: dict[str, int] = {}
    placed = []
    for word in said[:_LAST_PLACE]:
        counts[word] = counts.get(word, 0) + 1
        placed.append(word if counts[word] < _MOST_PLACES else words.GAP)
    return placed


_FILTERED = [column.name for column in COLUMNS[3:]]


def facet(name: str, value: str | int) -> str:
    """Give the word under which quotations are indexed that have a value: `speaker` and 42 make `speaker:42`."""
    return f"{name}:{value}".lower()


@functools.lru_cache(maxsize=256)
def _ranges(language: str | None) -> tuple[str, ...]:
    """Give the facets of a language tag: pt-BR is found under `pt` too (RFC 4647, section 3.3.1)."""
    parts = language.split("-") if language else []
    return tuple(facet("language", "-".join(parts[: i + 1])) for i in range(len(parts)))
