"""When, where, with what and how many: the slots of an event besides its participants.

Takes drafts and the annotation's times, mentions and quantities; hands each to the event it hangs
from. A phrase belongs to the nearest event above it in the parse; one that hangs from nothing
belongs to the nearest event of its sentence.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part, TollFound
from kg.extract.factuality import Cues
from kg.extract.grammar import Grammar
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.lexicon import Lexicon, WeaponWord
from kg.extract.tree import Tree
from kg.model import Annotation, Count, Mention, Quantity, Status, TimeExpression

__all__ = ["SlotReader"]

_SPOKEN = SPEECH_ACTS | {"Vote"}
_VIOLENT = frozenset({"Attack", "Clash", "Offensive", "Protest", "Coup", "Seizure"})


class SlotReader:
    """Attaches slots to drafts; holds which token belongs to which draft."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        grammar: Grammar,
        cast: Cast,
        cues: Cues,
        lexicon: Lexicon,
        drafts: list[Draft],
    ) -> None:
        self.annotation = annotation
        self.tree = tree
        self.grammar = grammar
        self.words = grammar.words
        self.cast = cast
        self.cues = cues
        self.lexicon = lexicon
        self.drafts = drafts
        self.owner: dict[int, Draft] = {}
        for draft in drafts:
            for k in draft.carriers:
                self.owner.setdefault(k, draft)
        for draft in drafts:
            for k in draft.trigger.words:
                self.owner.setdefault(k, draft)
            self.owner[draft.token] = draft
        self.by_sentence: dict[int, list[Draft]] = {}
        for draft in drafts:
            self.by_sentence.setdefault(tree.sent[draft.token], []).append(draft)

    def read(self) -> None:
        """Fill every slot of every draft."""
        for time in self.annotation.times:
            self._attach_time(time)
        for mention in self.cast.heads():
            self._attach_place(mention)
        self._attach_weapons()
        for quantity in self.annotation.quantities:
            self._attach_quantity(quantity)
        self._read_denied_tolls()

    def climb(self, i: int) -> Draft | None:
        """Find the event a token hangs from in the parse."""
        if i in self.owner:
            return self.owner[i]
        for k in self.tree.ancestors(i):
            if k in self.owner:
                return self.owner[k]
        return None

    def _nearest(self, i: int) -> Draft | None:
        near = self.by_sentence.get(self.tree.sent[i], [])
        return min(near, key=lambda d: (abs(d.token - i), d.token), default=None)

    def _deed_near(self, i: int) -> Draft | None:
        """Find the event spoken of in the sentence: what is said has no place of its own."""
        near = [d for d in self.by_sentence.get(self.tree.sent[i], []) if d.type not in _SPOKEN]
        return min(near, key=lambda d: (abs(d.token - i), d.token), default=None)

    # -- times

    def _attach_time(self, time: TimeExpression) -> None:
        if time.kind not in ("DATE", "TIME") or time.when is None:
            return
        draft = self.climb(time.head) or self._nearest(time.head)
        if draft is not None:
            draft.times.append(time)

    # -- places

    def _attach_place(self, mention: Mention) -> None:
        kinds = self.cast.classes(mention.head)
        self._note_site(mention, kinds)
        if mention.kind != "name" or not kinds & {"place", "facility"}:
            return
        head = self.tree.first_conjunct(mention.head)
        prep = self.tree.prep(head)
        if "state" in kinds and prep not in self.words["state_locative_preps"]:
            return
        if self.tree.dep[head] == "amod":
            return
        if "state" in kinds and prep == "à" and not self._is_locative(head):
            return
        draft = self.climb(mention.head) or self._nearest(mention.head)
        if draft is not None and draft.type in _SPOKEN:
            draft = self._deed_near(mention.head)
        if draft is None or mention.head in draft.trigger.words:
            return
        if prep not in self.words["locative_preps"] and not self._is_target(draft, mention):
            return
        if prep == "de" and not self._is_place_of(draft, head):
            return
        draft.places.append(mention.head)

    def _note_site(self, mention: Mention, kinds: frozenset[str]) -> None:
        """Keep buildings and vehicles an attack took place in: they are hit when nobody else is."""
        if not kinds & {"facility", "equipment"} or "weapon" in kinds:
            return
        if self.tree.prep(mention.head) not in self.words["site_preps"]:
            return
        draft = self.climb(mention.head)
        if draft is not None and draft.type == "Attack" and mention.head not in draft.trigger.words:
            draft.sites.append(mention.head)

    def _is_locative(self, head: int) -> bool:
        """Tell "au Mali" as a place from "demander au Mali" and "attribué à Israël"."""
        return self.tree.dep[head] != "obl:arg" and any(
            self.tree.lower[k] in ("au", "aux") for k in self.tree.kids[head] if k < head
        )

    def _is_target(self, draft: Draft, mention: Mention) -> bool:
        return any(p.entity == mention.entity for p in draft.targets)

    def _is_place_of(self, draft: Draft, head: int) -> bool:
        """Let "l'attentat de Nice", "la base de Kayseri", "l'est de Mossoul" through."""
        up = self.tree.head[head]
        return (
            up == draft.token
            or bool(self.cast.classes(up) & {"place", "facility", "equipment"})
            or self.tree.lemma[up] in self.words["region_parts"]
        )

    # -- weapons

    def _attach_weapons(self) -> None:
        weapons, modes = self.lexicon.weapons, self.lexicon.modes
        tree = self.tree
        for i in range(len(tree)):
            lemma = tree.lemma[i]
            if lemma not in weapons and lemma not in modes:
                continue
            draft = self.climb(i)
            if draft is None or draft.type not in ("Attack", "Clash", "Offensive"):
                continue
            word = self._weapon_word(i, weapons.get(lemma, ()))
            mode = (word.mode if word else None) or modes.get(lemma)
            if draft.type == "Attack" and mode and self._is_open(draft.mode, mode):
                draft.mode = mode
            if word is None:
                continue
            if i == draft.token or tree.pos[i] not in ("NOUN", "PROPN"):
                continue
            if self._is_at_hand(i, draft):
                name = (
                    " ".join([lemma, *word.rest]) if not word.rest else self._weapon_name(i, word)
                )
                draft.weapons.append((name, i))

    def _is_open(self, said: str | None, mode: str) -> bool:
        """Tell whether a weapon may settle the mode: a kamikaze's car is no mere ramming."""
        return said is None or (said == "other" and mode == "suicide-bombing")

    def _weapon_word(self, i: int, words: tuple[WeaponWord, ...]) -> WeaponWord | None:
        below: set[str] | None = None
        for word in words:
            if not word.rest:
                return word
            if below is None:
                tree = self.tree
                near = tree.subtree(i)[:12] + list(range(i + 1, min(i + 4, len(tree))))
                below = {tree.lemma[k] for k in near} | {tree.lower[k].rstrip("s") for k in near}
            if all(w in below for w in word.rest):
                return word
        return None

    def _weapon_name(self, i: int, word: WeaponWord) -> str:
        """Quote the phrase as written from the head to the last word of the weapon."""
        tree = self.tree
        last = i
        for k in range(i + 1, min(i + 6, len(tree))):
            if tree.lemma[k] in word.rest or tree.lower[k].rstrip("s") in word.rest:
                last = k
        return " ".join([tree.lemma[i], *tree.lower[i + 1 : last + 1]]).replace("' ", "'")

    def _is_at_hand(self, i: int, draft: Draft) -> bool:
        for steps, k in enumerate(self.tree.ancestors(i), start=1):
            if self.owner.get(k) is draft:
                return steps <= 4 and self.tree.prep(i) in self.words["weapon_preps"]
        return False

    # -- quantities

    def _attach_quantity(self, quantity: Quantity) -> None:
        if quantity.head is None or not quantity.rule.startswith("count:"):
            return
        head = quantity.head
        owner = self.owner.get(head)
        if owner is not None and not owner.trigger.is_verb and not owner.is_toll:
            if quantity.count.max is None or quantity.count.max > 1:
                owner.count = quantity.count
                owner.is_plural = True
            return
        found = self._toll_of(quantity, head)
        if found is None:
            return
        if (
            quantity.count.max == 1
            and "person" not in self.cast.classes(head)
            and (found.group is not None and self._is_plural_or_group(head))
        ):
            return
        draft = self._toll_event(head)
        if draft is None:
            return
        draft.tolls.append(found)
        self._count_as_target(draft, found)
        if found.count.max == 0 and found.kind == "killed" and self.tree.lemma[head] == "victime":
            draft.tolls.append(replace(found, kind="wounded"))

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
            if not tree.dep[i].startswith(("obj", "conj", "obl")) or not is_denied:
                continue
            if not (words | own) & {"n'", "ne", "ni"}:
                continue
            draft = self._toll_event(i)
            if draft is None or any(t.first <= i < t.last for t in draft.tolls):
                continue
            if draft.is_toll and draft.status is Status.NEGATED:
                draft.status = Status.ASSERTED  # it is the victims that are denied
            kinds = (
                ("killed", "wounded")
                if lemma == "victime"
                else (("wounded",) if lemma in cues["toll_nouns.wounded"] else ("killed",))
            )
            for kind in kinds:
                draft.tolls.append(
                    TollFound(kind=kind, count=Count(min=0, max=0), first=i, last=i + 1, group=None)
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
        draft = self.climb(i)
        if draft is not None and draft.type in _VIOLENT:
            return draft
        near = [d for d in self.by_sentence.get(self.tree.sent[i], []) if d.type in _VIOLENT]
        if near:
            return min(near, key=lambda d: (abs(d.token - i), d.token))
        before = [d for d in self.drafts if d.token < i and d.type in _VIOLENT and not d.drop]
        return before[-1] if before else None

    def _toll_of(self, quantity: Quantity, head: int) -> TollFound | None:
        tree, cues = self.tree, self.cues
        lemma = tree.lemma[head]
        kind = self._victim_kind(head)
        if kind is None:
            return None
        group = None if lemma in cues["generic_victims"] else head
        near = [tree.lower[k] for k in range(max(quantity.first - 4, 0), quantity.first)]
        up = [tree.lower[k] for k in (tree.head[head], *tree.kids[head])]
        anchor = [tree.lemma[k] for k in tree.ancestors(head)]
        sentence = tree.sents[tree.sent[head]]
        around = [tree.lemma[k] for k in range(sentence[0], quantity.first)]
        return TollFound(
            kind=kind,
            count=quantity.count,
            first=quantity.first,
            last=max(quantity.last, head + 1),
            group=group,
            is_part=any(w in cues["part_cues"] for w in near) or "dont" in up,
            is_earlier=any(w in cues["earlier_cues"] for w in around[-6:]),
            is_vague=quantity.rule in ("count:round", "count:vague"),
            is_latest=any(w in cues["latest_toll"] for w in [*anchor, *around[-8:]])
            and not any(w in cues["earlier_cues"] for w in around[-6:]),
        )

    def _victim_kind(self, head: int) -> str | None:
        """Tell whether a counted noun is dead or wounded, by itself or by its verb."""
        tree, cues = self.tree, self.cues
        forms = {tree.lemma[head], tree.lower[head].rstrip("s"), tree.lower[head]}
        if forms & cues["toll_nouns.wounded"]:
            return "wounded"
        by_verb = self._verb_kind(head)
        if by_verb:
            return by_verb
        if forms & cues["toll_nouns.killed"]:
            return "killed"
        return self._kind_beside(head)

    def _kind_beside(self, head: int) -> str | None:
        """Read the kind off the next word of death or injury where the parse lost the tie."""
        tree = self.tree
        if (
            "human" not in self.cast.classes(head)
            and tree.lemma[head] not in self.cues["generic_victims"]
        ):
            return None
        for k in range(head - 1, max(head - 5, -1), -1):
            draft = self.owner.get(k)
            if tree.pos[k] == "PUNCT" or tree.sent[k] != tree.sent[head]:
                break
            if draft is not None and draft.token == k:
                clause = draft.trigger.clause
                if clause is not None and not clause.is_passive and draft.trigger.frame.toll:
                    return draft.trigger.frame.toll
                break
        for k in range(head + 1, min(head + 9, len(tree))):
            draft = self.owner.get(k)
            if tree.sent[k] != tree.sent[head] or tree.pos[k] == "NUM" or tree.lower[k] == "qui":
                break
            if draft is not None and draft.token == k:
                clause = draft.trigger.clause
                victim = draft.trigger.frame.roles == "victim"
                if (
                    clause is not None
                    and (clause.is_passive or victim)
                    and draft.trigger.frame.toll
                ):
                    return draft.trigger.frame.toll
                break
        return None

    def _verb_kind(self, head: int) -> str | None:
        tree = self.tree
        top = head
        for _ in range(4):
            up = tree.head[top]
            for k in [up, *tree.children(top, "acl", "amod")]:
                draft = self.owner.get(k)
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
