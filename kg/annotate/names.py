"""Proper names of one article: where they stand.

Takes the tokens and the tables, gives `Name` spans: known names, capitalised words in a row, names
made of ordinary words ("Front de libération du Macina"), quoted nicknames. A name that nothing
knows works the same way as a known one.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.gazetteer import City, Entry, Gazetteer, Noun
from kg.annotate.grammar import Grammar
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["Name", "find_names", "is_name_word", "pick_noun"]

_PERSON, _STATE, _INSTITUTION = EntityClass.PERSON, EntityClass.STATE, EntityClass.INSTITUTION
_CLOSED = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "ADV", "INTJ", "NUM", "PART"})
_SPLITTING = frozenset({"actor", "state"})


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
    """Find the proper names of an article, in order and apart from each other.

    Known names have their class; the others get it from `classify_names`.
    """
    names: list[Name] = []
    i, size = 0, len(sheet)
    inside = {
        word
        for k, word in enumerate(sheet.text)
        if word[0].isupper() and is_name_word(sheet, k, grammar, gazetteer)
    }
    while i < size:
        name = _name_at(sheet, i, grammar, gazetteer)
        if name is not None and _is_event(name, sheet, grammar):
            i = name.last
            continue
        if name is None and sheet.text[i] in inside and sheet.lower[i] not in gazetteer.nouns:
            # At the head of a sentence a capital says nothing; elsewhere in the article it does.
            name = Name(i, i + 1, None, False)
        if name is None:
            i += 1
            continue
        names.append(name)
        i = name.last
    return names


def _is_event(name: Name, sheet: Sheet, grammar: Grammar) -> bool:
    """Tell whether a name is that of a war or a feast: "la Seconde Guerre mondiale"."""
    if name.entry is not None or name.is_phrase:
        return False
    return any(
        sheet.lower[k] in grammar.events for k in range(name.first, min(name.first + 2, name.last))
    )


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
