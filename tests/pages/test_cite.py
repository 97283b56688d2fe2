from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.pages import cite

URL = "https://news.example/a"


def directives(url):
    return url.split("#:~:")[1].split("&")


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("plain words", "text=plain%20words"),
        ("well-known", "text=well%2Dknown"),
        ("yes, and no", "text=yes%2C%20and%20no"),
        ("R&D", "text=R%26D"),
        ("“curly”", "text=%E2%80%9Ccurly%E2%80%9D"),
        ("a/b?c#d", "text=a%2Fb%3Fc%23d"),
        ("first … second", "text=first&text=second"),
        ("one\ntwo", "text=one,two"),
        ("w " * 200, "text=w%20w%20w%20w%20w%20w,w%20w%20w%20w%20w%20w"),
        ("x" * 400, "text=" + "x" * 400),
    ],
)
def test_link_names_the_words(words, fragment):
    assert cite.at_the_words(URL, words, []) == f"{URL}#:~:{fragment}"


def test_link_names_the_words_as_the_article_prints_them():
    selectors = [
        {"type": "TextQuoteSelector", "exact": "Printed Words", "prefix": "", "suffix": ""},
        {"type": "TextPositionSelector", "start": 0, "end": 13},
    ]
    assert cite.at_the_words(URL, "printed words", selectors) == f"{URL}#:~:text=Printed%20Words"


@given(st.text(st.sampled_from("ab-,&#%= é한"), min_size=1, max_size=20).map(lambda text: f"x{text}x"))
def test_what_a_directive_gives_a_meaning_is_escaped(words):
    """WICG, URL Fragment Text Directives: `&`, `-` and `,` must be percent-encoded in the words themselves."""
    (directive,) = directives(cite.at_the_words(URL, words, []))
    value = directive.removeprefix("text=")
    assert not set(value) & set("&-,# ")
    assert unquote(value) == words
