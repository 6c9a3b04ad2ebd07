"""The ledger's tables as DataFrames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from reported.intervals import BoundsDtype
from reported.ledger.records import TABLES
from reported.ledger.rules import READINGS
from reported.ledger.schema import Column, columns

if TYPE_CHECKING:
    from reported.ledger.files import Table


def frame(table: Table) -> pd.DataFrame:
    """A table as a DataFrame indexed by id, the columns of the file with proper dtypes.

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
    """Add a column of bounds for each reading; `rows` are figures, in the order of the table's rows."""
    for reading in READINGS:
        bounds = [pd.NA if row.bounds[reading] is None else row.bounds[reading] for row in rows]
        table[reading] = pd.Series(bounds, index=table.index, dtype=BoundsDtype())


def _series(column: Column, cells: list[str]) -> pd.Series:
    if column.choices or column.to == "parties":
        return pd.Series(pd.Categorical([cell or None for cell in cells]))
    if column.kind.dtype == "str":
        return pd.Series(cells, dtype="str")
    parse = float if column.kind.dtype == "Float64" else column.kind.parse
    values = [pd.NA if cell == "" else parse(cell) for cell in cells]
    return pd.Series(values, dtype=column.kind.dtype)
