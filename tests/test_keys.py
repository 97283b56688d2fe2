"""API keys: what each role may do, and that a store gives none of them away."""

import itertools

import pytest

from attribution import database, errors, keys
from attribution.app import create_app
from attribution.models import Key
from schemas.vocabulary import Role

API = "/api/v1"
CALLS = {
    "reader": [("GET", "/quotations")],
    "recorder": [("POST", "/quotations"), ("POST", "/speakers"), ("POST", "/outlets"), ("POST", "/articles")],
    "editor": [
        ("PATCH", "/quotations/x"), ("DELETE", "/quotations/x"), ("PATCH", "/speakers/x"),
        ("POST", "/speakers/x/merge"),
        ("PATCH", "/outlets/x"), ("PATCH", "/articles/x"), ("PUT", "/articles/x/text"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_each_role_includes_those_before_it(app, client, role):
    with database.connection():
        headers = {"Authorization": f"Bearer {keys.create('somebody', role)}"}
    for needed, calls in CALLS.items():
        for method, path in calls:
            status = client.open(API + path, method=method, headers=headers).status_code
            assert (status == 403) == (not role.includes(Role(needed))), (method, path, status)
            assert status != 401


def test_writing_takes_a_key(client):
    for method, path in itertools.chain(CALLS["recorder"], CALLS["editor"]):
        response = client.open(API + path, method=method)
        assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer"), path


@pytest.mark.parametrize(
    "authorization", ["Bearer x", "Bearer attribution_0000_x", "Basic YTpi", "Bearer", "x", "Bearer attribution__", "é"]
)
def test_a_key_that_is_none_is_refused_even_for_reading(client, authorization):
    assert client.get(f"{API}/quotations", headers={"Authorization": authorization}).status_code == 401


def test_the_store_holds_no_secret(app):
    with database.connection():
        token = keys.create("newsroom", Role.EDITOR)
        (row,) = Key.select().tuples()
        assert keys.find(token).name == "newsroom"
        assert keys.find(token + "x") is None
        assert keys.find(token[:-1]) is None
    secret = token.split("_", 2)[2]
    assert len(secret) >= 43, "256 bits"
    assert not any(secret in str(column) for column in row)


def test_a_revoked_key_opens_nothing(app, client):
    with database.connection():
        token = keys.create("newsroom", Role.EDITOR)
        id = token.split("_")[1]
        keys.revoke(id)
        with pytest.raises(errors.NotFound):
            keys.revoke(id)
    headers = {"Authorization": f"Bearer {token}"}
    assert client.post(f"{API}/speakers", json={"name": "A"}, headers=headers).status_code == 401


def test_a_register_that_is_not_public_takes_a_key_to_read(database_url):
    app = create_app({"DATABASE_URL": database_url, "PUBLIC": False, "TESTING": True})
    client = app.test_client()
    assert client.get(f"{API}/quotations").status_code == 401
    assert client.get("/").status_code == 401
    assert client.get("/healthz").status_code == 200
    with database.connection():
        headers = {"Authorization": f"Bearer {keys.create('desk', Role.READER)}"}
    assert client.get(f"{API}/quotations", headers=headers).status_code == 200
