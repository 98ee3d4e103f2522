"""Which phrases of one article speak of the same participant or place.

Takes the phrases of an article, gives `Cluster` records. Names come first (known keys, acronyms,
last names), then appositions and "X est un …", then definite descriptions and pronouns by class,
number, gender and nearness. Look-alikes stay apart: a join needs the same name, or a construction
that says so, or a description that nothing contradicts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.annotate.gazetteer import Gazetteer, find_city, fold
from kg.annotate.grammar import Grammar
from kg.annotate.names import Name
from kg.annotate.origins import UNKNOWN
from kg.annotate.phrases import Phrase
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["Cluster", "Resolver"]

_PERSON, _PLACE, _STATE = EntityClass.PERSON, EntityClass.PLACE, EntityClass.STATE
_PEOPLE, _FACILITY = EntityClass.POPULATION_GROUP, EntityClass.FACILITY
_ORGS = frozenset(
    {
        EntityClass.ARMED_GROUP,
        EntityClass.COALITION,
        EntityClass.INSTITUTION,
        EntityClass.ARMED_FORCE,
    }
)
_BIG = _ORGS | {_PEOPLE}
_TOWNS = frozenset({"city", "capital"})


@dataclass(slots=True)
class Cluster:
    """One participant or place of the article with every phrase that speaks of it.

    `lemmas` are the nouns it has been called by, `adjectives` what they were said to be. `sites`
    are token positions of its mentions, the last one nearest.
    """

    cls: EntityClass
    key: str | None = None
    country: str | None = None
    is_named: bool = False
    plural: bool = False
    gender: str = "mf"
    names: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    adjectives: set[str] = field(default_factory=set)
    features: set[str] = field(default_factory=set)
    phrases: list[Phrase] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    sites: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    parent: Cluster | None = None
    whole: str = ""

    def root(self) -> Cluster:
        """Give the cluster that this one was merged into, itself if none."""
        cluster = self
        while cluster.parent is not None:
            cluster = cluster.parent
        return cluster


class Resolver:
    """Puts the phrases of one article into clusters; `cluster_of[id(phrase)]` tells which."""

    def __init__(
        self,
        sheet: Sheet,
        phrases: list[Phrase],
        grammar: Grammar,
        gazetteer: Gazetteer,
    ) -> None:
        self.sheet = sheet
        self.phrases = phrases
        self.grammar = grammar
        self.gazetteer = gazetteer
        self.clusters: list[Cluster] = []
        self.cluster_of: dict[int, Cluster] = {}
        self._by_name: dict[str, Cluster] = {}
        self._by_key: dict[str, Cluster] = {}
        self._by_whole: dict[tuple[str, str], Cluster] = {}
        self._redefined: dict[str, Phrase] = {}
        self._beside: dict[int, Phrase] = {}

    def resolve(self) -> list[Cluster]:
        """Cluster every phrase; gives the clusters in the order of their first mention."""
        self._far_aliases()
        self._find_redefined()
        named = [p for p in self.phrases if self._is_named(p)]
        for phrase in named:
            self._put(phrase, self._named_cluster(phrase))
        self._join_aliases(named)
        self._join_equals()
        for phrase in self.phrases:
            if id(phrase) not in self.cluster_of:
                self._put(phrase, self._described_cluster(phrase))
            elif phrase.name is None and phrase.det == "dem":
                self._join_antecedent(phrase)
            self._visit(phrase)
        return [c for c in self.clusters if c.parent is None and (c.phrases or c.extra)]

    def find(self, phrase: Phrase) -> Cluster:
        """Give the cluster of a phrase of the article."""
        return self.cluster_of[id(phrase)].root()

    def state(self, code: str) -> Cluster:
        """Give the article's cluster of a state or of "?" and a name; made when there is none."""
        if code.startswith(UNKNOWN):
            known = self._by_name.get(self._strip(code[1:]))
            if known is not None:
                return known.root()
        cluster = self._by_key.get(code)
        if cluster is None:
            cluster = self._new(_STATE, key=code, is_named=True)
            cluster.country = code
            self._by_key[code] = cluster
        return cluster.root()

    def is_state(self, folded: str) -> bool:
        """Tell whether a folded name is that of a state of the article."""
        cluster = self._by_name.get(folded)
        return cluster is not None and cluster.root().cls is _STATE

    # Names ------------------------------------------------------------------------------------

    def _is_named(self, phrase: Phrase) -> bool:
        return phrase.name is not None

    def _find_redefined(self) -> None:
        """Find acronyms that the article itself introduces, whatever the tables know by them."""
        for phrase in self.phrases:
            for first, last in phrase.aliases:
                word = self.sheet.text[first]
                if last - first != 1 or not word[0].isupper():
                    continue
                entry = phrase.name.entry if phrase.name is not None else None
                is_new = self._spells(phrase, word) or phrase.name is not None
                if entry is None and is_new and not self._is_known(phrase, first):
                    self._redefined[word] = phrase
        for phrase in self.phrases:
            name = phrase.name
            if name is None or name.last - name.first != 1:
                continue
            definer = self._redefined.get(self.sheet.text[name.first])
            if definer is not None:
                name.entry = name.city = None
                name.cls = phrase.cls = definer.cls

    def _is_known(self, phrase: Phrase, first: int) -> bool:
        """Tell whether the name at a token is known as that of a phrase that reads like it."""
        names = (p.name for p in self.phrases if p.name is not None and p.name.first == first)
        return any(self._alike(phrase, name) for name in names)

    def _far_aliases(self) -> None:
        """Find "(Minunor)" behind more than the organisation itself: "la mission … au Norland"."""
        sheet = self.sheet
        for other in self.phrases:
            name = other.name
            if name is None or name.last - name.first != 1 or other.core != name.first:
                continue
            if (name.entry and name.entry.kind != "actor") or name.city is not None:
                continue
            i = name.first - 1
            if i < 2 or sheet.text[i] != "(" or name.last >= len(sheet):
                continue
            if sheet.text[name.last] not in (")", ","):
                continue
            best = self._spelled(i, name)
            if best is None:
                continue
            best.aliases.append((name.first, name.last))
            if name.entry is None:
                name.cls = other.cls = best.cls
            elif not self._alike(best, name):
                self._redefined[sheet.text[name.first]] = best

    def _spelled(self, end: int, name: Name) -> Phrase | None:
        """Find the organisation before a bracket that the short name in it may stand for."""
        sheet = self.sheet
        word = sheet.text[name.first]
        best: Phrase | None = None
        for phrase in self.phrases:
            if phrase.first >= end or phrase.cls not in _ORGS or phrase.last >= end:
                continue
            if end - phrase.last > 6 or sheet.sent[phrase.first] != sheet.sent[end]:
                continue
            if any(p in ("VERB", "AUX", "PUNCT") for p in sheet.pos[phrase.last : end]):
                continue
            initials = {sheet.folded[k][0] for k in range(phrase.core, end)}
            is_spelled = (
                set(fold(word)) <= initials
                if word.isupper()
                else fold(word)[0] == sheet.folded[phrase.core][0]
            )
            if not is_spelled and not (name.entry is not None and self._alike(phrase, name)):
                continue
            if best is None or phrase.last - phrase.first > best.last - best.first:
                best = phrase
        return best

    def _alike(self, phrase: Phrase, name: Name) -> bool:
        """Tell whether a known short name's full forms share most words with a phrase."""
        words = {w for w in self.sheet.folded[phrase.core : phrase.last] if len(w) > 3}
        if name.entry is None or not words:
            return False
        return any(
            2 * len(words & set(fold(form).replace("'", " ").split())) > len(words)
            for form in name.entry.names
        )

    def _spells(self, phrase: Phrase, word: str) -> bool:
        """Tell whether an acronym's letters begin the words of a phrase, in order."""
        letters = iter(fold(word))
        initials = [self.sheet.folded[i][0] for i in range(phrase.core, phrase.last)]
        wanted = next(letters, "")
        for initial in initials:
            if initial == wanted:
                wanted = next(letters, "")
                if not wanted:
                    return True
        return False

    def _named_cluster(self, phrase: Phrase) -> Cluster:
        name = phrase.name
        if name is None:
            raise AssertionError("only named phrases come here")
        entry = name.entry
        if entry is not None and entry.kind == "capital" and self._is_metonym(phrase):
            phrase.rule = "metonym"
            code = self.gazetteer.metonyms[self._folded(name)]
            phrase.cls = (
                self.gazetteer.actors[code].cls if code in self.gazetteer.actors else _STATE
            )
            return self._keyed(code, phrase)
        if entry is not None and entry.key is not None and entry.kind in ("actor", "state"):
            return self._keyed(entry.key, phrase)
        folded = self._folded(name)
        bare = self._strip(folded)
        known = self._by_name.get(bare)
        if known is not None and self._agree(known.root(), phrase):
            return known.root()
        if phrase.cls is _PERSON:
            known = self._person(bare)
            if known is not None:
                return known
        if name.last - name.first == 1 and entry is None and not self._is_town(name):
            known = self._short_form(phrase)
            if known is not None:
                name.cls = phrase.cls = known.cls
                return known
        state = self._unknown_capital(phrase)
        if state is not None:
            phrase.rule, phrase.cls = "metonym", _STATE
            self._by_name.setdefault(bare, state)
            return state
        cluster = self._new(phrase.cls, is_named=True)
        self._by_name.setdefault(bare, cluster)
        if name.city is not None:
            cluster.key = name.city
        if entry is not None and entry.country:
            cluster.country = entry.country
        return cluster

    def _keyed(self, key: str, phrase: Phrase) -> Cluster:
        cluster = self._by_key.get(key)
        if cluster is None:
            cluster = self._new(phrase.cls, key=key, is_named=True)
            self._by_key[key] = cluster
            entry = self.gazetteer.actors.get(key) or self.gazetteer.states.get(key)
            if entry is not None:
                cluster.country = entry.country
                for form in entry.names:
                    self._by_name.setdefault(self._strip(fold(form)), cluster)
        return cluster.root()

    def _person(self, bare: str) -> Cluster | None:
        """Find a person by a last name, or by a longer or shorter form of the same name."""
        words = bare.split()
        for cluster in reversed(self.clusters):
            if cluster.cls is not _PERSON or cluster.parent is not None:
                continue
            for form in sorted(cluster.names):
                other = form.split()
                short, long = (words, other) if len(words) <= len(other) else (other, words)
                if long[-len(short) :] == short or (len(short) > 1 and set(short) <= set(long)):
                    return cluster
                if len(short) == 1 and len(short[0]) > 3 and short[0] in long[1:]:
                    return cluster
        return None

    def _is_town(self, name: Name) -> bool:
        return not name.is_phrase and find_city(self.sheet.text[name.first]) is not None

    def _short_form(self, phrase: Phrase) -> Cluster | None:
        """Find what "le Front" is short for: the nearest longer name with the same first word.

        An ordinary word must be spelled with a capital both times; a word of no table ("Hachd")
        is enough by itself.
        """
        word = self.sheet.folded[phrase.name.first] if phrase.name else ""
        if phrase.cls is _PERSON and phrase.noun is not None:
            return None
        for cluster in reversed(self.clusters):
            if cluster.parent is not None or not cluster.is_named or cluster.cls not in _ORGS:
                continue
            if any(form.split()[0] == word for form in sorted(cluster.names) if form):
                return cluster
        return None

    def _unknown_capital(self, phrase: Phrase) -> Cluster | None:
        """Find the state that a bare name stands for which nothing introduces.

        News gives people with their full name or a title first, so that a lone unknown name that
        acts right after a state has acted is that state's capital: "La Vardanie a accusé le groupe.
        En représailles, Oskal a mené des raids."
        """
        sheet, name = self.sheet, phrase.name
        if name is None or name.entry is not None or name.city or name.last - name.first > 1:
            return None
        if phrase.first != name.first or sheet.dep[phrase.head] != "nsubj":
            return None
        word = sheet.folded[name.first]
        if sheet.text[name.first].isupper() or self._folded_count(word) > 1:
            return None
        here = sheet.sent[phrase.first]
        for other in reversed(self.phrases):
            if other.first >= phrase.first or sheet.sent[other.first] < here - 2:
                continue
            is_known = other.name is not None and id(other) in self.cluster_of
            if other.cls is _STATE and is_known and sheet.dep[other.head] == "nsubj":
                return self.find(other)
        return None

    def _folded_count(self, word: str) -> int:
        """Count how often the article writes a word."""
        return self.sheet.folded.count(word)

    def _is_metonym(self, phrase: Phrase) -> bool:
        """Tell whether a capital's name stands for its state: "Washington a accusé"."""
        sheet, name = self.sheet, phrase.name
        if name is None or phrase.core != name.first or phrase.noun is not None:
            return False
        if self._folded(name) not in self.gazetteer.metonyms:
            return False
        before = sheet.lower[phrase.first - 1] if phrase.first else ""
        dep = sheet.dep[phrase.head]
        if sheet.starts[phrase.first]:
            return dep.startswith("nsubj") or (phrase.first == 0 and dep != "ROOT")
        if before in self.grammar.metonym_prepositions:
            return before != "entre" or True
        if dep.startswith("nsubj") or dep == "obl:agent":
            return before not in self.grammar.locative and before not in self.grammar.of
        if before in self.grammar.of:
            if sheet.lower[phrase.first - 2] in self.grammar.metonym_before_of:
                return True
            noun = self.gazetteer.nouns.get(sheet.lower[phrase.first - 2])
            return noun is not None and "state" in noun[0].features
        if before in ("et", "ou", ","):
            other = sheet.head[phrase.head]
            return any(
                p.head == other and p.rule == "metonym" for p in self.phrases if p.name is not None
            )
        verb = sheet.lemma[sheet.head[phrase.head]]
        if verb in self.grammar.addressing and sheet.pos[phrase.first - 1] != "ADP":
            return True
        if before == "à":
            return dep in ("iobj", "obl:arg") and verb in self.grammar.giving
        return False

    def _agree(self, cluster: Cluster, phrase: Phrase) -> bool:
        """Tell whether a phrase of the same name can be of a cluster's kind."""
        if cluster.cls is phrase.cls:
            return True
        both = {cluster.cls, phrase.cls}
        return both <= _BIG or both <= {_PLACE, _STATE, _FACILITY}

    def _folded(self, name: Name) -> str:
        joined = " ".join(self.sheet.folded[name.first : name.last])
        return joined.replace("' ", "'").replace(" - ", "-")

    def _strip(self, folded: str) -> str:
        """Reduce a folded name to the words that tell it from others."""
        skip = self.grammar.of | self.grammar.articles
        spaced = folded.replace("l'", "l' ").replace("d'", "d' ").replace("-", " ")
        return " ".join(word for word in spaced.split() if word not in skip)

    # Constructions ----------------------------------------------------------------------------

    def _join_aliases(self, named: list[Phrase]) -> None:
        """Join what brackets, "alias", "dit", "sous le nom de" say to be one."""
        at = {p.name.first: p for p in named if p.name is not None}
        for phrase in self.phrases:
            for first, _ in phrase.aliases:
                other = at.get(first)
                if other is None or other is phrase:
                    continue
                if id(phrase) not in self.cluster_of:
                    self._put(phrase, self.find(other))
                elif not self._differ(self.find(phrase), self.find(other)):
                    self._merge(self.find(phrase), self.find(other))
        ends = {p.last: p for p in self.phrases}
        for phrase in named:
            before = self._alias_start(phrase)
            if before < 0:
                continue
            for end in range(before, max(before - 6, 0), -1):
                other = ends.get(end)
                if other is not None and other is not phrase:
                    self._rename(other, phrase)
                    self._join(other, phrase)
                    break
                if (
                    end < before
                    and self.sheet.pos[end] in ("VERB", "AUX")
                    and ("Fin" in self.sheet.morph[end])
                ):
                    break

    def _rename(self, described: Phrase, named: Phrase) -> None:
        """Give an unknown name the class of what is called by it: "un camp appelé Zarga"."""
        name = named.name
        if name is None or name.entry is not None or described.name is not None:
            return
        cluster = self.find(named)
        cluster.cls = named.cls = name.cls = described.cls
        cluster.key = None

    def _alias_start(self, phrase: Phrase) -> int:
        """Give where an expression like ", également connu sous le nom de" begins, -1 if none."""
        sheet, i = self.sheet, phrase.first - 1
        while i > 0 and sheet.text[i] in self.grammar.quotes_open:
            i -= 1
        if i < 1:
            return -1
        if sheet.lower[i] in self.grammar.alias_words:
            return i
        for expression in self.grammar.alias_phrases:
            words = expression.replace("d'", " d'").split()
            start = i + 1 - len(words)
            if start > 0 and sheet.lower[start : i + 1] == words:
                return start
        return -1

    def _join_equals(self) -> None:
        """Join appositions and "X est un …"."""
        starts = {p.first: p for p in self.phrases}
        for phrase in self.phrases:
            self._join_right(phrase, starts)
        heads = {p.head: p for p in self.phrases}
        sheet = self.sheet
        for i, dep in enumerate(sheet.dep):
            if dep != "nsubj" or i not in heads or sheet.head[i] not in heads:
                continue
            left, right = heads[i], heads[sheet.head[i]]
            if left.name is not None and right.name is None and right.det in ("indef", "def"):
                self._join(right, left)
            elif left.name is None and right.name is not None and left.det in ("def", "dem"):
                self._join(left, right)

    def _join_right(self, phrase: Phrase, starts: dict[int, Phrase]) -> None:
        """Join a phrase with what is set beside it to its right."""
        sheet, end = self.sheet, phrase.last
        if end >= len(sheet) or sheet.starts[end]:
            return
        other = starts.get(end)
        if other is not None and other is not phrase:
            # "le chef du Hamas Arvo Tens": the name follows the whole description.
            is_bare = other.first == other.core or sheet.lower[other.first] in self.grammar.titles
            if phrase.name is None and is_bare and other.cls is _PERSON and other.name is not None:
                self._join(phrase, other)
            return
        if sheet.text[end] not in (",", "(", "–", "—"):
            self._join_far(phrase, starts)
            return
        other = starts.get(end + 1)
        if other is None or other.last <= phrase.last:
            return
        after = sheet.text[other.last] if other.last < len(sheet) else "."
        is_closed = after in (",", ".", ")", ";", "–", "—", ":", "!", "?") or (
            sheet.pos[min(other.last, len(sheet) - 1)] in ("PRON", "VERB")
        )
        is_closed = is_closed or sheet.head[other.head] == phrase.head
        if not is_closed and other.name is not None and phrase.name is None:
            # "Le porte-parole du mouvement, Arvo Tens a dénoncé": one comma is missing.
            is_title = phrase.noun is not None and "title" in phrase.noun.features
            is_closed = is_title and phrase.det == "def" and after not in ("et", "ou")
        is_subject = sheet.dep[other.head].startswith("nsubj")
        if other.name is None and other.det == "indef" and is_subject:
            return  # "selon le maire Arvo Tens, un homme a tiré"
        if (
            other.det == "none"
            and other.complements
            and other.cls is _PLACE
            and (other.noun is not None and "street" in other.noun.features)
        ):
            return  # "à Maelbeek, rue de la Loi"
        if after == "et" and phrase.name is not None and phrase.cls is _PERSON:
            self._join_pair(phrase, other, starts)
        if is_closed and (phrase.name is None) != (other.name is None):
            self._join(phrase, other)
        elif is_closed and phrase.name is None and other.name is None:
            is_one = not phrase.plural and not other.plural and phrase.cls is other.cls
            if is_one and phrase.det in ("def", "dem") and other.det in ("indef", "none"):
                self._beside[id(other)] = phrase

    def _join_pair(self, phrase: Phrase, other: Phrase, starts: dict[int, Phrase]) -> None:
        """Join "Arvo Tens, son adjoint et chef du Front," with both its descriptions."""
        second = starts.get(other.last + 1)
        if second is None or second.last >= len(self.sheet):
            return
        for described in (other, second):
            noun = described.noun
            if noun is None or described.name is not None or described.plural:
                return
            if described.cls is not _PERSON or not noun.features & {"title", "official"}:
                return
        if self.sheet.text[second.last] in (",", ".", ")"):
            self._join(phrase, other)
            self._join(phrase, second)

    def _join_far(self, phrase: Phrase, starts: dict[int, Phrase]) -> None:
        """Join "son lieutenant et chef du Front, Arvo Tens": more description before the name."""
        sheet = self.sheet
        if phrase.cls is not _PERSON or phrase.name is not None or phrase.noun is None:
            return
        for i in range(phrase.last, min(phrase.last + 12, len(sheet) - 1)):
            if sheet.starts[i] or "VerbForm=Fin" in sheet.morph[i] or sheet.text[i] in ".;:(":
                return
            if sheet.text[i] == ",":
                other = starts.get(i + 1)
                if other is not None and other.name is not None and other.cls is _PERSON:
                    self._join(phrase, other)
                return

    def _join(self, left: Phrase, right: Phrase) -> None:
        """Join two phrases said to be one, if their kinds allow it."""
        described, named = (left, right) if left.name is None else (right, left)
        if described.name is not None and named.name is not None:
            if not self._differ(self.find(described), self.find(named)):
                self._merge(self.find(described), self.find(named))
            return
        if id(named) not in self.cluster_of or id(described) in self.cluster_of:
            return
        cluster = self.find(named)
        if not self._fits(described, cluster):
            return
        self._put(described, cluster)

    def _fits(self, phrase: Phrase, cluster: Cluster) -> bool:
        """Tell whether a description can be of a named cluster."""
        if phrase.noun is None:
            return False
        if cluster.cls is _PERSON:
            return phrase.cls is _PERSON and not phrase.plural
        if cluster.cls is _STATE:
            return phrase.cls is _STATE and not phrase.plural
        if cluster.cls is _PLACE:
            return phrase.cls is _PLACE and not (
                phrase.plural or "direction" in phrase.noun.features
            )
        if cluster.cls in _ORGS:
            return phrase.cls in _ORGS and (not phrase.plural or phrase.cls is cluster.cls)
        return phrase.cls is cluster.cls and phrase.plural == cluster.plural

    def _differ(self, left: Cluster, right: Cluster) -> bool:
        """Tell whether two named clusters are known to be two."""
        if left is right:
            return False
        if left.key and right.key and left.key != right.key:
            return True
        both = {left.cls, right.cls}
        return len(both) > 1 and not both <= _BIG

    # Descriptions -----------------------------------------------------------------------------

    def _described_cluster(self, phrase: Phrase) -> Cluster:
        whole = (self._whole(phrase), phrase.cls.value)
        is_new = phrase.det in ("indef", "num", "none")
        is_full = bool(phrase.adjectives or phrase.complements)
        if (not is_new and is_full) or (phrase.states and phrase.cls in _ORGS):
            known = self._by_whole.get(whole)
            if known is not None:
                return known.root()
        is_state = phrase.noun is not None and phrase.noun.cls is _STATE
        if not is_new and (phrase.det != "poss" or is_state):
            known = self._antecedent(phrase)
            if known is not None:
                return known
        if not is_new or (phrase.plural and phrase.det == "indef" and phrase.content < 0):
            known = self._by_whole.get(whole)
            if known is not None:
                return known.root()
        beside = self._beside.get(id(phrase))
        if beside is not None and id(beside) in self.cluster_of:
            return self.find(beside)
        key = self.gazetteer.forces.get(whole[0])
        cluster = self._keyed(key, phrase) if key else self._new(phrase.cls)
        cluster.whole = whole[0]
        self._by_whole[whole] = cluster
        return cluster

    def _whole(self, phrase: Phrase) -> str:
        """Give what a description says in full, "armée israélienne", numbers included."""
        words = self.sheet.folded[phrase.core : phrase.last]
        code = self._owner(phrase)
        if code and phrase.noun is not None:
            return f"{phrase.noun.lemma} {code}"
        return self._strip(" ".join(words))

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
            return UNKNOWN + self._folded(name) if name.cls is _STATE else ""
        is_head = name.cls is _PERSON and "state" in phrase.noun.features
        return (name.entry.country or "") if name.entry.kind == "state" or is_head else ""

    def _antecedent(self, phrase: Phrase) -> Cluster | None:
        """Find what a definite description points back to."""
        noun = phrase.noun
        if noun is None:
            return None
        if noun.cls is _STATE:
            return self._country(phrase) if not phrase.plural else None
        same = self._same_noun(phrase) or self._same_post(phrase)
        if same is not None or phrase.complements or phrase.states:
            return same
        features = noun.features
        is_generic = "groupword" in features or noun.lemma in _GROUPLIKE
        if is_generic and phrase.cls in _ORGS and not phrase.plural:
            return self._nearest(phrase, _is_group)
        if "chief" in features and not phrase.plural:
            state = self._country(phrase)
            if state is not None and state.key is not None:
                return self._capital(state)
        if "settlement" in features and not phrase.adjectives and not phrase.plural:
            return self._nearest(phrase, _is_town)
        if "attacker" in features or ("generic" in features and not phrase.plural):
            return self._nearest(
                phrase, _is_attacker, plural=phrase.plural and "attacker" in features
            )
        return None

    def _join_antecedent(self, phrase: Phrase) -> None:
        """Join what a named "cette base" points back to: "une base … cette base appelée K1"."""
        known = self._same_noun(phrase)
        cluster = self.find(phrase)
        if known is not None and known is not cluster and not known.is_named:
            self._merge(known, cluster)

    def _same_noun(self, phrase: Phrase) -> Cluster | None:
        """Find the nearest cluster that was called by the same noun and is not said to differ."""
        lemma = self._lemma(phrase)
        words = self._qualifiers(phrase)
        for cluster in self._recent(phrase):
            if lemma not in cluster.lemmas or cluster.plural != phrase.plural:
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
        for cluster in self._recent(phrase):
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
        for cluster in self._recent(phrase):
            if not test(cluster) or (cluster.plural != plural and test is not _is_group):
                continue
            site = max(s for s in cluster.sites if s < here)
            distance = self.sheet.sent[here] - self.sheet.sent[site]
            if distance > 6:
                continue
            score = 10 - distance + site / (here + 1)
            score += 1.5 if site in cluster.subjects else 0.0
            score += min(len(cluster.sites), 6) * 0.4
            if score > best_score:
                best, best_score = cluster, score
        return best

    def _country(self, phrase: Phrase) -> Cluster | None:
        """Find which state "le pays" is: that of the nearest place, else the most spoken of."""
        here = phrase.first
        best: Cluster | None = None
        near = -1
        if phrase.det == "poss":
            for cluster in self._recent(phrase):
                if cluster.cls is _PERSON and cluster.country in self.gazetteer.states:
                    return self.state(cluster.country or "")
        for cluster in self.clusters:
            if cluster.parent is not None or cluster.cls not in (_PLACE, _STATE):
                continue
            code = cluster.country or ""
            if cluster.cls is _PLACE and code not in self.gazetteer.states:
                continue
            site = max((s for s in cluster.sites if s < here), default=-1)
            if cluster.cls is _STATE and site in cluster.subjects:
                site += 12  # what the last sentence was about is nearer than what it ended with
            if site > near:
                near, best = site, cluster if cluster.cls is _STATE else self.state(code)
        if best is not None and self.sheet.sent[here] - self.sheet.sent[min(near, here)] <= 3:
            return best
        states = [c for c in self.clusters if c.cls is _STATE and c.parent is None and c.sites]
        return max(states, key=lambda c: len(c.sites), default=None)

    def _capital(self, state: Cluster) -> Cluster | None:
        """Find the capital of a known state, if the article names it."""
        for cluster in self.clusters:
            if cluster.cls is not _PLACE or cluster.parent is not None:
                continue
            if any(self.gazetteer.metonyms.get(n) == state.key for n in sorted(cluster.names)):
                return cluster
        return None

    def _recent(self, phrase: Phrase) -> list[Cluster]:
        """List the clusters spoken of before a phrase, the nearest first."""
        here = phrase.first
        seen = [
            (max((s for s in c.sites if s < here), default=-1), n, c)
            for n, c in enumerate(self.clusters)
            if c.parent is None
        ]
        return [c for site, _, c in sorted(seen, key=lambda s: (-s[0], s[1])) if site >= 0]

    def _lemma(self, phrase: Phrase) -> str:
        if phrase.content >= 0:
            nouns = self.gazetteer.nouns.get(self.sheet.lower[phrase.content])
            return nouns[0].lemma if nouns else self.sheet.lemma[phrase.content]
        return phrase.noun.lemma if phrase.noun is not None else self.sheet.lemma[phrase.head]

    def _qualifiers(self, phrase: Phrase) -> set[str]:
        words = {self.sheet.folded[i][:5] for i in phrase.adjectives}
        for complement in phrase.complements:
            words.add(self.sheet.folded[complement.head][:5])
        return words

    # Bookkeeping ------------------------------------------------------------------------------

    def _new(self, cls: EntityClass, *, key: str | None = None, is_named: bool = False) -> Cluster:
        cluster = Cluster(cls=cls, key=key, is_named=is_named)
        self.clusters.append(cluster)
        return cluster

    def _put(self, phrase: Phrase, cluster: Cluster) -> None:
        self.cluster_of[id(phrase)] = cluster
        cluster.phrases.append(phrase)
        if phrase.name is not None:
            cluster.names.add(self._strip(self._folded(phrase.name)))
        if phrase.states and cluster.country is None and phrase.states[0][0] != UNKNOWN:
            cluster.country = phrase.states[0]
        if len(cluster.phrases) == 1:
            cluster.plural, cluster.gender = phrase.plural, phrase.gender
        elif cluster.gender == "mf" and (phrase.name is not None or cluster.cls is _PERSON):
            # "la secte" does not make the group's name feminine.
            cluster.gender = phrase.gender

    def _visit(self, phrase: Phrase) -> None:
        """Note that a phrase has been read, so that later ones can point back to it."""
        cluster = self.find(phrase)
        cluster.sites.append(phrase.first)
        if self.sheet.dep[phrase.head].startswith("nsubj"):
            cluster.subjects.append(phrase.first)
        if phrase.noun is not None:
            cluster.lemmas.add(self._lemma(phrase))
            cluster.features |= phrase.noun.features
            cluster.adjectives |= self._qualifiers(phrase)

    def _merge(self, left: Cluster, right: Cluster) -> None:
        if left is right:
            return
        if self.clusters.index(right) < self.clusters.index(left):
            left, right = right, left
        right.parent = left
        left.phrases += right.phrases
        left.phrases.sort(key=lambda p: p.first)
        left.names |= right.names
        left.key = left.key or right.key
        left.country = left.country or right.country
        left.is_named = left.is_named or right.is_named


_GROUPLIKE = frozenset({"organisation", "mouvement", "secte", "milice", "réseau", "guérilla"})


def _is_group(cluster: Cluster) -> bool:
    return cluster.is_named and cluster.cls in _ORGS and cluster.cls is not EntityClass.ARMED_FORCE


def _is_town(cluster: Cluster) -> bool:
    return cluster.cls is _PLACE and cluster.is_named


def _is_attacker(cluster: Cluster) -> bool:
    is_armed = "attacker" in cluster.features or (
        "generic" in cluster.features and bool({"arme", "cagou", "masqu"} & cluster.adjectives)
    )
    is_one = cluster.cls is _PERSON and "generic" in cluster.features
    return not cluster.is_named and (is_armed or is_one)
