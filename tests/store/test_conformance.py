"""One suite over every store: memory, a folder, and a SPARQL 1.1 server over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryError, StoreError
from kg.rdf.iris import Iris
from kg.rdf.turtle import write_turtle
from kg.store.ask import list_queries, run_select
from kg.store.base import Store
from kg.store.opening import open_store
from tests.readings import SEED, graph_of, seed_reading
from tests.store.server import serve_sparql

EX = "https://example.org/"
ONE, OTHER = f"{EX}graph/one", f"{EX}graph/other"
NASTY = 'a "quote" \\ back\nline\ttab é 漢 \U0001f600 <b>&amp;'


@pytest.fixture(params=["memory", "folder", "endpoint"], name="store")
def store_fixture(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store of each kind."""
    if request.param == "endpoint":
        with serve_sparql() as url, open_store(url) as store:
            yield store
        return
    location = None if request.param == "memory" else tmp_path / "store"
    with open_store(location, create=True) as store:
        yield store


def triple(subject: str, predicate: str, goal: str | Literal) -> Triple:
    """Give a triple of example IRIs."""
    thing = NamedNode(EX + goal) if isinstance(goal, str) else goal
    return Triple(NamedNode(EX + subject), NamedNode(EX + predicate), thing)


A = triple("a", "p", "b")
B = triple("b", "p", "c")
C = triple("c", "q", Literal(NASTY, language="fr"))


def test_a_new_store_is_empty(store: Store) -> None:
    """Nothing is in a store before something is put there."""
    assert store.graphs() == ()
    assert list(store.triples()) == []


def test_a_graph_is_replaced_whole(store: Store) -> None:
    """What a graph held before is gone, and other graphs do not move."""
    store.replace_graph(ONE, [A, B])
    store.replace_graph(OTHER, [C])
    store.replace_graph(ONE, [B])
    assert store.graphs() == (ONE, OTHER)
    assert set(store.triples(ONE)) == {B}
    assert set(store.triples(OTHER)) == {C}
    assert set(store.triples()) == {B, C}


def test_the_same_content_again_changes_nothing(store: Store) -> None:
    """Replacing a graph by itself leaves it as it is."""
    store.replace_graph(ONE, [A, C])
    store.replace_graph(ONE, [C, A])
    assert set(store.triples(ONE)) == {A, C}


def test_an_empty_graph_is_no_graph(store: Store) -> None:
    """A graph replaced by nothing is not listed any more."""
    store.replace_graph(ONE, [A])
    store.replace_graph(ONE, [])
    assert store.graphs() == ()


def test_a_graph_is_removed(store: Store) -> None:
    """Removing takes one graph away; removing what is not there is no error."""
    store.replace_graphs({ONE: [A], OTHER: [B]})
    store.remove_graph(ONE)
    store.remove_graph(ONE)
    assert store.graphs() == (OTHER,)


def test_the_union_holds_each_triple_once(store: Store) -> None:
    """A triple that two graphs hold is given once."""
    store.replace_graphs({ONE: [A, B], OTHER: [A]})
    assert sorted(store.triples(), key=str) == [A, B]


def test_queries_see_the_union(store: Store) -> None:
    """A join across two graphs is found without naming them."""
    store.replace_graphs({ONE: [A], OTHER: [B]})
    table = store.select(f"SELECT ?x ?z {{ ?x <{EX}p> ?y . ?y <{EX}p> ?z }}")
    assert table.columns == ("x", "z")
    assert table.rows == ((NamedNode(f"{EX}a"), NamedNode(f"{EX}c")),)
    assert store.ask(f"ASK {{ <{EX}a> <{EX}p>/<{EX}p> <{EX}c> }}")
    assert not store.ask(f"ASK {{ <{EX}c> ?p <{EX}a> }}")
    derived = store.construct(f"CONSTRUCT {{ ?y <{EX}r> ?x }} WHERE {{ ?x <{EX}p> ?y }}")
    assert set(derived) == {triple("b", "r", "a"), triple("c", "r", "b")}


def test_any_text_is_kept(store: Store) -> None:
    """Quotes, line ends and any script come back as they were put in."""
    store.replace_graph(ONE, [C])
    ((value,),) = store.select(f"SELECT ?o {{ ?s <{EX}q> ?o }}").rows
    assert value == Literal(NASTY, language="fr")


def test_unbound_cells_are_none(store: Store) -> None:
    """A variable without a value is None, and "" as a string."""
    store.replace_graph(ONE, [A])
    table = store.select(f"SELECT ?s ?none {{ ?s <{EX}p> ?o OPTIONAL {{ ?s <{EX}no> ?none }} }}")
    assert table.rows == ((NamedNode(f"{EX}a"), None),)
    assert table.records() == ({"s": f"{EX}a", "none": ""},)


def test_a_malformed_query_is_an_error_of_the_query(store: Store) -> None:
    """The message says so in one line."""
    for query in ("SELECT ?x WHERE { ?x", "nonsense", "ASK {}"):
        with pytest.raises(QueryError) as caught:
            store.select(query)
        assert "\n" not in str(caught.value)


def test_many_triples_go_in(store: Store) -> None:
    """More triples than one batch holds arrive, and are replaced by fewer."""
    many = [triple(f"s{n}", "p", f"o{n}") for n in range(12_000)]
    store.replace_graph(ONE, many)
    store.replace_graph(ONE, many[:10])
    assert len(set(store.triples(ONE))) == 10


def test_rdflib_sees_the_same(store: Store) -> None:
    """The rdflib view answers a query string over the union."""
    store.replace_graphs({ONE: [A], OTHER: [B]})
    rows = list(store.dataset().query(f"SELECT ?x {{ ?x <{EX}p>/<{EX}p> ?z }}"))
    assert [str(row[0]) for row in rows] == [f"{EX}a"]  # type: ignore[index]


def test_every_query_gives_the_same_everywhere(store: Store) -> None:
    """The documented queries give on this store what they give in memory."""
    graph_of(seed_reading(), store=store)
    memory = graph_of(seed_reading())
    for query in list_queries():
        here = sorted(map(str, run_select(store, query).records()))
        assert here == sorted(map(str, run_select(memory, query).records())), query.name


def test_the_turtle_is_the_same_everywhere(store: Store, tmp_path: Path) -> None:
    """Turtle from this store is byte for byte that of the store in memory."""
    graph_of(seed_reading(), store=store)
    texts = []
    for number, each in enumerate((store, graph_of(seed_reading()))):
        path = tmp_path / f"{number}.ttl"
        with path.open("w", encoding="utf-8", newline="") as stream:
            write_turtle(each.triples(), stream)
        texts.append(path.read_bytes())
    assert texts[0] == texts[1]


def test_an_article_taken_out_leaves_nothing(store: Store) -> None:
    """After its graph is removed and the rest derived again, only the readings left count."""
    graph_of(seed_reading(), store=store)
    store.remove_graph(Iris().article_graph(SEED))
    graph_of(store=store)
    assert store.graphs() == ()


def test_a_folder_keeps_its_graphs(tmp_path: Path) -> None:
    """What was written is there when the folder is opened again."""
    with open_store(tmp_path / "store", create=True) as store:
        store.replace_graph(ONE, [A, C])
    with open_store(tmp_path / "store", read_only=True) as store:
        assert set(store.triples()) == {A, C}


def test_a_folder_without_a_store_is_named(tmp_path: Path) -> None:
    """Asking where nothing was built says so, and makes nothing."""
    with pytest.raises(StoreError, match="no store here"):
        open_store(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_has_one_writer(tmp_path: Path) -> None:
    """A second writer is refused with a message that names the folder."""
    with (
        open_store(tmp_path / "store", create=True),
        pytest.raises(StoreError, match="cannot open the store"),
    ):
        open_store(tmp_path / "store")


def test_a_server_that_does_not_answer_is_named() -> None:
    """A URL where nothing listens is an error of the store."""
    with pytest.raises(StoreError, match="does not answer"):
        open_store("http://127.0.0.1:9/query")


def test_a_server_without_a_union_is_refused() -> None:
    """A server whose default graph is not the union would answer everything with nothing."""
    with serve_sparql(union=False) as url:
        with open_store(url) as store:
            store.replace_graph(ONE, [A])
        with pytest.raises(StoreError, match="not the union"):
            open_store(url)
