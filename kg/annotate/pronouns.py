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
_IMPERSONAL = frozenset({"falloir", "pleuvoir", "sembler", "agir", "suffire", "rester"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """A pronoun at tokens `[first, last)` that stands for a cluster."""

    first: int
    last: int
    cluster: Cluster
    rule: str


def find_pronouns(sheet: Sheet, clusters: list[Cluster], grammar: Grammar) -> list[Pronoun]:
    """Find the pronouns of an article that point back to one of its clusters, in text order."""
    found: list[Pronoun] = []
    sites = sorted(
        (phrase.first, n, phrase.plural)
        for n, cluster in enumerate(clusters)
        for phrase in cluster.phrases
    )
    subjects = {(site, n) for n, cluster in enumerate(clusters) for site in cluster.subjects}
    passed = 0
    seen: list[tuple[int, int, bool]] = []
    for i, low in enumerate(sheet.lower):
        while passed < len(sites) and sites[passed][0] < i:
            seen.append(sites[passed])
            passed += 1
        kind, end = _kind(sheet, i, low, grammar)
        if kind is None:
            continue
        gender, plural, rule = kind
        number = _choose(sheet, i, clusters, seen, subjects, (gender, plural, rule))
        if number is None:
            continue
        found.append(Pronoun(first=i, last=end, cluster=clusters[number], rule=rule))
        seen.append((i, number, plural))
        if sheet.dep[end - 1].startswith("nsubj"):
            subjects.add((i, number))
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
    if kind is None or (kind[2] == "personal" and _is_impersonal(sheet, i, low)):
        return None, i
    if low == "leur" and sheet.pos[i] == "PRON":
        return (kind[0], kind[1], "personal"), i + 1
    if kind[2] == "possessive" and sheet.pos[i] not in ("DET", ""):
        return None, i
    return kind, i + 1


def _is_impersonal(sheet: Sheet, i: int, low: str) -> bool:
    if low != "il":
        return False
    return sheet.dep[i].startswith("expl") or sheet.lemma[sheet.head[i]] in _IMPERSONAL


def _choose(
    sheet: Sheet,
    i: int,
    clusters: list[Cluster],
    seen: list[tuple[int, int, bool]],
    subjects: set[tuple[int, int]],
    wanted: tuple[str, bool, str],
) -> int | None:
    """Choose the cluster a pronoun stands for among those spoken of just before."""
    gender, plural, rule = wanted
    best, best_score = None, 0.0
    here = sheet.sent[i]
    for back in range(1, min(len(seen), 14) + 1):
        site, number, is_many = seen[-back]
        distance = here - sheet.sent[site]
        if distance > 2:
            break
        cluster = clusters[number]
        if rule == "personal" and cluster.cls is EntityClass.PLACE:
            continue
        if not _agrees(cluster, is_many, (gender, plural, rule)):
            continue
        score = 6.0 - 2.0 * distance - 0.15 * back
        if (site, number) in subjects:
            score += 2.5 if rule != "demonstrative" else 0.0
        if rule == "demonstrative":
            score -= 0.4 * back
        if cluster.cls in _HUMANS:
            score += 1.5
        elif cluster.cls in _THINGS:
            score -= 1.5
        if cluster.is_named:
            score += 0.7
        if score > best_score:
            best, best_score = number, score
    return best


def _agrees(cluster: Cluster, is_many: bool, wanted: tuple[str, bool, str]) -> bool:
    """Tell whether a cluster, last spoken of in the plural or not, agrees with a pronoun."""
    gender, plural, rule = wanted
    if rule == "possessive" and not plural:
        # "son" tells the owner's number, not its gender.
        return not is_many
    return plural == is_many and (gender == "mf" or cluster.gender in ("mf", gender))
