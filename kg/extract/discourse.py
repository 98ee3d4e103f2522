"""Where and when by the story: what a sentence leaves out because its neighbours said it.

Takes clusters with their own slots, gives dates and places with what they inherit: from the event
that governs them in the sentence, from the lead (headline, dateline, first paragraph), from the
event told just before in the same paragraph.
"""

from __future__ import annotations

import re
from datetime import date

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Constructions
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.merge import Cluster
from kg.extract.setting import Setting
from kg.extract.tree import Tree
from kg.model import Annotation, Entity, EntityClass, Mention, Status, When

__all__ = ["Discourse"]

_ORDER = {EntityClass.FACILITY: 0, EntityClass.PLACE: 1, EntityClass.STATE: 2}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
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
_NATIONAL = frozenset({"Coup", "Election", "Appointment", "Resignation"})
# What lasts has no day of its own unless the text gives one.
_LASTING = frozenset({"Offensive"})
# Told in the lead these are the news of the day; further down they have a date only by their own.
_NEWS = SPEECH_ACTS | {"Meeting", "Withdrawal"}
# The news is no older than this, in days; a date further back is background.
_FRESH = 6


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
        self.home: dict[int, int] = {}
        for n, cluster in enumerate(clusters):
            for draft in cluster.drafts:
                for word in (*draft.carriers, *draft.trigger.words):
                    self.home.setdefault(word, n)
        self._lead = self._lead_paragraphs()
        self.setting = Setting(annotation, tree, cast, words, self._is_lead)

    # -- dates

    def dates(self) -> list[When | None]:
        """Give each cluster's date, its own or an inherited one."""
        own = [self._own_date(n, c) for n, c in enumerate(self.clusters)]
        found = list(own)
        lead = self._lead_date()
        for n, cluster in enumerate(self.clusters):
            if found[n] is not None:
                continue
            if cluster.type in _NEWS and self._is_told_now(cluster):
                found[n] = lead
            if cluster.type not in _SITED:
                continue
            found[n] = self._governing_date(cluster, n, found)
            if found[n] is not None or cluster.type in _LASTING:
                continue
            if cluster.type == "Seizure" and not self._is_told_now(cluster):
                continue
            if any(self._is_lead(d.token) for d in cluster.drafts):
                found[n] = lead
            if found[n] is None:
                found[n] = self._day_told(cluster)
            if found[n] is None:
                found[n] = self._date_before(cluster, n, found)
            if found[n] is None and not any(self._is_background(d) for d in cluster.drafts):
                found[n] = lead
        return found

    def _is_told_now(self, cluster: Cluster) -> bool:
        """Tell what the lead reports as done."""
        return cluster.first.status is Status.ASSERTED and any(
            self._is_lead(d.token) for d in cluster.drafts
        )

    def _own_date(self, n: int, cluster: Cluster) -> When | None:
        times = [
            t for d in cluster.drafts for t in d.times if t.when is not None and t.kind == "DATE"
        ]
        if not times:
            return None
        counts: dict[str, int] = {}
        for t in times:
            if t.when is not None:
                counts[t.when.edtf] = counts.get(t.when.edtf, 0) + 1
        best = max(
            times,
            key=lambda t: (
                self._hangs_from(t.head, n),
                _precision(t.when),
                counts[t.when.edtf] if t.when else 0,
                -t.first,
            ),
        )
        return self._closed(best.when, cluster)

    def _hangs_from(self, i: int, n: int) -> int:
        """Rate how a token is tied to a cluster: 2 its own, 1 by the parse, 0 by the sentence."""
        above = list(self.tree.ancestors(i))
        if any(self.home.get(k) == n for k in (i, *above[:1])):
            return 2
        return int(any(self.home.get(k) == n for k in above))

    def _day_told(self, cluster: Cluster) -> When | None:
        """The day of a report ("a indiqué jeudi") is the event's where nothing else dates it."""
        told = [t.when for d in cluster.drafts for t in d.told if t.when]
        return next((when for when in told if _DAY.fullmatch(when.edtf)), None)

    def _closed(self, when: When | None, cluster: Cluster) -> When | None:
        """Events counted "depuis octobre" are counted up to the day of the article."""
        day = self.annotation.article.date
        counted = any(
            d.count or (cluster.type == "Attack" and d.tolls) for d in cluster.drafts if d.times
        )
        if when is None or not when.edtf.endswith("/..") or not counted or day is None:
            return when
        start = when.edtf.removesuffix("/..").rstrip("~")
        return When(
            edtf=f"{start}/{day.isoformat()}",
            text=when.text,
            earliest=_first_day(start),
            latest=day,
            evidence=when.evidence,
        )

    def _governing_date(self, cluster: Cluster, n: int, found: list[When | None]) -> When | None:
        for draft in cluster.drafts:
            token = draft.token
            for k in self.tree.ancestors(token):
                if (
                    self.tree.dep[token] == "acl:relcl"
                    or self.tree.prep(token) in self.words["other_time_preps"]
                ):
                    break
                m = self.home.get(k)
                if (
                    m is not None
                    and m != n
                    and found[m] is not None
                    and self.clusters[m].type not in SPEECH_ACTS
                ):
                    return found[m]
                token = k
        return None

    def _is_background(self, draft: Draft) -> bool:
        """Tell a look back ("avait tué") and what is not told as a fact."""
        if draft.status is not Status.ASSERTED and draft.status is not Status.ALLEGED:
            return True
        return any(
            self.tree.has(k, "Tense=Imp") and not self.tree.has(k, "Mood=Cnd")
            for i in (draft.token, *draft.carriers)
            for k in self.tree.kids[i]
            if self.tree.dep[k].startswith("aux")
        )

    def _lead_date(self) -> When | None:
        """The date of the news: the first day named in the lead, else the article's own."""
        day: date | None = self.annotation.article.date
        for time in self.annotation.times:
            if not self._is_prose(time.head) or time.is_future or time.kind != "DATE":
                continue
            when = time.when
            if when is None or not self._is_lead(time.head) or not _DAY.fullmatch(when.edtf):
                continue
            if day is None or (when.earliest and (day - when.earliest).days <= _FRESH):
                return when
        if day is None:
            return None
        return When(edtf=day.isoformat(), text="", earliest=day, latest=day)

    def _date_before(self, cluster: Cluster, n: int, found: list[When | None]) -> When | None:
        at = cluster.first.token
        best, best_token = None, -1
        for m, other in enumerate(self.clusters):
            if m == n or found[m] is None or other.type in SPEECH_ACTS:
                continue
            for draft in other.drafts:
                if best_token < draft.token < at and self.paragraph.get(
                    draft.token
                ) == self.paragraph.get(at):
                    best, best_token = found[m], draft.token
        return best

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
            if not found and cluster.type in _SITED and (is_lead or self.setting.is_headed):
                found = self._inherited_places(cluster, n, own, lead)
            if is_lead and cluster.type in _SITED and self._are_states(found):
                found |= self._town_in(found)
            if not found and cluster.type in _NATIONAL and nation is not None:
                found = {nation: len(self.tree)}
            if not found and is_lead and cluster.type in _SITED and main is not None:
                found = {main: len(self.tree)}
            if found and (is_lead or self.setting.is_headed):
                self.setting.add_state(found)
            out.append(self._ordered(found))
        return out

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
        return found

    def _is_place(self, ident: str, token: int) -> bool:
        """Tell a named place from "heure de pointe" and "autres villes"."""
        entity = self.cast.entities[ident]
        if entity.cls not in _ORDER and self.tree.pos[token] != "PROPN":
            return False
        return any(c.isupper() for name in entity.names for c in name)

    def _inherited_places(
        self, cluster: Cluster, n: int, own: list[dict[str, int]], lead: dict[str, int]
    ) -> dict[str, int]:
        if any(self._is_lead(d.token) for d in cluster.drafts):
            return dict(lead)
        at = cluster.first.token
        best, best_token = -1, -1
        for m, other in enumerate(self.clusters):
            if m == n or not own[m] or other.type in SPEECH_ACTS:
                continue
            for draft in other.drafts:
                if best_token < draft.token < at and self.paragraph.get(
                    draft.token
                ) == self.paragraph.get(at):
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


def _precision(when: When | None) -> int:
    if when is None:
        return 0
    if _DAY.fullmatch(when.edtf):
        return 4
    if _is_night(when):
        return 4
    if "/" in when.edtf:
        return 1 if ".." in when.edtf else 3
    return min(len(when.edtf) // 3, 2)


def _is_night(when: When) -> bool:
    """Tell "dans la nuit de lundi à mardi", as exact as a day, from a longer run of days."""
    first, last = when.earliest, when.latest
    return "/" in when.edtf and first is not None and last is not None and (last - first).days == 1


def _is_named_place(entity: Entity) -> bool:
    if entity.cls not in (EntityClass.PLACE, EntityClass.FACILITY):
        return False
    return any(word[:1].isupper() for word in entity.names[0].split())


def _first_day(edtf: str) -> date | None:
    parts = [int(p) for p in edtf.rstrip("~").split("-") if p.isdigit()]
    if not parts:
        return None
    return date(parts[0], *[*parts[1:], 1, 1][:2])
