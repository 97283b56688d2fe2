"""/glossary: a plain sentence for every word that can stand on a label."""

from enum import StrEnum

from flask import render_template

from schemas.vocabulary import Kind, OutletKind, SpeakerKind, Standing, Verification

_KINDS: dict[StrEnum, str] = {
    Kind.DIRECT: "A whole quotation: the article prints it in quotation marks.",
    Kind.MIXED: "A fragment in quotation marks, inside a sentence of the article's own.",
    Kind.INDIRECT: "Reported speech, without quotation marks: the words may not be the speaker's own.",
}
_STANDINGS: dict[StrEnum, str] = {
    Standing.ATTRIBUTED: "Nothing speaks against the attribution.",
    Standing.DISPUTED: "Somebody has given reasons to doubt that these words were said so, or by this speaker.",
    Standing.MISATTRIBUTED: "These words are not this speaker's.",
    Standing.RETRACTED: "This record was taken back. It stays readable for those who have cited it.",
}
_VERIFICATIONS: dict[StrEnum, str] = {
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
WORDS = {str(word): meaning for words in (_KINDS, _STANDINGS, _VERIFICATIONS) for word, meaning in words.items()}


def show() -> str:
    """Explain the words."""
    return render_template("glossary.html")
