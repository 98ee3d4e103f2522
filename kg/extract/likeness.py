"""How alike two tellings are: may they be one event, and what speaks for it.

Takes clusters of drafts, gives the features of a pair and their weighted score. What can never be
one event (dates apart, other kinds, another ordinal, doers and victims turned round) has no score
at all. Source of the idea: event coreference by mention ranking; the weights are fitted by
training/merging.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Constructions
from kg.extract.kinds import ARMED, SPEECH_ACTS
from kg.extract.telling import (
    Cluster,
    Teller,
    Telling,
    are_apart,
    are_days_apart,
    is_answered,
    is_day,
    meet,
)
from kg.extract.tree import Tree
from kg.model import Annotation, Entity, EntityClass, When

__all__ = ["Cluster", "Likeness"]

_CERTAIN = 9.0
_BY_DATE = 6.0
# Tokens that make a paragraph more than a line with the date.
_PROSE = 12
# As many words around two triggers as speak for one event; more say no more.
_RECURRING = 4
# The death of one man told by a noun is no massacre of as many.
_MANY = 3
_ARMIES = frozenset({EntityClass.ARMED_FORCE, EntityClass.STATE})


class Likeness:
    """Compares clusters of one article; `paragraph` gives the paragraph of each token."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        cast: Cast,
        *,
        words: Constructions,
        weights: Mapping[str, float],
    ) -> None:
        self.title = annotation.title
        self.doc = annotation.doc
        self.tree = tree
        self.cast = cast
        self.words = words
        self.weights = weights
        self.telling = Teller(annotation, tree, cast, words).telling
        self._vectors: dict[int, NDArray[np.float32] | None] = {}
        self.paragraph = {
            i: number
            for number, (first, last) in enumerate(annotation.paragraphs)
            for i in range(first, last)
        }
        prose = [
            n
            for n, (first, last) in enumerate(annotation.paragraphs)
            if last - first >= _PROSE and n != annotation.title
        ]
        self.rank = {paragraph: rank for rank, paragraph in enumerate(prose)}

    def score(self, unit: Cluster, cluster: Cluster, clusters: list[Cluster]) -> float | None:
        """Rate how likely two clusters tell one event; None where they cannot."""
        if not self.compatible(unit, cluster):
            return None
        if unit.type in SPEECH_ACTS:
            return self._score_speech(unit, cluster)
        ours, theirs = self.telling(unit), self.telling(cluster)
        if ours.persons_killed & theirs.persons_killed:  # a named person is killed once
            return _CERTAIN
        if self._is_named_by_date(unit, theirs):
            return _BY_DATE
        weights = self.weights
        return sum(
            weights.get(f, 0.0) * v for f, v in self.features(unit, cluster, clusters).items()
        )

    def features(
        self, unit: Cluster, cluster: Cluster, clusters: list[Cluster]
    ) -> dict[str, float]:
        """Describe a pair of clusters for the merging weights; absent features are 0."""
        ours, theirs = self.telling(unit), self.telling(cluster)
        found: dict[str, float] = {"bias": 1.0, f"kind_{ours.kind}": 1.0}
        self._add_standing(found, unit, cluster, clusters)
        self._add_distance(found, unit, cluster)
        self._add_slots(found, ours, theirs)
        for mark in ours.marks:
            found[mark] = 1.0
        if unit.type != cluster.type:
            found["other_type"] = 1.0
        if unit.first.status is not cluster.first.status:
            found["status_clash"] = 1.0
        if cluster.type == "Clash":  # both sides of a fight do and suffer
            pass
        elif (ours.targets | ours.victims) & theirs.agents or (
            ours.agents & (theirs.targets | theirs.victims)
        ):
            found["swapped"] = 1.0
        self._add_company(found, unit, cluster, clusters)
        self._add_wording(found, unit, cluster)
        found[f"type_{cluster.type}"] = 1.0
        group = "attack" if unit.type == "Attack" else "armed" if unit.type in ARMED else "civil"
        found[group] = 1.0
        for name in sorted(_CROSSED & found.keys()):
            found[f"{group}_{name}"] = found[name]
            if ours.kind == "verb":
                found[f"verb_{name}"] = found[name]
        return found

    def _add_company(
        self, found: dict[str, float], unit: Cluster, cluster: Cluster, clusters: list[Cluster]
    ) -> None:
        """Add whether an event of the same type stands nearer: in this paragraph, a sentence back.

        "Le massacre" after two background attacks is the one that this paragraph tells.
        """
        kind = self.telling(unit).kind
        here, at = self.paragraph.get(unit.first.token), self.tree.sent[unit.first.token]
        family = [c for c in clusters if c.type == cluster.type]
        inside = [c for c in family if any(self.paragraph.get(d.token) == here for d in c.drafts)]
        if inside and cluster not in inside:
            found["rival_here"] = found[f"{kind}_rival_here"] = 1.0
        elif inside:
            last = max(inside, key=lambda c: max(d.token for d in c.drafts))
            place = "here_last" if last is cluster else "here_other"
            found[place] = found[f"{kind}_{place}"] = 1.0
        close = [c for c in family if any(at - self.tree.sent[d.token] <= 1 for d in c.drafts)]
        if close and cluster not in close:
            found["rival_near"] = found[f"{kind}_rival_near"] = 1.0

    def _add_wording(self, found: dict[str, float], unit: Cluster, cluster: Cluster) -> None:
        """Add how near the triggers are in meaning, and how many words around them recur."""
        nearest = max(
            (
                float(a @ b)
                for a in map(self._vector, unit.drafts)
                for b in map(self._vector, cluster.drafts)
                if a is not None and b is not None
            ),
            default=None,
        )
        if nearest is not None:
            found["kin"] = round(max(nearest, 0.0), 3)
        ours, theirs = self.telling(unit), self.telling(cluster)
        found["around"] = min(len(ours.around & theirs.around), _RECURRING) / _RECURRING
        if ours.marks & {"there"} and "next_sentence" in found:
            found["there_next"] = 1.0

    def _vector(self, draft: Draft) -> NDArray[np.float32] | None:
        """Give the word vector of a trigger at length 1; None where the model has none."""
        at = draft.token
        if at not in self._vectors:  # each is asked for with every cluster before it
            vector: NDArray[np.float32] = np.asarray(self.doc[at].vector, dtype=np.float32)
            norm = float(np.linalg.norm(vector))
            self._vectors[at] = vector / norm if norm else None
        return self._vectors[at]

    def _add_standing(
        self, found: dict[str, float], unit: Cluster, cluster: Cluster, clusters: list[Cluster]
    ) -> None:
        """Add where the cluster stands: in the headline, first, last or latest of its type."""
        ours = self.telling(unit)
        kind = f"{ours.kind}_alone" if "alone" in ours.marks else ours.kind
        if self._in_title(cluster):
            found["title_lead" if self._is_lead(unit) else "title"] = 1.0
        rank = self.rank.get(self.paragraph.get(unit.first.token, -1), 9)
        if self.rank.get(self.paragraph.get(cluster.first.token, -1)) == 0 and rank == 1:
            found["retold"] = found[f"{kind}_retold"] = 1.0
        family = [c for c in clusters if c.type == cluster.type]
        if not family:
            return
        if family[0] is cluster:
            found["first_of_type"] = found[f"{kind}_first"] = 1.0
        if max(family, key=lambda c: self.telling(c).salient) is cluster:
            found["latest"] = found[f"{kind}_latest"] = 1.0
        if len(family) == 1:
            found["only_one"] = found[f"{kind}_only"] = 1.0
        if family[-1] is cluster:
            found["last_of_type"] = 1.0
        found["size"] = min(len(cluster.drafts), 6) / 6

    def _add_slots(self, found: dict[str, float], ours: Telling, theirs: Telling) -> None:
        """Add which slots agree, differ or are new, and a clash of number."""
        for name in ("dates", "agents", "targets", "victims", "places", "towns", "lemmas"):
            _compare(found, name, getattr(ours, name), getattr(theirs, name))
        for name in ("modes", "target_nouns", "countries"):
            _compare(found, name, getattr(ours, name), getattr(theirs, name))
        _compare_tolls(found, ours.dead, theirs.dead)
        found[f"{ours.number}_{theirs.number}"] = 1.0
        if ours.whens and theirs.whens and _is_wide(ours.whens) != _is_wide(theirs.whens):
            found["dates_wider"] = 1.0
        if "passing" in theirs.marks and "pluperfect" in ours.marks and "modes_same" in found:
            found["told_before"] = 1.0  # "après un raid"; then "des avions avaient bombardé"
        if ours.kind == "dem":
            found[f"dem_{ours.number}_{theirs.number}"] = 1.0
        sides = theirs.agents | theirs.targets | theirs.victims
        _compare(found, "sides", ours.agents | ours.targets | ours.victims, sides)
        if not ours.whens and ours.nearby:
            around = theirs.whens or theirs.nearby
            found["near_apart" if are_apart(ours.nearby, around) else "near_meet"] = 1.0

    def _add_distance(self, found: dict[str, float], unit: Cluster, cluster: Cluster) -> None:
        """Add how far apart the two are told, in sentences and paragraphs."""
        last = cluster.drafts[-1].token
        gap = self.tree.sent[unit.first.token] - self.tree.sent[last]
        found["gap"] = min(gap, 10) / 10
        if gap == 0:
            found["same_sentence"] = 1.0
        elif gap == 1:
            found["next_sentence"] = 1.0
            found[f"{self.telling(unit).kind}_next"] = 1.0
        if self.paragraph.get(unit.first.token) == self.paragraph.get(last):
            found["same_paragraph"] = 1.0

    # -- what can never be

    def compatible(self, unit: Cluster, cluster: Cluster) -> bool:
        """Tell whether two clusters may be one event at all."""
        if unit.type != cluster.type and not self._is_toll_of(unit, cluster):
            return False
        ours, theirs = self.telling(unit), self.telling(cluster)
        is_headline = self._in_title(cluster) and self._is_lead(unit)
        is_told_again = ours.kind == "dem" and bool(ours.ordinals & theirs.ordinals)
        if not (is_headline or is_told_again) and any(self._is_of_its_own(d) for d in unit.drafts):
            return False
        if ours.ordinals and not (is_told_again or ours.kind == "def"):
            return False
        if ours.is_negated != theirs.is_negated:
            return False
        apart = are_apart(ours.whens, theirs.whens)
        if not apart and not is_answered(unit.first, self.tree, self.words):
            apart = are_days_apart(ours.whens, theirs.whens)
        if apart and not self._goes_on(unit, ours):
            return False
        if "previous" in ours.marks or self._is_series(unit, ours, theirs):
            return False
        if self._is_other_death(unit, cluster, ours, theirs) or _has_other_toll(ours, theirs):
            return False
        kidnapping = {ours.is_kidnapping, theirs.is_kidnapping}
        if kidnapping == {True, False} and ours.kind != "dem" and "alone" not in ours.marks:
            return False
        return not self._are_turned_round(unit, ours, theirs)

    def _is_toll_of(self, unit: Cluster, cluster: Cluster) -> bool:
        """Tell victims from their deed; "dix rebelles ont été tués" may be a fight's toll."""
        toll = all(d.is_toll for d in unit.drafts) or all(d.is_toll for d in cluster.drafts)
        if cluster.type == "Clash" and "agentless" in self.telling(unit).marks:
            toll = True
        return toll and unit.type in ARMED and cluster.type in ARMED

    def _is_of_its_own(self, draft: Draft) -> bool:
        """Tell "une seconde attaque", "deux attaques", "de telles attaques"."""
        tree = self.tree
        if any(tree.dep[k] == "cop" for k in tree.kids[draft.token]) and any(
            tree.lemma[k] in self.words["ordinal_words"] for k in tree.kids[draft.token]
        ):  # "c'est la quatrième attaque depuis juin" counts them all
            return True
        if draft.ordinal or (draft.count and draft.definiteness == "indef"):
            return True
        return draft.is_plural and any(
            tree.lemma[k] in self.words["kind_words"] for k in tree.kids[draft.token]
        )

    def _are_turned_round(self, unit: Cluster, ours: Telling, theirs: Telling) -> bool:
        """Tell the killing of an assailant from his deed, not from what an army did to him."""
        if unit.type in SPEECH_ACTS:
            return False
        if ours.hits_doers and theirs.hits_doers is None and self._is_by_army(theirs):
            return False
        return bool(ours.hits_doers) != bool(theirs.hits_doers)

    def _is_other_death(
        self, unit: Cluster, cluster: Cluster, ours: Telling, theirs: Telling
    ) -> bool:
        """Tell "le meurtre de deux touristes" from the death of a man named before.

        A killing noun says whose death it is, and an abduction told by a verb is no killing told
        by another: "ont tué l'ambassadeur", "ont enlevé les passagers".
        """
        first = unit.first
        if ours.kind == "verb" and ours.is_kidnapping and not ours.dead:
            verbs = [d for d in cluster.drafts if d.trigger.is_verb]
            is_killing = any(d.trigger.frame.toll == "killed" for d in verbs)
            if is_killing and not any(d.mode == "kidnapping" for d in cluster.drafts):
                return True
        if first.trigger.is_verb or not ours.victims:
            return False
        if ours.persons_killed and max((least for least, _ in theirs.dead), default=0) >= _MANY:
            return not ours.persons_killed & (theirs.victims | theirs.targets)
        if not theirs.persons_killed:
            return False
        if not all(self._is_new(p.token) for d in unit.drafts for p in d.targets):
            return False  # "la mort de ce chef"
        return not ours.victims & (theirs.victims | theirs.targets | theirs.agents)

    def _is_new(self, token: int) -> bool:
        """Tell "de deux touristes" and a name from "de son chef", which may have been named."""
        return self.cast.is_new(token) and self.tree.pos[token] != "PRON"

    @staticmethod
    def _is_series(unit: Cluster, ours: Telling, theirs: Telling) -> bool:
        """Tell "mille élèves ont été enlevés depuis décembre" from the abduction of one night."""
        is_since = [bool(t.whens) and all(_is_open(w) for w in t.whens) for t in (ours, theirs)]
        is_dated = [any(is_day(w) for w in t.whens) for t in (ours, theirs)]
        if unit.type != "Attack" or ours.kind not in ("verb", "indef", "bare"):
            return False
        return (is_since[0] and is_dated[1]) or (is_since[1] and is_dated[0])

    def _goes_on(self, unit: Cluster, telling: Telling) -> bool:
        """Tell "les combats se poursuivaient samedi": they began before."""
        if unit.type == "Agreement" and telling.kind == "dem":
            return True  # "cette trêve" is signed on one day and takes effect on another
        verbs = {self.tree.lemma[k] for d in unit.drafts for k in (d.token, *d.carriers)}
        verbs |= {self.tree.lemma[self.tree.head[d.token]] for d in unit.drafts}
        return telling.kind in ("def", "dem") and bool(verbs & self.words["continuing_verbs"])

    def _is_by_army(self, telling: Telling) -> bool:
        """Tell "l'armée a mené des frappes": whom it hit is left open."""
        classes = {self.cast.entities[e].cls for e in telling.agents}
        return bool(classes) and classes <= _ARMIES and not telling.targets

    # -- what is beyond weighing

    def _is_named_by_date(self, unit: Cluster, theirs: Telling) -> bool:
        """Tell "l'attaque de décembre" when an event of December has been told."""
        first = unit.first
        if first.trigger.is_verb or first.definiteness not in ("def", "dem"):
            return False
        tree = self.tree
        mine = [t.when for t in first.times if t.when and tree.head[t.head] == first.token]
        return any(meet(a, b) and _is_dated(a) and _is_dated(b) for a in mine for b in theirs.whens)

    def _score_speech(self, unit: Cluster, cluster: Cluster) -> float:
        ours, theirs = unit.entities("agents"), cluster.entities("agents")
        agents = (1.0 if ours & theirs else -3.0) if ours and theirs else 0.0
        if agents < 0 and self._is_headline_reworded(unit, cluster):
            agents = 0.5
        score = agents + (0.8 if self._in_title(cluster) else 0.0) - 1.0
        if any(d.about for d in unit.drafts) and any(d.about for d in cluster.drafts):
            score += 0.3
        return score

    def _is_headline_reworded(self, unit: Cluster, cluster: Cluster) -> bool:
        """Tell "La junte accuse Paris" from what "les militaires" say in the lead.

        One of the two speakers has no name of his own, and both speak of one and the same.
        """
        if not (self._in_title(cluster) and self._is_lead(unit)):
            return False
        ours, theirs = (c.entities("targets") for c in (unit, cluster))
        if ours and theirs and not ours & theirs:
            return False
        entities = self.cast.entities
        return any(
            all(not _is_named(entities[e]) for e in c.entities("agents")) for c in (unit, cluster)
        )

    def _in_title(self, cluster: Cluster) -> bool:
        return self.title is not None and self.paragraph.get(cluster.first.token) == self.title

    def _is_lead(self, unit: Cluster) -> bool:
        title = self.title
        return title is not None and self.paragraph.get(unit.first.token, 99) <= title + 2


# Features whose weight may differ between attacks, other armed events and the rest.
_CROSSED = frozenset(
    """agents_same agents_differ targets_same targets_differ targets_new victims_same
    victims_differ lemmas_same lemmas_differ places_differ towns_differ sides_differ sides_same
    next_sentence first_of_type latest""".split()
)


def _compare(
    found: dict[str, float], name: str, ours: frozenset[object], theirs: frozenset[object]
) -> None:
    if ours and theirs:
        found[f"{name}_same" if ours & theirs else f"{name}_differ"] = 1.0
    elif ours:
        found[f"{name}_new"] = 1.0


def _compare_tolls(
    found: dict[str, float],
    ours: frozenset[tuple[int, int | None]],
    theirs: frozenset[tuple[int, int | None]],
) -> None:
    """Numbers of dead agree where they may mean the same: "une centaine" and "jusqu'à 90"."""
    if ours and theirs:
        meets = any(_may_be_one(a, b) for a in ours for b in theirs)
        found["dead_same" if meets else "dead_differ"] = 1.0
    elif ours:
        found["dead_new"] = 1.0


def _has_other_toll(ours: Telling, theirs: Telling) -> bool:
    """Tell "un attentat a tué un soldat" from the blast that killed two policemen."""
    if ours.kind != "indef" or not ours.dead or not theirs.dead:
        return False
    meets = any(_may_be_one(a, b) for a in ours.dead for b in theirs.dead)
    return not meets and ours.target_nouns.isdisjoint(theirs.target_nouns)


def _may_be_one(one: tuple[int, int | None], two: tuple[int, int | None]) -> bool:
    (low, high), (least, most) = one, two
    is_open = low != high or least != most
    near = (high is None or least <= high) and (most is None or low <= most)
    return low == least or (is_open and near)


def _is_named(entity: Entity) -> bool:
    return entity.key is not None or any(w[:1].isupper() for w in entity.names[0].split())


def _is_dated(when: When) -> bool:
    return (
        when.earliest is not None
        and (when.latest or when.earliest).toordinal() - when.earliest.toordinal() < 40
    )


def _is_open(when: When) -> bool:
    """Tell "depuis décembre"."""
    return when.edtf.endswith("..")


def _is_wide(whens: tuple[When, ...]) -> bool:
    """Tell "depuis janvier" and whole years from days and months."""
    return not any(_is_dated(when) and not when.edtf.endswith("..") for when in whens)
