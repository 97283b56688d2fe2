"""The OpenAPI document: valid, true to the service, with examples from the seed data."""

import orjson
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from schemas.article import Article
from schemas.outlet import Outlet
from schemas.quotation import NewQuotation
from schemas.speaker import Speaker

ADDRESS = "/api/v1/openapi.json"


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield path, method, operation


def test_the_document_is_valid(client):
    document = client.get(ADDRESS).json
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_operation_says_what_it_does_and_how_it_fails(client):
    for path, method, operation in operations(client.get(ADDRESS).json):
        assert operation["summary"], (method, path)
        assert {"401", "503"} < set(operation["responses"]), (method, path)
        if "requestBody" in operation:
            failures = {"400", "415", "422"}
            if path != "/api/v1/import":  # which has no end
                failures.add("413")
            if path != "/api/v1/check":  # which any reader may ask
                failures.add("403")
            assert failures <= set(operation["responses"]), (method, path)


def test_examples_are_valid_rows_of_the_seed(client, seeded):
    paths = client.get(ADDRESS).json["paths"]
    for path, schema in (
        ("quotations", NewQuotation), ("speakers", Speaker), ("outlets", Outlet), ("articles", Article),
    ):  # fmt: skip
        example = paths[f"/api/v1/{path}"]["post"]["requestBody"]["content"]["application/json"]["example"]
        schema().load(example)
        assert orjson.dumps(example).decode() in "\n".join(orjson.dumps(row).decode() for row in seeded)


CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_fuzzing_finds_no_undocumented_answer(app, seeded, editor, mode):
    document = schemathesis.openapi.from_wsgi(ADDRESS, app)
    known = {
        name: app.test_client().get(f"/api/v1/{name}?limit=1").json["items"][0]
        for name in ("quotations", "speakers", "outlets", "articles")
    }
    for result in document.get_all_operations():
        strategy = result.ok().as_strategy(generation_mode=mode)

        @settings(max_examples=20, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        @given(case=strategy, is_known=st.booleans())
        def answers_as_documented(case, is_known):
            headers = {**editor, **(case.headers or {})}
            if is_known and case.path_parameters:
                record = known[case.path.split("/")[3].split(".")[0]]
                case.path_parameters = {name: record.get(name, value) for name, value in case.path_parameters.items()}
                headers["If-Match"] = "*"
            case.call_and_validate(headers=headers, checks=CHECKS)

        try:
            answers_as_documented()
        except Unsatisfiable:
            assert mode == GenerationMode.NEGATIVE, "what takes nothing cannot be sent anything wrong"
