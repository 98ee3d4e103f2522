"""Complements of event nouns that the parser hangs from the place or the doer before them.

Takes a fresh tree and the nouns of the lexicon, changes heads in place: "l'envoi en mer Rouge d'une
force" is the sending of a force, "la reconquête par Moscou de la ville" that of the town.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.repair import move
from kg.extract.tree import Tree

__all__ = ["free_complements"]

_BETWEEN = frozenset({"par", "en", "à", "dans", "sur", "près de", "contre"})
_NOMINAL = frozenset({"NOUN", "PROPN"})


def free_complements(tree: Tree, nouns: Collection[str]) -> None:
    """Give an event noun without a complement in "de" the one behind its place or its doer."""
    for i in range(len(tree)):
        if tree.pos[i] != "NOUN" or tree.lemma[i] not in nouns:
            continue
        beside = [k for k in tree.kids[i] if k > i and tree.dep[k] in ("nmod", "obl:agent", "obl")]
        if not beside or any(tree.prep(k) == "de" for k in beside):
            continue
        first = beside[0]
        if tree.prep(first) not in _BETWEEN or tree.pos[first] not in _NOMINAL:
            continue
        inner = [k for k in tree.children(first, "nmod") if k > first and tree.prep(k) == "de"]
        if inner and _is_apart(tree, first, inner):
            move(tree, inner[-1], i, "nmod")


def _is_apart(tree: Tree, first: int, inner: list[int]) -> bool:
    """Tell a complement that cannot be of the word before it: "par l'armée d'une force".

    Behind a bare name ("par Moscou de la ville"), behind another complement, and with an
    indefinite article that the word before, definite, does not go with.
    """
    last = inner[-1]
    if tree.pos[last] not in _NOMINAL:
        return False
    if tree.lower[first + 1] in ("de", "d'") and tree.prep(first) == "en":
        return False  # "en vue d'une trêve"
    if len(inner) > 1 or tree.pos[first] == "PROPN":
        return any(tree.dep[k] in ("det", "nummod") for k in tree.kids[last])
    return any(tree.has(k, "Definite=Ind") or tree.dep[k] == "nummod" for k in tree.kids[last])
