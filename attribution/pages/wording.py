"""How the pages put things: a plain sentence for every word of the vocabulary, dates in full, JSON inside a page."""

import calendar
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, json, render_template
from markupsafe import Markup

from schemas.vocabulary import Kind, OutletKind, SpeakerKind, Standing, Verification

KINDS: dict[StrEnum, str] = {
    Kind.DIRECT: "A whole quotation: the article prints it in quotation marks.",
    Kind.MIXED: "A fragment in quotation marks, inside a sentence of the article's own.",
    Kind.INDIRECT: "Reported speech, without quotation marks: the words may not be the speaker's own.",
}
STANDINGS: dict[StrEnum, str] = {
    Standing.ATTRIBUTED: "Nothing speaks against the attribution.",
    Standing.DISPUTED: "Somebody has given reasons to doubt that these words were said so, or by this speaker.",
    Standing.MISATTRIBUTED: "These words are not this speaker's.",
    Standing.RETRACTED: "This record was taken back. It stays readable for those who have cited it.",
}
VERIFICATIONS: dict[StrEnum, str] = {
    Verification.VERBATIM: "The words stand in the article's text, character for character.",
    Verification.TYPOGRAPHIC: "The words stand in the article's text but for case, punctuation, spacing or accents.",
    Verification.ABSENT: "The words do not stand in the text of the article that is held here.",
    Verification.UNCHECKED: "The article's text is not held here, so nobody has compared the words with it.",
}
SPEAKER_KINDS = {
    SpeakerKind.PERSON: "person",
    SpeakerKind.ORGANIZATION: "organization",
    SpeakerKind.UNNAMED: "known only by a role",
    SpeakerKind.GROUP: "group",
}
OUTLET_KINDS = {kind: str(kind) for kind in OutletKind} | {OutletKind.OTHER: "publisher"}

#: Every word that can stand on a label, with its sentence.
GLOSSARY = {str(word): meaning for words in (KINDS, STANDINGS, VERIFICATIONS) for word, meaning in words.items()}


def register(blueprint: Blueprint) -> None:
    """Give the templates these words."""
    for function in (day, web, ld):
        blueprint.add_app_template_filter(function)
    blueprint.add_app_template_global(GLOSSARY, "glossary")  # type: ignore[arg-type]
    blueprint.add_app_template_global(SPEAKER_KINDS, "speaker_kinds")  # type: ignore[arg-type]
    blueprint.add_app_template_global(OUTLET_KINDS, "outlet_kinds")  # type: ignore[arg-type]


def show() -> str:
    """Explain the words."""
    return render_template("glossary.html")


def day(partial: str | None) -> str:
    """Write a partial date, or the date of a moment, in full: 18 February 2024, February 2024, 2024."""
    if not partial:
        return ""
    year, month, number = (*partial[:10].split("-"), "", "")[:3]
    return " ".join(filter(None, [number.lstrip("0"), month and calendar.month_name[int(month)], year]))


def web(url: str | None) -> str | None:
    """Give a URL if a browser may be led there: http or https and nothing else."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def ld(value: Any) -> Markup:
    """Write JSON that can stand inside a <script>: with no character that could end it (HTML, 4.12.1.3)."""
    text = json.dumps(value)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - what could be markup has just been escaped
