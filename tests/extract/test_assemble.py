"""Clusters become closed records."""

from __future__ import annotations

import dataclasses

from kg.model import Reading, Status
from tests.extract.tables import reading_of

STORY = (
    "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 la/det/6 base/obj/4/@base "
    "tuant/advcl/4 deux/nummod/9/#2 soldats/obj/7/@soldiers\n"
    "en/case/2 représailles/obl:mod/6 l'/det/4 armée/nsubj/6/@army a/aux:tense/6 bombardé/ROOT/0 le/det/8 "
    "village/obj/6/@village\n"
    "la/det/2 secte/nsubj/4/@sect a/aux:tense/4 revendiqué/ROOT/0 l'/det/6 attaque/obj/4"
)  # fmt: skip


def _used(reading: Reading) -> set[str]:
    """Collect every entity id that an event uses."""
    found: set[str] = set()
    for event in reading.events:
        found.update(event.places, event.source)
        for part in (*event.agents, *event.targets):
            found.update((part.entity, *part.by))
        for toll in event.tolls:
            found.update((*toll.source, *([toll.of] if toll.of else [])))
    return found


def test_every_id_used_is_defined() -> None:
    """Entities, events and links close over themselves, also for nouns that no list knows."""
    unknown = STORY.replace("village/obj/6/@village", "pays/obj/6")
    for reading in (reading_of(STORY), reading_of(unknown)):
        events = {e.id for e in reading.events}
        assert _used(reading) <= {e.id for e in reading.entities}
        assert {e.about for e in reading.events if e.about} <= events
        assert {end for k in reading.links for end in (k.origin, k.goal)} <= events
        assert len(events) == len(reading.events)


def test_all_evidence_quotes_the_article() -> None:
    """Every piece of evidence is the exact text at its offsets."""
    reading = reading_of(STORY)
    pieces = [
        piece
        for event in reading.events
        for piece in (
            *event.mentions,
            *(w.evidence for w in event.weapons),
            *(t.evidence for t in event.tolls),
            *(e for p in (*event.agents, *event.targets) for e in p.evidence),
        )
    ]
    assert pieces
    assert all(p.exact == reading.article.text[p.start : p.end] for p in pieces)
    assert all(p.rule for p in pieces)


def test_two_reads_are_equal() -> None:
    """The same article gives the same records, field by field and in the same order."""
    assert repr(reading_of(STORY)) == repr(reading_of(STORY))


def test_who_was_killed_on_the_way_does_not_replace_the_target() -> None:
    """ "ont attaqué la base, tuant deux soldats": the base was attacked, two were killed."""
    attack = reading_of(STORY).events[0]
    assert [p.entity for p in attack.targets] == ["base"]
    assert attack.killed is not None
    assert attack.killed.min == 2


def test_an_alleged_event_has_no_asserted_agent() -> None:
    """Who did what is hearsay did it by hearsay; whom it befell is in no doubt for that."""
    (event,) = reading_of(
        "les/det/2 rebelles/nsubj/4/@rebels auraient/aux:tense/4 attaqué/ROOT/0 la/det/6 base/obj/4/@base"
    ).events
    assert event.status is Status.ALLEGED
    assert {p.status for p in event.agents} == {Status.ALLEGED}
    assert {p.status for p in event.targets} == {Status.ASSERTED}


def test_an_asserted_event_needs_no_source() -> None:
    """A source is given only for what the article does not assert itself."""
    asserted = [e for e in reading_of(STORY).events if e.status is Status.ASSERTED]
    assert asserted
    assert all(e.source == () for e in asserted)


def test_a_mode_belongs_to_attacks_alone() -> None:
    """Attacks have a mode, "other" if nothing tells; other events have none."""
    for event in reading_of(STORY).events:
        assert (event.mode is not None) == (event.type == "Attack")


def test_one_entity_stands_once_in_a_role() -> None:
    """An event told twice has its participants once."""
    again = (
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 mené/ROOT/0 cette/det/6 attaque/obj/4"
    )
    attack = reading_of(STORY.splitlines()[0] + "\n" + again).events[0]
    assert [p.entity for p in attack.agents] == ["rebels"]


def test_sentences_cover_the_article_and_know_the_headline() -> None:
    """Every sentence has its offsets; those of the first paragraph are the title's."""
    reading = reading_of(*STORY.splitlines(), title=0)
    text = reading.article.text
    assert [s.is_title for s in reading.sentences] == [True, False, False]
    assert text[reading.sentences[0].start :].startswith("les rebelles")
    assert reading.sentences[-1].end == len(text.rstrip())


def test_records_are_frozen() -> None:
    """A reading cannot be changed by whoever gets it."""
    assert dataclasses.is_dataclass(Reading)
    event = reading_of(STORY).events[0]
    assert isinstance(event.agents, tuple)


def test_nobody_is_the_target_of_his_own_attack() -> None:
    """Rebels that die in the attack they made are not whom it was aimed at."""
    reading = reading_of(
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 la/det/6 base/obj/4/@base "
        "tuant/advcl/4 deux/nummod/9/#2 rebelles/obj/7/@rebels"
    )
    attack = next(e for e in reading.events if e.type == "Attack")
    assert "rebels" not in {p.entity for p in attack.targets}
