"""How words are folded, so that the same words are the same string; split into pieces, fingerprinted, made keys of."""

import functools
import hashlib
import re
import unicodedata

import regex
from slugify import slugify

#: Words left out: an ellipsis or three dots, bare or in brackets.
OMISSION = regex.compile(r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.{3,}|\.\s\.\s\.")

#: Scripts written without spaces between words, and Korean, where particles follow a word unspaced:
#: in these a quotation may begin or end between any two letters.
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")

#: Characters nobody sees: soft hyphens, joiners, zero-width spaces, the Arabic stroke that lengthens a word.
UNSEEN = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u0640]+")

APOSTROPHE = regex.compile("['’ʼ＇‘ʻ′`´]")

#: A number that is no digit: "½", "²", "⑩".
_ODD_NUMBER = regex.compile(r"\p{No}")

#: A letter that an editor changed or put in: "[T]he".
_BRACKETED = regex.compile(r"\[(\p{L}+)\](?=\p{L})|(?<=\p{L})\[(\p{L}+)\]")

#: A word: letters, digits and the marks that combine with them, across apostrophes ("don't" is one word), with the
#: sign of a number; or a symbol that changes what a number means. "$5", "€5" and "5 %" are not the same words.
WORD = regex.compile(
    r"(?:(?<![\p{L}\p{N}\p{M}])[-‐‑–−](?=\p{N}))?[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*|[\p{Sc}%‰<=>+±×÷°]"
)

#: The same where there is nothing but ASCII, in lower case.
_ASCII_WORD = re.compile(r"(?:(?<![a-z0-9])-(?=[0-9]))?[a-z0-9]+(?:'[a-z0-9]+)*|[$%<=>+]")

#: ASCII text in which folding makes no difference but of case, but for what parts words and for single apostrophes.
_PLAIN = re.compile(r"[A-Za-z\s!\"#&'()*,./:;?@\\^_{|}~-]*")
_LETTERS = {code: chr(code).lower() if chr(code).isalpha() else " " for code in range(128)} | {ord("'"): None}

#: Stands wherever ASCII text has an omission.
ASCII_OMISSION = re.compile(r"\.\s?\.\s?\.")

#: Letters that readers take for others with a stroke, though Unicode does not take them apart.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"})

#: What part of a name is beside its letters and digits: "R&D" is not "RD".
_OF_NAMES = "&#@"


def is_accent(char: str) -> bool:
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
        if is_accent(char) or UNSEEN.match(char) or APOSTROPHE.match(char):
            return False
        return unicodedata.category(char)[0] in "LNM" or bool(WORD.fullmatch(char))


FOLDED = _FoldedCharacters()


def fold(text: str) -> str:
    """Give the words of `text` as they are compared: no case, accents or punctuation; single spaces between.

    Compatibility forms are unified (NFKC), so ligatures and full-width letters equal their plain ones. A word
    keeps no apostrophe: "don’t" folds to "dont". Folding what is folded changes nothing.
    """
    if _is_plain(text):
        return _fold_plain(text)
    if text.isascii():
        # The same with less to look for, in a quarter of the time; much of what is imported is so.
        plain = _BRACKETED.sub(r"\1\2", text) if "[" in text else text
        return " ".join(_ASCII_WORD.findall(plain.replace("`", "'").lower())).replace("'", "")
    seen = UNSEEN.sub("", text)
    parted = _ODD_NUMBER.sub(r" \g<0> ", seen)
    plain = _BRACKETED.sub(r"\1\2", APOSTROPHE.sub("'", unicodedata.normalize("NFKC", parted)))
    return " ".join(folded for word in WORD.findall(plain) if (folded := _folded_word(word)))


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and "''" not in text


def _fold_plain(text: str) -> str:
    return " ".join(text.translate(_LETTERS).split())


@functools.lru_cache(maxsize=16_384)
def _folded_word(word: str) -> str:
    sign = "-" if len(word) > 1 and unicodedata.category(word[0]) in ("Pd", "Sm") else ""
    letters = "".join(FOLDED[char] for char in word)
    return unicodedata.normalize("NFC", sign + letters.strip()) if letters else ""


def pieces(text: str) -> list[str]:
    """Split a quotation where words are left out (`…`, `[…]`, `...`); pieces without a word are dropped."""
    return [piece for piece in (part.strip() for part in OMISSION.split(text)) if has_words(piece)]


def has_words(text: str) -> bool:
    """Tell whether there is a letter or digit in `text` when it is folded."""
    return any(letter.isalnum() for char in text for letter in FOLDED[char])


def folded_pieces(text: str) -> str:
    """Fold each piece of a quotation and join them by an ellipsis: what makes two quotations the same words."""
    if _is_plain(text) and not ASCII_OMISSION.search(text):
        return _fold_plain(text)
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
    return "".join(FOLDED[char].replace(" ", "") or char * (char in _OF_NAMES) for char in name) or name.strip()


def slug(name: str) -> str:
    """Make a readable address part of a name: ASCII letters and digits joined by hyphens, at most 80.

    Raises nothing: a name that has no letters gives its hash.
    """
    return slugify(name, max_length=80, word_boundary=True) or hashlib.blake2b(name.encode(), digest_size=6).hexdigest()
