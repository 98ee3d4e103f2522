"""Relations that verbs and participles state, whatever the shape of the clause.

Takes a verb's normalised clause and the rules its lemma calls, writes into the `Ledger`. What a
participle says is checked against what stands before it: in "une coalition dominée par des factions
et intégrée à l'armée" gender and number say what is part of the army when the parse does not.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.firmness import read_firmness
from kg.extract.grammar import Clause, Grammar
from kg.extract.ledger import Ledger
from kg.extract.relation_rules import RelationRule
from kg.model import Status

__all__ = ["VerbReader"]

_FAR_BACK = 14


class VerbReader:
    """Reads the relations of one article's verbs."""

    def __init__(self, grammar: Grammar, ledger: Ledger) -> None:
        self.grammar = grammar
        self.ledger = ledger
        self.tree = ledger.tree
        self.rules = ledger.rules
        self.nouns = ledger.nouns

    def lemma(self, i: int) -> str:
        """Give the verb behind a token: its lemma, or where that is no known verb, by its form."""
        lemma, rules = self.grammar.verb_lemma(i), self.rules
        if lemma in rules.verbs:
            return lemma
        word = self.tree.lower[i]
        if word in rules.forms:
            return rules.forms[word]
        if self.tree.pos[i] == "VERB":
            for ending in rules.endings:
                if word.endswith(ending) and word.removesuffix(ending) + "er" in rules.verbs:
                    return word.removesuffix(ending) + "er"
        form = word.removesuffix("s").removesuffix("e")
        return rules.forms.get(form) or self.grammar.participle_lemma(form)

    def read(self, i: int, rules: Iterable[RelationRule]) -> None:
        """Match the rules of a verb against its clause."""
        clause = self.grammar.clause(i)
        if clause is None:
            return
        for rule in rules:
            if not self._is_form(clause, rule):
                continue
            subject = self._ends(clause, rule.subject, rule.subject_classes, rule)
            obj = self._ends(clause, rule.object, rule.object_classes, rule)
            for left in subject:
                for right in obj:
                    if self._suits(left, rule.subject_classes, rule) and self._suits(
                        right, rule.object_classes, rule, is_object=True
                    ):
                        self.ledger.add(rule, i, left, right, status=self.status(i))

    def _ends(
        self,
        clause: Clause,
        functions: str | tuple[str, ...],
        classes: tuple[str, ...],
        rule: RelationRule,
    ) -> list[int]:
        """Give the tokens of an end; what a participle says is tied to what it agrees with."""
        found = self._arguments(clause, functions, rule)
        mine = "obj" if clause.is_passive else "subj"
        is_loose = clause.is_participle or (clause.is_passive and not self._is_finite(clause.verb))
        if mine not in functions or not is_loose:
            return found
        i = clause.verb
        if any(self._agrees(i, k) and self._is_linked(i, k) for k in found):
            return found
        beside = [
            k for k in self.nouns.beside(i) if self._agrees(i, k) and self._suits(k, classes, rule)
        ]
        if beside:
            return found if set(beside) & set(found) else beside[:1]
        if any(self._agrees(i, k) for k in found):
            return found
        return self._agreeing_before(i, classes, rule) or found

    def _is_finite(self, i: int) -> bool:
        return any(self.tree.dep[k].startswith("aux") for k in self.tree.kids[i])

    def _is_linked(self, i: int, k: int) -> bool:
        """Tell that the parse ties a participle to the noun right before it."""
        return self.tree.head[i] == k and k in self.nouns.beside(i)

    def _agrees(self, i: int, k: int) -> bool:
        """Tell whether a participle may agree with a noun in number and gender."""
        tree = self.tree
        if tree.lower[i].endswith("ant"):
            return True
        for one, other in (("Number=Sing", "Number=Plur"), ("Gender=Masc", "Gender=Fem")):
            if tree.has(i, one) and tree.has(k, other):
                return False
            if tree.has(i, other) and tree.has(k, one):
                return False
        return True

    def _agreeing_before(self, i: int, classes: tuple[str, ...], rule: RelationRule) -> list[int]:
        """Find the nearest noun to the left that agrees, no finite verb between."""
        tree = self.tree
        for k in range(i - 1, max(i - _FAR_BACK, -1), -1):
            if tree.sent[k] != tree.sent[i] or tree.has(k, "VerbForm=Fin"):
                break
            if tree.pos[k] != "NOUN" or self.nouns.headed(k) is None or not self._agrees(i, k):
                continue
            same = tree.has(k, "Number=Plur") == tree.has(i, "Number=Plur")
            if same and self._suits(k, classes, rule):
                return [k]
        return []

    def _arguments(
        self, clause: Clause, functions: str | tuple[str, ...], rule: RelationRule
    ) -> list[int]:
        """Give the tokens in the first of some functions that is filled; of obliques, in any."""
        found: list[int] = []
        for function in (functions,) if isinstance(functions, str) else functions:
            controller = self._controller(clause.verb) if function == "subj" else []
            if not found or function.startswith("obl"):
                found += (
                    controller or clause.get(function) or self._misplaced(clause, function, rule)
                )
        return [self.through(k) for k in dict.fromkeys(found)]

    def _controller(self, i: int) -> list[int]:
        """Give who does an infinitive that another verb lays at his door: "accuser X d'armer Y"."""
        up = self._above_infinitive(i)
        if up is None or self.grammar.verb_lemma(up) not in self.rules.lists["object_control"]:
            return []
        clause = self.grammar.clause(up)
        if clause is None:
            return []
        return [k for k in clause.get("obl:à") or clause.get("iobj") or clause.get("obj") if k != i]

    def _above_infinitive(self, i: int) -> int | None:
        """Give what governs an infinitive, "avoir fourni" included."""
        tree = self.tree
        is_infinitive = tree.has(i, "VerbForm=Inf") or any(
            tree.dep[k].startswith("aux") and tree.has(k, "VerbForm=Inf") for k in tree.kids[i]
        )
        return tree.head[i] if is_infinitive and tree.head[i] != i else None

    def _misplaced(self, clause: Clause, function: str, rule: RelationRule) -> list[int]:
        """Look where a parse may hide an argument.

        "prêter allégeance à X": under the noun. "dont X font partie": before. "se sont réclamés":
        read as a passive. "héberge des troupes": read as "de les troupes". "soutenues par X": under
        the noun they qualify.
        """
        tree = self.tree
        if function == "obl:de" and tree.dep[clause.verb] == "acl:relcl":
            near = {k for own in (clause.verb, *tree.kids[clause.verb]) for k in tree.kids[own]}
            if any(tree.lower[k] == "dont" for k in near):
                return [tree.head[clause.verb]]
        if function.startswith("obl:"):
            prep = function.removeprefix("obl:")
            hidden = [k for k in clause.get("obj") if tree.prep(k) == prep]
            if clause.is_participle or clause.is_passive:
                hidden = hidden or self.nouns.complement_after(clause.verb, (prep,))
            return hidden or [
                k
                for noun in tree.kids[clause.verb]
                if tree.lemma[noun] in rule.with_ or noun in clause.get("obj")
                for k in tree.kids[noun]
                if k > noun
                and tree.prep(k) == prep
                and tree.dep[k] in ("nmod", "obl:arg", "obl:mod")
            ]
        if function == "subj" and clause.is_passive:
            return self.nouns.complement_after(clause.verb, ("par",))
        if function == "subj" and rule.reflexive:
            return clause.get("obj")
        if function == "obj":
            return [
                k
                for k in clause.get("obl:de")
                if any(tree.lower[c] == "des" and tree.dep[c] == "case" for c in tree.kids[k])
            ]
        return []

    def through(self, i: int) -> int:
        """Look through "une partie du désert", "le nord du Mali" to what is meant."""
        lists = self.rules.lists
        if self.tree.lemma[i] in lists["partitives"] or self.ledger.is_direction(i):
            for k in self.tree.kids[i]:
                if self.tree.dep[k] == "nmod" and self.tree.prep(k) == "de":
                    return k
        return i

    def _suits(
        self, i: int, classes: tuple[str, ...], rule: RelationRule, *, is_object: bool = False
    ) -> bool:
        fits = self.ledger.fits(i, classes) or self.ledger.is_capital(i, rule)
        if not fits or not self.ledger.is_place(i):
            return False
        if is_object and rule.type in ("locatedIn", "stationedAt") and self._is_far(i):
            return False
        if is_object and rule.type == "locatedIn":
            return self.ledger.is_placed(i)
        if is_object and rule.type == "stationedAt" and self.tree.has(i, "Number=Plur"):
            return self.ledger.is_placed(
                i
            )  # "des bases abritant des soldats" says nothing of where
        return not rule.named or is_object or self.nouns.is_named(i)

    def _is_far(self, i: int) -> bool:
        """Tell "à 80 kilomètres au sud de Sarkol", which is not in Sarkol."""
        words = self.tree.lower[max(i - 8, 0) : i]
        return any(word in self.rules.lists["distances"] for word in words)

    def _is_form(self, clause: Clause, rule: RelationRule) -> bool:
        """Check reflexive, further words and tense."""
        tree, i = self.tree, clause.verb
        if rule.reflexive is not None and clause.is_reflexive != rule.reflexive:
            return False
        if rule.with_ and not any(tree.lemma[k] in rule.with_ for k in tree.kids[i]):
            return False
        is_adjectival = clause.is_participle or clause.is_passive
        match rule.tense:
            case "participle":
                return is_adjectival
            case "infinitive":
                return clause.is_infinitive or (clause.is_participle and not clause.is_passive)
            case "standing":
                return is_adjectival or (
                    not any(tree.dep[k] == "aux:tense" for k in tree.kids[i])
                    and not tree.has(i, "Tense=Past")
                    and not tree.has(i, "Tense=Fut")
                )
        return True

    def status(self, i: int) -> Status:
        """Read how firmly a verb or adjective is said; "accusé d'armer X" is an accusation."""
        up = self._above_infinitive(i)
        if up is not None and self.grammar.verb_lemma(up) in self.rules.lists["distant_naming"]:
            return Status.ALLEGED
        return read_firmness(self.tree, i, self.rules.lists)
