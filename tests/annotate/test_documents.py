"""Tests of kg/annotate/documents.py: paragraphs and offsets."""

from __future__ import annotations

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.documents import find_paragraphs, parse_articles
from kg.model import Annotation, Article

NLP = spacy.blank("fr")
WHITE = " \n\r\t\u00a0\u202f\u2009\u2028"


def parse(text: str, title: str | None = None) -> Annotation:
    """Parse one text with a pipeline that only splits words."""
    (annotation,) = parse_articles(NLP, [Article(id="a", text=text, title=title)])
    return annotation


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.sampled_from("aéB1’'.-«»(),!?" + WHITE * 2), max_size=80) | st.text())
def test_every_token_stands_in_the_text(text: str) -> None:
    """Whatever the text, each token is exactly the slice its offsets name and no token is blank."""
    annotation = parse(text)
    assert len(annotation.doc) == len(annotation.starts) == len(annotation.ends)
    for token, start, end in zip(annotation.doc, annotation.starts, annotation.ends, strict=True):
        assert text[start:end] == token.text
        assert not token.is_space
    assert "".join(token.text for token in annotation.doc) == "".join(text.split())


@settings(deadline=None)
@given(st.lists(st.text(alphabet="ab. \n", max_size=20), max_size=6))
def test_articles_keep_their_order(texts: list[str]) -> None:
    """One annotation comes out for each article, in order, empty ones included."""
    articles = [Article(id=str(i), text=text) for i, text in enumerate(texts)]
    assert [a.article for a in parse_articles(NLP, articles)] == articles


def test_paragraphs_tile_the_document() -> None:
    """The paragraphs' token ranges follow each other from the first token to the last."""
    annotation = parse("Titre\n\n12 mai 2017 . –\nUn obus est tombé.\nTrois morts.")
    assert [i for pair in annotation.paragraphs for i in range(*pair)] == list(
        range(len(annotation.doc))
    )
    assert len(annotation.paragraphs) == 4
    assert annotation.title == 0


def test_datelines_stand_apart() -> None:
    """A dateline in brackets or before an agency's name is a paragraph of its own."""
    for text, dateline in (
        ("(Sarkol) Une roquette a visé jeudi une base.", "(Sarkol)"),
        ("Sarkol (AFP) - Une roquette a visé une base.", "Sarkol (AFP) -"),
        ("SARKOL, 12 février 2020 (AFP) – Une roquette.", "SARKOL, 12 février 2020 (AFP) –"),
    ):
        assert find_paragraphs(text)[0].text == dateline
    assert len(find_paragraphs("Le Front uni (FU) a attaqué une base.")) == 1


def test_white_space_is_normalised_and_nothing_else() -> None:
    """Runs of white space of any kind become one plain space; other characters stay."""
    assert [
        p.text for p in find_paragraphs("  «\u202fl’armée\u202f»\u00a0\u2009:  20\u00a0000 ")
    ] == ["« l’armée » : 20 000"]


def test_hard_wrapped_lines_are_joined() -> None:
    """A line break inside a sentence ends no paragraph; one between sentences does."""
    assert len(find_paragraphs("L'armée a pilonné la ville de\nsarkol hier.\nElle a reculé.")) == 2


def test_title_is_known_from_the_article_or_its_form() -> None:
    """The headline is the stated title, or a first line that does not end as a sentence."""
    assert parse("Un titre.\nLe texte.", title="Un titre.").title == 0
    assert parse("Un attentat fait dix morts\n\nLe texte.").title == 0
    assert parse("Un attentat a fait dix morts.\n\nLe texte.").title is None
    assert parse("Un seul paragraphe sans point").title is None


def test_a_very_long_line_is_read_in_pieces() -> None:
    """A line longer than a parser takes is cut, and no character of it is lost."""
    pieces = find_paragraphs("mot " * 20_000 + "x" * 50_000)
    assert len(pieces) > 4
    assert sum(len(p.text.replace(" ", "")) for p in pieces) == 60_000 + 50_000
