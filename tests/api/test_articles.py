"""/articles over HTTP: record, correct, give a new text."""

import hashlib

import pytest

API = "/api/v1"
TEXT = "The minister said: “We will not yield.”"
STORY = {
    "url": "https://example.org/story",
    "headline": "A story",
    "outlet": "Example Post",
    "published_on": "2024-05-02",
    "authors": ["A. Writer"],
    "text": TEXT,
}


@pytest.fixture
def made(client, recorder):
    return client.post(f"{API}/articles", json=STORY, headers=recorder)


@pytest.fixture
def quotation(client, recorder, made):
    told = {"text": "We will not yield.", "speaker": "Minister A", "article": made.json["id"]}
    return client.post(f"{API}/quotations", json=told, headers=recorder).json


def test_an_article_is_recorded_once(client, recorder, made):
    assert made.status_code == 201
    assert made.headers["Location"].endswith(f"{API}/articles/{made.json['id']}")
    assert made.json["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    again = client.post(f"{API}/articles", json={"url": "http://EXAMPLE.org/story#top"}, headers=recorder)
    assert (again.status_code, again.json["id"]) == (200, made.json["id"])
    other = client.post(f"{API}/articles", json={**STORY, "headline": "Another", "text": "Other."}, headers=recorder)
    assert other.status_code == 409
    assert {error["pointer"] for error in other.json["errors"]} == {"#/headline", "#/text"}
    listed = client.get(f"{API}/articles").json["items"]
    assert "text" not in listed[0]
    assert client.get(f"{API}/articles/{made.json['id']}").json["text"] == TEXT


def test_articles_are_found_by_address_and_publisher(client, made):
    assert client.get(f"{API}/articles?url=http://example.org/story").json["total"]["value"] == 1
    assert client.get(f"{API}/articles?url=http://example.org/other").json["total"]["value"] == 0
    assert client.get(f"{API}/articles?publisher=example-post").json["total"]["value"] == 1
    assert client.get(f"{API}/articles?publisher=nobody").json["total"]["value"] == 0


def test_what_was_not_known_is_added_and_the_quotations_follow(client, recorder):
    told = {"text": "We will not yield.", "speaker": "Minister A", "article": "https://example.org/story"}
    bare = client.post(f"{API}/quotations", json=told, headers=recorder).json
    assert (bare["date"], bare["outlet"], bare["verification"]) == (None, None, "unchecked")
    client.post(f"{API}/articles", json=STORY, headers=recorder)
    full = client.get(bare["url"]).json
    assert (full["date"], full["outlet"]["slug"], full["verification"]) == ("2024-05-02", "example-post", "verbatim")
    assert client.get(f"{API}/quotations?publisher=example-post&from=2024-05-02").json["total"]["value"] == 1


def test_a_corrected_date_and_outlet_reach_the_quotations(client, editor, made, quotation):
    changes = {"published_on": "2023-01", "outlet": "Other Post", "reason": "Misfiled."}
    assert client.patch(f"{API}/articles/{made.json['id']}", json=changes, headers=editor).status_code == 428
    headers = {**editor, "If-Match": made.headers["ETag"]}
    changed = client.patch(f"{API}/articles/{made.json['id']}", json=changes, headers=headers)
    assert (changed.status_code, changed.json["version"], changed.json["id"]) == (200, 2, made.json["id"])
    read = client.get(quotation["url"]).json
    assert (read["date"], read["outlet"]["slug"], read["article"]["outlet"]["slug"]) == (
        "2023-01", "other-post", "other-post",
    )  # fmt: skip
    assert client.get(f"{API}/quotations?to=2023-01&publisher=other-post").json["total"]["value"] == 1


def test_a_correction_that_changes_nothing_changes_no_tag(client, editor, made, quotation):
    changes, headers = {"published_on": STORY["published_on"]}, {**editor, "If-Match": "*"}
    before = client.get(quotation["url"]).headers["ETag"]
    client.patch(quotation["url"], json={"cue": "cried", "reason": "Misheard."}, headers=headers)
    after = client.get(quotation["url"]).headers["ETag"]
    same = client.patch(f"{API}/articles/{made.json['id']}", json=changes, headers=headers)
    assert (same.status_code, same.json["version"]) == (200, 1)
    assert before != after == client.get(quotation["url"]).headers["ETag"]


def test_a_credit_that_follows_the_publisher_is_in_the_history(client, editor, made, quotation):
    changes = {"outlet": "Other Post", "reason": "Misfiled."}
    client.patch(f"{API}/articles/{made.json['id']}", json=changes, headers={**editor, "If-Match": "*"})
    versions = client.get(f"{quotation['url']}/revisions").json["items"]
    assert [(v["version"], v["reason"], v["record"]["outlet"]) for v in versions] == [
        (2, "Misfiled.", "other-post"), (1, None, "example-post"),
    ]  # fmt: skip


def test_a_new_url_finds_the_article_and_so_does_the_old(client, recorder, editor, made):
    changes = {"url": "https://example.org/moved"}
    client.patch(f"{API}/articles/{made.json['id']}", json=changes, headers={**editor, "If-Match": "*"})
    for url in ("https://example.org/moved", "https://example.org/story"):
        found = client.post(f"{API}/articles", json={"url": url}, headers=recorder)
        assert (found.status_code, found.json["id"]) == (200, made.json["id"])


def test_an_article_cannot_become_another_or_lose_its_name(client, recorder, editor, made):
    client.post(f"{API}/articles", json={"url": "https://example.org/other"}, headers=recorder)
    url, headers = f"{API}/articles/{made.json['id']}", {**editor, "If-Match": "*"}
    assert client.patch(url, json={"url": "https://example.org/other"}, headers=headers).status_code == 409
    assert client.patch(url, json={"url": None, "headline": None}, headers=headers).status_code == 422
    assert client.get(url).json["version"] == 1


def test_a_new_text_verifies_every_quotation_again(client, editor, made, quotation):
    assert quotation["verification"] == "verbatim"
    address = f"{API}/articles/{made.json['id']}"
    new = "A correction: the minister said “we WILL not yield”, later."
    changed = client.put(f"{address}/text", json={"text": new, "reason": "Corrected."}, headers=editor)
    assert (changed.status_code, changed.json["text"], changed.json["version"]) == (200, new, 2)
    read = client.get(quotation["url"]).json
    assert read["verification"] == "typographic"
    assert read["selectors"][0]["exact"] == "we WILL not yield"
    gone = client.put(f"{address}/text", json={"text": "Nothing of it."}, headers=editor)
    assert gone.status_code == 200
    assert client.get(quotation["url"]).json["verification"] == "absent"
    back = client.put(f"{address}/text", json={"text": TEXT}, headers=editor)
    assert back.json["text_sha256"] == made.json["text_sha256"]
    assert client.get(quotation["url"]).json["verification"] == "verbatim"
    stale = client.put(f"{address}/text", json={"text": "x"}, headers={**editor, "If-Match": made.headers["ETag"]})
    assert stale.status_code == 412


@pytest.mark.parametrize("told", [{"text": ""}, {"text": "x" * 1_000_001}, {}, {"text": 1}, {"text": "a\0"}])
def test_a_text_that_is_none_is_refused(client, editor, made, told):
    assert client.put(f"{API}/articles/{made.json['id']}/text", json=told, headers=editor).status_code == 422


def test_a_text_of_a_million_characters_is_held(client, editor, made):
    text = "wörter " * 142_857
    changed = client.put(f"{API}/articles/{made.json['id']}/text", json={"text": text}, headers=editor)
    assert (changed.status_code, changed.json["text"]) == (200, text)
