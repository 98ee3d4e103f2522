"""Bytes into text, with a reason when they are not text.

Takes the bytes of a file and gives its exact characters. Only UTF-8 is read, with or without a
byte order mark: a guess between the other encodings would be wrong in silence, so the user is told
how to convert instead.
"""

from __future__ import annotations

from kg.errors import ReadError

__all__ = ["decode"]

_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
)
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def decode(content: bytes) -> str:
    """Give the text of `content`, line endings untouched, without a byte order mark.

    Raises:
        ReadError: The bytes are a binary file or another encoding; the message has no file name.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError("UTF-16, not UTF-8. Convert it with: iconv -f utf-16 -t utf-8")
    if content.startswith(_SIGNATURES) or _is_binary(content):
        raise ReadError("a binary file, not text. Save the article as .txt, .md or .html.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise ReadError(
            f"not UTF-8 (byte 0x{byte:02x} at position {error.start}). "
            "Convert it with: iconv -f latin1 -t utf-8"
        ) from error


def _is_binary(content: bytes) -> bool:
    start = content[:8192]
    controls = sum(byte in _CONTROLS for byte in start)
    return 0 in start or controls * 50 > len(start)
