"""Relational nouns in their phrases: what complement they take, and whom they speak of.

Takes an annotated article with its tree, gives `NounPhrase` records and their holders: "X, chef de
Y", "le chef de Y, X", "le président turc X", "X est le chef de Y", "présenté comme le chef de Y".
Word order decides before the parse does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.extract.cast import Cast
from kg.extract.firmness import read_firmness
from kg.extract.grammar import Grammar
from kg.extract.mention_index import MentionIndex
from kg.extract.relation_rules import RelationRule, RelationRules
from kg.extract.tree import Tree
from kg.model import Annotation, EntityClass, Mention, Status

__all__ = ["NounPhrase", "NounReader"]

_OPENERS = frozenset({",", "(", "—", "–", "-"})
_LONGEST = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class NounPhrase:
    """A relational noun at `noun`, its phrase at tokens `[first, last)` without determiner.

    `core` ends the noun itself ("numéro un", "secrétaire général"); `complements` are the heads of
    its "de" phrases; `origin` is the state its adjective speaks of; `det` begins the determiner.
    """

    noun: int
    det: int
    first: int
    core: int
    last: int
    complements: tuple[int, ...]
    origin: str | None
    plural: bool


class NounReader(MentionIndex):
    """Finds relational noun phrases and their holders in one article."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        grammar: Grammar,
        cast: Cast,
        rules: RelationRules,
    ) -> None:
        super().__init__(annotation, tree, cast, rules)
        self.grammar = grammar
        self._paragraph = [
            number
            for number, (first, last) in enumerate(annotation.paragraphs)
            for _ in range(first, last)
        ]

    def entries(self, i: int) -> tuple[tuple[tuple[str, ...], RelationRule], ...]:
        """Give what the rules know of a noun by its form, its lemma or its singular."""
        nouns, word = self.rules.nouns, self.tree.lower[i]
        return (
            nouns.get(word)
            or nouns.get(self.tree.lemma[i])
            or nouns.get(word.removesuffix("s"), ())
        )

    def phrases(self, i: int) -> Iterator[tuple[RelationRule, NounPhrase]]:
        """Read the phrase of a relational noun for every rule that its words call."""
        tree = self.tree
        entries = self.entries(i)
        if tree.pos[i] not in ("NOUN", "PROPN", "ADJ", "X", "VERB") or not entries:
            return
        if tree.pos[i] == "VERB" and not self._is_used_as_noun(i):
            return
        taken = -1
        for rest, rule in entries:
            end = i + 1 + len(rest)
            if tuple(tree.lower[i + 1 : end]) != rest or len(rest) < taken:
                continue
            taken = max(taken, len(rest))
            if rule.case is not None and not self._has_case(i, rule.case):
                continue
            yield rule, self._phrase(i, end, rule)

    def _is_used_as_noun(self, i: int) -> bool:
        """Tell "leader", "un opposant à", "alliée du" from the verbs the tagger took them for."""
        tree = self.tree
        after = tree.lower[i + 1] if i + 1 < len(tree) else ""
        return (
            tree.lower[i] == tree.lemma[i]
            or after in self.rules.lists["of"]
            or (i > 0 and tree.pos[i - 1] in ("DET", "NUM"))
        )

    def _has_case(self, i: int, case: str) -> bool:
        tree = self.tree
        return any(tree.lower[k] == case for k in range(max(i - 2, 0), i))

    def _phrase(self, i: int, core: int, rule: RelationRule) -> NounPhrase:
        tree, lists = self.tree, self.rules.lists
        first = i
        while (
            first > 0
            and (
                tree.pos[first - 1] in ("ADJ", "ADV", "NUM")
                or tree.lower[first - 1] in lists["alleging"]
            )
            and tree.sent[first - 1] == tree.sent[i]
        ):
            first -= 1
        det = first
        if (det > 0 and tree.pos[det - 1] == "DET") or tree.lower[det - 1 : det] in (
            ["du"],
            ["des"],
            ["au"],
        ):
            det -= 1
        origin: str | None = None
        j = core
        while j < len(tree) and tree.sent[j] == tree.sent[i]:
            word = tree.lower[j]
            if word in self.rules.origins:
                origin = origin or self.rules.origins[word]
            elif word in lists["not_linking"]:
                break
            elif word in lists["post_adjectives"]:
                core = j + 1 if j == core else core
            elif not (
                tree.pos[j] == "ADJ"
                or word in lists["alleging"]
                or (tree.dep[j] == "amod" and tree.head[j] == i)
                or (word in ("de", "facto") and "facto" in tree.lower[j : j + 2])
            ):
                break
            j += 1
        complements, last = self._complements(j, rule)
        if not complements:
            complements = self._possessor(det, i)
        if core > i + 1 and tree.pos[i] == "ADJ":
            i = core - 1  # "premier ministre"
        return NounPhrase(
            noun=i, det=det, first=first, core=core, last=last,
            complements=tuple(complements), origin=origin, plural=tree.has(i, "Number=Plur"),
        )  # fmt: skip

    def _possessor(self, det: int, i: int) -> list[int]:
        """ "son lieutenant": the possessive's antecedent is the complement."""
        if det < i and self.tree.has(det, "Poss=Yes"):
            mention = self.cast.mention(det)
            if mention is not None and mention.entity:
                return [det]
        return []

    def _complements(self, j: int, rule: RelationRule) -> tuple[list[int], int]:
        """Read "de Y", "de Y de Z" from a token on; give the heads and where they end."""
        tree, lists = self.tree, self.rules.lists
        found: list[int] = []
        preps = lists["of"] | ({"à", "au", "aux"} if "à" in rule.preps else frozenset())
        preps |= {"en"} & set(rule.preps)
        limit = j + _LONGEST
        while j < len(tree) and j < limit and tree.lower[j] in preps:
            k = j + 1
            while (
                k < len(tree) and tree.pos[k] in ("DET", "ADJ", "NUM") and self._starts_nothing(k)
            ):
                k += 1
            if k >= len(tree) or tree.sent[k] != tree.sent[j]:
                break
            mention = self.within(k, j)
            if mention is not None:
                found.append(mention.head)
                j = mention.last
                while j < len(tree) and tree.pos[j] == "ADJ" and tree.head[j] == mention.head:
                    j += 1  # "des Affaires | étrangères"
            elif tree.pos[k] in ("NOUN", "PROPN"):
                found.append(k)
                j = k + 1
                while j < len(tree) and tree.pos[j] == "ADJ":
                    j += 1
            else:
                break
        return found, j

    def _starts_nothing(self, k: int) -> bool:
        return self.starting_at(k) is None

    def complement_after(self, i: int, preps: tuple[str, ...]) -> list[int]:
        """Give the head of the mention right after an adjective and its preposition."""
        tree = self.tree
        if i + 2 >= len(tree):
            return []
        prep = tree.contractions.get(tree.lower[i + 1], tree.lower[i + 1])
        if prep not in preps:
            return []
        for k in (i + 2, i + 3):
            mention = self.within(k, i + 1) if k < len(tree) else None
            if mention is not None:
                return [mention.head]
        return []

    def holders(self, phrase: NounPhrase, rule: RelationRule) -> list[tuple[int, Status]]:
        """Find whom the noun speaks of, with how firmly: the first way that finds somebody."""

        def fits(i: int) -> bool:
            # beside such a noun, a name that nothing else is known of is what the noun says
            return not rule.holder or not self.kinds(i).isdisjoint((*rule.holder, "unknown"))

        found = [(k, status) for k, status in self._right_after(phrase) if fits(k)]
        found = found or self._before(phrase, fits)
        if found:
            return found
        for way in (self._after, self._copula, self._as, self._joined, self._apposed, self._itself):
            found = [(k, status) for k, status in way(phrase) if fits(k)]
            if found:
                return found
        if rule.self_holder and phrase.complements and self.cast.mention(phrase.noun) is not None:
            return [(phrase.noun, self._distance(phrase))]
        return []

    def _before(self, phrase: NounPhrase, fits: Callable[[int], bool]) -> list[tuple[int, Status]]:
        """ "X, chef de Y", "X (chef de Y)", "ce groupe membre de Y"."""
        tree = self.tree
        i = phrase.det
        while i > 1 and tree.lower[i - 1] in self.rules.lists["before_noun"]:
            i -= 1
        for mention in self._neighbours(phrase, i):
            k = mention.head
            if k >= phrase.noun or not self._is_together(k, phrase.noun) or not fits(k):
                continue
            heads = self.joined_before(mention.first) if phrase.plural else []
            status = self._distance(phrase)
            return [(head, status) for head in (*heads, k)]
        return []

    def _neighbours(self, phrase: NounPhrase, i: int) -> list[Mention]:
        """List the mentions that end where a phrase begins, over a comma or an opening bracket."""
        tree = self.tree
        if i > 0 and tree.lower[i - 1] in _OPENERS:
            return self.ending_at(i - 1)
        if i > 1 and tree.lower[i - 1] == "à":  # "X, à la tête de", "X à la solde de"
            return self._ends.get(i - 2 if tree.lower[i - 2] == "," else i - 1, [])
        if phrase.det == phrase.first:
            near = self._ends.get(i, [])[::-1]  # "25 combattants de ce groupe | membre de"
            return near or self._by_token.get(i - 1, [])
        return []

    def _right_after(self, phrase: NounPhrase) -> list[tuple[int, Status]]:
        """ "le président turc X", and "le président X" where title and name are one mention."""
        itself = self._itself(phrase)
        mention = self.cast.mention(phrase.noun)
        if itself and mention is not None and mention.kind == "name":
            return itself
        return self._name_at(phrase, phrase.last)

    def _after(self, phrase: NounPhrase) -> list[tuple[int, Status]]:
        """ "le chef de Y, X"."""
        last = phrase.last
        return self._name_at(phrase, last + 1) if self.tree.lower[last : last + 1] == [","] else []

    def _is_together(self, i: int, j: int) -> bool:
        """Tell that two neighbours stand in one paragraph; the parser may cut at a comma."""
        return self._paragraph[i] == self._paragraph[j]

    def _name_at(self, phrase: NounPhrase, at: int) -> list[tuple[int, Status]]:
        if at >= len(self.tree) or not self._is_together(at, phrase.noun):
            return []
        mention = self.within(at, phrase.last)
        if mention is None or mention.kind != "name" or mention.first > at:
            return []
        if mention.head in phrase.complements:
            return []
        return [(mention.head, self._distance(phrase))]

    def _copula(self, phrase: NounPhrase) -> list[tuple[int, Status]]:
        """ "X est le chef de Y", "X était l'un des chefs de Y", "X, devenu chef de Y"."""
        tree, i = self.tree, phrase.noun
        for node in (i, tree.head[i]):
            if node != i and tree.lower[node] not in ("un", "une", "l'un", "l'une"):
                continue
            if any(tree.dep[k] == "cop" for k in tree.kids[node]):
                subjects = tree.children(node, "nsubj", "nsubj:pass")
                if subjects:
                    return [
                        (k, read_firmness(self.tree, node, self.rules.lists)) for k in subjects[:1]
                    ]
        governor = tree.head[i]
        if governor != i and self.grammar.verb_lemma(governor) in self.rules.lists["copulas"]:
            clause = self.grammar.clause(governor)
            if clause is not None:
                subjects = clause.get("subj") or clause.get("obj")
                return [
                    (k, read_firmness(self.tree, governor, self.rules.lists))
                    for k in subjects
                    if k != i
                ]
        return []

    def _as(self, phrase: NounPhrase) -> list[tuple[int, Status]]:
        """ "présenté comme le chef de Y"."""
        tree, i = self.tree, phrase.noun
        governor = tree.head[i]
        verb = self.grammar.verb_lemma(governor)
        if tree.prep(i) != "comme" or verb not in self.rules.lists["verbs_of_naming"]:
            return []
        clause = self.grammar.clause(governor)
        if clause is None:
            return []
        distant = verb in self.rules.lists["distant_naming"]
        status = Status.ALLEGED if distant else Status.ASSERTED
        before = self.beside(governor) if tree.lower[governor - 1] == "," else []
        named = before or [k for k in clause.get("obj") if k != i]
        if not named and tree.dep[governor] in ("acl", "amod"):
            named = [tree.head[governor]]
        return [(k, status) for k in named]

    def _apposed(self, phrase: NounPhrase) -> list[tuple[int, Status]]:
        """What the parse alone ties the noun to; "X est soutenu par Y et allié de Z"."""
        tree, i = self.tree, phrase.noun
        head = tree.head[i]
        if tree.dep[i] == "appos" and head < i:
            return [(head, self._distance(phrase))]
        is_bare = phrase.det == phrase.first
        clause = self.grammar.clause(head) if tree.dep[i] == "conj" and is_bare else None
        if clause is None or tree.pos[head] not in ("VERB", "ADJ"):
            return []
        subjects = clause.get("obj" if clause.is_passive else "subj")
        return [(k, read_firmness(self.tree, head, self.rules.lists)) for k in subjects]

    def _joined(self, phrase: NounPhrase) -> list[tuple[int, Status]]:
        """ "son lieutenant et chef de Y, X", "X, ministre et chef": the other noun's holder."""
        tree = self.tree
        if phrase.last < len(tree) - 1 and tree.lower[phrase.last] == "et":
            for k in range(phrase.last + 1, min(phrase.last + 4, len(tree))):
                for _, other in self.phrases(k):
                    return self._after(other)
        if phrase.det > 1 and tree.lower[phrase.det - 1] == "et":
            for k in range(phrase.det - 2, max(phrase.det - 10, -1), -1):
                for _, other in self.phrases(k):
                    return self._before(other, lambda _: True) or self._copula(other)
        return []

    def _itself(self, phrase: NounPhrase) -> list[tuple[int, Status]]:
        """The phrase's own entity: a name it bears ("le président X"), or one found for it."""
        mention = self.cast.mention(phrase.noun)
        if mention is None or not self.is_named(phrase.noun):
            return []
        if mention.head != phrase.noun and mention.cls is not EntityClass.PERSON:
            return []
        if mention.cls in (EntityClass.PLACE, EntityClass.FACILITY, EntityClass.STATE):
            return []  # "la capitale de l'État de Borno" does not lie in itself
        return [(phrase.noun, self._distance(phrase))]

    def _distance(self, phrase: NounPhrase) -> Status:
        """ "chef présumé de Y" keeps its distance."""
        alleging = self.rules.lists["alleging"]
        near = self.tree.lower[phrase.det : phrase.core + 2]
        return Status.ALLEGED if any(word in alleging for word in near) else Status.ASSERTED
