"""Interval arithmetic on single numbers: `Bounds`, a number known only to lie between two ends.

Results enclose every value that the operands allow, as tightly as float64 can. Knows nothing of figures, units
or qualifiers. Columns are in `array`; pandas is imported only once a result needs it.

The model is that of IEEE 1788: closed sets of real numbers whose ends may be infinite, the infinities
being ends and never members. Order is three-valued; see `Bounds`.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from numbers import Number
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias

import numpy as np

from reported.intervals.rounding import Exact, down, exact, up

if TYPE_CHECKING:
    from pandas.api.typing import NAType

Real: TypeAlias = int | float | Fraction | Decimal | np.integer[Any] | np.floating[Any]
Verdict: TypeAlias = "bool | NAType"


def _operator(symbol: Callable[[Any, Any], Any], rule: Callable[[Bounds, Bounds], Any]) -> Any:
    """An operator method and its reflection, which apply `rule` to both operands.

    A plain number is exact bounds; with a missing value the result is missing, with an array it is a column.
    """

    def combine(left: Any, right: Any) -> Any:
        left, right = operand(left), operand(right)
        if isinstance(left, Bounds) and isinstance(right, Bounds):
            return rule(left, right)
        from reported.intervals.array import column_like

        if left is missing() or right is missing():
            return missing()
        if isinstance(left, Bounds) and (column := column_like(left, right)) is not None:
            return symbol(column, right)
        if isinstance(right, Bounds) and (column := column_like(right, left)) is not None:
            return symbol(left, column)
        return NotImplemented

    return combine, lambda right, left: combine(left, right)


class Bounds:
    """All real numbers from `lower` to `upper`, both included; either end may be infinite.

    An end that float64 cannot hold, such as `Decimal("0.1")` or `2**53 + 1`, is rounded outward. `Bounds(n)` is
    exactly `n`. Raises ValueError for NaN, for ends in the wrong order, and where both ends are the same
    infinity, since no number lies there.

    `a > b` is True if it holds for every pair of members, False if it holds for none, and otherwise `pd.NA`
    (undetermined), on which `if` raises. `==` asks whether both are the same bounds; a plain number n equals
    `Bounds(n)`.

    `b in a` asks whether a number, or all of other bounds, lies inside. `a & b` is their intersection, `pd.NA`
    if they share no number; `a | b` is their hull.

    Dividing by bounds that contain zero raises ZeroDivisionError; in a column there is a result.

    >>> Bounds(42284, math.inf) > 40000, Bounds(1, 2) > 3, Bounds(1, 3) > 2
    (True, False, <NA>)
    >>> 2 * Bounds(-1, 3) + 1, 2 in Bounds(1, 3), Bounds(1, 3) & Bounds(2, 5), Bounds(1, 3) | 5
    (Bounds(-1, 7), True, Bounds(2, 3), Bounds(1, 5))
    """

    # not a dataclass: pandas would take a list of these for a table of two columns
    __slots__ = ("lower", "upper")
    lower: float
    upper: float

    # numpy and pandas arrays leave an operation with bounds to the bounds
    __array_ufunc__: ClassVar[None] = None
    __pandas_priority__: ClassVar[int] = 1500

    def __init__(self, lower: Real, upper: Real | None = None) -> None:
        upper = lower if upper is None else upper
        low, high = exact(lower), exact(upper)
        if low != low or high != high:
            raise ValueError(f"bounds need two numbers, found [{lower}, {upper}]")
        if low > high:
            raise ValueError(f"the lower end is above the upper end: [{lower}, {upper}]")
        if low == math.inf or high == -math.inf:
            raise ValueError(f"no number lies in [{lower}, {upper}]: an infinity is an end, not a member")
        object.__setattr__(self, "lower", down(low))
        object.__setattr__(self, "upper", up(high))

    @classmethod
    def _of(cls, lower: float, upper: float) -> Bounds:
        """Bounds whose ends are known to be valid, unchecked."""
        bounds = object.__new__(cls)
        object.__setattr__(bounds, "lower", lower)
        object.__setattr__(bounds, "upper", upper)
        return bounds

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"bounds are immutable: cannot set {name} of {self}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"bounds are immutable: cannot delete {name} of {self}")

    def __reduce__(self) -> tuple[type[Bounds], tuple[float, float]]:
        return Bounds, (self.lower, self.upper)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form, `"[42284, inf]"`, or a plain number; ValueError for anything else.

        >>> Bounds.parse("[42284, inf]"), Bounds.parse("65")
        (Bounds(42284, inf), Bounds(65, 65))
        """
        match = _TEXT.fullmatch(text)
        try:
            if match:
                return cls(float(match["lower"]), float(match["upper"]))
            return cls(float(text))
        except ValueError as error:
            raise ValueError(f'expected bounds such as "[1, 2]", found "{text}": {error}') from None

    @property
    def width(self) -> float:
        """The distance between the ends, rounded up; infinite if an end is."""
        lower, upper = ends(self)
        return up(exact_sum(upper, -lower))

    @property
    def midpoint(self) -> float | NAType:
        """The number halfway between the ends; `pd.NA` if an end is infinite."""
        return missing() if self.is_unbounded else float((Fraction(self.lower) + Fraction(self.upper)) / 2)

    @property
    def is_exact(self) -> bool:
        """Whether the bounds are a single number."""
        return self.lower == self.upper

    @property
    def is_unbounded(self) -> bool:
        """Whether an end is infinite."""
        return math.isinf(self.lower) or math.isinf(self.upper)

    def contains(self, other: Bounds | Real) -> bool:
        """Whether a number, or all of other bounds, lies inside; `other in bounds` for short."""
        inner = other if isinstance(other, Bounds) else Bounds(other)
        return self.lower <= inner.lower and inner.upper <= self.upper

    __contains__ = contains

    def __str__(self) -> str:
        return f"[{_end(self.lower)}, {_end(self.upper)}]"

    def __repr__(self) -> str:
        return f"Bounds({_end(self.lower)}, {_end(self.upper)})"

    def __bool__(self) -> bool:
        raise TypeError(f"{self} is neither true nor false; compare it with a number")

    def __eq__(self, other: object) -> Any:
        if isinstance(other, Bounds):
            return self.lower == other.lower and self.upper == other.upper
        if is_number(other):
            return self.lower == other and self.upper == other
        from reported.intervals.array import column_like

        column = column_like(self, other)
        return NotImplemented if column is None else column == other

    def __ne__(self, other: object) -> Any:
        same = self.__eq__(other)
        return same if same is NotImplemented else not same if isinstance(same, bool) else ~same

    def __hash__(self) -> int:
        return hash(self.lower) if self.is_exact else hash((self.lower, self.upper))

    def __neg__(self) -> Bounds:
        return Bounds(-self.upper, -self.lower)

    def __pos__(self) -> Bounds:
        return self

    def __abs__(self) -> Bounds:
        return Bounds(max(self.lower, -self.upper, 0.0), max(-self.lower, self.upper))

    __add__, __radd__ = _operator(operator.add, lambda a, b: _sum(a, b))
    __sub__, __rsub__ = _operator(operator.sub, lambda a, b: _sum(a, -b))
    __mul__, __rmul__ = _operator(operator.mul, lambda a, b: _product(a, b))
    __truediv__, __rtruediv__ = _operator(operator.truediv, lambda a, b: _quotient(a, b))
    __and__, __rand__ = _operator(operator.and_, lambda a, b: intersection(a, b))
    __or__, __ror__ = _operator(operator.or_, lambda a, b: hull(a, b))
    __gt__, _ = _operator(operator.gt, lambda a, b: _verdict(a.lower > b.upper, a.upper <= b.lower))
    __ge__, _ = _operator(operator.ge, lambda a, b: _verdict(a.lower >= b.upper, a.upper < b.lower))
    __lt__, _ = _operator(operator.lt, lambda a, b: _verdict(a.upper < b.lower, a.lower >= b.upper))
    __le__, _ = _operator(operator.le, lambda a, b: _verdict(a.upper <= b.lower, a.lower > b.upper))
    del _


def hull(*every: Any) -> Bounds | NAType:
    """The narrowest bounds that hold all of the given ones, or all rows of one column; `pd.NA` when one is
    missing or there are none.

    >>> hull(Bounds(1, 2), 5), hull([Bounds(1, 2), 4, 5])
    (Bounds(1, 5), Bounds(1, 5))
    """
    extremes = _extremes(every)
    return Bounds(extremes[0], extremes[3]) if extremes else missing()


def intersection(*every: Any) -> Bounds | NAType:
    """The numbers that all of the given bounds, or all rows of one column, share; `pd.NA` when they share
    none, one is missing or there are none."""
    extremes = _extremes(every)
    return Bounds(extremes[1], extremes[2]) if extremes and extremes[1] <= extremes[2] else missing()


def compatible(*every: Any) -> Verdict:
    """Whether at least one number lies in all of the given bounds, or in all rows of one column; `pd.NA`
    when one is missing or there are none."""
    extremes = _extremes(every)
    return bool(extremes[1] <= extremes[2]) if extremes else missing()


def _extremes(every: tuple[Any, ...]) -> tuple[float, float, float, float] | None:
    """The least and the greatest lower end, the least and the greatest upper end; None where one is missing.

    TypeError for what is no bounds, number or column of them.
    """
    if len(every) == 1 and hasattr(every[0], "__len__") and not isinstance(every[0], str):
        from reported.intervals.array import BoundsArray, ends_of

        lower, upper = BoundsArray(*ends_of(every[0]))._ends
        if not len(lower) or np.isnan(lower).any():
            return None
        return lower.min(), lower.max(), upper.min(), upper.max()
    operands = [operand(value) for value in every]
    others = [value for value in operands if not isinstance(value, Bounds)]
    for value in others:
        if value is not missing():
            raise TypeError(f"expected bounds or a number, found {value!r}")
    if others or not operands:
        return None
    lowers, uppers = [b.lower for b in operands], [b.upper for b in operands]
    return min(lowers), max(lowers), min(uppers), max(uppers)


def missing() -> NAType:
    """pandas' missing value, which is also what an undetermined verdict is."""
    from pandas import NA

    return NA


_TEXT = re.compile(r"\s*\[\s*(?P<lower>[^,\s]+)\s*,\s*(?P<upper>[^,\s]+)\s*\]\s*")


def _end(value: float) -> str:
    return repr(value).removesuffix(".0")


def is_number(value: object) -> bool:
    """Whether it is a real number of Python or numpy; True and False are not."""
    return isinstance(value, Number | np.number) and not isinstance(value, bool | complex)


def operand(value: Any) -> Any:
    """Bounds for bounds and numbers, `pd.NA` for None and NaN, else `value` itself."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if value is None or (is_number(value) and value != value):
        return missing()
    return Bounds(value) if is_number(value) else value


def _verdict(always: bool, never: bool) -> Verdict:
    return True if always else False if never else missing()


def _enclosing(*values: Exact) -> Bounds:
    return Bounds._of(down(min(values)), up(max(values)))


def _sum(a: Bounds, b: Bounds) -> Bounds:
    (a_low, a_high), (b_low, b_high) = ends(a), ends(b)
    return _enclosing(exact_sum(a_low, b_low), exact_sum(a_high, b_high))


def _product(a: Bounds, b: Bounds) -> Bounds:
    return _enclosing(*(exact_product(x, y) for x in ends(a) for y in ends(b)))


def _quotient(a: Bounds, b: Bounds) -> Bounds:
    if 0 in b:
        raise ZeroDivisionError(f"cannot divide {a} by {b}: the divisor may be zero")
    return _enclosing(*(exact_quotient(x, y) for x in ends(a) for y in ends(b)))


# Arithmetic on exact ends: rational numbers, or an infinity, which alone is a float ---------------------------


def ends(bounds: Bounds) -> tuple[Exact, Exact]:
    """Both ends as rational numbers; an infinite one stays a float."""
    return _rational(bounds.lower), _rational(bounds.upper)


def _rational(end: float) -> Exact:
    return end if math.isinf(end) else int(end) if end.is_integer() else Fraction(end)


def exact_sum(x: Exact, y: Exact) -> Exact:
    """The sum of two ends, at most one of which is an infinity, or both the same."""
    return x if isinstance(x, float) else y if isinstance(y, float) else x + y


def exact_product(x: Exact, y: Exact) -> Exact:
    """The product of two ends; zero times an infinite end is zero, since the infinity is not a member."""
    if not x or not y:
        return 0
    if isinstance(x, float) or isinstance(y, float):
        return math.inf if (x > 0) == (y > 0) else -math.inf
    return x * y


def exact_quotient(x: Exact, y: Exact) -> Exact:
    """The quotient of two ends, `y` not zero.

    Over an infinite end it is zero, the limit; so is infinity over infinity, since other corners are infinite.
    """
    if isinstance(y, float):
        return 0
    if isinstance(x, float):
        return x if y > 0 else -x
    return Fraction(x) / y
