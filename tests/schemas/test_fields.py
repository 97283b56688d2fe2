"""Field types of our own."""

import marshmallow
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas import fields

_ADDRESSES = st.text("htps:/a.-1?_~ é@%", max_size=20).map("https://{}".format)
_VALUES = st.one_of(
    _ADDRESSES, st.text(max_size=12), st.text("aB1 .\n\0é", max_size=12), st.just(None), st.integers(), st.just(["a"])
)


def outcome(load, value):
    try:
        return load(value)
    except marshmallow.ValidationError as error:
        return error.messages


@pytest.mark.parametrize("field", [fields.Words(max=9), fields.Name(max=9), fields.IdOrAddress(), fields.WebAddress()])
@given(value=_VALUES)
@example("a" * 10)
@example("https://a.example/b")
@example("a  b")
@example("a ")
@example("")
def test_plain_values_are_loaded_as_all_others(field, value):
    slowly = marshmallow.fields.Field.deserialize
    assert outcome(field.deserialize, value) == outcome(lambda told: slowly(field, told), value)
