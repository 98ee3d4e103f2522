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
from kg.extract.victims import FateReader
from kg.model import Count, Quantity, Status

if TYPE_CHECKING:
    from kg.extract.slots import SlotReader

__all__ = ["TollReader"]

_VIOLENT = frozenset({"Attack", "Clash", "Offensive", "Protest", "Coup", "Seizure"})
# How far before a number its revision is told, and how far apart the numbers of two sides stand.
_NEAR = 8
_APART = 14
_PARTING = frozenset({":", ";", "dont"})
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

    def read(self, quantities: Iterable[Quantity]) -> None:
        """Hand out every number, then every denial of victims."""
        before: TollFound | None = None
        for quantity in quantities:
            if before is not None and self._is_further(quantity, before):
                before.count = _both(before.count, quantity.count)
                before.last = quantity.last
                continue
            found = self._attach_quantity(self._latest(quantity))
            if found is not None or quantity.rule.startswith("count:"):
                before = found
        self._read_denied_tolls()
        for draft in self.slots.drafts:
            words = (draft.token, *draft.trigger.words, *draft.carriers)
            draft.kills = any(self.fates.is_deadly(k) for k in words)
            if self._is_fight(draft):
                draft.type, draft.mode = "Clash", None
                draft.agents, draft.targets = draft.targets, []

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

    def _latest(self, quantity: Quantity) -> Quantity:
        """Keep the last number of "le bilan est passé de 12 à 31 morts"."""
        tree, top = self.tree, quantity.count.max
        if quantity.rule != "count:range" or top is None or tree.lower[quantity.first] != "de":
            return quantity
        around = range(max(quantity.first - _NEAR, tree.sents[tree.sent[quantity.first]][0]),
                       quantity.first)  # fmt: skip
        if not any(self.grammar.verb_lemma(k) in self.words["revisions"] for k in around):
            return quantity
        return replace(quantity, count=Count(min=top, max=top), rule="count:latest")

    def _is_further(self, quantity: Quantity, before: TollFound) -> bool:
        """Tell the second number of "douze morts côté palestinien et un côté israélien"."""
        tree, first, last = self.tree, quantity.first, quantity.last
        if not quantity.rule.startswith("count:") or before.is_part or before.count.max == 0:
            return False
        if tree.sent[first] != tree.sent[before.first] or last >= len(tree):
            return False
        if tree.lower[first - 1] not in ("et", ",") or tree.lower[last] not in self.words["sides"]:
            return False
        between = range(before.last, first - 1)
        return (
            len(between) <= _APART
            and any(tree.lower[k] in self.words["sides"] for k in between)
            and not any(tree.pos[k] == "VERB" or tree.lower[k] in _PARTING for k in between)
        )

    def _attach_quantity(self, quantity: Quantity) -> TollFound | None:
        if not quantity.rule.startswith("count:"):
            return None
        head = quantity.last - 1 if quantity.head is None else quantity.head
        owner = self.slots.owner.get(head)
        if owner is not None and not owner.trigger.is_verb and not owner.is_toll:
            if quantity.count.max is None or quantity.count.max > 1:
                owner.count = quantity.count
                owner.is_plural = True
            return None
        victim = self._victim_kind(head, quantity.first)
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
        if draft is None:
            return None
        draft.tolls.append(found)
        self._count_as_target(draft, found)
        if found.count.max == 0 and found.kind == "killed" and self.tree.lemma[head] == "victime":
            draft.tolls.append(replace(found, kind="wounded"))
        return found

    def _read_denied_tolls(self) -> None:
        """Read "il n'y a pas eu de victimes" and "n'a pas fait de blessés" as zero."""
        tree, cues = self.tree, self.cues
        for i in range(len(tree)):
            lemma = tree.lemma[i]
            if lemma not in cues["toll_nouns.killed"] and lemma not in cues["toll_nouns.wounded"]:
                continue
            verb = tree.head[i]
            words = {tree.lower[k] for k in tree.kids[verb]}
            own = {tree.lower[k] for k in tree.kids[i]}
            is_denied = bool(words & {"pas", "jamais", "ni"} or own & {"ni", "aucun", "aucune"})
            if tree.first_conjunct(i) != i:
                is_denied = is_denied or "ni" in own
            if not self._is_without(i, verb):
                if not tree.dep[i].startswith(("obj", "conj", "obl")) or not is_denied:
                    continue
                if not (words | own) & {"n'", "ne", "ni"}:
                    continue
            draft = self._toll_event(i)
            if draft is None:
                continue
            if draft.is_toll and draft.status is Status.NEGATED:
                draft.status = Status.ASSERTED  # it is the victims that are denied
            if any(t.first <= i < t.last for t in draft.tolls):
                continue
            kinds = (
                ("killed", "wounded")
                if lemma == "victime"
                else (("wounded",) if lemma in cues["toll_nouns.wounded"] else ("killed",))
            )
            for kind in kinds:
                draft.tolls.append(
                    TollFound(kind=kind, count=Count(min=0, max=0), first=i, last=i + 1, group=None)
                )

    def _is_without(self, i: int, verb: int) -> bool:
        """Tell "sans faire de victimes" and "sans victime" from "sans compter les blessés"."""
        tree, first = self.tree, self.tree.first_conjunct(i)
        if tree.prep(first) == "sans":
            return True
        return (
            tree.dep[first].startswith("obj")
            and tree.lemma[tree.head[first]] in self.words["makers"]
            and any(tree.lower[k] == "sans" for k in tree.kids[tree.head[first]])
        )

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
        if not any(p.entity == entity for p in (*draft.targets, *draft.agents)):
            draft.targets.append(Part(token=head, entity=entity))

    def _toll_event(self, i: int) -> Draft | None:
        draft = self.slots.climb(i)
        if draft is not None and draft.type in _VIOLENT:
            return draft
        near = [d for d in self.slots.by_sentence.get(self.tree.sent[i], []) if d.type in _VIOLENT]
        if near:
            return min(near, key=lambda d: (abs(d.token - i), d.token))
        before = [d for d in self.slots.drafts if d.token < i and d.type in _VIOLENT and not d.drop]
        if not before:
            return None
        last = self.tree.sent[before[-1].token]
        told = [d for d in before if self.tree.sent[d.token] == last]
        return min(told, key=lambda d: (self._is_aside(d), self._depth(d.token), d.token))

    def _is_aside(self, draft: Draft) -> bool:
        """Tell an event that only dates another ("depuis l'attaque du 7 octobre")."""
        return self.tree.prep(draft.token) in self.slots.words["other_time_preps"]

    def _depth(self, i: int) -> int:
        return sum(1 for _ in self.tree.ancestors(i))

    def _toll_of(self, quantity: Quantity, head: int, kind: str) -> TollFound:
        tree, cues = self.tree, self.cues
        is_unnamed = tree.lemma[head] in cues["generic_victims"] or tree.pos[head] in (
            "NUM",
            "PRON",
        )
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


def _both(one: Count, other: Count) -> Count:
    top = None if one.max is None or other.max is None else one.max + other.max
    return Count(min=one.min + other.min, max=top)
