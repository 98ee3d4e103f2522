"""Who of those that a sentence counts was killed or wounded, by the word that says so.

Takes the tree and the word lists, gives for a counted noun (or a number that stands alone) the kind
of victim and the token that made it one. A word of fate looks to one side: "ont perdu la vie" at
those before it, "a coûté la vie à" at those behind it, "ont péri" behind it where nobody stands
before ("le raid où ont péri 53 migrants").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.extract.cast import Cast
from kg.extract.grammar import Grammar
from kg.extract.slot_words import SlotWords
from kg.extract.tree import Tree

__all__ = ["Fate", "FateReader"]

# How many tokens a phrase of fate spans ("trouvé à leur tour la mort").
_SPAN = 6
# How far from a counted noun its word of fate is looked for, in tokens.
_AHEAD = 24
_BACK = 14
_ASIDE = 16
_STOPS = frozenset({":", ";", "qui", "que", "qu'", "où", "(", "«", "»", '"'})
_SELF = frozenset({"", "à", "de"})  # the prepositions a victim may stand behind
_GROUPS = frozenset({"state", "institution", "place", "facility", "equipment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """A word that says what became of people: their kind, and on which side they stand."""

    token: int
    kind: Literal["killed", "wounded"]
    side: Literal["before", "behind"]
    turns: bool = False  # those killed may also stand behind, where nobody stands before


class FateReader:
    """Finds the words of fate of one article and whom each is said of."""

    def __init__(self, tree: Tree, grammar: Grammar, cast: Cast, words: SlotWords) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.words = words
        self._phrases = _by_verb(words)
        self._heads = frozenset(self._phrases) | words["verbs.dying"] | {"survivre"}
        self.fates = {f.token: f for f in map(self._fate, range(len(tree))) if f is not None}

    def of(self, head: int, first: int) -> Fate | None:
        """Find what became of those that a noun or number counts from token `first` on."""
        if not self._is_people(head, first):
            return None
        return self.ahead(head) or self._back(first)

    def beside(self, first: int) -> Fate | None:
        """Find the word of fate right before a number: "et en blesse 110 autres"."""
        for k in (first - 1, first - 2):
            fate = self.fates.get(k)
            if fate is not None:
                return fate if fate.side == "behind" else None
        return None

    def is_deadly(self, i: int) -> bool:
        """Tell whether a token says that somebody is dead."""
        fate = self.fates.get(i)
        return fate is not None and fate.kind == "killed"

    # -- the words

    def _fate(self, i: int) -> Fate | None:
        tree = self.tree
        if tree.pos[i] == "NOUN":  # "et en blesse 110 autres": the tagger takes it for a noun
            for kind in ("killed", "wounded"):
                if tree.lower[i] in self.words[f"fate_forms.{kind}"]:
                    return Fate(token=i, kind=kind, side="behind")
        if tree.pos[i] not in ("VERB", "ADJ", "AUX"):
            return None
        verb = self.grammar.verb_lemma(i)
        for kind in ("killed", "wounded"):
            if verb in self.words[f"verbs.{kind}"]:
                return self._done(i, kind)  # type: ignore[arg-type]
        if verb not in self._heads or tree.pos[i] == "ADJ":
            return None
        if verb in self.words["verbs.dying"]:
            return Fate(token=i, kind="killed", side="before", turns=True)
        if verb == "survivre":
            is_not = any(tree.lower[k] in ("n'", "ne") for k in tree.kids[i])
            return Fate(token=i, kind="killed", side="before") if is_not else None
        for word, side in self._phrases.get(verb, ()):
            if not self._is_near(i, word):
                continue
            if side == "object":
                return self._done(i, "killed")
            if side == "before":
                return Fate(token=i, kind="killed", side="before", turns=True)
            return Fate(token=i, kind="killed", side="behind")
        return None

    def _done(self, i: int, kind: Literal["killed", "wounded"]) -> Fate | None:
        """Tell "ont été tués" from "ont tué"."""
        clause = self.grammar.clause(i)
        if any(self.tree.dep[k].startswith("expl") for k in self.tree.kids[i] if k < i):
            return None  # "des roquettes se sont abattues sur onze bases"
        is_passive = self.tree.pos[i] == "ADJ" if clause is None else clause.is_passive
        side: Literal["before", "behind"] = "before" if is_passive else "behind"
        return Fate(token=i, kind=kind, side=side, turns=is_passive)

    def _is_near(self, i: int, word: str) -> bool:
        tree = self.tree
        for k in range(i + 1, min(i + _SPAN, len(tree))):
            if tree.pos[k] in ("VERB", "PUNCT") and tree.lower[k] != ",":
                return tree.lemma[k] == word
            if word in (tree.lemma[k], tree.lower[k], tree.lower[k].rstrip("s")):
                return True
        return False

    # -- whom they are said of

    def _is_people(self, head: int, first: int) -> bool:
        tree = self.tree
        before = first - 1
        if before >= 0 and tree.pos[before] == "ADP" and tree.sent[before] == tree.sent[first]:
            said = tree.contractions.get(tree.lower[before], tree.lower[before])
            if said not in ("à", "de", "d'"):
                return False
        if tree.pos[head] in ("PRON", "NUM") or tree.lemma[head] in self.words["people"]:
            return True
        classes = self.cast.classes(head)
        return "human" in classes and not classes & _GROUPS

    def ahead(self, head: int) -> Fate | None:
        """Read on from a noun to the verb it is the subject of, past what is set apart."""
        tree, k = self.tree, head + 1
        last = min(tree.sents[tree.sent[head]][1], head + _AHEAD)
        while k < last:
            fate = self.fates.get(k)
            if fate is not None:
                return fate if fate.side == "before" else None
            if tree.lower[k] in _STOPS or self._is_other_verb(k):
                return None
            if tree.lower[k] == ",":
                aside = self.fates.get(k + 1)  # "les cinq autres, blessés, ont été évacués"
                if (
                    aside is not None
                    and aside.side == "before"
                    and "," in tree.lower[k + 2 : k + 3]
                ):
                    return aside
                after = self._past_aside(k, last)
                if after is None:
                    return None
                k = after
            else:
                k += 1
        return None

    def _past_aside(self, comma: int, last: int) -> int | None:
        """Give the token behind ", dont quatre policiers," and ", selon l'armée,"."""
        tree = self.tree
        if comma + 1 >= last:
            return None
        opens = tree.lower[comma + 1] in self.words["asides"] or tree.pos[comma + 1] == "ADJ"
        if not opens and tree.pos[comma + 1] == "VERB":
            opens = "VerbForm=Part" in tree.morph[comma + 1]
        if not opens:
            return None
        for k in range(comma + 2, min(comma + _ASIDE, last)):
            if tree.lower[k] == ",":
                return k + 1
            if tree.pos[k] == "AUX" and tree.lower[comma + 1] in self.words["asides"]:
                return k
        return None

    def _is_other_verb(self, k: int) -> bool:
        """Tell a verb that says something else of those before it from "enfermés à Tajoura"."""
        tree = self.tree
        if tree.pos[k] != "VERB":
            return False
        is_reduced = "VerbForm=Part" in tree.morph[k] and tree.dep[k] in ("acl", "amod")
        return not is_reduced or tree.lower[k].endswith("ant")

    def _back(self, first: int) -> Fate | None:
        """Read back from the number to the verb whose object, or inverted subject, it counts."""
        tree = self.tree
        start = max(tree.sents[tree.sent[first]][0], first - _BACK)
        for k in range(first - 1, start - 1, -1):
            fate = self.fates.get(k)
            if fate is not None:
                if fate.side == "behind" or (fate.turns and self._is_turned(k)):
                    return fate
                return None
            if tree.lower[k] in _STOPS or self._is_other_verb(k) or tree.pos[k] == "AUX":
                return None
        return None

    def _is_turned(self, verb: int) -> bool:
        """Tell "où ont péri 53 migrants": nobody stands before the verb."""
        tree = self.tree
        if any(k < verb for k in tree.children(verb, "nsubj", "nsubj:pass")):
            return False
        start = verb
        while start > 0 and tree.pos[start - 1] in ("AUX", "ADV"):
            start -= 1
        return start == 0 or tree.lower[start - 1] in self.words["turning"]


def _by_verb(words: SlotWords) -> dict[str, tuple[tuple[str, str], ...]]:
    """Index the phrases of fate by their verb: its further word, and where the victims stand."""
    found: dict[str, list[tuple[str, str]]] = {}
    for side in ("before", "behind", "object"):
        for phrase in sorted(words[f"fates.{side}"]):
            verb, _, word = phrase.partition(" ")
            found.setdefault(verb, []).append((word, side))
    return {verb: tuple(listed) for verb, listed in found.items()}
