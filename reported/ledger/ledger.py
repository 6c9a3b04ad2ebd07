"""The ledger: a data package of reported figures, read, checked and typed.

Hands out records by id and tables as DataFrames. Comparing is done elsewhere.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from reported import prose
from reported.intervals import wording
from reported.intervals.bounds import Bounds, BoundsDtype
from reported.ledger.checks import (
    check_formulas,
    check_quantities,
    check_relations,
    check_sources,
    date_faults,
    value_faults,
    words_faults,
)
from reported.ledger.package import DataError, Table, read, references, shown, stop, suggestion
from reported.ledger.reading import CAUTIOUS, FACE_VALUE, READINGS, TYPICAL, End, Reading, ReadingError, Rule
from reported.ledger.records import Claimant, Figure, Quantity, Relation, Response, Source, record, typed
from reported.ledger.schema import check_shape


class Ledger:
    """The data package in `folder`, checked.

    `folder` None finds the nearest `data/datapackage.json` at or above the working directory. Records come by
    id (`ledger["ru_killed"]` is a Figure); tables as DataFrames: `figures` (one row a figure, indexed by id,
    with a column of bounds for each reading), `sources`, `claimants`, `quantities`, `responses`, `relations`,
    `set_aside`, `readings`, `comparisons` (text columns as in the files, numbers and dates typed).

    Raises reported.ledger.package.DataError, one line for each fault, if anything at all is wrong.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder = Path(folder) if folder is not None else _nearest(Path.cwd())
        tables = read(self.folder)
        check_shape(self.folder, tables)
        self._tables = tables
        problems: list[str] = []
        self._sources = {r["id"]: record(Source, r) for r in typed(tables["sources"])}
        self._claimants = {r["id"]: record(Claimant, r) for r in typed(tables["claimants"])}
        self._quantities = {r["id"]: record(Quantity, r) for r in typed(tables["quantities"])}
        check_sources(tables["sources"], self._sources, problems)
        self._readings = _readings(tables["readings"], problems)
        stop(problems)
        responses = [
            record(Response, r | {"responder": self._claimants[r["responder"]]})
            for r in typed(tables["responses"])
        ]
        self._relations = tuple(record(Relation, r) for r in typed(tables["relations"]))
        self._figures: dict[str, Figure] = {}
        for row, cells in enumerate(typed(tables["figures"])):
            figure = self._figure(row, cells, responses, problems)
            self._figures[figure.id] = figure
        check_quantities(tables["quantities"], self._quantities, self._figures, problems)
        check_relations(tables["relations"], self._relations, self._figures, self._quantities, problems)
        check_formulas(tables["comparisons"], self._figures, problems)
        stop(problems)

    def __getitem__(self, figure: str) -> Figure:
        try:
            return self._figures[figure]
        except KeyError:
            raise KeyError(f"{shown(figure)} is no figure{suggestion(figure, self._figures)}") from None

    def __getattr__(self, name: str) -> Figure:
        """A figure by its id, so that a sentence can name it: `ledger.ru_killed`."""
        if not name.startswith("_") and name in self.__dict__.get("_figures", {}):
            return self._figures[name]
        raise AttributeError(
            f"{shown(name)} is no figure{suggestion(name, self.__dict__.get('_figures', {}))}"
        )

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures.values())

    def __len__(self) -> int:
        return len(self._figures)

    def __repr__(self) -> str:
        return f"Ledger({len(self._figures)} figures, {len(self._claimants)} claimants)"

    def select(self, **criteria: Any) -> list[Figure]:
        """Figures whose quantity's topic, or whose quantity, claimant or side (ids) are as given.

        `ledger.select(topic="troops", side="Russia")`
        """
        return [f for f in self if all(_trait(f, name) == wanted for name, wanted in criteria.items())]

    def claimant(self, name: str) -> Claimant:
        """A claimant by id."""
        return self._claimants[name]

    def reading(self, name: str) -> Reading:
        """The rules of a reading."""
        return self._readings[name]

    @property
    def records(self) -> dict[str, int]:
        """How many rows each table has."""
        return {name: len(table.rows) for name, table in self._tables.items()}

    @property
    def relation_records(self) -> tuple[Relation, ...]:
        """All relations."""
        return self._relations

    @property
    def source_records(self) -> tuple[Source, ...]:
        """All articles."""
        return tuple(self._sources.values())

    @property
    def followed(self) -> list[str]:
        """Quantities (ids) with figures for two or more days."""
        days: dict[str, set[datetime.date]] = {}
        for figure in self:
            if figure.as_of is not None:
                days.setdefault(figure.quantity.id, set()).add(figure.as_of)
        return [quantity for quantity, every in days.items() if len(every) > 1]

    @property
    def references(self) -> list[str]:
        """The works that the ledger is built on, as citations in Markdown."""
        return [wording.escape(title) for title in references(self.folder)]

    def related(self, relation: str, one: str, other: str) -> Relation | None:
        """The relation of that kind between two figures, or their quantities, in either direction."""
        pairs = {frozenset(pair) for pair in self._pairs(one, other)}
        for r in self._relations:
            if r.relation == relation and frozenset((r.subject, r.object)) in pairs:
                return r
        return None

    def table(self, name: str) -> Table:
        """A table as it stands in its file, for messages that name row and column."""
        return self._tables[name]

    @property
    def figures(self) -> pd.DataFrame:
        """One row a figure, indexed by id: the file's columns typed, and one of bounds for each reading."""
        frame = _frame(self._tables["figures"])
        for name in READINGS:
            values = [f.bounds[name] for f in self]
            frame[name] = pd.Series(
                [pd.NA if v is None else v for v in values], frame.index, dtype=BoundsDtype()
            )
        return frame

    sources = property(lambda self: _frame(self._tables["sources"]), doc="One row an article.")
    claimants = property(lambda self: _frame(self._tables["claimants"]), doc="One row a claimant.")
    quantities = property(lambda self: _frame(self._tables["quantities"]), doc="One row a quantity.")
    responses = property(lambda self: _frame(self._tables["responses"]), doc="One row a response.")
    relations = property(lambda self: _frame(self._tables["relations"]), doc="One row a relation.")
    set_aside = property(lambda self: _frame(self._tables["set_aside"]), doc="One row a number set aside.")
    readings = property(lambda self: _frame(self._tables["readings"]), doc="One row a rule.")
    comparisons = property(lambda self: _frame(self._tables["comparisons"]), doc="One row a question.")

    def _pairs(self, one: str, other: str) -> Iterator[tuple[str, str]]:
        for a in self._names(one):
            for b in self._names(other):
                yield a, b

    def _names(self, id_: str) -> tuple[str, ...]:
        figure = self._figures.get(id_)
        return (id_, figure.quantity.id) if figure else (id_,)

    def _figure(
        self, row: int, cells: Mapping[str, Any], responses: list[Response], problems: list[str]
    ) -> Figure:
        table = self._tables["figures"]
        quantity = self._quantities[cells["quantity"]]
        value, value_to = _decimal(cells["value"]), _decimal(cells["value_to"])
        bounds: dict[str, Bounds | None] = dict.fromkeys(READINGS)
        faults = value_faults(cells["qualifier"], value, value_to, quantity, self._readings)
        if not faults:
            try:
                for name, reading in self._readings.items():
                    bounds[name] = reading[cells["qualifier"]].bounds(value, value_to, whole=quantity.whole)
            except ReadingError as error:
                faults = [("value", str(error))]
            else:
                typical, cautious = bounds[TYPICAL], bounds[CAUTIOUS]
                if typical is not None and cautious is not None and not cautious.contains(typical):
                    faults = [
                        ("qualifier", f"the cautious bounds {cautious} do not contain the typical {typical}")
                    ]
        faults += date_faults(cells, self._sources[cells["source"]])
        faults += words_faults(cells["words"], cells["qualifier"], value, value_to)
        first = dict(reversed(faults))  # one line a cell
        problems += [f"{table.at(row, column)}: {fault}" for column, fault in first.items()]
        return record(
            Figure,
            dict(cells)
            | {
                "quantity": quantity,
                "value": value,
                "value_to": value_to,
                "claimant": self._claimants[cells["claimant"]],
                "relayed_by": self._claimants.get(cells["relayed_by"]),
                "source": self._sources[cells["source"]],
                "bounds": bounds,
                "responses": tuple(r for r in responses if r.figure == cells["id"]),
            },
        )


def _nearest(start: Path) -> Path:
    for folder in (start, *start.parents):
        if (folder / "data" / "datapackage.json").is_file():
            return folder / "data"
    raise DataError(
        ["data/datapackage.json: not found here or in any folder above; name the ledger's folder"]
    )


def _trait(figure: Figure, name: str) -> str:
    match name:
        case "topic":
            return figure.quantity.topic
        case "quantity":
            return figure.quantity.id
        case "claimant":
            return figure.claimant.id
        case "side":
            return figure.claimant.side
        case "source":
            return figure.source.id
    raise TypeError(f"figures cannot be selected by {name}; use topic, quantity, claimant, side or source")


def _decimal(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _frame(table: Table) -> pd.DataFrame:
    """A table as a DataFrame indexed by id (the column stays too)."""
    dtypes = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}
    rows = typed(table)
    columns = {}
    for column in table.columns:
        kind = table.fields[column].get("type", "string")
        columns[column] = pd.Series([row[column] for row in rows], dtype=dtypes.get(kind, "str"))
    frame = pd.DataFrame(columns)
    return frame.set_index(pd.Index(frame["id"], name=None), drop=False)


def _readings(table: Table, problems: list[str]) -> dict[str, Reading]:
    rules: dict[str, list[Rule]] = {name: [] for name in READINGS}
    count: Counter[tuple[str, str]] = Counter()
    for row, cells in enumerate(typed(table)):
        count[cells["reading"], cells["qualifier"]] += 1
        problems += _coverage_faults(table, row, cells)
        try:
            rules[cells["reading"]].append(_rule(cells))
        except ReadingError as error:
            problems.append(f"{table.at(row)}: {error}")
    problems += [
        f'{table.file}: the reading {name} has {count[name, qualifier]} rules for "{qualifier}", expected one'
        for name in READINGS
        for qualifier in prose.NUMBERED + prose.WORD_ONLY
        if count[name, qualifier] != 1
    ]
    return {name: Reading(name, every) for name, every in rules.items()}


def _coverage_faults(table: Table, row: int, cells: Mapping[str, Any]) -> Iterator[str]:
    for size in ("thousands", "tens", "ones"):
        share, answers = f"coverage_{size}", f"answers_{size}"
        if (cells[share] is None) != (cells[answers] is None):
            yield f"{table.at(row, share, answers)}: one of the two is empty; give both or neither"
        elif cells[share] is not None and not (0 <= cells[share] <= 1 and cells[answers] > 0):
            yield f"{table.at(row, share, answers)}: expected a share from 0 to 1, and how many answered"


def _rule(cells: Mapping[str, Any]) -> Rule:
    lower, upper, base = (_factor(cells[c]) for c in ("lower_factor", "upper_factor", "base"))
    bare = cells["qualifier"] in prose.WORD_ONLY
    digits_alone = cells["reading"] == FACE_VALUE
    if (lower is None) != (upper is None):
        raise ReadingError("one of lower_factor and upper_factor is empty; give both or neither")
    if lower is None or upper is None:
        if not (bare and digits_alone):
            raise ReadingError("lower_factor and upper_factor are empty; only bare words have no digits")
    elif bare and digits_alone:
        raise ReadingError("digits alone, for words that hold none; leave the factors empty")
    elif lower.is_infinite() or lower > upper:
        raise ReadingError(f"lower_factor {lower} is not below upper_factor {upper}")
    elif not bare and not lower <= 1 <= upper:
        raise ReadingError(f"{lower} to {upper} times the number leaves the number itself out")
    elif digits_alone and not lower == upper == 1:
        raise ReadingError("digits alone are once the digits: lower_factor 1 and upper_factor 1")
    if (base is not None) != (bare and not digits_alone):
        raise ReadingError("a base belongs to bare words such as dozens, and to nothing else")
    return Rule(
        qualifier=cells["qualifier"],
        lower=End(lower, cells["lower_end"] != "open", cells["lower_units"] or 0),
        upper=End(upper, cells["upper_end"] != "open", cells["upper_units"] or 0),
        base=base,
        counts_only=cells["units_apply_to"] == "counts",
    )


def _factor(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None
