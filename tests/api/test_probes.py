"""/healthz, /readyz, /metrics and /docs."""

import re


def test_the_service_is_well_and_ready(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok"}


def test_requests_are_counted_by_view_and_status(client, seeded):
    def count():
        line = r'attribution_request_seconds_count\{status="200",view="speakers\.show"\} (\S+)'
        return sum(map(float, re.findall(line, client.get("/metrics").text)))

    before = count()
    client.get("/api/v1/speakers/kim-yo-jong")
    assert count() == before + 1


def test_the_docs_ask_nothing_of_another_server(client):
    page = client.get("/docs").text
    for address in re.findall(r'(?:src|href|data-document)="([^"#][^"]*)"', page):
        assert address.startswith("/"), address
        with client.get(address) as response:
            assert response.status_code == 200, address


def test_files_beside_the_assets_are_not_given(client):
    for name in ("../flask_swagger_ui.py", "..%2fflask_swagger_ui.py", "nothing.js"):
        assert client.get(f"/docs/{name}").status_code == 404
