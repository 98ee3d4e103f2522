"""Which event is part of which: the blasts of a series, the captures of an offensive.

Takes clusters and the tree, gives links `partOfEvent`. A part is named by an ordinal ("une seconde
explosion"), by what includes it ("des attaques, dont un attentat à …", "lors de l'opération"), by a
gerund of the offensive ("a avancé, reprenant …"), or by a place of its own inside a series.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Constructions
from kg.extract.telling import Cluster, Teller, are_apart, told_within
from kg.extract.tree import Tree
from kg.model import Annotation, Status

__all__ = ["FoundLink", "PartReader"]

_DEEDS = frozenset({"Attack", "Clash", "Offensive", "Seizure", "Arrest", "Release"})
# What the deeds of a larger event are told within.
_FRAMES = frozenset({"Offensive", "Protest", "Coup"})
# How many sentences a series reaches for the places that it struck.
_REACH = 6
# The last sentence of a headline and lead.
_LEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """A link between clusters by index, and the token it was read from."""

    type: str
    origin: int
    goal: int
    token: int


class PartReader:
    """Reads parts off the clusters of one article; `owner` gives the cluster of a token."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        cast: Cast,
        *,
        words: Constructions,
        clusters: list[Cluster],
        owner: dict[int, int],
    ) -> None:
        self.tree = tree
        self.words = words
        self.clusters = clusters
        self.owner = owner
        self.telling = Teller(annotation, tree, cast, words).telling

    def read(self) -> Iterator[FoundLink]:
        """Find the parts, the surest signs first."""
        for n, cluster in enumerate(self.clusters):
            if cluster.type not in _DEEDS:
                continue
            for draft in cluster.drafts:
                goal = self._including(n, draft)
                if goal is not None:
                    yield self._link(n, goal, draft)
        for n, cluster in enumerate(self.clusters):
            if cluster.type == "Attack":
                goal = self._series_of(n, cluster)
                if goal is not None:
                    yield self._link(n, goal, cluster.first)

    def _link(self, origin: int, goal: int, draft: Draft) -> FoundLink:
        return FoundLink(type="partOfEvent", origin=origin, goal=goal, token=draft.token)

    # -- inside a sentence

    def _including(self, n: int, draft: Draft) -> int | None:
        """Find the larger event that the draft's own sentence puts it in."""
        for k in self._wholes(draft):
            goal = self.owner.get(k)
            if goal is not None and goal != n and self._is_told_as_one(n, goal):
                return goal
        if not draft.trigger.is_verb and self._is_listed(draft.token):
            goal = self._owner_above(self.tree.head[draft.token])
            if goal is None or goal == n or self.clusters[goal].type != draft.type:
                return None
            if self._is_series(self.clusters[goal]):
                return goal
        return None

    def _wholes(self, draft: Draft) -> Iterator[int]:
        """Give the tokens that may name the larger event, the nearest first."""
        tree, i = self.tree, draft.token
        first, last = tree.sents[tree.sent[i]]
        nouns = [
            k
            for k in range(first, last)
            if k in self.owner
            and tree.pos[k] == "NOUN"
            and self.clusters[self.owner[k]].type in _FRAMES
        ]
        for k in nouns:
            if told_within(k, tree, self.words) == i:
                yield k
        top = tree.first_conjunct(i)
        if (
            tree.dep[top] == "acl:relcl"
            and tree.lemma[tree.head[top]] in (self.words["relative_parts"])
        ):
            yield from (k for k in reversed(nouns) if k < tree.head[top])
        if tree.lower[top].endswith("ant") and top > first:  # "a avancé, reprenant …"
            yield from (
                k
                for k in range(top - 1, first - 1, -1)
                if tree.pos[k] == "VERB" and self._is_offensive(k)
            )

    def _is_offensive(self, k: int) -> bool:
        return k in self.owner and self.clusters[self.owner[k]].type == "Offensive"

    def _is_told_as_one(self, n: int, goal: int) -> bool:
        part, whole = (self.clusters[k] for k in (n, goal))
        if part.first.status is not whole.first.status:
            return False
        ours, theirs = self.telling(part), self.telling(whole)
        return whole.type in _FRAMES and not are_apart(ours.whens, theirs.whens)

    def _is_listed(self, i: int) -> bool:
        """Tell "…, incluant un attentat à A et un raid sur B"."""
        tree = self.tree
        i = tree.first_conjunct(i)
        return any(tree.lower[k] in self.words["listing_words"] for k in range(max(0, i - 4), i))

    def _owner_above(self, i: int) -> int | None:
        for k in (i, *self.tree.ancestors(i)):
            if k in self.owner:
                return self.owner[k]
        return None

    # -- a series and its places

    def _is_series(self, cluster: Cluster) -> bool:
        """Tell "deux attentats", "une double attaque", "une série d'explosions"."""
        tree = self.tree
        for draft in cluster.drafts:
            if draft.trigger.is_verb:
                continue
            if draft.count and draft.count.min > 1:
                return True
            if draft.is_plural and tree.lemma[draft.token] in self.words["series_nouns"]:
                return True
            if any(tree.lemma[k] in self.words["series_words"] for k in tree.kids[draft.token]):
                return True
        return False

    def _series_of(self, n: int, part: Cluster) -> int | None:
        """Find the series, told before, that a single attack belongs to."""
        at, tree = part.first.token, self.tree
        ours = self.telling(part)
        if self._is_series(part) or ours.hits_doers or part.first.status is Status.PLANNED:
            return None
        best: tuple[int, int] | None = None
        for m, whole in enumerate(self.clusters[:n]):
            if whole.type != "Attack" or not self._is_series(whole):
                continue
            theirs = self.telling(whole)
            last = max(d.token for d in whole.drafts if d.token < at)
            if theirs.hits_doers or are_apart(ours.whens, theirs.whens):
                continue
            if tree.sent[at] - tree.sent[last] > _REACH:
                continue
            is_next = tree.sent[at] > tree.sent[last]
            if ours.dates - theirs.dates or ours.marks & {"pluperfect"} - theirs.marks:
                continue
            if ours.ordinals or (
                is_next and self._is_lead(whole) and self._is_one_place(part, whole)
            ):
                best = max(best or (-1, -1), (last, m))
        return best[1] if best else None

    def _is_lead(self, cluster: Cluster) -> bool:
        """Tell what the article is about: told before the rest."""
        return self.tree.sent[cluster.first.token] <= _LEAD

    def _is_one_place(self, part: Cluster, whole: Cluster) -> bool:
        """Tell an attack without a time of its own on a place that the series has not named."""
        ours, theirs = self.telling(part), self.telling(whole)
        if ours.marks & {"shifted", "toll", "behind"}:
            return False
        if ours.persons_killed:
            return False
        if ours.agents and theirs.agents and not ours.agents & theirs.agents:
            return False
        return bool(ours.towns - theirs.towns)
