"""What the tests of the readers share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Article, Skipped
from kg.read.drafts import ReadOptions
from kg.read.inputs import list_inputs, read_articles

Read = Callable[..., list[Article | Skipped]]


@pytest.fixture
def read() -> Read:
    """Read paths with the default options, or with those given."""

    def _read(*paths: Path | str, options: ReadOptions | None = None) -> list[Article | Skipped]:
        inputs = list_inputs(str(path) for path in paths)
        return list(read_articles(inputs, options or ReadOptions()))

    return _read
