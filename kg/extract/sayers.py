"""Who says the words around a token, and by which verb.

Takes a tree, its clauses and quotations, gives participants and verbs: behind a quotation, above a
content clause, or beside it ("selon X").
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.draft import Part
from kg.extract.factuality import Cues
from kg.extract.grammar import Clause, Grammar
from kg.extract.quotations import Quotations, is_first_person
from kg.extract.tree import Tree

__all__ = ["SayerFinder"]


class SayerFinder:
    """Finds the speakers of reported words."""

    def __init__(
        self, tree: Tree, grammar: Grammar, cast: Cast, cues: Cues, quotations: Quotations
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.cues = cues
        self.quotations = quotations

    def sayers(self, i: int) -> list[Part]:
        """Find who says the words around a token: behind, above, or "selon X"."""
        tree = self.tree
        speaker = self.quotations.speaker(tree, i)
        if speaker is not None and self.cast.is_a(speaker, "human"):
            return self.speakers([speaker])
        above = [i, *tree.ancestors(i)]
        for up in above[1:]:
            saying = self.grammar.clause(up)
            if saying is not None and saying.lemma in self.cues["saying"]:
                named = [t for t in saying.get("subj") if self.cast.is_a(t, "human")]
                return self.speakers(named)
        for up in above:
            for k in tree.kids[up]:
                if tree.dep[k].startswith("obl") and tree.prep(k) in ("selon", "pour"):
                    if k < i and self.cast.is_a(k, "human"):
                        return self.speakers([k])
        return []

    def saying_behind(self, i: int) -> int:
        """Give the verb behind the words that a token is in; the token itself without one."""
        above = {i, *self.tree.ancestors(i)}
        verbs = [v for v, c in self.quotations.contents.items() if c in above and v > i]
        return verbs[0] if verbs else i

    def quoting(self, verb: int) -> Clause | None:
        """Find the verb behind "« Nous n'avons jamais tiré »" and "« Notre armée n'a pas … »"."""
        behind, tree = self.saying_behind(verb), self.tree
        if behind == verb or self.quotations.contents[behind] != verb:
            return None
        subjects = tree.children(verb, "nsubj")
        own = any(is_first_person(tree, s) for s in subjects)
        own = own or any(tree.lower[k] in self.cues["ours"] for s in subjects for k in tree.kids[s])
        clause = self.grammar.clause(behind) if own else None
        return clause if clause is not None and clause.lemma in self.cues["claiming"] else None

    def saying_above(self, i: int) -> int:
        """Give the verb of saying above a token; the token itself without one."""
        for up in self.tree.ancestors(i):
            saying = self.grammar.clause(up)
            if saying is not None and saying.lemma in self.cues["saying"]:
                return up
        return i

    def speakers(self, tokens: list[int]) -> list[Part]:
        """Make participants of the tokens that stand for somebody."""
        named = [(t, self.cast.entity(t)) for t in tokens]
        return [Part(token=t, entity=e) for t, e in named if e is not None]

    def is_negated(self, verb: int) -> bool:
        """Tell whether a verb has "ne", before it or under it."""
        near = (*self.tree.kids[verb], *range(max(0, verb - 1), verb))
        return any(self.tree.lower[k] in ("ne", "n'") for k in near)
