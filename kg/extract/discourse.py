"""Where and when by the story: what a sentence leaves out because its neighbours said it.

Takes clusters with their own slots, gives dates (`dating.py`) and places with what they inherit
from the lead (headline, dateline, first paragraph).
"""

from __future__ import annotations

import re

from kg.extract.cast import Cast
from kg.extract.dating import Dating
from kg.extract.grammar import Constructions
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.merge import Cluster
from kg.extract.setting import Setting
from kg.extract.tree import Tree
from kg.model import Annotation, Entity, EntityClass, Mention, When

__all__ = ["Discourse"]

_ORDER = {EntityClass.FACILITY: 0, EntityClass.PLACE: 1, EntityClass.STATE: 2}
# Political acts are told with a date of their own or with none.
_SITED = frozenset(
    {
        "Attack",
        "Clash",
        "Offensive",
        "Seizure",
        "Arrest",
        "Protest",
        "Coup",
        "Deployment",
        "Release",
    }
)
# What befalls a whole country: the country of the story where no place is named.
_NATIONAL = frozenset({"Coup", "Election"})
# And where the headline names the country, these besides.
_DOMESTIC = _NATIONAL | {"Appointment", "Resignation", "Sanction", "Protest"}
# What the lead tells of these besides its main event was elsewhere as often as not.
_ROVING = frozenset({"Arrest", "Offensive", "Deployment"})


class Discourse:
    """Fills dates and places of the clusters of one article."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        cast: Cast,
        clusters: list[Cluster],
        words: Constructions,
    ) -> None:
        self.words = words
        self.annotation = annotation
        self.tree = tree
        self.cast = cast
        self.clusters = clusters
        self.paragraph: dict[int, int] = {}
        for number, (first, last) in enumerate(annotation.paragraphs):
            for i in range(first, last):
                self.paragraph[i] = number
        self._lead = self._lead_paragraphs()
        self.setting = Setting(annotation, tree, cast, words, self._is_lead)

    def dates(self) -> list[When | None]:
        """Give each cluster's date, its own or an inherited one."""
        dating = Dating(
            self.annotation,
            self.tree,
            self.clusters,
            self.words,
            paragraph=self.paragraph,
            is_lead=self._is_lead,
        )
        return dating.dates()

    # -- places

    def places(self) -> list[tuple[str, ...]]:
        """Give each cluster's places, most specific first."""
        own = [self._own_places(c) for c in self.clusters]
        main = self.setting.nation
        lead = self._lead_places(own)
        nation = main or self.setting.country_of(lead)
        out: list[tuple[str, ...]] = []
        for n, cluster in enumerate(self.clusters):
            if cluster.type in SPEECH_ACTS:
                out.append(())
                continue
            found = dict(own[n])
            is_lead = any(self._is_lead(d.token) for d in cluster.drafts)
            if not found and cluster.type in _NATIONAL:
                found = self._state_of_targets(cluster)
                if not found and nation is not None:
                    found = {nation: len(self.tree)}
            if not found and cluster.type in _SITED:
                found = self._inherited_places(cluster, lead)
                if not found and self.setting.is_topical:
                    found = dict(lead) if is_lead else self._place_before(n, own)
            if is_lead and cluster.type in _SITED and self._are_states(found):
                found |= self._town_in(found)
            if not found and self.setting.is_topical and cluster.type in _DOMESTIC and main:
                found = {main: len(self.tree)}
            is_sited = cluster.type in _SITED - _ROVING
            if not found and is_lead and is_sited and main is not None:
                found = {main: len(self.tree)}
            if found and self.setting.is_topical and self._are_sites(found):
                found |= self._towns_of(lead)
            if found and (self.setting.is_topical or self._tells_state(cluster)):
                self.setting.add_state(found)
            out.append(self._ordered(found))
        return out

    def _state_of_targets(self, cluster: Cluster) -> dict[str, int]:
        """Find whose president was overthrown or elected: "le président malien"."""
        entities = self.cast.entities
        countries = {entities[p.entity].country for d in cluster.drafts for p in d.targets} - {None}
        states = [e.id for e in entities.values() if e.key and e.key in countries]
        return {states[0]: len(self.tree)} if len(countries) == 1 and states else {}

    def _tells_state(self, cluster: Cluster) -> bool:
        """Tell an event of which the headline "Irak : …" or its own sentence says the state."""
        nation = self.setting.nation
        told = {self.tree.sent[d.token] for d in cluster.drafts}
        return self.setting.is_headed and any(
            m.entity == nation and self.tree.sent[m.head] in told and self.tree.pos[m.head] != "ADJ"
            for m in self.cast.heads()
        )

    def _are_sites(self, found: dict[str, int]) -> bool:
        """Tell a café or a base named without its town: "dans le Starbucks"."""
        entities = self.cast.entities
        return all(entities[e].cls is EntityClass.FACILITY for e in found)

    def _towns_of(self, lead: dict[str, int]) -> dict[str, int]:
        entities = self.cast.entities
        return {e: i for e, i in lead.items() if entities[e].cls is EntityClass.PLACE}

    def _are_states(self, found: dict[str, int]) -> bool:
        entities = self.cast.entities
        return bool(found) and all(entities[e].cls is EntityClass.STATE for e in found)

    def _town_in(self, states: dict[str, int]) -> dict[str, int]:
        """Find the first town of the lead if it may lie there: "Les familles de Dapchi …"."""
        entities = self.cast.entities
        keys = {entities[e].key for e in states}
        return {e: i for e, i in self._first_town().items() if entities[e].country in (None, *keys)}

    def _own_places(self, cluster: Cluster) -> dict[str, int]:
        found: dict[str, int] = {}
        for draft in cluster.drafts:
            for token in draft.places:
                entity = self.cast.entity(token)
                if entity is not None and self._is_place(entity, token):
                    found.setdefault(entity, token)
        for draft in cluster.drafts:
            for part in draft.targets:
                mention = self.cast.mention(part.token)
                entity_ = self.cast.entities[part.entity]
                if mention is not None and mention.kind == "name" and _is_named_place(entity_):
                    found.setdefault(part.entity, part.token)
        if not found and cluster.type == "Offensive":
            found = self._invaded(cluster)
        return found

    def _invaded(self, cluster: Cluster) -> dict[str, int]:
        """Find the state of "a envahi l'Ukraine", both target and place."""
        entering = self.words["invading"]
        drafts = [d for d in cluster.drafts if self.tree.lemma[d.token] in entering]
        targets = [p for d in drafts for p in d.targets]
        return {
            p.entity: p.token
            for p in targets
            if self.cast.entities[p.entity].cls is EntityClass.STATE
            and self.tree.pos[p.token] == "PROPN"
        }

    def _is_place(self, ident: str, token: int) -> bool:
        """Tell a named place from "heure de pointe" and "autres villes"."""
        entity = self.cast.entities[ident]
        if entity.cls not in _ORDER and self.tree.pos[token] != "PROPN":
            return False
        return any(self._is_proper(name) for name in entity.names)

    def _is_proper(self, name: str) -> bool:
        """Tell "État de Borno" from the "État" of "dans le même État"."""
        nouns = self.words["bare_places"]
        return any(w[:1].isupper() and w not in nouns for w in re.split(r"[ '’-]", name))

    def _inherited_places(self, cluster: Cluster, lead: dict[str, int]) -> dict[str, int]:
        if any(self._is_lead(d.token) for d in cluster.drafts):
            return {} if cluster.type in _ROVING else dict(lead)
        return self.setting.scene_before(cluster.first.token)

    def _place_before(self, n: int, own: list[dict[str, int]]) -> dict[str, int]:
        """Give the place of the event told last before, in the same paragraph."""
        at = self.clusters[n].first.token
        best, best_token = -1, -1
        for m, other in enumerate(self.clusters):
            if m == n or not own[m] or other.type in SPEECH_ACTS:
                continue
            for draft in other.drafts:
                is_near = self.paragraph.get(draft.token) == self.paragraph.get(at)
                if is_near and best_token < draft.token < at:
                    best, best_token = m, draft.token
        return dict(own[best]) if best >= 0 else {}

    def _lead_places(self, own: list[dict[str, int]]) -> dict[str, int]:
        for n, cluster in enumerate(self.clusters):
            if (
                own[n]
                and cluster.type in _SITED
                and any(self._is_lead(d.token) for d in cluster.drafts)
            ):
                return own[n]
        return self._first_town()

    def _first_town(self) -> dict[str, int]:
        """Find the first place that the lead names, that of the dateline last."""
        named = [
            m
            for m in self.cast.heads()
            if self._is_lead(m.head)
            and m.kind == "name"
            and m.entity
            and self.cast.entities[m.entity].cls is EntityClass.PLACE
        ]
        # A dateline often says no more than where the writer sits.
        first = min(named, key=lambda m: (self._is_dateline(m), m.head), default=None)
        return {first.entity: first.head} if first is not None else {}

    def _is_dateline(self, mention: Mention) -> bool:
        """Tell "(Abuja)" at the head of the text and "BAMAKO, 3 mars (AFP)" from the story."""
        first, last = self.annotation.paragraphs[self.paragraph[mention.head]]
        text = self.tree.text
        if mention.first == first + 1 and text[first] == "(":
            return mention.last < last and text[mention.last] == ")"
        is_title = self.paragraph[mention.head] == self.annotation.title
        return not is_title and not self._is_prose(mention.head)

    def _ordered(self, found: dict[str, int]) -> tuple[str, ...]:
        entities = self.cast.entities
        return tuple(sorted(found, key=lambda e: (_ORDER.get(entities[e].cls, 1), found[e])))

    # -- the lead

    def _lead_paragraphs(self) -> frozenset[int]:
        """Headline, dateline and first paragraph of prose."""
        lead: list[int] = []
        prose = 0
        for number, (first, last) in enumerate(self.annotation.paragraphs):
            lead.append(number)
            if number != self.annotation.title and last - first > 8:
                prose += 1
            if prose:
                break
        return frozenset(lead)

    def _is_prose(self, token: int) -> bool:
        """Tell the body from a dateline."""
        first, last = self.annotation.paragraphs[self.paragraph[token]]
        return last - first > 8

    def _is_lead(self, token: int) -> bool:
        return self.paragraph.get(token) in self._lead


def _is_named_place(entity: Entity) -> bool:
    if entity.cls not in (EntityClass.PLACE, EntityClass.FACILITY):
        return False
    return any(word[:1].isupper() for word in entity.names[0].split())
