"""JSON arrays as a stream, and JSON read strictly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import errors
from attribution.transfer.array import elements, loaded

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('a"\\:{}[],', max_size=3), inner, max_size=4),
    max_leaves=12,
)


def pieces(raw: bytes, size: int):
    return (raw[at : at + size] for at in range(0, len(raw), size))


@given(st.lists(values, max_size=6), st.integers(1, 40), st.sampled_from([None, 1]), st.booleans())
def test_elements_are_those_of_the_array_however_it_is_cut(array, size, indent, ensure_ascii):
    raw = json.dumps(array, indent=indent, ensure_ascii=ensure_ascii).encode() + b"\n"
    found = list(elements(pieces(raw, size), 10_000))
    assert [place for place, _ in found] == list(range(1, len(array) + 1))
    assert [json.loads(element) for _, element in found] == array
    assert all(element in raw for _, element in found)


@given(values)
def test_loaded_gives_what_json_gives(value):
    assert loaded(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.lists(st.sampled_from(["a", "b", ":", 'c":']), max_size=4), st.text(" \t\r\n", max_size=2), st.booleans())
def test_a_key_that_comes_twice_is_told_however_it_is_spaced(names, space, is_nested):
    raw = "{" + ",".join(f"{json.dumps(name)}{space}:1" for name in names) + "}"
    raw = f'{{"outer":[{raw}]}}' if is_nested else raw
    if len(set(names)) == len(names):
        assert loaded(raw.encode()) == json.loads(raw)
    else:
        with pytest.raises(ValueError, match="comes twice"):
            loaded(raw.encode())


def test_a_broken_element_costs_only_itself():
    found = list(elements(iter([b'[{"a":1}, {"b":}, {"c":3]  , 4, ]']), 100))
    assert found == [(1, b'{"a":1}'), (2, b'{"b":}'), (3, b'{"c":3]'), (4, b"4"), (5, b"")]


def test_a_long_element_is_passed_over():
    found = list(elements(pieces(b'[1, "' + b"x" * 5_000 + b'", [' + b"[" * 900 + b"]" * 900 + b"], 2]", 64), 1_000))
    assert [element for _, element in found] == [b"1", None, None, b"2"]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'{"text": "x"}', "not a JSON array"),
        (b"[1, 2", "not closed"),
        (b'["a, 2]', "not closed"),
        (b"", "not closed"),
        (b"[1] [2]", "after the end"),
    ],
)
def test_what_is_no_array_is_told(raw, says):
    with pytest.raises(errors.Unreadable, match=says):
        list(elements(pieces(raw, 2), 100))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'{"a": 1, "a": 1}', "'a' comes twice"),
        (b'{"x": "a\\":", "b" : {"c" :1, "c": 2}}', "'c' comes twice"),
        (b'{"a": "\\ud800"}', "Not JSON"),
        (b'{"a": NaN}', "Not JSON"),
        (b'{"a": 1', "Not JSON"),
        (b'{"a": "caf\xe9"}', "Byte 11 of the row, 0xE9, is not UTF-8"),
        (b"[" * 1_000_000, "Not JSON"),
        (b"[" * 900 + b'{"a":1,"a":1}' + b"]" * 900, "twice|nested too deeply"),
    ],
)
def test_what_is_not_sound_json_is_told(raw, says):
    with pytest.raises(ValueError, match=says):
        loaded(raw)
