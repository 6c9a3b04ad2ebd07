"""The numbers that digits and words make, and those that count nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.prose import KINDS, find, parse
from reported.prose.number import Number
from reported.prose.numbers import Numbers

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred"))


def spelled(n: int, joiner: str = "-", conjunction: str = "and ") -> str:
    """A whole number in words, by the rules of English and not by the parser's."""
    if n < 20:
        return SMALL[n]
    if n < 100:
        rest = joiner + SMALL[n % 10] if n % 10 else ""
        return TENS[n // 10 - 2] + rest
    for size, name in SCALES:
        if n >= size:
            head, rest = divmod(n, size)
            words = f"{spelled(head, joiner, conjunction)} {name}"
            if not rest:
                return words
            link = conjunction if rest < 100 else ""
            return f"{words} {link}{spelled(rest, joiner, conjunction)}"
    raise AssertionError


def grouped(n: int, separator: str) -> str:
    return f"{n:,}".replace(",", separator)


WHOLE = st.integers(0, 10**15 - 1) | st.sampled_from([0, 1, 11, 100, 101, 110, 1000, 1001, 10**6, 10**6 + 1])


ONE = [
    # text, its number expressions
    *(("one boat", ["one"]), ("one", ["one"]), ("one was killed", ["one"]), ("killing one in Kyiv", ["one"])),
    *(("wounded one in Kyiv", ["one"]), ("he saw one", ["one"]), ("led by one boat", ["one"])),
    *(("at least one in every city", ["at least one"]), ("nearly one in it", ["nearly one"])),
    *(("one and a half cups", ["one and a half"]), ("one and a half million", ["one and a half million"])),
    ("the old one is a half cup", ["half"]),
    *(("one-third of them", ["one-third"]), ("one-man boat", ["one"]), ("one - man", ["one"])),
    *(
        ("one or two boats", ["one or two"]),
        ("one or 2 boats", ["one or 2"]),
        ("one to three", ["one to three"]),
    ),
    *(("the old one and 3 more", ["one", "3"]), ("the old one, 3 more", ["one", "3"])),
    *(("the old one and five more", ["one", "five"]), ("the old one or six more", ["one or six"])),
    *(("the best one to 3 users", ["one to 3"]), ("at least one hundred", ["at least one hundred"])),
    *(("twenty one of them", ["twenty one"]), ("one by land and one by sea", ["one", "one"])),
    # a pronoun, an idiom, part of a word
    *((text, []) for text in ("one of them", "one who left", "any one", "this one", "which one")),
    *(
        (text, [])
        for text in ("the new one", "a dead one in Kyiv", "the wounded one in Kyiv", "old one and gone")
    ),
    *((text, []) for text in ("a wounded one in Kyiv", "an injured one in Kyiv", "an old one or a new one")),
    *((text, []) for text in ("one by one", "one after another", "one at a time", "one or the other")),
    *(
        (text, [])
        for text in ("one-sided story", "one-off", "a no-one", "the old one and the half-empty cup")
    ),
    *(("the old one to sail", []), ("the old one 3", ["3"]), ("an old one-way street", [])),
]


@pytest.mark.parametrize(("text", "found"), ONE)
def test_one_is_a_number_where_it_counts(text, found):
    assert [p.text for p in find(text) if p.kind != "ordinal"] == found


ORDERED = [
    *(("the twenty-first boat", 21), ("the hundredth boat", 100), ("the two hundred and third boat", 203)),
    *(
        ("the one thousand and twentieth boat", 1020),
        ("the thousandth boat", 1000),
        ("the thirtieth boat", 30),
    ),
    *(("the two thousandth boat", 2000), ("the hundred and second boat", 102), ("the second boat", 2)),
    *(("the one hundred fifth boat", 105), ("the two hundred thirtieth boat", 230), ("a ninth boat", 9)),
    *(("the twenty-five hundredth boat", 2500), ("the two million and first boat", 2_000_001)),
    *(("the five thousand and second boat", 5002), ("the five hundred and twenty-second boat", 522)),
]


@pytest.mark.parametrize(("text", "value"), ORDERED)
def test_an_ordinal_keeps_its_number(text, value):
    (found,) = find(text)
    words = text.removeprefix("the ").removeprefix("a ").removesuffix(" boat")
    assert (found.text, found.kind, found.value, found.doubt) == (words, "ordinal", value, "")


def test_a_second_behind_hundreds_is_in_doubt():
    (found,) = find("a two hundred second delay")
    assert (found.text, found.value) == ("two hundred second", None)
    assert found.doubt == "an ordinal, or a number of seconds?"
    assert find("twenty second delay")[0].kind == "measure"


def test_words_that_make_no_number_together_are_in_doubt():
    for text in (
        "hundred hundred",
        "a dozen five",
        "two dozen hundred",
        "five zero",
        "twenty ten",
        "ten five",
    ):
        (found,) = find(f"{text} boats")
        assert (found.text, found.doubt) == (text, "numbers side by side; one number, or several?")
    assert [p.text for p in find("a dozen and five boats")] == ["a dozen", "five"]
    for text, value in [
        ("an hundred", 100),
        ("hundred", 100),
        ("thousand", 1000),
        ("hundred thousand", 10**5),
    ]:
        assert parse(f"{text} boats").value == value
    assert find("an boats") == []


def test_odds_are_shares_in_percent():
    for text, value in [
        *(
            ("one in hundred", 1),
            ("1 in forty", "2.5"),
            ("one in five", 20),
            ("1-in-5", 20),
            ("one-in-three", "33.333333333"),
        ),
        *(("three in four", 75), ("nine in 10", 90)),
    ]:
        (found,) = find(f"{text} boats")
        assert (found.text, found.kind, found.unit, found.value) == (
            text,
            "fraction",
            "percent",
            Decimal(value),
        )
    for text in (
        "zero in five boats",
        "0 out of 5 boats",
        "one in 0 boats",
        "killed three in four raids",
        "two in five days",
    ):
        assert "fraction" not in [p.kind for p in find(text)]
        assert len(find(text)) == 2


def test_a_part_keeps_its_whole():
    for text, value, of in [
        ("52 out of 54", 52, 54), ("twenty out of fifty", 20, 50), ("nine out of the 10", 9, 10),
    ]:  # fmt: skip
        (found,) = find(f"{text} boats")
        assert (found.text, found.kind, found.value, found.of) == (text, "count", value, of)


def test_a_size_is_a_qualifier_where_one_stands_for_it():
    for text, qualifier in [
        ("dozens of boats", "dozens"),
        ("several dozens of boats", "dozens"),
        ("hundreds of thousands of boats", "hundreds of thousands"),
        ("many hundreds of thousands of boats", "hundreds of thousands"),
        ("several hundred boats", "hundreds"),
        ("several hundred thousand boats", "hundreds of thousands"),
        ("a few million boats", "millions"),
        ("several trillion boats", "billions"),
        ("tens of billions of boats", "billions"),
        ("hundreds of boats", "hundreds"),
        ("tens of boats", "tens"),
    ]:
        (found,) = find(f"They saw {text}.")
        assert found.qualifier == qualifier
        assert f"They saw {found.text} {'of ' if ' of boats' in text else ''}boats." == f"They saw {text}."
        assert not found.doubt


def test_digits_may_be_spoken_behind_a_point():
    assert parse("three point one four boats").value == Decimal("3.14")
    assert parse("one point five million boats").value == Decimal("1500000")
    assert parse("two point four million boats").value == 2_400_000
    assert parse("three point one four hundred thousand boats").value == 314_000
    for text, first in [
        ("two million point five", "two million"),
        ("2.5 point five", "2.5"),
        ("3 point ten", "3"),
    ]:
        assert find(text)[0].text == first


@given(WHOLE, st.sampled_from(["-", " "]), st.sampled_from(["and ", ""]))
def test_a_number_in_words_reads_back(n, joiner, conjunction):
    assert parse(f"{spelled(n, joiner, conjunction)} boats").value == n


@given(WHOLE, st.sampled_from([",", "'", "’", "\u00a0", "\u2009", "\u202f"]))
def test_a_grouped_number_reads_back(n, separator):
    found = parse(f"{grouped(n, separator)} boats")
    assert (found.value, found.kind, found.qualifier) == (n, "count", "exact")


@given(st.integers(0, 10**6), st.integers(1, 99))
def test_decimals_read_back(whole, part):
    assert parse(f"{whole:,}.{part:02} percent").value == Decimal(f"{whole}.{part:02}")


@given(st.integers(1, 999), st.sampled_from([("thousand", 10**3), ("million", 10**6), ("billion", 10**9)]))
def test_a_scale_multiplies_exactly(n, scale):
    word, factor = scale
    assert parse(f"{n / 10:.1f} {word} boats").value == Decimal(n) * factor / 10
    assert parse(f"half a {word} boats").value == factor // 2


@given(st.integers(1, 10**40).filter(lambda n: len(f"{n:,}") <= 40))
def test_no_digit_of_a_long_number_is_lost(n):
    assert parse(f"{n:,} boats").value == n
    assert parse(f"-{n} boats").value == -n


@pytest.mark.parametrize("text", ["0" * 41, "9" * 10**5, "1," + "000," * 50 + "000"])
def test_no_reported_figure_has_more_digits_than_forty(text):
    (found,) = find(text)
    assert found.value is None
    assert found.doubt


NOT_THE_DIGITS_0_TO_9 = ["１２３", "٣٤٥", "१२३", "𝟏𝟐𝟑", "1２3", "12٣"]


@pytest.mark.parametrize("digits", NOT_THE_DIGITS_0_TO_9)
def test_digits_of_other_scripts_are_found_and_never_read(digits):
    (found,) = find(f"at least {digits} boats")
    assert found.value is None
    assert "not 0 to 9" in found.doubt


@pytest.mark.parametrize(
    "text", ["km²", "said.² boats", "①", "Ⅷ", "二", "World War II", "Henry VIII", "https://example.com"]
)
def test_superscripts_and_other_numerals_by_themselves_are_no_numbers(text):
    assert find(text) == []


UNCLEAR = [
    "12,34",  # neither grouped in threes nor a decimal
    "1,5",
    "1,2345",
    "1'00",
    "007",
    "0,500",
    "10²",
    "10^6",
    "1.500 boats",  # 1.5 boats, or 1500
    "24  300 boats",
    "24/7/1",
    "of the 617 234 were women",  # one number, or two
    "a 5m prize",
    "17:15:3",
    "a 5k run",
    "nineteen eighty-four",
    "twenty twenty-four",
    "3 million 200 thousand",
    "five six",
    "–5 degrees",
    "a twenty-second pause",
    "1-2-3",
]


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_can_be_read_in_two_ways_is_one_expression_in_doubt(text):
    (found,) = find(text)
    assert found.doubt
    assert found.value is None
    assert found.value_to is None


NOTHING_COUNTED = [
    ("on January 24.", "January 24", "date"),
    ("on January 24, 2024,", "January 24, 2024", "date"),
    ("24 January 2024", "24 January 2024", "date"),
    ("the 24th of January", "24th of January", "date"),
    ("Feb. 24, 2022", "Feb. 24, 2022", "date"),
    ("Sept 3", "Sept 3", "date"),
    ("in January 2024", "January 2024", "date"),
    ("January 24-26", "January 24-26", "date"),
    ("24–26 January", "24–26 January", "date"),
    ("24 and 25 January", "24 and 25 January", "date"),
    ("on January 24 and 26.", "January 24 and 26", "date"),
    ("2024-01-24", "2024-01-24", "date"),
    ("24.02.2022", "24.02.2022", "date"),
    ("24/02/2022", "24/02/2022", "date"),
    ("in 2014", "2014", "date"),
    ("(2014)", "2014", "date"),
    ("the 2024 election", "2024", "date"),
    ("in about 2015,", "2015", "date"),
    ("2014-22", "2014-22", "date"),
    ("2024/25", "2024/25", "date"),
    ("the 1990s", "1990s", "date"),
    ("the '90s", "90s", "date"),
    ("in his 20s", "20s", "date"),
    ("in her twenties", "twenties", "date"),
    ("pre-2014", "2014", "date"),
    ("mid-1990s", "1990s", "date"),
    ("at 3:15 p.m.", "3:15 p.m.", "time"),
    ("at 15:00", "15:00", "time"),
    ("at 3 p.m.", "3 p.m.", "time"),
    ("at 3.15 pm", "3.15 pm", "time"),
    ("at 3pm", "3pm", "time"),
    ("at nine a.m.", "nine a.m", "time"),
    ("at three o'clock", "three o'clock", "time"),
    ("at 0300 GMT", "0300 GMT", "time"),
    ("an Il-76 plane", "Il-76", "designation"),
    ("the Il-76MD-90A", "Il-76MD-90A", "designation"),
    ("F-16s", "F-16s", "designation"),
    ("MH17", "MH17", "designation"),
    ("S-300/400", "S-300/400", "designation"),
    ("T-72B3", "T-72B3", "designation"),
    ("9K720", "9K720", "designation"),
    ("2S19", "2S19", "designation"),
    ("a Boeing 737-800", "Boeing 737-800", "designation"),
    ("Flight 17", "Flight 17", "designation"),
    ("Article 5", "Article 5", "designation"),
    ("No. 5", "No. 5", "designation"),
    ("#5", "#5", "designation"),
    ("COVID-19", "COVID-19", "designation"),
    ("5G", "5G", "designation"),
    ("4x4", "4x4", "designation"),
    ("1e6", "1e6", "designation"),
    ("boats50", "boats50", "designation"),
    ("see https://example.com/2024/5 there", "https://example.com/2024/5", "designation"),
    ("open 24/7", "24/7", "designation"),
    ("since 9/11", "9/11", "designation"),
    ("won 3:1", "3:1", "score"),
    ("won 3-2", "3-2", "score"),
    ("lost 2-3 to them", "2-3", "score"),
    ("drew 2-2", "2-2", "score"),
    ("won 6-4, 7-5.", "6-4, 7-5", "score"),
    ("voted 52-48", "52-48", "score"),
    ("a 50-50 chance", "50-50", "score"),
    ("the old BBC One channel", "One", "designation"),
    ("ministers of the Group of Seven", "Seven", "designation"),
    ("matches of the Six Nations", "Six", "designation"),
    ("Game 6", "Game 6", "designation"),
    ("the iPhone 11 Pro Max", "iPhone 11", "designation"),
    ("the S&P 500", "S&P 500", "designation"),
    ("the 737 MAX", "737 MAX", "designation"),
    ("a 5-star hotel", "5-star", "designation"),
    ("a five-star hotel", "five-star", "designation"),
    ("10 Downing Street", "10", "designation"),
    ("7-Eleven shops", "7-Eleven", "designation"),
    ("the show 60 Minutes said", "60 Minutes", "designation"),
    ("seen on France 24 by many", "24", "designation"),
    ("they say Schalke 04", "Schalke 04", "designation"),
    ("type 2 diabetes", "type 2", "designation"),
    ("phase three trials", "three", "designation"),
    ("Sections 5 and 6", "Sections 5 and 6", "designation"),
    ("the under-21 side", "under-21", "designation"),
    ("the 737 MAX jet", "737 MAX", "designation"),
    ("a 737-800 jet", "737-800", "designation"),
    ("the firm 3M said", "3M", "designation"),
    ("in the round of 16", "round of 16", "designation"),
    ("287 for 4 at stumps", "287 for 4", "score"),
    ("odds of 4/6", "4/6", "score"),
    ("voted 51 to 49", "51 to 49", "score"),
    ("back in '98", "98", "date"),
    ("in 44 BC", "44", "date"),
    ("by 2100", "2100", "date"),
    ("on Monday 5.", "5", "date"),
    ("at seven in the evening", "seven", "time"),
    ("at half past six", "half past six", "time"),
    ("left at 0715", "0715", "time"),
    ("5 and 6 p.m.", "5 and 6 p.m.", "time"),
    ("in 31:24", "31:24", "time"),
    ("the first attack", "first", "ordinal"),
    ("his 21st birthday", "21st", "ordinal"),
    ("the twenty-first", "twenty-first", "ordinal"),
    ("a third person", "third", "ordinal"),
    ("the hundred and first day", "hundred and first", "ordinal"),
    ("the 100,000th visitor", "100,000th", "ordinal"),
    ("the two-hundredth anniversary", "two-hundredth", "ordinal"),
]


@pytest.mark.parametrize(("text", "number", "kind"), NOTHING_COUNTED, ids=lambda x: str(x))
def test_dates_times_designations_and_ordinals_are_found_and_are_no_quantities(text, number, kind):
    (found,) = find(text)
    assert (found.text, found.kind, found.is_quantity, found.doubt) == (number, kind, False, "")
    assert text[found.start : found.end] == number


COUNTS_BESIDE_DATES = [
    ("In January 24 people died", ["24"]),
    ("On January 24, 2000 people died", ["2000"]),
    ("On January 24 300 people died", ["300"]),
    ("In 2022 more than 50 people died", ["more than 50"]),
    ("2014 soldiers", ["2014"]),
    ("about 2000 villages", ["about 2000"]),
    ("2014 villages", ["2014"]),
    ("1999 people", ["1999"]),
    ("2000-strong", ["2000"]),
    ("2000 km", ["2000"]),
    ("may 5 boats", ["5"]),
    ("march 24 miles", ["24"]),
    ("January 24-hour shifts", ["24"]),
    ("15 S-300 missiles", ["15"]),
    ("two 500-kilogram bombs", ["two", "500"]),
    ("two three-year-olds", ["two"]),
    ("January 5,000 boats", ["5,000"]),
    ("They lost 12 in the morning", ["12"]),
    ("On Monday 5 were lost in the harbour", ["5"]),
    ("boats sank in Lagos: in Lagos 12 and in Accra 3 were lost", ["12", "3"]),
    ("Peru lost 5 boats and Chile 3.", ["5", "3"]),
    ("Labour holds 31 seats, the Greens 9.", ["31", "9"]),
    ("a flat 10 percent fee", ["10 percent"]),
    ("put the number 600 higher", ["600"]),
]


@pytest.mark.parametrize(("text", "counts"), COUNTS_BESIDE_DATES, ids=lambda x: str(x))
def test_a_count_beside_a_date_or_a_name_stays_a_count(text, counts):
    quantities = [p for p in find(text) if p.is_quantity]
    assert [p.text for p in quantities] == counts
    assert not any(p.doubt for p in quantities)


def test_a_second_counts_seconds_behind_a_number_and_orders_alone():
    assert parse("a 15-second clip").value == parse("a 15 second clip").value == 15
    assert parse("a twenty second delay").kind == "measure"
    assert [p.kind for p in find("the second clip")] == ["ordinal"]


INVISIBLE = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"]


@pytest.mark.parametrize("character", INVISIBLE)
def test_what_a_reader_cannot_see_changes_no_number(character):
    text = f"at le{character}ast 6{character}00 fif{character}ty boats"
    first = find(text)[0]
    assert (first.qualifier, text[first.start : first.end]) == ("at least", first.text)
    assert find(f"6{character}00 boats")[0].value == 600
    assert find(f"fif{character}ty boats")[0].value == 50


def test_ligatures_are_their_letters():
    text = "about ﬁfty-ﬁve boats"
    (found,) = find(text)
    assert (found.value, found.qualifier, found.text) == (55, "about", "about ﬁfty-ﬁve")


@pytest.mark.parametrize("control", ["\u202e", "\u202d", "\u2066", "\u2067"])
def test_digits_that_a_control_character_reorders_on_screen_are_in_doubt(control):
    (found,) = find(f"{control}123 boats")
    assert found.value is None
    assert "reorders" in found.doubt


@given(st.text(alphabet=st.sampled_from("1five 0,.'-–/$%ahundrednom½²٣:\n\u200bﬁ"), max_size=60))
def test_expressions_stand_in_order_and_apart_whatever_the_text(text):
    end = 0
    for found in find(text):
        assert end <= found.start <= found.number_start < found.number_end <= found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.kind in KINDS
        assert not (found.doubt and found.value is not None)
        end = found.end


@given(st.text(max_size=80))
def test_every_digit_of_a_text_is_in_some_expression(text):
    covered = set[int]()
    for found in find(text):
        covered.update(range(found.number_start, found.number_end))
    digits = {i for i, character in enumerate(text) if "0" <= character <= "9"}
    assert digits <= covered


def test_the_reader_answers_for_a_token():
    reader = Numbers("some 1.5 million boats")
    assert reader.number(1) == Number(
        1, 3, "count", Decimal(1_500_000), scale=10**6, resolution=Decimal(100_000)
    )
    assert reader.number(0) is None
