"""What could be read in two ways comes back with both readings; hedged and negative numbers keep their number."""

from decimal import Decimal

import pytest

from reported.prose import find

TWO_READINGS = [
    ("a 5m prize", [("exact", 5000000, None), ("exact", 5, None)]),
    ("1.500 boats", [("exact", "1.5", None), ("exact", 1500, None)]),
    ("1.500 euros", [("exact", "1.5", None), ("exact", 1500, None)]),
    ("12,34 boats", [("exact", "12.34", None), ("exact", 12, None)]),
    ("10 to 20,000 boats", [("between", 10, 20000), ("between", 10000, 20000)]),
    ("of the 617 234 were women", [("exact", 617234, None), ("exact", 617, None)]),
    ("they talked over two days", [("more than", 2, None), ("exact", 2, None)]),
    ("a report about 55 boats", [("about", 55, None), ("exact", 55, None)]),
    ("near 50 boats", [("about", 50, None), ("exact", 50, None)]),
    ("hardly 50 boats", [("less than", 50, None), ("about", 50, None)]),
    ("barely 50 boats", [("about", 50, None), ("more than", 50, None)]),
    ("at last 50 boats", [("at least", 50, None), ("exact", 50, None)]),
    ("all but 3 boats", [("exact", 3, None), ("nearly", 3, None)]),
    ("at least about 50 boats", [("at least", 50, None), ("about", 50, None)]),
    ("hundreds, if not thousands", [("hundreds", None, None), ("thousands", None, None)]),
    ("nearly none of the 12 boats", []),
    ("nobody won by more than 50 votes", [("more than", 50, None), ("up to", 50, None)]),
    ("a 1-in-500-year flood", [("exact", "0.2", None), ("exact", 500, None)]),
    ("–5 degrees", [("exact", -5, None), ("exact", 5, None)]),
]


@pytest.mark.parametrize(("text", "readings"), TWO_READINGS, ids=lambda value: str(value)[:30])
def test_a_doubt_comes_with_both_readings(text, readings):
    (found,) = find(text)
    assert found.doubt
    assert (found.value, found.value_to) == (None, None)
    expected = {
        tuple(Decimal(end) if isinstance(end, int | str) and n else end for n, end in enumerate(r))
        for r in readings
    }
    assert set(found.readings) == expected


@pytest.mark.parametrize(
    ("text", "hedge", "value"),
    [
        ("it could reach 50 boats", "could", 50),
        ("it could be several times higher", "could", None),
        ("up to 50 may have left", "may", 50),
        ("it might have cost as many as 50 boats", "might", 50),
        ("probably more than 50 boats", "probably", 50),
        ("possibly 50 boats", "possibly", 50),
        ("50 boats could sink", "could", 50),
        ("perhaps as many as 50 boats", "perhaps", 50),
        ("In May 50 boats left", "", 50),
        ("He could not say. There were 50 boats", "", 50),
    ],
)
def test_could_may_and_might_hedge_a_number_and_are_no_doubt(text, hedge, value):
    found = [phrase for phrase in find(text) if phrase.is_quantity]
    assert [(phrase.hedge, phrase.value, phrase.doubt) for phrase in found] == [(hedge, value, "")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("minus 1.4 percent", "-1.4", "percent"),
        ("-$50.8bn", -50_800_000_000, "USD"),
        ("−25°C", -25, "degree Celsius"),
        ("it was -12C", -12, "degree Celsius"),
        ("a loss of -1.4 percent", "-1.4", "percent"),
        ("fell below minus five degrees", -5, "degree"),
    ],
)
def test_negative_numbers_are_negative(text, value, unit):
    (found,) = find(text)
    assert (found.value, found.unit, found.doubt) == (Decimal(value), unit, "")


CHANGES = [
    "rose from 240 to 273", "fell from 273 to 240", "widened from 240 to 273", "was cut from 240 to 273",
    "grew by 3 points, from 240 to 273", "up from 240 to 273", "an increase from 240 to 273", "went from 240 to 273",
    "the change from 240 to 273", "raising it from 240 to 273",
]  # fmt: skip


@pytest.mark.parametrize("text", CHANGES)
def test_a_change_is_two_numbers_and_no_range(text):
    assert [int(phrase.value) for phrase in find(text)][-2:] in ([240, 273], [273, 240])
    assert not any(phrase.value_to for phrase in find(text))


RANGES = [
    "from 240 to 273 boats", "between 240 and 273", "240-273 boats", "240 – 273 boats", "240 to 273 boats", "240 or 273 boats",
    "anywhere from 240 to 273", "ranging from 240 to 273", "costs 240 to 273", "240% to 273%",
]  # fmt: skip


@pytest.mark.parametrize("text", RANGES)
def test_a_range_is_one_number_with_two_ends(text):
    (found,) = find(text)
    assert (found.qualifier, found.value, found.value_to) == ("between", 240, 273)
