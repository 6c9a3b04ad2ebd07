"""From words to a verdict: what a phrase says about unit, precision and ends reaches the answer."""

import pytest

from reported import UnitError, compatible, percent, said, smallest


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        (lambda: said("5 miles") > said("7 km"), "holds"),
        (lambda: said("2 tonnes") > said("1,500 kg"), "holds"),
        (lambda: said("90 mph") > said("100 km/h"), "holds"),
        (lambda: said("less than 1%") < percent(1), "holds"),
        (lambda: compatible(said("5.9%"), said("6%")), "holds"),
        (lambda: compatible(said("50,586") / said("47,706") - 1, said("6 per cent")), "holds"),
        (lambda: compatible(said("73,318"), said("73,000")), "undetermined"),
        (lambda: compatible(said("6%"), said("7.2%")), "fails"),
    ],
)
def test_what_words_answer(verdict, answer):
    assert verdict().verdict == answer


@pytest.mark.parametrize(
    "combined",
    [
        lambda: said("360 killed") > said("7 km"),
        lambda: said("£419m") + said("1 kilogram"),
        lambda: said("£419m") > said("$500m"),
        lambda: smallest(said("5 km"), said("6 km"), said("7 people")),
    ],
)
def test_unlike_units_are_an_error_wherever_they_meet(combined):
    with pytest.raises(UnitError, match="unlike units"):
        combined()


def test_shares_end_at_all_and_points_make_a_level_again():
    assert (1 - said("at least two-thirds")).says() == "at most 33.4%"
    assert (percent(60) - percent(40) + percent(40)).says() == "60%"
    assert ((percent(40) + percent(40)) / 2).says() == "40%"
