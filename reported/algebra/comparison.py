"""Comparisons: formulas evaluated on bounds and units at once, with verdicts, cautions and refusals.

Derives everything from the ledger. How an outcome is drawn or printed in a page is not known here.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

import pandas as pd
import pint

from reported.algebra import formula
from reported.intervals import wording
from reported.intervals.bounds import Bounds, compatible
from reported.ledger.ledger import Ledger
from reported.ledger.package import DataError, shown, suggestion
from reported.ledger.reading import CAUTIOUS, FACE_VALUE, READINGS, TYPICAL
from reported.ledger.records import Figure

HOLDS, FAILS, UNDETERMINED, REFUSED, MISSING = "holds", "fails", "undetermined", "refused", "missing"

_DIMENSIONS = (
    "metre = [length]",
    "kilometre = 1000 * metre",
    "square_kilometre = kilometre ** 2",
    "minute = [time]",
    "hour = 60 * minute",
    "day = 24 * hour",
    "week = 7 * day",
    "year = 365.2425 * day",
    "kilogram = [mass]",
    "tonne = 1000 * kilogram",
    "litre = 0.001 * metre ** 3",
    "percent = 0.01",
)


class UnitError(ValueError):
    """A sum, difference, order or fit of unlike units. str() names both terms; `units` only the units."""

    def __init__(self, message: str, units: str) -> None:
        super().__init__(message)
        self.units = units


class Refusal(Exception):
    """A comparison that must not be made; str() is the reason in words."""


@dataclass(frozen=True)
class Outcome:
    """What a comparison comes to under one reading.

    `kind` is one of holds, fails, undetermined, missing (no digits to go by), refused – or "bounds", and then
    `bounds` holds the result in the comparison's unit.
    """

    reading: str
    kind: str
    bounds: Bounds | None = None


@dataclass(frozen=True)
class Caution:
    """A reason, derived from the data, to be careful.

    `kind` is a short name, `reason` a clause that stands for every case, `about` what it concerns here.
    """

    kind: str
    reason: str
    about: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The caution as a sentence."""
        return f"{self.reason}: {wording.listing(self.about)}." if self.about else f"{self.reason}."


@dataclass(frozen=True)
class Comparison:
    """A question, its formula and what it comes to.

    In an f-string it stands as its outcome under the typical reading, linked to its row; after a colon stands
    what else is wanted: a reading (`f"{c:cautious}"`), `f"{c:verdict}"`, or `f"{c:capital}"` at the start of a
    sentence.
    """

    id: str
    topic: str
    question: str
    statement: str
    formula: str
    scale: int
    decimals: int
    measure: str
    note: str
    unit: str
    figures: tuple[Figure, ...]
    outcomes: Mapping[str, Outcome]
    refusals: tuple[str, ...]
    cautions: tuple[Caution, ...]
    is_verdict: bool
    is_fit: bool
    sides: tuple[tuple[str, Mapping[str, Bounds | None]], ...]
    """For an order or a fit, its two terms: text, and bounds under each reading."""

    @property
    def anchor(self) -> str:
        """Id of the comparison's row in the table of comparisons."""
        return f"comparison-{self.id}"

    @property
    def verdict(self) -> str:
        """The outcome that a reader may rely on: the cautious one where it decides, else the typical one.

        Wider bounds can only make a fit easier, so one that the cautious reading alone finds is undetermined.
        """
        cautious, typical = self.outcomes[CAUTIOUS].kind, self.outcomes[TYPICAL].kind
        if self.is_fit and cautious != typical:
            return UNDETERMINED
        return cautious if cautious in (HOLDS, FAILS, REFUSED) else typical

    @property
    def strength(self) -> str:
        """`firm` where the verdict stands under the cautious reading, `typical only`, or "" without one."""
        if self.verdict not in (HOLDS, FAILS):
            return ""
        if self.outcomes[CAUTIOUS].kind in (HOLDS, FAILS):
            return "firm"
        return "typical only"

    @property
    def digits_mislead(self) -> bool:
        """Whether the digits alone decide what the words, read cautiously, leave open or decide otherwise."""
        face = self.outcomes[FACE_VALUE].kind
        return face in (HOLDS, FAILS) and face != self.outcomes[CAUTIOUS].kind

    def word(self, verdict: str) -> str:
        """A verdict as a reader meets it: two figures that fit are compatible, which is less than agreement."""
        return (
            {HOLDS: "compatible", FAILS: "not compatible"}.get(verdict, verdict) if self.is_fit else verdict
        )

    def says(self, reading: str = TYPICAL) -> str:
        """The outcome under a reading, in words."""
        outcome = self.outcomes[reading]
        if outcome.kind != "bounds":
            return wording.MISSING if outcome.kind == MISSING else self.word(outcome.kind)
        words = wording.digits if reading == FACE_VALUE else wording.bounds
        return words(outcome.bounds, self.decimals, self.scale)

    def __format__(self, spec: str) -> str:
        match spec:
            case "verdict":
                text = self.word(self.verdict)
            case "capital":
                text = wording.capital(self.says())
            case _ if spec == "" or spec in READINGS:
                text = self.says(spec or TYPICAL)
            case _:
                raise ValueError(
                    f"a comparison has no form {shown(spec)}; say verdict, capital, {', '.join(READINGS)}"
                )
        return f"[{text}](#{self.anchor})"

    def __str__(self) -> str:
        return format(self)


class Comparisons(Mapping[str, Comparison]):
    """All comparisons of a ledger, evaluated under every reading, by id or attribute.

    Raises DataError, one line each, where a formula adds or orders unlike units that no relation keeps apart.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._all: dict[str, Comparison] = {}
        table = ledger.table("comparisons")
        problems = []
        for row, cells in enumerate(table.rows):
            try:
                self._all[cells["id"]] = compare(ledger, **{k: v for k, v in cells.items() if k in _CELLS})
            except (UnitError, formula.FormulaError, OverflowError) as error:
                problems.append(f"{table.at(row, 'formula')}: {error}")
        if problems:
            raise DataError(problems)

    def __getitem__(self, name: str) -> Comparison:
        try:
            return self._all[name]
        except KeyError:
            raise KeyError(f"{shown(name)} is no comparison{suggestion(name, self._all)}") from None

    def __getattr__(self, name: str) -> Comparison:
        if name in self.__dict__.get("_all", {}):
            return self._all[name]
        raise AttributeError(
            f"{shown(name)} is no comparison{suggestion(name, self.__dict__.get('_all', {}))}"
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def select(self, topic: str) -> list[Comparison]:
        """The comparisons of one topic, in their order."""
        return [c for c in self.values() if c.topic == topic]

    @property
    def frame(self) -> pd.DataFrame:
        """One row a comparison: question, formula, unit, outcome in words and ends under each reading, cautions."""
        return pd.DataFrame([_row(c) for c in self.values()])


@dataclass(frozen=True)
class Fit:
    """Two figures of one quantity, held against each other.

    `fits` says for each reading whether their bounds overlap (None where one has none). `standing` is
    "another day" (they need not fit), "repetition" (one claimant, or the ledger says so), "one side" or
    "separate reports"; `days` is "same day", "different days" or "day not given".
    """

    one: Figure
    other: Figure
    fits: Mapping[str, bool | None]
    standing: str
    days: str


def fits(ledger: Ledger) -> list[Fit]:
    """Every pair of figures of one quantity, from one source or several, in the ledger's order."""
    together: dict[str, list[Figure]] = {}
    for figure in ledger:
        together.setdefault(figure.quantity.id, []).append(figure)
    return [_fit(ledger, *pair) for figures in together.values() for pair in combinations(figures, 2)]


def _fit(ledger: Ledger, one: Figure, other: Figure) -> Fit:
    overlap = {}
    for reading in READINGS:
        pair = [b for b in (one.bounds[reading], other.bounds[reading]) if b is not None]
        overlap[reading] = bool(compatible(*pair)) if len(pair) == 2 else None
    said_again = one.claimant == other.claimant or any(
        ledger.related(kind, one.id, other.id) for kind in ("restates", "probably the same statement as")
    )
    one_side = one.claimant.side == other.claimant.side and one.claimant.side in ("Ukraine", "Russia")
    known = one.as_of is not None and other.as_of is not None
    days = ("same day" if one.as_of == other.as_of else "different days") if known else "day not given"
    if days == "different days":
        standing = "another day"
    else:
        standing = "repetition" if said_again else "one side" if one_side else "separate reports"
    return Fit(one, other, overlap, standing, days)


_CELLS = ("id", "topic", "question", "statement", "formula", "scale", "decimals", "measure", "note")


def compare(
    ledger: Ledger,
    formula: str,
    id: str = "question",
    topic: str = "",
    question: str = "",
    statement: str = "",
    scale: int | str = 1,
    decimals: int | str = 0,
    measure: str = "",
    note: str = "",
) -> Comparison:
    """Evaluate one formula over the ledger's figures under every reading.

    Raises FormulaError for what is no formula, KeyError for an unknown figure, UnitError for unlike units that
    no relation keeps apart. Figures that the ledger calls unrelated, and a divisor that may be zero, are no
    errors: the comparison comes back refused, with the reason.
    """
    node = parse(formula)
    figures = tuple(ledger[name] for name in names(node))
    refusals = list(_unrelated(ledger, figures))
    unit, found = "", {}
    try:
        unit = str(_units(node, ledger)).replace("dimensionless", "")
        found = {} if refusals else {reading: _outcome(node, ledger, reading) for reading in READINGS}
    except UnitError as error:
        if not refusals:
            raise
        refusals.append(f"The units are unlike: {error.units}.")
    except Refusal as refusal:
        refusals.append(str(refusal))
    outcomes = {r: found[r][0] if found else Outcome(r, REFUSED) for r in READINGS}
    return Comparison(
        id=id,
        topic=topic,
        question=question,
        statement=statement,
        formula=formula,
        scale=int(scale or 1),
        decimals=int(decimals or 0),
        measure=measure,
        note=note,
        unit=unit,
        figures=figures,
        outcomes=outcomes,
        refusals=tuple(refusals),
        cautions=tuple(_cautions(ledger, node, figures, outcomes)),
        is_verdict=isinstance(node, Order | Compatible),
        is_fit=isinstance(node, Compatible),
        sides=_sides(node, {reading: terms for reading, (_, terms) in found.items()}),
    )


parse, names = formula.parse, formula.names
Order, Compatible, Arithmetic = formula.Order, formula.Compatible, formula.Arithmetic


# ---------------------------------------------------------------- units


@lru_cache(maxsize=8)
def _registry(counted: frozenset[str]) -> pint.UnitRegistry[Any]:
    """Lengths, times and masses, and a dimension of its own for everything that is counted."""
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None)
    for definition in _DIMENSIONS:
        registry.define(definition)
    for name in sorted(counted):
        if name not in registry:
            registry.define(f"{name} = [{name}]")
    return registry


def _units(node: formula.Node, ledger: Ledger) -> Any:
    """The unit of a formula's outcome, as a pint unit. Raises UnitError for unlike units."""
    registry = _registry(frozenset(q["unit"] for q in ledger.table("quantities").rows))
    return _unit(node, ledger, registry)


def _unit(node: formula.Node, ledger: Ledger, registry: Any) -> Any:
    match node:
        case formula.Number():
            return registry.Unit("")
        case formula.Days():
            return registry.Unit("day")
        case formula.Name(id_) | formula.Digits(id_):
            unit = ledger[id_].quantity.unit
            return registry.Unit("" if unit == "ratio" else unit)
        case formula.Negative(term):
            return _unit(term, ledger, registry)
    left, right = _unit(node.left, ledger, registry), _unit(node.right, ledger, registry)
    if isinstance(node, Arithmetic) and node.operator in ("*", "/"):
        return left * right if node.operator == "*" else left / right
    if left.dimensionality != right.dimensionality or _factor(left, right) != 1:
        verb = _VERBS[node.operator if not isinstance(node, Compatible) else "compatible"]
        one, other = _unit_name(left), _unit_name(right)
        raise UnitError(
            f"{_text(node.left)} ({one}) cannot be {verb} {_text(node.right)} ({other})",
            f"{one} cannot be {verb} {other}",
        )
    return left if isinstance(node, Arithmetic) else registry.Unit("")


_VERBS = {"+": "added to", "-": "reduced by", "compatible": "set against"} | dict.fromkeys(
    (">", ">=", "<", "<="), "ordered against"
)


def _factor(left: Any, right: Any) -> float:
    return float((1 * left).to_base_units().magnitude / (1 * right).to_base_units().magnitude)


def _unit_name(unit: Any) -> str:
    return str(unit).replace("dimensionless", "no unit")


def _text(node: formula.Node) -> str:
    """A term as it was written, for messages and tables."""
    match node:
        case formula.Number(value):
            return str(value)
        case formula.Name(id_):
            return id_
        case formula.Days(id_):
            return f"days({id_})"
        case formula.Digits(id_):
            return f"number({id_})"
        case formula.Negative(term):
            return f"-{_text(term)}"
    assert isinstance(node, Arithmetic)
    return f"({_text(node.left)} {node.operator} {_text(node.right)})"


# ---------------------------------------------------------------- bounds and verdicts


def _outcome(
    node: formula.Node, ledger: Ledger, reading: str
) -> tuple[Outcome, tuple[Bounds | None, Bounds | None]]:
    if not isinstance(node, Order | Compatible):
        value = _value(node, ledger, reading)
        return Outcome(reading, "bounds" if value is not None else MISSING, value), (None, None)
    left, right = _value(node.left, ledger, reading), _value(node.right, ledger, reading)
    if left is None or right is None:
        return Outcome(reading, MISSING), (left, right)
    answer = compatible(left, right) if isinstance(node, Compatible) else _ordered(node.operator, left, right)
    return Outcome(reading, wording.verdict(answer)), (left, right)


def _ordered(sign: str, left: Bounds, right: Bounds) -> object:
    match sign:
        case ">":
            return left > right
        case ">=":
            return left >= right
        case "<":
            return left < right
    return left <= right


def _value(node: formula.Node, ledger: Ledger, reading: str) -> Bounds | None:
    """Bounds of a term under a reading; None where a figure in it gives none."""
    match node:
        case formula.Number(number):
            return Bounds(number)
        case formula.Name(id_):
            return ledger[id_].bounds[reading]
        case formula.Digits(id_):
            return ledger[id_].bounds[FACE_VALUE]
        case formula.Days(id_):
            return _days(ledger[id_])
        case formula.Negative(term):
            value = _value(term, ledger, reading)
            return None if value is None else -value
    assert isinstance(node, Arithmetic)
    left, right = _value(node.left, ledger, reading), _value(node.right, ledger, reading)
    if left is None or right is None:
        return None
    if node.operator == "/" and right.contains(0):
        raise Refusal(
            f"a divisor that may be zero: {_text(node.left)} {left} cannot be divided by {_text(node.right)} {right}"
        )
    found: Bounds = _OPERATIONS[node.operator](left, right)
    return found


_OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def _days(figure: Figure) -> Bounds:
    start, end = figure.quantity.period_start, figure.as_of
    if start is None or end is None:
        lacking = "the start of its period" if start is None else "the date it holds for"
        raise formula.FormulaError(f"days({figure.id}) needs {lacking}, which the ledger does not give")
    return Bounds((end - start).days)


def _sides(
    node: formula.Node, terms: Mapping[str, tuple[Bounds | None, Bounds | None]]
) -> tuple[tuple[str, Mapping[str, Bounds | None]], ...]:
    if not isinstance(node, Order | Compatible) or not terms:
        return ()
    return tuple(
        (_text(term), {reading: terms[reading][i] for reading in READINGS})
        for i, term in enumerate((node.left, node.right))
    )


# ---------------------------------------------------------------- refusals and cautions


def _unrelated(ledger: Ledger, figures: tuple[Figure, ...]) -> Iterator[str]:
    for one, other in combinations(figures, 2):
        relation = ledger.related("unrelated to", one.id, other.id)
        if relation:
            yield f"{relation.in_our_words} {relation.hedge}".strip()


def _cautions(
    ledger: Ledger, node: formula.Node, figures: tuple[Figure, ...], outcomes: Mapping[str, Outcome]
) -> Iterator[Caution]:
    yield from _about_dates(node, figures)
    yield from _about_populations(figures)
    yield from _about_claimants(ledger, figures)
    yield from _about_evidence(figures)
    yield from _about_ends(figures, outcomes)


def _about_dates(node: formula.Node, figures: tuple[Figure, ...]) -> Iterator[Caution]:
    unknown = [f.quantity.label for f in figures if f.as_of is None]
    assumed = [f.quantity.label for f in figures if f.as_of_basis == "article date"]
    if unknown:
        yield Caution("date unknown", "The date it holds for is not given", _each(unknown))
    if assumed:
        yield Caution(
            "date assumed", "The article's date stands in for one that is not given", _each(assumed)
        )
    days = {f.as_of for f in figures if f.as_of is not None}
    if len(days) > 1:
        yield Caution("dates differ", "The dates differ", _each([wording.date(d) for d in sorted(days)]))
    counted = {n.id for n in formula.walk(node) if isinstance(n, formula.Days)}
    derived = [f.quantity for f in figures if f.id in counted and f.quantity.period_basis == "derived"]
    for start in dict.fromkeys(q.period_start for q in derived):
        yield Caution(
            "start derived", f"The start of the period, {wording.date(start)}, is derived, not given"
        )


def _about_populations(figures: tuple[Figure, ...]) -> Iterator[Caution]:
    quantities = list({f.quantity.id: f.quantity for f in figures}.values())
    for one, other in combinations(quantities, 2):
        if one.kind != other.kind and one.kind in _COUNTS and other.kind in _COUNTS:
            yield Caution(
                "kinds differ",
                f"{wording.capital(_COUNTS[one.kind])} is set against {_COUNTS[other.kind]}",
                _each([one.label, other.label]),
            )
        if one.unit == other.unit and one.population != other.population:
            yield Caution(
                "populations differ", "The populations differ", _each([one.population, other.population])
            )


_COUNTS = {"stock": "a number at one time", "cumulative": "a count since a start", "event": "a single event"}


def _about_claimants(ledger: Ledger, figures: tuple[Figure, ...]) -> Iterator[Caution]:
    side = figures[0].claimant.side if figures else ""
    if len(figures) > 1 and side in ("Ukraine", "Russia") and all(f.claimant.side == side for f in figures):
        speakers = list(dict.fromkeys(f.claimant.name for f in figures))
        who = f"from one claimant ({speakers[0]})" if len(speakers) == 1 else f"from one side ({side})"
        yield Caution("one side", f"All of it comes {who}; repetition is no corroboration")
    for one, other in combinations(figures, 2):
        same = ledger.related("probably the same statement as", one.id, other.id) or ledger.related(
            "restates", one.id, other.id
        )
        if same:
            yield Caution("one statement", f"{same.in_our_words} {same.hedge}".strip().removesuffix("."))


def _about_evidence(figures: tuple[Figure, ...]) -> Iterator[Caution]:
    for kind, words in (("disputed", "Disputed"), ("not confirmed", "Not confirmed")):
        every = [
            (r.responder.name, f.quantity.label) for f in figures for r in f.responses if r.response == kind
        ]
        for who in dict.fromkeys(name for name, _ in every):
            labels = list(dict.fromkeys(label for name, label in every if name == who))
            yield Caution(kind, f"{words} by {who}", _each(labels))
    bare = [f.quantity.label for f in figures if f.evidence == "stated to be without evidence"]
    if bare:
        yield Caution("without evidence", "Stated to be without evidence", _each(bare))
    for paragraph in dict.fromkeys(f.little_disclosed for f in figures if f.little_disclosed):
        labels = [f.quantity.label for f in figures if f.little_disclosed == paragraph]
        yield Caution(
            "little disclosed",
            f"The claimant's side discloses little about it (paragraph {paragraph})",
            _each(labels),
        )


def _about_ends(figures: tuple[Figure, ...], outcomes: Mapping[str, Outcome]) -> Iterator[Caution]:
    for f in figures:
        typical = f.bounds[TYPICAL]
        if typical is not None and typical.is_unbounded:
            yield Caution("open end", "The words set no upper end", (f"{f.quantity.label}, “{f.said}”",))
    kinds = [outcomes[reading].kind for reading in READINGS]
    if kinds[1] != kinds[2]:
        yield Caution("readings differ", "The typical and the cautious reading come to different verdicts")
    elif kinds[0] in (HOLDS, FAILS) and kinds[0] != kinds[1]:
        yield Caution("digits mislead", "The digits alone give a verdict that the words do not")


def _each(labels: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))


def _row(c: Comparison) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": c.id,
        "topic": c.topic,
        "question": c.question,
        "formula": c.formula,
        "unit": c.unit,
        "scale": c.scale,
        "measure": c.measure,
    }
    for reading in READINGS:
        outcome = c.outcomes[reading]
        row[reading] = c.says(reading)
        row[f"{reading} lower"] = outcome.bounds.lower if outcome.bounds is not None else None
        row[f"{reading} upper"] = outcome.bounds.upper if outcome.bounds is not None else None
    row["verdict"] = c.verdict if c.is_verdict or c.refusals else ""
    row["strength"] = c.strength
    row["refused because"] = " ".join(c.refusals)
    row["cautions"] = " ".join(caution.text for caution in c.cautions)
    return row
