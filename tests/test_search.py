"""The search language, filters, orders, pages and counts: the same records in the same order on both engines."""

import base64
import random
import time
from contextlib import contextmanager

import psycopg
import pytest

from attribution import database, quotations, search
from attribution.app import create_app
from attribution.search import found, lookup, totals
from schemas.quotation import NewQuotation
from schemas.search import QuotationQuery

#: Each a day later than the one before it: the newest comes last here, and first in results.
TEXTS = {
    "condemn": ("We condemn the launch", "en"),
    "condemned": ("They condemned it at once", "en"),
    "sanctions": ("New sanctions, old sanctions", "en"),
    "relations": ("special personal relations between the leaders", "en"),
    "apart": ("personal and special, relations of a kind", "en"),
    "cut": ("special […] personal relations", "en"),
    "yojong": ("Kim Yo-jong did not speak", "en"),
    "moon": ("Yo Jong spoke of the moon", "en"),
    "korean": ("김여정은 오늘 담화를 발표했다", "ko"),
    "präsident": ("Der Präsident sprach", "de"),
    "president": ("The President spoke", "en"),
    "dont": ("I don’t know", "en"),
    "hamlet": ("To be, or not to be: that is the question", "en"),
    "chinese": ("我们反对制裁COVID感染", "zh"),
    "operators": ("NEAR (this) & that | other : not ! it's \\ a*", None),
    "homme": ("l’homme qui parlait de l'État", "fr"),
}


def told(text, language, day, **more):
    article = {"url": f"https://a.example/{day}", "published_on": f"2020-01-{day:02}", "outlet": "A daily"}
    return NewQuotation().load({"text": text, "language": language, "speaker": "A", "article": article, **more})


@pytest.fixture(scope="module")
def library(stores, migrated):
    """An application whose store holds TEXTS, and the URL of that."""
    url = stores.create(migrated)
    app = create_app({"DATABASE_URL": url, "TESTING": True})
    with database.connection(), database.transaction():
        for day, (text, language) in enumerate(TEXTS.values(), 1):
            quotations.record(told(text, language, day), "a test")
    yield app, url
    stores.drop(url)


@pytest.fixture
def ask(library):
    """Ask for q and the like over HTTP, and get the answer."""
    app, url = library
    database.bind(url)
    client = app.test_client()
    yield lambda **asked: client.get("/api/v1/quotations", query_string={"limit": 100, **asked})
    database.close()


def named(answer):
    assert answer.status_code == 200, answer.json
    names = {text: name for name, (text, _) in TEXTS.items()}
    return [names[item["text"]] for item in answer.json["items"]]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("condemned", "condemned condemn"),
        ('"condemned"', "condemned"),
        ("CONDEMNING", "condemned condemn"),
        ("sanction", "sanctions"),
        ('"special personal relations"', "relations"),
        ("special personal relations", "cut apart relations"),
        ('"special … relations"', "cut apart relations"),
        ("yo-jong", "moon yojong"),
        ("Yo Jong", "moon yojong"),
        ("yojong", "yojong"),
        ("김여정", "korean"),
        ("김", "korean"),
        ("여정은", "korean"),
        ("담화를 발표", "korean"),
        ("정김", ""),
        ("制裁", "chinese"),
        ("制", "chinese"),
        ("covid", "chinese"),
        ("Präsident", "präsident"),
        ("Prasident", "präsident"),
        ("praesident", "präsident"),
        ("PRÄSIDENTEN", "präsident"),
        ("President", "president"),
        ("presidents", "president"),
        ("don't", "dont"),
        ("don’t", "dont"),
        ("dont", "dont"),
        ('"to be or not to be"', "hamlet"),
        ("homme", "homme"),
        ("parler", "homme"),
        ("etat", "homme"),
        ("special -personal", ""),
        ("jong -moon", "yojong"),
        ('jong -"did not"', "moon"),
        ("spea*", "yojong"),
        ("sp* -special", "president präsident moon yojong"),
        ("yo-jo*", "moon yojong"),
        ("moon OR launch", "moon condemn"),
        ("spoke moon OR president", "president moon"),
        ('"to be or', "hamlet"),
        ("NEAR(", "operators"),
        ("near this & that", "operators"),
        (": this", "operators"),
        ("!that", "operators hamlet"),
        ("it's \\", "operators"),
        ("'this' <-> {that}", "operators"),
        ("words : this", ""),
        ("speaker:1", ""),
        ("en:condemn", ""),
        ("any", ""),
        ('"any"', ""),
        ('"--"  any OR launch', "condemn"),
    ],
)
def test_the_search_language(ask, q, found):
    assert named(ask(q=q)) == found.split()


def test_what_must_not_be_there_may_be_all_that_is_asked(ask):
    without = [name for name in reversed(TEXTS) if " the " not in f" {TEXTS[name][0].lower()} "]
    assert named(ask(q="-the")) == without
    assert set(named(ask(q="launch OR -the"))) == {*without, "condemn"}


@pytest.mark.parametrize("q", ["!?", "* : & ' \\", "(" * 1000, "…", '""', "-"])
def test_a_question_without_words_is_told_so(ask, q):
    answer = ask(q=q)
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (422, "q")


@pytest.mark.parametrize(
    "q",
    [
        "(" * 10_000,
        "a " * 1000,
        "a* " * 600,
        "-a " * 600,
        "a OR " * 400,
        '"' * 1999 + "a",
        "x" * 2000,
        "a-" * 1000,
        "김" * 2000,
    ],
)
def test_no_question_takes_long(ask, q):
    began = time.monotonic()
    assert ask(q=q).status_code in (200, 422)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("q", "name", "matched"),
    [
        ("sanction", "sanctions", ["sanctions", "sanctions"]),
        ('"old sanctions"', "sanctions", ["old sanctions"]),
        ("여정", "korean", ["여정"]),
        ("김여정은", "korean", ["김여정은"]),
        ("spea*", "yojong", ["speak"]),
        ("covid", "chinese", ["COVID"]),
        ("praesident", "präsident", ["Präsident"]),
        ("dont", "dont", ["don’t"]),
        ("yo-jong -x", "yojong", ["Yo-jong"]),
    ],
)
def test_matches_are_places_in_the_text(ask, q, name, matched):
    (item,) = [item for item in ask(q=q).json["items"] if item["text"] == TEXTS[name][0]]
    assert [item["text"][start:end] for start, end in item["matches"]] == matched


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"from": "2020-01-15"}, "homme operators"),
        ({"to": "2020-01-02"}, "condemned condemn"),
        ({"from": "2020-01-02", "to": "2020-01-02"}, "condemned"),
        ({"from": "2021"}, ""),
        ({"language": "DE"}, "präsident"),
        ({"language": ["de", "fr"]}, "homme präsident"),
        ({"q": "condemn", "language": "en", "sort": "oldest"}, "condemn condemned"),
        ({"speaker": "nobody at all"}, ""),
        ({"article": "https://a.example/3#top"}, "sanctions"),
        ({"article": ["http://a.example/3", "nonsense"]}, "sanctions"),
        ({"publisher": "a-daily", "outlet": "A Daily", "kind": "direct,mixed", "q": "launch"}, "condemn"),
        ({"kind": "indirect"}, ""),
        ({"standing": "retracted"}, ""),
        ({"verification": "unchecked", "q": "launch"}, "condemn"),
    ],
)
def test_filters(ask, asked, found):
    assert named(ask(**asked)) == found.split()


@pytest.mark.parametrize(
    ("asked", "parameter", "told"),
    [
        ({"speeker": "A"}, "speeker", "Did you mean speaker?"),
        ({"form": "2020"}, "form", "Did you mean from?"),
        ({"since": "2020"}, "since", "There is no such parameter."),
        ({"kind": "spoken"}, "kind", "direct"),
        ({"facets": "speaker,colour"}, "facets", "publisher"),
        ({"sort": "relevance"}, "sort", "Needs q"),
        ({"limit": "101"}, "limit", "100"),
        ({"from": "2020-13"}, "from", "No such date"),
    ],
)
def test_a_wrong_parameter_is_named(ask, asked, parameter, told):
    answer = ask(**asked)
    (fault,) = answer.json["errors"]
    assert (answer.status_code, fault["parameter"]) == (422, parameter)
    assert told in fault["detail"]


def test_relevance_puts_more_and_shorter_first(ask):
    assert named(ask(q="condemn OR sanctions OR moon", sort="relevance"))[0] == "sanctions"
    assert named(ask(q="personal", sort="relevance")) == ["cut", "relations", "apart"]


def pages(client, **asked):
    """Follow `next` to the end."""
    url, query, found = "/api/v1/quotations", {"limit": 3, **asked}, []
    while url:
        answer = client.get(url, query_string=query).json
        found.append([item["text"] for item in answer["items"]])
        url, query = answer["next"], None
        yield found[-1]


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
def test_no_page_skips_or_repeats_whatever_is_recorded_meanwhile(client, app, sort):
    days = random.Random(5)

    def record(names):
        with database.connection(), database.transaction():
            for name in names:
                text = f"moon {name} " + "moon " * days.randrange(3) + "dust " * days.randrange(9)
                quotations.record(told(text, "en", days.randrange(1, 29)), "a test")

    record(range(20))
    found = []
    for number, page in enumerate(pages(client, q="moon", sort=sort)):
        found += page
        record([f"new{number}a", f"new{number}b"])
    old = [text for text in found if "new" not in text]
    assert len(old) == len(set(old)) == 20
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "cursor",
    ["x", "WzFd!", "", "W10", "WzEuNV0", "eyJhIjoxfQ", "WzE4NDQ2NzQ0MDczNzA5NTUxNjE1XQ", "ÿ", "WyJhXHUwMDAwIl0"],
)
def test_a_wrong_cursor_is_told_so(ask, cursor):
    for sort in ("newest", "relevance"):
        assert ask(q="the", sort=sort, cursor=cursor).status_code == 400


def test_facets_count_and_toggle(seeded, client):
    asked = "/api/v1/quotations?q=gift&facets=speaker,outlet,publisher,kind,year"
    answer = client.get(asked).json
    assert answer["total"] == {"value": 10, "relation": "eq"}
    speaker = answer["facets"]["speaker"][0]
    assert (speaker["value"], speaker["name"]) == ("kim-yo-jong", "Kim Yo Jong")
    for values in answer["facets"].values():
        assert sum(value["count"] for value in values) <= 10
        for value in values:
            narrowed = client.get(value["url"]).json
            assert narrowed["total"]["value"] == value["count"]
            (same,) = [one for one in narrowed["facets"]["speaker"] if one["value"] == "kim-yo-jong"] or [None]
            assert same is None or same["count"] <= speaker["count"]
    (year,) = answer["facets"]["year"]
    assert (year["value"], year["count"]) == ("2024", 10)
    again = client.get(client.get(speaker["url"]).json["facets"]["speaker"][0]["url"]).json
    assert again["total"] == answer["total"]


def test_no_more_than_a_number_is_counted(client, app, monkeypatch):
    with database.connection(), database.transaction():
        for day in range(1, 9):
            quotations.record(told(f"moon {day}", "en", day), "a test")
    asked = QuotationQuery().load({"q": "moon", "limit": "2"})
    monkeypatch.setattr("attribution.search.totals.COUNTED", 5)
    with database.connection():
        assert search.find(asked).total == 6
    monkeypatch.setattr("attribution.search.ranked.WINDOW", 5)
    assert sum(len(page) for page in pages(client, q="moon", sort="relevance")) == 5


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_what_is_counted_beside_holds_only_for_its_question_and_its_time(record):
    record("moon one", speaker="Moon")
    asked = QuotationQuery().load({"q": "moon"})
    with database.connection():
        assert search.find(asked).total == 1
        question, clock = found.asked_of_index(asked), lookup.known(asked).clock
        totals._totals.forget()
        with totals.counting(question, clock) as begun:
            assert len(totals.few(question, clock, begun)) == 1
            record("moon and another")
            assert totals.few(question, clock + 1, begun) is None
            assert totals.of(question, clock + 1, begun) == 1, "as it was when it was asked"
            assert totals.held(question, clock + 1) is None
            assert totals.of(question, clock + 1, None) == 2 == totals.held(question, clock + 1)
            other = found.asked_of_index({**asked, "speaker": ["Nobody"]})
            assert totals.few(other, clock, begun) is None
            assert totals.of(other, clock + 1, begun) == 0
        with totals.counting(question, clock + 1) as begun:
            assert begun is None, "it is known"
        totals._totals.forget()
        with pytest.raises(ZeroDivisionError), totals.counting(question, clock + 1) as begun:
            _ = 1 / 0
        assert begun.counted.done()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("is_known_to_others", [False, True])
def test_a_page_whose_total_is_older_is_not_held(record, monkeypatch, is_known_to_others):
    """Something is recorded after the count began and before the page was read; others may ask then."""
    record("moon one")
    asked = QuotationQuery().load({"q": "moon", "limit": "1"})
    counting, of = totals.counting, totals.of

    @contextmanager
    def counting_too_early(*told):
        with counting(*told) as begun:
            begun.counted.result()
            record("moon and another")
            yield begun

    def of_and_another(question, clock, begun):
        total = of(question, clock, begun)
        if is_known_to_others:
            of(question, clock, None)
        return total

    with database.connection():
        assert search.find(asked).total == 1
        for held in (found._pages, totals._totals):
            held.forget()
        with monkeypatch.context() as patched:
            patched.setattr("attribution.search.totals.counting", counting_too_early)
            patched.setattr("attribution.search.totals.of", of_and_another)
            page = search.find(asked)
        assert ([item["text"] for item in page.items], page.total) == (["moon and another"], 1)
        assert search.find(asked).total == 2


@pytest.fixture
def lonely(app, database_url):
    """The store as somebody finds it who may have one connection only."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute("CREATE ROLE lonely LOGIN CONNECTION LIMIT 1")
        owner.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO lonely")
        database.bind(database_url.replace("postgres@", "lonely@"))
        yield
        database.bind(database_url)
        owner.execute("DROP OWNED BY lonely")
        owner.execute("DROP ROLE lonely")


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_who_asks_counts_where_no_other_connection_can_be_had(lonely):
    with database.connection(), database.transaction():
        for day in range(1, 4):
            quotations.record(told(f"moon {day}", "en", day), "a test")
    asked = QuotationQuery().load({"q": "moon", "limit": "2"})
    with database.connection():
        for _ in range(2):
            assert search.find(asked).total == 3
            for held in (found._pages, totals._totals):
                held.forget()


def test_a_listing_is_two_statements_at_most(ask, caplog):
    asked = QuotationQuery().load({"q": "the", "speaker": ["A"], "outlet": ["A daily"], "from": "2020", "limit": "2"})
    expected = [2, 2, 2, 1, 1, 1]  # what was shown before need not be read again
    with database.connection():
        queries = [asked, {**asked, "limit": 20}, {"limit": 20, "sort": "newest"}]
        for query, most in zip(queries * 2, expected, strict=True):
            caplog.clear()
            with caplog.at_level("DEBUG", "peewee"):
                assert search.find(query).items
            assert len(caplog.records) == most, [record.msg for record in caplog.records]


@pytest.fixture
def record(client, recorder):
    def record(text, **more):
        article = {"url": f"https://a.example/{len(text)}", "published_on": "2020-01-01"}
        told = {"text": text, "speaker": "A", "article": article, **more}
        assert client.post("/api/v1/quotations", json=told, headers=recorder).status_code == 201

    return record


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ({"q": "Häusern"}, {"language": "de"}),
        ({"speaker": "somebody"}, {"speaker": "Somebody"}),
        ({"outlet": "Some Paper"}, {"outlet": {"name": "The Paper", "aliases": ["some paper"]}}),
        ({"q": "Haus", "facets": "kind", "sort": "oldest"}, {"kind": "mixed"}),
        ({"q": "Haus", "sort": "relevance"}, {}),
    ],
)
@pytest.mark.parametrize("more_asked", [{}, {"limit": 100}], ids=["the page held", "its hits asked for"])
def test_what_is_recorded_is_found_by_a_question_that_was_asked_before(client, record, asked, more, more_asked):
    def ask():
        return client.get("/api/v1/quotations", query_string=asked).json

    record("An entry", language="en")
    before = ask()
    assert ask() == before
    record("Das Haus", **more)
    asked = asked | more_asked
    after = ask()
    assert [item["text"] for item in after["items"] if item not in before["items"]] == ["Das Haus"]
    assert after["total"]["value"] == before["total"]["value"] + 1


def test_a_page_that_is_held_is_that_which_was_asked_for(client, record, caplog):
    for text in ("moon", "moon moon", "moon and much more beside it"):
        record(text)
    caplog.set_level("DEBUG", "peewee")

    def shown(**asked):
        items = client.get("/api/v1/quotations", query_string={"q": "moon", **asked}).json["items"]
        return [(item["text"], item["url"].split("/")[2]) for item in items]

    first = [shown(sort=sort) for sort in ("newest", "oldest", "relevance")]
    first += [shown(limit=1), shown(facets="kind")]
    caplog.clear()
    assert [shown(sort=sort) for sort in ("newest", "oldest", "relevance")] + [shown(limit=1), shown()] == first
    assert sum("SELECT" in line.message for line in caplog.records) == 5
    assert first[0] == first[1][::-1] != first[2]
    assert len(first[3]) == 1


def test_the_tag_of_a_page_tells_all_of_it(client, record):
    for text in ("moon", "moon moon"):
        record(text)

    def ask(headers=None, **asked):
        return client.get("/api/v1/quotations", query_string={"q": "moon", "limit": 1, **asked}, headers=headers)

    same = [ask(), ask(), ask(facets="kind"), ask(q="moon moon"), ask(limit=2)]
    assert [item["text"] for answer in same[:4] for item in answer.json["items"]] == ["moon moon"] * 4
    tags = [answer.headers["ETag"] for answer in same]
    assert tags[0] == tags[1]
    assert len(set(tags)) == 4, "facets, the next address and the items"
    assert ask({"If-None-Match": tags[0]}).status_code == 304
    record("moon again")
    assert ask({"If-None-Match": tags[0]}).status_code == 200


def test_no_question_of_many_words_is_held(client, record):
    record("the moon")
    for held in (found._pages, totals._totals):
        held.forget()
    asked = " ".join(f"-word{number}" for number in range(30))
    assert len(client.get("/api/v1/quotations", query_string={"q": asked, "facets": "kind"}).json["items"]) == 1
    assert not any(any(held._held[1]) for held in (found._pages, totals._totals))


def test_what_was_shown_is_shown_as_it_is_now(client, record, editor):
    record("An entry")
    shown = client.get("/api/v1/quotations").json["items"][0]
    change = {"name": "B", "reason": "That is the name."}
    tag = client.get("/api/v1/speakers/a").headers["ETag"]
    assert client.patch("/api/v1/speakers/a", json=change, headers={**editor, "If-Match": tag}).status_code == 200
    (item,) = client.get("/api/v1/quotations").json["items"]
    assert (item["speaker"]["name"], item["id"]) == ("B", shown["id"])
    elsewhere = client.get("/api/v1/quotations", base_url="https://b.example").json["items"]
    assert elsewhere[0]["url"].startswith("https://b.example/")


@pytest.mark.parametrize("asked", [("moon sun", "moon OR sun"), ("moon OR sun", "moon sun")])
def test_and_is_not_taken_for_or(client, record, asked):
    for text in ("moon alone", "the sun alone", "moon and sun"):
        record(text)
    counts = {}
    for q in asked:
        answer = client.get("/api/v1/quotations", query_string={"q": q, "facets": "kind"}).json
        counts[q] = (len(answer["items"]), answer["total"]["value"], answer["facets"]["kind"][0]["count"])
    assert counts == {"moon sun": (1, 1, 1), "moon OR sun": (3, 3, 3)}


def test_what_was_said_in_any_century_is_found_in_its_order(client, record):
    days = ["0399", "1815-06-18", "1999", "2001", "2010", "2023-12", "2024-02-15", "2024-02-16", "2039-12-31"]
    for said_on in sorted(days, key=lambda day: day[::-1]):
        record(f"Said on {said_on}", said_on=said_on)
    record("Said nobody knows when", article={"url": "https://a.example/undated"})

    def ask(**asked):
        return client.get("/api/v1/quotations", query_string={"q": "said", **asked}).json

    def total(**asked):
        return ask(**asked)["total"]["value"]

    assert (total(), total(speaker="a"), total(to="1999"), total(**{"from": "2001", "to": "2024"})) == (10, 10, 4, 5)
    newest, oldest = ([item["said_on"] for item in ask(sort=sort)["items"]] for sort in ("newest", "oldest"))
    assert oldest == [None, *days]
    assert newest == [*reversed(days), None]
    assert [item["said_on"] for item in ask(sort="oldest", **{"from": "1815", "to": "2010"})["items"]] == days[1:5]
    texts = [*(f"Said on {day}" for day in reversed(days)), "Said nobody knows when"]
    for sort, told in {"newest": texts, "oldest": texts[::-1]}.items():
        for limit in (1, 2, 3, 1):  # PostgreSQL looks among the newest alone first
            assert [text for page in pages(client, q="said", limit=limit, sort=sort) for text in page] == told
    assert total() == 10


@pytest.mark.parametrize("asked", [{"q": "said"}, {"q": "said", "from": "1990"}, {"q": "-unsaid"}, {"speaker": "a"}])
def test_older_ones_are_found_where_the_newest_fill_no_page(client, record, monkeypatch, asked):
    monkeypatch.setattr("attribution.search.totals.COUNTED", 4)
    days = ["2001-01-01", "2003", "2010-05-06", "2012", "2023-12-31", "2924-01-01"]
    for day in days:
        record(f"Said on {day}", said_on=day)
    texts = [f"Said on {day}" for day in reversed(days)]
    for limit in (1, 2, 5, 20, 3):
        assert [text for page in pages(client, limit=limit, **asked) for text in page] == texts
        total = client.get("/api/v1/quotations", query_string={**asked, "limit": limit}).json["total"]["value"]
        assert total in (5, 6), "counted up to the fifth, or all that are shown"


def test_a_phrase_is_found_where_its_words_stand_in_a_row(client, record):
    chance = random.Random(5)
    vocabulary = ["of", "the", "to", "words", "wordy", "people", "[…]"]
    texts = {f"{number} {' '.join(chance.choices(vocabulary, k=8))}" for number in range(60)}
    for text in texts:
        record(text)
    for length in (2, 2, 2, 3, 3, 4) * 8:
        phrase = " ".join(chance.choices(vocabulary[:-1], k=length))
        for q, standing in ((f'"{phrase}"', f" {phrase} "), (f"{phrase.replace(' ', '-')}*", f" {phrase}")):
            items = client.get("/api/v1/quotations", query_string={"q": q, "limit": 100}).json["items"]
            assert {item["text"] for item in items} == {text for text in texts if standing in f" {text} "}, q


@pytest.mark.parametrize(("q", "text"), [("Wochenende", "Vor drei Wochen"), ("Armee", "Die arme Frau")])
def test_a_stem_is_no_word_that_has_another_stem(client, record, q, text):
    record(text, language="de")
    record(f"Ein Satz: {q}!", language="de")
    (item,) = client.get("/api/v1/quotations", query_string={"q": q}).json["items"]
    assert (item["text"], len(item["matches"])) == (f"Ein Satz: {q}!", 1)
    assert client.get("/api/v1/quotations", query_string={"q": f"-{q}"}).json["items"][0]["text"] == text


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_no_cursor_is_too_great(client, record, sort):
    record("An entry")
    cursor = base64.urlsafe_b64encode(b"[9223372036854775807]").decode().rstrip("=")
    for _ in range(2):
        answer = client.get("/api/v1/quotations", query_string={"sort": sort, "cursor": cursor})
        assert (answer.status_code, len(answer.json["items"])) == (200, 1 if sort == "newest" else 0)


def test_what_is_not_on_record_hides_nothing(client, record):
    for text in ("one", "two and", "three words", "four words too"):
        record(text)
    with database.connection():
        (number,) = database.db.execute_sql("SELECT max(number) FROM quotation").fetchone()
        database.db.execute_sql(f"DELETE FROM quotation WHERE number = {number}")
    first, second = (client.get("/api/v1/quotations?limit=2").json for _ in range(2))
    assert first == second
    rest = client.get(first["next"]).json
    assert len(first["items"] + rest["items"]) == 3
