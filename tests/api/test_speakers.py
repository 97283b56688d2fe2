"""/speakers and /outlets over HTTP: record, correct, merge."""

import pytest

API = "/api/v1"


def quotation(text, speaker, number=1):
    """A quotation to record; synthetic."""
    article = {"url": f"https://example.org/{number}", "outlet": "Example Post", "published_on": "2024-05-02"}
    return {"text": text, "speaker": speaker, "article": article}


@pytest.fixture
def record(client, recorder):
    """Record something and give what was recorded."""

    def post(collection, told):
        response = client.post(f"{API}/{collection}", json=told, headers=recorder)
        assert response.status_code in (200, 201), response.json
        return response.json

    return post


@pytest.mark.parametrize("collection", ["speakers", "outlets"])
def test_a_record_is_made_once(client, recorder, collection):
    told = {"name": "Bureau of Examples", "aliases": ["BoE", "Bureau of Examples", "BoE"], "wikidata": "Q42"}
    first = client.post(f"{API}/{collection}", json=told, headers=recorder)
    assert first.status_code == 201
    assert first.headers["Location"] == first.json["url"] == f"http://localhost{API}/{collection}/bureau-of-examples"
    assert first.json["aliases"] == ["BoE"]
    again = client.post(f"{API}/{collection}", json={"name": "boe"}, headers=recorder)
    assert (again.status_code, again.json["slug"]) == (200, "bureau-of-examples")
    other = client.post(f"{API}/{collection}", json={"name": "BoE", "wikidata": "Q43"}, headers=recorder)
    assert (other.status_code, other.json["errors"][0]["pointer"]) == (409, "#/wikidata")
    assert client.get(f"{API}/{collection}?name=b.o.e.").json["total"]["value"] == 1
    assert client.get(f"{API}/{collection}?name=nobody").json["items"] == []


@pytest.mark.parametrize("collection", ["speakers", "outlets"])
def test_a_correction_replaces_and_the_history_is_kept(client, editor, record, collection):
    made = record(collection, {"name": "Old Name", "aliases": ["Alias"]})
    url = made["url"]
    assert client.patch(url, json={"name": "New Name"}, headers=editor).status_code == 428
    tag = client.get(url).headers["ETag"]
    changed = client.patch(url, json={"name": "New Name", "aliases": []}, headers={**editor, "If-Match": tag})
    assert changed.status_code == 200
    assert (changed.json["name"], changed.json["aliases"], changed.json["version"]) == ("New Name", [], 2)
    assert client.patch(url, json={"name": "X"}, headers={**editor, "If-Match": tag}).status_code == 412
    assert client.get(f"{API}/{collection}?name=new-name").json["total"]["value"] == 1
    assert client.get(f"{API}/{collection}?name=alias").json["total"]["value"] == 0
    assert client.patch(url, json={"slug": "other"}, headers={**editor, "If-Match": "*"}).status_code == 422


def test_two_names_that_make_one_slug_get_two(record):
    first, second = record("speakers", {"name": "張三"}), record("speakers", {"name": "章三"})
    assert first["slug"] != second["slug"]
    assert second["slug"].startswith(first["slug"])


def test_an_affiliation_is_a_speaker_of_its_own(client, record, editor):
    made = record("speakers", {"name": "An official", "kind": "unnamed", "affiliation": "Ministry of Examples"})
    body = client.get(made["affiliation"]["url"]).json
    assert (body["name"], body["kind"]) == ("Ministry of Examples", "organization")
    own = client.patch(made["url"], json={"affiliation": "an-official"}, headers={**editor, "If-Match": "*"})
    assert (own.status_code, own.json["errors"][0]["pointer"]) == (422, "#/affiliation")


def test_merging_takes_names_and_quotations_along(client, editor, record):
    one = record("quotations", quotation("First words.", {"name": "Ann Lee", "aliases": ["A. Lee"]}))
    record("quotations", quotation("Second words.", "Anne Leigh"))
    told = {"into": "anne-leigh", "reason": "One person, two spellings."}
    merged = client.post(f"{API}/speakers/ann-lee/merge", json=told, headers=editor)
    assert merged.status_code == 200
    assert (merged.json["slug"], merged.json["aliases"]) == ("anne-leigh", ["Ann Lee", "A. Lee"])
    moved = client.get(f"{API}/speakers/ann-lee")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"{API}/speakers/anne-leigh")
    odd = client.get(f"{API}/speakers/ann-lee?endpoint=x&_method=FOO&_scheme=ftp")
    assert odd.status_code == 422
    again = client.patch(f"{API}/speakers/ann-lee", json={}, headers={**editor, "If-Match": "*"})
    assert again.status_code == 308
    assert client.get(f"{API}/quotations?speaker=ann-lee").json["total"]["value"] == 2
    assert client.get(f"{API}/speakers").json["total"]["value"] == 1
    read = client.get(one["url"]).json
    assert (read["speaker"]["slug"], read["version"], read["reason"]) == ("anne-leigh", 2, told["reason"])
    same = record("quotations", quotation("First words.", "a lee"))
    assert same["id"] == one["id"], "what comes again after a merge finds its record"


def test_merging_what_was_merged_leads_straight_on(client, editor, record):
    for name in ("A A", "B B", "C C"):
        record("speakers", {"name": name})
    for slug, into in (("a-a", "b-b"), ("b-b", "c-c")):
        told = {"into": into, "reason": "Same."}
        assert client.post(f"{API}/speakers/{slug}/merge", json=told, headers=editor).status_code == 200
    assert client.get(f"{API}/speakers/a-a").headers["Location"] == f"{API}/speakers/c-c"
    assert record("quotations", quotation("Words.", "A A"))["speaker"]["slug"] == "c-c"
    back = client.post(f"{API}/speakers/c-c/merge", json={"into": "a-a", "reason": "No."}, headers=editor)
    assert back.status_code == 422, "that is the speaker itself"


def test_twins_of_a_merge_are_retracted_not_lost(client, editor, record):
    stays = record("quotations", quotation("Same words.", "B B"))
    twin = record("quotations", quotation("Same words!", "A A"))
    client.post(f"{API}/speakers/a-a/merge", json={"into": "b-b", "reason": "Same."}, headers=editor)
    read = client.get(twin["url"]).json
    assert (read["standing"], read["speaker"]["slug"]) == ("retracted", "b-b")
    assert stays["id"] in read["reason"]
    assert [item["id"] for item in client.get(f"{API}/quotations").json["items"]] == [stays["id"]]
    assert record("quotations", quotation("same words", "a-a"))["id"] == stays["id"]
    undo = {"standing": "attributed", "reason": "No twin."}
    assert client.patch(twin["url"], json=undo, headers={**editor, "If-Match": "*"}).status_code == 409


def test_of_two_twins_the_one_that_stands_goes_on(client, editor, record):
    gone = record("quotations", quotation("Same words.", "B B"))
    stays = record("quotations", quotation("Same words.", "A A"))
    headers = {**editor, "If-Match": "*"}
    client.delete(f"{gone['url']}?reason=Doubtful.", headers=headers)
    client.post(f"{API}/speakers/a-a/merge", json={"into": "b-b", "reason": "Same."}, headers=editor)
    assert client.get(stays["url"]).json["standing"] == "attributed"
    assert stays["id"] in client.get(gone["url"]).json["reason"]
    assert record("quotations", quotation("same words", "b-b"))["id"] == stays["id"]


def test_a_merge_hands_on_what_was_known(client, editor, record):
    record("speakers", {"name": "New Body", "affiliation": "Old Body"})
    told = {"name": "Old Body", "wikidata": "Q42", "affiliation": "The State", "description": "A body."}
    record("speakers", told)
    merged = client.post(
        f"{API}/speakers/old-body/merge", json={"into": "new-body", "reason": "Renamed."}, headers=editor
    )
    assert merged.status_code == 200
    body = merged.json
    assert (body["kind"], body["wikidata"], body["affiliation"]["slug"]) == ("organization", "Q42", "the-state")


def test_nobody_is_affiliated_with_themselves(client, recorder):
    told = client.post(f"{API}/speakers", json={"name": "X", "affiliation": "X"}, headers=recorder)
    assert (told.status_code, told.json["errors"][0]["pointer"]) == (422, "#/affiliation")
    assert client.get(f"{API}/speakers").json["total"]["value"] == 0


def test_a_slug_that_was_given_up_by_name_stays_taken(client, editor, record):
    slugs = set()
    for number in range(4):
        made = record("speakers", {"name": "John S"})
        slugs.add(made["slug"])
        client.patch(made["url"], json={"name": f"Other {number}"}, headers={**editor, "If-Match": "*"})
    assert len(slugs) == 4


@pytest.mark.parametrize(
    ("told", "status"),
    [({"into": "nobody", "reason": "x"}, 422), ({"into": "a-a", "reason": "x"}, 422), ({"into": "b-b"}, 422)],
)
def test_a_merge_that_makes_no_sense_is_refused(client, editor, record, told, status):
    for name in ("A A", "B B"):
        record("speakers", {"name": name})
    assert client.post(f"{API}/speakers/a-a/merge", json=told, headers=editor).status_code == status
    assert client.get(f"{API}/speakers").json["total"]["value"] == 2


def test_lists_are_paged_by_slug(client, record):
    names = ["B", "a-b", "A C", "aa", "A"]
    for name in names:
        record("speakers", {"name": name})
    address, seen = f"{API}/speakers?limit=2", []
    while address:
        page = client.get(address).json
        seen += [item["slug"] for item in page["items"]]
        address = page["next"]
    assert seen == sorted(seen) == ["a", "a-b", "a-c", "aa", "b"]


@pytest.mark.parametrize("address", ["speakers/kim-yo-jong", "outlets/kcna", "articles/x"])
def test_a_parameter_that_is_not_taken_is_named(client, seeded, address):
    response = client.get(f"{API}/{address}?colour=1")
    assert (response.status_code, response.json["errors"][0]["parameter"]) == (422, "colour")


@pytest.mark.parametrize("slug", ["nobody", "%00", "a%2Fb", "<b>"])
@pytest.mark.parametrize("collection", ["speakers", "outlets"])
def test_an_unknown_slug_is_not_found(client, collection, slug):
    response = client.get(f"{API}/{collection}/{slug}")
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
