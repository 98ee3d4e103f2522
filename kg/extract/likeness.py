"""How alike two tellings are: may they be one event, and what speaks for it.

Takes clusters of drafts, gives the features of a pair and their weighted score. What can never be
one event (dates apart, other kinds, another ordinal) has no score at all. Source of the idea:
event coreference by mention ranking; the weights are fitted by training/merging.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Constructions
from kg.extract.kinds import ARMED, SPEECH_ACTS
from kg.extract.tree import Tree
from kg.model import Annotation, EntityClass, Status, When

__all__ = ["Cluster", "Likeness"]

_CERTAIN = 9.0
_BY_DATE = 6.0


@dataclass(slots=True)
class Cluster:
    """Drafts of one event, in text order."""

    drafts: list[Draft]
    type: str
    number: int = 0

    @property
    def first(self) -> Draft:
        """Give the draft told first."""
        return self.drafts[0]

    def entities(self, role: str) -> set[str]:
        """Collect the entities in a role."""
        return {p.entity for d in self.drafts for p in getattr(d, role)}

    def whens(self) -> list[When]:
        """Collect the dates of the drafts."""
        return [t.when for d in self.drafts for t in d.times if t.when and t.kind == "DATE"]

    def dates(self) -> set[str]:
        """Collect the EDTF dates of the drafts."""
        return {t.when.edtf for d in self.drafts for t in d.times if t.when and t.kind == "DATE"}


class Likeness:
    """Compares clusters of one article; `paragraph` gives the paragraph of each token."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        cast: Cast,
        *,
        words: Constructions,
        weights: Mapping[str, float],
    ) -> None:
        self.annotation = annotation
        self.tree = tree
        self.cast = cast
        self.words = words
        self.weights = weights
        self.paragraph = {
            i: number
            for number, (first, last) in enumerate(annotation.paragraphs)
            for i in range(first, last)
        }

    def score(self, unit: Cluster, cluster: Cluster, clusters: list[Cluster]) -> float | None:
        """Rate how likely two clusters tell one event; None where they cannot."""
        if not self.compatible(unit, cluster):
            return None
        if unit.type in SPEECH_ACTS:
            return self._score_speech(unit, cluster)
        if self._same_victim(unit, cluster):
            return _CERTAIN
        if self._is_named_by_date(unit, cluster):
            return _BY_DATE
        weights = self.weights
        return sum(
            weights.get(f, 0.0) * v for f, v in self.features(unit, cluster, clusters).items()
        )

    def features(
        self, unit: Cluster, cluster: Cluster, clusters: list[Cluster]
    ) -> dict[str, float]:
        """Describe a pair of clusters for the merging weights; absent features are 0."""
        kind = self.anaphoric(unit)
        found: dict[str, float] = {"bias": 1.0, f"kind_{kind}": 1.0}
        same_family = [c for c in clusters if c.type == cluster.type]
        self._add_standing(found, unit, cluster, same_family)
        self._add_slots(found, unit, cluster)
        self._add_distance(found, unit, cluster)
        self._add_telling(found, unit, cluster)
        ours, theirs = self._countries(unit), self._countries(cluster)
        self._compare(found, "country", ours, theirs)
        if unit.whens() and cluster.whens() and not unit.dates() & cluster.dates():
            found["date_near"] = 1.0
        if {d.type for d in unit.drafts} == {"Attack"}:
            found["attack"] = 1.0
        if len(same_family) == 1:
            found["only_one"] = 1.0
        if any(self._is_other(d) for d in unit.drafts):
            found["another"] = 1.0
        return found

    def _add_standing(
        self, found: dict[str, float], unit: Cluster, cluster: Cluster, same_family: list[Cluster]
    ) -> None:
        """Add where the cluster stands: in the headline, first or last of its type."""
        kind = self.anaphoric(unit)
        if self._in_title(cluster) and self._is_lead(unit):
            found["title_lead"] = 1.0
        elif self._in_title(cluster):
            found["title"] = 1.0
        if same_family and same_family[-1] is cluster:
            found["last_of_type"] = found[f"{kind}_last"] = 1.0
        if same_family and same_family[0] is cluster:
            found["first_of_type"] = found[f"{kind}_first"] = 1.0
        found["size"] = min(len(cluster.drafts), 6) / 6

    def _add_slots(self, found: dict[str, float], unit: Cluster, cluster: Cluster) -> None:
        """Add which slots agree, differ or are new, and a clash of number."""
        self._compare(found, "date", unit.dates(), cluster.dates())
        self._compare(found, "target", unit.entities("targets"), cluster.entities("targets"))
        self._compare(found, "agent", unit.entities("agents"), cluster.entities("agents"))
        self._compare(found, "place", self._places(unit), self._places(cluster))
        self._compare(found, "lemma", self._lemmas(unit), self._lemmas(cluster))
        self._compare(found, "mode", _modes(unit), _modes(cluster))
        if {self.number(unit), self.number(cluster)} == {"sing", "plur"}:
            found["number_clash"] = 1.0

    def _add_distance(self, found: dict[str, float], unit: Cluster, cluster: Cluster) -> None:
        """Add how far apart the two are told, in sentences and paragraphs."""
        last = cluster.drafts[-1].token
        gap = self.tree.sent[unit.first.token] - self.tree.sent[last]
        found["gap"] = min(gap, 10) / 10
        if gap == 0:
            found["same_sentence"] = 1.0
        if self.paragraph.get(unit.first.token) == self.paragraph.get(last):
            found["same_paragraph"] = 1.0

    def _add_telling(self, found: dict[str, float], unit: Cluster, cluster: Cluster) -> None:
        """Add how the unit is told: as a toll, in the pluperfect, counted, with roles swapped."""
        if all(d.is_toll for d in unit.drafts):
            found["toll"] = 1.0
        if unit.type != cluster.type:
            found["other_type"] = 1.0
        if all(self._is_agentless_killing(d) for d in unit.drafts):
            found["agentless"] = 1.0
        if any(self._is_pluperfect(d) for d in unit.drafts):
            found["pluperfect"] = 1.0
        if any(d.count for d in unit.drafts):
            found["counted"] = 1.0
        if unit.first.status is not cluster.first.status:
            found["status_clash"] = 1.0
        if unit.entities("targets") & cluster.entities("agents") or (
            unit.entities("agents") & cluster.entities("targets")
        ):
            found["swapped"] = 1.0

    def compatible(self, unit: Cluster, cluster: Cluster) -> bool:
        """Tell whether two clusters may be one event at all."""
        if unit.type != cluster.type:
            toll = all(d.is_toll for d in unit.drafts) or all(d.is_toll for d in cluster.drafts)
            if not (toll and unit.type in ARMED and cluster.type in ARMED):
                return False
        if any(d.ordinal for d in unit.drafts) or any(
            d.count for d in unit.drafts if d.definiteness == "indef"
        ):
            return False
        if self._is_kidnapping(unit) != self._is_kidnapping(cluster) and None not in (
            self._is_kidnapping(unit),
            self._is_kidnapping(cluster),
        ):
            return False
        if _are_apart(unit.whens(), cluster.whens()):
            return False
        negated = {d.status is Status.NEGATED for d in unit.drafts} != {
            d.status is Status.NEGATED for d in cluster.drafts
        }
        return not negated

    def anaphoric(self, unit: Cluster) -> str:
        """Tell how a unit points back: the strongest determiner of its nouns, or "verb"."""
        order = ("dem", "def", "poss", "verb", "indef", "bare")
        kinds = [d.definiteness or "verb" for d in unit.drafts]
        if "indef" in kinds:
            return "indef"
        return min(kinds, key=order.index)

    def number(self, cluster: Cluster) -> str:
        """Tell "sing" from "plur" by the first noun, "verb" where there is none."""
        nouns = [d for d in cluster.drafts if not d.trigger.is_verb]
        if not nouns:
            return "verb"
        return "plur" if nouns[0].is_plural else "sing"

    def _is_named_by_date(self, unit: Cluster, cluster: Cluster) -> bool:
        """Tell "l'attaque de décembre" when an event of December has been told."""
        first = unit.first
        if first.trigger.is_verb or first.definiteness not in ("def", "dem"):
            return False
        whens, tree = cluster.whens(), self.tree
        mine = [t.when for t in first.times if t.when and tree.head[t.head] == first.token]
        return any(_meet(a, b) and _is_dated(a) and _is_dated(b) for a in mine for b in whens)

    def _same_victim(self, unit: Cluster, cluster: Cluster) -> bool:
        """A named person is killed once."""
        return bool(self._killed_persons(unit) & self._killed_persons(cluster))

    def _killed_persons(self, cluster: Cluster) -> set[str]:
        entities = self.cast.entities
        return {
            p.entity
            for d in cluster.drafts
            if d.trigger.frame.toll == "killed"
            for p in d.targets
            if entities[p.entity].cls is EntityClass.PERSON
            and any(w[:1].isupper() for w in entities[p.entity].names[0].split())
        }

    def _score_speech(self, unit: Cluster, cluster: Cluster) -> float:
        agents = self._overlap(unit, cluster, "agents", 1.0, -3.0)
        about = (
            [d.about for d in unit.drafts if d.about],
            [d.about for d in cluster.drafts if d.about],
        )
        score = agents + (0.8 if self._in_title(cluster) else 0.0) - 1.0
        if about[0] and about[1]:
            score += 0.3
        return score

    def _overlap(
        self, unit: Cluster, cluster: Cluster, role: str, plus: float, minus: float
    ) -> float:
        ours, theirs = unit.entities(role), cluster.entities(role)
        if not ours or not theirs:
            return 0.0
        return plus if ours & theirs else minus

    @staticmethod
    def _compare(found: dict[str, float], name: str, ours: set[str], theirs: set[str]) -> None:
        if ours and theirs:
            found[f"{name}_same" if ours & theirs else f"{name}_differs"] = 1.0
        elif ours:
            found[f"{name}_new"] = 1.0

    def _places(self, cluster: Cluster) -> set[str]:
        found = {self.cast.entity(i) for d in cluster.drafts for i in d.places}
        return {e for e in found if e}

    def _countries(self, cluster: Cluster) -> set[str]:
        found = {self.cast.entities[e].country for e in self._places(cluster)}
        return {c for c in found if c}

    def _lemmas(self, cluster: Cluster) -> set[str]:
        return {self.tree.lemma[d.token] for d in cluster.drafts}

    def _is_kidnapping(self, cluster: Cluster) -> bool | None:
        """Tell an abduction from other modes; None where the mode is open."""
        modes = {d.mode for d in cluster.drafts} - {None, "other"}
        return "kidnapping" in modes if modes else None

    def _is_pluperfect(self, draft: Draft) -> bool:
        tree = self.tree
        return draft.trigger.is_verb and any(
            tree.has(k, "Tense=Imp")
            for k in tree.kids[draft.token]
            if tree.dep[k].startswith("aux")
        )

    def _is_agentless_killing(self, draft: Draft) -> bool:
        clause = draft.trigger.clause
        return (
            draft.trigger.frame.toll is not None
            and clause is not None
            and clause.is_passive
            and not draft.agents
        )

    def _is_other(self, draft: Draft) -> bool:
        """Tell "une autre attaque", "une nouvelle frappe"."""
        return any(
            self.tree.lemma[k] in self.words["other_words"] for k in self.tree.kids[draft.token]
        )

    def _in_title(self, cluster: Cluster) -> bool:
        title = self.annotation.title
        return title is not None and self.paragraph.get(cluster.first.token) == title

    def _is_lead(self, unit: Cluster) -> bool:
        title = self.annotation.title
        return title is not None and self.paragraph.get(unit.first.token, 99) <= title + 2


def _modes(cluster: Cluster) -> set[str]:
    return {d.mode for d in cluster.drafts if d.mode and d.mode != "other"}


def _are_apart(ours: list[When], theirs: list[When]) -> bool:
    """Tell whether both have dates and no date of one meets a date of the other."""
    if not ours or not theirs:
        return False
    return not any(_meet(a, b) for a in ours for b in theirs)


def _meet(a: When, b: When) -> bool:
    if a.edtf == b.edtf or None in (a.earliest, a.latest, b.earliest, b.latest):
        return True
    assert a.earliest and a.latest and b.earliest and b.latest
    return a.earliest <= b.latest and b.earliest <= a.latest


def _is_dated(when: When) -> bool:
    return (
        when.earliest is not None
        and (when.latest or when.earliest).toordinal() - when.earliest.toordinal() < 40
    )
