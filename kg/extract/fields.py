"""What an article is about: armed conflict, or a field of life that borrows its words.

Takes a tree and the word lists of `fields.csv`, gives a `Setting`. Sport, business, cooking,
health, accidents and novels speak of attacks, raids and battles too; the words around them tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kg.extract.tree import Tree

__all__ = ["Setting", "find_setting"]

CONFLICT = "conflict"
_SHORT = 60  # tokens; below, one word of conflict is enough
_LONG = 200  # tokens; from here on three are needed
_FOREIGN = 4  # so many different words of another field can make it the article's own
_OUTWEIGHS = 1.5  # and so many times as many as those of conflict do
_NARRATIVE = 0.3  # share of simple pasts among finite verbs that only novels have
_FEW_VERBS = 5


class Setting(StrEnum):
    """How far an article's words may be taken for armed conflict."""

    CONFLICT = "conflict"
    OPEN = "open"
    FOREIGN = "foreign"
    FICTION = "fiction"


def find_setting(
    tree: Tree, fields: Mapping[str, tuple[str, ...]], *, armed_names: int = 0
) -> Setting:
    """Tell whether an article is about conflict, about something else, or cannot be told.

    Different words count once each. `fields` maps a lemma to the fields it belongs to;
    `armed_names` is how many armed groups and forces the article calls by their names.
    """
    found: dict[str, set[str]] = {}
    for lemma, lower in zip(tree.lemma, tree.lower, strict=True):
        for field in fields.get(lemma) or fields.get(lower, ()):
            found.setdefault(field, set()).add(lemma)
    conflict = len(found.pop(CONFLICT, ())) + armed_names
    other = max((len(words) for words in found.values()), default=0)
    if _is_narrative(tree):
        return Setting.FICTION
    if other >= _FOREIGN and other > _OUTWEIGHS * conflict:
        return Setting.FOREIGN
    size = len(tree)
    needed = 1 if size < _SHORT else 2 if size < _LONG else 3
    if conflict >= needed and _OUTWEIGHS * conflict >= other:
        return Setting.CONFLICT
    return Setting.OPEN


def _is_narrative(tree: Tree) -> bool:
    """Tell a story in the simple past, which news does not use."""
    finite = [m for m in tree.morph if "VerbForm=Fin" in m and "Mood=Ind" in m]
    past = sum("Tense=Past" in m for m in finite)
    return past >= _FEW_VERBS and past > _NARRATIVE * len(finite)
