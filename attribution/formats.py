"""A quotation in other people's vocabularies: schema.org JSON-LD, W3C Web Annotation, Atom.

All are made from a quotation's JSON, the shape of `schemas.quotation.Quotation`, so they say what it says and no more.
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from xml.etree import ElementTree

from attribution import text
from schemas import fields
from schemas.vocabulary import SpeakerKind, Standing, Verification

Told = dict[str, Any]

#: The profile that tells a Web Annotation from other JSON-LD (Web Annotation Protocol, 4.1).
ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_SCHEMA_ORG = "https://schema.org"
_ATOM = "http://www.w3.org/2005/Atom"
_NAME = "Attribution"

#: What a speaker is in schema.org; a group or somebody of unknown kind is neither a person nor a body.
_SPEAKER_TYPES = {SpeakerKind.PERSON: "Person", SpeakerKind.UNNAMED: "Person", SpeakerKind.ORGANIZATION: "Organization"}

#: How much of a quotation stands in the title of a feed's entry, in code points.
_TITLE = 100

#: What XML 1.0 has no way to write (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def linked(quotation: Told) -> Told:
    """Give a quotation as schema.org's Quotation.

    Its words are always `spokenByCharacter`, for so the article has it; they are the speaker's own creation (`creator`)
    only while the attribution stands. `dateCreated` is when they were said, if that is known.
    """
    return {"@context": _SCHEMA_ORG, **_quotation(quotation)}


def linked_list(quotations: Iterable[Told], total: Told) -> Told:
    """Give a page of quotations as schema.org's ItemList; `total` has the shape of `schemas.search.Total`."""
    counted = {"numberOfItems": total["value"]} if total["relation"] == "eq" else {}
    items = [_quotation(quotation) for quotation in quotations]
    return {"@context": _SCHEMA_ORG, "@type": "ItemList", **counted, "itemListElement": items}


def annotation(quotation: Told) -> Told:
    """Give a quotation as a W3C Web Annotation, which says of stretches of the article whose words they are.

    Where the attribution does not stand, it names no speaker but says so. Positions are counted in the text that is
    held, which is what the target's state leads to. Words that are not in that text are not selected.
    """
    return {
        "@context": ANNOTATION_CONTEXT,
        "id": quotation["url"],
        "type": "Annotation",
        **_said_by(quotation),
        "target": _targets(quotation),
        "created": quotation["recorded_at"],
        **_known(modified=quotation["revised_at"]),
        "generator": {"type": "Software", "name": _NAME, "homepage": fields.site()},
    }


def feed(quotations: Sequence[Told], address: str, next_address: str | None) -> bytes:
    """Give a page of quotations as an Atom feed (RFC 4287), read at `address`; its next page is linked (RFC 5005)."""
    root = ElementTree.Element("feed", xmlns=_ATOM)
    _add(root, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, _first_page(address))}")
    _add(root, "title", f"{_NAME}: quotations")
    _add(root, "updated", max(map(_updated, quotations), default="1970-01-01T00:00:00Z"))
    _add(_add(root, "author"), "name", _NAME)
    _add(root, "link", rel="self", href=address, type="application/atom+xml")
    if next_address:
        _add(root, "link", rel="next", href=next_address, type="application/atom+xml")
    for quotation in quotations:
        _entry(root, quotation)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _quotation(quotation: Told) -> Told:
    speaker = _speaker(quotation["speaker"])
    attributed = quotation["standing"] == Standing.ATTRIBUTED
    revised = not attributed and quotation["reason"]
    return _known(
        **{"@type": "Quotation", "@id": quotation["url"]},
        url=_page("quotations", quotation["id"]),
        identifier=f"urn:uuid:{quotation['id']}",
        text=quotation["text"],
        inLanguage=quotation["language"],
        spokenByCharacter=speaker,
        creator=speaker if attributed else None,
        dateCreated=quotation["said_on"],
        datePublished=quotation["article"]["published_on"],
        isPartOf=_article(quotation["article"]),
        isBasedOn=_origins(quotation),
        creativeWorkStatus=quotation["standing"],
        correction={"@type": "CorrectionComment", "text": quotation["reason"]} if revised else None,
        sdDatePublished=_updated(quotation),
        sdPublisher={"@type": "Organization", "name": _NAME, "url": fields.site()},
    )


def _speaker(speaker: Told) -> Told:
    type = _SPEAKER_TYPES.get(speaker["kind"], "Thing")
    return {"@type": type, "@id": speaker["url"], "name": speaker["name"], "url": _page("speakers", speaker["slug"])}


def _outlet(outlet: Told | None) -> Told | None:
    if outlet is None:
        return None
    address = _page("outlets", outlet["slug"])
    return {"@type": "Organization", "@id": outlet["url"], "name": outlet["name"], "url": address}


def _article(article: Told) -> Told:
    return _known(
        **{"@type": "NewsArticle", "@id": _held(article)},
        url=article["url"],
        headline=article["headline"],
        publisher=_outlet(article["outlet"]),
        datePublished=article["published_on"],
        inLanguage=article["language"],
    )


def _origins(quotation: Told) -> list[Told]:
    """Give what the record rests on: the article, and what it took the words from, where it credits another outlet."""
    article, credited = quotation["article"], quotation["outlet"]
    origins: list[Told] = [{"@type": "NewsArticle", "@id": _held(article)}]
    if credited and credited != article["outlet"]:
        origins.append({"@type": "CreativeWork", "publisher": _outlet(credited)})
    return origins


def _said_by(quotation: Told) -> Told:
    speaker, standing = quotation["speaker"], quotation["standing"]
    if standing == Standing.ATTRIBUTED:
        type = _SPEAKER_TYPES.get(speaker["kind"])
        named = _known(id=speaker["url"], type=type, name=speaker["name"])
        body: Told = {"type": "SpecificResource", "purpose": "identifying", "source": named}
        return {"motivation": "identifying", "body": body}
    reason = f": {quotation['reason']}" if quotation["reason"] else "."
    value = f"Printed as the words of {speaker['name']}; the attribution is {standing}{reason}"
    if standing == Standing.RETRACTED:
        value = f"Printed as the words of {speaker['name']}; this record is retracted{reason}"
    body = {"type": "TextualBody", "purpose": "assessing", "value": value, "format": "text/plain", "language": "en"}
    return {"motivation": "assessing", "body": body}


def _targets(quotation: Told) -> Told | list[Told]:
    """Give a target for each piece of the quotation, or the whole article."""
    article = quotation["article"]
    source = _known(id=article["url"] or _held(article), language=article["language"])
    found = quotation["selectors"]
    if found:
        state = {"type": "TimeState", "cached": _held(article)}
        targets = [
            {"type": "SpecificResource", "source": source, "state": state, "selector": [quote, place]}
            for quote, place in zip(found[::2], found[1::2], strict=True)
        ]
    elif quotation["verification"] == Verification.UNCHECKED:
        targets = [
            {
                "type": "SpecificResource",
                "source": source,
                "selector": {"type": "TextQuoteSelector", "exact": piece},
            }
            for piece in text.pieces(quotation["text"])
        ]
    else:
        return source
    return targets if len(targets) > 1 else targets[0]


def _first_page(address: str) -> str:
    """Give the address of a list without the place in it: all pages of a feed are one feed."""
    parts = urlsplit(address)
    kept = [pair for pair in parts.query.split("&") if not pair.startswith("cursor=")]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _entry(root: ElementTree.Element, quotation: Told) -> None:
    article, speaker, standing = quotation["article"], quotation["speaker"]["name"], quotation["standing"]
    words = quotation["text"]
    title = words if len(words) <= _TITLE else f"{words[:_TITLE].rsplit(' ', 1)[0]} …"
    mark = "" if standing == Standing.ATTRIBUTED else f"[{standing}] "
    entry = _add(root, "entry")
    _add(entry, "id", f"urn:uuid:{quotation['id']}")
    _add(entry, "title", f"{mark}{speaker}: “{title}”")
    if not mark:
        _add(_add(entry, "author"), "name", speaker)
    _add(entry, "published", quotation["recorded_at"])
    _add(entry, "updated", _updated(quotation))
    _add(entry, "link", rel="alternate", href=_page("quotations", quotation["id"]), type="text/html")
    _add(entry, "link", rel="alternate", href=quotation["url"], type="application/json")
    if article["url"]:
        _add(entry, "link", rel="via", href=article["url"], **_known(title=article["headline"]))
    _add(entry, "category", term=standing, scheme=f"{fields.site()}standing", label=standing)
    _add(entry, "content", words, type="text", **_known(**{"xml:lang": quotation["language"]}))


def _add(parent: ElementTree.Element, name: str, words: str = "", **attributes: str) -> ElementTree.Element:
    safe = {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()}
    child = ElementTree.SubElement(parent, name, safe)
    child.text = _NOT_XML.sub("\ufffd", words)
    return child


def _updated(quotation: Told) -> str:
    return quotation["revised_at"] or quotation["recorded_at"]


def _known(**facts: Any) -> Told:
    """Leave out what is not known."""
    return {name: value for name, value in facts.items() if value is not None}


def _held(article: Told) -> str:
    """Give the address at which this service holds an article."""
    return f"{fields.base_url.get()}articles/{article['id']}"


def _page(collection: str, name: str) -> str:
    """Give the address of the page that people read."""
    return f"{fields.site()}{collection}/{name}"
