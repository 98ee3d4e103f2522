"""Speech acts told by what stands around a quotation or behind a demand.

Takes verbs of saying behind what they report, gives drafts. "« Nous n'hésiterons pas à frapper », a
averti le général" threatens, "« Personne ne chasse personne », a répliqué son conseiller" denies,
and "… , faute de quoi ils en assumeront les conséquences" threatens whoever was asked before.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part
from kg.extract.factuality import Cues
from kg.extract.grammar import Clause, Grammar
from kg.extract.lexicon import Frame
from kg.extract.quotations import Quotations, is_first_person
from kg.extract.tree import Tree
from kg.extract.triggers import Trigger

__all__ = ["SpokenReader", "make_speech", "speech_frame"]


def speech_frame(event: str, name: str) -> Frame:
    """Give a frame to a speech act that no rule of the lexicon names."""
    return Frame(
        id=name,
        file="cues.yaml",
        event=event,
        roles="speaker",
        source="verbs of saying in cues.yaml",
    )


_DEMAND = speech_frame("Demand", "demand-told")
_DENIAL = speech_frame("Denial", "denial-told")
_PROMISE = speech_frame("Promise", "promise-told")
_THREAT = speech_frame("Threat", "threat-told")
_ORDERING = ("ez", "ons")  # how an imperative ends
_NEGATED = frozenset({"ne", "n'"})
_OR_ELSE = (("faute", "de", "quoi"), ("sous", "peine", "de"), ("sous", "peine", "d'"))


def make_speech(
    frame: Frame, token: int, clause: Clause | None, deed: Draft | None, speakers: Sequence[Part]
) -> Draft:
    """Make the draft of a speech act whose trigger is no word of the lexicon."""
    trigger = Trigger(token=token, frame=frame, words=(token,), clause=clause)
    made = Draft(
        trigger=trigger,
        type=frame.event,
        mode=None,
        tokens=[token],
        triggers=[trigger],
        agents=[Part(token=p.token, entity=p.entity) for p in speakers],
        definiteness="verb",
    )
    made.about = deed
    return made


class SpokenReader:
    """Reads verbs of saying by the words that they stand behind."""

    def __init__(
        self, tree: Tree, grammar: Grammar, cast: Cast, cues: Cues, quotations: Quotations
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.cues = cues
        self.quotations = quotations

    def read(self, verb: int) -> Draft | None:
        """Read one verb behind what it reports; None where it only reports."""
        token = self.quotations.speakers[verb]
        clause, entity = self.grammar.clause(verb), self.cast.entity(token)
        if clause is None or entity is None or not self.cast.is_a(token, "human"):
            return None
        speakers = [Part(token=token, entity=entity)]
        content = self.quotations.contents.get(verb)
        frame = None
        if clause.lemma in self.cues["bidding"]:
            frame = _DEMAND
        elif content is not None and self._is_threat(clause.lemma, content, token):
            frame = _THREAT
        elif content is not None and self._is_rebuttal(clause.lemma, content):
            frame = _DENIAL
        elif content is not None and self._is_order(clause.lemma, content):
            frame = _DEMAND
        elif content is not None and self._is_vow(clause.lemma, content, token):
            hostile = self.grammar.verb_lemma(content) in self.cues["answering"]
            frame = _THREAT if hostile else _PROMISE
        return None if frame is None else make_speech(frame, verb, clause, None, speakers)

    def _is_threat(self, lemma: str, content: int, speaker: int) -> bool:
        """Tell a threat in hostile words, and whatever else warns but of a danger to all."""
        tree, cues = self.tree, self.cues
        if lemma not in cues["warning"] and lemma not in cues["cautioning"]:
            return False
        below = tree.subtree(content)
        words = {tree.lemma[k] for k in below} | {tree.lower[k] for k in below}
        if words & cues["hostile"]:
            return True
        of_speaker = {tree.lemma[k] for k in tree.subtree(speaker)}
        is_caring = bool(of_speaker & cues["caring"]) or bool(words & cues["dangers"])
        return lemma in cues["cautioning"] and not is_caring

    def _is_rebuttal(self, lemma: str, content: int) -> bool:
        """Tell an answer that says no: "« Nous n'avons tué personne », a rétorqué l'armée"."""
        if lemma not in self.cues["rebutting"]:
            return False
        return any(self.tree.lower[k] in _NEGATED for k in self.tree.kids[content])

    def _is_order(self, lemma: str, content: int) -> bool:
        """Tell "« Déposez les armes », a lancé …" and "les combats doivent cesser, a insisté …"."""
        tree, cues = self.tree, self.cues
        if lemma in cues["saying"] and tree.text[content].lower().endswith(_ORDERING):
            return tree.pos[content] == "VERB" and not tree.children(content, "nsubj", "aux:tense")
        return lemma in cues["urging"] and tree.lemma[content] in cues["obliging"]

    def _is_vow(self, lemma: str, content: int, speaker: int) -> bool:
        """Tell "« Nous vaincrons », a affirmé le président": what the speaker's side will do."""
        tree = self.tree
        if lemma not in self.cues["vowing"]:
            return False
        if {tree.lemma[k] for k in tree.subtree(speaker)} & self.cues["caring"]:
            return False
        forms = [content, *(k for k in tree.kids[content] if tree.dep[k].startswith("aux"))]
        is_ahead = tree.lemma[content] == "aller" and bool(tree.children(content, "xcomp"))
        if not is_ahead and not any(tree.has(k, "Tense=Fut") for k in forms):
            return False
        return any(is_first_person(tree, k) for k in tree.children(content, "nsubj"))

    def threats_or_else(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Read "faute de quoi" and "sous peine de" behind a demand: a threat of its speakers."""
        tree = self.tree
        found = []
        for demand in drafts:
            if demand.type != "Demand" or not demand.agents or not demand.trigger.is_verb:
                continue
            last = tree.sents[tree.sent[demand.token]][1]
            for i in range(demand.token + 1, last - 2):
                if tuple(tree.lower[i : i + 3]) in _OR_ELSE:
                    made = make_speech(_THREAT, i, None, None, demand.agents)
                    made.targets = [Part(token=p.token, entity=p.entity) for p in demand.targets]
                    found.append(made)
                    break
        return found
