"""The numbers of dead and wounded that an article's sentences give, each with its event.

Takes the quantities of an annotation and the slots' owners; gives every counted victim to the
event that made it, and zero to those that are said to have made none. What one event's numbers
come to is for `totals.py` to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.draft import Draft, Part, TollFound
from kg.extract.factuality import Cues
from kg.extract.figures import FigureReader, both
from kg.extract.victims import FateReader
from kg.extract.zeros import find_zeros
from kg.model import Count, Quantity, Status

if TYPE_CHECKING:
    from kg.extract.slots import SlotReader

__all__ = ["TollReader"]

# What is shot down and nobody's death.
_THINGS = frozenset({"weapon", "equipment"})
_VIOLENT = frozenset({"Attack", "Clash", "Offensive", "Protest", "Coup", "Seizure"})
# How near a number "aussi" stands that adds it to others.
_BESIDES = 6
# Numbers that yield to exact ones.
_VAGUE = frozenset(
    f"count:{kind}" for kind in ("round", "vague", "nearly", "about", "upto", "less")
)


class TollReader:
    """Reads the tolls of one article; `slots` knows which token belongs to which event."""

    def __init__(self, slots: SlotReader, cues: Cues) -> None:
        self.slots = slots
        self.cues = cues
        self.words = slots.lists
        self.tree = slots.tree
        self.grammar = slots.grammar
        self.cast = slots.cast
        self.fates = FateReader(slots.tree, slots.grammar, slots.cast, slots.lists)
        self.figures = FigureReader(slots.tree, slots.grammar, slots.lists)

    def read(self, quantities: Iterable[Quantity]) -> None:
        """Hand out every number, then every denial of victims."""
        before: TollFound | None = None
        for quantity in quantities:
            if before is not None and self.figures.is_further(quantity, before):
                before.count = both(before.count, quantity.count)
                before.last = quantity.last
            elif before is not None and self.figures.is_rival(quantity, before):
                before.rivals.append(quantity.count)
            elif quantity.rule.startswith("count:"):
                found = self._attach_quantity(self.figures.latest(quantity))
                if found is not None or quantity.count.max != 1:  # "un marché" stands between
                    before = found
        self._read_zeros()
        for draft in self.slots.drafts:
            words = (draft.token, *draft.trigger.words, *draft.carriers)
            draft.is_attempt = self._is_tried(draft)
            draft.kills = any(self.fates.is_deadly(k) for k in words) and not draft.is_attempt
            self._add_lone(draft)
            if self._is_fight(draft):
                draft.type, draft.mode = "Clash", None
                draft.agents, draft.targets = draft.targets, []

    def _is_tried(self, draft: Draft) -> bool:
        """Tell "une tentative d'assassinat", "a survécu à l'assassinat": nobody died of it."""
        if draft.trigger.is_verb:
            return False
        up = self.tree.lemma[self.tree.head[draft.token]]
        if self.tree.dep[draft.token] == "nmod" and up in self.words["attempts"]:
            return True
        return any(self.tree.lemma[k] in self.words["escapes"] for k in draft.carriers)

    def _add_lone(self, draft: Draft) -> None:
        """Count the one of "son chauffeur a également péri" besides those told before."""
        verb, besides = draft.trigger.token, self.words["besides"]
        if not draft.kills or draft.trigger.clause is None or len(draft.targets) != 1:
            return
        head = draft.targets[0].token
        if any(t.kind == "killed" for t in draft.tolls) or not self.cast.is_a(head, "person"):
            return
        if any(self.tree.lower[k] in besides for k in self.tree.kids[verb]):
            one = Count(min=1, max=1)
            draft.tolls.append(
                TollFound(
                    kind="killed",
                    count=one,
                    first=head,
                    last=head + 1,
                    group=head,
                    is_besides=True,
                    is_lone=True,
                )
            )

    def _is_fight(self, draft: Draft) -> bool:
        """Tell "trois rebelles et un policier sont morts dans une fusillade": both sides fought."""
        if draft.type != "Attack" or draft.agents or not draft.kills:
            return False
        beside = self.slots.by_sentence[self.tree.sent[draft.token]]
        if any(
            d.type in _VIOLENT and not self._is_vague_fight(d) for d in beside if d is not draft
        ):
            return False
        held = [self.tree.lemma[self.cast.content(p.token)] for p in draft.targets]
        return all(any(k in self.words[f"foes.{side}"] for k in held) for side in ("law", "rebels"))

    def _is_vague_fight(self, draft: Draft) -> bool:
        """Tell "une fusillade", which leaves open who shot, from an attack."""
        return self.tree.lemma[draft.token] in self.words["shootings"] and not draft.agents

    def _attach_quantity(self, quantity: Quantity) -> TollFound | None:
        head = quantity.last - 1 if quantity.head is None else quantity.head
        owner = self.slots.owner.get(head)
        if owner is not None and not owner.trigger.is_verb and not owner.is_toll:
            if quantity.count.max is None or quantity.count.max > 1:
                owner.count = quantity.count
                owner.is_plural = True
            return None
        victim = self._victim_kind(head, quantity.first)
        if victim is None and self.figures.is_listed(quantity):
            victim = "killed", None
        if victim is None and self.figures.is_revised(quantity):
            victim, quantity = ("killed", None), replace(quantity, rule="count:latest")
        if victim is None:
            return None
        kind, fate = victim
        found = self._toll_of(quantity, head, kind)
        if (
            quantity.count.max == 1
            and "person" not in self.cast.classes(head)
            and (found.group is not None and self._is_plural_or_group(head))
        ):
            return None
        draft = self._toll_event(head if fate is None else fate)
        if draft is None or (self._is_tied(head, found) and not self._is_beside(draft, head)):
            return None
        draft.tolls.append(found)
        self._count_as_target(draft, found)
        if found.count.max == 0 and found.kind == "killed" and self.tree.lemma[head] == "victime":
            draft.tolls.append(replace(found, kind="wounded"))
        return found

    def _read_zeros(self) -> None:
        """Give zero to those that are said to have made no victims."""
        for i, kinds in find_zeros(self.tree, self.cues, self.words, self.fates):
            draft = self._toll_event(i)
            if draft is None:
                continue
            if draft.is_toll and draft.status is Status.NEGATED:
                draft.status = Status.ASSERTED  # it is the victims that are denied
            if any(t.first <= i < t.last for t in draft.tolls):
                continue
            zero = Count(min=0, max=0)
            draft.tolls += [
                TollFound(kind=kind, count=zero, first=i, last=i + 1, group=None) for kind in kinds
            ]

    def _is_tied(self, head: int, found: TollFound) -> bool:
        """Tell bodies that are found, and a share of others, which no event told before made."""
        return found.is_part or self.tree.lemma[head] in self.words["remains"]

    def _is_beside(self, draft: Draft, i: int) -> bool:
        return self.tree.sent[draft.token] == self.tree.sent[i]

    def _is_plural_or_group(self, head: int) -> bool:
        """Tell "une coalition" from "un soldat": one group is not one victim."""
        return bool(
            self.cast.classes(head) & {"armed", "institution", "state", "facility", "place"}
        )

    def _count_as_target(self, draft: Draft, toll: TollFound) -> None:
        """Dead or wounded people of a kind ("14 soldats") are who was hit."""
        head = toll.group
        if head is None or toll.count.max == 0 or draft.type != "Attack":
            return
        entity = self.cast.entity(head)
        if entity is None or "human" not in self.cast.classes(head):
            return
        if any(self.tree.lower[k] == "dont" for k in self.tree.kids[head]):
            return  # "quatre villageois, dont deux enfants": counted already
        if not any(p.entity == entity for p in (*draft.targets, *draft.agents)):
            draft.targets.append(Part(token=head, entity=entity))

    def _toll_event(self, i: int) -> Draft | None:
        draft = self.slots.climb(i)
        if draft is not None and draft.type in _VIOLENT:
            return draft
        near = [d for d in self.slots.by_sentence.get(self.tree.sent[i], []) if d.type in _VIOLENT]
        if self._is_of_report(i):  # "a donné un bilan de 16 morts, précisant que …"
            near = [d for d in near if d.token < i]
        if near:
            return min(near, key=lambda d: (abs(d.token - i), d.token))
        before = [d for d in self.slots.drafts if d.token < i and d.type in _VIOLENT and not d.drop]
        if not before:
            return None
        last = self.tree.sent[before[-1].token]
        told = [d for d in before if self.tree.sent[d.token] == last]
        return min(told, key=lambda d: (self._is_aside(d), self._depth(d.token), d.token))

    def _is_of_report(self, i: int) -> bool:
        """Tell the victims of a count of its own from those of "le bilan de l'attaque"."""
        tree = self.tree
        for k in (i, *tree.ancestors(i)):
            if tree.lemma[k] in self.words["tolls"]:
                return True
            if tree.pos[k] == "VERB":
                return False
        return False

    def _is_aside(self, draft: Draft) -> bool:
        """Tell an event that only dates another ("depuis l'attaque du 7 octobre")."""
        return self.tree.prep(draft.token) in self.slots.words["other_time_preps"]

    def _depth(self, i: int) -> int:
        return sum(1 for _ in self.tree.ancestors(i))

    def _toll_of(self, quantity: Quantity, head: int, kind: str) -> TollFound:
        tree, cues = self.tree, self.cues
        forms = {tree.lemma[head], tree.lower[head].rstrip("s")}
        is_unnamed = forms & cues["generic_victims"] or tree.pos[head] in ("NUM", "PRON")
        group = None if is_unnamed else head
        near = [tree.lower[k] for k in range(max(quantity.first - 4, 0), quantity.first)]
        up = [tree.lower[k] for k in (tree.head[head], *tree.kids[head])]
        anchor = [tree.lemma[k] for k in tree.ancestors(head)]
        sentence = tree.sents[tree.sent[head]]
        around = [tree.lemma[k] for k in range(sentence[0], quantity.first)]
        is_earlier = any(w in cues["earlier_cues"] for w in around[-6:]) or self._is_report(
            range(sentence[0], quantity.first), "earlier_cues"
        )
        return TollFound(
            kind=kind,
            count=quantity.count,
            first=quantity.first,
            last=max(quantity.last, head + 1),
            group=group,
            is_part=any(w in cues["part_cues"] for w in near) or "dont" in up,
            is_earlier=is_earlier,
            is_vague=quantity.rule in _VAGUE,
            is_besides=any(
                tree.lower[k] in self.words["besides"]
                for k in range(
                    max(quantity.first - _BESIDES, sentence[0]), quantity.last + _BESIDES
                )
                if k < sentence[1]
            ),
            is_latest=not is_earlier
            and (
                quantity.rule == "count:latest"
                or any(w in cues["latest_toll"] for w in [*anchor, *around[-8:]])
                or self._is_report(range(*sentence), "latest_toll")
            ),
        )

    def _is_report(self, tokens: Iterable[int], cue: str) -> bool:
        """Find "un nouveau bilan", "le précédent bilan" among the tokens of a sentence."""
        tree = self.tree
        return any(
            tree.lemma[k] in self.cues[cue] and tree.lemma[tree.head[k]] in self.words["reports"]
            for k in tokens
        )

    def _victim_kind(self, head: int, first: int) -> tuple[str, int | None] | None:
        """Tell whether a counted noun is dead or wounded; give the word of fate that says so."""
        tree, cues = self.tree, self.cues
        if self.cast.classes(head) & _THINGS and not self.cast.is_a(head, "human"):
            return None  # "a abattu dix missiles"
        forms = {tree.lemma[head], tree.lower[head].rstrip("s"), tree.lower[head]}
        if forms & cues["toll_nouns.wounded"]:
            return "wounded", None
        beside = self.fates.beside(first)
        if beside is not None:
            return beside.kind, beside.token
        by_verb = self._verb_kind(head) or self._kind_by_word(head, first)
        if by_verb:
            return by_verb, None
        if forms & cues["toll_nouns.killed"]:
            return "killed", None
        fate = self.fates.of(head, first)
        return None if fate is None else (fate.kind, fate.token)

    def _kind_by_word(self, head: int, first: int) -> str | None:
        """Read "une trentaine blessées", "a tué jusqu'à 90 soldats", "la mort de 60 hommes"."""
        tree = self.tree
        around = tree.children(head, "acl", "amod")
        up = tree.head[head]
        # "entre 60 et 90", "près d'une centaine": what counts stands as a preposition
        is_counted = any(tree.dep[k] == "case" and k >= first for k in tree.kids[head]) and (
            "human" in self.cast.classes(head)
        )
        if tree.dep[head] in ("obj", "nsubj:pass") or (is_counted and up < head):
            around.append(up)
        for k in tree.children(head, "acl:relcl"):  # "25 personnes, parmi lesquelles …, ont été"
            if any(tree.prep(o) == "parmi" for o in tree.kids[k]):
                around.append(k)
        for k in around:
            lemma = self.grammar.verb_lemma(k)
            for kind in ("wounded", "killed"):
                if lemma in self.words[f"verbs.{kind}"]:
                    return kind
        if tree.dep[head] == "nmod" and tree.prep(head) == "de":
            return "killed" if tree.lemma[up] in self.words["deaths"] else None
        return None

    def _verb_kind(self, head: int) -> str | None:
        tree = self.tree
        top = head
        for _ in range(4):
            up = tree.head[top]
            for k in [up, *tree.children(top, "acl", "amod")]:
                draft = self.slots.owner.get(k)
                if draft is None or draft.trigger.frame.toll is None:
                    continue
                clause = draft.trigger.clause
                if clause is None:
                    if tree.dep[top] == "nmod" and k == up:
                        return draft.trigger.frame.toll
                    continue
                role = "subj" if draft.trigger.frame.roles == "victim" else "obj"
                if any(t in (head, top) or self.cast.content(t) == head for t in clause.get(role)):
                    return draft.trigger.frame.toll
            if up == top or tree.dep[top] not in ("conj", "nmod", "appos", "nummod"):
                return None
            top = up
        return None
