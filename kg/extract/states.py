"""Words of events that tell of a habit, a standing mission or a state instead.

Takes a tree and the token of a possible trigger, tells whether it is one of those.
"""

from __future__ import annotations

from kg.extract.grammar import Grammar
from kg.extract.tree import Tree

__all__ = ["is_habit", "is_mission", "is_mock", "is_posted", "is_scene", "is_state"]

_PLAY = 2  # how far up the word for a play may stand
_QUOTES = frozenset({"«", "»", '"', "“", "”"})


def is_habit(i: int, tree: Tree, grammar: Grammar, *, is_verb: bool) -> bool:
    """Tell what is ordered, or done again and again, from an event: "multiplie les attaques"."""
    if tree.has(i, "Mood=Imp"):
        return True
    verb = i
    if not is_verb:
        if tree.dep[i] == "conj" and tree.pos[tree.head[i]] == "NOUN":
            i = tree.head[i]  # "secouée par des attentats et des assassinats"
        up = tree.head[i]
        if tree.dep[i] == "nmod" and tree.lemma[up] in grammar.words["changing_nouns"]:
            return not any(tree.pos[k] == "NUM" for k in tree.kids[i])
        if not tree.has(i, "Number=Plur") or any(tree.dep[k] == "nummod" for k in tree.kids[i]):
            return False
        if is_scene(i, tree, grammar):
            return True
        dep = tree.dep[i].split(":")[0]
        if dep not in ("obj", "nsubj", "obl"):
            return False
        if dep != "obl" and tree.lemma[up] in grammar.words["multiplying_verbs"]:
            return True  # "multiplie les attaques", "les attaques se multiplient"
        if dep == "nsubj" and tree.pos[up] == "ADJ":
            return tree.lemma[up] in grammar.words["frequent_words"]
        verb = up
    habits = grammar.words["habit_words"]
    return any(tree.lemma[k] in habits for k in tree.children(verb, "advmod"))


def is_scene(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell "la région est le théâtre d'attaques": what goes on there, at no moment.

    "Depuis 2012 la cible d'attaques" has a beginning, so it tells of them.
    """
    up = tree.head[i]
    if tree.dep[i] != "nmod" or tree.lemma[up] not in grammar.words["undergoing_nouns"]:
        return False
    if any(tree.dep[k] == "det" and tree.has(k, "Definite=Def") for k in tree.kids[i]):
        return False
    verb = next((k for k in tree.kids[up] if tree.dep[k] == "cop"), tree.head[up])
    top = up if tree.head[verb] == up else verb
    is_since = any(tree.prep(k) == "depuis" for k in (*tree.kids[i], *tree.kids[top]))
    return tree.has(verb, "Tense=Pres") and tree.has(verb, "VerbForm=Fin") and not is_since


def is_mission(i: int, tree: Tree) -> bool:
    """Tell a standing operation that others serve in ("engagés dans l'opération Aube")."""
    after = i + 2 if tree.text[i + 1 : i + 2] and tree.text[i + 1] in _QUOTES else i + 1
    if after >= len(tree) or not tree.text[after][:1].isupper():
        return False
    if any(tree.dep[k].startswith("acl") for k in tree.kids[i]):
        return False  # "l'opération Aube menée depuis mai"
    return tree.dep[i].split(":")[0] in ("nmod", "obl") and tree.head[i] < i


def is_state(i: int, tree: Tree) -> bool:
    """Tell "la péninsule annexée de Crimée": a participle that only says how a place is held."""
    if tree.dep[i] not in ("acl", "amod"):
        return False
    told = ("obl", "advmod", "advcl", "aux", "mark", "obj", "conj", "nmod")
    return not tree.lower[i].endswith("ant") and not any(
        tree.dep[k].startswith(told) and tree.prep(k) != "de" for k in tree.kids[i]
    )


def is_posted(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell where troops stand from their being sent: "les milices déployées dans la ville"."""
    if tree.lower[i].endswith("ant"):
        return False
    if _is_standing(i, tree, grammar):
        return True
    if tree.dep[i] != "acl":
        return False
    where = grammar.words["posting_preps"]
    return all(tree.prep(k) in where for k in tree.kids[i] if tree.dep[k].startswith("obl"))


def _is_standing(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell "sont déployés dans le pays", "restent mobilisés": no one sends them now."""
    if tree.lemma[i] not in grammar.words["posting_verbs"]:
        return False
    if tree.dep[i] == "xcomp" and tree.lemma[tree.head[i]] in grammar.words["remaining_verbs"]:
        return True
    kids = tree.kids[i]
    if any(tree.dep[k] in ("aux:tense", "obl:agent") or tree.prep(k) == "par" for k in kids):
        return False
    standing = grammar.words["standing_forms"]
    return any(tree.dep[k] in ("aux:pass", "cop") and tree.lower[k] in standing for k in kids)


def is_mock(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell what is only played: "un exercice simulant un attentat", "une fausse attaque"."""
    words = grammar.words["mock_words"]
    if any(tree.lemma[k] in words for k in tree.children(i, "amod")):
        return True
    for _ in range(_PLAY):
        up = tree.head[i]
        if up == i:
            return False
        if tree.lemma[up] in words:
            return True
        i = up
    return False
