"""What a page counts is true at once, although counts are kept until something changes."""

from attribution import database, quotations
from schemas.quotation import NewQuotation


def test_new_quotation_counts_at_once(client, seeded):
    def found():
        return client.get("/api/v1/quotations?speaker=kim-yo-jong&facets=publisher,year,month").json["facets"]

    before = found()
    assert before == found()
    article = {"url": "https://news.example/1", "outlet": "Example Outlet", "published_on": "2020-05-04"}
    told = {"text": "Example words.", "speaker": "Kim Yo Jong", "article": article}
    with database.connection():
        quotations.record(NewQuotation().load(told), "the test")
    after = found()
    assert [value["name"] for value in after["publisher"] if value not in before["publisher"]] == ["Example Outlet"]
    assert {value["value"]: value["count"] for value in after["year"]} == {"2024": 12, "2020": 1}
    assert {value["value"]: value["count"] for value in after["month"]} == {"2024-02": 10, "2024-03": 2, "2020-05": 1}
    assert after["month"][-1]["url"].endswith("from=2020-05&to=2020-05")


def test_nothing_found_is_counted_as_nothing(client, seeded):
    answer = client.get("/api/v1/quotations?q=nothing&facets=speaker,year").json
    assert answer["facets"] == {"speaker": [], "year": []}
