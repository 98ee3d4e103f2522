"""The dispatches and the short articles with gold do not fall below what was reached on them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article
from kg.show.evaluate import evaluate
from kg.show.facts import fact_lines
from tests.counterfactual.make_cases import read_cases

TESTS = Path(__file__).parent.parent
# Two points below the figures of the README, so that a rule may cost one article a little.
FLOORS = {
    "dispatches": {"events": 0.83, "facts": 0.70},
    "sentences": {"events": 0.87, "facts": 0.77},
}

pytestmark = pytest.mark.model


@pytest.mark.parametrize("folder", list(FLOORS))
def test_facts_do_not_fall(folder: str) -> None:
    """Events and facts F1 stay above the floor of each set used in development."""
    cases = {ident: (date, text, facts) for ident, date, text, facts in read_cases(TESTS / folder)}
    articles = [
        Article(id=ident, text=text, date=datetime.date.fromisoformat(date), lang="fr")
        for ident, (date, text, _) in cases.items()
    ]
    extractor = Extractor("fr")
    read = {
        annotation.article.id: fact_lines(extractor.read(annotation))
        for annotation in Annotator("fr").annotate(articles)
    }
    gold = {ident: facts for ident, (_, _, facts) in cases.items()}
    figures = {figure.name: figure.f1 for figure in evaluate(gold, read).figures}
    for name, floor in FLOORS[folder].items():
        assert figures[name] >= floor, f"{folder}: {name} {figures[name]:.3f}"
