"""Who takes part, read off whole sentences in the voices of news agencies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article, Reading
from tests.extract.tables import DAY

# "sentence | Type agent, agent > target, target; Type …"; each word must stand in a name there.
CASTINGS = Path(__file__).with_name("castings.txt")
# Ambiguous words ("raid", "opération") are read where an article is at war.
WAR = (
    "\nDes combats entre l'armée et les jihadistes ont fait dix morts. Un attentat a tué un soldat."
)


def _lines() -> list[str]:
    lines = CASTINGS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def _readings() -> dict[str, Reading]:
    extractor, annotator = Extractor("fr"), Annotator("fr")
    articles = [
        Article(id=str(n), text=line.split(" | ")[0] + WAR, date=DAY, lang="fr")
        for n, line in enumerate(_lines())
    ]
    read = map(extractor.read, annotator.annotate(articles))
    return dict(zip(_lines(), read, strict=True))


def _names(reading: Reading, size: int, kind: str, role: str) -> Iterator[str]:
    entities = {e.id: e for e in reading.entities}
    for event in reading.events:
        if event.type == kind and event.mentions[0].start < size:
            for participant in getattr(event, role):
                yield " ".join(entities[participant.entity].names)


@pytest.mark.model
@pytest.mark.parametrize("line", _lines(), ids=lambda line: line.split(" | ")[0][:60])
def test_reads_who_takes_part(line: str) -> None:
    """Every agent and every target that the line lists is found in an event of that type."""
    reading = _readings()[line]
    sentence, wanted = line.split(" | ")
    for event in wanted.split("; "):
        kind, _, rest = event.partition(" ")
        agents, _, targets = rest.partition(">")
        for role, words in (("agents", agents), ("targets", targets)):
            found = list(_names(reading, len(sentence), kind, role))
            for word in (w.strip() for w in words.split(",")):
                assert not word or any(word in name for name in found), (kind, role, word, found)
