"""A quotation ready to cite: in a sentence, as CSL-JSON, and as a link that opens the article at the words."""

from typing import Any
from urllib.parse import quote

from attribution import text
from attribution.pages import filters
from schemas.vocabulary import Kind

#: Longer pieces are named by their first and last words, so that the link stays short and survives small changes.
_WHOLE = 300
_EDGE_WORDS = 6


def words(quotation: Any) -> str:
    """Give the words, in quotation marks unless they are reported speech, which has none."""
    return f"{quotation.text} (reported speech)" if quotation.kind == Kind.INDIRECT else f"“{quotation.text}”"


def sentence(quotation: Any, address: str) -> str:
    """Cite in one line: the words, who, through whom, where, when, and where the record is."""
    article = quotation.article
    through = quotation.outlet if quotation.outlet and quotation.outlet != article.outlet else None
    said = f", {filters.day(quotation.said_on)}" if quotation.said_on else ""
    parts = [
        f"{words(quotation)} {quotation.speaker.name}{said}",
        f"quoted by {through.name}" if through and through.name != quotation.speaker.name else "",
        f"in “{article.headline}”" if article.headline else "",
        article.outlet.name if article.outlet else "",
        filters.day(article.published_on),
        article.url or "",
    ]
    return f"{', '.join(filter(None, parts))}. Record: {address} (version {quotation.version})."


def csl(quotation: Any, address: str) -> dict[str, Any]:
    """Give the article as a CSL-JSON item (csl-data.json, version 1.0.2), the quotation in its note."""
    article = quotation.article
    known = {
        "title": article.headline,
        "author": [{"literal": name} for name in article.authors],
        "container-title": article.outlet and article.outlet.name,
        "issued": article.published_on and {"date-parts": [[int(part) for part in article.published_on.split("-")]]},
        "URL": article.url,
        "archive": article.archive_url,
        "language": article.language,
    }
    item = {"id": str(quotation.id), "type": "article-newspaper"}
    item |= {name: value for name, value in known.items() if value}
    return item | {"note": f"{quotation.speaker.name}: {words(quotation)} {address}"}


def at_the_words(url: str, words: str, selectors: list[dict[str, Any]]) -> str:
    """Lead to the words in an article (WICG, URL Fragment Text Directives).

    A piece is named whole, or by its first and last words where it is long or runs over several lines, which a
    whole one may not. The words as the article prints them, where its text is held, else as they are recorded.
    """
    exact = [each["exact"] for each in selectors if each["type"] == "TextQuoteSelector"] or text.pieces(words)
    return f"{url}#:~:{'&'.join(f'text={_directive(piece)}' for piece in exact)}" if exact else url


def _directive(piece: str) -> str:
    words = piece.split()
    if len(words) < 2 or (len(piece) <= _WHOLE and "\n" not in piece):
        return _encoded(piece)
    edge = min(_EDGE_WORDS, len(words) // 2)
    return f"{_encoded(' '.join(words[:edge]))},{_encoded(' '.join(words[-edge:]))}"


def _encoded(words: str) -> str:
    """Escape what a text directive gives a meaning (`-`, `,` and `&`), and all else that is not a letter or digit."""
    return quote(words, safe="").replace("-", "%2D")
