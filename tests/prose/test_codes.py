"""Numbers by which something is found or done count nothing."""

import pytest

from reported.prose import find


def quantities(text: str) -> list[tuple[str, bool]]:
    return [(p.text, bool(p.doubt)) for p in find(text) if p.is_quantity]


def kinds(text: str) -> list[str]:
    return [p.kind for p in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Call 0800 555 0199 or 555-0123.",
        "The hotline is +44 20 5555 0958.",
        "Ring 1-800-555-0123 now.",
        "She faces charges under 18 U.S.C. 1001.",
        "It is barred by 26 CFR 1.",
        "1. Wash your hands. 2. Keep apart.",
        "(1) Wash your hands; (2) keep apart.",
        "It breaks Article 5(1) and Regulation 2016/679.",
        "See pages 12 to 15 and verses 3-5.",
        "They took route 189 and flight 1141 to Kato.",
        "The tram 7 and platform 9 were shut.",
        "The rebels began Operation 1027.",
        "He carried an AK -47.",
        "An AK -47 and a COVID -19 test were found.",
        "The Group of 77 met.",
        "She saw it in 1080p.",
    ],
)
def test_a_number_that_finds_or_names_something_is_a_designation(text):
    assert quantities(text) == []
    assert set(kinds(text)) == {"designation"}


@pytest.mark.parametrize(
    "text",
    [
        "The shop opens at 9 and works from 9 to 5.",
        "The meeting starts at 8 on Monday.",
        "They vote at 8 tonight.",
        "The guns fell silent at 12 noon.",
        "A film (Kato TV at 8) is shown.",
    ],
)
def test_an_hour_is_no_count(text):
    assert quantities(text) == []
    assert set(kinds(text)) == {"time"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The toll stood at 9 on Monday.", ["9"]),
        ("On route 12 soldiers died.", ["12"]),
        ("They were on pages of 30 papers.", ["30"]),
        ("On flight decks 12 people slept.", ["12"]),
        ("He called 555 people.", ["555"]),
        ("He wanted 3. She had none.", ["3"]),
        ("Put the number 600 higher.", ["600"]),
        ("There were 020 dead.", []),
    ],
)
def test_a_count_beside_such_words_stays_a_count(text, found):
    assert [p.text for p in find(text) if p.is_quantity and p.value is not None] == found


@pytest.mark.parametrize(
    "text", ["At 35, he is the youngest.", "At 18 she left.", "Her sons Tom Kato, 8, and Bo, 5."]
)
def test_an_age_beside_a_pronoun_or_in_a_list_is_an_age(text):
    assert set(kinds(text)) - {"ordinal"} == {"age"}


@pytest.mark.parametrize(
    "text",
    [
        "He read Catch-22 and Slaughterhouse 5 on the train.",
        "Buyers like the Model 3, the Lumo 208, and the Peltro 500.",
        "World War 2 veterans met.",
        "He joined One Nation and met the Four Seasons, Six Hills of Kato and others.",
        "The couple celebrated at the Ocean Club-Four Seasons in town.",
        "Its new HIV 2 drug regimen was sold.",
        "The new Lumo Watch 5 to see if it is special.",
        "They made 5-for-12 from deep, 12-of-13 from the line and 3-point shots.",
        "A 32-bit chip, a 12-gauge shotgun, a 16-valve engine, a two-way street and a four-door car were shown.",
        "He finished at 12 under.",
    ],
)
def test_names_in_lists_compounds_and_records_count_nothing(text):
    assert quantities(text) == []


@pytest.mark.parametrize(
    "text", ["Psalm 23 was read.", "Python 3.11 and others were tried.", "Seven Samurai was shown."]
)
def test_a_name_that_begins_a_sentence_is_in_doubt(text):
    if text.startswith("Psalm"):
        assert quantities(text) == []
        return
    assert [doubt for _, doubt in quantities(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Two Ruritanian soldiers died.",
        "Three Lumo Valley fighters died.",
        "Yesterday 12 were hurt.",
        "Lumo 31, Kato 28 and the Greens 9 seats were counted.",
        "Nearly 12 of them left.",
    ],
)
def test_counts_that_begin_a_sentence_are_counts(text):
    assert quantities(text)
    assert not any(doubt for _, doubt in quantities(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It goes from 0 to 62 mph in 7 seconds.", ("between", 0, 62)),
        ("Groups of 100 -200 migrants met.", ("between", 100, 200)),
        ("A sub-500 acre market.", ("less than", 500, None)),
        ("Cooled to minus-260 degrees.", ("exact", -260, None)),
        ("There are 8 B people.", ("exact", 8_000_000_000, None)),
        ("They stole almost S $1mil.", ("nearly", 1_000_000, None)),
        ("Including over than 60% of them.", ("more than", 60, None)),
        ("An average of 1500 was paid.", ("exact", 1500, None)),
    ],
)
def test_odd_spellings_are_read(text, expected):
    phrase = next(p for p in find(text) if p.is_quantity)
    assert (phrase.qualifier, phrase.value, phrase.value_to) == expected
    assert not phrase.doubt


@pytest.mark.parametrize(
    "text", ["It is 25k or 40k cheaper than the one and the other respectively.", "Some 2.998×10−8 metres."]
)
def test_what_could_be_two_numbers_is_in_doubt(text):
    assert [doubt for _, doubt in quantities(text)] == [True]


@pytest.mark.parametrize(
    "text", ["Built in A.D. 1000 and 1260.", "In 2018s best sector.", "The summer of '69; the 1920s."]
)
def test_years_in_odd_dress_are_dates(text):
    assert set(kinds(text)) == {"date"}


def test_several_times_without_a_comparison_is_a_count_of_times():
    assert [(p.qualifier, p.kind) for p in find("They rang several times at his house.")] == [
        ("several", "count")
    ]
    assert [p.qualifier for p in find("It is several times larger.")] == ["several times"]


@pytest.mark.parametrize(
    "text",
    [
        "The show ended after season three and episode 7.",
        "They asked about baby no. 4.",
        "She went from Hero to Zero in a year, the paper said.",
        "He was taken by the 108 ambulance service.",
        "A cluster of differentiation (CD)27 was found.",
    ],
)
def test_seasons_and_the_like_count_nothing(text):
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("Add 1/2 cup of flour.", "cup", "0.5"), ("He was on a diet at 183 pounds.", "lb", "183")],
)
def test_kitchen_and_body_measures_are_no_shares_and_no_money(text, unit, value):
    assert [(p.unit, str(p.value)) for p in find(text) if p.is_quantity] == [(unit, value)]


def test_an_item_that_begins_a_text_without_a_point_is_in_doubt():
    assert [doubt for _, doubt in quantities("3 Mix the dough and bake it.")] == [True]
    assert quantities("This season three players left.") == [("three", False)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It rose from 5 to 7 million.", ["5000000", "7000000"]),
        ("It fell from $9 to $7 million.", ["9000000", "7000000"]),
        ("Shares rose from 24.2 to 33.5 billion.", ["24200000000", "33500000000"]),
        ("It rose from 240 to 273.", ["240", "273"]),
    ],
)
def test_a_change_lends_its_size_to_where_it_starts(text, values):
    found = [p for p in find(text) if p.is_quantity]
    assert [f"{p.value:f}" for p in found] == values
    assert len({p.unit for p in found}) == 1


def test_a_change_lends_its_unit_and_doubts_what_is_far_off():
    assert [p.unit for p in find("It slowed from 4.8 to 4.7 percent.")] == ["percent", "percent"]
    assert quantities("It fell from 900 to 1 million.") == [("900", True), ("1 million", False)]


@pytest.mark.parametrize(
    "text",
    [
        "They met at 9 E 71st St and at 358 El Lumo Way.",
        "It stands at 16-18 Industrial Avenue.",
        "Prices fell in the 90049 ZIP code.",
        "The coach S -6 burned.",
        "The sp 500 fell.",
    ],
)
def test_addresses_and_coaches_count_nothing(text):
    assert quantities(text) == []


def test_small_words_do_not_turn_a_number():
    assert quantities("She is not out of the business.") == []
    assert [p.qualifier for p in find("It inched back up to 4.8 percent.")] == ["exact"]
    assert [(p.kind, p.value) for p in find("Its 2018 sales jumped.")] == [("date", None)]
    assert [p.unit for p in find("It costs $1,350 per whole genome.")] == ["USD per genome"]
    assert [str(p.value) for p in find("It holds 1⁄4 of a pint.")] == ["0.25"]


@pytest.mark.parametrize(
    "text",
    [
        "Studies on VHS 1256 b were done, and compared to Earth, VHS 1256 b is large.",
        "They reached the Sweet 16 of the season.",
        "Sponsors of bill AB 418 are pleased.",
        "Voters in North 24 Parganas queued.",
        "The show KPIX 5 First Alert told of rain.",
        "One day, she was led there; it could also one day come back, and one day doctors may see it.",
        "The Kato tornado hit, and the Lumo one broke a roof.",
        "Match 2: Savannah Lumo vs Ada Kato",
        "They relied on the scores of tests.",
    ],
)
def test_letters_before_a_numeral_and_idioms_count_nothing(text):
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He left. MINE BLAST KILLS 12 IN LUMO.", ["12"]),
        ("One day of talks ended.", ["One"]),
        ("One day later they left.", ["One"]),
        ("NATO 12 Ruritanians.", ["12"]),
        ("Scores of people came.", ["Scores"]),
        ("A score of six or more was seen.", ["six or more"]),
    ],
)
def test_counts_beside_such_letters_are_counts(text, found):
    assert [p.text for p in find(text) if p.is_quantity] == found


def test_hyphenated_units_of_two_words_are_whole():
    text = "A 5,200-square-meter hall, a 5-square-mile fire and a 12-mile-per-hour wind."
    assert [p.unit for p in find(text)] == ["square metre", "square mile", "mile per hour"]


@pytest.mark.parametrize(
    "text",
    [
        "They cited parts 499 and 500 of the code.",
        "They will testify in Jan. 6 Probe.",
        'The talk is called "Lumo 2.0: From Words to Trust."',
        "One small hope after another was lost.",
        "He hit a game-winning triple in the final.",
    ],
)
def test_versions_parts_and_idioms_count_nothing(text):
    assert quantities(text) == []


def test_a_mark_that_is_hit_is_that_number():
    assert [p.qualifier for p in find("They hope to hit the $55,000 mark.")] == ["exact"]
    assert [p.qualifier for p in find("They passed the $55,000 mark.")] == ["more than"]
    assert [str(p.value) for p in find("In January 24 people died.")] == ["24"]
