"""Expressions: figures, constants, and results of arithmetic on them; verdicts, which orders and fits give.

An operand has bounds under each reading, a unit, the figures it rests on, and the cautions and refusals that come
with them; a result keeps all of these through any expression. What an operation does is a row of `operations`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from numbers import Real
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Protocol, TypeAlias, TypeVar, cast, overload

import numpy as np

from reported.figures import text_forms
from reported.figures.cautions import REPEATED, Caution, between, merged, refusals
from reported.figures.operations import COMPATIBLE, OPERATIONS, ORDERS, scaled
from reported.intervals import wording
from reported.intervals.bounds import Bounds, decided, intersection
from reported.intervals.rounding import exact
from reported.intervals.units import POINTS, SHARE, Unit, UnitError, aligned, cancelled
from reported.ledger.rules import READINGS

if TYPE_CHECKING:
    from reported.figures.figure import Figure

T = TypeVar("T")
Readings: TypeAlias = Mapping[str, Bounds | None]
Number: TypeAlias = "Operand | int | float | Decimal | Fraction | Bounds"
HOLDS, FAILS, UNDETERMINED, REFUSED, MISSING = "holds", "fails", "undetermined", "refused", "missing"
PAGE_WORDS = {
    HOLDS: "yes",
    FAILS: "no",
    UNDETERMINED: "cannot be told",
    REFUSED: "refused",
    MISSING: wording.MISSING,
}
_FIT_WORDS = {HOLDS: "no contradiction", FAILS: "they contradict each other"}
_NUMBER, _PERCENT = Unit(), Unit.of(SHARE)
_UP_TO_ALL = Bounds(-1, 1)


def derived(method: Callable[[Any], T]) -> T:
    """A method as an attribute that is computed once, when it is first asked for."""
    return cast("T", cached_property(method))


class _Arithmetic(Protocol):
    @overload
    def __call__(self, other: Number, /) -> Result: ...
    @overload
    def __call__(self, other: Any, /) -> Any: ...


class _Order(Protocol):
    @overload
    def __call__(self, other: Number, /) -> Verdict: ...
    @overload
    def __call__(self, other: Any, /) -> Any: ...


def _operator(symbol: str) -> Any:
    """An operator method and its reflection."""

    def method(self: Operand, other: Any) -> Any:
        __tracebackhide__ = True
        return _applied(self, symbol, other)

    def reflection(self: Operand, other: Any) -> Any:
        __tracebackhide__ = True
        return _applied(self, symbol, other, swapped=True)

    return method, reflection


class Operand:
    """An operand of `+ - * /`, `> >= < <=`, unary `-` and `abs`, with other operands and plain numbers.

    In sums, differences and orders a plain number takes the other's unit; beside a percentage it is a UnitError that
    names `percent(...)`, except for 1 − share. In products and quotients a plain number has no unit; a share times a
    number is a percentage as long as it can be a share, beyond 100 % a number: said("40%") * 200 is 80. An operation
    that must not be computed returns a refused result, whose `refusals` say why. Beside a numpy array or a pandas
    Series the operation goes element by element and returns objects.
    """

    bounds: Readings
    """Exact bounds under each reading, in `unit`; percentages are fractions. None if there is nothing to go by."""
    unit: Unit
    figures: tuple[Figure, ...]
    cautions: tuple[Caution, ...]
    refusals: tuple[str, ...]
    expression: str
    """The computation, in the ids of the figures."""
    label: str
    """Its meaning in words."""
    signed: bool = False
    """True if it may be negative, so that a lower end of 0 says something."""

    @property
    def takes_unit(self) -> bool:
        """True for a plain number, which takes the unit of the other operand."""
        return False

    is_stated: ClassVar[bool] = False
    """True if its ends are as somebody said, which print does not round, and not computed."""

    # numpy and pandas arrays, nullable and Arrow ones too, leave an operation with an operand to the operand
    __array_ufunc__: ClassVar[None] = None
    __pandas_priority__: ClassVar[int] = 1500
    __hash__ = object.__hash__

    @property
    def digits(self) -> Bounds | None:
        """Bounds by the digits alone, in the unit."""
        return self._under("digits")

    @property
    def typical(self) -> Bounds | None:
        """Bounds under the typical reading, in the unit."""
        return self._under("typical")

    @property
    def cautious(self) -> Bounds | None:
        """Bounds under the cautious reading, in the unit."""
        return self._under("cautious")

    def _under(self, reading: str) -> Bounds | None:
        """Bounds that refuse unlike units as the operand does; percentages are fractions, which are numbers."""
        bounds = self.bounds[reading]
        if bounds is None or self.takes_unit:
            return bounds
        return bounds.to("number" if self.unit.is_fraction else self.unit.standard)

    @property
    def is_tightest(self) -> bool:
        """True if no narrower bounds are true; False if a figure occurs more than once, so that they may be."""
        return REPEATED not in self.cautions

    def says(self, reading: str = "typical", decimals: int | None = None, scale: int = 1) -> str:
        """The bounds under a reading in words, rounded outward, multiplied by `scale`; without the unit.

        >>> from reported import percent, said
        >>> percent(45).says(), (said("at least 50") / 3).says()
        ('45%', 'at least 16.6')
        """
        __tracebackhide__ = True
        check_reading(reading)
        for name, number in (("decimals", decimals), ("scale", scale)):
            if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
                raise TypeError(f"says() takes a whole number as {name}, found {number!r}")
        if scale < 1:
            raise ValueError(f"says() takes a scale from 1, found {scale}")
        if self.refusals:
            return REFUSED
        bounds = self.bounds[reading]
        if bounds is None:
            return wording.MISSING
        unrounded = self.is_stated and decimals is None and scale == 1
        if (
            unrounded
            and (point := self.bounds["digits"]) is not None
            and point.is_exact
            and _is_near(bounds, point)
        ):
            bounds = point
        if self.unit.print_as == POINTS:
            points = wording.bounds(bounds, decimals, 100 * scale, signed=self.signed, unrounded=unrounded)
            return points if self.unit.powers else f"{points} percentage points"
        is_share = self.unit.print_as == SHARE
        return wording.bounds(
            bounds, decimals, scale, percent=is_share, signed=self.signed, unrounded=unrounded
        )

    def to(self, unit: str | Unit) -> Result:
        """The same in another unit: `ledger.front.to("mile")`. Raises UnitError for an unlike one.

        >>> from reported import said
        >>> said("5 kilometres").to("metre").says("digits")
        '5,000'
        """
        __tracebackhide__ = True
        from reported.prose.units import standard

        if not isinstance(unit, str | Unit):
            raise TypeError(f'to() takes a unit such as "kilometre", found {unit!r}')
        wanted = unit if isinstance(unit, Unit) else Unit.of(standard(unit))
        aligned("in", wanted, self.unit, (str(unit), self.expression), _advice(self))
        return Result("in", (self,), wanted)

    def __neg__(self) -> Result:
        return Result("negative", (self,))

    def __pos__(self) -> Operand:
        return self

    def __abs__(self) -> Result:
        return Result("abs", (self,))

    __add__: _Arithmetic
    __sub__: _Arithmetic
    __rsub__: _Arithmetic
    __mul__: _Arithmetic
    __rmul__: _Arithmetic
    __truediv__: _Arithmetic
    __rtruediv__: _Arithmetic
    __gt__: _Order
    __ge__: _Order
    __lt__: _Order
    __le__: _Order

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
        __tracebackhide__ = True
        is_start_of_sum = type(other) is int and other == 0
        return self if is_start_of_sum else self._reflected_add(other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Real | Decimal | Bounds) or _is_array(other):
            what = "an array" if _is_array(other) else other
            raise TypeError(
                f"{self.expression} == {what} has no answer here: a reported number is bounds. "
                f"Ask with compatible({self.expression}, {what}), > or <, or compare .typical"
            )
        if isinstance(other, Operand) and other is not self:
            raise TypeError(
                f"{self.expression} == {other.expression} has no answer here: numbers of two statements need not be one. "
                f"Ask with compatible({self.expression}, {other.expression}), or compare .typical"
            )
        return NotImplemented

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self.expression} is neither true nor false: compare it with something")

    if not TYPE_CHECKING:  # a checker knows the attributes that there are

        def __getattr__(self, name: str) -> NoReturn:
            __tracebackhide__ = True
            if name.startswith("_"):
                raise AttributeError(name)
            if name in ("lower", "upper", "width", "midpoint"):
                advice = f"its bounds have: .typical.{name}"
            else:
                near = get_close_matches(name, [n for n in dir(type(self)) if n[0] != "_"], n=1)
                advice = f"did you mean {near[0]}?" if near else "dir() lists what it has"
            raise AttributeError(f"{self.expression} has no {name}; {advice}", name=name, obj=None)

    def __float__(self) -> NoReturn:
        raise TypeError(
            f"{self.expression} is bounds, not one number: take an end, such as .typical.lower, or .counted"
        )

    __int__ = __float__

    def __round__(self, decimals: int | None = None) -> NoReturn:
        raise TypeError(
            f"{self.expression} is bounds, which are rounded only in print: .says(decimals={decimals or 0})"
        )

    def __format__(self, spec: str) -> str:
        """Return its bounds in words for an f-string, under a reading or with so many decimals (".1f")."""
        digits = re.fullmatch(r"\.?(\d+)f?", spec)
        if digits:
            return self.says(decimals=int(digits[1]))
        if spec in READINGS:
            return self.says(spec)
        if spec not in ("", "plain", "capital"):
            forms = ", ".join(("plain", "capital", *READINGS, ".1f"))
            raise ValueError(f"{self.expression} has no form {spec!r}; expected one of {forms}")
        return wording.capital(self.says()) if spec == "capital" else self.says()

    def __repr__(self) -> str:
        return text_forms.line(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return text_forms.mimebundle(self)


class Constant(Operand):
    """A number or bounds that no source reports: it has no figures and no cautions."""

    def __init__(self, bounds: Bounds | Readings, unit: Unit, text: str, label: str = "") -> None:
        self.bounds = dict.fromkeys(READINGS, bounds) if isinstance(bounds, Bounds) else dict(bounds)
        self.unit = unit
        self.figures, self.cautions, self.refusals = (), (), ()
        self.expression = text
        self.label = label or self.expression

    @property
    def takes_unit(self) -> bool:
        """True for a plain number, which takes the unit of the other operand."""
        return self.unit.is_number

    def with_unit(self, unit: Unit) -> Constant:
        """The same number in a unit."""
        return Constant(self.bounds, unit, self.expression)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.bounds, self.unit, self.expression, self.label)


class Period(Constant):
    """A length of time in days, never negative; dividing by it leaves a length of zero out.

    Of the figures whose days it is between, it has the cautions about missing days.
    """

    def __init__(
        self,
        bounds: Bounds | Readings,
        unit: Unit,
        text: str,
        label: str = "",
        figures: Iterable[Figure] = (),
    ) -> None:
        super().__init__(bounds, unit, text, label)
        self.figures = tuple(figures)
        self.cautions = merged(c for f in self.figures for c in f.cautions if c.kind == "no day")

    def __reduce__(self) -> tuple[object, ...]:
        return Period, (self.bounds, self.unit, self.expression, self.label, self.figures)


class Result(Operand):
    """The result of an operation on operands; it keeps their figures, cautions and refusals.

    `unit` is given if the operation does not determine it ("in"), `refused` for reasons that the terms do not show.
    """

    def __init__(
        self,
        operation: str,
        terms: tuple[Operand, ...],
        unit: Unit | None = None,
        refused: Iterable[str] = (),
    ) -> None:
        self.operation, self.terms, self._refused = operation, terms, tuple(refused)
        self.unit = OPERATIONS[operation].unit([term.unit for term in terms]) if unit is None else unit
        self.figures = tuple(dict.fromkeys(figure for term in terms for figure in term.figures))
        self.refusals = tuple(dict.fromkeys([*(r for term in terms for r in term.refusals), *self._refused]))
        self.expression = self.label = _expression(operation, terms)
        self.signed = operation in ("-", "negative") or any(term.signed for term in terms)
        self.bounds: Readings = dict.fromkeys(READINGS)
        if not self.refusals:
            try:
                self.bounds = {reading: self._computed(reading) for reading in READINGS}
            except ZeroDivisionError:
                self.refusals = (f"The divisor, {terms[1].expression}, may be zero.",)

    def _computed(self, reading: str) -> Bounds | None:
        given = [bounds for term in self.terms if (bounds := term.bounds[reading]) is not None]
        if len(given) < len(self.terms):
            return None
        if self.operation == "in":
            return scaled(given[0], aligned("in", self.unit, self.terms[0].unit, ("", "")))
        return OPERATIONS[self.operation].rule(*given)

    @derived
    def cautions(self) -> tuple[Caution, ...]:
        """Reasons to be careful, the weightiest first: those of the terms, and those of having them together."""
        found = [caution for term in self.terms for caution in term.cautions]
        for one, other in combinations(self.terms, 2):
            found += between(one.figures, other.figures)
        occurrences = inexact_leaves(self)
        if len(set(occurrences)) < len(occurrences):
            found.append(REPEATED)
        if self.operation == "total":  # the number of an event is the same on whatever day it is told
            found = [caution for caution in found if caution.kind != "no day"]
        return merged(found, self.figures)

    def __reduce__(self) -> tuple[object, ...]:
        return Result, (self.operation, self.terms, self.unit, self._refused)


class Verdict:
    """Two operands in an order (`> >= < <=`) or compared for a fit (`compatible`), under each reading.

    An order holds if every pair of numbers within the bounds satisfies it, fails if none does, and is undetermined
    otherwise. `compatible` holds if the bounds overlap. A verdict has no truth value: `if`, `and`, `min`, `sorted`
    and chains such as `a > b > c` raise TypeError.
    """

    def __init__(self, left: Operand, operator: str, right: Operand, refused: Iterable[str] = ()) -> None:
        self.left, self.operator, self.right = left, operator, right
        self._refused = tuple(refused)
        self.refusals = tuple(dict.fromkeys([*left.refusals, *right.refusals, *self._refused]))
        self.figures = tuple(dict.fromkeys([*left.figures, *right.figures]))
        one, other = left.expression, right.expression
        self.expression = f"compatible({one}, {other})" if self.is_fit else f"{one} {operator} {other}"
        self.label = self.expression

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """Reasons to be careful, the weightiest first."""
        found = [*self.left.cautions, *self.right.cautions, *between(self.left.figures, self.right.figures)]
        repeated = set(inexact_leaves(self.left)) & set(inexact_leaves(self.right))
        unsure = HOLDS if self.is_fit else UNDETERMINED  # what narrower bounds might change
        if repeated and any(self.under(reading) == unsure for reading in READINGS):
            found.append(REPEATED)
        return merged(found, self.figures)

    @property
    def is_fit(self) -> bool:
        """True if it compares two operands for a fit instead of ordering them."""
        return self.operator == COMPATIBLE

    def under(self, reading: str) -> str:
        """Return holds, fails or undetermined under a reading; refused; missing if a side has no digits."""
        __tracebackhide__ = True
        check_reading(reading)
        if self.refusals:
            return REFUSED
        one, other = self.left.bounds[reading], self.right.bounds[reading]
        if one is None or other is None:
            return MISSING
        if self.is_fit:
            return HOLDS if isinstance(intersection(one, other), Bounds) else FAILS
        answer = decided(one, self.operator, other)
        return HOLDS if answer is True else FAILS if answer is False else UNDETERMINED

    @property
    def verdict(self) -> str:
        """The verdict that a reader may rely on: that of the typical reading.

        Wider bounds can only make an overlap easier: an overlap that the cautious reading alone finds is
        undetermined.
        """
        typical = self.under("typical")
        if self.is_fit and typical == FAILS and self.under("cautious") != FAILS:
            return UNDETERMINED
        return typical

    @property
    def firm(self) -> bool:
        """True if it is decided under the cautious reading. An overlap is never firm; a contradiction may be."""
        cautious = self.under("cautious")
        return cautious == FAILS if self.is_fit else cautious in (HOLDS, FAILS)

    def says(self, reading: str = "typical") -> str:
        """The verdict under a reading, as a page has it: yes, no or cannot be told."""
        return self.words(self.under(reading))

    def words(self, outcome: str) -> str:
        """An outcome in a page's words: an overlap is "no contradiction", which is less than agreement."""
        return _FIT_WORDS.get(outcome, PAGE_WORDS[outcome]) if self.is_fit else PAGE_WORDS[outcome]

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"{self.expression} is a verdict, which may be undetermined, so it is neither true nor false: "
            'ask for .verdict ("holds", "fails", "undetermined"), .firm or .under("typical"); '
            "for the smaller or larger of operands there are smallest() and largest()"
        )

    def _computed(self, *_: object) -> NoReturn:
        __tracebackhide__ = True
        raise TypeError(
            f"{self.expression} is a verdict and cannot be computed with or combined: "
            'compare .verdict with a word, as in a.verdict == b.verdict == "holds"'
        )

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _computed
    __and__ = __rand__ = __or__ = __ror__ = __invert__ = __neg__ = __abs__ = _computed
    __gt__ = __ge__ = __lt__ = __le__ = _computed

    def __eq__(self, other: object) -> bool:
        if isinstance(other, bool | str):
            raise TypeError(
                f"{self.expression} is a verdict: compare .verdict or .under(reading) with a word"
            )
        if isinstance(other, Verdict) and other is not self:
            raise TypeError(
                f"({self.expression}) == ({other.expression}) has no answer here: compare what they found, "
                ".verdict or .under(reading)"
            )
        return NotImplemented

    __hash__ = object.__hash__

    def __reduce__(self) -> tuple[object, ...]:
        return Verdict, (self.left, self.operator, self.right, self._refused)

    def __repr__(self) -> str:
        return text_forms.line(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return text_forms.mimebundle(self)


def percent(value: Any, to: Any = None) -> Constant:
    """A percentage, or a range of percentages, as a fraction: percent(40) is 0.4, printed "40%".

    Raises ValueError for ends in the wrong order, for an infinite number and for NaN; TypeError for figures and
    results: how many per cent one is of another is `one / other` with `scale=100`, a growth `later / earlier - 1`.

    >>> percent(40).typical, percent(40, 45).says()
    (Bounds(0.4, 0.4, unit='number'), '40 to 45%')
    """
    __tracebackhide__ = True
    for end in (value, to):
        if (
            isinstance(end, str)
            or not isinstance(end, Real | Decimal | Operand | None)
            or (end is value is None)
        ):
            raise TypeError(f"percent() takes a number of per cent, such as percent(45), found {end!r}")
        if isinstance(end, Operand):
            raise TypeError(
                f"percent() takes plain numbers, found {end.expression}: the percentage that one figure is of another "
                "is (one / other).says(scale=100), the growth later / earlier - 1"
            )
    lower, upper = (Fraction(rational(end)) / 100 for end in (value, value if to is None else to))
    if lower > upper:
        raise ValueError(f"percent({value}, {to}) has its ends in the wrong order; put the smaller first")
    text = f"percent({value})" if to is None else f"percent({value}, {to})"
    return Percent(Bounds(lower, upper), Unit.of("percent"), text)


def rational(value: Real | Decimal) -> int | Fraction:
    """A number as it is written: 0.1 is a tenth. Raises ValueError for what is infinite or not a number.

    >>> rational(0.1), rational(Decimal("2.50"))
    (Fraction(1, 10), Fraction(5, 2))
    """
    __tracebackhide__ = True
    number = exact(value)
    if isinstance(number, float) and number - number != 0:
        raise ValueError(f"{value} cannot be computed with; expected a finite number")
    is_written = isinstance(number, float) or isinstance(value, np.floating)
    return Fraction(str(value)) if is_written else cast("int | Fraction", number)


def operand(value: object) -> Operand | None:
    """`value` as an operand: a number, as it is written, becomes a constant; None for anything else.

    Raises ValueError for an infinite number and for NaN.
    """
    if isinstance(value, Operand):
        return value
    if isinstance(value, Bounds):
        return Measured.of(value) if value.unit else Constant(value, _NUMBER, value.short())
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return None
    return Constant(Bounds(rational(value)), _NUMBER, f"{value:,}" if isinstance(value, int) else str(value))


def combine(left: Operand, operator: str, right: Operand) -> Result | Verdict:
    """Apply an operation to two terms. Raises UnitError for unlike units; what must not be computed is a refused result."""
    __tracebackhide__ = True
    if operator in (*ORDERS, COMPATIBLE):
        left, right = _alike(operator, [left, right])
        return Verdict(left, operator, right, refusals(operator, left.figures, right.figures))
    return apply(operator, [left, right])


def apply(operation: str, terms: Sequence[Operand], refused: Iterable[str] = ()) -> Result:
    """Apply an operation to any number of terms: units are aligned, and it is refused if two of them must not be combined."""
    __tracebackhide__ = True
    row = OPERATIONS[operation]
    given = _alike(operation, terms) if row.aligns else list(terms)
    kind = "+" if row.adds else operation
    found = [r for one, other in combinations(given, 2) for r in refusals(kind, one.figures, other.figures)]
    if operation in ("*", "/"):
        left, right = given
        unit, _ = cancelled(left.unit, right.unit)
        given = [left, converted(right, unit, operation, left.expression)]
        if operation == "/":
            operation = _quotient(left, right)
            length = right.bounds["typical"]
            if operation == "per" and length is not None and length.upper <= 1:
                found.append("Both days are the same: a rate within one day cannot be given.")
    if operation == "-" and isinstance(given[0], _Whole):
        operation = "rest"
    made = Result(operation, tuple(given), refused=[*found, *refused])
    shares = [term for term in given if term.unit.print_as == SHARE]
    if operation == "*" and made.unit == _PERCENT and _exceeds(made) and not any(map(_exceeds, shares)):
        return Result(operation, tuple(given), _NUMBER, [*found, *refused])  # 40 % of 200 are 80, not 8,000 %
    return made


def _exceeds(share: Operand) -> bool:
    """True if a share is more than all under any reading."""
    return any(bounds is not None and bounds not in _UP_TO_ALL for bounds in share.bounds.values())


def _quotient(left: Operand, right: Operand) -> str:
    """Return the quotient's row of the table: a part of a declared whole is at most all of it."""
    if isinstance(right, Period):
        return "per"
    part, whole = left.figures, right.figures
    alone = len(part) == len(whole) == 1 and not isinstance(left, Result) and not isinstance(right, Result)
    return "part" if alone and left.unit == right.unit and part[0].is_part_of(whole[0]) else "/"


def converted(term: Operand, unit: Unit, operator: str, beside: str = "") -> Operand:
    """Convert a term to another unit. Raises UnitError if the two are unlike."""
    factor = aligned(operator, unit, term.unit, (beside, term.expression), _advice(term))
    return term if factor == 1 else Result("in", (term,), unit)


def _alike(operator: str, terms: Sequence[Operand]) -> list[Operand]:
    """Convert the terms to one unit: that of the first that has one."""
    __tracebackhide__ = True
    units = [term for term in terms if not term.takes_unit]
    if not units:
        return list(terms)
    first = units[0]
    given: list[Operand] = []
    for place, term in enumerate(terms):
        takes = isinstance(term, Constant) and term.takes_unit
        whole = operator == "-" and place == 0
        given.append(_taking_unit(cast("Constant", term), first, is_whole=whole) if takes else term)
    if operator not in ("+", "-", "total") and any(term.unit.print_as == POINTS for term in given):
        given = [term.as_points if isinstance(term, Percent) else term for term in given]
    head = given[0]
    advice = "; ".join(dict.fromkeys(filter(None, map(_advice, terms))))
    alike = [head]
    for term in given[1:]:
        factor = aligned(operator, head.unit, term.unit, (head.expression, term.expression), advice)
        alike.append(term if factor == 1 else Result("in", (term,), head.unit))
    return alike


def _advice(term: Operand) -> str:
    """Name the cells that hold the unit of a term."""
    cells = dict.fromkeys(
        f"{f.id} is of {f.quantity.id}" for f in term.figures[:3] if not isinstance(term, Result)
    )
    return f"{', '.join(cells)}, whose unit is in quantities.csv" if cells else ""


class Percent(Constant):
    """A percentage of the analyst's own, which with percentage points is a number of points."""

    @property
    def as_points(self) -> Constant:
        """The same number as percentage points."""
        return self.with_unit(Unit(self.unit.powers, POINTS))

    def __reduce__(self) -> tuple[object, ...]:
        return Percent, (self.bounds, self.unit, self.expression, self.label)


class Measured(Constant):
    """Bounds that have a unit, such as a row of a column."""

    @classmethod
    def of(cls, bounds: Bounds) -> Measured:
        """Bounds as an operand; percentages become fractions."""
        unit = Unit.of(bounds.unit)
        plain = Bounds(bounds.exact_lower, bounds.exact_upper, bounds.closed)
        return cls(scaled(plain, Fraction(1, 100 if unit.is_fraction else 1)), unit, bounds.short())

    @property
    def takes_unit(self) -> bool:
        return False


class _Whole(Constant):
    """The whole that a share is taken from, in 1 − share."""


def _taking_unit(number: Constant, other: Operand, *, is_whole: bool) -> Constant:
    """Give a plain number the unit of the other side in sums and orders; beside a percentage it must name its own."""
    __tracebackhide__ = True
    value = number.bounds["typical"]
    if other.unit.is_fraction and value != 0:
        if not (is_whole and value == 1 and other.unit.print_as == SHARE):
            meant = [str(number.expression)]
            if value is not None and value.is_exact and 0 < abs(value.lower) < 1:
                meant.append(f"{100 * value.lower:g}")
            advice = ", ".join(f"write percent({one}) if you mean {one}%" for one in meant)
            raise UnitError(f"{number.expression} beside {other.expression}, a percentage: {advice}")
        return _Whole(number.bounds, other.unit, number.expression)
    return number.with_unit(other.unit)


def compatible(one: Number, other: Number) -> Verdict:
    """Return the verdict that the bounds of two operands overlap, so that the numbers do not contradict each other.

    An overlap confirms nothing and is never firm. Figures of different events are refused. Raises UnitError for
    unlike units, TypeError for anything but operands and numbers.

    >>> from reported import said
    >>> compatible(said("about 600,000"), 617_000).verdict
    'holds'
    """
    __tracebackhide__ = True
    left, right = _operands(COMPATIBLE, (one, other))
    return cast("Verdict", combine(left, COMPATIBLE, right))


def smallest(*operands: Number) -> Result:
    """The bounds of the smallest of two or more operands.

    Raises UnitError for unlike units, TypeError for fewer than two operands.

    >>> from reported import said
    >>> smallest(said("at least 50"), 70).typical
    Bounds(50, 70, unit='number')
    """
    __tracebackhide__ = True
    return _extreme("smallest", operands)


def largest(*operands: Number) -> Result:
    """The bounds of the largest of two or more operands; raises as `smallest` does.

    >>> from reported import said
    >>> largest(said("at least 50"), 70).typical
    Bounds(70, inf, unit='number')
    """
    __tracebackhide__ = True
    return _extreme("largest", operands)


def _extreme(name: str, values: Sequence[object]) -> Result:
    __tracebackhide__ = True
    if len(values) < 2:
        raise TypeError(f"{name}() takes two or more figures, results or numbers, found {len(values)}")
    return apply(name, _operands(name, values))


def _operands(name: str, values: Sequence[object]) -> list[Operand]:
    __tracebackhide__ = True
    found = [operand(value) for value in values]
    for value, given in zip(values, found, strict=True):
        if given is None:
            raise TypeError(f"{name}() takes figures, results and numbers, found {value!r}")
    return cast("list[Operand]", found)


def _applied(self: Operand, operator: str, other: Any, *, swapped: bool = False) -> Any:
    __tracebackhide__ = True
    given = operand(other)
    if given is not None:
        return combine(given, operator, self) if swapped else combine(self, operator, given)
    if _is_array(other) and not hasattr(other, "index"):  # a Series hands its array over itself
        return _elementwise(self, operator, other, swapped=swapped)
    if advice := _no_operand(other):
        raise TypeError(f"{self.expression} {operator} {_described(other)}: {advice}")
    return NotImplemented


def _no_operand(value: object) -> str:
    """Return what to write instead of an object that is no number, if it is likely to be meant as one, or ""."""
    if isinstance(value, str):
        return f"text is no number; write the number without quotation marks, or said({value!r})"
    if isinstance(value, Verdict):
        return "a verdict is no number; compare its .verdict with a word"
    if value is None:
        return "None is no number; is a figure missing, such as .newer of the newest?"
    if isinstance(value, list | tuple | set | dict):
        return "compute with one figure at a time, or with total([…]), smallest(…), largest(…)"
    return ""


def _described(value: object) -> str:
    if isinstance(value, Verdict):
        return f"({value.expression})"
    return repr(value) if isinstance(value, str | None) else f"a {type(value).__name__}"


def _is_array(value: object) -> bool:
    return hasattr(value, "dtype") and hasattr(value, "__len__")


def _elementwise(self: Operand, operator: str, array: Any, *, swapped: bool) -> Any:
    """Apply the operation to each element of an array, as objects; None if an element is missing."""
    import pandas as pd

    def one(element: Any) -> Any:
        if pd.isna(element):
            return None
        found = _applied(self, operator, element, swapped=swapped)
        if found is NotImplemented:
            raise TypeError(f"{element!r} is not a number to compute with beside {self.expression}")
        return found

    found = np.empty(array.shape, dtype=object)
    for place, element in zip(np.ndindex(array.shape), array.ravel(), strict=True):
        found[place] = one(element)  # each of its own type: a float32 of 0.1 is read as 0.1
    return found


def _expression(operation: str, terms: tuple[Operand, ...]) -> str:
    """Write the operation, in parentheses if it needs them."""
    texts = [term.expression for term in terms]
    if operation == "in":
        return texts[0]
    row = OPERATIONS[operation]
    if not row.symbol:
        return f"{operation}({', '.join(texts)})"
    enclosed = [
        f"({text})" if _binds(term) < row.binds or (place and _binds(term) < 9) else text
        for place, (term, text) in enumerate(zip(terms, texts, strict=True))
    ]
    if len(terms) == 1:
        return f"{row.symbol}({texts[0]})" if _binds(terms[0]) == 1 else f"{row.symbol}{texts[0]}"
    return f" {row.symbol} ".join(enclosed)


def _binds(term: Operand) -> int:
    while isinstance(term, Result) and term.operation == "in":
        term = term.terms[0]
    return OPERATIONS[term.operation].binds if isinstance(term, Result) else 9


def leaves(term: Operand) -> Iterator[Operand]:
    """The figures, counts and constants that an operand is computed from, each as often as it occurs."""
    if isinstance(term, Result):
        for inner in term.terms:
            yield from leaves(inner)
    else:
        yield term


def inexact_leaves(term: Operand) -> list[Operand]:
    """Return the leaves that may be several numbers: if one of them occurs twice, bounds may be wider than necessary."""
    return [
        leaf for leaf in leaves(term) if any(b is not None and not b.is_exact for b in leaf.bounds.values())
    ]


def _is_near(bounds: Bounds, point: Bounds) -> bool:
    """True if bounds are so narrow, half a per cent at most, that the number itself says them."""
    return point in bounds and (bounds - point).upper <= abs(point).lower / 400 >= (point - bounds).upper


def check_reading(reading: str) -> None:
    """Raise ValueError for anything that is not the name of a reading."""
    if reading not in READINGS:
        raise ValueError(f"expected a reading ({', '.join(READINGS)}), found {reading!r}")
