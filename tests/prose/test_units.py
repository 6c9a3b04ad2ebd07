"""One spelling for a unit: each word, plural and sign leads to it, and a phrase brings it."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reported.prose import find, parse
from reported.prose.units import (
    is_currency,
    is_known,
    is_time,
    namesakes,
    plural,
    sign,
    signs,
    singular,
    standard,
    units,
)

EVERY = units()
NAMES = [unit.name for unit in EVERY]


@pytest.mark.parametrize("unit", EVERY, ids=lambda unit: unit.name)
def test_every_spelling_of_a_unit_leads_to_it(unit):
    spellings = (unit.name, unit.plural, *unit.words, *unit.signs)
    assert {word: standard(word) for word in spellings} == dict.fromkeys(spellings, unit.name)
    assert standard(plural(unit.name)) == unit.name
    assert is_known(unit.name)


@pytest.mark.parametrize("unit", [unit for unit in EVERY if unit.example], ids=lambda unit: unit.name)
def test_the_example_of_a_unit_has_that_unit(unit):
    (found,) = find(unit.example)
    assert found.unit == unit.name


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_rate_is_a_unit_and_its_plural_leads_back(one, other):
    assume(other != "cent" and " per " not in one + other)  # "per cent" is a unit of its own
    rate = f"{one} per {other}"
    assert standard(rate) == rate
    assert standard(plural(rate)) == standard(rate)


@given(st.from_regex(r"[a-z]{3,12}", fullmatch=True))
def test_a_noun_that_is_no_unit_is_its_own_singular(noun):
    assert standard(standard(noun)) == standard(noun)


def test_no_name_is_two_units():
    assert len(set(NAMES)) == len(NAMES)
    named = {"degree Celsius", "degree Fahrenheit"}  # after somebody
    assert all(name == name.lower() or is_currency(name) for name in set(NAMES) - named)


def test_kinds_are_told():
    assert [is_currency(unit) for unit in ("GBP", "penny", "lb", "person", "boat")] == [True, *[False] * 4]
    assert [is_time(unit) for unit in ("day", "fortnight", "GBP", "boat")] == [True, True, False, False]
    assert not is_known("boat")


@pytest.mark.parametrize("code", [name for name in NAMES if is_currency(name)])
def test_the_printed_sign_of_a_currency_is_read_as_it(code):
    assert signs().get(sign(code).strip()) == code
    (found,) = find(f"It cost {sign(code)}5,000.")
    assert (found.unit, found.value) == (code, 5000)


PLURALS = [
    ("boat", "boats"), ("body", "bodies"), ("bus", "buses"), ("church", "churches"), ("aircraft", "aircraft"),
    ("child", "children"), ("crisis", "crises"), ("virus", "viruses"), ("house", "houses"), ("horse", "horses"),
    ("vehicle", "vehicles"), ("family", "families"), ("case", "cases"), ("box", "boxes"), ("glass", "glasses"),
    ("police", "police"), ("hero", "heroes"), ("wife", "wives"), ("cause", "causes"), ("dose", "doses"), ("prize", "prizes"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "many"), PLURALS)
def test_nouns_have_one_singular(one, many):
    assert (singular(many), singular(one)) == (one, one)


MONEY = [
    ("N47.4 trillion", 47_400_000_000_000, "NGN"), ("N13tn", 13_000_000_000_000, "NGN"), ("N5,000", 5000, "NGN"),
    ("Y500bn", 500_000_000_000, "JPY"), ("R12bn", 12_000_000_000, "ZAR"), ("CFA 3 billion", 3_000_000_000, "XOF"),
    ("Sh40 million", 40_000_000, "KES"), ("KSh500", 500, "KES"), ("C$3.5bn", 3_500_000_000, "CAD"), ("A$12m", 12_000_000, "AUD"),
    ("HK$40", 40, "HKD"), ("US$5", 5, "USD"), ("£419m", 419_000_000, "GBP"), ("€3bn", 3_000_000_000, "EUR"),
    ("Rs 500 crore", 5_000_000_000, "INR"), ("₦2,000", 2000, "NGN"), ("5 trillion won", 5_000_000_000_000, "KRW"),
    ("50 million Egyptian pounds", 50_000_000, "EGP"), ("12 pounds", 12, "GBP"), ("12 pounds of debt", 12, "GBP"),
    ("a 500-pound fine", 500, "GBP"), ("12 Singapore dollars", 12, "SGD"), ("P1.2 billion", 1_200_000_000, "PHP"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "value", "code"), MONEY)
def test_money_has_the_code_of_its_currency(words, value, code):
    found = parse(words)
    assert (found.value, found.unit, found.kind) == (value, code, "money")


@pytest.mark.parametrize("words", ["an N95 mask", "the R2 building", "a K9 unit", "the P5 powers"])
def test_a_letter_before_digits_is_a_name_where_no_amount_follows(words):
    assert not any(phrase.is_quantity for phrase in find(words))


def test_a_letter_is_a_currency_where_the_text_names_it():
    found = [phrase for phrase in find("The naira fell. A loaf costs N500 now.") if phrase.is_quantity]
    assert [(phrase.value, phrase.unit) for phrase in found] == [(500, "NGN")]


@pytest.mark.parametrize(
    "words", ["weighing 12 pounds", "12 pounds of cocaine", "a 2,000-pound bomb", "12 lb", "lost 12 pounds"]
)
def test_pounds_are_a_mass_beside_weighing_words_alone(words):
    assert parse(words).unit == "lb"


COUNTED = [
    ("1,700 trains", "train"), ("80 villages", "village"), ("40 deaths", "person"), ("12 dead", "person"), ("3 fatalities", "person"),
    ("90 injured", "person"), ("65 seasonal workers", "person"), ("42 tanks lost", "tank"), ("12 member states", "state"),
    ("7 bodies", "body"), ("12 new", ""), ("40", ""), ("575 square miles", "square mile"), ("3 sq. km", "square kilometre"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "unit"), COUNTED)
def test_a_count_brings_the_singular_of_its_noun(words, unit):
    assert parse(words).unit == unit


RESOLUTIONS = [
    ("6 percent", 1), ("6.0 percent", "0.1"), ("91.69%", "0.01"), ("$1.2bn", 100_000_000), ("73,000 boats", 1),
    ("1.5 million", 100_000), ("600k", 1000), ("two million", 1_000_000), ("six percent", 1), ("1.20 million", 10_000),
    ("1.2 to 1.35 million", 10_000), ("two and a half metres", "0.1"), ("a third", None), ("dozens", None), ("5‰", "0.1"),
    ("ninety-nine point five percent", "0.1"), ("6 feet 2 inches", 1), ("1 to 1.5 million", 100_000),
]  # fmt: skip


@pytest.mark.parametrize(("words", "resolution"), RESOLUTIONS)
def test_the_size_of_the_last_written_digit_is_kept(words, resolution):
    assert parse(words).resolution == (None if resolution is None else Decimal(resolution))


def test_units_of_the_same_name_are_told():
    assert {"CAD", "AUD", "HKD"} <= namesakes("USD")
    assert namesakes("JPY") == {"CNY"}
