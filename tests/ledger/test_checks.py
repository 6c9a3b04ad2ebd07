"""Checks: what no single cell shows, refused in one line for each fault."""

import pytest

from reported import Ledger
from reported.ledger import DataError, check
from reported.ledger.checks import RESERVED
from tests.figures.ledgers import figure, load, quantity, write

OTHER_FIGURE = {"subject": "ua_remains_returned", "object": "il76_others"}
ROWS = [
    # table, row, cells, column, what is said of it
    ("figures", "ru_killed", {"value": "42285"}, "value", '"42285", but the words "At least 42,284 Russian military personnel" say "42284"'),
    ("figures", "ru_killed", {"qualifier": "about"}, "qualifier", '"about", but the words "At least 42,284 Russian military personnel" say "at least"'),
    ("figures", "ru_killed", {"words": "42,284 Russian military personnel"}, "qualifier", 'say "exact"'),
    ("figures", "ru_killed", {"words": "At least many personnel"}, "words", "no quantity in"),
    ("figures", "ru_killed", {"words": "At least 42 285 personnel"}, "value", '"42284", but the words "At least 42 285 personnel" say "42285"'),
    ("figures", "ru_killed", {"qualifier": "exact", "words": "could reach 42,284 military personnel"}, "hedge", 'is hedged; put "could" here'),
    ("figures", "ru_killed", {"value": ""}, "value", 'empty; "at least" needs a number'),
    ("figures", "ru_killed", {"value": "-42284"}, "value", "is negative, which only the kinds change and level may be"),
    ("figures", "ru_killed", {"value_to": "42283"}, "value_to", "42283 is below the first number 42284"),
    ("figures", "ru_killed", {"value_to": "42290"}, "value_to", '"42290", but the words "At least 42,284 Russian military personnel" say no number'),
    ("figures", "ru_killed", {"id": "reload"}, "id", '"reload" is an attribute of every ledger; choose another id'),
    ("figures", "ru_killed", {"relayed_by": "mediazona_bbc"}, "relayed_by", '"mediazona_bbc" is the claimant already; leave it empty'),
    ("figures", "il76_pows_dead", {"value": "24"}, "value", '24 beside "dozens", which holds no digits; leave it empty'),
    ("figures", "il76_report_due", {"value_to": ""}, "value_to", 'empty; "between" needs a second number'),
    ("figures", "il76_report_due", {"value_to": "1"}, "value_to", "1 is below the first number 2"),
    ("figures", "il76_others", {"qualifier": "less than", "value": "0", "words": "less than 0 others", "overruled": "a test"}, "value", 'no whole number is "less than" 0'),
    ("figures", "il76_pows", {"event": ""}, "event", "is of the kind event; name the event"),
    ("figures", "ua_remains_returned", {"stated_on": "2024-01-27"}, "stated_on", "2024-01-27 is after 2024-01-26, when the article was published"),
    ("figures", "ua_remains_returned", {"stated_on": "2024-02"}, "stated_on", "2024-02 is after 2024-01-26"),
    ("figures", "il76_pows", {"as_of": "2025"}, "as_of", "2025 is after 2024-01-26, when the article was published"),
    ("figures", "il76_warning", {"as_of": "2024-01-26"}, "as_of", "2024-01-26 is after 2024-01-25, when it was stated"),
    ("figures", "ru_killed", {"as_of": "2022-01"}, "as_of", "before the period of russian_dead_identified starts (2022-02-24)"),
    ("figures", "ru_killed_multiple", {"qualifier": "exact", "value": "45", "words": "45 percent higher"}, "words", 'is a percentage, but the unit of russian_dead_multiple is "ratio"; set that unit to percent'),
    ("quantities", "russian_dead_identified", {"period_basis": ""}, "period_basis", "period_start and period_basis go together"),
    ("quantities", "russian_dead_multiple", {"period_start": ""}, "period_basis", "period_start and period_basis go together"),
    ("quantities", "earlier_repatriations", {"unit": "percent"}, "kind", '"cumulative" with the unit percent; a percentage is a ratio, a change or a level'),
    ("quantities", "front_length", {"counted": "yes"}, "counted", "yes, but whole is no"),
    ("claimants", "interfax", {"other_names": "IFX; the kremlin"}, "other_names", '"the kremlin" is a name in row 2 too; keep it in one'),
    ("relations", "deputy_agency", {"object": "ru_remains_retuned"}, "object", 'is not a figure or a quantity; did you mean "ru_remains_returned"?'),
    ("relations", "deputy_agency", {"object": "zzz"}, "object", "is not a figure or a quantity; add it there or correct it"),
    ("relations", "deputy_agency", {"object": "ru_remains_returned_deputy"}, "object", "is on both sides; name two"),
    ("relations", "putin_kremlin", {"object": "prisoners_killed_on_aircraft"}, "object", 'is a quantity; "restates" is between figures'),
    ("relations", "deputy_agency", {"relation": "unrelated to"}, "relation", 'but both are of "remains_to_russia"'),
    ("relations", "deputy_agency", OTHER_FIGURE, "relation", "but remains_to_ukraine_others_killed_on_aircraft calls remains_to_ukraine and others_killed_on_aircraft unrelated"),
    ("relations", "identified_killed", {"object": "front_length"}, "relation", '"floor of", but the units are person and kilometre'),
    ("relations", "remains_to_russia_prisoners_on_aircraft", {"subject": "prisoners_on_aircraft", "object": "remains_to_ukraine"}, "", "row 10 relates the same two by the same article; keep one"),
    ("readings", "typical_about", {"upper_factor": ""}, "", "one of lower_factor and upper_factor is empty; fill in both or neither"),
    ("readings", "typical_about", {"lower_factor": "1.5", "upper_factor": "1.2"}, "", "lower_factor 1.5 is not below upper_factor 1.2"),
    ("readings", "typical_about", {"lower_factor": "1.01"}, "", "1.01 to 1.05 times the number leaves the number itself out"),
    ("readings", "typical_about", {"lower_factor": "inf", "upper_factor": "inf"}, "", "lower_factor Infinity is not below upper_factor Infinity"),
    ("readings", "typical_about", {"lower_factor": "", "upper_factor": ""}, "", "only words without digits have none"),
    ("readings", "typical_about", {"base": "10"}, "", 'only words without digits, such as "dozens"'),
    ("readings", "typical_dozens", {"base": ""}, "", 'only words without digits, such as "dozens"'),
    ("readings", "digits_about", {"lower_factor": "0.5"}, "", "lower_factor and upper_factor must both be 1"),
    ("readings", "digits_dozens", {"lower_factor": "1", "upper_factor": "1"}, "", '"dozens" and the like have no digits'),
    ("readings", "typical_about", {"answers_tens": ""}, "coverage_tens, answers_tens", "one of the two is empty; fill in both or neither"),
    ("readings", "typical_about", {"answers_tens": "0"}, "coverage_tens, answers_tens", "one of the two is empty; fill in both or neither"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "cells", "column", "said"), ROWS, ids=lambda v: "")
def test_a_row_that_does_not_fit_is_one_line(copy, table, row, cells, column, said):
    place = f"data/{table}.csv row {copy.line(table, row)}"
    copy.change(table, row, **cells)
    where = f"{place}, column{'s' * (',' in column)} {column}: " if column else f"{place}: "
    problem = next((p for p in copy.problems if p.startswith(where)), "")
    assert said in problem, copy.problems
    # a new id takes the rows that refer to it along
    assert len(copy.problems) == 1 or "id" in cells


@pytest.mark.parametrize("id_", sorted(RESERVED))
def test_ids_that_would_hide_an_attribute_of_the_ledger(copy, id_):
    copy.change("figures", "il76_others", id=id_)
    assert "is an attribute of every ledger" in copy.problems[0]


def test_every_attribute_of_a_ledger_is_reserved():
    assert {name for name in dir(Ledger) if not name.startswith("_")} <= RESERVED


@pytest.mark.parametrize("words", ["42 284", "42.284", "42’284", "42'284", "42\u00a0284", "42\u202f284"])
def test_thousands_may_be_grouped_otherwise_where_the_row_says_that_they_are_one_number(copy, words):
    copy.change("figures", "ru_killed", words=f"At least {words} military personnel")
    assert copy.problems == ()


def test_where_the_words_leave_the_number_open_the_row_decides(copy):
    copy.change("figures", "front_length", qualifier="exact", value="42284", words="42.284")
    assert copy.problems == ()
    copy.change("figures", "front_length", value="42.284")
    assert copy.problems == ()
    copy.change("figures", "front_length", value="42")
    assert "a decimal point, or digits grouped by a point?" in copy.problems[0]


@pytest.mark.parametrize(("language", "problems"), [("en-GB", 1), ("de", 0), ("ru", 0)])
def test_only_english_words_are_held_against_the_number(copy, language, problems):
    copy.change("sources", "rferl_2024_01_26", language=language)
    copy.change("figures", "ru_killed", words="mindestens 42.284 Soldaten")
    assert len(copy.problems) == problems


def test_digits_that_the_row_does_not_hold_stay_apart(copy):
    copy.change("figures", "ru_killed", value="42", words="At least 42 284 military personnel")
    assert copy.problems != ()


@pytest.mark.parametrize("kind", ["level", "change"])
def test_levels_and_changes_may_be_negative(copy, kind):
    copy.change("quantities", "front_length", kind=kind, unit="degree")
    copy.change("figures", "front_length", qualifier="exact", value="-5", words="minus 5 degrees")
    assert copy.problems == ()
    assert copy.load().figures["front_length"].stated["digits"].lower == -5


@pytest.mark.parametrize("kind", ["ratio", "change", "level"])
def test_percentages_have_a_kind_of_their_own(copy, kind):
    copy.change("quantities", "front_length", kind=kind, unit="percent")
    copy.change("figures", "front_length", qualifier="between", value="45", value_to="65", words="45 to 65 percent")  # fmt: skip
    assert copy.problems == ()


def test_about_a_range_widens_both_ends(copy):
    copy.change("figures", "il76_report_due", words="two to three days")
    assert copy.load().figures["il76_report_due"].stated["cautious"].upper == 3


def test_a_cautious_rule_narrower_than_the_typical_one_is_refused_where_it_is_used(copy):
    copy.change("readings", "cautious_about", lower_factor="0.96")
    (problem,) = copy.problems
    assert problem.startswith(f"data/figures.csv row {copy.line('figures', 'ua_ground_forces')}, column qualifier: ")  # fmt: skip
    assert "the cautious bounds [576000, 720000] do not hold the typical [570000, 630000]" in problem


def test_a_rule_too_few_or_too_many(copy):
    copy.change("readings", "typical_about", qualifier="nearly")
    assert copy.problems == (
        'data/readings.csv: the reading typical has 0 rules for "about", expected one: '
        "copy its row from the package’s readings.csv",
        'data/readings.csv: the reading typical has 2 rules for "nearly", expected one: keep one',
    )


def test_statements_that_restate_each_other_in_a_circle(copy):
    copy.drop("relations", "dozens_kremlin")
    copy.add("relations", "putin_kremlin", id="x", subject="il76_pows", object="il76_pows_dead")
    copy.add("relations", "putin_kremlin", id="y", subject="il76_pows_dead", object="il76_pows_putin")
    (problem,) = copy.problems
    assert problem.startswith("data/relations.csv row ")
    assert "closes a circle: " in problem


def test_two_articles_may_relate_the_same_two(copy):
    copy.add("sources", "rferl_2024_01_26", id="second")
    copy.add("relations", "putin_kremlin", id="x", source="second")
    assert copy.problems == ()
    copy.add("relations", "putin_kremlin", id="y", source="second", relation="refines")
    assert "relates the same two by the same article" in copy.problems[0]


def test_a_quantity_named_as_a_figure_of_another_quantity(copy):
    copy.add("quantities", "warning_time", id="ru_killed")
    (problem,) = copy.problems
    assert '"ru_killed" is a figure of another quantity as well; rename one' in problem


def test_every_fault_is_told_at_once(copy):
    copy.change("sources", "rferl_2024_01_26", published="26/01/2024")
    copy.change("figures", "ru_killed", value="?")
    copy.change("quantities", "front_length", period_basis="given")
    copy.change("relations", "deputy_agency", object="zzz")
    copy.change("set_aside", "p2_date", kind="")
    copy.path("parties").write_text("id\n")
    files = {problem.split()[0].rstrip(":") for problem in copy.problems}
    assert files == {f"data/{t}.csv" for t in ("sources", "figures", "quantities", "relations", "set_aside", "parties")}  # fmt: skip


@pytest.mark.parametrize("number", ["0", "0 to 5"])
def test_nought_can_be_recorded(tmp_path, number):
    rows = {
        "quantities": [quantity("cases", population="the ward")],
        "figures": [figure("none", "cases", number, words=f"{number} people")],
    }
    assert check(write(tmp_path / "data", **rows)) == ()


def test_a_hedge_needs_its_standing(copy):
    copy.change("figures", "ru_killed_multiple", standing="")
    assert "column standing: empty beside the hedge" in copy.problem


def test_a_person_overrules_what_the_words_are_read_as(copy):
    copy.change("figures", "ru_remains_returned", words="the bodies of 54 Russian soldiers")
    assert "column value" in copy.problem
    copy.change("figures", "ru_remains_returned", overruled="the headline has 55; 54 is a misprint")
    assert copy.problems == ()


@pytest.mark.parametrize(
    ("unit", "words", "said"),
    [
        ("case", "82 cases per 100,000 people", 'a rate per 100000 person, but the unit of q is "case"'),
        ("person", "82 people a day", 'set that unit to "person per day"'),
        ("person per week", "82 people a day", 'set that unit to "person per day"'),
        ("EUR", "82 euros per head", 'set that unit to "EUR per person"'),
        ("kilometre", "82 km/h", 'set that unit to "kilometre per hour"'),
        ("litre per person", "82 litres per person per day", "a rate per person per day"),
        ("kilometre", "82 miles", 'is in the unit "mile", but q is in "kilometre"'),
        ("day", "82 weeks", 'is in the unit "week", but q is in "day"'),
        ("EUR", "$82", 'is in the unit "USD", but q is in "EUR"'),
        ("case per 100000 person", "82 per 100,000", ""),
        ("case per 100000 person", "82 cases", 'is no rate, but the unit of q is "case per 100000 person"'),
        ("person per day", "82 people", 'record it in "person"'),
        ("kilometre per hour", "82 kilometres", 'record it in "kilometre"'),
        ("USD per gallon", "$82", 'record it in "USD"'),
        ("person per day", "82", ""),
        ("person per day", "82 a day", ""),
        ("litre per day per person", "82 litres per person per day", ""),
        ("CAD", "$82", ""),
        ("boat", "82 of the boats", ""),
    ],
)
def test_words_are_in_the_unit_of_their_quantity(tmp_path, unit, words, said):
    tables = {
        "quantities": [quantity("q", unit, whole="no")],
        "figures": [figure("f", "q", "82", unit, words=words)],
    }
    if not said:
        assert load(tmp_path / "data", **tables).f.unit == unit
        return
    with pytest.raises(DataError) as caught:
        load(tmp_path / "data", **tables)
    [problem] = caught.value.problems
    assert problem.startswith("data/figures.csv row 2, column words: ")
    assert said in problem
    tables["figures"][0]["overruled"] = "the mayor gave it so"
    assert load(tmp_path / "over" / "data", **tables).f.unit == unit


def test_text_that_was_opened_in_another_encoding_is_named(copy):
    copy.change("claimants", "putin", role="president â€“ of a â€˜countryâ€™")
    assert "UTF-8 that was opened as Windows-1252" in copy.problem
    assert "president – of a ‘country’" in copy.problem


@pytest.mark.parametrize(
    ("unit", "fits"),
    [
        ("square kilometre", True),
        ("EUR", True),
        ("person per day", True),
        ("case per 100000 person", True),
        ("EUR per square metre", True),
        ("square_kilometre", False),
        ("Euro", False),
        ("km²", False),
        ("person  day", False),
    ],
)
def test_units_are_words_codes_and_rates(copy, unit, fits):
    copy.change("quantities", "front_length", unit=unit)
    assert any("column unit" in problem for problem in copy.problems) != fits
