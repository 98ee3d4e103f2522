"""Where nobody was hurt: "sans faire de victimes", "personne n'a été blessé".

Takes the tree and the word lists; gives the token that denies victims and the kinds it denies.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.factuality import Cues
from kg.extract.slot_words import SlotWords
from kg.extract.tree import Tree
from kg.extract.victims import FateReader

__all__ = ["find_zeros"]

_DENYING = frozenset({"pas", "jamais", "ni"})
_NONE = frozenset({"ni", "aucun", "aucune"})
_NE = frozenset({"n'", "ne", "ni"})
# How far behind "sans" the victims stand.
_REACH = 7


def find_zeros(
    tree: Tree, cues: Cues, words: SlotWords, fates: FateReader
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Find the tokens that deny victims, each with the kinds that it denies."""
    for i in range(len(tree)):
        lemma = tree.lemma[i]
        if lemma in cues["toll_nouns.killed"] or lemma in cues["toll_nouns.wounded"]:
            if _is_without(i, tree, words) or _is_denied(i, tree):
                if lemma == "victime":
                    yield i, ("killed", "wounded")
                else:
                    yield i, ("wounded" if lemma in cues["toll_nouns.wounded"] else "killed",)
        elif tree.lower[i] in words["nobody"]:
            fate = fates.ahead(i)
            if fate is not None and any(tree.lower[k] in _NE for k in range(i + 1, fate.token)):
                yield i, (fate.kind,)


def _is_denied(i: int, tree: Tree) -> bool:
    """Tell "il n'y a pas eu de victimes" and "n'a fait ni mort ni blessé"."""
    words = {tree.lower[k] for k in tree.kids[tree.head[i]]}
    own = {tree.lower[k] for k in tree.kids[i]}
    if tree.lower[i - 1] == "ni" and i > 0:
        return True
    is_denied = bool(words & _DENYING or own & _NONE)
    if tree.first_conjunct(i) != i:
        is_denied = is_denied or "ni" in own
    if not tree.dep[i].startswith(("obj", "conj", "obl")) or not is_denied:
        return False
    return tree.pos[i] == "NOUN" and bool((words | own) & _NE)


def _is_without(i: int, tree: Tree, words: SlotWords) -> bool:
    """Tell "sans faire de victimes" and "sans victime" from "sans compter les blessés"."""
    first = tree.first_conjunct(i)
    if tree.prep(first) == "sans":
        return True
    start = max(tree.sents[tree.sent[i]][0], first - _REACH)
    for k in range(first - 1, start - 1, -1):
        if tree.lower[k] == "sans":  # "sans qu'il y ait de victime"
            between = range(k + 1, first)
            return any(tree.lemma[m] in words["makers"] for m in between) and not any(
                tree.pos[m] in ("NOUN", "PROPN") for m in between
            )
        if tree.lower[k] in (",", ";"):
            return False
    return False
