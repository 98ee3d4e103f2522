"""Participants that the story tells elsewhere: who stands against whom in it.

Takes the clusters of an article; gives agents and targets to those that lack them. A war and a
truce are between the sides that the other events show, a town falls to whoever takes towns in the
story, an offensive is against the enemy of who leads it, and a coup is the junta's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.extract.cast import Cast
from kg.extract.draft import Part
from kg.extract.grammar import Constructions
from kg.extract.merge import Cluster
from kg.extract.tree import Tree
from kg.model import EntityClass, Status

__all__ = ["Story"]

_C = EntityClass
_ARMED = frozenset({_C.ARMED_GROUP, _C.ARMED_FORCE, _C.COALITION})
_FIGHTERS = _ARMED | {_C.STATE}
_REBELS = frozenset({_C.ARMED_GROUP, _C.COALITION})
_PEOPLE = frozenset({_C.POPULATION_GROUP, _C.PERSON})
# How much an event of a type says about who stands against whom.
_WEIGHTS = {"Attack": 3, "Offensive": 3, "Seizure": 3, "Clash": 3, "Agreement": 1, "Accusation": 1,
            "Threat": 1}  # fmt: skip
_BESIDE = 3  # what it counts to be named in the same sentence, in the same measure
_ENEMY = 3  # words alone make nobody the target of an offensive
_SIDES = {"Clash": "", "Agreement": "truce_nouns", "Meeting": "talks_nouns"}
_LEADERS = ("Seizure", "Offensive")


class Story:
    """What the events of one article say together about who fights whom."""

    def __init__(
        self, tree: Tree, cast: Cast, clusters: Sequence[Cluster], words: Constructions
    ) -> None:
        self.tree = tree
        self.cast = cast
        self.clusters = clusters
        self.words = words
        self._token: dict[str, int] = {}  # where a fighter is first told of
        self._foes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for cluster in clusters:
            self._learn(cluster)

    def complete(self) -> None:
        """Give participants to the clusters that lack them, in text order."""
        for cluster in self.clusters:
            agents, targets = cluster.entities("agents"), cluster.entities("targets")
            if self._is_between_sides(cluster):
                self._fill(cluster, "agents", self._missing(cluster, agents | targets))
            elif not agents:
                self._fill(cluster, "agents", self._doers(cluster, targets))
            if cluster.type == "Offensive" and not targets:
                self._fill(cluster, "targets", self._enemy(cluster.entities("agents")))

    # -- what the events show

    def _learn(self, cluster: Cluster) -> None:
        """Note who strikes whom, and who fights, deals or quarrels with whom."""
        weight = _WEIGHTS.get(cluster.type, 0)
        if not weight or cluster.first.status is Status.NEGATED:
            return
        struck = [p for d in cluster.drafts for p in d.targets]
        agents = self._fighters(p for d in cluster.drafts for p in d.agents)
        targets = self._fighters(struck)
        if agents and all(self.cast.entities[e].cls is _C.ARMED_GROUP for e in agents):
            targets |= self._states_of(struck)
        if cluster.type in _SIDES and len(agents | targets) == 2:
            agents = targets = agents | targets
        for one in sorted(agents):
            for other in sorted(targets):
                if one != other and not self._are_kin(one, other):
                    self._foes[one][other] += weight
                    self._foes[other][one] += weight

    def _fighters(self, parts: Iterable[Part]) -> set[str]:
        """Collect those that can be a side: forces, groups, coalitions and known states."""
        found = set()
        for part in parts:
            entity = self.cast.entities[part.entity]
            is_known = entity.key is not None or entity.cls is not _C.STATE
            if part.status is not Status.DENIED and entity.cls in _FIGHTERS and is_known:
                self._token.setdefault(entity.id, part.token)
                found.add(entity.id)
        return found

    def _states_of(self, parts: Iterable[Part]) -> set[str]:
        """Give the states whose people a group strikes: "deux touristes zoréniens"."""
        found = set()
        for part in parts:
            known = self.cast.entities[part.entity]
            state = known.country if known.cls in _PEOPLE else None
            if state is not None and state in self.cast.entities:
                self._token.setdefault(state, part.token)
                found.add(state)
        return found

    def _are_kin(self, one: str, other: str) -> bool:
        """Tell a state from its own army."""
        left, right = self.cast.entities[one], self.cast.entities[other]
        if {left.cls, right.cls} & {_C.ARMED_GROUP, _C.COALITION}:
            return False
        return left.country is not None and left.country == right.country

    # -- what they lend

    def _missing(self, cluster: Cluster, known: set[str]) -> list[str]:
        """Give the sides that an event between them leaves out."""
        inside = [e for e in sorted(known) if e in self._foes]
        inside = [e for e in inside if max(self._foes[e].values()) >= _ENEMY] or inside
        others = [self.cast.entities[e] for e in sorted(known) if e not in inside]
        are_brokers = cluster.type == "Agreement" and all(o.cls not in _ARMED for o in others)
        if len(inside) == 1 and (are_brokers or not others):
            return self._enemy(inside)
        if inside or (known and not are_brokers):
            return []
        # "le conflit a fait 300.000 morts": a war summed up need not be that of the story
        is_summed = cluster.type == "Clash" and any(d.tolls for d in cluster.drafts)
        is_loose = not known and not is_summed
        sides = self._sides(cluster, needs_beside=not is_loose)
        rebels = [e for e in sides if self.cast.entities[e].cls in _REBELS]
        return rebels if rebels and self._holds(cluster, "revolt_nouns") else sides

    def _sides(self, cluster: Cluster, *, needs_beside: bool) -> list[str]:
        """Give the pair that fights most in the story, those named beside before the others."""
        near = self._named_beside(cluster)
        best: tuple[int, int] = (0, 0)
        sides: list[str] = []
        for one, others in self._foes.items():
            for other, count in others.items():
                beside = len({one, other} & near)
                if (needs_beside and not beside) or (cluster.type == "Meeting" and beside < 2):
                    continue
                spoken = sum(len(self.cast.entities[e].mentions) for e in (one, other))
                rank = (count + _BESIDE * beside, spoken)
                if rank > best:
                    best, sides = rank, [one, other]
        return sides

    def _named_beside(self, cluster: Cluster) -> set[str]:
        sentences = {self.tree.sent[d.token] for d in cluster.drafts}
        return {m.entity for m in self.cast.heads() if self.tree.sent[m.head] in sentences}

    def _enemy(self, agents: Iterable[str]) -> list[str]:
        """Give whom somebody fights most."""
        found: Counter[str] = Counter()
        for agent in sorted(agents):
            found.update({e: n for e, n in self._foes.get(agent, {}).items() if n >= _ENEMY})
        return [e for e, _ in found.most_common(1)]

    def _doers(self, cluster: Cluster, targets: set[str]) -> list[str]:
        """Give who does what nobody is said to do."""
        if cluster.type == "Coup":
            return [] if cluster.first.is_plural else self._plotters(targets)
        if cluster.type == "Seizure" and self._is_open(cluster, targets):
            return self._leader(cluster, targets)
        if cluster.type == "Offensive" and not cluster.first.trigger.is_verb:
            return self._leader(cluster, targets)
        return []

    def _leader(self, cluster: Cluster, targets: set[str]) -> list[str]:
        """Give who takes towns or leads offensives nearest to a cluster, rather before it."""
        here = cluster.first.token
        nearest: tuple[int, list[str]] | None = None
        for other in self.clusters:
            if other.type not in _LEADERS or other is cluster:
                continue
            agents = self._fighters(p for d in other.drafts for p in d.agents) - targets
            there = other.first.token
            distance = here - there if there < here else 2 * (there - here)
            if agents and (nearest is None or distance < nearest[0]):
                nearest = (distance, sorted(agents))
        return nearest[1] if nearest else []

    def _plotters(self, targets: set[str]) -> list[str]:
        """Give who is said to have toppled the same, else the junta that the article speaks of."""
        for cluster in self.clusters:
            agents = cluster.entities("agents") - targets
            if cluster.type == "Coup" and agents and cluster.entities("targets") & targets:
                for part in (p for d in cluster.drafts for p in d.agents):
                    self._token.setdefault(part.entity, part.token)
                return sorted(agents)
        for mention in self.cast.heads():
            if self.tree.lemma[mention.head] in self.words["junta_nouns"]:
                self._token.setdefault(mention.entity, mention.head)
                return [mention.entity]
        return []

    # -- kinds of events

    def _is_between_sides(self, cluster: Cluster) -> bool:
        """Tell wars, truces and talks from other dealings."""
        kind = _SIDES.get(cluster.type)
        return kind is not None and (not kind or self._holds(cluster, kind))

    def _holds(self, cluster: Cluster, kind: str) -> bool:
        """Tell whether a word of a cluster's triggers is of a kind."""
        words = self.words[kind]
        return any(self.tree.lemma[w] in words for d in cluster.drafts for w in d.trigger.words)

    def _is_open(self, cluster: Cluster, targets: set[str]) -> bool:
        """Tell "la ville est tombée" from "ces derniers l'ont prise": nobody is said to do it."""
        clauses = (d.trigger.clause for d in cluster.drafts)
        subjects = [k for clause in clauses if clause is not None for k in clause.get("subj")]
        return all(self.cast.entity(k) in targets for k in subjects)

    def _fill(self, cluster: Cluster, role: str, entities: Iterable[str]) -> None:
        parts = getattr(cluster.first, role)
        held = cluster.entities("agents") | cluster.entities("targets")
        if self._holds(cluster, "state_deeds"):
            entities = [self._state_behind(e) for e in entities]
        for entity in entities:
            if entity not in held:
                parts.append(Part(token=self._token[entity], entity=entity))

    def _state_behind(self, entity: str) -> str:
        """Give the state whose forces these are: it is states that invade and annex."""
        known = self.cast.entities[entity]
        state = known.country if known.cls is _C.ARMED_FORCE else None
        if state is None or state not in self.cast.entities:
            return entity
        self._token.setdefault(state, self._token[entity])
        return state
