"""Arithmetic and order of columns of bounds, each a pair of float64 arrays: lower ends and upper ends.

A row is missing if both ends are NaN. Results are the tightest enclosures in float64, without negative zeros.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from reported.intervals.directed import rounded_down, rounded_up

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Ends: TypeAlias = tuple[Floats, Floats]

BLOCK = 32_768
"""How many rows are computed at a time, so that intermediate results stay in the processor's cache."""


def _without_signed_zeros(ends: Ends) -> Ends:
    for end in ends:
        np.add(end, 0.0, out=end)
    return ends


def sums(a: Ends, b: Ends) -> Ends:
    """a + b, row by row, rounded outward."""
    return _without_signed_zeros((rounded_down(np.add, a[0], b[0]), rounded_up(np.add, a[1], b[1])))


def differences(a: Ends, b: Ends) -> Ends:
    """a − b, row by row, rounded outward."""
    return _without_signed_zeros((rounded_down(np.subtract, a[0], b[1]), rounded_up(np.subtract, a[1], b[0])))


def products(a: Ends, b: Ends) -> Ends:
    """a × b, row by row, rounded outward."""
    return _block_by_block(_multiply, a, b)


def quotients(a: Ends, b: Ends) -> Ends:
    """a ÷ b, row by row, rounded outward; missing if the divisor is zero alone."""
    return _block_by_block(_divide, a, b)


def _block_by_block(rule: Callable[[Ends, Ends, Ends], None], a: Ends, b: Ends) -> Ends:
    rows = len(a[0])
    lower, upper = np.empty(rows), np.empty(rows)
    for start in range(0, rows, BLOCK):
        block = slice(start, start + BLOCK)
        rule((a[0][block], a[1][block]), (b[0][block], b[1][block]), (lower[block], upper[block]))
    return _without_signed_zeros((lower, upper))


def _multiply(a: Ends, b: Ends, out: Ends) -> None:
    _corners(np.multiply, a, b, out)
    # corners that multiply zero by an infinity are NaN and ignored; for [0, 0] × [−∞, ∞] all four are
    undefined = np.isnan(out[0])
    if undefined.any():
        undefined &= ~np.isnan(a[0]) & ~np.isnan(b[0])
        out[0][undefined] = out[1][undefined] = 0.0


def _divide(a: Ends, b: Ends, out: Ends) -> None:
    """Give a zero end of the divisor the sign of its other members, so that the corners have the right
    infinity; divisors with members on both sides of zero, or with zero alone, are treated separately."""
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
    """The least and the greatest of an operation on one end of each, rounded outward; NaN is ignored."""
    rounded_down(_extreme_corner, operation, np.fmin, a, b, out[0])
    rounded_up(_extreme_corner, operation, np.fmax, a, b, out[1])


def _extreme_corner(operation: np.ufunc, extreme: np.ufunc, a: Ends, b: Ends, out: Floats) -> None:
    corner = np.empty_like(out)
    operation(a[0], b[0], out=out)
    for x, y in ((a[0], b[1]), (a[1], b[0]), (a[1], b[1])):
        extreme(out, operation(x, y, out=corner), out=out)


def above(
    a: Ends, b: Ends, all_pairs: Callable[..., Flags], no_pair: Callable[..., Flags]
) -> tuple[Flags, Flags]:
    """Mark rows for which the order holds for every pair of members, and those for which it is undetermined."""
    always, undetermined = all_pairs(a[0], b[1]), no_pair(a[1], b[0])
    np.logical_or(undetermined, always, out=undetermined)
    np.logical_not(undetermined, out=undetermined)
    return always, undetermined


_STEPS: dict[str, tuple[np.ufunc, float]] = {
    "sum": (np.add, 0.0),
    "min": (np.minimum, math.inf),
    "max": (np.maximum, -math.inf),
}


def accumulated(how: str, ends: Ends, skipna: bool) -> Ends:
    """Running sum, minimum or maximum; missing rows are skipped, or make all later rows missing."""
    step, neutral = _STEPS[how]
    skipped = np.isnan(ends[0]) & skipna
    lower, upper = (np.where(skipped, neutral, end) for end in ends)
    lower, upper = rounded_down(step.accumulate, lower), rounded_up(step.accumulate, upper)
    lower[skipped] = upper[skipped] = math.nan
    return _without_signed_zeros((lower, upper))


def grouped(how: str, ends: Ends, ids: Any, ngroups: int, min_count: int, skipna: bool) -> Ends:
    """Sum, mean, minimum or maximum of each group; rows whose id is negative belong to no group."""
    missing, member = np.isnan(ends[0]), ids >= 0
    counted = member & ~missing
    lower, upper, groups = *ends, ids
    if not counted.all():
        lower, upper, groups = lower[counted], upper[counted], ids[counted]
    counts = np.bincount(groups, minlength=ngroups)
    if how in ("sum", "mean"):
        lower = rounded_down(_grouped_sum, groups, lower, ngroups)
        upper = rounded_up(_grouped_sum, groups, upper, ngroups)
    else:
        lower, upper = (_grouped_extreme(how, groups, end, ngroups) for end in (lower, upper))
    if how == "mean":
        lower, upper = rounded_down(np.divide, lower, counts), rounded_up(np.divide, upper, counts)
    blank = counts < max(min_count, 0 if how == "sum" else 1)
    if not skipna:
        blank |= np.bincount(ids[missing & member], minlength=ngroups) > 0
    lower[blank] = upper[blank] = math.nan
    return _without_signed_zeros((lower, upper))


def _grouped_sum(groups: Any, end: Floats, ngroups: int) -> Floats:
    return np.bincount(groups, end, ngroups).astype(np.float64)  # no rows at all: whole numbers


def _grouped_extreme(how: str, groups: Any, end: Floats, ngroups: int) -> Floats:
    extreme, neutral = _STEPS[how]
    result = np.full(ngroups, neutral)
    extreme.at(result, groups, end)
    return result
