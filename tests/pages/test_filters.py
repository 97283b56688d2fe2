import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.pages import filters, glossary
from schemas.vocabulary import Kind, Standing, Verification


@pytest.mark.parametrize(
    ("partial", "written"),
    [
        ("2024", "2024"),
        ("2024-02", "February 2024"),
        ("2024-02-08", "8 February 2024"),
        ("2024-02-18T10:00:00Z", "18 February 2024"),
        (None, ""),
    ],
)
def test_day(partial, written):
    assert filters.day(partial) == written


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//news.example", "/x", "", None, "http://[x"],
)
def test_no_link_but_to_the_web(url):
    assert not filters.web(url)


@pytest.mark.parametrize("url", ["https://news.example/a", "http://news.example", "HTTPS://news.example"])
def test_link_to_the_web(url):
    assert filters.web(url) == url


@pytest.mark.parametrize("word", [*Kind, *Standing, *Verification])
def test_every_word_is_explained(word):
    assert glossary.WORDS[word].endswith(".")


@given(text=st.text(st.sampled_from("<>&/!-script\"'\\\u2028\u2029é한")))
def test_json_in_a_page_cannot_leave_its_script(text):
    written = filters.ld({"text": text})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {"text": text}
