"""Which of the places beside an event are where it was.

Takes a draft and the places that stand near it, leaves out what only says where that is: "à 30 km
de X", "à la frontière du Y", the name inside a longer one, who is behind it ("sous l'égide de X"),
what another clause tells ("dont 124 sont détenus à X").
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.slot_words import SlotWords
from kg.extract.tree import Tree
from kg.model import Mention

__all__ = ["PlaceSieve"]

_REACH = 9  # words from a place back to the measure it is counted from


class PlaceSieve:
    """Sorts the places of one article's events."""

    def __init__(self, tree: Tree, cast: Cast, lists: SlotWords) -> None:
        self.tree = tree
        self.cast = cast
        self.lists = lists

    def sharpen(self, draft: Draft) -> None:
        """Leave out Bagdad of "à Iskandariya, à 40 km de Bagdad" and "Nil" of "delta du Nil".

        Of "entre Gao et Ansongo, à hauteur de Labbezanga" it was at the last.
        """
        near = [i for i in draft.places if self._is_only_near(i)]
        exact = [i for i in draft.places if i not in near and not self.cast.is_a(i, "state")]
        for i in near:
            if any(k < i and not k < draft.token < i for k in exact):
                draft.places.remove(i)
        for i in [i for i in draft.places if self._is_shore(i)]:
            if any(k < i and not self._is_shore(k) for k in exact):
                draft.places.remove(i)
        ends = [i for i in draft.places if self._prep(i) == "entre"]
        if ends and any(i not in ends and self._is_spot(i) for i in exact):
            draft.places = [i for i in draft.places if i not in ends]
        for i in list(draft.places):
            if any(self._is_named_after(k, i) for k in draft.places):
                draft.places.remove(i)

    def is_behind(self, outer: int) -> bool:
        """Tell who is behind a thing from where it was: "sous les auspices de Moscou"."""
        tree = self.tree
        return tree.prep(outer) == "de" and tree.lemma[tree.head[outer]] in self.lists["agencies"]

    def is_aside(self, draft: Draft, i: int) -> bool:
        """Tell what another clause says: "252 otages, dont 124 sont détenus à X"."""
        tree = self.tree
        own = (draft.token, *draft.carriers, *draft.trigger.words)
        for k in tree.ancestors(i):
            if k in own:
                return False
            if tree.dep[k] == "acl:relcl" and tree.pos[k] in ("VERB", "AUX"):
                # the parse may tie "qui a frappé" to the "bilan" of "bilan de l'attentat"
                return tree.head[k] not in (*own, *tree.ancestors(draft.token)) and not (
                    self._is_about_site(k)
                )
        return False

    def _is_about_site(self, verb: int) -> bool:
        """Tell "des bases où vivent des soldats en Irak": where the bases are, it was."""
        tree = self.tree
        site = tree.head[verb]
        mention = self.cast.mention(site)
        is_named = mention is not None and mention.kind == "name"
        is_where = any(tree.lower[k] in self.lists["where"] for k in tree.kids[verb])
        return is_where and not is_named and self.cast.is_a(site, "facility")

    def _is_only_near(self, i: int) -> bool:
        """Tell a place that says what another one is near to."""
        tree, lists = self.tree, self.lists
        mention = self.cast.mention(i)
        k = (i if mention is None else mention.first) - 1
        if tree.prep(tree.first_conjunct(i)) in lists["near_preps"]:
            return True
        for _ in range(_REACH):
            if k < 0 or tree.sent[k] != tree.sent[i]:
                return False
            if tree.lower[k] in lists["measures"] or tree.lower[k] in lists["borders"]:
                return True
            if tree.lower[k] not in lists["passed"]:
                return False
            k -= 1
        return False

    def _is_spot(self, i: int) -> bool:
        """Tell "à Labbezanga" and "à hauteur de la localité de Labbezanga" from a province."""
        before = self.tree.lower[max(i - _REACH, 0) : i]
        spots = self.lists["spot_nouns"]
        return self._prep(i) in ("à", "près de") or not spots.isdisjoint(before)

    def _prep(self, i: int) -> str:
        """Give what brings in a place, Gao of "entre Gao et Ansongo" and Ansongo alike."""
        tree = self.tree
        mention = self.cast.mention(i)
        prep = tree.prep(tree.first_conjunct(i))
        if not prep and mention is not None and mention.first:
            return tree.lower[mention.first - 1]
        return prep

    def _is_shore(self, i: int) -> bool:
        """Tell "sur la mer Noire", behind a town, from "en mer Noire"."""
        tree = self.tree
        return tree.prep(i) in self.lists["shore_preps"] and tree.lemma[i] in self.lists["waters"]

    def _is_named_after(self, outer: int, inner: int) -> bool:
        """Tell "Wagadou" inside "la forêt de Wagadou": one place, not two."""
        around, within = self.cast.mention(outer), self.cast.mention(inner)
        if around is None or within is None or around == within:
            return False
        if not (around.first <= within.first and within.last <= around.last):
            return False
        return around.kind == "name" and not self._has_own_name(around, within)

    def _has_own_name(self, around: Mention, within: Mention) -> bool:
        """Tell "le centre commercial Westgate de Nairobi", which has a name of its own."""
        text = self.tree.text
        outside = [*range(around.first, within.first), *range(within.last, around.last)]
        return any(text[k][:1].isupper() for k in outside)
