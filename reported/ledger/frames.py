"""The ledger's tables as DataFrames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from reported.intervals import BoundsArray
from reported.ledger.records import TABLES
from reported.ledger.rules import READINGS
from reported.ledger.schema import Column, columns

if TYPE_CHECKING:
    from reported.ledger.files import Table


def frame(table: Table) -> pd.DataFrame:
    """Return a table as a DataFrame indexed by id, with the columns of the file in proper dtypes.

    Dates are text as written, since a column may hold days, months and years.
    """
    made = pd.DataFrame(
        {
            column.name: _series(column, [row[column.name] for row in table.rows])
            for column in columns(TABLES[table.name]).values()
        }
    )
    return made.set_index("id", drop=False).rename_axis(None)


def add_bounds(table: pd.DataFrame, rows: Sequence[Any]) -> None:
    """Add a column of bounds for each reading, each row in its unit: 45 percent for 45 %; `rows` are figures, in the
    order of the table's rows."""
    units = [row.unit.standard for row in rows]
    for reading in READINGS:
        bounds = [(row.bounds[reading], 100 if row.unit.is_fraction else 1) for row in rows]
        every = [None if b is None else b * factor for b, factor in bounds]
        lower, upper = ([None if b is None else getattr(b, end) for b in every] for end in ("lower", "upper"))
        table[reading] = pd.Series(BoundsArray.from_arrays(lower, upper, units), index=table.index)


def _series(column: Column, cells: list[str]) -> pd.Series:
    if column.choices or column.to == "parties":
        return pd.Series(pd.Categorical([cell or None for cell in cells]))
    if column.kind.dtype == "str":
        return pd.Series(cells, dtype="str")
    parse = float if column.kind.dtype == "Float64" else column.kind.parse
    values = [pd.NA if cell == "" else parse(cell) for cell in cells]
    return pd.Series(values, dtype=column.kind.dtype)
