"""Words of attacks that tell of none: disasters, accidents, and the names of crimes.

Takes the token or the clause of a possible deed, tells whether a mishap is behind it ("le séisme a
tué", "s'est écrasé au décollage, tuant douze passagers") or only a charge ("inculpé de meurtre").
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.grammar import Clause, Grammar
from kg.extract.tree import Tree

__all__ = ["is_charge", "is_mishap"]

_BESIDE = frozenset({"advcl", "conj", "xcomp"})


def is_mishap(clause: Clause, tree: Tree, grammar: Grammar, cast: Cast) -> bool:
    """Tell a deed whose doer is a disaster, or that only follows from an accident.

    What a weapon does in falling ("une roquette s'est écrasée sur une maison, tuant") is none.
    """
    subjects = [] if clause.is_passive else list(clause.get("subj"))
    verb = clause.verb
    if tree.dep[verb] in _BESIDE:
        above = grammar.clause(tree.head[verb])
        if above is not None and not above.is_passive:
            subjects += above.get("subj")
            falls = above.lemma in grammar.words["mishap_verbs"]
            if falls and not any(cast.is_a(k, "weapon") for k in subjects):
                return not _is_caused(above, tree)
    return any(tree.lemma[k] in grammar.words["mishap_nouns"] for k in subjects)


def is_charge(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell "inculpé de meurtre", "jugé pour assassinat": a crime of the code, nobody's death.

    "Inculpé du meurtre de deux policiers" has an article and a victim, and tells a deed.
    """
    if tree.has(i, "Number=Plur") or tree.prep(i) not in ("de", "pour"):
        return False
    if any(tree.dep[k] in ("det", "nummod") for k in tree.kids[i]):
        return False
    if any(tree.prep(k) in ("de", "contre", "sur") for k in tree.children(i, "nmod")):
        return False
    if any(tree.lower[k] in ("du", "des") for k in tree.children(i, "case")):
        return False
    up = tree.head[i]
    if tree.dep[i] == "conj" or tree.pos[up] == "NOUN":
        return False
    return grammar.verb_lemma(up) in grammar.words["charging_verbs"] | {"accuser", "reconnaître"}


def _is_caused(clause: Clause, tree: Tree) -> bool:
    """Tell "s'est écrasé après avoir été touché par un tir": somebody did it after all."""
    return any(
        (tree.dep[k] in ("advcl", "acl") and k < clause.verb) or tree.prep(k) in ("après", "sous")
        for k in tree.kids[clause.verb]
    )
