"""Speech acts that no word of their own names: claims, denials and threats told by verbs of saying.

Takes drafts and their clauses, gives further drafts. "L'armée affirme avoir tué …" claims a deed on
the claimant's word alone; "a assuré qu'aucun avion n'avait mené de raid" denies one; "nous
frapperons, a prévenu le général" threatens.
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part
from kg.extract.factuality import Cues
from kg.extract.grammar import Clause, Grammar
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.lexicon import Frame
from kg.extract.quotations import Quotations, is_first_person
from kg.extract.sayers import SayerFinder
from kg.extract.spoken import SpokenReader, make_speech, speech_frame
from kg.extract.tree import Tree
from kg.model import EntityClass, Status

__all__ = ["ToldReader"]

_REPORTED = frozenset({"Seizure", "Offensive"})
_CLAIMED = frozenset({"Attack", "Coup"})
_OF_STATES = frozenset(
    {EntityClass.ARMED_FORCE, EntityClass.STATE, EntityClass.INSTITUTION, EntityClass.COALITION}
)
_QUOTES = frozenset({"«", "»", '"', "“", "”"})
_DENIED = frozenset({"Attack", "Offensive", "Coup"})


# The lists of cues.yaml that `_by_word` looks into; any other word is passed over unread.
_WAKING = ("innocence", "judging", "lies", "blame", "announcing", "lying", "contesting", "pursuit",
           "retribution")  # fmt: skip
_IMPERSONAL = ("fau", "aur", "pl", "ser", "s'agi", "agi", "rest", "sembl", "suffi")
_ONLY = frozenset({"que", "qu'"})
_NOT = frozenset({"ne", "n'"})
_NOTHING = frozenset({"rien", "ne", "n'"})

_CLAIM = speech_frame("ClaimOfResponsibility", "claim-own-deed")
_ACCUSATION = speech_frame("Accusation", "accusation-told")
_CONDEMNATION = speech_frame("Condemnation", "condemnation-told")
_DENIAL = speech_frame("Denial", "denial-own-deed")
_PROMISE = speech_frame("Promise", "promise-told")
_THREAT = speech_frame("Threat", "threat-told")


class ToldReader:
    """Makes speech acts of plain verbs of saying, by what they report."""

    def __init__(
        self, tree: Tree, grammar: Grammar, cast: Cast, cues: Cues, quotations: Quotations
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.cues = cues
        self.quotations = quotations
        self._who = SayerFinder(tree, grammar, cast, cues, quotations)
        self._spoken = SpokenReader(tree, grammar, cast, cues, quotations)
        self._waking = frozenset().union(*(cues[name] for name in _WAKING), _NOTHING)

    def lend_speakers(self, drafts: list[Draft]) -> None:
        """Make the speaker of a quotation the agent of what its "je" and "nous" do."""
        templates = self.grammar.words.templates
        for draft in drafts:
            clause, frame = draft.trigger.clause, draft.trigger.frame
            if clause is None or draft.agents:
                continue
            roles = {**templates[frame.roles]["verb"], **dict(frame.overrides)}
            if roles.get("subj") != "agent":
                continue
            if any(is_first_person(self.tree, t) for t in clause.get("subj")):
                speaker = self.quotations.speaker(self.tree, draft.token)
                entity = None if speaker is None else self.cast.entity(speaker)
                if speaker is not None and entity is not None:
                    draft.agents.append(Part(token=speaker, entity=entity))

    def read(self, drafts: list[Draft]) -> list[Draft]:
        """Find the speech acts that verbs of saying tell; statuses of the deeds are set.

        Returns:
            One draft for each such verb that is no trigger itself.
        """
        for draft in drafts:
            if draft.type == "Promise" and self._is_hostile(draft.token):
                draft.type = "Threat"
            elif draft.type == "Promise" and self._is_disavowed(draft.token):
                draft.type, draft.about = "Denial", None  # "a juré n'avoir jamais tiré"
        taken = {d.token: d.type for d in drafts}
        found: dict[int, Draft] = {}
        for draft in drafts:
            if draft.type in SPEECH_ACTS:
                continue
            told = self._claim(draft) or self._denial(draft)
            if told is not None and told.token not in taken:
                found.setdefault(told.token, told)
        for draft in drafts:
            if draft.type == "Accusation" and not draft.trigger.is_verb:
                denial = self._groundless(draft)
                if denial is not None and denial.token not in taken:
                    found.setdefault(denial.token, denial)
        for token in range(len(self.tree)):
            if not self._is_waking(token) or taken.get(token) in SPEECH_ACTS:
                continue
            if token in taken and self.grammar.verb_lemma(token) not in self.cues["pursuit"]:
                continue
            told = self._by_word(token, taken)
            if told is not None and told.token not in taken:
                found.setdefault(told.token, told)
        for verb in self.quotations.speakers:
            content = self.quotations.contents.get(verb)
            told_inside = set() if content is None else set(self.tree.subtree(content)) & set(found)
            if verb not in taken and verb not in found and not told_inside:
                said = self._spoken.read(verb)
                if said is not None:
                    found[verb] = said
        self._drop_denied(drafts, found)
        else_threats = self._spoken.threats_or_else([*drafts, *found.values()])
        return [*found.values(), *else_threats]

    def _drop_denied(self, drafts: list[Draft], found: dict[int, Draft]) -> None:
        """Leave out the nameless accusation that is only brought up to be denied."""
        denied = {self.tree.sent[d.token] for d in found.values() if d.type == "Denial"}
        for draft in drafts:
            is_nameless = not (draft.trigger.is_verb or draft.agents or draft.targets)
            if draft.type == "Accusation" and is_nameless:
                draft.drop = draft.drop or self.tree.sent[draft.token] in denied

    def _is_waking(self, i: int) -> bool:
        waking = self._waking
        return (
            self.tree.lower[i] in waking
            or self.tree.lemma[i] in waking
            or self.grammar.verb_lemma(i) in waking
        )

    def _by_word(self, i: int, taken: dict[int, str]) -> Draft | None:
        """Look a word up among those that make a speech act of what is said around them."""
        words = {self.tree.lower[i], self.tree.lemma[i], self.grammar.verb_lemma(i)}
        if self.tree.lower[i] in self.cues["innocence"] or self._is_nothing_to_do(i):
            told = self._innocence(i)
            if told is not None:
                return told
        if self.tree.lower[i] in _NOT:
            return self._disavowal(self.tree.head[i])
        if words & self.cues["judging"]:
            return self._judgement(_CONDEMNATION, i, taken)
        if words & self.cues["lies"]:
            return self._judgement(_DENIAL, i, taken)
        if words & self.cues["blame"]:
            return self._blame(i)
        if words & self.cues["announcing"] and self.tree.pos[i] == "VERB":
            return self._announcement(i)
        if words & self.cues["lying"]:
            return self._lie(i)
        if words & self.cues["contesting"]:
            return self._contest(i)
        if words & self.cues["pursuit"]:
            return self._retribution(_PROMISE, i, taken)
        if words & self.cues["retribution"]:
            return self._retribution(_THREAT, i, taken)
        return None

    def _judgement(self, frame: Frame, i: int, taken: dict[int, str]) -> Draft | None:
        """Read "il s'agit d'une attaque écœurante" and "c'est inacceptable": somebody says so."""
        tree = self.tree
        above = [i, *tree.ancestors(i)]
        nouns = [k for k in above[:3] if tree.lemma[k] in self.cues["judged"]]
        predicates = [k for k in above[:4] if self._is_of_this(k)]
        # "« Un mensonge éhonté », a rétorqué …"
        is_called = bool(nouns) or i in self.quotations.contents.values()
        if not predicates and not (is_called and self._is_quoted(i)):
            return None
        if tree.pos[i] == "ADJ" and not nouns and i not in predicates:
            return None
        sayers = self._who.sayers(i)
        if not sayers or self._is_within(i, frame.event, taken):
            return None
        told = self._who.saying_behind(i) if frame is _DENIAL else i
        told = i if told in taken else told
        return make_speech(frame, told, self.grammar.clause(told), None, sayers)

    def _blame(self, i: int) -> Draft | None:
        """Read "a affirmé que Kiev était derrière l'attaque": an accusation."""
        tree = self.tree
        top = next((k for k in (i, tree.head[i]) if tree.children(k, "cop")), None)
        if top is None:  # "derrière" under a verb of being
            bearing = ("porter",) if tree.lemma[i] == "responsabilité" else ("être", "trouver")
            top = tree.head[i] if tree.lemma[tree.head[i]] in bearing else None
        clause = None if top is None else self.grammar.clause(top)
        if top is None or clause is None or clause.is_causative or self._who.is_negated(top):
            return None
        sayers = self._who.sayers(top)
        speakers = {p.entity for p in sayers}
        subjects = clause.get("subj")
        if tree.lemma[i] == "œuvre":  # "l'attaque est l'œuvre des rebelles"
            subjects = [k for k in tree.children(i, "nmod") if tree.prep(k) == "de"]
        accused = [t for t in subjects if self.cast.is_a(t, "human")]
        targets = [p for p in self._who.speakers(accused) if p.entity not in speakers]
        is_own = clause.is_infinitive or any(self._is_of_own(t, sayers) for t in accused)
        if sayers and not targets and is_own and tree.lemma[i] in self.cues["authorship"]:
            # "a assuré être derrière l'attentat"
            return make_speech(_CLAIM, self._who.saying_above(i), clause, None, sayers)
        if not sayers or not targets:
            return None
        made = make_speech(_ACCUSATION, i, clause, None, sayers)
        made.targets = targets
        return made

    def _announcement(self, verb: int) -> Draft | None:
        """Read "a annoncé qu'il se retirerait": the speaker will do it himself."""
        tree = self.tree
        saying = self.grammar.clause(verb)
        speakers = self._who.speakers(saying.get("subj")) if saying is not None else []
        if tree.lemma[verb] == "savoir" and not tree.children(verb, "aux:caus"):
            return None  # "faire savoir" announces, "savoir" does not
        for k in tree.children(verb, "ccomp"):
            forms = [k, *(x for x in tree.kids[k] if tree.dep[x].startswith(("aux", "cop")))]
            is_later = any(tree.has(x, "Tense=Fut") or tree.has(x, "Mood=Cnd") for x in forms)
            subjects = [x for x in tree.children(k, "nsubj") if tree.pos[x] == "PRON"]
            own: set[str | None] = {p.entity for p in speakers}
            if len(own) > 1:  # "Paris et Londres ont annoncé qu'elles …": both of them
                own |= {self.cast.entity(x) for x in subjects if tree.lower[x].endswith("s")}
            named = tree.children(k, "nsubj")
            stands_for = [x for x in tree.children(k, "expl:subj") if not self._is_impersonal(k)]
            is_own = any(self.cast.entity(x) in own for x in subjects)
            is_own = is_own or (bool(stands_for) and bool(speakers))
            if is_later and (is_own or any(self._is_own(x, speakers, k) for x in named)):
                hostile = any(  # the lemmatizer does not know all conditionals
                    self.tree.lower[k].startswith((word, word[:-1]))
                    for word in self.cues["answering"]
                )
                frame = _THREAT if hostile else _PROMISE
                return make_speech(frame, verb, saying, None, speakers)
        return None

    def _is_impersonal(self, verb: int) -> bool:
        """Tell "qu'il faudrait" and "qu'il y aurait" from "qu'il démissionnerait"."""
        tree = self.tree
        is_state = bool(tree.children(verb, "cop")) or tree.pos[verb] != "VERB"
        return is_state or tree.lower[verb].startswith(_IMPERSONAL)

    def _is_hostile(self, verb: int) -> bool:
        """Tell "a juré que le sang serait vengé" and "promis de venger" from a promise."""
        tree = self.tree
        quoted = self.quotations.contents.get(verb)
        if quoted is not None and self.grammar.verb_lemma(quoted) in self.cues["answering"]:
            return True  # "« Ils répondront de leurs crimes », a-t-il promis"
        return any(
            self.cues["hostile"] & {tree.lemma[x], self.grammar.verb_lemma(x)}
            for k in tree.children(verb, "ccomp", "xcomp")
            for x in (k, *tree.children(k, "obj", "xcomp"))
        )

    def _is_own(self, subject: int, holder: list[Part], verb: int) -> bool:
        """Tell "son pays", "ses forces", and the state of whose office holder speaks."""
        tree = self.tree
        if tree.lemma[subject] in self.cues["own_side"]:
            return any("Poss=Yes" in tree.morph[k] for k in tree.kids[subject])
        is_state = tree.pos[subject] == "PROPN" and self.cast.is_a(subject, "place")
        in_office = any(tree.lemma[p.token] in self.cues["office_words"] for p in holder)
        # the lemmatizer makes up verbs of such forms; most begin with their infinitive
        return (
            is_state
            and in_office
            and any(
                tree.lower[verb].startswith(word) or self.grammar.verb_lemma(verb) == word
                for word in self.cues["standing"]
            )
        )

    def _lie(self, verb: int) -> Draft | None:
        """Read "le Hamas ment, a réagi le ministre": an accusation."""
        clause = self.grammar.clause(verb)
        sayers = self._who.sayers(verb) if clause is not None else []
        if clause is None or not sayers:
            return None
        made = make_speech(_ACCUSATION, verb, clause, None, sayers)
        speakers = {p.entity for p in sayers}
        made.targets = [
            p for p in self._who.speakers(clause.get("subj")) if p.entity not in speakers
        ]
        return made if made.targets else None

    def _contest(self, verb: int) -> Draft | None:
        """Read "ce que l'armée conteste": what was told just before is denied."""
        clause = self.grammar.clause(verb)
        contested = self.cues["contested"]
        if clause is None:
            return None
        is_of_deed = any(self.tree.has(k, "VerbForm=Inf") for k in self._complements(verb))
        if not is_of_deed:  # "conteste avoir tiré", "conteste prêter main-forte aux rebelles"
            if self.tree.dep[verb] not in ("acl:relcl", "acl", "ccomp", "parataxis"):
                return None
            told = clause.get("obj")
            if self.tree.dep[verb].startswith("acl"):  # "une accusation que … a contestée"
                told = [*told, self.tree.head[verb]]
            if not any(self.tree.lemma[t] in contested for t in told):
                return None
        speakers = self._who.speakers(clause.get("subj"))
        return make_speech(_DENIAL, verb, clause, None, speakers) if speakers else None

    def _retribution(self, frame: Frame, verb: int, taken: dict[int, str]) -> Draft | None:
        """Read "les auteurs seront traqués, a déclaré le président", "l'ennemi paiera"."""
        tree = self.tree
        forms = [verb, *(k for k in tree.kids[verb] if tree.dep[k].startswith("aux"))]
        head = tree.head[verb]
        is_going = tree.lemma[head] == "aller" and tree.has(verb, "VerbForm=Inf")
        clause = self.grammar.clause(verb)
        if clause is None or not (any(tree.has(k, "Tense=Fut") for k in forms) or is_going):
            return None
        sayers = self._who.sayers(verb)
        if not sayers or any(self._is_within(verb, kind, taken) for kind in ("Threat", "Promise")):
            return None
        made = make_speech(frame, self._who.saying_behind(verb), clause, None, sayers)
        goal = "subj" if clause.lemma in ("payer", "regretter") else "obj"
        speaker = {p.entity for p in sayers}
        made.targets = [p for p in self._who.speakers(clause.get(goal)) if p.entity not in speaker]
        return made

    def _is_of_this(self, i: int) -> bool:
        """Tell what is said of "ce" or "il": "c'est …", "il s'agit de …"."""
        tree = self.tree
        if tree.lemma[i] == "agir":
            return any(tree.lower[k] in ("s'", "se") for k in tree.kids[i])
        has_cop = any(tree.dep[k] == "cop" for k in tree.kids[i])
        subjects = [tree.lower[k] for k in tree.children(i, "nsubj", "expl:subj")]
        return has_cop and any(s in ("c'", "ce", "cela", "il", "ceci") for s in subjects)

    def _is_quoted(self, i: int) -> bool:
        first, last = self.tree.sents[self.tree.sent[i]]
        before = [self.tree.text[k] for k in range(first, i) if self.tree.text[k] in _QUOTES]
        behind = [self.tree.text[k] for k in range(i, last) if self.tree.text[k] in _QUOTES]
        return len(before) % 2 == 1 and bool(behind)

    def _is_within(self, i: int, event: str, taken: dict[int, str]) -> bool:
        """Tell whether a verb above, or the one behind the quotation, is that speech act."""
        tree = self.tree
        above = {i, *tree.ancestors(i)}
        around = above | {v for v, c in self.quotations.contents.items() if c in above}
        first, last = tree.sents[tree.sent[i]]
        same = {k for k, kind in taken.items() if kind == event and first <= k < last}
        return bool(same & around) or any(tree.head[k] in around for k in same)

    def _claim(self, deed: Draft) -> Draft | None:
        saying = self._saying(deed)
        carrier = next((c for c in deed.carriers if self.tree.dep[c] in ("xcomp", "ccomp")), None)
        clause = deed.trigger.clause or (None if carrier is None else self.grammar.clause(carrier))
        if clause is None or saying is None or deed.type not in _CLAIMED | _REPORTED:
            return None
        speakers = {self.cast.entity(t) for t in saying.get("subj")}
        own = [p for p in deed.agents if p.entity in speakers]
        if not clause.is_infinitive:  # "a affirmé que ses forces avaient abattu un drone"
            own = [p for p in deed.agents if self._is_ours(p.token)] or [
                p for p in own if self.tree.pos[p.token] == "PRON"
            ]
        if saying.lemma == "savoir" and not saying.is_causative:
            return None
        kids = self.tree.kids[clause.verb]
        is_done = not clause.is_infinitive or any(self.tree.dep[k] == "aux:tense" for k in kids)
        if not own or not is_done or deed.status is Status.NEGATED:
            return None
        sources = tuple(e for e in speakers if e is not None)
        if deed.type in _REPORTED:  # "a affirmé s'être emparé du village"
            if saying.lemma in self.cues["insisting"] and deed.status is Status.ASSERTED:
                deed.status, deed.source = Status.ALLEGED, sources
            return None
        is_report = deed.type == "Attack" and saying.lemma not in self.cues["owning_up"]
        if is_report and self._is_of_a_state(own):
            if saying.lemma in self.cues["insisting"] and deed.status is Status.ASSERTED:
                deed.status, deed.source = Status.ALLEGED, sources
            return None
        deed.status, deed.source = Status.ALLEGED, sources
        for part in own:
            part.status, part.by = Status.ALLEGED, deed.source
        is_loose = saying.is_infinitive and not saying.is_causative
        if is_loose or self.tree.lower[saying.verb].endswith("ant"):
            return None  # "assurant avoir visé …" only adds to what was told before
        claimants = own if clause.is_infinitive else self._who.speakers(saying.get("subj"))
        return make_speech(_CLAIM, saying.verb, saying, deed, claimants)

    def _is_of_a_state(self, parts: list[Part]) -> bool:
        """Tell an army that reports on its day from a group that claims an attack."""
        found = [self.cast.entities.get(p.entity) for p in parts]
        return all(e is not None and e.cls in _OF_STATES for e in found)

    def _is_of_own(self, token: int, sayers: list[Part]) -> bool:
        """Tell "des soldats du califat" only where a group says it of its own soldiers."""
        entity = self.cast.entity(token)
        return entity is None or any(p.entity == entity for p in sayers)

    def _is_ours(self, token: int) -> bool:
        """Tell "ses forces" and "nos hommes": whoever speaks answers for them."""
        kids = self.tree.kids[token]
        return any("Poss=Yes" in self.tree.morph[k] for k in kids if k < token)

    def _denial(self, deed: Draft) -> Draft | None:
        """Read what a speaker says not to have been done, by itself or by its own."""
        saying = self._saying(deed) or self._who.quoting(deed.token)
        if saying is None or deed.type not in _DENIED or deed.status is not Status.NEGATED:
            return None
        speakers = [t for t in saying.get("subj") if self.cast.entity(t) is not None]
        if deed.is_toll or not speakers:
            return None
        entities = tuple(self.cast.entity(t) or "" for t in speakers)
        deed.status, deed.source = Status.DENIED, entities
        for part in deed.agents:
            part.status, part.by = Status.DENIED, entities
        parts = [Part(token=t, entity=e) for t, e in zip(speakers, entities, strict=True)]
        return make_speech(_DENIAL, saying.verb, saying, deed, parts)

    def _innocence(self, noun: int) -> Draft | None:
        """Read "affirme n'avoir joué aucun rôle dans l'attentat"."""
        tree = self.tree
        for verb in (noun, *tree.ancestors(noun)):
            clause = self.grammar.clause(verb)
            if clause is not None and self._who.is_negated(verb):
                if any(is_first_person(tree, t) for t in tree.kids[verb]):
                    sayers = self._who.sayers(verb)
                    return make_speech(_DENIAL, verb, clause, None, sayers) if sayers else None
            if tree.dep[verb] in ("xcomp", "ccomp") and self._who.is_negated(verb):
                saying = self.grammar.clause(tree.head[verb])
                if saying is None or saying.lemma not in self.cues["claiming"]:
                    return None
                return make_speech(
                    _DENIAL, saying.verb, saying, None, self._who.speakers(saying.get("subj"))
                )
        return None

    def _complements(self, verb: int) -> list[int]:
        """List the infinitives that a verb governs, with their auxiliaries."""
        tree = self.tree
        inner = tree.children(verb, "xcomp")
        return [*inner, *(k for j in inner for k in tree.kids[j] if tree.dep[k].startswith("aux"))]

    def _is_disavowed(self, verb: int) -> bool:
        """Tell "a juré n'avoir jamais tiré": of what is past, and not so."""
        tree = self.tree
        return any(
            any(tree.lower[x] in _NOT for x in tree.subtree(k))
            and not any(tree.lower[x] in _ONLY for x in tree.subtree(k))
            and any(tree.has(x, "VerbForm=Inf") for x in tree.children(k, "aux:tense", "aux:pass"))
            for k in tree.children(verb, "xcomp", "ccomp")
        )

    def _disavowal(self, verb: int) -> Draft | None:
        """Read "affirme n'avoir jamais reçu d'armes"."""
        saying = self.grammar.clause(self.tree.head[verb])
        if saying is None or saying.lemma not in self.cues["insisting"]:
            return None
        speakers = [t for t in saying.get("subj") if self.cast.is_a(t, "human")]
        if not speakers or not self._is_disavowed(saying.verb):
            return None
        return make_speech(_DENIAL, saying.verb, saying, None, self._who.speakers(speakers))

    def _is_nothing_to_do(self, i: int) -> bool:
        """Tell "rien à voir" and "pour rien"."""
        lower = self.tree.lower
        if lower[i] != "rien":
            return False
        return lower[i - 1] == "pour" or lower[i + 1 : i + 3] == ["à", "voir"]

    def _groundless(self, accusation: Draft) -> Draft | None:
        """Read "ces accusations sont infondées, a réagi le ministre": the ministry denies."""
        tree = self.tree
        predicate = tree.head[accusation.token]
        words = {tree.lemma[predicate], tree.lower[predicate]}
        if tree.dep[accusation.token] not in ("nsubj", "nsubj:pass", "obj"):
            return None
        words |= {tree.lemma[k] for k in tree.kids[predicate] if k > predicate}
        if not words & self.cues["groundless"]:
            return None
        speaker = self.quotations.speaker(tree, predicate)
        tokens = [] if speaker is None else [speaker]
        for up in (predicate, *tree.ancestors(predicate)):
            saying = self.grammar.clause(up)
            if not tokens and saying is not None and saying.lemma in self.cues["saying"]:
                tokens = saying.get("subj")
        speakers = self._who.speakers(tokens)
        clause = self.grammar.clause(predicate)
        if not speakers or clause is None:
            return None
        return make_speech(_DENIAL, predicate, clause, accusation, speakers)

    def _saying(self, deed: Draft) -> Clause | None:
        """Find the verb of saying whose content a deed is: its own verb, or the one carrying it."""
        for token in [deed.token, *deed.carriers]:
            clause = self.grammar.clause(token)
            if clause is None or self.tree.dep[token] not in ("ccomp", "xcomp", "obj", "conj"):
                continue
            above = clause.governor if clause.governor is not None else self.tree.head[token]
            saying = self.grammar.clause(above)
            if saying is not None and saying.lemma in self.cues["claiming"]:
                return saying
        return None
