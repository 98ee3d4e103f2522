"""The mentions of an article by token: what covers, heads, begins or ends at one.

Takes an annotated article with its tree, gives mentions and the kinds of thing a token may stand
for. Nested mentions stay apart: "le chef du Front" covers "Front", each has its own head.
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.relation_rules import RelationRules
from kg.extract.tree import Tree
from kg.model import Annotation, EntityClass, Mention

__all__ = ["MentionIndex"]

_C = EntityClass
_KINDS: dict[EntityClass, tuple[str, ...]] = {
    _C.ARMED_GROUP: ("group",),
    _C.COALITION: ("coalition", "group"),
    _C.POPULATION_GROUP: ("people",),
    _C.ARMED_FORCE: ("force",),
}


class MentionIndex:
    """Looks up mentions by token; names come before descriptions, the longest first."""

    def __init__(
        self, annotation: Annotation, tree: Tree, cast: Cast, rules: RelationRules
    ) -> None:
        self.tree = tree
        self.cast = cast
        self.rules = rules
        self._by_token: dict[int, list[Mention]] = {}
        self._ends: dict[int, list[Mention]] = {}
        self._headed: dict[int, Mention] = {}
        self._kinds: dict[int, frozenset[str]] = {}
        self.named: frozenset[str] = frozenset(
            m.entity for m in annotation.mentions if m.kind == "name"
        )
        for mention in sorted(
            annotation.mentions, key=lambda m: (m.kind != "name", m.first - m.last)
        ):
            if mention.kind == "name" and tree.pos[mention.head] == "ADJ":
                continue  # "irakien" names a state but is no participant by itself
            self._headed.setdefault(mention.head, mention)
            for i in range(mention.first, mention.last):
                self._by_token.setdefault(i, []).append(mention)
            if mention.kind != "pronoun":
                self._ends.setdefault(mention.last, []).append(mention)
        self.names_and_nouns = tuple(self._headed[i] for i in sorted(self._headed))

    def covering(self, i: int) -> Mention | None:
        """Give the mention a token belongs to, a name before a description, the longest first."""
        mentions = self._by_token.get(i)
        return mentions[0] if mentions else None

    def within(self, i: int, first: int) -> Mention | None:
        """Give the mention a token belongs to that begins no earlier than `first`."""
        for mention in self._by_token.get(i, ()):
            if mention.first >= first:
                return mention
        return None

    def ahead(self, i: int, first: int) -> Mention | None:
        """Give the mention at a token that begins after `first` and has its head ahead."""
        for mention in self._by_token.get(i, ()):
            if mention.first >= first and mention.head >= i and mention.kind != "pronoun":
                return mention
        return None

    def surrounding(self, i: int) -> list[Mention]:
        """List the mentions with another head that a token belongs to."""
        return [m for m in self._by_token.get(i, ()) if m.head != i and m.kind != "pronoun"]

    def around(self, i: int) -> Mention | None:
        """Give the shortest mention with another head that a token belongs to."""
        surrounding = self.surrounding(i)
        return surrounding[-1] if surrounding else None

    def headed(self, i: int) -> Mention | None:
        """Give the mention that a token heads."""
        return self._headed.get(i)

    def starting_at(self, i: int) -> Mention | None:
        """Give the longest mention that begins at a token, a name before a description."""
        for mention in self._by_token.get(i, ()):
            if mention.first == i and mention.kind != "pronoun":
                return mention
        return None

    def starting_near(self, i: int) -> Mention | None:
        """Give the mention that begins at a token or, over a determiner, at the next."""
        found = self.starting_at(i)
        return found if found is not None or i + 1 >= len(self.tree) else self.starting_at(i + 1)

    def ending_before(self, i: int) -> int | None:
        """Give the head of the mention that ends right before a token."""
        mentions = self._ends.get(i)
        return mentions[0].head if mentions else None

    def beside(self, i: int) -> list[int]:
        """Give the heads of the mentions that end before a token, over a comma and adverbs."""
        tree = self.tree
        while i > 1 and (tree.pos[i - 1] == "ADV" or tree.lower[i - 1] == ","):
            i -= 1
        return [mention.head for mention in self.ending_at(i)]

    def ending_at(self, i: int) -> list[Mention]:
        """List the mentions that end at a token, also before a bracket: "le Mouvement (MIO)"."""
        tree = self.tree
        if i < 1 or tree.lower[i - 1] != ")":
            return self._ends.get(i, [])
        for k in range(i - 2, max(i - 8, 0), -1):
            if tree.lower[k] == "(":
                return self._ends.get(k, [])
        return []

    def joined_before(self, first: int) -> list[int]:
        """Give the heads of the names coordinated right before a mention ("Nice et" | Levens)."""
        tree = self.tree
        found: list[int] = []
        i = first
        while i > 1 and tree.lower[i - 1] in ("et", ",", "à", "de", "ou", "comme"):
            i -= 1
            if tree.lower[i] in ("à", "de"):
                continue
            mention = next((m for m in self._ends.get(i, ()) if m.kind == "name"), None)
            if mention is None:
                break
            found.append(mention.head)
            i = mention.first
        has_and = any(tree.lower[k] == "et" for k in range(i, first))
        return found[::-1] if has_and else []

    def is_named(self, i: int) -> bool:
        """Tell whether the entity of a token has a proper name in the article."""
        mention = self.cast.mention(i) or self.covering(i)
        if mention is None:
            return self.tree.pos[i] == "PROPN"
        if mention.kind == "name" or mention.entity in self.named:
            return True
        # "le président de la République X", read as one description
        tail = mention.last
        while tail > mention.head + 1 and self.tree.pos[tail - 1] == "PROPN":
            tail -= 1
        follows_of = self.tree.lower[tail - 1] in (*self.rules.lists["of"], "à")
        return mention.cls is _C.PERSON and tail < mention.last and not follows_of

    def kinds(self, i: int) -> frozenset[str]:
        """Tell what a token may stand for, finer than the frame files need it."""
        found = self._kinds.get(i)
        if found is None:
            found = self._kinds[i] = self._read_kinds(i)
        return found

    def _read_kinds(self, i: int) -> frozenset[str]:
        mention = self.cast.mention(i) or self.covering(i)
        base = self.cast.classes(i)
        if mention is None:
            return base
        if mention.kind == "name" and mention.key is None and mention.cls is not _C.EQUIPMENT:
            base = base.union(("unknown",))
        entity = self.cast.entities.get(mention.entity)
        cls = entity.cls if entity is not None and mention.kind == "pronoun" else mention.cls
        return base.union(_KINDS.get(cls, ()))
