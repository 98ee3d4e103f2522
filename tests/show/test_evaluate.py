"""`kg eval`'s figures, against the guidelines' own scorer and on cases worked by hand."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.errors import ReadError
from kg.show.agreement import same_entity
from kg.show.evaluate import evaluate, load_facts

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "eval"
SEED = ROOT / "tests" / "gold" / "seed"

Lines = dict[str, tuple[dict[str, Any], ...]]


def event(**slots: Any) -> dict[str, Any]:
    """Build a gold event line with the slots that a case needs."""
    line: dict[str, Any] = {
        "kind": "event",
        "id": "e1",
        "type": "Attack",
        "mode": "drone",
        "mentions": [{"start": 100, "end": 107}],
        "agents": [{"names": ["Vardanie"], "status": "asserted"}],
        "targets": [],
        "places": [["Sarkol"]],
        "date": "2020-01-03",
        "killed": {"min": 2, "max": 2},
        "wounded": None,
        "status": "asserted",
        "source": None,
    }
    return {**line, **slots}


def figures(gold: list[dict[str, Any]], system: list[dict[str, Any]]) -> dict[str, tuple[int, ...]]:
    """Give right, gold and system of every figure for one article."""
    found = evaluate({"a": gold}, {"a": system}).figures
    return {figure.name: (figure.right, figure.gold, figure.system) for figure in found}


def test_gold_against_itself_is_all_right() -> None:
    """The seed's gold scored against itself gives 1.0 everywhere and no fault."""
    gold = load_facts(SEED)
    evaluation = evaluate(gold, gold)
    assert evaluation.faults == ()
    assert all(figure.f1 == 1.0 for figure in evaluation.figures if figure.gold)


def test_a_missing_article_counts_as_all_missed() -> None:
    """An article that the system lacks lowers recall and leaves precision alone."""
    gold = {"a": (event(),), "b": (event(),)}
    facts = evaluate(gold, {"a": (event(),)}).figures[-1]
    assert (facts.precision, facts.recall) == (1.0, 0.5)


def test_an_allegation_told_as_fact_is_a_role_but_not_attributed() -> None:
    """The right agent with the wrong status counts for roles, not for attributed."""
    alleged = event(agents=[{"names": ["Vardanie"], "status": "alleged"}])
    found = figures([alleged], [event()])
    assert found["roles"] == (1, 1, 1)
    assert found["attributed"] == (0, 1, 1)


def test_events_far_apart_in_the_text_do_not_agree() -> None:
    """Two events of one type agree only when their mentions overlap once widened."""
    far = event(mentions=[{"start": 400, "end": 407}])
    assert figures([event()], [far])["events"] == (0, 1, 1)
    near = event(mentions=[{"start": 140, "end": 147}])
    assert figures([event()], [near])["events"] == (1, 1, 1)


def test_the_slots_of_an_extra_event_count_against_precision() -> None:
    """An event that gold does not have brings all its slots into the system's count."""
    found = figures([], [event()])
    assert found["roles"] == (0, 0, 1)
    assert found["places"] == found["dates"] == found["killed"] == found["mode"] == (0, 0, 1)


def test_the_best_agreeing_event_is_paired_first() -> None:
    """Of two overlapping candidates, the one with the right slots is the match."""
    wrong = event(id="s1", agents=[], date=None)
    right = event(id="s2")
    pairs = evaluate({"a": (event(),)}, {"a": (wrong, right)}).articles[0].pairs
    assert pairs == ((0, 1),)


def test_faults_name_kind_and_both_sides() -> None:
    """A wrong date is a fault of kind `date` with both dates."""
    evaluation = evaluate({"a": (event(),)}, {"a": (event(date="2020-01-04"),)})
    assert [(f.kind, f.gold, f.system) for f in evaluation.faults] == [
        ("date", "2020-01-03", "2020-01-04")
    ]


def test_short_common_words_do_not_make_an_entity() -> None:
    """A name inside another agrees only when it holds a capitalised word of four letters."""
    assert same_entity(["armée de Vardanie"], ["Vardanie"])
    assert not same_entity(["armée de Vardanie"], ["armée"])


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    """A line that is not JSON is an error with file and line."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"kind": "event", "type": "Attack"}\n{oops\n', encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.jsonl, line 2"):
        load_facts(tmp_path)


def disturbed(gold: Lines) -> Lines:
    """Make a plausible imperfect system out of gold: facts dropped, moved, retyped and reworded."""
    system: Lines = {}
    for number, (article, lines) in enumerate(gold.items()):
        kept = []
        for position, line in enumerate(lines):
            turn = (number * 7 + position) % 9
            line = json.loads(json.dumps(line))
            if turn == 0:
                continue
            if turn == 1 and line["kind"] == "event":
                line["date"], line["killed"] = "2016-05", {"min": 1, "max": None}
            if turn == 2 and line["kind"] == "event":
                line["agents"], line["targets"] = line["targets"], line["agents"]
            if turn == 3:
                line["type"] = {"event": "Clash", "relation": "leads"}.get(line["kind"], "causes")
            if turn == 4 and line["kind"] == "event":
                line["mentions"] = [
                    {"start": m["start"] + 45, "end": m["end"] + 45} for m in line["mentions"]
                ]
            kept.append(line)
            if turn == 5:
                kept.append(line)
        system[article] = tuple(kept)
    return system


def scorer() -> ModuleType:
    """Load the guidelines' scorer, or skip where it is not beside the checkout."""
    path = SHARED / "score.py"
    if not path.is_file():
        pytest.skip("the guidelines' scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("material", ["seed", "dev"])
def test_the_figures_are_those_of_the_guidelines_scorer(
    material: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On gold and an imperfect copy of it, all figures equal the scorer's to the last digit."""
    module = scorer()
    folder = SHARED / material / "gold"
    gold = load_facts(folder)
    system = disturbed({name: tuple(dict(line) for line in lines) for name, lines in gold.items()})
    for article, lines in system.items():
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        (tmp_path / f"{article}.jsonl").write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["score.py", str(folder), str(tmp_path), "--json"])
    module.main()
    expected = json.loads(capsys.readouterr().out)
    found = {each.name: each.rounded() for each in evaluate(gold, load_facts(tmp_path)).figures}
    assert found == expected
    assert 0.2 < found["facts"]["f1"] < 0.98, "the copy is neither perfect nor useless"
