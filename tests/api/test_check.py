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
