"""/articles/{id}: the text that is held, every quotation marked in its place."""

import bisect
import itertools

from flask import render_template, request

from attribution import errors, text
from attribution.models import Article, ArticleText, Quotation
from attribution.pages import address, marks
from schemas.vocabulary import Verification


def show(id: str) -> str:
    """Show an article, or (`?text=` its SHA-256) how its quotations stood in a text it had before."""
    article = Article.fetch(id)
    quotations = list(Quotation.of(article))
    texts = article.texts()
    body, former = _chosen(texts, article, request.args.get("text"))
    places = {each.number: _place(each, body, former) for each in quotations}
    numbered = sorted(quotations, key=lambda each: (not places[each.number].spans, places[each.number].spans))
    return render_template(
        "article.html",
        article=article,
        quotations=[(i, each, places[each.number]) for i, each in enumerate(numbered, 1)],
        paragraphs=_paragraphs(body, [(i, places[each.number].spans) for i, each in enumerate(numbered, 1)]),
        texts=texts,
        former=former,
        api=address.api(f"articles/{article.id}"),
    )


def _chosen(texts: list[ArticleText], article: Article, sha256: str | None) -> tuple[str | None, ArticleText | None]:
    """Give the text to show, and the former one it is, if it is one."""
    wanted = sha256 or article.text_sha256
    chosen = next((each for each in texts if each.sha256 == wanted), None)
    if sha256 and chosen is None:
        raise errors.NotFound(f"The article never had a text with the SHA-256 {sha256}.")
    return chosen.text if chosen else None, chosen if wanted != article.text_sha256 else None


def _place(quotation: Quotation, body: str | None, former: ArticleText | None) -> text.Location:
    """Say where a quotation stands: in the text held now as it is recorded, in a former one as it is found."""
    if former is not None:
        return text.locate(quotation.text, former.text)
    return text.Location(Verification(quotation.verification), marks.positions(quotation.selectors) if body else [])


def _paragraphs(body: str | None, placed: list[tuple[int, list[text.Span]]]) -> list[list[marks.Part]]:
    """Cut a text into paragraphs with the stretches that fall into each; a stretch may run over several."""
    lines = (body or "").splitlines(keepends=True)
    starts = list(itertools.accumulate(map(len, lines), initial=0))
    stretches: list[list[tuple[int, int, int]]] = [[] for _ in starts]
    for number, spans in placed:
        for start, end in spans:
            for line in range(bisect.bisect_right(starts, start) - 1, bisect.bisect_left(starts, end)):
                stretches[line].append((start - starts[line], end - starts[line], number))
    return [marks.parts(line, stretches[i]) for i, line in enumerate(lines) if line.strip()]
