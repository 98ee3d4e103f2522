"""The clusters of one article while they grow, and what is asked of them.

Takes the phrases of an article, gives a `Book` that names, appositions and descriptions write into.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.gazetteer import Gazetteer, fold
from kg.annotate.grammar import Grammar
from kg.annotate.names import Name
from kg.annotate.openings import Phrase
from kg.annotate.origins import UNKNOWN
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["BIG", "ORGS", "Book", "Cluster"]

_PERSON, _PLACE, _STATE = EntityClass.PERSON, EntityClass.PLACE, EntityClass.STATE
ORGS = frozenset(
    {
        EntityClass.ARMED_GROUP,
        EntityClass.COALITION,
        EntityClass.INSTITUTION,
        EntityClass.ARMED_FORCE,
    }
)
# Classes between which one participant may waver.
BIG = ORGS | {EntityClass.POPULATION_GROUP}


@dataclass(slots=True)
class Cluster:
    """One participant or place of the article with every phrase that speaks of it.

    `lemmas` are the nouns it has been called by, `adjectives` what they were said to be. `sites`
    are token positions of its mentions, the last one nearest. `usual` is the name it bears where
    the article gives none.
    """

    cls: EntityClass
    key: str | None = None
    country: str | None = None
    is_named: bool = False
    plural: bool = False
    gender: str = "mf"
    names: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    adjectives: set[str] = field(default_factory=set)
    features: set[str] = field(default_factory=set)
    phrases: list[Phrase] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    sites: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    parent: Cluster | None = None
    whole: str = ""
    usual: str = ""

    def root(self) -> Cluster:
        """Give the cluster that this one was merged into, itself if none."""
        cluster = self
        while cluster.parent is not None:
            cluster = cluster.parent
        return cluster


class Book:
    """The clusters found so far, filed by name, by key and by whole description."""

    def __init__(
        self,
        sheet: Sheet,
        phrases: list[Phrase],
        grammar: Grammar,
        gazetteer: Gazetteer,
    ) -> None:
        self.sheet = sheet
        self.phrases = phrases
        self.grammar = grammar
        self.gazetteer = gazetteer
        self.clusters: list[Cluster] = []
        self.cluster_of: dict[int, Cluster] = {}
        # The clusters that a phrase stands for together: "les deux camps".
        self.members: dict[int, list[Cluster]] = {}
        self.by_name: dict[str, Cluster] = {}
        self.by_key: dict[str, Cluster] = {}
        self.by_whole: dict[tuple[str, str], Cluster] = {}

    def find(self, phrase: Phrase) -> Cluster:
        """Give the cluster of a phrase of the article."""
        return self.cluster_of[id(phrase)].root()

    def state(self, code: str) -> Cluster:
        """Give the article's cluster of a state or of "?" and a name; made when there is none."""
        if code.startswith(UNKNOWN):
            known = self.by_name.get(self.strip(code[1:]))
            if known is not None:
                return known.root()
        cluster = self.by_key.get(code)
        if cluster is None:
            cluster = self.new(_STATE, key=code, is_named=True)
            cluster.country = code
            self.by_key[code] = cluster
        return cluster.root()

    def is_state(self, folded: str) -> bool:
        """Tell whether a folded name is that of a state of the article."""
        cluster = self.by_name.get(folded)
        return cluster is not None and cluster.root().cls is _STATE

    def new(self, cls: EntityClass, *, key: str | None = None, is_named: bool = False) -> Cluster:
        """Open a cluster."""
        cluster = Cluster(cls=cls, key=key, is_named=is_named)
        self.clusters.append(cluster)
        return cluster

    def put(self, phrase: Phrase, cluster: Cluster) -> None:
        """Put a phrase into a cluster."""
        self.cluster_of[id(phrase)] = cluster
        cluster.phrases.append(phrase)
        if phrase.name is not None:
            cluster.names.add(self.strip(self.folded(phrase.name)))
        if phrase.states and cluster.country is None and phrase.states[0][0] != UNKNOWN:
            cluster.country = phrase.states[0]
        if len(cluster.phrases) == 1:
            cluster.plural, cluster.gender = phrase.plural, phrase.gender
        elif cluster.gender == "mf" and (phrase.name is not None or cluster.cls is _PERSON):
            # "la secte" does not make the group's name feminine.
            cluster.gender = phrase.gender

    def visit(self, phrase: Phrase) -> None:
        """Note that a phrase has been read, so that later ones can point back to it."""
        cluster = self.find(phrase)
        cluster.sites.append(phrase.first)
        if self.sheet.dep[phrase.head].startswith("nsubj"):
            cluster.subjects.append(phrase.first)
        if phrase.noun is not None:
            cluster.lemmas.add(self.lemma(phrase))
            cluster.features |= phrase.noun.features
            cluster.adjectives |= self.qualifiers(phrase)

    def merge(self, left: Cluster, right: Cluster) -> None:
        """Make two clusters one, under the older of them."""
        if left is right:
            return
        if self.clusters.index(right) < self.clusters.index(left):
            left, right = right, left
        right.parent = left
        left.phrases += right.phrases
        left.phrases.sort(key=lambda p: p.first)
        left.names |= right.names
        left.key = left.key or right.key
        left.country = left.country or right.country
        left.is_named = left.is_named or right.is_named

    def recent(self, phrase: Phrase) -> list[Cluster]:
        """List the clusters spoken of before a phrase, the nearest first."""
        here = phrase.first
        seen = [
            (max((s for s in c.sites if s < here), default=-1), n, c)
            for n, c in enumerate(self.clusters)
            if c.parent is None
        ]
        return [c for site, _, c in sorted(seen, key=lambda s: (-s[0], s[1])) if site >= 0]

    def lemma(self, phrase: Phrase) -> str:
        """Give the noun that says what a phrase speaks of."""
        if phrase.content >= 0:
            nouns = self.gazetteer.nouns.get(self.sheet.lower[phrase.content])
            return nouns[0].lemma if nouns else self.sheet.lemma[phrase.content]
        return phrase.noun.lemma if phrase.noun is not None else self.sheet.lemma[phrase.head]

    def qualifiers(self, phrase: Phrase) -> set[str]:
        """Give what a phrase says its noun is like, as beginnings of words."""
        words = {self.sheet.folded[i][:5] for i in phrase.adjectives}
        for complement in phrase.complements:
            words.add(self.sheet.folded[complement.head][:5])
        return words

    def folded(self, name: Name) -> str:
        """Give a name as its folded words."""
        joined = " ".join(self.sheet.folded[name.first : name.last])
        return joined.replace("' ", "'").replace(" - ", "-")

    def strip(self, folded: str) -> str:
        """Reduce a folded name to the words that tell it from others."""
        skip = self.grammar.of | self.grammar.articles
        spaced = folded.replace("l'", "l' ").replace("d'", "d' ").replace("-", " ")
        return " ".join(word for word in spaced.split() if word not in skip)

    def keyed(self, key: str, phrase: Phrase) -> Cluster:
        """Give the cluster of a key of the tables, made for this phrase when there is none."""
        cluster = self.by_key.get(key)
        if cluster is None:
            cluster = self.new(phrase.cls, key=key, is_named=True)
            self.by_key[key] = cluster
            entry = self.gazetteer.actors.get(key) or self.gazetteer.states.get(key)
            if entry is not None:
                cluster.country = entry.country
                for form in entry.names:
                    self.by_name.setdefault(self.strip(fold(form)), cluster)
        return cluster.root()

    def country(self, phrase: Phrase, *, acts: bool = True) -> Cluster | None:
        """Find which state "le pays" is: that of the nearest place, else the most spoken of.

        With `acts` false a state called by its capital, as in "Berlin a condamné", is no place:
        "la capitale" behind it is another one.
        """
        here = phrase.first
        best: Cluster | None = None
        near = -1
        if phrase.det == "poss":
            for cluster in self.recent(phrase):
                if cluster.cls is _PERSON and cluster.country in self.gazetteer.states:
                    return self.state(cluster.country or "")
        for cluster in self.clusters:
            if cluster.parent is not None or cluster.cls not in (_PLACE, _STATE):
                continue
            code = cluster.country or ""
            if cluster.cls is _PLACE and code not in self.gazetteer.states:
                continue
            sites = (s for s in cluster.sites if s < here and (acts or not self._speaks(s)))
            site = max(sites, default=-1)
            if cluster.cls is _STATE and site in cluster.subjects:
                site += 12  # what the last sentence was about is nearer than what it ended with
            if site > near:
                near, best = site, cluster if cluster.cls is _STATE else self.state(code)
        if best is not None and self.sheet.sent[here] - self.sheet.sent[min(near, here)] <= 3:
            return best
        states = [c for c in self.clusters if c.cls is _STATE and c.parent is None and c.sites]
        return max(states, key=lambda c: len(c.sites), default=None)

    def seat(self, phrase: Phrase) -> Cluster | None:
        """Find whose "la capitale" is: of the capital last told of as a place, else the country."""
        towns = {
            max(sites): key
            for c in self.clusters
            if c.cls is _PLACE and c.parent is None
            for key in (self._capital_of(c),)
            if key and (sites := [s for s in c.sites if s < phrase.first])
        }
        return self.state(towns[max(towns)]) if towns else self.country(phrase, acts=False)

    def _capital_of(self, town: Cluster) -> str | None:
        keys = (self.gazetteer.metonyms.get(n) for n in sorted(town.names))
        return next((k for k in keys if k in self.gazetteer.states), None)

    def _speaks(self, i: int) -> bool:
        return self.sheet.folded[i] in self.gazetteer.metonyms

    def capital(self, state: Cluster) -> Cluster | None:
        """Find the capital of a known state, if the article names it."""
        for cluster in self.clusters:
            if cluster.cls is not _PLACE or cluster.parent is not None:
                continue
            if any(self.gazetteer.metonyms.get(n) == state.key for n in sorted(cluster.names)):
                return cluster
        return None
