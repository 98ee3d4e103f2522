"""The RDF terms that every article's triples are made of.

Takes strings and gives pyoxigraph terms; terms of the vocabularies are made once. Literals are
written in their canonical form, because stores keep no other.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

__all__ = [
    "GEO", "OA", "OWL", "PROV", "RDF", "RDFS", "SCHEMA", "SKOS",
    "date", "language_tag", "number", "term", "text",
]  # fmt: skip

_XSD = "http://www.w3.org/2001/XMLSchema#"


class RDF:
    """Terms of RDF."""

    ns: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    type: Final = f"{ns}type"
    Statement: Final = f"{ns}Statement"
    subject: Final = f"{ns}subject"
    predicate: Final = f"{ns}predicate"
    object: Final = f"{ns}object"


class RDFS:
    """Terms of RDF Schema."""

    ns: Final = "http://www.w3.org/2000/01/rdf-schema#"
    label: Final = f"{ns}label"


class SKOS:
    """Terms of SKOS."""

    ns: Final = "http://www.w3.org/2004/02/skos/core#"
    prefLabel: Final = f"{ns}prefLabel"
    altLabel: Final = f"{ns}altLabel"


class OA:
    """Terms of the Web Annotation vocabulary."""

    ns: Final = "http://www.w3.org/ns/oa#"
    start: Final = f"{ns}start"
    end: Final = f"{ns}end"
    exact: Final = f"{ns}exact"


class PROV:
    """Terms of PROV-O."""

    ns: Final = "http://www.w3.org/ns/prov#"
    Activity: Final = f"{ns}Activity"
    SoftwareAgent: Final = f"{ns}SoftwareAgent"
    Entity: Final = f"{ns}Entity"
    wasGeneratedBy: Final = f"{ns}wasGeneratedBy"


class OWL:
    """Terms of OWL."""

    ns: Final = "http://www.w3.org/2002/07/owl#"
    sameAs: Final = f"{ns}sameAs"


class SCHEMA:
    """Terms of schema.org."""

    ns: Final = "https://schema.org/"
    NewsArticle: Final = f"{ns}NewsArticle"
    articleBody: Final = f"{ns}articleBody"
    datePublished: Final = f"{ns}datePublished"
    headline: Final = f"{ns}headline"
    inLanguage: Final = f"{ns}inLanguage"
    publisher: Final = f"{ns}publisher"
    url: Final = f"{ns}url"


class GEO:
    """Terms of GeoSPARQL."""

    ns: Final = "http://www.opengis.net/ont/geosparql#"
    asWKT: Final = f"{ns}asWKT"
    wktLiteral: Final = f"{ns}wktLiteral"


_LANGUAGE_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
_DATE = NamedNode(f"{_XSD}date")
_DECIMAL = NamedNode(f"{_XSD}decimal")


@lru_cache(maxsize=4096)
def term(iri: str) -> NamedNode:
    """Give the node of a term of a vocabulary."""
    return NamedNode(iri)


@lru_cache(maxsize=4096)
def number(value: int | float) -> Literal:
    """Give an xsd:integer, or an xsd:decimal with at most three decimals."""
    if isinstance(value, int):
        return Literal(value)
    digits = f"{value:.3f}".rstrip("0")
    return Literal(f"{digits}0" if digits.endswith(".") else digits, datatype=_DECIMAL)


def date(value: datetime.date) -> Literal:
    """Give an xsd:date."""
    return Literal(value.isoformat(), datatype=_DATE)


def text(value: str, lang: str | None = None) -> Literal:
    """Give a string with a language tag where the language is known."""
    return Literal(value, language=lang) if lang else Literal(value)


def language_tag(lang: str | None) -> str | None:
    """Give a language code as RDF takes it, None when it is not one.

    Example:
        >>> language_tag("fr_CA"), language_tag("?")
        ('fr-ca', None)
    """
    tag = (lang or "").replace("_", "-").lower()
    return tag if _LANGUAGE_TAG.fullmatch(tag) else None
