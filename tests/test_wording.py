"""The words of a quotation, as they are compared."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import wording

_SPEECH = st.lists(
    st.sampled_from(
        "Cannot wont don't it's let's d'un nineteen 1,000 -5 3% [I]t e-mail so. x_y \x1c “Nïx” 日本".split()
    ),
    max_size=8,
).map(" ".join)
_ASCII = st.text(st.characters(max_codepoint=127), max_size=40)
_TEXTS = st.one_of(_SPEECH, _ASCII, st.text("aB1-'’`[]$%., \nnt´é", max_size=30), st.text())


@given(_TEXTS)
def test_keys_are_those_of_the_words(body):
    assert wording.keys(body) == [word.key for word in wording.words(wording.seen(body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I cannot WAIT.", "i can not wait"),
        ("Seven don't, and won't", "7 do not and will not"),
        ("so-called (one)", "so called 1"),
        ("", ""),
    ],
)
def test_keys_are_words_in_full(body, expected):
    assert wording.keys(body) == expected.split()


@given(st.lists(st.text(min_size=1, max_size=4), max_size=6))
def test_a_shingle_is_the_hash_of_three_words(keys):
    joined = [" ".join(keys[i : i + 3]) for i in range(len(keys) - 2)]
    assert wording.shingles(keys) == [zlib.crc32(shingle.encode()) - 2**31 for shingle in joined]
