"""What a reporting word does to the events it reports: alleged, denied, planned, or none at all.

Takes drafts and the words of `reporting.yaml`, sets the status of events and of participations. A
definite noun ("l'attentat") is presupposed: the report speaks of who did it, not of whether it was.
Source of the idea: event factuality profiles (Saurí and Pustejovsky 2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kg.errors import RuleError
from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part
from kg.extract.grammar import Grammar
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.tree import Tree
from kg.model import Status
from kg.resources import language_file, read_yaml

__all__ = ["DISTANCES", "ReportReader", "Reporting", "load_reporting"]

DISTANCES = (
    "neutral", "claiming", "distancing", "seeming", "suspicion", "denying", "hoping", "fearing",
)  # fmt: skip
_STATUS = {
    "distancing": Status.ALLEGED,
    "seeming": Status.ALLEGED,
    "suspicion": Status.ALLEGED,
    "denying": Status.DENIED,
    "hoping": Status.PLANNED,
}
_CONTENT = ("ccomp", "xcomp")
_OBJECTS = ("obj", "obl:arg", "iobj", "conj")
_NOMINAL = ("nmod", "obj", "obl:arg", "nsubj", "nsubj:pass", "obl:mod", "obl", "conj")
_STEPS = 5  # how far up from an event its report may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """The words of `reporting.yaml`: distance of each verb and noun, presuming modifiers."""

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    presuming: frozenset[str]


def load_reporting(lang: str) -> Reporting:
    """Read a language's reporting words; phrases of several words are left to the rule files.

    Raises:
        RuleError: The file is missing, or an entry has an unknown distance.
    """
    path = language_file(lang, "reporting.yaml")
    entries = read_yaml(path)
    if not isinstance(entries, list):
        raise RuleError(f"{lang}/reporting.yaml: a list of entries is expected.")
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    presuming: set[str] = set()
    for entry in entries:
        distance = entry["distance"]
        if distance not in DISTANCES:
            raise RuleError(
                f"{lang}/reporting.yaml, entry `{entry['id']}`: unknown distance `{distance}`. "
                f"Use one of: {', '.join(DISTANCES)}."
            )
        for word in _single(entry.get("verbs", ())):
            verbs.setdefault(word, distance)
        for word in _single(entry.get("nouns", ())):
            nouns.setdefault(word, distance)
        presuming.update(entry.get("adjectives", ()), entry.get("adverbs", ()))
    return Reporting(
        verbs=MappingProxyType(verbs),
        nouns=MappingProxyType(nouns),
        presuming=frozenset(presuming),
    )


def _single(words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if " " not in word and "'" not in word)


class ReportReader:
    """Sets the statuses that reporting words give; what a rule has set already stays."""

    def __init__(self, tree: Tree, grammar: Grammar, cast: Cast, words: Reporting) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.words = words

    def settle(self, drafts: Sequence[Draft]) -> None:
        """Set status, source and `drop` of drafts, and the status of their agents."""
        for draft in drafts:
            if draft.type in SPEECH_ACTS:
                continue
            self._read_modifiers(draft)
            for verb in self._governors(draft):
                distance = self._distance(verb)
                if distance is not None:
                    self._apply(draft, verb, distance)
                    break
            if draft.trigger.clause is None:
                self._read_noun_above(draft)
        self._pass_on(drafts)

    def _governors(self, draft: Draft) -> Iterator[int]:
        """Walk up from an event to the verbs whose content it is part of, nearest first."""
        tree, i, is_inside = self.tree, draft.token, False
        is_object = draft.trigger.clause is None and tree.dep[i] in ("obj", "obl:arg")
        for _ in range(_STEPS):
            dep, up = tree.dep[i], tree.head[i]
            if up == i:
                return
            if dep in _CONTENT or (dep == "acl" and self._is_infinitive(i)):
                is_inside = True
            elif dep not in self._passable(draft, is_inside=is_inside):
                return
            if tree.pos[up] in ("VERB", "ADJ") and (is_inside or (is_object and i == draft.token)):
                yield up
            i = up

    def _passable(self, draft: Draft, *, is_inside: bool) -> tuple[str, ...]:
        """Give the labels over which a report still reaches the event from above."""
        if is_inside:
            return _OBJECTS
        return ("conj",) if draft.trigger.is_verb else _NOMINAL

    def _distance(self, verb: int) -> str | None:
        """Look a verb up; the tagger leaves some participles without their infinitive."""
        lemma = self.grammar.verb_lemma(verb)
        verbs = self.words.verbs
        return verbs.get(lemma) or verbs.get(self.grammar.participle_lemma(lemma))

    def _is_infinitive(self, i: int) -> bool:
        tree = self.tree
        forms = [i, *(k for k in tree.kids[i] if tree.dep[k].startswith("aux"))]
        return any(tree.has(k, "VerbForm=Inf") for k in forms)

    def _apply(self, draft: Draft, verb: int, distance: str) -> None:
        status = _STATUS.get(distance)
        if self._is_negated(verb) or (status is None and distance != "fearing"):
            return
        is_presupposed = not draft.trigger.is_verb and draft.definiteness in ("def", "dem", "poss")
        speakers = () if distance == "seeming" else self._speakers(verb)
        if is_presupposed:
            if status in (Status.ALLEGED, Status.DENIED):
                self._mark(self._meant(draft, verb, status, speakers), status, speakers)
            return
        if draft.status is not Status.ASSERTED:
            return
        if distance == "fearing":
            draft.drop = True
            return
        if status is Status.PLANNED and self._is_past(draft):
            return
        assert status is not None
        draft.status, draft.source = status, speakers
        if status is not Status.PLANNED:
            self._mark(draft.agents, status, speakers)

    def _meant(
        self, draft: Draft, verb: int, status: Status, speakers: tuple[str, ...]
    ) -> list[Part]:
        """Pick the agents that a report on a presupposed event is about."""
        if status is Status.DENIED:
            return [part for part in draft.agents if part.entity in speakers]
        return [p for p in draft.agents if self.tree.sent[p.token] == self.tree.sent[verb]]

    def _mark(self, parts: Iterable[Part], status: Status, speakers: tuple[str, ...]) -> None:
        for part in parts:
            if part.status is Status.ASSERTED:
                part.status, part.by = status, speakers

    def _speakers(self, verb: int) -> tuple[str, ...]:
        clause = self.grammar.clause(verb)
        subjects = clause.get("subj") if clause else []
        found = [self.cast.entity(t) for t in subjects if self.cast.is_a(t, "human")]
        return tuple(dict.fromkeys(entity for entity in found if entity))

    def _read_modifiers(self, draft: Draft) -> None:
        """Read "des jihadistes présumés ont attaqué" and "a vraisemblablement visé"."""
        tree, words = self.tree, self.words.presuming
        if draft.trigger.is_verb and draft.status is Status.ASSERTED:
            adverbs = [k for k in tree.kids[draft.token] if self._is_beside(k, draft.token)]
            if any(tree.lower[k] in words for k in adverbs):
                draft.status = Status.ALLEGED
        for part in draft.agents:
            near = tree.kids[part.token]
            if any(tree.lemma[k] in words and tree.dep[k] in ("amod", "acl") for k in near):
                self._mark([part], Status.ALLEGED, ())

    def _is_beside(self, adverb: int, verb: int) -> bool:
        """Tell an adverb of the verb from one of what follows ("probablement pour piller")."""
        tree = self.tree
        first = min((k for k in tree.kids[verb] if tree.dep[k].startswith("aux")), default=verb)
        return tree.dep[adverb] == "advmod" and first < adverb <= verb + 1

    def _read_noun_above(self, draft: Draft) -> None:
        """Read "la thèse d'un attentat": what only a rumour or a suspicion holds is alleged."""
        tree, i = self.tree, draft.token
        up = tree.head[i]
        if tree.dep[i] != "nmod" or draft.status is not Status.ASSERTED:
            return
        if self.words.nouns.get(tree.lemma[up]) == "distancing" and draft.definiteness == "indef":
            draft.status = Status.ALLEGED

    def _pass_on(self, drafts: Sequence[Draft]) -> None:
        """Keep "aurait été tué dans une frappe" together: the means are as sure as the deed."""
        by_token = {d.token: d for d in drafts if d.trigger.is_verb}
        for draft in drafts:
            deed = by_token.get(self.tree.head[draft.token])
            if deed is None or draft.trigger.is_verb or draft.type in SPEECH_ACTS:
                continue
            is_means = self.tree.dep[draft.token].startswith("obl")
            is_new = draft.definiteness in ("indef", "bare")
            if is_means and is_new and deed.status in (Status.ALLEGED, Status.DENIED):
                if draft.status is Status.ASSERTED and deed.type not in SPEECH_ACTS:
                    draft.status, draft.source = deed.status, deed.source

    def _is_negated(self, verb: int) -> bool:
        kids = self.tree.kids[verb]
        return any(self.tree.lower[k] in ("ne", "n'") for k in kids)

    def _is_past(self, draft: Draft) -> bool:
        kids = self.tree.children(draft.token, "aux:tense")
        return any(not self.tree.has(k, "Tense=Fut") for k in kids)
