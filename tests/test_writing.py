"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.writing import write_atomically


def test_a_file_is_written_with_its_folders_and_line_ends(tmp_path: Path) -> None:
    """Missing folders are made and no line end is translated."""
    path = tmp_path / "a" / "b.txt"
    write_atomically(path, "é\r\nè\n")
    assert path.read_bytes() == "é\r\nè\n".encode()
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """A text that cannot be encoded leaves what was there, and no half-written file beside it."""
    path = tmp_path / "a.txt"
    write_atomically(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "new \udc80")
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text(encoding="utf-8") == "old"
