"""Differences between two ledgers, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reported.ledger.faults import quoted
from reported.ledger.records import TABLES
from reported.ledger.rows import Rows, load


@dataclass(frozen=True)
class Change:
    """A row added or removed, or one cell of a row revised from `old` to `new`."""

    table: str
    id: str
    kind: str
    column: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        if self.kind == "revised":
            return f"{self.table}: {self.id} revised, {self.column} from {quoted(self.old)} to {quoted(self.new)}"
        return f"{self.table}: {self.id} {self.kind}, {quoted(self.new or self.old)}"


def diff(old: Rows | str | Path, new: Rows | str | Path) -> list[Change]:
    """The rows added, revised and removed from one ledger to another, figures first.

    Rows are matched by id; the order of rows and columns does not matter. Raises DataError if one of the
    two does not load.
    """
    before, after = (given if isinstance(given, Rows) else load(given) for given in (old, new))
    names = sorted(TABLES, key=lambda name: name != "figures")
    return [change for name in names for change in _changes(name, before, after)]


def _changes(name: str, old: Rows, new: Rows) -> Iterator[Change]:
    before, after = ({row["id"]: row for row in rows.tables[name].rows} for rows in (old, new))
    for id_ in before | after:
        one, other = before.get(id_), after.get(id_)
        if one is None or other is None:
            text = _gist(one or other or {})
            yield Change(name, id_, "removed", old=text) if one else Change(name, id_, "added", new=text)
        else:
            for column in one:
                if one[column] != other[column]:
                    yield Change(name, id_, "revised", column, one[column], other[column])


def _gist(row: Mapping[str, str]) -> str:
    """Return the cell that tells a reader most about a row."""
    names = ("words", "label", "name", "title", "in_our_words", "relation", "qualifier")
    return next(row[name] for name in names if row.get(name))
