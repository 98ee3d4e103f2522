"""Noun phrases of one article that may speak of participants and places.

Takes a view of the article, gives `Phrase` records in text order. A phrase is
read left to right from its head noun, so that one wrong arc of the parse does not undo it; the
parse decides only where a "de" complement may hang.
"""

from __future__ import annotations

from kg.annotate.gazetteer import Noun
from kg.annotate.names import Name, pick_noun
from kg.annotate.openings import Phrase, View
from kg.model import EntityClass

__all__ = ["Phrase", "Phraser"]

_PEOPLE = EntityClass.POPULATION_GROUP
_ORGS = frozenset(
    {
        EntityClass.ARMED_GROUP,
        EntityClass.COALITION,
        EntityClass.INSTITUTION,
        EntityClass.ARMED_FORCE,
    }
)
_LONGEST = 24


class Phraser:
    """Reads the noun phrases of one article; `phrases` makes them once, `phrase_at` any more."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.sheet = view.sheet
        self.grammar = view.grammar
        self.gazetteer = view.gazetteer

    def phrases(self) -> list[Phrase]:
        """Read every phrase of the article that the tables know a head noun or a name for."""
        found: list[Phrase] = []
        i, size = 0, len(self.sheet)
        while i < size:
            phrase = self._begin(i)
            if phrase is None:
                i += 1
                continue
            self._emit(phrase, found)
            i = max(phrase.inner, i + 1)
            if phrase.name is not None:
                i = max(i, phrase.name.last)
            if phrase.complements:
                i = max(i, phrase.complements[-1].last)
        return found

    def phrase_at(self, head: int) -> Phrase:
        """Read the noun phrase around any noun, known to the tables or not."""
        name = self.view.name_at[head]
        if name is not None:
            return self._bare_name(name)
        return self._build(head, None, 0)

    def _emit(self, phrase: Phrase, found: list[Phrase]) -> None:
        if (phrase.noun is not None or phrase.name is not None) and not self._is_idle(phrase):
            found.append(phrase)
        for complement in phrase.complements:
            if complement.rule != "portfolio":
                self._emit(complement, found)

    def _is_idle(self, phrase: Phrase) -> bool:
        """Tell whether a vague noun has nothing about it that names anything."""
        noun = phrase.noun
        if noun is None or phrase.name is not None or phrase.is_proper:
            return False
        if noun.cls is None:
            return phrase.content < 0
        if "helmet" in noun.features:
            return not phrase.adjectives
        if "direction" in noun.features:
            return not phrase.complements
        return "weak" in noun.features and not (phrase.states or phrase.complements)

    def _begin(self, i: int) -> Phrase | None:
        name = self.view.name_at[i]
        if name is not None:
            return self._bare_name(name) if name.first == i else None
        low = self.sheet.lower[i]
        if low in self.view.demonyms or low in self.gazetteer.peoples:
            if self.view.is_people(i):
                return self._people(i)
            if low not in self.gazetteer.nouns:
                return None
        if low in self.gazetteer.compounds:
            compound = self._compound(i)
            if compound is not None:
                return compound
        if low in self.gazetteer.nouns and self.view.is_head(i):
            noun = pick_noun(self.gazetteer, low, is_capital=self.sheet.text[i][0].isupper())
            return self._build(i, noun, 0)
        return None

    def _compound(self, i: int, depth: int = 0) -> Phrase | None:
        """Read a phrase headed by a noun of several words, if one stands here."""
        for rest, noun in self.gazetteer.compounds.get(self.sheet.lower[i], ()):
            end = i + 1 + len(rest)
            if self.sheet.lower[i + 1 : end] == list(rest):
                return self._build(i, noun, depth, end)
        return None

    def _bare_name(self, name: Name) -> Phrase:
        det, first = "none", name.first
        gender = ""
        if first and not self.sheet.starts[first]:
            gender = self.grammar.titles.get(self.sheet.lower[first - 1], "")
            first -= bool(gender)
        kind = self.view.determiner(first - 1)
        if kind is not None and not self.sheet.starts[first]:
            det, first = kind, first - 1
        phrase = Phrase(
            first=first,
            core=name.first,
            last=name.last,
            head=self.view.syntactic_head(name.first - bool(gender), name.last),
            det=det,
            cls=name.cls,
            name=name,
            inner=name.last,
            is_proper=True,
            rule="name",
        )
        word = self.sheet.lower[first] if det != "none" else ""
        phrase.plural = word in self.grammar.plurals
        noun = self.gazetteer.nouns.get(self.sheet.lower[name.first])
        if noun is not None:
            phrase.noun, phrase.gender, phrase.plural = noun[0], noun[0].gender, noun[0].plural
        elif word in ("le", "la", "un", "une"):
            phrase.gender = "f" if word in ("la", "une") else "m"
        if name.is_phrase or name.entry is not None:
            self._read_adjectives(phrase, name.first, name.last)
        if name.cls is EntityClass.PERSON:
            given = self.grammar.given.get(self.sheet.lower[name.first], "mf")
            phrase.gender = gender or (given if name.last - name.first > 1 else "mf")
        self._read_alias(phrase)
        return phrase

    def _people(self, i: int) -> Phrase:
        word = self.sheet.lower[i]
        singular = ("le", "la", "un", "ce", "son", "l'", "du", "au")
        plural = word[-1] in "sx" and self.sheet.lower[i - 1] not in singular
        noun = Noun(
            lemma=word, cls=_PEOPLE, features=frozenset({"origin"}), gender="mf", plural=plural
        )
        phrase = self._build(i, noun, 0)
        phrase.states[:0] = self.view.states_of(i)
        phrase.rule = "people"
        return phrase

    def _build(self, head: int, noun: Noun | None, depth: int, end: int = 0) -> Phrase:
        first, core, det = self.view.left_edge(head)
        phrase = Phrase(
            first=first,
            core=core,
            last=end or head + 1,
            head=head,
            det=det,
            cls=(noun.cls if noun and noun.cls else _PEOPLE),
            noun=noun,
            inner=end or head + 1,
            rule="noun",
        )
        if noun is not None:
            phrase.plural, phrase.gender = noun.plural, noun.gender
            if "invariant" in noun.features and not noun.plural:
                phrase.plural = self.view.is_many(first, head)
        phrase.is_proper = self.sheet.text[head][0].isupper() and not self.sheet.starts[head]
        for i in range(core, head):
            phrase.states += self.view.states_of(i)
        self._grow(phrase, depth)
        self._settle_class(phrase)
        self._bear_name(phrase)
        return phrase

    def _bear_name(self, phrase: Phrase) -> None:
        """Take the whole for a name where a group is called by its complement.

        "les brigades de la Montagne", "le front de libération de la Sarvanie": lower case or not.
        """
        noun = phrase.noun
        if noun is None or noun.cls not in _ORGS or phrase.name is not None or phrase.content >= 0:
            return
        if phrase.det not in ("def", "none") or not phrase.complements:
            return
        if any(self.sheet.pos[i] == "NUM" for i in range(phrase.core, phrase.head)):
            return
        inner = phrase.complements[0]
        if self.sheet.lower[inner.head] in self.grammar.causes and phrase.det == "def":
            is_called = noun.cls is EntityClass.ARMED_GROUP or len(inner.complements) > 0
        else:
            is_called = "bearing" in noun.features and _is_label(inner, noun)
        if not is_called:
            return
        phrase.name = Name(phrase.head, phrase.last, None, True, phrase.cls)
        phrase.is_proper = True
        lands = (EntityClass.STATE, EntityClass.PLACE)
        phrase.complements = [
            c for c in (*phrase.complements, *inner.complements) if c.name and c.cls in lands
        ]

    def _grow(self, phrase: Phrase, depth: int) -> None:
        """Add to the head's right what belongs to it: adjectives, a name, complements."""
        sheet, size = self.sheet, len(self.sheet)
        i = phrase.inner
        while i < size and not sheet.starts[i] and i - phrase.first < _LONGEST:
            name = self.view.name_at[i]
            if name is not None and name.first == i:
                if not self._take_name(phrase, name):
                    break
                i = phrase.last
                continue
            if self.view.is_adjective(phrase, i):
                phrase.states += self.view.states_of(i)
                phrase.adjectives.append(i)
                i += 1
                phrase.last = phrase.inner = i
                continue
            if sheet.lower[i] in ("et", "ou", ",") and self.view.goes_on(phrase, i):
                i += 1
                continue
            if sheet.text[i] in self.grammar.quotes_open:
                i = self._take_quoted(phrase, i)
                if i < 0:
                    break
                continue
            if sheet.lower[i] in self.grammar.of and depth < 5:
                end = self._take_complement(phrase, i, depth)
                if end < 0:
                    break
                i = end
                continue
            break
        self._read_alias(phrase)

    def _take_name(self, phrase: Phrase, name: Name) -> bool:
        """Take a name right behind the noun as its name: "base K1", "général Arvo Tens"."""
        noun = phrase.noun
        if phrase.complements or phrase.name is not None or noun is None:
            return False
        if noun.cls is _PEOPLE:
            is_group = name.cls in (EntityClass.ARMED_GROUP, EntityClass.COALITION)
            is_many = noun.plural and "family" not in noun.features
            if is_group and noun.plural and "armed" in noun.features:
                phrase.cls = name.cls  # "les rebelles houthis" are the Houthis
            elif name.cls is not EntityClass.PERSON or is_many:
                return False
        elif noun.cls is None or "direction" in noun.features or _is_other(name, noun):
            return False
        phrase.name = name
        phrase.last = name.last
        phrase.is_proper = True
        if noun.cls is not _PEOPLE and name.entry is None:
            name.cls = noun.cls
        return True

    def _take_quoted(self, phrase: Phrase, i: int) -> int:
        """Take a short quotation behind the noun as its name; gives where to go on, -1 if not."""
        sheet = self.sheet
        for end in range(i + 1, min(i + 8, len(sheet))):
            if sheet.text[end] in self.grammar.quotes_close:
                break
        else:
            return -1
        if end == i + 1 or phrase.noun is None or phrase.noun.cls not in _ORGS:
            return -1
        name = self.view.name_at[i + 1]
        if name is not None and name.last == end:
            phrase.name = name
            phrase.is_proper = True
            if name.entry is None and phrase.noun.cls is not None:
                name.cls = phrase.noun.cls
        elif any(sheet.pos[k] in ("VERB", "AUX", "PUNCT") for k in range(i + 1, end)):
            return -1
        phrase.aliases.append((i + 1, end))
        phrase.last = end + 1
        return end + 1

    def _take_complement(self, phrase: Phrase, i: int, depth: int) -> int:
        """Take "de …" when it belongs here; gives where to go on, -1 if it does not."""
        sheet, size, grammar = self.sheet, len(self.sheet), self.grammar
        k = i + 1
        noun = phrase.noun
        if k < size and sheet.text[k] in grammar.quotes_open and noun is not None:
            return self._take_quoted(phrase, k) if noun.cls in _ORGS else -1
        while k < size and k - i < 7 and not sheet.starts[k]:
            name = self.view.name_at[k]
            if name is not None:
                if name.first != k:
                    return -1
                return self._take_complement_name(phrase, name, i)
            low = sheet.lower[k]
            if low in grammar.not_complements:
                return -1
            if low in grammar.naming_words and k + 1 < size and sheet.lower[k + 1] in grammar.of:
                return -1  # "une base du nom de K1"
            is_origin = low in self.view.demonyms or low in self.gazetteer.peoples
            if is_origin and (
                self.view.is_people(k) or (sheet.text[k][0].isupper() and k == i + 1)
            ):
                return self._take_complement_phrase(phrase, self._people(k), i)
            compound = self._compound(k, depth + 1) if low in self.gazetteer.compounds else None
            if compound is not None:
                return self._take_complement_phrase(phrase, compound, i)
            if low in self.gazetteer.nouns and (self.view.is_head(k) or sheet.pos[k] == "NOUN"):
                inner = pick_noun(self.gazetteer, low)
                return self._take_complement_phrase(phrase, self._build(k, inner, depth + 1), i)
            elif sheet.pos[k] == "NOUN":
                return self._take_complement_phrase(phrase, self._build(k, None, depth + 1), i)
            if sheet.pos[k] not in ("DET", "ADJ", "NUM", "ADV") and low not in grammar.prenominal:
                return -1
            k += 1
        return -1

    def _take_complement_name(self, phrase: Phrase, name: Name, i: int) -> int:
        noun = phrase.noun
        if noun is None or noun.cls is None:
            if noun is None:
                return -1
            phrase.content = name.first
        is_plain = phrase.det != "indef" and not any(
            self.sheet.lower[k] in self.grammar.adjectives_of for k in phrase.adjectives
        )
        is_naming = (
            noun.cls is EntityClass.PLACE
            and is_plain
            and (
                ("naming" in noun.features and "seat" not in noun.features)
                or ("admin" in noun.features and self.view.is_area(name))
            )
        )
        if is_naming and i == phrase.inner and _may_be_town(name):
            if name.entry is None:
                name.cls = EntityClass.PLACE
            phrase.name = name
            phrase.is_proper = True
            phrase.last = name.last
            return name.last
        is_near = noun.cls in _ORGS or noun.cls in (EntityClass.FACILITY, EntityClass.PLACE)
        if not is_near and not self.view.hangs(phrase, name.first, name.last):
            return -1
        complement = self._bare_name(name)
        if "portfolio" in noun.features and name.entry is None and name.city is None:
            complement.rule = "portfolio"
            while complement.last < len(self.sheet) and self.sheet.pos[complement.last] == "ADJ":
                complement.last += 1
        phrase.complements.append(complement)
        phrase.last = complement.last
        return complement.last

    def _take_complement_phrase(self, phrase: Phrase, complement: Phrase, i: int) -> int:
        noun = phrase.noun
        is_count = noun is not None and noun.cls is None and phrase.content < 0
        if is_count or (
            noun is not None
            and "groupword" in noun.features
            and complement.noun is not None
            and complement.noun.cls is _PEOPLE
            and complement.det in ("none", "num")
        ):
            phrase.content = complement.head
            phrase.cls = complement.cls
            if complement.noun is None:
                phrase.rule, phrase.cls = "other", EntityClass.EQUIPMENT
            phrase.plural = True
            phrase.gender = complement.gender
            phrase.states += complement.states
            phrase.complements += complement.complements
            phrase.adjectives += complement.adjectives
            phrase.last = phrase.inner = complement.last
            if complement.complements:
                phrase.inner = complement.inner
            return complement.last
        if not self.view.hangs(phrase, complement.core, complement.inner):
            return -1
        phrase.complements.append(complement)
        phrase.last = complement.last
        if noun is not None and noun.cls in _ORGS and complement.noun is None:
            return self._take_second(phrase)
        return complement.last

    def _take_second(self, phrase: Phrase) -> int:
        """Take "et de sécurité" behind "forces de défense"; gives where to go on."""
        sheet, i = self.sheet, phrase.last
        k = i + 2
        if k >= len(sheet) or sheet.lower[i] not in ("et", ",") or sheet.starts[i + 1]:
            return i
        if sheet.lower[i + 1] not in self.grammar.of:
            return i
        if sheet.lower[k] in self.grammar.articles:
            k += 1
        if k >= len(sheet) or sheet.pos[k] != "NOUN" or sheet.lower[k] in self.gazetteer.nouns:
            return i
        if sheet.lower[k] in self.grammar.not_complements:
            return i
        phrase.last = k + 1
        while phrase.last < len(sheet) and sheet.lower[phrase.last] in self.view.demonyms:
            phrase.states += self.view.states_of(phrase.last)
            phrase.last += 1
        return phrase.last

    def _settle_class(self, phrase: Phrase) -> None:
        noun = phrase.noun
        if noun is None:
            return
        if noun.cls is _PEOPLE and phrase.cls in _ORGS:
            return
        if noun.cls is _PEOPLE:
            is_one = not phrase.plural and "collective" not in noun.features
            is_one = is_one and "force" not in noun.features and phrase.content < 0
            if is_one:
                phrase.cls = EntityClass.PERSON
        elif phrase.name is not None and noun.cls is not None:
            entry = phrase.name.entry
            phrase.cls = entry.cls if entry is not None and noun.cls in _ORGS else noun.cls
        nouns = self.gazetteer.nouns.get(self.sheet.lower[phrase.head], ())
        places = (EntityClass.PLACE, EntityClass.STATE)
        is_place = len(nouns) > 1 and any(n.cls is EntityClass.PLACE for n in nouns)
        if is_place and any(c.cls in places for c in phrase.complements):
            phrase.cls = EntityClass.PLACE

    def _read_adjectives(self, phrase: Phrase, first: int, last: int) -> None:
        for i in range(first, last):
            if not self.sheet.text[i][0].isupper():
                phrase.states += self.view.states_of(i)
                if self.view.states_of(i):
                    phrase.adjectives.append(i)

    def _read_alias(self, phrase: Phrase) -> None:
        """Take "(EI)" right behind an organisation as another name of it."""
        sheet, i = self.sheet, phrase.last
        if i + 2 >= len(sheet) or sheet.text[i] != "(" or phrase.cls not in _ORGS:
            return
        if sheet.text[i + 1] in self.grammar.quotes_open:
            i += 1
        name = self.view.name_at[i + 1]
        if name is None or name.first != i + 1 or name.last >= len(sheet):
            return
        after = sheet.text[name.last]
        is_org = name.cls in _ORGS or sheet.text[i + 1].isupper()
        if name.entry is None and name.city is None and name.last - name.first == 1:
            # "Front pour la concorde (Fact)": an acronym written as a word.
            is_org = is_org or sheet.folded[name.first][0] == sheet.folded[phrase.core][0]
        if self._belongs_inside(phrase, name):
            return
        if is_org and after in (")", ",", *self.grammar.quotes_close):
            phrase.aliases.append((name.first, name.last))

    def _belongs_inside(self, phrase: Phrase, name: Name) -> bool:
        """Tell whether a bracket names the complement: "la branche de l'État islamique (EI)"."""
        if not phrase.complements or phrase.complements[-1].last != phrase.last:
            return False
        inner = phrase.complements[-1]
        if inner.cls not in _ORGS:
            return False
        if inner.name is not None and inner.name.entry is not None:
            return name.entry is not None and name.entry.key == inner.name.entry.key
        letters = self.sheet.folded[name.first]
        initials = {self.sheet.folded[k][0] for k in range(inner.core, inner.last)}
        return inner.name is not None and set(letters) <= initials


def _is_label(inner: Phrase, noun: Noun) -> bool:
    """Tell whether a complement can be what a group is called: no state, nobody known."""
    name = inner.name
    if name is None or inner.core < name.first or inner.cls is EntityClass.PERSON:
        return False
    if "force" in noun.features or "weak" in noun.features:
        return name.entry is None and name.city is None and inner.cls is not EntityClass.STATE
    return name.entry is None or name.entry.kind in ("city", "capital", "region")


def _is_other(name: Name, noun: Noun) -> bool:
    """Tell whether a known name cannot be that of an organisation or place just spoken of."""
    entry = name.entry
    if entry is None:
        # "le chef de la police Arvo Tens": the person is not what the police is called.
        is_group = noun.cls not in _ORGS or noun.cls is EntityClass.ARMED_GROUP
        return name.cls is EntityClass.PERSON and name.last - name.first > 1 and not is_group
    is_person = name.cls is EntityClass.PERSON and noun.cls in _ORGS
    return is_person or entry.kind in ("state", "capital")


def _may_be_town(name: Name) -> bool:
    return name.entry is None or name.entry.kind in ("city", "capital", "region")
