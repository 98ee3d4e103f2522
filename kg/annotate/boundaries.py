"""Where sentences begin: takes a tagged Doc, tells the parser where to break and where not.

The parser decides where sentences begin while it builds the tree, and it sees neither white space
nor what a title looks like. This component, before it in the pipeline, adds up the weights of the
features of every gap. Where the sum is clear the token is set as a start or as none, and the parser
keeps to that; where it is not, the parser decides. The weights are part of the model, in its folder
`boundaries/`; `training/boundaries.py` fits them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.gaps import gap_features, may_begin

__all__ = ["Boundaries", "make_boundaries"]

_FILE = "weights.json.gz"
_CLEAR = 2.0  # log odds: seven to one


class Boundaries:
    """Sets `is_sent_start` where the weights leave no doubt."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set starts in place; with no weights the parser is left alone."""
        if not self.weights:
            return doc
        sums = self.weigh(doc)
        for index in range(1, len(doc)):
            value = sums.get(index, -_CLEAR)
            if abs(value) >= _CLEAR:
                doc[index].is_sent_start = value > 0
        return doc

    def weigh(self, doc: Doc) -> dict[int, float]:
        """Give the log odds that a sentence begins, for every token where one may."""
        weights = self.weights
        gaps = [i for i in range(1, len(doc)) if may_begin(doc, i)]
        named = zip(gaps, gap_features(doc, gaps), strict=True)
        return {i: sum(weights.get(name, 0.0) for name in names) for i, names in named}

    def fill(self, weights: Mapping[str, float]) -> None:
        """Take over weights by feature."""
        self.weights = dict(sorted(weights.items()))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        srsly.write_gzip_json(folder / _FILE, self.weights)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Boundaries:
        """Read the weights from the folder `path`."""
        self.weights = srsly.read_gzip_json(Path(path) / _FILE)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the weights as bytes, for a pipeline sent to another process."""
        packed: bytes = srsly.msgpack_dumps(self.weights)
        return packed

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Boundaries:
        """Read the weights from what `to_bytes` gave."""
        self.weights = srsly.msgpack_loads(data)
        return self


@Language.factory(
    "kg_boundaries_v1", assigns=["token.is_sent_start"], requires=["token.pos", "token.morph"]
)
def make_boundaries(nlp: Language, name: str) -> Boundaries:
    """Make the component without weights; loading a model fills them."""
    return Boundaries()
