"""Rules about words: how they are folded, split into pieces, fingerprinted, and found in a text.

Offsets are counted in Unicode code points from 0, end exclusive, as the W3C Web Annotation Data Model
(section 4.2.5, TextPositionSelector) asks; never in bytes or UTF-16 units.
"""

import bisect
import functools
import hashlib
import itertools
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex
from slugify import slugify

from schemas.vocabulary import Verification

#: Characters of context kept on either side of a piece, as TextQuoteSelector's prefix and suffix.
CONTEXT = 32

#: How many later occurrences of a piece are looked at to draw the pieces of a quotation together: bounds the work
#: that thousands of pieces of one letter could cause.
_TIGHTENING = 64

#: How many places a piece of one letter, say, may be tried at before it counts as absent. Prose of a million letters
#: needs some thousands; a million times the same letter would hold up every other writer.
_EFFORT = 50_000

#: Words left out: an ellipsis or three dots, bare or in brackets.
OMISSION = regex.compile(r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.{3,}|\.\s\.\s\.")

#: Scripts written without spaces between words, and Korean, where particles follow a word unspaced:
#: in these a quotation may begin or end between any two letters.
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")

#: Characters nobody sees: soft hyphens, joiners, zero-width spaces, the Arabic stroke that lengthens a word.
_UNSEEN = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u0640]+")

_APOSTROPHE = regex.compile("['’ʼ＇‘ʻ′`´]")

#: A number that is no digit: "½", "²", "⑩".
_ODD_NUMBER = regex.compile(r"\p{No}")

#: A letter that an editor changed or put in: "[T]he".
_BRACKETED = regex.compile(r"\[(\p{L}+)\](?=\p{L})|(?<=\p{L})\[(\p{L}+)\]")

#: A word: letters, digits and the marks that combine with them, across apostrophes ("don't" is one word), with the
#: sign of a number; or a symbol that changes what a number means. "$5", "€5" and "5 %" are not the same words.
_WORD = regex.compile(
    r"(?:(?<![\p{L}\p{N}\p{M}])[-‐‑–−](?=\p{N}))?[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*|[\p{Sc}%‰<=>+±×÷°]"
)

#: The same where there is nothing but ASCII, in lower case.
_ASCII_WORD = re.compile(r"(?:(?<![a-z0-9])-(?=[0-9]))?[a-z0-9]+(?:'[a-z0-9]+)*|[$%<=>+]")

#: Where a stretch can neither begin nor end: inside a word, before a mark or a Korean vowel that belongs to the letter
#: before it, inside a number, between a number and its sign, currency or percentage, inside "can't" after "can".
_INSIDE = regex.compile(
    rf"""
    (?<=[\p{{L}}\p{{N}}\p{{M}}]{_UNSEEN.pattern[:-1]}{{0,8}}) (?={_UNSEEN.pattern[:-1]}{{0,8}}[\p{{L}}\p{{N}}\p{{M}}])
        (?<!{UNSPACED.pattern}) (?!{UNSPACED.pattern})
    | (?<=[\p{{L}}\p{{N}}\p{{M}}]) (?=\p{{M}})
    | (?=[\u1160-\u11ff])
    | (?<=\p{{N}}) (?=[.,:/'’⁄]\p{{N}}) | (?<=\p{{N}}[.,:/'’⁄]) (?=\p{{N}})
    | (?<=(?<![\p{{L}}\p{{N}}\p{{M}}])[-‐‑–−]|\p{{Sc}}) (?=\p{{N}}) | (?<=\p{{N}}) (?=[\p{{Sc}}%‰°])
    | (?={_APOSTROPHE.pattern}[tT](?![\p{{L}}\p{{N}}]))
    """,
    regex.VERBOSE,
)

#: Letters that readers take for others with a stroke, though Unicode does not take them apart.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"})

#: What part of a name is beside its letters and digits: "R&D" is not "RD".
_OF_NAMES = "&#@"


class Span(NamedTuple):
    """A stretch of a text: `start` and `end` in code points, end exclusive."""

    start: int
    end: int


class Location(NamedTuple):
    """Where a quotation's pieces stand in a text, in order, and how closely they agree with it."""

    verification: Verification
    spans: list[Span]


def _is_accent(char: str) -> bool:
    """Tell an accent from a mark that makes another letter.

    Canonical combining classes (Unicode Standard, section 4.3): 200 and above are accents placed around a
    letter, 10 to 35 the Hebrew and Arabic points. Others, such as the voiced mark of kana (8) or the
    viramas (9), change the letter itself and stay.
    """
    position = unicodedata.combining(char)
    return position >= 200 or 10 <= position <= 35


class _FoldedCharacters(dict[str, str]):
    """Each character's folded, decomposed form, computed once: empty for accents, punctuation and what is not seen.

    Spaces in it part numbers: "10²" is not "102", "½" is "1/2" and not "12".
    """

    def __missing__(self, char: str) -> str:
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
        kept = "".join(c for c in decomposed.translate(_STROKES) if self._is_kept(c))
        if unicodedata.category(char) == "No":
            kept = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in decomposed).split())} "
        self[char] = kept
        return kept

    @staticmethod
    def _is_kept(char: str) -> bool:
        if _is_accent(char) or _UNSEEN.match(char) or _APOSTROPHE.match(char):
            return False
        return unicodedata.category(char)[0] in "LNM" or bool(_WORD.fullmatch(char))


_folded = _FoldedCharacters()


def fold(text: str) -> str:
    """Give the words of `text` as they are compared: no case, accents or punctuation; single spaces between.

    Compatibility forms are unified (NFKC), so ligatures and full-width letters equal their plain ones. A word
    keeps no apostrophe: "don’t" folds to "dont". Folding what is folded changes nothing.
    """
    if text.isascii():
        # The same with less to look for, in a quarter of the time; much of what is imported is so.
        plain = _BRACKETED.sub(r"\1\2", text) if "[" in text else text
        return " ".join(_ASCII_WORD.findall(plain.replace("`", "'").lower())).replace("'", "")
    seen = _UNSEEN.sub("", text)
    parted = _ODD_NUMBER.sub(r" \g<0> ", seen)
    plain = _BRACKETED.sub(r"\1\2", _APOSTROPHE.sub("'", unicodedata.normalize("NFKC", parted)))
    return " ".join(folded for word in _WORD.findall(plain) if (folded := _folded_word(word)))


@functools.lru_cache(maxsize=16_384)
def _folded_word(word: str) -> str:
    sign = "-" if len(word) > 1 and unicodedata.category(word[0]) in ("Pd", "Sm") else ""
    letters = "".join(_folded[char] for char in word)
    return unicodedata.normalize("NFC", sign + letters.strip()) if letters else ""


def pieces(text: str) -> list[str]:
    """Split a quotation where words are left out (`…`, `[…]`, `...`); pieces without a word are dropped."""
    return [piece for piece in (part.strip() for part in OMISSION.split(text)) if has_words(piece)]


def has_words(text: str) -> bool:
    """Tell whether there is a letter or digit in `text` when it is folded."""
    return any(letter.isalnum() for char in text for letter in _folded[char])


def folded_pieces(text: str) -> str:
    """Fold each piece of a quotation and join them by an ellipsis: what makes two quotations the same words."""
    return " … ".join(fold(piece) for piece in pieces(text))


def fingerprint(text: str) -> str:
    """Hash the folded words to 32 hexadecimal digits (BLAKE2b, RFC 7693, 128 bits)."""
    return fingerprint_of(folded_pieces(text))


def fingerprint_of(folded: str) -> str:
    """Give the fingerprint of words that are folded already."""
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest()


@functools.lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """Give the form in which names are compared: case, accents, hyphens and spacing do not count."""
    return "".join(_folded[char].replace(" ", "") or char * (char in _OF_NAMES) for char in name) or name.strip()


def slug(name: str) -> str:
    """Make a readable address part of a name: ASCII letters and digits joined by hyphens, at most 80.

    Raises nothing: a name that has no letters gives its hash.
    """
    return slugify(name, max_length=80, word_boundary=True) or hashlib.blake2b(name.encode(), digest_size=6).hexdigest()


def locate(quotation: str, text: str) -> Location:
    """Find a quotation in the text it is said to stand in.

    Every piece must occur, in order and without overlap, beginning and ending at the edges of words ("able" does
    not stand in "unable"). `verbatim` if all do so character for character, `typographic` if only case, accents,
    spacing, quotation marks, dashes, apostrophes or other punctuation differ, else `absent` with no spans.
    """
    wanted = pieces(quotation)
    spans = _row(wanted, functools.partial(_occurrences, text, _effort(wanted)))
    if spans:
        return Location(Verification.VERBATIM, spans)
    spans = _row(wanted, functools.partial(folded_text(text).occurrences, _effort(wanted)))
    return Location(Verification.TYPOGRAPHIC if spans else Verification.ABSENT, spans)


def selectors(location: Location, text: str) -> list[dict[str, str | int]]:
    """Give a TextQuoteSelector and a TextPositionSelector (W3C Web Annotation, 4.2.4 and 4.2.5) for each piece."""
    result: list[dict[str, str | int]] = []
    for start, end in location.spans:
        result.append(
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - CONTEXT) : start],
                "suffix": text[end : end + CONTEXT],
            }
        )
        result.append({"type": "TextPositionSelector", "start": start, "end": end})
    return result


class FoldedText:
    """A text as one string of folded letters and digits, with the place each of them came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters: list[str] = []
        places = array("L")
        gap = False
        for place, char in enumerate(text):
            folded = _folded[char]
            if not folded and _is_sign(text, place):
                folded = "-"
            elif not folded:
                gap = gap or not (_is_accent(char) or _UNSEEN.match(char))
            for letter in folded:
                if letter == " ":
                    gap = True
                    continue
                if gap and letters and letters[-1].isdecimal() and letter.isdecimal():
                    # "1.5" is not "15": between two numbers the gap counts.
                    letters.append(" ")
                    places.append(place)
                letters.append(letter)
                places.append(place)
                gap = False
        self.letters = "".join(letters)
        self.places = places

    def occurrences(self, effort: Iterator[None], piece: str, start: int) -> Iterator[Span]:
        """Yield where `piece` stands from `start` on, letters and digits alone compared, between edges of words.

        Every place tried takes one of `effort`, which all the pieces of a quotation share; without any left, no more
        is found.
        """
        wanted = FoldedText(piece).letters
        at = self.letters.find(wanted, bisect.bisect_left(self.places, start))
        for _ in effort:
            if at < 0:
                return
            after = at + len(wanted)
            if self._starts_a_character(at) and self._starts_a_character(after):
                span = Span(self.places[at], self._end(self.places[after - 1]))
                if _between_edges(self.text, span):
                    yield span
            at = self.letters.find(wanted, at + 1)

    def _starts_a_character(self, at: int) -> bool:
        # A gap between two numbers stands before the place of the second and belongs to neither.
        return at in (0, len(self.places)) or self.places[at] != self.places[at - 1] or self.letters[at - 1] == " "

    def _end(self, place: int) -> int:
        """Give the end of the character at `place` with the accents that follow it."""
        end = place + 1
        while end < len(self.text) and _is_accent(self.text[end]):
            end += 1
        return end


@functools.lru_cache(maxsize=4)
def folded_text(text: str) -> FoldedText:
    """Fold a text once for all the quotations that are looked for in it."""
    return FoldedText(text)


def _occurrences(text: str, effort: Iterator[None], piece: str, start: int) -> Iterator[Span]:
    at = text.find(piece, start)
    for _ in effort:
        if at < 0:
            return
        span = Span(at, at + len(piece))
        if _between_edges(text, span):
            yield span
        at = text.find(piece, at + 1)


def _is_sign(text: str, place: int) -> bool:
    return text[place] in "-‐‑–−" and bool(_WORD.match(text, place))


def _between_edges(text: str, span: Span) -> bool:
    return not any(at not in (0, len(text)) and _INSIDE.match(text, at) for at in span)


def _effort(wanted: list[str]) -> Iterator[None]:
    """Give one None for each place that may be tried; the longer the pieces, the fewer."""
    return itertools.repeat(None, _EFFORT // (1 + max(map(len, wanted), default=0) // 50))


def _row(wanted: list[str], occurrences: Callable[[str, int], Iterator[Span]]) -> list[Span]:
    """Choose one occurrence of each piece, in order and without overlap; empty if that cannot be done.

    Taking the earliest that fits finds a row if there is one. Then, from the end, each piece moves as near to its
    successor as its later occurrences allow, so that a short first piece is not found pages before the rest.
    """
    row: list[Span] = []
    later: list[Iterator[Span]] = []
    for piece in wanted:
        found = occurrences(piece, row[-1].end if row else 0)
        first = next(found, None)
        if first is None:
            return []
        row.append(first)
        later.append(found)
    for i in reversed(range(len(row) - 1)):
        for span in itertools.islice(later[i], _TIGHTENING):
            if span.end > row[i + 1].start:
                break
            row[i] = span
    return row
