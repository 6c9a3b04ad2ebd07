"""Figures for charts: rows of real ledgers, each laid out, loaded and checked as a project's is."""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reported.figures.figure import Figure
from tests.figures.ledgers import figure, load, quantity, relation

DAY = datetime.date


@dataclass(frozen=True)
class Party:
    label: str
    colour: str = ""


@dataclass(frozen=True)
class Claimant:
    name: str
    party: Party


@dataclass(frozen=True)
class Quantity:
    label: str
    unit: str = "person"
    kind: str = "stock"


@dataclass(frozen=True)
class Source:
    publisher: str = "The Daily"
    published: str = "2024-01-26"


NORTH, SOUTH, NEWS = Party("North", "#0072b2"), Party("South", "#d55e00"), Party("news media")
MAYOR, CHIEF, PAPER = (
    Claimant("the mayor", NORTH),
    Claimant("the fire chief", SOUTH),
    Claimant("a paper", NEWS),
)
HOMELESS = Quantity("People made homeless by the flood")
DAILY = Source()


@dataclass(frozen=True)
class Row:
    """A row of figures.csv; `said` is its qualifier and digits ("about 600000"), `restates` the id of another."""

    said: str
    claimant: Claimant = MAYOR
    quantity: Quantity = HOMELESS
    source: Source = DAILY
    id: str = "figure"
    restates: str = ""
    cells: dict[str, str] = field(default_factory=dict, hash=False)


def row(qualifier: str, value: float | str = "", **fields: object) -> Row:
    """A row by its qualifier and number; what Row does not know are further cells."""
    known = {name: fields.pop(name) for name in list(fields) if name in Row.__dataclass_fields__}
    number = value if isinstance(value, str) else f"{value:.10f}".rstrip("0").rstrip(".")
    cells = {"as_of": "2024-01-26", "evidence": "not mentioned"} | {n: str(v) for n, v in fields.items()}
    return Row(f"{qualifier} {number}".strip(), cells=cells, **known)  # type: ignore[arg-type]


def made(*rows: Row) -> list[Figure]:
    """The figures of a ledger of these rows, in their order."""
    quantities = {q: f"q{n}" for n, q in enumerate(dict.fromkeys(r.quantity for r in rows))}
    claimants = {c: f"c{n}" for n, c in enumerate(dict.fromkeys(r.claimant for r in rows))}
    parties = {p: f"p{n}" for n, p in enumerate(dict.fromkeys(c.party for c in claimants))}
    sources = {s: f"s{n}" for n, s in enumerate(dict.fromkeys(r.source for r in rows))}
    figures = []
    for r in rows:
        refers = {"claimant": claimants[r.claimant], "source": sources[r.source]}
        figures.append(figure(r.id, quantities[r.quantity], r.said, r.quantity.unit, **refers, **r.cells))
    tables = {
        "sources": [
            {"id": id, "publisher": s.publisher, "title": "News", "published": s.published, "language": "en"}
            for s, id in sources.items()
        ],
        "parties": [
            {"id": id, "label": p.label, "colour": p.colour, "interested": "yes"} for p, id in parties.items()
        ],
        "claimants": [{"id": id, "name": c.name, "party": parties[c.party]} for c, id in claimants.items()],
        "quantities": [
            quantity(id, q.unit, q.kind, label=q.label, population="people")
            | ({"period_start": "2020-01-01", "period_basis": "the source"} if q.kind == "cumulative" else {})
            for q, id in quantities.items()
        ],
        "figures": figures,
        "relations": [relation(r.id, "restates", r.restates, source="s0") for r in rows if r.restates],
    }
    with tempfile.TemporaryDirectory() as folder:
        ledger = load(Path(folder, "data"), **tables)
    return [ledger[r.id] for r in rows]


def stated(qualifier: str, value: float | str = "", **fields: object) -> Figure:
    """A figure that is alone in its ledger."""
    return made(row(qualifier, value, **fields))[0]


@cache
def many(count: int) -> list[Figure]:
    """So many figures of several quantities, units, claimants and qualifiers."""
    quantities = [
        HOMELESS,
        Quantity("Bridges closed", "bridge"),
        Quantity("Volunteers at work along the lower course of the river and its side arms"),
        Quantity("Share of homes without electricity", "percent", "ratio"),
        Quantity("Length of dykes", "kilometre", "length"),
        Quantity("People brought to safety"),
    ]
    qualifiers = ("", "at least", "about", "nearly", "more than", "up to", "dozens")
    rows = []
    for n in range(count):
        of = quantities[n * 7 // max(count, 7) % len(quantities)] if count > 12 else quantities[n % 6]
        share = of.unit == "percent"
        qualifier = "about" if share else qualifiers[n % 7]
        value = "" if qualifier == "dozens" else 30 + n % 50 if share else (n * 7919) % 617_000 + 5
        evidence = "people identified" if n % 5 == 0 else "not mentioned"
        who = (MAYOR, CHIEF, PAPER)[n % 3]
        rows.append(
            row(
                qualifier,
                value,
                quantity=of,
                claimant=who,
                evidence=evidence,
                paragraph=n % 30 + 1,
                id=f"f{n}",
            )
        )
    return made(*rows)


@cache
def series(count: int) -> list[Figure]:
    """So many statements of one cumulative count over two years, by three claimants, some of them restated."""
    of, later = Quantity("People brought to safety", kind="cumulative"), Source(published="2024-03-01")
    rows: list[Row] = []
    for n in range(count):
        day = DAY(2022, 3, 1) + datetime.timedelta(days=round(700 * n / count))
        dated = {"as_of": str(day)}
        if n % 7 == 3:
            dated = {"as_of": "", "stated_on": str(day)}
        if n % 11 == 5:
            dated = {"as_of": f"{day:%Y-%m}"}
        value = 1000 + 60 * n * (1 + n % 3) // max(1, count // 40)
        more = {"restates": rows[-1].id} if n % 10 == 9 else {}
        evidence = "people identified" if n % 3 == 0 else "not mentioned"
        who = (MAYOR, CHIEF, PAPER)[n % 3]
        rows.append(
            row(("", "at least", "about")[n % 3], value, quantity=of, claimant=who, source=later, id=f"s{n}",
                evidence=evidence, **dated, **more)  # type: ignore[arg-type]
        )  # fmt: skip
    return made(*rows)
