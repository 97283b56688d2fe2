"""Rows recorded together end as rows recorded one by one."""

import re

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from attribution import database, errors, quotations
from attribution.ledger import Ledger
from attribution.transfer import loading
from tests.transfer.dumps import dump

_SPEAKERS = [
    {"ref": "Kim"},
    {"ref": "kim"},
    {"name": "Kim"},
    {"name": "Kim", "slug": "kim-two"},
    {"name": "Kim Yo Jong", "aliases": ["Kim"], "kind": "person"},
    {"name": "Lee", "aliases": ["Kim Yo-jong"], "affiliation": {"ref": "Ministry"}},
    {"name": "Lee", "kind": "unnamed", "affiliation": {"name": "Ministry", "aliases": ["Lee's"]}},
    {"name": "Ministry", "kind": "organization"},
]
_OUTLETS = [{"ref": "WION"}, {"name": "WION", "aliases": ["W"]}, {"name": "W", "slug": "w"}, {"ref": "W"}]
_URL = "https://a.example/1"
_ARTICLES = [
    {"ref": _URL},
    {"url": _URL, "outlet": _OUTLETS[0], "published_on": "2024-02-20"},
    {"url": _URL, "headline": "One", "outlet": _OUTLETS[1], "text": "He said: “one two”, then “three”."},
    {"url": f"{_URL}?utm_source=x", "language": "en", "outlet": _OUTLETS[3]},
    {"url": "https://a.example/2", "text": "three"},
    {"headline": "On paper", "outlet": _OUTLETS[1], "published_on": "2024"},
    {"ref": "no-id"},
]
_rows = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(["one two", "One, two!", "three", "one … three"]),
            "speaker": st.sampled_from(_SPEAKERS),
            "article": st.sampled_from(_ARTICLES),
        },
        optional={
            "outlet": st.sampled_from(_OUTLETS),
            "kind": st.sampled_from(["direct", "mixed"]),
            "said_on": st.sampled_from([None, "2024-03-01"]),
            "language": st.just("fr"),
        },
    ),
    max_size=8,
)


def one_by_one(rows):
    for row in rows:
        try:
            quotation, is_new, _ = quotations.record(row, "x")
            yield "recorded" if is_new else "known", [], quotation.warnings
        except errors.Conflict as error:
            yield "conflicting", error.faults, []
        except errors.Invalid as error:
            yield "rejected", error.faults, []


def as_imported(row):
    """Give what a row tells as an import has it: its JSON loaded, so that what others told too is known again."""
    told, faults = loading.load(orjson.loads(orjson.dumps(_json(row))))
    assert not faults
    return told


def _json(told):
    if not isinstance(told, dict):
        return told
    return told.get("ref") or {name: _json(value) for name, value in told.items()}


def together(rows, size):
    ledger = Ledger("x")
    for at in range(0, len(rows), size):
        sayings = [quotations.prepare(as_imported(row), is_new=at > 0) for row in rows[at : at + size]]
        for outcome in quotations.record_all(sayings, ledger):
            yield outcome.result.value, outcome.error.faults if outcome.error else [], outcome.warnings


@pytest.fixture
def two_stores(stores, migrated):
    """Give a function that works on a fresh store, and gives its result and what the store then holds."""

    def use(work):
        url = stores.create(migrated)
        database.bind(url)
        with database.connection():
            result = list(work())
        held = dump()
        database.close()
        stores.drop(url)
        return result, held

    return use


def _one(speaker, article=_ARTICLES[0]):
    return {"text": "one two", "speaker": speaker, "article": article}


_PAPER = {"headline": "On paper", "outlet": {"ref": "WION News"}, "published_on": "2024-01-01"}
_AFFILIATED = {"name": "Kim", "aliases": ["Ministry"], "affiliation": {"ref": "KCNA"}}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_rows, st.sampled_from([1, 2, 3, 8]))
@example(  # the name by which the article's outlet was found is taken by another
    [
        _one({"ref": "Lee"}, _PAPER),
        {**_one({"ref": "Lee"}), "outlet": {"name": "Other", "aliases": ["WION News"]}},
        {**_one({"ref": "Lee"}, _PAPER), "text": "three"},
    ],
    3,
)
@example(  # the name by which the affiliation was found is taken, after the speaker took one that another was found by
    [
        _one({"ref": "Ministry"}),
        _one(_AFFILIATED),
        _one({"name": "Korea News", "aliases": ["KCNA"]}),
        {**_one(_AFFILIATED), "text": "three"},
    ],
    4,
)
def test_a_batch_ends_as_its_rows_one_by_one(two_stores, rows, size):
    assert two_stores(lambda: together(rows, size)) == two_stores(lambda: one_by_one(rows))


def test_what_others_write_between_two_batches_counts(two_stores):
    told = {"text": "one", "speaker": {"ref": "Kim"}, "article": {"ref": _URL}}

    def work():
        ledger = Ledger("x")
        saying = quotations.prepare(as_imported(told))
        yield from (outcome.result for outcome in quotations.record_all([saying], ledger))
        quotations.record({**told, "text": "two", "speaker": {"name": "Kim Jong Un", "aliases": ["Kim"]}}, "y")
        yield from (type(outcome.error) for outcome in quotations.record_all([saying], ledger))

    assert two_stores(work)[0] == ["recorded", errors.Ambiguous] or two_stores(work)[0] == ["recorded", errors.Invalid]


def test_no_batch_reads_a_whole_table(two_stores, monkeypatch):
    def work():
        asked, execute = [], database.db.execute_sql

        def heard(sql, params=None, *rest):
            asked.append((sql, params))
            return execute(sql, params, *rest)

        rows = [
            {"text": f"{text} {number}", "speaker": {"ref": f"Kim {number}"}, "article": {"ref": _URL}}
            for text in ("one", "two")
            for number in range(20)
        ]
        list(together(rows[:20], 20))
        if database.is_postgres():
            database.db.execute_sql("SET enable_seqscan = off")  # so that even few rows show whether an index serves
        with monkeypatch.context() as patch:
            patch.setattr(database.db.obj, "execute_sql", heard)
            list(together(rows[10:], 30))
        explain = "EXPLAIN" if database.is_postgres() else "EXPLAIN QUERY PLAN"
        for sql, params in asked:
            if sql.lstrip().startswith("SELECT"):
                yield sql, [line[-1] for line in database.db.execute_sql(f"{explain} {sql}", params).fetchall()]

    plans, _ = two_stores(work)
    assert any("VALUES" in sql for sql, _ in plans)
    whole = re.compile(r"\b(SCAN|Seq Scan on) (quotation|article|speaker|outlet|speaker_name|outlet_name|t1)\b")
    assert [(sql, line) for sql, lines in plans for line in lines if '"clock"' not in sql and whole.search(line)] == []


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_nothing_looked_up_for_a_row_reads_a_table_that_was_small(app):
    rows = [
        {"text": f"one {number}", "speaker": {"ref": "Kim"}, "article": {"ref": f"https://a.example/{number}"}}
        for number in range(500)
    ]
    with database.connection():
        list(together(rows[:1], 1))
        for table in ("article", "speaker"):
            database.db.execute_sql(f"VACUUM ANALYZE {table}")
        with database.transaction():
            list(together(rows[:20], 20))  # after five rows, what looks them up keeps the plan it has
            list(together(rows[20:], 480))
            counted = "SELECT sum(seq_tup_read) FROM pg_stat_xact_user_tables WHERE relname IN ('article', 'speaker')"
            assert database.db.execute_sql(counted).fetchone()[0] < len(rows)
