"""Mentions of participants and places, and the entities they speak of.

Takes a parsed article with its quantities, gives the same article with `mentions` and `entities`.
Every noun that fills a place in a clause gives a mention; those the tables know nothing about carry
the rule "other", so that a reader of the mentions can leave them aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.annotate.clusters import Cluster
from kg.annotate.coref import resolve
from kg.annotate.gazetteer import Gazetteer, fold
from kg.annotate.grammar import read_grammar
from kg.annotate.names import find_names
from kg.annotate.openings import Phrase, View
from kg.annotate.origins import UNKNOWN, find_origins
from kg.annotate.pairs import share_noun
from kg.annotate.phrases import Phraser
from kg.annotate.pronouns import find_pronouns
from kg.annotate.sheets import Sheet
from kg.annotate.surfaces import list_names, stretch
from kg.annotate.voting import classify_names
from kg.model import Annotation, Count, Entity, EntityClass, Evidence, Mention

__all__ = ["Recogniser"]

_ARGUMENTS = ("nsubj", "obj", "obl", "iobj", "nmod", "conj", "appos", "ROOT", "dislocated", "xcomp")
_MOST_NAMES = 14
_GROUPS = frozenset({EntityClass.ARMED_GROUP, EntityClass.COALITION})


class Recogniser:
    """Finds the mentions and entities of articles of one language; making one reads the tables.

    Args:
        lang: The language's folder.
        split: Splits a name into words exactly as the pipeline does.
    """

    def __init__(self, lang: str, split: Callable[[str], Sequence[str]]) -> None:
        self.grammar = read_grammar(lang)
        self.gazetteer = Gazetteer(lang, split)

    def recognise(self, annotation: Annotation) -> Annotation:
        """Add the mentions, in text order, and the entities, in order of first mention."""
        if not len(annotation.doc):
            return annotation
        article = _Article(annotation, self)
        return replace(annotation, mentions=article.mentions(), entities=article.entities())


class _Article:
    """One article on its way from phrases to mentions and entities."""

    def __init__(self, annotation: Annotation, recogniser: Recogniser) -> None:
        self.annotation = annotation
        self.grammar = recogniser.grammar
        self.gazetteer = recogniser.gazetteer
        self.sheet = Sheet.of(annotation.doc, annotation.paragraphs)
        self.counts = {q.head: q.count for q in annotation.quantities if q.head is not None}
        names = find_names(self.sheet, self.grammar, self.gazetteer)
        classify_names(names, self.sheet, self.grammar, self.gazetteer)
        origins = find_origins(self.sheet, names, self.grammar, self.gazetteer)
        self.view = View(self.sheet, names, self.grammar, self.gazetteer, origins)
        self.phraser = Phraser(self.view)
        self.phrases = self.phraser.phrases()
        self.phrases += self._other_phrases()
        self.phrases.sort(key=lambda p: (p.first, -p.last))
        starts = {phrase.first: phrase for phrase in self.phrases}
        for phrase in self.phrases:
            share_noun(phrase, starts, self.view)
        self.book = resolve(self.sheet, self.phrases, self.grammar, self.gazetteer)
        self.found: list[tuple[Cluster, Mention]] = []
        self.members: dict[tuple[int, int], list[Cluster]] = {}
        self._collect()
        self.ids = self._ids()

    def _other_phrases(self) -> list[Phrase]:
        """Read the phrases of nouns that no table knows and that fill a place in a clause."""
        taken: set[int] = set()
        for phrase in self.phrases:
            if phrase.name is not None:
                taken.update(range(phrase.first, phrase.name.last))
            taken.update((phrase.head, phrase.content))
            taken.update(phrase.adjectives)
        for time in self.annotation.times:
            taken.update(range(time.first, time.last))
        found = []
        sheet = self.sheet
        for i, pos in enumerate(sheet.pos):
            if pos == "NOUN" and i not in taken and sheet.dep[i].startswith(_ARGUMENTS):
                phrase = self.phraser.phrase_at(i)
                phrase.rule = "other"
                phrase.cls = EntityClass.EQUIPMENT if phrase.noun is None else phrase.cls
                found.append(phrase)
        return found

    def _collect(self) -> None:
        for phrase in self.phrases:
            cluster = self.book.find(phrase)
            self.found.append((cluster, self._mention(phrase)))
            if id(phrase) in self.book.members:
                self.members[phrase.first, phrase.last] = self.book.members[id(phrase)]
            for part in phrase.parts:
                self.found.append((self.book.find(part), self._mention(part)))
        shared = {p.first for phrase in self.phrases for p in phrase.parts}
        self.owned = {q.first for p in self.phrases for q in p.parts if not q.adjectives}
        for i, code in self._origins():
            if i in shared:
                continue
            cluster = self.book.state(code)
            cluster.extra.append(i)
            known = self.gazetteer.states.get(code)
            names = known.names[:1] if known is not None else ()
            self.found.append((cluster, self._word(i, i + 1, "name", cluster, names, "origin")))
        clusters = [c for c in self.book.clusters if c.parent is None]
        self.owners: dict[int, Cluster] = {}
        for pronoun in find_pronouns(self.sheet, clusters, self.grammar):
            if pronoun.rule == "possessive":
                self.owners[pronoun.first] = pronoun.cluster
            self.found.append(
                (
                    pronoun.cluster,
                    self._word(
                        pronoun.first, pronoun.last, "pronoun", pronoun.cluster, (), pronoun.rule
                    ),
                )
            )
        self.found.sort(key=lambda pair: (pair[1].first, -pair[1].last))

    def _origins(self) -> list[tuple[int, str]]:
        """Find the adjectives of origin with the state each speaks of."""
        found = []
        demonyms = self.view.demonyms
        present = {c.key for c in self.book.clusters if c.key}
        heads = {p.head for p in self.phrases if p.rule == "people"}
        for i, low in enumerate(self.sheet.lower):
            codes = demonyms.get(low)
            if codes is None and self.sheet.pos[i] in ("ADJ", "NOUN", "VERB", "X"):
                for prefix in self.grammar.demonym_prefixes:
                    if low.startswith(prefix):
                        rest = low[len(prefix) :]
                        codes = demonyms.get(rest) or self._state_named(rest)
                        if codes:
                            break
            if codes and i not in heads:
                found.append((i, next((c for c in codes if c in present), codes[0])))
        return found

    def _state_named(self, low: str) -> tuple[str, ...]:
        """Give the state that is named behind a prefix: "pro-Iran", "pro-Vardanie"."""
        folded = fold(low)
        known = self.gazetteer.match([folded], [low.capitalize()], 0) if folded else None
        if known is not None:
            return (known[1].key,) if known[1].kind == "state" and known[1].key else ()
        return (UNKNOWN + folded,) if self.book.is_state(folded) else ()

    def _word(
        self,
        first: int,
        last: int,
        kind: str,
        cluster: Cluster,
        names: tuple[str, ...],
        rule: str,
    ) -> Mention:
        return Mention(
            start=self.annotation.starts[first],
            end=self.annotation.ends[last - 1],
            first=first,
            last=last,
            head=last - 1,
            kind="pronoun" if kind == "pronoun" else "name",
            cls=cluster.cls,
            names=names,
            key=cluster.key,
            country=cluster.country,
            rule=rule,
        )

    def _mention(self, phrase: Phrase) -> Mention:
        cluster = self.book.find(phrase)
        return Mention(
            start=self.annotation.starts[phrase.first],
            end=self.annotation.ends[phrase.last - 1],
            first=phrase.first,
            last=phrase.last,
            head=phrase.first if phrase.label else self._function_head(phrase),
            kind="name" if phrase.is_proper or phrase.name is not None else "nominal",
            cls=phrase.cls if phrase.name is None else cluster.cls,
            names=list_names(phrase, self.sheet, self.grammar),
            key=cluster.key if phrase.name is not None else None,
            country=self._country(phrase, cluster),
            count=self._count(phrase),
            rule=phrase.rule,
        )

    def _function_head(self, phrase: Phrase) -> int:
        """Find the token that the parse ties to the clause: mostly the noun, at times an adjective
        before it ("le puissant général")."""
        head = phrase.head
        for _ in range(4):
            above = self.sheet.head[head]
            if above == head or not phrase.first <= above < phrase.last:
                break
            head = above
        return head

    def _country(self, phrase: Phrase, cluster: Cluster) -> str | None:
        for code in phrase.states:
            if not code.startswith(UNKNOWN):
                return code
        for complement in phrase.complements:
            name = complement.name
            if name is not None and name.entry is not None and name.entry.kind == "state":
                return name.entry.key
        return cluster.country

    def _count(self, phrase: Phrase) -> Count | None:
        is_whole = phrase.noun is not None and "collective" in phrase.noun.features
        if is_whole and phrase.content < 0 and not phrase.plural:
            return None
        for token in (phrase.head, phrase.content):
            if token in self.counts:
                return self.counts[token]
        return None

    def mentions(self) -> tuple[Mention, ...]:
        """Give the mentions with the id of the entity each speaks of."""
        found = []
        for cluster, mention in self.found:
            if mention.rule == "shared" and mention.first in self.owned:
                continue  # "du Niger" names the state itself
            apart = self.members.get((mention.first, mention.last), ())
            found.append(
                replace(
                    mention,
                    entity=self.ids[id(cluster.root())],
                    members=tuple(dict.fromkeys(self.ids[id(c.root())] for c in apart)),
                )
            )
        return tuple(found)

    def entities(self) -> tuple[Entity, ...]:
        """Give one entity for each cluster, in order of first mention."""
        groups: dict[str, tuple[Cluster, list[Mention]]] = {}
        for cluster, mention in self.found:
            root = cluster.root()
            groups.setdefault(self.ids[id(root)], (root, []))[1].append(mention)
        return tuple(self._entity(key, *group) for key, group in groups.items())

    def _ids(self) -> dict[int, str]:
        ids: dict[int, str] = {}
        for cluster, mention in self.found:
            root = cluster.root()
            if id(root) not in ids:
                seed = f"{self.annotation.article.id}:{mention.start}:{mention.end}"
                digest = hashlib.sha256(seed.encode()).hexdigest()[:12]
                ids[id(root)] = root.key or f"x{digest}"
        return ids

    def _entity(self, key: str, cluster: Cluster, mentions: list[Mention]) -> Entity:
        text = self.annotation.article.text
        counts = [m.count for m in mentions if m.count is not None]
        return Entity(
            id=key,
            cls=cluster.cls,
            names=self._names(cluster, mentions),
            key=cluster.key,
            country=cluster.country,
            count=counts[-1] if counts else None,
            mentions=tuple(
                Evidence(
                    article=self.annotation.article.id,
                    start=m.start,
                    end=m.end,
                    exact=text[m.start : m.end],
                    rule=m.rule,
                )
                for m in mentions
            ),
        )

    def _names(self, cluster: Cluster, mentions: list[Mention]) -> tuple[str, ...]:
        """List an entity's names: canonical, then the article's proper names, then descriptions."""
        known = self.gazetteer.actors.get(cluster.key or "") or self.gazetteer.states.get(
            cluster.key or ""
        )
        proper = [n for m in mentions if m.kind == "name" and m.rule != "origin" for n in m.names]
        described = [n for m in mentions if m.kind == "nominal" for n in m.names]
        if cluster.is_named:
            described = [n for n in described if " " in n]
        usual = list(known.names[:1]) if known is not None else [n for n in (cluster.usual,) if n]
        if known is None and cluster.cls is EntityClass.PERSON:
            bare = {
                stretch(self.sheet, p.name.first, p.name.last) for p in cluster.phrases if p.name
            }
            proper.sort(key=lambda name: (name not in bare, -len(name.split())))
        described += self._as_group(cluster) + self._as_owned(cluster)
        if cluster.cls is EntityClass.FACILITY:
            proper.sort(key=lambda name: " " not in name)  # "base K1" says more than "K1"
        # Shouted names of datelines ("KABOUL") come after the same name as it is usually written.
        proper.sort(key=lambda name: name.isupper() and len(name) > 5)
        forms = list(dict.fromkeys([*usual, *proper, *described]))
        return tuple(forms[:_MOST_NAMES]) or (cluster.key or "?",)

    def _as_group(self, cluster: Cluster) -> list[str]:
        """Give the group's own name to "les combattants du M23": all of them are the group."""
        found = []
        for phrase in cluster.phrases:
            owner = phrase.complements[0] if len(phrase.complements) == 1 else None
            if owner is None or owner.name is None or phrase.noun is None or not phrase.plural:
                continue
            if phrase.det != "def" or phrase.noun.lemma not in self.grammar.followers:
                continue
            if id(owner) in self.book.cluster_of and self.book.find(owner).cls in _GROUPS:
                found.append(stretch(self.sheet, owner.name.first, owner.name.last))
        return found

    def _as_owned(self, cluster: Cluster) -> list[str]:
        """Say whose "ses hommes" are: "hommes de Godane"."""
        found = []
        for phrase in cluster.phrases:
            owner = self.owners.get(phrase.first) if phrase.det == "poss" else None
            if owner is None or phrase.noun is None or owner.cls is EntityClass.STATE:
                continue
            if phrase.noun.lemma not in self.grammar.followers or not phrase.plural:
                continue
            first = next((p.name for p in owner.phrases if p.name is not None), None)
            if first is not None:
                name = stretch(self.sheet, first.first, first.last)
                link = "d'" if fold(name)[:1] in "aeiouh" else "de "
                core = stretch(self.sheet, phrase.core, phrase.last)
                found.append(f"{core} {link}{name}")
        return found
