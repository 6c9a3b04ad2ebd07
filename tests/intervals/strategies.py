"""What the tests of bounds draw, and the exact results they are held against."""

import math
import operator
from fractions import Fraction

import pandas as pd
from hypothesis import assume
from hypothesis import strategies as st

from reported.intervals import Bounds

INF = math.inf


ARITHMETIC = [operator.add, operator.sub, operator.mul, operator.truediv]


ORDERS = [operator.gt, operator.ge, operator.lt, operator.le]


CORNERS = [
    0.0,
    -0.0,
    1.0,
    3.0,
    0.1,
    5e-324,
    1e-310,
    2.2250738585072014e-308,
    2.0**53,
    1e300,
    1.7976931348623157e308,
]


ends = (
    st.sampled_from([sign * corner for corner in CORNERS for sign in (1, -1)])
    | st.integers(-100, 100).map(float)
    | st.builds(lambda digits, power: digits * 10.0**power, st.floats(-1, 1), st.integers(-300, 300))
    | st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def bounds(draw):
    lower, upper = sorted((draw(ends), draw(ends)))
    lower, upper = draw(
        st.sampled_from([(lower, upper), (lower, lower), (lower, INF), (-INF, upper), (-INF, INF)])
    )
    return Bounds(lower, upper)


bounds_or_missing = bounds() | st.just(pd.NA)


columns = st.lists(bounds_or_missing, max_size=30)


pairs = st.lists(st.tuples(bounds_or_missing, bounds_or_missing), min_size=1, max_size=30)


@st.composite
def members(draw, of):
    """A rational number inside, at an end more often than chance has it."""
    lower = Fraction(of.lower) if math.isfinite(of.lower) else None
    upper = Fraction(of.upper) if math.isfinite(of.upper) else None
    share = draw(st.sampled_from([0, 1]) | st.fractions(0, 1))
    if lower is not None and upper is not None:
        return lower + share * (upper - lower)
    distance = share * Fraction(10) ** draw(st.integers(-400, 400))
    if lower is not None:
        return lower + distance
    return (
        (upper or Fraction(0)) - distance if upper is not None else distance * draw(st.sampled_from([1, -1]))
    )


@st.composite
def parts(draw, of):
    """Bounds inside other bounds."""
    candidates = st.just(of.lower) | st.just(of.upper) | ends.filter(lambda x: of.lower <= x <= of.upper)
    lower, upper = sorted((draw(candidates), draw(candidates)))
    assume(lower < INF and upper > -INF)
    return Bounds(lower, upper)


def exact_ends(operation, a, b):
    """The limits of `operation` over the members of both; None where it has no result at all."""
    if operation is operator.sub:
        return exact_ends(operator.add, a, Bounds(-b.upper, -b.lower))
    if operation is operator.truediv:
        return exact_quotient(a, b)
    limits = [
        limit_of_sum(x, y) if operation is operator.add else limit_of_product(x, y)
        for x, y in corners(operation, (a.lower, a.upper), (b.lower, b.upper))
    ]
    return min(limits), max(limits)


def corners(operation, a, b):
    return list(zip(a, b, strict=True)) if operation is operator.add else [(x, y) for x in a for y in b]


def rational(x):
    return Fraction(x) if math.isfinite(x) else x


def limit_of_sum(x, y):
    return rational(x) + rational(y) if math.isfinite(x) and math.isfinite(y) else x + y


def limit_of_product(x, y):
    if 0 in (x, y):
        return Fraction(0)
    return (
        rational(x) * rational(y)
        if math.isfinite(x) and math.isfinite(y)
        else math.copysign(INF, x) * math.copysign(1, y)
    )


def exact_quotient(a, b):
    """Division as multiplication by the reciprocals of the divisor's positive and negative members."""
    limits = []
    for low, high in ((max(b.lower, 0.0), b.upper), (b.lower, min(b.upper, 0.0))):
        sign = 1 if high > 0 else -1
        if low > high or low == high == 0:
            continue
        for x in (a.lower, a.upper):
            for y in (low, high):
                if math.isinf(y) or x == 0:
                    limits.append(Fraction(0))
                elif y == 0 or math.isinf(x):
                    limits.append(math.copysign(INF, x) * sign)
                else:
                    limits.append(Fraction(x) / Fraction(y))
    return (min(limits), max(limits)) if limits else None


def is_tightest(result, exact):
    """Whether no float64 enclosure is narrower: the ends are the floats next to the exact ones."""
    lower, upper = exact
    lower_fits = result.lower == -INF == lower or (result.lower <= lower < math.nextafter(result.lower, INF))
    upper_fits = result.upper == INF == upper or (result.upper >= upper > math.nextafter(result.upper, -INF))
    return lower_fits and upper_fits


def same(found, expected):
    """The same bounds, or the same verdict, or both missing: `==` with `pd.NA` would be no answer."""
    return found is expected or (pd.NA is not expected and pd.NA is not found and found == expected)
