"""RSS and Atom files: one article an entry.

Takes the bytes of an `.xml` file and gives a draft for each entry with its headline, its text, its
date and its address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from xml.etree import ElementTree

from kg.errors import ReadError
from kg.model import Skipped
from kg.read.drafts import Draft, ReadOptions
from kg.read.pages import fragment_text, with_headline

__all__ = ["read_feed"]

# The fullest text first: some feeds hold a summary beside the whole article.
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "updated")


def read_feed(content: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Skipped]:
    """Read an RSS or Atom feed.

    Raises:
        ReadError: The file is not XML, declares entities, or is no feed.
    """
    if b"<!ENTITY" in content:
        raise ReadError("an XML file that declares entities is not read, to keep out bombs.")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise ReadError(f"not XML: {error}") from error
    feed = _child_text(root if _local(root) == "feed" else _child(root, "channel"), "title")
    entries = [node for node in root.iter() if _local(node) in ("item", "entry")]
    if _local(root) not in ("rss", "feed", "RDF"):
        raise ReadError(f"no RSS or Atom feed: its root is `{_local(root)}`.")
    for number, entry in enumerate(entries, start=1):
        yield _entry(entry, number, name, feed)


def _entry(entry: ElementTree.Element, number: int, name: str, feed: str | None) -> Draft | Skipped:
    title = _child_text(entry, "title")
    body = next((text for tag in _TEXTS if (text := _body(entry, tag))), "")
    if not body:
        return Skipped(path=f"entry {number}", reason="no text in this entry.")
    url = _link(entry)
    key = _child_text(entry, "guid") or _child_text(entry, "id") or url or body
    return Draft(
        text=with_headline(title, body),
        # The place in a feed changes with every new entry; what identifies it does not.
        name=f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:8]}",
        place=f"entry {number}",
        title=title,
        date=next((date for tag in _DATES if (date := _child_text(entry, tag))), None),
        source=feed,
        url=url,
    )


def _local(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _child(node: ElementTree.Element, tag: str) -> ElementTree.Element | None:
    return next((child for child in node if _local(child) == tag), None)


def _child_text(node: ElementTree.Element | None, tag: str) -> str | None:
    child = _child(node, tag) if node is not None else None
    text = "".join(child.itertext()).strip() if child is not None else ""
    return fragment_text(text) or None if text else None


def _body(entry: ElementTree.Element, tag: str) -> str:
    child = _child(entry, tag)
    if child is None:
        return ""
    if len(child):  # XHTML inside Atom
        return fragment_text(ElementTree.tostring(child, encoding="unicode", method="html"))
    return fragment_text(child.text or "")


def _link(entry: ElementTree.Element) -> str | None:
    links = [child for child in entry if _local(child) == "link"]
    alternate = [link for link in links if link.get("rel", "alternate") == "alternate"]
    for link in alternate or links:
        if address := (link.get("href") or (link.text or "").strip()):
            return address
    return None
