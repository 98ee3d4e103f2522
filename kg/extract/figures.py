"""Numbers that count victims without saying so: a second side, another source, a revised count.

Takes the numbers of an article in text order with the toll read last, gives what a bare number
adds: "et trois côté rebelle" is summed, "160 d'après des habitants" contradicts, "le bilan a été
porté à 25" is the latest.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.draft import TollFound
from kg.extract.grammar import Grammar
from kg.extract.slot_words import SlotWords
from kg.extract.tree import Tree
from kg.model import Count, Quantity

__all__ = ["FigureReader", "both"]

# How far before a number its revision is told, and how far apart two figures stand.
_NEAR = 8
_APART = 14
_FAR = 24
_PARTING = frozenset({":", ";", "dont"})
_JOINING = frozenset({"et", ","})


class FigureReader:
    """Reads bare numbers beside those that count victims."""

    def __init__(self, tree: Tree, grammar: Grammar, words: SlotWords) -> None:
        self.tree = tree
        self.grammar = grammar
        self.words = words

    def latest(self, quantity: Quantity) -> Quantity:
        """Keep the last number of "le bilan est passé de 12 à 31 morts"."""
        top = quantity.count.max
        if quantity.rule != "count:range" or top is None:
            return quantity
        if self.tree.lower[quantity.first] != "de" or not self._is_revised(quantity.first):
            return quantity
        return replace(quantity, count=Count(min=top, max=top), rule="count:latest")

    def is_listed(self, quantity: Quantity) -> bool:
        """Tell the number of "la ville compte ses morts : onze"."""
        tree, first = self.tree, quantity.first
        if first < 2 or quantity.head is not None or tree.lower[first - 1] != ":":
            return False
        return tree.lemma[first - 2] in self.words["dead"]

    def is_revised(self, quantity: Quantity) -> bool:
        """Tell the number of "ce bilan a été porté à 25", which names no victims."""
        tree, first = self.tree, quantity.first
        if quantity.head is not None or tree.lower[first - 1] != "à":
            return False
        start = tree.sents[tree.sent[first]][0]
        named = any(self._is_toll_report(k) for k in range(max(start, first - _FAR), first))
        return named and self._is_revised(first)

    def _is_toll_report(self, i: int) -> bool:
        """Tell "le bilan", "ce nombre" and "le nombre de morts" from "le nombre de troupes"."""
        tree = self.tree
        if tree.lemma[i] not in self.words["reports"]:
            return False
        of = [k for k in tree.children(i, "nmod") if tree.prep(k) == "de"]
        if any(tree.lemma[k] in self.words["counted"] for k in of):
            return True
        is_this = any("PronType=Dem" in tree.morph[k] for k in tree.kids[i])
        return is_this or (not of and tree.lemma[i] in self.words["tolls"])

    def _is_revised(self, first: int) -> bool:
        start = max(first - _NEAR, self.tree.sents[self.tree.sent[first]][0])
        return any(
            self.grammar.verb_lemma(k) in self.words["revisions"] for k in range(start, first)
        )

    def is_further(self, quantity: Quantity, before: TollFound) -> bool:
        """Tell the second number of "douze morts côté palestinien et un côté israélien"."""
        tree, first, last = self.tree, quantity.first, quantity.last
        if not self._follows(quantity, before) or before.is_part or before.count.max == 0:
            return False
        if tree.lower[first - 1] not in _JOINING or tree.lower[last] not in self.words["sides"]:
            return False
        between = range(before.last, first - 1)
        return (
            len(between) <= _APART
            and any(tree.lower[k] in self.words["sides"] for k in between)
            and not any(tree.pos[k] == "VERB" or tree.lower[k] in _PARTING for k in between)
        )

    def is_rival(self, quantity: Quantity, before: TollFound) -> bool:
        """Tell another source's number: "132 civils, selon Paris, 160 d'après des habitants"."""
        tree, first, last = self.tree, quantity.first, quantity.last
        if not self._follows(quantity, before) or first - before.last > _FAR:
            return False
        if quantity.head is not None and quantity.head != last - 1:
            return False
        if tree.lower[last] in self.words["sources"] and tree.lower[first - 1] in (",", "et", "ou"):
            return True
        verbs = {self.grammar.verb_lemma(k) for k in range(max(first - 3, 0), first)}
        if verbs & self.words["counting"]:  # "la presse en a dénombré trente-quatre"
            return any(tree.lower[k] == "en" for k in range(max(first - 4, 0), first))
        is_same = tree.lower[first - 1] == "à" == tree.lower[before.first - 1]
        return is_same and tree.lower[last] in (",", ".", ";")

    def _follows(self, quantity: Quantity, before: TollFound) -> bool:
        tree = self.tree
        return (
            quantity.rule.startswith("count:")
            and quantity.last < len(tree)
            and tree.sent[quantity.first] == tree.sent[before.first]
        )


def both(one: Count, other: Count) -> Count:
    """Add two counts up."""
    top = None if one.max is None or other.max is None else one.max + other.max
    return Count(min=one.min + other.min, max=top)
