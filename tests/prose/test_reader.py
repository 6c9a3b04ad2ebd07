"""What each phrase of news prose must give: qualifier and number, or a refusal."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.prose import NUMBERED, QUALIFIERS, WORD_ONLY, PhraseError, find, parse
from reported.prose.vocabulary import entries

# phrase -> qualifier, value, value_to
PHRASES = [
    # bare numbers
    ("65 servicemen", "exact", 65, None),
    ("Fifty-five bodies", "exact", 55, None),
    ("FIFTY-FIVE bodies", "exact", 55, None),
    ("the remains of 77 sailors", "exact", 77, None),
    ("617,000 people aboard", "exact", 617000, None),
    ("1,234,567.89 litres", "exact", "1234567.89", None),
    ("1'234'567 francs", "exact", 1234567, None),
    ("600 000 boats", "exact", 600000, None),
    ("1 234 567 boats", "exact", 1234567, None),
    ("1.5 million boats", "exact", 1500000, None),
    ("1.5-million boats", "exact", 1500000, None),
    ("20 thousand boats", "exact", 20000, None),
    ("five hundred thousand boats", "exact", 500000, None),
    ("5 hundred thousand boats", "exact", 500000, None),
    ("two lakh people", "exact", 200000, None),
    ("600k boats", "exact", 600000, None),
    ("2 bn litres", "exact", 2 * 10**9, None),
    ("5m people", "exact", 5000000, None),
    ("a wall 5m high", "exact", 5, None),
    ("two to three million boats", "between", 2000000, 3000000),
    ("two hundred to three hundred boats", "between", 200, 300),
    ("two hundred to three hundred thousand boats", "between", 200000, 300000),
    ("two hundred to three thousand boats", "between", 200, 3000),
    ("two hundred to five million boats", "between", 200, 5000000),
    ("two hundred thousand to three hundred thousand boats", "between", 200000, 300000),
    ("two thousand to three million boats", "between", 2000, 3000000),
    ("a 5m-high wall", "exact", 5, None),
    ("two and a quarter cups", "exact", "2.25", None),
    ("two and a half cups", "exact", "2.5", None),
    ("one hundred and twenty-three thousand", "exact", 123000, None),
    ("two thousand and five boats", "exact", 2005, None),
    ("fifteen hundred boats", "exact", 1500, None),
    ("a hundred boats", "exact", 100, None),
    ("a dozen boats", "exact", 12, None),
    ("two dozen boats", "exact", 24, None),
    ("half a dozen boats", "exact", 6, None),
    ("a half-dozen boats", "exact", 6, None),
    ("half a million boats", "exact", 500000, None),
    ("half-million boats", "exact", 500000, None),
    ("a quarter of a million boats", "exact", 250000, None),
    ("a quarter-million boats", "exact", 250000, None),
    ("a quarter million boats", "exact", 250000, None),
    ("½ million boats", "exact", 500000, None),
    ("three quarters of a million boats", "exact", 750000, None),
    ("a third of a million boats", "exact", "333333.333333333", None),
    ("two and a third miles", "exact", "2.333333333", None),
    ("a million and a half boats", "exact", 1500000, None),
    ("two and a half million boats", "exact", 2500000, None),
    ("ninety-nine point five percent", "exact", "99.5", None),
    ("0.5 percent", "exact", "0.5", None),
    (".5 percent", "exact", "0.5", None),
    ("-5 degrees", "exact", -5, None),
    ("−5 degrees", "exact", -5, None),
    ("minus five degrees", "exact", -5, None),
    ("+5 degrees", "exact", 5, None),
    ("zero boats", "exact", 0, None),
    ("one boat", "exact", 1, None),
    ("a pair of boats", "exact", 2, None),
    ("killing one and", "exact", 1, None),
    ("all 65 aboard", "exact", 65, None),
    ("another 65", "exact", 65, None),
    ("a record 50 boats", "exact", 50, None),
    ("about the 65 sailors", "exact", 65, None),  # a preposition
    ("some of 300 boats", "exact", 300, None),  # a part of exactly 300
    ("within the next two weeks", "exact", 2, None),
    # units, money, percent
    ("15-minute warning", "exact", 15, None),
    ("a two-year wait", "exact", 2, None),
    ("two days earlier", "exact", 2, None),
    ("37.5°C", "exact", "37.5", None),
    ("half an hour", "exact", "0.5", None),
    ("an hour and a half", "exact", "1.5", None),
    ("two years and a half", "exact", "2.5", None),
    ("2½ miles", "exact", "2.5", None),
    ("2 1/2 miles", "exact", "2.5", None),
    ("one and three-quarters miles", "exact", "1.75", None),
    ("$2bn", "exact", 2 * 10**9, None),
    ("€3.4m", "exact", 3400000, None),
    ("US$5 million", "exact", 5000000, None),
    ("EUR 300", "exact", 300, None),
    ("£600k", "exact", 600000, None),
    ("5 billion dollars", "exact", 5 * 10**9, None),
    ("5$", "exact", 5, None),
    ("45 percent", "exact", 45, None),
    ("45 per cent", "exact", 45, None),
    ("45%", "exact", 45, None),
    ("five percentage points", "exact", 5, None),
    ("$US55,931,000", "exact", 55931000, None),
    ("RM79", "exact", 79, None),
    ("Rs 500 crore", "exact", 5 * 10**9, None),
    ("S$1mil", "exact", 1000000, None),
    ("164p", "exact", 164, None),
    ("-$50.8bn", "exact", -508 * 10**8, None),
    ("minus 1.4 percent", "exact", "-1.4", None),
    ("24pc", "exact", 24, None),
    ("500mg", "exact", 500, None),
    ("38.5C", "exact", "38.5", None),
    ("a 40-yard kick", "exact", 40, None),
    ("35m of its devices", "exact", 35000000, None),
    ("8bn boats", "exact", 8 * 10**9, None),
    ("617 234 boats", "exact", 617234, None),
    ("122.883 people", "exact", 122883, None),
    ("1.234.567 boats", "exact", 1234567, None),
    ("12,5 percent", "exact", "12.5", None),
    ("5‰", "exact", "0.5", None),
    # fractions and multiples
    ("outnumbered 5 to 1", "exact", 5, None),
    ("a score of boats", "exact", 20, None),
    ("half of the boats", "exact", 50, None),
    ("a quarter of the boats", "exact", 25, None),
    ("three-quarters of the boats", "exact", 75, None),
    ("two-thirds of the boats", "exact", "66.666666667", None),
    ("by a third", "exact", "33.333333333", None),
    ("one-fifth of them", "exact", 20, None),
    ("¾ of the boats", "exact", 75, None),
    ("1/4 of the boats", "exact", 25, None),
    ("one percent", "exact", 1, None),
    ("a 50-point lead", "exact", 50, None),
    ("one in five boats", "exact", 20, None),
    ("9 out of 10 boats", "exact", 90, None),
    ("twice as many", "exact", 2, None),
    ("three times as many", "exact", 3, None),
    ("tenfold", "exact", 10, None),
    ("a 10-fold rise", "exact", 10, None),
    ("a two-fold rise", "exact", 2, None),
    ("the number doubled", "exact", 2, None),
    ("double the number", "exact", 2, None),
    ("5x", "exact", 5, None),
    # at least
    ("At least 42,284 sailors", "at least", 42284, None),
    ("no fewer than 300 houses", "at least", 300, None),
    ("no less than a dozen houses", "at least", 12, None),
    ("not fewer than 40 boats", "at least", 40, None),
    ("a minimum of 12 buses", "at least", 12, None),
    ("at the very least 12 buses", "at least", 12, None),
    ("as few as 5 boats", "at least", 5, None),
    ("at least another 50 boats", "at least", 50, None),
    ("at least a reported further 50 boats", "at least", 50, None),
    ("at least a further 50 boats", "at least", 50, None),
    ("at least US$5m", "at least", 5000000, None),
    ("at least twice", "at least", 2, None),
    ("at least one was killed", "at least", 1, None),
    ('"at least" 50 boats', "at least", 50, None),
    ("50 or more boats", "at least", 50, None),
    ("50 boats or more", "at least", 50, None),
    ("a 15-minute or longer wait", "at least", 15, None),
    ("50 percent of boats or more", "at least", 50, None),
    ("50 people, at least", "at least", 50, None),
    ("aged 20 or older", "at least", 20, None),
    ("50-plus boats", "at least", 50, None),
    ("50+ boats", "at least", 50, None),
    ("≥50 boats", "at least", 50, None),
    # more than
    ("more than 600,000 cyclists", "more than", 600000, None),
    ("over 50 boats", "more than", 50, None),
    ("over 20 years ago", "more than", 20, None),
    ("lasted over two days", "more than", 2, None),
    ("upwards of $2bn", "more than", 2 * 10**9, None),
    ("in excess of 50 boats", "more than", 50, None),
    ("just over 50 boats", "more than", 50, None),
    ("well over a hundred boats", "more than", 100, None),
    ("exceeded 5,000 boats", "more than", 5000, None),
    ("more than just 50 boats", "more than", 50, None),
    ("more than a month", "more than", 1, None),
    ("past the 50,000 boats", "more than", 50000, None),
    ("passed the 2 million mark", "more than", 2000000, None),
    ("the majority of boats", "more than", 50, None),
    ("over-65s", "more than", 65, None),
    ("more than a staggering 50 boats", "more than", 50, None),
    ("estimated at more than 600", "more than", 600, None),
    ("more than half", "more than", 50, None),
    ("more than doubled", "more than", 2, None),
    ("more than one boat", "more than", 1, None),
    (">50 boats", "more than", 50, None),
    # up to
    ("up to 50 boats", "up to", 50, None),
    ("as many as 500", "up to", 500, None),
    ("as much as $5m", "up to", 5000000, None),
    ("at most 50 boats", "up to", 50, None),
    ("no more than a dozen boats", "up to", 12, None),
    ("not more than 50 boats", "up to", 50, None),
    ("a maximum of 50 boats", "up to", 50, None),
    ("up to a maximum of 50 boats", "up to", 50, None),
    ("not exceeding 50 boats", "up to", 50, None),
    ("within 10 kilometers", "up to", 10, None),
    ("50 or fewer boats", "up to", 50, None),
    ("two kilometers or less", "up to", 2, None),
    ("200 people, at most", "up to", 200, None),
    # less than
    ("less than 50 litres", "less than", 50, None),
    ("fewer than 50 boats", "less than", 50, None),
    ("under 50 boats", "less than", 50, None),
    ("below 50 percent", "less than", 50, None),
    ("not even 50 boats", "less than", 50, None),
    ("under-18s", "less than", 18, None),
    ("nowhere near 50 boats", "less than", 50, None),
    ("less than half", "less than", 50, None),
    ("under the age of 18", "less than", 18, None),
    # about
    ("about 600,000 cyclists", "about", 600000, None),
    ("number about 600,000", "about", 600000, None),
    ("around 50 boats", "about", 50, None),
    ("roughly two dozen boats", "about", 24, None),
    ("approximately 50 boats", "about", 50, None),
    ("approx. 50 boats", "about", 50, None),
    ("an estimated 500 boats", "about", 500, None),
    ("estimated at 500 boats", "about", 500, None),
    ("some 300 boats", "about", 300, None),
    ("some two dozen boats", "about", 24, None),
    ("perhaps 30 boats", "about", 30, None),
    ("~50 boats", "about", 50, None),
    ("fifty-odd boats", "about", 50, None),
    ("a hundred-odd boats", "about", 100, None),
    ("20-something boats", "about", 20, None),
    ("50 boats or so", "about", 50, None),
    ("a dozen or so boats", "about", 12, None),
    ("50 or thereabouts", "about", 50, None),
    ("about a third", "about", "33.333333333", None),
    ("600-ish boats", "about", 600, None),
    ("600ish boats", "about", 600, None),
    ("about 20–25 boats", "about", 20, 25),
    ("some 40 to 50 boats", "about", 40, 50),
    ("between about 10 and 15 boats", "about", 10, 15),
    ("between 10 and about 15 boats", "about", 10, 15),
    ("20 to 30 boats or so", "about", 20, 30),
    ("in the region of 18,000-20,000 boats", "about", 18000, 20000),
    ("$3 million, give or take", "about", 3000000, None),
    ("a day-long wait", "exact", 1, None),
    ("an hour and 52 minutes", "exact", 112, None),
    ("40 days, eight hours", "exact", 968, None),
    ("6 feet 2 inches", "exact", 74, None),
    ("20-odd thousand boats", "about", 20000, None),
    # nearly
    ("just shy of 50 boats", "nearly", 50, None),
    ("nearly a year-long siege", "nearly", 1, None),
    ("nearly 2,000 kilometers", "nearly", 2000, None),
    ("almost 50 boats", "nearly", 50, None),
    ("close to 50 boats", "nearly", 50, None),
    ("just under 50 boats", "nearly", 50, None),
    ("slightly fewer than 50 boats", "nearly", 50, None),
    ("just short of 50 boats", "nearly", 50, None),
    ("approaching 50 boats", "nearly", 50, None),
    ("not quite 50 boats", "nearly", 50, None),
    ("nearly all 65 aboard", "nearly", 65, None),
    # between
    ("between 5 and 7 boats", "between", 5, 7),
    ("from 13.5 to 14.0 boats", "between", "13.5", "14.0"),
    ("between US$160 million and US$171 million", "between", 160000000, 171000000),
    ("14-18 mpg", "between", 14, 18),
    ("2,000 - 2,500 boats", "between", 2000, 2500),
    ("5 or even 6 boats", "between", 5, 6),
    ("a ratio of 5, or even 6, to 1", "between", 5, 6),
    ("a six-figure sum", "between", 100000, 999999),
    ("a double-digit rise", "between", 10, 99),
    ("from 3 to 5 boats", "between", 3, 5),
    ("in two to three days", "between", 2, 3),
    ("two or three boats", "between", 2, 3),
    ("10-15 boats", "between", 10, 15),
    ("10–15 km", "between", 10, 15),
    ("a 10- to 15-minute wait", "between", 10, 15),
    ("fifty-sixty boats", "between", 50, 60),
    ("five days to seven days", "between", 5, 7),
    ("between 5 km and 7 km", "between", 5, 7),
    ("10 to 15 percent", "between", 10, 15),
    ("5% to 7%", "between", 5, 7),
    ("two to three million boats", "between", 2000000, 3000000),
    ("five to seven hundred boats", "between", 500, 700),
    ("600,000 to 1 million boats", "between", 600000, 1000000),
    ("between $2 and $3 million", "between", 2000000, 3000000),
    ("$2 to 3 million", "between", 2000000, 3000000),
    ("two to 5 percent", "between", 2, 5),
    ("$2-3bn", "between", 2 * 10**9, 3 * 10**9),
    ("$5m-$7m", "between", 5000000, 7000000),
    ("three to four times higher", "between", 3, 4),
    ("a day or two", "between", 1, 2),
    ("a hundred or two", "between", 100, 200),
    ("-5 to 5 degrees", "between", -5, 5),
    ("at least 20 and up to 50 boats", "between", 20, 50),
    ("more than 20 but fewer than 30 boats", "between", 20, 30),
    ("at least 20, but no more than 30, boats", "between", 20, 30),
    # words without digits
    ("several previous regattas", "several", None, None),
    ("at least several boats", "several", None, None),
    ("several times", "several times", None, None),
    ("could be several times higher", "several times", None, None),
    ("a severalfold rise", "several times", None, None),
    ("a several-fold rise", "several times", None, None),
    ("a couple of boats", "a couple", None, None),
    ("a handful of boats", "a handful", None, None),
    ("dozens of boats", "dozens", None, None),
    ("tens of boats", "tens", None, None),
    ("at least dozens of boats", "dozens", None, None),
    ("several dozen boats", "dozens", None, None),
    ("scores of boats", "scores", None, None),
    ("hundreds of boats", "hundreds", None, None),
    ("several hundred boats", "hundreds", None, None),
    ("a few hundred boats", "hundreds", None, None),
    ("a couple of hundred boats", "hundreds", None, None),
    ("many thousands of boats", "thousands", None, None),
    ("several thousand boats", "thousands", None, None),
    ("tens of thousands of boats", "tens of thousands", None, None),
    ("hundreds of thousands of boats", "hundreds of thousands", None, None),
    ("several hundred thousand boats", "hundreds of thousands", None, None),
    ("millions of boats", "millions", None, None),
    ("tens of millions of boats", "tens of millions", None, None),
    ("hundreds of millions of boats", "hundreds of millions", None, None),
    ("billions of dollars", "billions", None, None),
]


@pytest.mark.parametrize(("words", "qualifier", "value", "value_to"), PHRASES, ids=lambda x: str(x))
def test_a_phrase_gives_its_qualifier_and_number(words, qualifier, value, value_to):
    found = parse(words)
    expected = [None if v is None else Decimal(v) for v in (value, value_to)]
    assert [found.qualifier, found.value, found.value_to] == [qualifier, *expected]


def test_there_are_phrases_for_every_qualifier():
    assert {qualifier for _, qualifier, _, _ in PHRASES} == {*NUMBERED, *WORD_ONLY}
    assert len(PHRASES) >= 150
    assert set(QUALIFIERS.values()) == {*NUMBERED, *WORD_ONLY}


NUMBER_EXPRESSIONS = [
    "65", "617,000", "1.5", "2,000 km", "$5", "45%", "five", "fifty-five", "first", "21st", "half", "two-thirds",
    "two to three", "dozens", "scores of", "hundreds of thousands", "several", "a handful", "half a dozen", "twice",
    "tenfold", "15-minute", "January 24", "2014", "15:00", "Il-76", "two-year", "two days earlier", "a couple of",
    "a few hundred", "three times", "doubled", "one boat",
]  # fmt: skip
NO_NUMBERS = [
    "some boats", "few boats", "a few boats", "many boats", "both boats", "either boat", "neither boat", "another boat",
    "one of the boats", "no one came", "one must wonder", "one another", "the one", "a new one in town", "each one", "one by one", "one after another", "one at a time",
    "last month", "once", "at once", "at first", "a double agent", "one-sided", "half-hearted", "he scores goals",
    "a married couple", "the company", "numerous boats", "may", "March on", "World War II", "no boats", "single",
    "at least", "about the boats", "more than usual", "almost",
]  # fmt: skip


@pytest.mark.parametrize("text", NUMBER_EXPRESSIONS)
def test_a_number_expression_is_found_once(text):
    assert len(find(text)) == 1


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_not_found(text):
    assert find(text) == []


TWO_NUMBERS = [
    ("65 sailors and nine others", ["65", "nine"]),
    ("rose from 3 to 5 boats", ["3", "5"]),
    ("increased from the original 40 to 65", ["40", "65"]),
    ("it rose from that small old 3 to 5 boats", ["3", "5"]),
    ("it rose in all the ports they left from 3 to 5 boats", ["3", "5"]),
    ("fell from 600 to about 300", ["600", "about 300"]),
    ("between 5 sailors and 7 divers", ["5", "7"]),
    ("nearly half of 50", ["nearly half", "50"]),
    ("up to 50 of the top 300", ["up to 50", "300"]),
    ("5 and 10", ["5", "10"]),
    ("one, two and 3 boats", ["one", "two", "3"]),
    ("two thousand and a hundred million", ["two thousand", "a hundred million"]),
    ("5 to 21st", ["5", "21st"]),
    ("5% to 7 boats", ["5%", "7"]),
    ("$5 to 7%", ["$5", "7%"]),
    ("5 boats more than 50 miles off", ["5", "more than 50"]),
    ("the first 50 boats", ["first", "50"]),
    ("killing one and wounding three", ["one", "three"]),
    ("a million and two million", ["a million", "two million"]),
    ("killed 50 people at least 10 of them children", ["50", "at least 10"]),
    ("fewer than 5, or 6 boats", ["fewer than 5", "6"]),
    ("50 people and over 60 boats", ["50", "over 60"]),
    ("at least. 50 and at least\n\n60", ["50", "60"]),
]


@pytest.mark.parametrize(("text", "found"), TWO_NUMBERS, ids=lambda x: str(x))
def test_two_numbers_are_two(text, found):
    assert [p.text for p in find(text)] == found


REFUSED = [
    # words, what the refusal says
    ("boats", "no quantity"),
    ("", "no quantity"),
    ("January 24", "is a date"),
    ("Il-76", "is a designation"),
    ("the third attack", "is an ordinal"),
    ("65 sailors and nine others", "2 numbers"),
    ("at least about 50 boats", "two qualifiers"),
    ("up to 50,000 or so boats", "two qualifiers"),
    ("more than 100,000-plus boats", "two qualifiers"),
    ("nearly 10 to 15 boats", "range"),
    ("at least 10 to 15 boats", "range"),
    ("between 10 and 15 or more boats", "range"),
    ("about 5 to nearly 10 boats", "two qualifiers"),
    ("between 7 and 5 boats", "not the smaller"),
    ("10 to 20,000 boats", "lower end"),
    ("5 to 12,34 boats", "decimal comma"),
    ("more than several boats", "together"),
    ("about several boats", "together"),
    ("up to several hundred boats", "together"),
    ("not 50 boats", "denied"),
    ("isn't 50", "denies"),
    ("not much more than 50 boats", "denies"),
    ("not at least 50 boats", "denied"),
    ("hardly 50 boats", "belittled"),
    ("barely 50 boats", "belittled"),
    ("at last 50 boats", "misspelt"),
    ("nobody won by more than 50 votes", "denied"),
    ("a 1-in-500-year flood", "chance"),
    ("hundreds, if not thousands", "the one, or the other"),
    ("1.500 boats", "grouped by a point"),
    ("1.500 euros", "grouped by a point"),
    ("all but 3 boats", "except"),
    ("if not 50 boats", "possible"),
    ("near 50 boats", "near"),
    ("a report about 55 boats", "about"),
    ("told us about 55 boats", "about"),
    ("said nothing about 55 boats", "about"),
    ("over two days", "during"),
    ("flew over 3 islands", "above"),
    ("more than a famous 50 boats", "belong"),
    ("a 5m prize", "million or metres"),
    ("12,34 boats", "decimal comma"),
    ("nineteen eighty-four", "side by side"),
    ("5" * 501, "no phrase"),
]


@pytest.mark.parametrize(("words", "reason"), REFUSED, ids=lambda x: str(x)[:40])
def test_what_is_not_one_clear_number_is_refused_with_the_reason(words, reason):
    with pytest.raises(PhraseError, match=reason):
        parse(words)


def test_what_a_number_is_compared_with_has_no_qualifier():
    for text in ("twice as many as 50 boats", "5 percent more than 50 boats"):
        second = find(text)[1]
        assert (second.qualifier, second.value, second.doubt) == ("exact", 50, "")


def test_dates_and_names_beside_a_quantity_are_passed_over():
    assert parse("65 sailors of Unit 7 on January 24").value == 65


EXTENTS = [
    ("It rose in all of the many ports they left from 3 to 5 boats.", "from 3 to 5"),
    ("It rose. The boats, he said in the town, came from 3 to 5 ports.", "from 3 to 5"),
    ("It rose from that very small old 3 to 5 boats.", "3 to 5"),
    ("There were well over 50 boats.", "well over 50"),
    ("It took a little more than 50 boats.", "a little more than 50"),
    ("It was a more than 50-boat fleet.", "more than 50"),
    ("They said 50 boats or so came.", "50 boats or so"),
    ('a fleet of "at least" [50] boats', 'at least" [50'),
    ("It could be several times higher.", "could be several times"),
    ("It will be several times higher.", "several times"),
    ("They saw between 5 and 7 boats.", "between 5 and 7"),
    ("They saw from 5 to 7 boats.", "from 5 to 7"),
    ("They lost US$5m more.", "US$5m"),
    ("They saw 45 percent or more.", "45 percent or more"),
]


@pytest.mark.parametrize(("text", "extent"), EXTENTS)
def test_an_expression_reaches_from_its_qualifier_to_its_end(text, extent):
    (found,) = find(text)
    assert (found.text, text[found.start : found.end]) == (extent, extent)
    assert found.start <= found.number_start < found.number_end <= found.end


BEHIND = [
    ("50 plus boats", "50 plus", "at least"),
    ("50 people plus weapons", "50", "exact"),
    ("50+ people", "50+", "at least"),
    ("50 + people", "50", "exact"),
    ("50 people+", "50", "exact"),
    ("50-plus people", "50-plus", "at least"),
    ("50 -plus people", "50", "exact"),
    ("50 people-plus", "50", "exact"),
    ("50-odd boats", "50-odd", "about"),
    ("50 odd boats", "50 odd", "about"),
    ("50 people odd as ever", "50", "exact"),
    ("50 - odd boats", "50", "exact"),
    ("50 -some boats", "50", "exact"),
    ("50-some boats", "50-some", "about"),
    ("50-something men", "50-something", "about"),
    ("the 50-somethings", "50-somethings", "about"),
    ("50 boats, or more", "50 boats, or more", "at least"),
    ("50 boats, or more to come", "50", "exact"),
    ("50 boats, maximum", "50", "exact"),
    ("50 boats maximum", "50 boats maximum", "up to"),
    ("50 people and more weapons", "50", "exact"),
    ("50 people and more.", "50 people and more", "at least"),
    ("50 boats and up here", "50", "exact"),
    ("50 and up", "50 and up", "at least"),
    ("from 50 boats and up to the hills", "50", "exact"),
    ("50 boats at least now", "50 boats at least", "at least"),
    ("50 boats roughly handled", "50 boats roughly", "about"),
    ("50 boats or so the next day", "50 boats or so", "about"),
    ("50 boats or more another day", "50 boats or more", "at least"),
    ("50 boats or more to be sent", "50 boats or more", "at least"),
    ("50 soldiers at most first seen in spring", "50 soldiers at most", "up to"),
    ("50 visits at least once a week", "50", "exact"),
    ("50 boats at least the size of a car", "50", "exact"),
    ("50 boats at least part of the time", "50", "exact"),
    ("50 boats at least partly sunk", "50", "exact"),
    ("50 boats at least another day", "50", "exact"),
    ("50 boats at least one way", "50", "exact"),
    ("50 boats or more than that", "50", "exact"),
    ("50 boats at least dozens of which sank", "50", "exact"),
    ("50 boats at least 20 of which sank", "50", "exact"),
    ("50 boats at most about as long", "50", "exact"),
]


@pytest.mark.parametrize(("text", "extent", "qualifier"), BEHIND)
def test_words_behind_a_number_qualify_it_or_what_comes_next(text, extent, qualifier):
    first = find(text)[0]
    assert (first.text, first.qualifier, first.value) == (extent, qualifier, 50)


def test_a_phrase_is_no_longer_than_a_few_lines():
    assert parse("5 " + "b" * 498).value == 5
    with pytest.raises(PhraseError, match="no phrase"):
        parse("5 " + "b" * 499)


def test_kind_and_noun_say_what_is_counted():
    for words, kind, noun in [
        ("65 Baltic sailors", "count", "Baltic sailors"),
        ("nearly 2,000 kilometers", "measure", "kilometers"),
        ("15-minute warning", "measure", "minute"),
        ("two days earlier", "measure", "days"),
        ("dozens of Baltic sailors", "count", "Baltic sailors"),
        ("half of the boats", "fraction", "boats"),
        ("a quarter of an hour", "measure", "hour"),
        ("three-quarters of a point", "count", "point"),
        ("half an hour", "measure", "hour"),
        ("half a boat", "count", "boat"),
        ("5g of salt", "measure", "g"),
        ("5 g", "count", "g"),
        ("5 m high", "measure", "m high"),
        ("5 yen", "money", "yen"),
        ("$5m", "money", "$"),
        ("billions of dollars", "money", "dollars"),
        ("45 per cent of boats", "percent", "per cent"),
        ("twice as many", "multiple", ""),
        ("50 or more boats", "count", "boats"),
        ("42 sailors have been found", "count", "sailors"),
        ("42 sailors, 5th class", "count", "sailors"),
        ("15 S-300 missiles", "count", ""),
        ("37.5 square meters long", "measure", "square meters"),
        ("two more days", "measure", "more days"),
        ("thousands more", "count", ""),
    ]:
        found = parse(words)
        assert (found.kind, found.noun) == (kind, noun), words


NUMBERS = [
    "65",
    "617,000",
    "fifty-five",
    "a hundred",
    "1.5 million",
    "two dozen",
    "$5m",
    "45 percent",
    "half",
    "twice",
]
QUALIFYING = [
    ("at least {}", "at least"), ("no fewer than {}", "at least"), ("{} or more", "at least"),
    ("more than {}", "more than"), ("upwards of {}", "more than"), ("up to {}", "up to"), ("{} or less", "up to"),
    ("less than {}", "less than"), ("about {}", "about"), ("an estimated {}", "about"), ("{} or so", "about"),
    ("some {}", "about"), ("nearly {}", "nearly"), ("almost {}", "nearly"),
]  # fmt: skip


@given(
    st.sampled_from(NUMBERS), st.sampled_from(QUALIFYING), st.sampled_from(["", " boats", " Baltic boats."])
)
def test_a_qualifier_is_not_lost_and_does_not_change_the_number(number, qualifying, behind):
    pattern, qualifier = qualifying
    bare = parse(number + behind)
    found = parse(pattern.format(number) + behind)
    assert found.qualifier == qualifier
    assert (found.value, found.kind) == (bare.value, bare.kind)


@given(st.sampled_from(NUMBERS), st.sampled_from(QUALIFYING), st.sampled_from(QUALIFYING))
def test_two_unlike_qualifiers_never_pass_as_one(number, one, other):
    if "{} " in other[0] and "{} " in one[0]:
        return
    if "estimated" in one[0] + other[0]:  # says where a number is from
        return
    text = one[0].format(other[0].format(number))
    phrases = [p for p in find(text) if p.is_quantity]
    assert len(phrases) == 1
    if one[1] != other[1]:
        assert phrases[0].doubt
        assert phrases[0].value is None
    else:
        assert phrases[0].qualifier == one[1]


@given(
    st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["{} to {}", "between {} and {}", "{}–{}"])
)
def test_a_range_keeps_both_ends_or_is_refused(low, step, pattern):
    (found,) = find(pattern.format(f"{low:,}", f"{low + step:,}") + " boats")
    if found.doubt:  # "10 to 20,000" may mean 10,000
        assert (low + step) % 1000 == 0
        assert found.value is None
    else:
        assert (found.qualifier, found.value, found.value_to) == ("between", low, low + step)


HOSTILE = [
    *((piece, 10**6) for piece in ("9", "0", ",", "9,", "and ", "-", "(", "\n", "\u200b")),
    *(
        (piece, 2 * 10**4)
        for piece in (
            "1 ",
            "1, ",
            "one ",
            "a ",
            "$",
            "minus ",
            "5 to ",
            "und ",
            "die der ",
            "half ",
            "at least ",
            "two-",
            "http://a.b/",
            "1000s ",
            "Lumo 7, Kato ",
        )
    ),
]


@pytest.mark.parametrize(("piece", "length"), HOSTILE, ids=repr)
def test_a_hostile_cell_is_read_in_one_pass_and_is_no_phrase(piece, length):
    text = piece * (length // len(piece))
    for found in find(text):
        assert found.doubt or found.value is not None or found.qualifier in WORD_ONLY
    with pytest.raises(PhraseError, match="no phrase"):
        parse(text)


WORDS = [
    *sorted({words for entry in entries() for words in entry.words}),
    *(
        "5",
        "12",
        "1,234",
        "1.500",
        "$5",
        "5m",
        "5-3",
        "3:1",
        "4/6",
        "2014",
        "half",
        "a third",
        "one",
        "–5",
        "-5",
        "½",
    ),
    *(
        "(",
        ")",
        ".",
        ",",
        "-",
        "–",
        "\n\n",
        "'",
        '"',
        "to",
        "in",
        "of",
        "and",
        "a",
        "by",
        "from",
        "Six",
        "The",
    ),
]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", ""]))
def test_any_words_of_the_vocabulary_give_phrases_in_order_with_their_ends_in_order(words, joint):
    end = 0
    for found in find(joint.join(words)):
        assert end <= found.start <= found.number_start < found.number_end <= found.end
        assert not (found.doubt and found.value is not None)
        assert found.value_to is None or found.value < found.value_to
        end = found.end
