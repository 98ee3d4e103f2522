"""Who says what against whom, in sentences as news agencies write them."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article, Event, Reading

pytestmark = pytest.mark.model

SETTING = "\n\nDe violents combats ont fait dix morts parmi les soldats."
LINES = [
    line.split(" || ")
    for line in Path(__file__).with_name("speaking.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@cache
def _readings() -> dict[str, Reading]:
    """Read all sentences at once, each as an article with some fighting behind it."""
    extractor = Extractor()
    day = datetime.date(2023, 11, 22)
    articles = [
        Article(id=str(n), text=line[0] + SETTING, date=day, lang="fr")
        for n, line in enumerate(LINES)
    ]
    read = [extractor.read(annotation) for annotation in Annotator().annotate(articles)]
    return {line[0]: reading for line, reading in zip(LINES, read, strict=True)}


def _fits(reading: Reading, event: Event, wanted: str) -> bool:
    """Tell whether an event is of the type, with the participants, that a cell asks for."""
    kind, *slots = wanted.split()
    if event.type != kind:
        return False
    names = {e.id: " ".join(e.names) for e in reading.entities}
    for slot in slots:
        if slot[:2] not in ("A=", "T="):
            continue
        held = event.agents if slot[0] == "A" else event.targets
        found = [names[p.entity].lower() for p in held]
        asked = [choice.split("|") for choice in slot[2:].split(",") if choice]
        if len(found) != len(asked):
            return False
        if not all(any(w.lower() in n for w in choice for n in found) for choice in asked):
            return False
    return True


@pytest.mark.parametrize(("sentence", "wanted"), LINES)
def test_reads_the_speech_acts(sentence: str, wanted: str) -> None:
    """Each speech act is found with its speakers and with whom it is aimed at."""
    reading = _readings()[sentence]
    for cell in wanted.split(" ; "):
        assert any(_fits(reading, event, cell) for event in reading.events), cell
