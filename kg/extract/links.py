"""Ties between the events of an article: retaliation, cause, part.

Takes clusters and the tree, gives `(type, from, to, token)` rows. A retaliation answers the event
that its complement names, else the event told last before it with the roles turned round; causes
follow verbs and prepositions of cause; parts follow ordinals, totals and nouns of inclusion.
"""

from __future__ import annotations

from collections.abc import Iterable

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
# The prepositions before what something led to: "précipité dans la guerre", "soldé par des morts".
_LEADING = frozenset({"obl:dans", "obl:par", "obl:sur", "obl:vers", "obl:en", "obl:à"})
# How many sentences back an answer looks first for what it answers.
_JUST_TOLD = 2
# How deep in a noun phrase its event stands.
_INNER = 3
# How far behind a noun of reprisal its complement stands, in tokens.
_BEHIND = 7
# How far before its verb "à laquelle" stands.
_WHICH = 8


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
        answered: set[int] = set()
        for i in range(len(self.tree)):
            for link in self._at(i):
                if link.origin != link.goal:
                    if link.type == "inRetaliationFor":
                        if link.origin in answered and self._named_behind(i) is None:
                            continue  # "sa réponse": it was told what it answers
                        answered.add(link.origin)
                    found.setdefault((link.type, link.origin, link.goal), link)
        tied = {frozenset((link.origin, link.goal)) for link in found.values()}
        for link in self.parts.read():
            if frozenset((link.origin, link.goal)) in tied:
                continue
            found.setdefault((link.type, link.origin, link.goal), link)
        return list(found.values())

    def _at(self, i: int) -> list[FoundLink]:
        tree, cues = self.tree, self.cues
        lemma = tree.lemma[i]
        if tree.pos[i] == "NOUN" and self._is_reprisal(i):
            return self._retaliation(i)
        if tree.pos[i] == "VERB":
            verb = self.grammar.verb_lemma(i)
            if verb in cues["retaliation.verbs"]:
                return self._retaliation(i)
            if verb in cues["causes.verbs"]:
                return self._causing_verb(i, verb)
        if tree.dep[i].startswith(("obl", "nmod")):
            prep = tree.prep(i)
            if prep in cues["causes.preps"] and lemma not in cues["retaliation.nouns"]:
                return self._causing_phrase(i)
        return []

    def _is_reprisal(self, i: int) -> bool:
        """Tell "en retour" from "le retour", "sa revanche" from "en revanche"."""
        words = {self.tree.lemma[i], self.tree.lower[i]}
        is_phrase = i > 0 and self.tree.lower[i - 1] == "en"
        if self.tree.children(i, "cop") and self.tree.lower[i + 1 : i + 2] in (
            ["à"],
            ["au"],
            ["aux"],
        ):
            is_phrase = True  # "la marche est une réaction à l'assassinat"
        if is_phrase and words & self.cues["retaliation.in_phrase"]:
            return True
        if is_phrase and words & self.cues["retaliation.not_in_phrase"]:
            return False
        return bool(words & self.cues["retaliation.nouns"])

    def _index(self, token: int) -> int | None:
        draft = self.slots.owner.get(token)
        return self.home.get(id(draft)) if draft is not None else None

    def _retaliation(self, i: int) -> list[FoundLink]:
        """Link the deed that the cue tells of to what stands behind the cue, or came before."""
        cause = self._named_behind(i)
        if cause is None:
            cause = self._antecedent(i)
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
            top = k
            while tree.dep[top] == "nmod" and tree.prep(top) == "de" and tree.head[top] > i:
                top = tree.head[top]  # "par des dizaines de frappes"
            if is_head and tree.prep(top) not in ("par", "avec", "en"):
                return n
        return None

    def _antecedent(self, i: int) -> int | None:
        """Find what "à laquelle Ankara a répliqué" answers: the noun that the clause belongs to."""
        tree = self.tree
        for k in (i, *tree.ancestors(i)):
            if tree.dep[k] != "acl:relcl":
                continue
            between = range(tree.head[k] + 1, k)
            forms = {tree.lower[x] for x in between}
            forms |= {" ".join(tree.lower[x - 1 : x + 1]) for x in between}
            if not self.words["to_which"] & forms:
                return None
            n = self._index(tree.head[k])
            draft = self.slots.climb(tree.head[k])
            return n if n is not None or draft is None else self.home.get(id(draft))
        return self._before_which(i)

    def _before_which(self, i: int) -> int | None:
        """Find the deed before "à laquelle", wherever the parser hung the clause from."""
        tree = self.tree
        first, _ = tree.sents[tree.sent[i]]
        for k in range(i - 1, max(first, i - _WHICH), -1):
            if tree.lower[k] in self.words["to_which"] or (
                " ".join(tree.lower[k - 1 : k + 1]) in self.words["to_which"]
            ):
                told = [self._index(m) for m in range(k - 1, first - 1, -1)]
                return next((n for n in told if n is not None and self._is_deed(n)), None)
        return None

    def _answer(self, i: int, cause: int | None) -> int | None:
        """Find the deed that is the answer: the cue itself, what it hangs from, what it tells."""
        tree = self.tree
        subjects = self._events(tree.children(i, "nsubj")) if tree.children(i, "cop") else []
        if subjects:  # "ces frappes sont une riposte à …"
            return subjects[0]
        own = self._index(i)
        if own is not None and own != cause:
            return own if self._is_deed(own) else None
        means = self._means(i)
        if means is not None and means != cause:
            return means
        for k in tree.ancestors(i):
            n = self._index(k)
            if n is not None and n != cause:
                if self.clusters[n].type == "ClaimOfResponsibility":  # "revendiqué …, pour venger"
                    claimed = self._claimed(k)
                    if claimed != cause:
                        return claimed
                    break  # "a revendiqué l'attaque, à laquelle Ankara a répliqué par …"
                return n if self._is_deed(n) else None
        if (
            tree.pos[i] == "VERB"
            and self.grammar.verb_lemma(i) in self.cues["retaliation.avenging"]
        ):
            return self._last_deed(i, cause)
        first, last = tree.sents[tree.sent[i]]
        for k in (*range(i + 1, last), *range(i - 1, first - 1, -1)):
            n = self._index(k)
            if n is not None and n != cause and self._is_deed(n):
                return n
        return None

    def _means(self, i: int) -> int | None:
        """Find the deed that a verb of answering is done by: "a répliqué par des frappes"."""
        if self.tree.pos[i] != "VERB":
            return None
        clause = self.grammar.clause(i)
        found = self._events(clause.get("obl:par")) if clause is not None else []
        found += self._events(k for k in self.tree.kids[i] if self.tree.lower[k].endswith("ant"))
        return next((n for n in found if self._is_deed(n)), None)

    def _claimed(self, token: int) -> int | None:
        about = self.slots.owner[token].about
        return self.home.get(id(about)) if about is not None else None

    def _last_deed(self, i: int, cause: int | None) -> int | None:
        """Find the deed told last before "elle disait venger la mort de son chef"."""
        told = [
            (d.token, n)
            for n, c in enumerate(self.clusters)
            if n != cause and self._is_deed(n)
            for d in c.drafts
            if d.token < i
        ]
        return max(told)[1] if told else None

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
        told = {n: [d.token for d in c.drafts if d.token < i] for n, c in enumerate(self.clusters)}
        told = {n: t for n, t in told.items() if n != answer and t}
        told = {n: t for n, t in told.items() if self.clusters[n].type in _DEEDS}
        sent = self.tree.sent
        near = {n: t for n, t in told.items() if sent[i] - sent[max(t)] <= _JUST_TOLD}
        for n, before in (near or told).items():
            cluster = self.clusters[n]
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

    def _causing_verb(self, i: int, verb: str) -> list[FoundLink]:
        """Link what a verb of cause has for subject to what it has for object, or leads to."""
        clause = self.grammar.clause(i)
        if clause is None:
            return []
        causes = self._events(clause.get("subj"))
        effects = self._events(t for name, t in clause.arguments if name in ("obj", "obl:à"))
        effects += self._events(self.tree.children(i, "xcomp", "ccomp"))
        if clause.is_passive:  # "une guerre déclenchée par l'invasion"
            causes, effects = self._events(clause.get("obl:par")), causes
        elif not effects and verb in self.cues["causes.leading"]:
            led = [t for name, t in clause.arguments if name in _LEADING]
            effects = self._events(led)
        if not causes and self.tree.lower[i].endswith("ant"):
            causes = self._told_before(i)
        return [
            FoundLink(type="causes", origin=a, goal=b, token=i)
            for a in causes
            for b in effects
            if self.clusters[a].type not in SPEECH_ACTS
        ]

    def _told_before(self, gerund: int) -> list[int]:
        """Find the deed that a gerund draws a consequence of: "a été arrêté, provoquant …"."""
        for k in self.tree.ancestors(gerund):
            n = self._index(k)
            if n is not None:
                return [n]
        return []

    def _events(self, tokens: Iterable[int]) -> list[int]:
        """Give the clusters of nouns, or of what they measure or start ("dix jours d'émeutes")."""
        found: list[int] = []
        for token in tokens:
            at = token
            for _ in range(_INNER):
                n = self._index(at)
                if n is not None and self._is_own(at):
                    found.append(n)
                    break
                inner = [k for k in self.tree.children(at, "nmod") if self.tree.prep(k) == "de"]
                if not inner and self.tree.lower[at + 1 : at + 2] in (["de"], ["d'"]):
                    inner = [at + 2]  # the parser may hang it from the verb
                if not inner:
                    break
                at = next((k for k in inner if self._index(k) is not None), inner[0])
        return found

    def _is_own(self, token: int) -> bool:
        """Tell the event's own word from a verb that only carries it."""
        return token in (self.slots.owner[token].token, *self.slots.owner[token].trigger.words)

    def _causing_phrase(self, i: int) -> list[FoundLink]:
        cause = self._index(i)
        head = self.slots.climb(self.tree.head[i])
        effect = self.home.get(id(head)) if head is not None else None
        if cause is None or effect is None:
            return []
        return [FoundLink(type="causes", origin=cause, goal=effect, token=i)]
