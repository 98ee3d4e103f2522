"""What merging learns from."""

from __future__ import annotations

from pathlib import Path

from training.merging import Pair, choices, fit, read_story


def test_a_story_loses_its_marks(tmp_path: Path) -> None:
    """Marked words become mentions at their place in the plain text."""
    path = tmp_path / "story.txt"
    path.write_text("2024-05-14\n\nDix civils ont été {a:tués} lors d'une {a:attaque}. {b:Raid}.")
    article, events = read_story(path)
    assert article.text == "Dix civils ont été tués lors d'une attaque. Raid."
    spans = [m for event in events for m in event["mentions"]]  # type: ignore[attr-defined]
    assert [article.text[m["start"] : m["end"]] for m in spans] == ["tués", "attaque", "Raid"]
    assert [event["id"] for event in events] == ["a", "b"]


def test_the_choice_is_learned() -> None:
    """A unit whose pair shares a day joins; one without stays new."""
    pairs = [
        Pair({"bias": 1.0, "day": float(n % 2), "other": float(1 - n % 2)}, n % 2 == 1, n, 0)
        for n in range(60)
    ]
    weights = fit(pairs)
    assert weights["day"] > weights["other"]
    assert choices(pairs, weights) == (30, 30, 30)
