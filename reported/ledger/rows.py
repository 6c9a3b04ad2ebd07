"""Read a ledger's folder: every table as typed rows that know each other, checked.

What figures come to is computed in `reported.figures`, whose Ledger holds these rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from reported.ledger.cells import typed
from reported.ledger.checks import check_figure, check_names, check_quantity, check_relations, check_rules
from reported.ledger.faults import DataError, Fault, Faults, quoted
from reported.ledger.files import UNDECIDED, Table, read_table
from reported.ledger.readings import Reading, by_name
from reported.ledger.records import (
    TABLES,
    Claimant,
    FigureRecord,
    Party,
    Quantity,
    Reaction,
    Relation,
    SetAside,
    Source,
)
from reported.ledger.rules import READINGS, Rule
from reported.ledger.schema import Column, columns
from reported.ledger.settings import read_settings

SHIPPED = Path(__file__).parent
"""The folder of the readings.csv that holds where a project has none of its own."""


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a ledger, by id or in the order of the file, as `load` read them; and its settings.

    >>> load("data").figures["evacuated_mayor"].said  # doctest: +SKIP
    'about 400'
    """

    folder: Path
    settings: Mapping[str, Any]
    sources: Mapping[str, Source] = field(repr=False)
    parties: Mapping[str, Party] = field(repr=False)
    claimants: Mapping[str, Claimant] = field(repr=False)
    quantities: Mapping[str, Quantity] = field(repr=False)
    figures: Mapping[str, FigureRecord] = field(repr=False)
    reactions: tuple[Reaction, ...] = field(repr=False)
    relations: tuple[Relation, ...] = field(repr=False)
    set_aside: tuple[SetAside, ...] = field(repr=False)
    readings: Mapping[str, Reading] = field(repr=False)
    codebooks: Mapping[str, Reading] = field(repr=False)
    tables: Mapping[str, Table] = field(repr=False)
    """The same rows as text, as in the files."""
    undecided: Mapping[str, tuple[Mapping[str, str], ...]] = field(repr=False)
    """Of a draft, the rows as text that are left out."""


def check(folder: str | Path, *, draft: bool = False) -> tuple[Fault, ...]:
    """Return every fault of a ledger; none if it loads.

    Of a `draft` what is not decided is left out, as `load` does.
    """
    try:
        load(folder, draft=draft)
    except DataError as error:
        return error.faults
    return ()


def load(
    folder: str | Path, *, draft: bool = False, figure: Callable[..., FigureRecord] = FigureRecord
) -> Rows:
    """Load and check the rows of the ledger in `folder`; `figure` makes a row of figures.csv from its cells.

    Of a `draft`, the rows with a cell to decide and all that refer to them are left out and kept in `undecided`.
    Raises DataError with every fault, among them each cell that begins with a question mark: it is not decided.
    """
    folder = Path(folder)
    faults = Faults()
    settings: dict[str, Any] = {}
    try:
        settings = read_settings(folder)
    except DataError as error:
        faults += error.faults
        if not folder.is_dir():
            raise
    tables = {name: read_table(_home(folder, name), name, record, faults) for name, record in TABLES.items()}
    undecided: dict[str, tuple[Mapping[str, str], ...]] = {}
    if draft:
        tables, undecided = _without_undecided(tables)
    reader = _Reader(tables, faults, settings, figure)
    for name in _ORDER:
        reader.read(name)
    reader.check()
    faults.raise_if_any()
    records: dict[str, Any] = {
        name: reader.by_id(name) for name in ("sources", "parties", "claimants", "quantities", "figures")
    }
    for name in ("reactions", "relations", "set_aside"):
        records[name] = tuple(reader.rows[name].values())
    readings = {name: reading for name, reading in reader.readings.items() if name in READINGS}
    codebooks = {name: reading for name, reading in reader.readings.items() if name not in READINGS}
    return Rows(
        folder=folder,
        settings=settings,
        readings=readings,
        codebooks=codebooks,
        tables=tables,
        undecided=undecided,
        **records,
    )


def _without_undecided(
    tables: Mapping[str, Table],
) -> tuple[dict[str, Table], dict[str, tuple[Mapping[str, str], ...]]]:
    """Return the tables without the rows that have a cell to decide or refer to such a row; and those rows."""
    gone = {name: {n for n, row in enumerate(table.rows) if _is_open(row)} for name, table in tables.items()}
    refers = [
        (name, c.name, c.to) for name, record in TABLES.items() for c in columns(record).values() if c.to
    ]
    refers += [("relations", side, to) for side in ("subject", "object") for to in ("figures", "quantities")]
    refers += [("reactions", "figure", "figures")]
    before = -1
    while before != (before := sum(map(len, gone.values()))):
        ids = {name: {tables[name].rows[n]["id"] for n in rows} for name, rows in gone.items()}
        for name, column, to in refers:
            gone[name] |= {n for n, row in enumerate(tables[name].rows) if row.get(column) in ids[to]}
    kept = {}
    for name, table in tables.items():
        there = [n for n in range(len(table.rows)) if n not in gone[name]]
        kept[name] = replace(
            table, rows=tuple(table.rows[n] for n in there), lines=tuple(table.lines[n] for n in there)
        )
    return kept, {name: tuple(tables[name].rows[n] for n in sorted(rows)) for name, rows in gone.items()}


def _is_open(row: Mapping[str, str]) -> bool:
    return any(cell.startswith(UNDECIDED) for cell in row.values())


@cache
def shipped_readings() -> dict[str, Reading]:
    """The readings that come with the package."""
    faults = Faults()
    reader = _Reader({"readings": read_table(SHIPPED, "readings", Rule, faults)}, faults, {})
    reader.read("readings")
    faults.raise_if_any()
    return reader.readings


def _home(folder: Path, name: str) -> Path:
    return SHIPPED if name == "readings" and not (folder / "readings.csv").exists() else folder


_ORDER = (
    *("sources", "parties", "claimants", "quantities", "readings"),
    *("reactions", "figures", "relations", "set_aside"),
)
"""Each table after those whose records its own hold."""


@dataclass(frozen=True)
class _Unread:
    """Stands in for an invalid row so that checking can continue."""

    id: str
    unit: None = None


class _Reader:
    """Turns tables of text into records, gathering the faults. A row at fault becomes no record."""

    def __init__(
        self,
        tables: Mapping[str, Table],
        faults: Faults,
        settings: Mapping[str, Any],
        figure: Callable[..., FigureRecord] = FigureRecord,
    ) -> None:
        self.tables, self.faults, self.settings = tables, faults, settings
        self.makers: Mapping[str, Callable[..., Any]] = {**TABLES, "figures": figure}
        self.ids = {name: {row["id"] for row in table.rows} for name, table in tables.items()}
        self.rows: dict[str, dict[int, Any]] = {}
        self.readings: dict[str, Reading] = {}
        self.reactions: dict[str, list[Reaction]] = {}

    def by_id(self, name: str) -> dict[str, Any]:
        return {record.id: record for record in self.rows[name].values()}

    def read(self, name: str) -> None:
        """Read the records of a table, by the number of their row; the tables that they refer to come first."""
        table, record = self.tables[name], TABLES[name]
        declared = {name: self._with_more(column) for name, column in columns(record).items()}
        known = {column.to: self.by_id(column.to) for column in declared.values() if column.to in self.rows}
        first: dict[str, int] = {}
        self.rows[name] = {}
        values: dict[tuple[str, str], Any] = {}
        for row, text in enumerate(table.rows):
            if text["id"] and first.setdefault(text["id"], row) != row:
                line, place = table.lines[first[text["id"]]], table.at(row, "id")
                self.faults.add(
                    place,
                    f"{quoted(text['id'])} is the id of row {line}; give each row its own",
                    code="id-repeated",
                )
                continue
            cells = typed(table, row, declared, self.faults, values)
            if cells is not None:
                self._resolve(table, row, cells, declared, known)
                more = self._of_figure(cells) if name == "figures" else {}
                given = {column.attribute: cells[column.name] for column in declared.values()}
                self.rows[name][row] = self.makers[name](**given, **more)
        if name == "readings":
            before = len(self.faults)
            check_rules(table, self.rows[name], self.faults)
            self.readings = by_name(self.rows[name].values() if len(self.faults) == before else ())
        elif name == "reactions":
            for reaction in self.rows[name].values():
                self.reactions.setdefault(reaction.figure, []).append(reaction)

    def _with_more(self, column: Column) -> Column:
        """The column with the further choices that the project declares; with any, if its settings cannot be read."""
        if column.more and not self.settings:
            return replace(column, choices=())
        more = self.settings.get(column.more, ()) if column.more else ()
        return replace(column, choices=(*column.choices, *more)) if more else column

    def _of_figure(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a figure has besides its columns: its reactions, and the rules for its qualifier."""
        qualifier = cells["qualifier"]
        rules = tuple(
            self.readings[name][qualifier]
            for name in READINGS
            if name in self.readings and qualifier in self.readings[name]
        )
        return {"reactions": tuple(self.reactions.get(cells["id"], ())), "rules": rules}

    def _resolve(
        self,
        table: Table,
        row: int,
        cells: dict[str, Any],
        declared: Mapping[str, Column],
        known: Mapping[str, Mapping[str, Any]],
    ) -> None:
        """Put records in the place of ids."""
        for name, column in declared.items():
            id_ = cells[name]
            if not column.to or id_ is None:
                continue
            if id_ not in self.ids[column.to] and self.tables[column.to].complete:
                text = f"{quoted(id_)} is not in {column.to}.csv"
                advice = "add it there or correct it"
                self.faults.add(table.at(row, name), text, id_, self.ids[column.to], advice, "unknown-id")
            if column.to in known:
                cells[name] = known[column.to].get(id_) or _Unread(id_)

    def check(self) -> None:
        """Check rows against each other. Rows that refer to an invalid one are checked as far as possible."""
        figures, quantities = self.by_id("figures"), self.by_id("quantities")
        for row, figure in self.rows["figures"].items():
            if not any(isinstance(record, _Unread) for record in (figure.quantity, figure.source)):
                check_figure(figure, (self.tables["figures"], row), self.faults)
        of = {id_: figure.quantity for id_, figure in figures.items()}
        for row, quantity in self.rows["quantities"].items():
            for code, column, fault in check_quantity(quantity, of):
                self.faults.add(self.tables["quantities"].at(row, column), fault, code=code)
        check_names(self.tables["claimants"], self.rows["claimants"], self.faults)
        if self.tables["figures"].complete and self.tables["quantities"].complete:
            of |= {id_: _Unread(id_) for id_ in self.ids["figures"] - of.keys()}
            quantities |= {id_: _Unread(id_) for id_ in self.ids["quantities"] - quantities.keys()}
            check_relations(self.tables["relations"], self.rows["relations"], of, quantities, self.faults)
