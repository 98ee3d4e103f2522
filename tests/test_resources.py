"""What is loaded stays out of the collector's way, and what is dead still goes."""

from __future__ import annotations

import gc
import weakref

from kg.resources import settle


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
