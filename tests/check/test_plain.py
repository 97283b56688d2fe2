"""A check in the terminal."""

import json

import pytest


@pytest.fixture
def flask(app, seeded):
    return lambda *arguments: app.test_cli_runner().invoke(args=["check", *arguments])


def test_the_difference_is_marked_word_by_word(flask):
    found = flask("The gift never serves as a clear demonstration of the special relations", "--speaker", "Kim Yo-jong")
    assert found.exit_code == 0
    assert found.output.startswith("DIFFERS (words altered, speaker same)\n")
    assert "A negation was added, dropped, moved or changed." in found.output
    assert "“the gift {+never+} serves as a clear demonstration of the special relations”" in found.output
    assert "articles: 10, outlets: 10, independent origins: 2" in found.output
    assert "20 quotations in 11 articles of 11 outlets" in found.output


def test_what_is_not_on_record_is_answered_with_the_nearest(flask):
    found = flask("The gift was a clear demonstration of their very bad taste")
    assert found.output.startswith("NOT ON RECORD (words none)\n")
    assert "Nearest misses:" in found.output


def test_the_same_as_json(flask):
    assert json.loads(flask("the best gift possible", "--json").output)["verdict"] == "confirmed"


@pytest.mark.parametrize("arguments", [("…",), ("words", "--date", "yesterday")])
def test_what_is_no_claim_is_refused(flask, arguments):
    found = flask(*arguments)
    assert found.exit_code == 2
    assert "Error: " in found.output
