"""Ties between the events of an article: retaliation, cause, part.

Takes clusters and the tree, gives `(type, from, to, token)` rows. A retaliation answers the event
that its complement names, else the event told last before it with the roles turned round; causes
follow verbs and prepositions of cause; parts follow ordinals, totals and nouns of inclusion.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.factuality import Cues
from kg.extract.grammar import Grammar
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.merge import Cluster
from kg.extract.slots import SlotReader
from kg.extract.tree import Tree

__all__ = ["FoundLink", "LinkReader"]

_DEEDS = frozenset(
    {
        "Attack",
        "Clash",
        "Offensive",
        "Seizure",
        "Arrest",
        "Sanction",
        "Withdrawal",
        "Deployment",
        "Protest",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """A link between clusters by index, and the token it was read from."""

    type: str
    origin: int
    goal: int
    token: int


class LinkReader:
    """Reads links off cue words."""

    def __init__(
        self, tree: Tree, grammar: Grammar, cues: Cues, slots: SlotReader, clusters: list[Cluster]
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cues = cues
        self.slots = slots
        self.clusters = clusters
        self.home = {id(d): n for n, c in enumerate(clusters) for d in c.drafts}

    def read(self) -> list[FoundLink]:
        """Find the links of the article, each pair once."""
        found: dict[tuple[str, int, int], FoundLink] = {}
        for i in range(len(self.tree)):
            for link in self._at(i):
                if link.origin != link.goal:
                    found.setdefault((link.type, link.origin, link.goal), link)
        for link in self._parts():
            found.setdefault((link.type, link.origin, link.goal), link)
        return list(found.values())

    def _at(self, i: int) -> list[FoundLink]:
        tree, cues = self.tree, self.cues
        lemma, lower = tree.lemma[i], tree.lower[i]
        if tree.pos[i] == "NOUN" and (
            lemma in cues["retaliation.nouns"] or lower in cues["retaliation.nouns"]
        ):
            return self._retaliation(i)
        if tree.pos[i] == "VERB":
            verb = self.grammar.verb_lemma(i)
            if verb in cues["retaliation.verbs"]:
                return self._retaliation(i)
            if verb in cues["causes.verbs"]:
                return self._causing_verb(i)
        if tree.dep[i].startswith(("obl", "nmod")):
            prep = tree.prep(i)
            if prep in cues["causes.preps"] and lemma not in cues["retaliation.nouns"]:
                return self._causing_phrase(i)
        return []

    def _index(self, token: int) -> int | None:
        draft = self.slots.owner.get(token)
        return self.home.get(id(draft)) if draft is not None else None

    def _retaliation(self, i: int) -> list[FoundLink]:
        """The answer is the event the cue hangs from; what it answers stands behind it."""
        answer = self._index(i)
        if answer is None:
            draft = self.slots.climb(i)
            answer = self.home.get(id(draft)) if draft is not None else None
        if answer is None:
            answer = self._first_deed_after(i)
        if answer is None:
            return []
        cause = self._named_below(i, answer)
        if cause is None:
            cause = self._answered(i, answer)
        if cause is None:
            return []
        return [FoundLink(type="inRetaliationFor", origin=answer, goal=cause, token=i)]

    def _named_below(self, i: int, answer: int) -> int | None:
        for k in self.tree.subtree(i):
            n = self._index(k)
            if (
                k != i
                and n is not None
                and n != answer
                and self.clusters[n].type in _DEEDS | {"Accusation"}
            ):
                return n
        return None

    def _answered(self, i: int, answer: int) -> int | None:
        """Find the last deed before the cue whose victim strikes back, else the last deed."""
        doers = self.clusters[answer].entities("agents")
        victims = self.clusters[answer].entities("targets")
        best: tuple[float, int] | None = None
        for n, cluster in enumerate(self.clusters):
            before = [d.token for d in cluster.drafts if d.token < i]
            if n == answer or not before or cluster.type not in _DEEDS:
                continue
            score = max(before) / len(self.tree)
            score += 1.0 if cluster.entities("targets") & doers else 0.0
            score += 1.0 if cluster.entities("agents") & victims else 0.0
            if best is None or score > best[0]:
                best = (score, n)
        return best[1] if best else None

    def _first_deed_after(self, i: int) -> int | None:
        _, last = self.tree.sents[self.tree.sent[i]]
        for k in range(i, last):
            n = self._index(k)
            if n is not None and self.clusters[n].type in _DEEDS:
                return n
        return None

    def _causing_verb(self, i: int) -> list[FoundLink]:
        clause = self.grammar.clause(i)
        if clause is None:
            return []
        causes = [self._index(t) for t in clause.get("subj")]
        effects = [self._index(t) for name, t in clause.arguments if name in ("obj", "obl:à")]
        effects += [self._index(k) for k in self.tree.children(i, "xcomp", "ccomp")]
        return [
            FoundLink(type="causes", origin=a, goal=b, token=i)
            for a in causes
            for b in effects
            if a is not None and b is not None and self.clusters[a].type not in SPEECH_ACTS
        ]

    def _causing_phrase(self, i: int) -> list[FoundLink]:
        cause = self._index(i)
        head = self.slots.climb(self.tree.head[i])
        effect = self.home.get(id(head)) if head is not None else None
        if cause is None or effect is None:
            return []
        return [FoundLink(type="causes", origin=cause, goal=effect, token=i)]

    def _parts(self) -> list[FoundLink]:
        """Tie "la première explosion" to the plural event told before it."""
        found = []
        for n, cluster in enumerate(self.clusters):
            if not any(d.ordinal for d in cluster.drafts) or cluster.type != "Attack":
                continue
            wholes = [
                m
                for m, c in enumerate(self.clusters[:n])
                if c.type == cluster.type and any(d.is_plural or d.count for d in c.drafts)
            ]
            if wholes:
                found.append(
                    FoundLink(
                        type="partOfEvent", origin=n, goal=wholes[0], token=cluster.first.token
                    )
                )
        return found
