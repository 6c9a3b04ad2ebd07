"""Windows, conversions, standing, parts of a whole and caps of figures in a ledger."""

from fractions import Fraction
from math import inf

import pytest

from reported import UnitError
from reported.intervals import Bounds
from tests.figures.ledgers import figure, load, quantity, relation


@pytest.fixture
def town(tmp_path):
    quantities = [
        quantity("hurt", kind="cumulative"),
        quantity("pupils_hurt", kind="cumulative"),
        quantity("flooded", "square kilometre", "amount"),
        quantity("road", "kilometre", "length"),
        quantity("share", "percent", "share"),
        quantity("rise", "percent", "change"),
        quantity("frost", "degree", "level"),
    ]
    figures = [
        figure("in_a_week", "hurt", "140", window="7 day"),
        figure("since_april", "hurt", "60", window="since 2031-04-22"),
        figure("all_hurt", "hurt", "at least 90"),
        figure("pupils", "pupils_hurt", "about 30"),
        figure("all_exact", "hurt", "40"),
        figure("land", "flooded", "575", "square kilometre"),
        figure("way", "road", "5", "kilometre"),
        figure("most", "share", "at least 60", "percent"),
        figure("grown", "rise", "at least 60", "percent"),
        figure("fall", "rise", "-3", "percent"),
        figure("cold", "frost", "-5", "degree"),
        figure("nothing", "hurt", "0"),
        figure("feared", "hurt", "500", standing="feared", hedge="feared", words="500 people feared hurt"),
    ]
    relations = [relation("pupils_hurt", "part of", "hurt")]
    return load(tmp_path / "data", quantities=quantities, figures=figures, relations=relations)


def test_a_figure_over_its_window_is_a_rate(town):
    rate = town.in_a_week / town.in_a_week.window
    assert rate.unit.name() == "people per day"
    assert rate.typical == Bounds(20)
    assert town.since_april.window.typical == Bounds(9, 10)
    assert (town.since_april / town.since_april.window).typical == Bounds(6, Fraction(60, 9))
    with pytest.raises(ValueError, match="has no window"):
        _ = town.all_hurt.window


def test_figures_over_unlike_times_are_compared_with_that_caution(town):
    """29 in a week and 40 in two weeks may be one and the same."""
    for result in (town.in_a_week > town.since_april, town.in_a_week - town.all_exact):
        (caution,) = [caution for caution in result.cautions if caution.kind == "windows"]
        assert "“140” over 7 days" in caution.text
    assert "windows" not in {caution.kind for caution in (town.all_hurt > town.all_exact).cautions}


def test_a_figure_in_another_unit(town):
    assert town.way.to("metre").digits == Bounds(5000)
    assert town.land.to("hectare").unit.name() == "hectares"
    assert (town.way.to("mile") < town.way).verdict == "undetermined"
    with pytest.raises(UnitError, match=r"quantities\.csv"):
        town.way.to("kilogram")


def test_a_part_is_at_most_all_of_its_whole(town):
    assert (town.pupils / town.all_hurt).typical.exact_upper <= 1
    assert (town.pupils / town.all_exact).typical.exact_upper <= 1
    assert (town.all_hurt / town.pupils).typical.exact_upper == inf


def test_a_share_ends_at_all_and_a_growth_does_not(town):
    assert town.most.typical == Bounds(Fraction(3, 5), 1)
    assert town.grown.typical == Bounds(Fraction(3, 5), inf)


def test_nought_and_negatives_compute_and_print(town):
    assert (town.nothing + 3).typical == Bounds(3)
    assert (town.nothing.says(), town.fall.said) == ("0", "−3%")
    assert town.fall.typical == Bounds(Fraction(-7, 200), Fraction(-1, 40))
    assert town.cold.typical == Bounds(Fraction(-11, 2), Fraction(-9, 2))
    assert (town.cold < 0).verdict == "holds"


def test_a_fear_is_a_caution_wherever_it_goes(town):
    for result in (town.feared - 1, town.feared > town.all_hurt, 2 * town.feared / town.all_hurt):
        assert "standing" in [caution.kind for caution in result.cautions]
