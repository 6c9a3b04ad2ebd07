"""A ledger's folder, loaded: every table as typed records that know each other, and as DataFrames.

Nothing is computed with figures here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reported.ledger.checks import check_figure, check_quantities, check_relations, check_rules
from reported.ledger.files import DataError, Faults, Table, quoted, read_settings, read_table, typed
from reported.ledger.readings import Reading, by_name
from reported.ledger.records import (
    READINGS,
    TABLES,
    Claimant,
    FigureRecord,
    Party,
    Quantity,
    Reaction,
    Relation,
    Rule,
    SetAside,
    Source,
)
from reported.ledger.schema import columns

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
SHIPPED = Path(__file__).parent
"""The folder of the readings.csv that holds where a project has none of its own."""


@dataclass(frozen=True, eq=False)
class DataPackage:
    """A ledger: `settings` of its project, and its records by id, or in the order of the file."""

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
    tables: Mapping[str, Table] = field(repr=False)

    def table(self, name: str) -> Table:
        """A table's rows as text, as in its file; KeyError for no table."""
        if name not in self.tables:
            raise KeyError(f"{quoted(name)} is no table; there are {', '.join(self.tables)}")
        return self.tables[name]

    def related(self, relation: str, one: str, other: str) -> Relation | None:
        """The relation of that kind between two figures, or their quantities, in either direction."""
        for a in self._names(one):
            for b in self._names(other):
                if found := self._relations_by_pair.get((relation, frozenset((a, b)))):
                    return found
        return None

    def frame(self, name: str) -> pd.DataFrame:
        """A table as a DataFrame indexed by id, the columns of the file with proper dtypes.

        Dates are text as written, since a column may hold days, months and years. Figures have more: `party`,
        `held_from` and `held_to` (datetimes; missing where not bounded), and one column of bounds for each
        reading.
        """
        from reported.ledger.frames import frame

        return frame(self, name)

    def _names(self, id_: str) -> tuple[str, ...]:
        return (id_, self.figures[id_].quantity.id) if id_ in self.figures else (id_,)

    @cached_property
    def _relations_by_pair(self) -> dict[tuple[str, frozenset[str]], Relation]:
        return {(r.relation, frozenset((r.subject, r.object))): r for r in reversed(self.relations)}


def check(folder: str | Path) -> tuple[str, ...]:
    """Everything that is wrong with a ledger, one line for each fault; empty where it loads."""
    try:
        load(folder)
    except DataError as error:
        return error.problems
    return ()


def load(folder: str | Path) -> DataPackage:
    """The ledger in `folder`, checked.

    Raises DataError with every fault, among them each cell that begins with a question mark: it is not decided.
    """
    folder = Path(folder)
    faults = Faults()
    settings: dict[str, Any] = {}
    try:
        settings = read_settings(folder)
    except DataError as error:
        faults += error.problems
        if not folder.is_dir():
            raise
    tables = {name: read_table(_home(folder, name), name, record, faults) for name, record in TABLES.items()}
    reader = _Reader(tables, faults)
    package = reader.package(folder, settings)
    faults.raise_if_any()
    return package


def shipped_readings() -> dict[str, Reading]:
    """The readings that come with the package."""
    faults = Faults()
    reader = _Reader({"readings": read_table(SHIPPED, "readings", Rule, faults)}, faults)
    return by_name(rule for _, rule in reader.numbered("readings", Rule))


def _home(folder: Path, name: str) -> Path:
    return SHIPPED if name == "readings" and not (folder / "readings.csv").exists() else folder


class _Reader:
    """Turns tables of text into records, gathering the faults. A row at fault becomes no record."""

    def __init__(self, tables: Mapping[str, Table], faults: Faults) -> None:
        self.tables, self.faults = tables, faults
        self.ids = {name: {row["id"] for row in table.rows} for name, table in tables.items()}
        self.records: dict[str, dict[str, Any]] = {}

    def package(self, folder: Path, settings: Mapping[str, Any]) -> DataPackage:
        sources = self.by_id("sources", Source)
        parties = self.by_id("parties", Party)
        claimants = self.by_id("claimants", Claimant)
        quantities = self.by_id("quantities", Quantity)
        rules = self.numbered("readings", Rule)
        check_rules(self.tables["readings"], rules, self.faults)
        readings = by_name(rule for _, rule in rules)
        reactions = self.numbered("reactions", Reaction)
        relations = self.numbered("relations", Relation)
        set_aside = self.numbered("set_aside", SetAside)
        figures = self.figures(readings, (reaction for _, reaction in reactions))
        of = {id_: figure.quantity for id_, figure in figures.items()}
        # a figure whose row is at fault is known nevertheless
        of |= dict.fromkeys(self.ids["figures"] - of.keys(), _UNKNOWN)
        known = quantities | dict.fromkeys(self.ids["quantities"] - quantities.keys(), _UNKNOWN)
        lines = {row["id"]: index for index, row in enumerate(self.tables["quantities"].rows)}
        check_quantities(
            self.tables["quantities"],
            {id_: (lines[id_], quantity) for id_, quantity in quantities.items()},
            {id_: figure.quantity for id_, figure in figures.items()},
            self.faults,
        )
        check_relations(self.tables["relations"], relations, of, known, self.faults)
        return DataPackage(
            folder=folder,
            settings=settings,
            sources=sources,
            parties=parties,
            claimants=claimants,
            quantities=quantities,
            figures=figures,
            reactions=tuple(reaction for _, reaction in reactions),
            relations=tuple(relation for _, relation in relations),
            set_aside=tuple(row for _, row in set_aside),
            readings=readings,
            tables=self.tables,
        )

    def figures(
        self, readings: Mapping[str, Reading], reactions: Iterable[Reaction]
    ) -> dict[str, FigureRecord]:
        reacting: dict[str, list[Reaction]] = {}
        for reaction in reactions:
            reacting.setdefault(reaction.figure, []).append(reaction)

        def make(**cells: Any) -> FigureRecord:
            rules = tuple(
                readings[name][cells["qualifier"]]
                for name in READINGS
                if cells["qualifier"] in readings[name]
            )
            return FigureRecord(**cells, reactions=tuple(reacting.get(cells["id"], ())), rules=rules)

        rows = self.numbered("figures", FigureRecord, make)
        for row, figure in rows:
            check_figure(figure, (self.tables["figures"], row), self.faults)
        return {figure.id: figure for _, figure in rows}

    def by_id(self, name: str, record: type[T]) -> dict[str, T]:
        self.records[name] = {record.id: record for _, record in self.numbered(name, record)}  # type: ignore[attr-defined]
        return self.records[name]

    def numbered(
        self, name: str, record: type[T], make: Callable[..., T] | None = None
    ) -> list[tuple[int, T]]:
        """The rows of a table that are sound by themselves, with their number."""
        table, declared = self.tables[name], columns(record)
        first: dict[str, int] = {}
        records = []
        for row, text in enumerate(table.rows):
            if text["id"] and first.setdefault(text["id"], row) != row:
                line = table.lines[first[text["id"]]]
                place = table.at(row, "id")
                self.faults.add(place, f"{quoted(text['id'])} is the id of row {line}; give each row its own")
                continue
            cells = typed(table, row, declared, self.faults)
            if cells is not None and self.resolved(table, row, cells, declared):
                records.append((row, (make or record)(**cells)))
        return records

    def resolved(self, table: Table, row: int, cells: dict[str, Any], declared: Mapping[str, Any]) -> bool:
        """Whether every id leads to a record, which is put in its place."""
        sound = True
        for name, column in declared.items():
            if not column.to or cells[name] is None:
                continue
            if cells[name] not in self.ids[column.to]:
                self.faults.add(
                    table.at(row, name),
                    f"{quoted(cells[name])} is not in {column.to}.csv",
                    cells[name],
                    self.ids[column.to],
                    "add it there or correct it",
                )
                sound = False
            elif column.to in self.records:
                cells[name] = self.records[column.to].get(cells[name])
                sound = sound and cells[name] is not None
        return sound


_UNKNOWN: Any = type("_Unknown", (), {"id": "", "unit": None})()
