"""One event once: drafts that speak of the same event become one.

Takes drafts in text order, gives clusters of drafts. Inside a sentence syntax decides (a noun
that is an argument of an event verb, a gerund, a participle); across sentences a noun with a
definite or demonstrative determiner takes up what was told, unless date, place, victims or kind
speak against it (`likeness.py`). Source of the idea: event coreference by mention ranking.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Clause, Grammar
from kg.extract.kinds import ARMED, SPEECH_ACTS
from kg.extract.likeness import Likeness
from kg.extract.telling import Cluster, is_answered, is_superlative, told_within
from kg.extract.tree import Tree
from kg.model import Annotation

__all__ = ["Cluster", "Merger"]

# How many sentences back a demonstrative reaches.
_CLOSE = 2
# How many sentences back it reaches when only one event of its kind has been told.
_REACH = 5
# How many steps above a relative clause its event stands ("l'explosion d'un car bourré de TNT").
_ABOVE = 5
# How far before its verb a relative pronoun and its noun stand.
_WHICH = 20
# A noun sentence begins within this many tokens: an adjective, a bracketed place.
_NEAR_START = 2
# How a verb hangs from the one that it explains.
_GOVERNED = ("advcl", "acl", "obl", "xcomp")
# "mort après une attaque" is that attack; "a bombardé le camp après l'attaque" is not.
_AFTER = ("après", "à la suite de")
# What else than armed force may cost lives, and what makes the deaths of a fight its toll.
_DEADLY = frozenset({"Offensive", "Protest", "Coup", "Seizure"})
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

    # -- inside a sentence

    def units(self, drafts: list[Draft]) -> list[Cluster]:
        """Put together what syntax shows to be one event; nothing across sentences."""
        by_token = {w: d for d in reversed(drafts) for w in d.trigger.words}
        by_token.update({d.token: d for d in drafts})
        carried = {k: d for d in reversed(drafts) for k in d.carriers}
        parent = {d.token: d.token for d in drafts}

        def find(t: int) -> int:
            while parent[t] != t:
                t = parent[t]
            return t

        for draft in drafts:
            for other in self._syntactic_partners(draft, by_token, carried):
                if self._may_join(draft, other):
                    a, b = sorted((find(draft.token), find(other.token)))
                    parent[b] = a
        for draft in drafts:
            told = self._told_apart(draft, drafts)
            if told is not None:
                a, b = sorted((find(draft.token), find(told.token)))
                parent[b] = a
        for draft in drafts:
            is_gerund = draft.trigger.frame.toll and self.tree.lower[draft.token].endswith("ant")
            is_loose = (draft.is_toll or is_gerund) and not self._is_answered(draft)
            near = self._deed_near(draft, drafts) if is_loose else None
            if near is not None and find(draft.token) == draft.token:
                a, b = sorted((find(draft.token), find(near.token)))
                parent[b] = a
        groups: dict[int, list[Draft]] = {}
        for draft in drafts:
            groups.setdefault(find(draft.token), []).append(draft)
        return [Cluster(drafts=g, type=self._type_of(g)) for _, g in sorted(groups.items())]

    def _told_apart(self, draft: Draft, drafts: list[Draft]) -> Draft | None:
        """Join "…, dernière attaque en date" to the deed that the clause before it tells."""
        tree, i = self.tree, draft.token
        if draft.trigger.is_verb:
            return None
        if is_superlative(i, tree):  # "…, l'attaque la plus meurtrière depuis 2017"
            draft.times.clear()
            return self._last_before(draft, drafts, i)
        if self._is_resumed(draft):
            return self._last_before(draft, drafts, i)
        if draft.definiteness != "bare":
            return None
        is_last = any(tree.lemma[k] == "dernier" for k in tree.kids[i])
        if draft.times and not is_last:
            return None
        after = self._told_after(draft, drafts)
        if after is not None:
            return after
        start = i
        while start > 0 and tree.head[start - 1] == i and tree.pos[start - 1] == "ADJ":
            start -= 1
        if start == i or tree.lower[start - 1] != ",":
            return None
        draft.times.clear()
        return self._last_before(draft, drafts, start)

    def _is_resumed(self, draft: Draft) -> bool:
        """Tell "a été acquitté, un verdict que les victimes ont critiqué": no new event."""
        tree, i = self.tree, draft.token
        if draft.definiteness != "indef" or draft.times or draft.count or draft.is_plural:
            return False
        det = next((k for k in tree.kids[i] if tree.dep[k] == "det"), i)
        is_set_off = det > 0 and tree.lower[det - 1] == ","
        return is_set_off and any(tree.dep[k] == "acl:relcl" for k in tree.kids[i])

    def _last_before(self, draft: Draft, drafts: list[Draft], start: int) -> Draft | None:
        sent = self.tree.sent
        before = [
            d
            for d in drafts
            if d.token < start and sent[d.token] == sent[start] and d.type == draft.type
        ]
        return before[-1] if before else None

    def _told_after(self, draft: Draft, drafts: list[Draft]) -> Draft | None:
        """Join "Nouvelle attaque contre une base : une roquette est tombée …"."""
        tree, i = self.tree, draft.token
        first, last = tree.sents[tree.sent[i]]
        colon = next((k for k in range(i + 1, last) if tree.text[k] == ":"), None)
        if colon is None or i - first > _NEAR_START:
            return None
        after = [d for d in drafts if colon < d.token < last and d.type == draft.type]
        return after[0] if after else None

    def _deed_near(self, toll: Draft, drafts: list[Draft]) -> Draft | None:
        """Find the deed of the same sentence whose victims a toll counts."""
        sent = self.tree.sent
        deeds = [
            d
            for d in drafts
            if sent[d.token] == sent[toll.token] and not d.is_toll and d.type in ARMED
            if not self._is_answered(d)
        ]
        return min(deeds, key=lambda d: (abs(d.token - toll.token), d.token), default=None)

    def _type_of(self, group: list[Draft]) -> str:
        if any(d.is_toll and d.type == "Clash" for d in group):
            return "Clash"  # "trois rebelles et un policier sont morts dans une fusillade"
        full = [d for d in group if not d.is_toll]
        if len({d.type for d in full}) > 1:
            full = [d for d in full if not self._is_fate(d)]
        return (full or group)[0].type

    def _may_join(self, a: Draft, b: Draft) -> bool:
        if a.type in SPEECH_ACTS or b.type in SPEECH_ACTS:
            return False
        if a.type == b.type:
            return True
        if "Clash" in (a.type, b.type) and (self._is_fate(a) or self._is_fate(b)):
            return True
        return self._is_toll_of(a, b) or self._is_toll_of(b, a)

    def _is_toll_of(self, toll: Draft, whole: Draft) -> bool:
        """Tell "les manifestations ont fait dix morts", "tués au cours d'une opération"."""
        if toll.is_toll:
            return whole.type in ARMED or whole.type in _DEADLY
        return self._is_fate(toll) and whole.type in _DEADLY and toll.mode is None

    def _is_fate(self, draft: Draft) -> bool:
        """Tell "ont été tués dans des combats": nobody did it but the fight."""
        clause = draft.trigger.clause
        return (
            draft.trigger.frame.toll is not None
            and clause is not None
            and clause.is_passive
            and not draft.agents
        )

    def _syntactic_partners(
        self, draft: Draft, by_token: dict[int, Draft], carried: dict[int, Draft]
    ) -> list[Draft]:
        if draft.trigger.clause is None:
            return self._partners_of_noun(draft, by_token)
        found = self._partners_in_clause(draft, draft.trigger.clause, by_token, carried)
        found += self._partners_above(draft, by_token, carried)
        if draft.trigger.clause.is_passive:
            found += self._partners_by_target(draft, by_token)
        if draft.is_toll and not found:
            found += self._behind_which(draft, by_token)
        return found

    def _behind_which(self, draft: Draft, by_token: dict[int, Draft]) -> list[Draft]:
        """Find the blast of "l'explosion dans laquelle six soldats avaient trouvé la mort"."""
        tree, i = self.tree, draft.token
        start = max(tree.sents[tree.sent[i]][0], i - _WHICH)
        for k in range(i - 1, start - 1, -1):
            if tree.lower[k] in self.words["in_which"]:
                before = [by_token[m] for m in range(start, k) if m in by_token]
                return [d for d in before if not d.trigger.is_verb][-1:]
            if tree.pos[k] == "VERB":
                break
        return []

    def _partners_of_noun(self, draft: Draft, by_token: dict[int, Draft]) -> list[Draft]:
        """Find the event noun above ("une attaque à la bombe") and the verbs that carry it."""
        tree, i = self.tree, draft.token
        found = [by_token[carrier] for carrier in draft.carriers if carrier in by_token]
        for carrier in draft.carriers:  # "la mort de 33 soldats, tués dans des frappes"
            death = by_token.get(tree.head[carrier])
            if carrier not in by_token and tree.dep[carrier] == "acl" and death and death.is_toll:
                found.append(death)
        if tree.dep[i] in ("nmod", "appos") and tree.head[i] in by_token:
            if not self._is_answered(draft):
                found.insert(0, by_token[tree.head[i]])
        within = told_within(i, tree, self.words)  # "tués lors d'une attaque"
        if within in by_token:
            found.append(by_token[within])
        return found

    def _partners_in_clause(
        self, draft: Draft, clause: Clause, by_token: dict[int, Draft], carried: dict[int, Draft]
    ) -> list[Draft]:
        """Find event nouns among a verb's arguments, and the verb that a gerund explains."""
        found = []
        for function, token in clause.arguments:
            other = by_token.get(self._named(token)) or by_token.get(token)
            prep = function.partition(":")[2]
            if other is None or other is draft:
                continue
            if prep in _AFTER or self._is_answered(other):
                if prep not in _AFTER or not _is_caused(draft, other):
                    continue
            preps = self.words["same_event_preps"]
            if draft.type == "Agreement":  # "se sont entendus sur une trêve"
                preps |= self.words["agreeing_preps"]
            if function in ("subj", "obj") or prep in preps:
                found.append(other)
        if clause.governor is not None and self.tree.dep[draft.token] in _GOVERNED:
            other = by_token.get(clause.governor) or carried.get(clause.governor)
            if other is not None and self._is_answered(other):
                other = None
            if other is not None and (self._is_manner(draft) or self._is_moment(draft, other)):
                found.append(other)
        return found

    def _named(self, token: int) -> int:
        """Look through "l'une des pires attaques" and counting nouns to the noun itself."""
        tree = self.tree
        if tree.lower[token] in ("un", "une"):
            token = next((k for k in tree.kids[token] if tree.prep(k) == "de"), token)
        return self.cast.content(token)

    def _partners_above(
        self, draft: Draft, by_token: dict[int, Draft], carried: dict[int, Draft]
    ) -> list[Draft]:
        """Find the event that a participle or relative clause tells more of."""
        tree, found = self.tree, []
        head, dep = tree.head[draft.token], tree.dep[draft.token]
        if dep == "conj" and draft.is_toll:  # "a tué 21 personnes et en a blessé 111"
            head = next(
                (k for k in range(draft.token - 1, head, -1) if self._is_toll_at(k, by_token)), head
            )
        if dep == "conj" and head in by_token and self._goes_on(draft, by_token[head]):
            found.append(by_token[head])
        if dep not in ("acl", "acl:relcl") or self._replies(draft):
            return found
        if tree.lemma[head] in self.words["relative_parts"]:  # "…, au cours de laquelle"
            before = [d for t, d in by_token.items() if t < head and not d.trigger.is_verb]
            before = [d for d in before if tree.sent[d.token] == tree.sent[draft.token]]
            return [max(before, key=lambda d: d.token)] if before else []
        clause = draft.trigger.clause
        subjects = [self._named(t) for t in clause.get("subj")] if clause is not None else []
        if _is_where(draft, tree) and any(t in by_token for t in subjects):
            return found  # "la ville, où les combats ont fait dix morts"
        # the parser may hang it from the noun next to it ("attaque au drone qui a tué")
        for _ in range(_ABOVE):
            if head in by_token or head in carried:
                found.append(by_token.get(head) or carried[head])
                break
            place = (
                draft.trigger.clause is not None
                and draft.trigger.frame.toll
                and _is_where(draft, tree)
            )
            if not place and self.cast.is_a(head, "human"):
                break
            is_reduced = tree.dep[head] == "acl" and "VerbForm=Part" in tree.morph[head]
            upward = ("nmod", "obl", "obj") if place else ("nmod", "obl")
            if not (is_reduced or tree.dep[head].startswith(upward)):
                break
            head = tree.head[head]
        return found

    def _replies(self, draft: Draft) -> bool:
        """Tell "l'attaque à laquelle Ankara a répliqué": a deed of its own."""
        tree, i = self.tree, draft.token
        between = [" ".join(tree.lower[k - 1 : k + 1]) for k in range(tree.head[i] + 1, i)]
        which = self.words["to_which"]
        is_put_to = any(two in which or two.split(" ")[-1] in which for two in between)
        return draft.trigger.is_verb and is_put_to

    @staticmethod
    def _is_toll_at(k: int, by_token: dict[int, Draft]) -> bool:
        return k in by_token and by_token[k].trigger.frame.toll is not None

    def _goes_on(self, draft: Draft, before: Draft) -> bool:
        """Tell "ont été arrêtés et placés en garde à vue": the same thing done to the same."""
        if draft.is_toll:
            return True
        if draft.type != before.type or not draft.trigger.is_verb or not before.trigger.is_verb:
            return False
        if self._is_outcome(draft, before):
            return True
        ours, theirs = ({p.entity for p in d.targets} for d in (draft, before))
        return ours == theirs if draft.type == "Attack" or ours else not theirs

    def _is_outcome(self, draft: Draft, before: Draft) -> bool:
        """Tell "ont attaqué le camp et tué dix soldats": the same men, no other moment or place."""
        if draft.trigger.frame.toll is None or before.trigger.frame.toll is not None:
            return False
        ours, theirs = ({p.entity for p in d.agents} for d in (draft, before))
        return ours == theirs and not draft.times and not draft.places and not draft.is_plural

    def _partners_by_target(self, draft: Draft, by_token: dict[int, Draft]) -> list[Draft]:
        """ "L'attaque contre cette base touchée par …": what befell the target is that attack."""
        tree = self.tree
        if tree.dep[draft.token] not in ("acl", "amod"):
            return []
        hit = {p.entity for p in draft.targets}
        return [
            d
            for d in by_token.values()
            if d is not draft
            and (not draft.times or _is_one_death(draft, d))
            and hit & {p.entity for p in d.targets}
            and tree.sent[d.token] == tree.sent[draft.token]
        ]

    def _is_answered(self, draft: Draft) -> bool:
        return is_answered(draft, self.tree, self.words)

    def _is_manner(self, draft: Draft) -> bool:
        """A gerund or participle ("tuant", "en faisant exploser") tells the same event further."""
        tree, i = self.tree, draft.token
        helpers = [k for k in tree.kids[i] if tree.lemma[k] == "faire"]
        if tree.lemma[tree.head[i]] == "faire":
            helpers.append(tree.head[i])
        return draft.is_toll or any(tree.lower[k].endswith("ant") for k in (i, *helpers))

    def _is_moment(self, draft: Draft, other: Draft) -> bool:
        """Tell "ont été tués lorsque des rebelles ont attaqué": how they died."""
        marks = [self.tree.lower[k] for k in self.tree.children(draft.token, "mark", "advmod")]
        return self._is_fate(other) and any(m in self.words["moment_words"] for m in marks)

    # -- across sentences

    def _home(self, unit: Cluster, clusters: list[Cluster]) -> Cluster | None:
        is_toll = all(d.is_toll for d in unit.drafts)
        if is_toll and not any(self._is_answered(d) for d in unit.drafts):
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
        best, best_score = None, _TOLL_THRESHOLD if is_toll else self.threshold
        is_answered = any(self._is_answered(d) for d in unit.drafts)
        sent = self.tree.sent
        for cluster in reversed(clusters):
            if is_answered and sent[cluster.drafts[-1].token] == sent[unit.first.token]:
                continue
            score = self.likeness.score(unit, cluster, clusters)
            if score is not None and score > best_score:
                best, best_score = cluster, score
        return best

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


def _is_caused(draft: Draft, other: Draft) -> bool:
    """Tell a victim's fate, "blessé après une attaque", from what somebody did next."""
    return draft.trigger.frame.toll is not None and other.definiteness in ("indef", "bare")


def _is_one_death(draft: Draft, other: Draft) -> bool:
    """Tell "la mort d'un chef, tué lundi": nobody dies twice, so a date does not part them."""
    killed = draft.trigger.frame.toll == other.trigger.frame.toll == "killed"
    return killed and not (other.times and other.trigger.is_verb)


def _is_where(draft: Draft, tree: Tree) -> bool:
    """Tell "…, où ils ont tué dix personnes"."""
    return any(tree.lower[k] == "où" for k in tree.kids[draft.token])
