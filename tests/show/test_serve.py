"""Tests of kg/show/serve.py and workers.py: a real server process, asked by real clients."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.errors import KGError, StoreError
from kg.show.serve import serve
from kg.show.workers import Question, Workers, asks_elsewhere
from kg.store.opening import open_store

ROQET = shutil.which("roqet")
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ATTACKED = """PREFIX kg: <https://w3id.org/conflict-kg/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?who ?whom { ?a kg:attacked ?b . ?a skos:prefLabel ?who . ?b skos:prefLabel ?whom }"""
SERVER = """
import sys
from pathlib import Path
from kg.show.serve import serve

if __name__ == "__main__":
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    serve(folder, lambda: "<!DOCTYPE html><title>explorer</title>", port=port, seconds=1.5)
"""


@pytest.fixture(name="url", scope="module")
def url_fixture(seed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server of the seed's store in a process of its own and give its address."""
    script = tmp_path_factory.mktemp("server") / "server.py"
    script.write_text(SERVER, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, str(script), str(seed_folder), str(port)])
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            httpx.get(f"{url}/requetes")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def ask(url: str, query: str, accept: str = "*/*") -> httpx.Response:
    """Ask by GET."""
    headers = {"Accept": accept}
    return httpx.get(f"{url}/sparql", params={"query": query}, headers=headers, timeout=30)


def test_three_ways_of_asking_give_one_answer(url: str) -> None:
    """GET, POST of a form and POST of the bare query are the protocol's three forms."""
    address = f"{url}/sparql"
    kind = {"Content-Type": "application/sparql-query"}
    answers = [
        httpx.get(address, params={"query": ATTACKED}),
        httpx.post(address, data={"query": ATTACKED}),
        httpx.post(address, content=ATTACKED, headers=kind),
    ]
    assert {answer.status_code for answer in answers} == {200}
    pairs = [
        {
            (row["who"]["value"], row["whom"]["value"])
            for row in answer.json()["results"]["bindings"]
        }
        for answer in answers
    ]
    assert pairs[0] == pairs[1] == pairs[2]
    assert ("États-Unis", "Qassem Soleimani") in pairs[0]


@pytest.mark.parametrize(
    ("query", "accept", "kind", "words"),
    [
        (ATTACKED, "text/csv", "text/csv", "who,whom"),
        (ATTACKED, "text/tab-separated-values", "text/tab-separated-values", "?who\t?whom"),
        (ATTACKED, "application/sparql-results+xml", "application/sparql-results+xml", "<sparql"),
        (ATTACKED, "text/html,*/*;q=0.1", "application/sparql-results+json", '"head"'),
        ("ASK { ?s ?p ?o }", "application/json", "application/sparql-results+json", "true"),
        ("CONSTRUCT WHERE { ?s a ?o }", "*/*", "text/turtle", "<"),
        ("CONSTRUCT WHERE { ?s a ?o }", "application/n-triples", "application/n-triples", "<"),
        ("DESCRIBE <urn:x>", "application/rdf+xml", "application/rdf+xml", "RDF"),
    ],
)
def test_the_asker_chooses_the_form(
    url: str, query: str, accept: str, kind: str, words: str
) -> None:
    """The Accept header decides; what is not understood falls to the wildcard."""
    answer = ask(url, query, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == kind
    assert words in answer.text


@pytest.mark.parametrize(
    ("method", "settings", "code"),
    [
        ("GET", {"params": {"query": "SELEC ?x"}}, 400),
        ("GET", {"params": {"query": "ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}}, 400),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ("GET", {"params": {"default-graph-uri": "urn:x"}}, 400),
        ("GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 403),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
        ("POST", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"content": b"ASK { ?s ?p '\xff' }",
                  "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ("POST", {"content": "CLEAR ALL",
                  "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ("POST", {"content": b"x" * 3_000_000,
                  "headers": {"Content-Type": "application/sparql-query"}}, 413),
        ("PUT", {"content": "ASK {}"}, 405),
    ],
)  # fmt: skip
def test_what_the_protocol_does_not_allow_is_refused(
    url: str, method: str, settings: dict[str, Any], code: int
) -> None:
    """Bad queries, two queries, updates, unknown types and methods each get their own status."""
    answer = httpx.request(method, f"{url}/sparql", **settings)
    assert answer.status_code == code
    assert answer.text


def test_a_heavy_query_is_stopped_and_the_next_is_answered(url: str) -> None:
    """After its time a query gets 503, whole and soon, and its process is replaced."""
    began = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        heavy = list(pool.map(lambda _: ask(url, HEAVY), range(3)))
    assert {answer.status_code for answer in heavy} == {503}
    assert time.monotonic() - began < 25
    assert ask(url, "ASK { ?s ?p ?o }").json()["boolean"] is True


def test_graphs_can_be_chosen_in_the_request(url: str) -> None:
    """`default-graph-uri` narrows the default graph; without it, it is the union."""
    facts = "https://w3id.org/conflict-kg/id/graph/facts"
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole = ask(url, query).json()
    settings = {"query": query, "default-graph-uri": facts}
    part = httpx.get(f"{url}/sparql", params=settings).json()
    counts = [int(each["results"]["bindings"][0]["n"]["value"]) for each in (part, whole)]
    assert 0 < counts[0] < counts[1]


def test_pages_and_description_are_served(url: str) -> None:
    """The explorer, the page of queries and the service description answer."""
    assert "explorer" in httpx.get(url).text
    assert "Requêtes toutes prêtes" in httpx.get(f"{url}/requetes").text
    description = httpx.get(f"{url}/sparql")
    assert description.headers["content-type"].startswith("text/turtle")
    assert "sd:UnionDefaultGraph" in description.text


def test_the_sparqlwrapper_client_works(url: str) -> None:
    """SPARQLWrapper, a client not ours, asks by GET and by POST."""
    wrapper = pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{url}/sparql")
    client.setQuery(ATTACKED)
    client.setReturnFormat(wrapper.JSON)
    by_get = client.queryAndConvert()
    client.setMethod(wrapper.POST)
    assert client.queryAndConvert() == by_get
    assert by_get["results"]["bindings"]


@pytest.mark.skipif(ROQET is None, reason="needs roqet of Debian's rasqal-utils")
def test_the_roqet_client_works(url: str) -> None:
    """Rasqal's command line, a client not ours, gets the rows."""
    command = [str(ROQET), "-q", "-r", "csv", "-p", f"{url}/sparql", "-e", ATTACKED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "États-Unis,Qassem Soleimani" in done.stdout


def test_our_own_store_reads_the_endpoint(url: str) -> None:
    """A store opened by the endpoint's URL gives the graph that is served."""
    with open_store(f"{url}/sparql") as store:
        assert store.ask("ASK { ?s a <https://w3id.org/conflict-kg/ns#Attack> }")


def test_a_missing_store_is_an_error(tmp_path: Path) -> None:
    """Serving a folder without a store says so instead of starting."""
    with pytest.raises(StoreError, match="cannot open the store"):
        serve(tmp_path / "none", lambda: "", port=0)


def test_a_taken_address_is_an_error(seed_folder: Path) -> None:
    """A port that another program listens at is named, with what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(KGError, match="--port"):
            serve(seed_folder, lambda: "", port=port)


def test_a_killed_worker_is_replaced(seed_folder: Path) -> None:
    """A process that dies in the middle costs one answer, not the endpoint."""
    with Workers(folder=seed_folder, count=1, seconds=20) as workers:
        (worker,) = workers._all
        worker.process.kill()
        worker.process.join()
        assert workers.ask(Question(query="ASK {}")).outcome == "failed"
        assert workers.ask(Question(query="ASK {}")).outcome == "fine"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { service silent <http://x/> { ?s ?p ?o } }", True),
        ("SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", True),
        ('SELECT * { ?s ?p "a" SERVICE <http://x/> { } }', True),
        ("SELECT * { ?s ?p '''SERVICE''' }", False),
        ("SELECT * { ?s <http://x/SERVICE> ?o } # SERVICE <http://x/>", False),
        ("SELECT * { ?s ex:service ?service }", False),
    ],
)
def test_the_keyword_service_is_found_only_where_it_is_one(query: str, expected: bool) -> None:
    """Strings, IRIs, comments, names and variables may hold the word."""
    assert asks_elsewhere(query) is expected


@pytest.mark.browser
def test_the_page_of_queries_answers_in_the_browser(browser: Any, url: str) -> None:
    """A ready-made question fills the box and its answer stands in a table, without an error."""
    browser.get(f"{url}/requetes")
    browser.find_element("xpath", "//option[contains(., 'Qui accuse qui')]").click()
    for _ in range(100):
        if browser.find_elements("css selector", "#answer td"):
            break
        time.sleep(0.1)
    assert "États-Unis" in browser.find_element("id", "answer").text
    browser.execute_script("document.getElementById('query').value = 'SELEC';")
    browser.find_element("id", "run").click()
    for _ in range(100):
        if browser.find_elements("css selector", "#answer .error"):
            break
        time.sleep(0.1)
    assert browser.find_element("css selector", "#answer .error").text
