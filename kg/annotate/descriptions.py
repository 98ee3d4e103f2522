"""What a description without a name points back to.

Takes nominal phrases in text order with the book of clusters, gives the cluster of each: the one
called by the same noun, the group, town or attacker spoken of last, or a new one.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.annotate.clusters import ORGS, Book, Cluster
from kg.annotate.gazetteer import fold
from kg.annotate.openings import Phrase
from kg.annotate.origins import UNKNOWN
from kg.model import EntityClass

__all__ = ["Describer"]

_PERSON, _PLACE, _STATE = EntityClass.PERSON, EntityClass.PLACE, EntityClass.STATE
_ARMED = frozenset({EntityClass.ARMED_GROUP, EntityClass.COALITION})


class Describer:
    """Finds what descriptions point back to, as a reader does who goes through the text once."""

    def __init__(self, book: Book, beside: dict[int, Phrase]) -> None:
        self.book = book
        self.sheet = book.sheet
        self.phrases = book.phrases
        self.grammar = book.grammar
        self.gazetteer = book.gazetteer
        self._beside = beside

    def cluster(self, phrase: Phrase) -> Cluster:
        """Find or make the cluster of a description."""
        whole = (self._whole(phrase), phrase.cls.value)
        is_new = phrase.det in ("indef", "num", "none")
        is_full = bool(phrase.adjectives or phrase.complements)
        if (not is_new and is_full) or (phrase.states and phrase.cls in ORGS):
            known = self.book.by_whole.get(whole)
            if known is not None:
                return known.root()
        is_state = phrase.noun is not None and phrase.noun.cls is _STATE
        if not is_new and (phrase.det != "poss" or is_state):
            known = self._antecedent(phrase)
            if known is not None:
                return known
        if not is_new or (phrase.plural and phrase.det == "indef" and phrase.content < 0):
            known = self.book.by_whole.get(whole)
            if known is not None:
                return known.root()
        beside = self._beside.get(id(phrase))
        if beside is not None and id(beside) in self.book.cluster_of:
            return self.book.find(beside)
        key = self.gazetteer.forces.get(whole[0])
        cluster = self.book.keyed(key, phrase) if key else self.book.new(phrase.cls)
        cluster.whole = whole[0]
        self.book.by_whole[whole] = cluster
        self._name_capital(phrase, cluster)
        return cluster

    def _name_capital(self, phrase: Phrase, cluster: Cluster) -> None:
        """Name "la capitale yéménite" where the article never says "Sanaa"."""
        state = self._seat_of(phrase)
        if state is not None and state.key in self.gazetteer.capitals:
            cluster.country, cluster.usual = state.key, self.gazetteer.capitals[state.key]

    def _seat_of(self, phrase: Phrase) -> Cluster | None:
        """Find whose capital a description speaks of, its own adjective's first."""
        noun = phrase.noun
        if noun is None or "chief" not in noun.features or phrase.plural or phrase.det != "def":
            return None
        if len(phrase.states) == 1:
            return self.book.state(phrase.states[0])
        is_bare = not (phrase.states or phrase.adjectives or phrase.complements)
        return self.book.seat(phrase) if is_bare else None

    def _whole(self, phrase: Phrase) -> str:
        """Give what a description says in full, "armée israélienne", numbers included."""
        if phrase.label and phrase.noun is not None:
            # "gouvernement danois" out of a list is the one told of by itself
            is_one = phrase.is_apart and not phrase.plural
            own = f"{phrase.noun.lemma} {phrase.states[0]}"
            return own if is_one else self.book.strip(fold(phrase.label))
        words = self.sheet.folded[phrase.core : phrase.last]
        code = self._owner(phrase)
        if code and phrase.noun is not None:
            return f"{phrase.noun.lemma} {code}"
        return self.book.strip(" ".join(words))

    def _owner(self, phrase: Phrase) -> str:
        """Give the state that is all a description says: "armée malienne", "armée du Mali"."""
        if phrase.core != phrase.head or phrase.content >= 0 or phrase.noun is None:
            return ""
        if len(phrase.states) == 1 and phrase.last == phrase.head + 2:
            return phrase.states[0]
        if phrase.states or phrase.adjectives or len(phrase.complements) != 1:
            return ""
        name = phrase.complements[0].name
        if name is None or phrase.complements[0].noun is not None:
            return ""
        if name.entry is None:
            return UNKNOWN + self.book.folded(name) if name.cls is _STATE else ""
        is_head = name.cls is _PERSON and "state" in phrase.noun.features
        return (name.entry.country or "") if name.entry.kind == "state" or is_head else ""

    def _antecedent(self, phrase: Phrase) -> Cluster | None:
        """Find what a definite description points back to."""
        noun = phrase.noun
        if noun is None:
            return None
        if noun.cls is _STATE:
            return self.book.country(phrase) if not phrase.plural else None
        same = self._same_noun(phrase) or self._same_post(phrase)
        features = noun.features
        if same is None and phrase.states:
            seat = self._seat_of(phrase)
            same = self.book.capital(seat) if seat is not None else None
        if same is None and phrase.det == "dem" and "settlement" in features and not phrase.plural:
            return self._nearest(phrase, _is_town)  # "cette ville du nord du pays"
        if same is None and self._retells(phrase):
            return self._nearest(
                phrase, lambda c: self._is_private(c) and _agree(c.gender, phrase.gender)
            )
        if same is not None or phrase.complements or phrase.states:
            return same
        is_generic = "groupword" in features or noun.lemma in _GROUPLIKE
        if is_generic and phrase.cls in ORGS and not phrase.plural:
            return self._nearest(phrase, _is_group)
        if "chief" in features and not phrase.plural:
            state = self.book.seat(phrase)
            if state is not None and state.key is not None:
                return self.book.capital(state)
        if "settlement" in features and not phrase.adjectives and not phrase.plural:
            return self._nearest(phrase, _is_town)
        if "patient" in features and not phrase.plural:
            return self._nearest(phrase, _is_victim)
        if "attacker" in features or ("generic" in features and not phrase.plural):
            return self._nearest(
                phrase, _is_attacker, plural=phrase.plural and "attacker" in features
            )
        return None

    def _retells(self, phrase: Phrase) -> bool:
        """Tell "ce milliardaire de 55 ans" and "le jeune homme": somebody who has been named."""
        if phrase.plural or phrase.states or phrase.cls is not _PERSON or phrase.noun is None:
            return False
        if any(c.name is not None for c in phrase.complements):
            return False
        lemma = phrase.noun.lemma
        young = f"{self.sheet.lower[phrase.head - 1]} {lemma}" if phrase.head else lemma
        return lemma in self.grammar.retellings or young in self.grammar.retellings

    def _is_private(self, cluster: Cluster) -> bool:
        """Tell a named person without office or courtesy: "le jeune homme" is no minister."""
        if not cluster.is_named or cluster.cls is not _PERSON or "official" in cluster.features:
            return False
        return all(self.sheet.lower[p.first] not in self.grammar.titles for p in cluster.phrases)

    def join_antecedent(self, phrase: Phrase) -> None:
        """Join what a named "cette base" points back to: "une base … cette base appelée K1"."""
        known = self._same_noun(phrase)
        cluster = self.book.find(phrase)
        if known is not None and known is not cluster and not known.is_named:
            self.book.merge(known, cluster)

    def _same_noun(self, phrase: Phrase) -> Cluster | None:
        """Find the nearest cluster that was called by the same noun and is not said to differ."""
        lemma = self.book.lemma(phrase)
        words = self.book.qualifiers(phrase)
        alike = {lemma} | (self.grammar.alike.get(lemma, frozenset()) if phrase.states else set())
        for cluster in self.book.recent(phrase):
            if cluster.lemmas.isdisjoint(alike) or cluster.plural != phrase.plural:
                continue
            if phrase.states and not self._of_state(cluster, phrase.states[0]):
                continue
            if not self._same_number(phrase, cluster):
                continue
            if words <= cluster.adjectives or (phrase.det == "dem" and not phrase.complements):
                return cluster
        return None

    def _same_number(self, phrase: Phrase, cluster: Cluster) -> bool:
        """Tell whether a counted description agrees with how many a cluster was said to be."""
        wanted = self._number(phrase)
        if not wanted or phrase.content >= 0:
            return True
        said = {self._number(p) for p in cluster.phrases if p.content < 0} - {""}
        return not said or wanted in said

    def _number(self, phrase: Phrase) -> str:
        sheet = self.sheet
        return " ".join(
            sheet.folded[i] for i in range(phrase.core, phrase.head) if sheet.pos[i] == "NUM"
        )

    def _same_post(self, phrase: Phrase) -> Cluster | None:
        """Find the person that holds the post named otherwise: "le chef de l'État"."""
        role = self._role(phrase)
        if role not in ("head-of-state", "head-of-government") or phrase.plural:
            return None
        for cluster in self.book.recent(phrase):
            if cluster.cls is not _PERSON or not any(
                self._role(p) == role for p in cluster.phrases if p.first < phrase.first
            ):
                continue
            if not phrase.states or self._of_state(cluster, phrase.states[0]):
                return cluster
        return None

    def _role(self, phrase: Phrase) -> str:
        """Give the role of the post that a phrase begins with, "" when it is none."""
        if phrase.cls is not _PERSON or phrase.noun is None:
            return ""
        words = self.sheet.folded[phrase.head : phrase.head + 4]
        for size in range(len(words), 0, -1):
            role = self.gazetteer.posts.get(tuple(words[:size]))
            if role is not None:
                return role
        return ""

    def _of_state(self, cluster: Cluster, code: str) -> bool:
        """Tell whether a cluster may be of a state: nothing says otherwise, or it is not named."""
        said = [p.states[0] for p in cluster.phrases if p.states]
        if said:
            return code in said
        return cluster.country == code or (cluster.country is None and not cluster.is_named)

    def _nearest(
        self, phrase: Phrase, test: Callable[[Cluster], bool], *, plural: bool = False
    ) -> Cluster | None:
        """Find the cluster that passes a test and was spoken of most, and most lately."""
        best, best_score = None, 0.0
        here = phrase.first
        for cluster in self.book.recent(phrase):
            if not test(cluster) or (cluster.plural != plural and test is not _is_group):
                continue
            site = max(s for s in cluster.sites if s < here)
            distance = self.sheet.sent[here] - self.sheet.sent[site]
            if distance > 6:
                continue
            score = 10 - distance + site / (here + 1)
            score += 1.5 if site in cluster.subjects else 0.0
            score += min(len(cluster.sites), 6) * 0.4
            if test is _is_group and cluster.cls in _ARMED:
                # "le groupe" is rather an armed one than a newspaper.
                score += 3.0 if phrase.noun and "groupword" in phrase.noun.features else 1.0
            if score > best_score:
                best, best_score = cluster, score
        return best


_GROUPLIKE = frozenset({"organisation", "mouvement", "secte", "milice", "réseau", "guérilla"})


def _is_group(cluster: Cluster) -> bool:
    return cluster.is_named and cluster.cls in ORGS and cluster.cls is not EntityClass.ARMED_FORCE


def _agree(one: str, other: str) -> bool:
    """Tell whether two genders may be one."""
    return "mf" in (one, other) or one == other


def _is_town(cluster: Cluster) -> bool:
    return cluster.cls is _PLACE and cluster.is_named


def _is_attacker(cluster: Cluster) -> bool:
    is_armed = "attacker" in cluster.features or (
        "generic" in cluster.features and bool({"arme", "cagou", "masqu"} & cluster.adjectives)
    )
    is_one = cluster.cls is _PERSON and "generic" in cluster.features
    return not cluster.is_named and (is_armed or is_one)


def _is_victim(cluster: Cluster) -> bool:
    """Tell whether somebody may be "l'otage": one person who is not an attacker or in office."""
    return cluster.cls is _PERSON and not cluster.features & {"attacker", "official", "armed"}
