"""The commands."""

import pytest

from attribution import database, index, keys
from attribution.index import engine


@pytest.fixture
def flask(app):
    return lambda *arguments: app.test_cli_runner().invoke(args=arguments)


def test_migrate_says_what_it_did(stores, app, flask):
    assert "up to date" in flask("migrate").stderr


def test_migrate_mends_an_index_whose_making_was_broken_off(seeded, client, flask):
    with database.connection():
        with database.transaction():
            positions = [position for (position,) in database.db.execute_sql("SELECT position FROM entry")]
            engine.bound().remove(positions[::2])
        assert not index.is_whole()
    assert client.get("/api/v1/quotations").json["total"]["value"] == 10
    assert flask("migrate").exit_code == 0
    assert client.get("/api/v1/quotations").json["total"]["value"] == 20
    with database.connection():
        assert index.is_whole()
        assert not [fault for looked in index.differences() for fault in looked.faults]


def test_seed_loads_once_and_gives_a_key_once(client, flask):
    first = flask("seed")
    assert first.exit_code == 0, first.output
    token = first.stdout.split()[-1]
    told = client.post("/api/v1/speakers", json={"name": "A"}, headers={"Authorization": f"Bearer {token}"})
    assert told.status_code == 201
    assert client.get("/api/v1/quotations").json["total"]["value"] == 20
    item = client.get("/api/v1/quotations?limit=1").json["items"][0]
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    assert client.patch(item["url"], json={"cue": "put", "reason": "Seen."}, headers=headers).status_code == 200
    second = flask("seed")
    assert (second.exit_code, second.stdout) == (0, "")
    assert client.get("/api/v1/quotations").json["total"]["value"] == 20


def test_a_key_is_printed_alone_listed_and_revoked(app, flask):
    made = flask("keys", "create", "desk", "--role", "recorder")
    token = made.stdout.removesuffix("\n")
    assert (made.exit_code, made.stderr, "\n" in token) == (0, "", False)
    with database.connection():
        assert keys.find(token).role == "recorder"
    id = token.split("_")[1]
    assert f"{id}  recorder  desk" in flask("keys", "list").stdout
    assert token not in flask("keys", "list").stdout
    assert flask("keys", "revoke", id).exit_code == 0
    assert "revoked" in flask("keys", "list").stdout
    again = flask("keys", "revoke", id)
    assert (again.exit_code, "keys list" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    "arguments", [("keys", "create", "x"), ("keys", "create", "x", "--role", "king"), ("keys", "revoke")]
)
def test_wrong_usage_exits_with_two(flask, arguments):
    assert flask(*arguments).exit_code == 2
