"""One cell of a column: the kinds of words that coders type, and what leaves them open."""

import itertools
import math

import pytest

from reported.columns.cell import DOUBT, NO_NUMBER, NOT_COVERED, READ, SEVERAL, STATUSES
from reported.columns.cells import explain
from reported.intervals.bounds import Bounds

INF = math.inf


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("none", Bounds(0)), ("nil", Bounds(0)), ("No casualties", Bounds(0)), ("no one", Bounds(0)),
        ("0", Bounds(0)), ("zero", Bounds(0)), ("no dead or injured", Bounds(0)), ("dozens", Bounds(24, INF)),
        ("50+", Bounds(50, INF)), (">50", Bounds(51, INF)), ("about 5", Bounds(4, 6)), (" 1,250 ", Bounds(1250)), ("12 (est.)", Bounds(11, 13)),
        ("200-300+", Bounds(200, INF)), ("50 +", Bounds(50, INF)), ("Hundreds (est.)", Bounds(200, INF)),
        ("between eight and more than 30", Bounds(8, INF)), ("1000s", Bounds(2000, INF)), ("1990", Bounds(1990)),
    ],
)  # fmt: skip
def test_one_number(words, bounds):
    cell = explain(words)
    assert (cell.status, cell.bounds) == (READ, bounds)


@pytest.mark.parametrize("words", ["", " ", "unknown", "n/a", "-", "—", "?", "not known", "no data", "number unclear", "a crowd", "N/A"])  # fmt: skip
def test_no_number(words):
    cell = explain(words)
    assert (cell.status, cell.bounds) == (NO_NUMBER, None)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("organisers 3,000; police 830", Bounds(830, 3000)),
        ("3,000; police 830", Bounds(830, 3000)),
        ("police 830; 3,000", Bounds(830, 3000)),
        ("army 60 killed; rebels 70 dead", Bounds(60, 70)),  # one fate in two words
        ("police say 40, the union 'more than 100'", Bounds(40, INF)),
        ("95 total (north 30, south 65)", Bounds(95)),
        ("300, including 20 women", Bounds(300)),
        ('between 80 and "over 200"', Bounds(80, INF)),
        ("hundreds of thousands to 1.4 million", Bounds(200_000, 1_400_000)),
        ("> 50 < 100", Bounds(51, 99)),
    ],
)  # fmt: skip
def test_several_statements(words, bounds):
    cell = explain(words)
    assert (cell.status, cell.bounds) == (SEVERAL, bounds)
    assert all(digits in cell.reason for digits in words.split() if digits.isdigit())


def test_the_statement_in_the_column_s_unit_is_read():
    cell = explain("one convoy (1,200 pilgrims)", unit="person", also=frozenset(["pilgrim"]))
    assert (cell.status, cell.bounds, cell.unit) == (SEVERAL, Bounds(1200), "person")


@pytest.mark.parametrize(
    "words",
    [
        "3 killed, 12 wounded", "500 and 300", "95 total (north 30, south 60)", "20, including 300 women", "150?",
        "hunderds", "500 (unconfirmed)", "50 ±", "is expected to reach 900",
        "could reach 5,000", "none reported", "10-May", "12.345", "mehr als 500 Menschen und",
        "police 60 dead; hospital 30 injured", "police counted 40 AND 60", "40 by police while 60 sang; 20 danced",
    ],
)  # fmt: skip
def test_in_doubt(words):
    cell = explain(words)
    assert (cell.status, cell.bounds) == (DOUBT, None)
    assert cell.reason


def test_another_unit_than_the_column_s_is_in_doubt():
    assert explain("30 tanks", unit="person").status == DOUBT
    assert explain("about 100 taxis", unit="person").status == DOUBT
    assert explain("30 tanks", unit="person", also=frozenset(["tank"])).status == READ


def test_words_without_digits_are_not_covered_by_digits_alone():
    assert explain("dozens", reading="digits").status == NOT_COVERED
    assert explain("40", reading="digits").status == READ


PIECES = [
    "3",
    "1,500",
    "2000",
    "about",
    "dozens",
    "two",
    "and",
    ";",
    "(",
    ")",
    "?",
    "%",
    "police",
    "over",
    "May",
    "-",
    "§7",
]


def test_no_digit_is_lost_in_silence():
    """Whatever is typed, a cell with a digit is read, or says why not."""
    for pieces in itertools.product(PIECES, PIECES, ("", ";", "2000")):
        words = " ".join(pieces)
        cell = explain(words)
        assert cell.status in STATUSES, words
        assert (cell.bounds is not None) == (cell.status in (READ, SEVERAL)), words
        if any(character.isdigit() for character in words):
            assert cell.status != NO_NUMBER, words


NUMBERS = (
    "12",
    "120",
    "911",
    "999",
    "1999",
    "2,000",
    "12,500",
    "12500",
    "12,000",
    "007",
    "1,20,000",
    "100,000",
)
ONE = ("{}", "about {}", "{}+", ">{}", "{} people", "on 5 May {}", "{} or more", "Article {}", "-{}", "{}th", "{}%", "${}")  # fmt: skip
TWO = ("{} to {}", "between {} and {} people", "police {}; organisers {}", "{} or {}", "{}-{}", "from {} up to {}", "{} total (of {})", "rose from {} to {}", "up by {} to {}")  # fmt: skip


def test_cells_that_differ_in_numbers_alone_are_read_as_each_would_be_by_itself():
    from reported.columns import cells

    texts = [form.format(number) for form in ONE for number in NUMBERS]
    texts += [form.format(*pair) for form in TWO for pair in itertools.permutations(NUMBERS, 2)]
    alone = {}
    for text in texts:
        cells._forms.clear()
        alone[text] = explain(text)
    cells._forms.clear()
    for text in (*texts, *reversed(texts)):
        assert explain(text) == alone[text], text
    assert cells._forms


def test_a_codebook_that_is_conservative_codes_one_number():
    for words in ("40 to 60", "organisers 300; police 200", "hundreds", "at least 40"):
        assert explain(words, reading="acled").bounds.is_exact, words
    assert explain("organisers 300; police 200", reading="ccc").bounds == Bounds(200, 300)
    assert explain("scores", reading="acled").status == NOT_COVERED


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("40 ± 5", Bounds(35, 45)), ("40 +/- 5", Bounds(35, 45)), ("a good dozen", Bounds(12, INF)),
        ("quarter of a million", Bounds(250_000)), ("appx 130", Bounds(124, 136)), ("est 130", Bounds(124, 136)),
        ("50 upwards", Bounds(50, INF)), ("1,5 Mio", Bounds(1_500_000)), ("ten (10)", Bounds(10)),
        ("two (2) persons", Bounds(2)), ("hundreds (300-400)", Bounds(300, 400)), ("thousands (5,001)", Bounds(5001)),
        ("300 (police), 1000 (organizers)", Bounds(300, 1000)), ("several 1000s", Bounds(2000, INF)),
        ("several hundred thousands", Bounds(200_000, INF)), ("more than 200 campaigners", Bounds(201, INF)),
    ],
)  # fmt: skip
def test_forms_of_other_tables(words, bounds):
    assert explain(words, unit="person").bounds == bounds


@pytest.mark.parametrize(
    "words", ["no reporrt", "3 score", ",300", "to 50", "from 50 up", "12 (11)", "hundreds (50)"]
)
def test_what_may_have_lost_a_part_is_in_doubt(words):
    assert explain(words).status == DOUBT


def test_a_duration_and_a_temperature_keep_their_units():
    assert explain("18 mos").unit == "month"
    assert explain("30 °C").unit == explain("30ºC").unit == "degree Celsius"


@pytest.mark.parametrize(
    ("words", "qualifier", "lower", "upper"),
    [
        ("3 hours+", "at least", 180, INF), ("30 min +", "at least", 30, INF), ("5 minutes plus", "at least", 5, INF),
        ("5 - 10 minutes plus", "at least", 5, INF), ("+/- 15 minutes", "about", 14, 16), ("+/-15 minutes", "about", 14, 16),
        ("10 min+-", "about", 9, 11), ("approx: 25 minutes", "about", 23.75, 26.25), ("aprox. 20 minutes", "about", 19, 21),
        ("2 min. approx", "about", 1, 3), ("an hour", "exact", 57, 63), ("a minute or less", "up to", 0, 1),
        ("couple of minutes", "a couple", 2, INF), ("2 hr. 30 min.", "exact", 149.5, 150.5), ("1/4 hour", "exact", 14.25, 15.75),
        ("45 sec to 1 min", "between", 0.75, 1), ("thirty seconds-one minute", "between", 0.5, 1), ("over an hour", "more than", 60, INF),
    ],
)  # fmt: skip
def test_a_duration_as_people_type_it(words, qualifier, lower, upper):
    cell = explain(words, unit="minute")
    assert cell.bounds is not None, cell
    assert (cell.bounds.lower, cell.bounds.upper) == (
        pytest.approx(lower, abs=0.06),
        pytest.approx(upper, abs=0.06),
    )
    assert cell.qualifier == qualifier


@pytest.mark.parametrize(
    "words",
    [
        "15/20 minutes", "5/7 min", "5 mn", "-5 minutes", "a few minutes", "2 maybe 3 min", "few seconds", "5 kg", ":45", "10 sek", "1 houra", "1 full second",
    ],
)  # fmt: skip
def test_a_duration_that_may_be_two_is_in_doubt(words):
    assert explain(words, unit="minute").status == "in doubt"


def test_a_unit_that_converts_is_read_in_the_unit_of_the_column():
    assert explain("at least 5 miles", unit="kilometre").bounds.lower == pytest.approx(8.04672)
    assert explain("5 miles", unit="person").status == "in doubt"
    assert explain("£5m", unit="USD").status == "in doubt"


@pytest.mark.parametrize(
    ("words", "unit", "lower", "upper"),
    [
        ("1200 m", "metre", 1199.5, 1200.5),
        ("1500-2000m", "metre", 1500, 2000),
        ("above 1600 m", "metre", 1600, float("inf")),
        ("1400 masl", "metre", 1399.5, 1400.5),
        ("5m", "person", 5_000_000, 5_000_000),
    ],
)
def test_the_unit_of_the_column_says_whether_m_is_million_or_metres(words, unit, lower, upper):
    cell = explain(words, unit=unit)
    assert (cell.status, cell.bounds.lower, cell.bounds.upper) == (READ, lower, upper)


@pytest.mark.parametrize(("words", "unit"), [("1200 m", ""), ("1.250 m", "metre"), ("2-5m", "person")])
def test_where_it_does_not_the_cell_is_in_doubt(words, unit):
    assert explain(words, unit=unit).status == DOUBT


@pytest.mark.parametrize(
    ("text", "unit", "lower", "upper"),
    [
        ("over 90", "minute", 90, INF),
        ("over 90", "USD", 90, INF),
        ("over 90", "person", 91, INF),
        ("less than 2", "percent", 0, 2),
        ("30", "minute", 29.5, 30.5),
        ("30", "person", 30, 30),
        ("30 s", "", 29.5, 30.5),
        ("below 1 degree", "", -INF, 1),
        ("up to 5 degrees", "", -INF, 5),
        ("five figures", "", 10_000, 99_999),
    ],
)
def test_a_bare_number_is_of_the_kind_of_its_unit(text, unit, lower, upper):
    """Minutes and money have parts, degrees go below zero, people do neither."""
    cell = explain(text, unit=unit)
    assert (cell.status, cell.bounds.lower, cell.bounds.upper) == (READ, lower, upper)


@pytest.mark.parametrize("text", ["none at all", "none killed", "almost none", "nothing", "a pair", "zilch"])
def test_a_nought_or_a_pair_in_other_words_is_not_missing_in_silence(text):
    assert explain(text).status == DOUBT


@pytest.mark.parametrize(
    ("words", "unit", "lower", "upper"),
    [
        ("Blue ray, 6'", "foot", 5.7, 6.3),
        ("15' to 16'", "foot", 15, 16),
        ("12' to 14'9\"", "inch", 144, 177),
        ("90'", "minute", 89.5, 90.5),
        ("2.13 m ray", "metre", 2.125, 2.135),
        ("20 sq m", "square metre", 19.5, 20.5),
        ("20 sqm", "square metre", 19.5, 20.5),
        ("1 1/2 in", "inch", 1.45, 1.55),
        ("5.2 L", "litre", 5.15, 5.25),
        ("500 t", "ton", 499.5, 500.5),
        ("half an hour", "hour", 0.475, 0.525),
        ("₹2.5 Cr", "INR", 24.5e6, 25.5e6),
        ('68" ray', "inch", 67.5, 68.5),
        ("1'234", "", 1234, 1234),
        ("120Sq. Yards", "square yard", 119.5, 120.5),
    ],
)
def test_marks_of_feet_and_inches_are_units(words, unit, lower, upper):
    cell = explain(words, unit=unit)
    assert cell.unit == unit
    assert (float(cell.bounds.lower), float(cell.bounds.upper)) == pytest.approx((lower, upper))


def test_a_mark_without_a_unit_and_a_price_from_somewhere_are_in_doubt():
    assert [explain(words).status for words in ("6'", '68"', "from $20", "rays x 3")] == [DOUBT] * 4
    assert explain("5'30\"", unit="minute").status == DOUBT


@pytest.mark.parametrize("words", ["1.2 m (4 ft)", "1.2 m [4']", "1.2 m [4'], it was said"])
def test_a_measure_that_is_said_again_in_another_unit_is_one(words):
    assert explain(words, unit="metre").bounds == explain("1.2 m", unit="metre").bounds
    assert explain("1.2 m (14 ft)", unit="metre").status == DOUBT
    assert explain("2m-3m", unit="metre").bounds == Bounds(2, 3)


def test_a_share_beside_a_number_is_passed_in_a_column_of_something_else():
    assert explain("5–8 million (40% of the people)", unit="person").bounds == Bounds(5_000_000, 8_000_000)
    assert explain("5–8 million (40% of the people)").status == DOUBT
    assert explain("1+ (503 cases)", unit="person").status == DOUBT


def test_no_time_at_all_is_a_time():
    assert explain("0 minutes", unit="minute").bounds == Bounds(0, 0.5)


def test_a_million_is_rounded_to_the_last_digit_of_its_millions():
    assert explain("1.2 m", unit="EUR").bounds == Bounds(1_150_000, 1_250_000)


def test_a_number_in_doubt_keeps_the_unit_that_its_words_name():
    cell = explain("expected to reach 50 boats")
    assert (cell.status, cell.unit) == (DOUBT, "boat")


@pytest.mark.parametrize("text", ["5 kt", "1,200 GRT", "FRF 25,000,000", "40 K", "3 hd", "DEM 3,000"])
def test_letters_alone_beside_a_number_are_not_dropped(text):
    cell = explain(text)
    assert cell.status == "in doubt"
    assert "a unit, a currency or a size?" in cell.reason


def test_in_a_column_of_people_capitals_beside_a_number_are_who_they_are():
    assert [explain(text, unit="person").status for text in ("200 NYPD", "40 ppl", "40 K")] == [
        "read",
        "read",
        "in doubt",
    ]
