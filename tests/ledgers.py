"""A copy of the project's data package that a test may break, cell by cell."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reported import DataError, Ledger

DATA = Path(__file__).parent.parent / "data"


class Copy:
    """The data package in a folder of its own. Rows are named by their id, cells by column."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(DATA, folder)

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.csv"

    def rows(self, table: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.path(table).read_text(encoding="utf-8"))))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.path(table).write_text(out.getvalue(), encoding="utf-8")

    def change(self, table: str, row: str, **cells: str) -> "Copy":
        """Put other text into cells of one row."""
        rows = self.rows(table)
        next(r for r in rows if r["id"] == row).update(cells)
        self.write(table, rows)
        return self

    def add(self, table: str, like: str, **cells: str) -> "Copy":
        """Add a row that differs from another by these cells."""
        rows = self.rows(table)
        rows.append(next(r for r in rows if r["id"] == like) | cells)
        self.write(table, rows)
        return self

    def drop(self, table: str, row: str) -> "Copy":
        """Leave a row out."""
        self.write(table, [r for r in self.rows(table) if r["id"] != row])
        return self

    def describe(self, change: Callable[[dict[str, Any]], Any]) -> "Copy":
        """Change datapackage.json; `change` gets it with its resources by name under "named"."""
        path = self.folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        named = {r["name"]: r for r in package["resources"]}
        change(package | {"named": named})
        path.write_text(json.dumps(package, indent=2), encoding="utf-8")
        return self

    def field(self, table: str, column: str, **constraints: Any) -> "Copy":
        """Set constraints of one field; None takes one away."""

        def change(package: dict[str, Any]) -> None:
            spec = next(f for f in package["named"][table]["schema"]["fields"] if f["name"] == column)
            kept = spec.setdefault("constraints", {})
            kept.update(constraints)
            for name in [n for n, value in kept.items() if value is None]:
                del kept[name]

        return self.describe(change)

    def line(self, table: str, row: str) -> int:
        """The line of a row in an editor."""
        return 2 + [r["id"] for r in self.rows(table)].index(row)

    def load(self) -> Ledger:
        """The ledger, read."""
        return Ledger(self.folder)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with it, line by line; nothing where it loads."""
        try:
            self.load()
        except DataError as error:
            return error.problems
        return ()
