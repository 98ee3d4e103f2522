"""The sentence around a stretch of an article.

Takes offsets and gives offsets. Where the reading knows its sentences those are taken; elsewhere
(gold facts, a second reader) a line and its full stops have to do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

__all__ = ["SentenceFinder"]

# A full stop ends a sentence after three letters, a digit or a closing mark and before a capital,
# so that initials and short titles ("M. X") do not.
_STOP = re.compile(
    r"(?:(?<=\w{3})|(?<=\d)|(?<=[»”\")\]]))[.!?…]+[»”\")\]]*\s+(?=[^\W\d_a-z]|[«“\"(—–-])"
)


class SentenceFinder:
    """Finds sentences of one text."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._sentences = sorted(sentences)
        self._starts = [start for start, _ in self._sentences]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Give the bounds of the sentence or sentences that hold `[start, end)`, without blanks.

        Example:
            >>> text = "Il dort. M. Bru est parti. Elle aussi."
            >>> text[slice(*SentenceFinder(text, ()).around(13, 16))]
            'M. Bru est parti.'
        """
        first, last = self._known(start, end) or self._guessed(start, end)
        first, last = min(first, start), max(last, end)
        while first < start and self._text[first].isspace():
            first += 1
        while last > end and self._text[last - 1].isspace():
            last -= 1
        return first, last

    def _known(self, start: int, end: int) -> tuple[int, int] | None:
        at = bisect_right(self._starts, start) - 1
        if at < 0 or self._sentences[at][1] <= start:
            return None
        until = max(bisect_right(self._starts, end - 1) - 1, at)
        return self._sentences[at][0], self._sentences[until][1]

    def _guessed(self, start: int, end: int) -> tuple[int, int]:
        first = self._text.rfind("\n", 0, start) + 1
        last = self._text.find("\n", end)
        last = len(self._text) if last < 0 else last
        for stop in _STOP.finditer(self._text, first, last):
            if stop.end() <= start:
                first = stop.end()
            elif stop.end() > end:
                return first, stop.end()
        return first, last
