"""The search language: what is asked becomes a small tree, which each engine prints in its own syntax.

    word            it, or another form of it by its stem: `condemned` finds "condemn"
    yo-jong, U.S.   what is written without a space stands together
    "exact phrase"  these words as they are spelled, in this order, next to one another
    begin*          words that begin so
    a OR b          one or the other; binds closer than the space between words, which means "and"
    -word           not this

Everything else is plain text: there is nothing that cannot be asked.
"""

import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import regex

from attribution import words
from attribution.words import Token

#: No position is beyond this.
NEWEST = 2**63 - 1

#: Questions of at most so many characters are remembered as they were read: what was once asked is asked again.
_SHORT = 200

#: What is found by questions with more words and filters is not held.
_MOST_PARTS = 20

_QUOTE = '"“”„‟«»「」『』'
_TERM = regex.compile(rf"((?<!\S)-)?(?:[{_QUOTE}]([^{_QUOTE}]*)[{_QUOTE}]|([^\s{_QUOTE}]+))")


@dataclass(frozen=True)
class Word:
    """A word, by the forms (as `words.forms` gives them) of which each word that means it has one."""

    forms: frozenset[str]

    @property
    def initials(self) -> frozenset[str]:
        """Give the letters that the forms begin with."""
        return frozenset(form.partition(":")[2][:1] for form in self.forms)


@dataclass(frozen=True)
class Phrase:
    """Words next to one another as they are spelled; `is_open` if the last need only begin so. One word is a phrase."""

    words: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True)
class Not:
    """Whatever is not so."""

    what: "Node"


@dataclass(frozen=True)
class And:
    """All of several."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    """At least one of several."""

    parts: tuple["Node", ...]


Node = Word | Phrase | Not | And | Or


class Question(NamedTuple):
    """What is looked for: the words, what it is filtered by, and between which positions (both included)."""

    tree: Node | None
    #: At least one facet of each of these groups; facets as `index.facet` gives them.
    facets: tuple[tuple[str, ...], ...] = ()
    #: None of these facets.
    without: tuple[str, ...] = ()
    first: int = 0
    last: int = NEWEST
    #: Only those recorded when the clock stood at this, or before.
    until: int | None = None

    @property
    def is_short(self) -> bool:
        """Tell whether what it finds is worth the memory: not of one with very many words and filters."""
        return _size(self.tree) + sum(map(len, self.facets)) <= _MOST_PARTS


def parse(asked: str, languages: tuple[str, ...]) -> Node | None:
    """Read a question; None if there is no word in it. Words are stemmed by the rules of each of `languages`.

    A question has no language of its own, so a word means every word that has its stem in some language on record; the
    stems of one language are never compared with those of another.
    """
    return _parsed(asked, languages) if len(asked) <= _SHORT else _parsed.__wrapped__(asked, languages)


@functools.lru_cache(maxsize=1_024)
def _parsed(asked: str, languages: tuple[str, ...]) -> Node | None:
    terms = [
        (Not(node) if negated else node, plain == "OR" and not negated)
        for negated, phrase, plain in _TERM.findall(asked)
        if (node := _plain(plain, languages) if plain else _exact(phrase))
    ]
    groups: list[list[Node]] = []
    joins = False
    for i, (node, is_or) in enumerate(terms):
        if is_or and groups and not joins and i + 1 < len(terms):
            joins = True  # with nothing before it or behind it, it is a word
        elif joins:
            groups[-1].append(node)
            joins = False
        else:
            groups.append([node])
    return _all([_any(group) for group in groups])


def leaves(node: Node | None) -> Iterator[Word | Phrase]:
    """Yield the words and phrases that are looked for, without those that must not be there."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part)


def _size(node: Node | None) -> int:
    """Count the words and phrases of a question, those that must not be there too."""
    if isinstance(node, And | Or):
        return sum(map(_size, node.parts))
    return _size(node.what) if isinstance(node, Not) else int(node is not None)


def _exact(phrase: str) -> Node | None:
    return _all([_run(run) for run in _runs(phrase)])


def _plain(chunk: str, languages: Collection[str]) -> Node | None:
    """Read what stands between two spaces."""
    is_open = chunk.endswith("*")
    found: list[Node] = []
    for run in _runs(chunk):
        node = _run(run, is_open)
        if len(run) == 1 and not node.is_open:
            spelled = chunk[run[0].start : run[0].end]
            found.append(Word(frozenset().union(*(words.word_forms(spelled, code) for code in (None, *languages)))))
            continue
        compounds = [one for one in words.compounds(chunk) if (one.start, one.end) == (run[0].start, run[-1].end)]
        found.append(_any([node, *(Phrase((one.word,), is_open) for one in compounds)]))
    return _all(found)


def _runs(chunk: str) -> list[list[Token]]:
    """Split at what is left out."""
    runs: list[list[Token]] = [[]]
    for token in words.tokens(chunk):
        if token.word == words.GAP:
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def _run(run: list[Token], is_open: bool = False) -> Phrase:
    """Look for words next to one another; the last letter of unspaced writing need not be the last there."""
    if run[-1].is_tail:
        if len(run) > 1 and run[-2].end == run[-1].end:
            run = run[:-1]
        else:
            is_open = True
    return Phrase(tuple(token.word for token in run), is_open)


def _all(parts: list[Node]) -> Node | None:
    parts = list(dict.fromkeys(parts))
    return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def _any(parts: list[Node]) -> Node:
    parts = list(dict.fromkeys(parts))
    return Or(tuple(parts)) if len(parts) > 1 else parts[0]
