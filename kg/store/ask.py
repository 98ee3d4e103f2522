"""Ask a store: a documented query, a file or a text, with parameters.

Takes a store, a query and values, and gives a table, a yes or no, or triples. Parameters are
written `$name` in the query; one that is not given leaves the variable free, so that the query
answers for all.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryError
from kg.store.base import Store, Table
from kg.store.headers import Parameter, Query, find_query, list_queries

__all__ = ["bind", "find_query", "list_queries", "run_ask", "run_construct", "run_select"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def run_select(store: Store, query: Query | str, params: Mapping[str, str] | None = None) -> Table:
    """Run a SELECT given by name, path, text or record and give its table.

    Raises:
        QueryError: The query is unknown, malformed or of another form, or a value does not fit.
    """
    return store.select(bind(query, params))


def run_ask(store: Store, query: Query | str, params: Mapping[str, str] | None = None) -> bool:
    """Run an ASK likewise."""
    return store.ask(bind(query, params))


def run_construct(
    store: Store, query: Query | str, params: Mapping[str, str] | None = None
) -> Iterator[Triple]:
    """Run a CONSTRUCT or DESCRIBE likewise."""
    return store.construct(bind(query, params))


def bind(query: Query | str, params: Mapping[str, str] | None = None) -> str:
    """Give a query's text with values in place of its parameters.

    Values are parsed by the type in the header and written as RDF terms, so that no value can add
    to the query. In a query without a header every parameter is a text.

    Raises:
        QueryError: The query is unknown, has no such parameter, or a value is not of its type.
    """
    found = find_query(query) if isinstance(query, str) else query
    known = {param.name: param for param in found.params}
    text = found.text
    for name, value in (params or {}).items():
        if (known and name not in known) or not re.fullmatch(r"\w+", name):
            named = ", ".join(known) or "none"
            raise QueryError(f"{found.name or 'query'}: no parameter {name!r}. It has: {named}.")
        param = known.get(name) or Parameter(name=name, type="text", meaning="")
        text = _substitute(text, name, _term(param, value))
    return text


def _substitute(text: str, name: str, term: str) -> str:
    pattern = re.compile(rf"\${re.escape(name)}\b")
    if not pattern.search(text):
        raise QueryError(f"the query has no parameter ${name}.")
    return pattern.sub(lambda _: term, text)


def _term(param: Parameter, value: str) -> str:
    if param.type == "iri":
        if _NOT_IN_IRI.search(value) or ":" not in value:
            raise QueryError(f"{param.name}: {value!r} is not an IRI.")
        return str(NamedNode(value))
    if param.type == "xsd:integer":
        if not re.fullmatch(r"[+-]?[0-9]+", value):
            raise QueryError(f"{param.name}: {value!r} is not a whole number.")
        return value
    if param.type == "xsd:date":
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError as error:
            raise QueryError(f"{param.name}: {value!r} is not a date. Write YYYY-MM-DD.") from error
        return str(Literal(day.isoformat(), datatype=NamedNode(f"{_XSD}date")))
    return str(Literal(value))
