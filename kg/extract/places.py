"""Places and forces side by side: what lies in what, who stands where, whose force it is.

Takes an article's mentions in text order and writes into the `Ledger`: "à X, dans le nord de Y",
"X (Y)", "la ville syrienne de X", "l'hôpital X de Y", "les soldats de X au Y", "l'armée du général
X". Word order decides; the parse of places in a row is what is least to be relied on.
"""

from __future__ import annotations

from kg.extract.ledger import Ledger
from kg.extract.relation_rules import RelationRule
from kg.model import Annotation, EntityClass, Mention, Status

__all__ = ["PlaceReader"]

_GAP = 9


class PlaceReader:
    """Reads the relations that stand in the order of the words."""

    def __init__(self, annotation: Annotation, ledger: Ledger) -> None:
        self.ledger = ledger
        self.tree = ledger.tree
        self.cast = ledger.cast
        self.rules = ledger.rules
        self.nouns = ledger.nouns
        self._by_name = {name: e.id for e in annotation.entities for name in e.names}

    def read(self) -> None:
        """Places and forces side by side: "à X, dans le nord de Y", "X (Y)", "soldats au Mali"."""
        for mention in self.nouns.names_and_nouns:
            if self._is_part_of_place(mention):
                continue
            for rule in self.rules.shaped.get("adjacent", ()):
                if self.ledger.fits(mention.head, rule.first) or self._could_lie(
                    mention.head, rule
                ):
                    self._read_adjacent(mention.head, mention.last, rule)
            for rule in self.rules.shaped.get("of", ()):
                if self.ledger.fits(mention.head, rule.first) and self.nouns.is_named(mention.head):
                    self._read_of(mention.head, mention.last, rule)
            if self.ledger.is_direction(mention.head):
                self._read_reversed(mention)

    def _read_reversed(self, mention: Mention) -> None:
        """ "dans le centre du pays, à Yirol": the wider place comes first."""
        tree, at = self.tree, mention.last
        if tree.lower[at : at + 2] != [",", "à"]:
            return
        inner = self.nouns.starting_near(at + 2)
        wider = next(
            (
                k
                for k in range(mention.head + 1, mention.last)
                if self.nouns.headed(k) is not None and self.ledger.fits(k, ("place", "state"))
            ),
            None,
        )
        if inner is None or wider is None or inner.kind != "name":
            return
        for rule in self.rules.shaped.get("adjacent", ()):
            if rule.named and self.ledger.fits(inner.head, ("place", "unknown")):
                self.ledger.add(rule, at + 1, inner.head, wider)

    def _is_part_of_place(self, mention: Mention) -> bool:
        """Tell the name in "la province de Dohar": the province is what lies somewhere."""
        return any(
            around.cls in (EntityClass.PLACE, EntityClass.FACILITY)
            and around.last == mention.last
            and self.ledger.is_place_noun(around.head)
            for around in self.nouns.surrounding(mention.head)
        )

    def _is_named_for_town(self, mention: Mention) -> bool:
        """Tell "l'aéroport X d'Istanbul", which lies in Istanbul; where that lies says the town."""
        inner = self.nouns.headed(mention.last - 1)
        return (
            inner is not None
            and inner.head != mention.head
            and "facility" in self.nouns.kinds(mention.head)
            and "place" in self.nouns.kinds(inner.head)
            and not self.ledger.is_place_noun(mention.head)
        )

    def _read_adjacent(self, head: int, last: int, rule: RelationRule) -> None:
        if rule.named and not self.ledger.is_known_place(head):
            return
        mention = self.nouns.headed(head)
        if mention is not None and self._is_named_for_town(mention):
            return
        found = self._after_gap(last, rule)
        if found is None:
            return
        second, trigger = found
        if self._is_origin_of_move(head, last) or (rule.named and self._is_beside(trigger, second)):
            return
        if rule.link is not None:
            # "le départ des militaires américains en Irak": whom the parse ties it to is a toss-up
            linked = self.tree.head[second] == head and self.tree.dep[second] == rule.link
            if "people" in self.nouns.kinds(head) and self.tree.dep[head] == rule.link:
                linked = True
            if not linked or not self.ledger.is_placed(second):
                return
            if rule.origin and not self._is_foreign(head, last):
                return
        elif "state" in self.nouns.kinds(second):
            if self._is_wider(head, second) or not self.ledger.is_placed(second):
                return
        elif self._is_within_city(second) or self._is_site(head, second):
            self.ledger.add(rule, trigger, second, head)
            return
        elif (
            self._is_wider(head, second)
            or not self.ledger.is_placed(second)
            or self._is_next_stop(trigger, second)
        ):
            return
        for first in self._coordinated(head) if rule.named else [head]:
            if self.ledger.fits(first, rule.first) or self._could_lie(first, rule):
                self.ledger.add(rule, trigger, first, second)

    def _is_beside(self, trigger: int, second: int) -> bool:
        """Tell "à la frontière du Niger", "sur la mer Noire", "au nord de Sanaa": not inside."""
        tree, lists = self.tree, self.rules.lists
        mention = self.nouns.covering(second)
        first, last = (second, second + 1) if mention is None else (mention.first, mention.last)
        if self._is_way(trigger):
            return True
        words = set(tree.lower[min(trigger, first) : last])
        if not words.isdisjoint(lists["borders"]) or not words.isdisjoint(lists["waters"]):
            return True
        begin = trigger + 1 if tree.lower[trigger] == "au" else trigger + 2
        is_by = tree.lower[trigger] in ("au", "à") and tree.lower[begin : begin + 1]
        return (
            bool(is_by)
            and tree.lower[begin] in lists["compass"]
            and ("state" not in self.nouns.kinds(second))
        )

    def _is_way(self, trigger: int) -> bool:
        """Tell "la route reliant Zaria à Kaduna": from one town straight to another."""
        before = self.nouns.covering(trigger - 1) if trigger else None
        if before is None or before.kind != "name" or self.tree.lower[trigger] != "à":
            return False
        return self.ledger.fits(before.head, ("place",)) and "facility" not in (
            self.nouns.kinds(before.head)
        )

    def _is_next_stop(self, trigger: int, second: int) -> bool:
        """Tell "à Gaza, à Ramallah et à Tel-Aviv", a list of towns."""
        mention = self.nouns.covering(second)
        last = second + 1 if mention is None else mention.last
        return self.tree.lower[trigger] == "à" and self.tree.lower[last : last + 2] == ["et", "à"]

    def _is_site(self, first: int, second: int) -> bool:
        """Tell "à Tel-Aviv, dans le centre commercial Sarona": the site lies in the town."""
        kinds = self.nouns.kinds(second)
        return "facility" in kinds and "place" in self.nouns.kinds(first)

    def _could_lie(self, i: int, rule: RelationRule) -> bool:
        """Tell that a name of unknown class stands where a place would ("à Levens, dans …")."""
        if not rule.named or "unknown" not in self.nouns.kinds(i):
            return False
        first = self.tree.first_conjunct(i)
        return self.tree.prep(first) == "à" and (first == i or self.ledger.fits(first, rule.first))

    def _is_origin_of_move(self, head: int, last: int) -> bool:
        """Tell "de Sarkol en Irak", which goes from one to the other."""
        tree = self.tree
        from_ = tree.prep(head) == "de" and tree.dep[head].startswith("obl")
        return from_ and tree.lower[last : last + 1] not in ([","], ["("])

    def _after_gap(self, last: int, rule: RelationRule) -> tuple[int, int] | None:
        """Walk over "," "(" prepositions and directions to the mention of a wider place."""
        tree, lists = self.tree, self.rules.lists
        i, size, has_prep, trigger = last, len(tree), False, last
        while i < size and i < last + _GAP and tree.sent[i] == tree.sent[last - 1]:
            word = tree.lower[i]
            mention = self.nouns.ahead(i, last) if has_prep else None
            if mention is not None and not self.ledger.is_direction(mention.head):
                fits = self.ledger.fits(mention.head, rule.second) and self.ledger.is_place(
                    mention.head
                )
                return (mention.head, trigger) if fits else None
            if (
                word == "("
                or (word == "," and self._is_chain(last, i))
                or (word in lists["locative"] and not has_prep)
            ):
                has_prep, trigger = True, i
            elif not self._may_pass(word, i, has_prep=has_prep):
                return None
            i += 1
        return None

    def _may_pass(self, word: str, i: int, *, has_prep: bool) -> bool:
        return (word in (",", ")") and not has_prep) or (has_prep and self._is_filler(word))

    def _is_chain(self, last: int, i: int) -> bool:
        """Tell the comma of "(Provence, France)", where a wider place follows."""
        tree = self.tree
        mention = self.nouns.covering(last - 1)
        following = self.nouns.starting_at(i + 1)
        return (
            i == last
            and mention is not None
            and tree.lower[mention.first - 1 : mention.first] in (["("], [","])
            and following is not None
            and tree.lower[following.last : following.last + 1] == [")"]
        )

    def _is_filler(self, word: str) -> bool:
        lists = self.rules.lists
        return (
            word in lists["of"]
            or word in lists["articles"]
            or word in lists["directions"]
            or word in lists["direction_adjectives"]
            or word in lists["place_nouns"]
        )

    def _is_wider(self, first: int, second: int) -> bool:
        """Tell that the first place cannot lie in the second: a state lies in no place."""
        return first == second or "state" in self.nouns.kinds(first)

    def _is_within_city(self, i: int) -> bool:
        """Tell a place that is part of a town ("le quartier de Besiktas")."""
        mention = self.nouns.covering(i)
        first = i if mention is None else mention.first
        near = {self.tree.lemma[k] for k in range(max(first - 3, 0), i + 1)}
        return not near.isdisjoint(self.rules.lists["town_parts"])

    def _coordinated(self, head: int) -> list[int]:
        """ "à Nice et Levens, dans …": both lie there."""
        tree = self.tree
        mention = self.nouns.covering(head)
        before = [] if mention is None else self.nouns.joined_before(mention.first)
        return (
            [*before, head] if before else [k for k in tree.conjuncts(head) if k <= head] or [head]
        )

    def _is_foreign(self, head: int, last: int) -> bool:
        """Tell "les soldats français", who are somewhere, from "les rebelles" of the place."""
        return any(self.tree.lower[k] in self.rules.origins for k in range(head + 1, last))

    def _read_of(self, head: int, last: int, rule: RelationRule) -> None:
        """ "l'hôpital Pasteur de Nice": a facility with a name, and where it is."""
        tree, names = self.tree, self._by_name
        has_name = False
        for k in range(head + 1, min(last + 2, len(tree))):
            if tree.lower[k - 1] in self.rules.lists["of"] and has_name:
                mention = self.nouns.headed(k)
                place = names.get(tree.text[k]) if mention is None else mention.entity
                entity = self.cast.entities.get(place or "")
                subject = self.cast.entity(head)
                if entity is not None and entity.cls is EntityClass.PLACE and subject is not None:
                    self.ledger.put(rule, k - 1, subject, entity.id, Status.ASSERTED)
                return
            has_name = has_name or tree.text[k][:1].isupper()
