"""Plain text and Markdown files, with their headers.

Takes the bytes of one file and gives its one article as a draft. A `.txt` file may begin with a
`key: value` header and a blank line; a `.md` file with YAML front matter between `---` lines.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

import yaml

from kg.errors import ReadError
from kg.read.decoding import decode
from kg.read.drafts import Draft, ReadOptions

__all__ = ["read_markdown", "read_text"]

_KEYS = ("date", "title", "source", "url", "lang")
_HEADER_LINE = re.compile(r"([A-Za-z]+)\s*:(?:\s+(.*?))?\s*$")
_BLANK = re.compile(r"\r?\n[ \t]*\r?\n")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?:\r?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)


def read_text(content: bytes, name: str, options: ReadOptions) -> Iterator[Draft]:
    """Read a `.txt` file: an optional header, then the article exactly as it stands.

    Raises:
        ReadError: The bytes are not UTF-8 text, or the header is malformed.
    """
    text = decode(content)
    header, body = _split_header(text)
    yield Draft(text=body, name=name, **header)


def read_markdown(content: bytes, name: str, options: ReadOptions) -> Iterator[Draft]:
    """Read a `.md` file: front matter if there is any, then the words without the markup.

    Raises:
        ReadError: The bytes are not UTF-8 text, or the front matter is malformed.
    """
    text = decode(content)
    header: dict[str, str] = {}
    if match := _FRONT_MATTER.match(text):
        header = _front_matter(match[1])
        text = text[match.end() :]
    yield Draft(text=_without_markup(text), name=name, **header)


def _split_header(text: str) -> tuple[dict[str, str], str]:
    end = _BLANK.search(text)
    block = text[: end.start()] if end else text
    lines = block.splitlines()
    matches = [_HEADER_LINE.match(line) for line in lines]
    if not _is_header(matches):
        return {}, text
    if end is None and len(lines) != len([match for match in matches if match]):
        raise ReadError("malformed header: no blank line ends it. Put one before the article.")
    header: dict[str, str] = {}
    for number, (line, match) in enumerate(zip(lines, matches, strict=True), start=1):
        if match is None:
            raise ReadError(
                f"malformed header: line {number} `{_short(line)}` is not `key: value`. "
                "Mend it, or put a blank line before the article."
            )
        key = match[1].lower()
        if key not in _KEYS:
            raise ReadError(f"malformed header: unknown key `{key}` in line {number}.{_hint(key)}")
        if match[2]:
            header[key] = match[2]
    return header, text[end.end() :] if end else ""


def _is_header(matches: list[re.Match[str] | None]) -> bool:
    """Tell a header from a first paragraph that holds a colon ("Irak : l'armée avance")."""
    known = [match is not None and match[1].lower() in _KEYS for match in matches]
    return bool(known) and (known[0] or (any(known) and all(matches)))


def _hint(key: str) -> str:
    close = difflib.get_close_matches(key, _KEYS, n=1)
    return f" Did you mean `{close[0]}`?" if close else f" Known keys: {', '.join(_KEYS)}."


def _short(line: str) -> str:
    return line if len(line) <= 40 else line[:40] + "…"


def _front_matter(block: str) -> dict[str, str]:
    try:
        values = yaml.safe_load(block)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise ReadError(f"malformed front matter: {reason}") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ReadError("malformed front matter: not a list of `key: value` lines.")
    return {key: str(values[key]) for key in _KEYS if values.get(key) is not None}


# Each pattern keeps the words that a reader of the rendered page sees.
_MARKUP = tuple(
    (re.compile(pattern, re.MULTILINE), words)
    for pattern, words in (
        (r"```.*?```|<!--.*?-->", ""),
        (r"!\[[^\]\n]*\]\([^)\n]*\)", ""),
        (r"\[([^\]\n]*)\]\([^)\n]*\)", r"\1"),
        (r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", r"\1"),
        (r"^[ \t]{0,3}>[ \t]?", ""),
        (r"^[ \t]*[*+-][ \t]+", ""),
        (r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2"),
        (r"(?<!\w)([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)", r"\2"),
        (r"`([^`\n]+)`", r"\1"),
    )
)


def _without_markup(text: str) -> str:
    for pattern, words in _MARKUP:
        text = pattern.sub(words, text)
    return text
