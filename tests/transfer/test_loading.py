"""Rows are loaded as the schema loads them, only faster."""

import copy
import tracemalloc

import marshmallow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.transfer import loading
from schemas.base import faults_of
from schemas.transfer import Row

_strings = st.sampled_from(["", " a  b ", "Kim", "2024-02", "direct", "en", "q\0", "\ud800", "https://a.example/x?y=1"])
_values = _strings | st.none() | st.integers() | st.lists(_strings, max_size=2)


def _record(*names: str, **fields):
    return st.fixed_dictionaries({}, optional=dict.fromkeys([*names, "nonsens"], _values) | fields)


_outlets = _values | _record("slug", "name", "aliases", "kind", "homepage")
_speakers = _values | _record("slug", "name", "aliases", "kind", affiliation=_record("name", "slug"))
_articles = _values | _record("url", "headline", "published_on", "authors", "text", outlet=_outlets)
_rows = _record(
    *("text", "kind", "mention", "said_on", "language", "note", "id", "standing"),
    speaker=_speakers,
    outlet=_outlets,
    article=_articles,
)


def by_schema(row):
    try:
        return Row().load(row), []
    except marshmallow.ValidationError as error:
        return None, [tuple(fault.values()) for fault in faults_of(error.messages)]


@given(_rows)
def test_a_row_is_loaded_as_by_the_schema(row):
    given = copy.deepcopy(row)
    assert loading.load(row) == by_schema(given)


def test_seed_rows_are_loaded_as_by_the_schema(seed_rows):
    for row in seed_rows:
        assert loading.load(row) == by_schema(row)


def test_what_is_told_twice_is_the_same_object(seed_rows):
    first, again = (loading.load(copy.deepcopy(seed_rows[0]))[0] for _ in range(2))
    assert first["speaker"] is again["speaker"]
    assert first["article"] is again["article"]


def test_what_is_remembered_takes_no_more_than_it_is(seed_rows):
    loading.load(seed_rows[0])
    tracemalloc.start()
    for number in range(500):
        loading.load({**seed_rows[0], "speaker": {"name": f"Speaker {number}", "kind": "person"}})
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 500 * 1_500


@pytest.mark.parametrize("row", [None, [], "text", 3, {}])
def test_what_is_no_row_is_told(row):
    told, faults = loading.load(row)
    assert told is None
    assert faults
