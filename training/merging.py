"""Fit the weights that decide whether two tellings are one event.

Takes articles with gold fact lines, gives `kg/lang/fr/merge.yaml`. Every unit (what syntax has put
together inside a sentence) is paired with the gold clusters told before it; a logistic regression
with an L2 penalty learns which pair is one event. Cross-validation by article prints what the
fitted weights give against the present ones.

Usage: python -m training.merging TEXT_DIR GOLD_DIR [TEXT_DIR GOLD_DIR …] [--write]
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.extract.merge import Cluster
from kg.model import Annotation, Article
from kg.resources import language_file

__all__ = ["main"]

_PENALTY = 2.0
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit and an earlier cluster: features, and whether gold says they are one event."""

    features: dict[str, float]
    is_same: bool
    article: int
    unit: int


def read_articles(texts: Path) -> list[Article]:
    """Read a folder of `.txt` articles with `.date` files beside them."""
    articles = []
    for path in sorted(texts.glob("*.txt")):
        stamp = path.with_suffix(".date")
        day = datetime.date.fromisoformat(stamp.read_text().strip()) if stamp.exists() else None
        articles.append(
            Article(id=path.stem, text=path.read_text(encoding="utf-8"), date=day, lang="fr")
        )
    return articles


def gold_events(path: Path) -> list[dict[str, object]]:
    """Read the events of a gold file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    facts = [json.loads(line) for line in lines if line.strip()]
    return [fact for fact in facts if fact["kind"] == "event"]


def gold_id(unit: Cluster, events: Sequence[dict[str, object]], annotation: Annotation) -> object:
    """Give the gold event that a unit tells, None when it tells none."""
    votes: dict[object, int] = {}
    for draft in unit.drafts:
        start, end = annotation.starts[draft.token], annotation.ends[draft.token]
        for event in events:
            mentions = event["mentions"]
            assert isinstance(mentions, list)
            if any(m["start"] < end and start < m["end"] for m in mentions):
                fits = 2 if event["type"] == draft.type else 0
                if fits:
                    votes[event["id"]] = votes.get(event["id"], 0) + fits
    return max(votes, key=lambda k: votes[k]) if votes else None


def collect(
    annotation: Annotation, extractor: Extractor, events: Sequence[dict[str, object]], number: int
) -> list[Pair]:
    """Pair each unit with the gold clusters before it."""
    merger, units = extractor.units(annotation)
    pairs: list[Pair] = []
    clusters: list[Cluster] = []
    owners: list[object] = []
    for n, unit in enumerate(units):
        mine = gold_id(unit, events, annotation)
        home = None
        for m, cluster in enumerate(clusters):
            if not merger.compatible(unit, cluster) or merger.is_speech(unit):
                continue
            if mine is None:  # a telling that gold does not list teaches nothing
                continue
            is_same = owners[m] == mine
            features = merger.features(unit, cluster, clusters)
            pairs.append(Pair(features, is_same, number, n))
        for m, owner in enumerate(owners):
            if mine is not None and owner == mine:
                home = m
        if home is None:
            clusters.append(Cluster(drafts=list(unit.drafts), type=unit.type))
            owners.append(mine)
        else:
            clusters[home].drafts += unit.drafts
    return pairs


def fit(pairs: Iterable[Pair]) -> dict[str, float]:
    """Fit the weights by Newton's method; the same pairs give the same weights."""
    pairs = list(pairs)
    names = sorted({name for pair in pairs for name in pair.features})
    at = {name: i for i, name in enumerate(names)}
    x: NDArray[np.float64] = np.zeros((len(pairs), len(names)))
    y = np.array([float(pair.is_same) for pair in pairs])
    for row, pair in enumerate(pairs):
        for name, value in pair.features.items():
            x[row, at[name]] = value
    w = np.zeros(len(names))
    ridge = _PENALTY * np.eye(len(names))
    ridge[at["bias"], at["bias"]] = 1e-3
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + ridge @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return {name: round(float(w[at[name]]), 3) for name in names}


def choices(pairs: Sequence[Pair], weights: dict[str, float]) -> tuple[int, int, int]:
    """Count right joins, joins made and joins in gold when each unit takes its best pair."""
    right = made = wanted = 0
    by_unit: dict[tuple[int, int], list[Pair]] = {}
    for pair in pairs:
        by_unit.setdefault((pair.article, pair.unit), []).append(pair)
    for group in by_unit.values():
        scored = [
            (sum(weights.get(f, 0.0) * v for f, v in pair.features.items()), pair) for pair in group
        ]
        best = max(scored, key=lambda row: row[0])
        wanted += any(pair.is_same for pair in group)
        if best[0] > 0:
            made += 1
            right += best[1].is_same
    return right, made, wanted


def main() -> None:
    """Print cross-validated figures; with `--write` replace the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="TEXT_DIR GOLD_DIR, repeated")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    extractor = Extractor("fr")
    pairs: list[Pair] = []
    annotator = Annotator("fr")
    number = 0
    for texts, golds in zip(arguments.folders[::2], arguments.folders[1::2], strict=True):
        for annotation in annotator.annotate(read_articles(texts)):
            gold = golds / f"{annotation.article.id}.jsonl"
            if gold.exists():
                pairs += collect(annotation, extractor, gold_events(gold), number)
                number += 1
    print("pairs", len(pairs), "same", sum(pair.is_same for pair in pairs))
    print("present weights", _figures(choices(pairs, extractor.merge_weights)))
    total = np.zeros(3)
    for fold in range(_FOLDS):
        weights = fit(p for p in pairs if p.article % _FOLDS != fold)
        total += choices([p for p in pairs if p.article % _FOLDS == fold], weights)
    print("cross-validated", _figures((int(total[0]), int(total[1]), int(total[2]))))
    weights = fit(pairs)
    if arguments.write:
        header = (
            "# Weights of the features by which two tellings are judged one event "
            "(kg/extract/merge.py).\n# Fitted by training/merging.py on the development articles.\n"
        )
        body = "".join(f"{name}: {value}\n" for name, value in sorted(weights.items()))
        language_file("fr", "merge.yaml").write_text(header + body, encoding="utf-8")
    else:
        for name, value in sorted(weights.items(), key=lambda row: -abs(row[1])):
            print(f"{name:20} {value:7.3f}")


def _figures(counts: tuple[int, int, int]) -> str:
    right, made, wanted = counts
    precision, recall = right / max(made, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} (joins {made}, gold {wanted})"


if __name__ == "__main__":
    main()
