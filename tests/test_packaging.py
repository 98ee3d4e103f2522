"""The wheel holds all that an installed `kg` needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
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
