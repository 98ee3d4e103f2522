"""Fit the weights that decide whether two tellings are one event.

Takes articles with gold fact lines and stories with marked events, gives `kg/lang/fr/merge.yaml`.
Every unit (what syntax has put together inside a sentence) is paired with the gold clusters told
before it; a conditional logit with an L2 penalty learns which of them it tells again, or that it
is new. Cross-validation by article prints what the fitted weights give against the present ones.
Source of the idea: mention ranking with a "new" choice, Denis and Baldridge 2008.

Usage: python -m training.merging TEXT_DIR GOLD_DIR [TEXT_DIR GOLD_DIR …] [--stories DIR] [--write]
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
from collections import Counter
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

_PENALTY = 4.0
_FOLDS = 5
# Articles without a headline, as agencies send them, count for more: they are what kg reads.
_DISPATCH = 2.0
# Features seen in fewer pairs are left out: their weights would be noise.
_RARE = 25
_MARKED = re.compile(r"\{(\w+):([^}]*)\}")
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit and an earlier cluster: features, and whether gold says they are one event."""

    features: dict[str, float]
    is_same: bool
    article: int
    unit: int
    weight: float = 1.0


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


def read_story(path: Path) -> tuple[Article, list[dict[str, object]]]:
    """Read a story: the day on the first line, then a text whose events are marked `{a:tués}`.

    Gives the article without its marks and one event for each letter; its type is left open.
    """
    day, _, marked = path.read_text(encoding="utf-8").partition("\n")
    text, at = "", 0
    mentions: dict[str, list[dict[str, int]]] = {}
    marked = marked.strip()
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        start, at = len(text), found.end()
        text += found[2]
        mentions.setdefault(found[1], []).append({"start": start, "end": len(text)})
    text += marked[at:]
    events: list[dict[str, object]] = [
        {"id": letter, "type": _ANY, "mentions": spans} for letter, spans in mentions.items()
    ]
    article = Article(id=path.stem, text=text, date=datetime.date.fromisoformat(day), lang="fr")
    return article, events


def gold_id(unit: Cluster, events: Sequence[dict[str, object]], annotation: Annotation) -> object:
    """Give the gold event that a unit tells, None when it tells none."""
    votes: dict[object, int] = {}
    for draft in unit.drafts:
        start, end = annotation.starts[draft.token], annotation.ends[draft.token]
        for event in events:
            mentions = event["mentions"]
            assert isinstance(mentions, list)
            if any(m["start"] < end and start < m["end"] for m in mentions):
                if event["type"] in (draft.type, _ANY):
                    votes[event["id"]] = votes.get(event["id"], 0) + 1
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
            weight = 1.0 if annotation.title is not None else _DISPATCH
            pairs.append(Pair(features, is_same, number, n, weight))
        for m, owner in enumerate(owners):
            if mine is not None and owner == mine:
                home = m
        if home is None:
            clusters.append(Cluster(drafts=list(unit.drafts), type=unit.type))
            owners.append(mine)
        else:
            clusters[home].drafts += unit.drafts
    return pairs


def fit(pairs: Sequence[Pair]) -> dict[str, float]:
    """Fit the weights by Newton's method; the same pairs give the same weights.

    A unit chooses among the clusters before it and "new", whose score is 0.
    """
    counts = Counter(name for pair in pairs for name in pair.features)
    names = sorted(name for name, count in counts.items() if count >= _RARE)
    at = {name: i for i, name in enumerate(names)}
    x: NDArray[np.float64] = np.zeros((len(pairs), len(names)))
    groups: dict[tuple[int, int], list[int]] = {}
    for row, pair in enumerate(pairs):
        groups.setdefault((pair.article, pair.unit), []).append(row)
        for name, value in pair.features.items():
            if name in at:
                x[row, at[name]] = value
    weights = np.array([pair.weight for pair in pairs])
    same = weights * np.array([float(pair.is_same) for pair in pairs])
    w = np.zeros(len(names))
    ridge = _PENALTY * np.eye(len(names))
    ridge[at["bias"], at["bias"]] = 1e-3
    for _ in range(40):
        gradient, hessian, scores = ridge @ w - same @ x, ridge.copy(), x @ w
        for rows in groups.values():
            top = max(0.0, float(scores[rows].max()))
            p = np.exp(scores[rows] - top)
            p /= p.sum() + np.exp(-top)
            mean, weight = p @ x[rows], weights[rows[0]]
            gradient += weight * mean
            hessian += weight * ((x[rows] * p[:, None]).T @ x[rows] - np.outer(mean, mean))
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


def gather(
    folders: Sequence[Path], stories: Path | None, extractor: Extractor
) -> Iterable[list[Pair]]:
    """Give the pairs of each article of the folders, then those of each story."""
    annotator, number = Annotator("fr"), 0
    for texts, golds in zip(folders[::2], folders[1::2], strict=True):
        for annotation in annotator.annotate(read_articles(texts)):
            gold = golds / f"{annotation.article.id}.jsonl"
            if gold.exists():
                yield collect(annotation, extractor, gold_events(gold), number)
                number += 1
    told = [read_story(path) for path in sorted(stories.glob("*.txt"))] if stories else []
    annotations = annotator.annotate([article for article, _ in told])
    for annotation, (_, events) in zip(annotations, told, strict=True):
        yield collect(annotation, extractor, events, number)
        number += 1


def main() -> None:
    """Print cross-validated figures; with `--write` replace the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="TEXT_DIR GOLD_DIR, repeated")
    parser.add_argument("--stories", type=Path, help="folder of stories with marked events")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    extractor = Extractor("fr")
    found = gather(arguments.folders, arguments.stories, extractor)
    pairs = [pair for pairs in found for pair in pairs]
    print("pairs", len(pairs), "same", sum(pair.is_same for pair in pairs))
    print("present weights", _figures(choices(pairs, extractor.merge_weights)))
    total = np.zeros(3)
    for fold in range(_FOLDS):
        weights = fit([p for p in pairs if p.article % _FOLDS != fold])
        total += choices([p for p in pairs if p.article % _FOLDS == fold], weights)
    print("cross-validated", _figures((int(total[0]), int(total[1]), int(total[2]))))
    weights = fit(pairs)
    if arguments.write:
        header = (
            "# Weights of the features by which two tellings are judged one event "
            "(kg/extract/likeness.py).\n# Fitted by training/merging.py on the development "
            "articles.\n"
        )
        weights["threshold"] = extractor.merge_weights.get("threshold", 0.0)
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
