"""Pages of other fields of life: they borrow the words of war and hold no event of war."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from kg.extract.fields import Setting, find_setting
from kg.extract.lexicon import load_lexicon
from kg.extract.tree import Tree
from kg.model import Article, Reading

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
WAR = """Attack Clash Offensive Seizure Coup Arrest Release Trial Protest Deployment
Withdrawal""".split()

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Read all pages with the pipeline, loaded once."""
    from kg.annotate.annotator import Annotator
    from kg.extract.extractor import Extractor

    articles = [
        Article(id=page.stem, text=page.read_text("utf-8"), date=datetime.date(2024, 5, 15))
        for page in PAGES
    ]
    extractor = Extractor("fr")
    return {a.article.id: extractor.read(a) for a in Annotator("fr").annotate(articles)}


@pytest.mark.parametrize("page", [page.stem for page in PAGES])
def test_no_event_of_war(readings: dict[str, Reading], page: str) -> None:
    """Football, the stock market, cooking, health, accidents and novels give no armed event."""
    events = readings[page].events
    read = Counter((e.type, m.exact) for e in events for m in e.mentions if e.type in WAR)
    assert not read


def test_a_novel_gives_no_event_at_all(readings: dict[str, Reading]) -> None:
    """What a novel tells in the simple past is no news."""
    assert readings["roman"].events == ()


def test_the_same_words_in_a_dispatch_are_conflict() -> None:
    """A dispatch about a bombing in a stadium is about conflict in spite of the match."""
    import spacy

    from kg.extract.grammar import Constructions
    from kg.resources import language_file

    text = (
        "Un kamikaze s'est fait exploser dans un stade pendant un match de football, tuant huit "
        "joueurs et deux policiers, a annoncé l'armée, qui accuse les jihadistes."
    )
    nlp = spacy.load(language_file("fr", "model"))
    tree = Tree.of(nlp(text), Constructions("fr").contractions)
    assert find_setting(tree, load_lexicon("fr").fields) is Setting.CONFLICT
