"""Known actors, countries, cities and nouns, as tables made for quick look-up.

Takes the CSV files of `kg/knowledge/` and of a language's folder, gives a `Gazetteer`. What stands
here helps to name and link what an article speaks of; it never says that anything happened.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.errors import RuleError
from kg.model import EntityClass
from kg.resources import knowledge_file, language_file, read_csv

__all__ = ["City", "Entry", "Gazetteer", "Noun", "find_cities", "find_city", "fold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A known name's bearer: `kind` says which table it comes from.

    `kind` is one of actor, state, capital, region, city, weapon.
    """

    kind: str
    key: str | None
    cls: EntityClass
    names: tuple[str, ...]
    country: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A common noun for people, organisations, places or things, with what it implies."""

    lemma: str
    cls: EntityClass | None
    features: frozenset[str]
    gender: str
    plural: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A town of the gazetteer; `key` is "geo:" and its GeoNames number, degrees are decimal."""

    key: str
    name: str
    country: str
    lat: float
    lon: float
    population: int


_ACCENTED = frozenset("éèêîâ")


def fold(text: str) -> str:
    """Reduce a word to what spellings have in common: lower case, no accents, plain apostrophe.

    Example:
        >>> fold("L’Érythrée")
        "l'erythree"
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


class Gazetteer:
    """The tables of one language, with known names filed by the words a tokenizer makes of them.

    Args:
        lang: The language's folder.
        split: Splits a name into words exactly as the pipeline does.
    """

    def __init__(self, lang: str, split: Callable[[str], Sequence[str]]) -> None:
        self._trie: dict[str, list[tuple[tuple[str, ...], str, Entry]]] = {}
        self.actors: dict[str, Entry] = {}
        self.states: dict[str, Entry] = {}
        self.nouns: dict[str, tuple[Noun, ...]] = {}
        # Nouns of several words by their first one: "bras droit", "quartier général".
        self.compounds: dict[str, tuple[tuple[tuple[str, ...], Noun], ...]] = {}
        plain: list[tuple[str, Noun]] = []
        for form, noun in _read_nouns(lang):
            if " " not in form:
                self.nouns[form] = (*self.nouns.get(form, ()), noun)
                if "title" in noun.features:
                    plain.append((f"ex-{form}", noun))
                if form[0] in _ACCENTED:
                    plain.append((fold(form[0]) + form[1:], noun))
                continue
            first, *rest = (word.lower().replace("’", "'") for word in split(form))
            self.compounds[first] = (*self.compounds.get(first, ()), (tuple(rest), noun))
        for form, noun in plain:  # capitals lose their accent ("l'Etat"); "l'ex-dictateur"
            if form not in self.nouns:
                self.nouns[form] = (noun,)
        self.demonyms: dict[str, tuple[str, ...]] = {}
        self.peoples: frozenset[str] = frozenset()
        self.metonyms: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.posts: dict[tuple[str, ...], str] = {
            tuple(fold(word) for word in split(form)): row["role"]
            for row in read_csv(language_file(lang, "posts.csv"))
            for form in (row["masculine"], row["feminine"])
            if form
        }
        # "armée MLI": forces that are known by their noun and their state.
        self.forces: dict[str, str] = {}
        self._read_demonyms(lang)
        for name, entry in self._entries(lang):
            words = tuple(fold(word) for word in split(name))
            if words:
                self._trie.setdefault(words[0], []).append((words, name, entry))
        for rows in self._trie.values():
            rows.sort(key=lambda row: -len(row[0]))

    def match(self, folded: Sequence[str], text: Sequence[str], i: int) -> tuple[int, Entry] | None:
        """Find the longest known name that begins at token `i`; gives its end and its bearer."""
        rows = self._trie.get(folded[i])
        if rows is None:
            return None
        for words, name, entry in rows:
            end = i + len(words)
            if tuple(folded[i:end]) == words and _same_case(name, text[i], text[end - 1]):
                return end, entry
        return None

    def _entries(self, lang: str) -> Iterator[tuple[str, Entry]]:
        yield from self._read_actors()
        yield from self._read_states(lang)
        for row in read_csv(language_file(lang, "regions.csv")):
            entry = Entry(
                kind="region",
                key=None,
                cls=EntityClass.PLACE,
                names=(row["name"],),
                country=row["country"] or None,
            )
            yield row["name"], entry
        for row in read_csv(language_file(lang, "exonyms.csv")):
            yield (
                row["name"],
                Entry(
                    kind="city",
                    key=None,
                    cls=EntityClass.PLACE,
                    names=(row["name"],),
                    country=row["country"],
                ),
            )
        for name in ("bases.csv", "weapons.csv"):
            cls = EntityClass.FACILITY if name == "bases.csv" else EntityClass.EQUIPMENT
            for row in read_csv(knowledge_file(name)):
                forms = (row["name"], *_cells(row.get("aliases", "")))
                kind = "base" if name == "bases.csv" else "weapon"
                entry = Entry(
                    kind=kind, key=None, cls=cls, names=forms, country=row.get("country") or None
                )
                yield from ((form, entry) for form in forms)

    def _read_actors(self) -> Iterator[tuple[str, Entry]]:
        path = knowledge_file("actors.csv")
        for row in read_csv(path):
            if row["cls"] not in set(EntityClass):
                raise RuleError(f"{path}, {row['key']}: unknown class {row['cls']!r}.")
            names = _cells(row["names"])
            entry = Entry(
                kind="actor",
                key=row["key"],
                cls=EntityClass(row["cls"]),
                names=names,
                country=row["country"] or None,
                parent=row["parent"] or None,
            )
            self.actors[row["key"]] = entry
            for name in names:
                noun, _, origin = name.partition(" ")
                if entry.country and entry.country in self.demonyms.get(origin, ()):
                    self.forces[f"{noun} {entry.country}"] = row["key"]
                else:
                    yield name, entry

    def _read_states(self, lang: str) -> Iterator[tuple[str, Entry]]:
        for row in read_csv(language_file(lang, "countries.csv")):
            names = (row["name"], *_cells(row["aliases"]))
            iso3 = row["iso3"]
            state = Entry(kind="state", key=iso3, cls=EntityClass.STATE, names=names, country=iso3)
            self.states[iso3] = state
            yield from ((name, state) for name in names)
            if row["capital"]:
                self.capitals[iso3] = _cells(row["capital"])[0]
            for capital in _cells(row["capital"]):
                self.metonyms.setdefault(fold(capital), iso3)
                yield capital, _capital(capital, iso3)
        for row in read_csv(language_file(lang, "metonyms.csv")):
            known = fold(row["name"]) in self.metonyms
            self.metonyms[fold(row["name"])] = row["key"]
            if not known and row["key"] in self.states:
                yield row["name"], _capital(row["name"], row["key"])

    def _read_demonyms(self, lang: str) -> None:
        peoples = set()
        for row in read_csv(language_file(lang, "demonyms.csv")):
            for form in _cells(row["forms"]):
                known = self.demonyms.get(form, ())
                self.demonyms[form] = (*known, row["iso3"]) if row["iso3"] else known
                if not row["iso3"]:
                    peoples.add(form)
        self.peoples = frozenset(peoples)


def _capital(name: str, country: str) -> Entry:
    return Entry(kind="capital", key=None, cls=EntityClass.PLACE, names=(name,), country=country)


def _same_case(name: str, first: str, last: str) -> bool:
    """Tell whether text that folds alike is written as a name: acronyms in capitals, and so on."""
    if name.isupper() and len(name) <= 6:
        return first.isupper() and last.isupper()
    return first[0].isupper() or not name[0].isupper()


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _read_nouns(lang: str) -> Iterator[tuple[str, Noun]]:
    path = language_file(lang, "nouns.csv")
    for row in read_csv(path):
        if row["cls"] != "Quantifier" and row["cls"] not in set(EntityClass):
            raise RuleError(f"{path}, {row['lemma']}: unknown class {row['cls']!r}.")
        cls = None if row["cls"] == "Quantifier" else EntityClass(row["cls"])
        forms = _cells(row["forms"])
        features = frozenset(row["features"].split())
        for number, form in enumerate(forms):
            # Forms stand as singular and plural, the feminine pair after the masculine one.
            is_alike = forms[number ^ 1] == form
            if is_alike and number % 2:
                continue
            gender = row["gender"]
            if gender == "mf" and len(forms) == 4:
                gender = "m" if number < 2 else "f"
            yield (
                form,
                Noun(
                    lemma=row["lemma"],
                    cls=cls,
                    features=features | {"invariant"} if is_alike else features,
                    gender=gender,
                    plural=number % 2 == 1 or "plural" in features,
                ),
            )


@cache
def _cities() -> tuple[dict[str, list[str]], dict[str, list[list[str]]]]:
    """Read the row of the largest city of every name, and those of its namesakes, large first."""
    path = knowledge_file("cities.csv")
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    # A quoted name with a comma in it would make a longer row; there is nothing to gain from it.
    rows = [cells for cells in rows if len(cells) == 7]
    rows.sort(key=lambda cells: -int(cells[5]))
    found: dict[str, list[str]] = {}
    more: dict[str, list[list[str]]] = {}
    for cells in rows:
        for name in (cells[1], *cells[6].split(";")) if cells[6] else (cells[1],):
            held = found.setdefault(name, cells)
            if held is not cells:
                more.setdefault(name, []).append(cells)
    return found, more


@cache
def _exonyms(lang: str) -> dict[str, tuple[str, str]]:
    rows = read_csv(language_file(lang, "exonyms.csv"))
    return {row["name"]: (row["city"], row["country"]) for row in rows}


def find_cities(name: str, *, lang: str = "fr") -> tuple[City, ...]:
    """Find the cities that bear a name, the most populous first."""
    exonym = _exonyms(lang).get(name)
    if exonym is not None:
        return tuple(c for c in _named(exonym[0]) if c.country == exonym[1])
    return _named(name.replace("’", "'"))


def find_city(name: str, *, lang: str = "fr", country: str | None = None) -> City | None:
    """Find the city that bears a name, None when there is none (in that country, if named).

    Of several cities of one name the most populous is given.

    Example:
        >>> find_city("Kirkouk").country
        'IRQ'
    """
    for city in find_cities(name, lang=lang):
        if country is None or city.country == country:
            return city
    return None


def _named(name: str) -> tuple[City, ...]:
    found, more = _cities()
    first = found.get(name)
    if first is None:
        return ()
    return tuple(
        City(
            key=f"geo:{cells[0]}",
            name=cells[1],
            country=cells[2],
            lat=float(cells[3]),
            lon=float(cells[4]),
            population=int(cells[5]),
        )
        for cells in (first, *more.get(name, ()))
    )
