"""What the tests of kg/show/ share: the seed's gold in a store, and a browser."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, Reading
from kg.rdf.build import triples
from kg.rdf.iris import Iris
from kg.rdf.refresh import refresh
from kg.show.facts import reading_from_facts
from kg.show.graph import Graph, load_graph
from kg.store.base import Store
from kg.store.opening import open_store

SEED = "000_8f8d5bade8e20037"
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
CHROMEDRIVER = shutil.which("chromedriver")


def fill(store: Store, *readings: Reading) -> None:
    """Put readings into a store as `kg build` does."""
    for reading in readings:
        store.replace_graph(Iris().article_graph(reading.article.id), triples(reading))
    refresh(store)


@pytest.fixture(scope="session")
def seed_reading() -> Reading:
    """Give the reading that the seed's gold lines describe."""
    text = (ROOT / "seeds" / f"{SEED}.txt").read_bytes().decode()
    article = Article(id=SEED, text=text, date=datetime.date(2020, 2, 13), source="AFP", lang="fr")
    path = ROOT / "tests" / "gold" / "seed" / f"{SEED}.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return reading_from_facts(article, lines, rule="gold")


@pytest.fixture(scope="session")
def seed_store(seed_reading: Reading) -> Store:
    """Give a store in memory that holds the seed's gold."""
    store = open_store()
    fill(store, seed_reading)
    return store


@pytest.fixture(scope="session")
def seed_folder(seed_reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store folder that holds the seed's gold."""
    folder: Path = tmp_path_factory.mktemp("seed") / "store"
    with open_store(folder, create=True) as store:
        fill(store, seed_reading)
    return folder


@pytest.fixture(scope="session")
def seed_graph(seed_store: Store) -> Graph:
    """Give the seed's gold as a graph that can be shown."""
    return load_graph(seed_store)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give headless Chromium with the network off."""
    if CHROMIUM is None or CHROMEDRIVER is None:
        pytest.skip("needs Debian's packages chromium and chromium-driver")
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    profile = tmp_path_factory.mktemp("profile")
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
        "disable-background-networking", "disable-component-update", "disable-sync",
        "window-size=1500,1000", f"user-data-dir={profile}",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(CHROMEDRIVER)
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()
