"""Stand-ins for what charts take: figures, results and verdicts with the attributes that figures have."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass, field
from typing import Any

from reported.figures.units import Unit
from reported.ledger import READINGS, PartialDate

DAY = datetime.date
PUBLISHED = PartialDate("2024-01-26")


@dataclass(frozen=True)
class Ends:
    lower: float
    upper: float


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
    published: PartialDate = PUBLISHED


NORTH, SOUTH, NEWS = Party("North", "#0072b2"), Party("South", "#d55e00"), Party("news media")
MAYOR, CHIEF, PAPER = (
    Claimant("the mayor", NORTH),
    Claimant("the fire chief", SOUTH),
    Claimant("a paper", NEWS),
)
HOMELESS = Quantity("People made homeless by the flood")


class Restatements:
    """What charts ask of a ledger."""

    def restated(self, figure: Any) -> Any:
        return figure.restates


@dataclass(frozen=True, eq=False)
class Stated:
    """A figure."""

    said: str
    value: float
    widths: tuple[tuple[float, float], ...]
    claimant: Claimant = MAYOR
    quantity: Quantity = HOMELESS
    held: tuple[DAY | None, DAY | None, str] = (DAY(2024, 1, 26), DAY(2024, 1, 26), "26 January 2024")
    evidence: str = "not mentioned"
    source: Source = Source()
    paragraph: int = 3
    id: str = "figure"
    restates: Any = None
    relayed_by: Any = None

    @property
    def label(self) -> str:
        return self.quantity.label

    @property
    def unit(self) -> Unit:
        return Unit.of(self.quantity.unit)

    @property
    def bounds(self) -> dict[str, Ends | None]:
        return {r: None if math.isnan(w[0]) else Ends(*w) for r, w in zip(READINGS, self.widths, strict=True)}

    @property
    def figures(self) -> tuple[Any, ...]:
        return (self,)

    def says(self, reading: str = "typical", decimals: int | None = None, scale: int = 1) -> str:
        pair = self.bounds[reading]
        if pair is None:
            return "no digits reported"
        if math.isinf(pair.upper):
            return f"at least {pair.lower:,g}"
        return f"{pair.lower:,.6g}" if pair.lower == pair.upper else f"{pair.lower:,.6g} to {pair.upper:,.6g}"

    @property
    def ledger(self) -> Any:
        return Restatements()


def stated(qualifier: str, value: float, **fields: Any) -> Stated:
    """A figure with its bounds, by a few of the package's qualifiers."""
    words = f"{qualifier} {value:,.6g}".strip()
    exact = (value, value)
    widths = {
        "": (exact,) * 3,
        "at least": (exact, (value, math.inf), (value, math.inf)),
        "more than": (exact, (value + 1, math.inf), (value + 1, math.inf)),
        "about": (exact, (0.95 * value, 1.05 * value), (0.8 * value, 1.25 * value)),
        "nearly": (exact, (0.95 * value, value), (0.85 * value, value)),
        "up to": (exact, (0.0, value), (0.0, value)),
        "dozens": ((math.nan,) * 2, (24, math.inf), (12, math.inf)),
    }[qualifier]
    return Stated("dozens" if qualifier == "dozens" else words, value, widths, **fields)


@dataclass(frozen=True)
class Judged:
    """A verdict."""

    left: Any
    right: Any
    operator: str
    outcomes: tuple[str, str, str]
    refusals: tuple[str, ...] = ()
    figures: tuple[Any, ...] = field(default=())

    def says(self, reading: str = "typical") -> str:
        words = {"holds": "yes", "fails": "no", "undetermined": "cannot be told", "missing": "no digits"}
        return words.get(self.under(reading), self.under(reading))

    def under(self, reading: str) -> str:
        return dict(zip(READINGS, self.outcomes, strict=True))[reading]


def many(count: int) -> list[Stated]:
    """So many figures of several quantities, units, claimants and qualifiers."""
    quantities = [
        HOMELESS,
        Quantity("Bridges closed", "bridge"),
        Quantity("Volunteers at work along the lower course of the river and its side arms"),
        Quantity("Share of homes without electricity", "percent"),
        Quantity("Length of dykes", "kilometre"),
        Quantity("People brought to safety"),
    ]
    qualifiers = ("", "at least", "about", "nearly", "more than", "up to", "dozens")
    found = []
    for n in range(count):
        quantity = quantities[n * 7 // max(count, 7) % len(quantities)] if count > 12 else quantities[n % 6]
        value = 0.3 + n % 50 / 100 if quantity.unit == "percent" else float((n * 7919) % 617_000 + 5)
        qualifier = qualifiers[n % 7]
        evidence = "people identified" if n % 5 == 0 else "not mentioned"
        found.append(
            stated(
                "about" if quantity.unit == "percent" else qualifier,
                value,
                quantity=quantity,
                claimant=(MAYOR, CHIEF, PAPER)[n % 3],
                evidence=evidence,
                paragraph=n % 30 + 1,
                id=f"f{n}",
            )
        )
    return found


def series(count: int) -> list[Stated]:
    """So many statements of one cumulative count over two years, by three claimants, some of them restated."""
    quantity = Quantity("People brought to safety", kind="cumulative")
    found: list[Stated] = []
    for n in range(count):
        day = DAY(2022, 3, 1) + datetime.timedelta(days=round(700 * n / count))
        held: tuple[DAY | None, DAY | None, str] = (day, day, f"{day:%-d %B %Y}")
        if n % 7 == 3:
            held = (None, day, f"by {day:%-d %B %Y}")
        if n % 11 == 5:
            held = (day.replace(day=1), day.replace(day=28), f"{day:%B %Y}")
        value = float(1000 + 60 * n * (1 + n % 3) // max(1, count // 40))
        found.append(
            stated(
                ("", "at least", "about")[n % 3],
                value,
                quantity=quantity,
                held=held,
                id=f"s{n}",
                claimant=(MAYOR, CHIEF, PAPER)[n % 3],
                evidence="people identified" if n % 3 == 0 else "not mentioned",
                restates=found[-1] if n % 10 == 9 else None,
            )
        )
    return found
