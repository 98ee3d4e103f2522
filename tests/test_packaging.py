"""The wheel holds all that an installed `kg` needs."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def test_data_travels_in_the_wheel(wheel: Path) -> None:
    """Ontology, queries, languages with their model, knowledge and page templates are inside."""
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "kg/_data/ontology/kg.ttl",
        "kg/_data/queries/derive/facts.rq",
        "kg/lang/fr/frames.yaml",
        "kg/lang/fr/model/meta.json",
        "kg/knowledge/languages.csv",
    ):
        assert part in names, f"{part} is not in the wheel"
    assert any(name.startswith("kg/show/templates/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "training/", "seeds/"))]


def test_an_unpacked_wheel_finds_its_data(wheel: Path, tmp_path: Path) -> None:
    """Away from the checkout, the package reads ontology and queries from inside itself."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "from kg.resources import ontology_file, queries_dir\n"
        "print(ontology_file('kg.ttl').is_file() and queries_dir().is_dir(), queries_dir())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.stdout.startswith(f"True {tmp_path}"), done.stderr


def test_what_is_imported_is_declared() -> None:
    """Every package that `kg` imports is a dependency, and those of the tests are in an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = _names(project["dependencies"])
    assert _imported("kg") - declared == set()
    assert _imported("tests") - declared - _names(extras["test"]) == set()


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[ ;]", each)[0].lower().replace("_", "-") for each in requirements}


def _imported(folder: str) -> set[str]:
    """Give the distributions of all modules that a folder's files import."""
    modules: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(statement, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom) and statement.module:
                modules.add(statement.module.split(".")[0])
    owners = metadata.packages_distributions()
    foreign = modules - set(sys.stdlib_module_names) - {"kg", "tests"}
    return {owners[name][0].lower().replace("_", "-") for name in foreign if name in owners}
