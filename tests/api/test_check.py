"""/check and variants over HTTP: the same answer by either method, and what is refused."""

import pytest

API = "/api/v1"
CAR = "gift serves as a clear demonstration of the special personal relations between the top leaders"


def test_both_methods_give_the_same_answer(client, seeded):
    asked = {"text": CAR, "speaker": "Kim Yo-jong", "outlet": "KCNA", "date": "2024-02"}
    posted = client.post(f"{API}/check", json=asked)
    got = client.get(f"{API}/check", query_string=asked)
    assert posted.status_code == got.status_code == 200
    assert posted.json == got.json
    assert posted.json["verdict"] == "confirmed"
    assert posted.json["best"]["quotation"]["url"].startswith(f"http://localhost{API}/quotations/")
    again = client.get(f"{API}/check", query_string=asked, headers={"If-None-Match": got.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({}, "#/text"),
        ({"text": ""}, "#/text"),
        ({"text": " – … ! "}, "#/text"),
        ({"text": 5}, "#/text"),
        ({"text": CAR, "speker": "Kim"}, "#/speker"),
        ({"text": CAR, "date": "yesterday"}, "#/date"),
    ],
)
def test_what_is_no_claim_is_refused(client, asked, pointer):
    answer = client.post(f"{API}/check", json=asked)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_a_parameter_that_is_unknown_is_refused(client):
    answer = client.get(f"{API}/check", query_string={"text": CAR, "by": "Kim"})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == "by"


def test_a_book_is_refused(client):
    answer = client.post(f"{API}/check", json={"text": "word " * 200_000})
    assert answer.status_code == 413


def test_variants_are_grouped_by_origin(client, seeded):
    quotation = client.post(f"{API}/check", json={"text": CAR}).json["best"]["quotation"]
    found = client.get(f"{quotation['url']}/variants")
    assert found.status_code == 200
    assert found.json["summary"] == "10 articles, 2 origins (Korean Central News Agency, Rodong Sinmun)"
    assert [origin["outlet"] and origin["outlet"]["slug"] for origin in found.json["origins"]] == [
        "kcna", "rodong-sinmun", None,
    ]  # fmt: skip


def test_variants_of_nothing_are_not_found(client):
    assert client.get(f"{API}/quotations/1/variants").status_code == 404


def recorded(client, recorder, text, number=1):
    """Record what a synthetic minister said."""
    article = {"url": f"https://example.org/{number}", "outlet": "Example Post", "published_on": "2024-05-02"}
    told = {"text": text, "speaker": "Minister A", "article": article}
    assert client.post(f"{API}/quotations", json=told, headers=recorder).status_code == 201


@pytest.mark.parametrize(
    ("said", "claimed", "words", "changed"),
    [
        (
            "We will not, under any circumstances, now or in all the years that still lie ahead, sit down with them.",
            "We will … sit down with them.",
            "elided",
            True,
        ),
        (
            "Nobody should forget its long and many duties as a member of the council and stop acts of that kind.",
            "Nobody should … stop acts of that kind",
            "elided",
            False,
        ),
        (
            "The committee has not found any evidence that the clerks were paid three million dollars in that year.",
            "the clerks were paid three million dollars in that year",
            "trimmed",
            True,
        ),
        (
            "We will not lift those sanctions this year.",
            "We will never lift those sanctions this year.",
            "altered",
            True,
        ),
        ("We can’t lift those sanctions this year.", "We cannot lift those sanctions this year.", "altered", False),
    ],
)
def test_a_negation_that_was_left_out_cut_off_or_changed_is_called_out(client, recorder, said, claimed, words, changed):
    recorded(client, recorder, said)
    answer = client.post(f"{API}/check", json={"text": claimed, "speaker": "Minister A"}).json
    assert (answer["words"], answer["best"]["negation_changed"]) == (words, changed)
    if changed:
        assert answer["verdict"] == "differs"


def test_one_altered_passage_of_a_long_text_is_not_hidden_by_the_others(client, recorder):
    recorded(client, recorder, "The first thing is that all of us agreed to it.", 1)
    recorded(client, recorder, "The second thing is perfect and can be trusted by everybody.", 2)
    filler = "Something else was told at length there. " * 80
    altered = "“The second thing is not perfect and can be trusted by everybody.”"
    text = f"“The first thing is that all of us agreed to it.” {filler} {altered}"
    answer = client.post(f"{API}/check", json={"text": text}).json
    assert (answer["verdict"], answer["best"]["negation_changed"]) == ("differs", True)
