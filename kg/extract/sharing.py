"""Participants that one event of a sentence lends to another.

Takes the drafts of an article once each has read its own arguments and is tied to what it speaks
of; adds agents and targets to drafts that lack them. An operation is led by whoever kills or
arrests in it, captives are freed by who took them, a demand is to be met by whom it is made of, and
an offensive is against the armed group that its sentence names.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part
from kg.extract.grammar import Constructions
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.tree import Tree
from kg.model import EntityClass, Mention

__all__ = ["Sharer"]

_BY_FORCE = frozenset({"Attack", "Arrest", "Seizure", "Release", "Offensive"})
_SUFFERED = frozenset({"Attack", "Offensive", "Sanction", "Arrest", "Trial"})
_DONE_ALONE = frozenset({"Resignation", "Withdrawal", "Aid"})
_CAPTIVITY = frozenset({"Attack", "Arrest"})


class Sharer:
    """Completes the drafts of one article."""

    def __init__(self, tree: Tree, cast: Cast, words: Constructions) -> None:
        self.tree = tree
        self.cast = cast
        self.words = words
        self._armed: dict[int, list[Mention]] = {}
        for m in cast.heads():
            if m.cls is EntityClass.ARMED_GROUP and m.kind == "name":
                self._armed.setdefault(tree.sent[m.head], []).append(m)

    def share(self, drafts: Sequence[Draft]) -> None:
        """Lend participants from draft to draft, sentence by sentence."""
        by_token = {d.token: d for d in drafts}
        by_sentence: dict[int, list[Draft]] = {}
        for draft in drafts:
            by_sentence.setdefault(self.tree.sent[draft.token], []).append(draft)
        for sentence, near in by_sentence.items():
            for draft in near:
                self._share_operation(draft, by_token)
                self._share_captives(draft, near)
                self._share_demand(draft)
                self._share_threat(draft)
            for draft in near:
                if draft.type == "Offensive" and draft.agents and not draft.targets:
                    self._face_enemy(draft, near, sentence)

    def _share_operation(self, draft: Draft, by_token: dict[int, Draft]) -> None:
        """Read "tué vingt jihadistes lors d'une opération": the same men do both."""
        preps = self.words["within_preps"]
        if draft.type == "Clash" and not draft.agents:
            preps = preps | self.words["ending_preps"]
        elif draft.type != "Offensive":
            return
        if draft.trigger.is_verb or not any(
            self.tree.prep(k) in preps for k in (draft.token, *self._counters(draft.token))
        ):
            return
        for up in self.tree.ancestors(draft.token):
            deed = by_token.get(up)
            if deed is not None and deed.trigger.is_verb and deed.type in _BY_FORCE:
                _lend(deed, draft)
                if draft.type != "Clash":
                    _lend(draft, deed)
                return

    def _counters(self, token: int) -> Sequence[int]:
        """Give the word before that counts it: "après neuf mois de combats"."""
        start = self.tree.span(token)[0] - 1
        return (start,) if start >= 0 and self.tree.pos[start] == "NOUN" else ()

    def _share_captives(self, draft: Draft, near: Sequence[Draft]) -> None:
        """Read "enlevés par des rebelles avant d'être relâchés" and "a relâché ceux enlevés"."""
        clause = draft.trigger.clause
        if clause is None:
            return
        if draft.type == "Release" and clause.governor is not None:
            for taken in near:
                if taken.token == clause.governor and taken.type in _CAPTIVITY:
                    if _hits_same(draft, taken):
                        _lend(taken, draft)
        elif draft.type == "Attack" and draft.mode == "kidnapping" and not draft.agents:
            for other in near:
                if other.type == "Release" and self._frees(other, draft):
                    _lend(other, draft)

    def _frees(self, release: Draft, taking: Draft) -> bool:
        """Tell an armed group that lets go whom it took."""
        return _hits_same(release, taking) and any(
            self.cast.entities[p.entity].cls is EntityClass.ARMED_GROUP for p in release.agents
        )

    def _share_demand(self, draft: Draft) -> None:
        """Read "exiger de la guérilla la libération des otages": the guerrilla is to free them."""
        content = draft.about
        if draft.type == "Demand" and content is not None and not draft.targets:
            self._ask_doer(draft, content)
        if draft.type != "Demand" or content is None or content.agents:
            return
        if content.trigger.is_verb or self.tree.sent[content.token] != self.tree.sent[draft.token]:
            return
        content.agents = [Part(token=p.token, entity=p.entity) for p in draft.targets]

    def _ask_doer(self, draft: Draft, content: Draft) -> None:
        """Read "réclamer la démission du gouvernement": it is asked of whom it would be done by."""
        if content.trigger.is_verb or content.type not in _DONE_ALONE or not content.agents:
            return
        if content.type == "Withdrawal" and all(
            self.cast.is_a(p.token, "armed") for p in content.agents
        ):
            return  # "réclamer le départ des troupes": their leaders are asked
        if self.tree.head[content.token] == draft.token:
            draft.targets = [Part(token=p.token, entity=p.entity) for p in content.agents]

    def _share_threat(self, draft: Draft) -> None:
        """Read "menacer les militaires de sanctions": the sanctions would fall on them."""
        content = draft.about
        if draft.type != "Threat" or content is None or content.type in SPEECH_ACTS:
            return
        if content.trigger.is_verb or self.tree.sent[content.token] != self.tree.sent[draft.token]:
            return
        if not content.targets and content.type in _SUFFERED:
            content.targets = [Part(token=p.token, entity=p.entity) for p in draft.targets]

    def _face_enemy(self, draft: Draft, near: Sequence[Draft], sentence: int) -> None:
        """Take the one armed group that the sentence names and that does nothing in it."""
        doers = {p.entity for d in near for p in d.agents}
        foes = {m.entity: m.head for m in self._armed.get(sentence, ()) if m.entity not in doers}
        if len(foes) == 1:
            entity, token = foes.popitem()
            draft.targets.append(Part(token=token, entity=entity))


def _lend(giver: Draft, taker: Draft) -> None:
    """Give the agents of one draft to another that has none."""
    if not taker.agents:
        taker.agents = [Part(token=p.token, entity=p.entity) for p in giver.agents]


def _hits_same(left: Draft, right: Draft) -> bool:
    mine = {p.entity for p in left.targets}
    return any(p.entity in mine for p in right.targets)
