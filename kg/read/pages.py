"""Saved web pages: the article without the menus around it.

Takes the bytes of an `.html` file and gives its article as a draft: body, title and date as
trafilatura finds them. Also gives the words of an HTML fragment, for feeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from kg.errors import ReadError
from kg.read.drafts import Draft, ReadOptions

__all__ = ["fragment_text", "read_page", "with_headline"]

_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p section table "
    "tr ul".split()
)
_SILENT = frozenset({"script", "style", "template", "noscript", "head"})


def read_page(content: bytes, name: str, options: ReadOptions) -> Iterator[Draft]:
    """Read a saved web page.

    Raises:
        ReadError: No article body is found in the page.
    """
    # trafilatura takes half a second to import, which runs without web pages need not wait for.
    from trafilatura import bare_extraction

    page = bare_extraction(
        content,
        include_comments=False,
        include_tables=False,
        include_images=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    body = getattr(page, "text", None)
    if page is None or not body:
        raise ReadError("no article body found in this page. Save its text as .txt instead.")
    title = getattr(page, "title", None)
    yield Draft(
        text=with_headline(title, body.replace("\n", "\n\n")),
        name=name,
        title=title,
        date=getattr(page, "date", None),
        source=getattr(page, "sitename", None),
        url=getattr(page, "url", None),
    )


def with_headline(title: str | None, body: str) -> str:
    """Put the headline before the body, unless the body begins with it."""
    if not title or body.lstrip().startswith(title):
        return body
    return f"{title}\n\n{body}"


def fragment_text(fragment: str) -> str:
    """Give the words of an HTML fragment, one blank line between blocks.

    Example:
        >>> fragment_text("<p>Un <b>mot</b>.</p><p>Deux&nbsp;&amp; trois.</p>")
        'Un mot.\\n\\nDeux\\xa0& trois.'
    """
    words = _Words()
    words.feed(fragment)
    words.close()
    blocks = (" ".join(block.split(" ")).strip() for block in "".join(words.parts).split("\n"))
    return "\n\n".join(block for block in blocks if block)


class _Words(HTMLParser):
    """Collects the visible words of a fragment, a line feed at each block's border."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(" ".join(data.replace("\n", " ").split(" ")))
