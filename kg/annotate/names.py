"""Proper names of one article: where they stand and what class of thing they name.

Takes the tokens and the tables, gives `Name` spans. The pipeline's named entities, the known names
and the words around a name each cast votes for its class; all places where an article writes the
same name vote together, so that one clear context decides for the others. A name that nothing
knows works the same way as a known one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.annotate.gazetteer import City, Entry, Gazetteer, Noun, find_cities, find_city
from kg.annotate.grammar import Grammar
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["Name", "find_names", "is_name_word", "pick_noun"]

_PERSON, _PLACE, _STATE = EntityClass.PERSON, EntityClass.PLACE, EntityClass.STATE
_INSTITUTION, _GROUP = EntityClass.INSTITUTION, EntityClass.ARMED_GROUP
_LABELS = {"PER": _PERSON, "LOC": _PLACE, "ORG": _INSTITUTION, "PRODUCT": EntityClass.EQUIPMENT}
_CLOSED = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "ADV", "INTJ", "NUM", "PART"})
_SPLITTING = frozenset({"actor", "state"})
# A name that says where its bearer is.
_GROUNDS = frozenset({"state", "capital", "region", "city"})
_KNOWN_ANYWHERE = 200_000  # people: such a city is meant though its country is not named
Votes = dict[EntityClass, float]


@dataclass(slots=True)
class Name:
    """A proper name at tokens `[first, last)`; `entry` when it is known.

    `is_phrase` marks a name that begins with a common noun in capitals ("Front de libération").
    """

    first: int
    last: int
    entry: Entry | None
    is_phrase: bool
    cls: EntityClass = _INSTITUTION
    city: City | None = None


def pick_noun(
    gazetteer: Gazetteer, word: str, *, is_capital: bool = False, is_adj: bool = False
) -> Noun | None:
    """Choose the reading of a noun that stands in the table under several classes."""
    nouns = gazetteer.nouns.get(word)
    if nouns is None:
        return None
    if len(nouns) > 1 and is_capital:
        for noun in nouns:
            if noun.cls is _INSTITUTION:
                return noun
    return nouns[0]


def is_name_word(sheet: Sheet, i: int, grammar: Grammar, gazetteer: Gazetteer) -> bool:
    """Tell whether a token is written as (part of) a proper name."""
    word = sheet.text[i]
    if not word[0].isupper():
        return grammar.begins_joined(word)
    low = sheet.lower[i]
    if low in grammar.not_names or low in grammar.titles:
        return False
    if _is_sentence_start(sheet, i, grammar):
        if i + 1 < len(sheet) and sheet.text[i + 1] == ":" and sheet.lower[i] not in grammar.given:
            return False  # "Bilan : deux morts"
        if sheet.pos[i] != "PROPN" and not (sheet.label[i] and sheet.pos[i] in ("NOUN", "X")):
            return len(word) > 1 and word.isupper() and word.isalpha() and not low[0].isdigit()
        return low not in gazetteer.nouns and low not in gazetteer.demonyms
    if low in gazetteer.demonyms or low in gazetteer.peoples:
        # "Karen Holt": a people's name can be a person's.
        is_given = low in grammar.given and i + 1 < len(sheet) and sheet.pos[i + 1] == "PROPN"
        return is_given and sheet.text[i + 1][0].isupper()
    is_before = low in grammar.prenominal and i + 1 < len(sheet)
    if is_before and sheet.lower[i + 1] in gazetteer.nouns:
        return False  # "Premier ministre"
    noun = gazetteer.nouns.get(low)
    if noun is not None and len(word) > 1 and word.isupper():
        return False  # "une ONG"
    if noun is not None and "direction" in noun[0].features:
        return _is_half(sheet, i, grammar)
    if noun is not None and (sheet.pos[i] == "NOUN" or "helmet" in noun[0].features):
        return "org" in noun[0].features or "orgcap" in noun[0].features
    if sheet.pos[i] not in _CLOSED or (word.isupper() and len(word) > 1):
        return True
    # "Tel Keppe": a small word in capitals before another capital.
    is_free = sheet.pos[i] == "DET" and low not in grammar.articles
    return is_free and i + 1 < len(sheet) and sheet.text[i + 1][0].isupper()


def _is_half(sheet: Sheet, i: int, grammar: Grammar) -> bool:
    """Tell whether a direction in capitals names a land: "le Nord a menacé le Sud"."""
    if i + 2 >= len(sheet) or sheet.pos[i + 1] == "ADJ":
        return False
    if sheet.lower[i + 1] not in grammar.of:
        return True
    after = sheet.text[i + 2]
    return not (after[0].isupper() or sheet.lower[i + 2] in grammar.articles)


def _is_sentence_start(sheet: Sheet, i: int, grammar: Grammar) -> bool:
    if sheet.starts[i]:
        return True
    before = sheet.text[i - 1]
    return before in grammar.quotes_open or before in (":", "–", "—", "-", "…", ".", "!", "?")


def find_names(sheet: Sheet, grammar: Grammar, gazetteer: Gazetteer) -> list[Name]:
    """Find the proper names of an article, in order and apart from each other, with a class."""
    names: list[Name] = []
    i, size = 0, len(sheet)
    inside = {
        word
        for k, word in enumerate(sheet.text)
        if word[0].isupper() and is_name_word(sheet, k, grammar, gazetteer)
    }
    while i < size:
        name = _name_at(sheet, i, grammar, gazetteer)
        if name is None and sheet.text[i] in inside and sheet.lower[i] not in gazetteer.nouns:
            # At the head of a sentence a capital says nothing; elsewhere in the article it does.
            name = Name(i, i + 1, None, False)
        if name is None:
            i += 1
            continue
        names.append(name)
        i = name.last
    _classify(names, sheet, grammar, gazetteer)
    return names


def _name_at(sheet: Sheet, i: int, grammar: Grammar, gazetteer: Gazetteer) -> Name | None:
    quoted = _quoted_end(sheet, i, grammar)
    if quoted:
        return Name(i, quoted, None, False)
    known = gazetteer.match(sheet.folded, sheet.text, i)
    if known is not None and _is_common(sheet, i, known[0], grammar, gazetteer):
        known = None
    is_word = is_name_word(sheet, i, grammar, gazetteer)
    if known is None and not is_word:
        return None
    if known is None and _is_org_head(sheet, i, gazetteer):
        end = _phrase_end(sheet, i, grammar, gazetteer)
        return Name(i, end, None, True)
    if known is not None and known[1].cls is not _PERSON and known[0] - i > 1:
        return Name(i, known[0], known[1], False)
    end = _sequence_end(sheet, i, grammar, gazetteer) if is_word else i + 1
    if is_word and known is None:
        end = _entity_end(sheet, i, end)
    if known is not None and (known[0] >= end or _splits(sheet, i, known[0], end)):
        return Name(i, known[0], known[1], False)
    return Name(i, end, None, False)


def _quoted_end(sheet: Sheet, i: int, grammar: Grammar) -> int:
    """Give where a quoted name behind "surnommé", "baptisé" ends, 0 if none begins here."""
    if i < 2 or sheet.text[i - 1] not in grammar.quotes_open or not sheet.text[i][0].isupper():
        return 0
    if sheet.lower[i - 2] not in grammar.alias_words:
        return 0
    for end in range(i + 1, min(i + 7, len(sheet))):
        if sheet.text[end] in grammar.quotes_close:
            return end
    return 0


def _entity_end(sheet: Sheet, i: int, end: int) -> int:
    """Follow an organisation's name past its capitals: "Secours sans murs"."""
    number = sheet.entity[i]
    if number == -1 or sheet.label[i] != "ORG" or (i and sheet.entity[i - 1] == number):
        return end
    stop = end
    while stop < len(sheet) and sheet.entity[stop] == number and stop - i < 9:
        if sheet.pos[stop] not in ("ADP", "DET", "NOUN", "ADJ", "PROPN"):
            return end
        stop += 1
    return stop if sheet.pos[stop - 1] in ("NOUN", "ADJ", "PROPN") else end


def _splits(sheet: Sheet, first: int, middle: int, end: int) -> bool:
    """Tell whether a known name and what follows it are two names side by side."""
    if sheet.entity[first] != -1 and sheet.entity[first] == sheet.entity[middle]:
        return False
    return end - middle > 1 or sheet.dep[middle] not in ("flat:name", "flat:foreign")


def _is_common(sheet: Sheet, i: int, end: int, grammar: Grammar, gazetteer: Gazetteer) -> bool:
    """Tell whether a known name at the head of a sentence is rather an ordinary word."""
    if end - i > 1 or not sheet.text[i][0].isupper() or sheet.text[i].isupper():
        return False
    if sheet.lower[i] in gazetteer.demonyms and sheet.lower[i] not in gazetteer.nouns:
        return False
    return (
        _is_sentence_start(sheet, i, grammar)
        and sheet.pos[i] != "PROPN"
        and (sheet.pos[i] in _CLOSED or sheet.pos[i] in ("NOUN", "ADJ", "VERB"))
        and not sheet.label[i]
    )


def _is_org_head(sheet: Sheet, i: int, gazetteer: Gazetteer) -> bool:
    nouns = gazetteer.nouns.get(sheet.lower[i])
    word = sheet.text[i]
    if nouns is None or not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    return any("org" in noun.features or "orgcap" in noun.features for noun in nouns)


def _sequence_end(sheet: Sheet, i: int, grammar: Grammar, gazetteer: Gazetteer) -> int:
    """Follow capitalised words, and the small words of names between them."""
    text, lower, size = sheet.text, sheet.lower, len(sheet)
    end = i + 1
    while end < size and not sheet.starts[end]:
        word = text[end]
        if (
            is_name_word(sheet, end, grammar, gazetteer)
            or (
                word[0].isupper() and sheet.pos[end] in ("DET", "NUM", "PRON")
            )  # "Le Pen", "Kim Jong Un"
            or not word.strip("IVX")  # "Tawadros II"
            or (len(word) == 1 and word.isupper())  # "Super U"
        ):
            known = gazetteer.match(sheet.folded, text, end)
            is_other = sheet.entity[end] == -1 or sheet.entity[end] != sheet.entity[i]
            if known and is_other and known[1].kind in _SPLITTING and known[1].cls is not _PERSON:
                break
            if lower[end] in gazetteer.nouns and _is_org_head(sheet, end, gazetteer):
                break
            end += 1
            continue
        following = end + 1
        is_free = lower[end] in grammar.particles or word in ("-", "'")
        is_bound = lower[end] in grammar.particles_of and sheet.entity[end] != -1
        if is_bound and following < size and lower[following] in grammar.articles:
            following += 1
        if (
            (is_free or (is_bound and sheet.entity[end] == sheet.entity[i]))
            and following < size
            and (text[following][0].isupper() or grammar.begins_joined(text[following]))
            and (is_free or sheet.entity[following] == sheet.entity[i])
            and not sheet.starts[following]
        ):
            end = following + 1
            continue
        is_double = following + 1 < size and lower[following] in grammar.particles
        if not (is_free and is_double and text[following + 1][0].isupper()):
            break
        end = following + 2
    return end


def _phrase_end(sheet: Sheet, i: int, grammar: Grammar, gazetteer: Gazetteer) -> int:
    """Follow a name made of ordinary words ("Front de libération du Macina") to its end."""
    lower, pos, size = sheet.lower, sheet.pos, len(sheet)
    end = i + 1
    while end < size and not sheet.starts[end]:
        if _is_qualifier(sheet, end, grammar, gazetteer):
            end += 1
            continue
        if is_name_word(sheet, end, grammar, gazetteer):
            if sheet.label[end] == "PER" or lower[end] in grammar.given:
                break
            if gazetteer.match(sheet.folded, sheet.text, end) and pos[end - 1] == "ADJ":
                break
            end = _sequence_end(sheet, end, grammar, gazetteer)
            continue
        if lower[end] not in grammar.org_links:
            break
        start = end + 1
        if start < size and lower[start] in grammar.articles:
            start += 1
        if start >= size or sheet.starts[start] or lower[start] in grammar.not_complements:
            break
        if lower[start] in grammar.locative_of:
            break  # "l'Union des brigades à l'est de Somvar"
        if sheet.text[start][0].isdigit() and start == end + 1:
            # "Mouvement du 23 mars", "Front du 12-Mai"
            end = start + 1 + (start + 1 < size and lower[start + 1] in grammar.not_complements)
            continue
        if not _continues(sheet, i, end, start, grammar, gazetteer):
            break
        known = gazetteer.match(sheet.folded, sheet.text, start)
        end = known[0] if known else start + 1
    return end


def _is_qualifier(sheet: Sheet, i: int, grammar: Grammar, gazetteer: Gazetteer) -> bool:
    low = sheet.lower[i]
    if low in gazetteer.demonyms or low in gazetteer.peoples:
        return True
    return sheet.pos[i] == "ADJ" or (low in grammar.participles and sheet.pos[i] != "ADV")


def _continues(
    sheet: Sheet, head: int, link: int, start: int, grammar: Grammar, gazetteer: Gazetteer
) -> bool:
    """Tell whether "de la liberté" goes on with the name begun at `head`."""
    is_inside = sheet.entity[start] != -1 and sheet.entity[start] == sheet.entity[head]
    above, low = sheet.head[start], sheet.lower[link]
    is_noun = sheet.pos[start] == "NOUN" and head <= above < start
    if low not in grammar.of:
        if is_inside:
            return True
        if low in ("au", "aux", "en", "à"):
            # "Front pour la concorde au Tchad (FACT)"
            known = gazetteer.match(sheet.folded, sheet.text, start)
            end = known[0] if known else start + 1
            return known is not None and end < len(sheet) and sheet.text[end] == "("
        return is_noun and low != "dans" and sheet.lower[start] not in gazetteer.nouns
    if is_inside or sheet.text[start][0].isupper() or grammar.begins_joined(sheet.text[start]):
        return True
    if sheet.pos[start] != "NOUN" or sheet.lower[start - 1] in grammar.possessive:
        return False
    noun = pick_noun(gazetteer, sheet.lower[start])
    if noun is not None and noun.cls in (_STATE, EntityClass.FACILITY):
        return False
    return is_noun and sheet.dep[start] in ("nmod", "obl:arg", "obl:mod", "conj", "")


# Classes ---------------------------------------------------------------------------------------


def _classify(names: list[Name], sheet: Sheet, grammar: Grammar, gazetteer: Gazetteer) -> None:
    votes: dict[str, Votes] = {}
    keys = []
    for name in names:
        key = " ".join(sheet.folded[name.first : name.last])
        keys.append(key)
        if name.entry is not None:
            name.cls = name.entry.cls
            continue
        tally = votes.get(key)
        if tally is None:
            tally = votes[key] = defaultdict(float)
            _vote_form(name, tally, sheet, grammar, gazetteer)
        _vote_context(name, tally, sheet, grammar, gazetteer)
    countries = _countries(names, sheet, gazetteer)
    persons = {
        word
        for key, tally in votes.items()
        if " " in key and _winner(tally) is _PERSON
        for word in (key.rsplit(" ", 1)[-1], " ".join(key.split()[1:]))
    }
    for name, key in zip(names, keys, strict=True):
        if name.entry is not None:
            continue
        tally = votes[key]
        if key in persons:
            tally[_PERSON] += 5
            persons.discard(key)
        name.cls = _winner(tally)
        if name.cls is _PLACE:
            name.city = _likely_city(_surface(sheet, name), countries)


def _countries(names: list[Name], sheet: Sheet, gazetteer: Gazetteer) -> frozenset[str]:
    """Collect the countries that an article speaks of by name, capital or adjective."""
    found = {n.entry.country for n in names if n.entry is not None and n.entry.kind in _GROUNDS}
    codes = {code for low in sheet.lower for code in gazetteer.demonyms.get(low, ())}
    return frozenset(codes | {code for code in found if code})


def _likely_city(name: str, countries: frozenset[str]) -> City | None:
    """Choose among namesakes: the one in a country spoken of, else a large one, else none."""
    cities = find_cities(name)
    for city in cities:
        if city.country in countries:
            return city
    return cities[0] if cities and cities[0].population >= _KNOWN_ANYWHERE else None


def _winner(tally: Votes) -> EntityClass:
    best = max(tally.values(), default=0.0)
    for cls, score in tally.items():
        if score == best and best > 0:
            return cls
    return _INSTITUTION


def _surface(sheet: Sheet, name: Name) -> str:
    words = sheet.text[name.first : name.last]
    return words[0] if len(words) == 1 else " ".join(words).replace(" - ", "-")


def _vote_form(
    name: Name, tally: Votes, sheet: Sheet, grammar: Grammar, gazetteer: Gazetteer
) -> None:
    """Count what the name's own form says."""
    first, size = name.first, name.last - name.first
    if name.is_phrase:
        noun = pick_noun(gazetteer, sheet.lower[first], is_capital=True)
        if noun is not None:
            is_own = noun.cls is not EntityClass.POPULATION_GROUP and noun.cls is not None
            tally[noun.cls if is_own and noun.cls is not None else _GROUP] += 10
        return
    word = sheet.text[first]
    if size == 1 and word.isupper() and len(word) > 1 and len(word) <= 8:
        tally[_INSTITUTION] += 3
    if sheet.lower[first] in grammar.given and size > 1:
        tally[_PERSON] += 3
    if sheet.lower[first] in grammar.events:
        tally[EntityClass.EQUIPMENT] += 6
    city = find_city(_surface(sheet, name))
    if city is not None:
        tally[_PLACE] += 2 if city.population > 100_000 else 1


def _vote_context(
    name: Name, tally: Votes, sheet: Sheet, grammar: Grammar, gazetteer: Gazetteer
) -> None:
    """Count what stands around the name and what the pipeline takes it for."""
    label = _LABELS.get(sheet.label[name.first])
    size = name.last - name.first
    if label is not None:
        tally[label] += 3 if label is _PERSON and size > 1 else 2
    _vote_set_beside(name, tally, sheet, grammar, gazetteer)
    i = name.first - 1
    if i < 0 or sheet.starts[name.first]:
        if size > 1:
            tally[_PERSON] += 0.5
        return
    if sheet.text[i] in grammar.quotes_open and i > 0:
        i -= 1
    low = sheet.lower[i]
    if low in grammar.titles:
        tally[_PERSON] += 8
        return
    if low in grammar.articles or sheet.pos[i] == "DET" or low in ("au", "aux"):
        tally[_PERSON] -= 3
        if low == "les" and size == 1:
            tally[_GROUP] += 2
        return
    if low in grammar.locative and (low in grammar.locative_strong or low != "sur"):
        tally[_PLACE] += 4 if low in grammar.locative_strong else 1.5
        return
    if low in grammar.alias_words and i > 1:
        noun = _noun_before(i - 1, sheet, gazetteer)
        if noun is not None:
            _vote_apposed(noun, tally)
        return
    if low in grammar.of:
        if low in ("du", "des"):
            tally[_PERSON] -= 3
        _vote_complement(i, tally, sheet, grammar, gazetteer)
        return
    noun = _noun_before(i, sheet, gazetteer)
    if noun is not None:
        _vote_apposed(noun, tally)


def _vote_set_beside(
    name: Name, tally: Votes, sheet: Sheet, grammar: Grammar, gazetteer: Gazetteer
) -> None:
    """Count what an apposition says the name is: "Oskal, la capitale", "la capitale, Oskal"."""
    i, size = name.last, len(sheet)
    if i + 2 < size and sheet.text[i] in (",", "(") and not sheet.starts[i + 1]:
        k = i + 1
        while k < min(i + 5, size) and (
            sheet.pos[k] in ("DET", "ADJ", "NUM") or sheet.lower[k] in grammar.prenominal
        ):
            k += 1
        noun = pick_noun(gazetteer, sheet.lower[k]) if k < size else None
        if noun is not None and noun.cls is not None and not noun.plural:
            _vote_apposed(noun, tally)
    if name.first > 2 and sheet.text[name.first - 1] == "," and not sheet.starts[name.first]:
        noun = _noun_before(name.first - 2, sheet, gazetteer)
        if {sheet.lower[name.first - 3], sheet.lower[name.first - 4]} & grammar.of:
            noun = None  # "l'imam de la ville, Arvo Tens": the town is not what is named
        if noun is not None and noun.cls is not None and not noun.plural:
            _vote_apposed(noun, tally, half=True)


def _noun_before(i: int, sheet: Sheet, gazetteer: Gazetteer) -> Noun | None:
    """Find the noun that a name stands right behind, over adjectives ("le général iranien X")."""
    while i >= 0 and (sheet.lower[i] in gazetteer.demonyms or sheet.pos[i] == "ADJ"):
        noun = pick_noun(gazetteer, sheet.lower[i])
        if noun is not None and sheet.pos[i] != "ADJ":
            return noun
        if noun is not None and "title" in noun.features:
            return noun
        if sheet.starts[i]:
            return None
        i -= 1
    return pick_noun(gazetteer, sheet.lower[i]) if i >= 0 else None


def _vote_apposed(noun: Noun, tally: Votes, *, half: bool = False) -> None:
    weight = 0.4 if half else 1.0
    if noun.cls is EntityClass.POPULATION_GROUP or noun.cls is None:
        if not noun.plural and "collective" not in noun.features:
            tally[_PERSON] += 6 * weight
    elif noun.cls is _PLACE or noun.cls is _STATE:
        tally[_PLACE] += 5 * weight
    elif noun.cls not in (EntityClass.FACILITY, EntityClass.EQUIPMENT) or not half:
        tally[noun.cls] += 5 * weight


def _vote_complement(
    i: int, tally: Votes, sheet: Sheet, grammar: Grammar, gazetteer: Gazetteer
) -> None:
    """Count what the noun before "de" says of the name behind it."""
    j = i - 1
    while j > 0 and (sheet.pos[j] == "ADJ" or sheet.lower[j] in gazetteer.demonyms):
        j -= 1
    if j < 0:
        return
    low = sheet.lower[j]
    if low in grammar.locative_of:
        tally[_PLACE] += 3
        return
    if low in grammar.vehicle_of:
        tally[EntityClass.EQUIPMENT] += 5
        return
    noun = pick_noun(gazetteer, low)
    if noun is None or noun.cls is None:
        return
    if noun.cls is _PLACE:
        tally[_PLACE] += 5
    elif noun.cls is EntityClass.FACILITY:
        tally[_PLACE] += 1.5
    elif "state" in noun.features or "force" in noun.features:
        tally[_PLACE] += 1
    elif noun.cls is EntityClass.POPULATION_GROUP:
        kind = noun.features
        if "member" in kind or "armed" in kind:
            tally[_GROUP] += 1.5
        elif "family" in kind:
            tally[_PERSON] += 2
        elif "settlement" in kind or "civil" in kind:
            tally[_PLACE] += 0.5
    elif noun.cls is _GROUP and sheet.lower[i] == "de":
        tally[_PERSON] += 0.5
