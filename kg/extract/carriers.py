"""What the words around an event noun say of its sides: the verbs and nouns that carry it.

Takes a draft with a noun trigger and gives it participants: the subject of a light verb ("mener un
raid contre"), whoever undergoes ("subir une attaque", "faire l'objet de sanctions"), its authors
("responsable de l'attaque"), both sides of a fight ("opposer A à B"), and whom it is laid on
("imputé à X").
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.filling import Filler
from kg.extract.grammar import Clause, Constructions, Grammar
from kg.extract.kinds import ARMED
from kg.extract.tree import Tree
from kg.extract.triggers import Trigger, noun_arguments
from kg.model import Status

__all__ = ["CarrierReader"]

_TARGET_PREPS = ("obl:contre", "obl:sur")
_ENDINGS = ("obl:après", "obl:lors de", "obl:à la suite de", "obl:avant", "obl:au cours de",
            "obl:à l'issue de", "obl:au terme de", "obl:durant", "obl:pendant")  # fmt: skip
_AMIDST = ("obl:dans", "obl:lors de", "obl:au cours de", "obl:pendant", "obl:durant")
_VENUES = ("obl:en", "obl:à", "obl:pour", "obl:lors de")
_VERBAL = ("VERB", "AUX", "ADJ", "NOUN")


class CarrierReader:
    """Reads carriers; `by_token` are the article's triggers, `filler` puts tokens into roles."""

    def __init__(
        self,
        tree: Tree,
        grammar: Grammar,
        cast: Cast,
        words: Constructions,
        by_token: Mapping[int, Trigger],
        filler: Filler,
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.words = words
        self.by_token = by_token
        self._give = filler.give
        self._through = words["transparent_nouns"] | words["phase_nouns"]

    def read_all(self, draft: Draft, i: int) -> None:
        """Read what carries the noun `i`: its head, participles, relative clauses."""
        tree = self.tree
        modifiers = ("acl", "acl:relcl", "amod")
        carriers = [(k, i) for k in tree.children(i, *modifiers)]
        head = tree.head[i]
        top = i
        for _ in range(3):  # "une série d'attaques", "l'auteur de l'attaque"
            if (
                head != top
                and tree.dep[top] in ("nmod", "appos", "conj", "obl:arg")
                and tree.pos[head] == "NOUN"
            ):
                self._read_bearer(draft, head)
                self._read_performer(draft, head)
                self._read_part(draft, head)
                if tree.lemma[head] not in self._through:
                    break
                top, head = head, tree.head[head]
                carriers += [(k, top) for k in tree.children(top, *modifiers)]
        if tree.prep(head) == "par" and tree.dep[top] == "nmod":  # "l'adoption par l'ONU du texte"
            self._read_performer(draft, tree.head[head])
        if head != top and tree.pos[head] in _VERBAL:
            carriers.append((head, top))
        if tree.lemma[i] in self.words["listing_nouns"] and tree.prep(i) == "sur":
            self._read_listed(draft, tree.head[i])
        if draft.type == "Offensive":
            self._read_purpose(draft, [i, *(k for k, _ in carriers)])
        for k, bearer in carriers:
            clause = self.grammar.clause(k)
            if clause is not None:
                self.read(draft, bearer, clause)

    def _read_purpose(self, draft: Draft, heads: list[int]) -> None:
        """Read whom or what an operation is for: "mène une offensive pour s'emparer de X"."""
        tree = self.tree
        for head in heads:
            for k in tree.children(head, "advcl", "acl", "xcomp", "obl:mod", "obl:arg"):
                clause = self.grammar.clause(k) if k > draft.token else None
                if clause is None or not clause.is_infinitive:
                    continue
                if clause.lemma not in self.words["conquering_verbs"]:
                    continue
                for token in clause.get("obj") or clause.get("obl:de"):
                    self._give(draft, "target", token)

    def _read_bearer(self, draft: Draft, noun: int) -> None:
        """Read "X a été victime / responsable de l'attaque" off the noun between them."""
        lemma = self.tree.lemma[noun]
        if lemma in self.words["undergoing_nouns"]:
            role = "target"
        elif lemma in self.words["author_words"]:
            role = "agent"
        else:
            return
        clause = self.grammar.clause(noun)
        bearers = clause.get("subj") + clause.get("obj") if clause else []
        verb = self.tree.head[noun]
        if not bearers and self.tree.pos[verb] == "VERB":  # "font l'objet de sanctions"
            above = self.grammar.clause(verb)
            if above is not None and above.lemma in self.words["bearing_verbs"]:
                bearers = above.get("subj")
        if not bearers and self.tree.dep[noun] in ("appos", "acl", "nmod"):
            bearers = [self.tree.head[noun]]
        for token in bearers:
            self._give(draft, f"{role}_thing", token)

    def _is_charge(self, clause: Clause) -> bool:
        """Tell a verb that charges somebody with a deed: "inculper", "mettre en examen"."""
        told = self.by_token.get(clause.verb)
        is_trial = told is not None and told.frame.event == "Trial"
        return is_trial or clause.lemma in self.words["charging_verbs"]

    def _read_charged(self, draft: Draft, clause: Clause) -> None:
        """Read "jugé pour le massacre": who is charged with a deed did it, or so it is said."""
        if draft.type not in ARMED:
            return
        is_found = clause.lemma in self.words["convicting_verbs"]
        status = Status.ASSERTED if is_found else Status.ALLEGED
        for token in clause.get("obj") or clause.get("subj"):
            if self.cast.is_a(token, "human") and not self.cast.is_a(token, "state"):
                self._give(draft, "agent", token, status=status)

    def _read_part(self, draft: Draft, noun: int) -> None:
        """Read "sanctionnés pour leur rôle dans l'attentat": those who had a part in it."""
        if self.tree.lemma[noun] not in self.words["part_nouns"]:
            return
        clause = self.grammar.clause(self.tree.head[noun])
        if clause is None or ("obl:pour", noun) not in clause.arguments:
            return
        for token in clause.get("obj") or clause.get("subj"):
            if self.cast.is_a(token, "human"):
                self._give(draft, "agent", token, status=Status.ALLEGED)

    def _read_listed(self, draft: Draft, noun: int) -> None:
        """Read "a inscrit six cartels sur la liste noire" where the list hangs from the cartels."""
        clause = self.grammar.clause(self.tree.head[noun])
        if clause is None or noun not in clause.get("obj"):
            return
        for token in clause.get("obj"):
            self._give(draft, "target", token)
        for token in clause.get("subj"):
            self._give(draft, "agent", token)

    def _read_performer(self, draft: Draft, noun: int) -> None:
        """Read "le lancement par Riyad d'une campagne": the doer hangs from the noun before."""
        if self.tree.lemma[noun] not in self.words["performing_nouns"]:
            return
        for k in self.tree.children(noun, "nmod", "obl:agent", "obl:mod"):
            if self.tree.prep(k) == "par":
                for token in self.tree.conjuncts(k):
                    self._give(draft, "agent", token)

    def read(self, draft: Draft, i: int, clause: Clause) -> None:
        """Read who takes part off one carrying clause; `i` is the noun as the clause knows it."""
        functions = [name for name, token in clause.arguments if token == i]
        if not functions:
            return
        function = functions[0]
        lemma, words = clause.lemma, self.words
        carries = lemma not in words["answering_words"]  # "venger la mort" tells another deed
        is_verb = self.tree.pos[clause.verb] in ("VERB", "AUX")
        if carries and is_verb and clause.verb not in self.by_token:
            draft.carriers.append(clause.verb)
        is_event_noun = draft.trigger.frame.support
        if draft.trigger.frame.roles == "mutual":
            self._read_sides(draft, clause)
            if function.startswith("obl:"):
                self._read_other_side(draft, clause, function, i)
        if function == "obj" and lemma in words["attributing_verbs"]:
            for token in clause.get("obl:à"):
                self._give(draft, "agent", token, status=Status.ALLEGED)
            return
        if function == "obj" and (blamed := clause.get("obl:au compte de")):
            for token in blamed:  # "un raid mis sur le compte de l'armée"
                self._give(draft, "agent", token, status=Status.ALLEGED)
            return
        if function in ("obl:pour", "obl:de") and self._is_charge(clause):
            self._read_charged(draft, clause)
            return
        if draft.type == "Meeting" and lemma in words["assembling_verbs"] and function in _VENUES:
            for token in clause.get("obj") or clause.get("subj"):
                self._give(draft, "agent_human", token)
            return
        if draft.trigger.frame.roles == "mutual" and lemma in words["agreeing_verbs"]:
            for token in clause.get("subj") or clause.get("obj"):
                self._give(draft, "agent_human", token)
            return
        if function == "obj" and lemma == "livrer" and draft.trigger.frame.roles == "mutual":
            for token in clause.get("subj") + clause.get("obl:à") + clause.get("iobj"):
                self._give(draft, "agent", token)  # "la guerre que se livrent A et B"
        if function == "obj" and lemma in words["support_verbs"] and is_event_noun:
            if draft.type == "Withdrawal" and clause.get(
                "subj"
            ):  # "la France a entamé le retrait de ses troupes"
                draft.targets, draft.agents = draft.targets + draft.agents, []
            for token in self._doers(clause):
                if draft.type != "Election":  # who holds elections is not who votes
                    self._give(draft, "agent", token)
            self._give_all(draft, clause, _TARGET_PREPS)
            if draft.type not in ARMED:
                for token in clause.get("obl:à") + clause.get("iobj"):
                    self._give(draft, "target_human", token)
        elif (function == "obl:sous" and lemma in words["placing_verbs"]) or (
            function == "obl:à" and lemma in words["submitting_verbs"]
        ):
            for token in clause.get("obj"):
                self._give(draft, "target", token)
        elif (
            draft.type == "Attack"
            and function in ("obl:à", "obl:de")
            and lemma in words["escaping_verbs"]
        ):  # "a survécu à un attentat", "est sorti indemne d'une embuscade"
            for token in clause.get("subj"):
                self._give(draft, "target", token)
        elif function == "obl:de" and self._is_undergone(clause):
            for token in clause.get("subj"):
                self._give(draft, "target", token)
        elif function == "obl:à" and lemma in ("procéder", "participer", "prendre"):
            for token in clause.get("subj"):
                self._give(draft, "agent", token)
        elif function == "obj" and lemma in words["undergoing_verbs"]:
            for token in clause.get("subj"):
                self._give(draft, "target", token)
        elif lemma in words["author_words"] and function == "obl:de":
            for token in clause.get("subj") or clause.get("obj"):
                self._give(draft, "agent", token)
        elif function == "subj" and lemma in words["affecting_verbs"]:
            if draft.type in ("Attack", "Offensive", "Sanction", "Trial"):
                for token in clause.get("obj"):
                    self._give(draft, "target", token)
        elif function == "subj" or lemma in words["occurrence_verbs"]:
            self._give_all(draft, clause, _TARGET_PREPS)
            if draft.type == "Protest" and lemma in words["gathering_verbs"]:
                for token in clause.get("obj"):
                    self._give(draft, "agent", token)
            if draft.type in ("Clash", "Meeting", "Agreement") and lemma == "opposer":
                for token in clause.get("obj") + clause.get("obl:à"):
                    self._give(draft, "agent", token)

    def _doers(self, clause: Clause) -> list[int]:
        """Give who acts through a text: "a adopté un texte élargissant les sanctions"."""
        doers = clause.get("subj")
        if doers and clause.is_participle and not any(self.cast.is_a(t, "human") for t in doers):
            above = self.grammar.clause(self.tree.head[doers[0]])
            if above is not None and doers[0] in above.get("obj"):
                return above.get("subj")
        return doers

    def _read_other_side(self, draft: Draft, clause: Clause, function: str, top: int) -> None:
        """Read "A et B ont signé après des pourparlers", "A a parlé lors d'un entretien avec B".

        Who does something after talks has talked. In fights only two who act together have fought.
        """
        is_phase = self.tree.lemma[top] in self.words["phase_nouns"]
        if clause.is_passive and function in _AMIDST and draft.type == "Clash":
            self._read_hurt(draft, clause)
            return
        if function not in _ENDINGS and not (is_phase and function in ("obl:à", "obl:en")):
            return
        is_told = any(self.tree.prep(k) == "entre" for k in self.tree.kids[draft.token])
        if len(draft.agents) > 1 or draft.trigger.is_verb or is_told:
            return
        if clause.is_infinitive and clause.governor is not None:  # "à finir …, lors d'un entretien"
            clause = self.grammar.clause(clause.governor) or clause
        doers = clause.get("obj" if clause.is_passive else "subj")
        if draft.type == "Meeting" or len(doers) > 1 or self._is_fought(draft, clause):
            if draft.type in ("Meeting", "Clash") and all(self._may_meet(t) for t in doers):
                for token in doers:
                    self._give(draft, "agent_human", token)

    def _read_hurt(self, draft: Draft, clause: Clause) -> None:
        """Read "dix manifestants blessés dans des heurts avec la police": they had a part in it."""
        tree, words = self.tree, self.words["bystander_nouns"]
        against = [k for k in tree.kids[draft.token] if tree.prep(k) in ("avec", "contre")]
        if not against or len(draft.agents) > 1:
            return
        for token in clause.get("obj"):
            if tree.lemma[self.cast.content(token)] not in words:
                self._give(draft, "agent_human", token)

    def _is_fought(self, draft: Draft, clause: Clause) -> bool:
        """Tell who fought by whom it was against: "ont pris X après des combats contre Y"."""
        told = self.by_token.get(clause.verb)
        if draft.type != "Clash" or clause.is_passive or (told is not None and told.frame.toll):
            return False
        return any(self.tree.prep(k) in ("contre", "avec") for k in self.tree.kids[draft.token])

    def _may_meet(self, token: int) -> bool:
        return bool(self.cast.classes(token) & {"person", "state", "armed", "institution"})

    def _is_undergone(self, clause: Clause) -> bool:
        """Tell "faire l'objet d'un raid" where the parser hung the raid from the verb."""
        nouns = self.words["undergoing_nouns"]
        return any(self.tree.lemma[k] in nouns for k in clause.get("obj"))

    def _read_sides(self, draft: Draft, clause: Clause) -> None:
        """Read both sides off the verb: "opposer A à B", "négocier … avec B", "entre A et B"."""
        sides = clause.get("obl:avec") + clause.get("obl:entre") + clause.get("obl:sous l'égide de")
        if clause.lemma in self.words["turning_verbs"]:
            for event in clause.get("subj"):
                if event in self.by_token:
                    sides += [
                        k for name, k in noun_arguments(event, self.tree) if name == "nmod:de"
                    ]
        if clause.lemma == "mettre" and any(
            self.tree.lemma[k] == "prise" and self.tree.prep(k) == "à"
            for k in self.tree.kids[clause.verb]
        ):
            sides += clause.get("obj")  # "ont mis aux prises soldats et rebelles"
        if clause.lemma == "opposer":
            sides += clause.get("obj") + clause.get("obl:à")
            sides += [
                k for t in clause.get("obj") for k in self.tree.kids[t] if self.tree.prep(k) == "à"
            ]
        sides += [  # "un accord signé par A avec B"
            k for t in clause.get("subj") for k in self.tree.kids[t] if self.tree.prep(k) == "avec"
        ]
        for token in sides:
            self._give(draft, "agent", token)

    def _give_all(self, draft: Draft, clause: Clause, functions: tuple[str, ...]) -> None:
        template = self.words.templates[draft.trigger.frame.roles]["noun"]
        for name, token in clause.arguments:
            if name in functions:
                self._give(draft, template.get(name.replace("obl", "nmod"), "ignore"), token)
