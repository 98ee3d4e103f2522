"""How firmly a standing relation is said, from what hangs on its verb or noun.

Takes a tree and a token, gives a `Status`: negation, and the conditional that French news uses for
hearsay. Events have their own, finer reading in `factuality.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.tree import Tree
from kg.model import Status

__all__ = ["read_firmness"]


def read_firmness(tree: Tree, i: int, lists: Mapping[str, frozenset[str]]) -> Status:
    """Read negation, hearsay conditional and distancing words around a verb or predicate.

    `lists` are those of `relations.yaml`; the conditional is known by its form too, because taggers
    take it for the imperfect.
    """
    kids = tree.kids[i]
    words = {tree.lower[k] for k in kids}
    if "pas" in words or ("jamais" in words and not words.isdisjoint(("ne", "n'"))):
        return Status.NEGATED
    finite = [i, *(k for k in kids if tree.dep[k].startswith(("aux", "cop")))]
    conditional = any(tree.has(k, "Mood=Cnd") or tree.lower[k] in lists["hearsay"] for k in finite)
    return Status.ALLEGED if conditional or words & lists["alleging"] else Status.ASSERTED
