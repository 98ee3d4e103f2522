"""What a phrase is called: its forms fit for display, the fullest first.

Takes a phrase and the tokens, gives texts without determiner and without relative clause.
"""

from __future__ import annotations

from kg.annotate.grammar import Grammar
from kg.annotate.openings import Phrase
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["list_names", "stretch"]

_WHOLE = frozenset({EntityClass.FACILITY, EntityClass.EQUIPMENT})


def stretch(sheet: Sheet, first: int, last: int) -> str:
    """Give the text of tokens `[first, last)` with the article's spacing made plain."""
    parts = []
    for i in range(first, last):
        parts.append(sheet.text[i].replace("’", "'"))
        if sheet.spaces[i] and i + 1 < last:
            parts.append(" ")
    return "".join(parts)


def list_names(phrase: Phrase, sheet: Sheet, grammar: Grammar) -> tuple[str, ...]:
    """List a phrase's forms: its name and noun, the whole, without number, the head alone."""
    forms: list[str] = []
    if phrase.label:
        return (phrase.label,)
    if phrase.name is not None:
        name = stretch(sheet, phrase.name.first, phrase.name.last)
        is_apart = phrase.core < phrase.name.first
        if is_apart and phrase.cls in _WHOLE:
            forms += [
                stretch(sheet, phrase.core, phrase.last),
                stretch(sheet, phrase.head, phrase.name.last),
                name,
            ]
        elif is_apart and phrase.noun is not None and "naming" not in phrase.noun.features:
            is_area = phrase.cls is EntityClass.PLACE
            whole = stretch(sheet, phrase.head, phrase.last)
            forms += [whole, name] if is_area else [name, whole]
        elif is_apart:
            forms += [name, stretch(sheet, phrase.head, phrase.last)]
        else:
            forms.append(name)
    else:
        forms += _list_nominal(phrase, sheet, grammar)
    forms += [stretch(sheet, first, last) for first, last in phrase.aliases]
    return tuple(dict.fromkeys(form.strip(" ,") for form in forms if form.strip(" ,")))


def _list_nominal(phrase: Phrase, sheet: Sheet, grammar: Grammar) -> list[str]:
    core = phrase.core
    forms = [stretch(sheet, core, phrase.last)]
    start = phrase.content if phrase.content >= 0 else _bare_start(phrase, sheet, grammar)
    if start != core:
        forms.append(stretch(sheet, start, phrase.last))
    end = phrase.inner
    if phrase.complements and end < phrase.last:
        forms.append(stretch(sheet, start, end))
    forms += [stretch(sheet, start, k) for k in _cuts(phrase, sheet, grammar)]
    head = phrase.content if phrase.content >= 0 else phrase.head
    if phrase.cls is not EntityClass.PLACE:
        forms.append(stretch(sheet, head, head + 1))
    return forms


def _cuts(phrase: Phrase, sheet: Sheet, grammar: Grammar) -> list[int]:
    """Find where a shorter form may end: "usine de fibre" of "usine de fibre de Sarkol"."""
    cuts = [
        k
        for k in range(phrase.inner + 1, phrase.last)
        if sheet.pos[k] == "ADP" and sheet.lower[k] in grammar.org_links
    ]
    return [k for k in reversed(cuts) if k > max(phrase.head, phrase.content) + 1]


def _bare_start(phrase: Phrase, sheet: Sheet, grammar: Grammar) -> int:
    """Find where the phrase begins once its number and counting words are left out."""
    start = phrase.head
    while start > phrase.core:
        low = sheet.lower[start - 1]
        if sheet.pos[start - 1] == "NUM" or low[0].isdigit() or low in ("quelque", "quelques"):
            break
        start -= 1
    return start
