"""Quotations: who says them, and what they say.

Takes a fresh tree, repairs what a parser makes of the verb behind a quotation, and gives a
`Quotations` record. Behind what it reports a French verb of saying stands before its subject ("…",
a dénoncé le ministre), which a parser takes for the object of an accusation.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.extract.tree import Tree

__all__ = ["Quotations", "is_first_person", "turn_quotations", "turn_relatives"]

_CLOSING = frozenset({"»", '"', "”", "''"})
_OPENING = frozenset({"«", "“"})
_NEAR = 5  # how many tokens behind a closing mark the verb of saying may stand
_FAR = 80  # how long a quotation may go on
_BARS = frozenset({",", "-", "–", "—"})
_OUTSIDE = ("parataxis", "parataxis:insert")
_TOLD = ("ccomp", "parataxis", "dislocated", "ROOT")
_BESIDE = ("aux", "expl", "advmod", "iobj")
_BEHIND = ("obj", "iobj", "obl:arg", "obl:mod", "obl", "nmod", "appos", "dislocated", "conj", "dep")
_RELATIVE = frozenset({"que", "qu'"})
_LATTER = frozenset({"dernier", "dernière", "derniers", "dernières"})  # "a exigé ce dernier"
_FIRST = frozenset({"je", "j'", "nous"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotations:
    """The verbs that stand behind what they report, each with the head of what is reported.

    `contents` maps such a verb to that head; `speakers` maps a verb to its subject's token.
    """

    contents: dict[int, int]
    speakers: dict[int, int]

    def speaker(self, tree: Tree, i: int) -> int | None:
        """Find who says the words around a token: by syntax, else behind the closing mark."""
        above = {i, *tree.ancestors(i)}
        for verb, content in self.contents.items():
            if content in above and verb != i:
                return self.speakers[verb]
        for k in range(i + 1, len(tree)):
            if tree.text[k] in _CLOSING and any(v > k for v in self.speakers):
                verb = min(v for v in self.speakers if v > k)
                return self.speakers[verb] if verb - k <= _NEAR else None
            if tree.text[k] in _OPENING or k - i > _FAR:
                return None
        return None


def turn_quotations(tree: Tree, times: Collection[int]) -> Quotations:
    """Make subjects of the nouns behind inverted verbs of saying.

    `times` are the tokens of time expressions, which are nobody ("a affirmé mardi le ministre").
    """
    turn_relatives(tree)
    contents: dict[int, int] = {}
    speakers: dict[int, int] = {}
    for verb in range(1, len(tree)):
        if tree.pos[verb] != "VERB" or not _is_behind(tree, verb):
            continue
        subjects = tree.children(verb, "nsubj")
        behind = [
            k for k in subjects if k > verb or tree.text[k].startswith("-")
        ]  # "a-t-il averti"
        front = [k for k in subjects if k not in behind]
        if front and not behind and not all(_is_fragment(tree, k, verb) for k in front):
            continue
        noun = behind[0] if behind else _noun_behind(tree, verb, times)
        if noun is None:
            continue
        if not behind:
            _make_subject(tree, noun, verb)
        for k in front:  # "« Des mesures injustifiées », s'est indigné Kigali"
            tree.dep[k] = "dislocated"
        content = _content(tree, verb)
        if content is not None:
            contents[verb] = content
        speakers[verb] = noun
    return Quotations(contents=contents, speakers=speakers)


def _is_fragment(tree: Tree, noun: int, verb: int) -> bool:
    """Tell "des accusations « sans fondement »", words quoted without a verb, from a subject.

    Nor is a clause of its own one ("ce n'est pas le mot de la fin"), nor what does not agree.
    """
    if tree.pos[noun] != "NOUN":
        return False
    forms = [verb, *(k for k in tree.kids[verb] if tree.dep[k].startswith("aux"))]
    is_single = any(tree.has(k, "Number=Sing") and tree.has(k, "VerbForm=Fin") for k in forms)
    is_misfit = is_single and tree.has(noun, "Number=Plur")
    has_verb = bool(tree.children(noun, "cop"))
    return (
        is_misfit
        or has_verb
        or any(tree.has(k, "Definite=Ind") for k in tree.children(noun, "det"))
    )


def turn_relatives(tree: Tree) -> None:
    """Make a subject of the noun behind "qu'a revendiqué …" and "que dément …"."""
    for verb in range(len(tree)):
        if tree.pos[verb] != "VERB" or tree.children(verb, "nsubj", "nsubj:pass"):
            continue
        objects = tree.children(verb, "obj")
        if len(objects) < 2 or objects[0] > verb or tree.lower[objects[0]] not in _RELATIVE:
            continue
        group = [k for k in tree.kids[verb] if objects[0] < k < verb]
        if verb - objects[0] - 1 == len(group) and not tree.prep(objects[1]):
            tree.dep[objects[1]] = "nsubj"


def _is_behind(tree: Tree, verb: int) -> bool:
    """Tell a finite verb right behind a quotation, or put in between commas."""
    if tree.has(verb, "VerbForm=Inf") or tree.dep[verb] in ("conj", "acl", "acl:relcl", "xcomp"):
        return False
    group = [k for k in tree.kids[verb] if k < verb and tree.dep[k].startswith(_BESIDE)]
    is_finite = tree.has(verb, "VerbForm=Fin") or any(tree.dep[k].startswith("aux") for k in group)
    first = min([*group, verb])
    if not is_finite or first == 0 or any(tree.dep[k] == "aux:pass" for k in group):
        return False
    for k in range(first, verb):
        if k not in group and tree.pos[k] != "ADV" and not tree.text[k].startswith("-"):
            return False
    before = tree.text[first - 1]
    if before in _BARS and first > 1 and tree.text[first - 2] in _CLOSING:
        return True
    if before in _CLOSING:
        return tree.sents[tree.sent[verb]][0] < first - 1
    return before in _BARS and tree.dep[verb] in _OUTSIDE and tree.head[verb] < verb


def _noun_behind(tree: Tree, verb: int, times: Collection[int]) -> int | None:
    """Find the noun phrase without a preposition that opens behind the verb.

    What may stand between are adverbs, dates and whom it is said to ("à l'AFP").
    """
    near = [k for k in tree.kids[verb] if k > verb and tree.dep[k] in _BEHIND]
    near += [k for n in near for k in tree.kids[n] if k > n and tree.dep[k] in ("appos", "nmod")]
    for k in sorted(near):
        is_noun = tree.pos[k] in ("NOUN", "PROPN", "PRON") or tree.lower[k] in _LATTER
        if not is_noun or k in times or tree.prep(k):
            continue
        first = tree.span(k)[0]
        between = range(verb + 1, first)
        if any(tree.text[x] in (":", ";") for x in between):
            return None
        commas = sum(tree.text[x] == "," for x in between)
        if commas and not (commas == 2 and any(x in times for x in between)):
            return None  # "a averti, le lendemain, le général" is one speaker still
        return k
    return None


def _make_subject(tree: Tree, noun: int, verb: int) -> None:
    up = tree.head[noun]
    if up != verb:
        tree.kids[up].remove(noun)
        tree.kids[verb] = sorted([*tree.kids[verb], noun])
        tree.head[noun] = verb
    tree.dep[noun] = "nsubj"


def _content(tree: Tree, verb: int) -> int | None:
    """Find the head of what is reported: the verb's own head, or a clause hanging from it."""
    if tree.dep[verb] in _OUTSIDE and tree.head[verb] < verb:
        return tree.head[verb]
    before = [k for k in tree.kids[verb] if k < verb and tree.dep[k] in _TOLD]
    return before[-1] if before else None


def is_first_person(tree: Tree, i: int) -> bool:
    """Tell "je" and "nous": in a quotation they stand for whoever speaks."""
    return tree.lower[i] in _FIRST
