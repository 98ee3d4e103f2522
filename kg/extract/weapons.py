"""With what an event was done: the weapons its sentence names, and the mode they give an attack.

Takes drafts and the word lists of weapons; gives each draft the weapons at hand and, where its own
words leave that open, its mode. What one cluster's modes come to is for `modes.py` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.draft import Draft
from kg.extract.lexicon import WeaponWord

if TYPE_CHECKING:
    from kg.extract.slots import SlotReader

__all__ = ["WeaponReader"]

_ARMED = frozenset({"Attack", "Clash", "Offensive"})
# Clauses that tell something else when they have a subject of their own.
_APART = ("acl:relcl", "conj", "parataxis")
# How many steps above a weapon its event stands.
_STEPS = 4


class WeaponReader:
    """Attaches weapons to the drafts of one article; `slots` knows which token is whose."""

    def __init__(self, slots: SlotReader) -> None:
        self.slots = slots
        self.tree = slots.tree
        self.words = slots.lists
        self.preps = slots.words["weapon_preps"]
        self.answering = slots.words["answering_preps"]
        self.answers = slots.cues["retaliation.nouns"]
        self.weapons = slots.lexicon.weapons
        self.modes = slots.lexicon.modes

    def read(self) -> None:
        """Hand out every weapon, then read off what exploded and who was shot."""
        tree = self.tree
        for i in range(len(tree)):
            lemma = tree.lemma[i]
            if lemma in self.weapons or lemma in self.modes or lemma == "coup":
                self._attach(i)
        self._settle_modes()

    def _attach(self, i: int) -> None:
        tree, lemma = self.tree, self.tree.lemma[i]
        draft = self._draft_of(i)
        if draft is None or draft.type not in _ARMED or self._is_of_target(i, draft):
            return
        if tree.pos[i] == "ADJ" and tree.lemma[tree.head[i]] in self.words["no_strikes"]:
            return  # "une base aérienne"
        word = self._weapon_word(i, self.weapons.get(lemma, ()))
        mode = (word.mode if word else None) or self.modes.get(lemma) or self._blow(i)
        if lemma in self.words["men_or_aircraft"] and not self._is_of_state(i):
            mode = None
        if draft.type == "Attack" and mode and self._is_open(draft, mode):
            draft.mode = mode
        if word is None or i == draft.token or tree.pos[i] not in ("NOUN", "PROPN"):
            return
        if self._is_at_hand(i, draft):
            name = " ".join([lemma, *word.rest]) if not word.rest else self._name(i, word)
            draft.weapons.append((name, i))

    def _draft_of(self, i: int) -> Draft | None:
        """Find the event that a weapon served, not the one it was answered with."""
        tree, owner = self.tree, self.slots.owner
        for k in (i, *tree.ancestors(i)):
            if k in owner:
                return None if self._is_answered(k, i) else owner[k]
            if tree.dep[k] in _APART and self._has_own_subject(k):
                return None  # "une frappe à laquelle Téhéran avait répondu en arrosant de missiles"
        return None

    def _is_answered(self, deed: int, i: int) -> bool:
        """Tell the drones of "a bombardé la ville en représailles à une salve de drones"."""
        tree = self.tree
        return any(
            tree.lemma[k] in self.answers and tree.lower[k + 1] in self.answering
            for k in range(deed + 1, i - 1)
        )

    def _has_own_subject(self, verb: int) -> bool:
        subjects = self.tree.children(verb, "nsubj", "nsubj:pass")
        return any(self.tree.pos[k] in ("NOUN", "PROPN") for k in subjects)

    def _is_of_state(self, i: int) -> bool:
        """Tell "des chasseurs israéliens", which fly, from "des chasseurs dozos"."""
        ident = self.slots.cast.entity(i)
        return ident is not None and self.slots.cast.entities[ident].country is not None

    def _blow(self, i: int) -> str | None:
        """Read "à coups de tournevis": whatever is not fired is wielded."""
        tree = self.tree
        if tree.lemma[i] != "coup" or i < 1 or i + 2 >= len(tree):
            return None
        if tree.lower[i + 1] not in ("de", "d'") or tree.lower[i - 1] not in self.words["blows"]:
            return None
        tool = tree.lemma[i + 2]
        if tool in self.words["no_tools"] or tree.pos[i + 2] != "NOUN":
            return None
        listed = self.weapons.get(tool)
        return (listed[-1].mode if listed else self.modes.get(tool)) or "melee"

    def _is_of_target(self, i: int, draft: Draft) -> bool:
        """Tell the knife of "l'homme armé d'un couteau a été abattu" and "un dépôt d'obus"."""
        hit = {p.token for p in draft.targets}
        if i in hit and self.tree.prep(i) == "" and draft.trigger.is_verb:
            return self.tree.dep[i] in ("obj", "nsubj:pass")  # "a détruit deux drones"
        hit -= {i}
        if not hit:
            return False
        for k in self.tree.ancestors(i):
            if k == draft.token or k in draft.trigger.words:
                return False
            if k in hit:
                return True
        return False

    def _settle_modes(self) -> None:
        """Read the mode off what exploded, and off shooting somebody down."""
        tree = self.tree
        for draft in self.slots.drafts:
            clause = draft.trigger.clause
            if draft.type != "Attack" or draft.mode is not None or clause is None:
                continue
            for token in clause.get("subj"):
                word = self._weapon_word(token, self.weapons.get(tree.lemma[token], ()))
                if word is not None and draft.mode is None:
                    draft.mode = word.mode
            killed = draft.trigger.frame.toll == "killed"
            if draft.mode is None and killed and clause.lemma in self.words["shooting_verbs"]:
                draft.mode = "shooting"

    def _is_open(self, draft: Draft, mode: str) -> bool:
        """Tell whether a weapon may settle the mode: a kamikaze's car is no mere ramming."""
        said = draft.mode
        if said is None or (said == "other" and mode == "suicide-bombing"):
            return True
        if draft.trigger.frame.mode is not None:
            return mode == "airstrike" and said == "shelling"
        return mode == "airstrike" and said in ("missile", "drone", "bombing", "rocket", "shelling")

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

    def _name(self, i: int, word: WeaponWord) -> str:
        """Quote the phrase as written from the head to the last word of the weapon."""
        tree = self.tree
        last = i
        for k in range(i + 1, min(i + 6, len(tree))):
            if tree.lemma[k] in word.rest or tree.lower[k].rstrip("s") in word.rest:
                last = k
        return " ".join([tree.lemma[i], *tree.lower[i + 1 : last + 1]]).replace("' ", "'")

    def _is_at_hand(self, i: int, draft: Draft) -> bool:
        for steps, k in enumerate(self.tree.ancestors(i), start=1):
            if self.slots.owner.get(k) is draft:
                return steps <= _STEPS and self.tree.prep(i) in self.preps
        return False
