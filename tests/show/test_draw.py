"""Tests of kg/show/draw.py: the page itself, and the page in a real browser without a network."""

from __future__ import annotations

import datetime
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KGError
from kg.model import Article, Reading
from kg.show.draw import LARGE, find_node, page_of, to_networkx, wrap
from kg.show.facts import reading_from_facts
from kg.show.graph import Graph, load_graph
from kg.show.picture import Edge, Node, Picture
from kg.show.scene import picture_of
from kg.store.opening import open_store

from .conftest import fill

EVIL = '<script>document.title="broken"</script><img src=x onerror="document.title=\'broken\'">'


@pytest.fixture(name="picture", scope="module")
def picture_fixture(seed_graph: Graph) -> Picture:
    """Give the picture of the seed's gold."""
    return picture_of(seed_graph)


def evil_reading() -> Reading:
    """Give a reading whose every text tries to become HTML or to end a script."""
    text = f"L'armée {EVIL} a bombardé Sarkol</script> mardi. Le général {EVIL} a fui."
    article = Article(
        id="evil",
        text=text,
        title=f"{EVIL}</script>",
        source=EVIL,
        url="javascript:document.title='broken'",
        date=datetime.date(2021, 3, 2),
        lang="fr",
    )
    at = text.index("bombardé")
    line = {
        "kind": "event",
        "id": "e1",
        "type": "Attack",
        "mode": "shelling",
        "mentions": [{"start": at, "end": at + 8}],
        "agents": [{"names": [f"armée {EVIL}"]}],
        "targets": [{"names": ["Sarkol</script>"]}],
        "weapons": [EVIL],
        "date": "2021-03-02",
    }
    return reading_from_facts(article, [line], rule=EVIL)


def large_picture(count: int) -> Picture:
    """Give a picture of so many entities in a chain with a hub."""
    nodes = [
        Node(iri=f"n{i}", kind="entity", type="Place", label=f"Lieu {i}") for i in range(count)
    ]
    edges = [
        Edge(
            id=f"e{i}",
            origin=f"n{i}",
            goal=f"n{i % 7}",
            type="locatedIn",
            label="dans",
            view="both",
        )
        for i in range(7, count)
    ]
    return Picture(nodes=tuple(nodes), edges=tuple(edges))


def test_the_page_names_no_address_it_would_load(picture: Picture) -> None:
    """Nothing in the page is fetched: no script, style, image or frame has an address."""
    page = page_of(picture)
    own = re.sub(r"<script>/\*\*.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"<(?:script|img|iframe|link)[^>]+(?:src|href)\s*=\s*[\"']?https?:", own)
    assert "cdn" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)


def test_the_same_picture_gives_the_same_page(picture: Picture, seed_reading: Reading) -> None:
    """Two stores with the same content draw byte-identical pages."""
    with open_store() as store:
        fill(store, seed_reading)
        assert page_of(picture_of(load_graph(store))) == page_of(picture)


def test_a_large_graph_starts_with_its_most_connected_entities() -> None:
    """From LARGE nodes on the page holds all nodes but first shows few."""
    page = page_of(large_picture(LARGE + 1))
    start = json.loads(_script(page, "graph-start"))
    assert 0 < len(start["shown"]) <= 60
    assert "n0" in start["shown"]
    assert len(json.loads(_script(page, "graph-nodes"))) == LARGE + 1


def test_a_focus_is_found_by_any_of_its_names(picture: Picture) -> None:
    """A short name and an IRI both lead to the node; an unknown name is an error that says it."""
    iri = find_node(picture, "soleimani")
    assert find_node(picture, iri) == iri
    start = json.loads(_script(page_of(picture, focus="Soleimani", hops=2), "graph-start"))
    assert start == {"focus": iri, "hops": 2, "left_out": 0}
    with pytest.raises(KGError, match="'Nobody'"):
        page_of(picture, focus="Nobody")


def test_networkx_holds_every_node_and_edge(picture: Picture) -> None:
    """The graph that is drawn can be had as a networkx graph."""
    graph = to_networkx(picture)
    assert graph.number_of_nodes() == len(picture.nodes)
    assert graph.number_of_edges() == len(picture.edges)


def test_long_labels_are_broken_and_cut() -> None:
    """A label takes at most three lines, each hardly longer than the width."""
    rows = wrap("le " * 40 + "x" * 80).split("\n")
    assert len(rows) == 3
    assert rows[-1].endswith("…")
    assert wrap("y" * 60) == "y" * 25 + "…"


def _script(page: str, name: str) -> str:
    match = re.search(rf'id="{name}">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    return match[1]


@pytest.fixture(name="show")
def show_fixture(browser: Any, tmp_path: Path) -> Callable[..., None]:
    """Give a function that opens a page from a file, with the network off, and waits for it."""

    def show(page: str) -> None:
        path = tmp_path / "graph.html"
        path.write_text(page, encoding="utf-8")
        browser.get("about:blank")
        browser.get_log("browser")
        browser.execute_cdp_cmd("Network.enable", {})
        conditions = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        browser.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)
        browser.get(path.as_uri())
        _wait(lambda: browser.find_element("tag name", "body").get_attribute("data-ready") == "yes")

    return show


def _wait(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found or time.monotonic() > end:
            assert found
            return found
        time.sleep(0.05)


def _search(browser: Any, words: str) -> None:
    box = browser.find_element("id", "search")
    box.clear()
    box.send_keys(words)
    box.send_keys("\ue007")


def _click_node(browser: Any, name: str) -> None:
    """Click on the canvas where a node with this label stands, as a person would."""
    x, y = browser.execute_script(
        """const [name] = arguments;
        const data = JSON.parse(document.getElementById('graph-nodes').textContent);
        const node = data.find((each) => each.label.replace(/\\n/g, ' ').includes(name));
        const at = window.network.canvasToDOM(window.network.getPosition(node.id));
        const box = document.querySelector('#network').getBoundingClientRect();
        return [Math.round(at.x + box.x), Math.round(at.y + box.y)];""",
        name,
    )
    from selenium.webdriver import ActionChains

    actions = ActionChains(browser)
    actions.w3c_actions.pointer_action.move_to_location(x, y)
    actions.w3c_actions.pointer_action.click()
    actions.perform()


def _panel(browser: Any) -> str:
    return str(browser.find_element("id", "panel").text)


@pytest.mark.browser
def test_the_browser_shows_the_seed_and_its_sentences(
    browser: Any, show: Callable[..., None], picture: Picture
) -> None:
    """Offline, the page has no console error; a click on a node shows its sentences."""
    show(page_of(picture))
    assert browser.get_log("browser") == []
    assert int(_data(browser, "nodes")) == len(picture.nodes)
    _click_node(browser, "Qassem Soleimani")
    _wait(lambda: "Qassem Soleimani" in _panel(browser))
    assert "le puissant général iranien Qassem Soleimani à Bagdad" in _panel(browser)
    assert "règle gold" in _panel(browser)
    assert "13 février 2020" in _panel(browser)
    assert browser.find_elements("css selector", "#panel mark")[0].text
    assert browser.get_log("browser") == []


@pytest.mark.browser
def test_an_accusation_is_shown_as_one(
    browser: Any, show: Callable[..., None], picture: Picture
) -> None:
    """The edge from the Hezbollah Brigades to the December attack says who alleges it."""
    show(page_of(picture))
    _search(browser, "brigades du Hezbollah")
    tie = _wait(lambda: browser.find_elements("css selector", "#panel .ties .badge.alleged"))[0]
    tie.click()
    _wait(lambda: "selon États-Unis" in _panel(browser))
    assert "L’article ne l’affirme pas lui-même" in _panel(browser)


@pytest.mark.browser
def test_events_fold_into_direct_edges_and_filters_hide(
    browser: Any, show: Callable[..., None], picture: Picture
) -> None:
    """Direct view has no event nodes; switching allegations off hides the alleged edges."""
    show(page_of(picture))
    browser.find_element("id", "view-direct").click()
    entities = [node for node in picture.nodes if node.kind == "entity"]
    assert int(_data(browser, "nodes")) <= len(entities)
    before = int(_data(browser, "edges"))
    alleged = sum(edge.view == "direct" and edge.status == "alleged" for edge in picture.edges)
    assert alleged > 0
    label = browser.find_element("xpath", "//nav//label[span[text()='allégation']]")
    label.click()
    assert int(_data(browser, "edges")) == before - alleged
    browser.find_element("id", "view-table").click()
    assert browser.find_elements("css selector", "#table tbody tr")
    browser.find_element("id", "reset").click()
    assert int(_data(browser, "nodes")) == len(picture.nodes)


@pytest.mark.browser
def test_the_period_slider_keeps_the_events_of_a_period(
    browser: Any, show: Callable[..., None], picture: Picture
) -> None:
    """Moving the first handle to the end leaves the last day's attack and what it ties."""
    show(page_of(picture))
    browser.execute_script(
        """const from = document.getElementById('from');
        from.value = from.max; from.dispatchEvent(new Event('input'));
        document.getElementById('undated').click();"""
    )
    assert "13 février 2020" in browser.find_element("id", "period").text
    assert int(_data(browser, "nodes")) < len(picture.nodes)


@pytest.mark.browser
def test_a_path_leads_from_one_node_to_another(
    browser: Any, show: Callable[..., None], picture: Picture
) -> None:
    """The path from the Hezbollah Brigades to Soleimani is found and counted."""
    show(page_of(picture))
    _search(browser, "brigades du Hezbollah")
    browser.find_element("xpath", "//aside//button[text()='Chemin vers…']").click()
    _search(browser, "Soleimani")
    banner = _wait(lambda: browser.find_element("id", "banner").text)
    assert re.search(r"brigades du Hezbollah → Qassem Soleimani : \d+ liens", banner)


@pytest.mark.browser
def test_isolating_and_expanding_change_what_is_shown(
    browser: Any, show: Callable[..., None], picture: Picture
) -> None:
    """Isolating a node leaves its neighbours; showing all brings everything back."""
    show(page_of(picture))
    _search(browser, "Parlement irakien")
    browser.find_element("xpath", "//aside//button[text()='Isoler']").click()
    few = int(_data(browser, "nodes"))
    assert few < len(picture.nodes)
    browser.find_element("xpath", "//*[@id='banner']//button").click()
    assert int(_data(browser, "nodes")) == len(picture.nodes)


@pytest.mark.browser
def test_a_view_is_kept_in_the_address(
    browser: Any, show: Callable[..., None], picture: Picture
) -> None:
    """Opening the address again shows the same view, selection and filters."""
    show(page_of(picture))
    browser.find_element("id", "view-direct").click()
    browser.find_element("xpath", "//nav//label[span[text()='allégation']]").click()
    _search(browser, "Soleimani")
    before = (_data(browser, "edges"), _panel(browser))
    browser.refresh()
    _wait(lambda: browser.find_element("tag name", "body").get_attribute("data-ready") == "yes")
    assert (_data(browser, "edges"), _panel(browser)) == before
    browser.get(browser.current_url.split("#")[0] + "#%7Bbroken")
    browser.refresh()
    _wait(lambda: int(_data(browser, "nodes")) == len(picture.nodes))
    assert browser.get_log("browser") == []


@pytest.mark.browser
def test_text_of_articles_never_becomes_html(browser: Any, show: Callable[..., None]) -> None:
    """Script and image tags in names, titles, rules and sentences stay text everywhere."""
    with open_store() as store:
        fill(store, evil_reading())
        page = page_of(picture_of(load_graph(store)), title=EVIL)
    show(page)
    for name in ("armée", "Sarkol"):
        _search(browser, name)
        _wait(lambda: "bombardé" in _panel(browser))
    browser.find_element("id", "view-table").click()
    time.sleep(0.3)
    assert "broken" not in browser.execute_script("return document.title.slice(0, 6)")
    assert browser.find_elements("css selector", "img, #panel script, #panel a[href^='java']") == []
    assert "<script>" in _panel(browser)
    assert browser.get_log("browser") == []


@pytest.mark.browser
def test_no_other_script_would_run(
    browser: Any, show: Callable[..., None], picture: Picture
) -> None:
    """Were a text to become HTML all the same, the page's policy would stop its script."""
    show(page_of(picture))
    browser.execute_script(
        """const image = '<img src=x onerror="document.title = 1">';
        document.body.insertAdjacentHTML('beforeend', image);
        const script = document.createElement('script');
        script.textContent = 'document.title = 2';
        document.body.append(script);"""
    )
    time.sleep(0.3)
    assert browser.execute_script("return document.title") == "Graphe"
    assert any("Content Security Policy" in each["message"] for each in browser.get_log("browser"))


@pytest.mark.browser
def test_a_large_graph_is_usable(browser: Any, show: Callable[..., None]) -> None:
    """Two thousand nodes open on the most connected; search reaches the others."""
    show(page_of(large_picture(2000)))
    assert int(_data(browser, "nodes")) <= 60
    _search(browser, "Lieu 1999")
    _wait(lambda: "Lieu 1999" in _panel(browser))
    assert browser.get_log("browser") == []


def _data(browser: Any, name: str) -> str:
    return str(browser.find_element("id", "network").get_attribute(f"data-{name}"))
