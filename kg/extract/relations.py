"""Standing relations: who leads, belongs to, backs, opposes, is stationed or lies where.

Takes an annotated article with its tree, gives `Relation` records. The rules are data of
`relations.yaml`. Nouns and places are read off the order of the words as well as the parse, because
titles, appositions and places in a row are what a parser gets wrong most often in news.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from kg.extract.cast import Cast
from kg.extract.factuality import Cues
from kg.extract.grammar import Grammar
from kg.extract.ledger import Found, Ledger
from kg.extract.nominals import NounPhrase, NounReader
from kg.extract.places import PlaceReader
from kg.extract.relation_rules import RelationRule, RelationRules, load_relation_rules
from kg.extract.tree import Tree
from kg.extract.verb_relations import VerbReader
from kg.model import (
    Annotation,
    Relation,
    Status,
)

__all__ = ["RelationReader", "find_relations"]

# What these say of their holder is no post besides.
_SAYING = ("leads", "memberOf", "deputyOf")
_BACKED = ("armed", "group", "coalition", "institution", "place", "facility")


def find_relations(
    annotation: Annotation,
    tree: Tree,
    grammar: Grammar,
    *,
    cast: Cast,
    cues: Cues,
    lang: str = "fr",
) -> tuple[Relation, ...]:
    """Find the standing relations an article states, each once, in text order.

    Entity ids are those of `annotation.entities` and of `cast.extra`, which may grow.
    """
    reader = RelationReader(annotation, tree, grammar, cast, cues, load_relation_rules(lang))
    return reader.read()


class RelationReader:
    """Reads the relations of one article."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        grammar: Grammar,
        cast: Cast,
        cues: Cues,
        rules: RelationRules,
    ) -> None:
        self.annotation = annotation
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        lists = {**rules.lists, "alleging": cues["alleging"]}
        self.rules = rules = replace(rules, lists=lists)
        self.nouns = NounReader(annotation, tree, grammar, cast, rules)
        self.ledger = Ledger(annotation, tree, cast, rules, self.nouns)
        self.verbs = VerbReader(grammar, self.ledger)
        self._consumed: set[int] = set()
        # the states that words of origin speak of, those of the article's own lands too
        self._origin_at = {
            m.first: m.entity for m in annotation.mentions if m.rule == "origin" and m.entity
        }

    def read(self) -> tuple[Relation, ...]:
        """Match every rule, token by token, and merge what is said more than once."""
        tree, rules = self.tree, self.rules
        for i in range(len(tree)):
            lemma = tree.lemma[i]
            if self.nouns.entries(i):
                self._read_noun(i)
            pos = tree.pos[i]
            if pos in ("VERB", "AUX", "ADJ"):
                verb = lemma if lemma in rules.verbs else self.verbs.lemma(i)
                if verb in rules.verbs:
                    self.verbs.read(i, rules.verbs[verb])
            if tree.lower[i] in rules.words:
                self._read_adjective(i, rules.words[tree.lower[i]])
            word = tree.lower[i]
            if word in rules.prefixed:
                self._read_prefix(i, *rules.prefixed[word])
            elif "-" in word:
                self._read_prefix(i, *word.split("-", 1))
        PlaceReader(self.annotation, self.ledger).read()
        return tuple(self.ledger.records())

    def _read_noun(self, i: int) -> None:
        """A noun that says what its holder is to its complement."""
        if i in self._consumed:
            return  # "ministre" of "premier ministre", "général" of "secrétaire général"
        is_said = False
        for rule, phrase in self.nouns.phrases(i):
            self._consumed.update(range(i, phrase.core))
            if rule.shape == "between":
                self._read_between(i, rule)
            elif rule.post:
                if not is_said:  # "chef du Front" is no post beside the lead it says
                    self._read_post(rule, phrase)
            elif self._complement(rule, phrase) is None:
                self._lead_by_origin(rule, phrase)
            else:
                is_said |= self._read_phrase(rule, phrase)

    def _complement(self, rule: RelationRule, phrase: NounPhrase) -> int | None:
        """Give the first complement if it is of the rule's classes."""
        if not phrase.complements:
            return None
        k = self.verbs.through(phrase.complements[0])
        fits = self.ledger.fits(k, rule.complement) or self.ledger.is_capital(k, rule)
        is_office = self.tree.lower[k] in self.rules.lists["offices"]
        if rule.type == "leads" and is_office and "armed" not in self.nouns.kinds(k):
            return None
        return k if fits and k != phrase.noun and not self._is_title(phrase, k) else None

    def _read_phrase(self, rule: RelationRule, phrase: NounPhrase) -> bool:
        """Relate the holders of a noun to its complement; tell whether that says it all."""
        complement = self._complement(rule, phrase)
        holders = self.nouns.holders(phrase, rule)
        is_said = False
        if complement is not None and not holders:
            self._ally_by_origin(rule, phrase, complement)
        for holder, status in holders:
            if complement is None or (rule.alleged and status is not Status.ALLEGED):
                continue
            if rule.named and not self.nouns.is_named(holder):
                continue
            if rule.type == "locatedIn" and not self._lies(holder, phrase, complement):
                continue
            self._relate(rule, holder, complement, phrase.noun, status)
            is_said = rule.type in _SAYING
        return is_said

    def _read_post(self, rule: RelationRule, phrase: NounPhrase) -> None:
        for holder, status in self.nouns.holders(phrase, rule):
            if self.nouns.is_named(holder):
                self._add_post(rule, phrase, holder, status)

    def _relate(
        self, rule: RelationRule, holder: int, complement: int, i: int, status: Status
    ) -> None:
        for other in self.tree.conjuncts(complement):
            ends = (holder, other)
            subject, obj = ends if rule.subject == "holder" else ends[::-1]
            self.ledger.add(rule, i, subject, obj, status=status)

    def _lead_by_origin(self, rule: RelationRule, phrase: NounPhrase) -> None:
        """ "le dirigeant nord-coréen X": the adjective says whom he leads."""
        if phrase.origin is None or not rule.origin:
            return
        state = self.ledger.state(phrase.origin, phrase.noun)
        for holder, status in self.nouns.holders(phrase, rule):
            subject = self.cast.entity(holder)
            if subject is not None and (not rule.named or self.nouns.is_named(holder)):
                self.ledger.put(rule, phrase.noun, subject, state, status)

    def _ally_by_origin(self, rule: RelationRule, phrase: NounPhrase, complement: int) -> None:
        """ "Damas et son allié russe": the adjective says who the ally is."""
        if phrase.origin is None or rule.type != "affiliatedWith":
            return
        owner = self.cast.entity(complement)
        if owner is not None:
            state = self.ledger.state(phrase.origin, phrase.noun)
            self.ledger.put(rule, phrase.noun, state, owner, Status.ASSERTED)

    def _lies(self, holder: int, phrase: NounPhrase, complement: int) -> bool:
        """Tell "X, ville de Y" from "la ville de X" and from "la capitale de la province"."""
        mention = self.nouns.covering(holder)
        is_itself = holder == phrase.noun and mention is not None and mention.last > complement
        return self.ledger.is_placed(complement) and not is_itself

    def _is_title(self, phrase: NounPhrase, k: int) -> bool:
        """Tell "chef de mission", "chef de police" from "chef de la police": a bare noun."""
        tree = self.tree
        bare = tree.lower[k - 1] in ("de", "d'") and tree.pos[k] == "NOUN"
        return bare and k == phrase.complements[0] and not self.nouns.is_named(k)

    def _add_post(
        self, rule: RelationRule, phrase: NounPhrase, holder: int, status: Status
    ) -> None:
        subject = self.cast.entity(holder)
        if subject is None:
            return
        org = next(
            (
                entity
                for k in phrase.complements
                if self.ledger.fits(k, ("state", "institution", "armed", "place"))
                and (entity := self.cast.entity(k)) is not None
            ),
            None,
        )
        if org is None and phrase.origin is not None:
            org = self.ledger.state(phrase.origin, phrase.noun)
        names = self._post_names(phrase)
        key = (rule.type, subject, self.tree.lemma[phrase.noun])
        found = Found(rule.type, subject, None, names, org, status)
        self.ledger.keep(key, found, (phrase.first, phrase.core), rule)

    def _post_names(self, phrase: NounPhrase) -> tuple[str, ...]:
        """Name a post in the forms a reader would use, the fullest first, the bare noun last."""
        tree, lists = self.tree, self.rules.lists
        first = phrase.first
        while first < phrase.noun and tree.lower[first] in lists["not_of_post"]:
            first += 1
        ends = [phrase.last]
        for k in range(phrase.last - 1, phrase.core, -1):
            if tree.lower[k] in lists["of"] or tree.lower[k] in ("à", "au", "aux", "pour"):
                ends.append(k)
        ends.append(phrase.core)
        names: list[str] = []
        for end in ends:
            tokens = range(first, end)
            names.append(self._text([k for k in tokens if tree.lower[k] not in self.rules.origins]))
            names.append(self._text(tokens))
        if first == phrase.noun:
            names.append(tree.text[first])
        if tree.has(phrase.noun, "Number=Plur"):  # "l'un de ses conseillers, X"
            names.append(tree.lemma[phrase.noun])
        return tuple(dict.fromkeys(name for name in names if name))

    def _text(self, tokens: range | list[int]) -> str:
        """Join tokens as French writes them: no space after an apostrophe."""
        return " ".join(self.tree.text[k] for k in tokens).replace("' ", "'").replace("’ ", "’")

    def _read_between(self, i: int, rule: RelationRule) -> None:
        """ "les tensions entre A et B": both are rivals."""
        tree, j = self.tree, i + 1
        while j < len(tree) and tree.pos[j] == "ADJ":
            j += 1
        if tree.lower[j : j + 1] != ["entre"]:
            return
        left = self.nouns.starting_near(j + 1)
        if left is None or tree.lower[left.last : left.last + 1] != ["et"]:
            return
        right = self.nouns.starting_near(left.last + 1)
        sides = ("human", "unknown")
        if (
            right is not None
            and self.ledger.fits(left.head, sides)
            and self.ledger.fits(right.head, sides)
        ):
            self.ledger.add(rule, i, left.head, right.head)

    def _read_adjective(self, i: int, rules: Iterable[RelationRule]) -> None:
        tree = self.tree
        for rule in rules:
            parsed = [k for k in tree.kids[i] if k > i and tree.prep(k) in rule.preps]
            complements = [
                whole
                for k in (*parsed, *self.nouns.complement_after(i, rule.preps))
                if self.ledger.fits(whole := self.verbs.through(k), rule.complement)
                and self.ledger.is_place(k)
            ]
            if not complements:
                continue
            for holder in self._qualified(i):
                if self.ledger.fits(holder, (*rule.holder, "unknown")):
                    for complement in tree.conjuncts(complements[0]):
                        self.ledger.add(rule, i, holder, complement, status=self.verbs.status(i))

    def _qualified(self, i: int) -> list[int]:
        """Find what an adjective says something of."""
        tree = self.tree
        subjects = tree.children(i, "nsubj", "nsubj:pass")
        if subjects:
            return [self._antecedent(i, subjects[0])]
        if tree.dep[i] in ("amod", "acl", "appos", "nmod") and tree.head[i] != i:
            return [tree.head[i]]
        if tree.dep[i] in ("xcomp", "advcl", "conj", "obl:mod", "parataxis") and tree.head[i] != i:
            clause = self.grammar.clause(tree.head[i])
            if clause is not None:
                return clause.get("obj" if clause.is_passive else "subj")[:1]
        before = self.nouns.ending_before(i)
        return [] if before is None else [before]

    def _antecedent(self, i: int, subject: int) -> int:
        relative = self.tree.lower[subject] in ("qui", "dont")
        return self.tree.head[i] if relative and self.tree.dep[i] == "acl:relcl" else subject

    def _read_prefix(self, i: int, prefix: str, rest: str) -> None:
        """ "pro-iranien", "anti-EI": whom they name backs the noun they qualify, or is its rival.

        Demonstrators and voters are for or against; nobody backs them.
        """
        for rule in self.rules.shaped.get("prefix", ()):
            if prefix not in rule.prefixes:
                continue
            named = self._named_by(rest, i)
            around = self.nouns.around(i)
            before = self.nouns.ending_before(i) if around is None else around.head
            holder = self.tree.head[i] if before is None else before
            if named is None or holder == i or not self.ledger.fits(holder, _BACKED):
                continue
            if self._is_passing(holder):
                continue
            subject = self.cast.entity(holder)
            if subject is not None:
                self.ledger.put(rule, i, subject, named, Status.ASSERTED)

    def _is_passing(self, i: int) -> bool:
        """Tell "dominée par des factions pro-Iran": who they are is no concern of the article."""
        tree = self.tree
        if tree.dep[i] not in ("obl:agent", "nmod") or not tree.has(i, "Number=Plur"):
            return False
        determiners = [k for k in tree.kids[i] if tree.dep[k] in ("det", "nummod")]
        return all(tree.lower[k] in self.rules.lists["bare"] for k in determiners)

    def _named_by(self, word: str, i: int) -> str | None:
        """Find the entity that "iranien", "Iran", "EI" or "régime" stands for behind a prefix."""
        iso3 = self.rules.origins.get(word)
        if iso3 is not None:
            return self.ledger.state(iso3, i)
        named = self._origin_at.get(i)
        if named is not None:
            return named
        word = self.rules.prefix_words.get(word, word)
        for entity in self.annotation.entities:
            if any(name.casefold() == word or _initials(name) == word for name in entity.names):
                return entity.id
        for mention in self.annotation.mentions:
            if self.tree.lemma[mention.head] == word and mention.kind == "nominal":
                return mention.entity or None
        for iso3, name in self.rules.state_names.items():
            if name.casefold() == word:
                return self.ledger.state(iso3, i)
        return None


def _initials(name: str) -> str:
    """Give the first letters of a name's words, unaccented: "État islamique" is "ei"."""
    letters = "".join(word[0] for word in name.split() if len(word) > 2)
    return unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode().lower()
