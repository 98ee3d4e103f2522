"""Who does it and to whom: participants of a trigger, by template and construction.

Takes triggers with their clauses, gives drafts with agents, targets, weapons and places. Nouns get
their participants from their own complements and from what carries them (`carriers`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.carriers import CarrierReader
from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.filling import Filler
from kg.extract.grammar import Clause, Constructions, Grammar
from kg.extract.kinds import ARMED, SPEECH_ACTS
from kg.extract.tree import Tree
from kg.extract.triggers import Trigger, noun_arguments
from kg.model import EntityClass

__all__ = ["RoleReader"]

# Rules that speak of victims only ("périr", "faire dix morts"): the deed is told elsewhere.
_TOLL_RULES = "toll-"
_BETWEEN = ("nmod:entre", "nmod:avec")
_COMPANY = ("obl:avec", "obl:aux côtés de")
_HELD = frozenset({"Arrest", "Release"})
_OUTER = ("nmod:contre", "nmod:sur", "nmod:par")
# What is taken or sent, though the phrase of the trigger names it.
_TAKEN = frozenset({"weapon", "equipment", "place", "facility"})


class RoleReader:
    """Turns triggers into drafts; holds what all triggers of one article share."""

    def __init__(
        self,
        tree: Tree,
        grammar: Grammar,
        cast: Cast,
        words: Constructions,
        triggers: Iterable[Trigger],
        time_tokens: frozenset[int],
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.cast = cast
        self.words = words
        self.by_token = {t.token: t for t in triggers}
        self.time_tokens = time_tokens
        filler = Filler(tree, cast, words, self.by_token, time_tokens)
        self._give = filler.give
        self._carriers = CarrierReader(tree, grammar, cast, words, self.by_token, filler)

    def draft(self, trigger: Trigger) -> Draft:
        """Read the participants of one trigger."""
        frame = trigger.frame
        draft = Draft(
            trigger=trigger,
            type=frame.event,
            mode=frame.mode,
            tokens=[trigger.token],
            triggers=[trigger],
            is_toll=frame.id.startswith(_TOLL_RULES),
        )
        if frame.weapon:
            draft.weapons.append((frame.weapon, trigger.token))
        roles = self.words.templates[frame.roles]
        overrides = dict(frame.overrides)
        if trigger.clause is not None:
            self._read_verb(draft, trigger.clause, {**roles["verb"], **overrides})
        else:
            self._read_noun(draft, trigger.token, {**roles["noun"], **overrides})
        self._shape(draft)
        return draft

    # -- verbs

    def _read_verb(self, draft: Draft, clause: Clause, roles: dict[str, str]) -> None:
        words = set(draft.trigger.words)
        for function, token in clause.arguments:
            role = roles.get(function)
            if function in _COMPANY and role is None:
                role = self._role_of_companion(draft, clause, token, roles)
            if function == "subj" and role == "agent" and self._is_tried(draft, clause):
                role = "target"
            if function == "obl:sur" and role == "target" and self._is_ground(token, clause):
                role = "place"
            if role is None or (token in words and not self._is_participant(role, token)):
                continue
            is_venue = clause.lemma not in self.words["siding_verbs"]
            if function == "obl:à" and role == "agent_human" and clause.get("obj") and is_venue:
                continue  # "recevra à l'Élysée le chef du gouvernement"
            if function == "obj" and self._is_predicate(token, clause):
                continue
            inner = self.cast.content(token)
            if not (function == "subj" and self._is_warplane(inner)):
                self._give(draft, role, token)
            if function == "subj" and draft.trigger.frame.roles == "mutual":
                self._read_subject(draft, inner)
            if "weapon" in self.cast.classes(inner):
                self._read_aim(draft, inner)
            if function == "subj" and draft.type in ARMED and self._is_arm(inner):
                self._read_owner(draft, inner)
        if clause.lemma == "opposer" and draft.type == "Clash":
            for token in clause.get("obj"):  # "opposent l'armée aux rebelles"
                for k in self.tree.children(token, "nmod"):
                    if self.tree.prep(k) == "à":
                        self._give(draft, "agent", k)
        self._read_phrase(draft, roles)

    def _read_subject(self, draft: Draft, noun: int) -> None:
        """Read the sides off a subject: "la guerre entre A et B", "que se livrent A et B"."""
        if self.tree.pos[noun] != "NOUN" or self.cast.is_a(noun, "human"):
            return
        for function, token in noun_arguments(noun, self.tree):
            if function in _BETWEEN:
                self._give(draft, "agent", token)
        self._carriers.read_all(draft, noun)

    def _role_of_companion(
        self, draft: Draft, clause: Clause, token: int, roles: dict[str, str]
    ) -> str | None:
        """Read "tué avec deux gardes" and "attaquer avec les milices": both do or undergo it."""
        cast = self.cast
        if not cast.is_a(token, "human"):
            return None
        beside = ("obl:aux côtés de", token) in clause.arguments
        doers = clause.get("subj")
        is_hit = clause.is_passive or (
            "obj" in roles and bool(doers) and not any(cast.is_a(t, "human") for t in doers)
        )
        role = roles.get("obj" if is_hit else "subj")
        if role not in ("agent", "target"):
            return None
        if beside:
            return role
        is_known = cast.is_a(token, "armed") or role != "agent"
        return role if is_known and draft.type in ARMED | _HELD else None

    def _is_tried(self, draft: Draft, clause: Clause) -> bool:
        """Tell who stands before a court: "il a comparu", "il a plaidé coupable"."""
        return draft.type == "Trial" and clause.lemma in self.words["appearing_verbs"]

    def _is_ground(self, token: int, clause: Clause) -> bool:
        """Tell where it happens ("ont fauché des passants sur l'avenue") from what is shot at."""
        if self.tree.lemma[token] in self.words["ground_nouns"]:
            return True
        hit = [t for t in clause.get("obj") if t != token]
        return not self.cast.is_a(token, "person") and any(self.cast.is_a(t, "human") for t in hit)

    def _is_predicate(self, token: int, clause: Clause) -> bool:
        """Tell the bare post in "a nommé Premier ministre l'économiste" from who is named."""
        objects = clause.get("obj")
        return (
            len(objects) > 1
            and not any(
                self.tree.pos[k] in ("DET", "NUM") or self.tree.dep[k] == "det"
                for k in self.tree.kids[token]
            )
            and self.tree.pos[token] == "NOUN"
            and token == objects[0]
        )

    def _is_participant(self, role: str, token: int) -> bool:
        """Tell a word of the trigger that fills a role too ("renverser le président")."""
        side = role.partition("_")[0]
        if role == "target" and self.cast.classes(token) & _TAKEN:
            return True  # "intercepter une cargaison", "dépêcher un navire"
        return role == "weapon" or (side in ("agent", "target") and self.cast.is_a(token, "human"))

    def _read_phrase(self, draft: Draft, roles: dict[str, str]) -> None:
        """Read what hangs from the other words of a trigger: "tomber aux mains de X"."""
        overrides = dict(draft.trigger.frame.overrides)
        is_noun = draft.trigger.clause is None
        for word in draft.trigger.words:
            if word == draft.token:
                continue
            for function, token in noun_arguments(word, self.tree):
                if token in draft.trigger.words:
                    continue
                if self.tree.lemma[word] in self.words["listing_nouns"]:
                    continue  # "sur la liste des organisations terroristes"
                for name, inner in self.grammar.inner(token, self.tree.prep(token)):
                    self._give(draft, roles.get(name, "ignore"), inner)
                role = overrides.get(function)
                if role is None and draft.trigger.frame.roles == "mutual" and function in _BETWEEN:
                    role = "agent"
                elif role is None and function in _OUTER:
                    role = roles.get(function) or roles.get(function.replace("nmod", "obl"))
                elif role is None and function == "nmod:de":
                    role = self._role_inside(draft, word, token)
                if role is not None:
                    self._give(draft, role, token)
            self._read_under(draft, word, roles, is_noun=is_noun)

    def _role_inside(self, draft: Draft, word: int, token: int) -> str | None:
        """Settle "de" of a phrase's inner noun: "soumis à un pilonnage de l'artillerie"."""
        if draft.trigger.clause is None:
            return "agent_human" if self._side_of(draft.token, token) == "agent" else None
        if draft.agents and draft.trigger.frame.roles != "mutual":
            return None
        is_deed = self.tree.lemma[word] in self.words["agentive_nouns"]
        return "agent_human" if is_deed and self._side_of(word, token) == "agent" else None

    def _read_under(self, draft: Draft, word: int, roles: dict[str, str], *, is_noun: bool) -> None:
        """Read an object or a participle that the parser hung from a phrase's inner word."""
        for k in self.tree.kids[word]:
            if self.tree.dep[k] == "obj" and not is_noun:  # "prendre pour cible un convoi"
                self._give(draft, roles.get("obj", "ignore"), k)
            elif self.tree.dep[k] == "acl":  # "des frappes de drones menées par X"
                clause = self.grammar.clause(k)
                # "dénonce un complot monté par l'opposition": the plotters say nothing
                is_others = draft.trigger.is_verb and draft.type in SPEECH_ACTS
                if clause is not None and not is_others:
                    self._carriers.read(draft, word, clause)

    def _read_aim(self, draft: Draft, weapon: int) -> None:
        """Read "tirer des missiles sur deux bases" where the aim hangs from the weapon."""
        for k in self.tree.kids[weapon]:
            if self.tree.prep(k) in ("sur", "contre") and self.tree.dep[k] in ("nmod", "obl:mod"):
                for token in self.tree.conjuncts(k):
                    self._give(draft, "target", token)

    # -- nouns

    def _read_noun(self, draft: Draft, i: int, roles: dict[str, str]) -> None:
        words = set(draft.trigger.words)
        for function, token in [*noun_arguments(i, self.tree), *self._stray_arguments(i)]:
            role = roles.get(function) or roles.get(function.replace("nmod", "obl"))
            if token in words:
                self._read_owner(draft, token)
            for name, inner in self.grammar.inner(token, self.tree.prep(token)):
                self._give(draft, roles.get(name, "ignore"), inner)
            if role is None or (token in words and not self._is_participant(role, token)):
                continue
            if function == "amod" and not self._is_demonym(token):
                continue
            if role in ("de", "de_place"):
                side = self._side_of(i, token)
                is_aim = side == "ignore" and role == "de_place" and self.cast.is_a(token, "place")
                role = "target" if is_aim else side
            if role in ("agent", "agent_human") and self._is_left(i, token):
                role = "place"
            if function == "nmod:sur" and self.tree.lemma[token] in self.words["ground_nouns"]:
                role = "place"
            self._give(draft, role, token)
            if function == "nmod:par" and not self._has_owner(i):
                for other in self._behind_doer(token):
                    self._give(draft, "target", other)
            if function == "nmod:de":
                for outer, other in self._outer_arguments(token):
                    self._give(draft, roles.get(outer, "ignore"), other)
        for token in self._relative_owner(i):
            self._give(draft, self._role_of_owner(i, token, roles), token)
        if draft.trigger.frame.roles == "mutual":  # "A est aux prises depuis mardi avec B"
            for k in self.tree.children(i, "nsubj", "nsubj:pass"):
                for token in self.tree.conjuncts(k):
                    self._give(draft, "agent_human", token)
        self._read_phrase(draft, roles)
        self._carriers.read_all(draft, i)
        self._read_possessor(draft, i, roles)

    def _relative_owner(self, i: int) -> list[int]:
        """Read "les otages, dont la libération …": the noun before is what "de" would hold."""
        tree = self.tree
        if not any(tree.lower[k] == "dont" for k in tree.kids[i]):
            return []
        above = next((k for k in tree.ancestors(i) if tree.dep[k] == "acl:relcl"), None)
        return [tree.head[above]] if above is not None else []

    def _role_of_owner(self, i: int, token: int, roles: dict[str, str]) -> str:
        role = roles.get("nmod:de", "ignore")
        return self._side_of(i, token) if role in ("de", "de_place") else role

    def _is_left(self, noun: int, token: int) -> bool:
        """Tell the state that is left ("le départ d'Irak") from the one that leaves."""
        tree = self.tree
        return (
            self.cast.is_a(token, "state")
            and tree.lemma[noun] in self.words["leaving_nouns"]
            and any(tree.lower[k] in ("d'", "de") for k in tree.kids[token] if k < token)
            and not any(tree.pos[k] == "DET" for k in tree.kids[token])
        ) or (
            self.cast.is_a(token, "state")
            and tree.lemma[noun] in self.words["leaving_nouns"]
            and any("Poss=Yes" in tree.morph[k] for k in tree.kids[noun])  # "leur retrait du Mali"
        )

    def _is_arm(self, token: int) -> bool:
        """Tell what only does its owner's deed: weapons, warplanes, tanks, ships."""
        is_thing = bool(self.cast.classes(token) & {"weapon", "equipment"})
        return is_thing or self._is_warplane(token)

    def _is_warplane(self, token: int) -> bool:
        """Tell "des chasseurs turcs" from "des chasseurs dozos": a state's are planes."""
        tree = self.tree
        if tree.lemma[token] not in self.words["warplane_nouns"]:
            return False
        return any(self.cast.is_a(k, "state") for k in tree.children(token, "amod"))

    def _read_owner(self, draft: Draft, weapon: int) -> None:
        """Read whose weapons they are: "des tirs de missiles iraniens", "un drone des rebelles"."""
        tree = self.tree
        for k in tree.kids[weapon]:
            if tree.dep[k] == "amod" and self._is_demonym(k):
                self._give(draft, "agent", k)
            elif tree.dep[k] == "nmod" and tree.prep(k) == "de":
                if self.cast.classes(k) & {"armed", "state"}:
                    self._give(draft, "agent", k)
                elif not tree.children(k, "det"):  # "un navire de guerre américain"
                    for owner in tree.children(k, "amod"):
                        if self._is_demonym(owner):
                            self._give(draft, "agent", owner)

    def _stray_arguments(self, i: int) -> list[tuple[str, int]]:
        """Find "contre X" and "par X" behind the noun where the parser hung them further up.

        A doer may also hang from the word between ("l'attaque sans précédent du Hamas").
        """
        tree, cast = self.tree, self.cast
        above = set(tree.ancestors(i))
        found: list[tuple[str, int]] = []
        agentive = self._is_agentive(i)
        has_owner = self._has_owner(i)
        for k in range(i + 1, min(i + 9, len(tree))):
            if tree.pos[k] == "VERB" or tree.sent[k] != tree.sent[i]:
                break
            if tree.lower[k] == "," and not {k - 1, k + 1} & self.time_tokens:
                break
            if k in self.by_token and not self.by_token[k].is_verb:
                break
            if tree.dep[k] != "case" or tree.head[k] < k:
                continue
            noun, prep = tree.head[k], tree.prep(tree.head[k])
            head = tree.head[noun]
            if prep in ("contre", "par") and head in above:
                is_near = k - i <= 4 or tree.pos[head] != "VERB"
                if is_near and (prep == "contre" or cast.is_a(noun, "human")):
                    found.extend((f"nmod:{prep}", c) for c in tree.conjuncts(noun))
            elif prep == "de" and not has_owner and k > i + 1 and self._is_far_owner(i, noun):
                found.append(("nmod:de", noun))
            elif prep == "de" and agentive and tree.head[head] == i and self._is_side(noun, head):
                if not cast.classes(head) & {"human", "place", "facility"}:
                    found.append(("nmod:de", noun))
        return found

    def _is_side(self, noun: int, over: int) -> bool:
        """Tell the doer behind an adjective ("les frappes aveugles du régime")."""
        kind = "human" if self.tree.pos[over] == "ADJ" else "armed"
        return self.cast.is_a(noun, kind)

    def _is_far_owner(self, i: int, noun: int) -> bool:
        """Read "l'arrestation à Moscou de deux hommes": a place or a date stands between."""
        tree, cast = self.tree, self.cast
        head = tree.head[noun]
        if not cast.is_a(noun, "human") and not cast.is_a(noun, "facility"):
            return False
        if cast.is_inside_name(noun):  # "contre la Corée du Nord"
            return False
        between = range(i + 1, tree.span(noun)[0])
        is_apart = any(
            k in self.time_tokens or (tree.pos[k] == "PROPN" and cast.is_a(k, "place"))
            for k in between
        )
        if any(tree.pos[k] == "NOUN" and k not in self.time_tokens for k in between):
            return False
        above = set(tree.ancestors(i))
        return is_apart and (head in above or head == i or head in between)

    def _outer_arguments(self, inner: int) -> list[tuple[str, int]]:
        """Find what the parser hung too low: "la capture du chef rebelle par l'armée"."""
        tree = self.tree
        below = [inner, *tree.children(inner, "amod", "nmod", "flat:name")]
        return [
            ("nmod:" + tree.prep(k), k)
            for b in below
            for k in tree.kids[b]
            if "nmod:" + tree.prep(k) in _OUTER
        ]

    def _has_owner(self, noun: int) -> bool:
        return any(self.tree.prep(k) == "de" for k in self.tree.children(noun, "nmod"))

    def _behind_doer(self, doer: int) -> list[int]:
        """Find "d'un village" where the doer before it took it: "par l'armée birmane d'un village".

        The doer's own "de" stands right behind it or brings nothing new up ("l'armée de l'air").
        """
        tree = self.tree
        return [
            k
            for k in tree.children(doer, "nmod")
            if tree.prep(k) == "de"
            and (
                tree.span(k)[0] > doer + 1
                or any(tree.has(d, "Definite=Ind") for d in tree.children(k, "det"))
            )
        ]

    def _is_demonym(self, token: int) -> bool:
        """Tell "raids américains" from "attentat meurtrier"."""
        mention = self.cast.mention(token)
        return mention is not None and mention.kind == "name" and self.cast.is_a(token, "human")

    def _side_of(self, noun: int, token: int) -> str:
        """Settle a bare "de": the doer of an agentive noun, the victim of the others."""
        cast = self.cast
        inner = cast.content(token)
        if self.tree.lemma[noun] in self.words["two_sided_nouns"]:
            can_do = cast.classes(inner) & {"armed", "institution"}
            return "agent" if can_do else "target"
        if not self._is_agentive(noun):
            return "target"
        if cast.is_a(inner, "weapon") and not cast.is_a(inner, "human"):
            return "weapon"  # "une attaque de drones et de missiles"
        if cast.is_a(inner, "facility") or cast.is_a(inner, "equipment"):
            return "target"
        if cast.is_a(inner, "human"):
            return "target" if self._is_stormed(noun, inner) else "agent"
        return "ignore"

    def _is_agentive(self, noun: int) -> bool:
        """Tell the nouns whose "de" is a doer, compounds too: "attaque-suicide"."""
        lemma = self.tree.lemma[noun].removeprefix("contre-").partition("-")[0]
        return bool({lemma, lemma.removesuffix("s")} & self.words["agentive_nouns"])

    def _is_stormed(self, noun: int, inner: int) -> bool:
        """Tell "l'assaut de la radio" and "l'attaque de X par Y" from "l'attaque des rebelles"."""
        tree, cast = self.tree, self.cast
        doers = [k for k in tree.children(noun, "nmod", "obl:agent") if tree.prep(k) == "par"]
        if any(cast.is_a(k, "human") for k in doers):
            return True
        trigger, mention = self.by_token.get(noun), cast.mention(inner)
        return (
            trigger is not None
            and trigger.frame.event in ARMED
            and mention is not None
            and mention.kind == "nominal"
            and mention.cls is EntityClass.INSTITUTION
            and tree.lemma[inner] not in self.words["ruling_nouns"]
        )

    def _read_possessor(self, draft: Draft, i: int, roles: dict[str, str]) -> None:
        for k in self.tree.kids[i]:
            if self.tree.pos[k] == "DET" and "Poss=Yes" in self.tree.morph[k]:
                self._give(draft, self._role_of_owner(i, k, roles), k)

    def _shape(self, draft: Draft) -> None:
        """Note determiner, number and ordinal of a noun trigger: merging needs them."""
        tree, i = self.tree, draft.token
        if draft.trigger.is_verb:
            draft.definiteness = "verb"
            return
        draft.is_plural = "Number=Plur" in tree.morph[i] or (
            tree.lower[i].endswith("s") and "Number=Sing" not in tree.morph[i]
        )
        draft.definiteness = "bare"
        top = i
        for _ in range(2):
            dets = [k for k in tree.kids[top] if tree.dep[k] in ("det", "nummod") and k < i]
            for k in dets:
                draft.definiteness = self._determiner(k, draft.definiteness)
            if (
                "Definite=Def"
                in "".join(tree.morph[k] for k in tree.kids[top] if tree.dep[k] == "case")
                and draft.definiteness == "bare"
            ):
                draft.definiteness = "def"
            up = tree.head[top]
            if tree.dep[top] != "nmod" or tree.lemma[up] not in self.words["transparent_nouns"]:
                break
            draft.is_plural, top = True, up
        for k in tree.kids[i]:
            if "NumType=Ord" in tree.morph[k]:
                draft.ordinal = 1 if tree.lemma[k].startswith(("prem", "1")) else 2

    def _determiner(self, k: int, known: str) -> str:
        morph = self.tree.morph[k]
        if "PronType=Dem" in morph:
            return "dem"
        if "Definite=Def" in morph:
            return "def"
        if "Poss=Yes" in morph:
            return "poss"
        if "Definite=Ind" in morph or self.tree.dep[k] == "nummod":
            return "indef" if known in ("bare", "") else known
        return known
