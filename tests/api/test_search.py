"""Searching over HTTP, where words, addresses and limits meet."""

import pytest

API = "/api/v1/quotations"


@pytest.fixture
def record(client, recorder):
    """Record what a synthetic speaker said."""

    def record(text, number=1, **told):
        article = {"url": f"https://example.org/{number}", "outlet": "Example Post", "published_on": "2024-05-02"}
        told = {"text": text, "speaker": "Ann Lee", "article": article, **told}
        assert client.post(API, json=told, headers=recorder).status_code == 201

    return record


def count(client, **query):
    return client.get(API, query_string=query).json["total"]["value"]


@pytest.mark.parametrize(("q", "results"), [("de*", 1), ("e*", 0), ("d*", 1), ("-de*", 1), ("e* OR z*", 0)])
def test_beginnings_do_not_find_the_languages_of_stems(client, record, q, results):
    record("Das denken alle", 1, language="de")
    record("So say all of us", 2, language="en")
    assert count(client, q=q) == results


def test_both_engines_forget_the_same_places_of_a_long_text(client, record):
    record("the cat " * 300 + "then the zyxwvend came")
    assert (count(client, q="zyxwvend"), count(client, q='"zyxwvend came"')) == (1, 1)
    assert count(client, q='"the zyxwvend"') == 0, "the three hundredth `the` has no place"


def test_what_is_without_a_word_is_paged_by_relevance_to_its_end(client, seeded):
    address, seen = f"{API}?q=-sanctions&sort=relevance&limit=4", []
    while address:
        page = client.get(address).json
        seen += [item["id"] for item in page["items"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == count(client, q="-sanctions") == 17


@pytest.mark.parametrize(("asked", "slug"), [("KIM YO-JONG", "kim-yo-jong"), ("kim-yo-jong", "kim-yo-jong")])
def test_the_address_of_a_facet_takes_its_filter_away_however_it_was_told(client, seeded, asked, slug):
    page = client.get(API, query_string={"speaker": asked, "facets": "speaker"}).json
    (facet,) = [value for value in page["facets"]["speaker"] if value["value"] == slug]
    assert "speaker=" not in facet["url"].replace("facets=speaker", "")
    assert client.get(facet["url"]).json["total"]["value"] == 20


def test_a_filter_of_two_words_is_toggled_word_by_word(client, seeded):
    page = client.get(f"{API}?kind=direct,mixed&facets=kind").json
    addresses = {value["value"]: value["url"] for value in page["facets"]["kind"]}
    assert client.get(addresses["direct"]).json["total"]["value"] == count(client, kind="mixed")


def test_an_import_is_not_told_two_things_at_once(client, recorder):
    answer = client.post(
        "/api/v1/import?dry_run=false&dry_run=true", data=b"{}\n", content_type="application/x-ndjson", headers=recorder
    )
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (422, "dry_run")
