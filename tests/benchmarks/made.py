"""Makes quotations up: the same ones every time, in the shape of the import format, with the skews of real ones.

Words follow Zipf's law, a quotation has about 24 of them; speakers and outlets are skewed likewise. Articles come in
the order of their dates, over 15 years, each with one to seven quotations; one in ten has its text.
"""

import datetime
import itertools
import random
from collections.abc import Iterator
from typing import NamedTuple

WORDS = 100_000
OUTLETS = 200
AGENCIES = 20
FIRST_DAY = datetime.date(2010, 1, 1)
DAYS = 15 * 365

#: The classes of words by which searches are measured, as ranks from the commonest (0) on.
CLASSES = {
    "10 commonest": range(10),
    "rank 100–200": range(100, 200),
    "rank 1,000–3,000": range(1_000, 3_000),
    "rare": range(30_000, WORDS),
}

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprtvz" for vowel in "aou"]


class Article(NamedTuple):
    """An article with its quotations; outlets and speakers are numbers from 0, the commonest first."""

    number: int
    outlet: int
    published_on: datetime.date
    text: str | None
    quotations: list["Quotation"]


class Quotation(NamedTuple):
    """A quotation; `outlet` is None where the article's own is meant."""

    text: str
    kind: str
    speaker: int
    outlet: int | None
    said_on: str | None


def word(rank: int) -> str:
    """Spell the word of a rank, with no ending that a stemmer would cut."""
    letters = []
    rank += len(_SYLLABLES)  # two syllables at least
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        letters.append(_SYLLABLES[syllable])
    return "".join(letters)


def speakers(quotations: int) -> int:
    """Give the number of speakers of so many quotations."""
    return max(quotations // 50, 10)


def articles(quotations: int) -> Iterator[Article]:
    """Yield articles that hold so many quotations in all."""
    chance = random.Random(quotations)
    words, word_weights = [word(rank) for rank in range(WORDS)], zipf(WORDS)
    speaker_numbers, speaker_weights = range(speakers(quotations)), zipf(speakers(quotations))
    outlet_weights = zipf(OUTLETS)
    left = quotations
    for number in itertools.count():
        if not left:
            return
        held = min(left, chance.randint(1, 7))
        left -= held
        published_on = FIRST_DAY + datetime.timedelta(days=(quotations - left) * DAYS // quotations)
        said = [
            Quotation(
                _sentence(chance.choices(words, cum_weights=word_weights, k=_length(chance))),
                chance.choices(("direct", "mixed", "indirect"), (60, 25, 15))[0],
                chance.choices(speaker_numbers, cum_weights=speaker_weights)[0],
                chance.randrange(AGENCIES) if chance.random() < 0.3 else None,
                _said_on(chance, published_on),
            )
            for _ in range(held)
        ]
        text = None
        if chance.random() < 0.1:
            between = chance.choices(words, cum_weights=word_weights, k=60 * held)
            text = "\n\n".join(
                f"{_sentence(between[60 * i : 60 * (i + 1)])} “{quotation.text}”" for i, quotation in enumerate(said)
            )
        (outlet,) = chance.choices(range(OUTLETS), cum_weights=outlet_weights)
        yield Article(number, outlet, published_on, text, said)


def rows(quotations: int) -> Iterator[dict]:
    """Yield the same quotations as rows of the import format; an article's text stands in its first row."""
    for article in articles(quotations):
        named = {
            "url": url(article),
            "headline": headline(article),
            "outlet": {"name": f"Outlet {article.outlet}"},
            "published_on": str(article.published_on),
            "language": "en",
        }
        for i, quotation in enumerate(article.quotations):
            row = {
                "text": quotation.text,
                "kind": quotation.kind,
                "speaker": {"name": f"Speaker {quotation.speaker}", "kind": "person"},
                "cue": "said",
                "outlet": None if quotation.outlet is None else f"Outlet {quotation.outlet}",
                "said_on": quotation.said_on,
                "article": {**named, "text": article.text} if article.text and i == 0 else named,
            }
            yield {name: value for name, value in row.items() if value is not None}


def url(article: Article) -> str:
    """Give the address of an article."""
    return f"https://outlet-{article.outlet}.example/{article.published_on:%Y/%m/%d}/{article.number}"


def headline(article: Article) -> str:
    """Give the headline of an article."""
    return f"Article {article.number} of {article.published_on}"


def zipf(ranks: int) -> list[float]:
    """Give the cumulative weights of ranks whose weight is one over the rank."""
    return list(itertools.accumulate(1 / rank for rank in range(1, ranks + 1)))


def _length(chance: random.Random) -> int:
    return min(max(round(chance.gauss(24, 8)), 5), 60)


def _sentence(words: list[str]) -> str:
    return f"{' '.join(words).capitalize()}."


def _said_on(chance: random.Random, published_on: datetime.date) -> str | None:
    """Three in ten say when: the day or two before, one of those only the month."""
    kind = chance.random()
    if kind >= 0.3:
        return None
    day = str(published_on - datetime.timedelta(days=chance.randrange(3)))
    return day[:7] if kind < 0.1 else day
