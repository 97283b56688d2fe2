"""Quotations in other vocabularies: every term means something, and what does not stand is not said."""

import json
import uuid
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from pyld import jsonld

from attribution import formats
from schemas.vocabulary import SpeakerKind, Standing

# The terms we use, as https://schema.org and http://www.w3.org/ns/anno.jsonld define them; nothing is fetched.
TERMS = {
    "https://schema.org": "schema_org.jsonld",
    formats.ANNOTATION_CONTEXT: "anno.jsonld",
}
ATOM = "{http://www.w3.org/2005/Atom}"
ID = "7eeff9c9-8044-5f8e-b730-1ca6ce4960ce"
WION, KCNA = (
    {"slug": slug, "name": name, "url": f"https://q.example/api/v1/outlets/{slug}"}
    for slug, name in (("wion", "WION"), ("kcna", "Korean Central News Agency"))
)


def local(address, options):
    document = json.loads((Path(__file__).parent / "terms" / TERMS[address]).read_text())
    return {"contextUrl": None, "documentUrl": address, "document": document}


@pytest.fixture(autouse=True)
def base():
    token = formats.fields.base_url.set("https://q.example/api/v1/")
    yield
    formats.fields.base_url.reset(token)


def told(**changes):
    """The JSON of a quotation; synthetic."""
    pieces = [
        {"type": "TextQuoteSelector", "exact": "We will", "prefix": "“", "suffix": " not"},
        {"type": "TextPositionSelector", "start": 1, "end": 8},
    ]
    article = {
        "id": str(uuid.UUID(int=1)), "url": "https://example.org/a", "headline": "A & <B>", "outlet": WION,
        "published_on": "2024-02-20", "language": "en",
    }  # fmt: skip
    speaker = {"slug": "a", "name": "A", "kind": "person", "url": "https://q.example/api/v1/speakers/a"}
    return {
        "id": ID, "url": f"https://q.example/api/v1/quotations/{ID}", "text": "We will", "kind": "direct",
        "speaker": speaker, "mention": "A.", "cue": "said", "outlet": KCNA, "article": article, "said_on": "2024-02",
        "date": "2024-02", "language": "en", "note": None, "standing": "attributed", "verification": "verbatim",
        "selectors": pieces, "version": 1, "recorded_at": "2026-01-01T00:00:00Z", "recorded_by": "k",
        "revised_at": None, "reason": None, **changes,
    }  # fmt: skip


def plain(value):
    """Lists of one are what they hold, as they are in JSON-LD."""
    if isinstance(value, list):
        return plain(value[0]) if len(value) == 1 else [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value


VARIANTS = [
    told(),
    told(standing="retracted", reason="Not hers.", revised_at="2026-02-01T00:00:00Z"),
    told(said_on=None, outlet=None, language=None, selectors=[], verification="absent"),
    told(text="We … yield", selectors=[], verification="unchecked"),
    told(selectors=told()["selectors"] * 2),
    told(speaker={**told()["speaker"], "kind": "group"}),
    told(article={**told()["article"], "url": None, "headline": None, "outlet": None, "published_on": None}),
]


@pytest.mark.parametrize("quotation", VARIANTS)
@pytest.mark.parametrize("make", [formats.linked, formats.annotation])
def test_every_term_is_defined(make, quotation):
    """Terms that a context does not define are dropped on the way through the graph and missing afterwards."""
    document, options = make(quotation), {"documentLoader": local}
    expanded = jsonld.expand(document, options)
    assert plain(jsonld.compact(expanded, document["@context"], options)) == plain(document)


def test_a_list_is_an_item_list_whose_terms_are_defined():
    document = formats.linked_list(VARIANTS, {"value": 7, "relation": "eq"})
    expanded = jsonld.expand(document, {"documentLoader": local})
    again = jsonld.compact(expanded, document["@context"], {"documentLoader": local})
    assert plain(again) == plain(document)
    assert again["numberOfItems"] == len(again["itemListElement"]) == 7
    assert "numberOfItems" not in formats.linked_list([], {"value": 10_000, "relation": "gte"})


def test_schema_org_says_who_where_and_when():
    said = formats.linked(told())
    assert (said["@type"], said["text"], said["inLanguage"]) == ("Quotation", "We will", "en")
    assert said["spokenByCharacter"]["@type"] == "Person"
    assert said["creator"] == said["spokenByCharacter"]
    assert said["isPartOf"]["@type"] == "NewsArticle"
    assert said["isPartOf"]["publisher"]["name"] == "WION"
    assert said["isPartOf"]["datePublished"] == "2024-02-20"
    assert said["dateCreated"] == "2024-02"
    assert said["isBasedOn"][1]["publisher"]["name"] == "Korean Central News Agency"
    assert said["sdPublisher"]["url"] == "https://q.example/"
    assert "dateCreated" not in formats.linked(told(said_on=None)), "when it was printed is not when it was said"
    assert len(formats.linked(told(outlet=WION))["isBasedOn"]) == 1, "the article's own outlet is no other origin"


@pytest.mark.parametrize("standing", Standing)
def test_only_an_attribution_that_stands_names_a_creator(standing):
    quotation = told(standing=str(standing), reason="The transcript has it otherwise.")
    said, annotated = formats.linked(quotation), formats.annotation(quotation)
    stands = standing == "attributed"
    assert said["spokenByCharacter"]["name"] == "A"
    assert ("creator" in said, "correction" in said) == (stands, not stands)
    assert said["creativeWorkStatus"] == standing
    assert annotated["motivation"] == ("identifying" if stands else "assessing")
    assert stands or standing in annotated["body"]["value"]
    assert stands or "transcript" in annotated["body"]["value"]


@pytest.mark.parametrize("kind", [*SpeakerKind, None])
def test_only_a_person_is_a_person_and_only_a_body_an_organization(kind):
    said = formats.linked(told(speaker={**told()["speaker"], "kind": kind}))
    expected = {"person": "Person", "unnamed": "Person", "organization": "Organization"}.get(kind, "Thing")
    assert said["spokenByCharacter"]["@type"] == expected


def test_an_annotation_selects_each_piece_by_its_words_and_by_its_place():
    one = formats.annotation(told())["target"]
    assert one["source"]["id"] == "https://example.org/a"
    assert [selector["type"] for selector in one["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    assert one["state"]["cached"] == f"https://q.example/api/v1/articles/{uuid.UUID(int=1)}"
    assert len(formats.annotation(told(selectors=told()["selectors"] * 2))["target"]) == 2


def test_an_annotation_selects_no_words_that_the_text_does_not_have():
    unheld = formats.annotation(told(text="We … yield", selectors=[], verification="unchecked"))["target"]
    assert [target["selector"]["exact"] for target in unheld] == ["We", "yield"]
    assert "selector" not in formats.annotation(told(selectors=[], verification="absent"))["target"]


def test_a_feed_has_what_rfc_4287_requires():
    address = "https://q.example/api/v1/quotations.atom?q=a&cursor=x"
    entries = [told(), told(id=str(uuid.UUID(int=2)), standing="disputed", revised_at="2026-03-01T00:00:00Z")]
    body = formats.feed(entries, address, f"{address}y")
    root = ElementTree.fromstring(body)
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert uuid.UUID(element.findtext(f"{ATOM}id"))
    parsed = feedparser.parse(body)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    assert parsed.feed.author == "Attribution"
    assert parsed.feed.updated == "2026-03-01T00:00:00Z"
    assert {link.rel: link.href for link in parsed.feed.links} == {"self": address, "next": f"{address}y"}
    first, second = parsed.entries
    assert (first.id, first.author) == (f"urn:uuid:{ID}", "A")
    assert first.content[0].value == "We will"
    assert "author" not in second, "whose words they are is disputed"
    assert second.title == "[disputed] A: “We will”"
    assert {link.rel: link.href for link in first.links}["via"] == "https://example.org/a"


def test_all_pages_are_one_feed():
    first, second = (
        feedparser.parse(formats.feed([], f"https://q.example/api/v1/quotations.atom?{query}", None))
        for query in ("q=a", "q=a&cursor=x")
    )
    assert first.feed.id == second.feed.id
    assert first.feed.id != feedparser.parse(formats.feed([], "https://q.example/other", None)).feed.id
    assert first.feed.updated, "required, even of a feed with nothing in it"


def test_a_feed_keeps_to_the_characters_that_xml_has():
    (entry,) = feedparser.parse(formats.feed([told(text="a\uffff<b>&\x0b")], "https://q.example/", None)).entries
    assert entry.content[0].value == "a\ufffd<b>&\ufffd"


def test_a_long_quotation_has_a_short_title():
    (entry,) = feedparser.parse(formats.feed([told(text="word " * 100)], "https://q.example/", None)).entries
    assert len(entry.title) < 120
    assert entry.content[0].value.count("word") == 100
