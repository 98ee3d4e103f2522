"""Whom a speech act is aimed at, where no argument of its verb says so.

Takes speech acts with their contents, adds targets. A demand is made of whoever is to do what is
demanded ("exige le retrait des forces étrangères"), a threat of whoever would suffer it, a
condemnation and an accusation fall on the author that they name with the deed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part
from kg.extract.factuality import Cues
from kg.extract.grammar import Grammar
from kg.extract.tree import Tree

__all__ = ["AddresseeReader"]

_TO = frozenset({"obl:à", "iobj", "obl:auprès de", "nmod:à"})
_OF_DEEDS = frozenset({"nmod", "obl:agent", "obl:arg", "obl:mod"})
_DEEP = 4  # how far below an object its author may stand
_CLOSE = 8  # how far from its verb a relative pronoun may stand, and its antecedent from it
_TO_WHOM = frozenset({"auquel", "auxquels", "auxquelles"})
_WHOM = frozenset({"qui", "laquelle"})
_SELF = frozenset({"se", "s'"})
_MUTUAL = frozenset({"mutuellement", "réciproquement"})
_SOMEBODY = frozenset({"human"})
_HIT = frozenset({"human", "facility", "equipment", "place"})
_DOERS = frozenset({"auteur", "coupable"})
_GIVEN = frozenset({"aide", "sanction", "coopération", "financement", "livraison"})
_SUFFERED = frozenset({"Attack", "Offensive", "Sanction", "Arrest", "Seizure"})


class AddresseeReader:
    """Adds targets to speech acts; `negative` are the determiners of "aucun groupe"."""

    def __init__(self, tree: Tree, grammar: Grammar, cast: Cast, cues: Cues) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.negative = cues["negative_determiners"]
        self.own = cues["own_side"]

    def read(self, speech: Draft, contents: Sequence[Draft], quoted: int | None = None) -> None:
        """Complete one speech act, or a delivery of aid, with whom it goes to.

        `quoted` is the head of the words that its verb stands behind.
        """
        if speech.type == "Sanction":
            speech.targets = [p for p in speech.targets if not self._is_beside(speech, p.token)]
        speech.agents = [p for p in speech.agents if not self._is_nobody(p.token)]
        if speech.type in ("Demand", "Aid", "Threat") or self._is_cut(speech):
            self._move_receivers(speech)
        self._turn_suffered(speech)
        if not speech.agents:
            self._find_agents(speech)
        if speech.type == "Accusation":
            self._turn_recipient(speech)
            self._drop_things(speech)
        if speech.targets or speech.type in ("Denial", "ClaimOfResponsibility"):
            return
        if speech.type == "Accusation" and self._is_mutual(speech):
            speech.targets = [Part(token=p.token, entity=p.entity) for p in speech.agents]
            return
        finders = {
            "Demand": self._bidden,
            "Threat": self._threatened,
        }
        find = finders.get(speech.type)
        if find is not None:
            found = find(speech, contents)
        elif speech.type in ("Condemnation", "Accusation"):
            found = self._blamed(speech, contents, quoted)
        else:
            return
        speakers = {p.entity for p in speech.agents}
        for token in found:
            entity = self.cast.entity(token)
            if entity is None or entity in speakers:
                continue
            is_capital = speech.type == "Accusation" and self._is_capital(token)
            who = _HIT if speech.type == "Threat" else _SOMEBODY
            if not (is_capital or self.cast.classes(token) & who):
                continue
            if speech.type == "Demand" and self.tree.lemma[token] in _DOERS:
                continue  # "que ses auteurs rendent des comptes": they are not who is asked
            if all(p.entity != entity for p in speech.targets):
                speech.targets.append(Part(token=token, entity=entity))

    def _turn_suffered(self, speech: Draft) -> None:
        """Read "les rebelles se sont vu reprocher par l'ONU": who sees it done undergoes it."""
        tree, clause = self.tree, speech.trigger.clause
        up = tree.head[speech.token]
        if clause is None or not clause.is_infinitive or tree.lemma[up] != "voir":
            return
        near = (*tree.kids[up], *tree.kids[speech.token])
        if tree.dep[speech.token] != "xcomp" or not any(tree.lower[k] in _SELF for k in near):
            return
        speech.targets = [Part(token=p.token, entity=p.entity) for p in speech.agents]
        speech.agents = []

    def _find_agents(self, speech: Draft) -> None:
        """Find who speaks where the parser hung him elsewhere: "pointé du doigt par l'ONU"."""
        tree, i = self.tree, speech.token
        if speech.trigger.clause is None:
            return
        struck = {p.entity for p in speech.targets}
        own = [t for t in speech.trigger.clause.get("subj") if self.cast.entity(t) not in struck]
        told = [] if own else self._below(i)  # a verb with a subject has its speaker
        found = [k for k in told if k > i and tree.prep(k) == "par"]
        if not found and tree.dep[i] != "acl:relcl" and i > 2:  # "le Pakistan, qui dément, …"
            who = [k for k in tree.children(i, "nsubj") if tree.lower[k] == "qui" and k > 1]
            found = [k - 2 for k in who if tree.text[k - 1] == ","]
        for k in found:
            entity = self.cast.entity(k)
            if entity is not None and self.cast.is_a(k, "human"):
                speech.agents.append(Part(token=k, entity=entity))
                speech.targets = [p for p in speech.targets if p.entity != entity]
                return

    def _turn_recipient(self, speech: Draft) -> None:
        """Read "l'Iran, auquel Washington attribue l'attaque": who stands before is accused."""
        tree, i = self.tree, speech.token
        for k in range(max(0, i - _CLOSE), i):
            is_to = tree.lower[k] in _TO_WHOM or (
                tree.lower[k] in _WHOM and tree.lower[k - 1] == "à"
            )
            if not is_to or i not in (tree.head[k], tree.head[tree.head[k]]):
                continue
            before = [j for j in range(max(0, k - _CLOSE), k) if self.cast.is_a(j, "human")]
            entity = self.cast.entity(before[-1]) if before else None
            if entity is not None:
                speech.agents = [p for p in speech.agents if p.entity != entity]
                speech.targets = [Part(token=before[-1], entity=entity)]

    def _drop_things(self, speech: Draft) -> None:
        """Leave out of the accused what is nobody, where somebody is pointed at."""
        if any(self.cast.is_a(p.token, "human") for p in speech.targets):
            return
        pointed = self._pointed(speech)
        if any(self.cast.is_a(k, "human") or self._is_capital(k) for k in pointed):
            speech.targets = []

    def _is_capital(self, token: int) -> bool:
        """Tell a town that may stand for its government ("sur le compte d'Ankara")."""
        return self.tree.pos[token] == "PROPN" and self.cast.is_a(token, "place")

    def _is_beside(self, speech: Draft, token: int) -> bool:
        """Tell what is joined to a word of the phrase ("suspendu son aide et sa coopération")."""
        return self.tree.dep[token] == "conj" and self.tree.head[token] in speech.trigger.words

    def _is_cut(self, speech: Draft) -> bool:
        """Tell a sanction on what somebody is given ("suspendre son aide au Niger")."""
        words = {self.tree.lemma[w] for w in speech.trigger.words}
        return speech.type == "Sanction" and not speech.targets and bool(words & _GIVEN)

    def _is_nobody(self, token: int) -> bool:
        """Tell "aucun groupe n'a revendiqué": the subject is nobody."""
        tree = self.tree
        return tree.lower[token] in self.negative or any(
            tree.lower[k] in self.negative for k in tree.kids[token] if k < token
        )

    def _is_mutual(self, speech: Draft) -> bool:
        clause = speech.trigger.clause
        if clause is None or not clause.is_reflexive:
            return False
        is_plural = len(speech.agents) > 1 or "Number=Plur" in self.tree.morph[clause.verb]
        return is_plural or any(self.tree.lower[k] in _MUTUAL for k in self.tree.kids[clause.verb])

    def _move_receivers(self, speech: Draft) -> None:
        """Make "à Téhéran" whom it is said to: behind other verbs it says where."""
        clause = speech.trigger.clause
        arguments = list(clause.arguments) if clause else []
        others = {n for n, r in speech.trigger.frame.overrides if r in ("about", "ignore")}
        tokens = [
            t for name, t in arguments if name in _TO - others and not self.tree.is_fronted(t)
        ]
        if speech.type == "Aid":
            tokens += self._receivers_below(speech)
        elif speech.type == "Sanction":
            tokens = [t for t in self._receivers_below(speech) if self.cast.is_a(t, "state")]
            tokens += [k for k in self._below(speech.token) if self.tree.prep(k) == "avec"]
        for token in tokens:
            entity = self.cast.entity(token)
            is_capital = speech.type == "Demand" and self.tree.pos[token] == "PROPN"
            if entity is None or not (is_capital or self.cast.is_a(token, "human")):
                continue
            if token in speech.places:
                speech.places.remove(token)
            if all(p.entity != entity for p in (*speech.targets, *speech.agents)):
                speech.targets.append(Part(token=token, entity=entity))

    def _receivers_below(self, speech: Draft) -> Iterator[int]:
        """Find "à l'Ukraine" where the parser hung it from what is given."""
        for k in self._below(speech.token):
            if self.tree.dep[k] in ("nmod", "obl:arg", "obl:mod") and k > speech.token:
                if self.tree.prep(k) in ("à", "pour", "en faveur de"):
                    yield from self.tree.conjuncts(k)

    def _bidden(self, speech: Draft, contents: Sequence[Draft]) -> Iterator[int]:
        clause = speech.trigger.clause
        triggers = {c.token for c in contents}
        for noun in clause.get("obj") if clause else ():
            if noun not in triggers:  # "a demandé des explications à Ankara"
                preps = ("à", "de") if self.cast.is_new(noun) else ("à",)  # "une enquête de l'ONU"
                yield from (k for k in self.tree.kids[noun] if self.tree.prep(k) in preps)
        for content in contents[:1]:
            # "le départ du président" asks it of him; "le départ des troupes" only names them
            asked = [
                p.token
                for p in content.agents
                if content.trigger.is_verb
                or self.cast.is_a(p.token, "person")
                or self.cast.is_new(content.token)
            ]
            yield from (t for t in asked if self.tree.sent[t] == self.tree.sent[speech.token])
        yield from self._subjects_below(speech, passive=False)

    def _threatened(self, speech: Draft, contents: Sequence[Draft]) -> Iterator[int]:
        beside = [k for k in self._beside(speech) if self.cast.is_a(k, "human")]
        if beside:  # "a mis en garde Israël"
            yield from beside
            return
        hit = [p for c in contents[:1] if c.type in _SUFFERED for p in c.targets]
        yield from (p.token for p in hit if self._is_near(p, speech))
        if not hit:
            below = list(self._below(speech.token))
            # "contre nos deux pays": that is where the threat comes from
            theirs = [k for k in below if not self._is_owned(k)]
            against = [k for k in theirs if self.tree.prep(k) == "contre"]
            if not against:  # "menace de suspendre son aide au Rwanda"
                against = [k for k in below if self._is_cut_off(k)]
            goals = against or list(self._subjects_below(speech))
            yield from (k for k in goals if self.cast.is_a(k, "human"))

    def _is_owned(self, token: int) -> bool:
        """Tell "leurs deux pays" and "nos forces": those who speak, not those they threaten."""
        tree = self.tree
        owned = any("Poss=Yes" in tree.morph[k] for k in tree.kids[token])
        return owned and tree.lemma[token] in self.own

    def _blamed(
        self, speech: Draft, contents: Sequence[Draft], quoted: int | None
    ) -> Iterator[int]:
        near = [c for c in contents if c.token in self._told(speech)]
        if speech.type == "Accusation":
            pointed = list(self._pointed(speech))
            yield from pointed
            if pointed:
                return
        named = [p for c in near[:1] for p in c.agents if self._is_near(p, speech)]
        yield from (p.token for p in named)
        if speech.type == "Accusation" and not named and quoted is not None:
            yield from self._subjects_in(quoted)
            return
        clause = speech.trigger.clause
        if named or clause is None or speech.type != "Condemnation":
            return
        triggers = {c.token for c in contents}
        for noun in clause.get("obj"):
            if noun in triggers:  # "dénoncé des arrestations de ministres": they suffered it
                continue
            for k in self.tree.kids[noun]:
                if self.tree.dep[k] == "nmod" and self.tree.prep(k) in ("de", "par"):
                    yield k

    def _subjects_in(self, quoted: int) -> Iterator[int]:
        """Find whom the words blame: "« Ce tir prouve que Moscou veut la guerre », a accusé …"."""
        inner = [quoted, *self.tree.children(quoted, "ccomp")]
        subjects = [t for k in inner for t in self.tree.children(k, "nsubj")]
        yield from (t for t in subjects if self.cast.is_a(t, "human"))

    def _pointed(self, speech: Draft) -> Iterator[int]:
        """Find the accused where the parser hung them from another word of the phrase.

        "Pointer du doigt Israël", "imputée par l'armée aux rebelles".
        """
        tree = self.tree
        overrides = speech.trigger.frame.overrides
        aims = {n[4:] for n, role in overrides if role == "target" and n.startswith("obl:")}
        for k in self._below(speech.token):
            if k > speech.token and tree.prep(k) in aims and tree.dep[k] in _OF_DEEDS:
                yield from tree.conjuncts(k)
        yield from self._beside(speech)

    def _beside(self, speech: Draft) -> Iterator[int]:
        """Find bare nouns that the parser hung from an inner word of a phrase."""
        tree = self.tree
        for word in speech.trigger.words:
            if word == speech.token:
                continue
            for k in tree.kids[word]:
                if k > word and tree.dep[k] in ("nmod", "appos", "obj") and not tree.prep(k):
                    yield k

    def _told(self, speech: Draft) -> set[int]:
        """Give the tokens under a speech act, or all of its sentence where it stands behind."""
        first, last = self.tree.sents[self.tree.sent[speech.token]]
        return set(range(first, last))

    def _is_cut_off(self, token: int) -> bool:
        """Tell who gets what is given: "à" below a noun of giving."""
        tree = self.tree
        is_given = any(tree.lemma[k] in _GIVEN for k in tree.ancestors(token))
        return is_given and tree.prep(token) == "à" and self.cast.is_a(token, "state")

    def _subjects_below(self, speech: Draft, *, passive: bool = True) -> Iterator[int]:
        """Find who is to do it: "exige que les provocations de Pyongyang cessent", "si X …"."""
        tree = self.tree
        for k in tree.kids[speech.token]:
            if tree.dep[k] not in ("ccomp", "advcl", "xcomp"):
                continue
            if tree.dep[k] == "advcl" and not any(
                tree.lower[m] in ("si", "s'") for m in tree.kids[k]
            ):
                continue
            labels = ("nsubj", "nsubj:pass") if passive else ("nsubj",)
            for subject in tree.children(k, *labels):
                if self.cast.is_a(subject, "human"):
                    yield from tree.conjuncts(subject)
                    continue
                owners = [c for c in tree.children(subject, "nmod") if tree.prep(c) == "de"]
                yield from owners

    def _below(self, i: int) -> Iterator[int]:
        """Walk down from a token, a few steps, nearest first."""
        level = [i]
        for _ in range(_DEEP):
            level = [k for j in level for k in self.tree.kids[j]]
            yield from level

    def _is_near(self, part: Part, speech: Draft) -> bool:
        return self.tree.sent[part.token] == self.tree.sent[speech.token]
