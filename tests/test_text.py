"""Folding, pieces and finding a quotation in its text."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from attribution import text

ARTICLE = (
    "Speaking about the car, Kim's sister Yo Jong said the \"gift serves as a clear demonstration of the special "
    'personal relations between the top leaders" of the two countries, added KCNA. She can’t say more; it costs 1.5 '
    "million. Präsident Müller schrieb: „Das ist naïve Größe – und mehr.“ "
    "김여정은 “특별한 관계”를 말했다. 彼は「が」と言った。"
)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200)


@given(words)
@example("Straße ﬁnd İstanbul naïve don’t ½ がか")
def test_folding_what_is_folded_changes_nothing(anything):
    assert text.fold(text.fold(anything)) == text.fold(anything)


@given(st.text(st.characters(max_codepoint=126), max_size=60), st.text("aB1-'`[]$%<. ", max_size=30))
def test_ascii_folds_as_all_else_does(anything, dense):
    for body in (anything, dense):
        # A letter beyond ASCII takes the long way round.
        assert text.fold(f"{body} | É") == f"{text.fold(body)} e".strip()


@given(words | st.text("aB1-'`[]$. \n…", max_size=30))
def test_pieces_are_folded_one_by_one(body):
    assert text.folded_pieces(body) == " … ".join(map(text.fold, text.pieces(body)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Yo-jong", "KIM  YO JONG"),
        ("naïve café", "naive cafe\u0301"),
        ("don't", "don’t"),
        ("“Größe” – ja", '"GRÖSSE" - ja'),
        ("ﬁnance", "finance"),
        ("Ｋｉｍ", "kim"),
        ("exam\u00adple", "example"),
        ("donʼt", "don`t"),
        ("[T]he gift", "The gift"),
        ("½ hours", "1/2 hours"),
        ("–5 Grad", "-5 Grad"),
        ("5 %", "5%"),
        ("Wałęsa", "Walesa"),
        ("محمـــد", "محمد"),
    ],
)
def test_the_same_words_fold_alike(one, other):
    assert text.fold(one) == text.fold(other)
    assert text.fingerprint(one) == text.fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("1.5", "15"),
        ("a … b", "a b"),
        ("का", "की"),
        ("김", "낌"),
        ("costs $5", "costs €5"),
        ("at -5 degrees", "at 5 degrees"),
        ("grew 5%", "grew 5"),
        ("5 < 6", "5 > 6"),
        ("10² items", "102 items"),
        ("½ hours", "12 hours"),
    ],
)
def test_other_words_stay_apart(one, other):
    assert text.fingerprint(one) != text.fingerprint(other)


@pytest.mark.parametrize("omission", ["…", "[…]", "...", "(…)", "[...]", ". . .", "[ … ]", "......"])
def test_words_left_out_split_a_quotation(omission):
    assert text.pieces(f"one two {omission} three") == ["one two", "three"]
    assert text.pieces(f"{omission} one {omission}") == ["one"]


@pytest.mark.parametrize(
    ("quotation", "verification", "found"),
    [
        ("gift serves as a clear demonstration", "verbatim", ["gift serves as a clear demonstration"]),
        ("Gift serves as a CLEAR demonstration", "typographic", ["gift serves as a clear demonstration"]),
        ("Kim’s sister Yo-Jong", "typographic", ["Kim's sister Yo Jong"]),
        ("the gift serves", "typographic", ['the "gift serves']),
        ("gift … special personal … leaders", "verbatim", ["gift", "special personal", "leaders"]),
        ("Das ist naive Grösse - und mehr", "typographic", ["Das ist naïve Größe – und mehr"]),
        ("특별한 관계", "verbatim", ["특별한 관계"]),
        ("김여정", "verbatim", ["김여정"]),
        ("leaders … gift", "absent", []),
        ("ift serves", "absent", []),
        ("She can", "absent", []),
        ("it costs 15 million", "absent", []),
        ("it costs 1 5 million", "typographic", ["it costs 1.5 million"]),
    ],
)
def test_a_quotation_is_located(quotation, verification, found):
    location = text.locate(quotation, ARTICLE)
    assert location.verification == verification
    assert [ARTICLE[start:end] for start, end in location.spans] == found


def test_able_does_not_stand_in_unable():
    assert text.locate("able to work", "They are unable to work.").verification == "absent"


def test_pieces_are_drawn_together():
    (first, _) = text.locate("we … sanctions", "We came. Then we saw. As we left, sanctions fell.".lower()).spans
    assert first.start == len("we came. then we saw. as ")


def test_accents_that_follow_belong_to_the_place_found():
    decomposed = "un cafe\u0301 noir"
    (span,) = text.locate("café", decomposed).spans
    assert decomposed[span.start : span.end] == "cafe\u0301"


letters = st.text(st.sampled_from("abcdefgäßéñœ́жй김여정漢字がか019'’"), min_size=1, max_size=8)
sentences = st.lists(letters.filter(lambda word: word.lstrip("'’")[:1] != "\u0301"), min_size=1, max_size=30)
gaps = st.sampled_from([" ", "  ", ", ", " – ", ". ", "\n", ' "', "” "])


@given(st.data(), sentences)
def test_a_quotation_cut_from_a_text_is_found_at_its_own_place(data, parts):
    body = "".join(part + data.draw(gaps) for part in parts)
    edges = [0, *(at for at in range(1, len(body)) if body[at].isspace() != body[at - 1].isspace()), len(body)]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    cut = body[start:end].strip()
    assume(text.has_words(cut))
    location = text.locate(cut, body)
    assert location.verification == "verbatim"
    (span,) = location.spans
    assert body[span.start : span.end] == cut
    assert span.start <= body.find(cut, start)


@given(st.data(), sentences)
def test_typography_does_not_hide_a_quotation(data, parts):
    body = " ".join(parts)
    assume(text.has_words(body))
    other = "  ".join(part.replace("'", "’").upper() for part in parts)
    assume(text.fold(other) == text.fold(body))
    assert text.locate(f"«{other}»", f"He said: “{body}”.").verification in ("verbatim", "typographic")


@given(words, words)
def test_locating_never_fails_and_spans_lie_in_the_text(quotation, body):
    location = text.locate(quotation, body)
    ends = [0, *(edge for span in location.spans for edge in span), len(body)]
    assert ends == sorted(ends)
    assert bool(location.spans) == (location.verification != "absent")


def test_selectors_count_code_points_and_keep_the_context():
    body = "🚗🚗 " + "x" * 40 + " the gift " + "y" * 40
    quote, position = text.selectors(text.locate("the gift", body), body)
    assert position == {"type": "TextPositionSelector", "start": 44, "end": 52}
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": "the gift",
        "prefix": "x" * 31 + " ",
        "suffix": " " + "y" * 31,
    }


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("$5 million", "€5 million"),
        ("5 million", "$5 million"),
        ("grew 5", "grew 5%"),
        ("5 degrees", "-5 degrees"),
        ("costs 1", "costs 1.5"),
        ("50%", "50 percent"),
        ("12 hours", "½ hours"),
        ("able", "un\u00adable"),
        ("bar", "foo\u200bbar"),
        ("は", "は\u3099"),
        ("\u1100\u1161", "\u1100\u1161\u11a8"),
        ("we can", "we can’t"),
    ],
)
def test_a_part_that_means_something_else_is_absent(part, whole):
    assert text.locate(part, f"They said {whole} then.").verification == "absent"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("body", ["a " * 500_000, "a" * 1_000_000, "x" + "a" * 200_000])
@pytest.mark.parametrize(
    "quotation", ["a … " * 5000 + "b", "a" * 20_000, "a … " * 5000, "… ".join("a" * n for n in range(1, 21))]
)
def test_hostile_quotations_are_located_in_bounded_time(quotation, body):
    assert text.locate(quotation[:20_000], body).verification in ("verbatim", "typographic", "absent")


@pytest.mark.parametrize(
    ("name", "slug"), [("Kim Yo Jong", "kim-yo-jong"), ("Präsident", "prasident"), ("김여정", "gimyeojeong")]
)
def test_slugs_are_ascii(name, slug):
    assert text.slug(name) == slug


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=200))
def test_every_name_has_a_slug_and_a_key(name):
    assert text.slug(name)
    assert text.name_key(name) or not name.strip()
