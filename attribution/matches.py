"""Where the words of a question stand in a text, and how well the text answers it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from attribution import words
from attribution.query import Node, Phrase, Word, leaves

#: BM25 (Robertson and Zaragoza 2009, section 3.4): how soon more of a word stops to count, and how much the length of a
#: text does, beside the usual one.
_K1, _B, _USUAL_LENGTH = 1.2, 0.75, 24

#: More words than these are all taken to weigh the same.
_MOST_WEIGHTS = 12


class Text(NamedTuple):
    """A text that may answer a question, and the position of its record."""

    position: int
    body: str
    language: str | None


class Finder:
    """Finds the words of one question in texts."""

    def __init__(self, tree: Node) -> None:
        asked = list(leaves(tree))
        self._phrases = [leaf for leaf in asked if isinstance(leaf, Phrase)]
        self._words = [leaf for leaf in asked if isinstance(leaf, Word)]
        self._asked: dict[str | None, list[_Places]] = {}

    def spans(self, body: str, language: str | None) -> list[list[int]]:
        """Give where the words of the question stand: starts and ends in code points, in order, none twice."""
        code = words.stem_language(language)
        if code not in self._asked:
            self._asked[code] = [_Places(word, code) for word in self._words]
        found = {span for places in self._asked[code] for span in places.of(body)}
        if self._phrases:
            tokens = words.tokens(body)
            found.update(span for phrase in self._phrases for span in _stands(phrase, tokens))
        merged: list[list[int]] = []
        for start, end in sorted(found):
            if merged and start < merged[-1][1]:
                merged[-1][1] = max(end, merged[-1][1])
            else:
                merged.append([start, end])
        return merged


class Ranker:
    """Tells how well texts answer one question; what it learns of a word it keeps for the next."""

    def __init__(self, tree: Node | None) -> None:
        self.leaves = list(dict.fromkeys(leaves(tree)))
        self._meant: dict[tuple[Word, str | None], _Meant] = {}

    def rank(self, texts: Sequence[Text], weights: list[float] | None = None) -> tuple[list[float], list[float]]:
        """Give what each word of the question weighs, unless it is told, and how well each text answers it.

        The fewer of the texts have a word, the more it tells. The score of a text depends on nothing else on record.
        """
        counted = [self._counts(text) for text in texts]
        if weights is None:
            weights = self._weights([counts for _, counts in counted])
        return weights, [_score(length, counts, weights) for length, counts in counted]

    def _weights(self, counted: Sequence[Sequence[int]]) -> list[float]:
        if len(self.leaves) > _MOST_WEIGHTS:
            return [1.0] * len(self.leaves)
        having = [sum(map(bool, column)) for column in zip(*counted, strict=True)] or [0] * len(self.leaves)
        return [round(math.log(1 + (len(counted) - n + 0.5) / (n + 0.5)), 3) for n in having]

    def _counts(self, text: Text) -> tuple[int, list[int]]:
        """Give the length of a text in words, and how often each of the question's stands in it."""
        said = words.plain(text.body)
        counts = []
        for leaf in self.leaves:
            if isinstance(leaf, Phrase):
                counts.append(f" {'  '.join(said)} ".count(_row(leaf)))
            else:
                # A compound is found, but not counted: as one word it does not stand here.
                counts.append(sum(map(self._meaning(leaf, text.language).__getitem__, said)))
        return len(said), counts

    def _meaning(self, word: Word, language: str | None) -> "_Meant":
        code = words.stem_language(language)
        return self._meant.get((word, code)) or self._meant.setdefault((word, code), _Meant(word, code))


class _Places(dict[str, list[tuple[int, int]]]):
    """Where in a stretch of letters the words stand that are asked for; found out once for each stretch."""

    def __init__(self, asked: Word, code: str | None) -> None:
        super().__init__()
        self.forms, self.code = asked.forms, code
        self.initials = asked.initials

    def of(self, body: str) -> Iterator[tuple[int, int]]:
        """Yield where the words stand in a text of the language."""
        for match in words.stretches(body, self.code, self.initials):
            for start, end in self[match[0]]:
                yield match.start() + start, match.start() + end
        for one in words.compounds(body):
            if f":{one.word}" in self.forms:
                yield one.start, one.end

    def __missing__(self, part: str) -> list[tuple[int, int]]:
        self[part] = [
            (start, end)
            for said, start, end, _ in words.spaced(part)
            if not self.forms.isdisjoint(words.word_forms(said, self.code))
        ]
        return self[part]


class _Meant(dict[str, bool]):
    """Whether a word of a text, in one language, is one that is asked for; found out once for each word."""

    def __init__(self, asked: Word, code: str | None) -> None:
        super().__init__()
        self.forms, self.code, self.initials = asked.forms, code, asked.initials

    def __missing__(self, said: str) -> bool:
        # Of 10,000 texts, most words are met once: only the few that begin so are worth the time to stem them.
        may_be = words.may_begin(said, self.code, self.initials)
        is_meant = self[said] = may_be and not self.forms.isdisjoint(words.word_forms(said, self.code))
        return is_meant


def _score(length: int, counts: Iterable[int], weights: Iterable[float]) -> float:
    usual = _K1 * (1 - _B + _B * length / _USUAL_LENGTH)
    return sum((weight * n * (_K1 + 1) / (n + usual) for weight, n in zip(weights, counts, strict=True)), start=0.0)


def _stands(phrase: Phrase, tokens: Sequence[words.Token]) -> Iterable[tuple[int, int]]:
    wanted = phrase.words
    for first in range(len(tokens) - len(wanted) + 1):
        stretch = tokens[first : first + len(wanted)]
        *exact, last = (token.word for token in stretch)
        if tuple(exact) == wanted[:-1] and (last.startswith(wanted[-1]) if phrase.is_open else last == wanted[-1]):
            yield stretch[0].start, stretch[-1].end


def _row(phrase: Phrase) -> str:
    return f" {'  '.join(phrase.words)}{'' if phrase.is_open else ' '}"
