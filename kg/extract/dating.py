"""When each event was: by its own time, by its neighbours, or by the day of the news.

Takes clusters with the times that hang from them, gives a date or None. Most events that a text
gives no date of their own have none: one is inherited where counting on annotated articles has
shown that the neighbour's day is more often right than not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from kg.extract.draft import Draft
from kg.extract.grammar import Constructions
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.merge import Cluster
from kg.extract.tree import Tree
from kg.model import Annotation, Status, TimeExpression, When

__all__ = ["Dating"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Deeds follow each other in a story and share its day; acts of states are told with a day or none.
_GOVERNED = frozenset({"Attack", "Clash", "Seizure", "Release"})
_FOLLOWING = frozenset({"Attack", "Arrest", "Clash", "Seizure"})
_LEADING = _FOLLOWING | {"Coup", "Protest"}
# Told in the lead these are the news of the day; the first two by a sentence without a date.
_UNDATED_NEWS = frozenset({"ClaimOfResponsibility", "Condemnation"})
_NEWS = frozenset({"Meeting", "Threat"})
# Counted back from another event to this very noun: "deux jours après l'enlèvement".
_OFFSETS = frozenset({"time:event-offset", "time:day-before-event", "time:story-day"})
# "1.975 arrestations en neuf jours": the stretch is that of the count.
_COUNTED = "time:counted-span"
# Begun on a day, these go on.
_LASTING = frozenset({"Protest", "Withdrawal"})
# The news is no older than this, in days; a date further back is background.
_FRESH = 6


class Dating:
    """Fills the dates of the clusters of one article."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        clusters: Sequence[Cluster],
        words: Constructions,
        *,
        paragraph: Mapping[int, int],
        is_lead: Callable[[int], bool],
    ) -> None:
        self.annotation = annotation
        self.tree = tree
        self.clusters = clusters
        self.words = words
        self.paragraph = paragraph
        self._is_lead = is_lead
        self._home: dict[int, int] = {}
        for n, cluster in enumerate(clusters):
            for draft in cluster.drafts:
                for word in (*draft.carriers, *draft.trigger.words):
                    self._home.setdefault(word, n)
        self._dated = {tree.sent[t.head] for t in annotation.times if t.kind == "DATE" and t.when}

    def dates(self) -> list[When | None]:
        """Give each cluster's date, its own or an inherited one."""
        own = [self._own_date(n, c) for n, c in enumerate(self.clusters)]
        found = list(own)
        lead = self._lead_date()
        for n, cluster in enumerate(self.clusters):
            if found[n] is None and cluster.type in _GOVERNED:
                found[n] = self._governing_date(cluster, n, found)
            if found[n] is None and cluster.type in SPEECH_ACTS:
                found[n] = self._protest_date(cluster, found)
            if found[n] is None:
                found[n] = self._date_before(cluster, n, own)
            if found[n] is None and self._is_of_the_day(cluster, lead):
                found[n] = lead
        return found

    # -- its own

    def _own_date(self, n: int, cluster: Cluster) -> When | None:
        """Find the best date tied to a cluster; the time of day places it on the story's day."""
        if cluster.type == "ClaimOfResponsibility" and cluster.first.status is Status.NEGATED:
            return None  # "n'avait pas été revendiqué mardi"
        times = [t for d in cluster.drafts for t in d.times if t.when is not None]
        if cluster.type in SPEECH_ACTS:
            times = [t for t in times if not self._is_of_what_is_said(t)]
        counted = set(cluster.first.times) if cluster.first.count else set()
        if not times:
            return None
        counts: dict[str, int] = {}
        for t in times:
            if t.when is not None:
                counts[t.when.edtf] = counts.get(t.when.edtf, 0) + 1
        best = max(
            times,
            key=lambda t: (
                t.kind == "DATE",
                t.rule in _OFFSETS and self._home.get(t.head) == n,
                t in counted and t.when is not None and "/" in t.when.edtf,
                self._tie(t.head, n),
                _precision(t.when),
                counts[t.when.edtf] if t.when else 0,
                -t.first,
            ),
        )
        return self._closed(best, cluster)

    def _is_of_what_is_said(self, time: TimeExpression) -> bool:
        """Tell "réclame des élections en février" and "depuis 2007": words are spoken on a day."""
        return time.is_future or (time.when is not None and ".." in time.when.edtf)

    def _tie(self, i: int, n: int) -> int:
        """Rate how a token is tied to a cluster: 2 its own, 1 by the parse, 0 by the sentence."""
        above = list(self.tree.ancestors(i))
        if any(self._home.get(k) == n for k in (i, *above[:1])):
            return 2
        return int(any(self._home.get(k) == n for k in above))

    def _closed(self, time: TimeExpression, cluster: Cluster) -> When | None:
        """Events counted "depuis octobre" are counted up to the day of the article."""
        day, when = self.annotation.article.date, time.when
        counted = any(
            (d.count and d.times) or (cluster.type == "Attack" and self._is_numbered(d))
            for d in cluster.drafts
        )
        if when is not None and self._is_begun(time, cluster):
            return When(
                edtf=f"{when.edtf.split('/')[0]}/..",
                text=when.text,
                earliest=None,
                latest=None,
                evidence=when.evidence,
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

    def _is_numbered(self, draft: Draft) -> bool:
        """Tell "1.400 élèves ont été enlevés depuis mai": the number is that of the article."""
        tree = self.tree
        return bool(draft.tolls) or any(
            tree.pos[k] == "NUM" and not self._is_attribute(draft)
            for part in draft.targets
            for k in tree.kids[part.token]
        )

    def _is_begun(self, time: TimeExpression, cluster: Cluster) -> bool:
        """Tell "la guerre a éclaté le 7 octobre" and "les manifestations entamées le 26 avril"."""
        tree = self.tree
        verb = tree.head[time.head]
        if time.is_future or tree.lemma[verb] not in self.words["beginning_verbs"]:
            return False
        if cluster.type == "Clash":
            return any(
                tree.lemma[k] in self.words["lasting_fights"]
                for d in cluster.drafts
                for k in (d.token, *tree.kids[d.token])
            )
        return cluster.type in _LASTING

    # -- a neighbour's

    def _governing_date(
        self, cluster: Cluster, n: int, found: Sequence[When | None]
    ) -> When | None:
        """Give the day of the event that a deed is told with: "a attaqué lundi un bus et tué …"."""
        tree = self.tree
        if cluster.first.status is Status.PLANNED or self._is_attribute(cluster.first):
            return None
        for draft in cluster.drafts:
            token = draft.token
            for k in tree.ancestors(token):
                if tree.dep[token] == "acl:relcl" or (
                    tree.prep(token) in self.words["other_time_preps"]
                ):
                    break
                m = self._home.get(k)
                if m is not None and m != n and self.clusters[m].type not in SPEECH_ACTS:
                    if found[m] is not None:
                        return _lent(found[m])
                token = k
        return None

    def _protest_date(self, cluster: Cluster, found: Sequence[When | None]) -> When | None:
        """Give the day of "ont manifesté lundi pour réclamer": who marches says so marching."""
        tree, i = self.tree, cluster.first.token
        m = self._home.get(tree.head[i])
        if m is None or self.clusters[m].type != "Protest" or not tree.has(i, "VerbForm=Inf"):
            return None
        return found[m]

    def _is_attribute(self, draft: Draft) -> bool:
        """Tell "les otages détenus par le groupe" from what is told as a deed of that day."""
        i = draft.token
        is_participle = draft.trigger.is_verb and self.tree.has(i, "VerbForm=Part")
        return is_participle and not self._helpers(draft) and self.tree.dep[i] in ("acl", "amod")

    def _date_before(self, cluster: Cluster, n: int, own: Sequence[When | None]) -> When | None:
        """Give the day that the sentence before tells of, in the same paragraph."""
        draft = cluster.first
        if cluster.type not in _FOLLOWING or draft.status is not Status.ASSERTED:
            return None
        tree, at = self.tree, draft.token
        if not self._is_told(draft) or tree.sent[at] in self._dated:
            return None
        best, last = None, -1
        for m, other in enumerate(self.clusters):
            if m == n or own[m] is None or other.type in SPEECH_ACTS:
                continue
            for told in other.drafts:
                is_near = self.paragraph.get(told.token) == self.paragraph.get(at)
                if is_near and last < told.token and tree.sent[told.token] == tree.sent[at] - 1:
                    best, last = own[m], told.token
        return _lent(best)

    def _is_told(self, draft: Draft) -> bool:
        """Tell "a tué" and "des tirs ont fait" from an infinitive, which may be of any day."""
        return not (draft.trigger.is_verb and self.tree.has(draft.token, "VerbForm=Inf"))

    def _helpers(self, draft: Draft) -> list[int]:
        tree = self.tree
        return [
            k
            for i in (draft.token, *draft.carriers)
            for k in tree.kids[i]
            if tree.dep[k].startswith("aux")
        ]

    # -- the day of the news

    def _is_of_the_day(self, cluster: Cluster, lead: When | None) -> bool:
        """Tell whether the day of the news is that of an event told without a date."""
        draft = cluster.first
        dated = self.tree.sent[draft.token] in self._dated
        if any(self._is_lead(d.token) for d in cluster.drafts):
            is_done = draft.status is Status.ASSERTED
            if cluster.type in _NEWS:
                return is_done
            if cluster.type in _UNDATED_NEWS:
                return is_done and not dated
            return cluster.type in _LEADING and not dated and draft.status is not Status.PLANNED
        return (
            cluster.type in _FOLLOWING
            and not dated
            and lead is not None
            and lead.latest == self.annotation.article.date
            and draft.status in (Status.ASSERTED, Status.ALLEGED)
            and bool(self._helpers(draft))
            and not any(self._is_past_perfect(k) for k in self._helpers(draft))
        )

    def _is_past_perfect(self, i: int) -> bool:
        return self.tree.has(i, "Tense=Imp") and not self.tree.has(i, "Mood=Cnd")

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

    def _is_prose(self, token: int) -> bool:
        """Tell the body from a dateline."""
        first, last = self.annotation.paragraphs[self.paragraph[token]]
        return last - first > 8


def _precision(when: When | None) -> int:
    if when is None:
        return 0
    if _DAY.fullmatch(when.edtf) or _is_night(when):
        return 4
    if "/" in when.edtf:
        return 1 if ".." in when.edtf else 3
    return min(len(when.edtf) // 3, 2)


def _is_night(when: When) -> bool:
    """Tell "dans la nuit de lundi à mardi", as exact as a day, from a longer run of days."""
    first, last = when.earliest, when.latest
    return "/" in when.edtf and first is not None and last is not None and (last - first).days == 1


def _lent(when: When | None) -> When | None:
    """Give what a neighbour inherits: of what has gone on since a day, that day."""
    if when is not None and when.evidence is not None and when.evidence.rule == _COUNTED:
        return None
    if when is None or ".." not in when.edtf:
        return when
    start = when.edtf.removesuffix("/..")
    day = _first_day(start) if _DAY.fullmatch(start) else None
    if day is None:
        return None
    return When(edtf=start, text=when.text, earliest=day, latest=day, evidence=when.evidence)


def _first_day(edtf: str) -> date | None:
    parts = [int(p) for p in edtf.rstrip("~").split("-") if p.isdigit()]
    if not parts:
        return None
    return date(parts[0], *[*parts[1:], 1, 1][:2])
