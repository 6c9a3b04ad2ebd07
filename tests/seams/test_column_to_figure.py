"""A column of bounds and a figure of a ledger meet as two figures do: the same answers, and the same refusals."""

import operator

import pandas as pd
import pytest

from reported import UnitError, read_words, said, total
from tests.figures.ledgers import flood

OPERATIONS = [operator.add, operator.sub, operator.gt, operator.lt, operator.mul, operator.truediv]
WORDS = [
    "5 people",
    "at least 3 km",
    "500 metres",
    "45 percent",
    "€12",
    "about 2 days",
    "a week",
    "3",
    "two-thirds",
    "−4 degrees",
]


@pytest.fixture(scope="module")
def t(tmp_path_factory):
    return flood(tmp_path_factory.mktemp("columns") / "data")


def outcome(function):
    try:
        return function()
    except UnitError:
        return UnitError


def ends(result):
    if hasattr(result, "verdict"):
        return result.verdict
    bounds = result.bounds["typical"]
    return (result.refusals or str(result.unit), None if bounds is None else (bounds.lower, bounds.upper))


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.__name__)
def test_words_in_a_column_are_words_that_are_said(t, words, operation):
    for name in ("fifty", "km2", "m500", "share40", "euros1000", "days3", "several_times", "minus5"):
        for left, right in ((read_words([words]), t[name]), (t[name], read_words([words]))):
            alone = [said(words) if isinstance(side, pd.Series) else side for side in (left, right)]
            expected = outcome(lambda one=alone: operation(*one))
            found = outcome(lambda one=left, other=right: operation(one, other))
            if expected is UnitError:
                assert found is UnitError, (name, words)
            else:
                assert_near(ends(found.iloc[0]), ends(expected))


def assert_near(found, expected):
    if isinstance(expected, tuple) and isinstance(expected[1], tuple):
        assert found[0] == expected[0]
        assert found[1] == pytest.approx(expected[1])
    else:
        assert found == expected


def test_a_column_of_figures_adds_up_where_they_do(t):
    frame = t.figures
    for names in (
        ["fifty", "km2"],
        ["km2", "m500"],
        ["share40", "share65"],
        ["days3", "weeks2"],
        ["km2", "several_times"],
    ):
        expected = outcome(lambda names=names: total([t[name] for name in names], parties="several"))
        found = outcome(lambda names=names: frame.loc[names, "typical"].sum())
        assert (found is UnitError) == (expected is UnitError), names
        if found is not UnitError:
            assert found.unit == expected.unit.standard


def test_a_row_of_figures_holds_what_the_figure_says(t):
    frame = t.figures
    assert frame.typical.bounds.unit.dropna().equals(
        frame.unit[frame.typical.notna()].replace({"ratio": "number"}).rename("typical")
    )
    for figure in t:
        if figure.typical is not None and not figure.refusals:
            verdict = frame.typical[[figure.id]] > figure
            assert verdict.iloc[0].verdict in ("undetermined", "fails")
