"""Pronouns and possessives, and whom of an article they point back to.

Takes the tokens and the clusters of an article, gives one `Pronoun` for each that finds somebody.
Nearness, agreement in gender and number, and being the subject decide, in that order of trust
(Lappin and Leass 1994, with the weights of a handful of features only).
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.clusters import Cluster
from kg.annotate.grammar import Grammar
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["Pronoun", "find_pronouns"]

_THINGS = frozenset({EntityClass.PLACE, EntityClass.FACILITY, EntityClass.EQUIPMENT})
_HUMANS = frozenset({EntityClass.PERSON, EntityClass.POPULATION_GROUP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """A pronoun at tokens `[first, last)` that stands for a cluster."""

    first: int
    last: int
    cluster: Cluster
    rule: str


@dataclass(frozen=True, slots=True)
class _Site:
    """A place where a cluster was spoken of, and how."""

    token: int
    number: int
    is_many: bool
    gender: str
    is_subject: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a pronoun asks for; `acts` tells that it is the subject of an active verb, `of_person`
    that only a person has what it owns ("son adjoint")."""

    gender: str
    plural: bool
    rule: str
    acts: bool
    of_person: bool = False


def find_pronouns(sheet: Sheet, clusters: list[Cluster], grammar: Grammar) -> list[Pronoun]:
    """Find the pronouns of an article that point back to one of its clusters, in text order."""
    found: list[Pronoun] = []
    sites = sorted(
        (
            _Site(phrase.first, n, phrase.plural, phrase.gender, phrase.first in cluster.subjects)
            for n, cluster in enumerate(clusters)
            for phrase in cluster.phrases
        ),
        key=lambda site: (site.token, site.number),
    )
    passed = 0
    seen: list[_Site] = []
    for i, low in enumerate(sheet.lower):
        while passed < len(sites) and sites[passed].token < i:
            seen.append(sites[passed])
            passed += 1
        kind, end = _kind(sheet, i, low, grammar)
        if kind is None:
            continue
        gender, plural, rule = kind
        dep, verb = sheet.dep[end - 1], sheet.head[end - 1]
        acts = dep == "nsubj" and sheet.pos[verb] == "VERB" and "Pass" not in sheet.morph[verb]
        near = sheet.lower[end : end + 2]
        of_person = rule == "possessive" and any(word in grammar.companions for word in near)
        wanted = _Wanted(gender, plural, rule, acts, of_person)
        number = _choose(sheet, i, clusters, seen, wanted)
        if number is None:
            continue
        found.append(Pronoun(first=i, last=end, cluster=clusters[number], rule=rule))
        seen.append(_Site(i, number, plural, gender, dep.startswith("nsubj")))
    return found


def _kind(
    sheet: Sheet, i: int, low: str, grammar: Grammar
) -> tuple[tuple[str, bool, str] | None, int]:
    if low in grammar.latter and i and sheet.lower[i - 1] in grammar.demonstrative:
        following = sheet.pos[i + 1] if i + 1 < len(sheet) else ""
        if following not in ("NOUN", "PROPN", "NUM"):
            gender, plural = grammar.latter[low]
            return (gender, plural, "demonstrative"), i + 1
    kind = grammar.pronouns.get(low)
    if kind is None or (kind[2] == "personal" and _is_impersonal(sheet, i, low, grammar)):
        return None, i
    if low == "leur" and sheet.pos[i] == "PRON":
        return (kind[0], kind[1], "personal"), i + 1
    if kind[2] == "possessive" and sheet.pos[i] not in ("DET", ""):
        return None, i
    return kind, i + 1


def _is_impersonal(sheet: Sheet, i: int, low: str, grammar: Grammar) -> bool:
    """Tell whether "il" stands for nobody; the parse alone is not believed."""
    if low != "il":
        return False
    verb = sheet.head[i]
    if "y" in sheet.lower[i + 1 : i + 3] and sheet.lemma[verb] == "avoir":
        return True
    if sheet.lemma[verb] in grammar.impersonal:
        return True
    is_state = sheet.pos[verb] == "ADJ" or "Voice=Pass" in sheet.morph[verb]
    return sheet.dep[i].startswith("expl") and is_state


def _choose(
    sheet: Sheet, i: int, clusters: list[Cluster], seen: list[_Site], wanted: _Wanted
) -> int | None:
    """Choose the cluster a pronoun stands for among those spoken of just before."""
    best, best_score = None, 0.0
    here = sheet.sent[i]
    for back in range(1, min(len(seen), 14) + 1):
        site = seen[-back]
        distance = here - sheet.sent[site.token]
        if distance > 2:
            break
        cluster = clusters[site.number]
        if wanted.rule == "personal" and cluster.cls is EntityClass.PLACE:
            continue
        if not _agrees(cluster, site, wanted):
            continue
        score = 6.0 - 2.0 * distance - 0.15 * back + 0.7 * cluster.is_named
        if wanted.of_person:
            score += 4.0 * (cluster.cls is EntityClass.PERSON)
        if wanted.rule == "demonstrative" or wanted.of_person:
            score -= 0.4 * back
        elif site.is_subject:
            score += 2.5
        if site.gender == wanted.gender != "mf":
            score += 0.8
        if cluster.cls in _HUMANS:
            score += 1.5
        elif cluster.cls in _THINGS:
            # Places and things do little by themselves.
            score -= 4.5 if wanted.acts else 1.5
        if score > best_score:
            best, best_score = site.number, score
    return best


def _agrees(cluster: Cluster, site: _Site, wanted: _Wanted) -> bool:
    """Tell whether a cluster, as it was last called, agrees with a pronoun."""
    if wanted.rule == "possessive" and not wanted.plural:
        # "son" tells the owner's number, not its gender.
        return not site.is_many
    gender = site.gender if site.gender != "mf" else cluster.gender
    return wanted.plural == site.is_many and (
        wanted.gender == "mf" or gender in ("mf", wanted.gender)
    )
