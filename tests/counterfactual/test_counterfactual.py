"""The seed with other names, and the seed in other words, give the same graph but for these."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article
from kg.show.evaluate import evaluate
from kg.show.facts import fact_lines
from tests.counterfactual.make_cases import read_cases

CASES = {case[0]: case for case in read_cases(Path(__file__).parent)}
# What the issue asks: facts F1 on each variant.
FLOOR = 0.85

pytestmark = pytest.mark.model


@cache
def _read() -> dict[str, list[dict[str, Any]]]:
    articles = [
        Article(id=ident, text=text, date=datetime.date.fromisoformat(date), lang="fr")
        for ident, date, text, _ in CASES.values()
    ]
    extractor = Extractor("fr")
    return {
        annotation.article.id: fact_lines(extractor.read(annotation))
        for annotation in Annotator("fr").annotate(articles)
    }


@pytest.mark.parametrize("ident", list(CASES))
def test_facts_hold_without_known_names_and_words(ident: str) -> None:
    """Facts F1 is at least 0.85 on a variant of the seed that no rule was written for."""
    figures = {
        figure.name: figure
        for figure in evaluate({ident: CASES[ident][3]}, {ident: _read()[ident]}).figures
    }
    assert figures["facts"].f1 >= FLOOR


@pytest.mark.parametrize("ident", list(CASES))
def test_the_accused_are_never_asserted(ident: str) -> None:
    """Whoever is only accused of the earlier attack is nowhere its asserted agent."""
    gold = [fact for fact in CASES[ident][3] if fact["kind"] == "event"]
    accused = {
        name
        for event in gold
        for part in event["agents"]
        if part["status"] == "alleged"
        for name in part["names"]
    }
    asserted = {
        name
        for event in _read()[ident]
        if event["kind"] == "event" and event["type"] == "Attack"
        for part in event["agents"]
        if part["status"] == "asserted"
        for name in part["names"]
    }
    assert not accused & asserted
