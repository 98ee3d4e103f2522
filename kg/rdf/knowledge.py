"""The knowledge graph: what `kg/knowledge/` says of the entities that articles speak of.

Takes what articles share and gives triples: class, labels, country, coordinates, verified
identifiers, and the country a town lies in. It names and places things; it never says that anything
happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale
from pyoxigraph import Literal, NamedNode, Triple

from kg.model import EntityClass
from kg.rdf.iris import DEFAULT_BASE, Iris
from kg.rdf.terms import GEO, OWL, PROV, RDF, SKOS, term, text
from kg.resources import knowledge_file, language_file, languages, read_csv
from kg.vocab import KG

__all__ = ["Known", "Shared", "find_known", "find_town", "knowledge_triples"]

_LABEL_LANGUAGES = ("en", "fr")
_WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the knowledge files say of one key; `labels` and `names` are (text, language or "")."""

    key: str
    cls: EntityClass
    file: str
    labels: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    country: str | None = None
    coordinates: tuple[str, str] | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A thing that articles share, as they describe it: class and names, the most used first."""

    iri: str
    key: str | None = None
    cls: str = ""
    names: tuple[tuple[str, str], ...] = ()


def find_known(key: str) -> Known | None:
    """Give what is known of a key: an ISO 3166 alpha-3 code, "geo:" and a number, or an actor's.

    Raises:
        RuleError: A knowledge file is malformed.
    """
    if key.startswith("geo:"):
        return _city(key)
    return _countries().get(key) or _actors().get(key)


def find_town(name: str, country: str) -> str | None:
    """Give the key of the town of that name in a country, the largest of several, else None.

    Example:
        >>> find_town("Bagdad", "IRQ") == find_town("Baghdad", "IRQ") is not None
        True
    """
    return _city_keys().get((name.replace("’", "'"), country))


def knowledge_triples(shared: Iterable[Shared], *, base: str = DEFAULT_BASE) -> tuple[Triple, ...]:
    """Give the triples of the knowledge graph for the things that articles share.

    What the files do not know is described by what the articles call it.
    """
    iris = Iris(base)
    written: dict[Triple, None] = {}
    for thing in sorted(shared, key=lambda thing: thing.iri):
        known = find_known(thing.key) if thing.key else None
        written.update(dict.fromkeys(_describe(thing, known)))
        country = find_known(known.country) if known and known.country else None
        if known is not None and country is not None and known.coordinates is not None:
            land = Shared(iri=iris.known(country.key), key=country.key)
            written.update(dict.fromkeys(_describe(land, country)))
            written.update(dict.fromkeys(_locate(known, country, iris)))
    if written:
        source = NamedNode(iris.knowledge)
        written[Triple(source, term(RDF.type), term(PROV.Entity))] = None
        written[Triple(source, term(SKOS.prefLabel), text("knowledge files of kg"))] = None
    return tuple(written)


def _describe(thing: Shared, known: Known | None) -> Iterator[Triple]:
    node = NamedNode(thing.iri)
    cls = f"{KG.ns}{known.cls.value}" if known else thing.cls
    yield Triple(node, term(RDF.type), term(cls))
    if thing.key:
        yield Triple(node, term(KG.key), text(thing.key))
    labels = (known.labels if known else ()) or thing.names[:1]
    for name, lang in labels:
        yield Triple(node, term(SKOS.prefLabel), text(name, lang))
    for name, lang in dict.fromkeys((*(known.names if known else ()), *thing.names)):
        if (name, lang) not in labels:
            yield Triple(node, term(SKOS.altLabel), text(name, lang))
    if known is None:
        return
    if known.country:
        yield Triple(node, term(KG.countryCode), text(known.country))
    if known.coordinates is not None:
        latitude, longitude = known.coordinates
        point = Literal(f"POINT({longitude} {latitude})", datatype=term(GEO.wktLiteral))
        yield Triple(node, term(GEO.asWKT), point)
    if known.wikidata:
        yield Triple(node, term(OWL.sameAs), NamedNode(f"{_WIKIDATA}{known.wikidata}"))


def _locate(known: Known, country: Known, iris: Iris) -> Iterator[Triple]:
    """State in which country a town lies, with the knowledge files as the source."""
    place, land = iris.known(known.key), iris.known(country.key)
    node = NamedNode(iris.statement(iris.knowledge, place, KG.locatedIn, land))
    yield Triple(node, term(RDF.type), term(KG.Statement))
    yield Triple(node, term(RDF.type), term(RDF.Statement))
    yield Triple(node, term(RDF.subject), NamedNode(place))
    yield Triple(node, term(RDF.predicate), term(KG.locatedIn))
    yield Triple(node, term(RDF.object), NamedNode(land))
    yield Triple(node, term(KG.status), term(KG.Asserted))
    yield Triple(node, term(KG.source), NamedNode(iris.knowledge))
    yield Triple(node, term(KG.rule), text(f"knowledge/{known.file}"))


@cache
def _actors() -> dict[str, Known]:
    """Read the actors; their names are French, the first is the label."""
    found = {}
    for row in read_csv(knowledge_file("actors.csv")):
        names = tuple((name, "fr") for name in row["names"].split(";") if name)
        found[row["key"]] = Known(
            key=row["key"],
            cls=EntityClass(row["cls"]),
            file="actors.csv",
            labels=names[:1],
            names=names[1:],
            country=row["country"] or None,
            wikidata=row.get("wikidata") or None,
        )
    return found


@cache
def _countries() -> dict[str, Known]:
    """Read the states; labels in other languages come from the CLDR."""
    found = {}
    territories = {lang: Locale(lang).territories for lang in _LABEL_LANGUAGES}
    for lang in languages():
        path = language_file(lang, "countries.csv")
        for row in read_csv(path) if path.is_file() else ():
            labels = {
                each: str(names[row["iso2"]])
                for each, names in territories.items()
                if row["iso2"] in names
            }
            labels[lang] = row["name"]
            aliases = tuple((name, lang) for name in row["aliases"].split(";") if name)
            found[row["iso3"]] = Known(
                key=row["iso3"],
                cls=EntityClass.STATE,
                file="countries.csv",
                labels=tuple((label, each) for each, label in sorted(labels.items())),
                names=aliases,
                country=row["iso3"],
            )
    return found


def _city(key: str) -> Known | None:
    """Give a town by its key; the gazetteer's names are of no particular language."""
    row = _cities().get(key)
    if row is None:
        return None
    return Known(
        key=key,
        cls=EntityClass.PLACE,
        file="cities.csv",
        names=((row["name"], ""),),
        country=row["country"] or None,
        coordinates=(row["lat"], row["lon"]),
    )


@cache
def _city_keys() -> dict[tuple[str, str], str]:
    """Give the key of each town by name and country; where several share a name, the largest."""
    keys: dict[tuple[str, str], str] = {}
    rows = sorted(_cities().values(), key=lambda row: int(row["population"]))
    for row in rows:
        for name in row["aliases"].split(";"):
            keys[name, row["country"]] = f"geo:{row['id']}"
    for row in rows:  # its own name before what others are also called
        keys[row["name"], row["country"]] = f"geo:{row['id']}"
    for lang in languages():
        path = language_file(lang, "exonyms.csv")
        for row in read_csv(path) if path.is_file() else ():
            key = keys.get((row["city"], row["country"]))
            if key is not None:
                keys[row["name"], row["country"]] = key
    return keys


@cache
def _cities() -> dict[str, dict[str, str]]:
    return {f"geo:{row['id']}": row for row in read_csv(knowledge_file("cities.csv"))}
