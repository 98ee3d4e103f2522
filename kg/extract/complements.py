"""Complements of event nouns that the parser hangs from the place or the doer before them.

Takes a fresh tree and the nouns of the lexicon, changes heads in place: "l'envoi en mer Rouge d'une
force" is the sending of a force, "la reconquête par Moscou de la ville" that of the town. With the
cast, it also gives participles behind a comma to the person named right before.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.cast import Cast
from kg.extract.repair import move
from kg.extract.tree import Tree

__all__ = ["free_complements", "free_participles"]

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


def free_participles(tree: Tree, cast: Cast) -> None:
    """Read "la chute de Mouammar Kadhafi, tué en 2011": whom a participle behind a comma describes.

    Moves it from a noun that is nobody to the person whose name ends right before the comma.
    """
    for i in range(2, len(tree)):
        if tree.dep[i] not in ("acl", "amod") or tree.text[i - 1] != "," or not _is_past(tree, i):
            continue
        top = tree.head[i]
        if tree.pos[top] != "NOUN" or "human" in cast.classes(top) or top > i:
            continue
        name = i - 2
        while tree.dep[name].startswith("flat") and tree.head[name] < name:
            name = tree.head[name]
        if name == top or tree.pos[name] != "PROPN" or not _is_under(tree, name, top):
            continue
        if {"person", "human"} & cast.classes(name) and not tree.has(i, "Gender=Fem"):
            move(tree, i, name, "acl")


def _is_past(tree: Tree, i: int) -> bool:
    return tree.pos[i] in ("VERB", "ADJ") and not tree.lower[i].endswith("ant")


def _is_under(tree: Tree, i: int, top: int) -> bool:
    return any(k == top for k in tree.ancestors(i))
