"""Entities of several articles that are one, judged by name, class and country.

Takes a store and gives judgements. Entities with a key of the knowledge files are one already; what
is left are proper names that no file knows. Descriptions ("deux soldats") are never joined.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.resolve.clusters import Pair, cluster
from kg.store.base import Judgement, Store
from kg.vocab import KG

__all__ = ["judge_entities"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_ENTITIES = f"""
SELECT ?entity ?class ?label ?country ?article (MIN(STR(?span)) AS ?first)
WHERE {{
  ?entity <{KG.mention}> ?span ; <{_SKOS}prefLabel> ?label ; a ?class .
  ?span <{KG.article}> ?article .
  FILTER NOT EXISTS {{ ?entity <{KG.readAs}> ?shared }}
  FILTER NOT EXISTS {{ ?entity <{KG.status}> ?status }}
  OPTIONAL {{ ?entity <{KG.countryCode}> ?country }}
}}
GROUP BY ?entity ?class ?label ?country ?article
ORDER BY ?entity
"""
_NAMES = f"""
SELECT ?entity ?name
WHERE {{ ?entity <{_SKOS}altLabel> ?name ; <{KG.mention}> ?span }}
GROUP BY ?entity ?name
"""

# People without a name and kinds of things are as many as there are articles.
_NEVER = {KG.PopulationGroup, KG.Equipment, KG.Post}
# Of these, a description with a country ("Parlement irakien") means one.
_ONE_PER_COUNTRY = {KG.Institution, KG.ArmedForce}
# One word names one of these ("Hawija"); of others it names many: a family name, "ONG", "État".
_ALONE = {KG.Place, KG.Facility, KG.ArmedGroup, KG.Coalition}
_SURE_ENOUGH = 0.7
_NEIGHBOURS = 20  # a name in a thousand articles would otherwise make half a million pairs
_SHORTEST = 3  # letters; "S" is no name to know anything by


@dataclass(slots=True)
class _Candidate:
    iri: str
    cls: str
    label: str
    country: str
    article: str
    span: str
    names: set[str] = field(default_factory=set)


def judge_entities(store: Store) -> tuple[Judgement, ...]:
    """Judge which entities that only articles know are one.

    The one with the name that most of them bear stands for all, the fullest among equals.
    """
    candidates = {each.iri: each for each in _read(store)}
    pairs = [pair for pair in _pairs(candidates.values()) if pair.score >= _SURE_ENOUGH]
    owners = {each.iri: each.article for each in candidates.values()}
    reasons = {frozenset((pair.left, pair.right)): pair for pair in pairs}
    judged = []
    for group in cluster(pairs, owners):
        labels = Counter(candidates[iri].label for iri in group)
        chosen = max(group, key=lambda iri: _standing(candidates[iri], labels))
        for member in group:
            if member != chosen:
                best = _strongest(member, group, reasons)
                judged.append(_judgement(candidates[member], candidates[chosen], best))
    return tuple(judged)


def _read(store: Store) -> Iterator[_Candidate]:
    found: dict[str, _Candidate] = {}
    for row in store.select(_ENTITIES).records():
        if row["class"] not in _NEVER:
            found[row["entity"]] = _Candidate(
                iri=row["entity"],
                cls=row["class"],
                label=row["label"],
                country=row["country"],
                article=row["article"],
                span=row["first"],
                names={row["label"]},
            )
    for row in store.select(_NAMES).records():
        if row["entity"] in found:
            found[row["entity"]].names.add(row["name"])
    yield from found.values()


def _pairs(candidates: Iterable[_Candidate]) -> Iterator[Pair]:
    by_name: dict[tuple[str, str], list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        for name in sorted(candidate.names):
            is_office = bool(candidate.country) and candidate.cls in _ONE_PER_COUNTRY
            if len(name) >= _SHORTEST and (is_office or _is_proper(name)):
                by_name[candidate.cls, _fold(name)].append(candidate)
    for (cls, name), same in sorted(by_name.items()):
        # Those of one country stand together: near neighbours are enough to tie all of them.
        same = sorted(same, key=lambda each: (each.country, each.iri))
        for place, left in enumerate(same):
            for right in same[place + 1 : place + 1 + _NEIGHBOURS]:
                if left.article != right.article:
                    first, second = sorted((left, right), key=lambda each: each.iri)
                    yield _rate(first, second, cls, name)


def _rate(left: _Candidate, right: _Candidate, cls: str, name: str) -> Pair:
    """Rate two entities of one class that share a name."""
    score = 0.9 if _fold(left.label) == _fold(right.label) else 0.8
    is_single = " " not in name and "-" not in name
    if is_single:
        score -= 0.1 if cls in _ALONE else 0.3
    if left.country and right.country:
        agreed = 0.2 if cls in _ONE_PER_COUNTRY else 0.05
        score = min(0.95, score + agreed) if left.country == right.country else score - 0.5
    elif cls in _ONE_PER_COUNTRY and not is_single and not _is_proper(left.label):
        score -= 0.3
    reason = f"même classe et même nom « {name} »"
    if left.country and left.country == right.country:
        reason += f", même pays ({left.country})"
    return Pair(left=left.iri, right=right.iri, score=round(score, 3), reason=reason)


def _standing(candidate: _Candidate, labels: Counter[str]) -> tuple[int, int, str]:
    return labels[candidate.label], len(candidate.label), candidate.iri


def _strongest(member: str, group: tuple[str, ...], reasons: dict[frozenset[str], Pair]) -> Pair:
    """Give the surest pair that ties a member to its group."""
    found = [
        reasons[frozenset((member, other))]
        for other in group
        if frozenset((member, other)) in reasons
    ]
    return max(found, key=lambda pair: (pair.score, pair.left, pair.right))


def _judgement(member: _Candidate, chosen: _Candidate, pair: Pair) -> Judgement:
    return Judgement(
        subject=member.iri,
        predicate=KG.sameEntityAs,
        object=chosen.iri,
        score=pair.score,
        reason=pair.reason,
        rule="resolve/entities",
        evidence=(member.span, chosen.span),
    )


def _is_proper(name: str) -> bool:
    """Tell whether every word but the short ones begins with a capital or a digit.

    Example:
        >>> _is_proper("Front du Nord"), _is_proper("base irakienne"), _is_proper("bases")
        (True, False, False)
    """
    words = name.replace("’", " ").replace("'", " ").split()
    rest = [word for word in words if len(word) > 3 or not word.islower()]
    return bool(rest) and all(word[0].isupper() or word[0].isdigit() for word in rest)


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
