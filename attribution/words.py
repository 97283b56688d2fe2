"""The words of a text as they are searched: each with its place, and the other forms under which it is found.

Both engines index what this gives, so a question finds the same on either. There is no stop list: it would lose
"to be or not to be".
"""

import functools
import itertools
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import regex
import Stemmer

from attribution import text

#: Stands among the words of a text where some were left out, so that no phrase reaches across; no word equals it.
GAP = "…"

#: Longer words are told apart by this many letters: PostgreSQL's lexemes are at most 2,046 bytes.
LONGEST = 200

#: The language whose stems words of unknown language get.
UNKNOWN = "en"

#: The Snowball stemmer of each language (ISO 639) that has one.
_STEMMERS = dict(
    pair.split(":")
    for pair in (
        "ar:arabic hy:armenian eu:basque ca:catalan cs:czech da:danish nl:dutch en:english eo:esperanto et:estonian "
        "fi:finnish fr:french de:german el:greek hi:hindi hu:hungarian id:indonesian ga:irish it:italian "
        "lt:lithuanian ne:nepali nb:norwegian nn:norwegian no:norwegian fa:persian pl:polish pt:portuguese "
        "ro:romanian ru:russian sr:serbian st:sesotho es:spanish sv:swedish ta:tamil tr:turkish yi:yiddish"
    ).split()
)

#: The languages whose stemmers take off endings alone.
_SUFFIXING = frozenset("en de fr es it pt ro sv da nb nn no fi ru".split())

_LETTERS = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*"
_JOINER = r"['’ʼ＇‐‑-]"

#: A stretch of letters, or what stands for words left out.
PART = regex.compile(rf"{_LETTERS}|{text.OMISSION.pattern}")
_COMPOUND = regex.compile(rf"{_LETTERS}(?:{_JOINER}{_LETTERS})+")
_UNSPACED = rf"(?!\p{{M}}){text.UNSPACED.pattern}"  # a mark belongs to the letter before it, whatever script that is of
_RUN = regex.compile(rf"((?:{_UNSPACED}\p{{M}}*)+)|(?:(?!{_UNSPACED}).)+")
_OPENS_GAP = "[(.…"
_ASCII_PART = re.compile(r"[A-Za-z0-9]+")
_HAS_JOINER = regex.compile(_JOINER)
_CLUSTER = regex.compile(r"\X")

#: ASCII's letters in lower case, its digits, and spaces for what parts words.
_SIMPLE = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}

#: Of how many simple words, in all languages together, the forms are remembered.
_REMEMBERED = 32_768

_of_thread = threading.local()


class Token(NamedTuple):
    """A folded word and where it stands: `start` and `end` in code points, end exclusive.

    Writing without spaces between words, and Korean, whose particles follow a word unspaced, gives a token for each
    two letters that follow one another, and one for the last letter: the run's tail.
    """

    word: str
    start: int
    end: int
    is_tail: bool = False


def tokens(body: str) -> list[Token]:
    """Split a text into its words, folded; apostrophes and hyphens part words, and GAP stands for what is left out."""
    return [
        Token(word, match.start() + start, match.start() + end, is_tail)
        for match in PART.finditer(body)
        for word, start, end, is_tail in _split(match[0])
    ]


def plain(body: str) -> list[str]:
    """Give the words of `tokens` alone, several times as fast."""
    if is_simple(body):
        return _simple(body)
    return [word for part in PART.findall(body) for word in _plain(part)]


def is_simple(body: str) -> bool:
    """Tell whether a text's words are just its stretches of ASCII letters and digits."""
    return body.isascii() and not text.ASCII_OMISSION.search(body)


def _simple(body: str) -> list[str]:
    """Give the words of a simple text; splitting it at spaces takes less time than a pattern."""
    said = body.translate(_SIMPLE).split()
    return said if len(body) <= LONGEST else [word[:LONGEST] for word in said]


def part_pattern(body: str) -> Any:
    """Give the pattern that finds the stretches of letters of a text; where there is no accent, a faster one."""
    return _ASCII_PART if body.isascii() else PART


def stretches(body: str, code: str | None, initials: frozenset[str]) -> Iterator[Any]:
    """Yield, as matches, the stretches of letters of a text in which there may be a word whose form begins so.

    Stems begin as their words do, save where a stemmer takes beginnings off too. To pass over what begins otherwise
    takes a third of the time of looking at every word of a page of results.
    """
    if body.isascii() and code in _SUFFIXING:
        return _beginning(initials).finditer(body)
    return part_pattern(body).finditer(body)


def may_begin(word: str, code: str | None, initials: frozenset[str]) -> bool:
    """Tell whether a folded word may have a form that begins with one of these letters."""
    return word[:1] in initials or not (code is None or code in _SUFFIXING)


@functools.lru_cache(maxsize=1_024)
def _beginning(initials: frozenset[str]) -> re.Pattern[str]:
    letters = "".join(sorted(initials & set("abcdefghijklmnopqrstuvwxyz0123456789")))
    either = f"[{letters}{letters.upper()}]"
    # The letter comes first, and then what must not stand before it: so most of a text is passed over at once.
    return re.compile(rf"{either}(?<![A-Za-z0-9]{either})[A-Za-z0-9]*" if letters else r"(?!)")


def compounds(body: str) -> list[Token]:
    """Give the words that apostrophes or hyphens join, in one: "don't" as `dont`, "e-mail" as `email`."""
    if not _joins(body):
        return []
    return [
        Token(joined[:LONGEST], match.start(), match.end())
        for match in _COMPOUND.finditer(body)
        if (joined := text.fold(match[0]).replace(" ", ""))
    ]


def _joins(body: str) -> bool:
    """Tell whether there is an apostrophe or a hyphen in a text; where all is ASCII, without a pattern."""
    return "'" in body or "-" in body if body.isascii() else _HAS_JOINER.search(body) is not None


def forms(body: str, language: str | None) -> set[str]:
    """Give the forms under which a text's words are found by words that mean the same; `language` is a tag.

    `en:condemn` is a stem; where the language has no stemmer, `:word` is the word itself. `:dont` is a compound. Words
    that fold to the same always share a form, so whoever asks for a word finds it with these alone.
    """
    code = stem_language(language)
    found = {f":{compound.word}" for compound in compounds(body)}
    return found.union(*(part_forms(part, code) for part in set(PART.findall(body))))


def words_and_others(body: str, language: str | None) -> tuple[list[str], set[str]]:
    """Give what `plain` gives of a text, and of what `forms` gives all that is not one of these words as it stands."""
    if not is_simple(body):
        said, others = plain(body), forms(body, language)
    else:
        said, code = _simple(body), stem_language(language)
        of_words = _other_forms.get(code) or _other_forms.setdefault(code, _OtherForms(code))
        others = {f":{compound.word}" for compound in compounds(body)}.union(map(of_words.__getitem__, said))
        others.discard("")
    return said, without_own(others, said) if others else others


def without_own(forms: Iterable[str], said: Iterable[str]) -> set[str]:
    """Leave out the forms that stand among the words of a text, as words that have this form themselves."""
    spelled = set(said)
    parted = [(form, *form.partition(":")[::2]) for form in forms]
    return {form for form, code, stem in parted if stem not in spelled or not is_own(stem, code)}


def is_own(stem: str, code: str) -> bool:
    """Tell whether a word spelled like a stem has that stem: "Wochenende" has "wochen", but "Wochen" has "woch"."""
    return f"{code}:{stem}" in word_forms(stem, code or None)


class _OtherForms(dict[str, str]):
    """The form of each word of ASCII letters and digits in a language: it has just one; empty if it is the word itself.

    All are dropped when there are too many: a cache that knows what was used last would cost each word more than it
    saves some.
    """

    def __init__(self, code: str | None) -> None:
        super().__init__()
        self.code = code

    def __missing__(self, word: str) -> str:
        if sum(map(len, _other_forms.values())) >= _REMEMBERED:
            for forms in tuple(_other_forms.values()):
                forms.clear()
        form = self[word] = self._made(word)
        return form

    def _made(self, word: str) -> str:
        stem = _stemmer(self.code).stemWord(word) if self.code else word
        return "" if stem == word else _form_of_stem(stem, self.code or "", word)


_other_forms: dict[str | None, _OtherForms] = {}


@functools.lru_cache(maxsize=32_768)
def part_forms(part: str, code: str | None) -> frozenset[str]:
    """Give the forms of the words in a stretch of letters."""
    return frozenset().union(*(word_forms(word, code) for word, *_ in spaced(part)))


@functools.lru_cache(maxsize=16_384)
def spaced(part: str) -> tuple[Token, ...]:
    """Give the words of a stretch of letters as they are spelled, unspaced writing left out: it has no other forms."""
    if part[0] in _OPENS_GAP:
        return ()
    return tuple(Token(match[0], match.start(), match.end()) for match in _RUN.finditer(part) if match[1] is None)


@functools.lru_cache(maxsize=16_384)
def word_forms(word: str, code: str | None) -> frozenset[str]:
    """Give the forms of one word as it is spelled: the accents count for its stem, but nobody need type them."""
    folded = [part[:LONGEST] for part in text.fold(word).split()]
    if code is None or not folded:
        return frozenset(f":{part}" for part in folded)
    spelled = unicodedata.normalize("NFKC", word).casefold()[:LONGEST]
    stems = {_stemmer(code).stemWord(form) for form in {spelled, *folded}}
    return frozenset(_form_of_stem(stem, code, folded[0]) for stem in stems)


def _form_of_stem(stem: str, code: str, word: str) -> str:
    return f"{code}:{text.fold(stem).replace(' ', '') or word}"


def stem_language(language: str | None) -> str | None:
    """Give the language (ISO 639) whose stems the words of a text get; None if there are none. `language` is a tag."""
    code = language.partition("-")[0].lower() if language else UNKNOWN
    return code if code in _STEMMERS else None


def _stemmer(code: str) -> Stemmer.Stemmer:
    """Give this thread's stemmer: one must not be shared. It keeps no cache, since its only caller has one."""
    stemmers: dict[str, Stemmer.Stemmer] = _of_thread.__dict__
    if code not in stemmers:
        stemmers[code] = Stemmer.Stemmer(_STEMMERS[code], 0)
    return stemmers[code]


@functools.lru_cache(maxsize=16_384)
def _split(part: str) -> tuple[Token, ...]:
    """Split a stretch of letters into tokens; their places are counted from its beginning."""
    if part[0] in _OPENS_GAP:
        return (Token(GAP, 0, len(part)),)
    found: list[Token] = []
    for match in _RUN.finditer(part):
        if match[1] is None:
            found += [Token(word[:LONGEST], match.start(), match.end()) for word in text.fold(match[0]).split()]
        else:
            found += _pairs(match[1], match.start())
    return tuple(found)


@functools.lru_cache(maxsize=16_384)
def _plain(part: str) -> tuple[str, ...]:
    return tuple(token.word for token in _split(part))


def _pairs(run: str, offset: int) -> list[Token]:
    letters = [
        Token(folded, offset + match.start(), offset + match.end(), True)
        for match in _CLUSTER.finditer(run)
        if (folded := text.fold(match[0]).replace(" ", ""))
    ]
    pairs = [Token(first.word + second.word, first.start, second.end) for first, second in itertools.pairwise(letters)]
    return pairs + letters[-1:]
