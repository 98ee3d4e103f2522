"""Dates, places, tolls and modes of whole leads, read by the shipped pipeline."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article
from kg.show.agreement import match_lines, same_names
from kg.show.facts import fact_lines

pytestmark = pytest.mark.model
CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("slot_news.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def readings() -> list[list[dict[str, Any]]]:
    """Read all leads in one pass."""
    articles = [
        Article(
            id=f"lead{n}",
            text=case["text"],
            date=datetime.date.fromisoformat(case["day"]),
            lang="fr",
        )
        for n, case in enumerate(CASES)
    ]
    extractor = Extractor("fr")
    return [fact_lines(extractor.read(a)) for a in Annotator("fr").annotate(articles)]


def _held(wanted: dict[str, Any], event: dict[str, Any] | None) -> dict[str, bool]:
    """Tell for each wanted slot whether the event has it; an event not found has none."""
    held: dict[str, bool] = {}
    for slot, value in wanted.items():
        if slot == "type":
            continue
        got = None if event is None else event.get(slot)
        if slot == "places":
            places = [[place] for place in value]
            held[slot] = len(match_lines(places, got or [], same_names)) == len(places)
        elif slot in ("killed", "wounded"):
            held[slot] = got is not None and [got["min"], got["max"]] == value
        else:
            held[slot] = got == value
    return held


@pytest.mark.parametrize("slot", ["date", "places", "killed", "wounded", "mode"])
def test_leads_give_their_slots(slot: str, readings: list[list[dict[str, Any]]]) -> None:
    """At least nine in ten dates, places, tolls and modes of the leads are read as they stand."""
    results: list[tuple[bool, str]] = []
    for case, lines in zip(CASES, readings, strict=True):
        for trigger, wanted in case["expect"].items():
            at = case["text"].index(trigger)
            found = [
                line
                for line in lines
                if line["kind"] == "event"
                and line["type"] == wanted["type"]
                and any(m["start"] < at + len(trigger) and at < m["end"] for m in line["mentions"])
            ]
            held = _held(wanted, found[0] if found else None)
            if slot in held:
                results.append((held[slot], f"{trigger}: {case['text'][:60]}"))
    missed = [where for is_held, where in results if not is_held]
    assert len(missed) <= 0.1 * len(results), missed
