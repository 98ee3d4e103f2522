"""The word lists that the readers of slots share.

Takes `slots.yaml` of a language, gives its lists.
"""

from __future__ import annotations

from kg.resources import language_file, read_yaml

__all__ = ["SlotWords"]


class SlotWords:
    """The word lists of `slots.yaml`; nested groups are reached as "group.list"."""

    def __init__(self, lang: str) -> None:
        content = read_yaml(language_file(lang, "slots.yaml"))
        assert isinstance(content, dict)
        self._lists: dict[str, frozenset[str]] = {}
        for name, words in content.items():
            groups = words.items() if isinstance(words, dict) else [("", words)]
            for inner, listed in groups:
                self._lists[f"{name}.{inner}" if inner else name] = frozenset(listed)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._lists[name]
