"""Kinds of numbers of real text that were read wrong once: names, ages, scales, currencies, denials."""

import pytest

from reported.prose import find


def quantities(text: str) -> list[tuple[str, int | float | None, str]]:
    """The numbers read without a doubt: qualifier, value, unit."""
    return [
        (p.qualifier, None if p.value is None else float(p.value), p.unit)
        for p in find(text)
        if p.is_quantity and not p.doubt
    ]


def doubts(text: str) -> list[str]:
    return [p.doubt for p in find(text) if p.doubt]


@pytest.mark.parametrize(
    "text",
    [
        "The planet HD 20718b was found.",
        "He threw a four-seam fastball.",
        "She hit a six off the last ball and scored it an eight.",
        "Airlines parked the 737 MAX 8 planes.",
        "It needs Lumen 3.11 and runs there.",
        "The paper is doi:10.1000/kato77.",
        "He took the number-three job.",
        "A one-dimensional view and a one-liner were not enough.",
        "She won the -62kg final.",
        "One never knows what one needs.",
        "Whether one cares or not, it ended.",
        "It was a quarter during which sales rose.",
    ],
)
def test_names_shots_and_pronouns_count_nothing(text):
    assert quantities(text) == []
    assert doubts(text) == []


def test_half_centuries_are_no_halves():
    assert quantities("He made two half-centuries in six Tests.") == [("exact", 2, ""), ("exact", 6, "test")]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("The brothers, ages 49 and 43, died.", [49, 43]),
        ("The boys, aged 4, 7 and 12, were found.", [4, 7, 12]),
        ("When she was 11, her father left, and she was 13 when he died.", [11, 13]),
        ("He was eleven when it began.", [11]),
        ("She would have turned 15.", [15]),
        ("He is already 88, she was just 15.", [88, 15]),
    ],
)
def test_ages_in_lists_and_of_somebody_then_are_ages(text, ages):
    assert [p.value for p in find(text)] == ages
    assert {p.kind for p in find(text)} == {"age"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Boys aged 5 and 12 others left.", [("exact", 12, "person")]),
        ("Women 65 and older may apply.", [("at least", 65, "year")]),
        ("It was 75 degrees Fahrenheit at noon.", [("exact", 75, "degree Fahrenheit")]),
        ("It was 40°F at noon.", [("exact", 40, "degree Fahrenheit")]),
        (
            "Temperatures of 40C (104F) have caused fires.",
            [("exact", 40, "degree Celsius"), ("exact", 104, "degree Fahrenheit")],
        ),
        ("It was 103F in Lumo.", [("exact", 103, "degree Fahrenheit")]),
        ("It was 24 degrees Celsius at noon.", [("exact", 24, "degree Celsius")]),
        ("It is a two-hour 26-minute film.", [("exact", 146, "minute")]),
        ("They moved 678,000 of these across borders.", [("exact", 678_000, "")]),
        ("It costs almost five times Kato's per capita output.", [("nearly", 5, "")]),
        (
            "He swam the 5,000m alongside two Kato swimmers.",
            [("exact", 5000, "metre"), ("exact", 2, "person")],
        ),
        ("The house sold for eight figures.", [("between", 10_000_000, "")]),
        ("It works when one boat moves.", [("exact", 1, "")]),
    ],
)
def test_a_number_has_the_unit_that_is_said_of_it(text, found):
    assert quantities(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "They lose 20 seats at best.",
        "At worst, 30 boats are lost.",
        "He didn't score 30 points in any game.",
        "They have never won 12 seats.",
        "They paid 500 rupees each.",
        "The bail was 200 francs.",
        "It cost Rs 500.",
    ],
)
def test_what_is_denied_an_extreme_or_of_no_country_is_in_doubt(text):
    assert quantities(text) == []
    assert len(doubts(text)) == 1


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("In Norway it cost 300 kroner.", "NOK"),
        ("In Switzerland the bail was 200 francs.", "CHF"),
        ("It cost Rs 5 crore.", "INR"),
        ("It cost 40 yen.", "JPY"),
        ("It cost 40 dollars.", "USD"),
    ],
)
def test_a_country_that_is_named_settles_its_currency(text, unit):
    assert [p[2] for p in quantities(text)] == [unit]


def test_a_range_of_money_has_its_size_once():
    assert quantities("They paid $5 to 10m for it.") == [("between", 5e6, "USD")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He went 5 for 17 from the field and scored 12 points.", [("exact", 12, "point")]),
        ("Lumo were 97 for 1 at lunch.", []),
        ("The Hawks are 0-7 on the road this season.", []),
        ("They fell to 3-9 overall and 1-5 in the league.", []),
        ("The match ended 2-all.", []),
        ("They led by 9 points after three quarters.", [("exact", 9, "point"), ("exact", 3, "quarter")]),
        ("They sold 5 for 17 dollars.", [("exact", 5, ""), ("exact", 17, "USD")]),
        ("The team bought 10-15 boats.", [("between", 10, "boat")]),
        ("It lasted three quarters of an hour.", [("exact", 0.75, "hour")]),
    ],
)
def test_results_of_sport_count_nothing(text, found):
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is a 2-in-1 of 1280x800 dots with 14in of glass.", [("exact", 14, "inch")]),
        ("He was convicted on counts 3 through 7.", []),
        ("The wreck is at 48°51'N 2°21'E.", []),
        ("They spoke for this minute and a half.", [("exact", 1.5, "minute")]),
        ("They declared 2014 Kato's Year of Reading.", []),
        ("The yard has ISO 9002 certificates.", []),
        ("They won one nil.", []),
        ("He is a class three offender.", []),
        ("She led on lap 44 of 57.", []),
        ("Roe won over 200m and over seven furlongs.", [("exact", 200, "metre"), ("exact", 7, "furlong")]),
        ("The road runs over 200 miles.", [("more than", 200, "mile")]),
    ],
)
def test_labels_places_and_lengths_of_races(text, found):
    assert quantities(text) == found


def test_a_loose_point_and_a_time_without_something_are_told():
    assert doubts("It is growing at 2. 4% a year.")
    assert quantities("Episodes 1-10 of Kato Days will air.") == []
    assert quantities("They have not seen her in over two years.") == [("more than", 2, "year")]
    assert doubts("Nobody won by more than 20 votes.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A slide closed a section of U.S. 129 affected by rain.", []),
        ("It happened on U.S. 53 at the county line.", []),
        ("It hit the 1200 block of Maple Street near mile marker 63.", []),
        ("The road is shut between mile markers 305 and 307 until Monday.", []),
        ("They offered a $6,500-per-day incentive.", [("exact", 6500, "USD per day")]),
        (
            "It is up to 12 U.S. senators and 3 US soldiers.",
            [("up to", 12, "person"), ("exact", 3, "person")],
        ),
    ],
)
def test_roads_and_blocks_are_labels_and_a_rate_may_be_hyphenated(text, found):
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mix 1-1/2 cups of flour with 14 g of salt.", [("exact", 1.5, "cup"), ("exact", 14, "gram")]),
        ("A 100 g serving has 52 kcal.", [("exact", 100, "gram"), ("exact", 52, "kilocalorie")]),
        ("Wheat rose to $5.92-3/4 a bushel.", []),
        ("They seized $100m and 14 boats.", [("exact", 1e8, "USD"), ("exact", 14, "boat")]),
        ("The 9.30 ferry is late.", []),
        ("The car has 190bhp.", [("exact", 190, "horsepower")]),
        ("Four days after the 6.8 quake it rained.", [("exact", 4, "day"), ("exact", 6.8, "magnitude")]),
        ("Use a cream of factor 30 or higher.", []),
    ],
)
def test_measures_of_kitchens_markets_and_timetables(text, found):
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They faced a 3-to-3 deadlock after a 1-3 mark.", []),
        ("Roe doubled off the wall and hit a triple.", []),
        ("He hopes to melt off eight pounds.", [("exact", 8, "lb")]),
        ("She made one second-half appearance.", [("exact", 1, "")]),
        ("The bond rose about 1/4 point.", [("about", 0.25, "point")]),
        (
            "Feed 2 milligrams per pound and 10 grams per 100 pounds of it.",
            [("exact", 2, "milligram per lb"), ("exact", 10, "gram per 100 lb")],
        ),
        ("Land costs two and half thousand dollars.", [("exact", 2500, "USD")]),
        ("Lumo Buys Two-Thirds of Its Beans as 2025 Closes", [("exact", 66.666666667, "percent")]),
        ("Kato Shares Hit Five-Year Low", [("exact", 5, "year")]),
        ("It began before the Six-Day War of that year.", []),
        ("Kato Firm Seeks $2 Billion HK Listing", [("exact", 2e9, "USD")]),
        ("S&amp;P 500 Hits Mark as Big Three Firms Gain", []),
        ("Drill the holes as shown in Fig. 7 now.", []),
        ("A slide closed US 24 two miles east of US 89T.", [("exact", 2, "mile")]),
        ("The navy of division four saw a fire at about 6 last night.", []),
        ("The rain passes over one area.", []),
        (
            "It took over one year and over one million dollars.",
            [("more than", 1, "year"), ("more than", 1e6, "USD")],
        ),
        ("It fell to #118 million.", [("exact", 118e6, "")]),
        ("They sell it at $125 a bottle.", [("exact", 125, "USD per bottle")]),
        ('"One theory is that they sank on chromosome 1 in the final 16," she said.', [("exact", 1, "")]),
        ("'He swam': Boy, 13, swims for hours", []),
        (
            "The 200m individual medley champion has the 100m and 200m world records.",
            [("exact", 200, "metre"), ("exact", 100, "metre"), ("exact", 200, "metre")],
        ),
        ("It cost 5.000 € or €1.500, and closed at $62.625.", [("exact", 62.625, "USD")]),
        ("They want peace within a two-state deal.", [("exact", 2, "")]),
        ("It lies within a two-mile strip.", [("up to", 2, "mile")]),
        ("She had three wounds and possibly a fourth to the head.", [("exact", 3, "wound")]),
        ("13 News says that net zero by 2050 and sub-zero cold end at the 9 mile marker.", []),
        ("Kato Events Foreshadow 2026 Risks", []),
        (
            "It may raise tariffs on cars of Lumo from 10 percent to 25 percent.",
            [("exact", 10, "percent"), ("exact", 25, "percent")],
        ),
        ("It comes in the back half of the year.", []),
        (
            "They spend $975 a month on food, and $5 a day and £9 a week.",
            [("exact", 975, "USD per month"), ("exact", 5, "USD per day"), ("exact", 9, "GBP per week")],
        ),
        ("Kato were bowled out, Roe taking five for 43.", []),
        (
            "They got 10, 12 and 15 years.",
            [("exact", 10, "year"), ("exact", 12, "year"), ("exact", 15, "year")],
        ),
        ("Roast at gas 6 and leave between junctions 10 and 11.", []),
        ("It is $1.99/lb, up 20¢.", [("exact", 1.99, "USD per lb"), ("exact", 20, "cent")]),
        ("The index added 1.01 to 456.64 today.", [("exact", 1.01, ""), ("exact", 456.64, "")]),
        ("They added 5 to 10 boats.", [("between", 5, "boat")]),
        (
            "This brings the number of those known to have died in the fire and in what came of it to 24.",
            [("exact", 24, "")],
        ),
        ("The figure doubled in a year, to double the sum of May.", [("exact", 2, ""), ("exact", 2, "")]),
    ],
)
def test_hits_deadlocks_and_halves_of_a_match(text, found):
    assert quantities(text) == found


def test_both_ends_of_a_range_of_metres_or_millions_are_read_alike():
    assert [(p.value, p.value_to, p.unit) for p in find("about 10m to 20m people")] == [
        (10**7, 2 * 10**7, "person")
    ]
    assert [(p.value, p.value_to, p.unit) for p in find("walls 10m to 20m high")] == [(10, 20, "metre")]
    (phrase,) = find("a 2m-3m prize")
    assert phrase.readings == (("between", 2 * 10**6, 3 * 10**6), ("between", 2, 3))
