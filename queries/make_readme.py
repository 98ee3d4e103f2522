"""Write `queries/README.md` from the headers of the queries beside it.

Run it after any change of a header: `python queries/make_readme.py`. A test makes it anew and
compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.store.headers import Query, list_queries

HERE = Path(__file__).resolve().parent

_HEAD = """\
<!-- Written by queries/make_readme.py: do not edit. -->

# Questions to ask of the graph

`kg ask NAME -s STORE` runs a question by its name; `-p name=value` gives a parameter. Every
parameter may be left out: the question is then asked for all. In the files a parameter is written
`$name`.

Facts are what an article itself asserts. What somebody alleges stands apart, under
`kg:allegedAgent`, `kg:allegedTarget` and `kg:allegedlyAttacked`, and in the statements with the
status `kg:Alleged`. Totals count an event once, however many articles tell of it.

| question | name | parameters |
|---|---|---|
"""
_DERIVE = """
# What is derived

The fact view is made of statements by the `CONSTRUCT` queries in `derive/`, in this order: the
plain triples, the alleged ones and the labels first, then the direct edges, which look at nothing
but those and the classes of things.

| query | derives |
|---|---|
"""


def make_readme(folder: Path) -> str:
    """Give the text of the README for a folder of queries."""
    queries = list_queries(folder)
    rows = [
        f"| {query.question_en}<br>*{query.question_fr}* | [{query.name}]({query.name}.rq) "
        f"| {'<br>'.join(_parameters(query)) or '–'} |\n"
        for query in queries
    ]
    details = [_details(query) for query in queries]
    derive = [
        f"| [{path.name}](derive/{path.name}) | {_derives(path)} |\n"
        for path in sorted((folder / "derive").glob("*.rq"))
    ]
    return "".join([_HEAD, *rows, "\n# Columns\n\n", *details, _DERIVE, *derive])


def _parameters(query: Query) -> list[str]:
    return [f"`{param.name}` ({param.type}): {param.meaning}" for param in query.params]


def _details(query: Query) -> str:
    columns = ", ".join(
        f"`{column.name}`" + (f" ({column.meaning})" if column.meaning else "")
        for column in query.columns
    )
    return f"- **{query.name}**: {columns}.\n"


def _derives(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [line.partition(":")[2].strip() for line in lines if line.startswith("#+ derives:")]
    return " ".join(found)


def main() -> None:
    """Write the README beside the queries."""
    target = HERE / "README.md"
    target.write_text(make_readme(HERE), encoding="utf-8")
    print(f"{target.relative_to(HERE.parent)} written", file=sys.stderr)


if __name__ == "__main__":
    main()
