"""Tests of kg/show/stored.py: the graph gives back the facts that went into it."""

from __future__ import annotations

import json

from kg.model import Reading
from kg.show.facts import fact_lines
from kg.show.stored import stored_facts
from kg.store.base import Store


def test_the_seed_comes_back_out_of_the_store(seed_store: Store, seed_reading: Reading) -> None:
    """Every event, relation and link has the same type, place, date, toll and participants."""
    (text,) = stored_facts(seed_store).values()
    found = [json.loads(line) for line in text.splitlines()]
    wanted = fact_lines(seed_reading)
    assert sorted(map(_gist, found)) == sorted(map(_gist, wanted))


def _gist(line: dict[str, object]) -> str:
    """Give what a line says but for ids, names' order and the choice of the canonical name."""
    kept = {
        key: line.get(key)
        for key in ("kind", "type", "mode", "date", "killed", "wounded", "count", "status")
    }
    mentions = line["mentions"]
    assert isinstance(mentions, list)
    kept["mentions"] = sorted((each["start"], each["end"]) for each in mentions)
    for role in ("agents", "targets"):
        parts = line.get(role) or []
        assert isinstance(parts, list)
        kept[role] = sorted(
            [each["status"], sorted(each["names"]), sorted(each.get("by") or [])] for each in parts
        )
    for end in ("subject", "object"):
        names = line.get(end) or []
        assert isinstance(names, list)
        kept[end] = sorted(names)
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)
