"""How claimed words differ from recorded ones: each class, each kind of change that is none, and negations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.check import judgement
from attribution.check.alignment import Text

GIFT = (
    "the gift serves as a clear demonstration of the special personal relations between the top leaders "
    "of the DPRK and Russia and as the best one"
)
#: Synthetic, as people speak.
SPOKEN = (
    "Well, uh, I don't -- I don't think that we should, you know, send twenty-five thousand people there. It is not "
    "true that I resigned. I was very clear with the minister, and I told him that this is not going to work for us."
)


def judged(claim, record, language="en"):
    return judgement.judge(Text(claim), Text(record, language))


@pytest.mark.parametrize(
    ("claim", "record", "wording"),
    [
        (GIFT, GIFT, "verbatim"),
        (f"“{GIFT}”", GIFT, "verbatim"),
        (GIFT.upper() + ".", GIFT, "typographic"),
        ("The gift serves – “as” a clear demonstration.", "the gift serves as a clear demonstration", "typographic"),
        ("[T]he gift", "the gift", "typographic"),
        ("serves as a clear demonstration", GIFT, "trimmed"),
        (f"Everybody knew it: {GIFT}, no doubt", GIFT, "trimmed"),
        ("the gift serves as a clear demonstration … between the top leaders of the DPRK", GIFT, "elided"),
        ("the gift serves as a clear demonstration between the top leaders of the DPRK", GIFT, "elided"),
        ("a clear demonstration of relations", "a clear demonstration […] of relations", "elided"),
        ("a clear demonstration […] of relations", "a clear demonstration […] of relations", "verbatim"),
        ("the gift serves as a clear proof of the special personal relations between the two leaders", GIFT, "altered"),
        ("the gift serves as a special demonstration of the clear personal relations", GIFT, "altered"),
        ("We do not know that", "We don't know that", "altered"),
        ("they paid $5 for it all", "they paid €5 for it all", "altered"),
        ("The moon is made of cheese, and nobody can prove otherwise of the special", GIFT, "none"),
        ("as a matter of fact the leaders of the party are the best", GIFT, "none"),
    ],
)
def test_classes(claim, record, wording):
    assert judged(claim, record).wording == wording


@pytest.mark.parametrize(
    ("claim", "record", "language", "changed"),
    [
        # contracted, exchanged, begun twice: nothing has changed
        ("I do not think that we should send 25,000 people there", SPOKEN, "en", False),
        ("I do not think that we should", SPOKEN, "en", False),
        ("We cannot yield to them now", "We can't yield to them now", "en", False),
        ("We will not yield to them now", "We won't yield to them now", "en", False),
        ("Nobody has ever asked me about that", "No one has ever asked me about that", "en", False),
        ("I was very clear with the minister … this is not going to work", SPOKEN, "en", False),
        ("I was very clear with him", SPOKEN, "en", False),
        ("we will win the war", "We will not yield, and we will win the war", "en", False),
        # dropped, added, moved
        ("I think that we should send twenty-five thousand people there", SPOKEN, "en", True),
        ("I was very clear with the minister … this is going to work", SPOKEN, "en", True),
        ("I was never very clear with the minister", SPOKEN, "en", True),
        ("not all people are equal in this country", "all people are not equal in this country", "en", True),
        ("it is all not so bad here", "it is not all so bad here", "en", True),
        ("I was not clear but it is going to work", "I was clear but it is not going to work", "en", True),
        # cut off from its clause
        ("that I resigned", SPOKEN, "en", True),
        ("ich glaube das", "ich glaube das nicht", "de", True),
        # other languages
        ("Wir haben dafür keine Beweise gefunden", "Wir haben dafür Beweise gefunden", "de", True),
        ("Wir haben keinen Beweis dafür", "Wir haben keine Beweise dafür", "de", False),
        ("선물은 두 지도자의 특별한 관계를 보여준다", "선물은 두 지도자의 특별한 관계를 보여주지 않는다", "ko", True),
        ("우리는 그곳에 안 갔다고 말했다", "우리는 그곳에 갔다고 말했다", "ko", True),
        ("Мы никогда не будем воевать с ними", "Мы будем воевать с ними", "ru", True),
        ("Nous ne savons pas ce qui se passe", "Nous savons pas ce qui se passe", "fr", False),
        ("Nous n'avons jamais voulu la guerre", "Nous avons voulu la guerre", "fr", True),
        ("Yo no quiero saber nada de eso", "Yo quiero saber algo de eso", "es", True),
        # a word that negates in one language is another word in the next
        ("Das war im Mai nicht so geplant", "Das war im Juni nicht so geplant", "de", False),
    ],
)  # fmt: skip
def test_negations(claim, record, language, changed):
    assert judged(claim, record, language).negation_changed is changed


def test_gaps_are_shown_and_counted():
    found = judged("the gift serves as a clear demonstration of the relations between the leaders", GIFT)
    assert judgement.gaps(found.alignment) == [
        {"text": "special personal", "words": 2}, {"text": "top", "words": 1},
    ]  # fmt: skip


def test_a_line_is_found_in_a_speech():
    speech = " ".join(f"This is sentence {i} of a long speech about the {i}th point of the plan." for i in range(150))
    found = judged("a clear word on the relations", f"{speech} We want a clear word on the relations. {speech}")
    assert found.wording == "trimmed"
    assert found.likeness == 1


def test_the_diff_says_what_was_made_of_the_record():
    found = judged("The gift does not serve as a clear proof", "the gift serves as a clear demonstration")
    assert judgement.diff(found.alignment) == [
        {"op": "equal", "claimed": "The gift", "recorded": "the gift"},
        {"op": "replace", "claimed": "does not serve", "recorded": "serves"},
        {"op": "equal", "claimed": "as a clear", "recorded": "as a clear"},
        {"op": "replace", "claimed": "proof", "recorded": "demonstration"},
    ]


def letters(text):
    return "".join(word.spelled for word in Text(text).words)


words = st.lists(
    st.sampled_from("the a not no gift serves clear don't can't 5 … of relations leaders Über".split()), min_size=1
)


@given(words, words)
def test_the_diff_holds_every_word_of_the_claim_in_order(claim, record):
    claimed, recorded = Text(" ".join(claim)), Text(" ".join(record))
    found = judgement.judge(claimed, recorded).alignment
    if found.stretches:
        diff = judgement.diff(found)
        assert letters(" ".join(part["claimed"] for part in diff)) == letters(" ".join(claim))
        assert letters(" ".join(part["recorded"] for part in diff)) in letters(" ".join(record))
        assert sum(stretch.length for stretch in found.stretches) <= min(len(claimed.keys), len(recorded.keys))
        assert 0 < judgement.judge(claimed, recorded).likeness <= 1


@given(words)
def test_every_text_is_verbatim_itself(said):
    record = " ".join(said)
    if Text(record).keys:
        found = judged(record, record)
        assert (found.wording, found.negation_changed) == ("verbatim", False)
