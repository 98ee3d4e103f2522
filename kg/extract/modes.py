"""How an attack was made: one mode out of all that its tellings say or mean.

Takes a cluster of drafts with their modes, gives the mode. What a weapon says outweighs what a word
merely means ("bombarder" means from the air); suicide and aircraft outweigh the bombs they bring,
storming the shots it goes with, and armies raid from the air where bandits raid on foot.
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.likeness import Cluster
from kg.extract.slot_words import SlotWords
from kg.extract.tree import Tree
from kg.model import EntityClass

__all__ = ["ModeReader"]

_C = EntityClass
_FORCES = frozenset({_C.PERSON, _C.STATE, _C.ARMED_FORCE, _C.COALITION, _C.INSTITUTION})
# Modes give way to another that they go with; to suicide all do.
_WITH_STORMING = frozenset({"shooting", "arson"})
_TOLD = ("arson", "storming", "melee", "shooting")
_ABOVE = (
    ("suicide-bombing", frozenset[str]()),
    ("airstrike", frozenset({"shelling"})),
    ("storming", _WITH_STORMING),
)


class ModeReader:
    """Reads the modes of one article's attacks."""

    def __init__(self, tree: Tree, cast: Cast, words: SlotWords) -> None:
        self.tree = tree
        self.cast = cast
        self.words = words

    def of(self, cluster: Cluster) -> str:
        """Give the mode of an attack, "other" where nothing tells it."""
        drafts = cluster.drafts
        said = [d.mode for d in drafts if d.mode and not self._is_open(d)]
        meant = [m for d in drafts if (m := self._meant(d, cluster))]
        if "storming" in meant and said and set(said) <= _WITH_STORMING:
            return "storming"
        told = said or meant
        if told and set(told) == {"bombing"} and self._hits_network(cluster):
            return "sabotage"
        for mode, below in _ABOVE:
            if mode in told and (mode == "suicide-bombing" or set(told) - {mode} <= below):
                return mode
        return next(iter(told), "storming" if self._is_crowd(cluster) else "other")

    def _is_open(self, draft: Draft) -> bool:
        """Tell words that only suggest their mode: "pilonner", "l'assaut du village"."""
        return (
            self.tree.lemma[draft.token] in self.words["open_modes"]
            and draft.mode == draft.trigger.frame.mode
        )

    def _meant(self, draft: Draft, cluster: Cluster) -> str | None:
        forms = {self.tree.lemma[draft.token], self.tree.lower[draft.token].rstrip("s")}
        if forms & self.words["raids"] and not draft.mode:
            return self._raid(draft, cluster)
        if self._is_open(draft):
            return None if self._storms_place(draft, cluster) else draft.mode
        if draft.trigger.frame.default_mode:
            return draft.trigger.frame.default_mode
        words = {self.tree.lemma[k] for k in draft.trigger.words} | forms
        return next((m for m in _TOLD if words & self.words[f"meant.{m}"]), None)

    def _raid(self, draft: Draft, cluster: Cluster) -> str | None:
        """Tell the raids of air forces from those of commandos and of bandits."""
        tree = self.tree
        words = {tree.lemma[k] for k in tree.kids[draft.token]}
        if words & self.words["landings"]:
            return "storming"
        agents = [p.entity for d in cluster.drafts for p in d.agents]
        if any(self.cast.entities[e].cls in _FORCES for e in agents):
            return "airstrike"
        return "storming" if self._hits_building(cluster) else None

    def _storms_place(self, draft: Draft, cluster: Cluster) -> bool:
        """Tell "des assauts" and "l'assaut contre le village", where nothing is entered."""
        if draft.mode != "storming" or self._hits_building(cluster):
            return False
        targets = [p.entity for d in cluster.drafts for p in d.targets]
        is_place = any(self.cast.entities[e].cls is _C.PLACE for e in targets)
        return draft.is_plural or is_place

    def _hits_building(self, cluster: Cluster) -> bool:
        """Tell "l'assaut contre la prison" from "l'assaut contre le village"."""
        targets = [p.entity for d in cluster.drafts for p in d.targets]
        return any(d.sites for d in cluster.drafts) or any(
            self.cast.entities[e].cls is _C.FACILITY for e in targets
        )

    def _hits_network(self, cluster: Cluster) -> bool:
        """Tell "un oléoduc a été dynamité": nobody was hit but a pipe, a rail, a line."""
        targets = [p.token for d in cluster.drafts for p in d.targets]
        words = {self.tree.lemma[self.cast.content(t)] for t in targets}
        return bool(words) and words <= self.words["networks"]

    def _is_crowd(self, cluster: Cluster) -> bool:
        """A crowd without weapons that attacks a building storms it."""
        crowd = any(
            self.cast.entities[p.entity].cls is _C.POPULATION_GROUP
            and self.tree.lemma[p.token] in self.words["crowds"]
            for d in cluster.drafts
            for p in d.agents
        )
        targets = [p.entity for d in cluster.drafts for p in d.targets]
        return crowd and any(self.cast.entities[e].cls is _C.FACILITY for e in targets)
