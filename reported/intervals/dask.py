"""Columns of bounds in Dask DataFrames, for tables too large for one machine; needs the extra `dask`.

Import this module in the process that builds the graph; the workers need only have the package installed.

A sum over partitions always encloses. It is bit for bit that of pandas if every partial sum is exact, as for
whole numbers that add up to no more than 2**53. Dask itself computes the minimum and maximum of a table of bounds,
`table[["deaths"]].min()`, but not of a single column.

>>> import pandas as pd
>>> table = pd.DataFrame({"place": [1, 1, 2], "deaths": pd.array([1, "[2, 4]", 7], dtype="bounds")})
>>> deaths = dask.dataframe.from_pandas(table, npartitions=2).groupby("place")["deaths"]
>>> deaths.sum().compute().tolist(), deaths.agg(hull).compute().tolist()
([Bounds(3, 5), Bounds(7, 7)], [Bounds(1, 4), Bounds(7, 7)])
"""

import math
from typing import Any

import dask.dataframe
from dask.dataframe.dispatch import make_meta_dispatch
from dask.dataframe.extensions import make_array_nonempty, make_scalar

from reported.intervals import bounds
from reported.intervals.array import BoundsArray, BoundsDtype


def _two_rows(dtype: BoundsDtype) -> BoundsArray:
    """Two rows on which Dask tries an operation, to learn the dtype of its result."""
    return BoundsArray.from_arrays([0, 1], [2, math.inf])


def _itself(value: bounds.Bounds, index: Any = None) -> bounds.Bounds:
    return value


make_array_nonempty.register(BoundsDtype, _two_rows)
make_scalar.register(bounds.Bounds, _itself)
make_meta_dispatch.register(bounds.Bounds, _itself)


def _of_each(groups: Any) -> Any:
    return groups.agg(bounds.hull)


hull = dask.dataframe.Aggregation("hull", _of_each, _of_each)
"""For `groupby(…).agg(hull)`; for a whole column, `column.reduction(bounds.hull)`."""
