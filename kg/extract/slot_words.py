"""The word lists that the readers of slots share.

Takes `slots.yaml` and `places.yaml` of a language, gives their lists.
"""

from __future__ import annotations

from kg.resources import language_file, read_yaml

__all__ = ["SlotWords"]


class SlotWords:
    """The word lists of both files; nested groups are reached as "group.list"."""

    def __init__(self, lang: str) -> None:
        self._lists: dict[str, frozenset[str]] = {}
        for file in ("slots.yaml", "places.yaml"):
            content = read_yaml(language_file(lang, file))
            assert isinstance(content, dict)
            for name, words in content.items():
                groups = words.items() if isinstance(words, dict) else [("", words)]
                for inner, listed in groups:
                    self._lists[f"{name}.{inner}" if inner else name] = frozenset(listed)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._lists[name]
