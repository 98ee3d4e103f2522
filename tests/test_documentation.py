"""What the documents say is true: code blocks run, commands have help and are listed."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from kg.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def blocks(language: str) -> list[str]:
    """Give the README's code blocks of a language."""
    found = _BLOCK.findall(README.read_text(encoding="utf-8"))
    return [code for name, code in found if name == language]


def shell_commands() -> list[str]:
    """Give the `kg` commands of the README's shell blocks, in order; comments are cut off."""
    blocks_of_commands = (re.split(r"^(?=kg )", block, flags=re.M) for block in blocks("sh"))
    commands = (command.strip() for block in blocks_of_commands for command in block)
    # A comment stands after two blanks; a hash inside a query's IRI does not.
    return [re.sub(r"  +# .*", "", command) for command in commands if command]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder that has what a checkout has, for the README's blocks to run in."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    with contextlib.chdir(folder):
        yield folder


@pytest.mark.model
@pytest.mark.slow
def test_the_readmes_commands_run(workplace: Path) -> None:
    """Every `kg` command of the README, run in order in a fresh folder, exits with 0."""
    assert shell_commands(), "the README shows no command"
    for line in shell_commands():
        if line.startswith("kg serve"):
            continue  # runs until it is stopped; tests/show starts it
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", *shlex.split(line)[1:]],
            capture_output=True,
            text=True,
            timeout=300,
            cwd=workplace,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"


@pytest.mark.model
@pytest.mark.slow
def test_the_readmes_python_runs(workplace: Path) -> None:
    """Every Python block of the README runs in a fresh folder and prints something."""
    assert blocks("python"), "the README shows no Python"
    for block in blocks("python"):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
        assert printed.getvalue().strip()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_and_is_documented(name: str) -> None:
    """A command says what it does, each option explains itself, and the README lists it."""
    command = COMMANDS[name]
    assert (command.help or "").strip(), f"kg {name} has no help"
    silent = [each.name for each in command.params if not (each.help or "").strip()]
    assert silent == [], f"kg {name}: no help for {silent}"
    assert f"`kg {name}" in README.read_text(encoding="utf-8"), f"README lists no `kg {name}`"


def test_all_commands_of_the_design_are_there() -> None:
    """The command line has the verbs that users and scripts rely on."""
    assert set(COMMANDS) >= {
        "build", "add", "remove", "ask", "draw", "export", "check", "why", "serve", "eval",
    }  # fmt: skip


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link of README, CONTRIBUTING and CHANGELOG names a file that is there."""
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
            assert (ROOT / link).exists(), f"{name}: {link} is not there"
