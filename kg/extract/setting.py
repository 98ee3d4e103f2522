"""The country that a story plays in.

Takes an article's mentions, gives its nation: the state of a headline "Irak : …", else the one that
most is told to happen in. Who acts from afar ("Washington", "les forces américaines") says little,
a town or "dans le nord du pays" says much, and the lead says more than what follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from kg.extract.cast import Cast
from kg.extract.grammar import Constructions
from kg.extract.tree import Tree
from kg.model import Annotation, EntityClass, Mention

__all__ = ["Setting"]

# How much a mention says that the story plays there; found on the tuning articles.
_SITED, _TOWN, _NAMED = 1.0, 1.0, 0.4
_IN_LEAD = 2.0
_PLACES = (EntityClass.PLACE, EntityClass.FACILITY, EntityClass.STATE)
_HEAD = 4  # paragraphs down to which a date line may stand
_OPENING = 4  # words that may stand before the place that opens a sentence


class Setting:
    """The nation of one article's story and the countries its places lie in."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        cast: Cast,
        words: Constructions,
        is_lead: Callable[[int], bool],
    ) -> None:
        self.annotation = annotation
        self.tree = tree
        self.cast = cast
        self.words = words
        self._is_lead = is_lead
        self._named = self._states_by_noun()
        self._scenes = self._read_scenes()
        headed = self._headline_state()
        # "Irak : …" over an article sets the scene for all that follows
        self.is_headed = headed is not None
        # a headline for readers who know nothing yet, over a day written in full: what follows it
        # leaves place and day to be taken from there, which dispatches do not
        self.is_topical = self.is_headed and self._has_dateline()
        self.nation = headed or self._most_told()

    def country_of(self, found: dict[str, int]) -> str | None:
        """Find the state that holds the places, when the article names it by a noun."""
        entities = self.cast.entities
        countries = {entities[e].country for e in found if entities[e].country}
        for entity in entities.values():
            if entity.key and entity.key in countries and entity.id in self._named:
                return entity.id
        return None

    def add_state(self, found: dict[str, int]) -> None:
        """Add the state that holds the places, when the article names it."""
        entities = self.cast.entities
        if any(entities[e].cls is EntityClass.STATE for e in found):
            return
        countries = {entities[e].country for e in found if entities[e].country}
        state = self.country_of(found)
        if state is not None:
            found[state] = len(self.tree)
        elif self.nation is not None and not countries:
            found[self.nation] = len(self.tree)

    def scene_before(self, i: int) -> dict[str, int]:
        """Find the place that set the scene for a token's paragraph: "À Gusau, des femmes …"."""
        first = next((f for f, last in self.annotation.paragraphs if f <= i < last), 0)
        sentences = range(self.tree.sent[i], self.tree.sent[first] - 1, -1)
        scene = next((self._scenes[s] for s in sentences if self._scenes.get(s, i) < i), None)
        return {} if scene is None else {self.cast.entity(scene) or "": scene}

    def _read_scenes(self) -> dict[int, int]:
        """Collect the named places that sentences open with."""
        starts = {self.tree.sent[i]: i for i in reversed(range(len(self.tree)))}
        scenes: dict[int, int] = {}
        for m in self.cast.heads():
            sentence = self.tree.sent[m.head]
            is_named = m.kind == "name" and m.entity and m.cls in _PLACES
            if is_named and self.tree.prep(m.head) in ("à", "en", "dans"):
                if m.first - starts[sentence] <= _OPENING:
                    scenes.setdefault(sentence, m.head)
        return scenes

    def _headline_state(self) -> str | None:
        """Find the state, or the one place, that a headline "Irak : …", "Nice : …" begins with."""
        title = self.annotation.title
        if title is None:
            return None
        first, last = self.annotation.paragraphs[title]
        for m in self.cast.heads():
            if first <= m.head < last and self._follows(m) == ":" and m.entity:
                if m.cls is EntityClass.STATE:
                    return m.entity
                if m.cls is EntityClass.PLACE and m.kind == "name" and m.first == first:
                    return m.entity
        return None

    def _has_dateline(self) -> bool:
        """Tell "23 novembre 2016. –" at the head of one of the first paragraphs."""
        text = self.tree.text
        for first, last in self.annotation.paragraphs[:_HEAD]:
            end = next((t.last for t in self.annotation.times if t.first == first), last)
            if end + 1 < last and text[end] == "." and text[end + 1] in ("–", "-", "—"):
                return True
        return False

    def _follows(self, mention: Mention) -> str:
        return self.tree.text[mention.last] if mention.last < len(self.tree) else ""

    def _most_told(self) -> str | None:
        """Weigh the states by what the article sets in them; none where the winner goes unnamed."""
        entities = self.cast.entities
        states = {e.key: e.id for e in entities.values() if e.cls is EntityClass.STATE and e.key}
        scores: dict[str, float] = defaultdict(float)
        grounds: set[str] = set()  # who is only named may be anywhere
        for m in self.cast.heads():
            entity = entities.get(m.entity)
            if entity is None or m.kind == "pronoun":
                continue
            weight = _IN_LEAD if self._is_lead(m.head) else 1.0
            if entity.cls is EntityClass.STATE:
                is_site = self._is_site(m)
                scores[entity.id] += weight * (_SITED if is_site else _NAMED)
                grounds |= {entity.id} if is_site else set()
            elif entity.cls is EntityClass.PLACE and entity.country in states:
                scores[states[entity.country]] += weight * _TOWN
                grounds.add(states[entity.country])
        best = max((s for s in scores if s in grounds), key=lambda s: scores[s], default=None)
        return best if best in self._named else None

    def _states_by_noun(self) -> frozenset[str]:
        """Collect the states that the article names ("la Birmanie"), not only by an adjective."""
        return frozenset(
            m.entity
            for m in self.cast.heads()
            if m.cls is EntityClass.STATE
            and m.kind == "name"
            and self.tree.pos[m.head] == "PROPN"
            and self.tree.text[m.head][:1].isupper()
        )

    def _is_site(self, mention: Mention) -> bool:
        if self.tree.pos[mention.head] == "ADJ":
            return False
        prep = self.tree.prep(mention.head)
        if prep == "de":
            up = self.tree.head[mention.head]
            return (
                "place" in self.cast.classes(up)
                or self.tree.lemma[up] in self.words["region_parts"]
            )
        return prep in ("en", "dans") or (prep == "à" and self._is_locative(mention))

    def _is_locative(self, mention: Mention) -> bool:
        """Tell "au Mali" as a place from "demander au Mali" and "attribué à Israël"."""
        head = mention.head
        return self.tree.dep[head] != "obl:arg" and any(
            self.tree.lower[k] in ("au", "aux") for k in self.tree.kids[head] if k < head
        )
