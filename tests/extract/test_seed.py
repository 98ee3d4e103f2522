"""The seed article, read whole, against what a human read in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.annotate.annotator import Annotator
from kg.show.evaluate import Evaluation, evaluate, load_facts
from kg.show.facts import fact_lines
from tests.extract.tables import extractor
from tests.readings import SEED, seed_article

GOLD = Path(__file__).resolve().parents[1] / "gold" / "seed"

pytestmark = pytest.mark.model


@cache
def _facts() -> list[dict[str, Any]]:
    (annotation,) = Annotator("fr").annotate([seed_article()])
    return fact_lines(extractor().read(annotation))


@cache
def _evaluation() -> Evaluation:
    return evaluate(load_facts(GOLD), {SEED: _facts()})


@pytest.mark.parametrize("figure", ["facts", "roles", "attributed"])
def test_nearly_all_of_the_seed_is_read(figure: str) -> None:
    """F1 is at least 0.95 for all facts, for participants, and for how firmly they are said."""
    found = {f.name: f for f in _evaluation().figures}
    assert found[figure].f1 >= 0.95, [
        fault for fault in _evaluation().faults if fault.kind != "facts"
    ]


def test_no_attack_is_invented() -> None:
    """There is no attack that the human did not read."""
    assert [f for f in _evaluation().faults if f.kind == "extra" and f.type == "Attack"] == []


def test_no_attack_is_missed() -> None:
    """Every attack that the human read is there."""
    assert [f for f in _evaluation().faults if f.kind == "missed" and f.type == "Attack"] == []
