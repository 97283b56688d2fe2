import html
import json
import logging
import re
from contextlib import contextmanager

import pytest

from attribution import articles, database, quotations, speakers
from attribution.models import Article, Quotation
from schemas.quotation import NewQuotation

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(1)</script>&amp;\u2028{{ 7*7 }}'

#: What an altered quotation asks.
CLAIM = "text=gift+serves+as+a+clear+demonstration+of+the+relations"


@pytest.fixture
def get(client):
    def get(address, status=200):
        response = client.get(address, headers=HTML)
        assert response.status_code == status, response.get_data(as_text=True)
        return response.get_data(as_text=True)

    return get


@pytest.fixture
def wion(app, seeded):
    """The article the project starts from, whose text is held."""
    with database.connection():
        return str(articles.at(seeded[0]["article"]["url"]).id)


@pytest.fixture
def kims(app, seeded):
    """The id of Kim Yo Jong's quotation in that article."""
    with database.connection():
        return str(Quotation.get(Quotation.text == seeded[1]["text"], Quotation.verification == "verbatim").id)


def record(**told):
    article = {"url": "https://news.example/1", "headline": "Headline"}
    with database.connection():
        told = NewQuotation().load({"text": "Example words.", "speaker": "Example Speaker", "article": article, **told})
        return str(quotations.record(told, "the test").record.id)


@contextmanager
def statements():
    """Collect the SQL statements that are run."""
    seen = []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append(record.msg)
    logger = logging.getLogger("peewee")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield seen
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def plain(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def test_home_shows_the_newest_quotations(get, seeded):
    page = get("/")
    assert page.count('<article class="result">') == len(seeded)
    assert seeded[1]["text"] in plain(page)


def test_the_same_as_data_is_where_the_page_says(client, wion, kims):
    """Autodiscovery: every alternative that a page names is there, in the format it names."""
    for page in ("/?q=gift", f"/quotations/{kims}", f"/articles/{wion}", "/speakers/kim-yo-jong", f"/check?{CLAIM}"):
        head = client.get(page).get_data(as_text=True).split("</head>")[0]
        named = re.findall(r'<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"', head)
        assert named, page
        for media, address in named:
            with client.get(html.unescape(address)) as response:
                assert response.status_code == 200, (page, address)
                assert response.mimetype == media.replace("+oembed", ""), (page, address)


def test_quotation_says_who_through_whom_where_and_when(get, kims):
    page = plain(get(f"/quotations/{kims}"))
    for told in (
        "gift serves as a clear demonstration",
        "Kim Yo Jong",
        "WION ←, which credits Korean Central News Agency",
        "Printed20 February 2024",
        "SaidThe article does not tell",
        "“Kim's sister Yo Jong” – “said”",
        "Speaking about the car, Kim's sister Yo Jong said the \"gift serves",
        "Recorded on",
    ):
        assert told in page


def test_quotation_leads_to_the_words_in_the_article(get, kims):
    assert "#:~:text=gift%20serves%20as%20a%20clear" in get(f"/quotations/{kims}")


def test_words_are_marked_in_the_passage(get, kims, seeded):
    assert f"<mark>{seeded[1]['text']}</mark>" in get(f"/quotations/{kims}")


def test_reported_speech_gets_no_quotation_marks(get, app):
    assert "“" not in plain(get(f"/quotations/{record(kind='indirect')}")).split("Cite")[0]


def test_text_not_held_is_said(get, app):
    assert "is not held here" in plain(get(f"/quotations/{record()}"))


def test_words_that_are_not_in_the_text_are_said_to_be_absent(get, app):
    id = record(article={"url": "https://news.example/2", "text": "Other words."})
    assert "the words do not stand in it" in plain(get(f"/quotations/{id}"))


def test_what_speaks_against_a_quotation_comes_before_its_words(get, app):
    id = record()
    with database.connection():
        quotations.revise(id, {"standing": "disputed", "reason": "An example of doubt."}, "the test")
    page = plain(get(f"/quotations/{id}").split("<main")[1])
    assert page.index("Disputed.") < page.index("An example of doubt.") < page.index("Example words.")


def test_history_tells_what_was_changed_and_why(get, app):
    id = record()
    with database.connection():
        quotations.revise(id, {"text": "Example, words!", "reason": "As printed."}, "the editor")
    page = get(f"/quotations/{id}")
    assert re.search(r"<del>.*Example words\.</del>.*<ins>.*Example, words!</ins>", page)
    assert "by the editor: As printed." in plain(page)


def test_retracted_quotation_stays_readable(get, app):
    id = record()
    with database.connection():
        quotations.retract(id, "Not said at all.", "the editor")
    assert "Retracted." in plain(get(f"/quotations/{id}"))
    assert "Example words." not in plain(get("/"))


def test_article_marks_every_quotation_in_place(get, wion, seeded):
    page = get(f"/articles/{wion}")
    assert page.count("<mark>") == 6
    assert [int(number) for number in re.findall(r'href="#quotation-(\d+)"', page)] == [1, 2, 3, 4, 5, 6]


def test_overlapping_quotations_are_both_marked(get, app):
    article = {"url": "https://news.example/3", "text": "One two three four."}
    record(text="one two three", article=article)
    record(text="two three four", article=article)
    page = plain(get(f"/articles/{article_of('https://news.example/3')}"))
    assert "One two threequotation 1 fourquotation 2." in page


def test_quotation_over_two_paragraphs_is_marked_in_both(get, app):
    record(text="one\n\ntwo", article={"url": "https://news.example/4", "text": "Said one\n\ntwo here"})
    page = get(f"/articles/{article_of('https://news.example/4')}")
    assert re.findall(r"<mark>([^<]+)</mark>", page) == ["one\n", "two"]


def test_former_text_shows_what_changed_for_the_quotations(get, app):
    record(article={"url": "https://news.example/5", "text": "Example words."})
    id = article_of("https://news.example/5")
    with database.connection():
        former = Article.fetch(id).text_sha256
        articles.replace_text(id, "Other words.", "the editor")
    assert f"?text={former}" in get(f"/articles/{id}")
    page = get(f"/articles/{id}?text={former}")
    assert "A former text" in page
    assert re.search("then verbatim, now absent", plain(page))
    get(f"/articles/{id}?text={'0' * 64}", 404)


def article_of(url):
    with database.connection():
        return str(articles.at(url).id)


def test_names_and_newest_quotations(get, seeded):
    for address in ("/speakers/kim-yo-jong", "/outlets/kcna"):
        page = plain(get(address))
        assert "Also: " in page
        assert "on record" in page


def test_other_renditions_stand_beside_with_their_differences(get, kims):
    page = get(f"/quotations/{kims}")
    assert "10 articles, 2 origins (Korean Central News Agency, Rodong Sinmun)" in plain(page)
    assert "<del>demonstration</del> <ins>manifestation</ins>" in page


def test_altered_quotation_is_shown_word_by_word(get, seeded):
    page = get("/check?text=The+gift+does+not+serve+as+a+clear+demonstration+of+the+special+personal+relations")
    assert "On record, but not as claimed" in plain(page)
    assert "<del>does not serve</del> <ins>serves</ins>" in page
    assert "A negation differs." in plain(page)
    assert "What was searched 20 quotations in 11 articles" in plain(page)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("text=the+best+gift+possible", "On record as claimed"),
        ("text=the+best+gift+possible&speaker=NK+News", "On record, but not as this speaker’s words"),
        ("text=quite+another+matter+altogether", "Not on record"),
    ],
)
def test_check_answers_in_a_sentence(get, seeded, asked, told):
    assert told in plain(get(f"/check?{asked}").split("<main")[1])


def test_checked_quotation_has_an_address(client, seeded):
    form = {"text": "the best gift possible", "speaker": "", "outlet": "", "date": ""}
    assert client.post("/check", data=form).location == "/check?text=the+best+gift+possible"


def test_question_too_long_for_an_address_is_answered_all_the_same(client, seeded):
    response = client.post("/check", data={"text": "선물 " * 2000})
    assert response.status_code == 200
    assert "Not on record" in plain(response.get_data(as_text=True))


def test_claim_without_words_is_a_fault(client, seeded):
    assert client.get("/check?text=...", headers=HTML).status_code == 422


def test_merged_speaker_leads_on_for_ever(client, app):
    record(speaker="Example Speaker")
    record(speaker="Another Spelling", article={"url": "https://news.example/6"})
    with database.connection():
        speakers.merge("another-spelling", "example-speaker", "the editor", "The same.")
    response = client.get("/speakers/another-spelling", headers=HTML)
    assert response.status_code == 308
    assert response.location == "/speakers/example-speaker"


def test_empty_fields_of_the_form_leave_the_address(client, seeded):
    assert client.get("/?q=+&from=2024&to=&sort=").location == "/?from=2024"


PAGES = [
    "/",
    "/glossary",
    "/quotations/{kims}",
    "/articles/{wion}",
    "/speakers/kim-yo-jong",
    "/outlets/kcna",
    "/docs",
    "/check",
    f"/check?{CLAIM}",
]


def test_policy_lets_nothing_in_and_nobody_frame_it(client, wion, kims):
    for address in (*PAGES, "/nothing", "/api/v1/quotations", "/static/style.css"):
        with client.get(address.format(wion=wion, kims=kims), headers=HTML) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "unsafe" not in policy, address
            assert "default-src 'none'" in policy, address
            assert "frame-ancestors 'none'" in policy, address
            assert response.headers["X-Content-Type-Options"] == "nosniff", address


def test_no_page_has_inline_script_or_style(client, wion, kims):
    for address in (*PAGES, "/embed/quotations/{kims}", "/nothing"):
        page = client.get(address.format(wion=wion, kims=kims), headers=HTML).get_data(as_text=True)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), address
        scripts = re.findall(r"<script[^>]*>", page)
        assert all(re.search(r'src=|type="application/ld\+json"', tag) for tag in scripts), address


def test_only_the_card_may_be_framed(client, kims):
    policy = client.get(f"/embed/quotations/{kims}").headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "unsafe" not in policy


def test_what_is_stored_is_text_and_never_markup(get, app):
    id = record(
        text=HOSTILE,
        speaker={"name": HOSTILE, "aliases": [f"{HOSTILE}2"], "description": HOSTILE},
        mention=HOSTILE,
        cue=HOSTILE[:200],
        note=HOSTILE,
        outlet={"name": f"outlet {HOSTILE}"},
        article={"url": "https://news.example/7", "headline": HOSTILE, "authors": [HOSTILE], "text": f"a {HOSTILE} b"},
    )
    with database.connection():
        quotation = Quotation.fetch(id)
        quotations.revise(id, {"standing": "disputed", "reason": HOSTILE}, HOSTILE)
    for address in (
        "/",
        f"/quotations/{id}",
        f"/articles/{quotation.article.id}",
        f"/speakers/{quotation.speaker.slug}",
        f"/outlets/{quotation.outlet.slug}",
        f"/embed/quotations/{id}",
    ):
        page = get(address)
        assert not re.search("<img|<script>", page), address
        assert "{{ 7*7 }}" in plain(page), address


def test_card_says_what_speaks_against_it(get, app):
    id = record()
    with database.connection():
        quotations.revise(id, {"standing": "misattributed", "reason": "Another said it."}, "the test")
    assert "Misattributed." in plain(get(f"/embed/quotations/{id}"))


def test_oembed_describes_the_card(client, kims):
    page = client.get(f"/quotations/{kims}").get_data(as_text=True)
    (discovered,) = re.findall(r'type="application/json\+oembed"[^>]* href="([^"]+)"', page)
    answer = client.get(html.unescape(discovered) + "&maxwidth=300").get_json()
    assert (answer["version"], answer["type"], answer["width"]) == ("1.0", "rich", 300)
    assert answer["author_name"] == "Kim Yo Jong"
    (source,) = re.findall(r'<iframe src="([^"]+)"', answer["html"])
    assert client.get(source).status_code == 200


def test_linked_data_in_the_head_is_the_quotation(get, app):
    id = record(text=HOSTILE)
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', get(f"/quotations/{id}"))
    assert json.loads(data)["text"] == HOSTILE


def test_oembed_answers_as_it_should(client, kims):
    for query, status in (
        (f"url=https://elsewhere.example/quotations/{kims}", 404),
        (f"url=http://localhost/articles/{kims}", 404),
        ("url=http://localhost/quotations/nothing", 404),
        ("url=http://[", 404),
        ("", 404),
        (f"url=http://localhost/quotations/{kims}&format=xml", 501),
        (f"url=http://localhost/quotations/{kims}&maxwidth=wide", 200),
        (f"url=http://localhost/quotations/{kims}&maxwidth=-1", 200),
    ):
        assert client.get(f"/oembed?{query}").status_code == status, query


def test_failure_is_a_page_with_a_way_on(client, app):
    for address, status, told in (
        ("/nothing", 404, "Not Found"),
        ("/quotations/nothing", 404, "is not an id"),
        ("/speakers/nobody", 404, "There is no speaker 'nobody'."),
        ("/?from=yesterday", 422, "Must be a date such as"),
        ("/?colour=red", 422, "colour"),
        ("/?cursor=x", 400, "That is not a cursor"),
    ):
        response = client.get(address, headers=HTML)
        page = response.get_data(as_text=True)
        assert (response.status_code, response.mimetype) == (status, "text/html"), address
        assert told in plain(page)
        assert 'role="search"' in page
        assert "Accept" in response.vary


def test_programs_get_a_problem(client, app):
    for address, accept in (
        ("/nothing", "*/*"),
        ("/nothing", "application/json"),
        ("/api/v1/nothing", HTML["Accept"]),
    ):
        response = client.get(address, headers={"Accept": accept})
        assert response.mimetype == "application/problem+json"
        assert json.loads(response.data)["status"] == 404


def test_closed_register_shows_nothing(app, client, seeded, reader):
    app.config["PUBLIC"] = False
    for address in ("/", "/speakers/kim-yo-jong", "/oembed?url=x"):
        response = client.get(address, headers=HTML)
        assert response.status_code == 401
        assert "Kim" not in response.get_data(as_text=True)
    assert client.get("/", headers={**HTML, **reader}).status_code == 200


FACETS = "speaker,outlet,publisher,kind,year,month"

#: What each page shows, as calls of the API.
SHOWS = {
    "/": [f"/quotations?facets={FACETS}"],
    "/?q=gift&sort=relevance": [f"/quotations?q=gift&sort=relevance&facets={FACETS}"],
    "/quotations/{kims}": ["/quotations/{kims}", "/quotations/{kims}/revisions", "/quotations/{kims}/variants"],
    "/articles/{wion}": ["/articles/{wion}"],
    "/speakers/kim-yo-jong": ["/speakers/kim-yo-jong", f"/quotations?speaker=kim-yo-jong&facets={FACETS}"],
    "/outlets/kcna": ["/outlets/kcna", f"/quotations?outlet=kcna&facets={FACETS}"],
    f"/check?{CLAIM}": [f"/check?{CLAIM}"],
    "/embed/quotations/{kims}": ["/quotations/{kims}"],
}


def test_page_costs_at_most_two_statements_more_than_the_calls_it_shows(client, wion, kims):
    for page, calls in SHOWS.items():
        client.get(page.format(wion=wion, kims=kims))  # some counts are kept until something changes
        with statements() as of_page:
            client.get(page.format(wion=wion, kims=kims))
        with statements() as of_calls:
            for call in calls:
                assert client.get(f"/api/v1{call.format(wion=wion, kims=kims)}").status_code == 200
        assert len(of_page) <= len(of_calls) + 2, (page, of_page)


def test_a_record_is_not_among_its_own_renditions(get, kims):
    page = get(f"/quotations/{kims}")
    renditions = page[page.index("As others print it") :]
    assert f"/quotations/{kims}" not in renditions.split("<h2", 1)[0]
    assert "with this one" in renditions
    assert "who name" in renditions, "Just Earth News has it from KCNA, not from her"
    assert renditions.count("who name Kim Yo Jong") == 0
