"""Future and conditional by their endings, where the tagger does not mark them.

Takes a fresh tree, adds `Mood=Cnd` and `Tense=Fut` to verbs whose form is the infinitive (or an
irregular future stem) with the ending of that tense. An imperfect such as "tirait" is none: its
stem is not an infinitive.
"""

from __future__ import annotations

from kg.extract.grammar import Constructions
from kg.extract.tree import Tree

__all__ = ["mark_moods"]

_SHORT = 4


def mark_moods(tree: Tree, words: Constructions) -> None:
    """Add the features to finite verbs and auxiliaries that carry neither."""
    endings = [(e, "Mood=Cnd") for e in sorted(words["conditional_endings"], key=len, reverse=True)]
    endings += [(e, "Tense=Fut") for e in sorted(words["future_endings"], key=len, reverse=True)]
    for i, pos in enumerate(tree.pos):
        if pos not in ("VERB", "AUX"):
            continue
        morph = tree.morph[i]
        if "Mood=Cnd" in morph or "Tense=Fut" in morph or "VerbForm=Inf" in morph:
            continue
        form = tree.lower[i]
        for ending, feature in endings:
            if form.endswith("r" + ending) and _is_stem(
                form.removesuffix(ending), tree.lemma[i], words
            ):
                tree.morph[i] = f"{morph}|{feature}"
                break


def _is_stem(stem: str, lemma: str, words: Constructions) -> bool:
    """Tell a future stem: the infinitive, its form without a final "e", or an irregular one."""
    if stem in (lemma, lemma.removesuffix("e")) or stem in words["future_stems"]:
        return True
    if stem.endswith("er") and len(stem) > _SHORT:
        return True  # no verb in -rer has a bare "e" before it, whatever lemma the tagger made up
    is_known = lemma.endswith(("er", "ir", "re"))
    return not is_known and stem.endswith(("er", "ir"))
