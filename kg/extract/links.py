"""Ties between the events of an article: retaliation, cause, part.

Takes clusters and the tree, gives `(type, from, to, token)` rows. A retaliation answers the event
that its complement names, else the event told last before it with the roles turned round; causes
follow verbs and prepositions of cause; parts follow ordinals, totals and nouns of inclusion.
"""

from __future__ import annotations

from kg.extract.factuality import Cues
from kg.extract.grammar import Grammar
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.merge import Cluster
from kg.extract.parts import FoundLink, PartReader
from kg.extract.slots import SlotReader
from kg.extract.tree import Tree
from kg.model import Status

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
# How far behind a noun of reprisal its complement stands, in tokens.
_BEHIND = 7


class LinkReader:
    """Reads links off cue words."""

    def __init__(
        self, tree: Tree, grammar: Grammar, cues: Cues, slots: SlotReader, clusters: list[Cluster]
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.words = grammar.words
        self.cues = cues
        self.slots = slots
        self.clusters = clusters
        self.home = {id(d): n for n, c in enumerate(clusters) for d in c.drafts}
        self.parts = PartReader(
            slots.annotation,
            tree,
            slots.cast,
            words=grammar.words,
            clusters=clusters,
            owner={k: n for k, n in ((k, self._index(k)) for k in slots.owner) if n is not None},
        )

    def read(self) -> list[FoundLink]:
        """Find the links of the article, each pair once."""
        found: dict[tuple[str, int, int], FoundLink] = {}
        for i in range(len(self.tree)):
            for link in self._at(i):
                if link.origin != link.goal:
                    found.setdefault((link.type, link.origin, link.goal), link)
        tied = {frozenset((link.origin, link.goal)) for link in found.values()}
        for link in self.parts.read():
            if frozenset((link.origin, link.goal)) in tied:
                continue
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
        """Link the deed that the cue tells of to what stands behind the cue, or came before."""
        cause = self._named_behind(i)
        answer = self._answer(i, cause)
        if answer is None:
            return []
        if cause is None:
            cause = self._answered(i, answer)
        if cause is None or cause == answer:
            return []
        return [FoundLink(type="inRetaliationFor", origin=answer, goal=cause, token=i)]

    def _named_behind(self, i: int) -> int | None:
        """Find what is answered: "en riposte à l'assassinat", "ont vengé la mort"."""
        tree = self.tree
        _, last = tree.sents[tree.sent[i]]
        behind = [k for k in tree.subtree(i) if k > i]
        if tree.pos[i] == "NOUN":  # the parser may hang the complement from the verb
            nxt = i + 1
            while nxt < last and tree.pos[nxt] == "ADJ":
                nxt += 1
            if nxt < last and tree.lower[nxt] in self.words["answering_preps"]:
                behind += list(range(nxt, min(nxt + _BEHIND, last)))
            else:
                return None
        for k in behind:
            if tree.lower[k] in (",", ";") or tree.lower[k].endswith("ant"):
                return None
            n = self._index(k)
            if n is None or n == self._index(i) or self.clusters[n].type not in _DEEDS:
                continue
            draft = self.slots.owner[k]
            is_head = draft.token == k and (tree.pos[k] == "NOUN" or not draft.trigger.is_verb)
            if is_head and tree.prep(k) not in ("par", "avec", "en"):
                return n
        return None

    def _answer(self, i: int, cause: int | None) -> int | None:
        """Find the deed that is the answer: the cue itself, what it hangs from, what it tells."""
        tree = self.tree
        own = self._index(i)
        if own is not None and own != cause:
            return own if self._is_deed(own) else None
        for k in tree.ancestors(i):
            n = self._index(k)
            if n is not None and n != cause:
                return n if self._is_deed(n) else None
        first, last = tree.sents[tree.sent[i]]
        for k in (*range(i + 1, last), *range(i - 1, first - 1, -1)):
            n = self._index(k)
            if n is not None and n != cause and self._is_deed(n):
                return n
        return None

    def _is_deed(self, n: int) -> bool:
        """A reprisal is something done, not a threat of it."""
        cluster = self.clusters[n]
        return cluster.type in _DEEDS and cluster.first.status is not Status.PLANNED

    def _answered(self, i: int, answer: int) -> int | None:
        """Find the last deed before the cue whose victim strikes back, else the last deed."""
        mine = self.clusters[answer]
        doers, victims = mine.entities("agents"), mine.entities("targets")
        lands = self._lands(doers)
        best: tuple[float, int] | None = None
        for n, cluster in enumerate(self.clusters):
            before = [d.token for d in cluster.drafts if d.token < i]
            if n == answer or not before or cluster.type not in _DEEDS:
                continue
            hit, by = cluster.entities("targets"), cluster.entities("agents")
            score = max(before) / len(self.tree)
            score += 1.0 if hit & doers or self._lands(hit) & lands else 0.0
            score += 1.0 if by & victims else 0.0
            score -= 1.0 if by & doers else 0.0
            score -= 2.0 if cluster.first.status is Status.PLANNED else 0.0
            if best is None or score > best[0]:
                best = (score, n)
        return best[1] if best else None

    def _lands(self, entities: set[str]) -> set[str]:
        found = (self.slots.cast.entities[e].country for e in entities)
        return {c for c in found if c}

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
