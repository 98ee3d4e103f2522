"""The whole road on real files with the real pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Annotation, Reading, Skipped
from kg.pipeline import Run, build, read_all
from kg.read.inputs import list_inputs
from kg.settings import SecondReader, Settings
from kg.store.ask import run_select
from kg.store.opening import open_store
from tests.read.model_server import Model

pytestmark = pytest.mark.model

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SEED = "000_8f8d5bade8e20037"

# Pages that are full of conflict words and hold no conflict.
FOOTBALL = """Ligue 1 : Vardane s'impose à Sarkol

Vardane a battu Sarkol 3 à 1 samedi soir. L'attaque vardanienne, portée par Loric Demant, a fait
exploser la défense adverse dès la 12e minute sur une frappe de vingt mètres. Sarkol a riposté
par un tir croisé de son avant-centre, mais le gardien a sauvé son camp. « On a manqué de
munitions devant le but », a regretté l'entraîneur, visé par les sifflets du public. Le
capitaine, touché à la cuisse, est incertain pour le prochain match. Vardane prend la tête du
championnat avec trois points d'avance."""
MARKETS = """La Bourse de Paris résiste à l'offensive des vendeurs

La Bourse de Paris a terminé en hausse de 0,4 % mardi, les investisseurs tirant profit du repli
des taux. Le titre du groupe Orvane a explosé de 12 % après l'annonce d'un bombardement de
commandes en Asie. La guerre des prix dans la grande distribution a fait une victime de plus :
Maralis a chuté de 7 %. Les analystes s'attaquent désormais aux prévisions du quatrième
trimestre, et la banque Telmont a abattu ses cartes en visant un rendement de 5 %."""
RECIPE = """Gratin de courgettes au chèvre

Coupez les courgettes en rondelles, puis attaquez la cuisson à feu vif pendant dix minutes.
Battez les œufs avec la crème, écrasez le fromage et ajoutez une pointe d'ail. Versez le
mélange, enfournez à 180 degrés et laissez dorer une trentaine de minutes. Servez aussitôt : ce
plat tue toutes les faims."""
NOVEL = """La pluie frappait les vitres depuis l'aube. Élise tira le rideau, et la lumière grise
envahit la chambre. Elle pensait à la lettre, à cette phrase qui l'avait touchée plus qu'elle ne
voulait l'admettre. Le silence la prit d'assaut. Au loin, une porte claqua comme un coup de feu,
et son cœur explosa de joie : il était revenu."""


def write(path: Path, text: str) -> Path:
    """Write a text file."""
    path.write_text(text, encoding="utf-8")
    return path


def read(*paths: Path, settings: Settings | None = None) -> Run:
    """Read files with the default settings, or with those given."""
    return read_all(list_inputs(str(path) for path in paths), settings or Settings())


def contents(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file of a build but those of the store, which is not a text."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "store" not in path.relative_to(folder).parts
    }


def test_a_build_writes_every_file_and_twice_the_same_bytes(tmp_path: Path) -> None:
    """Two builds of the seed give the same Turtle, picture, facts and report."""
    for name in ("one", "two"):
        build([str(SEEDS)], tmp_path / name, Settings())
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert set(one) == {"graph.ttl", "graph.html", "report.md", f"facts/{SEED}.jsonl"}
    assert one == two
    assert all(one.values())


def test_building_again_changes_nothing(tmp_path: Path) -> None:
    """A build into a folder that holds the same articles already gives the same files."""
    build([str(SEEDS)], tmp_path, Settings())
    before = contents(tmp_path)
    build([str(SEEDS)], tmp_path, Settings())
    assert contents(tmp_path) == before


def test_several_processes_read_the_same(tmp_path: Path) -> None:
    """Two workers give the same readings in the same order as one."""
    for number in range(20):
        write(tmp_path / f"{number:02}.txt", f"Un obus a tué {number + 2} soldats à Kaboul lundi.")
    assert read(tmp_path, settings=Settings(jobs=2)).readings == read(tmp_path).readings


@pytest.mark.parametrize(
    "text", [FOOTBALL, MARKETS, RECIPE, NOVEL], ids=["football", "markets", "recipe", "novel"]
)
def test_pages_without_conflict_give_no_attack(tmp_path: Path, text: str) -> None:
    """Sports, business, a recipe and a novel are full of conflict words and hold no attack."""
    run = read(write(tmp_path / "page.txt", text))
    assert run.skipped == ()
    armed = {"Attack", "Clash", "Offensive", "Seizure", "Arrest", "Deployment"}
    found = [(event.type, event.mentions[0].exact) for event in run.readings[0].events]
    assert [each for each in found if each[0] in armed] == []


@pytest.mark.parametrize("text", ["x", "!!!", "1. 2. 3.", "a " * 400, "\u200b\ufeff«»", "«" * 3000])
def test_strange_texts_give_nothing_and_do_not_crash(tmp_path: Path, text: str) -> None:
    """A letter, signs, numbers, and one word four hundred times are read without an event."""
    run = read(write(tmp_path / "page.txt", text))
    assert [event for reading in run.readings for event in reading.events] == []
    assert all("Error" not in each.reason for each in run.skipped)


def test_one_bad_article_never_stops_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An article that breaks extraction is skipped with what happened; its neighbours are read."""
    for name in ("a", "b", "c"):
        write(tmp_path / f"{name}.txt", "Deux soldats ont été tués lundi à Kaboul.")
    genuine = pipeline.Extractor.read

    def breaking(self: pipeline.Extractor, annotation: Annotation) -> Reading:
        if annotation.article.id == "b":
            raise IndexError("list index out of range")
        return genuine(self, annotation)

    monkeypatch.setattr(pipeline.Extractor, "read", breaking)
    run = read(tmp_path)
    assert [reading.article.id for reading in run.readings] == ["a", "c"]
    assert run.skipped == (
        Skipped(path=str(tmp_path / "b.txt"), reason="IndexError: list index out of range"),
    )


def test_repeated_dispatches_are_linked_and_counted_once(tmp_path: Path) -> None:
    """The same dispatch sent twice gives one event in the graph and a link between the articles."""
    story = (
        "Vingt soldats maliens ont été tués lundi dans une attaque contre leur camp à Gao, dans le "
        "nord du Mali, a annoncé l'armée dans un communiqué. Les assaillants ont pris la fuite. "
        "L'attaque n'a pas été revendiquée. La région est le théâtre d'affrontements réguliers."
    )
    for name, text in (("a", story), ("b", story.replace("pris la fuite", "fui à moto"))):
        write(tmp_path / f"{name}.txt", f"date: 2020-02-13\n\n{text}")
    run = build([str(tmp_path)], tmp_path / "out", Settings())
    assert [(each.article, each.original) for each in run.duplicates] in (
        [("b", "a")],
        [("a", "b")],
    )
    turtle = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "nearDuplicateOf" in turtle and "sameEventAs" in turtle
    assert (tmp_path / "out" / "facts" / "b.jsonl").is_file()


def test_a_repeated_dispatch_changes_no_count(tmp_path: Path) -> None:
    """The seed with a copy of it that lacks a word and its headline counts like the seed alone."""
    text = (SEEDS / f"{SEED}.txt").read_text(encoding="utf-8")
    copy = text.replace("(Kirkouk) ", "").replace(" aussitôt", "")
    write(tmp_path / "copy.txt", f"date: 2020-02-14\n\n{copy}")
    build([str(SEEDS)], tmp_path / "one", Settings())
    build([str(SEEDS), str(tmp_path / "copy.txt")], tmp_path / "two", Settings())
    counts = []
    for name in ("one", "two"):
        with open_store(tmp_path / name / "store", read_only=True) as store:
            counts.append(run_select(store, "attacks-by-mode").records())
    assert counts[0] == counts[1] != ()


def test_bad_files_leave_no_trace_beside_the_good_ones(tmp_path: Path) -> None:
    """Next to four bad files, the good one is built and nothing half-written is left behind."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    write(inputs / "good.txt", "Deux soldats ont été tués lundi à Kaboul dans une attaque.")
    write(inputs / "header.txt", "date: 2020-02-31\n\nDeux soldats ont été tués.")
    write(inputs / "empty.txt", "")
    (inputs / "binary.txt").write_bytes(bytes(1000))
    (inputs / "latin.txt").write_bytes("Deux soldats tués".encode("latin-1"))
    run = build([str(inputs), str(tmp_path / "none")], tmp_path / "out", Settings())
    assert [reading.article.id for reading in run.readings] == ["good"]
    assert len(run.skipped) == 5
    assert sorted(contents(tmp_path / "out")) == [
        "facts/good.jsonl", "graph.html", "graph.ttl", "report.md",
    ]  # fmt: skip
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert all(name in report for name in ("header.txt", "empty.txt", "binary.txt", "latin.txt"))


def test_a_second_reader_adds_marked_facts_and_its_failure_is_told(tmp_path: Path) -> None:
    """A model's quoted fact joins the graph under `llm:NAME`; a failing one leaves the rules'."""
    text = "Deux soldats ont été tués lundi à Kaboul. La ville de Herat reste calme."
    path = write(tmp_path / "a.txt", f"date: 2020-02-13\n\n{text}")
    model = Model()
    fact = {
        "kind": "relation",
        "type": "locatedIn",
        "subject": ["ville de Herat"],
        "object": ["Kaboul"],
        "mentions": [{"trigger": "ville", "context": "La ville de Herat"}],
        "status": "asserted",
    }
    bad = {**fact, "type": "eats"}
    model.answers = [[fact, bad], (500, b"no")]
    second = SecondReader(address=model.address, model="m", name="small")
    settings = Settings(second_reader=second)
    run = build([str(path)], tmp_path / "out", settings)
    assert run.skipped == ()
    (relation,) = (r for r in run.readings[0].relations if r.mentions[0].rule == "llm:small")
    assert relation.type == "locatedIn"
    assert '"llm:small"' in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    run = build([str(path)], tmp_path / "out", settings)
    assert len(run.readings) == 1 and run.skipped == ()
    assert "500" in run.faults[0].reason
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "The second reader gave nothing" in report
    model.server.shutdown()


def test_the_facts_of_a_build_are_fact_lines(tmp_path: Path) -> None:
    """Every line of `facts/ID.jsonl` is a JSON object whose offsets lie in the article."""
    build([str(SEEDS)], tmp_path, Settings())
    text = (SEEDS / f"{SEED}.txt").read_text(encoding="utf-8")
    lines = (tmp_path / "facts" / f"{SEED}.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 10
    for line in lines:
        fact = json.loads(line)
        assert fact["kind"] in ("event", "relation", "link")
        assert all(0 <= m["start"] < m["end"] <= len(text) for m in fact["mentions"])
