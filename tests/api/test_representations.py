"""Formats over HTTP: by suffix or by Accept, each with its own ETag, at no more statements than JSON takes."""

import csv
import json

import feedparser
import pytest

from attribution.database import db

API = "/api/v1/quotations"
ANNOTATION = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
MANY = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "jsonld": "application/ld+json",
    "atom": "application/atom+xml",
}


@pytest.fixture
def address(client, seeded):
    """Where one quotation is that is found in its article."""
    return next(item for item in client.get(API).json["items"] if item["verification"] == "verbatim")["url"]


@pytest.mark.parametrize("suffix", MANY)
def test_a_suffix_and_accept_give_the_same(client, seeded, suffix):
    by_suffix = client.get(f"{API}.{suffix}?speaker=kim-yo-jong", buffered=True)
    by_accept = client.get(f"{API}?speaker=kim-yo-jong", headers={"Accept": MANY[suffix]}, buffered=True)
    assert by_suffix.status_code == by_accept.status_code == 200
    assert by_suffix.headers["Content-Type"] == by_accept.headers["Content-Type"] == MANY[suffix]
    assert "Accept" in by_accept.headers["Vary"]
    assert "Vary" not in by_suffix.headers
    if suffix != "atom":  # a feed is named by its address
        assert by_suffix.data == by_accept.data


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        ("application/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0.5, application/atom+xml", "application/atom+xml"),
        ("application/atom+xml;q=0.4, application/ld+json;q=0.5", "application/ld+json"),
        ("application/json;q=0, application/x-ndjson;q=0.1", "application/x-ndjson"),
    ],
)
def test_accept_is_weighed(client, seeded, accept, expected):
    assert client.get(API, headers={"Accept": accept}).headers["Content-Type"] == expected


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0", "nonsense"])
def test_what_is_not_offered_is_not_acceptable(client, address, accept):
    for where in (API, address):
        refused = client.get(where, headers={"Accept": accept})
        assert refused.status_code == 406
        assert refused.mimetype == "application/problem+json"
        assert "application/ld+json" in refused.json["detail"]
        assert "Accept" in refused.headers["Vary"]


def test_a_suffix_outdoes_accept(client, address):
    assert client.get(f"{address}.jsonld", headers={"Accept": "text/html"}).mimetype == "application/ld+json"


@pytest.mark.parametrize("path", [f"{API}.xml", f"{API}.html", f"{API}."])
def test_an_unknown_suffix_is_an_unknown_address(client, path):
    assert client.get(path).status_code == 404


def test_one_quotation_is_had_in_three_formats(client, address):
    plain = client.get(address)
    linked = client.get(f"{address}.jsonld")
    annotated = client.get(address, headers={"Accept": ANNOTATION})
    assert client.get(f"{address}.json").json == plain.json
    assert linked.json["text"] == plain.json["text"]
    assert linked.json["@type"] == "Quotation"
    assert annotated.headers["Content-Type"] == ANNOTATION
    assert annotated.json["type"] == "Annotation"
    assert len({answer.headers["ETag"] for answer in (plain, linked, annotated)}) == 3
    for answer, headers in ((linked, {"Accept": "application/ld+json"}), (annotated, {"Accept": ANNOTATION})):
        again = client.get(address, headers={**headers, "If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        other = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert other.status_code == 200, "the tag of one format is not that of another"


def test_an_annotation_quotes_the_text_that_is_held(client, address):
    told = client.get(address).json
    target = client.get(address, headers={"Accept": ANNOTATION}).json["target"]
    quote, place = target["selector"]
    held = client.get(target["state"]["cached"]).json["text"]
    assert held[place["start"] : place["end"]] == quote["exact"]
    assert told["verification"] == "verbatim"
    assert quote["exact"] == told["text"]


def test_every_page_of_a_feed_leads_to_the_next(client, seeded):
    address, ids = f"{API}.atom?limit=7", []
    while address:
        feed = feedparser.parse(client.get(address).data)
        assert not feed.bozo
        ids += [entry.id for entry in feed.entries]
        address = next((link.href for link in feed.feed.links if link.rel == "next"), None)
    assert len(ids) == len(set(ids)) == len(seeded)


@pytest.mark.parametrize("suffix", ["json", "jsonld", "atom"])
@pytest.mark.parametrize("limit", [1, 20])
def test_a_page_costs_two_statements_in_any_format(client, seeded, monkeypatch, suffix, limit):
    statements = []
    execute = db.obj.execute_sql
    monkeypatch.setattr(db.obj, "execute_sql", lambda sql, *rest: statements.append(sql) or execute(sql, *rest))
    assert client.get(f"{API}.{suffix}?limit={limit}").status_code == 200
    assert len(statements) == 2, statements


@pytest.mark.parametrize("suffix", ["ndjson", "csv"])
def test_a_stream_gives_all_results_whatever_the_page(client, seeded, suffix):
    whole = client.get(f"{API}.{suffix}?limit=1&sort=oldest")
    assert "Content-Length" not in whole.headers, "that takes reading it before it is sent"
    rows = whole.text.splitlines() if suffix == "ndjson" else list(csv.DictReader(whole.text.splitlines()))
    assert len(rows) == len(seeded)
    some = client.get(f"{API}.{suffix}?speaker=kim-yo-jong&q=car")
    assert 0 < len(some.text.splitlines()) < len(seeded)


def test_what_a_stream_gives_can_be_recorded_again(client, seeded, recorder):
    for line in client.get(f"{API}.ndjson").text.splitlines():
        row = json.loads(line)
        told = {name: row[name] for name in ("text", "kind", "cue", "mention", "said_on") if name in row}
        told |= {"speaker": row["speaker"]["slug"], "article": row["article"]["url"]}
        assert client.post(API, json=told, headers=recorder).status_code == 200, "it is recorded already"


@pytest.mark.parametrize("suffix", ["ndjson", "csv"])
def test_a_stream_is_not_sent_again_until_something_changes(client, address, editor, suffix):
    before = client.get(f"{API}.{suffix}")
    again = client.get(f"{API}.{suffix}", headers={"If-None-Match": before.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(f"{API}.{suffix}").headers["ETag"] == before.headers["ETag"]
    tag = client.get(address).headers["ETag"]
    client.delete(f"{address}?reason=Not+hers.", headers={**editor, "If-Match": tag})
    after = client.get(f"{API}.{suffix}", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert len(after.text.splitlines()) == len(before.text.splitlines()) - 1


@pytest.mark.parametrize("query", ["q=!!", "spaeker=a", "from=never"])
def test_a_stream_that_cannot_begin_is_a_failure_not_a_file(client, seeded, query):
    for suffix in ("ndjson", "csv"):
        refused = client.get(f"{API}.{suffix}?{query}")
        assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")


def test_a_retracted_quotation_says_so_in_every_format(client, address, editor):
    tag = client.get(address).headers["ETag"]
    client.delete(f"{address}?reason=Not+hers.", headers={**editor, "If-Match": tag})
    linked = client.get(f"{address}.jsonld").json
    assert linked["creativeWorkStatus"] == "retracted"
    assert "creator" not in linked
    assert linked["correction"]["text"] == "Not hers."
    assert "Not hers." in client.get(address, headers={"Accept": ANNOTATION}).json["body"]["value"]


def test_the_document_names_every_format(client):
    paths = client.get("/api/v1/openapi.json").json["paths"]
    for path in (API, f"{API}.{{suffix}}"):
        content = paths[path]["get"]["responses"]["200"]["content"]
        assert set(content) == {media_type.split(";")[0] for media_type in MANY.values()}
    assert ANNOTATION in paths[f"{API}/{{id}}"]["get"]["responses"]["200"]["content"]
    (suffix,) = paths[f"{API}.{{suffix}}"]["parameters"]
    assert suffix["schema"]["enum"] == list(MANY)
