"""The accessor `series.bounds` of a column of bounds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import register_series_accessor
from pandas.arrays import BooleanArray

from reported.intervals.array import BoundsArray, BoundsDtype, masked
from reported.intervals.bounds import Bounds
from reported.intervals.directed import rounded_up
from reported.intervals.ends import Ends, Flags, Floats
from reported.intervals.row_units import RowUnits, combined
from reported.intervals.units import UnitError
from reported.intervals.wording import listing


@register_series_accessor("bounds")
class BoundsAccessor:
    """The properties and methods of `Bounds` for a column of them; missing if a row is.

    `other` may be bounds, a number or a column of either; a series is aligned by its index.

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

    def _flags(self, flags: Flags, *ends: Floats) -> pd.Series[bool]:
        missing = np.logical_or.reduce([np.isnan(end) for end in (self._array._lower, *ends)])
        return self._column(BooleanArray(flags, missing))

    def _other(self, other: object, symbol: str) -> tuple[RowUnits, Ends]:
        """The ends of the other operand in the units of the column, a series being aligned by its index; and those
        units."""
        __tracebackhide__ = True
        if isinstance(other, pd.Series):
            other = other.reindex(self._series.index).array
        column = self._array.beside(other)
        if column is None:
            raise TypeError(f"expected bounds, a number or a column of them, found {type(other).__name__}")
        return combined(symbol, (self._array._units, column._units), (self._array._ends, column._ends))

    @property
    def unit(self) -> pd.Series[str]:
        """The standard name of each row's unit; missing if it has none, or if the row is missing."""
        names = self._array._units.by_row(len(self._array))
        units = [
            pd.NA if gone else name or pd.NA for name, gone in zip(names, self._array.isna(), strict=True)
        ]
        return self._column(pd.array(units, dtype="str"))

    def to(self, unit: str) -> pd.Series[Any]:
        """The column in another unit, rounded outward; plain numbers are said to be in it.

        Raises UnitError for a row in an unlike unit.

        >>> pd.Series(["[1, 2] kilometre"], dtype="bounds").bounds.to("m").tolist()
        [Bounds(1000, 2000, unit='metre')]
        """
        __tracebackhide__ = True
        wanted = BoundsArray.from_arrays([0.0], [0.0])[[0] * len(self._array)]
        wanted = wanted._in(RowUnits((Bounds(0, unit=unit).unit,)))
        units, ends = combined("in", (wanted._units, self._array._units), (wanted._ends, self._array._ends))
        return self._column(BoundsArray._of(*ends, units))

    @property
    def _ends(self) -> Ends:
        """The ends as plain numbers; UnitError for rows in several units, which plain numbers would lose."""
        __tracebackhide__ = True
        units = self._array._units.found(~self._array.isna())
        if len(units) > 1:
            raise UnitError(
                f"the column is in {listing(units)}, and its ends would be plain numbers of either: "
                'convert with column.bounds.to("…"), take one unit, column[column.bounds.unit == '
                f'"{units[0]}"], or write column.bounds.frame(), which names the unit of each row'
            )
        return self._array._ends

    @property
    def lower(self) -> pd.Series[float]:
        """The lower ends, as `Float64`; UnitError if the rows are in several units."""
        __tracebackhide__ = True
        return self._column(masked(self._ends[0]))

    @property
    def upper(self) -> pd.Series[float]:
        """The upper ends, as `Float64`; UnitError if the rows are in several units."""
        __tracebackhide__ = True
        return self._column(masked(self._ends[1]))

    @property
    def width(self) -> pd.Series[float]:
        """The distance between the ends, rounded up; infinite if an end is. UnitError as for the ends."""
        __tracebackhide__ = True
        lower, upper = self._ends
        return self._column(masked(rounded_up(np.subtract, upper, lower)))

    @property
    def midpoint(self) -> pd.Series[float]:
        """The number halfway between the ends; missing if an end is infinite. UnitError as for the ends."""
        __tracebackhide__ = True
        lower, upper = self._ends
        with np.errstate(all="ignore"):
            twice = lower + upper
            middle = np.where(np.isinf(twice), lower / 2 + upper / 2, twice / 2)
        return self._column(masked(np.where(np.isinf(lower) | np.isinf(upper), math.nan, middle)))

    @property
    def is_exact(self) -> pd.Series[bool]:
        """True for each row whose bounds are a single number."""
        return self._flags(self._array._lower == self._array._upper)

    @property
    def is_unbounded(self) -> pd.Series[bool]:
        """True for each row with an infinite end."""
        return self._flags(np.isinf(self._array._lower) | np.isinf(self._array._upper))

    def says(self, decimals: int | None = None, scale: int = 1) -> pd.Series[str]:
        """The bounds in words with their units, rounded outward: "at least 42,284 people"; missing if a row is.

        A lower end of 0 is said ("0 to 5", not "at most 5") if any row of the column may be negative.
        """
        signed = self._array._may_be_negative
        words = [
            row.says(decimals, scale, signed=signed) if isinstance(row, Bounds) else pd.NA
            for row in self._array
        ]
        return self._column(pd.array(words, dtype="string"))

    def frame(self) -> pd.DataFrame:
        """Return the bounds as plain columns (ends, unit and words) for Excel, SQL, DuckDB, Stata and charting libraries.

        `lower` and `upper` are `Float64`, infinite if an end is open; `unit` and `says` are text. All are missing
        if a row is. The column's name, if it has one, comes before.

        >>> killed = pd.Series(["[42284, inf] person", "[55, 55] person"], dtype="bounds", name="killed")
        >>> killed.bounds.frame().values.tolist()
        [[42284.0, inf, 'person', 'at least 42,284 people'], [55.0, 55.0, 'person', '55 people']]
        """
        name = self._series.name
        lower, upper = (self._column(masked(end)) for end in self._array._ends)
        columns = {"lower": lower, "upper": upper, "unit": self.unit, "says": self.says()}
        return pd.DataFrame(
            {each if name is None else f"{name}_{each}": column for each, column in columns.items()}
        )

    def plot(self, **keywords: Any) -> Any:
        """Draw the column as intervals over its index: see `reported.intervals.plot.plot`. Returns the Axes."""
        from reported.intervals.plot import plot

        return plot(self._series, **keywords)

    def contains(self, other: object) -> pd.Series[bool]:
        """True for each row that holds a number, or all of other bounds."""
        (lower, upper), (_, (other_lower, other_upper)) = self._array._ends, self._other(other, "contains")
        return self._flags((lower <= other_lower) & (other_upper <= upper), other_lower)

    def compatible(self, other: object) -> pd.Series[bool]:
        """True for each row that has at least one number in common with the other."""
        (lower, upper), (_, (other_lower, other_upper)) = self._array._ends, self._other(other, "compatible")
        return self._flags((lower <= other_upper) & (other_lower <= upper), other_lower)

    def hull(self, other: object) -> pd.Series[Any]:
        """The narrowest bounds that hold both."""
        (lower, upper), (units, (other_lower, other_upper)) = self._array._ends, self._other(other, "hull")
        ends = np.minimum(lower, other_lower), np.maximum(upper, other_upper)
        return self._column(BoundsArray._of(*ends, units))

    def intersection(self, other: object) -> pd.Series[Any]:
        """The numbers that lie in both; missing if there are none, or if a row is (see `compatible`)."""
        (lower, upper), (units, other_ends) = self._array._ends, self._other(other, "intersection")
        other_lower, other_upper = other_ends
        lower, upper = np.maximum(lower, other_lower), np.minimum(upper, other_upper)
        lower[lower > upper] = math.nan
        upper[np.isnan(lower)] = math.nan
        return self._column(BoundsArray._of(lower, upper, units))

    def clip(self, lower: object = None, upper: object = None) -> pd.Series[Any]:
        """Return the bounds after numbers below `lower` are raised to it and numbers above `upper` are lowered to it.

        As in pandas, a missing limit has no effect. `Series.clip` does not enclose: it treats an undetermined
        order as False.

        >>> pd.Series(["[1, 3]", "[5, inf]"], dtype="bounds").bounds.clip(2, 6).tolist()
        [Bounds(2, 3), Bounds(5, 6)]
        """
        ends, units = self._array._ends, self._array._units
        for limit, extreme in ((lower, np.fmax), (upper, np.fmin)):
            if limit is not None:
                units, limits = self._other(limit, "largest")
                low, high = (extreme(end, other) for end, other in zip(ends, limits, strict=True))
                low[self._array.isna()] = high[self._array.isna()] = math.nan
                ends = low, high
        return self._column(BoundsArray._of(ends[0].copy(), ends[1].copy(), units))
