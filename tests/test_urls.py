"""Canonical URLs."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import urls

SEED = Path(__file__).parents[1] / "fixtures" / "2024-02-20-russian-car.ndjson"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.ORG:443/a/../b?utm_source=x&id=7&fbclid=y#top", "https://example.org/b?id=7"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/a%7Eb", "https://example.org/a~b"),
        ("https://example.org/?b=2&a=1", "https://example.org/?b=2&a=1"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
    ],
)
def test_one_address_has_one_spelling(url, canonical):
    assert urls.canonical(url) == canonical


def test_the_seed_addresses_are_canonical_as_they_are():
    for row in SEED.read_text(encoding="utf-8").splitlines():
        url = json.loads(row)["article"]["url"]
        assert urls.canonical(url) == url


def test_http_and_https_are_one_article_and_two_paths_are_two():
    assert urls.article_id("http://example.org/a") == urls.article_id("https://example.org/a")
    assert urls.article_id("https://example.org/a") != urls.article_id("https://example.org/b")


part = st.text("abcXYZ09-_.~%äé", max_size=8)


@given(st.lists(part, max_size=4), st.lists(st.tuples(part, part), max_size=4), st.booleans())
def test_what_is_canonical_stays_so(path, query, secure):
    url = f"http{'s' * secure}://Example.org/{'/'.join(path)}?{'&'.join('='.join(pair) for pair in query)}"
    canonical = urls.canonical(url)
    assert urls.canonical(canonical) == canonical


@given(st.text(max_size=40))
def test_what_is_no_address_is_refused_or_made_one(anything):
    try:
        canonical = urls.canonical(anything)
    except ValueError:
        return
    assert canonical.startswith(("http://", "https://"))


@given(st.from_regex(urls._PLAIN, fullmatch=True))
def test_what_is_taken_for_plain_is_canonical(url):
    assert urls._normal(url) == url
