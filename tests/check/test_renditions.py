"""The seed event's utterances as a careful reader groups them, written down before there was code to do it."""

import pytest

from attribution import check, database
from attribution.models import Quotation

#: Kim Yo Jong's statement of 18 February, by the outlet each article has it from: the publisher, and how its rendition
#: begins. Just Earth News ascribes the words to KCNA itself, a day before any other; The Korea Herald quotes
#: Rodong Sinmun a day before that paper's own article is dated; POLITICO quotes two fragments and credits nobody.
ON_THE_GIFT = {
    ("kcna", "just-earth-news", "clear demonstration"),
    ("kcna", "kyiv-independent", "the gift serves"),
    ("kcna", "nbc-news", "the gift serves"),
    ("kcna", "ukrainska-pravda", "serves to underscore"),
    ("kcna", "wion", "gift serves"),
    ("kcna", "manila-bulletin", "gift serves"),
    ("rodong-sinmun", "korea-herald", "gift sent by"),
    ("rodong-sinmun", "asia-news-network", "gift sent by"),
    ("rodong-sinmun", "rodong-sinmun", "the gift serves"),
    (None, "politico-europe", "clear evidence"),
    (None, "politico-europe", "the best gift"),
}

#: What else was said, each by itself; two papers have one from the agency. The statement of 16 March is another one.
UTTERANCES = [
    ON_THE_GIFT,
    {("kcna", "wion", "presented with a car"), ("kcna", "manila-bulletin", "presented with a car")},
    {("wion", "wion", "We condemn North Korea")},
    {("wion", "wion", "Russia should also")},
    {("wion", "wion", "the gift from Putin")},
    {("nk-news", "wion", "there was a possibility")},
    {("korea-herald", "korea-herald", "Therefore, providing")},
    {("kcna", "kcna", "The special function")},
    {("kcna", "kcna", "Kim Jong Un's using")},
]


@pytest.fixture(autouse=True)
def connected(app, seeded):
    with database.connection():
        yield


def quotation(publisher: str, start: str) -> Quotation:
    return next(
        found for found in Quotation.whole() if found.article.outlet.slug == publisher and found.text.startswith(start)
    )


@pytest.mark.parametrize("utterance", UTTERANCES, ids=lambda utterance: min(start for _, _, start in utterance))
def test_an_utterance_is_grouped_as_a_careful_reader_groups_it(utterance):
    for _, publisher, start in utterance:
        found = check.variants(str(quotation(publisher, start).id))
        shown = [(origin["outlet"], item["quotation"]) for origin in found["origins"] for item in origin["items"]]
        assert len(shown) == len(utterance), start
        for credited, publisher_too, start_too in utterance:
            assert any(
                (outlet["slug"] if outlet else None) == credited
                and rendition["article"]["outlet"]["slug"] == publisher_too
                and rendition["text"].startswith(start_too)
                for outlet, rendition in shown
            ), (start, credited, publisher_too)


def test_the_origins_are_counted_and_named():
    found = check.variants(str(quotation("wion", "gift serves").id))
    assert found["summary"] == "10 articles, 2 origins (Korean Central News Agency, Rodong Sinmun)"
    assert (found["articles"], found["outlets"], found["independent"]) == (10, 10, 2)
    assert found["earliest"]["article"]["outlet"]["slug"] == "just-earth-news"
    assert [(origin["outlet"] and origin["outlet"]["slug"], origin["articles"]) for origin in found["origins"]] == [
        ("kcna", 6), ("rodong-sinmun", 3), (None, 1),
    ]  # fmt: skip


def test_a_report_dated_before_its_origin_is_marked():
    found = check.variants(str(quotation("korea-herald", "gift sent").id))
    marked = [
        item["quotation"]["article"]["outlet"]["slug"]
        for origin in found["origins"]
        for item in origin["items"]
        if item["before_origin"]
    ]
    assert marked == ["korea-herald"]


def test_a_rendition_is_shown_with_what_it_makes_of_the_words():
    found = check.variants(str(quotation("kyiv-independent", "the gift").id))
    items = [item for origin in found["origins"] for item in origin["items"]]
    shown = {item["quotation"]["article"]["outlet"]["slug"]: item for item in items}
    assert shown["nbc-news"]["words"] == "verbatim"
    assert shown["wion"]["words"] == "trimmed"
    assert {"op": "replace", "claimed": "present", "recorded": "one"} in shown["rodong-sinmun"]["diff"]
