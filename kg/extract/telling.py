"""What a telling shows of its event: dates, sides, places, and how it points back.

Takes the drafts of a cluster, gives a `Telling`. Comparing two of them is `likeness.py`'s work.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.cast import Cast
from kg.extract.draft import Draft
from kg.extract.grammar import Constructions
from kg.extract.tree import Tree
from kg.model import Annotation, EntityClass, Status, When

__all__ = [
    "Cluster",
    "Teller",
    "Telling",
    "are_apart",
    "are_days_apart",
    "is_alone",
    "is_answered",
    "is_day",
    "is_parted",
    "is_superlative",
    "meet",
    "told_within",
]

# How many tokens a preposition, a quotation mark and an article take at most.
_CASES = 6
_BY = ("par", "avec")  # before the means
# Tokens on either side of a trigger whose nouns and numbers may recur in another telling.
_AROUND = 12
_TELLING_POS = ("NOUN", "PROPN", "NUM")
# As many days make a night, a weekend, a few days of fighting.
_DAYS = 4
_PLACES = frozenset({EntityClass.PLACE, EntityClass.FACILITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The slots of some drafts put together, and the marks that tell how they are told.

    `kind` is the strongest determiner of the nouns, "verb" without a noun, "naming" for a noun
    that only gives a told event its name ("une « attaque lâche »"). `hits_doers` is None where no
    victim is named. `nearby` are the dates in the sentences of the drafts,
    `around` the lemmas of nouns and numbers near the triggers,
    `salient` is the last token that tells it in its own right, not as what something followed.
    """

    kind: str
    number: str
    dates: frozenset[str]
    whens: tuple[When, ...]
    agents: frozenset[str]
    targets: frozenset[str]
    victims: frozenset[str]
    target_nouns: frozenset[str]
    places: frozenset[str]
    towns: frozenset[str]
    countries: frozenset[str]
    lemmas: frozenset[str]
    modes: frozenset[str]
    dead: frozenset[tuple[int, int | None]]
    persons_killed: frozenset[str]
    is_kidnapping: bool | None
    is_negated: bool
    hits_doers: bool | None
    nearby: tuple[When, ...]
    ordinals: frozenset[str]
    around: frozenset[str]
    salient: int
    marks: frozenset[str]


@dataclass(slots=True)
class Cluster:
    """Drafts of one event, in text order."""

    drafts: list[Draft]
    type: str
    number: int = 0
    told: tuple[int, Telling] | None = field(default=None, repr=False, compare=False)

    @property
    def first(self) -> Draft:
        """Give the draft told first."""
        return self.drafts[0]

    def entities(self, role: str) -> set[str]:
        """Collect the entities in a role."""
        return {p.entity for d in self.drafts for p in getattr(d, role)}


class Teller:
    """Reads what clusters tell; the reading is kept until a cluster grows."""

    def __init__(
        self, annotation: Annotation, tree: Tree, cast: Cast, words: Constructions
    ) -> None:
        self.nearby: dict[int, list[When]] = {}
        for time in annotation.times:
            if time.when and time.kind == "DATE":
                self.nearby.setdefault(tree.sent[time.first], []).append(time.when)
        self.tree = tree
        self.cast = cast
        self.words = words

    def telling(self, cluster: Cluster) -> Telling:
        """Give what a cluster tells so far."""
        size = len(cluster.drafts)
        if cluster.told is None or cluster.told[0] != size:
            cluster.told = (size, self._read(cluster.drafts))
        return cluster.told[1]

    def _read(self, drafts: list[Draft]) -> Telling:
        cast, tree = self.cast, self.tree
        whens = tuple(t.when for d in drafts for t in d.times if t.when and t.kind == "DATE")
        places = {cast.entity(i) for d in drafts for i in d.places}
        found = frozenset(e for e in places if e)
        entities = [cast.entities[e] for e in found]
        return Telling(
            kind=self._kind(drafts),
            number=self._number(drafts),
            dates=frozenset(w.edtf for w in whens),
            whens=whens,
            agents=frozenset(p.entity for d in drafts for p in d.agents),
            targets=frozenset(
                p.entity for d in drafts if not d.trigger.frame.toll for p in d.targets
            ),
            victims=frozenset(p.entity for d in drafts if d.trigger.frame.toll for p in d.targets),
            target_nouns=frozenset(
                tree.lemma[cast.content(p.token)] for d in drafts for p in d.targets
            ),
            places=found,
            towns=frozenset(e.id for e in entities if e.cls in _PLACES and _is_name(e.names[0])),
            countries=frozenset(e.country for e in entities if e.country),
            lemmas=frozenset(tree.lemma[d.token] for d in drafts),
            modes=frozenset(d.mode for d in drafts if d.mode and d.mode != "other"),
            dead=frozenset(
                (t.count.min, t.count.max)
                for d in drafts
                for t in d.tolls
                if t.kind == "killed" and t.count.min
            ),
            persons_killed=self._persons_killed(drafts),
            is_kidnapping=self._is_kidnapping(drafts),
            is_negated=any(d.status is Status.NEGATED for d in drafts),
            hits_doers=self._hits_doers(drafts),
            nearby=tuple(
                w
                for n in sorted({tree.sent[d.token] for d in drafts})
                for w in self.nearby.get(n, ())
            ),
            salient=max((d.token for d in drafts if not self._is_aside(d)), default=-1),
            ordinals=frozenset(o for d in drafts for o in self._ordinals(d)),
            around=frozenset(lemma for d in drafts for lemma in self._around(d)),
            marks=self._marks(drafts),
        )

    # -- how it is told

    def _kind(self, drafts: list[Draft]) -> str:
        order = ("dem", "def", "poss", "verb", "indef", "bare")
        kinds = [d.definiteness or "verb" for d in drafts]
        if len(drafts) == 1 and self._is_naming(drafts[0]):
            return "naming"
        if "indef" in kinds:
            return "indef"
        return min(kinds, key=order.index)

    def _number(self, drafts: list[Draft]) -> str:
        """Tell "sing" from "plur" by the first noun, "verb" where there is none."""
        nouns = [d for d in drafts if not d.trigger.is_verb]
        if not nouns:
            return "verb"
        return "plur" if nouns[0].is_plural else "sing"

    def _is_naming(self, draft: Draft) -> bool:
        """Tell "il s'agit d'une attaque", "a dénoncé un « acte odieux »": a name, not news."""
        tree, i = self.tree, draft.token
        if is_superlative(i, tree):
            return True
        if draft.definiteness not in ("indef", "bare", "verb"):
            return False
        if draft.times or draft.count or draft.places:
            return False
        if any(tree.lemma[k] == "fois" for k in tree.ancestors(i)):  # "la première fois que"
            return True
        if draft.trigger.is_verb:
            return False
        if any(tree.dep[k] == "cop" for k in tree.kids[i]):
            return True
        return tree.lemma[tree.head[i]] in self.words["calling_verbs"]

    def _marks(self, drafts: list[Draft]) -> frozenset[str]:
        """Collect what a learned weight can speak of, each by a name of its own."""
        found = set()
        for name, holds in (
            ("toll", all(d.is_toll for d in drafts)),
            ("agentless", all(self._is_agentless_killing(d) for d in drafts)),
            ("pluperfect", any(self._is_pluperfect(d) for d in drafts)),
            ("counted", any(d.count for d in drafts)),
            ("another", any(self._is_other(d) for d in drafts)),
            ("added", any(self._is_added(d) for d in drafts)),
            ("alone", all(is_alone(d) for d in drafts)),
            ("known_doer", any(self._has_known_doer(d) for d in drafts)),
            ("known_means", any(self._has_known_means(d) for d in drafts)),
            ("new_target", any(self.cast.is_new(p.token) for d in drafts for p in d.targets)),
            ("shifted", any(self._is_shifted(d) for d in drafts)),
            ("behind", all(self._is_behind(d) for d in drafts)),
            ("there", any(self._is_there(d) for d in drafts)),
            ("passing", all(self._is_in_passing(d) for d in drafts)),
            ("previous", any(self._is_previous(d) for d in drafts)),
        ):
            if holds:
                found.add(name)
        return frozenset(found)

    def _ordinals(self, draft: Draft) -> list[str]:
        """Read "une seconde explosion", "une première voiture a explosé"."""
        tree = self.tree
        heads = [draft.token]
        if draft.trigger.clause is not None:
            heads += [k for k in draft.trigger.clause.get("subj") if self.cast.is_new(k)]
        found = [tree.lemma[k] for i in heads for k in tree.kids[i] if tree.dep[k] == "amod"]
        return [
            "deuxième" if lemma == "second" else lemma
            for lemma in found
            if lemma in self.words["ordinal_words"]
        ]

    def _is_pluperfect(self, draft: Draft) -> bool:
        """Tell "avait tué", the noun of "l'attaque qui avait tué" included."""
        tree = self.tree
        return any(
            tree.has(k, "Tense=Imp")
            for i in (*draft.trigger.words, *draft.carriers)
            if tree.pos[i] == "VERB"
            for k in tree.kids[i]
            if tree.dep[k].startswith("aux")
        )

    def _is_agentless_killing(self, draft: Draft) -> bool:
        clause = draft.trigger.clause
        return (
            draft.trigger.frame.toll is not None
            and clause is not None
            and clause.is_passive
            and not draft.agents
        )

    def _is_other(self, draft: Draft) -> bool:
        """Tell "une autre attaque", "une seconde bombe a explosé"."""
        heads = [draft.token]
        if draft.trigger.clause is not None:
            heads += draft.trigger.clause.get("subj")
        others = self.words["other_words"]
        return any(self.tree.lemma[k] in others for i in heads for k in (i, *self.tree.kids[i]))

    def _is_added(self, draft: Draft) -> bool:
        """Tell what is told besides: "ont ensuite attaqué", "a par ailleurs été tué"."""
        tree, words = self.tree, self.words["adding_words"]
        anchors = [draft.token, *draft.carriers]
        return any(
            tree.lemma[k] in words or tree.lower[k] in words for i in anchors for k in tree.kids[i]
        )

    def _is_shifted(self, draft: Draft) -> bool:
        """Tell "Quelques heures plus tôt, deux soldats ont péri": another time, another deed."""
        first, _ = self.tree.sents[self.tree.sent[draft.token]]
        said = " ".join(self.tree.lower[first : draft.token])
        return any(phrase in said for phrase in self.words["shifting_phrases"])

    def _is_behind(self, draft: Draft) -> bool:
        """Tell "après l'attaque", "lors de l'assaut": the event is known already."""
        return (
            not draft.trigger.is_verb
            and self.tree.prep(draft.token) in self.words["looking_back_preps"]
        )

    def _is_there(self, draft: Draft) -> bool:
        """Tell "dix civils y ont péri": where the sentence before leads."""
        return any(self.tree.lower[k] == "y" for k in self.tree.kids[draft.token])

    def _around(self, draft: Draft) -> set[str]:
        """Collect the nouns and numbers close to a trigger."""
        tree, i = self.tree, draft.token
        first, last = tree.sents[tree.sent[i]]
        near = range(max(first, i - _AROUND), min(last, i + _AROUND + 1))
        return {tree.lemma[k] for k in near if k != i and tree.pos[k] in _TELLING_POS}

    def _is_aside(self, draft: Draft) -> bool:
        """Tell "après l'attaque", "en riposte à des tirs": what the sentence is not about."""
        return not draft.trigger.is_verb and is_answered(draft, self.tree, self.words)

    def _is_in_passing(self, draft: Draft) -> bool:
        """Tell "deux jours après un raid meurtrier", "les hommes tués par des frappes".

        What a lead only brushes, an article tells at length further down.
        """
        tree, i = self.tree, draft.token
        if draft.trigger.is_verb:
            return tree.dep[i] == "acl" and not tree.lower[i].endswith("ant")
        is_inside = any(tree.dep[k] == "acl" for k in (tree.head[i], *draft.carriers))
        return is_inside or is_answered(draft, tree, self.words)

    def _is_previous(self, draft: Draft) -> bool:
        """Tell "le précédent cessez-le-feu" from the one spoken of."""
        words = self.words["previous_words"]
        return any(self.tree.lemma[k] in words for k in self.tree.children(draft.token, "amod"))

    def _has_known_doer(self, draft: Draft) -> bool:
        """Tell "le kamikaze a fait exploser": the deed of this man has been told."""
        return any(
            self.tree.lemma[self.cast.content(p.token)] in self.words["doer_nouns"]
            and not self.cast.is_new(p.token)
            for p in draft.agents
        )

    def _has_known_means(self, draft: Draft) -> bool:
        """Tell "les deux bombes ont explosé", "le véhicule a sauté": they have been told of."""
        clause = draft.trigger.clause
        if clause is None or draft.agents:
            return False
        return any(
            "weapon" in self.cast.classes(k) and not self.cast.is_new(k) for k in clause.get("subj")
        )

    # -- whom it hits

    def _hits_doers(self, drafts: list[Draft]) -> bool | None:
        """Tell "l'assaillant a été abattu": the doers of a deed are the victims of another."""
        nouns = [
            self.tree.lemma[self.cast.content(p.token)]
            for d in drafts
            if d.trigger.frame.toll
            for p in d.targets
        ]
        return all(n in self.words["doer_nouns"] for n in nouns) if nouns else None

    def _persons_killed(self, drafts: list[Draft]) -> frozenset[str]:
        entities = self.cast.entities
        return frozenset(
            p.entity
            for d in drafts
            if d.trigger.frame.toll == "killed"
            for p in d.targets
            if entities[p.entity].cls is EntityClass.PERSON
            and any(w[:1].isupper() for w in entities[p.entity].names[0].split())
        )

    def _is_kidnapping(self, drafts: list[Draft]) -> bool | None:
        """Tell an abduction from other modes; None where the mode is open."""
        modes = {d.mode for d in drafts} - {None, "other"}
        return "kidnapping" in modes if modes else None


def is_alone(draft: Draft) -> bool:
    """Tell a noun with nothing of its own: "l'attaque"."""
    return not (
        draft.trigger.is_verb
        or draft.agents
        or draft.targets
        or draft.places
        or draft.times
        or draft.tolls
    )


def _is_name(name: str) -> bool:
    return name[:1].isupper()


def are_apart(ours: tuple[When, ...], theirs: tuple[When, ...]) -> bool:
    """Tell whether both have dates and no date of one meets a date of the other."""
    if not ours or not theirs:
        return False
    return not any(meet(a, b) for a in ours for b in theirs)


def are_days_apart(ours: tuple[When, ...], theirs: tuple[When, ...]) -> bool:
    """Tell whether both have days and none is of both, whatever months and years they have."""
    near, far = ([w for w in whens if is_day(w)] for whens in (ours, theirs))
    return bool(near and far) and not any(meet(a, b) for a in near for b in far)


def is_day(when: When) -> bool:
    """Tell a date of a few days at most."""
    if when.earliest is None or when.latest is None:
        return False
    return (when.latest - when.earliest).days <= _DAYS


def meet(a: When, b: When) -> bool:
    """Tell whether two dates may be of one day."""
    if a.edtf == b.edtf or None in (a.earliest, a.latest, b.earliest, b.latest):
        return True
    assert a.earliest and a.latest and b.earliest and b.latest
    return a.earliest <= b.latest and b.earliest <= a.latest


def told_within(noun: int, tree: Tree, words: Constructions) -> int | None:
    """Find what is told to happen "lors de l'opération", "au cours d'une manifestation"."""
    up, inside = tree.head[noun], False
    for _ in range(4):
        if tree.lemma[up] in words["including_words"]:
            inside = True
        elif tree.dep[up] == "acl" and tree.lemma[up] in words["joining_verbs"]:
            inside, up = True, tree.head[up]  # "les forces engagées dans l'offensive"
        else:
            return up if inside else None
        if tree.head[up] == up:
            return None
        up = tree.head[up]
    return None


def is_parted(one: int, two: int, tree: Tree, words: Constructions) -> bool:
    """Tell "l'attaque, à laquelle Ankara a répondu par des frappes": two deeds of a sentence."""
    if tree.sent[one] != tree.sent[two]:
        return False
    which = words["to_which"]
    between = range(min(one, two) + 1, max(one, two))
    return any(
        tree.lower[k] in which or f"{tree.lower[k - 1]} {tree.lower[k]}" in which for k in between
    )


def is_superlative(noun: int, tree: Tree) -> bool:
    """Tell "l'attaque la plus meurtrière", "l'un des pires massacres"."""
    return any(
        tree.lemma[k] == "pire" or any(tree.lower[c] == "plus" for c in tree.kids[k])
        for k in tree.kids[noun]
        if tree.pos[k] == "ADJ"
    )


def is_answered(draft: Draft, tree: Tree, words: Constructions) -> bool:
    """Tell what a reprisal answers: "en riposte à l'assassinat", "venger la mort"."""
    i = draft.token
    top = i
    while tree.dep[top] == "nmod" and tree.pos[tree.head[top]] == "NOUN" and tree.prep(top) == "de":
        top = tree.head[top]  # "après des tirs de roquettes", "après une série d'attaques"
    if {tree.prep(i), tree.prep(top)} & words["answering_preps_whole"]:
        return True
    answering = words["answering_words"]
    up = tree.head[i]
    if up != i and tree.lemma[up] in answering:
        # "riposter par des frappes": the strikes are the answer itself
        return tree.dep[i] not in ("advcl", "conj", "parataxis") and tree.prep(i) not in _BY
    if draft.trigger.is_verb:
        return False
    start = min((k for k in tree.kids[i] if tree.dep[k] in ("case", "det")), default=i)
    while start > max(0, i - _CASES) and not tree.text[start - 1].isalpha():
        start -= 1  # "en représailles à « l'attaque"
        while start > 0 and tree.dep[start - 1] == "case":
            start -= 1
    before = tree.lemma[start - 1] if start > 0 else ""
    # "au lendemain d'un raid", not "la veille, un raid" nor "touché la veille par un tir"
    is_behind_day = before in words["day_words"] and tree.lemma[start] in ("de", "du")
    return before in answering or is_behind_day
