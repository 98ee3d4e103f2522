"""Inside a sentence syntax decides which words tell one event.

Takes drafts in text order, gives clusters of those that a sentence puts together: a noun that is
an argument of an event verb, a gerund, a participle, a toll and its deed. Nothing across sentences.
"""

from __future__ import annotations

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Clause, Constructions
from kg.extract.kinds import ARMED, SPEECH_ACTS
from kg.extract.telling import Cluster, is_answered, is_parted, is_superlative, told_within
from kg.extract.tree import Tree

__all__ = ["Joiner"]

# How many steps above a relative clause its event stands ("l'explosion d'un car bourré de TNT").
_ABOVE = 5
# How far before its verb a relative pronoun and its noun stand.
_WHICH = 20
# A noun sentence begins within this many tokens: an adjective, a bracketed place.
_NEAR_START = 2
# How a verb hangs from the one that it explains.
_GOVERNED = ("advcl", "acl", "obl", "xcomp")
# "mort après une attaque" is that attack; "a bombardé le camp après l'attaque" is not.
_AFTER = ("après", "à la suite de")
# How a name hangs from the noun that it names.
_NAMING = ("appos", "flat", "flat:name", "flat:foreign")
# What else than armed force may cost lives, and what makes the deaths of a fight its toll.
_DEADLY = frozenset({"Offensive", "Protest", "Coup", "Seizure"})


class Joiner:
    """Puts together the drafts of each sentence."""

    def __init__(self, tree: Tree, cast: Cast, words: Constructions) -> None:
        self.tree = tree
        self.cast = cast
        self.words = words

    def units(self, drafts: list[Draft]) -> list[Cluster]:
        """Put together what syntax shows to be one event; nothing across sentences."""
        by_token = {w: d for d in reversed(drafts) for w in d.trigger.words}
        by_token.update({d.token: d for d in drafts})
        carried = {k: d for d in reversed(drafts) for k in d.carriers}
        parent = {d.token: d.token for d in drafts}

        def find(t: int) -> int:
            while parent[t] != t:
                t = parent[t]
            return t

        for draft in drafts:
            for other in self._syntactic_partners(draft, by_token, carried):
                is_other = is_parted(draft.token, other.token, self.tree, self.words)
                if not is_other and self._may_join(draft, other):
                    a, b = sorted((find(draft.token), find(other.token)))
                    parent[b] = a
        for draft in drafts:
            told = self._told_apart(draft, drafts)
            if told is not None:
                a, b = sorted((find(draft.token), find(told.token)))
                parent[b] = a
        for draft in drafts:
            is_gerund = draft.trigger.frame.toll and self.tree.lower[draft.token].endswith("ant")
            is_loose = (draft.is_toll or is_gerund) and not self._is_answered(draft)
            near = self._deed_near(draft, drafts) if is_loose else None
            if near is not None and find(draft.token) == draft.token:
                a, b = sorted((find(draft.token), find(near.token)))
                parent[b] = a
        groups: dict[int, list[Draft]] = {}
        for draft in drafts:
            groups.setdefault(find(draft.token), []).append(draft)
        return [Cluster(drafts=g, type=self._type_of(g)) for _, g in sorted(groups.items())]

    def _told_apart(self, draft: Draft, drafts: list[Draft]) -> Draft | None:
        """Join "…, dernière attaque en date" to the deed that the clause before it tells."""
        tree, i = self.tree, draft.token
        if draft.trigger.is_verb:
            return None
        if is_superlative(i, tree):  # "…, l'attaque la plus meurtrière depuis 2017"
            draft.times.clear()
            return self._last_before(draft, drafts, i)
        if self._is_resumed(draft):
            return self._last_before(draft, drafts, i)
        if draft.definiteness != "bare":
            return None
        is_last = any(tree.lemma[k] == "dernier" for k in tree.kids[i])
        if draft.times and not is_last:
            return None
        after = self._told_after(draft, drafts)
        if after is not None:
            return after
        start = i
        while start > 0 and tree.head[start - 1] == i and tree.pos[start - 1] == "ADJ":
            start -= 1
        if start == i or tree.lower[start - 1] != ",":
            return None
        draft.times.clear()
        return self._last_before(draft, drafts, start)

    def _is_resumed(self, draft: Draft) -> bool:
        """Tell "a été acquitté, un verdict que les victimes ont critiqué": no new event."""
        tree, i = self.tree, draft.token
        if draft.definiteness != "indef" or draft.times or draft.count or draft.is_plural:
            return False
        det = next((k for k in tree.kids[i] if tree.dep[k] == "det"), i)
        is_set_off = det > 0 and tree.lower[det - 1] == ","
        return is_set_off and any(tree.dep[k] == "acl:relcl" for k in tree.kids[i])

    def _last_before(self, draft: Draft, drafts: list[Draft], start: int) -> Draft | None:
        sent = self.tree.sent
        before = [
            d
            for d in drafts
            if d.token < start and sent[d.token] == sent[start] and d.type == draft.type
        ]
        return before[-1] if before else None

    def _told_after(self, draft: Draft, drafts: list[Draft]) -> Draft | None:
        """Join "Nouvelle attaque contre une base : une roquette est tombée …"."""
        tree, i = self.tree, draft.token
        first, last = tree.sents[tree.sent[i]]
        colon = next((k for k in range(i + 1, last) if tree.text[k] == ":"), None)
        if colon is None or i - first > _NEAR_START:
            return None
        after = [d for d in drafts if colon < d.token < last and d.type == draft.type]
        return after[0] if after else None

    def _deed_near(self, toll: Draft, drafts: list[Draft]) -> Draft | None:
        """Find the deed of the same sentence whose victims a toll counts.

        "Après un tir, le premier à faire des morts" tells of that tir.
        """
        tree, sent = self.tree, self.tree.sent
        deeds = [
            d
            for d in drafts
            if sent[d.token] == sent[toll.token] and not d.is_toll and d.type in ARMED
        ]
        above = tree.head[toll.token]
        if tree.lemma[above] in self.words["ordinal_words"]:
            before = [d for d in deeds if d.token < above]
            return before[-1] if before else None
        deeds = [d for d in deeds if not self._is_answered(d)]
        return min(deeds, key=lambda d: (abs(d.token - toll.token), d.token), default=None)

    def _type_of(self, group: list[Draft]) -> str:
        if any(d.is_toll and d.type == "Clash" for d in group):
            return "Clash"  # "trois rebelles et un policier sont morts dans une fusillade"
        full = [d for d in group if not d.is_toll]
        if len({d.type for d in full}) > 1:
            full = [d for d in full if not self._is_fate(d)]
        return (full or group)[0].type

    def _may_join(self, a: Draft, b: Draft) -> bool:
        if a.type in SPEECH_ACTS or b.type in SPEECH_ACTS:
            return False
        if a.type == b.type:
            return True
        if "Clash" in (a.type, b.type) and (self._is_fate(a) or self._is_fate(b)):
            return True
        return self._is_toll_of(a, b) or self._is_toll_of(b, a)

    def _is_toll_of(self, toll: Draft, whole: Draft) -> bool:
        """Tell "les manifestations ont fait dix morts", "tués au cours d'une opération"."""
        if toll.is_toll:
            return whole.type in ARMED or whole.type in _DEADLY
        return self._is_fate(toll) and whole.type in _DEADLY and toll.mode is None

    def _is_fate(self, draft: Draft) -> bool:
        """Tell "ont été tués dans des combats": nobody did it but the fight."""
        clause = draft.trigger.clause
        return (
            draft.trigger.frame.toll is not None
            and clause is not None
            and clause.is_passive
            and not draft.agents
        )

    def _syntactic_partners(
        self, draft: Draft, by_token: dict[int, Draft], carried: dict[int, Draft]
    ) -> list[Draft]:
        if draft.trigger.clause is None:
            return self._partners_of_noun(draft, by_token)
        found = self._partners_in_clause(draft, draft.trigger.clause, by_token, carried)
        found += self._partners_above(draft, by_token, carried)
        if draft.trigger.clause.is_passive:
            found += self._partners_by_target(draft, by_token)
        if draft.is_toll and not found:
            found += self._behind_which(draft, by_token)
        return found

    def _behind_which(self, draft: Draft, by_token: dict[int, Draft]) -> list[Draft]:
        """Find the blast of "l'explosion dans laquelle six soldats avaient trouvé la mort"."""
        tree, i = self.tree, draft.token
        start = max(tree.sents[tree.sent[i]][0], i - _WHICH)
        for k in range(i - 1, start - 1, -1):
            if tree.lower[k] in self.words["in_which"]:
                before = [by_token[m] for m in range(start, k) if m in by_token]
                return [d for d in before if not d.trigger.is_verb][-1:]
            if tree.pos[k] == "VERB":
                break
        return []

    def _partners_of_noun(self, draft: Draft, by_token: dict[int, Draft]) -> list[Draft]:
        """Find the event noun above ("une attaque à la bombe") and the verbs that carry it."""
        tree, i = self.tree, draft.token
        found = [by_token[carrier] for carrier in draft.carriers if carrier in by_token]
        for carrier in draft.carriers:  # "la mort de 33 soldats, tués dans des frappes"
            death = by_token.get(tree.head[carrier])
            if carrier not in by_token and tree.dep[carrier] == "acl" and death and death.is_toll:
                found.append(death)
        if tree.dep[i] in ("nmod", "appos") and tree.head[i] in by_token:
            if not self._is_answered(draft):
                found.insert(0, by_token[tree.head[i]])
        within = told_within(i, tree, self.words)  # "tués lors d'une attaque"
        if within in by_token:
            found.append(by_token[within])
        return found

    def _partners_in_clause(
        self, draft: Draft, clause: Clause, by_token: dict[int, Draft], carried: dict[int, Draft]
    ) -> list[Draft]:
        """Find event nouns among a verb's arguments, and the verb that a gerund explains."""
        found = []
        for function, token in clause.arguments:
            other = by_token.get(self._named(token)) or by_token.get(token)
            prep = function.partition(":")[2]
            if other is None or other is draft:
                continue
            if prep in _AFTER or self._is_answered(other):
                if prep not in _AFTER or not _is_caused(draft, other):
                    continue
            preps = self.words["same_event_preps"]
            if draft.type == "Agreement":  # "se sont entendus sur une trêve"
                preps |= self.words["agreeing_preps"]
            if function in ("subj", "obj") or prep in preps:
                found.append(other)
        if clause.governor is not None and self.tree.dep[draft.token] in _GOVERNED:
            other = by_token.get(clause.governor) or carried.get(clause.governor)
            if other is not None and self._is_answered(other):
                other = None
            if other is not None and (self._is_manner(draft) or self._is_moment(draft, other)):
                found.append(other)
        return found

    def _named(self, token: int) -> int:
        """Look through "l'une des pires attaques" and counting nouns to the noun itself."""
        tree = self.tree
        if tree.lower[token] in ("un", "une"):
            token = next((k for k in tree.kids[token] if tree.prep(k) == "de"), token)
        return self.cast.content(token)

    def _partners_above(
        self, draft: Draft, by_token: dict[int, Draft], carried: dict[int, Draft]
    ) -> list[Draft]:
        """Find the event that a participle or relative clause tells more of."""
        tree, found = self.tree, []
        head, dep = tree.head[draft.token], tree.dep[draft.token]
        if dep == "conj" and draft.is_toll:  # "a tué 21 personnes et en a blessé 111"
            head = next(
                (k for k in range(draft.token - 1, head, -1) if self._is_toll_at(k, by_token)), head
            )
        if dep == "conj" and head in by_token and self._goes_on(draft, by_token[head]):
            found.append(by_token[head])
        if dep not in ("acl", "acl:relcl") or self._replies(draft):
            return found
        death = self._death_of(draft, head, by_token)
        if death is not None:
            return [death]
        if tree.lemma[head] in self.words["relative_parts"]:  # "…, au cours de laquelle"
            before = [d for t, d in by_token.items() if t < head and not d.trigger.is_verb]
            before = [d for d in before if tree.sent[d.token] == tree.sent[draft.token]]
            return [max(before, key=lambda d: d.token)] if before else []
        clause = draft.trigger.clause
        subjects = [self._named(t) for t in clause.get("subj")] if clause is not None else []
        if _is_where(draft, tree) and any(t in by_token for t in subjects):
            return found  # "la ville, où les combats ont fait dix morts"
        # the parser may hang it from the noun next to it ("attaque au drone qui a tué")
        for _ in range(_ABOVE):
            if head in by_token or head in carried:
                found.append(by_token.get(head) or carried[head])
                break
            place = (
                draft.trigger.clause is not None
                and draft.trigger.frame.toll
                and _is_where(draft, tree)
            )
            if not place and self.cast.is_a(head, "human"):
                break
            is_reduced = tree.dep[head] == "acl" and "VerbForm=Part" in tree.morph[head]
            upward = ("nmod", "obl", "obj") if place else ("nmod", "obl")
            # "un missile tiré par les rebelles a touché la raffinerie"
            hits = tree.dep[head] == "nsubj" and self.cast.is_a(head, "weapon")
            if not (hits or is_reduced or tree.dep[head].startswith(upward)):
                break
            head = tree.head[head]
        return found

    def _death_of(self, draft: Draft, victim: int, by_token: dict[int, Draft]) -> Draft | None:
        """Find the killing of "le meurtre de leur confrère Ali, abattu la veille": one death."""
        clause = draft.trigger.clause
        if draft.trigger.frame.toll != "killed" or clause is None or not clause.is_passive:
            return None
        tree = self.tree
        while tree.dep[victim] in _NAMING or (tree.dep[victim] == "nmod" and not tree.prep(victim)):
            victim = tree.head[victim]
        if tree.dep[victim] != "nmod" or tree.prep(victim) not in ("de", "contre"):
            return None
        noun = by_token.get(tree.head[victim])
        is_deed = noun is not None and not noun.trigger.is_verb and not noun.is_plural
        return noun if is_deed and noun is not None and noun.type == draft.type else None

    def _replies(self, draft: Draft) -> bool:
        """Tell "l'attaque à laquelle Ankara a répliqué": a deed of its own."""
        tree, i = self.tree, draft.token
        between = [" ".join(tree.lower[k - 1 : k + 1]) for k in range(tree.head[i] + 1, i)]
        which = self.words["to_which"]
        is_put_to = any(two in which or two.split(" ")[-1] in which for two in between)
        return draft.trigger.is_verb and is_put_to

    @staticmethod
    def _is_toll_at(k: int, by_token: dict[int, Draft]) -> bool:
        return k in by_token and by_token[k].trigger.frame.toll is not None

    def _goes_on(self, draft: Draft, before: Draft) -> bool:
        """Tell "ont été arrêtés et placés en garde à vue": the same thing done to the same."""
        if draft.is_toll:
            return True
        if draft.type != before.type or not draft.trigger.is_verb or not before.trigger.is_verb:
            return False
        if self._is_outcome(draft, before):
            return True
        ours, theirs = ({p.entity for p in d.targets} for d in (draft, before))
        return ours == theirs if draft.type == "Attack" or ours else not theirs

    def _is_outcome(self, draft: Draft, before: Draft) -> bool:
        """Tell "ont attaqué le camp et tué dix soldats": the same men, no other moment or place."""
        if draft.trigger.frame.toll is None or before.trigger.frame.toll is not None:
            return False
        ours, theirs = ({p.entity for p in d.agents} for d in (draft, before))
        return ours == theirs and not draft.times and not draft.places and not draft.is_plural

    def _partners_by_target(self, draft: Draft, by_token: dict[int, Draft]) -> list[Draft]:
        """ "L'attaque contre cette base touchée par …": what befell the target is that attack."""
        tree = self.tree
        if tree.dep[draft.token] not in ("acl", "amod"):
            return []
        hit = {p.entity for p in draft.targets}
        return [
            d
            for d in by_token.values()
            if d is not draft
            and (not draft.times or _is_one_death(draft, d))
            and hit & {p.entity for p in d.targets}
            and tree.sent[d.token] == tree.sent[draft.token]
        ]

    def _is_answered(self, draft: Draft) -> bool:
        return is_answered(draft, self.tree, self.words)

    def _is_manner(self, draft: Draft) -> bool:
        """A gerund or participle ("tuant", "en faisant exploser") tells the same event further."""
        tree, i = self.tree, draft.token
        helpers = [k for k in tree.kids[i] if tree.lemma[k] == "faire"]
        if tree.lemma[tree.head[i]] == "faire":
            helpers.append(tree.head[i])
        return draft.is_toll or any(tree.lower[k].endswith("ant") for k in (i, *helpers))

    def _is_moment(self, draft: Draft, other: Draft) -> bool:
        """Tell "ont été tués lorsque des rebelles ont attaqué": how they died."""
        marks = [self.tree.lower[k] for k in self.tree.children(draft.token, "mark", "advmod")]
        return self._is_fate(other) and any(m in self.words["moment_words"] for m in marks)


def _is_caused(draft: Draft, other: Draft) -> bool:
    """Tell a victim's fate, "blessé après une attaque", from what somebody did next."""
    return draft.trigger.frame.toll is not None and other.definiteness in ("indef", "bare")


def _is_one_death(draft: Draft, other: Draft) -> bool:
    """Tell "la mort d'un chef, tué lundi": nobody dies twice, so a date does not part them."""
    killed = draft.trigger.frame.toll == other.trigger.frame.toll == "killed"
    return killed and not (other.times and other.trigger.is_verb)


def _is_where(draft: Draft, tree: Tree) -> bool:
    """Tell "…, où ils ont tué dix personnes"."""
    return any(tree.lower[k] == "où" for k in tree.kids[draft.token])
