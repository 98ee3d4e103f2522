"""How firmly an event is said: asserted, alleged, denied, negated or planned, or not said at all.

Takes a draft and the tree, sets the draft's status. Hypotheses and purposes are no events; what a
speech act contains is settled in `speech.py`. Source of the idea: event factuality as in FactBank
(Saurí and Pustejovsky 2009), reduced to what French marks in its grammar.
"""

from __future__ import annotations

from kg.extract.draft import Draft
from kg.extract.grammar import Constructions, Grammar
from kg.extract.kinds import ARMED, SPEECH_ACTS
from kg.extract.tree import Tree
from kg.model import Status
from kg.resources import language_file, read_yaml

__all__ = ["Cues", "FactualityReader"]

# What is an event even where it fails ("a échoué à renverser le pouvoir").
_PROTESTED = frozenset({"Demand", "Condemnation"})  # "ont défilé pour dénoncer la réforme"
_TRIED = frozenset({"Attack", "Offensive", "Coup"})
_CONTENT = ("ccomp", "csubj", "parataxis")


class Cues:
    """The word lists of `cues.yaml`; nested groups are reached as "group.list"."""

    def __init__(self, lang: str) -> None:
        content = read_yaml(language_file(lang, "cues.yaml"))
        assert isinstance(content, dict)
        self._lists: dict[str, frozenset[str]] = {}
        for name, words in content.items():
            if isinstance(words, dict):
                for inner, listed in words.items():
                    self._lists[f"{name}.{inner}"] = frozenset(listed)
            else:
                self._lists[name] = frozenset(words)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._lists[name]


class FactualityReader:
    """Sets the status of drafts from mood, tense, negation, modality and distancing words."""

    def __init__(self, tree: Tree, grammar: Grammar, words: Constructions, cues: Cues) -> None:
        self.tree = tree
        self.grammar = grammar
        self.words = words
        self.cues = cues

    def settle(self, draft: Draft) -> None:
        """Set `status` (and `drop` for what is no event at all)."""
        i = draft.token
        if not draft.trigger.is_verb:
            self._settle_noun(draft, i)
        for anchor in [i, *draft.carriers] if draft.trigger.is_verb else draft.carriers:
            self._settle_verb(draft, anchor)

    def _settle_noun(self, draft: Draft, i: int) -> None:
        tree, cues = self.tree, self.cues
        for k in tree.kids[i]:
            lower = tree.lower[k]
            if lower in cues["negative_determiners"]:
                draft.status = Status.NEGATED
            elif tree.dep[k] in ("amod", "acl", "advmod"):
                if lower in cues["alleging"]:
                    draft.status = Status.ALLEGED
                elif lower in cues["planning"]:
                    draft.status = Status.PLANNED
        head = tree.head[i]
        if "absence" in (tree.lemma[i], tree.lemma[head]):  # "en l'absence de revendication"
            draft.status = Status.NEGATED
        if (
            tree.dep[i] == "nmod"
            and tree.lemma[head] in cues["planning_nouns"]
            and tree.prep(i) == "de"
        ):
            draft.status = Status.PLANNED
            if tree.lemma[head] in ("risque", "crainte", "hypothèse", "possibilité", "éventualité"):
                draft.drop = True
        clause = self.grammar.clause(head) if tree.pos[head] == "VERB" else None
        if clause is not None and clause.lemma in cues["foiled_verbs"] and i in clause.get("obj"):
            draft.status = Status.PLANNED
        if (
            clause is not None
            and clause.lemma in self.words["planning_verbs"]
            and i in clause.get("obj")
        ):
            draft.status = Status.PLANNED

    def _settle_verb(self, draft: Draft, i: int) -> None:
        tree, cues = self.tree, self.cues
        kids = tree.kids[i]
        if draft.type in ARMED and self._is_no_longer(i):
            draft.drop = True  # "n'avait plus été visée depuis" tells of no attack
        # "ses mises en garde n'ont dissuadé personne": they were given all the same
        is_told = draft.type in SPEECH_ACTS and tree.dep[draft.token] == "nsubj"
        is_told = is_told and not draft.trigger.is_verb
        is_kept = tree.lemma[i] in cues["lasting"] and draft.type == "Agreement"
        if self._is_negated(i) and draft.status is Status.ASSERTED and not (is_told or is_kept):
            draft.status = Status.NEGATED
        marks = [tree.lower[k] for k in kids if tree.dep[k] == "mark"]
        if any(m in self.words["hypothetical_marks"] for m in marks) and not self._is_granted(i):
            draft.drop = True
        # "pourrait être libéré": of a passive the auxiliary shows it
        is_infinitive = any(tree.has(k, "VerbForm=Inf") for k in (i, *tree.children(i, "aux:pass")))
        is_protest = (
            draft.type in _PROTESTED and tree.lemma[tree.head[i]] in self.words["protesting_verbs"]
        )
        if (
            is_infinitive
            and any(m in self.words["purpose_marks"] for m in marks)
            and not is_protest
        ):
            draft.drop = tree.dep[i] in (
                "advcl",
                "acl",
                "obl",
                "obl:mod",
                "xcomp",
                "conj",
                "obl:arg",
                "nmod",
            )
        if any(m in self.words["purpose_marks"] for m in marks) and not is_infinitive:
            if draft.status is Status.ASSERTED:
                draft.status = Status.PLANNED
        finite = [i, *(k for k in kids if tree.dep[k].startswith("aux") or tree.dep[k] == "cop")]
        if is_infinitive and self._is_aim(i) and draft.status is Status.ASSERTED:
            draft.status = Status.PLANNED
        if self._is_supposed(i, draft.type):
            draft.drop = True
        elif any(tree.has(k, "Mood=Cnd") for k in finite):
            self._settle_conditional(draft, i)
        elif self._is_to_come(finite) and draft.status is Status.ASSERTED:
            draft.status = Status.PLANNED
        head = tree.head[i]
        if is_infinitive and head != i and tree.pos[head] in ("VERB", "AUX", "ADJ", "NOUN"):
            self._settle_governed(draft, i, head)
        if (
            tree.dep[i] == "conj"
            and tree.dep[head] in ("xcomp", "ccomp", "advcl")
            and is_infinitive
        ):
            self._settle_governed(draft, head, tree.head[head])

    def _settle_conditional(self, draft: Draft, i: int) -> None:
        """French journalism's conditional is hearsay; after a verb of saying, a future."""
        tree = self.tree
        head = tree.head[i]
        said = tree.dep[i] in _CONTENT and tree.pos[head] == "VERB"
        if tree.lemma[i] in ("pouvoir", "devoir", "vouloir"):
            draft.drop = True
        elif said and (tree.lemma[head] in self.words["intending_verbs"] or self._is_future(i)):
            draft.status = Status.PLANNED
        elif draft.status is Status.ASSERTED:
            draft.status = Status.ALLEGED

    def _is_to_come(self, finite: list[int]) -> bool:
        """Tell a future from the one that looks back ("la trêve n'aura tenu qu'une semaine")."""
        tree = self.tree
        return any(tree.has(k, "Tense=Fut") for k in finite if tree.dep[k] != "aux:tense")

    def _is_future(self, i: int) -> bool:
        """Tell "a annoncé que les élections auraient lieu en mai": the future of what is past."""
        tree, head = self.tree, self.tree.head[i]
        has_perfect = any(tree.has(k, "Mood=Cnd") for k in tree.children(i, "aux:tense"))
        is_past = tree.has(head, "Tense=Imp") or bool(tree.children(head, "aux:tense"))
        return is_past and not has_perfect

    def _settle_governed(self, draft: Draft, i: int, head: int) -> None:
        """Read "veut attaquer", "va se retirer", "pourrait frapper", "prêt à riposter"."""
        tree, cues = self.tree, self.cues
        governor = self.grammar.verb_lemma(head)
        has_perfect = any(tree.has(k, "VerbForm=Inf") for k in tree.children(i, "aux:tense"))
        if has_perfect:
            return
        conditional = tree.has(head, "Mood=Cnd") or any(
            tree.has(k, "Mood=Cnd") for k in tree.kids[head] if tree.dep[k].startswith("aux")
        )
        if governor == "pouvoir" and not conditional and self._is_perfect(head):
            pass  # "ont pu fuir": they did
        elif governor == "pouvoir" or (governor == "devoir" and conditional):
            draft.drop = True
        elif governor in cues["failing"]:
            if draft.status is Status.ASSERTED and draft.type not in _TRIED:
                draft.status = Status.NEGATED
        elif draft.type == "Sanction" and governor in self.words["deciding_verbs"]:
            return
        elif governor in self.words["intending_verbs"] or governor in self.words["future_verbs"]:
            if draft.status is Status.ASSERTED:
                draft.status = Status.PLANNED
        elif draft.status is Status.ASSERTED and (
            self._is_purpose(i, head) or governor in cues["leaning"]
        ):
            draft.status = Status.PLANNED
        if self._is_negated(head) and draft.status is Status.ASSERTED:
            draft.status = Status.NEGATED

    def _is_granted(self, i: int) -> bool:
        """Tell "si l'armée a démenti, …", a thing done that only the rest qualifies."""
        tree = self.tree
        is_past = any(tree.has(k, "Tense=Pres") for k in tree.children(i, "aux:tense"))
        return is_past and tree.dep[i] == "advcl"

    def _is_perfect(self, i: int) -> bool:
        tree = self.tree
        return any(tree.lemma[k] == "avoir" for k in tree.children(i, "aux:tense"))

    def _is_purpose(self, i: int, head: int) -> bool:
        """Tell "un plan pour attaquer" and "en passe de reprendre": not done yet."""
        tree = self.tree
        if tree.pos[head] != "NOUN":
            return False
        return tree.dep[i] == "acl" or (tree.dep[i] == "xcomp" and bool(tree.children(head, "cop")))

    def _is_aim(self, i: int) -> bool:
        """Tell "l'objectif est de reprendre la ville"."""
        tree = self.tree
        subjects = [tree.lemma[k] for k in tree.children(i, "nsubj")]
        has_copula = any(tree.lemma[k] == "être" for k in tree.children(i, "cop"))
        return has_copula and any(s in self.cues["aims"] for s in subjects)

    def _is_supposed(self, i: int, event: str) -> bool:
        """Tell "les policiers qui feraient usage de leurs armes": nobody has done it yet."""
        tree = self.tree
        if tree.dep[i] != "acl:relcl" or not tree.has(i, "Mood=Cnd"):
            return False
        if event in ARMED:  # hearsay of a deed has "aurait"
            return True
        head = tree.head[i]
        whoever = self.cues["whoever"]
        return tree.lemma[head] in whoever or any(tree.lemma[k] in whoever for k in tree.kids[head])

    def _is_no_longer(self, i: int) -> bool:
        lower = {self.tree.lower[k] for k in self.tree.kids[i]}
        return "plus" in lower and bool(lower & {"ne", "n'"}) and "que" not in lower

    def _is_negated(self, i: int) -> bool:
        tree, cues = self.tree, self.cues
        has_ne = False
        has_word = False
        for k in tree.kids[i]:
            lower = tree.lower[k]
            if lower in ("ne", "n'"):
                has_ne = True
            elif lower in cues["negations"]:
                has_word = has_word or lower != "plus"
                has_ne = has_ne or lower == "pas"
            elif tree.dep[k].startswith(("nsubj", "obj")) and (
                lower in cues["negative_pronouns"]
                or any(tree.lower[d] in cues["negative_determiners"] for d in tree.kids[k])
            ):
                has_word = True
        if any(tree.lower[k] == "non" and k < i for k in tree.kids[i]):
            return True
        if any(tree.lower[k] == "sans" for k in tree.kids[i] if tree.dep[k] in ("mark", "case")):
            return True
        return has_ne and has_word
