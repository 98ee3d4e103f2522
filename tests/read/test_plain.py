"""Text and Markdown files with their headers."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Article, Skipped
from kg.read.drafts import ReadOptions
from kg.read.plain import read_markdown, read_text

STORY = "Un obus a touché lundi une école de Sarkol.\n\nDeux élèves ont été blessés."
OPTIONS = ReadOptions()


def draft(content: str, reader: Any = read_text) -> Any:
    """Read one draft from the bytes of a file."""
    (found,) = reader(content.encode(), "name", OPTIONS)
    return found


def test_a_text_without_header_stays_as_it_is() -> None:
    """Every character of a text without header is kept, white space at both ends included."""
    text = f"  {STORY}\r\n \n"
    assert draft(text).text == text


def test_a_header_gives_the_metadata_and_leaves_the_text() -> None:
    """The five keys are read, in any order and case, and the text begins after the blank line."""
    found = draft(
        "Title: Une école touchée\ndate: 2020-02-13\nsource: AFP\n"
        f"url: https://example.org/a?b=c:d\nlang: fr\n\n{STORY}"
    )
    assert found.text == STORY
    assert (found.title, found.date, found.source) == ("Une école touchée", "2020-02-13", "AFP")
    assert (found.url, found.lang) == ("https://example.org/a?b=c:d", "fr")


@pytest.mark.parametrize(
    "first", ["Irak : l'armée avance", "Bilan: trois morts", "Selon la radio: rien de neuf"]
)
def test_a_headline_with_a_colon_is_no_header(first: str) -> None:
    """A first line that holds a colon but none of the keys belongs to the article."""
    assert draft(f"{first}\n\n{STORY}").text.startswith(first)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"date: 2020-02-13\nune ligne sans clé\n\n{STORY}", r"line 2 .* is not `key: value`"),
        (f"date: 2020-02-13\ntitel: Une école\n\n{STORY}", r"`titel`.*Did you mean `title`"),
        (f"titel: Une école\ndate: 2020-02-13\n\n{STORY}", r"`titel`.*Did you mean `title`"),
        ("date: 2020-02-13\nUn obus est tombé.", r"no blank line"),
    ],
)
def test_a_malformed_header_is_an_error_that_says_where(content: str, message: str) -> None:
    """A line without a key, an unknown key and a missing blank line are named."""
    with pytest.raises(ReadError, match=message):
        draft(content)


def test_front_matter_gives_the_metadata_and_markup_is_gone() -> None:
    """YAML front matter is read, other keys are passed over, and words stay without marks."""
    found = draft(
        "---\ntitle: Une école touchée\ndate: 2020-02-13\ntags: [sarkol]\n---\n"
        "# Une école touchée\n\nUn **obus** a touché [une école](https://example.org) de "
        "*Sarkol*.\n\n> Deux élèves.\n\n![photo](a.png)\n",
        read_markdown,
    )
    assert (found.title, found.date) == ("Une école touchée", "2020-02-13")
    assert found.text.split("\n\n") == [
        "Une école touchée",
        "Un obus a touché une école de Sarkol.",
        "Deux élèves.",
        "\n",
    ]


def test_malformed_front_matter_is_an_error() -> None:
    """Front matter that is no YAML mapping is named as such."""
    with pytest.raises(ReadError, match="malformed front matter"):
        draft("---\n- a\n- b\n---\nUn obus.", read_markdown)
    with pytest.raises(ReadError, match="malformed front matter"):
        draft("---\ntitle: [\n---\nUn obus.", read_markdown)


def test_the_date_file_beside_an_article_gives_its_date(read: Any, tmp_path: Path) -> None:
    """`a.date` dates `a.txt`; a date in the header goes before it, `--date` after it."""
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "a.date").write_text("2020-02-13\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"date: 2020-02-14\n\n{STORY}", encoding="utf-8")
    (tmp_path / "b.date").write_text("2020-02-13", encoding="utf-8")
    (tmp_path / "c.txt").write_text(STORY, encoding="utf-8")
    options = ReadOptions(date=datetime.date(2020, 2, 15))
    articles = read(tmp_path, options=options)
    assert [article.date.day for article in articles] == [13, 14, 15]


@pytest.mark.parametrize("wording", ["2020-02-30", "hier", ""])
def test_a_malformed_date_file_skips_its_article_alone(
    read: Any, tmp_path: Path, wording: str
) -> None:
    """An article with a bad date file is skipped with the file's name; the next one is read."""
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "a.date").write_text(wording, encoding="utf-8")
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    first, second = read(tmp_path)
    assert isinstance(first, Skipped) and "a.date" in first.reason and "not a date" in first.reason
    assert isinstance(second, Article)


def test_a_malformed_header_date_names_file_and_date(read: Any, tmp_path: Path) -> None:
    """The 45th of a month in the header is reported in one line with the file's name."""
    path = tmp_path / "a.txt"
    path.write_text(f"date: 2020-02-45\n\n{STORY}", encoding="utf-8")
    (skipped,) = read(path)
    assert isinstance(skipped, Skipped)
    assert skipped.path == str(path) and "`2020-02-45` is not a date" in skipped.reason
    assert "\n" not in skipped.reason


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_reason(content: bytes) -> None:
    """Whatever a file holds, the outcome is the end of its own text or a one-line reason."""
    try:
        (found,) = read_text(content, "name", OPTIONS)
    except ReadError as error:
        assert "\n" not in str(error)
    else:
        assert content.decode("utf-8-sig").endswith(found.text)


@given(st.text(max_size=200))
def test_any_text_after_a_header_is_kept(text: str) -> None:
    """The article after a header is untouched, whatever it begins with."""
    content = f"date: 2020-02-13\n\n{text}".encode("utf-8", "surrogatepass")
    try:
        (found,) = read_text(content, "name", OPTIONS)
    except ReadError:
        return  # control characters and lone surrogates are no text
    assert found.text == text
