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
    that only a person has what it owns ("son adjoint"). Of an object, `barred` are the clusters
    that do it, since nobody is his own "le", those between token `before` and the pronoun
    only describe the doer, and `is_placed` tells that places are what the verb is about."""

    gender: str
    plural: bool
    rule: str
    acts: bool
    of_person: bool = False
    barred: frozenset[int] = frozenset()
    before: int = -1
    is_placed: bool = True


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
    at_head = {phrase.head: n for n, cluster in enumerate(clusters) for phrase in cluster.phrases}
    subjects = _subjects(sheet)
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
        if rule == "object":
            doers = [i - 1, *_doers(sheet, verb, subjects)]
            own = [k for k in subjects.get(verb, ()) if k < i]
            wanted = _Wanted(
                _told_by_participle(sheet, verb, gender),
                plural,
                rule,
                acts=False,
                barred=frozenset(at_head[k] for k in doers if k in at_head),
                before=own[0] if own else i,
                is_placed=sheet.lemma[verb] in grammar.placing,
            )
        number = _choose(sheet, i, clusters, seen, wanted)
        if number is None:
            continue
        at_head[i] = number
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
    if low in ("leur", "lui") and sheet.pos[i] == "PRON" and sheet.head[i] > i:
        return (kind[0], kind[1], "object"), i + 1
    if kind[2] == "object" and not _is_object(sheet, i, grammar):
        return None, i
    if kind[2] == "possessive" and sheet.pos[i] not in ("DET", ""):
        return None, i
    return kind, i + 1


def _is_object(sheet: Sheet, i: int, grammar: Grammar) -> bool:
    """Tell "les" before its verb from the article; "l'a dit" takes up a sentence, nobody."""
    verb = sheet.head[i]
    if sheet.pos[i] != "PRON" or not sheet.dep[i].startswith(("obj", "iobj")) or verb <= i:
        return False
    return sheet.pos[verb] == "VERB" and sheet.lemma[verb] not in grammar.speaking


def _subjects(sheet: Sheet) -> dict[int, list[int]]:
    """List the subjects of each verb."""
    found: dict[int, list[int]] = {}
    for i, dep in enumerate(sheet.dep):
        if dep.startswith("nsubj"):
            found.setdefault(sheet.head[i], []).append(i)
    return found


def _doers(sheet: Sheet, verb: int, subjects: dict[int, list[int]]) -> list[int]:
    """Find who does it: the verb's subject, or that of the verb it is joined to or hangs from."""
    for _ in range(4):
        if verb in subjects:
            is_whose = sheet.dep[verb] == "acl:relcl"  # "Tens, qui l'a placé": it is Tens who did
            return [*subjects[verb], sheet.head[verb]] if is_whose else subjects[verb]
        if sheet.dep[verb] == "acl" and "VerbForm=Inf" in sheet.morph[verb]:
            verb = sheet.head[sheet.head[verb]]  # "a annoncé son intention de le juger"
            continue
        if sheet.dep[verb] not in ("conj", "xcomp", "ccomp", "advcl", "obl:arg", "obl:mod"):
            return []
        verb = sheet.head[verb]
    return []


def _told_by_participle(sheet: Sheet, verb: int, gender: str) -> str:
    """Read off "l'a arrêtée" that it was a woman: the participle agrees with what stands before."""
    morph = sheet.morph[verb]
    if "VerbForm=Part" in morph and "Tense=Past" in morph and gender == "mf":
        return "f" if "Gender=Fem" in morph else "m" if "Gender=Masc" in morph else gender
    return gender


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
        if wanted.rule == "object" and not _is_object_of(cluster, site, wanted):
            continue
        if not _agrees(cluster, site, wanted):
            continue
        score = 6.0 - 2.0 * distance - 0.15 * back + 0.7 * cluster.is_named
        if wanted.of_person:
            score += 4.0 * (cluster.cls is EntityClass.PERSON)
        if wanted.rule == "demonstrative" or wanted.of_person:
            score -= 0.4 * back
        elif site.is_subject:
            score += 1.0 if wanted.rule == "object" else 2.5
        if site.gender == wanted.gender != "mf":
            score += 0.8
        if cluster.cls in _HUMANS:
            score += 1.5
        elif cluster.cls in _THINGS:
            # Places and things do little by themselves.
            score -= 4.5 if wanted.acts else 1.5 if wanted.is_placed else 3.0
        if score > best_score:
            best, best_score = site.number, score
    return best


def _is_object_of(cluster: Cluster, site: _Site, wanted: _Wanted) -> bool:
    """Tell whether a cluster can be what a verb's "le" stands for."""
    if site.number in wanted.barred or site.token > wanted.before:
        return False
    # a noun that no table knows is rather an idea than somebody
    return cluster.cls is not EntityClass.EQUIPMENT or any(
        phrase.rule != "other" for phrase in cluster.phrases
    )


def _agrees(cluster: Cluster, site: _Site, wanted: _Wanted) -> bool:
    """Tell whether a cluster, as it was last called, agrees with a pronoun."""
    if wanted.rule == "possessive" and not wanted.plural:
        # "son" tells the owner's number, not its gender.
        return not site.is_many
    gender = site.gender if site.gender != "mf" else cluster.gender
    return wanted.plural == site.is_many and (
        wanted.gender == "mf" or gender in ("mf", wanted.gender)
    )
