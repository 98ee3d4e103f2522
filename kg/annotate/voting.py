"""What class of thing each proper name of an article names.

Takes the names and the tokens, and sets the class of each. The pipeline's named entities, the
name's form and the words around it each cast votes; all places where an article writes the same
name vote together, so that one clear context decides for the others.
"""

from __future__ import annotations

from collections import defaultdict

from kg.annotate.gazetteer import City, Gazetteer, Noun, find_cities
from kg.annotate.grammar import Grammar
from kg.annotate.names import Name, pick_noun
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["classify_names"]

_PERSON, _PLACE, _STATE = EntityClass.PERSON, EntityClass.PLACE, EntityClass.STATE
_INSTITUTION, _GROUP = EntityClass.INSTITUTION, EntityClass.ARMED_GROUP
_LABELS = {"PER": _PERSON, "LOC": _PLACE, "ORG": _INSTITUTION, "PRODUCT": EntityClass.EQUIPMENT}
# A name that says where its bearer is.
_GROUNDS = frozenset({"state", "region"})
_KNOWN_ANYWHERE = 200_000  # people: such a city is meant though its country is not named
_RIVAL = 0.15  # of a capital's size: a namesake of that size may be meant instead
Votes = dict[EntityClass, float]


def classify_names(names: list[Name], sheet: Sheet, grammar: Grammar, gazetteer: Gazetteer) -> None:
    """Set the class of every name that no table knows, and the city that it is."""
    grounds = _countries(names, sheet, gazetteer)
    for name in names:
        _choose_namesake(name, sheet, grounds)
    capitals = {n.entry.country for n in names if n.entry is not None and n.entry.kind == "capital"}
    countries = grounds | {code for code in capitals if code}
    keys = [" ".join(sheet.folded[name.first : name.last]) for name in names]
    votes = _collect_votes(names, keys, sheet, grammar, gazetteer, countries)
    persons = {
        word
        for key, tally in votes.items()
        if " " in key and _winner(tally) is _PERSON
        for word in (key.rsplit(" ", 1)[-1], " ".join(key.split()[1:]))
    }
    for key in persons & set(votes):
        votes[key][_PERSON] += 5
    for name, key in zip(names, keys, strict=True):
        if name.entry is not None:
            name.cls = name.entry.cls
        elif name.city is None:
            name.cls = _winner(votes[key])
            if name.cls is _PLACE:
                name.city = _likely_city(_surface(sheet, name), countries)


def _collect_votes(
    names: list[Name],
    keys: list[str],
    sheet: Sheet,
    grammar: Grammar,
    gazetteer: Gazetteer,
    countries: frozenset[str],
) -> dict[str, Votes]:
    """Count the votes of all places where the article writes each name, by folded name."""
    votes: dict[str, Votes] = {}
    for name, key in zip(names, keys, strict=True):
        if name.entry is not None:
            continue
        tally = votes.get(key)
        if tally is None:
            tally = votes[key] = defaultdict(float)
            _vote_form(name, tally, sheet, grammar, gazetteer)
            tally[_PLACE] += _town_vote(_surface(sheet, name), countries)
        _vote_context(name, tally, sheet, grammar, gazetteer)
    return votes


def _town_vote(name: str, countries: frozenset[str]) -> float:
    """Weigh that a town bears the name: more when it is large or in a country spoken of."""
    cities = find_cities(name)
    if not cities:
        return 0.0
    if any(city.country in countries for city in cities):
        return 2.5
    return 2.0 if cities[0].population > 100_000 else 1.0


def _countries(names: list[Name], sheet: Sheet, gazetteer: Gazetteer) -> frozenset[str]:
    """Collect the countries that an article speaks of by name, region or adjective."""
    found = {n.entry.country for n in names if n.entry is not None and n.entry.kind in _GROUNDS}
    codes = {code for low in sheet.lower for code in gazetteer.demonyms.get(low, ())}
    return frozenset(codes | {code for code in found if code})


def _choose_namesake(name: Name, sheet: Sheet, countries: frozenset[str]) -> None:
    """Take a name for its namesake in a country spoken of: "Tripoli, au Liban", Douma in Syria."""
    entry = name.entry
    if entry is None or not entry.country:
        return
    if entry.kind == "actor":  # a parliament has its article: "la Douma", but "à Douma"
        is_bare = not name.first or sheet.pos[name.first - 1] != "DET"
        if entry.cls is not _INSTITUTION or not is_bare or sheet.starts[name.first]:
            return
    elif entry.kind != "capital" or entry.country in countries:
        return
    cities = find_cities(_surface(sheet, name))
    city = next((c for c in cities if c.country in countries), None)
    if city is not None and city.population > _RIVAL * cities[0].population:
        name.entry, name.city, name.cls = None, city, _PLACE


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
        if noun is not None and "capital" in noun.features:
            is_land = size > 1 and sheet.lower[first + 1] in grammar.of  # "l'État de Sonora"
            tally[_PLACE if is_land else _STATE] += 10
        elif noun is not None:
            is_own = noun.cls is not EntityClass.POPULATION_GROUP and noun.cls is not None
            tally[noun.cls if is_own and noun.cls is not None else _GROUP] += 10
        return
    word = sheet.text[first]
    if size == 1 and word.isupper() and len(word) > 1 and len(word) <= 8:
        tally[_INSTITUTION] += 3
    if sheet.lower[first] in grammar.given and size > 1:
        tally[_PERSON] += 3


def _vote_context(
    name: Name, tally: Votes, sheet: Sheet, grammar: Grammar, gazetteer: Gazetteer
) -> None:
    """Count what stands around the name and what the pipeline takes it for."""
    label = _LABELS.get(sheet.label[name.first])
    size = name.last - name.first
    if label is not None:
        tally[label] += (3 if size > 1 else 1.5) if label is _PERSON else 2
    if _opens_article(name, sheet, gazetteer):
        tally[_PLACE] += 5
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
        tally[_PLACE] += 5 if low in grammar.locative_strong else 1.5
        return
    if sheet.pos[i] in ("VERB", "AUX") and sheet.lemma[i] in grammar.placing:
        tally[_PLACE] += 4
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
    if noun is not None and noun.plural and "armed" in noun.features and size == 1:
        tally[_GROUP] += 5  # "les miliciens Maï-Kolo"
    elif noun is not None:
        _vote_apposed(noun, tally)
    elif _has_title_before(i, sheet, gazetteer):
        tally[_PERSON] += 3


def _opens_article(name: Name, sheet: Sheet, gazetteer: Gazetteer) -> bool:
    """Tell whether a name stands where datelines have the place: "(Sarkol)", "SARKOL (AFP)"."""
    first, last = name.first, name.last
    if last + 1 >= len(sheet):
        return False
    if first and sheet.starts[first - 1] and sheet.text[first - 1] == "(":
        return sheet.text[last] == ")"
    if not sheet.starts[first]:
        return False
    if sheet.text[last] == ",":
        return sheet.pos[last + 1] == "NUM" or sheet.text[last + 1][0].isdigit()
    known = gazetteer.match(sheet.folded, sheet.text, last + 1)
    return sheet.text[last] == "(" and known is not None and known[1].kind == "actor"


def _has_title_before(i: int, sheet: Sheet, gazetteer: Gazetteer) -> bool:
    """Tell whether a title with its complement stands before: "le pape des coptes Arvo"."""
    for k in range(i, max(i - 6, -1), -1):
        if sheet.pos[k] not in ("NOUN", "PROPN", "ADJ", "ADP", "DET"):
            return False
        noun = pick_noun(gazetteer, sheet.lower[k])
        if noun is not None and "title" in noun.features and sheet.pos[k] == "NOUN":
            return not noun.plural
        if sheet.starts[k]:
            return False
    return False


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
