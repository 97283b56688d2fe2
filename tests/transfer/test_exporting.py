"""What is exported can be imported again, and then exported to the same bytes."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attribution import articles, database, errors, quotations, speakers, transfer
from attribution.models import Article, Quotation, Speaker

_ODD = st.text(st.sampled_from("aé…“”'\"\\=+-@,; \n\u2028\u200d😀한漢ß\u0301"), min_size=1, max_size=12).map(
    lambda text: f"w{text.strip()}"
)
_DATES = st.sampled_from([None, "2024", "2024-02", "2024-02-18"])
_OUTLETS = st.sampled_from([{"name": "WION", "country": "IN"}, {"name": "W-ION", "slug": "w", "aliases": ["W"]}])
_SPEAKERS = st.sampled_from(
    [
        {
            "name": "Kim",
            "slug": slug,
            "aliases": aliases,
            "description": "Leader",
            "affiliation": {"name": "WPK", **kind},
        }
        for slug, aliases in (("kim", ["Kim J."]), ("kim-2", []))
        for kind in ({}, {"kind": None}, {"kind": "group"})
    ]
)
_rows = st.lists(
    st.fixed_dictionaries(
        {
            "text": _ODD,
            "speaker": _SPEAKERS,
            "article": st.fixed_dictionaries(
                {"url": st.sampled_from(["https://a.example/1", "https://a.example/2"])},
                optional={
                    "headline": _ODD.map(lambda text: " ".join(text.split())),
                    "published_on": _DATES,
                    "outlet": _OUTLETS,
                    "language": st.sampled_from(["en", "pt-BR"]),
                    "text": _ODD,
                    "authors": st.just(["A. Writer"]),
                },
            ),
        },
        optional={"outlet": _OUTLETS, "said_on": _DATES, "note": _ODD, "language": st.sampled_from([None, "de"])},
    ),
    min_size=1,
    max_size=5,
)
_EVENTS = st.lists(st.sampled_from(["retract", "merge", "restate", "move", "text"]), max_size=3)


def happen(event: str) -> None:
    """Let something happen to what was recorded first."""
    first = Quotation.select().order_by(Quotation.number).get()
    id = str(first.id)
    article = Article.get(Article.number == first.article_id)
    if event == "retract":
        quotations.retract(id, "Denied.", "x")
    elif event == "merge" and Speaker.select().where(Speaker.slug.in_(["kim", "kim-2"])).count() == 2:
        speakers.merge("kim-2", "kim", "x", "One person.")
    elif event == "restate":
        quotations.revise(id, {"text": f"{first.text} more", "language": None, "reason": "Misread."}, "x")
    elif event == "move":
        articles.revise(str(article.id), {"url": "https://a.example/3"}, "x")
    elif event == "text":
        articles.replace_text(str(article.id), f"Said: “{first.text}”.", "x")


def exported(form=transfer.ndjson):
    pieces = list(form(transfer.asked({})))
    return b"".join(pieces) if form is transfer.ndjson else "".join(pieces).encode()


def imported(raw: bytes):
    return transfer.Import(transfer.Terms("x")).run([transfer.Input(io.BytesIO(raw), None)])


@pytest.fixture
def fresh(stores, migrated):
    """Give a function that works on an empty store, which then goes."""

    def use(work):
        url = stores.create(migrated)
        database.bind(url)
        with database.connection():
            result = work()
        database.close()
        stores.drop(url)
        return result

    return use


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_rows, _EVENTS)
def test_export_import_export_gives_the_same_bytes(fresh, rows, events):
    def lived():
        for row in rows:
            try:
                quotations.record(row, "x")
            except (errors.Conflict, errors.Invalid):
                continue
        for event in events:
            try:
                happen(event)
            except (errors.Moved, errors.Conflict):
                continue
        raw = exported()
        again = imported(raw)
        assert (again.known, again.errors) == (again.rows, [])
        return raw

    def restored():
        report = imported(raw)
        assert (report.recorded, report.errors) == (report.rows, [])
        return exported()

    raw = fresh(lived)
    assert fresh(restored) == raw


def test_a_sheet_can_be_imported_into_the_store_it_is_from(app, seeded):
    with database.connection():
        report = imported(exported(transfer.csv))
    assert (report.known, report.errors) == (20, [])


def test_filters_and_order(app, seeded):
    with database.connection():
        lines = b"".join(transfer.ndjson(transfer.asked({"speaker": ["kim-yo-jong"], "from": "2024"}))).splitlines()
        everything = exported()
    assert lines == [line for line in everything.splitlines() if b'"speaker":{"slug":"kim-yo-jong"' in line]
    assert 0 < len(lines) < 20


def test_filters_that_say_nothing_are_told():
    with pytest.raises(errors.Invalid, match="from: Must be a date"):
        transfer.asked({"from": "yesterday"})
