"""Interval arithmetic as a pandas type: numbers known only to lie between two ends.

`Bounds` is one such number, a column of dtype `"bounds"` holds many. Results enclose every value the
operands allow and are the tightest float64 can hold. Knows nothing of figures, units or qualifiers.

The model is that of IEEE 1788: closed sets of real numbers whose ends may be infinite, the infinities
being ends and never members. Order is three-valued, see `Bounds`.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Number
from typing import Any, ClassVar, Self, TypeAlias, TypeGuard

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import (
    ExtensionArray,
    ExtensionDtype,
    no_default,
    register_extension_dtype,
    register_series_accessor,
    take,
)
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_list_like, is_numeric_dtype, pandas_dtype
from pandas.api.typing import NAType
from pandas.arrays import BooleanArray, FloatingArray

from reported.intervals.rounding import Exact, down, exact, rounded_down, rounded_up, up

Real: TypeAlias = int | float | Fraction | Decimal | np.integer[Any] | np.floating[Any]
Verdict: TypeAlias = bool | NAType
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Ends: TypeAlias = tuple[Floats, Floats]
"""The lower and the upper ends of a column; NaN in both where bounds are missing."""


# One number between two ends ---------------------------------------------------------------------------


def _operator(symbol: Callable[[Any, Any], Any], rule: Callable[[Bounds, Bounds], Any]) -> Any:
    """The two methods by which `symbol` follows `rule` between bounds and what may stand beside them.

    A plain number is exact bounds, a missing value makes the result missing, an array makes it a column.
    """

    def combine(left: Any, right: Any) -> Any:
        left, right = _operand(left), _operand(right)
        if isinstance(left, Bounds) and isinstance(right, Bounds):
            return rule(left, right)
        if left is pd.NA or right is pd.NA:
            return pd.NA
        if _is_column_of_others(right):
            return symbol(BoundsArray._of_one(left, len(right)), right)
        if _is_column_of_others(left):
            return symbol(left, BoundsArray._of_one(right, len(left)))
        return NotImplemented

    return combine, lambda right, left: combine(left, right)


class Bounds:
    """All real numbers from `lower` to `upper`, both included; either end may be infinite.

    An end that float64 cannot hold, such as `Decimal("0.1")` or `2**53 + 1`, is moved outward to the
    next one that can. `Bounds(n)` is exactly `n`. ValueError for NaN, for ends in the wrong order, and
    for both ends at one infinity: no number lies there.

    Order asks about the numbers inside. `a > b` is True when every pair of them satisfies it, False when
    none does, `pd.NA` (undetermined) otherwise; `if` on an undetermined answer raises. `==` asks whether
    both are the same bounds; a plain number n equals exactly n.

    Dividing by bounds that contain zero is a ZeroDivisionError here; in a column it has a result.

    >>> Bounds(42284, math.inf) > 40000, Bounds(1, 2) > 3, Bounds(1, 3) > 2
    (True, False, <NA>)
    >>> 2 * Bounds(-1, 3) + 1
    Bounds(-1, 7)
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
        """Bounds whose ends are known to be in order, without looking again."""
        bounds = object.__new__(cls)
        object.__setattr__(bounds, "lower", lower)
        object.__setattr__(bounds, "upper", upper)
        return bounds

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"bounds do not change: cannot set {name} of {self}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"bounds do not change: cannot delete {name} of {self}")

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
        """How far apart the ends are, rounded up; infinite when an end is."""
        return up(_exact_sum(self.upper, -self.lower))

    @property
    def midpoint(self) -> float | NAType:
        """The number halfway between the ends, `pd.NA` when an end is infinite: there is none."""
        return pd.NA if self.is_unbounded else float((Fraction(self.lower) + Fraction(self.upper)) / 2)

    @property
    def is_exact(self) -> bool:
        """Whether the bounds are a single number."""
        return self.lower == self.upper

    @property
    def is_unbounded(self) -> bool:
        """Whether an end is infinite."""
        return math.isinf(self.lower) or math.isinf(self.upper)

    def contains(self, other: Bounds | Real) -> bool:
        """Whether a number, or all of other bounds, lies inside.

        >>> Bounds(1, math.inf).contains(7), Bounds(1, 3).contains(Bounds(2, 4))
        (True, False)
        """
        inner = other if isinstance(other, Bounds) else Bounds(other)
        return self.lower <= inner.lower and inner.upper <= self.upper

    def __str__(self) -> str:
        return f"[{_end(self.lower)}, {_end(self.upper)}]"

    def __repr__(self) -> str:
        return f"Bounds({_end(self.lower)}, {_end(self.upper)})"

    def __bool__(self) -> bool:
        raise TypeError(f"{self} is neither true nor false: compare it with something")

    def __eq__(self, other: object) -> Any:
        if isinstance(other, Bounds):
            return self.lower == other.lower and self.upper == other.upper
        if _is_column_of_others(other):
            return BoundsArray._of_one(self, len(other)) == other
        return self.lower == other and self.upper == other if _is_number(other) else NotImplemented

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
    __gt__, _ = _operator(operator.gt, lambda a, b: _verdict(a.lower > b.upper, a.upper <= b.lower))
    __ge__, _ = _operator(operator.ge, lambda a, b: _verdict(a.lower >= b.upper, a.upper < b.lower))
    __lt__, _ = _operator(operator.lt, lambda a, b: _verdict(a.upper < b.lower, a.lower >= b.upper))
    __le__, _ = _operator(operator.le, lambda a, b: _verdict(a.upper <= b.lower, a.lower > b.upper))


def hull(*every: Bounds | Real | NAType) -> Bounds | NAType:
    """The narrowest bounds that hold all of the given ones; `pd.NA` when one is missing."""
    present = _all_present(every)
    return Bounds(min(b.lower for b in present), max(b.upper for b in present)) if present else pd.NA


def intersection(*every: Bounds | Real | NAType) -> Bounds | NAType:
    """The numbers that all of the given bounds share; `pd.NA` when they share none or one is missing."""
    present = _all_present(every)
    if not present or not compatible(*present):
        return pd.NA
    return Bounds(max(b.lower for b in present), min(b.upper for b in present))


def compatible(*every: Bounds | Real | NAType) -> Verdict:
    """Whether at least one number lies in all of the given bounds; `pd.NA` when one is missing."""
    present = _all_present(every)
    return max(b.lower for b in present) <= min(b.upper for b in present) if present else pd.NA


def _all_present(every: Sequence[Any]) -> list[Bounds]:
    """All of the bounds, or none when one of them is missing; TypeError for what is no bounds or number."""
    operands = [_operand(value) for value in every]
    for operand in operands:
        if not isinstance(operand, Bounds | NAType):
            raise TypeError(f"expected bounds or a number, found {operand!r}")
    return [] if any(operand is pd.NA for operand in operands) else operands


_TEXT = re.compile(r"\s*\[\s*(?P<lower>[^,\s]+)\s*,\s*(?P<upper>[^,\s]+)\s*\]\s*")


def _end(value: float) -> str:
    return repr(value).removesuffix(".0")


def _is_number(value: object) -> bool:
    return isinstance(value, Number | np.number) and not isinstance(value, bool | complex)


def _is_column_of_others(value: object) -> TypeGuard[npt.NDArray[Any] | ExtensionArray]:
    return isinstance(value, np.ndarray | ExtensionArray) and not isinstance(value, BoundsArray)


def _operand(value: Any) -> Any:
    """Bounds for bounds and numbers, `pd.NA` for what stands for a missing value, else `value` itself."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if value is None or (_is_number(value) and value != value):
        return pd.NA
    return Bounds(value) if _is_number(value) else value


def _verdict(always: bool, never: bool) -> Verdict:
    return True if always else False if never else pd.NA


def _enclosing(*values: Exact) -> Bounds:
    return Bounds._of(down(min(values)), up(max(values)))


def _sum(a: Bounds, b: Bounds) -> Bounds:
    return _enclosing(_exact_sum(a.lower, b.lower), _exact_sum(a.upper, b.upper))


def _product(a: Bounds, b: Bounds) -> Bounds:
    return _enclosing(*(_exact_product(x, y) for x in (a.lower, a.upper) for y in (b.lower, b.upper)))


def _quotient(a: Bounds, b: Bounds) -> Bounds:
    if b.contains(0):
        raise ZeroDivisionError(f"cannot divide {a} by {b}: the divisor may be zero")
    return _enclosing(*(_exact_quotient(x, y) for x in (a.lower, a.upper) for y in (b.lower, b.upper)))


def _rational(x: float) -> int | Fraction:
    return int(x) if x.is_integer() else Fraction(x)


def _exact_sum(x: float, y: float) -> Exact:
    return x + y if math.isinf(x) or math.isinf(y) else _rational(x) + _rational(y)


def _exact_product(x: float, y: float) -> Exact:
    """Zero times an infinite end is zero: every member beside that end is a number."""
    if x == 0 or y == 0:
        return 0.0
    return x * y if math.isinf(x) or math.isinf(y) else _rational(x) * _rational(y)


def _exact_quotient(x: float, y: float) -> Exact:
    """Members ever further out divide to ever less, so an infinite divisor gives zero, under an infinite
    end too: there the other corners of the quotient already have the infinity."""
    if math.isinf(y):
        return 0.0
    return x / y if math.isinf(x) else Fraction(x) / Fraction(y)


# Many of them, as a pandas column ----------------------------------------------------------------------


@register_extension_dtype
class BoundsDtype(ExtensionDtype):
    """The dtype of a column of bounds, `dtype="bounds"` for short."""

    name = "bounds"
    type: ClassVar[Any] = Bounds
    na_value = pd.NA

    def __repr__(self) -> str:
        return self.name

    @classmethod
    def construct_array_type(cls) -> Any:
        return BoundsArray

    def _get_common_dtype(self, dtypes: Sequence[Any]) -> BoundsDtype | None:
        """Beside numbers a column stays bounds, since a number is exact bounds."""
        return self if all(isinstance(d, BoundsDtype) or _is_numeric(d) for d in dtypes) else None

    def __from_arrow__(self, array: pa.Array | pa.ChunkedArray) -> BoundsArray:
        chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
        structs = [getattr(chunk, "storage", chunk) for chunk in chunks]
        lower, upper = ([_arrow_floats(s, end) for s in structs] for end in ("lower", "upper"))
        return BoundsArray(np.concatenate([*lower, []]), np.concatenate([*upper, []]))


def _column_operator(rule: Callable[[Ends, Ends], Ends]) -> Any:
    """The two methods by which an operator follows `rule` between a column and what stands beside it."""

    def method(self: BoundsArray, other: Any) -> Any:
        ends = self._beside(other)
        return NotImplemented if ends is None else BoundsArray._of(*rule(self._ends, ends))

    def reflected(self: BoundsArray, other: Any) -> Any:
        ends = self._beside(other)
        return NotImplemented if ends is None else BoundsArray._of(*rule(ends, self._ends))

    return method, reflected


def _column_order(rule: Callable[[Ends, Ends], BooleanArray]) -> Any:
    def method(self: BoundsArray, other: Any) -> Any:
        ends = self._beside(other)
        return NotImplemented if ends is None else rule(self._ends, ends)

    return method


class BoundsArray(ExtensionArray):
    """A column of bounds: two float64 arrays of equal length, NaN in both where bounds are missing.

    `+ - * /` give the tightest float64 enclosure, with bounds, numbers and columns of either, on either
    side. Division by bounds that contain zero is as IEEE 1788 has it: a half-line, the whole line, or
    missing where the divisor is exactly zero. `< <= > >=` give pandas' `boolean`, with `pd.NA` where the
    order is undetermined or an operand is missing. Sort order is (lower, upper) and is no verdict.
    Beware: pandas takes `pd.NA` for False when it selects by a mask, and so does what it builds on that,
    such as `Series.clip`.

    ValueError for ends that `Bounds` would refuse, naming the row.

    >>> column = pd.Series(BoundsArray.from_arrays([42284, 55], [math.inf, 55]))
    >>> (column + 1).tolist(), (column > 60).tolist()
    ([Bounds(42285, inf), Bounds(56, 56)], [True, False])
    """

    _lower: Floats
    _upper: Floats
    _readonly = False
    __pandas_priority__ = 1500  # columns of plain numbers leave an operation with bounds to the bounds

    def __init__(self, lower: Any, upper: Any) -> None:
        (low, _), (_, high) = _ends_of(lower), _ends_of(upper)
        if len(low) != len(high):
            raise ValueError(f"as many lower ends as upper ends are needed, found {len(low)} and {len(high)}")
        wrong = ~(low <= high) | (low == math.inf) | (high == -math.inf)
        wrong &= ~(np.isnan(low) & np.isnan(high))
        if wrong.any():
            row = int(wrong.argmax())
            try:
                Bounds(low[row], high[row])
            except ValueError as error:
                raise ValueError(f"row {row}: {error}") from None
        self._lower, self._upper = low + 0.0, high + 0.0  # a copy without signed zeros

    @classmethod
    def from_arrays(cls, lower: Any, upper: Any) -> Self:
        """Bounds from their ends, row by row; missing (`pd.NA`, None, NaN) in both ends or in none."""
        return cls(lower, upper)

    @classmethod
    def _of(cls, lower: Floats, upper: Floats) -> Self:
        """A column of ends that are known to be in order, without copying or looking again."""
        array = cls.__new__(cls)
        array._lower, array._upper = lower, upper
        return array

    @classmethod
    def _of_one(cls, bounds: Bounds, rows: int) -> Self:
        return cls._of(np.full(rows, bounds.lower), np.full(rows, bounds.upper))

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Self:
        """From bounds, numbers, their text and missing values in any mixture; TypeError for other things."""
        if isinstance(scalars, cls):
            return scalars.copy() if copy else scalars
        return cls(*_ends_of(scalars, text=True))

    _from_sequence_of_strings = _from_sequence

    @classmethod
    def _from_factorized(cls, values: npt.NDArray[np.complex128], original: Self) -> Self:
        return cls._of(values.real.copy(), values.imag.copy())

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        return cls._of(
            np.concatenate([array._lower for array in to_concat]),
            np.concatenate([array._upper for array in to_concat]),
        )

    # what pandas asks of a column

    @property
    def dtype(self) -> BoundsDtype:
        return BoundsDtype()

    @property
    def nbytes(self) -> int:
        return self._lower.nbytes + self._upper.nbytes

    @property
    def _ends(self) -> Ends:
        return self._lower, self._upper

    def __len__(self) -> int:
        return len(self._lower)

    def isna(self) -> Flags:
        return np.isnan(self._lower)

    def copy(self) -> Self:
        return self._of(self._lower.copy(), self._upper.copy())

    def __iter__(self) -> Iterator[Bounds | NAType]:
        for lower, upper in zip(self._lower.tolist(), self._upper.tolist(), strict=True):
            yield Bounds._of(lower, upper) if lower == lower else pd.NA

    def __getitem__(self, item: Any) -> Any:
        item = check_array_indexer(self, item)
        lower, upper = self._lower[item], self._upper[item]
        if np.ndim(lower) == 0:
            return pd.NA if np.isnan(lower) else Bounds._of(float(lower), float(upper))
        result = self._of(lower, upper)
        result._readonly = self._readonly and np.may_share_memory(lower, self._lower)
        return result

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        key = check_array_indexer(self, key)
        new = self._from_sequence(value if is_list_like(value) else [value])
        if not is_list_like(value):
            self._lower[key], self._upper[key] = new._lower[0], new._upper[0]
        else:
            self._lower[key], self._upper[key] = new._ends

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        fill = self._from_sequence([fill_value])
        lower, upper = (
            np.asarray(take(end, indices, allow_fill=allow_fill, fill_value=filling[0]))
            for end, filling in zip(self._ends, fill._ends, strict=True)
        )
        return self._of(lower, upper)

    def _keys(self) -> npt.NDArray[np.complex128]:
        """Each pair of ends as one complex number: numpy orders and pandas hashes these as the pairs."""
        keys = np.empty(len(self), dtype=np.complex128)
        keys.real, keys.imag = self._lower, self._upper
        return keys

    def _values_for_factorize(self) -> tuple[npt.NDArray[np.complex128], complex]:
        return self._keys(), complex(math.nan, math.nan)

    def _values_for_argsort(self) -> npt.NDArray[np.intp]:
        """Each row's place in the sort order, the same for the same bounds."""
        return np.unique(self._keys(), return_inverse=True)[1]

    def unique(self) -> Self:
        return self.factorize(use_na_sentinel=False)[1]

    def value_counts(self, dropna: bool = True) -> pd.Series[Any]:
        codes, values = self.factorize(use_na_sentinel=dropna)
        counts = np.bincount(codes[codes >= 0])
        return pd.Series(counts, index=pd.Index(values), name="count", dtype="Int64")

    def _mode(self, dropna: bool = True) -> Self:
        counts = self.value_counts(dropna)
        return self._from_sequence(counts.index[counts == counts.max()].sort_values())

    def _quantile(self, qs: Any, interpolation: str) -> Self:
        raise TypeError("dtype bounds does not support operation 'quantile': take it of the ends")

    def searchsorted(self, value: Any, side: Any = "left", sorter: Any = None) -> Any:
        keys = self._from_sequence(value if is_list_like(value) else [value])._keys()
        return np.searchsorted(
            self._keys(), keys if is_list_like(value) else keys[0], side=side, sorter=sorter
        )

    def isin(self, values: Any) -> Flags:
        """Which rows are one of `values`; what is not bounds, a number or missing is in no row."""
        members = [value for value in map(_operand, values) if isinstance(value, Bounds | NAType)]
        return pd.Series(self._keys()).isin(self._from_sequence(members)._keys()).to_numpy()

    def _formatter(self, boxed: bool = False) -> Callable[[Any], str | None]:
        return str

    def _cast_pointwise_result(self, values: Any) -> Any:
        """A column again where a function of each row gave bounds, `boolean` where it gave verdicts."""
        values = pd.Series(list(values), dtype=object)
        present = values.dropna()
        if present.map(lambda value: isinstance(value, Bounds)).all():
            return self._from_sequence(values)
        if present.map(lambda value: isinstance(value, bool | np.bool_)).all():
            return pd.array(values, dtype="boolean")
        return values.infer_objects().array if len(present) == len(values) else pd.array(values.tolist())

    # as something else

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        if copy is False:
            raise ValueError("a column of bounds cannot become a numpy array without a copy")
        if dtype is not None and np.dtype(dtype).kind in "iuf":
            return np.asarray(self.astype(dtype))
        objects = np.empty(len(self), dtype=object)
        objects[:] = list(self)
        return objects

    def to_numpy(self, dtype: Any = None, copy: bool = False, na_value: Any = no_default) -> npt.NDArray[Any]:
        """A new numpy array of `Bounds`, or of numbers where all bounds are exact."""
        result = np.array(self, dtype=dtype)
        if na_value is not no_default:
            result[self.isna()] = na_value
        return result

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """As text, as objects, or as numbers: a ValueError where bounds are not exact, or the dtype would
        change the number."""
        dtype = pandas_dtype(dtype)
        if isinstance(dtype, BoundsDtype):
            return self.copy() if copy else self
        if _is_numeric(dtype):
            wide = self._lower < self._upper
            if wide.any():
                row = int(wide.argmax())
                raise ValueError(f"row {row}: {self[row]} is no single number; choose an end or the midpoint")
            changed = _changed(self._lower, dtype)
            if changed.any():
                row = int(changed.argmax())
                raise ValueError(f"row {row}: {self[row]} is no {dtype}; round it first, or take float64")
            return _masked(self._lower).astype(dtype)
        return super().astype(dtype, copy=copy)

    def _values_for_json(self) -> npt.NDArray[np.object_]:
        return np.array([None if bounds is pd.NA else str(bounds) for bounds in self])

    def __arrow_array__(self, type: Any = None) -> pa.Array:
        missing = self.isna()
        ends = [pa.array(end, mask=missing) for end in self._ends]
        storage = pa.StructArray.from_arrays(ends, fields=list(_STORAGE), mask=pa.array(missing))
        return pa.ExtensionArray.from_storage(BoundsType(), storage)

    # arithmetic and order

    def _beside(self, other: Any) -> Ends | None:
        """The ends of the other operand; None where it should take over, or is nothing we know.

        ValueError for a column of another length, TypeError for one of other things.
        """
        other = _operand(other)
        if getattr(other, "__pandas_priority__", 0) > self.__pandas_priority__:
            return None
        if isinstance(other, Bounds | NAType):
            lower, upper = (math.nan, math.nan) if isinstance(other, NAType) else (other.lower, other.upper)
            return np.broadcast_to(lower, len(self)), np.broadcast_to(upper, len(self))
        if not is_list_like(other):
            return None
        if len(other) != len(self):
            raise ValueError(f"Lengths must match: {len(self)} rows beside {len(other)}")
        return other._ends if isinstance(other, BoundsArray) else BoundsArray(*_ends_of(other))._ends

    __add__, __radd__ = _column_operator(lambda a, b: _sums(a, b))
    __sub__, __rsub__ = _column_operator(lambda a, b: _differences(a, b))
    __mul__, __rmul__ = _column_operator(lambda a, b: _products(a, b))
    __truediv__, __rtruediv__ = _column_operator(lambda a, b: _quotients(a, b))
    __gt__ = _column_order(lambda a, b: _above(a, b, operator.gt, operator.le))
    __ge__ = _column_order(lambda a, b: _above(a, b, operator.ge, operator.lt))
    __lt__ = _column_order(lambda a, b: _above(b, a, operator.gt, operator.le))
    __le__ = _column_order(lambda a, b: _above(b, a, operator.ge, operator.lt))

    def __eq__(self, other: object) -> Any:
        """Whether both are the same bounds, row by row; `pd.NA` where one is missing."""
        if getattr(other, "__pandas_priority__", 0) > self.__pandas_priority__:
            return NotImplemented
        try:
            ends = self._beside(other)
        except TypeError:
            ends = None
        if ends is None:
            return BooleanArray(np.zeros(len(self), dtype=bool), self.isna())
        same = (self._lower == ends[0]) & (self._upper == ends[1])
        return BooleanArray(same, self.isna() | np.isnan(ends[0]))

    def __ne__(self, other: object) -> Any:
        same = self.__eq__(other)
        return same if same is NotImplemented else ~same

    def __neg__(self) -> Self:
        return self._of(0.0 - self._upper, 0.0 - self._lower)

    def __pos__(self) -> Self:
        return self.copy()

    def __abs__(self) -> Self:
        lower, upper = self._ends
        return self._of(np.maximum(np.maximum(lower, 0.0 - upper), 0.0), np.maximum(0.0 - lower, upper))

    # many rows into one

    def _reduce(self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs: Any) -> Any:
        result = super()._reduce(name, skipna=skipna, **kwargs)
        return self._from_sequence([result]) if keepdims else result

    def _counted(self, skipna: bool, least: int) -> Ends | None:
        """The ends to reduce; None where a missing row or too few rows make the result missing."""
        missing = self.isna()
        if (missing.any() and not skipna) or len(self) - missing.sum() < least:
            return None
        return (self._lower[~missing], self._upper[~missing]) if missing.any() else self._ends

    def sum(self, *, skipna: bool = True, min_count: int = 0, **kwargs: Any) -> Bounds | NAType:
        """All rows added up: partial sums, in pairs, each rounded outward.

        Encloses, and is exact where every partial sum is, so for whole numbers up to 2**53 in all.
        """
        ends = self._counted(skipna, min_count)
        if ends is None:
            return pd.NA
        return Bounds(rounded_down(np.add.reduce, ends[0]), rounded_up(np.add.reduce, ends[1]))

    def mean(self, *, skipna: bool = True, **kwargs: Any) -> Bounds | NAType:
        """The sum over the number of rows, rounded outward."""
        ends = self._counted(skipna, 1)
        return pd.NA if ends is None else self.sum() / len(ends[0])

    def min(self, *, skipna: bool = True, **kwargs: Any) -> Bounds | NAType:
        """What the least of the numbers can be: the least lower end and the least upper end."""
        ends = self._counted(skipna, 1)
        return pd.NA if ends is None else Bounds(ends[0].min(), ends[1].min())

    def max(self, *, skipna: bool = True, **kwargs: Any) -> Bounds | NAType:
        """What the greatest of the numbers can be: the greatest lower and the greatest upper end."""
        ends = self._counted(skipna, 1)
        return pd.NA if ends is None else Bounds(ends[0].max(), ends[1].max())

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs: Any) -> Self:
        """Running sum, least and greatest, each rounded outward; missing rows are passed over or spread."""
        steps: dict[str, tuple[np.ufunc, float]] = {
            "cumsum": (np.add, 0.0),
            "cummin": (np.minimum, math.inf),
            "cummax": (np.maximum, -math.inf),
        }
        if name not in steps:
            raise TypeError(f"dtype bounds does not support operation '{name}'")
        step, neutral = steps[name]
        missing = self.isna() & skipna
        lower, upper = (np.where(missing, neutral, end) for end in self._ends)
        lower, upper = rounded_down(step.accumulate, lower), rounded_up(step.accumulate, upper)
        lower[missing] = upper[missing] = math.nan
        return self._of(*_without_signed_zeros((lower, upper)))

    def _groupby_op(self, *, how: str, ngroups: int, ids: Any, min_count: int = 0, **kwargs: Any) -> Any:
        """Sum, mean, least and greatest of each group, as for a whole column but summed row after row."""
        if how not in ("sum", "mean", "min", "max"):
            return super()._groupby_op(  # type: ignore[misc]
                how=how, ngroups=ngroups, ids=ids, min_count=min_count, **kwargs
            )
        missing = self.isna()
        counted = (ids >= 0) & ~missing
        lower, upper, groups = self._lower, self._upper, ids
        if not counted.all():
            lower, upper, groups = lower[counted], upper[counted], ids[counted]
        counts = np.bincount(groups, minlength=ngroups)
        if how in ("sum", "mean"):
            lower = rounded_down(_grouped_sum, groups, lower, ngroups)
            upper = rounded_up(_grouped_sum, groups, upper, ngroups)
        else:
            lower, upper = (_grouped_extreme(how, groups, end, ngroups) for end in (lower, upper))
        if how == "mean":
            counted_floats = counts.astype(np.float64)
            lower = rounded_down(np.divide, lower, counted_floats)
            upper = rounded_up(np.divide, upper, counted_floats)
        blank = counts < max(min_count, 0 if how == "sum" else 1)
        if not kwargs.get("skipna", True):
            blank |= np.bincount(ids[missing & (ids >= 0)], minlength=ngroups) > 0
        lower[blank] = upper[blank] = math.nan
        return self._of(*_without_signed_zeros((lower, upper)))


@register_series_accessor("bounds")
class BoundsAccessor:
    """`series.bounds`: what `Bounds` can tell of itself, for a column of them, missing where it is.

    `other` may be bounds, a number, or a column of either that lines up row by row.

    >>> figures = pd.Series(["[42284, inf]", "[55, 55]"], dtype="bounds")
    >>> figures.bounds.is_exact.tolist(), figures.bounds.compatible(60000).tolist()
    ([False, True], [True, False])
    """

    def __init__(self, series: pd.Series[Any]) -> None:
        if not isinstance(series.dtype, BoundsDtype):
            raise AttributeError(f"Can only use .bounds with a column of bounds, found {series.dtype}")
        self._series = series
        self._array: BoundsArray = series.array

    def _column(self, values: Any) -> pd.Series[Any]:
        return pd.Series(values, index=self._series.index, name=self._series.name, copy=False)

    def _flags(self, flags: Flags, *ends: Floats) -> pd.Series[Any]:
        missing = np.logical_or.reduce([np.isnan(end) for end in (self._array._lower, *ends)])
        return self._column(BooleanArray(flags, missing))

    def _with(self, other: Any) -> tuple[Floats, Floats, Floats, Floats]:
        if isinstance(other, pd.Series):
            other = other.reindex(self._series.index).array
        ends = self._array._beside(other)
        if ends is None:
            raise TypeError(f"expected bounds, a number or a column of them, found {type(other).__name__}")
        return *self._array._ends, *ends

    @property
    def lower(self) -> pd.Series[Any]:
        """The lower ends, as `Float64`."""
        return self._column(_masked(self._array._lower))

    @property
    def upper(self) -> pd.Series[Any]:
        """The upper ends, as `Float64`."""
        return self._column(_masked(self._array._upper))

    @property
    def width(self) -> pd.Series[Any]:
        """How far apart the ends are, rounded up; infinite where an end is."""
        return self._column(_masked(rounded_up(np.subtract, self._array._upper, self._array._lower)))

    @property
    def midpoint(self) -> pd.Series[Any]:
        """The number halfway between the ends; missing where an end is infinite."""
        lower, upper = self._array._ends
        with np.errstate(all="ignore"):
            twice = lower + upper
            middle = np.where(np.isinf(twice), lower / 2 + upper / 2, twice / 2)
        return self._column(_masked(np.where(np.isinf(lower) | np.isinf(upper), math.nan, middle)))

    @property
    def is_exact(self) -> pd.Series[Any]:
        """Where the bounds are a single number."""
        return self._flags(self._array._lower == self._array._upper)

    @property
    def is_unbounded(self) -> pd.Series[Any]:
        """Where an end is infinite."""
        return self._flags(np.isinf(self._array._lower) | np.isinf(self._array._upper))

    def contains(self, other: Any) -> pd.Series[Any]:
        """Where a number, or all of other bounds, lies inside."""
        lower, upper, other_lower, other_upper = self._with(other)
        return self._flags((lower <= other_lower) & (other_upper <= upper), other_lower)

    def compatible(self, other: Any) -> pd.Series[Any]:
        """Where at least one number lies in both."""
        lower, upper, other_lower, other_upper = self._with(other)
        return self._flags((lower <= other_upper) & (other_lower <= upper), other_lower)

    def hull(self, other: Any) -> pd.Series[Any]:
        """The narrowest bounds that hold both."""
        lower, upper, other_lower, other_upper = self._with(other)
        return self._column(BoundsArray._of(np.minimum(lower, other_lower), np.maximum(upper, other_upper)))

    def intersection(self, other: Any) -> pd.Series[Any]:
        """The numbers that lie in both; missing where there are none."""
        lower, upper, other_lower, other_upper = self._with(other)
        lower, upper = np.maximum(lower, other_lower), np.minimum(upper, other_upper)
        lower[lower > upper] = math.nan
        upper[np.isnan(lower)] = math.nan
        return self._column(BoundsArray._of(lower, upper))


# The rules for columns of ends -------------------------------------------------------------------------

_BLOCK = 32_768  # rows at a time, so that what lies between operands and result stays in the cache


def _without_signed_zeros(ends: Ends) -> Ends:
    for end in ends:
        np.add(end, 0.0, out=end)
    return ends


def _sums(a: Ends, b: Ends) -> Ends:
    return _without_signed_zeros((rounded_down(np.add, a[0], b[0]), rounded_up(np.add, a[1], b[1])))


def _differences(a: Ends, b: Ends) -> Ends:
    return _without_signed_zeros((rounded_down(np.subtract, a[0], b[1]), rounded_up(np.subtract, a[1], b[0])))


def _products(a: Ends, b: Ends) -> Ends:
    return _block_by_block(_multiply, a, b)


def _quotients(a: Ends, b: Ends) -> Ends:
    return _block_by_block(_divide, a, b)


def _block_by_block(rule: Callable[[Ends, Ends, Ends], None], a: Ends, b: Ends) -> Ends:
    rows = len(a[0])
    lower, upper = np.empty(rows), np.empty(rows)
    for start in range(0, rows, _BLOCK):
        block = slice(start, start + _BLOCK)
        rule((a[0][block], a[1][block]), (b[0][block], b[1][block]), (lower[block], upper[block]))
    return _without_signed_zeros((lower, upper))


def _multiply(a: Ends, b: Ends, out: Ends) -> None:
    _corners(np.multiply, a, b, out)
    # zero times an infinite end is undefined, and passed over; nothing else is left of [0, 0] × [−∞, ∞]
    undefined = np.isnan(out[0])
    if undefined.any():
        undefined &= ~np.isnan(a[0]) & ~np.isnan(b[0])
        out[0][undefined] = out[1][undefined] = 0.0


def _divide(a: Ends, b: Ends, out: Ends) -> None:
    """A zero end of the divisor carries the sign of the side its members lie on, so that the corners come
    out at the right infinity; what remains is a divisor with members on both sides, or with none."""
    b = b[0], -(0.0 - b[1])
    _corners(np.divide, a, b, out)
    rows = np.flatnonzero((b[0] <= 0) & (b[1] >= 0) & ~np.isnan(a[0]))
    if rows.size:
        only_zero = (b[0][rows] == 0) & (b[1][rows] == 0)
        both_sides = (b[0][rows] < 0) & (b[1][rows] > 0)
        zero_over = (a[0][rows] == 0) & (a[1][rows] == 0)
        for end, infinity in zip(out, (-math.inf, math.inf), strict=True):
            end[rows[both_sides]] = np.where(zero_over, 0.0, infinity)[both_sides]
            end[rows[only_zero]] = math.nan


def _corners(operation: np.ufunc, a: Ends, b: Ends, out: Ends) -> None:
    """The least and the greatest of an operation on one end of each, rounded outward; NaN is passed over."""
    rounded_down(_extreme_corner, operation, np.fmin, a, b, out[0])
    rounded_up(_extreme_corner, operation, np.fmax, a, b, out[1])


def _extreme_corner(operation: np.ufunc, extreme: np.ufunc, a: Ends, b: Ends, out: Floats) -> None:
    corner = np.empty_like(out)
    operation(a[0], b[0], out=out)
    for x, y in ((a[0], b[1]), (a[1], b[0]), (a[1], b[1])):
        extreme(out, operation(x, y, out=corner), out=out)


def _above(a: Ends, b: Ends, all_pairs: Callable[..., Flags], no_pair: Callable[..., Flags]) -> BooleanArray:
    always, undetermined = all_pairs(a[0], b[1]), no_pair(a[1], b[0])
    np.logical_or(undetermined, always, out=undetermined)
    np.logical_not(undetermined, out=undetermined)
    return BooleanArray(always, undetermined)


def _grouped_sum(groups: Any, end: Floats, ngroups: int) -> Floats:
    return np.bincount(groups, end, ngroups).astype(np.float64)  # no rows at all: whole numbers


def _grouped_extreme(how: str, groups: Any, end: Floats, ngroups: int) -> Floats:
    extreme, neutral = (np.minimum, math.inf) if how == "min" else (np.maximum, -math.inf)
    result = np.full(ngroups, neutral)
    extreme.at(result, groups, end)
    return result


# Columns from other things -----------------------------------------------------------------------------


def _is_numeric(dtype: Any) -> bool:
    return is_numeric_dtype(dtype) and dtype.kind in "iuf"


def _changed(numbers: Floats, dtype: Any) -> Flags:
    """Which numbers a dtype of whole numbers cannot hold: pandas would cut or wrap them without a word."""
    if dtype.kind == "f":
        return np.zeros(len(numbers), dtype=bool)
    limits = np.iinfo(f"{dtype.kind}{dtype.itemsize}")
    held: Flags = (numbers == np.floor(numbers)) & (numbers >= limits.min) & (numbers < limits.max + 1)
    return ~held & ~np.isnan(numbers)


def _masked(values: Floats) -> FloatingArray:
    return FloatingArray(values.copy(), np.isnan(values))


def _ends_of(values: Any, text: bool = False) -> Ends:
    """The ends of a sequence of bounds, numbers and missing values, with `text` also of their text.

    Infinities pass, as ends. TypeError for other things and for more than one dimension.
    """
    if isinstance(values, BoundsArray):
        return values._ends
    if isinstance(values, pd.Series | pd.Index):
        values = values.array
    if isinstance(values, ExtensionArray) and _is_numeric(values.dtype):
        missing = values.isna()
        numbers = values.to_numpy(dtype=getattr(values.dtype, "numpy_dtype", None), na_value=0)
        lower, upper = (end.copy() for end in _ends_of(numbers))
        lower[missing] = upper[missing] = math.nan
        return lower, upper
    if isinstance(values, np.ndarray):
        if values.ndim != 1:
            raise TypeError(f"a column of bounds has one dimension, found {values.ndim}")
        if values.dtype.kind in "iuf" and values.dtype.itemsize <= 8:
            return _rounded_outward(values)
    pairs = np.array([_row_ends(row, value, text) for row, value in enumerate(values)]).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _rounded_outward(numbers: npt.NDArray[Any]) -> Ends:
    """A numpy array as float64; whole numbers too long for that are enclosed one by one."""
    near = numbers.astype(np.float64, copy=False)
    if numbers.dtype.kind == "f" or not (long := np.flatnonzero(np.abs(near) >= 2**53)).size:
        return near, near
    lower, upper = near.copy(), near.copy()
    lower[long] = [down(exact(number)) for number in numbers[long]]
    upper[long] = [up(exact(number)) for number in numbers[long]]
    return lower, upper


def _row_ends(row: int, value: Any, text: bool) -> tuple[float, float]:
    if _is_number(value) and math.isinf(value):
        return float(value), float(value)
    value = Bounds.parse(value) if text and isinstance(value, str) else _operand(value)
    if value is pd.NA:
        return math.nan, math.nan
    if not isinstance(value, Bounds):
        raise TypeError(f"row {row}: expected bounds or a number, found {value!r}")
    return value.lower, value.upper


# In Arrow and Parquet ----------------------------------------------------------------------------------

_STORAGE = pa.struct([("lower", pa.float64()), ("upper", pa.float64())])


class BoundsType(pa.ExtensionType):  # type: ignore[misc]
    """Bounds in Arrow: a struct of the two ends, which engines that do not know the name read as one."""

    def __init__(self) -> None:
        super().__init__(_STORAGE, "reported.intervals.bounds")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, storage_type: pa.DataType, serialized: bytes) -> BoundsType:
        return cls()

    def to_pandas_dtype(self) -> BoundsDtype:
        return BoundsDtype()


def _arrow_floats(struct: pa.StructArray, end: str) -> Floats:
    index = struct.type.get_field_index(end)
    floats: Floats = struct.flatten()[index].to_numpy(zero_copy_only=False)
    return floats


pa.register_extension_type(BoundsType())
