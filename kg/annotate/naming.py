"""Which cluster a named phrase belongs to.

Takes phrases with a proper name and the book of clusters, gives the cluster of each: by known key,
by the same name, by a last name or first word, by an acronym that the article introduces. A capital
may stand for its state.
"""

from __future__ import annotations

from kg.annotate.clusters import BIG, ORGS, Book, Cluster
from kg.annotate.gazetteer import find_city, fold
from kg.annotate.names import Name
from kg.annotate.openings import Phrase
from kg.model import EntityClass

__all__ = ["Namer"]

_PERSON, _PLACE, _STATE = EntityClass.PERSON, EntityClass.PLACE, EntityClass.STATE
_FACILITY = EntityClass.FACILITY
# What ends an organisation's long name before the bracket with its short one.
_PARTING = frozenset({"VERB", "AUX", "PUNCT", "CCONJ"})


class Namer:
    """Finds the clusters of named phrases; `prepare` comes first."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet = book.sheet
        self.phrases = book.phrases
        self.grammar = book.grammar
        self.gazetteer = book.gazetteer
        self._redefined: dict[str, Phrase] = {}
        spoken = {p.name.entry.key for p in self.phrases if p.name and p.name.entry}
        spoken |= {code for p in self.phrases for code in p.states}
        self._halves = {
            entry.names[0].split()[-1]: code
            for code, entry in self.gazetteer.states.items()
            if code in spoken and entry.names[0].split()[-1].lower() in self.grammar.locative_of
        }

    def prepare(self) -> None:
        """Find what the article's own brackets say about short names, before any is looked up."""
        self._far_aliases()
        self._find_redefined()

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
        # "l'armée aux hommes des Forces de soutien (FSR)": the bracket has its owner right before
        closed = {p.last for p in self.phrases if p.cls in ORGS and p.name is not None}
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
            best = None if i in closed else self._spelled(i, name)
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
            if phrase.first >= end or phrase.cls not in ORGS or phrase.last >= end:
                continue
            if end - phrase.last > 6 or sheet.sent[phrase.first] != sheet.sent[end]:
                continue
            if any(p in _PARTING for p in sheet.pos[phrase.last : end]):
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

    def cluster(self, phrase: Phrase) -> Cluster:
        """Find or make the cluster of a named phrase."""
        name = phrase.name
        if name is None:
            raise AssertionError("only named phrases come here")
        entry = name.entry
        if entry is not None and entry.kind == "capital" and self._is_metonym(phrase):
            phrase.rule = "metonym"
            code = self.gazetteer.metonyms[self.book.folded(name)]
            phrase.cls = (
                self.gazetteer.actors[code].cls if code in self.gazetteer.actors else _STATE
            )
            return self.book.keyed(code, phrase)
        if entry is not None and entry.key is not None and entry.kind in ("actor", "state"):
            return self.book.keyed(entry.key, phrase)
        folded = self.book.folded(name)
        state = self._half_state(phrase)
        if state is not None:
            return state
        bare = self.book.strip(folded)
        known = self.book.by_name.get(bare)
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
            self.book.by_name.setdefault(bare, state)
            return state
        cluster = self.book.new(phrase.cls, is_named=True)
        self.book.by_name.setdefault(bare, cluster)
        if name.city is not None:
            cluster.key, cluster.country = name.city.key, name.city.country
        if entry is not None and entry.country:
            cluster.country = entry.country
            if entry.kind in ("capital", "city"):
                city = find_city(entry.names[0], country=entry.country)
                cluster.key = city.key if city is not None else None
        return cluster

    def _person(self, bare: str) -> Cluster | None:
        """Find a person by a last name, or by a longer or shorter form of the same name."""
        words = bare.split()
        for cluster in reversed(self.book.clusters):
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

    def _half_state(self, phrase: Phrase) -> Cluster | None:
        """Find the state that "le Nord" is short for: "la Corée du Nord" of the same article."""
        name = phrase.name
        if name is None or name.entry is not None or name.last - name.first > 1:
            return None
        word = self.sheet.text[name.first]
        if word not in self._halves or phrase.det != "def":
            return None
        return self.book.state(self._halves[word])

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
        for cluster in reversed(self.book.clusters):
            if cluster.parent is not None or not cluster.is_named or cluster.cls not in ORGS:
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
            is_known = other.name is not None and id(other) in self.book.cluster_of
            if other.cls is _STATE and is_known and sheet.dep[other.head] == "nsubj":
                return self.book.find(other)
        return None

    def _folded_count(self, word: str) -> int:
        """Count how often the article writes a word."""
        return self.sheet.folded.count(word)

    def _is_metonym(self, phrase: Phrase) -> bool:
        """Tell whether a capital's name stands for its state: "Washington a accusé"."""
        sheet, name = self.sheet, phrase.name
        if name is None or phrase.core != name.first or phrase.noun is not None:
            return False
        if self.book.folded(name) not in self.gazetteer.metonyms:
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
        return both <= BIG or both <= {_PLACE, _STATE, _FACILITY}
