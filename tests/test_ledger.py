"""The ledger: what a schema cannot say about figures is held all the same."""

import datetime
import math
from decimal import Decimal

import pandas as pd
import pytest

from reported import Bounds, DataError, Ledger
from reported.checks import MAX_WORDS
from tests.ledgers import DATA

# ---------------------------------------------------------------- what it hands out


def test_a_figure_has_all_that_was_reported_of_it(ledger):
    figure = ledger.ru_killed
    assert figure is ledger["ru_killed"]
    assert (figure.qualifier, figure.value, figure.paragraph) == ("at least", Decimal(42284), 22)
    assert figure.claimant.name == "Mediazona and BBC Russian Service"
    assert figure.claimant.side == "independent"
    assert figure.evidence == "identified by name"
    assert figure.quantity.period_start == datetime.date(2022, 2, 24)
    assert figure.quantity.period_basis == "derived"
    assert figure.bounds["typical"] == Bounds(42284, math.inf)
    assert figure.said == "at least 42,284"


def test_a_figure_in_a_sentence_is_linked_words(ledger):
    assert f"{ledger.ru_killed}" == str(ledger.ru_killed) == "[at least 42,284](#figure-ru_killed)"
    assert f"{ledger.ru_killed:capital}" == "[At least 42,284](#figure-ru_killed)"
    with pytest.raises(ValueError, match='no form "captial"'):
        f"{ledger.ru_killed:captial}"


def test_relaying_is_credited_only_where_the_article_credits_it(ledger):
    relayed = {f.id: f.relayed_by.name for f in ledger if f.relayed_by}
    assert relayed == {
        "ru_remains_returned": "Interfax",
        "ru_troops_deployed": "Interfax",
        "front_length": "Interfax",
    }


def test_only_one_figure_is_stated_without_evidence(ledger):
    assert [f.id for f in ledger if f.evidence == "stated to be without evidence"] == ["il76_warning"]


def test_figures_are_selected_by_what_they_are(ledger):
    assert {f.id for f in ledger.select(topic="troops", side="Ukraine")} == {"ua_ground_forces"}
    assert {f.id for f in ledger.select(claimant="kartapolov")} == {"il76_warning"}
    assert {f.id for f in ledger.select(quantity="remains_to_russia")} == {
        "ru_remains_returned",
        "ru_remains_returned_deputy",
    }
    assert len(ledger.select(source="rferl-2024-01-26")) == len(ledger) == len(ledger.select())
    with pytest.raises(TypeError, match="cannot be selected by colour"):
        ledger.select(colour="blue")


def test_what_is_not_there_is_named_with_what_may_be_meant(ledger):
    with pytest.raises(KeyError, match='did you mean "ru_killed"'):
        ledger["ru_kiled"]
    with pytest.raises(AttributeError, match='did you mean "ru_killed"'):
        _ = ledger.ru_kiled
    with pytest.raises(AttributeError):
        _ = ledger._private


def test_tables_are_data_frames(ledger):
    figures = ledger.figures
    assert list(figures.index) == [f.id for f in ledger]
    assert str(figures["typical"].dtype) == "bounds"
    assert figures.loc["ru_killed", "cautious"] == Bounds(42284, math.inf)
    assert figures["face value"].isna().sum() == sum(f.value is None for f in ledger)
    assert figures["paragraph"].dtype == "Int64"
    assert figures.loc["ru_killed", "as_of"] == pd.Timestamp("2024-01-26")
    assert pd.isna(figures.loc["ua_ground_forces", "stated_on"])
    assert figures.loc["ru_killed", "value"] == "42284"
    for name, count in ledger.records.items():
        assert len(getattr(ledger, name)) == count
    assert ledger.quantities["whole"].dtype == "boolean"
    assert ledger.readings["coverage_tens"].dtype == "Float64"
    assert repr(ledger) == f"Ledger({len(ledger)} figures, {ledger.records['claimants']} claimants)"


def test_relations_lead_both_ways_and_through_quantities(ledger):
    relation = ledger.related("restates", "ru_remains_returned", "ru_remains_returned_deputy")
    assert relation is ledger.related("restates", "ru_remains_returned_deputy", "ru_remains_returned")
    assert ledger.related("unrelated to", "ua_remains_returned", "il76_pows_putin").paragraph == 1
    assert ledger.related("unrelated to", "ru_killed", "ru_troops_engaged") is None


def test_the_nearest_package_is_found_from_below(tmp_path, copy, monkeypatch):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert Ledger().folder == copy.folder
    monkeypatch.chdir("/")
    with pytest.raises(DataError, match="not found here or in any folder above"):
        Ledger()


def test_references_are_markdown_that_shows_as_written(ledger):
    assert any(r"IEEE Std 1788\-2015" in title for title in ledger.references)


# ---------------------------------------------------------------- what it refuses


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

LOOSENED = [
    ("figures", "ru_killed", "value", "-42284", "does not fit; expected plain digits"),
    ("figures", "ru_killed", "value", "042284", "does not fit; expected plain digits"),
    ("figures", "ru_killed", "value", "NaN", "does not fit; expected plain digits"),
    ("figures", "ru_killed", "value", "٤٢٢٨٤", "does not fit; expected plain digits"),
    ("figures", "ru_killed", "value", "9" * 400, "does not fit; expected plain digits"),
    ("figures", "ru_killed", "qualifier", "atleast", 'did you mean "at least"?'),
    ("figures", "ru_killed", "paragraph", "-22", "is not a whole number from 1 to 100,000"),
    ("figures", "ru_killed", "evidence", "", "empty; expected"),
    ("figures", "ru_killed", "claimant", "nobody", "is not in claimants.csv"),
    ("figures", "ru_killed", "id", "<script>", "expected small letters"),
    ("quantities", "front_length", "unit", "__import__('os')", "expected small letters and underscores"),
    ("claimants", "putin", "side", "Mars", "is no side; expected one of Ukraine, Russia"),
    ("comparisons", "remains_total", "scale", "0", "is not a whole number from 1 to 1,000,000,000"),
    ("comparisons", "remains_total", "scale", "-1", "is not a whole number from 1"),
    ("comparisons", "remains_total", "decimals", "400", "is not a whole number from 0 to 6"),
    ("readings", "typical_about", "lower_factor", "-1", "expected digits and at most one point, or inf"),
    ("readings", "typical_about", "lower_end", "Open", "is no lower_end"),
    ("readings", "typical_about", "lower_units", "-1", "is not a whole number from 0 to 100"),
]


@pytest.mark.parametrize(("table", "row", "column", "cell", "said"), LOOSENED)
def test_a_loosened_schema_loosens_nothing(copy, table, row, column, cell, said):
    def loosen(package):
        schema = package["named"][table]["schema"]
        for name in ("primaryKey", "foreignKeys"):
            schema.pop(name, None)
        for field in schema["fields"]:
            field.pop("constraints", None)

    copy.describe(loosen).change(table, row, **{column: cell})
    place = f"data/{table}.csv row {[r['id'] for r in copy.rows(table)].index(cell if column == 'id' else row) + 2}"
    assert any(p.startswith(f"{place}, column {column}: ") and said in p for p in copy.problems), (
        copy.problems
    )


def test_keys_hold_without_a_schema_that_names_them(copy):
    copy.describe(lambda p: p["named"]["claimants"]["schema"].pop("primaryKey")).add("claimants", "putin")
    (problem,) = copy.problems
    assert '"putin" stands in row 11 already' in problem


@pytest.mark.parametrize(
    ("table", "column", "kind", "cell", "said"),
    [
        ("figures", "as_of", "date", "20240126", "is not a date such as 2024-01-26"),
        ("figures", "as_of", "date", "2024-W04-5", "is not a date such as 2024-01-26"),
        ("readings", "answers_tens", "integer", "+929", "is not a whole number in plain digits"),
        ("readings", "coverage_tens", "number", "4e-1", "is not a number in plain digits"),
        ("readings", "coverage_tens", "number", "INF", "is not a number in plain digits"),
        ("quantities", "whole", "boolean", "True", "is not true or false"),
    ],
)
def test_values_are_written_one_way(copy, table, column, kind, cell, said):
    def loosen(package):
        for field in package["named"][table]["schema"]["fields"]:
            field.pop("constraints", None)
            field.pop("format", None)
            if field["name"] == column:
                assert field["type"] == kind
                if kind == "boolean":
                    field.update(trueValues=["True", "true"])

    row = {"figures": "ru_killed", "readings": "typical_about", "quantities": "ru_killed"}[table]
    row = "front_length" if table == "quantities" else row
    copy.describe(loosen).change(table, row, **{column: cell})
    assert any(f"column {column}: " in p and said in p for p in copy.problems), copy.problems


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p["resources"].remove(p["named"]["responses"]), "resource responses is missing; add it"),
        (lambda p: p["named"]["sources"]["schema"]["fields"].__setitem__(3, {"name": "published", "type": "string"}), "resource sources, field published: type is \"string\", expected date"),
        (lambda p: p["named"]["claimants"]["schema"]["fields"][4]["constraints"]["enum"].append("Mars"), 'resource claimants, field side: "Mars" is not known to the code'),
    ],
)  # fmt: skip
def test_a_schema_that_says_less_than_the_code_needs(copy, change, said):
    (problem,) = copy.describe(change).problems
    assert problem == f"data/datapackage.json: {said}"


def test_a_column_left_out_of_file_and_schema(copy):
    copy.describe(lambda p: p["named"]["claimants"]["schema"]["fields"].pop(2))
    copy.write(
        "claimants", [{k: v for k, v in r.items() if k != "local_name"} for r in copy.rows("claimants")]
    )
    assert copy.problems == (
        "data/datapackage.json: resource claimants, field local_name is missing; add it",
    )


def test_the_ledger_of_the_project_says_so():
    assert len(Ledger(DATA)) == len(Ledger(str(DATA)))
