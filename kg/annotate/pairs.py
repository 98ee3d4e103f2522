"""Plurals that stand for several participants the article names apart.

Takes the phrases of an article, gives those that one noun is shared out among: "les gouvernements
britannique, australien et danois" are three, "les deux camps" are the two sides spoken of last.
"""

from __future__ import annotations

from kg.annotate.clusters import Book, Cluster
from kg.annotate.grammar import Grammar
from kg.annotate.openings import Phrase, View
from kg.annotate.sheets import Sheet
from kg.annotate.surfaces import stretch
from kg.model import EntityClass

__all__ = ["find_sides", "share_noun"]

_PERSON, _STATE = EntityClass.PERSON, EntityClass.STATE
_ARMED = (EntityClass.ARMED_FORCE, EntityClass.ARMED_GROUP, EntityClass.COALITION)
_ACTING = frozenset({EntityClass.PERSON, EntityClass.POPULATION_GROUP, EntityClass.INSTITUTION})
_KINDS: dict[str, frozenset[EntityClass]] = {
    "state": frozenset({_STATE}),
    "side": frozenset({*_ARMED, _STATE}),
    "force": frozenset({*_ARMED, _STATE}),
    "group": frozenset({EntityClass.ARMED_GROUP, EntityClass.COALITION, EntityClass.INSTITUTION}),
    "person": frozenset({_PERSON}),
}
_FARTHEST = 4  # sentences


def share_noun(phrase: Phrase, starts: dict[int, Phrase], view: View) -> None:
    """Give a plural phrase one part for each state its adjectives or complements speak of."""
    noun = phrase.noun
    if noun is None or phrase.name is not None or not phrase.plural or phrase.content >= 0:
        return
    if phrase.cls not in _ACTING and phrase.cls not in _ARMED:
        return
    phrase.bearers = _list_bearers(phrase, starts, view)
    if phrase.bearers:
        return
    parts = _share_origins(phrase, view)
    if not parts and not phrase.states and not phrase.adjectives:
        parts = _share_owners(phrase, starts, view.sheet, view.grammar)
    if _has_number(phrase, len(parts), view):
        phrase.parts = parts


def _has_number(phrase: Phrase, size: int, view: View) -> bool:
    """Tell "les deux présidents français et kényan" from "douze soldats français et maliens"."""
    counts = [
        view.grammar.pair_numbers.get(view.sheet.lower[i], 0)
        for i in range(phrase.core, phrase.head)
        if view.sheet.pos[i] == "NUM" or view.sheet.lower[i][0].isdigit()
    ]
    return all(count == size for count in counts)


def _share_origins(phrase: Phrase, view: View) -> list[Phrase]:
    """Read "présidents français et américain" as a noun with each of its adjectives."""
    sheet, noun = view.sheet, phrase.noun
    spots = _spots(phrase, view)
    codes = [code for i in spots for code in view.states_of(i)]
    if noun is None or len(spots) < 2 or len(codes) != len(spots) or len(set(codes)) < len(codes):
        return []
    middle = stretch(sheet, phrase.head + 1, spots[0])
    last = max(phrase.last, spots[-1] + 1)
    tail = stretch(sheet, spots[-1] + 1, last)
    head = sheet.text[phrase.head] if _are_plural(spots, sheet) else noun.lemma
    parts = []
    for i, code in zip(spots, codes, strict=True):
        label = " ".join(w for w in (head, middle, sheet.text[i], tail) if w)
        part = _part(phrase, code, label, i, i + 1)
        part.adjectives, part.is_apart = [i], not (tail or middle)
        parts.append(part)
    phrase.last = last
    return parts


def _spots(phrase: Phrase, view: View) -> list[int]:
    """Find the adjectives of origin that stand in a row in or right behind a phrase."""
    sheet, spots = view.sheet, list[int]()
    i = phrase.head + 1
    while i < min(phrase.last + 1, len(sheet)) and not spots:
        if _is_origin(i, view):
            spots = [i]
        i += 1
    while spots and i + 1 < len(sheet) and sheet.lower[i] in ("et", ",", "ou"):
        if not _is_origin(i + 1, view):
            break
        spots.append(i + 1)
        i += 2
        if sheet.lower[i - 2] != ",":
            break
    is_closed = len(spots) > 1 and sheet.lower[spots[-1] - 1] != ","
    return spots if is_closed else []


def _is_origin(i: int, view: View) -> bool:
    sheet = view.sheet
    is_word = sheet.lower[i] in view.demonyms and not sheet.text[i][0].isupper()
    return is_word and not sheet.starts[i] and view.determiner(i - 1) is None


def _are_plural(spots: list[int], sheet: Sheet) -> bool:
    """Tell "soldats maliens et tchadiens" from "présidents français et malien"."""
    words = [sheet.lower[i] for i in spots]
    return all(w[-1] in "sx" for w in words) and any(w[-3:] not in ("ais", "ois") for w in words)


def _list_bearers(phrase: Phrase, starts: dict[int, Phrase], view: View) -> list[Phrase]:
    """Find whom a plural title is set before: "les présidents russe X et ukrainien Y".

    Gives the phrases of the names, two at least, or none.
    """
    sheet, noun = view.sheet, phrase.noun
    if noun is None or not phrase.plural or phrase.name is not None or phrase.complements:
        return []
    if noun.cls is not EntityClass.POPULATION_GROUP or phrase.content >= 0:
        return []
    bearers: list[Phrase] = []
    i = phrase.head + 1
    while i < len(sheet) and not sheet.starts[i]:
        while i + 1 < len(sheet) and (_is_origin(i, view) or i in phrase.adjectives):
            i += 1
        bearer = starts.get(i)
        if bearer is None or bearer.name is None or bearer.cls is not _PERSON:
            break
        bearers.append(bearer)
        i = bearer.last
        if i + 1 >= len(sheet) or sheet.lower[i] not in ("et", ","):
            break
        i += 1
    return bearers if len(bearers) > 1 else []


def _share_owners(
    phrase: Phrase, starts: dict[int, Phrase], sheet: Sheet, grammar: Grammar
) -> list[Phrase]:
    """Read "les armées du Mali, du Niger et du Tchad" as a noun with each of its complements."""
    if len(phrase.complements) != 1 or phrase.noun is None:
        return []
    owners = [phrase.complements[0]]
    i = phrase.last
    while i + 1 < len(sheet) and sheet.lower[i] in ("et", ",") and not sheet.starts[i + 1]:
        other = starts.get(i + 1) or starts.get(i + 2)
        if other is None or sheet.lower[i + 1] not in grammar.of:
            break
        owners.append(other)
        i = other.last
    states = [o.name.entry for o in owners if o.name is not None and o.name.entry is not None]
    if len(owners) < 2 or len(states) < len(owners) or any(e.kind != "state" for e in states):
        return []
    parts = []
    for owner, entry in zip(owners, states, strict=True):
        first = owner.first - (sheet.lower[owner.first] not in grammar.of)
        label = f"{phrase.noun.lemma} {stretch(sheet, first, owner.last)}"
        part = _part(phrase, entry.key or "", label, owner.first, owner.last)
        part.is_apart = True
        parts.append(part)
    return parts


def _part(phrase: Phrase, code: str, label: str, first: int, last: int) -> Phrase:
    is_plural = phrase.noun is not None and not label.startswith(phrase.noun.lemma + " ")
    return Phrase(
        first=first,
        core=first,
        last=last,
        head=phrase.head,
        det="none" if is_plural else phrase.det,
        cls=phrase.cls,
        noun=phrase.noun,
        inner=last,
        plural=is_plural,
        gender=phrase.gender,
        states=[code],
        rule="shared",
        label=label,
    )


def find_sides(phrase: Phrase, book: Book) -> list[Cluster]:
    """Find the participants that "les deux camps" or "les deux pays" speaks of, [] if not clear.

    Those spoken of most and most lately are meant; there must be as many as the number says.
    """
    sheet, grammar = book.sheet, book.grammar
    if phrase.det not in ("def", "dem") or phrase.name is not None or phrase.complements:
        return []
    if phrase.states:
        return []
    numbers = [grammar.pair_numbers.get(sheet.lower[i]) for i in range(phrase.core, phrase.head)]
    size = next((n for n in numbers if n), 0)
    kind = grammar.pair_nouns.get(sheet.lower[phrase.head])
    if not size or kind is None:
        return []
    found = _rank(phrase, book, kind)
    if kind in ("side", "force"):
        armed = [c for c in found if c.cls in _ARMED]
        found = armed if len(armed) >= size else found
    return found[:size] if len(found) >= size else []


def _rank(phrase: Phrase, book: Book, kind: str) -> list[Cluster]:
    """List the clusters of a kind that may be meant, the likeliest first."""
    sheet, here = book.sheet, phrase.first
    scored = []
    for number, cluster in enumerate(book.recent(phrase)):
        if cluster.cls not in _KINDS[kind]:
            continue
        # "l'armée" is a side without a name too
        is_army = cluster.cls is EntityClass.ARMED_FORCE and not cluster.plural
        if not cluster.is_named and not cluster.country and not is_army:
            continue
        site = max(s for s in cluster.sites if s < here)
        distance = sheet.sent[here] - sheet.sent[site]
        if distance > _FARTHEST:
            continue
        score = -distance + 0.4 * min(len(cluster.sites), 6)
        score += 1.0 if site in cluster.subjects else 0.0
        scored.append((-score, number, cluster))
    return [cluster for _, _, cluster in sorted(scored, key=lambda s: s[:2])]
