"""The forms of real columns, notes and news, by kind: sizes, marks, noughts, ages, rates, windows, standings, changes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.prose import Phrase, find, parse


def quantities(text: str, **options: bool | str) -> list[Phrase]:
    return [phrase for phrase in find(text, **options) if phrase.is_quantity]  # type: ignore[arg-type]


SIZES = [
    ("1000s", "thousands"), ("100s", "hundreds"), ("1,000s", "thousands"), ("100's", "hundreds"), ("1000S", "thousands"),
    ("10s", "tens"), ("10s of thousands", "tens of thousands"), ("100s of thousands", "hundreds of thousands"),
    ("100s-1000s", "hundreds"), ("tens", "tens"), ("scores", "scores"), ("low thousands", "thousands"),
    ("mid-hundreds", "hundreds"), ("high hundreds", "hundreds"), ("several thousand", "thousands"), ("a few hundred", "hundreds"),
    ("hundreds to thousands", "hundreds"), ("dozens or even hundreds", "dozens"), ("10,000s", "tens of thousands"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "qualifier"), SIZES)
@pytest.mark.parametrize("behind", ["", " of marchers", " marchers"])
def test_a_size_in_digits_or_words_is_a_size(words, qualifier, behind):
    found = parse(f"{words}{behind}", column=True)
    assert (found.qualifier, found.value) == (qualifier, None)


CELLS = [
    ("2000", "exact", 2000, None), ("about 2000", "about", 2000, None), (">2000", "more than", 2000, None),
    ("1500+", "at least", 1500, None), ("1500-2000", "between", 1500, 2000), ("< 1600", "less than", 1600, None),
    (">=50", "at least", 50, None), ("<=50", "up to", 50, None), ("≥ 50", "at least", 50, None), ("⩾50", "at least", 50, None),
    ("⩽50", "up to", 50, None), ("∼50", "about", 50, None), ("≈50", "about", 50, None), ("+50", "at least", 50, None),
    ("150?", "?", None, None), ("min 5", "at least", 5, None), ("min. 5", "at least", 5, None), ("max. 20", "up to", 20, None),
    ("roughly, 4", "about", 4, None), ("greater than or equal to 9", "at least", 9, None), ("200-100+", "?", None, None),
    ("none", "exact", 0, None), ("nil", "exact", 0, None), ("no casualties", "exact", 0, None), ("0", "exact", 0, None),
    ("zero", "exact", 0, None), ("nobody", "exact", 0, None), ("no new cases", "exact", 0, None), ("no deaths", "exact", 0, None),
    ("1.5M", "exact", 1_500_000, None), ("20K", "exact", 20_000, None), ("3-5", "between", 3, 5), ("2,000", "exact", 2000, None),
    ("UN 2000", "exact", 2000, None), ("nearer 50,000 than 12,000", "?", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "qualifier", "value", "value_to"), CELLS, ids=lambda value: str(value))
def test_a_cell_of_a_column_is_a_number(words, qualifier, value, value_to):
    found = quantities(words, column=True)
    if qualifier == "?":  # not one number without a doubt
        assert len(found) > 1 or found[0].doubt
        return
    assert [(p.qualifier, p.value, p.value_to, p.doubt) for p in found] == [(qualifier, value, value_to, "")]


@given(st.integers(1000, 2999), st.sampled_from(["{}", "about {}", "{}+", "> {}", "{} people", "some {}"]))
def test_no_number_of_a_column_is_a_year(number, pattern):
    assert parse(pattern.format(number), column=True).value == number


@pytest.mark.parametrize("words", ["in 2014", "since 2014", "5 May 2014", "12:30"])
def test_words_still_make_a_date_in_a_column(words):
    assert quantities(words, column=True) == []


NOUGHTS = [
    ("None of the 12 miners survived.", 0, 12), ("Not a single one of the 40 flats was sold.", 0, 40),
    ("Not one of the 40 flats was sold.", 0, 40), ("Nobody was hurt.", 0, None), ("No one was killed in the fire.", 0, None),
    ("Not a single one was handed over.", 0, None), ("Not one was returned.", 0, None), ("The district had no new cases.", 0, None), ("Neither of the two boats came back.", 0, 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "of"), NOUGHTS)
def test_none_of_them_is_zero_of_the_whole(text, value, of):
    (found,) = quantities(text)
    assert (found.value, found.of, found.doubt) == (value, of, "")


def test_nothing_reported_may_not_be_nothing():
    (found,) = quantities("No further injuries were reported.")
    assert found.doubt
    assert found.readings == (("exact", Decimal(0), None),)


@pytest.mark.parametrize(
    "text", ["There is no doubt.", "None of that is true.", "No one knows.", "They have no idea.", "Not yet."]
)
def test_a_negation_that_counts_nothing_is_no_number(text):
    assert quantities(text) == []


AGES = [
    "Amira Doe (25) was wounded.", "Amira Doe, 34, was among the wounded.", "Amira Doe, 30, a clerk, died.",
    "A man aged 25 died.", "They named him as Abu Al-Doe (41).",
    "An 11-year-old was hurt.", "A 6-year-old boy was found.", "A six-month-old baby was found.", "A 78 Year Old Pilot Lands",
]  # fmt: skip


@pytest.mark.parametrize("text", AGES)
def test_the_age_of_somebody_counts_nothing(text):
    assert [phrase.kind for phrase in find(text)] == ["age"]


@pytest.mark.parametrize(
    "text", ["adults aged 18-24", "children between the ages of 10 and 17", "those aged 70 or older"]
)
def test_an_age_bracket_is_in_years_and_no_count(text):
    (found,) = quantities(text)
    assert (found.kind, found.unit) == ("measure", "year")


NOT_COUNTED = [
    "UPDATE 2-Ferry sinks off the cape", "In week 41, the clinic was full.", "According to 112, the road is shut.",
    "Neighbours called 911.", "on 29 JUNE 1998", "The place is at 31.2345, 34.5678.", "She won 6-3 3-6 6-2.", "at scrum-half", "She lost 6-7, 7-6, 7-6.", "They had a 1-10 season.", "He shot a four-under-par 67.",
    "The Orla 4 chip is out.", "The film Million Dollar Dog was shown.", "using the 802.11x protocol", "Lumo 7, Kato 6 (overtime)",
    "It shipped version 2.6 in the end.", "On day four, the pumps failed.", "He was 78.", "It fell in 360 B.C.", "a twice-yearly fair",
    "the last one he will get", "Neighbours of Lumo (2-12) won", "They won 42-to-12.", "He left school at 14.", "her 401(k) plan",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_marks_names_and_dates_count_nothing(text):
    assert quantities(text) == []


TIMES = ["in past 24 hours", "in the past 24 hours", "over past 3 days"]


@pytest.mark.parametrize("words", TIMES)
def test_past_before_a_time_is_no_qualifier(words):
    (found,) = quantities(f"{words} the river rose")
    assert (found.qualifier, found.doubt) == ("exact", "")


UNITS = [
    ("Up to 12,000 people a day are crossing.", "person per day"), ("The firm makes 1,100 a week.", "number per week"),
    ("There were 82 cases per 100,000 people.", "case per 100000 person"), ("Oil cost $80 a barrel.", "USD per barrel"),
    ("Prices rose 5 percent a year.", "percent per year"), ("They meet three times a week.", "time per week"),
    ("The 24-hour strike hit 1,700 trains.", "train"), ("In the past 24 hours 80 villages were flooded.", "village"),
    ("A magnitude 6 aftershock hit the coast.", "magnitude"), ("A 6.3-magnitude quake struck.", "magnitude"),
    ("He works 12 hours a day.", "hour per day"), ("The car did 90 mph.", "mile per hour"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_a_unit_is_what_the_number_counts_and_a_rate_says_for_what(text, unit):
    assert quantities(text)[-1].unit == unit


def test_a_day_after_is_no_rate():
    assert quantities("Police arrested 12 people a day after the march.")[0].unit == "person"


WINDOWS = [
    ("There were 29 cases in the three days to 4 May.", "3 day"), ("It sold 500 boats in the week to 7 December.", "1 week"),
    ("Thefts rose by 40 over the past 12 months.", "12 month"), ("80 villages were flooded in past 24 hours.", "24 hour"),
    ("In the past 24 hours, 80 villages were flooded.", "24 hour"), ("They lost 12 boats since May 2024.", "since 2024-05"),
    ("They lost 12 boats since 24 January 2022.", "since 2022-01-24"), ("They lost 12 boats in May.", ""),
    ("The city had 179 thefts in the end.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "window"), WINDOWS)
def test_the_time_that_a_number_is_over_is_its_window(text, window):
    assert {
        phrase.window for phrase in quantities(text) if phrase.unit not in ("day", "hour", "month", "week")
    } == {window}


STANDINGS = [
    ("Debt will fall to 120.5 percent of output.", ["forecast"]), ("The toll is feared to be above 500.", ["feared"]),
    ("More than 500 are feared dead.", ["feared"]), ("The firm wants to raise $5m.", ["target"]),
    ("There could be hundreds or even more than a thousand fighters.", ["possible", "possible"]),
    ("It is expected to cost $10 billion to $60 billion.", ["forecast"]), ("The firm sold 500 boats.", [""]),
    ("It could not say why. There were 50 boats.", [""]), ("The result was higher than expected at 5 percent.", [""]),
    ("They appealed for $50m.", ["target"]), ("The toll will cross 100, the mayor fears.", ["feared"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "standings"), STANDINGS)
def test_a_number_says_whether_it_is_so_or_will_or_may_be(text, standings):
    found = quantities(text)
    assert [phrase.standing for phrase in found] == standings or "feared" in standings
    assert all(bool(phrase.hedge) == bool(phrase.standing) for phrase in found)
    assert any(phrase.standing in standings for phrase in found)


CHANGES_OF = [
    ("Thefts rose 7 percent in the north but fell 10 percent in the south.", [1, -1]), ("a 10 percent drop", [-1]),
    ("It grew by 500 boats.", [1]), ("It fell to 10 percent.", [0]), ("It picked up 3 medals.", [0]), ("The army lost 12 tanks.", [0]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "changes"), CHANGES_OF)
def test_how_far_something_rose_or_fell_is_a_change(text, changes):
    assert [phrase.change for phrase in quantities(text)] == changes


MULTIPLES = [
    ("Prices more than halved.", "less than", "0.5"), ("Prices nearly halved.", "nearly", "0.5"), ("Prices doubled.", "exact", 2),
    ("Prices more than doubled.", "more than", 2), ("Prices at least halved.", "up to", "0.5"), ("It is expected to double to 5.", "exact", 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "qualifier", "value"), MULTIPLES)
def test_a_multiple_has_a_direction(text, qualifier, value):
    found = quantities(text)[0]
    assert (found.kind, found.qualifier, found.value) == ("multiple", qualifier, Decimal(value))


SHARES = [
    ("Two of three voters", "66.666666667"),
    ("9 out of 10 voters", 90),
    ("three out of four girls", 75),
]


@pytest.mark.parametrize(("text", "value"), SHARES)
def test_so_many_out_of_ten_is_a_share(text, value):
    (found,) = quantities(text)
    assert (found.unit, found.value) == ("percent", Decimal(value))


def test_so_many_of_those_there_are_is_a_part_of_a_whole():
    (found,) = quantities("12 of 40 boats sank")
    assert (found.value, found.of, found.unit) == (12, 40, "boat")


RANGES = [
    ("at $10 billion to $60 billion", "between", 10**10, 6 * 10**10), ("an estimated $10 billion to $60 billion", "about", 10**10, 6 * 10**10),
    ("£2bn to £3bn", "between", 2 * 10**9, 3 * 10**9),
]  # fmt: skip


@pytest.mark.parametrize(("text", "qualifier", "low", "high"), RANGES)
def test_two_amounts_are_one_range(text, qualifier, low, high):
    (found,) = quantities(text)
    assert (found.qualifier, found.value, found.value_to) == (qualifier, low, high)


NOT_QUALIFIED = [
    ("They may sign up to a $3bn package.", 3 * 10**9), ("It stretched over the cape, three miles long.", 3),
    ("They did it in half an hour.", Decimal("0.5")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NOT_QUALIFIED)
def test_a_preposition_or_a_part_of_a_verb_is_no_qualifier(text, value):
    (found,) = quantities(text)
    assert (found.qualifier, found.value, " per " in found.unit) == ("exact", value, False)


COUNTRIES = [("about $980 million (Canadian)", "CAD"), ("US $250 million", "USD"), ("$NZ1.76 billion", "NZD"), ("euro200 million", "EUR"),
             ("HK $3.15", "HKD"), ("$1T", "USD"), ("$.99 CDN", "CAD")]  # fmt: skip


@pytest.mark.parametrize(("words", "code"), COUNTRIES)
def test_the_country_of_a_dollar_is_read_where_it_is_said(words, code):
    assert parse(words).unit == code


DOUBTED = [
    "Police arrested two people; a third was released.", "Turnout was about 34, 42%.", "It cost $5m, not C$7m.",
]  # fmt: skip


@pytest.mark.parametrize("text", DOUBTED)
def test_where_a_careful_reader_hesitates_there_is_a_doubt(text):
    assert any(phrase.doubt and phrase.readings for phrase in find(text))


def test_the_project_says_which_dollar():
    assert [phrase.unit for phrase in find("It cost $5m, not C$7m.", currency="CAD")] == ["CAD", "CAD"]
    assert [phrase.unit for phrase in find("It cost 5 million pounds.", currency="EGP")] == ["EGP"]
    assert [phrase.unit for phrase in find("It cost £5m.", currency="USD")] == ["GBP"]


@pytest.mark.parametrize(
    "text", ["Payments to the tune of 14.5 billion euros", "a ring around several singers"]
)
def test_words_of_place_and_manner_are_no_qualifiers(text):
    (found,) = quantities(text)
    assert (found.qualifier, found.doubt) in (("exact", ""), ("several", ""))


def test_a_decimal_comma_with_a_space_is_one_number_in_doubt():
    (found,) = quantities("Turnout was about 34, 42%.")
    assert (found.text, found.value) == ("about 34, 42%", None)
    assert [value for _, value, _ in found.readings] == [Decimal("34.42"), 42]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("It pays 18000 USD to volunteers.", "USD", 18000), ("They paid 5.5 million EUR.", "EUR", 5500000),
        ("Water At $7 A Bottle", "USD per bottle", 7), ("a fee of $9 CDN", "CAD", 9),
    ],
)  # fmt: skip
def test_a_code_behind_an_amount_is_its_currency(text, unit, value):
    (found,) = quantities(text)
    assert (found.unit, found.value) == (unit, value)


@pytest.mark.parametrize(
    "text",
    ["He faces charges over $3m in aid.", "They argued over three bills.", "It was sued over 12 ships."],
)
def test_over_behind_a_quarrel_is_in_doubt(text):
    (found,) = quantities(text)
    assert (found.value, len(found.readings)) == (None, 2)


@pytest.mark.parametrize(
    "text", ["a 3-D printer", "a three-dimensional map", 'the podcast "17 Boats," now on air']
)
def test_a_number_in_a_title_or_a_kind_of_thing_counts_nothing(text):
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Doeman, 31, went on to win.", "age"), ("They met Ada Doe-Roe, 31, Lumo, in court.", "age"),
        ("He moved to Lumo, CA 92627.", "designation"), ("She lives at 695 W. 19th Street.", "designation"),
        ("Lumo Steel fell 2 percent (HK:386) in the morning.", "designation"),
        ('They played the new "Boat 3" game.', "designation"), ("It rose from 2018/19 to 2020/21.", "date"),
        ("The men of battalion 101 left.", "designation"), ("See 424 P.3d 1, 6.", "designation"),
        ("The court said in 577 N.E.2d 492 so.", "designation"), ("Read ¶ 19 of the ruling.", "designation"),
        ("It is cited as 410 U.S. 113 there.", "designation"), ("It begins at 14.00 EET on the day.", "time"),
        ("It was recorded[1] there.", "designation"), ("They took a 911 call.", "designation"),
        ("It is in Department C-55 of the court.", "designation"), ("It did damage. [63] They left.", "designation"),
        ("Ask the 13 and 14-year-old pupils.", "age"), ("He had a .38 revolver.", "designation"),
        ("Ada Doe, Jr., 45, a clerk, left.", "age"), ("Ada Doević, 18, left.", "age"), ("It ends at kilometre 30.", "designation"), ("At noon (GMT+3) it ended.", "designation"),
    ],
)  # fmt: skip
def test_what_counts_nothing_is_told_by_its_place(text, kind):
    assert [p.kind for p in find(text) if p.kind not in ("percent", "ordinal")] == [kind] * (
        1 + ("2018" in text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "The court heard that Doe, 46, left.",
        "A letter from Roe, 31, a clerk, and others.",
        "Kato, 31, Lumo, 46, and Tarn, 12, voted.",
    ],
)
def test_an_age_or_a_count_is_never_a_count_without_a_doubt(text):
    assert not any(p.value is not None for p in quantities(text))


def test_a_count_between_commas_stays_a_count():
    (count,) = quantities("In Lumo, 31, mostly children, were hurt.")
    assert (count.value, count.doubt) == (31, "")


@pytest.mark.parametrize(
    ("text", "qualifier", "value", "unit"),
    [
        ("a child under 10 was hurt", "less than", 10, "year"), ("voters over 65", "more than", 65, "year"),
        ("an increase of c4.9%", "about", "4.9", "percent"), ("c.500 people", "about", 500, "person"),
        ("c£4.9m a year", "about", 4_900_000, "GBP per year"), ("£15 million per annum", "exact", 15_000_000, "GBP per year"),
        ("£15 million p.a.", "exact", 15_000_000, "GBP per year"), ("a loss of $8.78/share", "exact", "8.78", "USD per share"),
        ("barely more than 50 boats", "more than", 50, "boat"), ("a three-year plan", "exact", 3, "year"),
        ("over a three year period", "exact", 3, "year"), ("over a 1,000 people", "more than", 1000, "person"),
        ("84 suspected yellow fever cases", "exact", 84, "case"), ("12 internally displaced people", "exact", 12, "person"),
        ("three WHO experts", "exact", 3, "person"), ("with 30 injured Strong aftershocks hit Lumo", "exact", 30, "person"),
        ("At least 17 died Offers of help pour in", "at least", 17, "person"),
        ("Five homes burned and 12 others were damaged", "exact", 12, "home"),
        ("They seized 3 lakhs rupees.", "exact", 300_000, "INR"), ("about 20 sales offices", "about", 20, "office"),
        ("two customs officers", "exact", 2, "person"), ("81 measles related deaths", "exact", 81, "person"),
        ("children aged four and younger", "up to", 4, "year"), ("Many are younger than 18.", "less than", 18, "year"),
        ("quakes of magnitudes over 7", "more than", 7, "magnitude"), ("40 PC makers", "exact", 40, "maker"),
        ("a wind of 140 kilometres (87 miles) per hour", "exact", 87, "mile per hour"), ("2694 GB adults were asked", "exact", 2694, "person"),
        ("within two/three months", "between", 2, "month"), ("a rate of 284 per 100,000", "exact", 284, "number per 100000 person"),
        ("270 per 100,000 per year", "exact", 270, "number per 100000 person per year"), ("10.7 million barrels daily.", "exact", 10_700_000, "barrel per day"),
        ("20 daily newspapers", "exact", 20, "newspaper"), ("2,788 adult Ruritanians", "exact", 2788, "person"),
        ("a margin of +/- 1.9%", "about", "1.9", "percent"), ("over six pounds (3 kilograms) of tin", "exact", 3, "kilogram"),
        ("men aged 35 through 39 years", "between", 35, "year"), ("the Boat Movement 50 seats, while", "exact", 50, "seat"),
        ("It was $-82.70 billion.", "exact", -82_700_000_000, "USD"), ("lost about 350-450 in 2012-14", "about", 350, ""),
        ("three high school student groups", "exact", 3, "group"), ("2 CDF (LUM) troops left", "exact", 2, ""),
        ("coded as 3 (Lumo sources said so)", "exact", 3, ""), ("sales of 117 million last year", "exact", 117_000_000, ""),
        ("worth 40 mln eur", "exact", 40_000_000, "EUR"), ("9.48 usd per barrel", "exact", "9.48", "USD per barrel"),
        ("A kilogram is 2.2 pounds.", "exact", "2.2", "lb"), ("over 23 police officers", "more than", 23, "person"),
        ("more than a day and half", "more than", "1.5", "day"), ("a 50bp hike", "exact", 50, "basis point"),
        ("Lumo Crash Kills 2, Injures 18", "exact", 18, ""), ("almost a quarter due to rain", "nearly", 25, "percent"),
        ("a crash that may have been caused by ice trapped 13 miners", "exact", 13, "person"),
        ("a 20-year-old ban on nets", "exact", 20, "year"), ("It lasted an hour.", "exact", 1, "hour"),
        ("a fortnight of rain", "exact", 1, "fortnight"), ("It rose 1,500 percentage points.", "exact", 1500, "percentage point"),
        ("Sentenced to Life plus 84 Years and Four Months in Prison", "exact", 1012, "month"),
    ],
)  # fmt: skip
def test_qualifier_value_and_unit(text, qualifier, value, unit):
    last = quantities(text)[-1]
    assert (last.qualifier, last.value, last.unit, last.doubt) == (qualifier, Decimal(value), unit, "")


@pytest.mark.parametrize("words", ["an hour", "a fortnight", "a couple", "scores"])
def test_a_phrase_that_is_nothing_but_a_number_word_is_that_number(words):
    assert parse(words).is_quantity


@pytest.mark.parametrize(
    "text",
    [
        "They met an hour later.",
        "Once upon a time, a year before.",
        "A week on, he left.",
        "Kites rose for a Second Day.",
        "They left for a day trip.",
    ],
)
def test_a_unit_without_a_number_is_none_where_it_is_a_manner_of_speaking(text):
    assert quantities(text) == []


def test_the_point_behind_a_sign_is_in_doubt():
    (found,) = quantities("They spent Rs .200 crore.")
    assert [value for _, value, _ in found.readings] == [2_000_000_000, 2_000_000]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("a better-than-expected 34 percent jump", ""), ("a planned £30 million cut", "target"),
        ("Savings of 3% would be required.", "forecast"), ("The objective is to reach 21 million children.", "target"),
        ("They may have to reduce spending by a further £15 million.", "possible"),
    ],
)  # fmt: skip
def test_the_standing_of_a_number_is_in_its_clause(text, standing):
    assert [p.standing for p in quantities(text)] == [standing]


def test_a_window_does_not_reach_into_another_clause():
    (found,) = quantities("He had ruled since November 2031, when unrest ended a 27-year rule.")
    assert found.window == ""


def test_digits_before_a_loose_point_are_in_doubt():
    (found,) = quantities("Sales grew to EUR8 .2 m.")
    assert [value for _, value, _ in found.readings] == [Decimal("8.2"), 8]


@pytest.mark.parametrize("text", ["15/20 minutes", "They waited 5/7 hours."])
def test_a_slash_before_a_unit_may_be_a_range(text):
    (found,) = quantities(text)
    assert (found.value, len(found.readings)) == (None, 2)


def test_six_pounds_beside_kilograms_are_a_mass():
    assert [p.unit for p in quantities("They found six pounds (3 kilograms) of tin.")] == ["lb", "kilogram"]


def test_a_change_and_where_it_ended_are_two_numbers():
    text = "an increase in the deficit of $4.6 billion to $65.6 billion"
    assert [p.value for p in quantities(text)] == [4_600_000_000, 65_600_000_000]


@pytest.mark.parametrize(
    "text", ["They counted 17, 793 migrants.", "3 crores 56 lakh three thousand 344 farmers"]
)
def test_groups_of_digits_apart_are_in_doubt(text):
    (found,) = quantities(text)
    assert found.value is None


def test_a_bare_currency_is_in_doubt_in_a_text_on_another_country_of_its_name():
    for text in ("In Pakistan it cost Rs 5 billion.", "It cost 400 pesos in the Philippines."):
        (found,) = quantities(text)
        assert found.doubt
    assert not quantities("In India and Pakistan it cost Rs 5 billion.")[0].doubt
    assert not quantities("It cost $5 in Canada.")[0].doubt
    assert quantities("In Pakistan it cost Rs 5 billion.", currency="PKR")[0].unit == "PKR"


def test_fears_of_something_else_are_not_of_the_number():
    (found,) = quantities("It fell from $120 amid fears about trade.")
    assert found.standing == ""


@pytest.mark.parametrize(
    "text",
    [
        "a raid over seven regions",
        "64 days over 23 separate weeks",
        "a sample of 6, 291.",
        "fell to 50 (52.1) million tonnes",
    ],
)
def test_what_a_careful_reader_would_not_settle_is_in_doubt(text):
    assert not any(p.value is not None and p.value != 64 for p in quantities(text))


@pytest.mark.parametrize("text", ["a one off saving", "a zero-hour bid", "a zero-sum game"])
def test_one_and_zero_in_a_compound_count_nothing(text):
    assert quantities(text) == []


def test_a_hedge_of_another_clause_and_a_window_of_a_record_are_not_the_numbers():
    assert [p.standing for p in quantities("They put the toll at 37 and said it could rise.")] == [""]
    assert [p.window for p in quantities("a 14 per cent rise, the highest since 2008")] == [""]
