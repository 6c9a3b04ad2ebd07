"""A copy of the project's ledger that a test may break, cell by cell."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

from reported.ledger import Rows, check, load
from reported.ledger.faults import Fault
from reported.ledger.rows import SHIPPED

DATA = Path(__file__).parent.parent / "data"


class Copy:
    """The ledger in a folder of its own. Rows are named by their id, cells by column."""

    def __init__(self, folder: Path, of: Path = DATA) -> None:
        self.folder = folder
        if folder != of:
            shutil.copytree(of, folder)

    def path(self, table: str) -> Path:
        path = self.folder / f"{table}.csv"
        if table == "readings" and not path.exists():
            shutil.copy(SHIPPED / path.name, path)
        return path

    def rows(self, table: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.path(table).read_text(encoding="utf-8-sig"))))

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

    def describe(self, **settings: Any) -> "Copy":
        """Change what datapackage.json says; None takes an entry away."""
        path = self.folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8")) | settings
        kept = {name: value for name, value in package.items() if value is not None}
        path.write_text(json.dumps(kept), encoding="utf-8")
        return self

    def line(self, table: str, row: str) -> int:
        """The line of a row in an editor."""
        return 2 + [r["id"] for r in self.rows(table)].index(row)

    def load(self) -> Rows:
        return load(self.folder)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with it, line by line; nothing where it loads."""
        return tuple(map(str, self.faults))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The same as objects."""
        return check(self.folder)

    @property
    def problem(self) -> str:
        """The one thing that is wrong with it."""
        assert len(self.problems) == 1, self.problems
        return self.problems[0]
