"""Whether a quotation is on record: the verdict on the words, on whose they are, and on both."""

import pytest

from attribution import check, database, quotations
from schemas.check import Answer
from schemas.quotation import NewQuotation

DEMONSTRATION = "gift serves as a clear demonstration of the special personal relations between the top leaders"
CONDEMN = "We condemn North Korea for its brazen attitude of publicly disclosing violations of the UN sanctions"
AWARE = "Russia should also be aware of its responsibility as a permanent member of the UN Security Council"


@pytest.fixture(autouse=True)
def connected(app, seeded):
    with database.connection():
        yield


def answer(text, **asked):
    return check.answer({"text": text, **asked})


def record(text, speaker="Minister A", url="https://example.org/a", **more):
    """Record a synthetic quotation."""
    article = {"url": url, "outlet": "Example Post", "published_on": "2024-05-02"}
    told = NewQuotation().load({"text": text, "speaker": speaker, "article": article, "language": "en", **more})
    return quotations.record(told, "the tests").record


@pytest.mark.parametrize(
    ("asked", "verdict", "words", "speaker"),
    [
        ({"text": DEMONSTRATION}, "confirmed", "verbatim", "not_asked"),
        ({"text": DEMONSTRATION, "speaker": "Kim Yo-jong"}, "confirmed", "verbatim", "same"),
        ({"text": DEMONSTRATION, "speaker": "김여정"}, "confirmed", "verbatim", "same"),
        ({"text": DEMONSTRATION.upper()}, "confirmed", "typographic", "not_asked"),
        ({"text": "a clear demonstration of the special personal relations"}, "confirmed", "trimmed", "not_asked"),
        ({"text": DEMONSTRATION.replace("special personal ", "")}, "differs", "elided", "not_asked"),
        ({"text": DEMONSTRATION.replace("demonstration", "refutation")}, "differs", "altered", "not_asked"),
        ({"text": f"{CONDEMN}. {AWARE}"}, "differs", "spliced", "not_asked"),
        ({"text": DEMONSTRATION, "speaker": "Vladimir Putin"}, "misattributed", "verbatim", "other"),
        # KCNA reports it in these words, but she is on record with others like them: not "for another only"
        (
            {
                "text": "clear demonstration of the special personal relations between the two leaders",
                "speaker": "Kim Yo Jong",
            },
            "differs", "altered", "same",
        ),
        ({"text": "No car was ever given to anybody by any such president"}, "not_on_record", "none", "not_asked"),
        ({"text": "No car was ever given to anybody", "speaker": "Kim Yo Jong"}, "not_on_record", "none", "other"),
    ],
)  # fmt: skip
def test_verdicts(asked, verdict, words, speaker):
    found = check.answer(asked)
    assert (found["verdict"], found["words"], found["speaker"]) == (verdict, words, speaker)


@pytest.mark.parametrize(
    ("asked", "outlet", "date", "verdict"),
    [
        ({"outlet": "KCNA"}, "same", "not_asked", "confirmed"),
        ({"outlet": "WION"}, "same", "not_asked", "confirmed"),
        ({"outlet": "POLITICO Europe"}, "other", "not_asked", "differs"),
        ({"outlet": "No Such Paper"}, "other", "not_asked", "differs"),
        ({"date": "2024-02-20"}, "not_asked", "same", "confirmed"),
        ({"date": "2024"}, "not_asked", "same", "confirmed"),
        ({"date": "2023-02"}, "not_asked", "other", "differs"),
    ],
)
def test_outlet_and_date_are_judged_apart(asked, outlet, date, verdict):
    found = answer(DEMONSTRATION, **asked)
    assert (found["outlet"], found["date"], found["verdict"]) == (outlet, date, verdict)
    assert found["words"] == "verbatim"


def test_a_negation_is_called_out_however_alike_the_words():
    best = answer(DEMONSTRATION.replace("serves", "never serves"))["best"]
    assert best["similarity"] > 0.95
    assert best["negation_changed"] is True
    assert {"op": "insert", "claimed": "never", "recorded": ""} in best["diff"]


def test_what_is_left_out_is_shown_and_what_is_around():
    best = answer("demonstration of the special relations between the top leaders of the DPRK")["best"]
    assert best["gaps"] == [{"text": "personal", "words": 1}]
    assert best["context"] == {"before": "the gift serves as a clear ", "after": " and Russia and as the best one"}


def test_the_parts_of_a_splice_are_named():
    found = answer(f"{CONDEMN} and stop an act that undermines international norms")
    assert [part["claimed"] for part in found["parts"]] == [
        CONDEMN,
        "and stop an act that undermines international norms",
    ]
    assert len({part["quotation"]["id"] for part in found["parts"]}) == 2


def test_a_negation_in_a_later_part_is_called_out_too():
    found = answer(f"{CONDEMN}. {AWARE.replace('should', 'should never')}")
    assert found["words"] == "spliced"
    assert found["best"]["negation_changed"] is True
    assert "A negation was" in found["explanation"]


def test_not_on_record_can_be_cited():
    found = answer("The gift was a clear demonstration of their very bad taste")
    assert found["verdict"] == "not_on_record"
    assert found["best"] is None
    assert found["candidates"][0]["words"] == "none"
    searched = found["searched"]
    assert [searched[name] for name in ("quotations", "articles", "outlets", "from", "to")] == [
        20, 11, 11, "2024-02-18", "2024-03-16",
    ]  # fmt: skip
    assert "altered" in searched["definition"]


def test_what_is_recorded_later_is_searched_too():
    before = answer("An entirely new remark about nothing at all")
    record("An entirely new remark about nothing at all")
    after = answer("An entirely new remark about nothing at all")
    assert (before["verdict"], after["verdict"]) == ("not_on_record", "confirmed")
    assert after["searched"]["quotations"] == before["searched"]["quotations"] + 1


def test_a_retracted_record_confirms_nothing_but_is_shown():
    quotation = record("We never promised to lower anything at all")
    quotations.retract(str(quotation.id), "The paper withdrew it.", "the tests")
    found = answer("We never promised to lower anything at all")
    assert (found["verdict"], found["words"]) == ("not_on_record", "verbatim")
    assert found["best"]["quotation"]["standing"] == "retracted"
    assert "The paper withdrew it." in found["explanation"]


def test_a_record_known_to_be_misattributed_says_so():
    quotation = record("Let them have their cake and eat it too")
    quotations.revise(str(quotation.id), {"standing": "misattributed", "reason": "It is older."}, "the tests")
    assert answer("Let them have their cake and eat it too", speaker="Minister A")["verdict"] == "misattributed"


def test_words_that_are_corrected_are_found_under_the_new_ones_only():
    quotation = record("The bridge will be ready for traffic in the autumn")
    quotations.revise(
        str(quotation.id), {"text": "Nobody knows when the tunnel opens to trains", "reason": "Typo."}, "t"
    )
    assert answer("Nobody knows when the tunnel opens to trains")["verdict"] == "confirmed"
    assert answer("The bridge will be ready for traffic in the autumn")["candidates"] == []


@pytest.mark.parametrize("text", ["No comment", "Nein!", "못 간다", "the best gift possible", "possible the best gift"])
def test_few_words_are_found_by_the_words(text):
    for i, said in enumerate(("No comment", "Nein", "못 간다")):
        record(said, url=f"https://example.org/{i}")
    assert answer(text)["candidates"], text


def test_a_passage_of_a_long_text_is_found():
    padding = "Nothing of this sentence number {} stands in any record that is kept here. "
    text = "".join(padding.format(i) for i in range(200)) + f"She said “{DEMONSTRATION}” and left. " + padding * 200
    found = answer(text)
    assert (found["verdict"], found["words"]) == ("confirmed", "verbatim")
    assert found["best"]["claimed"] == DEMONSTRATION


def test_the_answer_has_the_shape_that_is_documented():
    for text in (DEMONSTRATION, f"{CONDEMN}. {AWARE}", "Nothing like it stands here"):
        found = answer(text, speaker="Kim Yo Jong")
        assert Answer().dump(found) == found
        assert list(found) == list(Answer().fields)
