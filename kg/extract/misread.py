"""Verbs that the tagger takes for something else, woken up by their form.

Takes a fresh tree and the forms that are never anything but a verb in news ("dément"), and puts
the verb where its grammar wants it: over its subject, over the infinitive behind it, or under the
noun that its relative clause describes.
"""

from __future__ import annotations

from kg.extract.grammar import Constructions
from kg.extract.tree import Tree

__all__ = ["wake_verbs"]

_NAMES = frozenset({"NOUN", "PROPN"})


def wake_verbs(tree: Tree, words: Constructions) -> None:
    """Make verbs of the listed forms wherever the tagger made none; heads change in place."""
    forms = words["misread_verbs"]
    for first, _ in tree.sents:
        _wake_opening(tree, first)
    for i in range(len(tree)):
        if tree.lower[i] not in forms or tree.pos[i] in ("VERB", "AUX") or _is_noun(tree, i):
            continue
        tree.pos[i], tree.lemma[i] = "VERB", words.participles[tree.lower[i]]
        tree.morph[i] = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
        if not tree.children(i, "nsubj"):
            _place(tree, i)
        for k in tree.children(i, "nmod", "appos"):  # "accuse Islamabad d'armer la guérilla"
            if k > i and not tree.prep(k) and not tree.children(i, "obj"):
                tree.dep[k] = "obj"
        for k in tree.children(i, "nsubj")[1:]:  # "Vardan dément la libération": one is the object
            tree.dep[k] = "obj" if k > i else tree.dep[k]


def _wake_opening(tree: Tree, i: int) -> None:
    """Read "Limogé jeudi, le ministre …": a capital made a name of the participle."""
    if tree.pos[i] != "PROPN" or tree.dep[i] != "advcl":
        return
    stem = tree.lower[i].removesuffix("s").removesuffix("e")
    if stem.endswith("é"):
        tree.pos[i], tree.lemma[i] = "VERB", stem[:-1] + "er"
        tree.morph[i] = "Tense=Past|VerbForm=Part"


def _is_noun(tree: Tree, i: int) -> bool:
    return any(tree.pos[k] == "DET" for k in tree.kids[i] if k < i)


def _place(tree: Tree, i: int) -> None:
    up = tree.head[i]
    if up == i:
        return
    if tree.pos[up] in ("VERB", "AUX"):
        _swap(tree, i, up, "xcomp" if up > i else "conj")
        for k in [k for k in tree.children(up, "nsubj") if k < i]:
            _hang(tree, k, i, "nsubj")
    elif tree.pos[up] in _NAMES:
        _swap(tree, i, up, "nsubj")
    else:  # "ce que Moscou dément": the name stands where the verb should
        names = [k for k in tree.children(up, "acl:relcl", "nmod") if tree.pos[k] in _NAMES]
        if names:
            _hang(tree, i, up, "acl:relcl")
            _hang(tree, names[-1], i, "nsubj")


def _swap(tree: Tree, i: int, up: int, dep: str) -> None:
    """Put a token in the place of its head, and its head under it with a new label."""
    top, old = tree.head[up], tree.dep[up]
    tree.kids[up].remove(i)
    if top == up:
        tree.head[i] = i
    else:
        tree.kids[top].remove(up)
        tree.kids[top] = sorted([*tree.kids[top], i])
        tree.head[i] = top
    is_described = top != up and tree.pos[top] in _NAMES and old in ("appos", "nmod", "acl")
    tree.dep[i] = "acl:relcl" if is_described else old
    tree.kids[i] = sorted([*tree.kids[i], up])
    tree.head[up], tree.dep[up] = i, dep
    for k in [k for k in tree.kids[up] if (k > i) != (up > i) and k != i]:
        _hang(tree, k, i, "advcl" if tree.dep[k] == "acl" else tree.dep[k])


def _hang(tree: Tree, i: int, head: int, dep: str) -> None:
    old = tree.head[i]
    if old != i:
        tree.kids[old].remove(i)
    tree.head[i], tree.dep[i] = head, dep
    tree.kids[head] = sorted([*tree.kids[head], i])
    tree.forget(i)
