"""What holds of any expression: exact arithmetic lies within its bounds, orders agree with it, nothing is lost."""

import math
import operator
import pickle
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reported import compatible, largest, percent, smallest
from reported.intervals.wording import qualified
from reported.ledger import READINGS
from tests.figures.ledgers import figure, load, parts, quantity, reaction, relation

ORDERS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
BINARY_OF_OPERANDS = BINARY | {"smallest": smallest, "largest": largest}
BINARY_OF_NUMBERS = BINARY | {"smallest": min, "largest": max}
UNARY = {"-": operator.neg, "abs": abs}

WHOLE = st.integers(1, 10**7).map(Decimal)
MEASURED = st.decimals("0.01", 10**6, places=2)


@st.composite
def words(draw, numbers):
    """Words around a number: "about 12"; a range; or a word alone."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(["dozens", "several", "hundreds"]))
    qualifiers = ["exact", "at least", "more than", "up to", "less than", "about", "nearly", "between"]
    qualifier, one, other = draw(st.sampled_from(qualifiers)), draw(numbers), draw(numbers)
    if qualifier == "between":
        return qualified(qualifier, *sorted((one, other))).replace(",", "")
    return qualified(qualifier, one).replace(",", "")


SAID = st.tuples(*(words(numbers) for numbers in (WHOLE, WHOLE, MEASURED, MEASURED, MEASURED, MEASURED)))
"""The words of six figures: two of whole numbers, two of measures, two of percentages."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A ledger of plain numbers and percentages, so that any two may be added, and one figure that is hedged."""
    quantities = [
        quantity("count", "ratio", "ratio", whole="yes"),
        quantity("measure", "ratio", "ratio"),
        quantity("share", "percent", "ratio"),
    ]
    figures = []
    for row in range(6):
        of, unit = (("count", "time"), ("measure", "time"), ("share", "percent"))[row // 2]
        days = {"as_of": "2031-04-30"} if row % 2 else {"as_of": "", "claimant": "mayor"}
        figures.append(figure(f"f{row}", of, "7", unit, **days))
    figures.append(figure("hedged", "count", "7", "time", standing="possible", hedge="could"))
    reactions = [reaction("f1", "council", "contradicts")]
    relations = [relation("f2", "perhaps the same statement as", "f3")]
    folder = tmp_path_factory.mktemp("plain") / "data"
    return load(folder, quantities=quantities, figures=figures, reactions=reactions, relations=relations)


def figures_saying(ledger, said):
    """The ledger's figures with other words, as if these were in its file."""
    found = []
    for words_, figure_ in zip(said, ledger, strict=False):
        qualifier, *numbers = parts(words_)
        value, value_to = (Decimal(number) if number else None for number in numbers)
        rules = tuple(reading[qualifier] for reading in ledger.rows.readings.values())
        cells = {"qualifier": qualifier, "value": value, "value_to": value_to, "rules": rules}
        found.append(replace(figure_, **cells))
    return found


LEAVES = st.one_of(
    st.tuples(st.just("figure"), st.integers(0, 5)),
    st.tuples(st.just("number"), st.integers(-3, 3) | st.fractions(-9, 9, max_denominator=12)),
)


def _larger(inner):
    return st.tuples(st.sampled_from(sorted(BINARY_OF_NUMBERS)), inner, inner) | st.tuples(
        st.sampled_from(sorted(UNARY)), inner
    )


TREES = st.recursive(LEAVES, _larger, max_leaves=7)


def computed(tree, figures):
    """The tree computed with figures; a percentage enters as a plain number, to go into sums."""
    name, *parts = tree
    if name == "figure":
        figure_ = figures[parts[0]]
        return figure_ / percent(100) if figure_.unit.is_fraction else figure_
    if name == "number":
        return Fraction(parts[0])  # 1 / 3 of Python's own integers would be a float
    terms = [computed(part, figures) for part in parts]
    return (UNARY[name] if len(terms) == 1 else BINARY_OF_OPERANDS[name])(*terms)


def exactly(tree, values):
    """The tree computed with rational numbers, one for each figure."""
    name, *parts = tree
    if name == "figure":
        return values[parts[0]]
    if name == "number":
        return Fraction(parts[0])
    terms = [exactly(part, values) for part in parts]
    return (UNARY[name] if len(terms) == 1 else BINARY_OF_NUMBERS[name])(*terms)


def named(tree):
    name, *parts = tree
    return {parts[0]} if name == "figure" else set() if name == "number" else set().union(*map(named, parts))


def inside(figure, reading, share, distance):
    """A rational number within the figure's ends: so far along, or so far from the one end that there is."""
    bounds = figure.bounds[reading]
    lower, upper = bounds.exact_lower, bounds.exact_upper
    if not bounds.is_unbounded:
        member = lower + share * (upper - lower)
        return member if member in bounds else (lower + upper) / Fraction(2)  # an end that is left out
    distance = distance or Fraction(not (bounds.lower_closed or bounds.upper_closed), 10**9)
    return upper - distance if lower == -math.inf else lower + distance


SHARES = st.lists(st.sampled_from([Fraction(0), Fraction(1)]) | st.fractions(0, 1), min_size=6, max_size=6)
DISTANCES = st.lists(st.integers(0, 10**12) | st.fractions(0, 10, max_denominator=9), min_size=6, max_size=6)


def rationals(figures, reading, shares, distances, names):
    """A number within the bounds of each figure that is named; None where one has no digits."""
    if any(figures[i].bounds[reading] is None for i in names):
        return None
    return {i: inside(figures[i], reading, shares[i], distances[i]) for i in names}


@given(said=SAID, tree=TREES, shares=SHARES, distances=DISTANCES)
def test_the_exact_result_lies_within_the_bounds(plain, said, tree, shares, distances):
    assume(named(tree))
    figures = figures_saying(plain, said)
    try:
        found = computed(tree, figures)
    except ZeroDivisionError:  # of plain numbers, by Python
        return
    for reading in READINGS:
        values = rationals(figures, reading, shares, distances, named(tree))
        bounds = found.bounds[reading]
        if values is None or found.refusals:
            assert bounds is None
            continue
        exact = exactly(tree, values)
        assert bounds.lower <= exact <= bounds.upper
        assert exact in bounds


@given(said=SAID, tree=TREES)
def test_a_result_is_refused_only_where_a_divisor_may_be_zero(plain, said, tree):
    assume(named(tree))
    try:
        found = computed(tree, figures_saying(plain, said))
    except ZeroDivisionError:
        return
    assert all("may be zero" in refusal for refusal in found.refusals)


@given(said=SAID, one=TREES, other=TREES, shares=SHARES, distances=DISTANCES)
def test_orders_agree_with_every_pair_of_numbers(plain, said, one, other, shares, distances):
    assume(named(one) and named(other))
    figures = figures_saying(plain, said)
    try:
        left, right = computed(one, figures), computed(other, figures)
    except ZeroDivisionError:
        return
    for reading in READINGS:
        values = rationals(figures, reading, shares, distances, named(one) | named(other))
        for symbol, order in ORDERS.items():
            verdict = order(left, right).under(reading)
            if left.refusals or right.refusals:
                assert verdict == "refused"
            elif values is None:
                assert verdict == "missing"
            else:
                holds = order(exactly(one, values), exactly(other, values))
                assert verdict in ("undetermined", "holds" if holds else "fails"), symbol
        if values is not None and not left.refusals and not right.refusals:
            fit = compatible(left, right).under(reading)
            assert fit == "holds" or exactly(one, values) != exactly(other, values)


def outermost(bounds):
    """Two members, as far out as need be: an infinite end, and one that is left out, is none itself."""
    near = Fraction(1, 10**30)
    lower, upper = bounds.exact_lower, bounds.exact_upper
    return [
        -Fraction(10**30) if lower == -math.inf else lower + near * (not bounds.lower_closed),
        Fraction(10**30) if upper == math.inf else upper - near * (not bounds.upper_closed),
    ]


@given(said=SAID, one=st.integers(0, 3), other=st.integers(0, 3))
def test_an_order_of_two_figures_is_undetermined_only_if_ends_decide_both_ways(plain, said, one, other):
    assume(one != other)
    figures = figures_saying(plain, said)
    left, right = figures[one], figures[other]
    for reading in READINGS:
        a, b = left.bounds[reading], right.bounds[reading]
        for symbol, order in ORDERS.items():
            if a is None or b is None or order(left, right).under(reading) != "undetermined":
                continue
            ends = [outermost(bounds) for bounds in (a, b)]
            decided = {order(x, y) for x in ends[0] for y in ends[1]}
            assert decided == {True, False}, symbol


@given(said=SAID, tree=TREES)
def test_no_caution_is_lost_and_no_figure(plain, said, tree):
    assume(named(tree))
    figures = figures_saying(plain, said)
    try:
        found = computed(tree, figures)
    except ZeroDivisionError:
        return
    assert set(found.figures) == {figures[i] for i in named(tree)}
    kept = {caution.kind: set(caution.about) for caution in found.cautions}
    for i in named(tree):
        for caution in figures[i].cautions:
            assert set(caution.about) <= kept[caution.kind]
    if {2, 3} <= named(tree):
        assert "one statement" in kept


@given(said=SAID, one=TREES, other=TREES)
def test_a_longer_expression_keeps_the_cautions_of_its_parts(plain, said, one, other):
    assume(named(one) and named(other))
    figures = figures_saying(plain, said)
    try:
        left, right = computed(one, figures), computed(other, figures)
        longer = [left + right, right - left, left * right, left / right, smallest(left, right), left > right]
    except ZeroDivisionError:
        return
    for found in longer:
        kept = {(caution.kind, about) for caution in found.cautions for about in caution.about}
        for part in (left, right):
            assert {(c.kind, about) for c in part.cautions for about in c.about} <= kept
            assert set(part.refusals) <= set(found.refusals)


@given(said=SAID, tree=TREES)
def test_a_refusal_spreads_through_any_expression(plain, said, tree):
    assume(named(tree))
    figures = figures_saying(plain, said)
    figures[min(named(tree))] = plain.hedged
    try:
        found = computed(tree, figures)
    except ZeroDivisionError:
        return
    assert any("makes no commitment" in refusal for refusal in found.refusals)
    assert set(found.bounds.values()) == {None}


@given(said=SAID, tree=TREES)
def test_a_result_is_read_back_from_a_pickle_as_it_was(plain, said, tree):
    assume(named(tree))
    try:
        found = computed(tree, figures_saying(plain, said))
    except ZeroDivisionError:
        return
    again = pickle.loads(pickle.dumps(found))
    assert again.bounds == found.bounds
    assert (again.expression, again.figures, again.cautions, again.refusals, again.unit) == (
        found.expression,
        found.figures,
        found.cautions,
        found.refusals,
        found.unit,
    )
