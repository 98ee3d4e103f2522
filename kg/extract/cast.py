"""The participants an article offers: which entity a token stands for, and of what kind.

Takes an `Annotation` and its tree, gives entity ids and classes for tokens. A noun that no mention
covers becomes an entity of its own when it fills a role, so that nothing a sentence says is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.extract.lexicon import WeaponWord
from kg.extract.tree import Tree
from kg.model import Annotation, Entity, EntityClass, Evidence, Mention

__all__ = ["Cast"]

_C = EntityClass
_CLASSES: dict[EntityClass, frozenset[str]] = {
    _C.PERSON: frozenset({"human", "person", "any"}),
    _C.ARMED_GROUP: frozenset({"human", "armed", "any"}),
    _C.ARMED_FORCE: frozenset({"human", "armed", "any"}),
    _C.COALITION: frozenset({"human", "armed", "any"}),
    _C.STATE: frozenset({"human", "state", "place", "any"}),
    _C.INSTITUTION: frozenset({"human", "institution", "any"}),
    _C.POPULATION_GROUP: frozenset({"human", "any"}),
    _C.PLACE: frozenset({"place", "any"}),
    _C.FACILITY: frozenset({"facility", "any"}),
    _C.EQUIPMENT: frozenset({"equipment", "any"}),
}
_ANY = frozenset({"any"})
# Mentions of nouns that no list knows; their class is a stopgap.
_UNKNOWN_RULES = frozenset({"other"})
_PRONOUN = frozenset({"human", "armed", "state", "person", "any"})  # whoever it may stand for
_SKIP = frozenset({"acl:relcl", "acl", "appos", "conj", "cc", "punct", "case", "mark", "cop",
                   "nsubj", "nsubj:pass", "advcl", "parataxis", "advmod", "obl", "obl:mod",
                   "aux:pass", "aux:tense"})  # fmt: skip


class Cast:
    """Entities by token; `extra` collects the entities that only a role brought to light."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        *,
        transparent: frozenset[str],
        weapons: Mapping[str, tuple[WeaponWord, ...]],
        armed: frozenset[str] = frozenset(),
        sides: frozenset[str] = frozenset(),
        branches: frozenset[str] = frozenset(),
    ) -> None:
        self.annotation = annotation
        self.tree = tree
        self.entities: dict[str, Entity] = {e.id: e for e in annotation.entities}
        self.extra: dict[str, Entity] = {}
        self._transparent = transparent
        self._weapons = weapons
        self._armed = armed
        self._sides = sides
        self._branches = branches
        self._by_head: dict[int, Mention] = {}
        self._covering: dict[int, Mention] = {}
        self._armed_entities: set[str] = set()
        for mention in annotation.mentions:
            if _is_misread(mention, tree):
                continue
            if tree.lemma[mention.head] in armed or tree.lower[mention.head] in armed:
                self._armed_entities.add(mention.entity)
            held = self._by_head.get(mention.head)
            if held is None or held.last - held.first < mention.last - mention.first:
                self._by_head[mention.head] = mention
            if mention.kind == "name":
                for i in range(mention.first, mention.last):
                    self._covering.setdefault(i, mention)
        self._counted: dict[int, Mention] = {}  # "soldats" in "une centaine de soldats"
        for head, mention in self._by_head.items():
            inner = self.content(head)
            if inner != head:
                self._counted.setdefault(inner, mention)

    def mention(self, i: int) -> Mention | None:
        """Give the mention whose head or counted noun the token is, or the name it is part of."""
        return self._by_head.get(i) or self._covering.get(i) or self._counted.get(i)

    def is_inside_name(self, i: int) -> bool:
        """Tell a word that is part of a name and not its head: "Front de libération"."""
        mention = self._covering.get(i)
        return mention is not None and mention.head < i and i not in self._by_head

    def heads(self) -> list[Mention]:
        """List the mentions in text order."""
        return [self._by_head[i] for i in sorted(self._by_head)]

    def content(self, i: int) -> int:
        """Look through counting nouns: "des milliers de partisans" gives "partisans"."""
        tree = self.tree
        for _ in range(3):
            if tree.pos[i] in (
                "ADV",
                "NUM",
                "ADP",
            ):  # "près de vingt attaques", "plus de 100 soldats"
                inner = [k for k in tree.kids[i] if k > i and tree.pos[k] in ("NOUN", "PROPN")]
            elif tree.lemma[i] in self._transparent:
                inner = [k for k in tree.kids[i] if tree.dep[k] == "nmod" and tree.prep(k) == "de"]
            else:
                return i
            if not inner:
                return i
            i = inner[0]
        return i

    def classes(self, i: int) -> frozenset[str]:
        """Tell what kinds of thing the token may stand for, in the words of the frame files."""
        mention = self.mention(i)
        if self.tree.lemma[i] in self._sides and self._is_side(i):
            return _CLASSES[_C.POPULATION_GROUP]
        if self.tree.lemma[i] in self._branches and self._is_branch(i):
            return _CLASSES[_C.ARMED_FORCE]
        if mention is None and self.content(i) != i:
            return self.classes(self.content(i))
        if mention is not None:
            entity = self.entities.get(mention.entity)
            found = _CLASSES[entity.cls if entity and mention.kind == "pronoun" else mention.cls]
            if mention.rule in _UNKNOWN_RULES and mention.cls is _C.EQUIPMENT:
                found = _CLASSES[_C.PERSON] if self._is_titled(i) else _ANY
        elif self.tree.pos[i] == "PRON" or "Poss=Yes" in self.tree.morph[i]:
            found = _PRONOUN
        elif self.tree.pos[i] == "PROPN":
            found = frozenset({"human", "place", "any", "name"})
        else:
            found = _ANY
        if self._is_weapon(i):
            found = found | {"weapon"}
        if (
            self.tree.lemma[i] in self._armed
            or self.tree.lower[i] in self._armed
            or (
                mention is not None
                and mention.kind == "pronoun"
                and mention.entity in self._armed_entities
            )
        ):
            found = found | {"armed"}
        return found

    def _is_side(self, i: int) -> bool:
        """Tell "les deux camps" and "toutes les parties" from a camp and a part of something."""
        tree = self.tree
        is_some = any(tree.prep(k) == "de" and tree.dep[k] == "nmod" for k in tree.kids[i])
        is_counted = any(
            tree.dep[k] == "nummod"
            or tree.lemma[k] in ("tout", "autre")
            or (tree.lower[k] == "les" and "Gender=Fem" in tree.morph[i])  # "les parties", no camps
            for k in tree.kids[i]
        )
        return not is_some and is_counted

    def _is_branch(self, i: int) -> bool:
        """Tell "l'artillerie turque", which fires, from "des tirs d'artillerie"."""
        return any(
            self.tree.dep[k] == "det" and self.tree.has(k, "Definite=Def")
            for k in self.tree.kids[i]
        )

    def _is_titled(self, i: int) -> bool:
        """Tell a word that no list knows from a trade by the name behind it."""
        beside = (self._by_head.get(k) for k in self.tree.children(i, "appos") if k > i)
        return any(m is not None and m.kind == "name" and m.cls is _C.PERSON for m in beside)

    def _is_weapon(self, i: int) -> bool:
        words = self._weapons.get(self.tree.lemma[i])
        if not words:
            return False
        if not words[-1].rest:  # the longest come first
            return True
        tree = self.tree
        near = {tree.lemma[k] for k in tree.subtree(i)[:9]}
        near |= {tree.lower[k].rstrip("s") for k in range(i + 1, min(i + 5, len(tree)))}
        return any(all(w in near for w in word.rest) for word in words)

    def is_new(self, i: int) -> bool:
        """Tell a phrase that brings something up ("des fusils") from one that points back."""
        marks = ("Definite=Def", "PronType=Dem", "Poss=Yes")
        return not any(
            mark in self.tree.morph[k]
            for k in self.tree.kids[i]
            if self.tree.pos[k] == "DET"
            for mark in marks
        )

    def is_a(self, i: int, kind: str) -> bool:
        """Tell whether the token may stand for this kind of thing."""
        return kind in self.classes(i)

    def entity(self, i: int) -> str | None:
        """Give the id of the entity that a token stands for, made from its phrase if need be.

        None for a pronoun without antecedent and for words that stand for nobody.
        """
        mention = self.mention(i)
        if mention is not None and mention.entity:
            return mention.entity
        if mention is None and self.content(i) != i:  # "un des chefs": the pronoun only counts
            return self.entity(self.content(i))
        if self.tree.pos[i] in ("PRON", "DET"):
            return None
        if mention is None and self.tree.pos[i] not in ("NOUN", "PROPN", "ADJ", "NUM", "X"):
            return None
        return self._from_phrase(i)

    def describe(self, i: int) -> None:
        """Let an entity without a proper name have the names that this phrase gives it.

        "Près de 40 villages de la plaine" are also "40 villages" and "près de 40 villages".
        """
        mention = self.mention(i)
        known = self.entities.get(mention.entity) if mention is not None else None
        if mention is None or known is None or mention.kind != "nominal":
            return
        if self.tree.pos[mention.head] == "PROPN":
            return
        names = dict.fromkeys((*known.names, *self._phrases(mention.head)))
        if len(names) > len(known.names):
            self.entities[known.id] = replace(known, names=tuple(names))

    def _phrases(self, i: int) -> Iterator[str]:
        """Spell a noun phrase: whole, without complements, and with what bounds its number."""
        tree = self.tree
        first, last = self.phrase(i)
        yield self._spell(first, last)
        for k in range(last - 1, i + 1, -1):  # "bureaux d'une ONG" of "… d'une ONG de défense"
            if tree.dep[k] == "case" and tree.pos[k] == "ADP":
                yield self._spell(first, k)
        right = i
        while right + 1 < last and tree.head[right + 1] == i and self._is_quality(right + 1):
            right += 1
        yield self._spell(first, right + 1)
        left = first
        while (
            left > 0
            and tree.pos[left - 1] in ("ADV", "ADP")
            and i
            in (
                tree.head[left - 1],
                *tree.ancestors(left - 1),
            )
        ):
            left -= 1
        if left < first and tree.pos[left] == "ADV":
            yield self._spell(left, right + 1)

    def _is_quality(self, k: int) -> bool:
        """Tell an adjective or bare participle ("tireur embusqué") from a clause."""
        dep = self.tree.dep[k]
        return dep == "amod" or (dep == "acl" and not self.tree.kids[k])

    def _spell(self, first: int, last: int) -> str:
        return " ".join(self.quote(first, last, "phrase").exact.split())

    def evidence(self, i: int, rule: str) -> Evidence:
        """Quote the phrase that a token heads."""
        mention = self.mention(i)
        if mention is not None:
            first, last = mention.first, mention.last
        else:
            first, last = self.phrase(i)
        return self.quote(first, last, rule)

    def quote(self, first: int, last: int, rule: str) -> Evidence:
        """Quote a half-open token range."""
        a = self.annotation
        start, end = a.starts[first], a.ends[last - 1]
        return Evidence(
            article=a.article.id, start=start, end=end, exact=a.article.text[start:end], rule=rule
        )

    def phrase(self, i: int) -> tuple[int, int]:
        """Bound the noun phrase of a head: modifiers kept, clauses and coordination left out."""
        tree = self.tree
        keep, stack = [i], [i]
        while stack:
            for k in tree.kids[stack.pop()]:
                if tree.dep[k] in _SKIP and not (tree.dep[k] == "case" and k > i):
                    continue
                if tree.dep[k] == "det" and tree.head[k] == i:
                    continue
                keep.append(k)
                stack.append(k)
                keep += [c for c in tree.kids[k] if tree.dep[c] in ("case", "det")]
        keep = sorted(set(keep))
        at = keep.index(i)
        first = last = at
        while first > 0 and keep[first - 1] == keep[first] - 1:
            first -= 1
        while last + 1 < len(keep) and keep[last + 1] == keep[last] + 1:
            last += 1
        return keep[first], keep[last] + 1

    def _from_phrase(self, i: int) -> str:
        first, last = self.phrase(i)
        whole = self.quote(first, last, "phrase")
        head = self.quote(i, i + 1, "phrase")
        ident = f"n{whole.start}"
        if ident not in self.extra:
            names = tuple(dict.fromkeys(" ".join(q.exact.split()) for q in (whole, head)))
            self.extra[ident] = Entity(
                id=ident, cls=_C.POPULATION_GROUP, names=names, mentions=(whole,)
            )
            self.entities[ident] = self.extra[ident]
        return ident


def _is_misread(mention: Mention, tree: Tree) -> bool:
    """Tell the participle that opens a sentence and passes for a name ("Capturé en mai, …")."""
    is_single = mention.last - mention.first == 1 and mention.kind == "name"
    return is_single and tree.pos[mention.head] == "VERB" and tree.dep[mention.head] == "acl"
