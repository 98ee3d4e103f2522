"""Standing relations: who leads, belongs to, backs, opposes, is stationed or lies where.

Takes an annotated article with its tree, gives `Relation` records. The rules are data of
`relations.yaml`. Nouns and places are read off the order of the words as well as the parse, because
titles, appositions and places in a row are what a parser gets wrong most often in news.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.extract.cast import Cast
from kg.extract.factuality import Cues
from kg.extract.grammar import Clause, Grammar
from kg.extract.nominals import NounPhrase, NounReader
from kg.extract.relation_rules import RelationRule, RelationRules, load_relation_rules
from kg.extract.tree import Tree
from kg.model import (
    Annotation,
    Entity,
    EntityClass,
    Evidence,
    Mention,
    Relation,
    RelationType,
    Status,
)

__all__ = ["RelationReader", "find_relations"]

_GAP = 9
_POLITICAL = ("affiliatedWith", "supportedBy", "rivalOf", "leads", "memberOf")
_BACKED = ("armed", "group", "coalition", "institution", "place", "facility")
_FIRMEST_FIRST = (Status.ASSERTED, Status.ALLEGED, Status.PLANNED, Status.DENIED, Status.NEGATED)


@dataclass(slots=True)
class _Found:
    """A relation in the making; `mentions` grows as the article says it again."""

    type: RelationType
    subject: str
    object: str | None
    post: tuple[str, ...]
    org: str | None
    status: Status
    mentions: list[Evidence] = field(default_factory=list)


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
        self.cues = cues
        self.rules = rules
        self.nouns = NounReader(annotation, tree, grammar, cast, rules)
        self._consumed: set[int] = set()
        self._by_name = {name: e.id for e in annotation.entities for name in e.names}
        self._found: dict[tuple[str, str, str], _Found] = {}
        self._states: dict[str, str] = {
            entity.key or entity.country or "": entity.id
            for entity in annotation.entities
            if entity.cls is EntityClass.STATE
        }

    def read(self) -> tuple[Relation, ...]:
        """Match every rule, token by token, and merge what is said more than once."""
        tree, rules = self.tree, self.rules
        for i in range(len(tree)):
            lemma = tree.lemma[i]
            if lemma in rules.nouns or tree.lower[i] in rules.nouns:
                self._read_noun(i)
            pos = tree.pos[i]
            if pos in ("VERB", "AUX", "ADJ"):
                verb = lemma if lemma in rules.verbs else self._verb(i)
                if verb in rules.verbs:
                    self._read_verb(i, rules.verbs[verb])
            if tree.lower[i] in rules.words:
                self._read_adjective(i, rules.words[tree.lower[i]])
            word = tree.lower[i]
            if word in rules.prefixed:
                self._read_prefix(i, *rules.prefixed[word])
            elif "-" in word:
                self._read_prefix(i, *word.split("-", 1))
        self._read_places()
        return tuple(self._records())

    def _records(self) -> Iterator[Relation]:
        ordered = sorted(self._found.values(), key=lambda found: found.mentions[0].start)
        for number, found in enumerate(ordered, start=1):
            yield Relation(
                id=f"r{number}",
                type=found.type,
                subject=found.subject,
                object=found.object,
                mentions=tuple(found.mentions),
                post=found.post,
                org=found.org,
                status=found.status,
            )

    def _verb(self, i: int) -> str:
        """Give the verb behind a token, participles in every gender and number included."""
        lemma = self.grammar.verb_lemma(i)
        if lemma in self.rules.verbs:
            return lemma
        form = self.tree.lower[i].removesuffix("s").removesuffix("e")
        return self.rules.participles.get(form) or self.grammar.participle_lemma(form)

    # Shapes -----------------------------------------------------------------------------------

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
        k = phrase.complements[0]
        fits = self._fits(k, rule.complement) or self._is_capital(k, rule)
        return k if fits and k != phrase.noun and not self._is_title(phrase, k) else None

    def _read_phrase(self, rule: RelationRule, phrase: NounPhrase) -> bool:
        """Relate the holders of a noun to its complement; tell whether that says it all."""
        complement = self._complement(rule, phrase)
        is_said = False
        for holder, status in self.nouns.holders(phrase, rule):
            if complement is None or (rule.named and not self._is_named(holder)):
                continue
            if rule.type == "locatedIn" and not self._lies(holder, phrase, complement):
                continue
            self._relate(rule, holder, complement, phrase.noun, status)
            is_said = rule.type in ("leads", "memberOf")
        return is_said

    def _read_post(self, rule: RelationRule, phrase: NounPhrase) -> None:
        for holder, status in self.nouns.holders(phrase, rule):
            if self._is_named(holder):
                self._add_post(rule, phrase, holder, status)

    def _relate(
        self, rule: RelationRule, holder: int, complement: int, i: int, status: Status
    ) -> None:
        for other in self.tree.conjuncts(complement):
            ends = (holder, other)
            subject, obj = ends if rule.subject == "holder" else ends[::-1]
            self._add(rule, i, subject, obj, status=status)

    def _lead_by_origin(self, rule: RelationRule, phrase: NounPhrase) -> None:
        """ "le dirigeant nord-coréen X": the adjective says whom he leads."""
        if phrase.origin is None or not rule.origin:
            return
        for holder, status in self.nouns.holders(phrase, rule):
            subject = self.cast.entity(holder)
            if subject is not None and (not rule.named or self._is_named(holder)):
                self._put(
                    rule, phrase.noun, subject, self._state(phrase.origin, phrase.noun), status
                )

    def _lies(self, holder: int, phrase: NounPhrase, complement: int) -> bool:
        """Tell "X, ville de Y" from "la ville de X" and from "la capitale de la province"."""
        mention = self.nouns.covering(holder)
        is_itself = holder == phrase.noun and mention is not None and mention.last > complement
        return self._is_placed(complement) and not is_itself

    def _is_title(self, phrase: NounPhrase, k: int) -> bool:
        """Tell "chef de mission", "chef de police" from "chef de la police": a bare noun."""
        tree = self.tree
        bare = tree.lower[k - 1] in ("de", "d'") and tree.pos[k] == "NOUN"
        return bare and k == phrase.complements[0] and not self._is_named(k)

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
                if self._fits(k, ("state", "institution", "armed", "place"))
                and (entity := self.cast.entity(k)) is not None
            ),
            None,
        )
        if org is None and phrase.origin is not None:
            org = self._state(phrase.origin, phrase.noun)
        names = self.nouns.post_names(phrase)
        key = (rule.type, subject, self.tree.lemma[phrase.noun])
        found = _Found(rule.type, subject, None, names, org, status)
        self._keep(key, found, (phrase.first, phrase.core), rule)

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
        if right is not None and self._fits(left.head, sides) and self._fits(right.head, sides):
            self._add(rule, i, left.head, right.head)

    def _read_verb(self, i: int, rules: Iterable[RelationRule]) -> None:
        clause = self.grammar.clause(i)
        if clause is None:
            return
        for rule in rules:
            if not self._is_form(clause, rule):
                continue
            subject = self._arguments(clause, rule.subject, rule)
            obj = self._arguments(clause, rule.object, rule)
            for left in subject:
                for right in obj:
                    if self._suits(left, rule.subject_classes, rule) and self._suits(
                        right, rule.object_classes, rule, is_object=True
                    ):
                        self._add(rule, i, left, right, status=self._status(i))

    def _arguments(
        self, clause: Clause, functions: str | tuple[str, ...], rule: RelationRule
    ) -> list[int]:
        """Give the tokens in the first of some functions that the clause fills."""
        for function in (functions,) if isinstance(functions, str) else functions:
            found = clause.get(function) or self._misplaced(clause, function, rule)
            if found:
                return [self._through(k) for k in found]
        return []

    def _misplaced(self, clause: Clause, function: str, rule: RelationRule) -> list[int]:
        """Look where a parse may hide an argument.

        "prêter allégeance à X": under the noun. "se sont réclamés": read as a passive. "héberge des
        troupes": read as "de les troupes". "soutenues par X": under the noun they qualify.
        """
        tree = self.tree
        if function.startswith("obl:"):
            prep = function.removeprefix("obl:")
            hidden = [k for k in clause.get("obj") if tree.prep(k) == prep]
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

    def _through(self, i: int) -> int:
        """Look through "une partie du désert", "le nord du Mali" to what is meant."""
        lists = self.rules.lists
        if self.tree.lemma[i] in lists["partitives"] or self._is_direction(i):
            for k in self.tree.kids[i]:
                if self.tree.dep[k] == "nmod" and self.tree.prep(k) == "de":
                    return k
        return i

    def _suits(
        self, i: int, classes: tuple[str, ...], rule: RelationRule, *, is_object: bool = False
    ) -> bool:
        if not self._fits(i, classes) or not self._is_place(i):
            return False
        if is_object and rule.type in ("locatedIn", "stationedAt") and self._is_far(i):
            return False
        if is_object and rule.type == "locatedIn":
            return self._is_placed(i)
        if is_object and rule.type == "stationedAt" and self.tree.has(i, "Number=Plur"):
            return self._is_placed(i)  # "des bases abritant des soldats" says nothing of where
        return not rule.named or is_object or self._is_named(i)

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

    def _read_adjective(self, i: int, rules: Iterable[RelationRule]) -> None:
        tree = self.tree
        for rule in rules:
            complements = [
                k
                for k in tree.kids[i]
                if k > i
                and tree.prep(k) in rule.preps
                and self._fits(k, rule.complement)
                and self._is_place(k)
            ]
            if not complements:
                near = self.nouns.complement_after(i, rule.preps)
                complements = [k for k in near if self._fits(k, rule.complement)]
            if not complements:
                continue
            for holder in self._qualified(i):
                if self._fits(holder, (*rule.holder, "unknown")):
                    for complement in tree.conjuncts(complements[0]):
                        self._add(rule, i, holder, complement, status=self._status(i))

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
            if named is None or holder == i or not self._fits(holder, _BACKED):
                continue
            subject = self.cast.entity(holder)
            if subject is not None:
                self._put(rule, i, subject, named, Status.ASSERTED)

    def _named_by(self, word: str, i: int) -> str | None:
        """Find the entity that "iranien", "Iran", "EI" or "régime" stands for behind a prefix."""
        iso3 = self.rules.origins.get(word)
        if iso3 is not None:
            return self._state(iso3, i)
        word = self.rules.prefix_words.get(word, word)
        for entity in self.annotation.entities:
            if any(name.casefold() == word or _initials(name) == word for name in entity.names):
                return entity.id
        for mention in self.annotation.mentions:
            if self.tree.lemma[mention.head] == word and mention.kind == "nominal":
                return mention.entity or None
        for iso3, name in self.rules.state_names.items():
            if name.casefold() == word:
                return self._state(iso3, i)
        return None

    # Places -----------------------------------------------------------------------------------

    def _read_places(self) -> None:
        """Places and forces side by side: "à X, dans le nord de Y", "X (Y)", "soldats au Mali"."""
        for mention in self.nouns.names_and_nouns:
            if self._is_part_of_place(mention):
                continue
            for rule in self.rules.shaped.get("adjacent", ()):
                if self._fits(mention.head, rule.first) or self._could_lie(mention.head, rule):
                    self._read_adjacent(mention.head, mention.last, rule)
            for rule in self.rules.shaped.get("of", ()):
                if rule.reverse:
                    self._read_whose(mention, rule)
                elif self._fits(mention.head, rule.first) and self._is_named(mention.head):
                    self._read_of(mention.head, mention.last, rule)
            if mention.kind == "name" or self._bears_name(mention):
                self._read_origin(mention.first, mention.head, mention.last)

    def _is_place_noun(self, i: int) -> bool:
        return self.tree.lemma[i] in self.rules.lists["place_nouns"]

    def _is_known_place(self, i: int) -> bool:
        """Tell a place with a name of its own, "la province de Dohar" included."""
        if self._is_named(i):
            return True
        mention = self.nouns.covering(i)
        return mention is not None and self._bears_name(mention)

    def _bears_name(self, mention: Mention) -> bool:
        """Tell "la province de Dohar" from "la province"."""
        inside = range(mention.head + 1, mention.last)
        return self._is_place_noun(mention.head) and any(
            self.tree.pos[k] == "PROPN" for k in inside
        )

    def _is_part_of_place(self, mention: Mention) -> bool:
        """Tell the name in "la province de Dohar": the province is what lies somewhere."""
        around = self.nouns.around(mention.head)
        return (
            around is not None
            and around.cls in (EntityClass.PLACE, EntityClass.FACILITY)
            and around.last == mention.last
            and self._is_place_noun(around.head)
        )

    def _read_adjacent(self, head: int, last: int, rule: RelationRule) -> None:
        if rule.named and not self._is_known_place(head):
            return
        found = self._after_gap(last, rule)
        if found is None:
            return
        second, trigger = found
        if self._is_origin_of_move(head, last):
            return
        if rule.link is not None:
            linked = self.tree.dep[second] == rule.link and self.tree.head[second] == head
            if not linked or not self._is_placed(second):
                return
        elif self._is_within_city(second):
            self._add(rule, trigger, second, head)
            return
        elif self._is_wider(head, second) or not self._is_placed(second):
            return
        for first in self._coordinated(head) if rule.named else [head]:
            if self._fits(first, rule.first) or self._could_lie(first, rule):
                self._add(rule, trigger, first, second)

    def _could_lie(self, i: int, rule: RelationRule) -> bool:
        """Tell that a name of unknown class stands where a place would ("à Levens, dans …")."""
        if not rule.named or "unknown" not in self.nouns.kinds(i):
            return False
        first = self.tree.first_conjunct(i)
        return self.tree.prep(first) == "à" and (first == i or self._fits(first, rule.first))

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
            if mention is not None and not self._is_direction(mention.head):
                fits = self._fits(mention.head, rule.second) and self._is_place(mention.head)
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

    def _is_place(self, i: int) -> bool:
        return self.tree.lemma[i] not in self.rules.lists["no_places"]

    def _is_direction(self, i: int) -> bool:
        return self.tree.lower[i] in self.rules.lists["directions"]

    def _is_placed(self, i: int) -> bool:
        """Tell that a wider place is known by name or by its state ("en territoire nigérian")."""
        mention = self.nouns.covering(i)
        has_country = mention is not None and mention.country is not None
        return has_country or self._is_known_place(i)

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

    def _read_whose(self, mention: Mention, rule: RelationRule) -> None:
        """ "les Forces de soutien du général X": X leads them."""
        tree = self.tree
        if mention.kind != "name" or not self._fits(mention.head, rule.second):
            return
        starts_with_of = tree.lower[mention.first] in self.rules.lists["of"]
        of = mention.first if starts_with_of else mention.first - 1
        if of < 1 or tree.lower[of] not in self.rules.lists["of"]:
            return
        around = self.nouns.around(mention.head)
        before = of - 1 if tree.lower[of - 1] == ")" else of
        owner = self.nouns.ending_before(before) if around is None else around.head
        if owner is not None and owner < of and self._is_force(owner):
            self._add(rule, of, mention.head, owner)

    def _is_force(self, i: int) -> bool:
        """Tell "l'armée", "les forces" from people who bear arms ("les soldats de X")."""
        kinds = self.nouns.kinds(i)
        return not kinds.isdisjoint(("armed", "group")) and "people" not in kinds

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
                    self._put(rule, k - 1, subject, entity.id, Status.ASSERTED)
                return
            has_name = has_name or tree.pos[k] == "PROPN"

    def _read_origin(self, first: int, head: int, last: int) -> None:
        """ "la ville irakienne de Dohar": the adjective before the name says in which state."""
        tree, lists = self.tree, self.rules.lists
        i = first - 1
        if self._is_place_noun(head):
            i = head + 1
        while i > 0 and i < first and tree.lower[i] in (lists["of"] | lists["articles"]):
            i -= 1
        if not 0 < i < last or not self._is_place_noun(i - 1):
            return
        iso3 = self.rules.origins.get(tree.lower[i])
        subject = self.cast.entity(head)
        if iso3 is None or subject is None:
            return
        state = self._state(iso3, i)
        for rule in self.rules.shaped.get("origin", ()):
            if self._fits(head, ("place", "facility", "name")):
                self._put(rule, i, subject, state, Status.ASSERTED)

    # Ends -------------------------------------------------------------------------------------

    def _fits(self, i: int, classes: tuple[str, ...]) -> bool:
        if not classes or not self.nouns.kinds(i).isdisjoint(classes):
            return True
        if "armed" not in classes or "people" not in self.nouns.kinds(i):
            return False
        return self.tree.lemma[i] in self.rules.armed_nouns

    def _is_capital(self, i: int, rule: RelationRule) -> bool:
        """Tell a capital that stands for its state ("allié de Damas")."""
        return (
            rule.type in _POLITICAL
            and self.tree.text[i] in self.rules.capitals
            and "place" in self.nouns.kinds(i)
        )

    def _is_named(self, i: int) -> bool:
        return self.nouns.is_named(i)

    def _state(self, iso3: str, i: int) -> str:
        """Give the entity of a state that only an adjective speaks of, made if need be."""
        held = self._states.get(iso3)
        if held is not None:
            return held
        name = self.rules.state_names.get(iso3, iso3)
        entity = Entity(
            id=f"s{iso3}",
            cls=EntityClass.STATE,
            names=(name,),
            key=iso3,
            country=iso3,
            mentions=(self.cast.quote(i, i + 1, "origin"),),
        )
        self.cast.extra[entity.id] = self.cast.entities[entity.id] = entity
        self._states[iso3] = entity.id
        return entity.id

    def _status(self, i: int) -> Status:
        """Read negation, hearsay conditional and distancing words around a verb or adjective."""
        tree = self.tree
        status = Status.ASSERTED
        words = {tree.lower[k] for k in tree.kids[i]}
        if "pas" in words or (("ne" in words or "n'" in words) and "jamais" in words):
            return Status.NEGATED
        finite = [i, *(k for k in tree.kids[i] if tree.dep[k].startswith(("aux", "cop")))]
        if any(tree.has(k, "Mood=Cnd") for k in finite) or words & self.cues["alleging"]:
            status = Status.ALLEGED
        return status

    def _add(
        self, rule: RelationRule, i: int, left: int, right: int, *, status: Status = Status.ASSERTED
    ) -> None:
        subject, obj = self._end(left, rule), self._end(right, rule)
        if subject is not None and obj is not None:
            self._put(rule, i, subject, obj, status)

    def _end(self, i: int, rule: RelationRule) -> str | None:
        """Give a token's entity; "en territoire nigérian" is Nigeria, Damascus as an ally Syria."""
        mention = self.nouns.covering(i)
        is_land = self.tree.lemma[i] in self.rules.lists["lands"] and not self._is_named(i)
        if is_land and mention is not None and mention.country is not None:
            return self._state(mention.country, i)
        if self._is_capital(i, rule):
            return self._state(self.rules.capitals[self.tree.text[i]], i)
        return self.cast.entity(i)

    def _put(self, rule: RelationRule, i: int, subject: str, obj: str, status: Status) -> None:
        if subject != obj:
            found = _Found(rule.type, subject, obj, (), None, status)
            self._keep((rule.type, subject, obj), found, (i, i + 1), rule)

    def _keep(
        self, key: tuple[str, str, str], found: _Found, trigger: tuple[int, int], rule: RelationRule
    ) -> None:
        held = self._found.setdefault(key, found)
        held.mentions.append(self.cast.quote(*trigger, rule.id))
        if _FIRMEST_FIRST.index(found.status) < _FIRMEST_FIRST.index(held.status):
            held.status = found.status
        held.post = tuple(dict.fromkeys((*held.post, *found.post)))
        held.org = held.org or found.org


def _initials(name: str) -> str:
    """Give the first letters of a name's words, unaccented: "État islamique" is "ei"."""
    letters = "".join(word[0] for word in name.split() if len(word) > 2)
    return unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode().lower()
