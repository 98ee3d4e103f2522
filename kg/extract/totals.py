"""How many were killed or wounded: one count for an event out of all that its tellings say.

Takes a cluster with the numbers read in its sentences, gives the total or None. Parts of a whole,
earlier and vague numbers yield to the whole, the latest and the exact one; numbers of different
people in one sentence are summed; what still conflicts becomes a range.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.cast import Cast
from kg.extract.draft import Draft, TollFound
from kg.extract.likeness import Cluster
from kg.extract.tree import Tree
from kg.model import Count, EntityClass, Status

__all__ = ["TollCounter"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What is shot down and nobody's death.
_THINGS = frozenset({"weapon", "equipment"})
_UNREAL = (Status.NEGATED, Status.PLANNED)


class TollCounter:
    """Adds up the tolls of the clusters of one article."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        self.tree = tree
        self.cast = cast

    def total(self, cluster: Cluster, kind: str) -> Count | None:
        """Give the number of "killed" or "wounded", None where nothing says it."""
        drafts = _without_campaigns(cluster.drafts)
        tolls = [t for d in drafts for t in d.tolls if t.kind == kind and not t.is_lone]
        found = self._of_tolls(tolls)
        if kind != "killed":
            return found
        if found is None:
            return self._single_victims(cluster)
        if found.max is not None and found.min == found.max and not any(t.is_latest for t in tolls):
            lone = sum(t.is_lone for d in drafts for t in d.tolls)
            found = Count(min=found.min + lone, max=found.max + lone)
        named = len(self._named_beside(cluster, tolls))
        if not named:
            return found
        return Count(min=found.min + named, max=None if found.max is None else found.max + named)

    def _of_tolls(self, tolls: Sequence[TollFound]) -> Count | None:
        whole = [t for t in tolls if not t.is_part] or tolls
        whole = [t for t in whole if not t.is_earlier] or whole
        whole = [t for t in whole if not t.is_vague] or whole
        if not whole:
            return None
        rivals = [c for t in whole for c in t.rivals]
        if rivals:
            return _span([*(t.count for t in whole if t.rivals), *rivals])
        latest = [t for t in whole if t.is_latest]
        if latest:
            return latest[-1].count
        general = [t for t in whole if t.group is None]
        if general:
            return _range([t.count for t in general])
        sentences: dict[int, list[TollFound]] = {}
        for toll in whole:
            sentences.setdefault(self.tree.sent[toll.first], []).append(toll)
        sums = [_sum(group) for group in sentences.values()]
        return max(sums, key=lambda c: c.min)

    def _named_beside(self, cluster: Cluster, tolls: Sequence[TollFound]) -> set[str]:
        """Find who is named beside a count: "X et deux autres personnes ont été tués" are three."""
        found: set[str] = set()
        tree = self.tree
        counted = [t.last - 1 for t in tolls if t.count.max != 0]
        is_more = any(t.is_besides for t in tolls)
        groups = {self.cast.entity(k) for k in counted}
        for draft in _killings(cluster):
            for part in draft.targets:
                if part.token in counted or not self._is_one_person(part.entity):
                    continue
                if is_more and part.entity not in groups:
                    found.add(part.entity)
                mine = tree.first_conjunct(part.token)
                for k in counted:
                    top = tree.first_conjunct(k)
                    if top == mine or (
                        (tree.head[top], tree.dep[top]) == (tree.head[mine], tree.dep[mine])
                    ):
                        found.add(part.entity)
        return found

    def _is_one_person(self, ident: str) -> bool:
        entity = self.cast.entities.get(ident)
        return (
            entity is not None
            and entity.cls is EntityClass.PERSON
            and (entity.count is None or entity.count.max == 1)
        )

    def _single_victims(self, cluster: Cluster) -> Count | None:
        """Count named or single victims of killings ("a tué le général X et son adjoint")."""
        victims: set[str] = set()
        for draft in _killings(cluster):
            for part in draft.targets:
                entity = self.cast.entities.get(part.entity)
                if entity is None:
                    continue
                content = self.cast.content(part.token)
                if self.cast.classes(content) & _THINGS:
                    continue  # "a abattu un drone MQ-9"
                single = "Number=Plur" not in self.tree.morph[content]
                count = entity.count
                is_one = count is None or count.max == 1
                if entity.cls is EntityClass.PERSON or (
                    single and entity.cls is EntityClass.POPULATION_GROUP and is_one
                ):
                    victims.add(part.entity)
        if victims:
            return Count(min=len(victims), max=len(victims))
        return self._known_group(cluster)

    def _known_group(self, cluster: Cluster) -> Count | None:
        """Count those counted elsewhere: "quatre hommes ont tiré …, avant d'être tués"."""
        struck = {p.entity for d in _killings(cluster) for p in d.targets}
        if len(struck) != 1:
            return None
        entity = self.cast.entities.get(struck.pop())
        if entity is None or entity.cls is not EntityClass.POPULATION_GROUP:
            return None
        return entity.count


def _without_campaigns(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Leave out what was counted "depuis l'été 2014" where the event itself has its day."""
    if not any(_DAY.fullmatch(t.when.edtf) for d in drafts for t in d.times if t.when):
        return drafts
    kept = [
        d
        for d in drafts
        if not any(t.when and ".." in t.when.edtf for t in d.times)
        or any(t.when and _DAY.fullmatch(t.when.edtf) for t in d.times)
    ]
    return kept or drafts


def _killings(cluster: Cluster) -> list[Draft]:
    return [
        d
        for d in cluster.drafts
        if (d.kills or d.trigger.frame.toll == "killed")
        and d.status not in _UNREAL
        and not d.is_attempt
    ]


def _sum(tolls: Sequence[TollFound]) -> Count:
    tops = [t.count.max for t in tolls]
    return Count(
        min=sum(t.count.min for t in tolls),
        max=None if None in tops else sum(m for m in tops if m is not None),
    )


def _span(counts: Sequence[Count]) -> Count:
    """Span what several sources say: "au moins 20" of one and 34 of another are 20 to 34."""
    tops = [c.min if c.max is None else c.max for c in counts]
    return Count(min=min(c.min for c in counts), max=max(tops))


def _range(counts: Sequence[Count]) -> Count:
    """Span all counts; one exact number that all others allow is the number.

    A headline's "18 morts" is short for the "au moins 18 morts" of the text.
    """
    exact = {c.min for c in counts if c.min == c.max}
    least = {c.min for c in counts if c.max is None}
    if exact and exact == least:
        return Count(min=least.pop(), max=None)
    if len(exact) == 1:
        number = exact.pop()
        if all(c.min <= number and (c.max is None or number <= c.max) for c in counts):
            return Count(min=number, max=number)
    tops = [c.max for c in counts]
    return Count(
        min=min(c.min for c in counts),
        max=None if None in tops else max(m for m in tops if m is not None),
    )
