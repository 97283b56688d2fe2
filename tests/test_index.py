"""The index stands in the transaction that changes the record, and can be checked against it."""

import contextlib
import io

import pytest

from attribution import articles, database, index, quotations, speakers
from attribution.index import postgres
from attribution.ledger import Ledger
from attribution.models import Quotation
from attribution.query import Phrase, Question, parse
from attribution.transfer import Format, Import, Input, Terms
from schemas.quotation import NewQuotation

BY = "a test"


def record(text="Alpha beta", **more):
    article = {"url": "https://a.example/1", "published_on": "2020-01-05", "outlet": "Daily"}
    told = NewQuotation().load({"text": text, "language": "en", "speaker": "Ada", "article": article, **more})
    return quotations.record(told, BY).record


@pytest.fixture
def quotation(app):
    with database.connection():
        yield record()


@pytest.fixture
def found(client):
    """Count what a search finds."""
    return lambda **asked: client.get("/api/v1/quotations", query_string=asked).json["total"]["value"]


def faults():
    return [fault for looked in index.differences() for fault in looked.faults]


def test_a_correction_is_found_by_its_words(quotation, found):
    quotations.revise(str(quotation.id), {"text": "Gamma", "reason": "Misheard."}, BY)
    assert (found(q="beta"), found(q="gamma")) == (0, 1)
    quotations.revise(str(quotation.id), {"language": "de", "kind": "mixed", "reason": "German."}, BY)
    assert (found(language="en"), found(language="de", kind="mixed", q="gamma")) == (0, 1)
    assert not faults()


def test_a_retraction_leaves_the_lists(quotation, found):
    quotations.retract(str(quotation.id), "Never said.", BY)
    assert (found(q="beta"), found(), found(standing="retracted", q="beta")) == (0, 0, 1)
    quotations.revise(str(quotation.id), {"standing": "disputed", "reason": "Said after all."}, BY)
    assert (found(q="beta"), found(standing="disputed"), found(standing="retracted")) == (1, 1, 0)
    assert not faults()


def test_a_merge_hands_over(quotation, found):
    record("Alpha beta", speaker="Ida")
    record("Delta", speaker="Ida")
    speakers.merge("ida", "ada", BY, "The same.")
    assert found(speaker="ada") == found(speaker="Ida") == 2
    assert found(speaker="ada", standing="retracted") == 1
    assert not faults()


def test_a_new_date_moves_it(quotation, found):
    quotations.revise(str(quotation.id), {"said_on": "2019", "reason": "Told later."}, BY)
    assert (found(**{"from": "2020"}), found(to="2019", q="alpha")) == (0, 1)
    articles.revise(str(quotation.article.id), {"published_on": "2018", "outlet": {"ref": "Weekly"}}, BY)
    quotations.revise(str(quotation.id), {"said_on": None, "reason": "Not told at all."}, BY)
    assert (found(to="2018"), found(publisher="Weekly", outlet="Weekly"), found(publisher="Daily")) == (1, 1, 0)
    assert not faults()


def test_a_new_text_verifies_again(quotation, found):
    assert found(verification="unchecked") == 1
    articles.replace_text(str(quotation.article.id), "He said alpha beta.", BY)
    assert (found(verification="unchecked"), found(verification="typographic")) == (0, 1)
    assert not faults()


def test_what_fails_leaves_no_trace(quotation, found):
    with contextlib.suppress(ZeroDivisionError), database.transaction():
        record("Epsilon")
        raise ZeroDivisionError
    assert (found(q="epsilon"), faults()) == (0, [])


PLANTED = {
    "another text": "UPDATE quotation SET text = 'Omega'",
    "another standing": "UPDATE quotation SET standing = 'disputed'",
    "another position": "UPDATE quotation SET position = position - 1",
    "no entry": "DELETE FROM entry",
    "a stray entry": "UPDATE entry SET position = position + 1",
    "other facets": "UPDATE entry SET facets = '{}'",
    "no language": "DELETE FROM entry_language",
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found_and_mended(quotation, found, app, planted):
    assert not faults()
    database.db.execute_sql(planted)
    assert faults()
    assert [fault for looked in index.rebuild() for fault in looked.faults]
    assert not faults()
    (text,) = [text for (text,) in Quotation.select(Quotation.text).tuples()]
    assert found(q=text) == found(speaker="ada") == 1


def test_an_index_that_lost_everything_is_found_and_mended(quotation, found):
    emptied = "INSERT INTO entry_words (entry_words) VALUES ('delete-all')"  # the rows it was made of are left
    database.db.execute_sql("TRUNCATE entry" if database.is_postgres() else emptied)
    assert (found(q="beta"), bool(faults())) == (0, True)
    list(index.rebuild())
    assert (found(q="beta"), faults()) == (1, [])


def test_the_command_checks_and_mends(quotation, app):
    def flask(*arguments):
        return app.test_cli_runner().invoke(args=["reindex", *arguments])

    assert flask("--check").exit_code == 0
    database.db.execute_sql("DELETE FROM entry")
    checked = flask("--check")
    assert (checked.exit_code, "is not indexed as it is recorded" in checked.output) == (1, True)
    assert flask().exit_code == 0
    assert flask("--check").exit_code == 0


def segments():
    """Count the pieces that a question has to look in; PostgreSQL has as many parts as ever."""
    if database.is_postgres():
        return 1
    tables = ("entry_words_idx", "shingle_idx")
    return max(database.db.execute_sql(f"SELECT count(DISTINCT segid) FROM {table}").fetchone()[0] for table in tables)


def test_settling_leaves_fewer_pieces_and_finds_the_same(quotation, found):
    for number in range(30):
        record(f"Alpha number {number}")
    before, pieces = found(q="alpha"), segments()
    index.settle(10)
    assert segments() == pieces, "so few are not worth it"
    index.settle(4_000)
    assert segments() <= max(pieces // 2, 1)
    assert found(q="alpha") == before == 31
    assert not faults()


def together(count, said="Alpha", dates=("2020",)):
    """Record so many quotations in one batch, as an import does."""
    article = {"url": "https://a.example/2", "published_on": "2020-01-05", "outlet": "Daily"}
    told = NewQuotation().load({"text": said, "language": "en", "speaker": "Ada", "article": article})
    rows = ({**told, "text": f"{said} number {n}", "said_on": dates[n % len(dates)]} for n in range(count))
    prepared = [quotations.prepare(row, is_new=True) for row in rows]
    assert {it.result for it in quotations.record_all(prepared, Ledger(BY))} == {quotations.Result.RECORDED}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_is_added_in_bulk_is_merged_when_it_is_settled(quotation, found):
    for batch in range(6):
        together(1_000, said=f"Alpha {batch}")
    pieces = segments()
    assert pieces > 6, "none of them was merged with another"
    before = found(q="alpha")
    index.settle(6 * 1_000)
    assert segments() < pieces / 2
    assert found(q="alpha") == before == 6 * 1_000 + 1
    for number in range(150):
        record(f"Beta number {number}")
    assert segments() < 75, "what comes one by one is merged as it comes"
    assert not faults()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_long_import_settles_between_batches(app, monkeypatch):
    monkeypatch.setattr("attribution.index.MOST_UNSETTLED", 8_000)
    rows = (
        b'{"text": "Alpha number %d", "speaker": "Ada", "article": "https://a.example/2"}\n' % n for n in range(11_000)
    )
    pieces = []
    with database.connection():
        importing = Import(Terms(BY), watch=lambda input, report: pieces.append(segments()))
        importing.run([Input(io.BytesIO(b"".join(rows)), Format.NDJSON)])
        assert pieces[1] < pieces[2] < pieces[5] > pieces[6], (
            "of batches of 64, 64 and 2,048 each, the sixth was too much"
        )
        assert not faults()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_pieces_are_merged_when_four_have_come_together(app):
    with database.connection():
        for table in ("entry_words", "shingle"):
            told = dict(database.db.execute_sql(f"SELECT k, v FROM {table}_config").fetchall())
            assert told["usermerge"] == 4


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_dates_out_of_order_make_no_pieces_of_their_own(app):
    with database.connection():
        together(1_000, said="Alpha")
        ordered = segments()
        together(1_000, said="Beta", dates=["2020-03-04", "2011-02-03", "2015"])
        assert segments() <= 2 * ordered
        assert not faults()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_record_posted_merges_all_that_an_import_left(quotation):
    for batch in range(16):
        together(1_000, said=f"Alpha {batch}")
    pieces = segments()
    assert pieces > 32, "FTS5 would merge sixteen of a size"
    record("Beta")
    assert segments() >= pieces


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_counting_by_a_kept_plan_reads_no_part_that_has_grown(quotation):
    asked = Question(tree=Phrase(("number",)), facets=(), without=("standing:retracted",))
    assert index.counts_alone(asked)
    database.db.execute_sql("VACUUM ANALYZE entry")
    assert index.count(asked, 10_001) == (0, [])
    together(2_000)
    assert [index.count(asked, 10_001) for _ in range(3)] == [(2_000, None)] * 3
    with database.db.atomic():
        assert postgres.count("SELECT position FROM entry WHERE words @@ 'number'", []) == (2_000, None)
        counted = "SELECT sum(seq_tup_read) FROM pg_stat_xact_user_tables WHERE starts_with(relname, 'entry_')"
        assert database.db.execute_sql(counted).fetchone()[0] == 0
        assert not index.counts_alone(asked), "what is set for counting would outlast it"
    assert database.db.execute_sql("SHOW enable_seqscan").fetchone() == ("on",)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("q", "is_alone"),
    [
        ("a", True),
        ('"a b" -c', True),
        ("a OR b", True),
        ("-a", False),
        ("a OR -b", False),
        ("-a -b", False),
        ("a*", False),
    ],
)
def test_what_need_not_have_a_word_is_not_counted_by_the_kept_plan(app, q, is_alone):
    assert index.counts_alone(Question(tree=parse(q, ("en",)), facets=(), without=())) == is_alone


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_settling_leaves_nothing_that_waits_to_be_sorted_in(quotation):
    def pages_that_waited():
        gin = "relkind = 'i' AND relam = (SELECT oid FROM pg_am WHERE amname = 'gin')"
        cleaning = database.db.execute_sql(f"SELECT sum(gin_clean_pending_list(oid)) FROM pg_class WHERE {gin}")
        return cleaning.fetchone()[0]

    record("Alpha one")
    assert pages_that_waited()
    record("Alpha two")
    index.settle(4_000)
    assert not pages_that_waited()


def test_a_stem_is_found_in_its_language_alone(quotation, found):
    record("Der Rat tagt", language="de")
    record("A rat ran", language="en")
    record("Hohe Raten", language="de")
    record("High rates", language="en")
    assert found(q="rats") == 3, "the rat and, since a question has no language, both Germans who have that stem"
    assert found(q="rates") == found(q="rate") == 3, "those Germans, but no rat"
    assert not faults()
