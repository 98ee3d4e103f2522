"""Every sentence of every rule: what must be read in it, and what must not.

The sentences stand in the rule files themselves (`matches`, `rejects`), so a new rule needs no new
test. All of them are read once, as articles of one sentence.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.extract.lexicon import Example, Frame, load_lexicon
from kg.model import Article, Event, Reading

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

pytestmark = pytest.mark.model

# An ambiguous word speaks of conflict only where others do: this follows the sentence.
SETTING = "\n\nL'armée, la police et la gendarmerie étaient sur place."
ROLES = ("agent", "target", "place", "weapon")


class Case(NamedTuple):
    """A sentence of a rule, under a name that tells them apart."""

    name: str
    frame: Frame
    example: Example
    text: str


def _cases(kind: str) -> Iterator[Case]:
    for frame in load_lexicon("fr").frames:
        for number, example in enumerate(getattr(frame, kind), start=1):
            is_set = kind == "matches" and frame.strength == "weak"
            yield Case(
                name=f"{frame.id}-{kind}-{number}",
                frame=frame,
                example=example,
                text=example.text + (SETTING if is_set else ""),
            )


def _params(kind: str) -> list[ParameterSet]:
    found = []
    for case in _cases(kind):
        reason = case.example.xfail
        # not strict: the reasons lie with the parser, and a better one may read the sentence
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        found.append(pytest.param(case, id=case.name, marks=marks))
    return found


@cache
def _readings() -> Mapping[str, Reading]:
    """Read all sentences in one go: loading the pipeline takes longer than they do."""
    from kg.annotate.annotator import Annotator
    from kg.extract.extractor import Extractor

    annotator, extractor = Annotator("fr"), Extractor("fr")
    cases = [*_cases("matches"), *_cases("rejects")]
    articles = (
        Article(id=case.name, text=case.text, date=datetime.date(2024, 5, 15)) for case in cases
    )
    readings = {a.article.id: extractor.read(a) for a in annotator.annotate(articles)}
    assert len(readings) == len(cases)
    return readings


@pytest.mark.parametrize("case", _params("matches"))
def test_reads_the_event_and_its_participants(case: Case) -> None:
    """The tagged event is found under its rule's type, with the tagged participants."""
    reading = _readings()[case.name]
    event = _event_at(reading, case)
    assert event is not None, [(e.type, [m.exact for m in e.mentions]) for e in reading.events]
    for role, start, end in case.example.spans:
        if role in ROLES:
            held = list(_spans(reading, event, role))
            words = case.text[start:end]
            assert any(s < end and start < e for s, e in held), (
                f"{role} {words!r}: {[case.text[s:e] for s, e in held]}"
            )


@pytest.mark.parametrize("case", _params("rejects"))
def test_leaves_other_senses_alone(case: Case) -> None:
    """The rule reads nothing in a sentence that holds its words in another sense."""
    events = _readings()[case.name].events
    read = [(e.type, m.exact) for e in events for m in e.mentions if m.rule == case.frame.id]
    assert not read


def _event_at(reading: Reading, case: Case) -> Event | None:
    tagged = [(s, e) for role, s, e in case.example.spans if role == "event"]
    for event in reading.events:
        same_kind = event.type == case.frame.event or case.frame.toll is not None
        spans = [(m.start, m.end) for m in event.mentions]
        if same_kind and any(s < e2 and s2 < e for s, e in tagged for s2, e2 in spans):
            return event
    return None


def _spans(reading: Reading, event: Event, role: str) -> Iterator[tuple[int, int]]:
    """Give where the entities in a role are spoken of."""
    if role == "weapon":
        yield from ((w.evidence.start, w.evidence.end) for w in event.weapons)
        return
    held = {
        "agent": [p.entity for p in event.agents],
        "target": [p.entity for p in event.targets],
        "place": list(event.places),
    }[role]
    for entity in reading.entities:
        if entity.id in held:
            yield from ((m.start, m.end) for m in entity.mentions)
