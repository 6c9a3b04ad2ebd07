"""What computes: figures, constants and the results of arithmetic on them.

An operand has bounds under each reading, a unit, the figures it rests on, and the cautions and refusals that come
with them; a result keeps all of these through any expression.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, reduce
from itertools import product
from numbers import Real
from operator import add
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, cast

from reported.figures import card
from reported.figures.cautions import REPEATED, Caution, between, merged, refusals
from reported.figures.exact import Interval, rational
from reported.figures.units import POINTS, SHARE, Unit, UnitError, aligned, cancelled
from reported.intervals import wording
from reported.intervals.bounds import Bounds
from reported.intervals.rounding import Exact
from reported.ledger.records import READINGS

if TYPE_CHECKING:
    from reported.figures.figure import Figure
    from reported.figures.verdict import Verdict

Readings = Mapping[str, Interval | None]
_NUMBER = Unit()


def _operator(symbol: str) -> Any:
    """An operator method and its reflection."""

    def method(self: Operand, other: Any) -> Any:
        return _beside(self, symbol, other)

    def reflection(self: Operand, other: Any) -> Any:
        return _beside(self, symbol, other, swapped=True)

    return method, reflection


class Operand:
    """Something to compute with: `+ - * /`, `> >= < <=`, unary `-` and `abs`, beside operands and plain numbers.

    In sums, differences and orders a plain number takes the other's unit; beside a percentage it is a UnitError that
    names `percent(...)`, except for 1 − share. In products and quotients a plain number has no unit. An operation
    that must not be computed returns a refused result, whose `refusals` say why. Beside a numpy array or a pandas Series the operation
    goes element by element and returns objects.
    """

    exact: Readings
    """The ends under each reading, in `unit`, before they are rounded to bounds."""
    unit: Unit
    figures: tuple[Figure, ...]
    cautions: tuple[Caution, ...]
    refusals: tuple[str, ...]
    expression: str
    """What was computed, in the ids of the figures."""
    label: str
    """What it is, in words."""

    __array_ufunc__: ClassVar[None] = None  # numpy and pandas leave the operation to us
    __hash__ = object.__hash__

    @cached_property
    def bounds(self) -> Mapping[str, Bounds | None]:
        """Bounds under each reading, in `unit`; percentages are fractions. None where there is nothing to go by."""
        return MappingProxyType({r: None if ends is None else ends.bounds for r, ends in self.exact.items()})

    @property
    def digits(self) -> Bounds | None:
        """Bounds by the digits alone."""
        return self.bounds["digits"]

    @property
    def typical(self) -> Bounds | None:
        """Bounds under the typical reading."""
        return self.bounds["typical"]

    @property
    def cautious(self) -> Bounds | None:
        """Bounds under the cautious reading."""
        return self.bounds["cautious"]

    @property
    def is_tightest(self) -> bool:
        """Whether no narrower bounds are true; False where a figure occurs more than once and they may be."""
        return REPEATED not in self.cautions

    def says(self, reading: str = "typical", decimals: int | None = None, scale: int = 1) -> str:
        """The bounds under a reading in words, rounded outward, multiplied by `scale`; without the unit.

        >>> from reported import percent, said
        >>> percent(45).says(), (said("at least 50") / 3).says()
        ('45%', 'at least 16.6')
        """
        check_reading(reading)
        if self.refusals:
            return "refused"
        bounds = self.bounds[reading]
        if bounds is None:
            return wording.MISSING
        if self.unit.print_as == POINTS:
            return f"{wording.bounds(bounds, decimals, 100 * scale)} percentage points"
        return wording.bounds(bounds, decimals, scale, percent=self.unit.print_as == SHARE)

    def __neg__(self) -> Result:
        return Result("negative", (self,), self.unit, lambda b: -b)

    def __pos__(self) -> Operand:
        return self

    def __abs__(self) -> Result:
        return Result("abs", (self,), self.unit, abs)

    __add__, _reflected_add = _operator("+")
    __sub__, __rsub__ = _operator("-")
    __mul__, __rmul__ = _operator("*")
    __truediv__, __rtruediv__ = _operator("/")
    __gt__, _ = _operator(">")
    __ge__, _ = _operator(">=")
    __lt__, _ = _operator("<")
    __le__, _ = _operator("<=")
    del _

    def __radd__(self, other: Any) -> Any:
        is_start_of_sum = type(other) is int and other == 0
        return self if is_start_of_sum else self._reflected_add(other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Real | Decimal | Bounds) or _is_array(other):
            what = "an array" if _is_array(other) else other
            raise TypeError(
                f"{self.expression} == {what} has no answer here: a reported number is bounds. "
                f"Ask with compatible({self.expression}, {what}), > or <, or compare .typical"
            )
        return NotImplemented

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self.expression} is neither true nor false: compare it with something")

    def __float__(self) -> NoReturn:
        raise TypeError(
            f"{self.expression} is bounds, not one number: take an end, such as .typical.lower, or .counted"
        )

    def __repr__(self) -> str:
        return card.line(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return card.mimebundle(self)


class Constant(Operand):
    """A number or bounds that no source reports: it has no figures and no cautions."""

    def __init__(
        self, exact: Interval | Readings, unit: Unit = _NUMBER, text: str = "", label: str = ""
    ) -> None:
        self.exact = dict.fromkeys(READINGS, exact) if isinstance(exact, Interval) else dict(exact)
        self.unit = unit
        self.figures, self.cautions, self.refusals = (), (), ()
        self.expression = text or wording.bounds(self.bounds["typical"], None)
        self.label = label or self.expression

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.exact, self.unit, self.expression, self.label)


class Period(Constant):
    """A length of time in days, never negative; dividing by it leaves a length of zero out.

    Of the figures whose days it is between, it has the cautions about missing days.
    """

    def __init__(
        self,
        exact: Interval | Readings,
        unit: Unit,
        text: str,
        label: str = "",
        figures: Iterable[Figure] = (),
    ) -> None:
        super().__init__(exact, unit, text, label)
        self.figures = tuple(figures)
        self.cautions = merged(c for f in self.figures for c in f.cautions if c.kind == "no day")

    def __reduce__(self) -> tuple[Any, ...]:
        return Period, (self.exact, self.unit, self.expression, self.label, self.figures)


class Result(Operand):
    """The result of arithmetic on operands; it keeps their figures, cautions and refusals."""

    def __init__(
        self,
        operation: str,
        terms: tuple[Operand, ...],
        unit: Unit,
        rule: Callable[..., Interval],
        refused: Iterable[str] = (),
    ) -> None:
        self.operation, self._terms, self._rule = operation, terms, rule
        self.unit = unit
        self.figures = tuple(dict.fromkeys(figure for term in terms for figure in term.figures))
        self.refusals = tuple(dict.fromkeys([*(r for term in terms for r in term.refusals), *refused]))
        self.expression = _expression(operation, terms)
        self.label = self.expression
        self.exact: Readings = dict.fromkeys(READINGS)
        if not self.refusals:
            try:
                self.exact = {reading: self._computed(reading) for reading in READINGS}
            except ZeroDivisionError:
                self.refusals = (f"The divisor, {terms[1].expression}, may be zero.",)

    def _computed(self, reading: str) -> Interval | None:
        given = [term.exact[reading] for term in self._terms]
        return None if any(ends is None for ends in given) else self._rule(*given)

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:  # type: ignore[override]
        """Reasons to be careful, the weightiest first: those of the terms, and those of having them together."""
        found = [caution for term in self._terms for caution in term.cautions]
        if len(self._terms) == 2:
            found += between(self._terms[0].figures, self._terms[1].figures)
        occurrences = inexact_leaves(self)
        if len(set(occurrences)) < len(occurrences) and not _is_attained(self, occurrences):
            found.append(REPEATED)
        if self.operation == "total":  # the number of an event is the same on whatever day it is told
            found = [caution for caution in found if caution.kind != "no day"]
        return merged(found, self.figures)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.operation, self._terms, self.unit)


def percent(value: Any, to: Any = None) -> Constant:
    """A percentage, or a range of percentages, as a fraction: percent(40) is 0.4, printed "40%".

    Raises ValueError for ends in the wrong order, for an infinite number and for NaN.

    >>> percent(40).typical, percent(40, 45).says()
    (Bounds(0.39999999999999997, 0.4), '40 to 45%')
    """
    lower, upper = (Fraction(rational(end)) / 100 for end in (value, value if to is None else to))
    if lower > upper:
        raise ValueError(f"percent({value}, {to}) has its ends in the wrong order; put the smaller first")
    text = f"percent({value})" if to is None else f"percent({value}, {to})"
    return Constant(Interval(lower, upper), Unit.of("percent"), text)


def operand(value: Any) -> Operand | None:
    """`value` as an operand: a number, as it is written, becomes a constant; None for anything else.

    Raises ValueError for an infinite number and for NaN.
    """
    if isinstance(value, Operand):
        return value
    if isinstance(value, Bounds):
        return Constant(Interval.of(value), text=str(value))
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return None
    number = rational(value)
    return Constant(Interval(number, number), text=f"{value:,}" if isinstance(value, int) else str(value))


def combine(left: Operand, operator: str, right: Operand) -> Result | Verdict:
    """One operation. Raises UnitError for unlike units; what must not be computed is a refused result."""
    from reported.figures.verdict import Verdict

    left, right = _with_units(left, operator, right)
    refused = refusals(operator, left.figures, right.figures)
    if operator == "*":
        unit, factor = cancelled(left.unit, right.unit)
        return Result("*", (left, right), left.unit * unit, lambda a, b: (a * b).times(factor), refused)
    if operator == "/":
        return _quotient(left, right, refused)
    right = in_unit_of(left, operator, right)
    if operator == "+":
        return Result("+", (left, right), left.unit, lambda a, b: a + b, refused)
    if operator == "-":
        is_points = left.unit.is_fraction and not isinstance(left, _Whole)
        unit = Unit(print_as=POINTS) if is_points else left.unit
        return Result("-", (left, right), unit, lambda a, b: a - b, refused)
    return Verdict(left, operator, right, refused)


def _quotient(left: Operand, right: Operand, refused: list[str]) -> Result:
    unit, factor = cancelled(left.unit, right.unit)
    length = right.exact["typical"] if isinstance(right, Period) else None
    if length is not None and length.upper <= 1:
        refused = [*refused, "Both days are the same: a rate within one day cannot be given."]

    def rule(a: Interval, b: Interval) -> Interval:
        divisor = b.times(factor)
        if length is not None and divisor.lower == 0 and a.lower >= 0:
            # a length of zero is no length of time
            longest = divisor.upper
            least = 0 if longest == math.inf else (a / Interval(longest, longest)).lower
            return Interval(least, math.inf)
        return a / divisor

    return Result("/", (left, right), left.unit / unit, rule, refused)


def in_unit_of(left: Operand, operator: str, right: Operand) -> Operand:
    """`right` in the unit of `left`, converted where need be. Raises UnitError where the units are unlike."""
    factor = aligned(operator, left.unit, right.unit, (left.expression, right.expression))
    return right if factor == 1 else Result("in", (right,), left.unit, lambda b: b.times(factor))


def compatible(one: Any, other: Any) -> Verdict:
    """Whether the bounds of two operands overlap, so that nothing in the numbers contradicts: a verdict.

    An overlap confirms nothing and is never firm. Figures of different events are refused. Raises UnitError for
    unlike units, TypeError for anything but operands and numbers.

    >>> from reported import said
    >>> compatible(said("about 600,000"), 617_000).verdict
    'holds'
    """
    left, right = _operands("compatible", (one, other))
    return cast("Verdict", combine(left, "compatible", right))


def smallest(*operands: Any) -> Result:
    """The bounds of the smallest of two or more operands.

    Raises UnitError for unlike units, TypeError for fewer than two operands.

    >>> from reported import said
    >>> smallest(said("at least 50"), 70).typical
    Bounds(50, 70)
    """
    return _extreme("smallest", min, operands)


def largest(*operands: Any) -> Result:
    """The bounds of the largest of two or more operands; raises as `smallest` does.

    >>> from reported import said
    >>> largest(said("at least 50"), 70).typical
    Bounds(70, inf)
    """
    return _extreme("largest", max, operands)


class _Whole(Constant):
    """The whole that a share is taken from, in 1 − share."""


def _with_units(left: Operand, operator: str, right: Operand) -> tuple[Operand, Operand]:
    """In sums and orders a plain number takes the unit of the other side; beside a percentage it must say so."""
    if operator not in ("*", "/"):
        if isinstance(left, Constant) and left.unit.is_number:
            left = _taking_unit(left, right, is_whole=operator == "-")
        elif isinstance(right, Constant) and right.unit.is_number:
            right = _taking_unit(right, left, is_whole=False)
    return left, right


def _taking_unit(number: Constant, other: Operand, *, is_whole: bool) -> Constant:
    kind = type(number)  # words that no ledger holds stay such
    value = number.exact["typical"]
    if other.unit.is_fraction and value != Interval(0, 0):
        if not (is_whole and value == Interval(1, 1) and other.unit.print_as == SHARE):
            raise UnitError(
                f"{number.expression} beside {other.expression}, a percentage: "
                f"write percent({number.expression}) if you mean {number.expression}%"
            )
        kind = _Whole
    return kind(number.exact, other.unit, number.expression)


def _operands(name: str, values: Sequence[Any]) -> list[Operand]:
    found = [operand(value) for value in values]
    for value, given in zip(values, found, strict=True):
        if given is None:
            raise TypeError(f"{name}() takes figures, results and numbers, found {value!r}")
    return cast("list[Operand]", found)


def _beside(self: Operand, operator: str, other: Any, *, swapped: bool = False) -> Any:
    given = operand(other)
    if given is not None:
        return combine(given, operator, self) if swapped else combine(self, operator, given)
    if _is_array(other) and not hasattr(other, "index"):  # a Series hands its array over itself
        return _elementwise(self, operator, other, swapped=swapped)
    return NotImplemented


def _is_array(value: Any) -> bool:
    return hasattr(value, "dtype") and hasattr(value, "__len__")


def _elementwise(self: Operand, operator: str, array: Any, *, swapped: bool) -> Any:
    """The operation with each element of an array, as objects; None where an element is missing."""
    import numpy as np
    import pandas as pd

    def one(element: Any) -> Any:
        if pd.isna(element):
            return None
        found = _beside(self, operator, element, swapped=swapped)
        if found is NotImplemented:
            raise TypeError(f"{element!r} is not a number to compute with beside {self.expression}")
        return found

    return np.frompyfunc(one, 1, 1)(np.asarray(array, dtype=object))


def _extreme(name: str, choose: Callable[..., Any], values: Sequence[Any]) -> Result:
    if len(values) < 2:
        raise TypeError(f"{name}() takes two or more figures, results or numbers, found {len(values)}")

    def rule(*given: Interval) -> Interval:
        return Interval(choose(b.lower for b in given), choose(b.upper for b in given))

    joined, *rest = _operands(name, values)
    for term in rest:
        left, right = _with_units(joined, ">", term)
        right = in_unit_of(left, ">", right)
        joined = Result(name, (left, right), left.unit, rule, refusals(">", left.figures, right.figures))
    return cast("Result", joined)


def _expression(operation: str, terms: tuple[Operand, ...]) -> str:
    texts = [term.expression for term in terms]
    if operation == "in":
        return texts[0]
    if operation not in ("+", "-", "*", "/", "negative"):
        return f"{operation}({', '.join(texts)})"
    loose = ("+", "-", "negative") if operation in ("*", "/", "negative") else ()
    first, *rest = (
        f"({text})"
        if _operation(term) in (loose if place == 0 else (*loose, "+", "-", "*", "/", "negative"))
        else text
        for place, (term, text) in enumerate(zip(terms, texts, strict=True))
    )
    return f"-{first}" if operation == "negative" else f"{first} {operation} {rest[0]}"


def _operation(term: Operand) -> str:
    while isinstance(term, Result) and term.operation == "in":
        term = term._terms[0]
    return term.operation if isinstance(term, Result) else ""


def _again(operation: str, terms: tuple[Operand, ...], unit: Unit) -> Any:
    """The result of an operation done again: what a pickled result is read back as."""
    if operation == "negative":
        return -terms[0]
    if operation == "abs":
        return abs(terms[0])
    if operation == "in":
        return in_unit_of(Constant(Interval(0, 0), unit), "+", terms[0])
    if operation in ("smallest", "largest"):
        return (smallest if operation == "smallest" else largest)(*terms)
    if operation == "total":
        return Result("total", terms, unit, summed)
    return combine(terms[0], operation, terms[1])


def summed(*terms: Interval) -> Interval:
    """The sum of intervals."""
    return reduce(add, terms)


def leaves(term: Operand) -> Iterator[Operand]:
    """The figures, counts and constants that an operand is computed from, each as often as it occurs."""
    if isinstance(term, Result):
        for inner in term._terms:
            yield from leaves(inner)
    else:
        yield term


def inexact_leaves(term: Operand) -> list[Operand]:
    """Those leaves that may be several numbers: where one of them occurs twice, bounds may be wider than need be."""
    return [leaf for leaf in leaves(term) if any(ends and not ends.is_exact for ends in leaf.exact.values())]


def _is_attained(result: Result, occurrences: Sequence[Operand]) -> bool:
    """Whether both ends are reached at ends of the figures' bounds, each figure taking one value throughout."""
    figures = list(dict.fromkeys(occurrences))
    for reading in READINGS:
        whole = result.exact[reading]
        given = [ends for figure in figures if (ends := figure.exact[reading]) is not None]
        if whole is None or all(ends.is_exact for ends in given):
            continue
        if len(figures) > 6 or any(ends.is_unbounded for ends in given):
            return False
        corners = product(*((ends.lower, ends.upper) for ends in given))
        reached = [_evaluated(result, dict(zip(figures, corner, strict=True)), reading) for corner in corners]
        if min(b.lower for b in reached) > whole.lower or max(b.upper for b in reached) < whole.upper:
            return False
    return True


def _evaluated(term: Operand, values: Mapping[Operand, Exact], reading: str) -> Interval:
    if isinstance(term, Result):
        return term._rule(*(_evaluated(inner, values, reading) for inner in term._terms))
    return Interval(values[term], values[term]) if term in values else cast("Interval", term.exact[reading])


def check_reading(reading: str) -> None:
    """Raise ValueError for what is not the name of a reading."""
    if reading not in READINGS:
        raise ValueError(f"expected a reading ({', '.join(READINGS)}), found {reading!r}")
