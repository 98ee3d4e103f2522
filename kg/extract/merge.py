"""One event once: drafts that speak of the same event become one.

Takes drafts in text order, gives clusters of drafts. Inside a sentence syntax decides
(`joining.py`); across sentences a noun with a definite or demonstrative determiner takes up what
was told, unless date, place, victims or kind speak against it (`likeness.py`).
Source of the idea: event coreference by mention ranking.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Grammar
from kg.extract.joining import Joiner
from kg.extract.kinds import ARMED, SPEECH_ACTS
from kg.extract.likeness import Likeness
from kg.extract.telling import Cluster, is_answered, is_parted
from kg.extract.tree import Tree
from kg.model import Annotation

__all__ = ["Cluster", "Merger"]

# How many sentences back a demonstrative reaches.
_CLOSE = 2
# How many sentences back it reaches when only one event of its kind has been told.
_REACH = 5
# Victims belong to some deed: a toll joins the likeliest one unless much speaks against it.
_TOLL_THRESHOLD = -3.0


class Merger:
    """Clusters the drafts of one article."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        grammar: Grammar,
        cast: Cast,
        weights: Mapping[str, float],
    ) -> None:
        self.threshold = weights.get("threshold", 0.0)
        self.words = grammar.words
        self.tree = tree
        self.cast = cast
        self.units = Joiner(tree, cast, self.words).units
        self.likeness = Likeness(annotation, tree, cast, words=grammar.words, weights=weights)
        self._paragraph = self.likeness.paragraph

    def cluster(self, drafts: list[Draft]) -> list[Cluster]:
        """Group drafts that tell the same event; clusters come in order of first telling."""
        units = self.units(drafts)
        clusters: list[Cluster] = []
        for unit in units:
            home = self._home(unit, clusters)
            if home is None:
                unit.number = len(clusters)
                clusters.append(unit)
            else:
                home.drafts += unit.drafts
                if home.type == "Attack" and all(
                    d.is_toll for d in home.drafts[: -len(unit.drafts)]
                ):
                    home.type = unit.type
        for c in clusters:
            c.drafts.sort(key=lambda d: d.token)
        return clusters

    # -- across sentences

    def _home(self, unit: Cluster, clusters: list[Cluster]) -> Cluster | None:
        is_toll = all(d.is_toll for d in unit.drafts)
        if is_toll and not any(is_answered(d, self.tree, self.words) for d in unit.drafts):
            near = self._deed_just_told(unit, clusters)
            if near is not None:
                return near
        elif "agentless" in self.likeness.telling(unit).marks:
            near = self._deed_just_told(unit, clusters)
            if near is not None and (near.type == "Clash" or self._is_open_strike(unit, near)):
                return near
        elif self.likeness.telling(unit).kind == "dem":
            near = self._last_told(unit, clusters)
            if near is not None:
                return near
        is_open = is_toll and not any(self._stands_alone(d) for d in unit.drafts)
        best, best_score = None, _TOLL_THRESHOLD if is_open else self.threshold
        answers = any(is_answered(d, self.tree, self.words) for d in unit.drafts)
        sent = self.tree.sent
        for cluster in reversed(clusters):
            if is_parted(cluster.drafts[-1].token, unit.first.token, self.tree, self.words):
                continue
            if answers and sent[cluster.drafts[-1].token] == sent[unit.first.token]:
                continue
            score = self.likeness.score(unit, cluster, clusters)
            if score is not None and score > best_score:
                best, best_score = cluster, score
        return best

    @staticmethod
    def _stands_alone(toll: Draft) -> bool:
        """Tell "la veille, deux obus avaient blessé cinq civils": a deed with a day and means."""
        return toll.trigger.is_verb and bool(toll.times and (toll.agents or toll.weapons))

    def _is_open_strike(self, unit: Cluster, cluster: Cluster) -> bool:
        """Tell "L'armée a mené des frappes. Trente terroristes ont été tués"."""
        tellings = (self.likeness.telling(c) for c in (unit, cluster))
        hits_doers = [t.hits_doers for t in tellings]
        return hits_doers == [True, None]

    def _last_told(self, unit: Cluster, clusters: list[Cluster]) -> Cluster | None:
        """Find what "cet acte" points back to: the deed told last, close by.

        "Ces raids" points to the only raid of the sentence before.
        """
        at, sent = unit.first.token, self.tree.sent
        if any(self.tree.lemma[d.token] not in self.words["generic_events"] for d in unit.drafts):
            near = [
                c
                for c in clusters
                if c.type == unit.type and any(sent[at] - sent[d.token] == 1 for d in c.drafts)
            ]
            if not near:  # "cette libération" has only one to point to
                near = [c for c in clusters if c.type == unit.type and self._is_within(unit, c)]
            return near[0] if len(near) == 1 and self.likeness.compatible(unit, near[0]) else None
        told = [
            (draft.token, number)
            for number, cluster in enumerate(clusters)
            if cluster.type == unit.type or cluster.type in ARMED
            for draft in cluster.drafts
            if draft.token < at and sent[at] - sent[draft.token] <= _CLOSE
        ]
        return clusters[max(told)[1]] if told else None

    def _is_within(self, unit: Cluster, cluster: Cluster) -> bool:
        """Tell a cluster told within the reach of "cette libération"."""
        sent = self.tree.sent
        return sent[unit.first.token] - sent[cluster.drafts[-1].token] <= _REACH

    def _deed_just_told(self, unit: Cluster, clusters: list[Cluster]) -> Cluster | None:
        """Find the deed told last in this paragraph: "Plus de 100 soldats ont été blessés"."""
        at = unit.first.token
        best, best_token = None, -1
        for cluster in clusters:
            if cluster.type not in ARMED or not self.likeness.compatible(unit, cluster):
                continue
            for draft in cluster.drafts:
                same = self._paragraph.get(draft.token) == self._paragraph.get(at)
                if same and best_token < draft.token < at and not draft.is_toll:
                    best, best_token = cluster, draft.token
        return best

    def is_speech(self, unit: Cluster) -> bool:
        """Tell a speech act, which merges by its speakers."""
        return unit.type in SPEECH_ACTS

    def compatible(self, unit: Cluster, cluster: Cluster) -> bool:
        """Tell whether two clusters may be one event at all."""
        return self.likeness.compatible(unit, cluster)

    def features(
        self, unit: Cluster, cluster: Cluster, clusters: list[Cluster]
    ) -> dict[str, float]:
        """Describe a pair of clusters for the merging weights; absent features are 0."""
        return self.likeness.features(unit, cluster, clusters)
