"""Write the declaration of the tables as a data package's schema and as the column guide.

`python -m reported.ledger.guide` writes both for this repository: the datapackage.json of each ledger, and docs/data.md.
"""

from __future__ import annotations

import json
from pathlib import Path

from reported.ground.place import DESCRIPTOR
from reported.ledger.records import TABLES
from reported.ledger.schema import columns
from reported.ledger.settings import SCHEMA_VERSION, read_settings

_INTRODUCTION = """# The ledger's tables

Generated from the declarations in `reported/ledger/records.py`.

A project's `data/` holds one CSV file for each table, in UTF-8 (with a byte order mark where this software writes
it, so that spreadsheets read it as such), its columns in any order. Commas, semicolons or
tabs between cells are read, as spreadsheets write them. A cell that begins with `?` is not decided yet: `check`
lists it, and no report is made before it is. `readings.csv` is shipped with the package; a file of that name in
`data/` takes its place. Columns marked \\* must not be empty. Dates are written as precisely as they are known:
2024, 2024-01 or 2024-01-26. What `check` says of cells that do not fit is in [faults.md](faults.md).
"""


def resources() -> list[dict[str, object]]:
    """Return the tables in the terms of the Data Package standard, for other software."""
    return [_resource(name, record) for name, record in TABLES.items() if name != "readings"]


def write_descriptor(folder: Path, settings: dict[str, object]) -> None:
    """Write datapackage.json: the project's settings and the schema of its tables."""
    package = settings | {"schema_version": SCHEMA_VERSION, "resources": resources()}
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")


def column_guide() -> str:
    """Return every column with its meaning, allowed content and an example, in Markdown."""
    parts = [_INTRODUCTION]
    for name, record in TABLES.items():
        parts.append(f"## {name}.csv\n\n{_summary(record)}\n")
        rows = [("column", "meaning", "may hold", "example"), ("---",) * 4]
        for column in columns(record).values():
            name = f"`{column.name}`" + " \\*" * column.required
            rows.append(
                (name, column.description, column.allowed, f"`{column.example}`" * bool(column.example))
            )
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n")
    return "\n".join(parts)


def _resource(name: str, record: type) -> dict[str, object]:
    declared = columns(record).values()
    keys = [{"fields": [c.name], "reference": {"resource": c.to, "fields": ["id"]}} for c in declared if c.to]
    schema: dict[str, object] = {"fields": [c.field for c in declared], "primaryKey": ["id"]}
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": f"One row is: {_summary(record)}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _summary(record: type) -> str:
    return (record.__doc__ or "").partition("\n")[0]


if __name__ == "__main__":
    root = Path(__file__).parents[2]
    for ledger in (root / "data", *root.glob("examples/*/data")):
        write_descriptor(ledger, read_settings(ledger))
    (root / "docs" / "data.md").write_text(column_guide(), encoding="utf-8")
