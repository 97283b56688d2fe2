"""The index of shingles: what stands in it is what is recorded, whatever came between."""

import pytest

from attribution import database, index, quotations
from attribution.index import shingles
from attribution.models import Quotation
from attribution.wording import keys
from attribution.wording import shingles as hashes


@pytest.fixture(autouse=True)
def connected(app, seeded):
    with database.connection():
        yield


def numbers(text):
    return set(shingles.together(hashes(keys(text)), 100))


def test_each_hash_leads_to_all_that_have_it():
    wanted = hashes(keys("demonstration of the special personal relations"))
    found = shingles.each(wanted, 100)
    texts = {quotation.number: quotation.text for quotation in Quotation.select()}
    assert set(found) == set(wanted)
    assert set(found[wanted[0]]) == {number for number, text in texts.items() if "demonstration of the" in text}
    assert all(len(numbers) == 2 for numbers in shingles.each(wanted, 2).values())


def test_a_correction_takes_the_former_words_out():
    quotation = Quotation.get(Quotation.text.startswith("Therefore, providing"))
    quotations.revise(str(quotation.id), {"text": "It is thus a breach", "reason": "A test."}, "the tests")
    assert quotation.number not in numbers("providing such item is considered")
    assert quotation.number in numbers("thus a breach")


def test_a_rebuild_finds_and_mends_what_is_missing():
    quotation = Quotation.get(Quotation.text.startswith("Therefore, providing"))
    with database.transaction():
        shingles.remove([(quotation.number, shingles.written(quotation.text))])
    assert quotation.number not in numbers("providing such item")
    faults = [fault for looked in index.differences() for fault in looked.faults]
    assert faults == [f"The quotation numbered {quotation.number} is not indexed by its shingles."]
    assert [fault for looked in index.rebuild() for fault in looked.faults] == faults
    assert numbers("providing such item") == {quotation.number}
    assert not [fault for looked in index.differences() for fault in looked.faults]


def test_what_was_never_put_in_is_not_taken_out():
    with database.transaction():
        other = shingles.written("none of its words")
        shingles.remove([(1, other), (Quotation.select().first().number, other)])
    assert numbers("providing such item")
