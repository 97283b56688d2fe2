"""/quotations over HTTP: record, list, read, correct, retract, and what each refuses."""

import json

import pytest

from attribution.database import db

API = "/api/v1"
CAR = "gift serves as a clear demonstration of the special personal relations between the top leaders"


def new(**changes):
    """A quotation to record; synthetic."""
    article = {
        "url": "https://example.org/story",
        "headline": "A story",
        "outlet": {"name": "Example Post"},
        "published_on": "2024-05-02",
        "text": "The minister said: “We will not yield – ever.” Nobody else spoke.",
    }
    told = {"text": "We will not yield – ever.", "speaker": "Minister A", "article": article, "cue": "said"}
    return {**told, **changes}


@pytest.fixture
def made(client, recorder):
    """Record the synthetic quotation."""
    return client.post(f"{API}/quotations", json=new(), headers=recorder)


def pointers(response):
    return {error["pointer"] for error in response.json["errors"]}


def test_a_quotation_is_recorded_and_read_back(client, made):
    assert made.status_code == 201
    told = made.json
    assert made.headers["Location"] == told["url"]
    assert (told["kind"], told["standing"], told["version"], told["recorded_by"]) == (
        "direct", "attributed", 1, "the recorder",
    )  # fmt: skip
    assert told["speaker"] == {
        "slug": "minister-a", "name": "Minister A", "kind": None, "url": f"http://localhost{API}/speakers/minister-a",
    }  # fmt: skip
    assert told["outlet"]["slug"] == told["article"]["outlet"]["slug"] == "example-post"
    assert told["date"] == "2024-05-02"
    assert told["said_on"] is None
    assert told["verification"] == "verbatim"
    read = client.get(told["url"])
    assert read.status_code == 200
    assert read.json == {name: value for name, value in told.items() if name != "warnings"}
    assert read.headers["ETag"] == made.headers["ETag"]


def test_the_same_quotation_twice_is_one_record(client, recorder, made):
    again = client.post(f"{API}/quotations", json=new(text="“we will NOT yield - ever”"), headers=recorder)
    assert again.status_code == 200
    assert again.json["id"] == made.json["id"]
    assert again.json["text"] == "We will not yield – ever."
    assert client.get(f"{API}/quotations").json["total"] == {"value": 1, "relation": "eq"}


def test_the_same_with_other_details_is_a_conflict_that_names_them(client, recorder, made):
    other = client.post(
        f"{API}/quotations", json=new(cue="shouted", said_on="2024-05-01", outlet="KCNA"), headers=recorder
    )
    assert other.status_code == 409
    assert pointers(other) == {"#/cue", "#/said_on", "#/outlet"}
    assert client.get(made.json["url"]).json["cue"] == "said"
    assert client.get(f"{API}/outlets").json["total"]["value"] == 1, "a refused quotation leaves nothing behind"


def test_what_is_not_told_is_no_other_detail(client, recorder, made):
    told = {
        "text": new()["text"],
        "speaker": "minister-a",
        "article": "https://example.org/story?utm_source=x",
        "cue": None,
    }
    assert client.post(f"{API}/quotations", json=told, headers=recorder).status_code == 200


def test_an_object_adds_what_was_not_known_and_never_overwrites(client, recorder, made):
    speaker = {"name": "MINISTER  A", "kind": "person", "aliases": ["M. A."], "description": "Minister of Examples"}
    first = client.post(f"{API}/quotations", json=new(speaker=speaker), headers=recorder)
    assert first.status_code == 200
    speaker = {"slug": "minister-a", "name": "The A", "kind": "group"}
    second = client.post(f"{API}/quotations", json=new(speaker=speaker), headers=recorder)
    assert "kind of minister-a is person, not group" in second.json["warnings"][0]
    known = client.get(f"{API}/speakers/minister-a").json
    assert (known["kind"], known["aliases"]) == ("person", ["M. A.", "The A"])
    assert client.post(f"{API}/quotations", json=new(speaker="m.a."), headers=recorder).status_code == 200


@pytest.mark.parametrize(
    ("changes", "faulty"),
    [
        ({"text": ""}, {"#/text"}),
        ({"text": " … !?"}, {"#/text"}),
        ({"text": "\ufc5e \ufe70"}, {"#/text"}),
        ({"text": "x" * 100_000}, {"#/text"}),
        ({"text": "a\0b"}, {"#/text"}),
        ({"text": 7, "cue": [], "speaker": 3}, {"#/text", "#/cue", "#/speaker"}),
        ({"kind": "shouted", "colour": 1}, {"#/kind", "#/colour"}),
        ({"said_on": "2024-02-30"}, {"#/said_on"}),
        ({"said_on": "2024-13"}, {"#/said_on"}),
        ({"said_on": "0000"}, {"#/said_on"}),
        ({"language": "english"}, {"#/language"}),
        ({"speaker": {"name": "", "kind": "robot", "aliases": ["", 1]}},
         {"#/speaker/name", "#/speaker/kind", "#/speaker/aliases/0", "#/speaker/aliases/1"}),
        ({"article": {"url": "example.org/a"}}, {"#/article/url"}),
        ({"article": {"url": "https://me:secret@example.org/a"}}, {"#/article/url"}),
        ({"article": {"url": "javascript:alert(1)"}}, {"#/article/url"}),
        ({"article": {"url": "https://"}}, {"#/article/url"}),
        ({"article": {"url": "https://[::1"}}, {"#/article/url"}),
        ({"article": {"url": "https://example.org:99999/"}}, {"#/article/url"}),
        ({"article": {}}, {"#/article/url"}),
        ({"article": {"headline": "On paper"}}, {"#/article/outlet", "#/article/published_on"}),
        ({"article": "not an address"}, {"#/article"}),
        ({"article": "https://me:secret@example.org/a"}, {"#/article"}),
        ({"article": "https://example.org/a b"}, {"#/article"}),
        ({"speaker": "\u200b\u202e"}, {"#/speaker"}),
        ({"note": "a\x9fb"}, {"#/note"}),
        ({"speaker": {"name": "A", "aliases": ["x"] * 101}}, {"#/speaker/aliases"}),
        ({"article": "00000000-0000-4000-8000-000000000000"}, {"#/article"}),
        ({"outlet": {"name": "O", "country": "Korea", "wikidata": "42"}}, {"#/outlet/country", "#/outlet/wikidata"}),
        ({"speaker": "x" * 201}, {"#/speaker"}),
    ],
)  # fmt: skip
def test_what_is_not_valid_is_refused_with_all_faults(client, recorder, changes, faulty):
    response = client.post(f"{API}/quotations", json=new(**changes), headers=recorder)
    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert pointers(response) == faulty
    for collection in ("quotations", "speakers", "outlets", "articles"):
        assert client.get(f"{API}/{collection}").json["total"]["value"] == 0, "nothing is changed"


def test_what_is_missing_is_named(client, recorder):
    response = client.post(f"{API}/quotations", json={}, headers=recorder)
    assert pointers(response) == {"#/text", "#/speaker", "#/article"}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"text": ', "application/json", 400),
        (b'{"text": "\xff"}', "application/json", 400),
        (b'{"text": "\\ud800"}', "application/json", 400),
        (b"[" * 1_000_000, "application/json", 400),
        (b'{"text": NaN}', "application/json", 400),
        (b"", "application/json", 400),
        (b"[]", "application/json", 422),
        (b'"text"', "application/json", 422),
        (b'{"version": ' + b"9" * 400 + b"}", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
        (b" " * 2_000_001, "application/json", 413),
    ],
)
def test_what_cannot_be_read_is_refused(client, recorder, body, content_type, status):
    response = client.post(f"{API}/quotations", data=body, content_type=content_type, headers=recorder)
    assert response.status_code == status
    assert response.json["status"] == status
    assert response.json["detail"]


def test_a_name_that_fits_two_speakers_lists_them(client, recorder):
    for slug in ("ann-lee", "ann-lee-2"):
        made = client.post(f"{API}/speakers", json={"slug": slug, "name": "Ann Lee"}, headers=recorder)
        assert made.status_code == 201
    response = client.post(f"{API}/quotations", json=new(speaker="ANN  LEE"), headers=recorder)
    assert response.status_code == 422
    (error,) = response.json["errors"]
    assert error["pointer"] == "#/speaker"
    assert "ann-lee, ann-lee-2" in error["detail"]
    by_slug = client.post(f"{API}/quotations", json=new(speaker="ann-lee-2"), headers=recorder)
    assert by_slug.json["speaker"]["slug"] == "ann-lee-2"


def test_a_date_after_the_articles_is_a_warning(client, recorder):
    late = client.post(f"{API}/quotations", json=new(said_on="2024-05-03"), headers=recorder)
    assert late.status_code == 201
    assert "after the article's date" in late.json["warnings"][0]
    within = client.post(f"{API}/quotations", json=new(text="We came.", said_on="2024-05"), headers=recorder)
    assert within.json["warnings"] == []


def test_a_print_article_is_named_by_headline_outlet_and_date(client, recorder):
    printed = {"headline": "On Paper", "outlet": "Example Post", "published_on": "1998-03"}
    first = client.post(f"{API}/quotations", json=new(article=printed), headers=recorder).json
    second = client.post(
        f"{API}/quotations", json=new(article={**printed, "headline": "ON PAPER"}), headers=recorder
    ).json
    assert first["id"] == second["id"]
    assert first["date"] == "1998-03"
    assert first["verification"] == "unchecked"


def test_the_seed_is_read_back(client, seeded):
    page = client.get(f"{API}/quotations?limit=100").json
    assert page["total"] == {"value": 20, "relation": "eq"}
    counts = {name: client.get(f"{API}/{name}").json["total"]["value"] for name in ("articles", "outlets", "speakers")}
    assert counts == {"articles": 11, "outlets": 12, "speakers": 6}
    official = client.get(f"{API}/speakers/unification-ministry-official").json
    assert (official["kind"], official["affiliation"]["slug"]) == ("unnamed", "south-korea-ministry-of-unification")
    article = seeded[0]["article"]
    of_wion = client.get(f"{API}/quotations", query_string={"article": article["url"]}).json["items"]
    assert len(of_wion) == 6
    for item in of_wion:
        assert item["verification"] == "verbatim"
        quote, place = item["selectors"]
        assert article["text"][place["start"] : place["end"]] == quote["exact"] == item["text"]
        assert article["text"][: place["start"]].endswith(quote["prefix"])
        assert article["text"][place["end"] :].startswith(quote["suffix"])
        assert len(quote["prefix"]) == min(32, place["start"])
        assert len(quote["suffix"]) == min(32, len(article["text"]) - place["end"])


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"speaker": "kim-yo-jong"}, 12),
        ({"speaker": "KIM YO-JONG"}, 12),
        ({"speaker": "김여정"}, 12),
        ({"speaker": "nobody"}, 0),
        ({"speaker": ["kim-yo-jong", "nk-news"]}, 13),
        ({"outlet": "KCNA"}, 10),
        ({"outlet": "kcna", "publisher": "wion"}, 2),
        ({"publisher": "wion"}, 6),
        ({"from": "2024-03"}, 2),
        ({"to": "2024-02-18"}, 8),
        ({"from": "2024-02-19", "to": "2024-02-19"}, 1),
        ({"from": "2024", "to": "2024"}, 20),
        ({"from": "2025"}, 0),
        ({"article": "https://example.org/none"}, 0),
    ],
)
def test_filters(client, seeded, query, count):
    page = client.get(f"{API}/quotations", query_string=query).json
    assert page["total"]["value"] == count == len(page["items"])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("_schema=1", "_schema"),
        ("limit=1&limit=2", "limit"),
        ("from=2024&from=2025", "from"),
        ("a/b=1", "a/b"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("from=yesterday", "from"),
        ("speakr=a", "speakr"),
    ],
)
def test_a_wrong_parameter_is_named(client, query, parameter):
    response = client.get(f"{API}/quotations?{query}")
    assert response.status_code == 422
    assert response.json["errors"][0]["parameter"] == parameter


@pytest.mark.parametrize("cursor", ["x", "!!", "AA", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "4pyT"])
@pytest.mark.parametrize("collection", ["quotations", "articles"])
def test_a_bad_cursor_is_refused(client, collection, cursor):
    assert client.get(f"{API}/{collection}?cursor={cursor}").status_code == 400


def test_paging_neither_skips_nor_repeats_whatever_is_recorded_meanwhile(client, recorder, seeded):
    before = [item["id"] for item in client.get(f"{API}/quotations?limit=100").json["items"]]
    address, seen = f"{API}/quotations?limit=3", []
    while address:
        page = client.get(address)
        seen += [item["id"] for item in page.json["items"]]
        address = page.json["next"]
        assert (address is None) == ("Link" not in page.headers)
        for date in ("2030-01-01", "2024-02-19", "1990"):
            told = new(text=f"Number {len(seen)} of {date}", said_on=date)
            assert client.post(f"{API}/quotations", json=told, headers=recorder).status_code == 201
    assert [id for id in seen if id in before] == before


@pytest.mark.parametrize("collection", ["quotations", "speakers", "outlets", "articles"])
@pytest.mark.parametrize("limit", [1, 100])
def test_a_listing_costs_two_statements(client, seeded, monkeypatch, collection, limit):
    statements = []
    execute = db.obj.execute_sql
    monkeypatch.setattr(db.obj, "execute_sql", lambda sql, *rest: statements.append(sql) or execute(sql, *rest))
    assert client.get(f"{API}/{collection}?limit={limit}").status_code == 200
    assert len(statements) == 2, statements


@pytest.mark.parametrize("id", ["xyz", "00000000-0000-4000-8000-000000000000", "%00", "12"])
@pytest.mark.parametrize("rest", ["", "/revisions"])
def test_an_unknown_id_is_not_found(client, id, rest):
    response = client.get(f"{API}/quotations/{id}{rest}")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


def test_a_correction_needs_a_reason_and_the_state_it_corrects(client, editor, made):
    url, tag = made.json["url"], made.headers["ETag"]
    assert client.patch(url, json={"cue": "cried", "reason": "Misheard."}, headers=editor).status_code == 428
    stale = client.patch(url, json={"cue": "cried", "reason": "Misheard."}, headers={**editor, "If-Match": '"0"'})
    assert stale.status_code == 412
    bare = client.patch(url, json={"cue": "cried"}, headers={**editor, "If-Match": tag})
    assert bare.status_code == 422
    done = client.patch(url, json={"cue": "cried", "reason": "Misheard."}, headers={**editor, "If-Match": tag})
    assert done.status_code == 200
    assert (done.json["cue"], done.json["version"], done.json["reason"]) == ("cried", 2, "Misheard.")
    assert done.headers["ETag"] != tag
    lost = client.patch(url, json={"cue": "sighed", "reason": "No."}, headers={**editor, "If-Match": tag})
    assert lost.status_code == 412, "the second of two editors does not overwrite the first"
    forced = client.patch(url, json={"cue": None, "reason": "Unknown."}, headers={**editor, "If-Match": "*"})
    assert forced.json["cue"] is None


def test_every_version_stays_readable(client, editor, made):
    url = made.json["url"]
    client.patch(url, json={"cue": "cried", "reason": "Misheard."}, headers={**editor, "If-Match": "*"})
    client.patch(url, json={"text": "We will yield.", "reason": "Misquoted."}, headers={**editor, "If-Match": "*"})
    versions = client.get(f"{url}/revisions").json["items"]
    assert [(v["version"], v["by"], v["reason"]) for v in versions] == [
        (3, "the editor", "Misquoted."), (2, "the editor", "Misheard."), (1, "the recorder", None),
    ]  # fmt: skip
    assert [v["record"]["cue"] for v in versions] == ["cried", "cried", "said"]
    assert [v["record"]["text"] for v in versions] == ["We will yield.", *["We will not yield – ever."] * 2]


def test_corrected_words_are_verified_again_and_keep_their_id(client, recorder, editor, made):
    changes = {"text": "We will yield.", "reason": "Misquoted."}
    done = client.patch(made.json["url"], json=changes, headers={**editor, "If-Match": "*"}).json
    assert (done["verification"], done["selectors"], done["id"]) == ("absent", [], made.json["id"])
    again = client.post(f"{API}/quotations", json=new(text="We will yield."), headers=recorder)
    assert (again.status_code, again.json["id"]) == (200, made.json["id"]), "found by what it is now"
    former = client.post(f"{API}/quotations", json=new(), headers=recorder)
    assert (former.status_code, pointers(former)) == (409, {"#/text"}), "found by what it was when recorded"


def test_a_correction_cannot_make_two_records_one(client, recorder, editor, made):
    client.post(f"{API}/quotations", json=new(text="Nobody else spoke."), headers=recorder)
    changes = {"text": "Nobody else spoke", "reason": "Wrong line."}
    refused = client.patch(made.json["url"], json=changes, headers={**editor, "If-Match": "*"})
    assert refused.status_code == 409
    assert client.get(made.json["url"]).json["version"] == 1


def test_a_new_date_moves_the_quotation(client, recorder, editor, made):
    client.post(f"{API}/quotations", json=new(text="Nobody else spoke."), headers=recorder)
    changes = {"said_on": "2025", "reason": "Said later."}
    client.patch(made.json["url"], json=changes, headers={**editor, "If-Match": "*"})
    first, second = client.get(f"{API}/quotations").json["items"]
    assert (first["id"], first["date"], second["date"]) == (made.json["id"], "2025", "2024-05-02")


def test_a_retracted_quotation_stays_readable_and_leaves_the_lists(client, editor, recorder, made):
    url = made.json["url"]
    assert client.delete(f"{url}?reason=Invented.", headers=editor).status_code == 428
    assert client.delete(url, headers={**editor, "If-Match": "*"}).status_code == 422
    done = client.delete(f"{url}?reason=Invented.", headers={**editor, "If-Match": made.headers["ETag"]})
    assert done.status_code == 200
    read = client.get(url).json
    assert (read["standing"], read["reason"], read["text"]) == ("retracted", "Invented.", made.json["text"])
    assert client.get(f"{API}/quotations").json["total"]["value"] == 0
    again = client.post(f"{API}/quotations", json=new(), headers=recorder)
    assert (again.status_code, again.json["standing"]) == (200, "retracted"), "it is not recorded anew"


def test_unchanged_answers_are_304(client, made):
    for url in (made.json["url"], f"{API}/quotations", f"{API}/openapi.json", "/"):
        first = client.get(url)
        again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_if_match_does_not_keep_anybody_from_reading(client, made):
    assert client.get(made.json["url"], headers={"If-Match": '"other"'}).status_code == 200


def test_the_etag_follows_the_names_that_are_shown(client, editor, made):
    renamed = client.patch(
        f"{API}/speakers/minister-a", json={"name": "Minister B"}, headers={**editor, "If-Match": "*"}
    )
    assert renamed.status_code == 200
    again = client.get(made.json["url"], headers={"If-None-Match": made.headers["ETag"]})
    assert (again.status_code, again.json["speaker"]["name"]) == (200, "Minister B")


def test_words_cannot_be_markup_or_statements(client, recorder):
    text = "<script>alert(1)</script> '; DROP TABLE quotation; -- %s"
    made = client.post(f"{API}/quotations", json=new(text=text, speaker="\"><img onerror='x'>"), headers=recorder)
    assert client.get(made.json["url"]).json["text"] == text
    page = client.get("/").text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_json_is_utf_8_as_it_is(client, seeded):
    body = client.get(f"{API}/speakers/kim-yo-jong").data
    assert "김여정" in body.decode()
    assert json.loads(body)["aliases"] == ["Kim Yo-jong", "김여정"]
