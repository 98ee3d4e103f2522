"""One event once: drafts that speak of the same event become one.

Takes drafts in text order, gives clusters of drafts. Inside a sentence syntax decides (an event noun
that is an argument of an event verb, a gerund, a participle); across sentences a noun with a
definite or demonstrative determiner takes up what was told, unless date, place, victims or kind
speak against it. Source of the idea: event coreference by mention ranking, with hand-set weights.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Grammar
from kg.extract.tree import Tree
from kg.model import Annotation, Status

__all__ = ["Cluster", "Merger"]

_SAME_EVENT_PREPS = frozenset({"dans", "lors de", "par", "avec", "à la suite de", "au moyen de", "en", "après", "à", "de"})
_SPEECH = frozenset({"Accusation", "ClaimOfResponsibility", "Denial", "Threat", "Demand", "Condemnation", "Promise"})
_FAMILY = {"Attack": "armed", "Clash": "armed", "Offensive": "armed"}
_THRESHOLD = 1.0


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

    def dates(self) -> set[str]:
        """Collect the EDTF dates of the drafts."""
        return {t.when.edtf for d in self.drafts for t in d.times if t.when and t.kind == "DATE"}


class Merger:
    """Clusters the drafts of one article."""

    def __init__(self, annotation: Annotation, tree: Tree, grammar: Grammar, cast: Cast) -> None:
        self.annotation = annotation
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self._paragraph = {}
        for number, (first, last) in enumerate(annotation.paragraphs):
            for i in range(first, last):
                self._paragraph[i] = number

    def cluster(self, drafts: list[Draft]) -> list[Cluster]:
        """Group drafts that tell the same event; clusters come in order of first telling."""
        units = self._by_syntax(drafts)
        clusters: list[Cluster] = []
        for unit in units:
            home = self._home(unit, clusters)
            if home is None:
                unit.number = len(clusters)
                clusters.append(unit)
            else:
                home.drafts += unit.drafts
                if home.type == "Attack" and all(d.is_toll for d in home.drafts[: -len(unit.drafts)]):
                    home.type = unit.type
        for c in clusters:
            c.drafts.sort(key=lambda d: d.token)
        return clusters

    # -- inside a sentence

    def _by_syntax(self, drafts: list[Draft]) -> list[Cluster]:
        by_token = {d.token: d for d in drafts}
        parent = {d.token: d.token for d in drafts}

        def find(t: int) -> int:
            while parent[t] != t:
                t = parent[t]
            return t

        for draft in drafts:
            for other in self._syntactic_partners(draft, by_token):
                if self._may_join(draft, other):
                    a, b = sorted((find(draft.token), find(other.token)))
                    parent[b] = a
        groups: dict[int, list[Draft]] = {}
        for draft in drafts:
            groups.setdefault(find(draft.token), []).append(draft)
        return [Cluster(drafts=g, type=self._type_of(g)) for _, g in sorted(groups.items())]

    def _type_of(self, group: list[Draft]) -> str:
        full = [d for d in group if not d.is_toll]
        return (full or group)[0].type

    def _may_join(self, a: Draft, b: Draft) -> bool:
        if a.type in _SPEECH or b.type in _SPEECH:
            return False
        if a.type == b.type:
            return True
        return (a.is_toll and b.type in _FAMILY) or (b.is_toll and a.type in _FAMILY)

    def _syntactic_partners(self, draft: Draft, by_token: dict[int, Draft]) -> list[Draft]:
        tree = self.tree
        found = []
        clause = draft.trigger.clause
        if clause is not None:
            for function, token in clause.arguments:
                other = by_token.get(self.cast.content(token)) or by_token.get(token)
                prep = function.partition(":")[2]
                if other is not None and other is not draft and (
                    function in ("subj", "obj") or prep in _SAME_EVENT_PREPS
                ):
                    found.append(other)
            if clause.governor is not None and tree.dep[draft.token] in ("advcl", "acl", "obl", "xcomp"):
                other = by_token.get(clause.governor)
                if other is not None and self._is_manner(draft, clause.lemma):
                    found.append(other)
            head = tree.head[draft.token]
            if tree.dep[draft.token] in ("acl", "acl:relcl") and head in by_token:
                found.append(by_token[head])
            if tree.dep[draft.token] == "conj" and head in by_token and draft.is_toll:
                found.append(by_token[head])
        else:
            head = tree.head[draft.token]
            if tree.dep[draft.token] in ("nmod", "appos") and head in by_token:
                found.append(by_token[head])
            for carrier in draft.carriers:
                if carrier in by_token:
                    found.append(by_token[carrier])
        return found

    def _is_manner(self, draft: Draft, lemma: str) -> bool:
        """A gerund or participle ("tuant", "en fonçant") tells the same event further."""
        i = draft.token
        return self.tree.lower[i].endswith("ant") or draft.is_toll

    # -- across sentences

    def _home(self, unit: Cluster, clusters: list[Cluster]) -> Cluster | None:
        best, best_score = None, _THRESHOLD
        for cluster in reversed(clusters):
            score = self._score(unit, cluster)
            if score is not None and score > best_score:
                best, best_score = cluster, score
        return best

    def _score(self, unit: Cluster, cluster: Cluster) -> float | None:
        """Rate how likely two clusters tell one event; None where they cannot."""
        if not self._compatible(unit, cluster):
            return None
        if unit.type in _SPEECH:
            return self._score_speech(unit, cluster)
        score = 0.0
        kind = self._anaphoric(unit)
        score += {"dem": 2.0, "def": 1.3, "poss": 0.6, "verb": 0.4, "bare": 0.2, "indef": -0.8}[kind]
        in_title = self._in_title(cluster)
        if in_title and self._is_lead(unit):
            score += 1.5
        theirs, ours = cluster.dates(), unit.dates()
        if theirs and ours:
            if theirs & ours:
                score += 1.2
            else:
                score -= 3.0
        score += self._overlap(unit, cluster, "targets", 1.2, -0.5)
        score += self._overlap(unit, cluster, "agents", 0.8, -0.8)
        score += self._place_overlap(unit, cluster)
        if unit.type != cluster.type:
            score -= 0.5
        if {self._number(unit), self._number(cluster)} == {"sing", "plur"}:
            score -= 0.6
        gap = self.tree.sent[unit.first.token] - self.tree.sent[cluster.drafts[-1].token]
        score -= min(gap, 8) * 0.12
        if all(d.is_toll for d in unit.drafts):
            score += 0.8
        return score

    def _score_speech(self, unit: Cluster, cluster: Cluster) -> float:
        agents = self._overlap(unit, cluster, "agents", 1.0, -3.0)
        about = [d.about for d in unit.drafts if d.about], [d.about for d in cluster.drafts if d.about]
        score = agents + (0.8 if self._in_title(cluster) else 0.0)
        if about[0] and about[1]:
            score += 0.3
        return score

    def _compatible(self, unit: Cluster, cluster: Cluster) -> bool:
        if unit.type != cluster.type:
            toll = all(d.is_toll for d in unit.drafts) or all(d.is_toll for d in cluster.drafts)
            if not (toll and unit.type in _FAMILY and cluster.type in _FAMILY):
                return False
        if any(d.ordinal for d in unit.drafts) or any(d.count for d in unit.drafts if d.definiteness == "indef"):
            return False
        negated = {d.status is Status.NEGATED for d in unit.drafts} != {
            d.status is Status.NEGATED for d in cluster.drafts
        }
        return not negated

    def _anaphoric(self, unit: Cluster) -> str:
        order = ("dem", "def", "poss", "verb", "indef", "bare")
        kinds = [d.definiteness or "verb" for d in unit.drafts]
        if "indef" in kinds:
            return "indef"
        return min(kinds, key=order.index)

    def _number(self, cluster: Cluster) -> str:
        nouns = [d for d in cluster.drafts if not d.trigger.is_verb]
        if not nouns:
            return "verb"
        return "plur" if nouns[0].is_plural else "sing"

    def _in_title(self, cluster: Cluster) -> bool:
        title = self.annotation.title
        return title is not None and self._paragraph.get(cluster.first.token) == title

    def _is_lead(self, unit: Cluster) -> bool:
        title = self.annotation.title
        return title is not None and self._paragraph.get(unit.first.token, 99) <= title + 2

    def _overlap(self, unit: Cluster, cluster: Cluster, role: str, plus: float, minus: float) -> float:
        ours, theirs = unit.entities(role), cluster.entities(role)
        if not ours or not theirs:
            return 0.0
        return plus if ours & theirs else minus

    def _place_overlap(self, unit: Cluster, cluster: Cluster) -> float:
        ours = {self.cast.entity(i) for d in unit.drafts for i in d.places}
        theirs = {self.cast.entity(i) for d in cluster.drafts for i in d.places}
        if not ours or not theirs:
            return 0.0
        return 0.8 if ours & theirs else -0.6
