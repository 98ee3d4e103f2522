"""The model card: takes measured figures, gives the Markdown that lies in the model's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

from training.corpora import COMMITS, NAME_DEV_MONTHS, NAME_TEST_MONTHS
from training.evaluate import Figures, NameFigures

__all__ = ["write_card"]

_TEMPLATE = Path(__file__).with_name("card.md")


def write_card(syntax: Figures, names: NameFigures, seconds: Mapping[str, float]) -> str:
    """Fill `card.md` with the figures; stages that were not run anew show no time."""
    labels = "\n".join(
        f"| {label} | {p:.3f} | {r:.3f} | {f:.3f} |" for label, (p, r, f) in names.by_label.items()
    )
    times = ", ".join(f"{stage} {took / 60:.0f} min" for stage, took in seconds.items())
    return Template(_TEMPLATE.read_text(encoding="utf8")).substitute(
        upos=f"{100 * syntax.upos:.1f}",
        features=f"{100 * syntax.features:.1f}",
        lemmas=f"{100 * syntax.lemmas:.1f}",
        uas=f"{100 * syntax.uas:.1f}",
        las=f"{100 * syntax.las:.1f}",
        sentences=f"{100 * syntax.sentences:.1f}",
        names=f"{100 * names.f1:.1f}",
        labels=labels,
        commits="\n".join(f"- {name} @ {commit}" for name, commit in COMMITS.items()),
        dev_months=", ".join(NAME_DEV_MONTHS),
        test_months=", ".join(NAME_TEST_MONTHS),
        times=times or "not measured in this run",
    )
