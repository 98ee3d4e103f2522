"""Words that take up an event told before: "celle de mardi", "la seconde", "cette opération".

Takes a tree and the events that its own words tell of, gives tokens with the frame of the event
that they speak of again.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.grammar import Grammar
from kg.extract.lexicon import Frame
from kg.extract.tree import Tree

__all__ = ["find_echoes", "find_takings_up"]

_BACK = 2  # sentences
_POINTING = ("Definite=Def", "PronType=Dem")
_OWN = frozenset({"nmod", "acl", "acl:relcl", "amod", "appos"})


def find_echoes(
    tree: Tree, grammar: Grammar, nouns: Mapping[int, Frame]
) -> list[tuple[int, Frame]]:
    """Read "celle du 27 décembre" as another event of the kind the noun before it names.

    `nouns` maps the event nouns of the article to their frames; each pronoun comes with its own.
    """
    again = []
    forms = grammar.words["demonstrative_pronouns"]
    for i in range(len(tree)):
        ordinal = _is_ordinal(i, tree, grammar)
        if not ordinal and (
            tree.lower[i] not in forms
            or not any(tree.dep[k] in ("nmod", "acl", "acl:relcl", "obl:mod") for k in tree.kids[i])
        ):
            continue
        first = tree.sents[max(tree.sent[i] - 1, 0)][0]
        before = [
            nouns[k]
            for k in range(first, i)
            if k in nouns
            and _agree(tree, k, i, grammar)
            and (not ordinal or tree.lemma[k] in grammar.words["series_nouns"])
        ]
        if before:
            again.append((i, before[-1]))
    return again


def find_takings_up(
    tree: Tree, grammar: Grammar, found: Mapping[int, Frame]
) -> list[tuple[int, Frame]]:
    """Read "l'opération" behind an attack as that attack: such nouns say nothing of their own.

    Only where the noun points back, has nothing beside it, and no event of its own kind stands
    before it in the sentence or the two before. `found` maps all triggers to their frames.
    """
    words = grammar.words["taking_up_nouns"]
    taken = []
    for i, frame in found.items():
        if tree.lemma[i] not in words or frame.event != "Offensive" or not _points(tree, i):
            continue
        first = tree.sents[max(tree.sent[i] - _BACK, 0)][0]
        before = [found[k] for k in range(first, i) if k in found]
        told = [f for f in before if f.event in ("Attack", "Offensive", "Clash", "Seizure")]
        if told and told[-1].event == "Attack" and all(f.event == "Attack" for f in told):
            taken.append((i, told[-1]))
    return taken


def _points(tree: Tree, i: int) -> bool:
    if any(tree.dep[k] in _OWN for k in tree.kids[i]):
        return False
    return any(tree.has(k, mark) for k in tree.kids[i] for mark in _POINTING)


def _is_ordinal(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell "la seconde s'est produite": a number stands for the noun before it."""
    return (
        tree.lemma[i] in grammar.words["ordinal_words"]
        and tree.dep[i].split(":")[0] == "nsubj"
        and tree.lemma[tree.head[i]] in grammar.words["occurrence_verbs"]
        and any(tree.dep[k] == "det" for k in tree.kids[i])
    )


def _agree(tree: Tree, noun: int, pronoun: int, grammar: Grammar) -> bool:
    """Tell whether a pronoun may stand for a noun: "ceux" never stands for one "départ"."""
    form = tree.lower[pronoun]  # the tagger is not sure of its gender
    if tree.has(noun, "Gender=Fem") and not form.rstrip("s").endswith("e"):
        return False
    if tree.has(noun, "Gender=Masc") and form in grammar.words["feminine_demonstratives"]:
        return False
    return not (tree.has(noun, "Number=Sing") and form.endswith(("s", "x")))
