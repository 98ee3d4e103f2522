"""Places that a text says without naming them in a phrase of place.

Takes drafts with the places named beside them, adds those said by a relative adverb ("Goma, où des
tirs retentissaient") or by "y", by the people struck ("des habitants de Zamé ont été massacrés"),
and the wider place behind a town ("Bukavu, chef-lieu du Sud-Kivu").
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.slot_words import SlotWords
from kg.extract.tree import Tree
from kg.model import EntityClass, Mention

__all__ = ["SiteReader"]

_PLACES = frozenset({EntityClass.PLACE, EntityClass.FACILITY, EntityClass.STATE})
_GAP = 8  # words from a place to the wider one it lies in
_GROUND = frozenset({EntityClass.PLACE, EntityClass.FACILITY})
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
            elif self.tree.lower[i] in self.lists["there"] and self.tree.pos[i] == "PRON":
                self._read_there(i)
        for drafts in self.by_sentence.values():
            for draft in drafts:
                if not draft.places:
                    draft.places += self._homes(draft) or self._named_of(draft)
                self._widen(draft)

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

    def _read_there(self, i: int) -> None:
        """Give "un commando a attaqué Sarkol, y tuant 67 personnes" the place named before."""
        verb = self.tree.head[i]
        drafts = [
            d
            for d in self.by_sentence.get(self.tree.sent[i], [])
            if not d.places and verb in (d.token, *d.carriers, *d.trigger.words)
        ]
        place = self._last_named(i) if drafts else None
        if place is not None:
            for draft in drafts:
                draft.places.append(place)

    def _last_named(self, i: int) -> int | None:
        """Find the place named last before a token, in its sentence or the one before."""
        for k in range(i - 1, -1, -1):
            if self.tree.sent[k] < self.tree.sent[i] - 1:
                return None
            mention = self.cast.mention(k)
            if mention is None or mention.head != k or mention.kind != "name":
                continue
            if self._is_somebody_s(k):
                continue
            if mention.cls in _GROUND and self._is_named(mention):
                return self._inner(k)
        return None

    def _is_somebody_s(self, i: int) -> bool:
        """Tell "le maire de Banibangou", where nothing is said to have been."""
        tree = self.tree
        return tree.prep(i) == "de" and "human" in self.cast.classes(tree.head[i])

    def _inner(self, i: int) -> int:
        """Go from the province back to the town in it: "Chibok, dans l'État de Borno, où"."""
        for k in range(i - 1, max(i - _GAP, -1), -1):
            mention = self.cast.mention(k)
            if mention is not None and mention.head == k and mention.kind == "name":
                return self._inner(k) if self._leads(mention.last, i) else i
        return i

    def _leads(self, last: int, i: int) -> bool:
        """Tell "Kanama, à la frontière du Niger", where the second place tells of the first."""
        tree, lists = self.tree, self.lists
        if tree.lower[last] not in (",", "(", "dans"):
            return False
        names = ("inner_preps", "inner_nouns", "inner_words", "passed", "measures", "borders")
        return all(
            tree.pos[k] in ("ADJ", "NUM") or any(tree.lower[k] in lists[n] for n in names)
            for k in range(last + 1, i)
        )

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
        return self._inner(mention.head) if mention and self._is_named(mention) else None

    def _widen(self, draft: Draft) -> None:
        """Add the province and state behind a place: "Bukavu, chef-lieu du Sud-Kivu"."""
        known = {self._entity_at(i) for i in draft.places}
        for place in draft.places:
            for other in (self._wider(place), self._joined(place)):
                if other is not None and not self._is_known(other, known, draft.places):
                    known.add(self._entity_at(other))
                    draft.places.append(other)  # and what lies behind that one in its turn

    def _joined(self, i: int) -> int | None:
        """Find Khurais of "sur les sites d'Abqaiq et de Khurais", whatever the parse says."""
        tree, lists = self.tree, self.lists
        mention = self.cast.mention(i)
        if mention is None or mention.kind != "name":
            return None
        k = mention.last
        if tree.lower[k : k + 1] == ["et"]:
            k += 1
        elif tree.lower[k : k + 2] == [",", "l'"] and tree.lower[k + 2 : k + 3] == ["autre"]:
            k += 3
        else:
            return None
        while k < len(tree) and tree.lower[k] in lists["joining_preps"]:
            k += 1
        other = self.cast.mention(k) if k < len(tree) else None
        if other is None or other.kind != "name" or other.first > k or other.cls not in _GROUND:
            return None
        return other.head if self._is_named(other) else None

    def _is_known(self, i: int, entities: set[str], places: list[int]) -> bool:
        """Tell a place that is there already, or named inside one ("Nil" of "delta du Nil")."""
        around = [m for p in places if (m := self.cast.mention(p)) is not None]
        return self._entity_at(i) in entities or any(m.first <= i < m.last for m in around)

    def _wider(self, i: int) -> int | None:
        """Walk over ", dans le nord de", "(", ", chef-lieu de" to a wider place."""
        tree, lists = self.tree, self.lists
        mention = self.cast.mention(i)
        first = i + 1 if mention is None else mention.last
        if tree.lower[first : first + 1] in ([","], ["("]):
            first += 1
        elif tree.lower[first : first + 1] != ["dans"]:
            return None
        begun = False
        for k in range(first, min(first + _GAP, len(tree))):
            word = tree.lower[k]
            inner = self.cast.mention(k)
            if begun and inner and inner.head == k and inner.kind == "name":
                if self._is_bare(inner):
                    continue
                return k if self._is_named(inner) and not self._is_water(inner) else None
            if word in lists["inner_preps"] or word in lists["inner_nouns"]:
                begun = True
            elif word not in lists["inner_words"] and not (
                begun and tree.pos[k] == "ADJ" and tree.lemma[k] not in lists["bordering"]
            ):
                return None
        return None

    def _is_bare(self, mention: Mention) -> bool:
        """Tell "État" of "l'État voisin de Borno", which names nothing."""
        tree, nouns = self.tree, self.lists["inner_nouns"]
        return not any(
            tree.text[k][:1].isupper() and tree.lower[k] not in nouns and tree.text[k] not in nouns
            for k in range(mention.first, mention.last)
        )

    def _is_water(self, mention: Mention) -> bool:
        """Tell "Bourgas, sur la mer Noire": no place lies in a sea."""
        words = self.tree.lower[mention.first : mention.last]
        return not self.lists["waters"].isdisjoint(words)

    def _entity_at(self, i: int) -> str:
        return self.cast.entity(i) or ""

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

    def _named_of(self, draft: Draft) -> list[int]:
        """Find the town of "un tribunal de Bagdad", the land that troops leave ("de Somalie")."""
        if draft.type == "Trial":
            heads = [p.token for p in (*draft.agents, *draft.targets)]
            heads = [i for i in heads if self.tree.lemma[i] in self.lists["courts"]]
        elif draft.type == "Withdrawal":
            heads = [draft.token, *(p.token for p in (*draft.targets, *draft.agents))]
        else:
            return []
        taking_part = {p.entity for p in (*draft.agents, *draft.targets)}
        behind = [k for i in heads for k in self.tree.kids[i] if k > i]
        # "leurs troupes de l'est du Congo": the region first, then what it is part of
        behind += [
            j
            for k in behind
            if self.tree.lemma[k] in self.lists["inner_nouns"]
            for j in self.tree.kids[k]
        ]
        found = [
            k
            for k in behind
            if self.tree.prep(k) == "de"
            and (mention := self.cast.mention(k)) is not None
            and mention.kind == "name"
            and mention.cls in _PLACES
            and mention.entity not in taking_part
            and self._is_named(mention)
        ]
        return found[:1]

    def _is_named(self, mention: Mention) -> bool:
        entity = self.cast.entities.get(mention.entity)
        return (
            entity is not None
            and entity.cls in _PLACES
            and any(c[:1].isupper() for name in entity.names for c in name.split())
        )
