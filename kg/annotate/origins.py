"""Words of origin made from place names that no table knows: "vardanien" from "Vardanie".

Takes the names of an article and its tokens, gives for each such word the name it is made from.
A word counts when it has an ending of origin and what is left begins the name.
"""

from __future__ import annotations

from kg.annotate.gazetteer import Gazetteer
from kg.annotate.grammar import Grammar
from kg.annotate.names import Name
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["UNKNOWN", "find_origins"]

# Marks a name of the article where a table's country code would stand.
UNKNOWN = "?"
_PLACES = frozenset({EntityClass.PLACE, EntityClass.STATE})
_OPEN = frozenset({"ADJ", "NOUN", "VERB", "PROPN", "X", "ADV"})


def find_origins(
    sheet: Sheet, names: list[Name], grammar: Grammar, gazetteer: Gazetteer
) -> dict[str, tuple[str, ...]]:
    """Map the words of origin of an article to "?" and the folded name each is made from.

    A land's name that has such a word, or that acts, is taken for a state's from then on, and names
    that are themselves such words ("les Vardaniens") leave the list.
    """
    bases = _bases(sheet, names)
    if not bases:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for low, folded, pos in dict.fromkeys(zip(sheet.lower, sheet.folded, sheet.pos, strict=True)):
        if pos not in _OPEN or len(low) < 5 or low in gazetteer.demonyms or low in gazetteer.nouns:
            continue
        base = _base(folded, bases, grammar)
        if base is not None:
            found[low] = (UNKNOWN + base,)
    if found:
        names[:] = [n for n in names if n.last - n.first > 1 or sheet.lower[n.first] not in found]
    _promote(sheet, names, {codes[0][1:] for codes in found.values()}, grammar)
    return found


def _bases(sheet: Sheet, names: list[Name]) -> list[str]:
    bases: dict[str, None] = {}
    for name in names:
        if name.entry is None and name.cls in _PLACES and name.last - name.first == 1:
            bases[sheet.folded[name.first]] = None
    return list(bases)


def _base(word: str, bases: list[str], grammar: Grammar) -> str | None:
    """Find the name that a word of origin is made from."""
    for base in bases:
        if word[:3] != base[:3] or word == base:
            continue
        for ending in grammar.demonym_endings:
            if not word.endswith(ending):
                continue
            stem = word[: -len(ending)]
            least = 4 if len(ending) > 2 else 5
            if len(stem) < least:
                continue
            if base.startswith(stem) and len(base) - len(stem) <= 3:
                return base
            if stem.startswith(base) and len(stem) - len(base) <= 2:
                return base
    return None


def _promote(sheet: Sheet, names: list[Name], bases: set[str], grammar: Grammar) -> None:
    """Make states of the places that have a word of origin and stand with an article."""
    states = set()
    for name in names:
        key = sheet.folded[name.first]
        before = sheet.lower[name.first - 1] if name.first else ""
        is_land = before in grammar.articles or before in ("en", "au", "aux", "du")
        acts = before in grammar.articles and sheet.dep[name.first] in ("nsubj", "obl:agent")
        if name.entry is None and name.city is None and is_land and (key in bases or acts):
            # "la Lorvanie arme les insurgés": a land that acts is a state.
            states.add(key)
    for name in names:
        is_word = name.entry is None and name.last - name.first == 1
        if is_word and sheet.folded[name.first] in states:
            name.cls = EntityClass.STATE
            name.city = None
