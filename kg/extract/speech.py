"""What a speech act is about, and what it does to the event it speaks of.

Takes drafts, ties each speech act to its content (`about`), and sets statuses: what is accused,
claimed, denied, threatened, demanded or promised is never a fact by that alone. An accusation or a
claim makes the accused or the claimant an alleged agent; the speakers stand in `by`.
"""

from __future__ import annotations

from collections import deque

from kg.extract.addressees import AddresseeReader
from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part
from kg.extract.factuality import Cues
from kg.extract.grammar import Grammar
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.merge import Cluster
from kg.extract.quotations import Quotations
from kg.extract.told import ToldReader
from kg.extract.tree import Tree
from kg.model import Status

__all__ = ["SpeechReader"]

_WITH_CONTENT = SPEECH_ACTS | {"Vote"}
_ASKED_BY = frozenset({"", "à", "de", "pour", "contre", "en faveur de", "avec", "sur", "par"})
# What stands behind these has been: "menace d'autres sanctions après la répression".
_LATER = frozenset({"après", "depuis", "suite à", "à la suite de", "au lendemain de"})
_AIMED = frozenset({"Threat", "Demand"})
_COMPLETED = _WITH_CONTENT | {"Aid", "Sanction"}
_OWN_PATH = frozenset({"xcomp", "obj", "conj", "obl:arg", "ccomp"})
_HIT = frozenset({"human", "facility", "equipment"})
_SIDE_BY_SIDE = 3  # so many tokens from one verb to the next: they share their object
_PLANNING = frozenset({"Threat", "Demand", "Promise", "Vote"})
_OF_DEEDS = frozenset(
    {"Attack", "Clash", "Offensive", "Seizure", "Arrest", "Release", "Withdrawal", "Coup"}
)
_ANAPHORIC = frozenset({"ClaimOfResponsibility", "Condemnation", "Denial", "Accusation"})


class SpeechReader:
    """Ties speech acts to events, first by syntax, then by what was last told."""

    def __init__(
        self, tree: Tree, grammar: Grammar, cast: Cast, cues: Cues, quotations: Quotations
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.cues = cues
        self.quotations = quotations
        self._told = ToldReader(tree, grammar, cast, cues, quotations)
        self._addressees = AddresseeReader(tree, grammar, cast, cues)

    def tie(self, drafts: list[Draft]) -> None:
        """Set `about` by syntax, and the status of content told by a verb."""
        self._told.lend_speakers(drafts)
        by_token = {d.token: d for d in drafts}
        for draft in drafts:  # whom aid and sanctions reach comes first: threats reach them too
            if draft.type in _COMPLETED - _WITH_CONTENT:
                self._addressees.read(draft, [])
        for draft in drafts:
            if draft.type not in _WITH_CONTENT:
                continue
            draft.drop = draft.drop or self._is_restated(draft, by_token) or self._is_mild(draft)
            contents = self._contents(draft, by_token)
            self._addressees.read(draft, contents, self.quotations.contents.get(draft.token))
            draft.drop = draft.drop or self._is_caution(draft)
            if draft.type == "Promise" and self._is_hostile(draft, contents):
                draft.type = "Threat"  # "a juré de décapiter leurs dirigeants"
            if not contents:
                continue
            draft.about = contents[0]
            for content in contents:
                self._colour(draft, content)
        for draft in drafts:
            self._read_source(draft)
            draft.drop = draft.drop or self._is_label(draft) or self._is_nobodys(draft)

    def _is_restated(self, speech: Draft, by_token: dict[int, Draft]) -> bool:
        """Tell a gerund that says a speech act again ("a mis en garde … en prévenant que")."""
        tree, i = self.tree, speech.token
        for k in tree.children(i, "conj"):  # "a condamné et dénoncé l'attaque": told by the last
            other = by_token.get(k)
            if other is not None and other.type == speech.type and k - i <= _SIDE_BY_SIDE:
                return not speech.trigger.clause or not speech.trigger.clause.get("obj")
        above = by_token.get(tree.head[i])
        if speech.type == "Demand" and speech.trigger.is_verb and tree.has(i, "VerbForm=Inf"):
            # "appelle Washington à faire pression": asked, and no demand made
            return above is not None and above.type == "Demand" and tree.dep[i] == "xcomp"
        if speech.type == "Accusation" and not speech.trigger.is_verb:
            return self._is_taken_up(speech, by_token)
        if speech.type == "Denial" and "ni" in {tree.lower[k] for k in tree.kids[i]}:
            return True  # "n'a ni confirmé ni démenti"
        is_gerund = tree.dep[i] == "advcl" and tree.lower[i].endswith("ant")
        if not is_gerund or above is None:
            return False
        return above.type == speech.type or (above.type, speech.type) == ("Denial", "Condemnation")

    def _is_taken_up(self, speech: Draft, by_token: dict[int, Draft]) -> bool:
        """Tell "…, des allégations démenties par l'armée": told before, or only to be denied."""
        if speech.agents or speech.targets:
            return False
        first, last = self.tree.sents[self.tree.sent[speech.token]]
        before = (by_token.get(k) for k in range(first, speech.token))
        if any(d is not None and d.type == "Accusation" for d in before):
            return True
        beside = (by_token.get(k) for k in range(first, last))
        return any(d is not None and d.type == "Denial" for d in beside)

    def _is_mild(self, speech: Draft) -> bool:
        """Tell a question and a mere name from a demand and from a condemnation."""
        tree, i = self.tree, speech.token
        clause = speech.trigger.clause
        if clause is None:
            return False
        if speech.type == "Demand" and i in self.quotations.speakers:
            return clause.lemma in self.cues["asking"]
        if speech.type != "Condemnation" or clause.lemma != "qualifier":
            return False
        words = {tree.lemma[k] for k in tree.subtree(i)} | {tree.lower[k] for k in tree.subtree(i)}
        return not words & (self.cues["judging"] | self.cues["ill_names"])

    def _is_caution(self, speech: Draft) -> bool:
        """Tell a warning of a danger from one to somebody: "mettre en garde contre la famine"."""
        tree, i, clause = self.tree, speech.token, speech.trigger.clause
        if speech.type != "Threat" or clause is None or clause.lemma != "mettre":
            return False
        if speech.targets or tree.children(i, "ccomp"):
            return False
        against = [k for k in tree.kids[i] if tree.prep(k) == "contre"]
        return bool(against) and not any(
            tree.lower[d] in ("tout", "toute") for k in against for d in tree.children(k, "det")
        )

    def _is_label(self, speech: Draft) -> bool:
        """Tell "un homme accusé d'espionnage": it says who he is, and of no accuser's act."""
        if speech.type not in ("Accusation", "Threat") or speech.agents:
            return False
        if self.tree.pos[speech.token] == "NOUN" and speech.trigger.is_verb:  # "contre l'accusé"
            return bool(self.tree.children(speech.token, "det", "case"))
        if self.tree.lower[speech.token].endswith("ant"):  # "un reportage accusant l'armée"
            return False
        return speech.trigger.is_verb and self.tree.dep[speech.token] in ("acl", "amod")

    def _is_nobodys(self, speech: Draft) -> bool:
        """Tell "une vague d'indignation", which nobody is said to speak, from a condemnation.

        What provokes it ("l'enlèvement a suscité un tollé") speaks no word either.
        """
        if speech.type not in ("Condemnation", "Promise") or speech.trigger.is_verb:
            return False
        clauses = (self.grammar.clause(k) for k in speech.carriers)
        causing = [c for c in clauses if c is not None and c.lemma in self.cues["causes.verbs"]]
        moved = {self.cast.entity(t) for c in causing for t in c.get("subj")}
        speech.agents = [p for p in speech.agents if p.entity not in moved]
        return not speech.agents

    def told(self, drafts: list[Draft]) -> list[Draft]:
        """Give the speech acts that plain verbs of saying tell ("affirme avoir tué …")."""
        by_token = {d.token: d for d in drafts}
        found = self._told.read(drafts)
        for draft in found:
            if draft.type in _AIMED and draft.trigger.is_verb:
                quoted = self.quotations.contents.get(draft.token)
                self._addressees.read(draft, self._contents(draft, by_token), quoted)
        return found

    def _contents(self, speech: Draft, by_token: dict[int, Draft]) -> list[Draft]:
        """Find the events under a speech act, nearest first; its own speakers left out."""
        tree = self.tree
        clause = speech.trigger.clause
        speakers = set(clause.get("subj")) if clause else set()
        starts = []
        if clause is not None:
            starts = [
                t
                for name, t in clause.arguments
                if name
                in ("obj", "obl:de", "obl:contre", "obl:en", "obl:dans", "obl:à", "obl:pour")
            ]
        starts += [
            k
            for k in tree.kids[speech.token]
            if tree.dep[k]
            in (
                "ccomp",
                "xcomp",
                "obl:arg",
                "obl:mod",
                "obl",
                "nmod",
                "acl",
                "obj",
                "advcl",
                "parataxis",
            )
            and k not in speakers
            and tree.dep[k] != "obl:agent"
            and not (tree.dep[k] in ("advcl", "parataxis") and tree.lower[k].endswith("ant"))
        ]
        quoted = self.quotations.contents.get(speech.token)
        if quoted is not None:
            starts.append(quoted)
        found: list[Draft] = []
        seen: set[int] = set()
        queue = deque((k, 0) for k in dict.fromkeys(starts) if k not in speakers)
        while queue:
            k, depth = queue.popleft()
            if k in seen or k == speech.token:
                continue
            seen.add(k)
            other = by_token.get(k)
            if other is not None and other is not speech and other not in found:
                found.append(other)
            if depth < 6:
                queue.extend((c, depth + 1) for c in tree.kids[k] if tree.dep[c] != "parataxis")
        if not speech.trigger.is_verb and not found:
            for carrier in speech.carriers:
                head = self.grammar.clause(carrier)
                if head is not None:
                    found += [
                        by_token[t]
                        for n, t in head.arguments
                        if t in by_token and n != "subj" and by_token[t] is not speech
                    ]
        deeds = [d for d in found if d.type not in SPEECH_ACTS]
        return deeds or (found if speech.trigger.is_verb else [])

    def _colour(self, speech: Draft, content: Draft) -> None:
        """Give an event in a speech act's content its status; what is presupposed stays."""
        if self._is_given(speech, content):
            return
        presupposed = not content.trigger.is_verb and content.definiteness in ("def", "dem", "poss")
        speakers = tuple(p.entity for p in speech.agents)
        if speech.type in _PLANNING and speech.status is not Status.NEGATED:
            if self._is_beside(speech, content):
                return
            is_past = content.trigger.is_verb and self._is_past(content)
            if (
                content.type not in SPEECH_ACTS
                and not is_past
                and not (presupposed and content.type in ("Attack", "Clash", "Offensive"))
                and not (speech.type == "Vote" and content.type == "Sanction")  # in force by it
            ):
                content.status = Status.PLANNED
                content.source = content.source or speakers
                content.drop = content.drop or self._is_any_such(content)
                is_deed = content.type not in ("Election", "Vote")  # who holds them does not vote
                if not content.agents and is_deed and self._is_own(speech, content):
                    content.agents = [Part(token=p.token, entity=p.entity) for p in speech.agents]
        elif speech.type == "Accusation":
            accused = {p.entity for p in speech.targets}
            for part in content.agents:
                if part.entity in accused:
                    part.status, part.by = Status.ALLEGED, speakers
            if not presupposed and content.status is Status.ASSERTED:
                content.status = Status.ALLEGED
                content.source = speakers
        elif speech.type == "Denial" and speech.status is not Status.NEGATED and not presupposed:
            content.status = Status.DENIED
            content.source = speakers
            for part in content.agents:
                part.status, part.by = Status.DENIED, speakers

    def _is_hostile(self, speech: Draft, contents: list[Draft]) -> bool:
        """Tell "a juré d'éliminer leurs chefs" and "prêt à ordonner d'autres frappes"."""
        deed = contents[0] if contents else None
        if deed is None or deed.type != "Attack" or deed.status is Status.NEGATED:
            return False  # "s'engagent à ne pas attaquer"
        path = [deed.token, *self.tree.ancestors(deed.token)]
        path = path[: path.index(speech.token)] if speech.token in path else []
        if not path or any(self.tree.dep[k] not in _OWN_PATH for k in path):
            return False  # "s'engage à ne soutenir aucun groupe qui attaque ses voisins"
        if deed.trigger.is_verb:
            return any(self.cast.classes(p.token) & _HIT for p in deed.targets)
        is_new = deed.definiteness in ("indef", "bare")
        return (
            is_new and self.grammar.verb_lemma(self.tree.head[deed.token]) in self.cues["launching"]
        )

    def _is_beside(self, speech: Draft, content: Draft) -> bool:
        """Tell the circumstance from what is asked: "en visite à Rome, il a promis …"."""
        tree, i = self.tree, content.token
        for up in tree.ancestors(i):
            if tree.prep(i) in _LATER:
                return True
            if up == speech.token:
                is_aside = tree.dep[i].startswith("obl") and tree.prep(i) not in _ASKED_BY
                return is_aside and i not in speech.trigger.words
            i = up
        return False

    def _is_any_such(self, content: Draft) -> bool:
        """Tell "toute attaque": what is warned against or ruled out is a hypothesis."""
        kids = self.tree.kids[content.token]
        is_noun = not content.trigger.is_verb
        return is_noun and any(self.tree.lower[k] in ("toute", "tout") for k in kids)

    def _is_own(self, speech: Draft, content: Draft) -> bool:
        """Tell what the speakers will do themselves from what they answer or warn against."""
        if speech.type not in ("Promise", "Threat"):
            return False
        tree, i = self.tree, content.token
        if tree.prep(i) in ("contre", "à", "après"):
            return False
        for up in tree.ancestors(content.token):
            if tree.dep[i].startswith("nsubj"):
                return False
            if up == speech.token:
                return True
            i = up
        return True

    def _is_given(self, speech: Draft, content: Draft) -> bool:
        """Tell what a speech act takes for granted: other words, and what describes a noun."""
        if content.type in SPEECH_ACTS or not content.trigger.is_verb:
            return content.type in SPEECH_ACTS
        clause = content.trigger.clause
        is_described = self.tree.dep[content.token] in ("acl", "amod")
        if speech.type == "Accusation" and self.tree.dep[content.token] == "acl:relcl":
            return True  # "a accusé les rebelles, qui avaient attaqué …"
        return is_described and clause is not None and not clause.is_infinitive

    def _is_past(self, draft: Draft) -> bool:
        tree = self.tree
        return any(
            tree.dep[k] == "aux:tense" and not tree.has(k, "Tense=Fut")
            for k in tree.kids[draft.token]
        )

    def _read_source(self, draft: Draft) -> None:
        """Find whose word an alleged event is: "selon X", or the subject of a verb of saying."""
        if draft.status not in (Status.ALLEGED, Status.DENIED, Status.PLANNED) or draft.source:
            return
        tree = self.tree
        for k in tree.ancestors(draft.token):
            if tree.lemma[k] in self.cues["saying"]:
                clause = self.grammar.clause(k)
                named = [self.cast.entity(t) for t in clause.get("subj")] if clause else []
                draft.source = tuple(e for e in named if e)
                if draft.source:
                    return
        first, last = tree.sents[tree.sent[draft.token]]
        for k in range(first, last):
            if tree.dep[k].startswith(("obl", "nmod")) and tree.prep(k) == "selon":
                entity = self.cast.entity(k)
                if entity and "human" in self.cast.classes(k):
                    draft.source = (entity,)
                    return

    # -- after merging

    def tie_clusters(self, clusters: list[Cluster]) -> dict[int, int]:
        """Give every speech cluster its event cluster and set alleged participants.

        Returns:
            Cluster index of the speech act -> index of the cluster it is about.
        """
        home = {id(d): n for n, c in enumerate(clusters) for d in c.drafts}
        about: dict[int, int] = {}
        for n, cluster in enumerate(clusters):
            if cluster.type not in _WITH_CONTENT:
                continue
            told = [home[id(d.about)] for d in cluster.drafts if d.about and id(d.about) in home]
            goal = told[0] if told else self._last_deed(n, clusters)
            if not told and any(self._says_what(d) for d in cluster.drafts):
                continue
            if goal is None or goal == n:
                continue
            about[n] = goal
            self._allege(cluster, clusters[goal])
        return about

    def _says_what(self, speech: Draft) -> bool:
        """Tell an accusation of something that is no event: "accuse Paris de mépris"."""
        tree, i = self.tree, speech.token
        if speech.type != "Accusation" or not speech.trigger.is_verb:
            return False
        said = [
            k
            for k in tree.kids[i]
            if k > i
            and tree.pos[k] in ("VERB", "NOUN", "AUX")
            and (
                tree.has(k, "VerbForm=Inf")
                or tree.dep[k] in ("ccomp", "xcomp")
                or tree.prep(k) == "de"
            )
        ]
        taken_up = any(
            tree.lower[k] == "en" and tree.pos[k] == "PRON" for s in said for k in tree.subtree(s)
        )  # "d'en être responsable"
        return bool(said) and not taken_up

    def _last_deed(self, n: int, clusters: list[Cluster]) -> int | None:
        speech = clusters[n]
        if speech.type not in _ANAPHORIC:
            return None
        at = speech.first.token
        best, best_token = None, -1
        for m, cluster in enumerate(clusters):
            if cluster.type not in ("Attack", "Clash", "Offensive", "Coup"):
                continue
            before = [d.token for d in cluster.drafts if d.token < at]
            if before and max(before) > best_token:
                best, best_token = m, max(before)
        return best

    def _allege(self, speech: Cluster, deed: Cluster) -> None:
        if any(d.status is Status.NEGATED for d in speech.drafts) or deed.type not in _OF_DEEDS:
            return
        speakers = tuple(dict.fromkeys(p.entity for d in speech.drafts for p in d.agents))
        if speech.type == "ClaimOfResponsibility":
            accused = [p for d in speech.drafts for p in d.agents]
        elif speech.type == "Accusation":
            accused = [p for d in speech.drafts for p in d.targets]
        else:
            return
        known = {p.entity: p for d in deed.drafts for p in d.agents}
        for part in accused:
            by = (part.entity,) if speech.type == "ClaimOfResponsibility" else speakers
            held = known.get(part.entity)
            if held is None:
                held = Part(token=part.token, entity=part.entity, status=Status.ALLEGED, by=by)
                deed.first.agents.append(held)
                known[part.entity] = held
            elif held.status is Status.ALLEGED:
                held.by = tuple(dict.fromkeys((*held.by, *by)))
            elif held.token == part.token or self._is_inside(held.token, speech):
                held.status, held.by = Status.ALLEGED, by

    def _is_inside(self, token: int, speech: Cluster) -> bool:
        """Tell whether an agent was only read inside the speech act's own sentence."""
        sents = {self.tree.sent[d.token] for d in speech.drafts}
        return self.tree.sent[token] in sents
