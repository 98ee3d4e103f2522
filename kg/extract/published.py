"""Days that stand beside what somebody does: of his words made public, of those who met.

Takes a time that hangs from a participle, gives the events that it dates besides: "dans une vidéo
diffusée lundi, le groupe a démenti …", "les dirigeants, réunis jeudi à Kigali, ont condamné …".
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.draft import Draft
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.slot_words import SlotWords
from kg.extract.tree import Tree
from kg.model import TimeExpression

__all__ = ["caused_then", "done_then", "noun_before"]

_BEHIND = 10  # how far before a date its noun stands at most
_ACTS = SPEECH_ACTS | {"Vote", "Sanction", "Agreement"}


def done_then(
    time: TimeExpression, tree: Tree, owner: Mapping[int, Draft], lists: SlotWords
) -> list[Draft]:
    """Find the undated words and acts that were of the day of a participle beside them."""
    participle = tree.head[time.head]
    if not tree.has(participle, "VerbForm=Part"):
        participle = tree.head[participle]  # "mise en ligne lundi", "réunis au sommet jeudi"
    if not tree.has(participle, "VerbForm=Part") or tree.dep[participle][:3] not in ("acl", "adv"):
        return []
    noun = tree.head[participle]
    lemma = tree.lemma[participle]
    if lemma in lists["publishing_verbs"]:
        if tree.lemma[noun] not in lists["published"]:
            return []
    elif lemma not in lists["gathering_verbs"] or not tree.dep[noun].startswith("nsubj"):
        return []
    verb = tree.head[noun]
    joined = [k for k in tree.kids[verb] if tree.dep[k] == "conj"]
    drafts = [owner[k] for k in (verb, *joined) if k in owner]
    return [d for d in drafts if d.type in _ACTS and not d.times]


def caused_then(
    time: TimeExpression, tree: Tree, owner: Mapping[int, Draft], lists: SlotWords
) -> Draft | None:
    """Find the effect that a day is of: "l'arrestation du chef a provoqué mardi des émeutes"."""
    verb = tree.head[time.head]
    if tree.lemma[verb] not in lists["causing_verbs"]:
        return None
    effects = [k for k in tree.kids[verb] if tree.dep[k] in ("obj", "obl:arg") and k in owner]
    return owner[effects[0]] if effects and owner[effects[0]].token == effects[0] else None


def noun_before(
    time: TimeExpression, tree: Tree, owner: Mapping[int, Draft], lists: SlotWords
) -> Draft | None:
    """Find the "prise" of "a éclaté après la prise de Sarkol par les rebelles en 2014".

    The parse hangs the date from the verb; the reader from the event that it stands behind.
    """
    for k in range(time.first - 1, max(time.first - _BEHIND, -1), -1):
        if tree.pos[k] in ("VERB", "AUX", "PUNCT"):
            return None
        draft = owner.get(k)
        if draft is not None and draft.token == k and tree.prep(k) in lists["from_preps"]:
            return draft if tree.head[k] == tree.head[time.head] else None
    return None
