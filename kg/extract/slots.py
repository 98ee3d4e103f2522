"""When, where, with what and how many: the slots of an event besides its participants.

Takes drafts and the annotation's times, mentions and quantities; hands each to the event it hangs
from. A phrase belongs to the nearest event above it in the parse; one that hangs from nothing
belongs to the nearest event of its sentence.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.exact import PlaceSieve
from kg.extract.factuality import Cues
from kg.extract.grammar import Grammar
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.lexicon import Lexicon
from kg.extract.published import caused_then, done_then, noun_before
from kg.extract.sites import SiteReader
from kg.extract.slot_words import SlotWords
from kg.extract.tolls import TollReader
from kg.extract.tree import Tree
from kg.extract.weapons import WeaponReader
from kg.model import Annotation, EntityClass, Mention, TimeExpression, When

__all__ = ["SlotReader"]

# How many words of place may stand beside a date between commas.
_ASIDE = 5
# A date this near behind a verb is that verb's alone: "et a expulsé mardi dix hommes".
_BESIDE = 2
# How far behind "quand" its verb stands at most.
_CLAUSE = 16
# How far behind its verb an argument stands at most.
_ARGUMENT = 10
_SPOKEN = SPEECH_ACTS | {"Vote"}


class SlotReader:
    """Attaches slots to drafts; holds which token belongs to which draft."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        grammar: Grammar,
        cast: Cast,
        cues: Cues,
        lexicon: Lexicon,
        drafts: list[Draft],
        lists: SlotWords,
    ) -> None:
        self.annotation = annotation
        self.tree = tree
        self.grammar = grammar
        self.words = grammar.words
        self.cast = cast
        self.cues = cues
        self.lexicon = lexicon
        self.lists = lists
        self.sieve = PlaceSieve(tree, cast, lists)
        self.drafts = drafts
        self._with_names = {m.entity for m in annotation.mentions if m.kind == "name"}
        self._are_described = False  # names are read first, then "dans cette ville"
        self.owner: dict[int, Draft] = {}
        # "Après un attentat, l'armée a lancé lundi une offensive": of two, the object is carried
        for draft in sorted(drafts, key=self._is_beside_carrier):
            for k in draft.carriers:
                self.owner.setdefault(k, draft)
        for draft in drafts:
            for k in draft.trigger.words:
                self.owner.setdefault(k, draft)
            self.owner[draft.token] = draft
        self.by_sentence: dict[int, list[Draft]] = {}
        for draft in drafts:
            self.by_sentence.setdefault(tree.sent[draft.token], []).append(draft)

    def read(self) -> None:
        """Fill every slot of every draft."""
        for time in self.annotation.times:
            self._attach_time(time)
        for time in self.annotation.times:
            if time.kind == "DATE" and time.when is not None:
                for draft in done_then(time, self.tree, self.owner, self.lists):
                    draft.times.append(replace(time, head=draft.token))
        self._share_times()
        mentions = self.cast.heads()
        for mention in mentions:
            self._attach_place(mention)
        for draft in self.drafts:
            self.sieve.sharpen(draft)
        self._are_described = True
        for mention in mentions:
            if self._is_described(mention):
                self._attach_place(mention)
        SiteReader(self.tree, self.cast, self.lists, self.by_sentence).read()
        WeaponReader(self).read()
        TollReader(self, self.cues).read(self.annotation.quantities)

    def _is_beside_carrier(self, draft: Draft) -> bool:
        """Tell the "attentat" of "après un attentat", which the verb says nothing of."""
        return self.tree.dep[draft.token] == "obl:mod" and (
            self.tree.prep(draft.token) in self.words["other_time_preps"]
        )

    def climb(self, i: int) -> Draft | None:
        """Find the event a token hangs from in the parse."""
        if i in self.owner:
            return self.owner[i]
        for k in self.tree.ancestors(i):
            if k in self.owner:
                return self.owner[k]
        return None

    def _nearest(self, i: int) -> Draft | None:
        near = self.by_sentence.get(self.tree.sent[i], [])
        return min(near, key=lambda d: (abs(d.token - i), d.token), default=None)

    def _deed_near(self, i: int) -> Draft | None:
        """Find the event spoken of in the sentence: what is said has no place of its own."""
        near = [d for d in self.by_sentence.get(self.tree.sent[i], []) if d.type not in _SPOKEN]
        return min(near, key=lambda d: (abs(d.token - i), d.token), default=None)

    # -- times

    def _attach_time(self, time: TimeExpression) -> None:
        if time.kind not in ("DATE", "TIME") or time.when is None:
            return
        told = self._told_then(time)
        if told is not None:
            told.times.append(replace(time, head=told.token, when=_on_the_day(time.when)))
            if time.when.edtf.endswith("/.."):
                return
        aside = self._set_off(time)
        if aside is not None:
            aside.times.append(replace(time, head=aside.token))
            return
        effect = caused_then(time, self.tree, self.owner, self.lists)
        if effect is not None:
            effect.times.append(time)
            return
        draft = noun_before(time, self.tree, self.owner, self.lists) or self.climb(time.head)
        if self._is_when_said(time.head):
            if draft is not None:
                draft.told.append(time)
            return
        if draft is not None and self._is_far(time):
            return
        if draft is None and not time.is_future:
            draft = self._nearest(time.head)
            if draft is not None and self._is_said_aside(draft):
                return
        if draft is not None:
            self._innermost(draft, time.first).times.append(time)

    def _is_said_aside(self, draft: Draft) -> bool:
        """Tell "…, auxquels elles imputent l'attaque": words in passing are of no day."""
        return draft.type in _SPOKEN and self.tree.dep[draft.token] == "acl:relcl"

    def _share_times(self) -> None:
        """Give "ont tué dix fidèles et en ont enlevé vingt vendredi" one day for both deeds."""
        tree = self.tree
        for draft in self.drafts:
            if draft.times or not draft.trigger.is_verb or draft.type in _SPOKEN:
                continue
            for k in tree.kids[draft.token]:
                other = self.owner.get(k)
                if other is None or other.token != k or tree.dep[k] != "conj":
                    continue
                if not any(tree.dep[c].startswith("nsubj") for c in tree.kids[k]):
                    draft.times += [t for t in other.times if t.first > k + _BESIDE]
                    break

    def _told_then(self, time: TimeExpression) -> Draft | None:
        """Find what was on the day of "depuis le 19 mars, quand une bombe avait explosé"."""
        tree, i = self.tree, time.last
        if i < len(tree) and tree.lower[i] == ",":
            i += 1
        if i + 1 >= len(tree) or not (
            tree.lower[i] in self.lists["when_words"]
            or (tree.lower[i] in self.lists["day_nouns"] and tree.lower[i + 1] in ("où", "à"))
        ):
            return None
        end = min(i + _CLAUSE, tree.sents[tree.sent[i]][1])
        inside = [self.owner[k] for k in range(i, end) if k in self.owner]
        return next((d for d in inside if d.token > i and d.trigger.is_verb), None)

    def _set_off(self, time: TimeExpression) -> Draft | None:
        """Find the event of "l'assassinat, le 4 janvier à Sarkol, d'un chef rebelle".

        A date set off by commas between a noun and what depends on it dates that noun; where the
        noun tells no event ("l'entrée en vigueur, dimanche, d'une trêve"), what depends on it.
        """
        tree, i = self.tree, time.first
        if i < 2 or tree.lower[i - 1] != ",":
            return None
        end = next((k for k in range(time.last, len(tree)) if tree.lower[k] == ","), len(tree))
        if end > time.last + _ASIDE or end + 1 >= len(tree):
            return None
        if tree.lower[end + 1] not in self.lists["noun_preps"]:
            return None
        for k in range(i - 2, max(i - 2 - _ASIDE, -1), -1):
            for noun in (k, tree.head[k]):
                draft = self.owner.get(noun)
                if draft is not None and noun < i and not draft.trigger.is_verb:
                    return draft
            if tree.pos[k] == "VERB":
                return None
            if tree.pos[k] == "NOUN":
                break
        return next((self.owner[k] for k in range(end + 2, end + 5) if k in self.owner), None)

    def _is_far(self, time: TimeExpression) -> bool:
        """Tell "a condamné l'attaque, la plus sanglante depuis 2003" from "a condamné mardi".

        Nouns may stand between a date and its event ("le siège de la ville en mars"), and a clause
        that tells more of it ("la tuerie, qui avait fait quatre morts en mai"); what hangs from
        another clause or deeper down dates that.
        """
        tree = self.tree
        between: list[int] = []
        if time.head not in self.owner:
            for k in tree.ancestors(time.head):
                if k in self.owner:
                    break
                between.append(k)
        if not between:
            return False
        outer = between[-1]
        if len(between) == 1 and tree.pos[outer] == "VERB":
            is_more = tree.dep[outer].startswith("acl") and not time.is_future
            return self._is_clause(outer) and not is_more
        if any(tree.pos[k] == "VERB" for k in between):
            return True
        is_open = time.when is not None and ".." in time.when.edtf
        return is_open and (
            any(tree.pos[k] == "ADJ" and "plus" in self._below(k) for k in between)
            or self.owner[tree.head[outer]].type in _SPOKEN
        )

    def _below(self, i: int) -> set[str]:
        return {self.tree.lower[k] for k in self.tree.kids[i]}

    def _is_clause(self, i: int) -> bool:
        """Tell a verb with a subject or a tense of its own."""
        tree = self.tree
        return tree.pos[i] == "VERB" and any(
            tree.dep[k].startswith(("aux", "nsubj")) for k in tree.kids[i]
        )

    def _is_when_said(self, i: int) -> bool:
        """Tell "mardi" in "a indiqué mardi" and "a relevé mardi le bilan": it dates no event."""
        tree, cues = self.tree, self.cues
        verb = tree.head[i]
        if verb in self.owner:
            return False
        if tree.lemma[verb] in self.lists["settling_verbs"] and any(
            self.owner[k].type == "Agreement"
            for k in range(verb + 1, min(verb + _ARGUMENT, len(tree)))
            if k in self.owner
        ):
            return False  # "sont convenus dimanche d'un cessez-le-feu"
        if tree.lemma[verb] in cues["saying"] or self._is_made_known(verb):
            return True
        return tree.lemma[verb] in self.lists["revisions"] and any(
            tree.lemma[k] in self.lists["reports"] for k in tree.kids[verb]
        )

    def _is_made_known(self, verb: int) -> bool:
        """Tell "a fait savoir mardi", wherever the parse hangs the day."""
        tree = self.tree
        return any(
            tree.lemma[k] in self.lists["known_verbs"] and tree.lemma[k - 1] == "faire"
            for k in (verb, verb + 1)
            if 0 < k < len(tree)
        )

    def _innermost(self, draft: Draft, i: int) -> Draft:
        """Go from "riposte" on to the "bombardement" it answers: what follows belongs there."""
        for _ in range(3):
            inner = [
                d
                for k in self.tree.kids[draft.token]
                if draft.token < k < i
                and (d := self.owner.get(k)) is not None
                and d.token == k
                and not d.trigger.is_verb
            ]
            if not inner or draft.trigger.is_verb:
                break
            draft = inner[-1]
        return draft

    # -- places

    def _attach_place(self, mention: Mention) -> None:
        kinds = self.cast.classes(mention.head)
        self._note_site(mention, kinds)
        if not kinds & {"place", "facility"}:
            return
        if mention.kind != "name" and not self._are_described:
            return
        head = self.tree.first_conjunct(mention.head)
        outer = self._whole(head)
        prep = self.tree.prep(outer)
        if prep.endswith((" à", " en", " dans")) and prep not in self.lists["route_preps"]:
            prep = prep.rsplit(" ", 1)[1]  # "peu après à Khan Younès"
        state_preps = self.words["state_locative_preps"]
        is_aimed_at = prep in self.lists["aiming_preps"] and self._is_shot_at(mention)
        if "state" in kinds and outer == head and prep not in state_preps and not is_aimed_at:
            return
        if self.tree.dep[head] == "amod" or (
            mention.kind == "name" and not self._is_named(mention)
        ):
            return
        if "state" in kinds and prep == "entre":
            return
        if "state" in kinds and prep == "à" and outer == head and not self._is_locative(head):
            return
        draft = self._placed_by(mention)
        if draft is None or mention.head in draft.trigger.words:
            return
        if self._are_described and draft.places:
            return
        if prep == "à" and self.tree.pos[self.tree.head[outer]] == "ADJ":
            return  # "des groupes favorables à Bamako"
        if outer != head and not self._is_locating(prep):
            outer, prep = head, "de"  # "a frappé un quartier de Bagdad"
        is_there = is_aimed_at or self._is_headed_for(prep, draft) or self._is_locating(prep)
        if not is_there and not self._is_target(draft, mention):
            return
        if self._stirs(draft, outer) or self._is_led_to(draft, outer):
            return
        if self.sieve.is_behind(head) or self.sieve.is_aside(draft, mention.head):
            return
        if prep in self.lists["topic_preps"] and draft.type in self.lists["topical"]:
            return  # "des pourparlers sur Gaza"
        if prep == "de" and not self._is_place_of(draft, outer):
            return
        if prep == "entre" and any(p.entity == mention.entity for p in draft.agents):
            return
        draft.places.append(mention.head)

    def _is_headed_for(self, prep: str, draft: Draft) -> bool:
        """Tell "la percée vers Sarkol", whose place is where it leads."""
        return prep in self.lists["heading_preps"] and draft.type in self.lists["heading"]

    def _is_shot_at(self, mention: Mention) -> bool:
        """Tell "des roquettes ont été tirées vers Israël", where they came down."""
        draft = self.climb(mention.head)
        return (
            draft is not None
            and draft.type == "Attack"
            and (
                not self.lists["shot_verbs"].isdisjoint(
                    self.tree.lemma[k] for k in (draft.token, *draft.carriers, *draft.trigger.words)
                )
            )
        )

    def _placed_by(self, mention: Mention) -> Draft | None:
        """Find the event that a place says the where of; what is said has no place of its own."""
        draft = self.climb(mention.head)
        outer = self._whole(self.tree.first_conjunct(mention.head))
        if draft is None:
            if self.tree.lemma[self.tree.head[outer]] in self.cues["saying"]:
                return None  # "a affirmé à Beyrouth"
            draft = self._nearest(mention.head)
            if draft is not None and self._is_told_before(mention.head, draft):
                return None
        if draft is not None and draft.type in _SPOKEN:
            deed = self._deed_near(mention.head)
            if deed is not None and deed.token > outer:
                return None  # "a accusé à Genève les deux camps d'avoir bombardé …"
            draft = deed
        return self._innermost(draft, mention.first) if draft is not None else None

    def _is_told_before(self, i: int, draft: Draft) -> bool:
        """Tell "né à Hargeisa, il avait pris la tête du groupe": the first clause is of its own."""
        tree = self.tree
        verb = next((k for k in tree.ancestors(i) if tree.pos[k] == "VERB"), None)
        return i < draft.token and verb is not None and verb not in tree.ancestors(draft.token)

    def _is_locating(self, prep: str) -> bool:
        return prep in self.words["locative_preps"] or prep in self.lists["route_preps"]

    def _stirs(self, draft: Draft, i: int) -> bool:
        """Tell "l'attaque a attisé la colère en Irak" from "a attaqué une base en Irak"."""
        tree = self.tree
        for k in tree.ancestors(i):
            if k == draft.token or k in draft.trigger.words:
                return False
            if tree.lemma[k] in self.lists["stirring_verbs"]:
                return True
        return False

    def _is_led_to(self, draft: Draft, i: int) -> bool:
        """Tell "libérées et conduites à Abuja": where somebody is taken is not where it was."""
        tree = self.tree
        verb = tree.head[i]
        return tree.lemma[verb] in self.lists["leading_verbs"] and verb not in (
            draft.token,
            *draft.carriers,
            *draft.trigger.words,
        )

    def _whole(self, head: int) -> int:
        """Give "nord" for the Syria of "dans le nord de la Syrie": its preposition counts."""
        tree = self.tree
        for _ in range(3):
            up = tree.head[head]
            if tree.prep(head) != "de" or tree.lemma[up] not in self.words["region_parts"]:
                break
            head = up
        return head

    def _is_described(self, mention: Mention) -> bool:
        """Tell "dans cette ville" and "sur l'île" where the text says which one is meant."""
        tree = self.tree
        entity = self.cast.entities.get(mention.entity)
        if mention.kind != "nominal" or entity is None or self.cast.is_new(mention.head):
            return False
        is_known = entity.cls is EntityClass.PLACE and entity.names[0][:1].isupper()
        is_this = any("PronType=Dem" in tree.morph[k] for k in tree.kids[mention.head])
        prep = tree.prep(self._whole(mention.head))
        return is_known and (prep in self.lists["pointing_preps"] or (is_this and prep == "de"))

    def _is_named(self, mention: Mention) -> bool:
        """Tell "Gao" and "nord de la Syrie" from "autres villes"."""
        return any(c.isupper() for name in mention.names for c in name)

    def _note_site(self, mention: Mention, kinds: frozenset[str]) -> None:
        """Keep buildings and vehicles an attack took place in: they are hit when nobody else is."""
        if not kinds & {"facility", "equipment"} or "weapon" in kinds:
            return
        if self.tree.prep(mention.head) not in self.words["site_preps"]:
            return
        draft = self.climb(mention.head)
        if draft is not None and draft.type == "Attack" and mention.head not in draft.trigger.words:
            draft.sites.append(mention.head)

    def _is_locative(self, head: int) -> bool:
        """Tell "au Mali" as a place from "demander au Mali" and "attribué à Israël"."""
        return self.tree.dep[head] != "obl:arg" and any(
            self.tree.lower[k] in ("au", "aux") for k in self.tree.kids[head] if k < head
        )

    def _is_target(self, draft: Draft, mention: Mention) -> bool:
        return any(p.entity == mention.entity for p in draft.targets)

    def _is_place_of(self, draft: Draft, head: int) -> bool:
        """Let "l'attentat de Nice", "un camp de réfugiés de Rafah", "l'est de Mossoul" through."""
        tree = self.tree
        for _ in range(3):
            up = tree.head[head]
            classes = self.cast.classes(up)
            if up == draft.token or classes & {"place", "facility", "equipment"}:
                return True
            if tree.lemma[up] in self.words["region_parts"]:
                return True
            if tree.pos[up] != "NOUN" or "human" in classes:
                return False
            if tree.prep(up) != "de":  # "dans un club d'Orlando", "sur une plage de Sousse"
                return tree.prep(up) in self.words["locative_preps"]
            head = up
        return False


def _on_the_day(when: When | None) -> When | None:
    """Take the first day of what is told as going on since then."""
    if when is None or not when.edtf.endswith("/.."):
        return when
    return replace(when, edtf=when.edtf.removesuffix("/.."))
