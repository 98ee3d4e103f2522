"""One participant at a time: what may stand in a role, and what it becomes there.

Takes a draft, a role word of the templates and a token; adds an agent, a target, a weapon or a
place to the draft, or nothing where the token cannot stand in that role.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part
from kg.extract.grammar import Constructions
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.tree import Tree
from kg.extract.triggers import Trigger
from kg.model import EntityClass, Status

__all__ = ["Filler"]

# Events that people, groups and states undergo, never an abstract noun that no list knows.
_PERSONAL = frozenset({"Arrest", "Release", "Trial", "Appointment", "Resignation"})
_GIVEN = frozenset({"Sanction", "Aid"})
_ABSTRACT = frozenset({"any", "weapon"})
_NOTHING = frozenset({"any"})
_HOLDERS = (EntityClass.PERSON, EntityClass.POPULATION_GROUP)
_GUESSED = "x"  # ids of entities that no list knows
_THINGS = frozenset({"place", "facility", "equipment"})


class Filler:
    """Fills roles; `by_token` are the article's triggers, `time_tokens` the words of its dates."""

    def __init__(
        self,
        tree: Tree,
        cast: Cast,
        words: Constructions,
        by_token: Mapping[int, Trigger],
        time_tokens: frozenset[int],
    ) -> None:
        self.tree = tree
        self.cast = cast
        self.words = words
        self.by_token = by_token
        self.time_tokens = time_tokens
        self._endings = tuple(sorted(words["abstract_endings"]))

    def give(
        self, draft: Draft, role: str, token: int, *, status: Status = Status.ASSERTED
    ) -> None:
        """Put a token in a role of a draft, if it can stand there."""
        cast = self.cast
        if role == "ignore" or token in self.time_tokens or token in draft.tokens:
            return
        if self._is_heading(token) or self._is_kind(token) or self._is_share(token):
            return
        if self.tree.lemma[token] in self.words["never_participants"] or self._is_count(token):
            return
        if draft.type == "Resignation" and self.tree.lemma[token] in self.words["office_nouns"]:
            return
        if self.tree.lemma[token] in self.words["channels"] and self.tree.prep(token) == "sur":
            return
        for name in self._names_behind(token):
            self.give(draft, role, name, status=status)
        if role == "about" and draft.type == "Protest":
            role, token = "target_human", self._opposed(token)
        inner = cast.content(token)
        kinds = cast.classes(token) | cast.classes(inner)
        if role.endswith("_human"):
            if "human" not in kinds:
                return
            role = role.partition("_")[0]
        elif role.endswith("_thing"):
            if not kinds & {"human", "facility", "equipment"}:
                return
            role = role.partition("_")[0]
        if role == "weapon" or (
            role == "agent" and kinds & {"weapon", "equipment"} and "human" not in kinds
        ):
            if self.tree.pos[inner] in ("PRON", "DET"):
                return
            if "weapon" in kinds or "equipment" in kinds:
                draft.weapons.append((self.tree.lemma[inner], inner))
                return
            if role == "weapon":
                if token in draft.trigger.words:  # the phrase itself says so: "jeter des pierres"
                    draft.weapons.append((self.tree.lemma[inner], inner))
                return
        if inner in self.by_token and "human" not in kinds:
            return
        # behind "à" a place is where it happens, unless it is what is taken or spoken to
        is_where = "place" in kinds and (
            draft.type not in SPEECH_ACTS | {"Seizure"} or self.tree.is_fronted(token)
        )
        if draft.type in _GIVEN and self.tree.prep(token) == "à":
            is_laid = draft.type == "Sanction" and self._is_imposed(draft)
            is_where = is_where and not (is_laid or "state" in kinds)
        if role == "target" and is_where and self.tree.prep(token) in ("à", "en", "dans"):
            role = "place"
        if (
            role == "target"
            and draft.trigger.frame.toll
            and kinds & _THINGS
            and "human" not in kinds
        ):
            return  # only people are killed or wounded
        if role == "place":
            draft.places.append(token)
            return
        if self._names_behind(token):
            return  # "deux reporters, A et B": they have names
        if role == "target" and (towns := self._towns(token)):
            for town in towns:
                self.give(draft, role, town, status=status)
            return
        token = self._owner(token) if role == "target" else token
        token = self._named(token)
        kinds |= cast.classes(token)
        if role == "agent" and not self._can_act(draft, token, kinds):
            return
        if role == "target" and draft.type in _PERSONAL and kinds <= _ABSTRACT:
            return
        if role == "target" and kinds <= _NOTHING and self._is_abstract(inner):
            return
        if role not in ("agent", "target"):
            return
        parts = draft.agents if role == "agent" else draft.targets
        entity = cast.entity(token)
        if entity is not None and all(p.entity != entity for p in parts):
            parts.append(Part(token=token, entity=entity, status=status))
        cast.describe(token)
        if role == "target":
            self._add_members(draft, token)
        else:
            self._add_leaders(draft, token, status)

    def _is_imposed(self, draft: Draft) -> bool:
        """Tell "impose un blocus à la bande de Gaza" from "a été sanctionné à Gaza"."""
        clause = draft.trigger.clause
        return clause is not None and clause.lemma in self.words["imposing_verbs"]

    def _add_members(self, draft: Draft, token: int) -> None:
        """Add the named one of a group: "11 combattants, dont un émir, Abou Walid"."""
        tree = self.tree
        heads = {token, self.cast.content(token)}  # "l'ensemble des prisonniers, dont …"
        for clause in (k for h in heads for k in tree.children(h, "acl:relcl", "appos", "nmod")):
            if not any(tree.lower[k] == "dont" for k in tree.kids[clause]):
                continue
            holder = self._named(clause)
            is_one = tree.has(clause, "Number=Sing") and not self.cast.is_new(clause)
            is_told = holder != clause or (is_one and self.cast.is_a(clause, "person"))
            entity = self.cast.entity(holder) if is_told else None
            if entity is not None and all(p.entity != entity for p in draft.targets):
                draft.targets.append(Part(token=holder, entity=entity))

    def _add_leaders(self, draft: Draft, token: int, status: Status) -> None:
        """Add the state that leads a coalition: "une alliance conduite par l'Arabie saoudite"."""
        tree = self.tree
        leaders = []
        for k in tree.children(token, "acl", "amod"):
            if (
                self.words.participles.get(tree.lemma[k], tree.lemma[k])
                in self.words["leading_verbs"]
            ):
                leaders += [n for n in tree.kids[k] if tree.prep(n) == "par" and n > k]
        for leader in leaders:
            named = self._named(leader)
            is_state = bool(self.cast.classes(named) & {"state", "institution"})
            entity = self.cast.entity(named) if is_state else None
            if entity is not None and all(p.entity != entity for p in draft.agents):
                draft.agents.append(Part(token=named, entity=entity, status=status))

    def _opposed(self, token: int) -> int:
        """Look through what is protested against to whose it is: "contre la candidature d'A"."""
        if self.cast.is_a(token, "human"):
            return token
        owners = [k for k in self.tree.children(token, "nmod") if self.tree.prep(k) == "de"]
        return next((k for k in owners if self.cast.is_a(k, "person")), token)

    def _is_heading(self, token: int) -> bool:
        """Tell the country of a headline "Irak : …": it says where, not who."""
        text = self.tree.text
        return token + 1 < len(text) and text[token + 1] == ":" and self.cast.is_a(token, "place")

    def _owner(self, token: int) -> int:
        """Look through bases to the group whose bases they are; it is the group that is hit."""
        cast, tree = self.cast, self.tree
        mention = cast.mention(token)
        if mention is None or mention.kind == "name" or not cast.is_a(token, "facility"):
            return token
        for k in tree.kids[token]:
            owner = cast.mention(k)
            if tree.dep[k] == "nmod" and tree.prep(k) == "de" and owner is not None:
                if owner.kind == "name" and owner.cls in (
                    EntityClass.ARMED_GROUP,
                    EntityClass.COALITION,
                ):
                    return k
        return token

    def _is_share(self, token: int) -> bool:
        """Tell "dont neuf enfants": some of those named before."""
        tree = self.tree
        first = tree.span(token)[0]
        first += tree.pos[first] == "PUNCT"
        if tree.lower[first] != "dont" or tree.dep[tree.head[token]] == "acl:relcl":
            return False
        return self._named(token) == token

    def _is_abstract(self, token: int) -> bool:
        """Tell a noun of quality by its ending: "une hostilité", "d'une ampleur rare"."""
        lemma = self.tree.lemma[token]
        is_noun = self.tree.pos[token] == "NOUN"
        return is_noun and lemma.endswith(self._endings)

    def _is_count(self, token: int) -> bool:
        """Tell the bare number of "en blessant une centaine"."""
        return (
            self.tree.lemma[token].endswith(("aine", "illier", "illion"))
            and self.tree.lemma[token] in self.words["transparent_nouns"]
            and self.cast.content(token) == token
        )

    def _is_kind(self, token: int) -> bool:
        """Tell "de telles installations": a kind of thing, nobody in particular."""
        tree = self.tree
        return any(tree.lemma[k] in self.words["kind_words"] for k in tree.kids[token])

    def _named(self, token: int) -> int:
        """Look through a post to its holder: "un Premier ministre, l'économiste Awa Sissolo"."""
        cast, tree = self.cast, self.tree
        mention = cast.mention(token)
        if tree.lower[token] in ("un", "une") and tree.pos[token] in ("PRON", "NUM"):
            return self._beside(token) or self._beside(cast.content(token)) or token
        if "Number=Plur" in tree.morph[token] or tree.pos[token] != "NOUN":
            return token
        if mention is not None and mention.kind == "name" and mention.cls is not EntityClass.PERSON:
            return token
        if mention is not None and self._is_thing(token):
            return token
        inside = [k for k in tree.children(token, "nmod") if cast.is_a(k, "institution")]
        beside = [k for m in tree.children(token, "amod") for k in tree.children(m, "appos")]
        for k in [*tree.children(token, "appos"), *inside, *beside]:
            for other in (k, *tree.children(k, "appos", "nmod")):
                holder = cast.mention(other)
                if holder and holder.kind == "name" and holder.cls is EntityClass.PERSON:
                    return other
        far = (
            self._beside(k)
            for k in tree.children(token, "nmod")
            if tree.has(k, "Number=Plur") or not cast.is_a(k, "person")
        )
        bearers = (k for k in tree.children(token, "appos") if self._is_bearer(token, k))
        return next((k for k in far if k), None) or next(bearers, token)

    def _beside(self, noun: int) -> int | None:
        """Find the person named right behind a noun: "l'un de ses adjoints, Ahmad Umar"."""
        cast = self.cast
        for k in self.tree.children(noun, "appos"):
            holder = cast.mention(k)
            if holder and holder.kind == "name" and holder.cls is EntityClass.PERSON:
                return k
        return None

    def _is_bearer(self, post: int, name: int) -> bool:
        """Tell a person by what stands before the name, where nobody knows the name itself."""
        cast, tree = self.cast, self.tree
        mention, holder = cast.mention(post), cast.mention(name)
        if tree.pos[name] != "PROPN" or mention is None or holder is None:
            return False
        is_one = mention.cls is EntityClass.PERSON or (
            mention.cls in (*_HOLDERS, EntityClass.ARMED_FORCE)
            and any("Definite=Ind" in tree.morph[k] for k in tree.children(post, "det"))
        )
        return is_one and holder.kind == "name" and holder.entity.startswith(_GUESSED)

    def _names_behind(self, token: int) -> list[int]:
        """List the people that a plural stands for: "les ministres, A et B,"."""
        tree, cast = self.tree, self.cast
        if tree.pos[token] != "NOUN" or "Number=Plur" not in tree.morph[token]:
            return []
        for k in tree.children(token, "appos"):
            named = tree.conjuncts(k) if tree.pos[k] == "PROPN" else []
            holders = [cast.mention(n) for n in named]
            if len(named) > 1 and all(
                h is not None and h.kind == "name" and h.cls is EntityClass.PERSON for h in holders
            ):
                return named
        return []

    def _towns(self, token: int) -> list[int]:
        """List the places that a plural stands for: "les localités de A et de B"."""
        tree, cast = self.tree, self.cast
        if tree.pos[token] != "NOUN" or not tree.has(token, "Number=Plur"):
            return []
        if not cast.is_a(token, "place"):
            return []
        named = [k for k in tree.children(token, "nmod") if tree.prep(k) == "de"]
        towns = tree.conjuncts(named[0]) if len(named) == 1 else []
        return towns if len(towns) > 1 and all(tree.pos[k] == "PROPN" for k in towns) else []

    def _is_thing(self, token: int) -> bool:
        known = self.cast.mention(token)
        kinds = self.cast.classes(token)
        if known is None or known.cls in _HOLDERS:
            return False
        return "human" not in kinds and not kinds <= _ABSTRACT

    def _can_act(self, draft: Draft, token: int, kinds: frozenset[str]) -> bool:
        """An agent is somebody: a bare thing, a place or an abstract noun is none.

        Buildings speak for those inside ("le consulat recommande", "les deux camps s'accusent").
        """
        if "human" in kinds:
            return True
        if draft.trigger.frame.roles == "speaker" and "facility" in kinds:
            return True
        if self.tree.pos[token] != "PROPN":
            return False
        # a place acts where it is a subject: a country that no list knows
        first = self.tree.first_conjunct(token)
        if draft.trigger.frame.roles == "mutual" and self.tree.prep(first) in ("avec", "entre"):
            return True
        over = self.tree.head[first]  # "par l'entremise de Pékin"
        if f"{self.tree.prep(over)} {self.tree.lemma[over]}" in self.words.phrases:
            return True
        if self.tree.dep[first] == "obj":  # "empêcher Bakou d'instaurer un blocus"
            return self.tree.lemma[self.tree.head[first]] in self.words["object_control"]
        return "place" not in kinds or self.tree.dep[first] in ("nsubj", "obl:agent")
