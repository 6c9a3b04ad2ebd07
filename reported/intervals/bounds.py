"""Interval arithmetic on single numbers: `Bounds`, a number known only to lie between two ends.

Ends are exact: whole numbers, fractions or infinities, each in the set or left out of it. Knows nothing of figures or
qualifiers; what units do is in `units`. Columns are in `array`; pandas is imported only once a result needs it.

The model is that of IEEE 1788, sets of real numbers whose ends may be infinite, the infinities being ends and never
members; as there, the float64 view of an end is rounded outward and closed. Order is three-valued; see `Bounds`.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from importlib import import_module
from numbers import Real as RealNumber
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, Self, TypeAlias, overload

from reported.intervals import wording
from reported.intervals.rounding import Exact, down, exact, up

if TYPE_CHECKING:
    import numpy as np
    from pandas.api.typing import NAType

Real: TypeAlias = "int | float | Fraction | Decimal | np.integer[Any] | np.floating[Any]"
Verdict: TypeAlias = "bool | NAType"
Closed: TypeAlias = Literal["both", "left", "right", "neither"]
End: TypeAlias = tuple[Exact, bool]
"""An end, and whether it is in the set."""


class Operation(Protocol):
    """An operator: it returns bounds for bounds and numbers, a column for a column."""

    @overload
    def __call__(self, other: Bounds | Real, /) -> Bounds: ...
    @overload
    def __call__(self, other: Any, /) -> Any: ...


class Order(Protocol):
    """An operator that orders: it returns a verdict for bounds and numbers, a column of verdicts for a column."""

    @overload
    def __call__(self, other: Bounds | Real, /) -> Verdict: ...
    @overload
    def __call__(self, other: Any, /) -> Any: ...


def _operator(symbol: str, rule: Callable[[Bounds, Bounds], Any]) -> Any:
    """An operator method and its reflection, which apply `rule` to both operands.

    A plain number is exact bounds; with a missing value the result is missing, with an array it is a column.
    """

    def combine(left: Any, right: Any) -> Any:
        __tracebackhide__ = True
        left, right = operand(left), operand(right)
        if isinstance(left, Bounds) and isinstance(right, Bounds):
            return _in_units(symbol, rule, left, right) if left.unit or right.unit else rule(left, right)
        if left is missing() or right is missing():
            return missing()
        if isinstance(left, Bounds) and (column := _column_like(left, right)) is not None:
            return _SYMBOLS[symbol](column, right)
        if isinstance(right, Bounds) and (column := _column_like(right, left)) is not None:
            return _SYMBOLS[symbol](left, column)
        return NotImplemented

    return combine, lambda right, left: combine(left, right)


_SYMBOLS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "intersection": operator.and_,
    "hull": operator.or_,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def _in_units(symbol: str, rule: Callable[[Bounds, Bounds], Any], left: Bounds, right: Bounds) -> Any:
    """`rule` on bounds of which one has a unit: `right` is converted, and the result is in the unit it is made in."""
    __tracebackhide__ = True
    from reported.intervals.units import beside

    unit, factor = beside(symbol, left.unit, right.unit, (left._shown_ends(), right._shown_ends()))
    made = rule(left, right if factor == 1 else _product(right, Bounds(factor)))
    return _between(made._lower_end, made._upper_end, unit) if isinstance(made, Bounds) else made


def _column_like(bounds: Bounds, other: object) -> Any:
    """The bounds as a column as long as `other`; None if `other` is no array. (`array` imports this module.)"""
    if not hasattr(other, "dtype"):
        return None
    return import_module("reported.intervals.array").column_like(bounds, other)


class Bounds:
    """All real numbers between two ends, either of which may be infinite, and may be left out.

    `Bounds(1, 2)` has both ends; `closed` is "left", "right" or "neither" if one or both are left out:
    `Bounds(0, 1, "left")` is 0 and all below 1. `Bounds(n)` is exactly `n`. Raises ValueError for NaN, for ends in the
    wrong order, or if no number lies between them; TypeError for anything but real numbers.

    `unit` is a unit by its standard name, which sums and orders convert or refuse, as those of figures do; bounds
    without one, and plain numbers, take the other's. `to` converts.

    `exact_lower` and `exact_upper` are int, Fraction or an infinity. `lower` and `upper` are float64, rounded outward:
    the view that a column holds, which says nothing about whether an end is left out (`lower_closed`, `upper_closed`).

    `a > b` is True if it holds for every pair of members, False if it holds for none, and otherwise `pd.NA`
    (undetermined), on which `if` raises. `==` asks whether both are the same bounds in the same unit, or one of them in
    none; a plain number n equals `Bounds(n)`.

    `b in a` asks whether a number, or all of other bounds, lies inside. `a & b` is their intersection, `pd.NA`
    if they share no number; `a | b` is their hull.

    Dividing by bounds that contain zero raises ZeroDivisionError; in a column there is a result.

    >>> Bounds(42284, math.inf) > 40000, Bounds(1, 2) > 3, Bounds(1, 3) > 2
    (True, False, <NA>)
    >>> 2 * Bounds(-1, 3) + 1, 2 in Bounds(1, 3), Bounds(1, 3) & Bounds(2, 5), Bounds(1, 3) | 5
    (Bounds(-1, 7), True, Bounds(2, 3), Bounds(1, 5))
    >>> Bounds(0, 1, "left") < 1, Bounds(0, 1, "left") + Bounds(2, 3), Bounds(Fraction(1, 10)).lower < 0.1
    (True, Bounds(2, 4, 'left'), True)
    >>> Bounds(5, unit="km") > Bounds(900, unit="m"), Bounds(5, unit="km") / Bounds(2, unit="hours")
    (True, Bounds(2.5, 2.5, unit='kilometre per hour'))
    """

    # not a dataclass: pandas would take a list of these for a table of two columns
    __slots__ = ("_high", "_low", "lower_closed", "unit", "upper_closed")
    _low: Exact
    _high: Exact
    lower_closed: bool
    """True if the lower end belongs to the bounds; False of an infinity."""
    upper_closed: bool
    unit: str
    """The standard name of the unit of its numbers; "" for plain numbers."""

    # numpy and pandas arrays leave an operation with bounds to the bounds
    __array_ufunc__: ClassVar[None] = None
    __pandas_priority__: ClassVar[int] = 1500

    def __init__(
        self, lower: Real, upper: Real | None = None, closed: Closed = "both", unit: str = ""
    ) -> None:
        __tracebackhide__ = True
        upper = lower if upper is None else upper
        if closed not in _CLOSED:
            raise ValueError(f"closed is {closed!r}, expected one of {', '.join(_CLOSED)}")
        low, high = exact(lower), exact(upper)
        if low != low or high != high:
            raise ValueError(f"bounds need two numbers, found [{lower}, {upper}]")
        low, high = _rational(low), _rational(high)
        if low > high:
            raise ValueError(f"the lower end is above the upper end: [{lower}, {upper}]")
        if low == math.inf or high == -math.inf:
            raise ValueError(f"no number lies in [{lower}, {upper}]: an infinity is an end, not a member")
        if low == high and closed != "both":
            raise ValueError(f"no number lies between {lower} and {upper} where an end is left out")
        unit = _standard(unit) if unit else ""
        _fill(self, (low, closed in ("both", "left")), (high, closed in ("both", "right")), unit)

    @classmethod
    def _of(cls, lower: float, upper: float, unit: str = "") -> Bounds:
        """A row of a column: ends that are float64, known to be valid and both closed."""
        return _fill(object.__new__(cls), (lower, True), (upper, True), unit)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"bounds are immutable: cannot set {name} of {self}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"bounds are immutable: cannot delete {name} of {self}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.exact_lower, self.exact_upper, self.closed, self.unit)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form, `"[42284, inf]"` or `"[1, 2] person"`, or a plain number, exactly; ValueError for
        anything else.

        >>> Bounds.parse("[42284, inf]"), Bounds.parse("65"), Bounds.parse("(0, 0.1]").exact_upper
        (Bounds(42284, inf), Bounds(65, 65), Fraction(1, 10))
        """
        match = _TEXT.fullmatch(text)
        try:
            if not match:
                return cls(_number(text))
            left, right = match["open"] == "[", match["shut"] == "]"
            closed: Closed = "both" if left and right else "left" if left else "right" if right else "neither"
            return cls(_number(match["lower"]), _number(match["upper"]), closed, match["unit"] or "")
        except ValueError as error:
            raise ValueError(f'expected bounds such as "[1, 2]", found "{text}": {error}') from None

    @property
    def exact_lower(self) -> Exact:
        """The lower end: a whole number, a fraction, or −∞."""
        return _rational(self._low)

    @property
    def exact_upper(self) -> Exact:
        """The upper end: a whole number, a fraction, or ∞."""
        return _rational(self._high)

    @property
    def lower(self) -> float:
        """The greatest float64 that is not above the lower end."""
        return down(self._low)

    @property
    def upper(self) -> float:
        """The least float64 that is not below the upper end."""
        return up(self._high)

    @property
    def closed(self) -> Closed:
        """The ends that belong to the bounds; an infinite end counts as one."""
        left = self.lower_closed or self._low == -math.inf
        right = self.upper_closed or self._high == math.inf
        return "both" if left and right else "left" if left else "right" if right else "neither"

    @property
    def width(self) -> float:
        """The distance between the ends, rounded up; infinite if an end is."""
        return up(_exact_sum(self.exact_upper, -self.exact_lower))

    @property
    def midpoint(self) -> float | NAType:
        """The number halfway between the ends; `pd.NA` if an end is infinite."""
        return missing() if self.is_unbounded else float((Fraction(self._low) + Fraction(self._high)) / 2)

    @property
    def is_exact(self) -> bool:
        """True if it is a single number."""
        return self._low == self._high

    @property
    def is_unbounded(self) -> bool:
        """True if an end is infinite."""
        return math.inf in (self._high, -self._low)

    @property
    def _lower_end(self) -> End:
        return self.exact_lower, self.lower_closed

    @property
    def _upper_end(self) -> End:
        return self.exact_upper, self.upper_closed

    def to(self, unit: str) -> Bounds:
        """The same in another unit; plain numbers are said to be in it. Raises UnitError for an unlike unit."""
        __tracebackhide__ = True
        return _in_units("in", lambda _, these: these, Bounds(0, unit=unit), self)  # type: ignore[no-any-return]

    def contains(self, other: Bounds | Real) -> bool:
        """True if a number, or all of other bounds, lies inside; `other in bounds` for short."""
        inner = other if isinstance(other, Bounds) else Bounds(other)
        if self.unit or inner.unit:
            return _in_units("contains", _holds, self, inner)  # type: ignore[no-any-return]
        return _holds(self, inner)

    __contains__ = contains

    def __str__(self) -> str:
        """The text form, which `parse` reads as the same bounds; that of a column's row, as the same float64 ends."""
        texts = _outward(self._low, down), _outward(self._high, up)
        if None in texts or _number(texts[0] or "0") > _number(texts[1] or "0"):
            texts = _text(self.exact_lower), _text(self.exact_upper)
        return f"{self._written(*texts)}{self.unit and ' '}{self.unit}"

    def short(self) -> str:
        """The text form for a reader, ends as Python prints them: [0.1, 0.3]."""
        return f"{self._shown_ends()}{self.unit and ' '}{self.unit}"

    def _shown_ends(self) -> str:
        return self._written(_shown(self._low, down), _shown(self._high, up))

    def _written(self, lower: str | None, upper: str | None) -> str:
        left, right = "[("[self.closed in ("right", "neither")], "])"[self.closed in ("left", "neither")]
        return f"{left}{lower}, {upper}{right}"

    def says(self, decimals: int | None = None, scale: int = 1, *, signed: bool = True) -> str:
        """The bounds in words with their unit, multiplied by `scale` and rounded outward.

        Without `signed`, for numbers that cannot be negative, a lower end of 0 is left unsaid.

        >>> Bounds(42284, math.inf, unit="person").says(), Bounds(0, 5).says(), Bounds(0, 5).says(signed=False)
        ('at least 42,284 people', '0 to 5', 'at most 5')
        """
        from reported.intervals.units import NO_NUMBERS, Unit, with_unit
        from reported.prose.units import PERCENT

        words, unit = wording.bounds(self, decimals, scale, signed=signed), Unit.of(self.unit)
        if unit.is_fraction and words not in NO_NUMBERS:
            return f"{words}%" if unit == Unit.of(PERCENT) else f"{words} {unit.name()}"
        return with_unit(words, unit)

    def __conform__(self, protocol: object) -> None:
        """Refuse to be written to a database as an unnamed object."""
        raise ValueError("a database has no bounds: write the columns of .bounds.frame() instead")

    def __repr__(self) -> str:
        more = "" if self.closed == "both" else f", {self.closed!r}"
        more += f", unit={self.unit!r}" if self.unit else ""
        return f"Bounds({_shown(self._low, down)}, {_shown(self._high, up)}{more})"

    def __bool__(self) -> bool:
        raise TypeError(f"{self.short()} is neither true nor false; compare it with a number")

    def __eq__(self, other: object) -> Any:
        if isinstance(other, Bounds):
            is_alike = self.unit == other.unit or not (self.unit and other.unit)
            return is_alike and (self._low, self._high, self.closed) == (
                other._low,
                other._high,
                other.closed,
            )
        if is_number(other):
            return self._low == other and self._high == other
        column = _column_like(self, other)
        return NotImplemented if column is None else column == other

    def __ne__(self, other: object) -> Any:
        same = self.__eq__(other)
        return same if same is NotImplemented else not same if isinstance(same, bool) else ~same

    def __hash__(self) -> int:
        return hash(self._low) if self.is_exact else hash((self._low, self._high, self.closed))

    def __neg__(self) -> Bounds:
        return _between((-self._high, self.upper_closed), (-self._low, self.lower_closed), self.unit)

    def __pos__(self) -> Bounds:
        return self

    def __abs__(self) -> Bounds:
        if self._low >= 0:
            return self
        mirrored = -self
        if self._high <= 0:
            return mirrored
        return _between((0, True), max(self._upper_end, mirrored._upper_end), self.unit)

    __add__: Operation
    __radd__: Operation
    __sub__: Operation
    __rsub__: Operation
    __mul__: Operation
    __rmul__: Operation
    __truediv__: Operation
    __rtruediv__: Operation
    __gt__: Order
    __ge__: Order
    __lt__: Order
    __le__: Order

    __add__, __radd__ = _operator("+", lambda a, b: _sum(a, b))
    __sub__, __rsub__ = _operator("-", lambda a, b: _sum(a, -b))
    __mul__, __rmul__ = _operator("*", lambda a, b: _product(a, b))
    __truediv__, __rtruediv__ = _operator("/", lambda a, b: _quotient(a, b))
    __and__, __rand__ = _operator("intersection", lambda a, b: intersection(a, b))
    __or__, __ror__ = _operator("hull", lambda a, b: hull(a, b))
    __gt__, _ = _operator(">", lambda a, b: decided(a, ">", b))
    __ge__, _ = _operator(">=", lambda a, b: decided(a, ">=", b))
    __lt__, _ = _operator("<", lambda a, b: decided(a, "<", b))
    __le__, _ = _operator("<=", lambda a, b: decided(a, "<=", b))
    del _


_CLOSED = ("both", "left", "right", "neither")


def _fill(bounds: Bounds, lower: End, upper: End, unit: str) -> Bounds:
    write = object.__setattr__
    write(bounds, "_low", lower[0])
    write(bounds, "_high", upper[0])
    write(bounds, "lower_closed", lower[1] and lower[0] != -math.inf)
    write(bounds, "upper_closed", upper[1] and upper[0] != math.inf)
    write(bounds, "unit", unit)
    return bounds


def _between(lower: End, upper: End, unit: str = "") -> Bounds:
    """Bounds of ends that are known to be valid."""
    return _fill(object.__new__(Bounds), lower, upper, unit)


def _standard(unit: str) -> str:
    from reported.intervals.units import Unit
    from reported.prose.units import standard

    if not isinstance(unit, str):
        raise TypeError(f'unit is {unit!r}, expected text such as "kilometre"')
    return Unit.of(unit if " × " in unit or "^" in unit else standard(unit)).standard


def _holds(outer: Bounds, inner: Bounds) -> bool:
    below = outer._low < inner._low or (outer._low == inner._low and outer.lower_closed >= inner.lower_closed)
    above = inner._high < outer._high or (
        inner._high == outer._high and outer.upper_closed >= inner.upper_closed
    )
    return below and above


def hull(*every: object) -> Bounds | NAType:
    """The narrowest bounds that hold all of the given ones, or all rows of one column; `pd.NA` when one is
    missing or there are none.

    >>> hull(Bounds(1, 2), 5), hull([Bounds(1, 2), 4, 5])
    (Bounds(1, 5), Bounds(1, 5))
    """
    __tracebackhide__ = True
    given = _members("hull", every)
    if not given:
        return missing()
    return _between(least(b._lower_end for b in given), max(b._upper_end for b in given), given[0].unit)


def intersection(*every: object) -> Bounds | NAType:
    """The numbers that all of the given bounds, or all rows of one column, share; `pd.NA` when they share
    none, one is missing or there are none. `compatible` is False in the first case, and missing in the others."""
    __tracebackhide__ = True
    given = _members("intersection", every)
    if not given:
        return missing()
    lower = max((b._lower_end for b in given), key=lambda end: (end[0], not end[1]))
    upper = min(b._upper_end for b in given)
    is_empty = lower[0] > upper[0] or (lower[0] == upper[0] and not (lower[1] and upper[1]))
    return missing() if is_empty else _between(lower, upper, given[0].unit)


def compatible(*every: object) -> Verdict:
    """True if at least one number lies in all of the given bounds, or in all rows of one column; `pd.NA`
    when one is missing or there are none."""
    __tracebackhide__ = True
    return isinstance(intersection(*every), Bounds) if _members("compatible", every) else missing()


def smallest_of(every: Iterable[Bounds]) -> Bounds:
    """Return the bounds of the smallest of several numbers: from the least lower end to the least upper end.

    >>> smallest_of([Bounds(50, math.inf), Bounds(70)])
    Bounds(50, 70)
    """
    given = list(every)
    return _between(least(b._lower_end for b in given), min(b._upper_end for b in given))


def largest_of(every: Iterable[Bounds]) -> Bounds:
    """Return the bounds of the largest of several numbers."""
    return -smallest_of(-bounds for bounds in every)


def least(ends: Iterable[End]) -> End:
    """The lowest of lower ends; of equal ones, one that belongs."""
    return min(ends, key=lambda end: (end[0], not end[1]))


def _members(operation: str, every: tuple[object, ...]) -> list[Bounds]:
    """The bounds given, or the rows of one column, in one unit; none where one is missing. TypeError for anything
    else."""
    __tracebackhide__ = True
    if len(every) == 1 and hasattr(every[0], "__len__") and not isinstance(every[0], str):
        every = tuple(import_module("reported.intervals.array").BoundsArray._from_sequence(every[0]))
    found = [operand(value) for value in every]
    for value in found:
        if not isinstance(value, Bounds) and value is not missing():
            advice = ": take its .typical" if hasattr(value, "typical") else ""
            raise TypeError(f"expected bounds or a number, found {value!r}{advice}")
    if not all(isinstance(value, Bounds) for value in found):
        return []
    first = next((value for value in found if value.unit), None)
    if first is not None:
        for place, value in enumerate(found):
            found[place] = _in_units(operation, lambda _, its: its, first, value)
    return found


def missing() -> NAType:
    """pandas' missing value, which is also what an undetermined verdict is."""
    from pandas import NA

    return NA


_TEXT = re.compile(
    r"\s*(?P<open>[\[(])\s*(?P<lower>[^,\s]+)\s*,\s*(?P<upper>[^,\s\])]+)\s*(?P<shut>[\])])\s*(?P<unit>[^\W\d].*)?"
)


def _number(text: str) -> Exact:
    """A number's text as it is written: 0.1 is a tenth, and so is 1/10."""
    text = text.strip()
    if re.fullmatch(r"[+-]?(inf(inity)?|nan)", text, re.IGNORECASE):
        return float(text)
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?|-?\d+/0*[1-9]\d*", text, re.ASCII):
        raise ValueError(f"{text!r} is not a number")
    return Fraction(text)


def _text(end: Exact) -> str:
    """Write an end exactly: as a decimal of at most 15 digits, otherwise as a fraction."""
    return (_terminating(end) or str(end)) if isinstance(end, Fraction) else str(end)


def _outward(end: Exact, outward: Callable[[Exact], float]) -> str | None:
    """The shortest decimal that, rounded outward, is the end of a column's row; None for an end of other bounds."""
    if not isinstance(end, float):
        return None
    if math.isinf(end) or outward(_number(repr(end))) == end:
        return repr(end).removesuffix(".0")
    inward = Context(prec=17, rounding=ROUND_CEILING if outward is down else ROUND_FLOOR)
    return str(inward.create_decimal_from_float(end))


def _shown(end: Exact, outward: Callable[[Exact], float]) -> str:
    if isinstance(end, Fraction):
        return _terminating(end) or repr(outward(end))
    if isinstance(end, int) and abs(end) > _LONG and float(end) == end:
        return repr(float(end))
    return repr(end).removesuffix(".0")


_LONG = 10**17
"""Beyond it a whole number that float64 holds is shown as a float: 1e+300."""


def _terminating(end: Fraction) -> str | None:
    """Return a fraction as a decimal of at most 15 digits; None if it has more."""
    rest = end.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 or end.denominator > 10**15:
        return None
    number = Decimal(end.numerator) / Decimal(end.denominator)
    return f"{number:f}" if Fraction(number) == end else None


def is_number(value: object) -> bool:
    """True if it is a real number of Python or numpy; True and False are not."""
    return isinstance(value, RealNumber | Decimal) and not isinstance(value, bool)


def operand(value: Any) -> Any:
    """Bounds for bounds and numbers, `pd.NA` for None and NaN, else `value` itself."""
    if getattr(value, "shape", None) == () and hasattr(value, "dtype"):  # an array without dimensions
        value = value.item()
    if value is None or (is_number(value) and value != value):
        return missing()
    return Bounds(value) if is_number(value) else value


def decided(one: Bounds, symbol: str, other: Bounds) -> Verdict:
    """Decide an order (`> >= < <=`): True if every pair of members satisfies it, False if none does, else `pd.NA`.

    >>> decided(Bounds(0, 1, "left"), "<", Bounds(1)), decided(Bounds(0, 1), "<", Bounds(1))
    (True, <NA>)
    """
    if symbol in ("<", "<="):
        one, other = other, one
    touching = one.lower_closed and other.upper_closed
    touching_below = one.upper_closed and other.lower_closed
    if symbol in (">", "<"):
        always = one._low > other._high or (one._low == other._high and not touching)
        never = one._high <= other._low
    else:
        always = one._low >= other._high
        never = one._high < other._low or (one._high == other._low and not touching_below)
    return True if always else False if never else missing()


def _sum(a: Bounds, b: Bounds) -> Bounds:
    return _between(
        (_exact_sum(a.exact_lower, b.exact_lower), a.lower_closed and b.lower_closed),
        (_exact_sum(a.exact_upper, b.exact_upper), a.upper_closed and b.upper_closed),
    )


def _product(a: Bounds, b: Bounds) -> Bounds:
    corners = [
        (_exact_product(x, y), (x_in and y_in) or (x_in and not x) or (y_in and not y))
        for x, x_in in (a._lower_end, a._upper_end)
        for y, y_in in (b._lower_end, b._upper_end)
    ]
    return _between(least(corners), max(corners))


def _quotient(a: Bounds, b: Bounds) -> Bounds:
    if 0 in b:
        raise ZeroDivisionError(f"cannot divide {a.short()} by {b.short()}: the divisor may be zero")
    return _product(a, _reciprocal(b))


def _reciprocal(b: Bounds) -> Bounds:
    def one_over(end: End, infinity: float) -> End:
        number, belongs = end
        if isinstance(number, float):
            return 0, False
        return (Fraction(1) / number, belongs) if number else (infinity, False)

    sign = math.inf if b._high > 0 else -math.inf
    return _between(one_over(b._upper_end, sign), one_over(b._lower_end, sign))


# Arithmetic on exact ends: rational numbers, or an infinity, which alone is a float ---------------------------


def _rational(end: Exact) -> Exact:
    if isinstance(end, float):
        return end if math.isinf(end) else int(end) if end.is_integer() else Fraction(end)
    return int(end) if end.denominator == 1 else end


def _exact_sum(x: Exact, y: Exact) -> Exact:
    """The sum of two ends, at most one of which is an infinity, or both the same."""
    return x if isinstance(x, float) else y if isinstance(y, float) else x + y


def _exact_product(x: Exact, y: Exact) -> Exact:
    """The product of two ends; zero times an infinite end is zero, since the infinity is not a member."""
    if not x or not y:
        return 0
    if isinstance(x, float) or isinstance(y, float):
        return math.inf if (x > 0) == (y > 0) else -math.inf
    return x * y
