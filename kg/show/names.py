"""Names that a person may have meant.

Takes a name that nothing has and the names that things have, and gives the end of a message.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

__all__ = ["suggestion"]

_CLOSE = 65.0  # rapidfuzz's score, 0 to 100, from which a name may be a slip for another


def suggestion(name: str, known: Iterable[str]) -> str:
    """Give "Did you mean …?" with up to three names, the closest first, or a hint where to look.

    Example:
        >>> suggestion("Solemani", ["Iran", "Soleimani"])
        "Did you mean 'Soleimani'?"
    """
    unique = sorted(dict.fromkeys(known))
    best = process.extract(
        name, unique, scorer=fuzz.WRatio, processor=str.casefold, limit=3, score_cutoff=_CLOSE
    )
    if not best:
        return "`kg draw` has a table of all that is there."
    return f"Did you mean {' or '.join(repr(each) for each, _, _ in best)}?"
