"""Tests of queries/: headers, terms, golden tables, parameters, and what is derived."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from pyoxigraph import Store as _Native

from kg.errors import QueryError
from kg.resources import ontology_file, queries_dir
from kg.store.ask import Query, bind, find_query, list_queries, run_select
from kg.store.base import Store, Table
from kg.vocab import KG
from queries.make_readme import make_readme
from tests.readings import graph_of, seed_reading

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
QUERIES = list_queries()
DERIVE = sorted((queries_dir() / "derive").glob("*.rq"))
TERMS = set(re.findall(r"^(kg:\w+) a ", ontology_file("kg.ttl").read_text("utf-8"), re.MULTILINE))
named = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


@pytest.fixture(scope="module", name="store")
def store_fixture() -> Store:
    """Give the golden graph: the seed's gold facts."""
    return graph_of(seed_reading())


def as_csv(table: Table) -> str:
    """Give a table as CSV with a header."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(record.values() for record in table.records())
    return stream.getvalue()


def code(text: str) -> str:
    """Give a query without its comments and strings."""
    bare = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    return re.sub(r'"[^"]*"', '""', bare)


@named
def test_the_header_is_complete(query: Query, store: Store) -> None:
    """A query has its question in two languages, and its columns are the ones it gives."""
    assert query.question_en.endswith("?")
    assert query.question_fr.endswith(" ?")
    assert run_select(store, query).columns == tuple(column.name for column in query.columns)
    for param in query.params:
        assert re.search(rf"\${param.name}\b", code(query.text)), param


@named
def test_only_terms_of_the_ontology_are_used(query: Query) -> None:
    """A misspelt term would give no rows and no error."""
    used = set(re.findall(r"(?<![\w?$])kg:\w+", code(query.text)))
    assert used <= TERMS, used - TERMS


@pytest.mark.parametrize("path", DERIVE, ids=lambda path: path.stem)
def test_derivation_uses_only_terms_of_the_ontology(path: Path) -> None:
    """The same holds for what is derived, and each says what that is."""
    text = path.read_text(encoding="utf-8")
    used = set(re.findall(r"(?<![\w?$])kg:\w+", code(text)))
    assert used <= TERMS, used - TERMS
    assert "#+ derives:" in text
    _Native().query(text)


@named
def test_rows_are_ordered(query: Query) -> None:
    """Every query orders its rows."""
    assert "ORDER BY" in code(query.text)


@named
def test_the_golden_table_is_met(
    query: Query, store: Store, request: pytest.FixtureRequest
) -> None:
    """A query gives on the golden graph the table in tests/golden/."""
    path = GOLDEN / f"{query.name}.csv"
    table = as_csv(run_select(store, query))
    if request.config.getoption("--update-golden", default=False):
        path.write_text(table, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == table


def test_no_golden_table_is_left_over() -> None:
    """Every golden table belongs to a query."""
    assert {path.stem for path in GOLDEN.glob("*.csv")} == {query.name for query in QUERIES}


@named
def test_every_parameter_takes_a_value(query: Query, store: Store) -> None:
    """Each parameter alone, and all together, leave the query well-formed."""
    samples = {"text": "Iran", "xsd:date": "2020-01-01", "xsd:integer": "3", "iri": KG.Attack}
    values = {param.name: samples[param.type] for param in query.params}
    for name, value in values.items():
        run_select(store, query, {name: value})
    run_select(store, query, values)


@pytest.mark.parametrize(
    ("name", "params", "rows"),
    [
        ("who-attacked-whom", {"attacker": "Washington"}, 3),
        ("who-attacked-whom", {"since": "2020-01-01"}, 3),
        ("who-attacked-whom", {"since": "2020-01-01", "until": "2020-01-05"}, 2),
        ("coalition-members", {"group": "hachd"}, 1),
        ("about-entity", {"name": "K1"}, 10),
        ("events-in-place", {"place": "Irak"}, 8),
        ("evidence-of-edge", {"from": "Iran", "to": "deux bases"}, 1),
        ("statements-of-source", {"source": "États-Unis"}, 1),
        ("accusations", {"accuser": "Iran"}, 0),
        ("leaders", {"person": "Soleimani"}, 1),
        ("timeline", {"until": "2019-12-31"}, 6),
    ],
)
def test_a_parameter_narrows(name: str, params: dict[str, str], rows: int, store: Store) -> None:
    """Names are taken in any of their forms and any case; dates are inclusive."""
    assert len(run_select(store, name, params).rows) == rows


def test_a_value_cannot_add_to_a_query(store: Store) -> None:
    """Quotes and braces in a value stay text."""
    nasty = 'x" } UNION { ?a ?b ?c } #'
    assert run_select(store, "leaders", {"person": nasty}).rows == ()


@pytest.mark.parametrize(
    ("query", "params", "message"),
    [
        ("who-atacked-whom", {}, "Did you mean `who-attacked-whom`"),
        ("leaders", {"persn": "x"}, "no parameter 'persn'. It has: person"),
        ("timeline", {"since": "janvier"}, "not a date. Write YYYY-MM-DD"),
        ("no/such/file.rq", {}, "no such query or file"),
        ("SELECT ?x { ?x ?p $y }", {"z": "1"}, r"no parameter \$z"),
    ],
)
def test_mistakes_are_explained(query: str, params: dict[str, str], message: str) -> None:
    """The message says what is wrong and what to do."""
    with pytest.raises(QueryError, match=message):
        bind(query, params)


def test_a_query_is_found_by_name_file_or_text(tmp_path: Path) -> None:
    """Its own name, the path of a file, and the text itself all do."""
    path = tmp_path / "mine.rq"
    path.write_text("#+ question: What?\nASK { ?s ?p ?o }", encoding="utf-8")
    assert find_query("leaders").question_en.startswith("Who leads")
    assert find_query(str(path)).question_en == "What?"
    assert find_query(str(path)).form == "ASK"
    assert find_query("select * { ?s ?p ?o }").form == "SELECT"


def test_the_readme_is_up_to_date() -> None:
    """`queries/README.md` is what the headers give today."""
    written = (queries_dir() / "README.md").read_text(encoding="utf-8")
    assert written == make_readme(queries_dir()), "run python queries/make_readme.py"
