"""Checks: what no schema can say, refused in one line a fault."""

import pytest

from reported.ledger.checks import MAX_WORDS

# ---------------------------------------------------------------- what it hands out


def at(copy, table, row, *columns):
    names = ", ".join(columns)
    return f"data/{table}.csv row {copy.line(table, row)}, column{'s' if len(columns) > 1 else ''} {names}: "


ROWS = [
    # table, row, cells, column, what is said of it
    ("figures", "ru_killed", {"value": "42285"}, "value", '"42285", but the words "At least 42,284 Russian military personnel" say "42284"'),
    ("figures", "ru_killed", {"qualifier": "about"}, "qualifier", '"about", but the words "At least 42,284 Russian military personnel" say "at least"'),
    ("figures", "ru_killed", {"words": "42,284 Russian military personnel"}, "qualifier", 'say "exact"'),
    ("figures", "ru_killed", {"words": "At least many personnel"}, "words", "no quantity in"),
    ("figures", "ru_killed", {"words": "at least 42,284 of all the Russian military personnel"}, "words", f"9 words, more than {MAX_WORDS}: keep qualifier, number and noun"),
    ("figures", "ru_killed", {"value": ""}, "value", 'empty; "at least" needs a number'),
    ("figures", "ru_killed", {"value": "42284.0"}, "value", "42284.0 has a decimal point, but Russian military personnel killed is counted in whole units"),
    ("figures", "ru_killed", {"value_to": "42290"}, "value_to", 'a second number belongs to "between" and to nothing else'),
    ("figures", "il76_pows_dead", {"value": "24"}, "value", '24 beside the bare word "dozens"; leave it empty'),
    ("figures", "il76_report_due", {"value_to": ""}, "value_to", 'a second number belongs to "between"'),
    ("figures", "il76_report_due", {"value_to": "1"}, "value_to", "1 is below the first number 2"),
    ("figures", "il76_pows", {"as_of": "1899-12-31"}, "as_of", "1899-12-31 lies outside 1900-01-01 to 2024-01-26, the article's day"),
    ("figures", "ua_remains_returned", {"stated_on": "2024-01-27", "as_of_basis": "given"}, "stated_on", "2024-01-27 lies outside"),
    ("figures", "il76_pows", {"as_of": ""}, "as_of_basis", '"given" does not go with as_of empty'),
    ("figures", "il76_pows", {"as_of_basis": "not given"}, "as_of_basis", '"not given" does not go with as_of 2024-01-24'),
    ("figures", "ua_remains_returned", {"as_of": "2024-01-25"}, "as_of", "2024-01-25 is not the statement date 2024-01-26"),
    ("figures", "ru_killed", {"as_of": "2024-01-25"}, "as_of", "2024-01-25 is not the article's date 2024-01-26"),
    ("quantities", "russian_dead_identified", {"period_basis": ""}, "period_basis", "period_start and period_basis go together"),
    ("quantities", "russian_dead_identified", {"period_start": "2024-01-27"}, "period_start", "2024-01-27 is after ru_killed holds (2024-01-26)"),
    ("quantities", "russian_dead_identified", {"period_start": "0022-02-24"}, "period_start", "0022-02-24 is before 1900-01-01"),
    ("sources", "rferl-2024-01-26", {"published": "9999-12-31"}, "published", "9999-12-31 lies outside 1900-01-01 to 2199-12-31"),
    ("relations", "deputy_agency", {"object": "ru_remains_retuned"}, "object", 'is no figure and no quantity; did you mean "ru_remains_returned"?'),
    ("relations", "deputy_agency", {"object": "ru_remains_returned_deputy"}, "object", "stands on both sides"),
    ("relations", "deputy_agency", {"relation": "unrelated to"}, "relation", "but the two count one quantity; correct one of the two"),
    ("relations", "deputy_agency", {"subject": "ua_remains_returned", "object": "il76_others"}, "relation", "but remains_to_ukraine_others_on_aircraft calls remains_to_ukraine and others_on_aircraft unrelated"),
    ("relations", "remains_to_russia_others_on_aircraft", {"subject": "others_on_aircraft", "object": "remains_to_ukraine"}, "", "the pair stands already in row 7; keep one"),
    ("comparisons", "remains_total", {"formula": "ua_remains_returned + ru_remains_returnd"}, "formula", '"ru_remains_returnd" is no figure; did you mean "ru_remains_returned"?'),
    ("comparisons", "remains_total", {"formula": "ua_remains_returned + zzz"}, "formula", '"zzz" is no figure; name one of figures.csv'),
    ("comparisons", "remains_total", {"formula": "1 + 2"}, "formula", "names no figure; a comparison needs one"),
    ("comparisons", "remains_total", {"formula": "ru_killed + ru_killed"}, "formula", "ru_killed is used more than once"),
    ("comparisons", "remains_total", {"formula": "__import__('os').system('true')"}, "formula", "is not allowed here"),
    ("comparisons", "remains_total", {"formula": "il76_pows + front_length"}, "formula", "il76_pows (person) cannot be added to front_length (kilometre)"),
    ("comparisons", "remains_total", {"formula": "il76_pows / days(il76_pows)"}, "formula", "days(il76_pows) needs the start of its period, which the ledger does not give"),
    ("comparisons", "remains_total", {"measure": ""}, "measure", "empty, but needed for a number"),
    ("comparisons", "remains_order", {"statement": ""}, "statement", "empty, but needed for an order or a fit"),
    ("comparisons", "remains_order", {"measure": "x"}, "measure", "given, but not used for an order or a fit"),
    ("readings", "typical_about", {"upper_factor": ""}, "", "one of lower_factor and upper_factor is empty; give both or neither"),
    ("readings", "typical_about", {"lower_factor": "1.5", "upper_factor": "1.2"}, "", "lower_factor 1.5 is not below upper_factor 1.2"),
    ("readings", "typical_about", {"lower_factor": "1.01"}, "", "1.01 to 1.05 times the number leaves the number itself out"),
    ("readings", "typical_about", {"lower_factor": "inf", "upper_factor": "inf"}, "", "lower_factor Infinity is not below upper_factor Infinity"),
    ("readings", "typical_about", {"lower_factor": "", "upper_factor": ""}, "", "only bare words have no digits"),
    ("readings", "typical_about", {"base": "10"}, "", "a base belongs to bare words such as dozens, and to nothing else"),
    ("readings", "typical_dozens", {"base": ""}, "", "a base belongs to bare words such as dozens"),
    ("readings", "face_about", {"lower_factor": "0.5"}, "", "digits alone are once the digits"),
    ("readings", "face_dozens", {"lower_factor": "1", "upper_factor": "1"}, "", "digits alone, for words that hold none"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "cells", "column", "said"), ROWS)
def test_a_broken_row_is_one_line(copy, table, row, cells, column, said):
    copy.change(table, row, **cells)
    place = at(copy, table, row, column) if column else f"data/{table}.csv row {copy.line(table, row)}: "
    (problem,) = copy.problems
    assert problem.startswith(place)
    assert said in problem


def test_a_cautious_rule_narrower_than_the_typical_one_is_refused_where_it_is_used(copy):
    copy.change("readings", "cautious_about", lower_factor="0.96")
    (problem,) = copy.problems
    assert problem.startswith(at(copy, "figures", "ua_ground_forces", "qualifier"))
    assert "the cautious bounds [576000, 720000] do not contain the typical [570000, 630000]" in problem


def test_a_value_that_no_number_satisfies(copy):
    copy.change("figures", "il76_others", qualifier="less than", value="0", words="less than 0 others")
    assert any('no whole number is "less than" 0' in problem for problem in copy.problems)


def test_a_rule_too_few_or_too_many(copy):
    copy.change("readings", "typical_about", qualifier="nearly")
    assert copy.problems == (
        'data/readings.csv: the reading typical has 0 rules for "about", expected one',
        'data/readings.csv: the reading typical has 2 rules for "nearly", expected one',
    )


def test_statements_that_restate_each_other_in_a_circle(copy):
    copy.add("relations", "putin_kremlin", id="x", subject="il76_pows", object="il76_pows_dead")
    copy.add("relations", "putin_kremlin", id="y", subject="il76_pows_dead", object="il76_pows_putin")
    (problem,) = copy.problems
    assert "closes a circle of restatements; a statement cannot restate itself" in problem
    assert problem.startswith("data/relations.csv row ")


def test_a_quantity_named_as_a_figure_of_another_quantity(copy):
    copy.add("quantities", "warning_time", id="ru_killed")
    (problem,) = copy.problems
    assert '"ru_killed" is a figure of another quantity; rename one' in problem


# ---------------------------------------------------------------- a loosened schema loosens nothing
