"""Places that a text says without naming them in a phrase of place.

Takes drafts with the places named beside them, adds those said by a relative adverb ("Goma, où des
tirs retentissaient"), by a description ("dans cette ville", "sur l'île"), as what was hit ("contre
la base de Rann") and by the people struck ("des habitants de Zamé ont été massacrés").
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.slot_words import SlotWords
from kg.extract.tree import Tree
from kg.model import EntityClass, Mention

__all__ = ["SiteReader"]

_PLACES = frozenset({EntityClass.PLACE, EntityClass.FACILITY, EntityClass.STATE})
_ARMED = frozenset({"Attack", "Clash", "Offensive"})


class SiteReader:
    """Reads such places of one article; drafts are filed by sentence."""

    def __init__(
        self, tree: Tree, cast: Cast, lists: SlotWords, by_sentence: dict[int, list[Draft]]
    ) -> None:
        self.tree = tree
        self.cast = cast
        self.lists = lists
        self.by_sentence = by_sentence

    def read(self) -> None:
        """Add places to the drafts that name none."""
        for i in range(len(self.tree)):
            if self.tree.lower[i] in self.lists["where"]:
                self._read_where(i)
        for drafts in self.by_sentence.values():
            for draft in drafts:
                if not draft.places:
                    draft.places += self._homes(draft)

    def _read_where(self, i: int) -> None:
        """Give what is told behind "où" the place before it."""
        place = self._before(i)
        if place is None:
            return
        tree = self.tree
        verb = tree.head[i]
        for draft in self.by_sentence.get(tree.sent[i], []):
            if draft.token < i or draft.places:
                continue
            if verb in (draft.token, *draft.carriers, *tree.ancestors(draft.token)):
                draft.places.append(place)

    def _before(self, i: int) -> int | None:
        """Find the named place that a relative adverb stands behind."""
        tree = self.tree
        k = i - 1
        while k >= 0 and (tree.pos[k] == "PUNCT" or tree.lower[k] in self.lists["where_from"]):
            k -= 1
        if k < 0 or tree.sent[k] != tree.sent[i]:
            return None
        mention = self.cast.mention(k)
        if mention is None and tree.dep[tree.head[i]] == "acl:relcl":
            mention = self.cast.mention(tree.head[tree.head[i]])
        return mention.head if mention is not None and self._is_named(mention) else None

    def _homes(self, draft: Draft) -> list[int]:
        """Find where the people live that are struck: "habitants d'Ogossagou"."""
        if draft.type not in _ARMED:
            return []
        tree = self.tree
        found = []
        for part in draft.targets:
            if tree.lemma[self.cast.content(part.token)] not in self.lists["locals"]:
                continue
            for k in tree.kids[self.cast.content(part.token)]:
                mention = self.cast.mention(k)
                if tree.prep(k) == "de" and mention is not None and mention.kind == "name":
                    if mention.cls is EntityClass.PLACE and self._is_named(mention):
                        found.append(k)
        return found

    def _is_named(self, mention: Mention) -> bool:
        entity = self.cast.entities.get(mention.entity)
        return (
            entity is not None
            and entity.cls in _PLACES
            and any(c[:1].isupper() for name in entity.names for c in name.split())
        )
