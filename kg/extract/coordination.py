"""Lists and objects that a parser hung from the wrong word: who stands with whom.

Takes a fresh tree, changes heads in place. Each rule has a function of its own, with the sentence
that it reads: a noun is joined to a noun and not to the adjective before it, bare subjects stand
behind "où s'affrontent", enumerated states are a list, a bare name behind "accuser" is whom the
verb accuses, a list behind a duration is what the verb opposes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.extract.repair import move
from kg.extract.tree import Tree
from kg.model import TimeExpression

__all__ = ["coordinate"]

_SUBJECTS = ("nsubj", "nsubj:pass", "expl:subj")
_NOUNS = ("NOUN", "PROPN")
_REFLEXIVES = frozenset({"se", "s'"})


def coordinate(
    tree: Tree,
    times: Iterable[TimeExpression],
    ruling: Collection[str],
    opposing: Collection[str],
) -> None:
    """Put lists and bare objects right.

    `ruling` are the verbs that make somebody do something ("accuser", "appeler"), `opposing` those
    that name both sides of a fight ("opposer").
    """
    for time in times:
        if time.last < len(tree) and time.kind in ("DATE", "DURATION"):
            _list_opponents(tree, time.last, opposing)
    for i in range(len(tree)):
        dep, pos = tree.dep[i], tree.pos[i]
        if dep == "conj" and pos in _NOUNS:
            _lift_conjunct(tree, i)
        elif dep == "appos" and pos == "PROPN":
            _enumerate(tree, i)
        elif dep == "acl:relcl":
            _invert(tree, i)
        elif pos == "PROPN" and dep in ("obl:mod", "xcomp", "obl:arg", "dislocated"):
            _take_name(tree, i, ruling)


def _lift_conjunct(tree: Tree, i: int) -> None:
    """Read "soldats congolais et miliciens": a noun is joined to the noun, not its adjective."""
    low = tree.head[i]
    top = tree.head[low]
    if tree.pos[low] == "ADJ" and tree.dep[low] == "amod" and low < i and tree.pos[top] in _NOUNS:
        move(tree, i, top, "conj")
        tree.forget(i)
    elif _is_bare(tree, i) and tree.pos[low] == "PROPN" and tree.dep[low] == "nmod" and low < i:
        # "dissidents des Farc et narcotrafiquants": neither has an article
        if tree.has(i, "Number=Plur") and tree.pos[i] == "NOUN" and _is_bare(tree, top):
            move(tree, i, top, "conj")


def _is_bare(tree: Tree, i: int) -> bool:
    """Tell a noun without article and preposition."""
    return not any(tree.dep[k] in ("det", "case", "nummod") for k in tree.kids[i] if k < i)


def _enumerate(tree: Tree, i: int) -> None:
    """Read "les Émirats arabes unis, Bahreïn, le Maroc et le Soudan": four states, one list."""
    head = tree.head[i]
    others = tree.children(i, "conj") or [k for k in tree.children(head, "conj") if k > i]
    if head > i or not others or not tree.text[head][:1].isupper():
        return
    start = tree.span(i)[0]
    is_apart = start > 0 and "," in (tree.text[start], tree.text[start - 1])
    others += [k for other in others for k in tree.children(other, "conj")]
    is_joined = any(tree.dep[k] == "cc" for other in others for k in tree.kids[other])
    if not is_apart or not is_joined or "," in tree.text[others[-1] : others[-1] + 2]:
        return
    if len(others) > 1 or tree.dep[head].startswith("nsubj"):
        tree.dep[i] = "conj"


def _invert(tree: Tree, verb: int) -> None:
    """Read "où s'affrontent soldats et rebelles": the bare nouns behind are the subjects."""
    is_mutual = any(tree.lower[k] in _REFLEXIVES for k in tree.kids[verb])
    if not is_mutual or not any(tree.lower[k] == "où" for k in tree.kids[verb]):
        return
    if tree.children(verb, *_SUBJECTS) or not tree.has(verb, "Number=Plur"):
        return
    for k in tree.kids[verb]:
        if k > verb and tree.pos[k] in ("NOUN", "PROPN", "ADJ") and not tree.prep(k):
            tree.dep[k] = "nsubj"
            if tree.pos[k] == "ADJ":
                tree.pos[k] = "NOUN"
            return


def _take_name(tree: Tree, i: int, ruling: Collection[str]) -> None:
    """Read "a accusé mercredi Moscou de …": a name without preposition is the object."""
    verb = tree.head[i]
    if verb > i or tree.lemma[verb] not in ruling or tree.prep(i):
        return
    if not tree.children(verb, "obj", "iobj", "aux:pass", "nsubj:pass"):
        tree.dep[i] = "obj"


def _list_opponents(tree: Tree, i: int, opposing: Collection[str]) -> None:
    """Read "oppose depuis dix ans guérillas et paramilitaires": the bare list is the object."""
    if tree.pos[i] not in ("ADJ", "NOUN") or not _is_bare(tree, i):
        return
    if not any(tree.pos[k] in ("NOUN", "ADJ") for k in tree.children(i, "conj")):
        return
    verb = next((k for k in tree.ancestors(i) if tree.pos[k] == "VERB"), None)
    if verb is None or verb > i or tree.lemma[verb] not in opposing:
        return
    if not tree.children(verb, "obj") and move(tree, i, verb, "obj"):
        for k in (i, *tree.children(i, "conj")):
            tree.pos[k] = "NOUN" if tree.pos[k] == "ADJ" else tree.pos[k]
