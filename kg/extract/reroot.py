"""Clauses that a parser took for one another: which verb is the main one, whose a subject is.

Takes a fresh tree, changes heads in place. Each rule has a function of its own, with the sentence
that it reads: participles that open a sentence, subjects told twice, a main verb behind a relative
clause, the second of two doers taken for a subject, "contre" behind the noun that it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from kg.extract.repair import move
from kg.extract.tree import NOMINAL, Tree

__all__ = ["reroot"]

_SUBJECTS = ("nsubj", "nsubj:pass")
_RELATIVES = frozenset({"lequel", "laquelle", "lesquels", "lesquelles", "auquel", "auxquels",
                        "auxquelles", "dont", "où", "qui", "que", "qu'"})  # fmt: skip
_REACH = 9  # words between a noun and a participle that is still its own
_PARTICIPLES = ("é", "és", "ée", "ées", "us", "is", "ues", "ies", "ue", "ie")


def reroot(
    tree: Tree,
    nouns: Collection[str],
    participles: Collection[str],
    carrying: Collection[str] = (),
) -> None:
    """Put clauses right.

    `nouns` are the words for events, `participles` known irregular ones, `carrying` the verbs
    that go with event nouns ("mener", "signer").
    """
    for first, last in tree.sents:
        _open(tree, first, last, participles)
    for i in range(len(tree)):
        if tree.dep[i] == "mark" and tree.lower[i] in ("que", "qu'") and tree.pos[i] == "PRON":
            _bind(tree, i)
        elif tree.pos[i] in ("VERB", "AUX"):
            _lower(tree, i)
            if tree.dep[i] == "acl":
                _raise_participle(tree, i, nouns, carrying)
            _join_subjects(tree, i)
            _free_main(tree, i)
            _join_doers(tree, i)
        elif tree.lower[i] == "contre" and tree.dep[i] == "case":
            _keep_aim(tree, i, nouns)
        elif tree.lower[i] == "comme" and tree.dep[i] == "case":
            _liken(tree, i)
        elif tree.dep[i] == "nmod" and tree.prep(i) == "de":
            _free_from_name(tree, i)
        elif tree.dep[i] == "obj" and tree.pos[i] == "NOUN":
            _own(tree, i, nouns)


def _open(tree: Tree, first: int, last: int, participles: Collection[str]) -> None:
    """Read "Tombés dans un piège, douze hommes …": the first word is a participle, no name."""
    form = tree.lower[first]
    if tree.pos[first] not in ("PROPN", "NOUN", "X", "ADJ") or first + 2 >= last:
        return
    if not form.endswith(_PARTICIPLES) or tree.pos[first + 1] not in ("ADP", "ADV"):
        return
    stem = form.rstrip("s").rstrip("e")
    if not stem.endswith("é") and stem not in participles:
        return
    comma = next((k for k in range(first, last) if tree.text[k] == ","), None)
    if comma is None:
        return
    subject = next(
        (k for k in range(comma, last) if tree.dep[k] in (*_SUBJECTS, "ROOT")
         and tree.pos[k] in NOMINAL and tree.head[k] > comma), None
    )  # fmt: skip
    if subject is None or subject == first:
        return
    tree.pos[first] = "VERB"
    tree.lemma[first] = stem[:-1] + "er" if stem.endswith("é") else stem
    tree.morph[first] = "VerbForm=Part|Tense=Past"
    if not move(tree, first, subject, "acl"):
        return
    for k in range(first + 1, comma):
        head = tree.head[k]
        if not first <= head <= comma and tree.dep[k] in ("obl:mod", "obl:arg", "obl", "nmod"):
            move(tree, k, first, "obl:mod")


def _join_subjects(tree: Tree, verb: int) -> None:
    """Read "le chef de la diplomatie Jean Barrot a …": one subject, its name right behind it."""
    subjects = [k for k in tree.children(verb, *_SUBJECTS) if k < verb]
    for left, right in pairwise(subjects):
        is_name = tree.pos[right] == "PROPN" and tree.pos[left] == "NOUN"
        if is_name and tree.span(left)[1] == tree.span(right)[0] and not tree.prep(right):
            move(tree, right, left, "appos")


def _free_main(tree: Tree, verb: int) -> None:
    """Read "le Drovar, à qui X impute le raid, a nié": the second verb is the main one."""
    if tree.head[verb] != verb:
        return
    subjects = [k for k in tree.children(verb, *_SUBJECTS) if k < verb]
    if not subjects:
        return
    noun = subjects[0]
    relatives = [k for k in tree.kids[verb] if noun < k < verb and tree.lower[k] in _RELATIVES]
    if not relatives or tree.text[tree.span(relatives[0])[0] - 1] != ",":
        return
    for main in [k for k in tree.kids[verb] if k > verb and tree.pos[k] == "VERB"]:
        is_bare = not any(tree.dep[k] in (*_SUBJECTS, "mark") and k < main for k in tree.kids[main])
        has_comma = any(tree.text[k] == "," for k in range(verb + 1, main))
        if is_bare and has_comma and tree.has_finite(main):
            _swap(tree, verb, main, noun)
            return


def _swap(tree: Tree, verb: int, main: int, noun: int) -> None:
    tree.kids[verb].remove(main)
    tree.head[main], tree.dep[main] = main, "ROOT"
    kind = "nsubj:pass" if tree.children(main, "aux:pass") else "nsubj"
    if move(tree, noun, main, kind):
        move(tree, verb, noun, "acl:relcl")


def _join_doers(tree: Tree, verb: int) -> None:
    """Read "une trêve signée par A et les rebelles a été rompue": the rebels signed it too."""
    part = tree.head[verb]
    if tree.dep[verb] != "conj" or tree.dep[part] != "acl" or part > verb:
        return
    top = tree.head[part]
    if tree.head[top] != top or tree.pos[top] != "NOUN" or not tree.has_finite(verb):
        return
    subjects = [k for k in tree.children(verb, *_SUBJECTS) if part < k < verb]
    joins = [k for k in tree.children(verb, "cc") if subjects and k < subjects[0]]
    if not joins:
        return
    doers = [k for k in tree.kids[part] if tree.prep(k) == "par" and k < joins[0]]
    if not doers or tree.pos[doers[-1]] not in NOMINAL:
        return
    kind = tree.dep[subjects[0]]
    tree.kids[part].remove(verb)
    tree.head[verb], tree.dep[verb] = verb, "ROOT"
    move(tree, subjects[0], doers[-1], "conj")
    move(tree, joins[0], subjects[0], "cc")
    move(tree, top, verb, kind)


def _keep_aim(tree: Tree, contre: int, nouns: Collection[str]) -> None:
    """Read "tués en deux jours de marches contre le président": it is the marches that are."""
    noun, verb = tree.head[contre], tree.head[tree.head[contre]]
    k = contre - 1
    while k > 0 and tree.pos[k] == "ADJ":
        k -= 1
    if noun < contre or tree.pos[verb] != "VERB" or k <= verb or verb == noun:
        return
    if tree.pos[k] == "NOUN" and tree.lemma[k] in nouns and tree.dep[noun].startswith("obl"):
        move(tree, noun, k, "nmod")


def _liken(tree: Tree, i: int) -> None:
    """Read "l'organisation, comme l'Union africaine, a dénoncé …": both have."""
    noun = tree.head[i]
    subject = tree.head[noun]
    if tree.dep[noun] != "nmod" or tree.dep[subject] not in _SUBJECTS or i == 0:
        return
    last = tree.span(noun)[1]
    is_apart = tree.text[i - 1] == "," and "," in tree.text[last - 1 : last + 1]
    if is_apart and not tree.has(subject, "Number=Plur") and tree.pos[noun] in ("PROPN", "NOUN"):
        tree.dep[noun], tree.dep[i] = "conj", "cc"
        tree.forget(noun)


def _free_from_name(tree: Tree, i: int) -> None:
    """Read "sont convenus à Doha d'une trêve": a name has no indefinite complement."""
    name = tree.head[i]
    verb = tree.head[name]
    if tree.pos[name] != "PROPN" or name > i or tree.pos[verb] != "VERB":
        return
    if not tree.dep[name].startswith("obl") or verb > name:
        return
    if any(tree.has(k, "Definite=Ind") and k < i for k in tree.children(i, "det")):
        move(tree, i, verb, "obl:arg")


def _raise_participle(
    tree: Tree, i: int, nouns: Collection[str], carrying: Collection[str]
) -> None:
    """Read "une trêve dans la bande de Gaza, négociée sous …": the truce was, not the strip."""
    low = tree.head[i]
    if tree.lemma[i] not in carrying or tree.lemma[low] in nouns or low > i:
        return
    for noun in range(low - 1, max(low - _REACH, tree.sents[tree.sent[i]][0] - 1), -1):
        if tree.pos[noun] == "VERB":
            return
        if tree.pos[noun] == "NOUN" and tree.lemma[noun] in nouns:
            agrees = all(
                not tree.has(noun, mark) or tree.has(i, mark) or not _marked(tree, i, mark)
                for mark in ("Gender=Fem", "Gender=Masc", "Number=Sing", "Number=Plur")
            )
            if agrees:
                move(tree, i, noun, "acl")
            return


def _marked(tree: Tree, i: int, mark: str) -> bool:
    return mark.partition("=")[0] in tree.morph[i]


def _lower(tree: Tree, i: int) -> None:
    """Read "malgré la trêve signée par A, des tirs ont …": a bare participle is no main verb."""
    if tree.head[i] != i or not tree.has(i, "VerbForm=Part") or i == 0:
        return
    if any(tree.dep[k].startswith(("aux", "nsubj", "cop")) for k in tree.kids[i]):
        return
    front = next((k for k in tree.kids[i] if k < i and tree.dep[k].startswith("obl")), None)
    if front is None or tree.pos[i - 1] != "NOUN" or tree.span(front)[1] != i:
        return
    for verb in tree.children(i, "conj", "parataxis", "ccomp", "advcl"):
        subjects = [k for k in tree.children(verb, *_SUBJECTS) if i < k < verb]
        if subjects and tree.has_finite(verb):
            tree.kids[i].remove(verb)
            tree.head[verb], tree.dep[verb] = verb, "ROOT"
            move(tree, front, verb, "obl:mod")
            move(tree, i, i - 1, "acl")
            return


def _bind(tree: Tree, que: int) -> None:
    """Read "le Front de libération (FL), qu'il accuse": the pronoun is the verb's object."""
    verb = tree.head[que]
    if tree.dep[verb] != "advcl" or tree.text[que - 1] != "," or tree.pos[verb] != "VERB":
        return
    if tree.children(verb, "obj", "ccomp") or not tree.children(verb, *_SUBJECTS):
        return
    k = que - 2
    if k > 0 and tree.text[k] == ")":
        k = max((j for j in range(k) if tree.text[j] == "("), default=0) - 1
    if k < 0 or tree.pos[k] not in NOMINAL:
        return
    while tree.dep[k] in ("nmod", "flat:name", "appos", "amod") and tree.head[k] < k:
        if tree.prep(k) not in ("", "de"):
            break
        k = tree.head[k]
    if tree.pos[k] in NOMINAL and move(tree, verb, k, "acl:relcl"):
        tree.dep[que] = "obj"


def _own(tree: Tree, i: int, nouns: Collection[str]) -> None:
    """Read "coupables de l'assassinat en 2009 d'un consul": "d'un" opens no object."""
    opening = [k for k in tree.kids[i] if tree.lower[k] in ("d'", "de") and k < i]
    if (
        not opening
        or tree.dep[opening[0]] != "det"
        or tree.pos[opening[0] + 1] not in ("DET", "NUM")
    ):
        return
    verb = tree.head[i]
    for k in range(opening[0] - 1, max(verb, opening[0] - _REACH), -1):
        if tree.pos[k] == "NOUN" and tree.lemma[k] in nouns:
            tree.dep[opening[0]] = "case"
            tree.forget(i)
            move(tree, i, k, "nmod")
            return
