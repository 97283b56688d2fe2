"""Rules about words: how they are folded, split into pieces, fingerprinted, and found in a text."""

from attribution.text.folding import (
    ASCII_OMISSION,
    OMISSION,
    UNSPACED,
    fingerprint,
    fingerprint_of,
    fold,
    folded_pieces,
    has_words,
    name_key,
    pieces,
    slug,
)
from attribution.text.locating import CONTEXT, Location, Span, locate, selectors

__all__ = [
    "ASCII_OMISSION",
    "CONTEXT",
    "OMISSION",
    "UNSPACED",
    "Location",
    "Span",
    "fingerprint",
    "fingerprint_of",
    "fold",
    "folded_pieces",
    "has_words",
    "locate",
    "name_key",
    "pieces",
    "selectors",
    "slug",
]
