import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.pages import marks
from attribution.text import Span

texts = st.text(st.sampled_from("ab \n한ä"), max_size=60)
stretches = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 3)), max_size=6)


@given(texts, stretches)
def test_parts_are_the_text_cut_up(text, stretches):
    assert "".join(part.text for part in marks.parts(text, stretches)) == text


@given(texts, stretches)
def test_every_character_of_a_stretch_is_marked_as_its_owners(text, stretches):
    at = 0
    for part in marks.parts(text, stretches):
        owners = {owner for start, end, owner in stretches if start <= at < end}
        assert set(part.owners) == owners
        at += len(part.text)


@pytest.mark.parametrize(
    ("text", "span", "shown"),
    [
        ("One. Two. Three.", Span(5, 8), "One. Two. Three."),
        ("One.\nTwo. Three.\nFour.", Span(5, 8), "Two. Three."),
        ("One.\nTwo", Span(5, 8), "Two"),
        ("", Span(0, 0), ""),
    ],
)
def test_passage_is_the_paragraph(text, span, shown):
    assert "".join(part.text for part in marks.passage(text, [span])) == shown


def test_passage_of_a_long_paragraph_is_cut_between_words():
    text = "before " * 200 + "the words " + "after " * 200
    start = text.index("the words")
    shown = marks.passage(text, [Span(start, start + 9)])
    whole = "".join(part.text for part in shown)
    assert whole.startswith(" … before ")
    assert whole.endswith("after … ")
    assert len(whole) < 900
    assert [part.text for part in shown if part.owners] == ["the words"]


def test_passage_of_pieces_reaches_over_paragraphs():
    text = "One first.\n\nTwo second."
    shown = marks.passage(text, [Span(4, 9), Span(16, 22)])
    assert "".join(part.text for part in shown) == text
    assert [part.text for part in shown if part.owners] == ["first", "second"]


def test_nothing_found_is_nothing_shown():
    assert marks.passage("One.", []) == []
