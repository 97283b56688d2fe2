"""The words of a quotation as they are compared with another's: contractions in full, numbers in digits.

Searching asks whether a word stands in a text; this asks whether two texts say the same. "Don't" and "do not" are
spelled apart and say the same; "do" and "don't" nearly agree in letters and say the opposite.
"""

import functools
import re
import zlib
from typing import Any, NamedTuple

import regex

from attribution import text

#: Words that negate, by language (ISO 639); `*` stands for any letters. Folded: without case and accents.
NEGATIONS = {
    "de": "nicht nichts nie niemals niemand nirgends kein* ohne weder nein kaum",
    "en": "not no never nobody noone none nothing nowhere neither nor without hardly scarcely barely seldom rarely",
    "es": "no nunca jamas nadie nada ni ningun* tampoco sin",
    "fr": "pas jamais rien aucun aucune ni non sans",
    "it": "no non mai niente nulla nessun* senza",
    "ko": "안 못 아니* 아닌* 아닙* 않* *지않* 없* *없이 못하* 못한* 못할* 못했*",
    "nl": "niet niets nooit niemand geen zonder nee",
    "pl": "nie nigdy nikt nic zaden bez",
    "pt": "nao nunca jamais ninguem nada nem nenhum* sem",
    "ru": "не нет ни никогда никто ничего ничто нигде нельзя без едва",
    "sv": "inte aldrig ingen inget inga utan nej",
    "uk": "не ні ніколи ніхто нічого ніде без",
    "zh": "不 没 沒 无 無 未",
}

_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_APOSTROPHE = "['’ʼ＇‘`´]"


def _word(letter: str) -> str:
    """Give the pattern of a number with its sign, a symbol, or letters across apostrophes; "[I]t" is one word."""
    return (
        rf"(?:(?<!\w)[-−–])?\d+(?:[.,]\d+)+|(?<!\w)[-−–]\d+|[%‰$€£¥₩₽₹]|(?:\[{letter}{{1,3}}\](?={letter}))?{letter}+(?:{_APOSTROPHE}{letter}+)*"
        rf"(?:\[{letter}{{1,3}}\](?!{letter}))?"
    )


_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_SPACED_LETTER = rf"[[\p{{L}}\p{{N}}\p{{M}}]--[{_UNSPACED}]]"
_ANY_SCRIPT = regex.compile(rf"(?V1)[{_UNSPACED}]\p{{M}}*|{_word(_SPACED_LETTER)}")
#: The same for scripts whose letters Python's own engine knows, six times as fast: Latin, Greek, Cyrillic, Korean.
_EASY_SCRIPT = re.compile(_word(r"[^\W_]"))
_NOT_EASY = re.compile("[^\0-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u20cf\uac00-\ud7a3]")

_THOUSANDS = regex.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_NOT = regex.compile(rf"(.+)n{_APOSTROPHE}t", regex.IGNORECASE)
_SHORTENED = regex.compile(rf"(.+?){_APOSTROPHE}(re|ll|ve|m|d|s)", regex.IGNORECASE)
_ELIDED_VOWEL = regex.compile(rf"(n|l|d|j|c|s|m|t|qu){_APOSTROPHE}(..+)", regex.IGNORECASE)

#: Contractions written without their apostrophe, and those of speech, with the length of their first part.
_RUN_TOGETHER = {
    word: (first, second, length)
    for word, first, second, length in (
        ("cannot", "can", "not", 3),
        ("gonna", "going", "to", 3),
        ("wanna", "want", "to", 3),
        ("gotta", "got", "to", 3),
        *((f"{verb}nt", verb, "not", len(verb)) for verb in "do did does is are was were have has had".split()),
        *((f"{verb}nt", verb, "not", len(verb)) for verb in "could would should must need".split()),
        ("cant", "can", "not", 2),
        ("wont", "will", "not", 2),
        ("aint", "is", "not", 2),
    )
}
_BEFORE_NOT = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_AFTER = {"re": "are", "ll": "will", "ve": "have", "m": "am", "d": "would", "s": "is"}
#: After these an 's is "is"; after other words it mostly marks whose.
_TAKES_IS = set("it that this he she there here what who where how when".split())
_NUMBERS = {
    word: str(value)
    for value, word in [
        *enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty".split()
        ),
        *zip(range(30, 100, 10), "thirty forty fifty sixty seventy eighty ninety".split(), strict=True),
    ]
}


#: ASCII without what makes a word of more than letters: apostrophes, digits, brackets, symbols.
_PLAIN = re.compile(r"[A-Za-z\s!\"#&()*+,./:;<=>?@\\^_{|}~-]*")
#: Its letters in lower case, and spaces for what parts words.
_LETTERS = {code: chr(code).lower() if chr(code).isalpha() else " " for code in range(128)}
_IN_OTHER_WORDS = frozenset({*_RUN_TOGETHER, *_NUMBERS})


class Word(NamedTuple):
    """A word: `key` is what it is compared by, `spelled` its folded letters; `start` and `end` its place."""

    key: str
    spelled: str
    start: int
    end: int


#: The keys of longer stretches without white space are not remembered: hardly any is met twice.
_LONGEST = 64


def seen(body: str) -> str:
    """Give a text without the characters nobody sees, such as soft hyphens, which would part its words."""
    return body if body.isascii() else body.translate(_UNSEEN)


def words(body: str) -> list[Word]:
    """Split a text into its words; a contraction gives the words it stands for, each with its own letters.

    The text should be `seen`.
    """
    return [
        Word(key, spelled, match.start() + start, match.start() + end)
        for match in _pattern_for(body).finditer(body)
        for key, spelled, start, end in _parts(match[0])
    ]


def keys(body: str) -> list[str]:
    """Give what the words of a text are compared by."""
    if not body.isascii():
        return _keys(seen(body))
    if _PLAIN.fullmatch(body):
        return _plain_keys(body)
    found: list[str] = []
    for stretch in body.split():  # no word reaches across white space
        if _PLAIN.fullmatch(stretch):
            found += _plain_keys(stretch)
        else:
            found += _keys_of_stretch(stretch) if len(stretch) <= _LONGEST else _keys(stretch)
    return found


def _keys(body: str) -> list[str]:
    return [part[0] for word in _pattern_for(body).findall(body) for part in _parts(word)]


@functools.lru_cache(maxsize=16_384)
def _keys_of_stretch(stretch: str) -> tuple[str, ...]:
    return tuple(_keys(stretch))


def _plain_keys(body: str) -> list[str]:
    """Give the keys of text in which words are just stretches of ASCII letters."""
    said = body.translate(_LETTERS).split()
    if _IN_OTHER_WORDS.isdisjoint(said):
        return said
    return [key for word in said for key in _RUN_TOGETHER.get(word, (_NUMBERS.get(word, word),))[:2]]


def shingles(keys: list[str]) -> list[int]:
    """Hash each three words that follow one another (CRC-32, as a signed number: what PostgreSQL's integers hold)."""
    return [checksum - 2**31 for checksum in checksums(keys)]


def checksums(keys: list[str]) -> list[int]:
    """Give the hashes of `shingles` as they are computed, not signed.

    Of three words, since fewer are too common to tell texts apart, and more survive too few changes.
    """
    joined = zip(keys, keys[1:], keys[2:], strict=False)
    return [zlib.crc32(f"{first} {second} {third}".encode()) for first, second, third in joined]


def negations(language: str | None) -> regex.Pattern:
    """Give the pattern of the keys that negate in a language (a tag), or in any if it is not known."""
    code = language.partition("-")[0].lower() if language else ""
    return _pattern(code if code in NEGATIONS else "")


def _pattern_for(body: str) -> Any:
    return _ANY_SCRIPT if _NOT_EASY.search(body) else _EASY_SCRIPT


@functools.cache
def _pattern(code: str) -> regex.Pattern:
    listed = NEGATIONS[code] if code else " ".join(NEGATIONS.values())
    return regex.compile("|".join(regex.escape(word).replace(r"\*", ".*") for word in listed.split()))


@functools.lru_cache(maxsize=32_768)
def _parts(word: str) -> tuple[Word, ...]:
    """Give the words that one stretch of letters stands for; places are counted from its beginning."""
    spelled = "percent" if word == "%" else text.fold(word).replace(" ", "")
    if not spelled:
        return ()
    if spelled in _RUN_TOGETHER and word[-1] != "]":
        first, second, length = _RUN_TOGETHER[spelled]
        return _split(word, length, first, second)
    if negated := _NOT.fullmatch(word):
        stem = text.fold(negated[1]).replace(" ", "")
        return _split(word, len(negated[1]), _BEFORE_NOT.get(stem, stem), "not")
    if shortened := _SHORTENED.fullmatch(word):
        stem, end = text.fold(shortened[1]).replace(" ", ""), shortened[2].lower()
        if end != "s" or stem in _TAKES_IS:
            return _split(word, shortened.start(2) - 1, stem, _AFTER[end])
        if stem == "let":
            return _split(word, shortened.start(2) - 1, stem, "us")
    if vowel := _ELIDED_VOWEL.fullmatch(word):
        return _split(word, vowel.start(2), text.fold(vowel[1]), text.fold(vowel[2]).replace(" ", ""))
    if word[-1].isdecimal() and not word[0].isalpha():
        spelled = _THOUSANDS.sub("", word).replace("−", "-").replace("–", "-")
    return (Word(_NUMBERS.get(spelled, spelled), spelled, 0, len(word)),)


def _split(word: str, at: int, first: str, second: str) -> tuple[Word, ...]:
    spelled = [text.fold(part).replace(" ", "") for part in (word[:at], word[at:])]
    return Word(first, spelled[0], 0, at), Word(second, spelled[1], at, len(word))
