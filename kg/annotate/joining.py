"""Phrases that a construction says to be one: brackets, aliases, appositions, "X est un …".

Takes the phrases of an article with its named clusters, and joins descriptions and names to them.
"""

from __future__ import annotations

from kg.annotate.clusters import BIG, ORGS, Book, Cluster
from kg.annotate.openings import Phrase
from kg.model import EntityClass

__all__ = ["Joiner"]

_PERSON, _PLACE, _STATE = EntityClass.PERSON, EntityClass.PLACE, EntityClass.STATE
_FACILITY = EntityClass.FACILITY


class Joiner:
    """Joins what constructions join; `beside` keeps descriptions set beside descriptions."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet = book.sheet
        self.phrases = book.phrases
        self.grammar = book.grammar
        self.gazetteer = book.gazetteer
        self.beside: dict[int, Phrase] = {}

    def join_aliases(self, named: list[Phrase]) -> None:
        """Join what brackets, "alias", "dit", "sous le nom de" say to be one."""
        at = {p.name.first: p for p in named if p.name is not None}
        for phrase in self.phrases:
            for first, _ in phrase.aliases:
                other = at.get(first)
                if other is None or other is phrase:
                    continue
                if id(phrase) not in self.book.cluster_of:
                    self.book.put(phrase, self.book.find(other))
                elif not self._differ(self.book.find(phrase), self.book.find(other)):
                    self.book.merge(self.book.find(phrase), self.book.find(other))
        ends: dict[int, Phrase] = {}
        for phrase in self.phrases:
            ends.setdefault(phrase.last, phrase)  # of nested ones the outer: "le chef du gang"
        for phrase in named:
            before = self._alias_start(phrase)
            if before < 0:
                continue
            for end in range(before, max(before - 6, 0), -1):
                other = ends.get(end)
                if other is not None and other is not phrase:
                    self._rename(other, phrase)
                    self._join(other, phrase)
                    break
                if (
                    end < before
                    and self.sheet.pos[end] in ("VERB", "AUX")
                    and ("Fin" in self.sheet.morph[end])
                ):
                    break

    def _rename(self, described: Phrase, named: Phrase) -> None:
        """Give an unknown name the class of what is called by it: "un camp appelé Zarga"."""
        name = named.name
        if name is None or name.entry is not None or described.name is not None:
            return
        cluster = self.book.find(named)
        cluster.cls = named.cls = name.cls = described.cls
        cluster.key = None

    def _alias_start(self, phrase: Phrase) -> int:
        """Give where an expression like ", également connu sous le nom de" begins, -1 if none."""
        sheet, i = self.sheet, phrase.first - 1
        while i > 0 and sheet.text[i] in self.grammar.quotes_open:
            i -= 1
        if i < 1:
            return -1
        if sheet.lower[i] in self.grammar.alias_words:
            return i
        for expression in self.grammar.alias_phrases:
            words = expression.replace("d'", " d'").split()
            start = i + 1 - len(words)
            if start > 0 and sheet.lower[start : i + 1] == words:
                return start
        return -1

    def join_equals(self) -> None:
        """Join appositions and "X est un …"."""
        starts = {p.first: p for p in self.phrases}
        for phrase in self.phrases:
            self._join_right(phrase, starts)
        heads = {p.head: p for p in self.phrases}
        sheet = self.sheet
        for i, dep in enumerate(sheet.dep):
            if dep != "nsubj" or i not in heads or sheet.head[i] not in heads:
                continue
            left, right = heads[i], heads[sheet.head[i]]
            if left.name is not None and right.name is None and right.det in ("indef", "def"):
                self._join(right, left)
            elif left.name is None and right.name is not None and left.det in ("def", "dem"):
                self._join(left, right)

    def _join_right(self, phrase: Phrase, starts: dict[int, Phrase]) -> None:
        """Join a phrase with what is set beside it to its right."""
        sheet, end = self.sheet, phrase.last
        if end >= len(sheet) or sheet.starts[end]:
            return
        other = starts.get(end)
        if other is not None and other is not phrase:
            # "le chef du Hamas Arvo Tens": the name follows the whole description.
            is_bare = other.first == other.core or sheet.lower[other.first] in self.grammar.titles
            if phrase.name is None and is_bare and other.cls is _PERSON and other.name is not None:
                self._join(phrase, other)
            return
        if sheet.text[end] == ")" and end + 1 < len(sheet) and sheet.text[end + 1] == ",":
            end += 1  # "les Forces vardaniennes (FV), une alliance …"
        if sheet.text[end] not in (",", "(", "–", "—"):
            self._join_far(phrase, starts)
            return
        other = starts.get(end + 1)
        if other is None or other.last <= phrase.last:
            return
        after = sheet.text[other.last] if other.last < len(sheet) else "."
        is_closed = after in (",", ".", ")", ";", "–", "—", ":", "!", "?") or (
            sheet.pos[min(other.last, len(sheet) - 1)] in ("PRON", "VERB")
        )
        is_closed = is_closed or sheet.head[other.head] == phrase.head
        if not is_closed and other.name is not None and phrase.name is None:
            # "Le porte-parole du mouvement, Arvo Tens a dénoncé": one comma is missing.
            is_title = phrase.noun is not None and "title" in phrase.noun.features
            is_closed = is_title and phrase.det == "def" and after not in ("et", "ou")
        is_subject = sheet.dep[other.head].startswith("nsubj")
        if other.name is None and other.det == "indef" and is_subject:
            return  # "selon le maire Arvo Tens, un homme a tiré"
        if (
            other.det == "none"
            and other.complements
            and other.cls is _PLACE
            and (other.noun is not None and "street" in other.noun.features)
        ):
            return  # "à Maelbeek, rue de la Loi"
        if after == "et" and phrase.name is not None and phrase.cls is _PERSON:
            self._join_pair(phrase, other, starts)
        if is_closed and (phrase.name is None) != (other.name is None):
            self._join(phrase, other)
        elif is_closed and phrase.name is None and other.name is None:
            is_one = not phrase.plural and not other.plural and phrase.cls is other.cls
            if is_one and phrase.det in ("def", "dem") and other.det in ("indef", "none"):
                self.beside[id(other)] = phrase
            elif phrase.cls in ORGS and other.cls is phrase.cls and not phrase.plural:
                # "un groupe armé, les bataillons du Ténéba, …": a group and what it is called
                if phrase.det == "indef" and other.det == "def" and other.complements:
                    self.beside[id(other)] = phrase

    def _join_pair(self, phrase: Phrase, other: Phrase, starts: dict[int, Phrase]) -> None:
        """Join "Arvo Tens, son adjoint et chef du Front," with both its descriptions."""
        second = starts.get(other.last + 1)
        if second is None or second.last >= len(self.sheet):
            return
        for described in (other, second):
            noun = described.noun
            if noun is None or described.name is not None or described.plural:
                return
            if described.cls is not _PERSON or not noun.features & {"title", "official"}:
                return
        if self.sheet.text[second.last] in (",", ".", ")"):
            self._join(phrase, other)
            self._join(phrase, second)

    def _join_far(self, phrase: Phrase, starts: dict[int, Phrase]) -> None:
        """Join "son lieutenant et chef du Front, Arvo Tens": more description before the name."""
        sheet = self.sheet
        if phrase.cls is not _PERSON or phrase.name is not None or phrase.noun is None:
            return
        for i in range(phrase.last, min(phrase.last + 12, len(sheet) - 1)):
            if sheet.starts[i] or "VerbForm=Fin" in sheet.morph[i] or sheet.text[i] in ".;:(":
                return
            if sheet.text[i] == ",":
                other = starts.get(i + 1)
                if other is not None and other.name is not None and other.cls is _PERSON:
                    self._join(phrase, other)
                return

    def _join(self, left: Phrase, right: Phrase) -> None:
        """Join two phrases said to be one, if their kinds allow it."""
        described, named = (left, right) if left.name is None else (right, left)
        if described.name is not None and named.name is not None:
            if not self._differ(self.book.find(described), self.book.find(named)):
                self.book.merge(self.book.find(described), self.book.find(named))
            return
        if id(named) not in self.book.cluster_of or id(described) in self.book.cluster_of:
            return
        cluster = self.book.find(named)
        if not self._fits(described, cluster):
            return
        self.book.put(described, cluster)

    def _fits(self, phrase: Phrase, cluster: Cluster) -> bool:
        """Tell whether a description can be of a named cluster."""
        if phrase.noun is None:
            return False
        if cluster.cls is _PERSON:
            return phrase.cls is _PERSON and not phrase.plural
        if cluster.cls is _STATE:
            return phrase.cls is _STATE and not phrase.plural
        if cluster.cls is _PLACE:
            return phrase.cls is _PLACE and not (
                phrase.plural or "direction" in phrase.noun.features
            )
        if cluster.cls in ORGS:
            if phrase.cls is EntityClass.POPULATION_GROUP:
                # "ses rivaux, les Lobos": a group that is called by a plural
                return phrase.plural and cluster.plural and phrase.content < 0
            return phrase.cls in ORGS and (not phrase.plural or phrase.cls is cluster.cls)
        return phrase.cls is cluster.cls and phrase.plural == cluster.plural

    def _differ(self, left: Cluster, right: Cluster) -> bool:
        """Tell whether two named clusters are known to be two."""
        if left is right:
            return False
        if left.key and right.key and left.key != right.key:
            return True
        both = {left.cls, right.cls}
        return len(both) > 1 and not both <= BIG
