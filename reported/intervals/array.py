"""Columns of bounds in pandas: the dtype "bounds" and its array.

The arithmetic is in `ends`, `series.bounds` in `accessor`.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import (
    ExtensionArray,
    ExtensionDtype,
    no_default,
    register_extension_dtype,
    take,
)
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_list_like, is_numeric_dtype, is_scalar, pandas_dtype
from pandas.api.typing import NAType
from pandas.arrays import BooleanArray, FloatingArray

from reported.intervals.arrow import from_arrow, to_arrow
from reported.intervals.bounds import Bounds, is_number, operand
from reported.intervals.directed import rounded_down, rounded_up
from reported.intervals.ends import (
    Ends,
    Flags,
    Floats,
    above,
    accumulated,
    differences,
    grouped,
    products,
    quotients,
    sums,
)
from reported.intervals.rounding import down, exact, up
from reported.intervals.row_units import NONE, RowUnits, alike, combined, in_one
from reported.intervals.units import UnitError


class UnorderedError(UnitError, TypeError):
    """Rows of unlike units, which have no order; a TypeError tells pandas so, which then joins and groups them unsorted."""


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

    def _get_common_dtype(self, dtypes: Sequence[np.dtype[Any] | ExtensionDtype]) -> BoundsDtype | None:
        """Return the dtype of bounds for bounds and numbers, since a number is exact bounds."""
        return self if all(isinstance(d, BoundsDtype) or _is_numeric(d) for d in dtypes) else None

    def __from_arrow__(self, array: pa.Array | pa.ChunkedArray) -> BoundsArray:
        (lower, upper), units = from_arrow(array)
        return BoundsArray(lower, upper)._in(units)


def _operator(symbol: str, rule: Callable[[Ends, Ends], tuple[Any, Any]]) -> Any:
    """An operator method and its reflection, which apply `rule` to the ends of both operands and make bounds in their
    unit, or verdicts of an order."""

    def combine(self: BoundsArray, other: Any, reflected: bool = False) -> Any:
        __tracebackhide__ = True
        column = self.beside(other)
        if column is None:
            return NotImplemented
        one, two = (column, self) if reflected else (self, column)
        units, ends = combined(symbol, (one._units, two._units), (one._ends, two._ends))
        found = rule(one._ends, ends)
        return BooleanArray(*found) if symbol in _ORDERS else BoundsArray._of(*found, units)

    return combine, lambda self, other: combine(self, other, reflected=True)


_ORDERS = (">", ">=", "<", "<=")
_EACH_UNIT = 'take each unit by itself: groupby(column.bounds.unit), or convert with column.bounds.to("…")'


class BoundsArray(ExtensionArray):
    """A column of bounds: two float64 arrays of equal length, NaN in both where bounds are missing.

    `+ - * /` return the tightest float64 enclosure; the other operand may be bounds, a number or a column of
    either, on either side. Division by bounds that contain zero follows IEEE 1788: the result is a half-line,
    the whole line, or missing if the divisor is exactly zero. `< <= > >=` return pandas' `boolean`, with
    `pd.NA` if the order is undetermined or an operand is missing. Rows are sorted by (lower, upper), which
    says nothing about their order as numbers.

    Each row may have a unit. `+ -`, orders, sums, means, extremes and whatever else sets rows beside each other convert
    what converts and raise UnitError for unlike units, as figures do; rows without a unit take the other's.

    Note that pandas treats `pd.NA` as False when it selects by a mask. `Series.clip` does the same and so does
    not enclose; `series.bounds.clip` does.

    Raises ValueError, naming the row, for ends that `Bounds` would refuse.

    >>> column = pd.Series(BoundsArray.from_arrays([42284, 55], [math.inf, 55]))
    >>> (column + 1).tolist(), (column > 60).tolist()
    ([Bounds(42285, inf), Bounds(56, 56)], [True, False])
    """

    _lower: Floats
    _upper: Floats
    _units: RowUnits
    _readonly = False
    __pandas_priority__ = 1500  # columns of plain numbers leave an operation with bounds to the bounds

    def __init__(self, lower: Any, upper: Any) -> None:
        (low, _), (_, high) = ends_of(lower), ends_of(upper)
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
        self._units = NONE

    @classmethod
    def from_arrays(cls, lower: Any, upper: Any, units: Sequence[str] | str = "") -> Self:
        """Make bounds from their ends, row by row; an end is missing (`pd.NA`, None, NaN) in both or in neither.

        `units` are standard names of units, one for all rows or one for each.
        """
        array = cls(lower, upper)
        if isinstance(units, str):
            return array._in(RowUnits((units,)))
        if len(units) != len(array):
            raise ValueError(f"as many units as rows are needed, found {len(units)} and {len(array)}")
        return array._in(RowUnits.of(units, ~array.isna()))

    @classmethod
    def _of(cls, lower: Floats, upper: Floats, units: RowUnits = NONE) -> Self:
        """A column of ends that are known to be valid, neither copied nor checked."""
        array = cls.__new__(cls)
        array._lower, array._upper, array._units = lower, upper, units
        return array

    def _in(self, units: RowUnits) -> Self:
        """The same numbers in other units."""
        return self._of(self._lower, self._upper, units)

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Self:
        """Make an array of bounds, numbers, their text and missing values. Raises TypeError for anything else."""
        if isinstance(scalars, cls):
            return scalars.copy() if copy else scalars
        return cls._read(scalars, text=True)

    @classmethod
    def _read(cls, values: Any, text: bool = False) -> Self:
        lower, upper, units = rows_of(values, text)
        return cls(lower, upper)._in(units)

    _from_sequence_of_strings = _from_sequence

    @classmethod
    def _from_factorized(cls, values: npt.NDArray[Any], original: Self) -> Self:
        if values.dtype == object:
            rows = [value if isinstance(value, tuple) else (value.real, value.imag) for value in values]
            return cls._from_sequence([pd.NA if row[0] != row[0] else Bounds._of(*row) for row in rows])
        return cls._of(values.real.copy(), values.imag.copy())

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        has_units = any(not array._units.is_none for array in to_concat)
        return cls._of(
            np.concatenate([array._lower for array in to_concat]),
            np.concatenate([array._upper for array in to_concat]),
            RowUnits.joined([(array._units, ~array.isna()) for array in to_concat]) if has_units else NONE,
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
        return self._of(self._lower.copy(), self._upper.copy(), self._units.copy())

    def __iter__(self) -> Iterator[Bounds | NAType]:
        units = self._units.by_row(len(self))
        for lower, upper, unit in zip(self._lower.tolist(), self._upper.tolist(), units, strict=True):
            yield Bounds._of(lower, upper, unit) if lower == lower else pd.NA

    def __getitem__(self, item: Any) -> Any:
        item = check_array_indexer(self, item)
        lower, upper = self._lower[item], self._upper[item]
        if np.ndim(lower) == 0:
            return (
                pd.NA if np.isnan(lower) else Bounds._of(float(lower), float(upper), self._units.name(item))
            )
        result = self._of(lower, upper, self._units.rows(item))
        result._readonly = self._readonly and np.may_share_memory(lower, self._lower)
        return result

    def __setitem__(self, key: Any, value: Any) -> None:
        """Set rows to bounds in their unit; a plain number takes it. UnitError for an unlike unit."""
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        key = check_array_indexer(self, key)
        new = self._from_sequence(value if is_list_like(value) else [value])
        if not (self._units.is_none and new._units.is_none):
            new = self._taking(new, key)
        ends = new._ends if is_list_like(value) else (new._lower[0], new._upper[0])
        self._lower[key], self._upper[key] = ends

    def _taking(self, new: Self, key: Any) -> Self:
        """Return new rows in the units of those that they replace; a row that is missing or has no unit takes the new one,
        unless the column is in one unit or in none."""
        rows = np.atleast_1d(np.arange(len(self))[key])
        units, old = self._units, self.take(rows)
        new = new.take(np.zeros(len(rows), dtype=np.intp)) if len(new) == 1 else new
        if units.is_none and (present := ~new.isna()).any():
            unit = new._units.name(int(present.argmax()))
            raise UnitError(
                f'the column has no unit and cannot take a number in {unit}: give it one first, column.bounds.to("{unit}")'
            )
        if units.codes is None:
            old = self._of(*new._ends, units)
        made, ends = combined("set", (old._units, new._units), (old._ends, new._ends))
        if units.codes is not None:
            for which, taken in ((old.isna(), new._units), (~old.isna(), made)):
                units.set(rows[which], taken.rows(which))
        return self._of(*ends)

    def _where(self, mask: Flags, value: Any) -> Self:
        """Replace the rows for which `mask` is false; new ones keep their units in the place of missing ones.

        Held by `test_columns_of_mixed_units_are_merged_and_joined`.
        """
        result, others = self.copy(), self._from_sequence(value if is_list_like(value) else [value])
        if others._units != self._units and self.isna()[~mask].all():
            result._units = self._units.apart(len(self))
        result[~mask] = others[~mask] if is_list_like(value) else value
        result._units = result._units.reduced(~result.isna())
        return result

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        lower, upper = (
            np.asarray(take(end, indices, allow_fill=allow_fill, fill_value=math.nan)) for end in self._ends
        )
        taken = self._of(lower, upper, self._units.taken(indices) if len(self) else self._units)
        if allow_fill and not (is_scalar(fill_value) and pd.isna(fill_value)):
            taken[np.asarray(indices) < 0] = fill_value
        return taken

    def _keys(self) -> npt.NDArray[np.complex128]:
        """Each pair of ends as one complex number, which numpy sorts and pandas hashes as it would the pair."""
        keys = np.empty(len(self), dtype=np.complex128)
        keys.real, keys.imag = self._lower, self._upper
        return keys

    def _values_for_factorize(self) -> tuple[npt.NDArray[Any], Any]:
        if self._units.is_none:
            return self._keys(), complex(math.nan, math.nan)
        keys, units = self._keys().astype(object), self._units.by_row(len(self))
        for row in np.flatnonzero(~self.isna()):
            if units[row]:
                keys[row] = (keys[row].real, keys[row].imag, units[row])
        keys[self.isna()] = math.nan
        return keys, math.nan

    def _in_one(self, symbol: str) -> tuple[str, Self]:
        """The unit of the first row that has one, and the column in it; UnitError if a row's is unlike."""
        __tracebackhide__ = True
        units, ends = in_one(symbol, self._units, self._ends, _EACH_UNIT)
        return units.names[0], self._of(*ends, units)

    def _values_for_argsort(self) -> npt.NDArray[np.intp]:
        """Each row's rank in the sort order; equal bounds have equal ranks."""
        try:
            return np.unique(self._in_one("sorted")[1]._keys(), return_inverse=True)[1]
        except UnitError as error:
            raise UnorderedError(str(error)) from None

    def duplicated(self, keep: Literal["first", "last", False] = "first") -> Flags:
        """Mark rows that are the same bounds in the same unit as another."""
        codes = pd.Series(self.factorize(use_na_sentinel=False)[0])
        return codes.duplicated(keep=keep).to_numpy()

    def unique(self) -> Self:
        return self.factorize(use_na_sentinel=False)[1]

    def value_counts(self, dropna: bool = True) -> pd.Series[Any]:
        codes, values = self.factorize(use_na_sentinel=dropna)
        counts = np.bincount(codes[codes >= 0])
        return pd.Series(counts, index=pd.Index(values), name="count", dtype="Int64")

    def searchsorted(self, value: Any, side: Any = "left", sorter: Any = None) -> Any:
        new = self._from_sequence(value if is_list_like(value) else [value])
        unit, column = self._in_one("sorted")
        one, other = RowUnits((unit,)), new._units
        blank = self._of(np.zeros(len(new)), np.zeros(len(new)))
        keys = self._of(*combined("sorted", (one, other), (blank._ends, new._ends))[1])._keys()
        return np.searchsorted(
            column._keys(), keys if is_list_like(value) else keys[0], side=side, sorter=sorter
        )

    def isin(self, values: Any) -> Flags:
        """Mark rows that equal one of `values`; values that are not bounds, numbers or missing match no row."""
        members = [value for value in map(operand, values) if isinstance(value, Bounds | NAType)]
        if not (self._units.is_none and self._from_sequence(members)._units.is_none):
            found = np.zeros(len(self), dtype=bool)
            for value in members:
                found |= (
                    self.isna() if value is pd.NA else (self == value).to_numpy(dtype=bool, na_value=False)
                )
            return found
        return pd.Series(self._keys()).isin(self._from_sequence(members)._keys()).to_numpy()

    def _formatter(self, boxed: bool = False) -> Callable[[object], str | None]:
        """Return the formatter of rows: words in a series or a frame, the short form in an array by itself."""
        if not boxed:
            return lambda row: row.short() if isinstance(row, Bounds) else str(row)
        signed = self._may_be_negative
        return lambda row: row.says(signed=signed) if isinstance(row, Bounds) else str(row)

    @property
    def _may_be_negative(self) -> bool:
        """If one number may be below 0, "at most 5" for another would not tell that it ends at 0."""
        return bool((self._lower < 0).any())

    # orders that may be undetermined

    def argmin(self, skipna: bool = True) -> int:
        """The row whose number is the smallest; ValueError if the bounds do not tell."""
        _, column = self._in_one("smallest")
        row = super(BoundsArray, column).argmin(skipna=skipna)  # type: ignore[misc]
        return self._extreme_row(row, 0.0 - column._upper, 0.0 - column._lower, "smallest")

    def argmax(self, skipna: bool = True) -> int:
        """The row whose number is the largest; ValueError if the bounds do not tell."""
        _, column = self._in_one("largest")
        row = super(BoundsArray, column).argmax(skipna=skipna)  # type: ignore[misc]
        return self._extreme_row(row, column._lower, column._upper, "largest")

    def _extreme_row(self, row: int, lower: Floats, upper: Floats, what: str) -> int:
        row = int(row)
        best = int(np.nanargmax(lower))
        others = np.delete(upper, best)
        if others.size and np.nanmax(others, initial=-math.inf) > lower[best]:
            raise ValueError(
                f"which row is the {what} is undetermined: {self[best]} overlaps others; take it of one end, such as "
                "series.bounds.lower.idxmax()"
            )
        return row if lower[row] == lower[best] else best

    def _rank(self, *, axis: Any = 0, **kwargs: object) -> Any:
        """Ranks, where every order is decided; held by `test_no_rank_is_given_to_rows_that_overlap`."""
        _, column = self._in_one("sorted")
        order = np.lexsort((column._upper, column._lower))
        lower, upper = column._lower[order], column._upper[order]
        if (upper[:-1] > lower[1:]).any():
            raise ValueError(
                "ranks are undetermined where bounds overlap: rank one end, such as series.bounds.lower"
            )
        return super(BoundsArray, column)._rank(axis=axis, **kwargs)  # type: ignore[misc]

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
        """A new numpy array of `Bounds`, or of numbers if all bounds are exact."""
        result = np.array(self, dtype=dtype)
        if na_value is not no_default:
            result[self.isna()] = na_value
        return result

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """Convert to text, objects or numbers. Raises ValueError if bounds are not exact, or if `dtype` cannot hold the
        number."""
        dtype = pandas_dtype(dtype)
        if isinstance(dtype, BoundsDtype):
            return self.copy() if copy else self
        if _is_numeric(dtype):
            wide = self._lower < self._upper
            if wide.any():
                row = int(wide.argmax())
                raise ValueError(
                    f"row {row}: {self[row]} is not a single number; take an end or the midpoint"
                )
            changed = _changed(self._lower, dtype)
            if changed.any():
                row = int(changed.argmax())
                raise ValueError(f"row {row}: {self[row]} cannot be {dtype}; round it first, or use float64")
            return masked(self._lower).astype(dtype)
        return super().astype(dtype, copy=copy)

    def __arrow_array__(self, type: Any = None) -> pa.Array:
        return to_arrow(self._ends, self._units)

    # arithmetic and order

    def beside(self, other: Any) -> BoundsArray | None:
        """Return the other operand as a column; None if that operand should handle the operation, or is of an unknown type.

        ValueError for a column of another length, TypeError for one that holds anything else.
        """
        other = operand(other)
        if getattr(other, "__pandas_priority__", 0) > self.__pandas_priority__:
            return None
        if isinstance(other, NAType):
            other = BoundsArray._of(np.full(1, math.nan), np.full(1, math.nan))[[0] * len(self)]
        if isinstance(other, Bounds):
            lower, upper = (np.broadcast_to(end, len(self)) for end in (other.lower, other.upper))
            return BoundsArray._of(lower, upper, RowUnits((other.unit,)) if other.unit else NONE)
        if not is_list_like(other):
            return None
        if len(other) != len(self):
            raise ValueError(f"Lengths must match: {len(self)} rows beside {len(other)}")
        return other if isinstance(other, BoundsArray) else BoundsArray._read(other)

    __add__, __radd__ = _operator("+", sums)
    __sub__, __rsub__ = _operator("-", differences)
    __mul__, __rmul__ = _operator("*", products)
    __truediv__, __rtruediv__ = _operator("/", quotients)
    __gt__, _ = _operator(">", lambda a, b: above(a, b, operator.gt, operator.le))
    __ge__, _ = _operator(">=", lambda a, b: above(a, b, operator.ge, operator.lt))
    __lt__, _ = _operator("<", lambda a, b: above(b, a, operator.gt, operator.le))
    __le__, _ = _operator("<=", lambda a, b: above(b, a, operator.ge, operator.lt))

    del _

    def __eq__(self, other: object) -> Any:
        """True if both are the same bounds, row by row, in one unit or one of them in none; `pd.NA` if one is
        missing."""
        if getattr(other, "__pandas_priority__", 0) > self.__pandas_priority__:
            return NotImplemented
        try:
            column = self.beside(other)
        except TypeError:
            column = None
        if column is None:
            return BooleanArray(np.zeros(len(self), dtype=bool), self.isna())
        same = (self._lower == column._lower) & (self._upper == column._upper)
        if not (self._units.is_none and column._units.is_none):
            same &= alike(self._units, column._units, len(self))
        return BooleanArray(same, self.isna() | column.isna())

    def __ne__(self, other: object) -> Any:
        same = self.__eq__(other)
        return same if same is NotImplemented else ~same

    def __neg__(self) -> Self:
        return self._of(0.0 - self._upper, 0.0 - self._lower, self._units)

    def __pos__(self) -> Self:
        return self.copy()

    def __abs__(self) -> Self:
        lower, upper = self._ends
        distance = np.maximum(np.maximum(lower, 0.0 - upper), 0.0)
        return self._of(distance, np.maximum(0.0 - lower, upper), self._units)

    # reductions

    def _reduce(self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs: Any) -> Any:
        result = super()._reduce(name, skipna=skipna, **kwargs)
        return self._from_sequence([result]) if keepdims else result

    def _reduced(
        self, symbol: str, skipna: bool, least: int, rule: Callable[[Ends], tuple[float, float]]
    ) -> Bounds | NAType:
        """Apply a rule to the ends of the rows in one unit; missing if a missing row or too few rows make it so."""
        __tracebackhide__ = True
        missing = self.isna()
        if (missing.any() and not skipna) or len(self) - missing.sum() < least:
            return pd.NA
        unit, column = self._in_one(symbol)
        lower, upper = column._ends
        return Bounds._of(
            *rule((lower[~missing], upper[~missing]) if missing.any() else (lower, upper)), unit
        )

    def sum(self, *, skipna: bool = True, min_count: int = 0, **kwargs: object) -> Bounds | NAType:
        """Return the sum of all rows, each partial sum rounded outward; 0 for no rows, as in pandas, unless `min_count` is 1.

        It is exact if every partial sum is, as for whole numbers that add up to no more than 2**53.
        """
        __tracebackhide__ = True
        return self._reduced("+", skipna, min_count, _total)

    def mean(self, *, skipna: bool = True, **kwargs: object) -> Bounds | NAType:
        """The sum divided by the number of rows, rounded outward."""
        __tracebackhide__ = True
        rows = len(self) - int(self.isna().sum())
        return self._reduced("+", skipna, 1, _total) / rows if rows else pd.NA

    def min(self, *, skipna: bool = True, **kwargs: object) -> Bounds | NAType:
        """Return the bounds of the minimum: from the least lower end to the least upper end."""
        __tracebackhide__ = True
        return self._reduced("smallest", skipna, 1, lambda ends: (float(ends[0].min()), float(ends[1].min())))

    def max(self, *, skipna: bool = True, **kwargs: object) -> Bounds | NAType:
        """Return the bounds of the maximum: from the greatest lower end to the greatest upper end."""
        __tracebackhide__ = True
        return self._reduced("largest", skipna, 1, lambda ends: (float(ends[0].max()), float(ends[1].max())))

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs: object) -> Self:
        """Running sum, minimum and maximum, rounded outward."""
        __tracebackhide__ = True
        if name not in ("cumsum", "cummin", "cummax"):
            raise TypeError(f"dtype bounds does not support operation '{name}'")
        how = name.removeprefix("cum")
        _, column = self._in_one(_REDUCED[how])
        return self._of(*accumulated(how, column._ends, skipna), column._units)

    # The hooks below are called by pandas but not listed in its reference; there is no documented way to the
    # same end. The test named in each fails if pandas changes it. (pandas' base tests do so for `_readonly`.)

    def _groupby_op(
        self, *, how: str, ngroups: int, ids: Any, min_count: int = 0, skipna: bool = True, **kwargs: object
    ) -> Any:
        """Sums, means, minima and maxima of groups, which pandas would otherwise compute row by row in Python.

        Held by `test_groups_are_what_their_rows_are`.
        """
        if how not in ("sum", "mean", "min", "max"):
            return super()._groupby_op(  # type: ignore[misc]
                how=how, ngroups=ngroups, ids=ids, min_count=min_count, skipna=skipna, **kwargs
            )
        units, ends = in_one(_REDUCED[how], self._units, self._ends, _EACH_UNIT, ids, ngroups)
        return self._of(*grouped(how, ends, ids, ngroups, min_count, skipna), units)

    def _cast_pointwise_result(self, values: Any) -> Any:
        """Make a column of bounds that a function returned for each row, or a `boolean` one of verdicts.

        Held by `test_a_function_of_each_row_gives_the_dtype_of_its_results`.
        """
        values = pd.Series(list(values), dtype=object)
        present = values.dropna()
        if present.map(lambda value: isinstance(value, Bounds)).all():
            return self._from_sequence(values)
        if present.map(lambda value: isinstance(value, bool | np.bool_)).all():
            return pd.array(values, dtype="boolean")
        return values.infer_objects().array if len(present) == len(values) else pd.array(values.tolist())

    def _quantile(self, qs: Any, interpolation: str) -> Self:
        """Refuse clearly; held by `test_missing_rows_are_passed_over_or_make_the_result_missing`."""
        raise TypeError("dtype bounds does not support operation 'quantile': take it of the ends")

    def _values_for_json(self) -> npt.NDArray[np.object_]:
        """`to_json` writes the text form; held by `test_a_column_survives_csv_json_parquet_and_pickling`."""
        return np.array([None if bounds is pd.NA else str(bounds) for bounds in self])


_REDUCED = {"sum": "+", "mean": "+", "min": "smallest", "max": "largest"}
"""What a reduction does with two rows."""


def _total(ends: Ends) -> tuple[float, float]:
    return float(rounded_down(np.add.reduce, ends[0])), float(rounded_up(np.add.reduce, ends[1]))


# Conversion to ends --------------------------------------------------------------------------------------


def column_like(bounds: Bounds, other: object) -> BoundsArray | None:
    """A column with the same bounds in every row, as long as `other`; None if `other` is no array."""
    if not isinstance(other, np.ndarray | ExtensionArray) or isinstance(other, BoundsArray):
        return None
    ends = np.full(len(other), bounds.lower), np.full(len(other), bounds.upper)
    return BoundsArray._of(*ends, RowUnits((bounds.unit,)) if bounds.unit else NONE)


def _is_numeric(dtype: np.dtype[Any] | ExtensionDtype) -> bool:
    return is_numeric_dtype(dtype) and dtype.kind in "iuf"


def _changed(numbers: Floats, dtype: Any) -> Flags:
    """Mark the numbers that a dtype cannot hold: pandas would truncate, round or wrap them silently."""
    if dtype.kind == "f":
        with np.errstate(all="ignore"):
            near = numbers.astype(getattr(dtype, "numpy_dtype", dtype)).astype(np.float64)
        changed: Flags = (near != numbers) & ~np.isnan(numbers)
        return changed
    limits = np.iinfo(f"{dtype.kind}{dtype.itemsize}")
    held: Flags = (numbers == np.floor(numbers)) & (numbers >= limits.min) & (numbers < limits.max + 1)
    return ~held & ~np.isnan(numbers)


def masked(values: Floats) -> FloatingArray:
    """The numbers as `Float64`, missing if they are NaN."""
    return FloatingArray(values.copy(), np.isnan(values))


def ends_of(values: Any) -> Ends:
    """The ends of a sequence of bounds, numbers and missing values, without their units.

    Infinities are accepted, as ends. TypeError for anything else, and for more than one dimension.
    """
    return rows_of(values)[:2]


def rows_of(values: Any, text: bool = False) -> tuple[Floats, Floats, RowUnits]:
    """The ends of `ends_of` and the units of the rows; with `text`, of text as well."""
    if isinstance(values, BoundsArray):
        return *values._ends, values._units
    if isinstance(values, pd.Series | pd.Index):
        values = values.array
        return rows_of(values, text)
    if isinstance(values, ExtensionArray) and _is_numeric(values.dtype):
        missing = values.isna()
        numbers = values.to_numpy(dtype=getattr(values.dtype, "numpy_dtype", None), na_value=0)
        lower, upper = (end.copy() for end in ends_of(numbers))
        lower[missing] = upper[missing] = math.nan
        return lower, upper, NONE
    if isinstance(values, np.ndarray):
        if values.ndim != 1:
            raise TypeError(f"a column of bounds has one dimension, found {values.ndim}")
        if values.dtype.kind in "iuf" and values.dtype.itemsize <= 8:
            return *_rounded_outward(values), NONE
    rows = [_row(row, value, text) for row, value in enumerate(values)]
    pairs = np.array([ends for ends, _ in rows]).reshape(-1, 2)
    units = RowUnits.of([unit for _, unit in rows], ~np.isnan(pairs[:, 0]))
    return pairs[:, 0], pairs[:, 1], units


def _rounded_outward(numbers: npt.NDArray[Any]) -> Ends:
    """A numpy array as float64; integers that float64 cannot hold are enclosed one by one."""
    near = numbers.astype(np.float64, copy=False)
    if numbers.dtype.kind == "f" or not (long := np.flatnonzero(np.abs(near) >= 2**53)).size:
        return near, near
    lower, upper = near.copy(), near.copy()
    lower[long] = [down(exact(number)) for number in numbers[long]]
    upper[long] = [up(exact(number)) for number in numbers[long]]
    return lower, upper


def _row(row: int, value: object, text: bool) -> tuple[tuple[float, float], str]:
    if is_number(value) and value in (math.inf, -math.inf):  # a number beyond float64 is none of them
        return (float(value), float(value)), ""
    value = Bounds.parse(value) if text and isinstance(value, str) else operand(value)
    if value is pd.NA:
        return (math.nan, math.nan), ""
    if not isinstance(value, Bounds):
        raise TypeError(f"row {row}: expected bounds or a number, found {value!r}")
    return (value.lower, value.upper), value.unit
