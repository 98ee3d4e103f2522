"""Clusters become records: one `Event` for each, with what its drafts know put together.

Takes clusters, links and the cast, gives a closed `Reading`.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.cast import Cast
from kg.extract.discourse import Discourse
from kg.extract.draft import Draft, Part, TollFound
from kg.extract.factuality import Cues
from kg.extract.grammar import Constructions
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.links import FoundLink
from kg.extract.merge import Cluster
from kg.extract.modes import ModeReader
from kg.extract.telling import is_alone
from kg.extract.totals import TollCounter
from kg.extract.tree import Tree
from kg.model import (
    Annotation,
    EntityClass,
    Event,
    Evidence,
    Link,
    Participant,
    Reading,
    Relation,
    Sentence,
    Status,
    Toll,
    Weapon,
    When,
)

__all__ = ["Assembler"]

_FIRM = (Status.ASSERTED, Status.ALLEGED, Status.PLANNED, Status.DENIED, Status.NEGATED)

_GROUND = (EntityClass.PLACE, EntityClass.STATE)
_SMALL = frozenset({"NUM", "DET", "ADP", "ADV"})
_ONE_SIDED = frozenset({"Attack", "Offensive", "Seizure", "Arrest"})
_ABSTRACT = frozenset({"any", "weapon"})


class Assembler:
    """Makes the records of one article."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        cast: Cast,
        cues: Cues,
        words: Constructions,
        modes: ModeReader,
    ) -> None:
        self.words = words
        self._small = {
            low for low, pos in zip(tree.lower, tree.pos, strict=True) if pos in _SMALL
        } | words["transparent_nouns"]
        self.annotation = annotation
        self.tree = tree
        self.cast = cast
        self.cues = cues
        self.counter = TollCounter(tree, cast)
        self.modes = modes

    def reading(
        self,
        clusters: list[Cluster],
        about: dict[int, int],
        links: list[FoundLink],
        relations: tuple[Relation, ...],
    ) -> Reading:
        """Put the article's records together."""
        discourse = Discourse(self.annotation, self.tree, self.cast, clusters, self.words)
        slots = zip(clusters, discourse.dates(), discourse.places(), strict=True)
        events = tuple(
            self._event(n, cluster, about.get(n), when, places)
            for n, (cluster, when, places) in enumerate(slots)
        )
        made = tuple(
            Link(
                id=f"l{number}",
                type=link.type,  # type: ignore[arg-type]
                origin=f"e{link.origin + 1}",
                goal=f"e{link.goal + 1}",
                mentions=(self.cast.quote(link.token, link.token + 1, f"link-{link.type}"),),
            )
            for number, link in enumerate(links, start=1)
        )
        return Reading(
            article=self.annotation.article,
            entities=tuple(self.cast.entities.values()),
            events=events,
            relations=relations,
            links=made,
            sentences=self._sentences(),
        )

    def _sentences(self) -> tuple[Sentence, ...]:
        a = self.annotation
        title = a.paragraphs[a.title] if a.title is not None else (0, 0)
        return tuple(
            Sentence(start=a.starts[s], end=a.ends[e - 1], is_title=title[0] <= s < title[1])
            for s, e in self.tree.sents
            if e > s
        )

    # -- one event

    def _event(
        self,
        number: int,
        cluster: Cluster,
        about: int | None,
        when: When | None,
        places: tuple[str, ...],
    ) -> Event:
        drafts = cluster.drafts
        status = self._status(drafts)
        targets = self._parts(cluster, "targets")
        killed, wounded = (self.counter.total(cluster, kind) for kind in ("killed", "wounded"))
        return Event(
            id=f"e{number + 1}",
            type=cluster.type,
            mentions=tuple(self._trigger(d) for d in drafts),
            mode=self.modes.of(cluster) if cluster.type == "Attack" else None,
            agents=self._parts(cluster, "agents"),
            targets=targets,
            places=places,
            when=when,
            weapons=self._weapons(cluster),
            killed=killed,
            wounded=wounded,
            tolls=tuple(self._toll(t) for d in drafts for t in d.tolls),
            count=next((d.count for d in drafts if d.count and d.is_plural), None),
            about=f"e{about + 1}" if about is not None else None,
            status=status,
            source=() if status is Status.ASSERTED else self._source(drafts),
        )

    def _trigger(self, draft: Draft) -> Evidence:
        words = sorted(draft.trigger.words)
        first = last = self._named_at(draft)
        for k in reversed([w for w in words if w < first]):
            if k >= first - 2:
                first = k
        for k in [w for w in words if w > last]:
            if k <= last + 2:
                last = k
        return self.cast.quote(first, last + 1, draft.trigger.frame.id)

    def _named_at(self, draft: Draft) -> int:
        """Give the noun of "la guerre a fait 200 morts": it names the event, the verb its toll."""
        if draft.type != "Clash" or draft.trigger.frame.toll is None:
            return draft.token
        named = (
            k for k in draft.trigger.words if self.tree.dep[k] == "nsubj" or k + 1 < draft.token
        )
        return next((k for k in sorted(named) if self.tree.pos[k] == "NOUN"), draft.token)

    def _status(self, drafts: list[Draft]) -> Status:
        statuses = {d.status for d in drafts}
        return next(s for s in _FIRM if s in statuses)

    def _source(self, drafts: list[Draft]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e for d in drafts for e in d.source))

    def _parts(self, cluster: Cluster, role: str) -> tuple[Participant, ...]:
        held: dict[str, Part] = {}
        drafts = cluster.drafts
        more: list[Part] = []
        if role == "targets":
            told = {self.tree.sent[d.token] for d in drafts if not (d.is_toll or is_alone(d))}
            main = [d for d in drafts if not self._is_gerund_toll(d)]
            main = [
                d
                for d in main
                if not d.is_toll or self.tree.sent[d.token] in told or self._kills_person(d)
            ]
            if any(d.targets for d in main):
                more = [p for d in drafts if d not in main for p in d.targets]
                drafts = main
        for draft in drafts:
            for part in getattr(draft, role):
                known = held.get(part.entity)
                if known is None or (
                    known.status is not Status.ASSERTED and part.status is Status.ASSERTED
                ):
                    held[part.entity] = part
        for part in more:
            if not self._is_inside(part, held):
                held.setdefault(part.entity, part)
        if role == "targets" and cluster.type == "Attack" and not self._hits_somebody(held):
            for draft in drafts:
                for token in draft.sites:
                    entity = self.cast.entity(token)
                    if entity is not None:
                        held.setdefault(entity, Part(token=token, entity=entity))
        if role == "targets" and cluster.type == "Clash":  # both sides are agents
            return ()
        parts = self._once_by_name(list(held.values()))
        if role == "targets":
            if cluster.type in _ONE_SIDED:  # nobody does it to himself
                doers = {p.entity for d in cluster.drafts for p in d.agents}
                parts = [p for p in parts if p.entity not in doers]
            parts = self._without_generic([p for p in parts if not self._is_nothing(p)])
        # who suffered it is not in doubt where the deed is, and nobody alleges his own part in it
        status = self._status(cluster.drafts) if role == "agents" else Status.ASSERTED
        source = self._source(cluster.drafts)
        return tuple(self._participant(p, cluster, status, source) for p in parts)

    def _participant(
        self, part: Part, cluster: Cluster, status: Status, source: tuple[str, ...]
    ) -> Participant:
        """An alleged or denied event makes its agents alleged or denied too."""
        firm, by = part.status, part.by
        is_in_doubt = status in (Status.ALLEGED, Status.DENIED) and part.entity not in source
        if firm is Status.ASSERTED and is_in_doubt:
            if cluster.type not in SPEECH_ACTS:
                firm, by = status, source
        return Participant(
            entity=part.entity,
            status=firm,
            by=by,
            evidence=(self.cast.evidence(part.token, "role"),),
        )

    def _is_nothing(self, part: Part) -> bool:
        """Tell what cannot undergo anything: abstract nouns, bare numbers and adjectives."""
        inner = self.cast.content(part.token)
        if not self.cast.classes(inner) <= _ABSTRACT:
            return False
        said = self.tree.pos[inner] in ("NOUN", "PROPN", "PRON", "DET")
        return not said or self.tree.lemma[inner] in self.words["abstract_nouns"]

    def _without_generic(self, parts: list[Part]) -> list[Part]:
        """Leave out "personnes", "morts", "victimes" where somebody better is named."""
        better = [p for p in parts if self._lemma(p) not in self.cues["generic_victims"]]
        if any(self.cast.entities[p.entity].cls not in _GROUND for p in better):
            return better
        return parts

    def _is_inside(self, part: Part, held: dict[str, Part]) -> bool:
        """Tell victims that a target speaks for already.

        "A attaqué une base, tuant dix soldats": it is the base that was attacked. So it is with
        the men of a group that was, and with "personnes" anywhere.
        """
        inner = self.cast.content(part.token)
        if self.tree.lemma[inner] in self.cues["generic_victims"]:
            return True
        owners = [k for k in self.tree.children(inner, "nmod") if self.tree.prep(k) == "de"]
        if any(self.tree.has(d, "PronType=Dem") for k in owners for d in self.tree.kids[k]):
            return True
        if not self.cast.is_a(inner, "armed"):
            return False
        known = (self.cast.entities[e].cls for e in held)
        return any(cls is not EntityClass.POPULATION_GROUP for cls in known)

    def _hits_somebody(self, held: dict[str, Part]) -> bool:
        """Tell whether a target is more than "personnes" or a town."""
        return any(
            self._lemma(p) not in self.cues["generic_victims"]
            and self.cast.entities[p.entity].cls not in (EntityClass.PLACE, EntityClass.STATE)
            for p in held.values()
        )

    def _kills_person(self, draft: Draft) -> bool:
        return any(self.cast.entities[p.entity].cls is EntityClass.PERSON for p in draft.targets)

    def _is_gerund_toll(self, draft: Draft) -> bool:
        return draft.trigger.frame.toll is not None and self.tree.lower[draft.token].endswith("ant")

    def _once_by_name(self, parts: list[Part]) -> list[Part]:
        """Keep one of two participants that the article names alike, with the names of both."""
        kept: list[Part] = []
        for part in parts:
            twin = next((k for k in kept if self._is_twin(k, part)), None)
            if twin is None:
                kept.append(part)
            elif twin.entity != part.entity:
                known = self.cast.entities[twin.entity]
                names = (*known.names, *self.cast.entities[part.entity].names)
                self.cast.entities[twin.entity] = replace(known, names=tuple(dict.fromkeys(names)))
        return kept

    def _is_twin(self, left: Part, right: Part) -> bool:
        """Tell "talibans" and "une dizaine de talibans": one name says no more than the other."""
        one, two = (self.cast.entities[p.entity] for p in (left, right))
        if one.names[0].lower() == two.names[0].lower():
            return True
        if not {n.lower() for n in one.names} & {n.lower() for n in two.names}:
            return False
        if one.count and two.count and one.count != two.count:
            return False
        few, many = sorted((self._said(one.names[0]), self._said(two.names[0])), key=len)
        return few <= many

    def _said(self, name: str) -> set[str]:
        """Give the words of a name that tell who it is: numbers and small words do not."""
        return {w for w in name.lower().split() if w not in self._small}

    def _lemma(self, part: Part) -> str:
        return self.tree.lemma[self.cast.content(part.token)]

    # -- tolls and weapons

    def _toll(self, toll: TollFound) -> Toll:
        return Toll(
            kind=toll.kind,  # type: ignore[arg-type]
            count=toll.count,
            evidence=self.cast.quote(toll.first, toll.last, "toll"),
            of=self.cast.entity(toll.group) if toll.group is not None else None,
            status=toll.status,
            source=toll.source,
        )

    def _weapons(self, cluster: Cluster) -> tuple[Weapon, ...]:
        held: dict[str, Weapon] = {}
        for draft in cluster.drafts:
            for name, token in draft.weapons:
                held.setdefault(
                    name, Weapon(name=name, evidence=self.cast.quote(token, token + 1, "weapon"))
                )
        names = list(held)
        kept = [n for n in names if not any(n != m and m.startswith(n + " ") for m in names)]
        return tuple(held[n] for n in kept)
