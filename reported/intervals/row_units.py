"""The units of the rows of a column of bounds: one unit for all rows, or one for each. What units do is in `units`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from reported.intervals.ends import Ends, Flags, products, quotients
from reported.intervals.rounding import down, up
from reported.intervals.units import beside

Codes: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class RowUnits:
    """Standard names of units, "" being none, and for each row the place of its own; `codes` is None if all rows
    are in the first.

    Views of a column share both, as they share its ends.
    """

    names: Sequence[str] = ("",)
    codes: Codes | None = None

    @classmethod
    def of(cls, units: Sequence[str], present: Flags) -> RowUnits:
        """Make the units of rows from one unit for each; those of missing rows do not count."""
        if not any(units):
            return NONE
        places: dict[str, int] = {}
        codes = np.array([places.setdefault(unit, len(places)) for unit in units], dtype=np.intp)
        return cls(list(places), codes).reduced(present)

    def reduced(self, present: Flags) -> RowUnits:
        """Return the same as a single unit if all rows that are not missing have it."""
        if self.codes is None:
            return self
        found = np.unique(self.codes[present])
        if len(found) > 1:
            return self
        return RowUnits((self.names[found[0]],)) if len(found) else NONE

    def found(self, present: Flags) -> list[str]:
        """The units of the rows that are present, each once, in their order."""
        codes = [0] if self.codes is None else pd.unique(self.codes[present]).tolist()
        return list(dict.fromkeys(self.names[code] for code in codes if self.names[code]))

    @property
    def is_none(self) -> bool:
        """True if no row has a unit."""
        return self.codes is None and not self.names[0]

    def set(self, key: Any, units: RowUnits) -> None:
        """Set the units of some rows of a column with more than one, in place."""
        assert self.codes is not None
        assert isinstance(self.names, list)
        self.names.extend(name for name in units.names if name not in self.names)
        places = np.array([self.names.index(name) for name in units.names], dtype=np.intp)
        self.codes[key] = places[units.each(np.size(self.codes[key]))].reshape(np.shape(self.codes[key]))

    def each(self, rows: int) -> Codes:
        """The place of the unit of each row."""
        return np.zeros(rows, dtype=np.intp) if self.codes is None else self.codes

    def by_row(self, rows: int) -> list[str]:
        """The unit of each row."""
        names = self.names
        return [names[0]] * rows if self.codes is None else [names[code] for code in self.codes.tolist()]

    def apart(self, rows: int) -> RowUnits:
        """Return the same with a unit of its own for each row, which can be set."""
        return RowUnits(list(self.names), self.each(rows).copy())

    def name(self, row: int) -> str:
        """The unit of a row."""
        return self.names[0 if self.codes is None else self.codes[row]]

    def rows(self, item: Any) -> RowUnits:
        """Return the units of some rows, chosen as numpy chooses."""
        return self if self.codes is None else RowUnits(self.names, self.codes[item])

    def taken(self, indices: Any) -> RowUnits:
        """Return the units of rows by their number; a number below 0 is a missing row."""
        return self if self.codes is None else RowUnits(self.names, self.codes[np.asarray(indices)])

    def merged(self) -> RowUnits:
        """Return the same with each unit once."""
        places: dict[str, int] = {}
        to = np.array([places.setdefault(name, len(places)) for name in self.names], dtype=np.intp)
        return self if self.codes is None else RowUnits(list(places), to[self.codes])

    def copy(self) -> RowUnits:
        return self if self.codes is None else RowUnits(list(self.names), self.codes.copy())

    @classmethod
    def joined(cls, parts: Sequence[tuple[RowUnits, Flags]]) -> RowUnits:
        """Join the units of several columns, each with a mask of the rows that are present."""
        used = [part for part, present in parts if present.any()]
        if all(part.codes is None for part in used) and len({part.names[0] for part in used}) < 2:
            return used[0] if used else NONE
        places: dict[str, int] = {}
        codes = [
            np.array([places.setdefault(name, len(places)) for name in part.names], dtype=np.intp)[
                part.each(len(present))
            ]
            for part, present in parts
        ]
        return cls(list(places), np.concatenate(codes))


NONE = RowUnits()


def converted(ends: Ends, factors: Sequence[Fraction], rows: Codes | None = None) -> Ends:
    """Return ends times a factor, or each row times the one of `factors` at its place in `rows`, rounded outward."""
    if all(factor == 1 for factor in factors):
        return ends
    for apply, part in ((products, "numerator"), (quotients, "denominator")):
        every = [getattr(factor, part) for factor in factors]
        if any(number != 1 for number in every):
            by = (np.array([rounded(number) for number in every], dtype=float) for rounded in (down, up))
            lower, upper = (
                end[np.zeros(len(ends[0]), dtype=np.intp) if rows is None else rows] for end in by
            )
            ends = apply(ends, (lower, upper))
    return ends


def combined(
    symbol: str,
    units: tuple[RowUnits, RowUnits],
    ends: tuple[Ends, Ends],
    advice: str = "",
    heads: Codes | None = None,
) -> tuple[RowUnits, Ends]:
    """The units that an operation makes, row by row, and the ends of the second operand, converted for it.

    Raises UnitError, which names the rows, if two units must not meet. The first operand of a row is from the row
    that `heads` says, if given.
    """
    __tracebackhide__ = True
    left, right = ends

    def made(row: int) -> tuple[str, Fraction]:
        __tracebackhide__ = True
        head = row if heads is None else int(heads[row])
        texts = _shown(left, row, head), _shown(right, row, row)
        return beside(symbol, units[0].name(row), units[1].name(row), texts, advice)

    if units[0].codes is None and units[1].codes is None:
        if units[0].is_none and units[1].is_none:
            return NONE, right
        if not len(left[0]):
            return units[units[0].is_none], right
        name, factor = made(0)
        return RowUnits((name,)), converted(right, [factor])
    rows, width = len(left[0]), len(units[1].names)
    pairs = units[0].each(rows) * width + units[1].each(rows)
    present = ~(np.isnan(left[0]) | np.isnan(right[0]))
    codes = np.zeros(rows, dtype=np.intp)
    names, factors = [""], [Fraction(1)]
    for pair in np.unique(pairs[present]):
        here = present & (pairs == pair)
        name, factor = made(int(here.argmax()))
        codes[here] = len(names)
        names, factors = [*names, name], [*factors, factor]
    return RowUnits(names, codes).merged().reduced(present), converted(right, factors, codes)


def in_one(
    symbol: str, units: RowUnits, ends: Ends, advice: str = "", groups: Codes | None = None, count: int = 1
) -> tuple[RowUnits, Ends]:
    """Convert a column's ends to one unit, or to one for each of `count` groups; return these units too.

    `groups` is the group of each row; rows below 0 are in none. The unit is that of the first row that has one. Raises
    UnitError if another row's is unlike.
    """
    __tracebackhide__ = True
    if units.codes is None or not len(units.codes):
        return (units if units.codes is None else NONE), ends
    groups = np.zeros(len(ends[0]), dtype=np.intp) if groups is None else groups
    named = np.array([bool(name) for name in units.names])[units.codes]
    candidates = np.flatnonzero((groups >= 0) & ~np.isnan(ends[0]) & named)[::-1]
    first = np.full(count, -1, dtype=np.intp)
    first[groups[candidates]] = candidates
    heads = np.where(groups < 0, np.arange(len(groups)), first[groups])
    heads = np.where(heads < 0, np.arange(len(groups)), heads)
    of_heads = ends[0][heads], ends[1][heads]
    _, alike = combined(symbol, (units.rows(heads), units), (of_heads, ends), advice, heads)
    of_groups = RowUnits((*units.names, ""), np.where(first < 0, len(units.names), units.codes[first]))
    return of_groups.merged().reduced(first >= 0), alike


def alike(one: RowUnits, other: RowUnits, rows: int) -> bool | Flags:
    """Mark rows in which two columns have the same unit, or one of them none."""
    if one.codes is None and other.codes is None:
        return one.names[0] == other.names[0] or one.is_none or other.is_none
    names = np.array([*one.names, *other.names], dtype=object)
    a, b = names[one.each(rows)], names[len(one.names) + other.each(rows)]
    same: Flags = (a == b) | (a == "") | (b == "")
    return same


def _shown(ends: Ends, row: int, named: int) -> str:
    lower, upper = (f"{end[row]:g}" for end in ends)
    return f"row {named}, [{lower}, {upper}]"
