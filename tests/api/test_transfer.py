"""POST /import over HTTP."""

import gzip
import io
import json

import pytest

ADDRESS = "/api/v1/import"
NDJSON = {"Content-Type": "application/x-ndjson"}


def row(text, **more):
    return {"text": text, "speaker": "Kim", "article": {"url": "https://a.example/1"}, **more}


def lines(*rows):
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def total(client):
    return client.get("/api/v1/quotations").json["total"]["value"]


@pytest.mark.parametrize(
    ("type", "body"),
    [
        ("application/x-ndjson", lines(row("one"), row("two"))),
        ("application/x-ndjson", gzip.compress(lines(row("one"), row("two")), mtime=0)),
        ("application/json", json.dumps([row("one"), row("two")]).encode()),
        ("text/csv", b"text,speaker,url\none,Kim,https://a.example/1\ntwo,Kim,https://a.example/1\n"),
    ],
)
def test_every_format_is_taken(client, recorder, type, body):
    told = client.post(ADDRESS, data=body, headers={**recorder, "Content-Type": type})
    assert told.status_code == 200
    report = {"recorded": 2, "known": 0, "conflicting": 0, "updated": 0, "rejected": 0, "rows": 2, "errors": []}
    assert told.json == report
    again = client.post(ADDRESS, data=body, headers={**recorder, "Content-Type": type})
    assert again.json == {**report, "recorded": 0, "known": 2}
    assert total(client) == 2


def test_a_bad_row_costs_only_itself(client, recorder):
    body = lines(row("one"), row("", kind="loud", headlin="x"), {}, row("two")) + b"{]\n"
    told = client.post(ADDRESS, data=body, headers=recorder | NDJSON).json
    assert (told["recorded"], told["rejected"], told["rows"]) == (2, 3, 5)
    assert [(error["line"], error["pointer"]) for error in told["errors"]] == [
        (2, "#/text"),
        (2, "#/kind"),
        (2, "#/headlin"),
        (3, "#/text"),
        (3, "#/speaker"),
        (3, "#/article"),
        (5, "#"),
    ]


@pytest.mark.parametrize("query", ["?atomic=true", "?dry_run=true"])
def test_nothing_is_kept_of_what_is_not_to_be(client, recorder, query):
    told = client.post(ADDRESS + query, data=lines(row("one"), row("one"), {}), headers=recorder | NDJSON).json
    assert (told["recorded"], told["known"], told["rejected"]) == (1 if "dry" in query else 0, 1, 1)
    assert total(client) == 0


def test_update_takes_an_editor_and_revises(client, recorder, editor):
    client.post(ADDRESS, data=lines(row("one")), headers=recorder | NDJSON)
    changed = lines(row("one", kind="mixed", reason="Seen again."))
    told = client.post(ADDRESS, data=changed, headers=recorder | NDJSON).json
    assert (told["conflicting"], told["errors"][0]["pointer"]) == (1, "#/kind")
    assert client.post(f"{ADDRESS}?update=true", data=changed, headers=recorder | NDJSON).status_code == 403
    assert client.post(f"{ADDRESS}?update=true", data=changed, headers=editor | NDJSON).json["updated"] == 1
    (item,) = client.get("/api/v1/quotations").json["items"]
    assert (item["kind"], item["reason"], item["version"]) == ("mixed", "Seen again.", 2)


def test_what_takes_an_editor_elsewhere_takes_one_here(client, recorder, editor):
    body = lines(row("one", standing="retracted"), row("two", id="c29a5205-5d53-50e9-aaa3-5e64ac8d5178"))
    assert client.post(ADDRESS, data=body, headers=recorder | NDJSON).json["rejected"] == 2
    assert client.post(ADDRESS, data=body, headers=editor | NDJSON).json["recorded"] == 2
    assert client.get("/api/v1/quotations/c29a5205-5d53-50e9-aaa3-5e64ac8d5178").json["text"] == "two"


@pytest.mark.parametrize(("query", "kept"), [("", 1), ("?atomic=true", 0)])
def test_a_body_cut_short_says_how_many_rows_were_recorded(client, recorder, query, kept):
    body = lines(row("one"), row("two"))[:-10]
    told = client.post(
        ADDRESS + query,
        input_stream=io.BytesIO(body),
        headers=recorder | NDJSON,
        environ_overrides={"CONTENT_LENGTH": "999"},
    )
    assert told.status_code == 400
    assert ("1 rows were recorded" if kept else "No rows were recorded") in told.json["detail"]
    assert total(client) == kept


def test_a_chunked_body_may_be_longer_than_any_single_one(client, app, recorder):
    app.config["MAX_BODY"] = 100
    told = client.post(
        ADDRESS,
        input_stream=io.BytesIO(lines(*(row(f"word{n}") for n in range(20)))),
        headers=recorder | NDJSON,
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert told.json["recorded"] == 20


@pytest.mark.parametrize(
    ("type", "body", "status"),
    [
        ("text/plain", b"x", 415),
        ("application/json", b'{"text": "one"}', 400),
        ("application/json", b'[{"text": "one"}', 400),
        ("text/csv", b"no,such\n1,2\n", 400),
        ("application/x-ndjson", b"", 400),
    ],
)
def test_what_is_no_import_is_a_problem(client, recorder, type, body, status):
    told = client.post(ADDRESS, data=body, headers={**recorder, "Content-Type": type})
    assert (told.status_code, told.mimetype) == (status, "application/problem+json")


def test_it_takes_a_recorder(client, reader):
    assert client.post(ADDRESS, data=b"{}", headers=reader | NDJSON).status_code == 403
    assert client.post(ADDRESS, data=b"{}", headers=NDJSON).status_code == 401
