"""A number is firm where the words around it account for it; what nothing accounts for is in doubt or is a label."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.prose import find, parse

ACCOUNTED = [
    ("The ferry had 12 on deck.", "12"),
    ("Of the 38 aboard, one swam.", "38"),
    ("The storm killed 4 in Lumo and 7 in Kato.", "4", "7"),
    ("Twelve boats sank and another 12 in Kato.", "12"),
    ("12 of them were freed.", "12"),
    ("12 were freed.", "12"),
    ("A crew of 18 can sail her.", "18"),
    ("The index closed at 577 on Monday.", "577"),
    ("Thefts rose from 318 to 356 last week.", "318", "356"),
    ("The town lost 9, including a child.", "9"),
    ("There are 572 large and small islands.", "572"),
    ("A 50-page letter came.", "50"),
    ("The group (n = 31) was asked twice.", "31"),
    ("Prizes were 12,000, 8,000 and 5,000 dollars.", "12,000", "8,000"),
    ("The Greens hold 31 seats, the Reds 9.", "31", "9"),
    ("Their share was 51.8 percent, and their rival's 48.2.", "48.2"),
    ("The rolls grew to 1,079 and then 53 million.", "1,079", "53 million"),
    ("They have 40 sheep and 30 staff.", "40", "30"),
    ("He did 20 push-ups on the deck.", "20"),
    ("Add 275 g (2 cups) of flour.", "275"),
    ("She is 5 feet 10 inches (1.78 m) tall.", "1.78"),
    ("By 211 votes to 198 the bill passed.", "198"),
]
UNACCOUNTED = [
    ("She drove down 75 to Kato.", "75"),
    ("He is on the 13 line toward the port.", "13"),
    ("When they were 18 or 19, they came home.", "18 or 19"),
    ("The game is at 7, he said.", "7"),
    ("They scheduled a 430 call.", "430"),
    ("They shook 4 then came.", "4"),
    ("Both aboard the 727 were killed.", "727"),
    ("Nobody aboard 8840 was killed.", "8840"),
    ("The deal 763736 was booked.", "763736"),
    ("Passcode: 4153030.", "4153030"),
    ("The old 747 landed.", "747"),
    ("She called extension 39938.", "39938"),
]
LABELS = [
    ("Sales grew.[12] So did costs [4].", ["12", "4"]),
    ("As others found [6, 19, 20], it falls [7 – 9]; see [1]–[11].", ["6, 19, 20", "7 – 9", "1", "11"]),
    ("He met problem # 4 and problem #5.", ["# 4", "#5"]),
    ("She had a top-10 finish and was in the top 20.", ["top-10", "top 20"]),
    ("In Region 4 the rain came, and the people of Region 7 left.", ["Region 4", "Region 7"]),
    ("It is Part 1 of 3: Seeds.", ["Part 1 of 3"]),
    ("Extracts 2 and 3 show it (Gates 10 & 11).", ["Extracts 2 and 3", "Gates 10 & 11"]),
    ("As Moe [13,14] argues, the line is (714) 555-0123.", ["13,14", "714) 555-0123"]),
    ("At Wave 4 and Factor 1 it held.", ["Wave 4", "Factor 1"]),
    ("Ring +445555012345 today.", ["+445555012345"]),
]


@pytest.mark.parametrize(("text", "numbers"), [(text, numbers) for text, *numbers in ACCOUNTED])
def test_a_number_that_is_accounted_for_is_firm(text, numbers):
    firm = {p.text: p for p in find(text) if p.is_quantity and not p.doubt}
    assert set(numbers) <= firm.keys()


@pytest.mark.parametrize(("text", "number"), UNACCOUNTED)
def test_a_number_that_nothing_accounts_for_is_in_doubt_and_keeps_its_reading(text, number):
    (found,) = (p for p in find(text) if p.text.endswith(number))
    assert found.value is None
    assert "nothing says what it counts" in found.doubt
    assert len(found.readings) == 1


@pytest.mark.parametrize(("text", "labels"), LABELS)
def test_the_mark_of_a_note_a_rank_and_a_numbered_part_are_labels(text, labels):
    found = find(text)
    assert [p.text for p in found] == labels
    assert {p.kind for p in found} == {"designation"}


@pytest.mark.parametrize("text", ["12", "Lumo 12", "the old 747", "down 75 to Kato"])
def test_words_that_somebody_took_for_a_figure_need_not_account_for_it(text):
    assert parse(text).value is not None


@given(number=st.integers(2, 999), word=st.sampled_from(["gorn", "lumo", "trell"]))
def test_a_plural_noun_accounts_for_any_number_and_a_new_word_before_it_for_none(number, word):
    (counted,) = find(f"They came upon {number} {word}s there.")
    assert (counted.value, counted.unit) == (Decimal(number), word)
    (bare,) = find(f"They came upon the {word} {number} there.")
    assert bare.doubt


def test_brackets_around_a_number_that_counts_are_no_note():
    (found,) = find("There were [50] boats in all.")
    assert (found.value, found.unit) == (50, "boat")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("It held 253 thousand and 77 people.", {253_077, 253_000}),
        ("It cost 2 million and 30 died.", {2_000_030, 2_000_000}),
    ],
)
def test_a_size_and_a_rest_are_one_number_or_two(text, readings):
    (found,) = find(text)
    assert {int(value) for _, value, _ in found.readings} == readings


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Pressure was 140 mm Hg.", "140", "millimetre of mercury"),
        ("It cost 1 234.5 euros.", "1234.5", "EUR"),
        ("The calf weighed 30 kilos (66 pounds).", "66", "lb"),
        ("He was shot exactly a month ago.", "1", "month"),
    ],
)
def test_forms_of_real_text(text, value, unit):
    found = find(text)[-1]
    assert (found.value, found.unit, found.doubt) == (Decimal(value), unit, "")


READ = [
    ("He faces up to 15 years in prison.", "up to", "15", None, "year"),
    ("A joke or two will do.", "between", "1", "2", "joke"),
    ("A different ingredient or two went in.", "between", "1", "2", "ingredient"),
    ("It cost 42 million euros, of which 15.5 million was paid.", "exact", "15500000", None, "EUR"),
    ("All 5,000 (or so) centres opened.", "about", "5000", None, "centre"),
    ("In India some rooms were 150 rupees at most tourist offices.", "exact", "150", None, "INR"),
    ("It was worth $50 per person per year.", "exact", "50", None, "USD per person per year"),
    ("For two weeks we count every day.", "exact", "2", None, "week"),
    ("When one person kills a bear, it is news.", "exact", "1", None, "person"),
    ("It took 3 tries.", "exact", "3", None, "try"),
    ("She played from age six.", "exact", "6", None, "year"),
    ("A family of four collects a prize.", "exact", "4", None, ""),
    ("They asked a sample of 1709 schoolchildren.", "exact", "1709", None, "person"),
    ("It rose a thousand fold.", "exact", "1000", None, ""),
    ("It cost 419,000,000 GBPs.", "exact", "419000000", None, "GBP"),
    ("It sends 5 Gbps.", "exact", "5", None, "gigabit per second"),
    ("It reads 12,400 MB/s.", "exact", "12400", None, "megabyte per second"),
    ("It costs £20 in total per person.", "exact", "20", None, "GBP per person"),
    ("It hit the 50000 milestone.", "exact", "50000", None, ""),
    ("They ring several times per day.", "several", None, None, "time per day"),
    ("It grew in the last year and a half.", "exact", "1.5", None, "year"),
    ("There are 5 +/- 3 million gulls.", "between", "2000000", "8000000", "gull"),
    ("It earned 70 cents a diluted share.", "exact", "70", None, "cent per share"),
    ("It earned $495 million or 96 cents per share.", "exact", "96", None, "cent per share"),
    ("She got three-hundred and sixteen dollars and fifty-one cents.", "exact", "316.51", None, "USD"),
    ("Add 11.8 fl oz of oil.", "exact", "11.8", None, "fluid ounce"),
    ("Do the above two steps.", "exact", "2", None, "step"),
    ("Four were lost under Moe and 6 under Lie.", "exact", "6", None, ""),
    ("Of 18 deaths, 15 having occurred at night, all were counted.", "exact", "15", None, ""),
    ("It sold 4.69m tablet computers.", "exact", "4690000", None, "computer"),
    ("It earned 50 cents per diluted share.", "exact", "50", None, "cent per share"),
    ("It cost $14,690 plus expenses.", "exact", "14690", None, "USD"),
    ("The gap is 6.2% as per the accounts.", "exact", "6.2", None, "percent"),
    ("The toll jumped to 337 late on Monday.", "exact", "337", None, ""),
]


@pytest.mark.parametrize(("text", "qualifier", "value", "value_to", "unit"), READ)
def test_forms_of_running_text(text, qualifier, value, value_to, unit):
    found = [p for p in find(text) if p.is_quantity][-1]
    ends = tuple(end and Decimal(end) for end in (value, value_to))
    assert (found.qualifier, found.value, found.value_to, found.unit, found.doubt) == (
        qualifier,
        *ends,
        unit,
        "",
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("In 1072, she left.", ["date"]),
        ("It lasted from about 1200 to about 400 BCE.", ["date", "date"]),
        ("In the 1350s the king was free.", ["date"]),
        ("Between 2015 and 2020 researchers came.", ["date", "date"]),
        ("It breaks 107's text.", ["designation"]),
        ("They asked about Proposition three B.", ["designation"]),
        ("Method One of Two: mix it.", ["designation"]),
        ("He read part seven of the series.", ["designation"]),
        ("You either 1) leave or 2) stay.", ["designation", "designation"]),
        ("The 47 th district voted.", ["ordinal"]),
        ("They share a high-five.", ["designation"]),
        ("The 22–year-old poet read.", ["age"]),
        ("It uses zero-shot learning.", []),
        ("Its scores of two symphonies are lost.", ["count"]),
    ],
)
def test_dates_labels_and_marks_of_running_text(text, kinds):
    assert [p.kind for p in find(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "It went up to 50 percent.",
        "It brought up to 30 people.",
        "She found a quarter or another coin.",
        "It sold 18.65m in a year.",
        "2.3 Measures of the centre are given.",
        "It was at JA 120 to 121, he said.",
        "That is 9 minus 2.",
    ],
)
def test_what_may_be_read_in_two_ways_is_in_doubt(text):
    (found, *_) = (p for p in find(text) if p.is_quantity)
    assert found.doubt


def test_what_a_number_is_nearer_than_is_not_said_of_anything():
    nearer, other = find("Organisers said it was nearer 50,000 than 12,000.")
    assert (nearer.qualifier, nearer.value) == ("about", 50_000)
    assert other.doubt


def test_so_many_of_so_many_may_have_two_words():
    (found,) = find("Seventy-seven of 78 aboard the ferry were found.")
    assert (found.value, found.of) == (77, 78)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The storm has killed scores.", [("count", None, "scores", "")]),
        ("Scores died in the ferry.", [("count", None, "scores", "")]),
        ("The final scores were posted.", []),
        (
            "The levy is $0.48 per $100 of value.",
            [("money", None, "exact", "rate"), ("money", None, "exact", "rate")],
        ),
        ("It pays 48 cents per $100.", [("money", None, "exact", "rate"), ("money", None, "exact", "rate")]),
        ("It took between 5 and", [("count", None, "exact", "")]),
        ("Rent is $48 per week.", [("money", 48, "exact", "")]),
        ("They held the Twenty-sixth there.", [("ordinal", 26, "exact", "")]),
        ("She left the Moe home at 2:30 o'clock.", [("time", None, "exact", "")]),
        ("Call 1-800-QUAY-NOW today.", [("designation", None, "exact", "")]),
    ],
)
def test_what_a_careful_reader_makes_of_it(text, expected):
    found = find(text)
    assert [(one.kind, one.value, one.qualifier, "rate" * ("rate" in one.doubt)) for one in found] == expected


@pytest.mark.parametrize("words", ["reached or surpassed", "met or exceeded", "matched or exceeded"])
def test_reached_or_surpassed_is_at_least(words):
    (_, degrees) = find(f"Ten stations {words} 45 degrees on Tuesday.")
    assert (degrees.qualifier, degrees.value) == ("at least", 45)


@pytest.mark.parametrize("verb", ["split", "spread", "scattered", "divided"])
def test_what_is_spread_over_a_number_is_in_doubt(verb):
    (places,) = find(f"Staff were {verb} over 40 sites.")
    assert "over" in places.doubt


def test_one_before_what_anybody_does_is_no_number():
    assert find("It is so long ago that one loses track.") == []


def test_9_11_before_people_is_a_range():
    (killed,) = find("Also 9-11 Harbour militants were killed.")
    assert (killed.value, killed.value_to) == (9, 11)
    assert not any(phrase.is_quantity for phrase in find("He wrote of the 9-11 attacks and of 9/11 victims."))


@pytest.mark.parametrize(
    "text", ["None survived.", "None of those on board survived.", "They went down; none were hurt."]
)
def test_none_of_whom_something_is_told_is_nought(text):
    (none,) = find(text)
    assert (none.value, none.qualifier) == (0, "exact")


@pytest.mark.parametrize("text", ["None of it matters; many were killed.", "Their guide was second to none."])
def test_none_of_a_thing_is_no_number(text):
    assert not any(phrase.is_quantity for phrase in find(text))


def test_a_size_behind_a_decimal_that_went_apart_is_part_of_its_doubt():
    (fled,) = find("About 1. 5 million people fled.")
    assert fled.doubt
    assert fled.text == "About 1. 5 million"


def test_a_factor_is_a_multiple_and_one_of_a_fall_is_in_doubt():
    (grew,) = find("It grew by a factor of four.")
    assert (grew.kind, grew.value) == ("multiple", 4)
    (fell,) = find("It fell by a factor of four.")
    assert (fell.kind, bool(fell.doubt)) == ("multiple", True)
