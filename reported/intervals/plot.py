"""`series.bounds.plot()`: a column of bounds drawn as intervals over its index, on ordinary matplotlib Axes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def plot(
    column: pd.Series[Any],
    *,
    ax: Any = None,
    figsize: tuple[float, float] | None = None,
    title: str | None = None,
    xlabel: str | None = None,
    ylabel: str | None = None,
    **keywords: Any,
) -> Any:
    """Draw a column of bounds as intervals over its index.

    A closed end is a tick, an open end a short arrow, and a single number a dot. A row that may be any number is
    a dotted line; a missing one is left out. Other keywords are those of `Axes.errorbar`. Returns the Axes.
    """
    from matplotlib import pyplot

    if ax is None:
        ax = pyplot.gca() if figsize is None else pyplot.figure(figsize=figsize).add_subplot()
    column = column.dropna()
    lower, upper = (end.to_numpy(dtype=float) for end in (column.bounds.lower, column.bounds.upper))
    no_lower, no_upper = np.isinf(lower), np.isinf(upper)
    finite = np.concatenate([lower[~no_lower], upper[~no_upper]])
    arrow = 0.06 * (np.ptp(finite) or abs(finite[0]) or 1.0) if finite.size else 1.0
    across, labels = _positions(column.index)

    middle = column.bounds.midpoint.to_numpy(dtype=float, na_value=0.0)
    anchor = np.where(no_upper, lower, np.where(no_lower, upper, middle))
    half = np.where(no_lower | no_upper, arrow, column.bounds.width.to_numpy(dtype=float) / 2)
    anywhere = no_lower & no_upper
    keywords = {"capsize": 3, "linestyle": "none", "label": column.name, **keywords}
    shown = ~anywhere
    # errorbar draws a tick at a closed end, and an arrow where the number is only a limit
    drawn = ax.errorbar(
        across[shown],
        anchor[shown],
        yerr=half[shown],
        lolims=no_upper[shown],
        uplims=no_lower[shown],
        **keywords,
    )
    colour = drawn.lines[2][0].get_color()
    for rows, marker in (((no_lower ^ no_upper), "_"), (lower == upper, "o")):
        ax.plot(across[rows], anchor[rows], marker, color=colour, markersize=5)
    for position in across[anywhere]:
        ax.axvline(position, linestyle=":", color=colour)
    if labels is not None:
        ax.set_xticks(across, labels)
    ax.set(
        xlabel=column.index.name or "" if xlabel is None else xlabel, ylabel=ylabel or "", title=title or ""
    )
    return ax


def _positions(index: pd.Index[Any]) -> tuple[Any, list[str] | None]:
    """Return the rows' positions on the horizontal axis, and their labels unless the index holds numbers or times."""
    if pd.api.types.is_numeric_dtype(index) or isinstance(index, pd.DatetimeIndex):
        return index.to_numpy(), None
    return np.arange(len(index)), [str(label) for label in index]
