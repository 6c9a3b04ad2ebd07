"""What the words around a number make of it: a part of a whole, a rate, a change, a multiple of what fell, a forecast."""

from decimal import Decimal

import pytest

from reported.prose import find


def read(text):
    """Qualifier, value and upper end of each quantity that is read without a doubt, by its words."""
    found = [phrase for phrase in find(text) if phrase.is_quantity and not phrase.doubt]
    return {p.text: (p.qualifier, *(float(n) for n in (p.value, p.value_to) if n is not None)) for p in found}


def open_to(text):
    """The readings of each number in doubt, by its words."""
    return {p.text: [tuple(r[:2]) for r in p.readings] for p in find(text) if p.doubt}


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("No one among the 60 guests was awake.", "No one among the 60", 60),
        ("Not any of the 8 dams held.", "Not any of the 8", 8),
        ("None among the 12 climbers came back.", "None among the 12", 12),
        ("Nobody of the 30 was asked.", "Nobody of the 30", 30),
    ],
)
def test_nobody_of_a_number_is_nought_and_never_that_number(text, words, whole):
    (found,) = find(text)
    assert (found.text, found.value, found.of, found.doubt) == (words, 0, whole, "")


def test_not_a_single_one_is_nought_or_a_doubt():
    assert open_to("Not a single ferry left.") == {"Not a single": [("exact", 0)]}
    assert read("Not a single diver was hurt.") == {"Not a single": ("exact", 0.0)}


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Four in every 1,000 births fail.", 0.4),
        ("7 in every 100 homes are empty.", 7),
        ("40 for every 100,000 people fell ill.", 0.04),
        ("Some 4 out of every 5 drivers paid.", 80),
    ],
)
def test_so_many_in_every_so_many_are_a_share(text, percent):
    (found,) = find(text)
    assert (found.kind, float(found.value)) == ("fraction", percent)


def test_six_of_ten_are_six_or_a_share():
    assert open_to("Six of ten drivers paid.") == {"Six of ten": [("exact", 6), ("exact", 60)]}
    assert read("They found 3 of 40 boats.") == {"3 of 40": ("exact", 3.0)}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It makes 1,100 cars a week and 30 vans a day.", ["car per week", "van per day"]),
        ("It uses 30 litres of water per car.", ["litre per car"]),
        ("They burn 70 tonnes of coal a day.", ["tonne per day"]),
        ("He sat there for 12 hours, a week or two ago.", ["hour", "week"]),
        ("5 days a week and a half", ["day", "week"]),
    ],
)
def test_what_a_number_is_per_is_kept(text, units):
    assert [phrase.unit for phrase in find(text) if phrase.is_quantity] == units


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("The price was cut by 10 percent.", -1),
        ("Shares shed 3 percent.", -1),
        ("Costs were trimmed by £4m.", -1),
        ("The peso weakened 3 percent.", -1),
        ("It is 30 percent cheaper.", -1),
        ("There were 300 fewer.", -1),
        ("They speak of a decline of 30.", -1),
        ("They speak of a rise of 40 cases.", 1),
        ("The bank cut rates to 3 percent.", 0),
        ("It cut 12 jobs.", 0),
        ("It was 5 percent or less.", 0),
        ("The bridge has a drop of 12 metres.", 0),
    ],
)
def test_how_far_something_fell_is_a_change(text, change):
    assert [phrase.change for phrase in find(text)] == [change]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Reserves have shrunk more than tenfold.", [("less than", Decimal("0.1"))]),
        ("The price fell threefold.", [("exact", Decimal("0.333333333"))]),
        ("There were four times fewer.", [("exact", Decimal("0.25"))]),
        ("That is half as much again.", [("exact", 50)]),
    ],
)
def test_a_multiple_of_what_fell_is_no_growth(text, readings):
    assert list(open_to(text).values()) == [readings]


@pytest.mark.parametrize(
    "text",
    ["Exports rose threefold.", "It fell to three times that.", "He fell twice.", "They cut twice as many."],
)
def test_other_multiples_are_as_they_were(text):
    assert not open_to(text)


@pytest.mark.parametrize(
    "text",
    [
        "The state owes B2.5 trillion.",
        "A budget of L40m was set.",
        "Some Q5.6 million is gone.",
        "The works cost GH¢12 million.",
    ],
)
def test_money_of_a_currency_that_is_not_read_is_in_doubt(text):
    assert not read(text)
    assert len(open_to(text)) == 1


@pytest.mark.parametrize(
    ("text", "unit"),
    [("It lost MK2.3 billion.", "MWK"), ("It holds Kč200m.", "CZK"), ("It cost Br 4.6 billion.", "ETB")],
)
def test_further_signs_of_currencies(text, unit):
    assert [phrase.unit for phrase in find(text)] == [unit]


@pytest.mark.parametrize(
    "text", ["The G20 met on the M25.", "An A340 and a Tu-154M flew.", "In Q3 they rode an M3."]
)
def test_names_with_digits_remain_names(text):
    assert {**read(text), **open_to(text)} == {}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Officials expect 300 arrivals.", "forecast"),
        ("The toll is about to cross the 1,000 mark.", "forecast"),
        ("Trade is seen growing 4 percent.", "forecast"),
        ("The council wants 500 trees planted.", "target"),
        ("They saw 12 boats.", ""),
    ],
)
def test_what_is_expected_or_wanted_is_not_reported_as_so(text, standing):
    assert [phrase.standing for phrase in find(text)] == [standing]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Cases are set to top 5,000.", "more than"),
        ("The queue will break 2,000, he said.", "more than"),
        ("Sales are expected to clear 300.", "more than"),
        ("They will break 2,000 windows.", "exact"),
        ("The top 5,000 firms paid.", "exact"),
    ],
)
def test_to_top_a_number_is_to_be_more(text, qualifier):
    assert [phrase.qualifier for phrase in find(text)] == [qualifier]


def test_nought_point_three_is_no_three():
    assert read("Nought point three per cent of homes went dark.") == {
        "Nought point three per cent": ("exact", 0.3)
    }


def test_a_fourth_of_those_counted_is_no_quarter():
    assert read("They held three men and sought a fourth.") == {"three": ("exact", 3.0)}


def test_to_count_so_many_is_no_count_of_a_charge():
    assert read("The Red Cross counts 52.") == {"52": ("exact", 52.0)}
    assert read("They were guilty on counts 3 and 4.") == {}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("There were between 40 people and 60 people.", ("between", 40, 60)),
        ("Counts run from 8,000 dead to 15,000 dead.", ("between", 8000, 15000)),
        ("It was between 5 km and 7 km.", ("between", 5, 7)),
    ],
)
def test_a_range_may_name_its_unit_twice(text, ends):
    assert list(read(text).values()) == [ends]


def test_a_change_that_names_its_unit_twice_remains_two_numbers():
    assert list(read("It rose from 40 people to 60 people.").values()) == [("exact", 40), ("exact", 60)]


@pytest.mark.parametrize(
    "text",
    [
        "In ward 7, 12 beds are free.",
        "Of those in year 9, 30 were ill.",
        "At mile 20, 15 runners gave up.",
        "A force 9 gale blew.",
        "Point five per cent of homes went dark.",
        "It is half of one percent.",
    ],
)
def test_a_label_or_a_part_is_not_a_number_without_a_doubt(text):
    assert len(open_to(text)) == 1


def test_the_letter_of_a_tremor_is_its_magnitude():
    (found,) = find("The M6.2 quake hit at dawn.")
    assert (found.value, found.unit) == (Decimal("6.2"), "magnitude")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Costs should fall below £2m.", [0]),
        ("It fell over 10 percent.", [-1]),
        ("It rose above 3 percent.", [0]),
    ],
)
def test_to_fall_below_a_level_is_no_change_by_it(text, changes):
    assert [phrase.change for phrase in find(text)] == changes


@pytest.mark.parametrize("text", ["Men aged between 20 and 30 came.", "Girls aged four and seven came."])
def test_ages_behind_aged_are_years(text):
    assert {phrase.unit for phrase in find(text)} == {"year"}


@pytest.mark.parametrize(
    ("text", "words", "part", "whole"),
    [
        ("Some 12 of the 40 boats sank.", "Some 12 of the 40", 12, 40),
        ("Three of the four boats sank.", "Three of the four", 3, 4),
        ("10 of its 13 members were there.", "10 of its 13", 10, 13),
    ],
)
def test_a_part_and_its_whole_are_one_number(text, words, part, whole):
    """The 40 did not sink."""
    (found,) = find(text)
    assert (found.text, found.value, found.of) == (words, part, whole)


@pytest.mark.parametrize(
    "text", ["It is unlikely that more than 5 survived.", "The mayor denied that more than 40 came."]
)
def test_what_is_unlikely_or_denied_is_in_doubt(text):
    assert read(text) == {}
    assert len(open_to(text)) == 1
