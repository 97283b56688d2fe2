"""The words of a text, as they are searched."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution import text, words

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("aé'’-… .[]김여정の日本ﬁKß\u0301")), max_size=60)
ASCII = st.text(st.one_of(st.characters(max_codepoint=127), st.sampled_from("aeSs1'-. \n[]")), max_size=60)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Kim's sister, Yo-jong", "kim s sister yo jong"),
        ("DON’T", "don t"),
        ("Präsident", "prasident"),
        ("ﬁne ＦＵＬＬ", "fine full"),
        ("to be or not to be", "to be or not to be"),
        ("one […] two ... three", "one … two … three"),
        ("김여정은 말했다", "김여 여정 정은 은 말했 했다 다"),
        ("COVID感染", "covid 感染 染"),
        ("1.5 % of ½", "1 5 of 1 2"),
        ("…", "…"),
        ("?!", ""),
    ],
)
def test_words_are_folded_in_order(body, expected):
    assert words.plain(body) == expected.split()


@given(TEXTS)
def test_the_fast_way_gives_the_words_of_the_exact_one(body):
    assert words.plain(body) == [token.word for token in words.tokens(body)]


@given(st.one_of(TEXTS, ASCII), st.sampled_from(["en", "de", "eu", "ko", None]))
def test_words_and_others_are_those_found_one_by_one(body, language):
    code = words.stem_language(language)
    compounds = {f":{text.fold(match[0]).replace(' ', '')}" for match in words._COMPOUND.finditer(body)} - {":"}
    forms = compounds.union(*(words.part_forms(part, code) for part in words.PART.findall(body)))
    assert words.forms(body, language) == forms
    said, others = words.words_and_others(body, language)
    assert said == [token.word for token in words.tokens(body)]
    own = {form for word in said for of in (None, code) for form in words.word_forms(word, of)}
    assert others == forms - (own & {f"{of or ''}:{word}" for word in said for of in (None, code)})


def test_forms_are_the_same_whether_remembered_or_not(monkeypatch):
    monkeypatch.setattr(words, "_REMEMBERED", 2)
    said = "one tens threes fours one tens"
    for language in ("en", "de", "ko"):
        others = {form for form in words.forms(said, language) if form.partition(":")[2] not in said.split()}
        expected = said.split(), others
        assert words.words_and_others(said, language) == words.words_and_others(said, language) == expected
    assert sum(map(len, words._other_forms.values())) <= 2


@given(TEXTS)
@example("0\N{LAO VOWEL SIGN MAI KAN}")
def test_each_word_stands_where_it_is_said_to(body):
    for token in words.tokens(body):
        assert token.word in words.plain(body[token.start : token.end])


def test_long_words_are_told_apart_by_their_beginning():
    (long,) = words.plain("a" * 500)
    assert (len(long), words.tokens("é" * 500)[0].word) == (words.LONGEST, "e" * words.LONGEST)


@pytest.mark.parametrize(
    ("body", "language", "form"),
    [
        ("condemned", "en", "en:condemn"),
        ("condemned", None, "en:condemn"),
        ("condemned", "en-GB", "en:condemn"),
        ("condemned", "ko", ":condemned"),
        ("Präsidenten", "de", "de:prasident"),
        ("Praesident", "de", "de:prasident"),
        ("e-mail", "en", ":email"),
        ("don’t", "en", ":dont"),
    ],
)
def test_words_have_forms(body, language, form):
    assert form in words.forms(body, language)


@given(
    st.text(st.characters(categories=["L"]), min_size=1, max_size=12), st.sampled_from(["en", "de", "fr", "ru", None])
)
def test_who_asks_for_a_word_as_it_folds_finds_it(word, code):
    """An accent that somebody leaves out, or a capital, never hides a word."""
    for spelled in words.spaced(word):
        for folded in words.plain(spelled.word):
            assert words.word_forms(spelled.word, code) & words.word_forms(folded, code)


@given(st.sampled_from(sorted(words._SUFFIXING)), st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_stem_begins_as_its_word_does(language, word):
    assert {form.partition(":")[2][0] for form in words.word_forms(word, language)} == {word[0]}
