"""Mechanical checks of what is written in the repository."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Built up so that this file does not hold the words it looks for.
_UNFINISHED = re.compile(
    "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", "NotImplemented" + "Error"))
)
_MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_.])/(?:work|farm|root|home/\w+)/")
_TEXT = (".py", ".md", ".toml", ".yaml", ".csv", ".ttl", ".rq", ".txt", ".ipynb", ".js", ".css")


def tracked(*suffixes: str) -> list[Path]:
    """Give the files under version control with these suffixes, or skip outside a checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in done.stdout.split("\0") if name.endswith(suffixes))
    return [path for path in paths if path.is_file()]


def test_nothing_is_left_unfinished() -> None:
    """No module holds a note of work left undone."""
    found = [
        str(path.relative_to(ROOT))
        for path in tracked(".py")
        if _UNFINISHED.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_file_names_a_path_of_one_machine() -> None:
    """What is written works wherever the repository lies."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in (*tracked(*_TEXT), ROOT / "Makefile", ROOT / ".ci" / "run")
        for line in path.read_text(encoding="utf-8").splitlines()
        if _MACHINE_PATH.search(line)
    ]
    assert found == []


def test_pins_are_names_and_versions_only() -> None:
    """`constraints.txt` holds one sorted `name==version` a line, and no address."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!-]+", line) for line in lines)
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0].lower())


def test_every_dependency_is_pinned() -> None:
    """Each package that the project or its tests ask for has a line in `constraints.txt`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        re.split(r"[<>=!~\[ ;]", each)[0].lower().replace("_", "-")
        for each in (
            *project["dependencies"],
            *(each for extra in extras.values() for each in extra),
        )
    }
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    assert wanted - pinned == set()


def test_every_test_says_what_holds() -> None:
    """Each test function of the repository has a docstring."""
    silent = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked(".py")
        if path.name.startswith("test_")
        for name, doc in re.findall(
            r"^def (test_\w+)\([^)]*\)[^:]*:\n(\s+\"\"\")?", path.read_text(encoding="utf-8"), re.M
        )
        if not doc
    ]
    assert silent == []
