"""Folders, kinds of files, bad files, ids."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, Skipped
from kg.read.drafts import ReadOptions
from kg.read.identifiers import Identifiers, safe_name
from kg.read.inputs import list_inputs

STORY = "Un obus a touché lundi une école de Sarkol, dans le nord du pays, selon la police."
ENGLISH = (
    "A rocket hit a school in the north of the country on Monday, wounding two children, the "
    "police said. It was not clear who was behind the attack."
)
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def write(path: Path, text: str = STORY) -> Path:
    """Write a text file, its folders included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def reason(found: object) -> str:
    """Give why an input was skipped; it must be one line."""
    assert isinstance(found, Skipped)
    assert "\n" not in found.reason
    return found.reason


def test_the_seed_is_read_byte_for_byte(read: Any) -> None:
    """The seed's text is that of its file, dated by the file beside it."""
    (article,) = read(SEEDS)
    assert article.text.encode() == Path(article.path).read_bytes()
    assert article.date.isoformat() == "2020-02-13"
    assert article.id == "000_8f8d5bade8e20037"


def test_folders_are_read_to_the_bottom_in_sorted_order(read: Any, tmp_path: Path) -> None:
    """Subfolders are searched, hidden files are not, and the order is that of the names."""
    for name in ("b.txt", "a/z.md", "a/b/c.txt", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name)
    assert [article.id for article in read(tmp_path)] == ["b", "z", "c"]


def test_a_file_named_twice_is_read_once(read: Any, tmp_path: Path) -> None:
    """A file given by itself and through its folder is one article."""
    path = write(tmp_path / "a.txt")
    assert len(read(path, tmp_path)) == 1


def test_bad_files_are_reported_and_the_good_one_is_read(read: Any, tmp_path: Path) -> None:
    """Each kind of bad file is skipped with its own reason, and the good article is built."""
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "latin1.txt").write_bytes(STORY.encode("latin-1"))
    (tmp_path / "long.txt").write_text("Un obus. " * 600_000, encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "spaces.txt").write_text(" \n\n ", encoding="utf-8")
    (tmp_path / "utf16.txt").write_bytes(STORY.encode("utf-16"))
    found = {Path(each.path).name: each for each in read(tmp_path, tmp_path / "missing")}
    assert isinstance(found.pop("good.txt"), Article)
    reasons = {name: reason(each) for name, each in found.items()}
    assert "binary" in reasons["binary.txt"]
    assert "empty" in reasons["empty.txt"] and "empty" in reasons["spaces.txt"]
    assert "not UTF-8" in reasons["latin1.txt"]
    assert "iconv -f latin1 -t utf-8" in reasons["latin1.txt"]
    assert "5,400,000 characters" in reasons["long.txt"]
    assert "no reader for `.png`" in reasons["photo.png"]
    assert "UTF-16" in reasons["utf16.txt"]
    assert "no such file or folder" in reasons["missing"]


def test_a_byte_order_mark_is_no_part_of_the_text(read: Any, tmp_path: Path) -> None:
    """UTF-8 with a byte order mark gives the same text as without."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + STORY.encode())
    (article,) = read(tmp_path)
    assert article.text == STORY


def test_another_language_is_skipped_by_name(read: Any, tmp_path: Path) -> None:
    """An English article is not French, and the reason says what it looks like."""
    write(tmp_path / "a.txt", ENGLISH)
    (skipped,) = read(tmp_path)
    assert reason(skipped) == "not French: looks like English."


def test_the_headers_language_is_believed(read: Any, tmp_path: Path) -> None:
    """An article whose header names another language is skipped."""
    write(tmp_path / "a.txt", f"lang: en\n\n{STORY}")
    (skipped,) = read(tmp_path)
    assert "its header says `en`" in reason(skipped)


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (STORY, 1),
        (f'{{"text": "{STORY}"}}\n{{"text": "{STORY} Ter."}}\n', 2),
        (f"<html><body><article><p>{STORY * 4}</p></article></body></html>", 1),
    ],
)
def test_standard_input_is_recognised_by_its_beginning(
    read: Any, monkeypatch: pytest.MonkeyPatch, content: str, ids: int
) -> None:
    """`-` reads text, JSON Lines or a page, whichever it is."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    articles = read("-")
    assert len({article.id for article in articles}) == ids
    assert all(isinstance(article, Article) for article in articles)


def test_ids_are_safe_unique_and_the_same_each_time(read: Any, tmp_path: Path) -> None:
    """Two files of one name in two folders get two ids, and the same ones on every run."""
    write(tmp_path / "a" / "été: l'armée?.txt")
    write(tmp_path / "b" / "été: l'armée?.txt", STORY + " Suite.")
    first, second = (article.id for article in read(tmp_path))
    assert first == "ete-l-armee" and second.startswith("ete-l-armee-")
    assert [article.id for article in read(tmp_path)] == [first, second]


def test_ids_differ_when_only_case_does() -> None:
    """File systems that ignore case keep both articles apart."""
    identifiers = Identifiers()
    assert identifiers.give("A", "x") != identifiers.give("a", "x")
    assert len({identifiers.give("a", "x").lower() for _ in range(12)}) == 12


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "CON\0", "  ", "صحيفة", "x" * 300])
def test_a_name_cannot_leave_its_folder(name: str) -> None:
    """Ids hold no separator, no dot at the start and at most 80 characters; none is empty."""
    assert "/" not in safe_name(name) and not safe_name(name).startswith(".")
    identifier = Identifiers().give(name, "x")
    assert 0 < len(identifier) <= 80 and "/" not in identifier


def test_the_id_column_cannot_leave_its_folder(read: Any, tmp_path: Path) -> None:
    """An id in a table is made safe before it names a file."""
    path = write(tmp_path / "a.jsonl", f'{{"id": "../../x", "text": "{STORY}"}}')
    (article,) = read(path)
    assert article.id == "x"


def test_list_inputs_keeps_missing_paths(tmp_path: Path) -> None:
    """A path that does not exist stays in the list, so that it is reported."""
    assert list_inputs([str(tmp_path / "no")]) == (tmp_path / "no",)


def test_a_folder_can_be_left_out(tmp_path: Path) -> None:
    """What an earlier run wrote below the input folder is not listed."""
    write(tmp_path / "a.txt")
    write(tmp_path / "build" / "report.md")
    listed = list_inputs([str(tmp_path)], leave_out=tmp_path / "build")
    assert listed == (tmp_path / "a.txt",)


def test_the_longest_article_is_an_option(read: Any, tmp_path: Path) -> None:
    """A lower limit skips what passes it."""
    write(tmp_path / "a.txt")
    (skipped,) = read(tmp_path, options=ReadOptions(max_length=10))
    assert "at most 10" in reason(skipped)
