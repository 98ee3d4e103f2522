"""The second reader, against a small server that speaks the protocol well and badly."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from kg.errors import ReadError
from kg.model import Article
from kg.read.llm import LanguageModelReader
from tests.read.model_server import Model

TEXT = "Des drones vardaniens ont frappé lundi le port de Sarkol. Deux marins sont morts."
ARTICLE = Article(id="a", text=TEXT)


@pytest.fixture
def model() -> Iterator[Model]:
    """Run a model's server for one test."""
    model = Model()
    yield model
    model.server.shutdown()
    model.server.server_close()


def attack(**slots: Any) -> dict[str, Any]:
    """Build what a model would answer for the article's attack."""
    fact = {
        "kind": "event",
        "id": "e1",
        "type": "Attack",
        "mode": "drone",
        "mentions": [{"trigger": "frappé", "context": "vardaniens ont frappé lundi"}],
        "agents": [{"names": ["drones vardaniens"], "status": "asserted"}],
        "targets": [{"names": ["port de Sarkol"], "status": "asserted"}],
        "places": [["Sarkol"]],
        "status": "asserted",
    }
    return {**fact, **slots}


def test_facts_come_back_with_offsets(model: Model) -> None:
    """A quoted trigger is found in the text and its context replaced by its place."""
    model.answers = [[attack()]]
    (fact,) = LanguageModelReader(model.address, "m").read(ARTICLE)
    (mention,) = fact["mentions"]
    assert TEXT[mention["start"] : mention["end"]] == "frappé"
    assert fact["targets"] == [{"names": ["port de Sarkol"], "status": "asserted"}]


def test_the_request_follows_the_protocol(model: Model) -> None:
    """Model, JSON answer, temperature zero, the article, and the key as a bearer token are sent."""
    model.answers = [[]]
    LanguageModelReader(model.address, "small", key="secret").read(ARTICLE)
    (request,) = model.requests
    assert (request["model"], request["temperature"]) == ("small", 0)
    assert request["response_format"] == {"type": "json_object"}
    assert TEXT in request["messages"][-1]["content"]
    assert model.headers[0]["Authorization"] == "Bearer secret"


def test_facts_whose_quote_is_not_in_the_text_are_dropped(model: Model) -> None:
    """A quote that the article does not hold takes its fact with it; the other stays."""
    invented = attack(id="e2", mentions=[{"trigger": "bombardé", "context": "ont bombardé"}])
    model.answers = [[invented, attack(about="e2")]]
    (fact,) = LanguageModelReader(model.address, "m").read(ARTICLE)
    assert fact["id"] == "e1" and "about" not in fact


def test_whoever_the_article_does_not_name_is_taken_out(model: Model) -> None:
    """Invented participants and places leave; a relation without one of its ends is dropped."""
    strangers = [{"names": ["Empire galactique"], "status": "asserted"}, "text", {"names": "x"}]
    relation = {
        "kind": "relation",
        "type": "memberOf",
        "subject": ["drones"],
        "object": ["Empire galactique"],
        "mentions": [{"trigger": "drones", "context": "Des drones"}],
        "status": "asserted",
    }
    link = {"kind": "link", "type": "causes", "from": "e1", "to": "e9",
            "mentions": [{"trigger": "morts", "context": "sont morts"}]}  # fmt: skip
    model.answers = [[attack(agents=strangers, places=[["Ailleurs"], 3]), relation, link]]
    (fact,) = LanguageModelReader(model.address, "m").read(ARTICLE)
    assert fact["agents"] == [] and fact["places"] == []


@pytest.mark.parametrize(
    "fact", ["text", 3, None, {}, {"kind": "event"}, {"kind": "poem", "mentions": []},
             {"kind": "event", "mentions": [3, {"trigger": 4}, {"trigger": " "}]}],
)  # fmt: skip
def test_malformed_facts_are_dropped(model: Model, fact: object) -> None:
    """A thing that is no fact line is passed over and the good one kept."""
    model.answers = [[fact, attack()]]
    assert [f["id"] for f in LanguageModelReader(model.address, "m").read(ARTICLE)] == ["e1"]


def test_a_fenced_answer_is_read(model: Model) -> None:
    """Models that wrap JSON in a code fence are understood."""
    model.answers = ["```json\n" + json.dumps({"facts": [attack()]}) + "\n```"]
    assert len(LanguageModelReader(model.address, "m").read(ARTICLE)) == 1


def test_a_malformed_answer_is_asked_again_once(model: Model) -> None:
    """A first answer that is not JSON is forgiven, a second one is an error with the reason."""
    model.answers = ["Voici les faits :", [attack()]]
    assert len(LanguageModelReader(model.address, "m").read(ARTICLE)) == 1
    model.answers = ["Voici les faits :"]
    with pytest.raises(ReadError, match="not JSON"):
        LanguageModelReader(model.address, "m").read(ARTICLE)
    assert len(model.requests) == 4


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((500, b"broken"), "500"),
        ((401, b"who are you"), "401"),
        ((200, b"not json"), "not JSON"),
        ((200, b'{"choices": []}'), "not JSON"),
        ('{"faits": []}', "no list"),
    ],
)
def test_a_failing_model_is_a_one_line_error(model: Model, answer: Any, message: str) -> None:
    """Errors of the server and answers of another form name the article and the address."""
    model.answers = [answer]
    with pytest.raises(ReadError, match=message) as caught:
        LanguageModelReader(model.address, "m").read(ARTICLE)
    assert str(caught.value).startswith("a: ") and model.address in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_slow_model_is_given_up(model: Model) -> None:
    """An answer that takes longer than allowed is an error, not a wait."""

    def late() -> list[Any]:
        time.sleep(3)
        return []

    model.answers = [late]
    start = time.monotonic()
    with pytest.raises(ReadError, match=r"within 0\.2 seconds"):
        LanguageModelReader(model.address, "m", seconds=0.2).read(ARTICLE)
    assert time.monotonic() - start < 2


def test_an_unreachable_address_is_an_error() -> None:
    """Nothing listening there, and an address that is none, are told apart."""
    with pytest.raises(ReadError, match="127"):
        LanguageModelReader("http://127.0.0.1:9/v1", "m").read(ARTICLE)
    with pytest.raises(ReadError, match="not an http address"):
        LanguageModelReader("localhost:8080", "m")
