"""One event once: drafts that speak of the same event become one.

Takes drafts in text order, gives clusters of drafts. Inside a sentence syntax decides (a noun
that is an argument of an event verb, a gerund, a participle); across sentences a noun with a
definite or demonstrative determiner takes up what was told, unless date, place, victims or kind
speak against it. Source of the idea: event coreference by mention ranking, with hand-set weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Grammar
from kg.extract.kinds import ARMED, SPEECH_ACTS
from kg.extract.tree import Tree
from kg.model import Annotation, EntityClass, Status, When

__all__ = ["Cluster", "Merger"]

_CERTAIN = 9.0
# How many sentences back a demonstrative reaches.
_CLOSE = 2
_BY_DATE = 6.0
# Victims belong to some deed: a toll joins the likeliest one unless much speaks against it.
_TOLL_THRESHOLD = -3.0


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


class Merger:
    """Clusters the drafts of one article."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        grammar: Grammar,
        cast: Cast,
        weights: Mapping[str, float],
    ) -> None:
        self.weights = weights
        self.threshold = weights.get("threshold", 0.0)
        self.words = grammar.words
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
        units = self.units(drafts)
        clusters: list[Cluster] = []
        for unit in units:
            home = self._home(unit, clusters)
            if home is None:
                unit.number = len(clusters)
                clusters.append(unit)
            else:
                home.drafts += unit.drafts
                if home.type == "Attack" and all(
                    d.is_toll for d in home.drafts[: -len(unit.drafts)]
                ):
                    home.type = unit.type
        for c in clusters:
            c.drafts.sort(key=lambda d: d.token)
        return clusters

    # -- inside a sentence

    def units(self, drafts: list[Draft]) -> list[Cluster]:
        """Put together what syntax shows to be one event; nothing across sentences."""
        by_token = {w: d for d in reversed(drafts) for w in d.trigger.words}
        by_token.update({d.token: d for d in drafts})
        carried = {k: d for d in reversed(drafts) for k in d.carriers}
        parent = {d.token: d.token for d in drafts}

        def find(t: int) -> int:
            while parent[t] != t:
                t = parent[t]
            return t

        for draft in drafts:
            for other in self._syntactic_partners(draft, by_token, carried):
                if self._may_join(draft, other):
                    a, b = sorted((find(draft.token), find(other.token)))
                    parent[b] = a
        for draft in drafts:
            is_loose = draft.is_toll and not self._is_answered(draft)
            near = self._deed_near(draft, drafts) if is_loose else None
            if near is not None and find(draft.token) == draft.token:
                a, b = sorted((find(draft.token), find(near.token)))
                parent[b] = a
        groups: dict[int, list[Draft]] = {}
        for draft in drafts:
            groups.setdefault(find(draft.token), []).append(draft)
        return [Cluster(drafts=g, type=self._type_of(g)) for _, g in sorted(groups.items())]

    def _deed_near(self, toll: Draft, drafts: list[Draft]) -> Draft | None:
        """Find the deed of the same sentence whose victims a toll counts."""
        sent = self.tree.sent
        deeds = [
            d
            for d in drafts
            if sent[d.token] == sent[toll.token] and not d.is_toll and d.type in ARMED
        ]
        return min(deeds, key=lambda d: (abs(d.token - toll.token), d.token), default=None)

    def _type_of(self, group: list[Draft]) -> str:
        full = [d for d in group if not d.is_toll]
        return (full or group)[0].type

    def _may_join(self, a: Draft, b: Draft) -> bool:
        if a.type in SPEECH_ACTS or b.type in SPEECH_ACTS:
            return False
        if a.type == b.type:
            return True
        return (a.is_toll and b.type in ARMED) or (b.is_toll and a.type in ARMED)

    def _syntactic_partners(
        self, draft: Draft, by_token: dict[int, Draft], carried: dict[int, Draft]
    ) -> list[Draft]:
        tree = self.tree
        found = []
        clause = draft.trigger.clause
        if clause is not None:
            for function, token in clause.arguments:
                other = by_token.get(self.cast.content(token)) or by_token.get(token)
                prep = function.partition(":")[2]
                if (
                    other is not None
                    and other is not draft
                    and (function in ("subj", "obj") or prep in self.words["same_event_preps"])
                ):
                    found.append(other)
            if clause.governor is not None and tree.dep[draft.token] in (
                "advcl",
                "acl",
                "obl",
                "xcomp",
            ):
                other = by_token.get(clause.governor) or carried.get(clause.governor)
                if other is not None and self._is_manner(draft, clause.lemma):
                    found.append(other)
            head = tree.head[draft.token]
            if tree.dep[draft.token] in ("acl", "acl:relcl"):
                # the parser may hang it from the noun next to it ("attaque au drone qui a tué")
                for _ in range(3):
                    if head in by_token or head in carried:
                        found.append(by_token.get(head) or carried[head])
                        break
                    if self.cast.is_a(head, "human") or not tree.dep[head].startswith(
                        ("nmod", "obl")
                    ):
                        break
                    head = tree.head[head]
                head = tree.head[draft.token]
            if tree.dep[draft.token] == "conj" and head in by_token and draft.is_toll:
                found.append(by_token[head])
            if tree.dep[draft.token] in ("acl", "amod") and clause.is_passive:
                # "l'attaque contre cette base touchée par …": what befell the target is that attack
                hit = {p.entity for p in draft.targets}
                found += [
                    d
                    for d in by_token.values()
                    if d is not draft
                    and hit & {p.entity for p in d.targets}
                    and tree.sent[d.token] == tree.sent[draft.token]
                    and not draft.times
                ]
        else:
            head = tree.head[draft.token]
            if tree.dep[draft.token] in ("nmod", "appos") and head in by_token:
                if not self._is_answered(draft):
                    found.append(by_token[head])
            for carrier in draft.carriers:
                if carrier in by_token:
                    found.append(by_token[carrier])
        return found

    def _is_answered(self, draft: Draft) -> bool:
        """Tell what a reprisal answers: "en riposte à l'assassinat", "venger la mort"."""
        tree, i = self.tree, draft.token
        if tree.prep(i) in ("en réponse à", "après", "depuis", "avant"):
            return True
        return tree.lemma[tree.head[i]] in self.words["answering_words"]

    def _is_manner(self, draft: Draft, lemma: str) -> bool:
        """A gerund or participle ("tuant", "en fonçant") tells the same event further."""
        i = draft.token
        return self.tree.lower[i].endswith("ant") or draft.is_toll

    # -- across sentences

    def _home(self, unit: Cluster, clusters: list[Cluster]) -> Cluster | None:
        is_toll = all(d.is_toll for d in unit.drafts)
        if is_toll and not any(self._is_answered(d) for d in unit.drafts):
            near = self._deed_just_told(unit, clusters)
            if near is not None:
                return near
        elif self._anaphoric(unit) == "dem":
            near = self._last_told(unit, clusters)
            if near is not None:
                return near
        best, best_score = None, _TOLL_THRESHOLD if is_toll else self.threshold
        for cluster in reversed(clusters):
            score = self._score(unit, cluster, clusters)
            if score is not None and score > best_score:
                best, best_score = cluster, score
        return best

    def _last_told(self, unit: Cluster, clusters: list[Cluster]) -> Cluster | None:
        """Find what "cette attaque" points back to: the deed told last, close by."""
        at, sent = unit.first.token, self.tree.sent
        reach = _CLOSE if self._number(unit) == "sing" else 1
        generic = all(self.tree.lemma[d.token] in self.words["generic_events"] for d in unit.drafts)
        told = [
            (draft.token, number)
            for number, cluster in enumerate(clusters)
            if cluster.type == unit.type or (generic and cluster.type in ARMED)
            for draft in cluster.drafts
            if draft.token < at and sent[at] - sent[draft.token] <= reach
        ]
        if not told:
            return None
        cluster = clusters[max(told)[1]]
        return cluster if generic or self.compatible(unit, cluster) else None

    def _deed_just_told(self, unit: Cluster, clusters: list[Cluster]) -> Cluster | None:
        """Find the deed told last in this paragraph: "Plus de 100 soldats ont été blessés"."""
        at = unit.first.token
        best, best_token = None, -1
        for cluster in clusters:
            if cluster.type not in ARMED or not self.compatible(unit, cluster):
                continue
            for draft in cluster.drafts:
                same = self._paragraph.get(draft.token) == self._paragraph.get(at)
                if same and best_token < draft.token < at and not draft.is_toll:
                    best, best_token = cluster, draft.token
        return best

    def _score(self, unit: Cluster, cluster: Cluster, clusters: list[Cluster]) -> float | None:
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
        tree = self.tree
        kind = self._anaphoric(unit)
        found: dict[str, float] = {"bias": 1.0, f"kind_{kind}": 1.0}
        same_family = [c for c in clusters if c.type == cluster.type]
        if self._in_title(cluster) and self._is_lead(unit):
            found["title_lead"] = 1.0
        elif self._in_title(cluster):
            found["title"] = 1.0
        if same_family and same_family[-1] is cluster:
            found["last_of_type"] = found[f"{kind}_last"] = 1.0
        if same_family and same_family[0] is cluster:
            found["first_of_type"] = found[f"{kind}_first"] = 1.0
        found["size"] = min(len(cluster.drafts), 6) / 6
        self._compare(found, "date", unit.dates(), cluster.dates())
        self._compare(found, "target", unit.entities("targets"), cluster.entities("targets"))
        self._compare(found, "agent", unit.entities("agents"), cluster.entities("agents"))
        self._compare(found, "place", self._places(unit), self._places(cluster))
        self._compare(found, "lemma", self._lemmas(unit), self._lemmas(cluster))
        self._compare(found, "mode", _modes(unit), _modes(cluster))
        numbers = {self._number(unit), self._number(cluster)}
        if numbers == {"sing", "plur"}:
            found["number_clash"] = 1.0
        gap = tree.sent[unit.first.token] - tree.sent[cluster.drafts[-1].token]
        found["gap"] = min(gap, 10) / 10
        if gap == 0:
            found["same_sentence"] = 1.0
        if self._paragraph.get(unit.first.token) == self._paragraph.get(cluster.drafts[-1].token):
            found["same_paragraph"] = 1.0
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

    def is_speech(self, unit: Cluster) -> bool:
        """Tell a speech act, which merges by its speakers."""
        return unit.type in SPEECH_ACTS

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

    def _is_kidnapping(self, cluster: Cluster) -> bool | None:
        """Tell an abduction from other modes; None where the mode is open."""
        modes = {d.mode for d in cluster.drafts} - {None, "other"}
        return "kidnapping" in modes if modes else None

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

    def _overlap(
        self, unit: Cluster, cluster: Cluster, role: str, plus: float, minus: float
    ) -> float:
        ours, theirs = unit.entities(role), cluster.entities(role)
        if not ours or not theirs:
            return 0.0
        return plus if ours & theirs else minus


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
