"""Data files say each thing once; what is loaded stays out of the collector's way."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.resources import settle

DATA = sorted((Path(__file__).parent.parent / "kg").rglob("*.yaml"))


class _Circle:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.own = self


def test_what_is_loaded_is_kept_out_of_the_rounds() -> None:
    """After settling, the collector no longer walks what was there."""
    circle = _Circle()
    settle()
    assert gc.get_freeze_count() > 0
    assert not any(each is circle for each in gc.get_objects())


def test_what_is_dead_goes_with_the_next_call() -> None:
    """A circle that was kept and let go is collected when the next pipeline settles."""
    circle = _Circle()
    settle()
    dead = weakref.ref(circle)
    del circle
    settle()
    assert dead() is None


class _Strict(yaml.SafeLoader):
    """Reads YAML and refuses a key that a mapping has already."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Make the mapping; a second value for a key would silently take the place of the first."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
        return super().construct_mapping(node, deep=deep)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_no_list_is_written_twice(path: Path) -> None:
    """No mapping of a data file has the same key twice."""
    yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
