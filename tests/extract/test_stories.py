"""Events told many times in a story are one each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.extract.merge import Cluster
from training.merging import gold_id, read_story

STORIES = sorted(Path("tests/stories").glob("*.txt"))
# B-cubed over the marked words: of each word's cluster, how much is its event, and how much of
# its event is there.
_FLOOR = 0.80


@pytest.mark.model
def test_stories_hold_their_events_together_and_apart() -> None:
    """Over all stories, clusters are nearly those that are marked."""
    right: list[tuple[float, float]] = []
    extractor = Extractor("fr")
    told = [read_story(path) for path in STORIES]
    annotations = Annotator("fr").annotate([article for article, _ in told])
    for annotation, (_, events) in zip(annotations, told, strict=True):
        merger, units = extractor.units(annotation)
        drafts = [draft for unit in units for draft in unit.drafts]
        words = [
            (gold_id(Cluster(drafts=[draft], type=draft.type), events, annotation), number)
            for number, cluster in enumerate(merger.cluster(drafts))
            for draft in cluster.drafts
        ]
        words = [word for word in words if word[0] is not None]
        for event, number in words:
            both = words.count((event, number))
            right.append(
                (
                    both / sum(n == number for _, n in words),
                    both / sum(e == event for e, _ in words),
                )
            )
    precision, recall = (sum(column) / len(right) for column in zip(*right, strict=True))
    assert min(precision, recall) >= _FLOOR, (precision, recall)
