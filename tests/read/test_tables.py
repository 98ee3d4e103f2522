"""JSON Lines, CSV and feeds: many articles in one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, Skipped
from kg.read.drafts import Columns, ReadOptions
from kg.settings import PARTS

STORY = "Un obus a touché lundi une école de Sarkol, dans le nord du pays, selon la police."


def test_json_lines_give_an_article_a_line(read: Any, tmp_path: Path) -> None:
    """Each line is an article with its metadata; a bad one is reported with its number."""
    lines = [
        json.dumps({"id": "n1", "text": STORY, "date": "2020-02-13", "title": "T", "source": "S"}),
        "{oops",
        "",
        json.dumps({"body": STORY}),
        json.dumps([1]),
        json.dumps({"text": STORY + " Suite.", "date": "2020-99-13"}),
        json.dumps({"text": STORY + " Fin.", "date": None}),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path)
    articles = [each for each in found if isinstance(each, Article)]
    skipped = [(each.path.rpartition(", ")[2], each.reason) for each in found
               if isinstance(each, Skipped)]  # fmt: skip
    assert [article.id for article in articles] == ["n1", "a-7"]
    assert articles[0].date is not None and articles[0].title == "T"
    assert [place for place, _ in skipped] == ["line 2", "line 4", "line 5", "line 6"]
    assert "not a date" in skipped[3][1]


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800"])
def test_json_escapes_of_no_character_are_refused(read: Any, tmp_path: Path, escape: str) -> None:
    """A null or half a surrogate pair, which no UTF-8 file can hold, skips its line alone."""
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "{STORY} {escape}"}}\n{{"text": "{STORY}"}}', encoding="utf-8")
    skipped, article = read(path)
    assert "is no character" in skipped.reason and isinstance(article, Article)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_columns_are_named_by_options(read: Any, tmp_path: Path, delimiter: str) -> None:
    """The user's column names are used, whatever separates the columns."""
    rows = [["corps", "jour", "titre"], [f'"{STORY}\n\nUne suite."', "13/02/2020", "École"]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")
    options = ReadOptions(columns=Columns(text="corps", date="jour", title="titre"))
    (article,) = read(path, options=options)
    assert article.text.endswith("Une suite.")
    assert (article.date.isoformat(), article.title) == ("2020-02-13", "École")


def test_the_settings_name_every_part_of_an_article() -> None:
    """What `--column` takes are the columns that the readers know."""
    assert tuple(Columns.__dataclass_fields__) == PARTS


def test_a_missing_text_column_is_named_with_those_there_are(read: Any, tmp_path: Path) -> None:
    """A CSV file without the text column says which columns it has and which option to use."""
    path = tmp_path / "a.csv"
    path.write_text("corps,jour\nx,y\n", encoding="utf-8")
    (skipped,) = read(path)
    assert "no column `text`" in skipped.reason and "corps, jour" in skipped.reason
    assert "--column text=" in skipped.reason


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Le Fil</title>
<item><title>Une école touchée</title><link>https://example.org/1</link><guid>g1</guid>
<pubDate>Thu, 13 Feb 2020 21:15:00 +0000</pubDate><description>Résumé.</description>
<content:encoded><![CDATA[<p>{STORY}</p><p>Une &amp; suite.</p><script>x</script>]]>
</content:encoded></item>
<item><title>Rien</title><guid>g2</guid></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Fil</title>
<entry><title>Une école touchée</title><id>urn:1</id><updated>2020-02-13T21:15:00Z</updated>
<link rel="self" href="https://example.org/feed"/><link href="https://example.org/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content>
</entry></feed>"""


def test_an_rss_feed_gives_its_items(read: Any, tmp_path: Path) -> None:
    """The fullest text is read, with headline, date, source and address."""
    path = tmp_path / "fil.xml"
    path.write_text(RSS, encoding="utf-8")
    article, skipped = read(path)
    assert article.text == f"Une école touchée\n\n{STORY}\n\nUne & suite."
    assert article.date.isoformat() == "2020-02-13"
    assert (article.source, article.url) == ("Le Fil", "https://example.org/1")
    assert skipped.path.endswith("entry 2") and "no text" in skipped.reason


def test_an_atom_feed_gives_its_entries(read: Any, tmp_path: Path) -> None:
    """XHTML content is read as words and the alternate link is the address."""
    path = tmp_path / "fil.xml"
    path.write_text(ATOM, encoding="utf-8")
    (article,) = read(path)
    assert article.text == f"Une école touchée\n\n{STORY}"
    assert (article.date.isoformat(), article.url) == ("2020-02-13", "https://example.org/1")


def test_an_entry_keeps_its_id_when_the_feed_grows(read: Any, tmp_path: Path) -> None:
    """A new item at the top of a feed leaves the ids of the others as they were."""
    path = tmp_path / "fil.xml"
    path.write_text(RSS, encoding="utf-8")
    before = read(path)[0].id
    newer = f"<item><title>N</title><guid>g0</guid><description>{STORY} N.</description></item>"
    path.write_text(RSS.replace("<item>", f"{newer}<item>", 1), encoding="utf-8")
    assert before in [each.id for each in read(path) if isinstance(each, Article)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<a><b></a>", "not XML"),
        ("<catalog><item/></catalog>", "no RSS or Atom feed"),
        ('<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>', "declares entities"),
    ],
)
def test_what_is_no_feed_is_refused(read: Any, tmp_path: Path, content: str, message: str) -> None:
    """Broken XML, other XML and XML with entities are skipped with a reason."""
    path = tmp_path / "a.xml"
    path.write_text(content, encoding="utf-8")
    (skipped,) = read(path)
    assert message in skipped.reason
