"""Saved web pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

BODY = (
    "Un obus a touché lundi une école de Sarkol, dans le nord du pays, a annoncé la police. "
    "Deux élèves ont été blessés par des éclats et conduits à l'hôpital de la ville voisine. "
    "L'armée a ouvert le feu en retour, selon un porte-parole qui n'a pas voulu être nommé."
)
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="iso-8859-1">
<title>Une école touchée par un obus - Le Fil</title>
<meta property="og:title" content="Une école touchée par un obus">
<meta property="article:published_time" content="2020-02-13T21:15:00+00:00"></head>
<body><nav><a href="/">Accueil</a> <a href="/monde">Monde</a></nav>
<article><h1>Une école touchée par un obus</h1><p>{BODY}</p><p>{BODY} Encore.</p></article>
<aside>Abonnez-vous à notre lettre</aside><footer>Mentions légales</footer></body></html>"""


def test_a_page_gives_body_title_and_date(read: Any, tmp_path: Path) -> None:
    """The article is found without menu and footer, in the page's own encoding."""
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode("iso-8859-1"))
    (article,) = read(path)
    assert article.title == "Une école touchée par un obus"
    assert article.date.isoformat() == "2020-02-13"
    assert article.text.startswith("Une école touchée par un obus\n\nUn obus a touché lundi")
    assert "Encore." in article.text
    assert "Mentions" not in article.text and "Accueil" not in article.text


def test_a_page_without_article_is_skipped(read: Any, tmp_path: Path) -> None:
    """A page with nothing to read gives a reason."""
    path = tmp_path / "page.html"
    path.write_text("<html><body></body></html>", encoding="utf-8")
    (skipped,) = read(path)
    assert "no article body" in skipped.reason
