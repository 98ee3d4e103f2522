"""The page that shows gold and system side by side."""

from __future__ import annotations

from typing import Any

from kg.show.comparison import comparison_page
from kg.show.evaluate import evaluate

TEXT = "Un obus a touché Sarkol & <Kalmor>. Des tirs ont suivi."


def event(words: str, identifier: str) -> dict[str, Any]:
    """Build an attack told by these words."""
    start = TEXT.index(words)
    return {
        "kind": "event",
        "id": identifier,
        "type": "Attack",
        "mode": "shelling",
        "mentions": [{"start": start, "end": start + len(words)}],
        "agents": [{"names": ["Vardane"], "status": "alleged"}],
        "places": [["Sarkol"]],
        "killed": {"min": 2, "max": None},
        "date": "2020-02-13",
        "status": "asserted",
    }


def page(gold: list[dict[str, Any]], system: list[dict[str, Any]]) -> str:
    """Give the page of one article."""
    return comparison_page(evaluate({"a": gold}, {"a": system}), {"a": TEXT})


def test_both_sides_are_marked_on_the_text() -> None:
    """What agrees, what gold has alone and what the system has alone have colours of their own."""
    html = page([event("touché", "e1")], [event("touché", "s1"), event("tirs", "s2")])
    assert html.count('class="both" title="e1 Attack (shelling)">touché<sub>e1</sub>') == 1
    assert 'class="both" title="s1 Attack (shelling)">touché' in html
    assert 'class="extra" title="s2 Attack (shelling)">tirs' in html
    missed = page([event("tirs", "e2")], [])
    assert 'class="missed" title="e2 Attack (shelling)">tirs' in missed


def test_slots_are_told_in_words() -> None:
    """Participants with their status, places, tolls and dates stand under the text."""
    html = page([event("touché", "e1")], [])
    assert "agents: Vardane (alleged) · places: Sarkol · killed: 2–… · 2020-02-13" in html


def test_the_text_is_escaped_and_an_overlap_shown_once() -> None:
    """Signs of HTML stay signs; of two overlapping mentions the first is marked."""
    html = page([event("touché Sarkol", "e1"), event("Sarkol", "e2")], [])
    assert "&amp; &lt;Kalmor&gt;" in html
    assert "touché Sarkol<sub>e1</sub>" in html and "<sub>e2</sub>" not in html


def test_an_article_without_text_shows_its_events() -> None:
    """Without the article's text the lists of events remain."""
    html = comparison_page(evaluate({"a": [event("tirs", "e1")]}, {}), {})
    assert "e1 Attack (shelling)" in html and 'class="text"' not in html
