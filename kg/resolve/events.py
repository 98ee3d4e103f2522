"""Events of several articles that are one, judged by type, date, participants, place and means.

Takes a store and gives judgements. Nothing an article said is changed: totals count the event that
stands for all, and a difference between tellings (a toll, an agent) stays to be seen.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kg.resolve.clusters import Pair, cluster
from kg.store.base import Judgement, Store
from kg.vocab import KG

__all__ = ["judge_events"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_EVENTS = f"""
SELECT ?event ?type ?article ?span ?date
WHERE {{
  ?event <{KG.status}> <{KG.Asserted}> ; <{KG.mention}> ?span ; a ?type .
  ?span <{KG.article}> ?article .
  OPTIONAL {{ ?article <https://schema.org/datePublished> ?date }}
}}
ORDER BY ?event ?span
"""
_PARTS = f"""
SELECT ?event ?predicate ?object
WHERE {{
  VALUES ?predicate {{ <{KG.agent}> <{KG.target}> <{KG.place}> <{KG.mode}>
    <{KG.earliestDate}> <{KG.latestDate}> <{KG.killedMin}> }}
  ?statement <{_RDF}predicate> ?predicate ; <{_RDF}subject> ?event ; <{_RDF}object> ?object .
}}
ORDER BY ?event ?predicate ?object
"""
# What articles call an entity and take it for; the knowledge graph may be of an earlier state.
_NAMES = f"""
SELECT ?entity ?name ?state
WHERE {{
  {{ ?entity <{KG.name}> ?name . BIND(<{KG.readAs}> AS ?isA) }}
  UNION
  {{ ?entity <{_SKOS}prefLabel>|<{_SKOS}altLabel> ?name . BIND(<{_RDF}type> AS ?isA)
    FILTER NOT EXISTS {{ ?entity <{KG.readAs}> ?any }} }}
  FILTER EXISTS {{ ?entity <{KG.mention}> ?span }}
  FILTER NOT EXISTS {{ ?entity <{KG.status}> ?status }}
  BIND(EXISTS {{ ?entity ?isA <{KG.State}> }} AS ?state)
}}
ORDER BY ?entity ?name
"""
# What two tellings can have in common, and what it weighs; the date is a condition, not a weight.
_WEIGHTS = {KG.agent: 0.25, KG.target: 0.3, KG.place: 0.25, KG.mode: 0.1, KG.killedMin: 0.2}
# What it costs to differ; a toll may.
_COSTS = {KG.agent: 0.25, KG.target: 0.3, KG.place: 0.25, KG.mode: 0.25}
_WORDS = {
    KG.agent: "acteur", KG.target: "cible", KG.place: "lieu", KG.mode: "mode",
    KG.killedMin: "bilan",
}  # fmt: skip
_DATED = 0.4  # what the same type in the same few days is worth before anything else agrees
_SURE_ENOUGH = 0.75
_LONGEST = datetime.timedelta(days=3)  # vaguer dates say too little to join events


@dataclass(slots=True)
class _Telling:
    iri: str
    type: str
    article: str
    date: str
    span: str
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    earliest: datetime.date | None = None
    latest: datetime.date | None = None


def judge_events(
    store: Store, *, entities: Iterable[Judgement] = (), repeated: Iterable[Pair] = ()
) -> tuple[Judgement, ...]:
    """Judge which asserted events of several articles are one.

    The telling of the latest article stands for all. Events without a date, or with one vaguer than
    three days, are left alone unless a dispatch repeats another's words.

    Args:
        store: The store to look at.
        entities: Judgements on entities, so that participants are compared by who they are.
        repeated: Events that near-duplicate dispatches tell in the same words.
    """
    one = {each.subject: each.object for each in entities if each.predicate == KG.sameEntityAs}
    tellings = {each.iri: each for each in _read(store, one)}
    pairs = [pair for pair in _pairs(tellings.values()) if pair.score >= _SURE_ENOUGH]
    pairs += [pair for pair in repeated if pair.left in tellings and pair.right in tellings]
    owners = {each.iri: each.article for each in tellings.values()}
    best: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda pair: pair.score):
        best[pair.left] = best[pair.right] = pair
    judged = []
    for group in cluster(pairs, owners):
        chosen = max(group, key=lambda iri: (tellings[iri].date, iri))
        for member in group:
            if member != chosen:
                judged.append(_judgement(tellings[member], tellings[chosen], best[member]))
    return tuple(judged)


def _read(store: Store, one: Mapping[str, str]) -> Iterator[_Telling]:
    found: dict[str, _Telling] = {}
    for row in store.select(_EVENTS).records():
        if row["event"] not in found:
            found[row["event"]] = _Telling(
                row["event"], row["type"], row["article"], row["date"], row["span"]
            )
    names, states = _names(store)
    for row in store.select(_PARTS).records():
        telling = found.get(row["event"])
        if telling is None:
            continue
        predicate, thing = row["predicate"], row["object"]
        if predicate == KG.earliestDate:
            telling.earliest = datetime.date.fromisoformat(thing)
        elif predicate == KG.latestDate:
            telling.latest = datetime.date.fromisoformat(thing)
        elif predicate != KG.place or thing not in states:  # a whole country is no place to meet
            telling.parts[predicate] |= names.get(one.get(thing, thing), {thing})
    yield from found.values()


def _names(store: Store) -> tuple[dict[str, set[str]], set[str]]:
    """Give what each entity is known by, its IRI and its names, and which entities are states."""
    found: dict[str, set[str]] = {}
    states: set[str] = set()
    for row in store.select(_NAMES).records():
        known = found.setdefault(row["entity"], {row["entity"]})
        if row["state"] == "true":
            states.add(row["entity"])
        else:
            known.add(row["name"].casefold())
    return found, states


def _pairs(tellings: Iterable[_Telling]) -> Iterator[Pair]:
    by_day: dict[tuple[str, datetime.date], list[_Telling]] = defaultdict(list)
    for telling in tellings:
        if telling.earliest is None or telling.latest is None:
            continue
        if telling.latest - telling.earliest > _LONGEST:
            continue
        for ahead in range((telling.latest - telling.earliest).days + 1):
            by_day[telling.type, telling.earliest + datetime.timedelta(days=ahead)].append(telling)
    seen: set[tuple[str, str]] = set()
    for _, same in sorted(by_day.items()):
        for left, right in combinations(sorted(same, key=lambda each: each.iri), 2):
            if left.article != right.article and (left.iri, right.iri) not in seen:
                seen.add((left.iri, right.iri))
                yield _rate(left, right)


def _rate(left: _Telling, right: _Telling) -> Pair:
    """Rate two tellings of one type whose dates overlap."""
    score = _DATED
    shared = ["même type", "même date"]
    for predicate, weight in _WEIGHTS.items():
        ours, theirs = left.parts.get(predicate, set()), right.parts.get(predicate, set())
        if ours & theirs and not _is_empty(predicate, ours & theirs):
            score += weight
            shared.append(f"même {_WORDS[predicate]}")
        elif ours and theirs and not _may_differ(predicate, ours, theirs):
            score -= _COSTS[predicate]
    return Pair(
        left=left.iri, right=right.iri, score=round(min(score, 1.0), 3), reason=", ".join(shared)
    )


def _is_empty(predicate: str, values: Collection[str]) -> bool:
    """Tell whether an agreement says nothing: nobody killed, no mode known."""
    nothing = {KG.killedMin: {"0"}, KG.mode: {KG.OtherAttack}}.get(predicate, set())
    return set(values) <= nothing


def _may_differ(predicate: str, ours: set[str], theirs: set[str]) -> bool:
    """Tell whether a difference says nothing: tolls grow, and a mode may stay untold."""
    if predicate == KG.mode:
        return KG.OtherAttack in ours | theirs
    return predicate == KG.killedMin


def _judgement(member: _Telling, chosen: _Telling, pair: Pair) -> Judgement:
    return Judgement(
        subject=member.iri,
        predicate=KG.sameEventAs,
        object=chosen.iri,
        score=pair.score,
        reason=pair.reason,
        rule="resolve/events",
        evidence=(member.span, chosen.span),
    )
