"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run, and no clock: a busy machine is not a failure.
settings.register_profile("kg", deadline=None, derandomize=True)
settings.load_profile("kg")
