"""Tests of kg/show/facts.py on the seed's gold lines and on lines written here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Article, EntityClass, Status
from kg.show.facts import fact_lines, format_facts, reading_from_facts

SEED = "000_8f8d5bade8e20037"
ROOT = Path(__file__).resolve().parents[2]
SCORER = ROOT.parent / "shared" / "eval" / "score.py"
TEXT = "Mardi, l'armée a bombardé Sarkol. Le général Ostrem accuse le Front du Nord."


def event(**changes: Any) -> dict[str, Any]:
    """Give a short event line of TEXT with some keys changed."""
    line = {
        "kind": "event",
        "id": "e1",
        "type": "Attack",
        "mode": "shelling",
        "mentions": [{"start": 18, "end": 25}],
        "agents": [{"names": ["armée"], "status": "asserted"}],
        "targets": [],
        "places": [["Sarkol"]],
        "date": "2021-03-02",
        "weapons": [],
        "killed": None,
        "wounded": None,
        "status": "asserted",
        "source": None,
    }
    return line | changes


def article(text: str = TEXT) -> Article:
    """Give an article of this text."""
    return Article(id="a", text=text)


@pytest.fixture(name="gold")
def gold_fixture() -> list[dict[str, Any]]:
    """Give the seed's gold lines."""
    path = ROOT / "tests" / "gold" / "seed" / f"{SEED}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(name="seed")
def seed_fixture() -> Article:
    """Give the seed article, byte for byte."""
    text = (ROOT / "seeds" / f"{SEED}.txt").read_bytes().decode()
    return Article(id=SEED, text=text)


def test_the_seed_survives_the_round_trip(seed: Article, gold: list[dict[str, Any]]) -> None:
    """Ids, order, statuses, offsets, dates and counts come back; names only grow."""
    lines = fact_lines(reading_from_facts(seed, gold))
    assert len(lines) == len(gold)
    for before, after in zip(gold, lines, strict=True):
        for key in ("kind", "id", "type", "mode", "date", "killed", "count", "status", "from"):
            assert before.get(key) == after.get(key)
        assert before["mentions"] == after["mentions"]
        for role in ("agents", "targets"):
            pairs = zip(before.get(role, []), after.get(role, []), strict=True)
            for left, right in pairs:
                assert left["status"] == right["status"]
                assert set(left["names"]) <= set(right["names"])


def test_the_second_round_trip_changes_nothing(seed: Article, gold: list[dict[str, Any]]) -> None:
    """Lines that come from a reading give the very same reading and lines again."""
    reading = reading_from_facts(seed, gold)
    lines = fact_lines(reading)
    again = reading_from_facts(seed, lines)
    assert fact_lines(again) == lines
    assert format_facts(again) == format_facts(reading)


@pytest.mark.skipif(not SCORER.is_file(), reason="needs the scorer of ../shared/eval")
def test_the_scorer_sees_no_difference(
    seed: Article, gold: list[dict[str, Any]], tmp_path: Path
) -> None:
    """The gold scored against its own round trip is perfect."""
    path = tmp_path / f"{SEED}.jsonl"
    path.write_text(format_facts(reading_from_facts(seed, gold)), encoding="utf-8")
    gold_dir = ROOT / "tests" / "gold" / "seed"
    done = subprocess.run(
        [sys.executable, str(SCORER), str(gold_dir), str(tmp_path), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {row["f1"] for row in json.loads(done.stdout).values()} == {1.0}


def test_names_that_two_lines_share_mean_one_entity() -> None:
    """A short name alone is the entity whose full name another line gives."""
    lines = [
        event(agents=[{"names": ["Ostrem"]}]),
        event(id="e2", agents=[{"names": ["Jan Ostrem", "Ostrem"]}]),
    ]
    reading = reading_from_facts(article(), lines)
    first, second = (found.agents[0].entity for found in reading.events)
    assert first == second
    assert reading.entities[0].names == ("Ostrem", "Jan Ostrem")


def test_common_nouns_do_not_merge_entities() -> None:
    """Two groups called "bases" besides their own names stay two."""
    lines = [
        event(targets=[{"names": ["bases du nord", "bases"]}]),
        event(id="e2", targets=[{"names": ["deux bases du sud", "bases"]}]),
    ]
    reading = reading_from_facts(article(), lines)
    assert reading.events[0].targets != reading.events[1].targets


def test_a_mention_may_be_a_trigger_in_its_context() -> None:
    """A trigger with words copied from the article gets the offsets of the text."""
    mention = {"trigger": "bombardé", "context": "l'armée a bombardé Sarkol"}
    reading = reading_from_facts(article(), [event(mentions=[mention])])
    evidence = reading.events[0].mentions[0]
    assert evidence.exact == TEXT[evidence.start : evidence.end] == "bombardé"


def test_an_allegation_keeps_who_makes_it() -> None:
    """The status of a participation and the one who says so become records."""
    by = {"names": ["Front du Nord"], "status": "alleged", "by": ["Ostrem"]}
    accusation = event(id="e2", type="Accusation", mode=None, agents=[{"names": ["Ostrem"]}])
    reading = reading_from_facts(article(), [event(agents=[by]), accusation])
    participant = reading.events[0].agents[0]
    assert participant.status is Status.ALLEGED
    assert participant.by == (reading.events[1].agents[0].entity,)


def test_a_post_is_no_entity() -> None:
    """`holdsPost` keeps the post as words and its holder as a person."""
    line = {
        "kind": "relation",
        "type": "holdsPost",
        "subject": ["Ostrem"],
        "object": ["général"],
        "org": None,
        "mentions": [{"start": 37, "end": 44}],
    }
    reading = reading_from_facts(article(), [line])
    assert reading.relations[0].object is None
    assert reading.relations[0].post == ("général",)
    assert [entity.cls for entity in reading.entities] == [EntityClass.PERSON]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (event(colour="red"), "line 1"),
        (event(mentions=[{"start": 5, "end": 9999}]), "does not hold"),
        (event(mentions=[{"trigger": "fui", "context": "a fui"}]), "does not hold 'fui'"),
        (event(date="2020-13-40"), "2020-13-40"),
        (event(date="mardi"), "not an EDTF date"),
        (event(about="e9"), "e9"),
        (event(agents=[{"names": []}]), "agents.0.names"),
    ],
)
def test_a_bad_line_is_named(line: dict[str, Any], message: str) -> None:
    """A line that is not of the form gives one error that says which and why."""
    with pytest.raises(ReadError, match=message):
        reading_from_facts(article(), [line])


NAMES = st.sampled_from(["Front", "Front du Nord", "armée", "Ostrem", "Jan Ostrem", "civils"])
PARTICIPANTS = st.lists(
    st.fixed_dictionaries(
        {
            "names": st.lists(NAMES, min_size=1, max_size=3, unique=True),
            "status": st.sampled_from(["asserted", "alleged", "denied"]),
        }
    ),
    max_size=3,
)


@given(st.lists(st.tuples(PARTICIPANTS, PARTICIPANTS), max_size=4))
def test_any_lines_come_back(rows: list[tuple[list[Any], list[Any]]]) -> None:
    """Whatever names lines share, parse and format are inverse after the first pass."""
    lines = [
        event(id=f"e{number}", agents=agents, targets=targets)
        for number, (agents, targets) in enumerate(rows)
    ]
    first = fact_lines(reading_from_facts(article(), lines))
    assert fact_lines(reading_from_facts(article(), first)) == first
    for before, after in zip(lines, first, strict=True):
        for left, right in zip(before["agents"], after["agents"], strict=True):
            assert set(left["names"]) <= set(right["names"])
