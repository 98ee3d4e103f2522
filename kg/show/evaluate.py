"""How well a system's fact lines agree with gold ones: precision, recall, F1, and the faults.

Takes fact lines of gold and system by article and gives an `Evaluation`. The figures are those of
the evaluation guidelines' scorer, micro-averaged over all articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.show.agreement import (
    Line,
    align_events,
    match_lines,
    names_of,
    participants,
    same_count,
    same_date,
    same_entity,
    same_names,
)

__all__ = ["Evaluation", "Fault", "Figure", "Pairing", "evaluate", "load_facts"]

FIGURES = (
    "events", "roles", "attributed", "places", "dates", "killed", "wounded", "mode", "status",
    "relations", "links",
)  # fmt: skip
_ROLES = ("agents", "targets")
_TOLLS = ("killed", "wounded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One kind of fact: how many are right, how many gold and system have."""

    name: str
    right: int = 0
    gold: int = 0
    system: int = 0

    @property
    def precision(self) -> float:
        """The share of the system's facts that are right; 0.0 when it has none."""
        return self.right / self.system if self.system else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold facts that the system has; 0.0 when there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def rounded(self) -> dict[str, float | int]:
        """Give precision, recall and F1 to three decimals, and both totals."""
        return {
            "p": round(self.precision, 3),
            "r": round(self.recall, 3),
            "f1": round(self.f1, 3),
            "gold": self.gold,
            "system": self.system,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One disagreement: its kind ("missed", "extra", "agents", "date", …) and both sides' words."""

    article: str
    kind: str
    type: str
    gold: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """One article's lines on both sides and which events (by position) were paired."""

    article: str
    gold: tuple[Line, ...]
    system: tuple[Line, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All figures, `facts` (the pool of all but `attributed`) last, and all faults in order."""

    figures: tuple[Figure, ...]
    faults: tuple[Fault, ...]
    articles: tuple[Pairing, ...]


def load_facts(folder: Path) -> dict[str, tuple[Line, ...]]:
    """Read the fact lines of every `ID.jsonl` of a folder (or of one file), by id, sorted.

    Raises:
        ReadError: The folder is missing or a line is not a JSON object with a `kind`.
    """
    if not folder.exists():
        raise ReadError(f"{folder}: no such file or folder. Name a folder of ID.jsonl files.")
    paths = sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder]
    return {path.stem: tuple(_lines(path)) for path in paths}


def evaluate(
    gold: Mapping[str, Sequence[Line]], system: Mapping[str, Sequence[Line]]
) -> Evaluation:
    """Compare a system with gold on the gold's articles; one that it lacks counts as all missed."""
    scorer = _Scorer()
    articles = tuple(
        scorer.compare(article, gold[article], system.get(article, ())) for article in sorted(gold)
    )
    return Evaluation(figures=scorer.figures(), faults=tuple(scorer.faults), articles=articles)


def _lines(path: Path) -> Iterable[Line]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fact = json.loads(line)
        except ValueError as error:
            raise ReadError(f"{path}, line {number}: not JSON: {error}") from error
        if not isinstance(fact, dict) or "kind" not in fact or "type" not in fact:
            raise ReadError(f"{path}, line {number}: not a fact line (`kind` and `type` needed).")
        yield fact


def _of_kind(lines: Iterable[Line], kind: str) -> list[Line]:
    return [line for line in lines if line["kind"] == kind]


def _main_names(event: Line, *roles: str) -> str:
    found = [names_of(each) for role in roles for each in participants(event, role)]
    return ", ".join(names[0] for names in found if names)


def _told(count: Any) -> str:
    if not count:
        return ""
    return f"{count['min']}–{'…' if count['max'] is None else count['max']}"


class _Scorer:
    """Adds up one article after the other."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._sums = {name: [0, 0, 0] for name in FIGURES}
        self._article = ""

    def compare(self, article: str, gold: Sequence[Line], system: Sequence[Line]) -> Pairing:
        self._article = article
        wanted, found = _of_kind(gold, "event"), _of_kind(system, "event")
        pairs = align_events(wanted, found)
        self._add("events", len(pairs), len(wanted), len(found))
        for position, event in enumerate(wanted):
            self._compare_event(event, found[pairs[position]] if position in pairs else None)
        taken = set(pairs.values())
        for position, event in enumerate(found):
            if position not in taken:
                self._count_extra(event)
        self._compare_relations(_of_kind(gold, "relation"), _of_kind(system, "relation"))
        self._compare_links(gold, system, pairs)
        return Pairing(
            article=article, gold=tuple(gold), system=tuple(system), pairs=tuple(pairs.items())
        )

    def figures(self) -> tuple[Figure, ...]:
        counted = [
            Figure(name=name, right=right, gold=gold, system=system)
            for name, (right, gold, system) in self._sums.items()
        ]
        # `attributed` counts the same participants as `roles`, so the pool holds them once.
        pool = [figure for figure in counted if figure.name != "attributed"]
        facts = Figure(
            name="facts",
            right=sum(figure.right for figure in pool),
            gold=sum(figure.gold for figure in pool),
            system=sum(figure.system for figure in pool),
        )
        return (*counted, facts)

    def _add(self, name: str, right: int, gold: int, system: int) -> None:
        sums = self._sums[name]
        sums[0] += right
        sums[1] += gold
        sums[2] += system

    def _fault(self, kind: str, type_: str, gold: str = "", system: str = "") -> None:
        self.faults.append(
            Fault(article=self._article, kind=kind, type=type_, gold=gold, system=system)
        )

    def _compare_event(self, gold: Line, system: Line | None) -> None:
        if system is None:
            told = f"{_main_names(gold, *_ROLES)} {gold.get('date') or ''}".strip()
            self._fault("missed", gold["type"], gold=told)
        for role in _ROLES:
            self._compare_role(role, gold, system)
        places = gold.get("places") or []
        found_places = (system or {}).get("places") or []
        right = len(match_lines(places, found_places, same_entity))
        self._add("places", right, len(places), len(found_places))
        if system is not None and right < max(len(places), len(found_places)):
            self._fault("places", gold["type"], *(
                ", ".join(names[0] for names in side) for side in (places, found_places)
            ))  # fmt: skip
        self._compare_date(gold, system)
        for toll in _TOLLS:
            self._compare_toll(toll, gold, system)
        for slot in ("mode", "status"):
            self._compare_slot(slot, gold, system)

    def _compare_role(self, role: str, gold: Line, system: Line | None) -> None:
        wanted = participants(gold, role)
        found = participants(system, role) if system is not None else []
        pairs = match_lines(wanted, found, same_names)
        same_status = sum(
            a.get("status", "asserted") == b.get("status", "asserted") for a, b in pairs
        )
        self._add("roles", len(pairs), len(wanted), len(found))
        self._add("attributed", same_status, len(wanted), len(found))
        if system is None:
            return
        if len(pairs) < max(len(wanted), len(found)):
            self._fault(role, gold["type"], _main_names(gold, role), _main_names(system, role))
        if same_status < len(pairs):
            self._fault("attribution", gold["type"], *(
                ", ".join(f"{names_of(p)[0]} {p.get('status', 'asserted')}" for p in side)
                for side in (wanted, found)
            ))  # fmt: skip

    def _compare_date(self, gold: Line, system: Line | None) -> None:
        wanted, found = gold.get("date"), (system or {}).get("date")
        right = bool(wanted and found and same_date(wanted, found))
        self._add("dates", right, wanted is not None, found is not None)
        if system is not None and not right and wanted != found:
            self._fault("date", gold["type"], wanted or "", found or "")

    def _compare_toll(self, toll: str, gold: Line, system: Line | None) -> None:
        wanted, found = gold.get(toll), (system or {}).get(toll)
        right = bool(wanted and found and same_count(wanted, found))
        self._add(toll, right, wanted is not None, found is not None)
        if system is not None and not right and wanted != found:
            self._fault(toll, gold["type"], _told(wanted), _told(found))

    def _compare_slot(self, slot: str, gold: Line, system: Line | None) -> None:
        if slot == "mode" and gold["type"] != "Attack":
            return
        wanted = gold.get(slot)
        right = system is not None and wanted == system.get(slot)
        self._add(slot, right, 1, system is not None)
        if system is not None and not right:
            self._fault(slot, gold["type"], str(wanted), str(system.get(slot)))

    def _count_extra(self, event: Line) -> None:
        told = f"{_main_names(event, *_ROLES)} {event.get('date') or ''}".strip()
        self._fault("extra", event["type"], system=told)
        for role in _ROLES:
            number = len(participants(event, role))
            self._add("roles", 0, 0, number)
            self._add("attributed", 0, 0, number)
        self._add("places", 0, 0, len(event.get("places") or []))
        self._add("dates", 0, 0, event.get("date") is not None)
        for toll in _TOLLS:
            self._add(toll, 0, 0, event.get(toll) is not None)
        self._add("status", 0, 0, 1)
        if event["type"] == "Attack":
            self._add("mode", 0, 0, 1)

    def _compare_relations(self, gold: list[Line], system: list[Line]) -> None:
        pairs = match_lines(gold, system, _same_relation)
        self._add("relations", len(pairs), len(gold), len(system))
        right = {id(side) for pair in pairs for side in pair}
        for line in gold:
            if id(line) not in right:
                self._fault("relation missed", line["type"], gold=_relation_words(line))
        for line in system:
            if id(line) not in right:
                self._fault("relation extra", line["type"], system=_relation_words(line))

    def _compare_links(
        self, gold: Sequence[Line], system: Sequence[Line], pairs: Mapping[int, int]
    ) -> None:
        back = {found: wanted for wanted, found in pairs.items()}
        places = {line.get("id"): i for i, line in enumerate(_of_kind(gold, "event"))}
        found_places = {
            line.get("id"): back.get(i) for i, line in enumerate(_of_kind(system, "event"))
        }
        wanted = [_link_key(line, places) for line in _of_kind(gold, "link")]
        found = [_link_key(line, found_places) for line in _of_kind(system, "link")]
        matched = match_lines(wanted, found, lambda a, b: a == b and None not in b)
        self._add("links", len(matched), len(wanted), len(found))
        if len(matched) < max(len(wanted), len(found)):
            self._fault("links", "", *(
                ", ".join(f"{line['type']} {line['from']}→{line['to']}" for line in side)
                for side in (_of_kind(gold, "link"), _of_kind(system, "link"))
            ))  # fmt: skip


def _link_key(line: Line, places: Mapping[Any, int | None]) -> tuple[Any, int | None, int | None]:
    return line["type"], places.get(line["from"]), places.get(line["to"])


def _same_relation(gold: Line, system: Line) -> bool:
    return (
        gold["type"] == system["type"]
        and same_entity(gold["subject"], system["subject"])
        and same_entity(gold["object"], system["object"])
    )


def _relation_words(line: Line) -> str:
    return f"{line['subject'][0]} → {line['object'][0]}"
