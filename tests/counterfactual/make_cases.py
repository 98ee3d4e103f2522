"""Turn marked articles into articles with gold fact lines.

Takes `cases/*.yaml` of a folder and gives `text/ID.txt`, `text/ID.date` and `gold/ID.jsonl`
beside it. A case holds its date, its text with the words of each fact in braces (`{e1 a visé}`,
`{e2,l1 riposté}`; braces may nest), and its facts without offsets. Names that mean the same are
parted by semicolons. A file may also hold a list of cases, each with its `id`.

usage: make_cases.py FOLDER...
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

__all__ = ["build_case", "read_cases"]

_MARK = re.compile(r"\{([erl]\d+[a-z]?(?:,[erl]\d+[a-z]?)*) |\}")
_COUNT = re.compile(r"(\d+)(?:-(\d+)|(\+))?")


def read_cases(folder: Path) -> list[tuple[str, str, str, list[dict[str, Any]]]]:
    """Build every case of a folder: `(id, date, text, fact lines)`, in the order of its files."""
    built = []
    for path in sorted((folder / "cases").glob("*.yaml")):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        cases = read if isinstance(read, list) else [{"id": path.stem, **read}]
        built += [build_case(case) for case in cases]
    return built


def build_case(case: dict[str, Any]) -> tuple[str, str, str, list[dict[str, Any]]]:
    """Build one case from its `id`, `date`, `text` and `facts`.

    Raises:
        ValueError: A mark is unbalanced, names no fact, or a fact has no mark.
    """
    ident = case["id"]
    text, spans = _unmark(ident, case["text"].rstrip("\n") + "\n")
    facts = [_expand(ident, fact, spans) for fact in case["facts"]]
    known = {next(iter(fact)) for fact in case["facts"]}
    if set(spans) - known:
        raise ValueError(f"{ident}: marks without a fact: {sorted(set(spans) - known)}")
    return ident, str(case["date"]), text, facts


def _unmark(name: str, marked: str) -> tuple[str, dict[str, list[dict[str, int]]]]:
    text, at = "", 0
    spans: dict[str, list[dict[str, int]]] = {}
    opened: list[tuple[list[str], int]] = []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group(1):
            opened.append((mark.group(1).split(","), len(text)))
            continue
        if not opened:
            raise ValueError(f"{name}: a brace closes nothing after {text[-30:]!r}")
        ids, start = opened.pop()
        for ident in ids:
            spans.setdefault(ident, []).append({"start": start, "end": len(text)})
    if opened:
        raise ValueError(f"{name}: a brace is never closed: {opened}")
    text += marked[at:]
    if "{" in text:
        raise ValueError(f"{name}: a brace without a fact near {text[text.index('{') :][:30]!r}")
    for found in spans.values():
        found.sort(key=lambda span: span["start"])
    return text, spans


def _names(value: str) -> list[str]:
    return [part.strip() for part in value.split(";")]


def _participant(value: str | dict[str, str]) -> dict[str, Any]:
    if isinstance(value, str):
        return {"names": _names(value), "status": "asserted"}
    out: dict[str, Any] = {"names": _names(value["names"]), "status": value["status"]}
    if "by" in value:
        out["by"] = _names(value["by"])
    return out


def _count(value: int | str | None) -> dict[str, int | None] | None:
    if value is None:
        return None
    found = _COUNT.fullmatch(str(value))
    if found is None:
        raise ValueError(f"not a count: {value!r}")
    low, high, is_open = found.groups()
    top = None if is_open else int(high or low)
    return {"min": int(low), "max": top}


def _expand(name: str, fact: dict[str, Any], spans: dict[str, Any]) -> dict[str, Any]:
    ident, words = next(iter(fact.items()))
    if ident not in spans:
        raise ValueError(f"{name}: fact {ident} has no words in the text")
    kind = {"e": "event", "r": "relation", "l": "link"}[ident[0]]
    typ, *more = words.split()
    status = {"status": fact.get("status", "asserted")}
    source = {"source": _names(fact["source"]) if "source" in fact else None}
    if kind == "link":
        ends = {"from": more[0], "to": more[1]}
        return {"kind": kind, "type": typ, **ends, **status, "mentions": spans[ident]}
    if kind == "relation":
        out = {"kind": kind, "type": typ, "subject": _names(fact["subject"])}
        out["object"] = _names(fact["object"])
        if "org" in fact:
            out["org"] = _names(fact["org"])
        return {**out, **status, **source, "mentions": spans[ident]}
    out = {"kind": kind, "id": ident, "type": typ, **({"mode": more[0]} if more else {})}
    out["mentions"] = spans[ident]
    for role in ("agents", "targets"):
        out[role] = [_participant(p) for p in fact.get(role, [])]
    out["places"] = [_names(p) for p in fact.get("places", [])]
    out["date"] = None if fact.get("date") is None else str(fact["date"])
    for key in ("about", "count"):
        if key in fact:
            out[key] = _count(fact[key]) if key == "count" else fact[key]
    if typ == "Attack" or "weapons" in fact:
        out["weapons"] = [str(w) for w in fact.get("weapons", [])]
    out["killed"], out["wounded"] = _count(fact.get("killed")), _count(fact.get("wounded"))
    return {**out, **status, **source}


def main(folders: list[str]) -> int:
    """Write the texts and gold of each folder."""
    for folder in map(Path, folders):
        for kind in ("text", "gold"):
            (folder / kind).mkdir(exist_ok=True)
        for ident, date, text, facts in read_cases(folder):
            (folder / "text" / f"{ident}.txt").write_text(text, encoding="utf-8")
            (folder / "text" / f"{ident}.date").write_text(date + "\n", encoding="utf-8")
            lines = "".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts)
            (folder / "gold" / f"{ident}.jsonl").write_text(lines, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
