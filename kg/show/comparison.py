"""An evaluation to look at: gold and system side by side on the text, as one HTML page.

Takes an `Evaluation` and the articles' texts and gives a page that needs no network and no script.
Words of events are marked: green where both sides agree, red where gold stands alone, amber where
the system does. Text from articles is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from kg.show.agreement import Line, names_of, participants
from kg.show.evaluate import Evaluation, Fault, Pairing

__all__ = ["comparison_page"]

_STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:78rem;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}
th,td{border-bottom:1px solid #8886;padding:.25rem .7rem;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:2rem}
.text{white-space:pre-wrap}
mark{border-radius:.2em;padding:0 .15em;color:#000}
.both{background:#a7e3b0}.missed{background:#f5b0a9}.extra{background:#f7d894}
sub{font-size:.7em}
summary{cursor:pointer;font-weight:600}
@media(max-width:50rem){.sides{grid-template-columns:1fr}}
"""
_TITLE = "kg eval: gold and system side by side"


def comparison_page(evaluation: Evaluation, texts: Mapping[str, str]) -> str:
    """Give the page: the figures, then each article; one without text shows its events only."""
    articles = "\n".join(
        _article(pairing, texts.get(pairing.article, ""), evaluation.faults)
        for pairing in evaluation.articles
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{_TITLE}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body><h1>{_TITLE}</h1>\n{_figures(evaluation)}\n"
        '<p><mark class="both">both</mark> <mark class="missed">gold alone</mark> '
        '<mark class="extra">system alone</mark></p>\n'
        f"{articles}\n</body></html>\n"
    )


def _figures(evaluation: Evaluation) -> str:
    rows = "\n".join(
        f"<tr><th>{figure.name}</th><td class=n>{figure.precision:.3f}</td>"
        f"<td class=n>{figure.recall:.3f}</td><td class=n>{figure.f1:.3f}</td>"
        f"<td class=n>{figure.gold}</td><td class=n>{figure.system}</td></tr>"
        for figure in evaluation.figures
    )
    head = "".join(f"<th>{name}</th>" for name in ("", "P", "R", "F1", "gold", "system"))
    return f"<table><tr>{head}</tr>\n{rows}</table>"


def _article(pairing: Pairing, text: str, faults: Iterable[Fault]) -> str:
    gold = [line for line in pairing.gold if line["kind"] == "event"]
    system = [line for line in pairing.system if line["kind"] == "event"]
    paired_gold = {i for i, _ in pairing.pairs}
    paired_system = {j for _, j in pairing.pairs}
    own = [fault for fault in faults if fault.article == pairing.article]
    left = _side("Gold", gold, paired_gold, "missed", text)
    right = _side("System", system, paired_system, "extra", text)
    return (
        f"<details open><summary>{escape(pairing.article)}: {len(gold)} events in gold, "
        f"{len(system)} in the system, {len(paired_gold)} agree</summary>\n"
        f'<div class="sides">{left}{right}</div>\n{_faults(own)}</details>'
    )


def _side(name: str, events: list[Line], paired: set[int], alone: str, text: str) -> str:
    spans = [
        (mention["start"], mention["end"], "both" if i in paired else alone, event)
        for i, event in enumerate(events)
        for mention in event.get("mentions", [])
    ]
    marked = f'<p class="text">{_marked(text, spans)}</p>' if text else ""
    items = "".join(
        f'<li><mark class="{"both" if i in paired else alone}">{escape(_label(event))}</mark> '
        f"{escape(_slots(event))}</li>"
        for i, event in enumerate(events)
    )
    return f"<section><h3>{name}</h3>{marked}<ul>{items}</ul></section>"


def _marked(text: str, spans: list[tuple[int, int, str, Line]]) -> str:
    """Mark stretches of the text; where two overlap, the one that begins first is shown."""
    parts: list[str] = []
    at = 0
    for start, end, style, event in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at or end > len(text):
            continue
        label = escape(_label(event), quote=True)
        parts.append(escape(text[at:start]))
        parts.append(f'<mark class="{style}" title="{label}">{escape(text[start:end])}')
        parts.append(f"<sub>{escape(str(event.get('id', '')))}</sub></mark>")
        at = end
    parts.append(escape(text[at:]))
    return "".join(parts)


def _label(event: Line) -> str:
    mode = f" ({event['mode']})" if event.get("mode") else ""
    return f"{event.get('id', '')} {event['type']}{mode}".strip()


def _slots(event: Line) -> str:
    """Tell an event's slots in one line of words."""
    told = []
    for role in ("agents", "targets"):
        who = ", ".join(_participant(each) for each in participants(event, role))
        if who:
            told.append(f"{role}: {who}")
    if places := [names[0] for names in event.get("places") or []]:
        told.append("places: " + ", ".join(places))
    for toll in ("killed", "wounded"):
        if count := event.get(toll):
            most = "…" if count["max"] is None else count["max"]
            told.append(f"{toll}: {count['min']}–{most}")
    told += [str(event[slot]) for slot in ("date", "status") if event.get(slot)]
    return " · ".join(told)


def _participant(participant: object) -> str:
    names = names_of(participant)
    status = participant.get("status") if isinstance(participant, Mapping) else None
    return names[0] + (f" ({status})" if status not in (None, "asserted") else "")


def _faults(faults: list[Fault]) -> str:
    if not faults:
        return ""
    rows = "\n".join(
        f"<tr><td>{escape(fault.kind)}</td><td>{escape(fault.type)}</td>"
        f"<td>{escape(fault.gold)}</td><td>{escape(fault.system)}</td></tr>"
        for fault in faults
    )
    head = "<tr><th>fault</th><th>type</th><th>gold</th><th>system</th></tr>"
    return f"<table>{head}\n{rows}</table>"
