"""The one-way road: which module may import which."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kg"
STAGES = tuple(
    sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file())
)
# What every module on the road may import besides its own stage.
SHARED = ("kg.model", "kg.errors", "kg.vocab", "kg.resources", "kg.store.base")
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Give every module of `kg` that a file imports, wherever in the file the import stands."""
    for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            assert statement.level == 0, f"{path}: relative imports hide where a name comes from"
            if statement.module == "kg":
                yield from (f"kg.{alias.name}" for alias in statement.names)
            elif statement.module:
                yield statement.module


def stage(path: Path) -> str | None:
    """Give the stage a module belongs to; None for those that lie beside the stages."""
    first = path.relative_to(PACKAGE).parts[0]
    return first if first in STAGES else None


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_stage_imports_only_the_records_and_itself(path: Path) -> None:
    """A stage imports model, errors, vocab, resources, store.base and its own modules."""
    own = stage(path)
    if own is None and path.name in ("cli.py", "pipeline.py"):
        pytest.skip("cli.py and pipeline.py know every stage")
    for name in imports(path):
        _, _, module = name.partition("kg.")
        if not name.startswith("kg.") or name in SHARED:
            continue
        # What lies beside the stages (settings, options, writing) knows none of them.
        allowed = module.split(".")[0] == own if own else module.split(".")[0] not in STAGES
        assert allowed, f"{path.relative_to(PACKAGE.parent)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_lies_deeper_than_a_stage(path: Path) -> None:
    """Modules are kg/<module>.py or kg/<stage>/<module>.py."""
    assert len(path.relative_to(PACKAGE).parts) <= 2


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_longer_than_it_can_be_read(path: Path) -> None:
    """A module stays below 500 lines; the generated vocabulary may be longer."""
    if path.name == "vocab.py":
        pytest.skip("generated from ontology/kg.ttl")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def test_no_name_stands_for_nothing() -> None:
    """No module is called utils, helpers, common or misc."""
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "common", "misc"}
