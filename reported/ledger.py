"""The ledger: a data package of reported figures, read, checked and typed.

What a schema cannot check is checked here: that qualifier and value are what the words say, that dates and
relations make sense, that formulas name figures. Comparing is done elsewhere.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pandas as pd

from reported import formula, phrase, wording
from reported.bounds import Bounds
from reported.package import DataError, Table, read, references, shown, suggestion, twice
from reported.reading import CAUTIOUS, FACE_VALUE, READINGS, TYPICAL, End, Reading, ReadingError, Rule

SIDES = ("Ukraine", "Russia", "independent", "unnamed")
MAX_WORDS = 6
_EARLIEST, _LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)


@dataclass(frozen=True)
class Source:
    """An article."""

    id: str
    publisher: str
    title: str
    published: datetime.date
    language: str
    credits: str
    sha256: str


@dataclass(frozen=True)
class Claimant:
    """A speaker or institution, and whose side it is on."""

    id: str
    name: str
    local_name: str
    role: str
    side: str


@dataclass(frozen=True)
class Quantity:
    """What figures count (`whole`) or measure, in which unit, of which population, since when."""

    id: str
    topic: str
    label: str
    unit: str
    kind: str
    whole: bool
    population: str
    period_start: datetime.date | None
    period_basis: str


@dataclass(frozen=True)
class Response:
    """What somebody said to a figure without giving one, in our words."""

    id: str
    figure: str
    responder: Claimant
    response: str
    in_our_words: str
    source: str
    paragraph: int


@dataclass(frozen=True)
class Relation:
    """subject – relation – object, between figures or quantities."""

    id: str
    subject: str
    relation: str
    object: str
    in_our_words: str
    hedge: str
    source: str
    paragraph: int


@dataclass(frozen=True)
class Figure:
    """A number as somebody reported it.

    In an f-string a figure stands as what was said, linked to its row: `f"{figure}"` gives
    `[at least 42,284](#figure-ru_killed)`.
    """

    id: str
    quantity: Quantity
    qualifier: str
    value: Decimal | None
    value_to: Decimal | None
    claimant: Claimant
    relayed_by: Claimant | None
    stated_on: datetime.date | None
    as_of: datetime.date | None
    as_of_basis: str
    evidence: str
    little_disclosed: int | None
    source: Source
    paragraph: int
    words: str
    note: str
    bounds: Mapping[str, Bounds | None]
    responses: tuple[Response, ...]

    @property
    def said(self) -> str:
        """Qualifier and number, as a reader meets them: `at least 42,284`."""
        return wording.qualified(self.qualifier, self.value, self.value_to)

    @property
    def anchor(self) -> str:
        """Id of the figure's row in the table of figures."""
        return f"figure-{self.id}"

    def __format__(self, spec: str) -> str:
        if spec not in ("", "capital"):
            raise ValueError(f"a figure has no form {shown(spec)}; leave it out, or say capital")
        text = wording.capital(self.said) if spec else self.said
        return f"[{text}](#{self.anchor})"

    def __str__(self) -> str:
        return format(self)


class Ledger:
    """The data package in `folder`, checked.

    `folder` None finds the nearest `data/datapackage.json` at or above the working directory. Records come by
    id (`ledger["ru_killed"]` is a Figure); tables as DataFrames: `figures` (one row a figure, indexed by id,
    with a column of bounds for each reading), `sources`, `claimants`, `quantities`, `responses`, `relations`,
    `set_aside`, `readings`, `comparisons` (text columns as in the files, numbers and dates typed).

    Raises reported.package.DataError, one line for each fault, if anything at all is wrong.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder = Path(folder) if folder is not None else _nearest(Path.cwd())
        tables = read(self.folder)
        _check_shape(self.folder, tables)
        self._tables = tables
        problems: list[str] = []
        self._sources = {r["id"]: _record(Source, r) for r in _typed(tables["sources"])}
        self._claimants = {r["id"]: _record(Claimant, r) for r in _typed(tables["claimants"])}
        self._quantities = {r["id"]: _record(Quantity, r) for r in _typed(tables["quantities"])}
        _check_sources(tables["sources"], self._sources, problems)
        self._readings = _readings(tables["readings"], problems)
        _stop(problems)
        responses = [
            _record(Response, r | {"responder": self._claimants[r["responder"]]})
            for r in _typed(tables["responses"])
        ]
        self._relations = tuple(_record(Relation, r) for r in _typed(tables["relations"]))
        self._figures: dict[str, Figure] = {}
        for row, cells in enumerate(_typed(tables["figures"])):
            figure = self._figure(row, cells, responses, problems)
            self._figures[figure.id] = figure
        _check_quantities(tables["quantities"], self._quantities, self._figures, problems)
        _check_relations(tables["relations"], self._relations, self._figures, self._quantities, problems)
        _check_formulas(tables["comparisons"], self._figures, problems)
        _stop(problems)

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
            frame[name] = pd.array([pd.NA if v is None else v for v in values], dtype="bounds")
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
        faults = _value_faults(cells["qualifier"], value, value_to, quantity, self._readings)
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
        faults += _date_faults(cells, self._sources[cells["source"]])
        faults += _words_faults(cells["words"], cells["qualifier"], value, value_to)
        first = dict(reversed(faults))  # one line a cell
        problems += [f"{table.at(row, column)}: {fault}" for column, fault in first.items()]
        return _record(
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


def _stop(problems: list[str]) -> None:
    if problems:
        raise DataError(problems)


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


def _record(kind: type, cells: Mapping[str, Any]) -> Any:
    return kind(**{f.name: cells[f.name] for f in fields(kind)})


def _decimal(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


# ---------------------------------------------------------------- what the code relies on in the schema

_COLUMNS = {
    "sources": "id publisher title published:date language credits sha256",
    "claimants": "id name local_name role side",
    "quantities": "id topic label unit kind whole:boolean population period_start:date period_basis",
    "figures": "id quantity qualifier value value_to claimant relayed_by stated_on:date as_of:date as_of_basis "
    "evidence little_disclosed:integer source paragraph:integer words note",
    "responses": "id figure responder response in_our_words source paragraph:integer",
    "relations": "id subject relation object in_our_words hedge source paragraph:integer",
    "set_aside": "id source paragraph:integer words kind reason",
    "readings": "id reading qualifier base lower_factor lower_end lower_units:integer upper_factor upper_end "
    "upper_units:integer units_apply_to ground coverage_thousands:number answers_thousands:integer "
    "coverage_tens:number answers_tens:integer coverage_ones:number answers_ones:integer",
    "comparisons": "id topic question statement formula scale:integer decimals:integer measure note",
}
_REQUIRED = {
    "sources": "id publisher published",
    "claimants": "id name side",
    "quantities": "id topic label unit kind whole",
    "figures": "id quantity qualifier claimant as_of_basis evidence source paragraph words",
    "responses": "id figure responder response source paragraph",
    "relations": "id subject relation object source paragraph",
    "set_aside": "id source paragraph words kind reason",
    "readings": "id reading qualifier",
    "comparisons": "id topic question formula",
}
_ENUMS: dict[tuple[str, str], tuple[str, ...]] = {
    ("claimants", "side"): SIDES,
    ("figures", "qualifier"): tuple(phrase.QUALIFIERS),
    ("readings", "qualifier"): tuple(phrase.QUALIFIERS),
    ("readings", "reading"): READINGS,
    ("readings", "lower_end"): ("closed", "open"),
    ("readings", "upper_end"): ("closed", "open"),
    ("readings", "units_apply_to"): ("all", "counts"),
    ("figures", "evidence"): ("identified by name", "none reported", "stated to be without evidence"),
    ("figures", "as_of_basis"): ("given", "statement date", "article date", "not given"),
    ("responses", "response"): ("not confirmed", "disputed"),
    ("relations", "relation"): ("restates", "refines", "probably the same statement as", "unrelated to"),
    ("quantities", "kind"): ("stock", "cumulative", "event", "length", "duration", "ratio", "amount"),
    ("quantities", "period_basis"): ("given", "derived"),
}
_KEYS = {
    "figures": {
        "quantity": "quantities",
        "claimant": "claimants",
        "relayed_by": "claimants",
        "source": "sources",
    },
    "responses": {"figure": "figures", "responder": "claimants", "source": "sources"},
    "relations": {"source": "sources"},
    "set_aside": {"source": "sources"},
}
_DIGITS = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
_FACTOR = re.compile(r"inf|(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
_WRITTEN: dict[str, tuple[re.Pattern[str], str]] = {
    "id": (re.compile(r"[a-z][a-z0-9_-]*"), "small letters, digits and underscores, a letter first"),
    "unit": (re.compile(r"[a-z][a-z_]*"), "small letters and underscores"),
    "value": (_DIGITS, "plain digits and at most one point, no needless zero in front"),
    "value_to": (_DIGITS, "plain digits and at most one point, no needless zero in front"),
    "base": (_DIGITS, "plain digits and at most one point, no needless zero in front"),
    "lower_factor": (_FACTOR, "digits and at most one point, or inf"),
    "upper_factor": (_FACTOR, "digits and at most one point, or inf"),
}
_RANGES = {
    "paragraph": (1, 100_000),
    "little_disclosed": (1, 100_000),
    "scale": (1, 10**9),
    "decimals": (0, 6),
    "lower_units": (0, 100),
    "upper_units": (0, 100),
}


def _check_shape(folder: Path, tables: Mapping[str, Table]) -> None:
    """The schema may describe more than the code relies on, never less."""
    label = f"{folder.resolve().name}/datapackage.json"
    problems = [f"{label}: resource {name} is missing; add it" for name in _COLUMNS if name not in tables]
    _stop(problems)
    for name, columns in _COLUMNS.items():
        for column in columns.split():
            column, _, kind = column.partition(":")
            found = tables[name].fields.get(column)
            place = f"{label}: resource {name}, field {column}"
            if found is None:
                problems.append(f"{place} is missing; add it")
            elif found["type"] != (kind or "string"):
                problems.append(f"{place}: type is {shown(found['type'])}, expected {kind or 'string'}")
    for (name, column), known in _ENUMS.items():
        declared = tables[name].fields.get(column, {}).get("constraints", {}).get("enum", [])
        extra = [word for word in declared if word not in known]
        problems += [
            f"{label}: resource {name}, field {column}: {shown(w)} is not known to the code" for w in extra
        ]
    _stop(problems)
    _stop([fault for name in _COLUMNS for fault in _content_faults(name, tables)])


def _content_faults(name: str, tables: Mapping[str, Table]) -> Iterator[str]:
    """What the schema says as well, held here too: a schema that was loosened must not loosen the ledger."""
    table = tables[name]
    yield from twice(table, ["id"])
    known = {other: {row["id"] for row in tables[other].rows} for other in _KEYS.get(name, {}).values()}
    for index, row in enumerate(table.rows):
        for column in _REQUIRED[name].split():
            if not row[column]:
                yield f"{table.at(index, column)}: empty; expected {table.fields[column].get('description', column)}"
        for column, cell in row.items():
            fault = _cell_fault(name, column, cell) if cell else None
            if fault:
                yield f"{table.at(index, column)}: {shown(cell)} {fault}"
        for column, other in _KEYS.get(name, {}).items():
            if row[column] and row[column] not in known[other]:
                yield f"{table.at(index, column)}: {shown(row[column])} is not in {other}.csv; add it there or correct it"


def _cell_fault(table: str, column: str, cell: str) -> str | None:
    words = _ENUMS.get((table, column))
    if words and cell not in words:
        return f"is no {column}" + (suggestion(cell, words) or f"; expected one of {', '.join(words)}")
    pattern, expected = _WRITTEN.get(column, (None, ""))
    if pattern and not pattern.fullmatch(cell):
        return f"does not fit; expected {expected}"
    if column in _RANGES:
        least, most = _RANGES[column]
        if not re.fullmatch("[0-9]{1,15}", cell) or not least <= int(cell) <= most:
            return f"is not a whole number from {least:,} to {most:,}"
    return None


# ---------------------------------------------------------------- text cells to typed values


def _typed(table: Table) -> list[dict[str, Any]]:
    """The table's rows with numbers, dates and truth values typed; an empty cell is None there, else ""."""
    problems: list[str] = []
    rows = []
    for index, row in enumerate(table.rows):
        typed: dict[str, Any] = {}
        for column, cell in row.items():
            try:
                typed[column] = _cell(cell, table.fields[column].get("type", "string"))
            except ValueError:
                kind = table.fields[column]["type"]
                problems.append(
                    f"{table.at(index, column)}: {shown(cell)} is not {_FORMS.get(kind, f'a {kind}')}"
                )
        rows.append(typed)
    _stop(problems)
    return rows


_FORMS = {
    "integer": "a whole number in plain digits",
    "number": "a number in plain digits",
    "date": "a date such as 2024-01-26",
    "boolean": "true or false",
}


def _cell(cell: str, kind: str) -> Any:
    """The cell's value; ValueError for what is not written the one way that shows as it stands."""
    if kind == "string":
        return cell
    if cell == "":
        return None
    match kind:
        case "integer" if re.fullmatch(r"0|-?[1-9][0-9]{0,14}", cell):
            return int(cell)
        case "number" if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", cell):
            return float(cell)
        case "date" if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return datetime.date.fromisoformat(cell)
        case "boolean" if cell in ("true", "false"):
            return cell == "true"
    raise ValueError(cell)


def _frame(table: Table) -> pd.DataFrame:
    """A table as a DataFrame indexed by id (the column stays too)."""
    dtypes = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}
    rows = _typed(table)
    columns = {}
    for column in table.columns:
        kind = table.fields[column].get("type", "string")
        columns[column] = pd.Series([row[column] for row in rows], dtype=dtypes.get(kind, "str"))
    frame = pd.DataFrame(columns)
    return frame.set_index(pd.Index(frame["id"], name=None), drop=False)


# ---------------------------------------------------------------- readings


def _readings(table: Table, problems: list[str]) -> dict[str, Reading]:
    rules: dict[str, list[Rule]] = {name: [] for name in READINGS}
    count: Counter[tuple[str, str]] = Counter()
    for row, cells in enumerate(_typed(table)):
        count[cells["reading"], cells["qualifier"]] += 1
        problems += _coverage_faults(table, row, cells)
        try:
            rules[cells["reading"]].append(_rule(cells))
        except ReadingError as error:
            problems.append(f"{table.at(row)}: {error}")
    problems += [
        f'{table.file}: the reading {name} has {count[name, qualifier]} rules for "{qualifier}", expected one'
        for name in READINGS
        for qualifier in phrase.QUALIFIERS
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
    bare = cells["qualifier"] in phrase.WORD_ONLY
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


# ---------------------------------------------------------------- what a schema cannot say

_Fault = tuple[str, str]


def _value_faults(
    qualifier: str,
    value: Decimal | None,
    value_to: Decimal | None,
    quantity: Quantity,
    readings: Mapping[str, Reading],
) -> list[_Fault]:
    bare = readings[TYPICAL][qualifier].base is not None
    faults: list[_Fault] = []
    if bare and value is not None:
        faults.append(("value", f'{value} beside the bare word "{qualifier}"; leave it empty'))
    if not bare and value is None:
        faults.append(("value", f'empty; "{qualifier}" needs a number'))
    if (qualifier == "between") != (value_to is not None):
        faults.append(("value_to", 'a second number belongs to "between" and to nothing else'))
    if value is not None and value_to is not None and value_to < value:
        faults.append(("value_to", f"{value_to} is below the first number {value}"))
    for column, number in (("value", value), ("value_to", value_to)):
        if quantity.whole and number is not None and number.as_tuple().exponent != 0:
            faults.append(
                (column, f"{number} has a decimal point, but {quantity.label} is counted in whole units")
            )
    return faults


def _date_faults(cells: Mapping[str, Any], source: Source) -> list[_Fault]:
    faults: list[_Fault] = []
    for column in ("stated_on", "as_of"):
        day = cells[column]
        if day is not None and not _EARLIEST <= day <= source.published:
            faults.append(
                (column, f"{day} lies outside {_EARLIEST} to {source.published}, the article's day")
            )
    if (cells["as_of"] is None) != (cells["as_of_basis"] == "not given"):
        faults.append(
            (
                "as_of_basis",
                f"{shown(cells['as_of_basis'])} does not go with as_of {cells['as_of'] or 'empty'}",
            )
        )
    if cells["as_of_basis"] == "statement date" and cells["as_of"] != cells["stated_on"]:
        faults.append(("as_of", f"{cells['as_of']} is not the statement date {cells['stated_on']}"))
    if cells["as_of_basis"] == "article date" and cells["as_of"] != source.published:
        faults.append(("as_of", f"{cells['as_of']} is not the article's date {source.published}"))
    return faults


def _words_faults(
    words: str, qualifier: str, value: Decimal | None, value_to: Decimal | None
) -> list[_Fault]:
    if len(words.split()) > MAX_WORDS:
        return [
            ("words", f"{len(words.split())} words, more than {MAX_WORDS}: keep qualifier, number and noun")
        ]
    try:
        found = phrase.parse(words)
    except phrase.PhraseError as error:
        return [("words", str(error))]
    faults: list[_Fault] = []
    for column, stored, said in (
        ("qualifier", qualifier, found.qualifier),
        ("value", value, found.value),
        ("value_to", value_to, found.value_to),
    ):
        if stored != said:
            stored_text, said_text = (shown(str(x)) if x is not None else "no number" for x in (stored, said))
            faults.append((column, f"{stored_text}, but the words {shown(words)} say {said_text}"))
    return faults


def _check_sources(table: Table, sources: Mapping[str, Source], problems: list[str]) -> None:
    for row, source in enumerate(sources.values()):
        if not _EARLIEST <= source.published <= _LATEST:
            problems.append(
                f"{table.at(row, 'published')}: {source.published} lies outside {_EARLIEST} to {_LATEST}"
            )


def _check_quantities(
    table: Table, quantities: Mapping[str, Quantity], figures: Mapping[str, Figure], problems: list[str]
) -> None:
    for row, (id_, quantity) in enumerate(quantities.items()):
        if id_ in figures and figures[id_].quantity.id != id_:
            problems.append(
                f"{table.at(row, 'id')}: {shown(id_)} is a figure of another quantity; rename one"
            )
        if (quantity.period_start is None) != (quantity.period_basis == ""):
            problems.append(f"{table.at(row, 'period_basis')}: period_start and period_basis go together")
        if quantity.period_start is not None and quantity.period_start < _EARLIEST:
            problems.append(f"{table.at(row, 'period_start')}: {quantity.period_start} is before {_EARLIEST}")
        for figure in figures.values():
            start, end = quantity.period_start, figure.as_of
            if figure.quantity.id == id_ and start and end and end < start:
                problems.append(
                    f"{table.at(row, 'period_start')}: {start} is after {figure.id} holds ({end})"
                )


def _check_relations(
    table: Table,
    relations: tuple[Relation, ...],
    figures: Mapping[str, Figure],
    quantities: Mapping[str, Quantity],
    problems: list[str],
) -> None:
    known = [*figures, *quantities]
    seen: dict[frozenset[str], int] = {}
    for row, r in enumerate(relations):
        for column, id_ in (("subject", r.subject), ("object", r.object)):
            if id_ not in figures and id_ not in quantities:
                hint = suggestion(id_, known) or "; add it there or correct it"
                problems.append(f"{table.at(row, column)}: {shown(id_)} is no figure and no quantity{hint}")
        pair = frozenset((r.subject, r.object))
        if len(pair) == 1:
            problems.append(f"{table.at(row, 'object')}: {shown(r.object)} stands on both sides")
        elif pair in seen:
            problems.append(
                f"{table.at(row)}: the pair stands already in row {table.lines[seen[pair]]}; keep one"
            )
        else:
            seen[pair] = row
    for row, r in enumerate(relations):
        apart = _held_apart(r, relations, figures)
        if apart:
            problems.append(
                f"{table.at(row, 'relation')}: {shown(r.relation)}, but {apart}; correct one of the two"
            )
    circle = _circle(relations)
    if circle:
        row = next(i for i, r in enumerate(relations) if (r.subject, r.object) == circle)
        problems.append(
            f"{table.at(row, 'object')}: closes a circle of restatements; a statement cannot restate itself"
        )


def _held_apart(r: Relation, relations: tuple[Relation, ...], figures: Mapping[str, Figure]) -> str:
    """What calls two things unrelated of which `r` says that they are one; "" where nothing does."""
    one, other = (figures[id_].quantity.id if id_ in figures else id_ for id_ in (r.subject, r.object))
    if r.relation == "unrelated to":
        return "the two count one quantity" if one == other else ""
    pair = frozenset((one, other))
    for u in relations:
        if u.relation == "unrelated to" and frozenset((u.subject, u.object)) == pair:
            return f"{u.id} calls {one} and {other} unrelated"
    return ""


def _circle(relations: tuple[Relation, ...]) -> tuple[str, str] | None:
    """Subject and object of a relation whose restating or refining leads back to its own subject."""
    follows: dict[str, set[str]] = {}
    for r in relations:
        if r.relation in ("restates", "refines") and r.subject != r.object:
            follows.setdefault(r.subject, set()).add(r.object)
    try:
        TopologicalSorter(follows).prepare()
    except CycleError as error:
        circle = error.args[1]
        return circle[1], circle[0]
    return None


def _check_formulas(table: Table, figures: Mapping[str, Figure], problems: list[str]) -> None:
    for row, cells in enumerate(_typed(table)):
        try:
            node = formula.parse(cells["formula"])
        except formula.FormulaError as error:
            problems.append(f"{table.at(row, 'formula')}: {error}")
            continue
        for name in formula.names(node):
            if name not in figures:
                hint = suggestion(name, figures) or "; name one of figures.csv"
                problems.append(f"{table.at(row, 'formula')}: {shown(name)} is no figure{hint}")
        if not formula.names(node):
            problems.append(f"{table.at(row, 'formula')}: names no figure; a comparison needs one")
        asks = isinstance(node, formula.Order | formula.Compatible)
        wanted = ("statement",) if asks else ("scale", "decimals", "measure")
        for column in ("statement", "scale", "decimals", "measure"):
            if (column in wanted) != (cells[column] not in (None, "")):
                state = "empty, but needed" if column in wanted else "given, but not used"
                problems.append(
                    f"{table.at(row, column)}: {state} for {'an order or a fit' if asks else 'a number'}"
                )
