"""The command line: exit codes, one-line errors, output that programs can read."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from kg.cli import main
from tests.read.model_server import Model

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "seed"
SEED = "000_8f8d5bade8e20037"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run of `kg` left: its exit code and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def kg(*arguments: object, stdin: str = "") -> Done:
    """Run `kg` in this process, with its own standard streams."""
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()))
    with (
        mock.patch.object(sys, "argv", ["kg", *map(str, arguments)]),
        mock.patch.object(sys, "stdin", given),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Done(returncode=int(ended.value.code or 0), stdout=out.getvalue(), stderr=err.getvalue())


def one_error_line(done: Done) -> str:
    """Give the one line on standard error; there must be no traceback and nothing else."""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("kg: ")
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["biuld"], "No such command 'biuld'"),
        (["build"], "Missing argument"),
        (["build", "x", "--frob"], "--frob"),
        (["build", "x", "--date", "hier"], "`hier` is not a date"),
        (["build", "x", "-j", "0"], "jobs"),
        (["build", "x", "--column", "body"], "PART=NAME"),
        (["build", "x", "--reader", "llm"], "--llm-address"),
        (["build", "x", "--lang", "xx"], "xx"),
        (["eval", "nowhere", "nowhere"], "nowhere: no such file or folder"),
        (["ask", "who-attacked-whom", "-s", "nowhere"], "nowhere: no store here"),
        (["why", "K1", "-s", "nowhere"], "nowhere: no store here"),
        (["draw", "-s", "nowhere"], "nowhere: no store here"),
        (["export", "-f", "turtle", "-s", "nowhere"], "nowhere: no store here"),
        (["check", "-s", "nowhere"], "nowhere: no store here"),
        (["remove", "x", "-s", "nowhere"], "nowhere: no store here"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_line_and_code_2(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    """A wrong command, option, value or place is named in one line; the exit code is 2."""
    done = kg(*arguments, *(["-o", tmp_path] if arguments[0] == "build" else []))
    assert message in one_error_line(done)
    assert done.returncode == 2


@pytest.mark.model
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A file where the output folder should be is named; the exit code is 2."""
    (tmp_path / "a.txt").write_text("Deux soldats ont été tués lundi à Kaboul.", encoding="utf-8")
    done = kg("build", tmp_path / "a.txt", "-o", tmp_path / "a.txt")
    assert done.returncode == 2 and "a.txt" in one_error_line(done)


def test_kg_alone_shows_its_commands() -> None:
    """Without a command, the help is shown and the exit code is that of wrong usage."""
    done = kg()
    assert done.returncode == 2 and "build" in done.stdout and done.stderr == ""


def test_the_version_is_printed_by_a_process_of_its_own() -> None:
    """`python -m kg.cli --version` prints name and version."""
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", "--version"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0 and done.stdout.startswith("kg 0.")


def test_whoever_reads_the_output_may_stop_reading() -> None:
    """A table into a closed pipe ends without a traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", "eval", GOLD, GOLD],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait(timeout=60)


def test_eval_prints_a_table_and_json() -> None:
    """Gold against itself is 1.000 in the table and 1.0 in the JSON."""
    assert "facts       1.000  1.000  1.000    81      81" in kg("eval", GOLD, GOLD).stdout
    figures = json.loads(kg("eval", GOLD, GOLD, "--json").stdout)
    assert figures["facts"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 81, "system": 81}


def test_eval_lists_faults_by_kind(tmp_path: Path) -> None:
    """Against an empty system every event is a fault of kind `missed`, one of them listed."""
    done = kg("eval", GOLD, tmp_path, "--errors", "1")
    assert "   10 missed" in done.stdout
    assert done.stdout.count(f"{SEED} Attack") == 1


def test_eval_writes_a_page_that_escapes_what_articles_say(tmp_path: Path) -> None:
    """The page marks both sides on the text, and a tag in an article stays text."""
    for name in ("text", "gold", "system"):
        (tmp_path / name).mkdir()
    text = "<script>alert(1)</script> Deux soldats ont été tués."
    (tmp_path / "text" / "a.txt").write_text(text, encoding="utf-8")
    start = text.index("tués")
    fact = {
        "kind": "event",
        "id": "e1",
        "type": "Attack",
        "mode": "other",
        "mentions": [{"start": start, "end": start + 4}],
        "agents": [{"names": ["<img onerror=x>"], "status": "asserted"}],
        "status": "asserted",
    }
    line = json.dumps(fact)
    (tmp_path / "gold" / "a.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "system" / "a.jsonl").write_text(line, encoding="utf-8")
    page = tmp_path / "page.html"
    done = kg("eval", tmp_path / "gold", tmp_path / "system", "--html", page)
    assert done.returncode == 0
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html and "<img" not in html
    assert '<mark class="both" title="e1 Attack (other)">tués' in html


@pytest.mark.model
def test_skipped_articles_are_told_and_strict_makes_them_findings(tmp_path: Path) -> None:
    """A skipped article is one line on standard error; the code is 0, and 1 under --strict."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "a.txt").write_text("Deux soldats ont été tués lundi à Kaboul.", encoding="utf-8")
    (inputs / "b.txt").write_bytes("tués".encode("latin-1"))
    done = kg("build", inputs, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert "b.txt: not UTF-8" in one_error_line(done)
    assert done.stdout.startswith("1 article read, 1 skipped")
    assert kg("build", inputs, "-o", tmp_path / "out", "--strict").returncode == 1


def test_nothing_read_is_nothing_written(tmp_path: Path) -> None:
    """When every input is skipped, no file is written, and the output says so."""
    (tmp_path / "a.txt").write_bytes(b"")
    done = kg("build", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert "a.txt: an empty file." in one_error_line(done)
    assert "nothing was written" in done.stdout and not (tmp_path / "out").exists()


@pytest.mark.model
def test_a_missing_input_is_wrong_usage_and_the_others_are_built(tmp_path: Path) -> None:
    """A folder that does not exist gives code 2, after the good article has been built."""
    (tmp_path / "a.txt").write_text("Deux soldats ont été tués lundi à Kaboul.", encoding="utf-8")
    done = kg("build", tmp_path / "none", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "none: no such file or folder" in one_error_line(done)
    assert (tmp_path / "out" / "facts" / "a.jsonl").is_file()


@pytest.mark.model
def test_a_store_lives_through_add_ask_check_and_remove(tmp_path: Path) -> None:
    """Articles come by standard input, are asked for, and leave; the store passes its check."""
    store = tmp_path / "store"
    article = "date: 2020-02-13\ntitle: Kaboul\n\nDeux soldats ont été tués lundi à Kaboul."
    done = kg("add", "-", "-s", store, stdin=article)
    assert done.returncode == 0, done.stderr
    count = "SELECT ?id WHERE { ?article <https://w3id.org/conflict-kg/ns#articleId> ?id }"
    answer = kg("ask", count, "-s", store, "-f", "json")
    (name,) = [row["id"] for row in json.loads(answer.stdout)]
    checked = kg("check", "-s", store)
    assert checked.returncode == 0, checked.stdout
    assert kg("remove", "nobody", "-s", store).returncode == 2
    assert kg("remove", name, "-s", store).returncode == 0
    assert json.loads(kg("ask", count, "-s", store, "-f", "json").stdout) == []


@pytest.mark.model
def test_a_language_model_reads_only_when_asked(tmp_path: Path) -> None:
    """With --reader llm the article is sent to the address and facts are marked; else never."""
    model = Model()
    text = "Deux soldats ont été tués lundi à Kaboul. La ville de Herat reste calme."
    path = tmp_path / "a.txt"
    path.write_text(f"date: 2020-02-13\n\n{text}", encoding="utf-8")
    fact = {
        "kind": "relation",
        "type": "rivalOf",
        "subject": ["Herat"],
        "object": ["Kaboul"],
        "mentions": [{"trigger": "calme", "context": "Herat reste calme"}],
        "status": "asserted",
    }
    model.answers = [[fact]]
    assert kg("build", path, "-o", tmp_path / "rules").returncode == 0
    assert model.requests == []
    llm = ("--reader", "llm", "--llm-address", model.address, "--llm-model", "m")
    assert kg("build", path, "-o", tmp_path / "both", *llm).returncode == 0
    assert len(model.requests) == 1
    assert "llm:m" not in (tmp_path / "rules" / "graph.ttl").read_text(encoding="utf-8")
    assert "llm:m" in (tmp_path / "both" / "graph.ttl").read_text(encoding="utf-8")
    model.server.shutdown()
