"""The marked articles and sentences of the folders of cases give sound gold."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.counterfactual.make_cases import read_cases

TESTS = Path(__file__).parent.parent
FOLDERS = [TESTS / "counterfactual", TESTS / "dispatches", TESTS / "unread"]
# Of these only the marked form is kept; text and gold are written when they are wanted.
SENTENCES = [TESTS / "sentences", TESTS / "unread" / "sentences"]
WRITTEN = [(folder, case) for folder in FOLDERS for case in read_cases(folder)]
CASES = [*(case for _, case in WRITTEN), *(c for f in SENTENCES for c in read_cases(f))]
IDS = [case[0] for case in CASES]
EVENTS = set(
    "Attack Clash Offensive Seizure Arrest Release Trial Protest Coup Deployment Withdrawal Vote "
    "Election Appointment Resignation Agreement Meeting Sanction Aid Accusation "
    "ClaimOfResponsibility Denial Threat Demand Condemnation Promise".split()
)
RELATIONS = set(
    "memberOf leads partOf supportedBy holdsPost deputyOf affiliatedWith rivalOf locatedIn "
    "stationedAt".split()
)
LINKS = {"inRetaliationFor", "causes", "partOfEvent"}
STATUS = {"asserted", "alleged", "denied", "negated", "planned"}
EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?~?(/(\d{4}(-\d\d(-\d\d)?)?~?|\.\.))?")
_STATES = {"russe": "russ", "americain": "etat"}

Case = tuple[str, str, str, list[dict[str, Any]]]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@pytest.mark.parametrize(("folder", "case"), WRITTEN, ids=[case[0] for _, case in WRITTEN])
def test_written_files_are_up_to_date(folder: Path, case: Case) -> None:
    """Text, date and gold on disk are those that the marked article gives."""
    ident, date, text, facts = case
    assert (folder / "text" / f"{ident}.txt").read_text(encoding="utf-8") == text
    assert (folder / "text" / f"{ident}.date").read_text(encoding="utf-8") == date + "\n"
    lines = (folder / "gold" / f"{ident}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == facts


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_gold_uses_the_words_of_the_guidelines(case: Case) -> None:
    """Types, statuses and dates are known ones, and every id that is used is defined."""
    events = {fact["id"] for fact in case[3] if fact["kind"] == "event"}
    for fact in case[3]:
        known = {"event": EVENTS, "relation": RELATIONS, "link": LINKS}[fact["kind"]]
        assert fact["type"] in known
        assert fact["status"] in STATUS
        assert {fact[key] for key in ("about", "from", "to") if key in fact} <= events
        assert fact.get("date") is None or EDTF.fullmatch(fact["date"])
        assert fact["type"] != "Attack" or fact["mode"]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_participant_is_in_the_text(case: Case) -> None:
    """Each participant has a name of which a word, or its stem, stands in the text.

    A state may stand there as an adjective only ("turc" for Turquie, "prorusses" for Russie,
    "américain" for États-Unis).
    """
    words = {word[:4] for word in re.findall(r"\w+", _fold(case[2]))}
    words |= {state for adjective, state in _STATES.items() if adjective in _fold(case[2])}
    for fact in case[3]:
        ends = [fact.get("subject"), fact.get("object")]
        named = [p["names"] for role in ("agents", "targets") for p in fact.get(role, [])]
        for names in [*named, *fact.get("places", []), *(end for end in ends if end)]:
            stems = {word[:4] for name in names for word in re.findall(r"\w+", _fold(name))}
            assert stems & words, names
