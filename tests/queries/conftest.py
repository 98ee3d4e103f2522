"""The option that writes the golden tables anew: `pytest tests/queries --update-golden`."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden; a person reads the difference before it is committed."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ anew")
