"""Every failure is problem details, and says how to mend it."""

import peewee
import pytest

from attribution import config, database, keys
from attribution.app import create_app
from attribution.problems import faults_of

API = "/api/v1"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/nothing", 404),
        ("POST", "/api/v1/quotations/x", 405),
        ("DELETE", "/api/v1/speakers", 405),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/docs/../wsgi.py", 404),
    ],
)
def test_addresses_that_do_not_exist(client, method, path, status):
    response = client.open(path, method=method)
    assert response.status_code == response.json["status"] == status
    assert response.content_type == "application/problem+json"
    assert response.json["title"]
    if status == 405:
        assert "GET" in response.headers["Allow"]


def test_a_store_that_is_away_is_503_and_the_rest_answers(tmp_path):
    client = create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder.db"}).test_client()
    for path in ("/api/v1/quotations", "/", "/readyz"):
        response = client.get(path)
        assert response.status_code == 503, path
        assert response.headers["Retry-After"]
    assert client.get("/healthz").status_code == 200
    with client.get("/static/style.css") as style:
        assert style.status_code == 200


def test_a_postgresql_that_is_away_is_503():
    client = create_app({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}).test_client()
    assert client.get("/api/v1/quotations").status_code == 503
    assert client.get("/readyz").status_code == 503


def test_a_store_that_is_not_migrated_says_so(stores):
    url = stores.create()
    client = create_app({"DATABASE_URL": url}).test_client()
    assert "flask migrate" in client.get("/readyz").json["detail"]
    response = client.get("/api/v1/quotations")
    assert (response.status_code, "flask migrate" in response.json["detail"]) == (503, True)


def test_an_unforeseen_failure_tells_nothing_of_its_inside(app, client, caplog):
    app.config["TESTING"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/broken")
    def broken():
        raise RuntimeError("the secret inside")

    response = client.get("/broken")
    assert (response.status_code, response.content_type) == (500, "application/problem+json")
    assert "secret" not in response.text
    assert "the secret inside" in caplog.text


def test_data_the_store_cannot_hold_is_no_500(app, client):
    @app.get("/data")
    def data():
        raise peewee.DataError("value out of range")

    assert client.get("/data").status_code == 400


def test_nested_messages_become_pointers():
    messages = {"article": {"url": ["Bad."], "authors": {0: ["Empty."]}}, "_schema": ["Odd."], "a/b~c": ["Unknown."]}
    assert faults_of(messages) == [
        {"pointer": "#/article/url", "detail": "Bad."},
        {"pointer": "#/article/authors/0", "detail": "Empty."},
        {"pointer": "#", "detail": "Odd."},
        {"pointer": "#/a~1b~0c", "detail": "Unknown."},
    ]


def test_an_address_that_asks_too_often_is_told_when_to_come_again(database_url):
    client = create_app({"DATABASE_URL": database_url, "RATE_LIMIT": "3/minute", "PROXIES": 1}).test_client()
    one, other = ({"X-Forwarded-For": f"192.0.2.{number}"} for number in (1, 2))
    address = "/api/v1/speakers"
    assert [client.get(address, headers=one).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/healthz", headers=one).status_code == 200, "those who watch over it are not limited"
    refused = client.get(address, headers=one)
    assert refused.content_type == "application/problem+json"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert client.get(address, headers=other).status_code == 200


def test_behind_a_proxy_addresses_are_those_readers_see(database_url):
    client = create_app({"DATABASE_URL": database_url, "PROXIES": 1}).test_client()
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "quotes.example"}
    client.environ_base.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()})
    with database.connection():
        token = keys.create("desk", "recorder")
    told = client.post("/api/v1/speakers", json={"name": "A"}, headers={"Authorization": f"Bearer {token}"})
    assert told.headers["Location"] == told.json["url"] == "https://quotes.example/api/v1/speakers/a"


@pytest.mark.parametrize("url", ["mysql://x/y", "nothing", "sqlite:/x", ""])
def test_another_kind_of_store_is_refused_by_name(url):
    with pytest.raises(ValueError, match="ATTRIBUTION_DATABASE_URL"):
        create_app({"DATABASE_URL": url})


@pytest.mark.parametrize(("value", "is_public"), [("False", False), ("no", False), ("0", False), ("TRUE", True)])
def test_a_setting_that_is_yes_or_no_is_read_in_any_spelling(monkeypatch, tmp_path, value, is_public):
    monkeypatch.setenv("ATTRIBUTION_PUBLIC", value)
    assert create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/x.db"}).config["PUBLIC"] is is_public


def test_a_setting_that_is_neither_yes_nor_no_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("ATTRIBUTION_PUBLIC", "perhaps")
    with pytest.raises(ValueError, match="ATTRIBUTION_PUBLIC"):
        create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/x.db"})


def test_a_busy_store_is_waited_for_as_long_as_is_set(database_url):
    create_app({"DATABASE_URL": database_url, "BUSY_TIMEOUT": 3})
    query = "SHOW lock_timeout" if database.is_postgres() else "PRAGMA busy_timeout"
    with database.connection():
        assert database.db.execute_sql(query).fetchone()[0] in ("3s", 3000)


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("ATTRIBUTION_DATABASE_URL", f"sqlite:///{tmp_path}/x.db")
    monkeypatch.setenv("ATTRIBUTION_PUBLIC", "false")
    settings = create_app().config
    assert settings["DATABASE_URL"].endswith("x.db")
    assert settings["PUBLIC"] is False
    assert settings["MAX_BODY"] == config.MAX_BODY
