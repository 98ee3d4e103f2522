"""The words of an article and its parse, as the readers of time look at them.

Takes a parse and the grammar of time, gives a `View` and what can be told of the verb above a
token: whether it looks ahead, tells of the past, or tells a chronicle in the present.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.patterns import Grammar, Match, Scan

__all__ = [
    "CLIMB",
    "View",
    "head_of",
    "is_due",
    "is_future",
    "is_looking_back",
    "is_present",
    "is_told",
    "sentence_start",
]

_WEAK = frozenset({"case", "det", "punct", "mark", "advmod", "cc", "fixed"})
CLIMB = 8  # how far above a token its verb can stand


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The words of an article, and its parse for the few tokens that are looked at."""

    words: Sequence[str]
    doc: Doc
    grammar: Grammar
    scan: Scan

    def pos(self, i: int) -> str:
        """Give the part of speech of a token."""
        return self.doc[i].pos_

    def dep(self, i: int) -> str:
        """Give the syntactic function of a token."""
        return self.doc[i].dep_

    def head(self, i: int) -> int:
        """Give the position of a token's head, its own for a root."""
        return self.doc[i].head.i

    def kids(self, i: int) -> list[int]:
        """Give the positions of a token's dependents."""
        return [kid.i for kid in self.doc[i].children]

    def lemma(self, i: int) -> str:
        """Give the lower-case lemma of a token."""
        return self.doc[i].lemma_.lower()

    def has(self, i: int, feature: str) -> bool:
        """Tell whether a token carries a feature such as "Tense=Fut"."""
        return feature in str(self.doc[i].morph)


def head_of(view: View, match: Match) -> int:
    """Find the token of a match whose own head lies outside it, a noun or adverb before others."""
    best = match.first
    for i in range(match.first, match.last):
        head = view.head(i)
        if match.first <= head < match.last and head != i:
            continue
        if view.dep(i) not in _WEAK:
            return i
        best = i
    return best


def sentence_start(view: View, i: int) -> int:
    """Find where the sentence of a token begins, by its punctuation."""
    while i > 0 and view.words[i - 1] not in (".", "!", "?", "…") and "\n" not in view.words[i - 1]:
        i -= 1
    return i


def is_future(view: View, i: int) -> bool:
    """Tell whether the verb that governs a token speaks of what is to come."""
    for _ in range(CLIMB):
        if view.pos(i) in ("VERB", "AUX") or any(view.dep(k) == "cop" for k in view.kids(i)):
            return _is_future_verb(view, i)
        up = view.head(i)
        if up == i:
            return False
        i = up
    return False


def _is_future_verb(view: View, i: int) -> bool:
    words = view.grammar.words
    helpers = [k for k in view.kids(i) if view.dep(k).startswith(("aux", "cop"))]
    if any(_has_future_form(view, k) for k in (i, *helpers)):
        return True
    lemma = view.lemma(i)
    if view.has(i, "VerbForm=Part") and not helpers:
        return lemma in words.future_participles
    if any(view.lemma(k) in words.future_finite and not _is_past(view, k) for k in helpers):
        return True
    passive = bool(helpers) and all(
        view.dep(k) == "aux:pass" and view.has(k, "VerbForm=Inf") for k in helpers
    )
    if passive or (view.has(i, "VerbForm=Inf") and not helpers):
        up = view.head(i)
        return (
            up != i
            and view.lemma(up) in words.future_heads
            and (view.lemma(up) not in words.future_finite or not _is_past(view, up))
        )
    if view.has(i, "VerbForm=Part"):  # "est prévu mardi"
        is_passive = any(view.dep(k) == "aux:pass" for k in helpers)
        return is_passive and lemma in words.future_participles and len(helpers) == 1
    if lemma in words.future_present and not helpers:
        return view.has(i, "Tense=Pres") and view.has(i, "Mood=Ind")
    return lemma in words.future_finite and not _is_past(view, i)


def is_due(view: View, i: int) -> bool:
    """Tell "devait le recevoir vendredi": a day that was still to come."""
    for _ in range(CLIMB):
        if view.has(i, "VerbForm=Inf"):
            near = (view.head(i), *view.kids(i))
            return any(
                view.lemma(k) in view.grammar.words.future_finite and view.has(k, "Tense=Imp")
                for k in near
            )
        if view.head(i) == i or view.pos(i) == "VERB":
            break
        i = view.head(i)
    return False


def _has_future_form(view: View, i: int) -> bool:
    """Tell "rouvrira" by its tag or, where the tagger errs, by its ending."""
    if view.has(i, "Tense=Fut"):
        return True
    words, form = view.grammar.words, view.words[i]
    return (
        form.endswith(words.future_endings)
        and form not in words.future_not
        and view.has(i, "VerbForm=Fin")
    )


def is_told(view: View, i: int) -> bool:
    """Tell whether the verb that governs a token tells of the past."""
    for _ in range(CLIMB):
        if view.pos(i) in ("VERB", "AUX"):
            return _is_past(view, i) or any(view.dep(k) == "aux:tense" for k in view.kids(i))
        up = view.head(i)
        if up == i:
            break
        i = up
    return False


def _is_past(view: View, i: int) -> bool:
    return view.has(i, "Tense=Imp") or view.has(i, "Tense=Past")


def is_present(view: View, i: int) -> bool:
    """Tell whether the finite verb above a token is in the present and looks at no future."""
    for _ in range(CLIMB):
        helpers = [k for k in view.kids(i) if view.dep(k).startswith(("aux", "cop"))]
        finite = [k for k in (i, *helpers) if view.has(k, "VerbForm=Fin")]
        if finite and view.pos(i) in ("VERB", "AUX", "NOUN", "ADJ"):
            is_perfect = any(view.dep(k) == "aux:tense" for k in helpers)
            return view.has(finite[0], "Tense=Pres") and not is_perfect
        if view.head(i) == i:
            break
        i = view.head(i)
    return False


def is_looking_back(view: View, i: int) -> bool:
    """Tell "les lycéennes qu'il avait enlevées le 19 février": the story stays where it is."""
    for _ in range(CLIMB):
        if view.pos(i) == "VERB":
            kids = view.kids(i)
            is_relative = view.dep(i) == "acl:relcl" or any(
                view.has(k, "PronType=Rel") for k in kids
            )
            return is_relative and any(
                view.dep(k) == "aux:tense" and view.has(k, "Tense=Imp") for k in kids
            )
        if view.head(i) == i:
            break
        i = view.head(i)
    return False
