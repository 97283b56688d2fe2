"""Rows straight to documents, beside what the schema makes of the records."""

import orjson
import pytest

from attribution import database
from attribution.models import Quotation
from schemas.search import QuotationPage


@pytest.fixture
def sparse(client, recorder):
    """A quotation of which as little as possible is known, and one with everything."""
    least = {"text": "Least of all", "speaker": "A", "article": {"url": "https://a.example/1"}}
    most = {
        "text": "Most … of “all”",
        "kind": "mixed",
        "speaker": {"name": "Ž B", "kind": "unnamed"},
        "mention": "B",
        "cue": "said",
        "outlet": "An outlet",
        "said_on": "2020-02",
        "language": "pt-BR",
        "note": "Note\nit",
        "article": {
            "url": "https://a.example/2",
            "headline": "H",
            "outlet": "Another",
            "published_on": "2021",
            "language": "de",
            "text": "“Most, I say, of “all””",
        },
    }
    for told in (least, most):
        assert client.post("/api/v1/quotations", json=told, headers=recorder).status_code == 201


def test_the_fast_way_gives_the_bytes_of_the_schema(seeded, sparse, client):
    fast = client.get("/api/v1/quotations?limit=100")
    with database.connection():
        page = {"items": list(Quotation.whole().order_by(Quotation.position.desc()))}
    slow = orjson.dumps(QuotationPage().dump(page)["items"])
    assert slow.count(b'"id"') == 44
    assert orjson.dumps(fast.json["items"]) == slow.replace(b'"/api/v1/', b'"http://localhost/api/v1/')


def test_the_answer_is_what_the_schema_says(seeded, client):
    known = QuotationPage()
    facets = ",".join(known.dump_fields["facets"].schema.dump_fields)
    told = client.get(f"/api/v1/quotations?q=gift&facets={facets}&limit=3").json
    assert list(told) == list(known.dump_fields)
    assert list(told["facets"]) == list(known.dump_fields["facets"].schema.dump_fields)
    assert list(told["items"][0]) == list(known.dump_fields["items"].inner.schema.dump_fields)
