"""What is asked, as a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import query
from attribution.query import And, Not, Or, Phrase, Word


def word(*forms):
    return Word(frozenset(forms))


A, B = word(":a", "en:a"), word(":b", "en:b")


@pytest.mark.parametrize(
    ("asked", "tree"),
    [
        ("condemned", word(":condemned", "en:condemn")),
        ('"condemned"', Phrase(("condemned",))),
        ('"To be, or not to be"', Phrase(("to", "be", "or", "not", "to", "be"))),
        ("“a b”", Phrase(("a", "b"))),
        ("a b", And((A, B))),
        ("a a", A),
        ("a OR b", Or((A, B))),
        ("a or", And((A, word(":or", "en:or")))),
        ("a OR", And((A, word(":or", "en:or")))),
        ("OR a", And((word(":or", "en:or"), A))),
        ("a OR -b", Or((A, Not(B)))),
        ("-b", Not(B)),
        ('-"a b"', Not(Phrase(("a", "b")))),
        ("a- b", And((A, B))),
        ("spea*", Phrase(("spea",), is_open=True)),
        ("yo-jong", Or((Phrase(("yo", "jong")), Phrase(("yojong",))))),
        ("don’t", Or((Phrase(("don", "t")), Phrase(("dont",))))),
        ("U.S.", Phrase(("u", "s"))),
        ('"a … b"', And((Phrase(("a",)), Phrase(("b",))))),
        ('"a b', And((A, B))),
        ("김여정", Phrase(("김여", "여정"))),
        ("김", Phrase(("김",), is_open=True)),
        ("(a) & b :* ! \\ '", And((A, B))),
        ("(" * 2000, None),
        ("- * OR", word(":or", "en:or")),
    ],
)
def test_reads(asked, tree):
    assert query.parse(asked, ("en",)) == tree


@given(st.text(st.one_of(st.characters(), st.sampled_from("\"'-*() ORab김…“")), max_size=200))
def test_reads_anything(asked):
    tree = query.parse(asked, ("en", "de"))
    assert tree is None or all(leaf.forms if isinstance(leaf, Word) else leaf.words for leaf in query.leaves(tree))
