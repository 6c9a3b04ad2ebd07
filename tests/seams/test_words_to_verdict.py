"""From words to a verdict: what a phrase says about unit, precision and ends reaches the answer."""

import pickle
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported import UnitError, compatible, largest, percent, said, smallest
from reported.intervals import Bounds


def between(lower, upper, closed="both"):
    """Bounds with ends as they are written: "4.75" is 19/4."""
    return Bounds(*(end if end == inf else Fraction(end) for end in (lower, upper)), closed)


HOLDS, FAILS, UNDETERMINED = "holds", "fails", "undetermined"


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        # what is rounded does not contradict what it was rounded from
        (lambda: compatible(said("5.9%"), said("6%")), HOLDS),
        (lambda: compatible(said("36,571") / said("34,500") - 1, said("6 per cent")), HOLDS),
        (lambda: compatible(said("73,318"), said("73,000")), UNDETERMINED),
        (lambda: compatible(said("88,204 tickets"), said("88,000 tickets")), UNDETERMINED),
        (lambda: compatible(said("88,704 tickets"), said("88,000 tickets")), FAILS),
        (lambda: compatible(said("14,212 acres"), said("14,000 acres")), UNDETERMINED),
        (lambda: compatible(said("€4,987"), said("€5,000")), UNDETERMINED),
        (lambda: compatible(said("20.4 km"), said("20.0 km")), FAILS),
        (lambda: compatible(said("41,206 people") / said("20,310 people"), said("doubled")), HOLDS),
        (lambda: compatible(said("9,700 people") / said("20,310 people"), said("halved")), HOLDS),
        (lambda: compatible(said("30,000 people") / said("20,310 people"), said("doubled")), FAILS),
        (lambda: compatible(said("6%"), said("7.2%")), FAILS),
        (lambda: compatible(said("77 guards"), said("78 guards")), FAILS),
        # units convert
        (lambda: said("5 miles") > said("7 km"), HOLDS),
        (lambda: said("2 tonnes") > said("1,500 kg"), HOLDS),
        (lambda: said("90 mph") > said("100 km/h"), HOLDS),
        (lambda: said("575 square miles") > said("1,000 sq km"), HOLDS),
        (lambda: said("3 acres") > said("1 hectare"), HOLDS),
        (lambda: said("90 minutes") > said("1 hour"), HOLDS),
        (lambda: said("18 months") > said("1 year"), HOLDS),
        (lambda: said("two decades") > said("15 years"), HOLDS),
        (lambda: said("12,000 people a day") > said("70,000 people a week"), HOLDS),
        (lambda: said("82 per 100,000 people") > said("1 per 1,000 people"), FAILS),
        # ends that are left out
        (lambda: said("less than 1%") < percent(1), HOLDS),
        (lambda: said("under 2 metres") < 2, HOLDS),
        (lambda: said("more than half") > percent(50), HOLDS),
        (lambda: said("fewer than 12 boats") < 12, HOLDS),
        (lambda: said("nearly 4,000 boats") < said("4,000 boats"), HOLDS),
        (lambda: said("no more than 5 boats") < 5, UNDETERMINED),
        (lambda: said("at least 100 boats") > 100, UNDETERMINED),
        # nought and below
        (lambda: said("none") < 1, HOLDS),
        (lambda: said("no new cases") <= 0, HOLDS),
        (lambda: said("none of the 12") < said("1"), HOLDS),
        (lambda: said("minus 5 degrees") < said("2 degrees"), HOLDS),
        (lambda: said("−3.2%") < percent(0), HOLDS),
        # multiples have a direction
        (lambda: said("more than halved") < 0.5, HOLDS),
        (lambda: said("nearly halved") > 0.5, HOLDS),
        (lambda: said("nearly halved") < 0.6, HOLDS),
        (lambda: said("almost doubled") < 2, HOLDS),
        (lambda: said("about halved") < 0.6, HOLDS),
        # percentages are no points
        (lambda: said("4.8%") - said("3%") > percent(1), HOLDS),
        (lambda: said("4.8%") - said("3%") > said("1 percentage point"), UNDETERMINED),
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
        lambda: said("C$12m") - said("A$12m"),
        lambda: smallest(said("5 km"), said("6 km"), said("7 people")),
        lambda: largest(said("5 km"), 6, said("7 people")),
        lambda: sum([said("5 km"), said("3 miles"), said("7 people")]),
        lambda: compatible(said("3 boats"), said("3 people")),
        lambda: said("12,000 people a day") + said("12,000 people"),
        lambda: said("4.8%") > said("0.2 percentage points"),
        lambda: smallest(said("4%"), said("2 percentage points")),
        lambda: said("6 months") > said("100 days"),
        lambda: said("5 km", unit="kilogram"),
    ],
)
def test_unlike_units_are_an_error_wherever_they_meet(combined):
    with pytest.raises(UnitError, match=r"unlike units|are in the unit"):
        combined()


@pytest.mark.parametrize(
    ("words", "unit", "typical"),
    [
        ("£419m", "GBP", between("418.5e6", "419.5e6")),
        ("C$12m", "CAD", between("11.5e6", "12.5e6")),
        ("N47.4 trillion", "NGN", between("47.35e12", "47.45e12")),
        ("an estimated $10 billion to $60 billion", "USD", between("9.5e9", "63e9")),
        ("6 per cent", "percent", between("0.055", "0.065")),
        ("91.69%", "percent", between("0.91685", "0.91695")),
        ("0.5 percentage points", "percentage point", between("0.0045", "0.0055")),
        ("5.3 km", "kilometre", between("5.25", "5.35")),
        ("magnitude 6", "magnitude", between("5.5", "6.5")),
        ("about 0.5 percent", "percent", between("0.004", "0.006")),
        ("about 2.5 km", "kilometre", between("2.375", "2.625")),
        ("at least 6%", "percent", between("0.06", inf)),
        ("between 5 and 7 km", "kilometre", between(5, 7)),
        ("a third", "percent", None),
        ("0%", "percent", between(0, "0.005")),
        ("half as many", "percent", between("0.495", "0.505")),
        ("three times as many", "", between("2.85", "3.15")),
        ("nearly halved", "", between("0.5", Fraction(5, 9), "right")),
        ("more than halved", "", between(0, "0.5", "left")),
        ("nobody", "person", between(0, 0)),
        ("5 in 1,000 births", "percent", between("0.0045", "0.0055")),
        ("5 per mille", "percent", between("0.0045", "0.0055")),
        ("5 litres per person per day", "litre per day per person", between("4.75", "5.25")),
        ("12 per head", "per person", between(12, 12)),
        ("40 per square kilometre", "per square kilometre", between(40, 40)),
        ("82 per 100,000 people", "per 100000 people", between("81.5", "82.5")),
        ("1,100 people a week", "person per week", between(1100, 1100)),
    ],
)
def test_a_phrase_brings_its_unit_and_its_precision(words, unit, typical):
    number = said(words)
    assert number.unit.name(plural=False).replace(",", "") == unit
    assert typical is None or number.typical == typical
    again = pickle.loads(pickle.dumps(number))
    assert (again.bounds, again.unit, again.cautions) == (number.bounds, number.unit, number.cautions)


def test_shares_end_at_all_and_points_make_a_level_again():
    assert (1 - said("at least two-thirds")).says() == "at most 33.4%"
    assert (1 - said("less than 1%")).says() == "more than 99 and at most 100%"
    assert (percent(60) - percent(40) + percent(40)).says() == "60%"
    assert (percent(60) - said("40%") + said("40%")).says() == "59 to 61%"
    assert ((percent(40) + percent(40)) / 2).says() == "40%"
    assert (said("4.8%") - said("0.3 percentage points")).unit.name() == "percent"
    assert (said("4.8%") - said("4.5%")).unit.name() == "percentage points"


@pytest.mark.parametrize(
    ("product", "says"),
    [
        (lambda: said("40%") * 200, "79 to 81"),
        (lambda: 200 * said("at least a third"), "66.6 to 200"),
        (lambda: said("half") * 10, "4.95 to 5.05"),
        (lambda: said("6 per cent") * said("200 boats"), "11 to 13"),
        (lambda: said("at least a third") * said("900 boats"), "300 to 900"),
        (lambda: said("2%") * 12, "18 to 30%"),
        (lambda: said("half") / 2, "24.7 to 25.3%"),
        (lambda: said("120 percent") * 2, "239 to 241%"),
    ],
)
def test_a_share_of_a_number_is_a_number(product, says):
    assert product().says() == says
    assert product().unit.is_fraction == says.endswith("%")


def test_a_share_of_a_number_is_compared_with_numbers():
    assert (said("40%") * 200 > 50).verdict == HOLDS


@given(numerator=st.integers(1, 9), denominator=st.integers(2, 10), whole=st.integers(1, 10**6))
def test_a_fraction_in_words_is_the_fraction(numerator, denominator, whole):
    """A third is kept as 33.333333333 and is a third: of 900 it is 300."""
    number = said(f"{min(numerator, denominator - 1)} in {denominator} voters")
    meant = Fraction(min(numerator, denominator - 1), denominator)
    assert number.digits == Bounds(meant)
    assert (number * whole).digits == Bounds(meant * whole)


@pytest.mark.parametrize(
    "words",
    ["fell by 10 per cent", "down 10 per cent", "a fall of 10 per cent", "10 per cent lower", "lost 10%"],
)
def test_what_falls_is_negative(words):
    number = said(words)
    assert number.typical == between("-0.105", "-0.095")
    assert (number < 0).verdict == HOLDS
    assert (percent(60) + said("down 5 percentage points")).says() == "54.5 to 55.5%"
    assert compatible(said("36,000") / said("40,000") - 1, number).verdict == HOLDS


@pytest.mark.parametrize("words", ["rose by 10 per cent", "fell to 10 per cent", "10 per cent"])
def test_what_rises_or_is_reached_is_not(words):
    assert said(words).typical == between("0.095", "0.105")


@pytest.mark.parametrize("words", ["500 g", "30 kelvin", "2 t", "12 kn"])
def test_a_unit_that_is_not_read_is_an_error(words):
    """It would vanish: 500 g would be more than 1 kg."""
    with pytest.raises(UnitError, match="is not read as a unit"):
        said(words)
    assert said(words, unit="gram").unit.name() == "grams"


@pytest.mark.parametrize(
    "part", ["most of the", "Some of its", "few of the", "a number of the", "part of the"]
)
def test_a_part_of_a_number_is_not_the_number(part):
    with pytest.raises(ValueError, match="is the whole"):
        said(f"{part} 40 flats")
    assert said("all of the 40 flats").digits == said("none of the 40 flats").digits + 40


def test_degrees_are_of_one_scale():
    with pytest.raises(UnitError, match="degree Fahrenheit"):
        _ = said("104F") > said("41C")
    assert (said("104F") > said("100 degrees Fahrenheit")).verdict == HOLDS


@pytest.mark.parametrize(
    ("words", "says"),
    [("261.8p", "261.8"), ("13.24 %", "13.24%"), ("£250,000", "250,000"), ("6%", "5.5 to 6.5%")],
)
def test_a_number_is_printed_as_it_was_said(words, says):
    assert said(words).says() == says


@pytest.mark.parametrize(
    ("words", "kind"), [("500 feared dead", "fear"), ("will fall to 120.5 percent", "forecast")]
)
def test_what_is_only_feared_or_foreseen_says_so_in_every_result(words, kind):
    number = said(words)
    for result in (
        number,
        number * 2,
        -number,
        number - number,
        number >= number,
        said(words).to(str(number.unit)),
    ):
        assert [c.kind for c in result.cautions if c.kind == "standing"] == ["standing"]
        assert any(kind in text for c in result.cautions for text in c.about)


@pytest.mark.parametrize("words", ["could reach 500", "up to 500 could die", "may be 20"])
def test_arithmetic_with_what_commits_to_nothing_is_refused(words):
    with pytest.raises(ValueError, match="commits the speaker to nothing"):
        said(words)


@given(
    number=st.integers(1, 999),
    decimals=st.integers(0, 3),
    unit=st.sampled_from(["km", "miles", "tonnes", "litres", "%", "mph", "hectares", "percentage points"]),
)
def test_a_measured_number_is_off_by_half_its_last_digit_at_most(number, decimals, unit):
    written, last = Fraction(number, 10**decimals), Fraction(1, 10**decimals)
    one = said(f"{float(written):.{decimals}f} {unit}")
    exact = Fraction(one.digits.exact_lower)
    off = last / 2 if unit.startswith(("%", "percent")) else min(last / 2, written / 20)
    is_round = not (decimals or number % 10 or unit.startswith(("%", "percent")))
    for bounds in (one.typical,) if is_round else (one.typical, one.cautious):
        assert bounds == Bounds(*(exact * (written + end) / written for end in (-off, off)))


@pytest.mark.parametrize(("one", "other"), [("45 degrees", "40 °C"), ("104 °F", "40 degrees Celsius")])
def test_degrees_of_two_scales_are_not_ordered(one, other):
    with pytest.raises(UnitError, match="degree Celsius"):
        _ = said(one) > said(other)
