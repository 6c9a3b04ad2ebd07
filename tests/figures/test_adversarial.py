"""The ledger of adversarial cases: what has to hold of each, as its README says."""

import pickle
from pathlib import Path

import pytest

from reported import Ledger, answers, ask, charts, compatible, growth, tables, total
from reported.intervals.units import UnitError

FOLDER = Path(__file__).parent.parent / "ledgers_adversarial"


@pytest.fixture(scope="module")
def ledger():
    return Ledger(FOLDER)


def ids(result):
    return [figure.id for figure in result.figures]


def row(table, figure):
    return next(row for row in table.rows if row.id == figure.anchor)


def words(row, column):
    return "".join(piece["text"] for piece in row.cells[column]).replace("\N{NO-BREAK SPACE}", " ")


# ---------------------------------------------------------------- same number, different events


def test_the_same_number_for_two_events_counts_twice(ledger):
    first, second = ledger.mayor_evacuated_2031_05_02, ledger.mayor_evacuated_2031_05_03
    assert total([first, second]).says() == "800"
    assert (first + second).says() == "800"
    assert ledger.restated(second) is None


def test_figures_of_two_events_need_not_agree(ledger):
    verdict = compatible(ledger.mayor_evacuated_2031_05_02, ledger.mayor_evacuated_2031_05_03)
    assert verdict.verdict == "refused"
    assert "different events" in verdict.refusals[0]


# ---------------------------------------------------------------- one event, two numbers


def test_two_numbers_for_one_event_contradict_each_other_firmly(ledger):
    verdict = compatible(ledger.mayor_evacuated_2031_05_03, ledger.county_evacuated_2031_05_03)
    assert (verdict.verdict, verdict.firm) == ("fails", True)


def test_a_sum_by_one_party_takes_its_own_number(ledger):
    by_city = total(ledger.select(quantity="evacuated", party="city"))
    assert by_city.says() == "1,021"
    assert "county_evacuated_2031_05_03" not in ids(by_city)


def test_a_sum_of_both_numbers_for_one_event_is_refused(ledger):
    both = total(ledger.select(quantity="evacuated"), parties="several")
    assert both.says() == "refused"
    assert any("of one event" in reason for reason in both.refusals)


def test_a_sum_over_parties_is_refused_unless_it_is_asked_for(ledger):
    figures = [ledger.mayor_evacuated_2031_05_02, ledger.county_evacuated_2031_05_03]
    assert total(figures).refusals == (
        'Numbers of several parties: The city, The county. Write parties="several" to add them.',
    )
    assert total(figures, parties="several").says() == "780"


def test_numbers_that_contradict_stand_side_by_side_in_bold(ledger):
    table = tables.by_event(
        *ledger.select(quantity="evacuated"), caption="Evacuated", headers={"evacuated": "Evacuated"}
    )
    assert [column.header for column in table.columns] == [
        "Day",
        "Evacuated: The city",
        "Evacuated: The county",
    ]
    assert [[words(row, i) for i in range(3)] for row in table.rows] == [
        ["2 May 2031", "400", ""],
        ["3 May 2031", "400", "380"],
        ["4 May 2031", "221", ""],
    ]
    bold = [
        piece["text"] for row in table.rows for cell in row.cells for piece in cell if piece.get("strong")
    ]
    assert bold == ["400", "380"]


# ---------------------------------------------------------------- one statement, two outlets


def test_one_statement_in_two_outlets_counts_once(ledger):
    original, again = ledger.mayor_evacuated_2031_05_03, ledger.courier_evacuated_2031_05_03
    assert ids(total([original, again])) == [original.id]
    assert ids(total([again])) == [again.id]
    assert len(ledger.statements) == len(ledger) - 1
    assert (original + again).says() == "refused"


def test_the_outlets_of_one_statement_are_listed_with_it(ledger):
    figure = ledger.mayor_evacuated_2031_05_03
    statements = tables.figures(ledger)
    assert ledger.courier_evacuated_2031_05_03.anchor not in [row.id for row in statements.rows]
    assert words(row(statements, figure), 2) == "The Gazette, 3 May 2031, ¶ 2; The Courier, 4 May 2031, ¶ 2"
    (repeated,) = (row for row in tables.repetitions(*ledger).rows if not row.group)
    assert repeated.id == figure.anchor
    assert [words(repeated, i) for i in range(4)] == [
        "400",
        "Ana Silva (The city)",
        "The Gazette, 3 May 2031, ¶ 2",
        "The Courier, 4 May 2031, ¶ 2",
    ]


def test_a_headline_that_repeats_the_text_is_set_aside_with_its_article(ledger):
    said = tables.set_aside_words(ledger).replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")
    assert "“400 people” (The Courier, 4 May 2031, ¶ 1)" in said
    assert "“2 May” (The Gazette, 6 May 2031, ¶ 2)" in said


# ---------------------------------------------------------------- a correction


def test_a_corrected_number_is_replaced_by_its_correction(ledger):
    old, new = ledger.mayor_evacuated_2031_05_04, ledger.mayor_evacuated_2031_05_04_corrected
    assert ids(total([old, new])) == [new.id]
    assert ids(total([new, old])) == [new.id]
    assert (ledger.corrected(new), ledger.corrected(old)) == (old, None)


def test_who_uses_the_corrected_number_is_told_of_the_correction(ledger):
    old, new = ledger.mayor_evacuated_2031_05_04, ledger.mayor_evacuated_2031_05_04_corrected
    assert (old.newer, new.newer) == (new, None)
    assert [caution.about for caution in (old + 1).cautions if caution.kind == "newer"] == [
        ("“221” (Ana Silva)",)
    ]
    assert "newer" not in [caution.kind for caution in (new - old).cautions]


# ---------------------------------------------------------------- a total against its parts


def test_a_total_that_contradicts_its_parts_does_so_firmly(ledger):
    whole = ledger.mayor_evacuated_by_2031_05_06
    parts = total(ledger.select(quantity="evacuated", claimant="mayor"))
    verdict = compatible(whole, parts)
    assert (parts.says(), verdict.verdict, verdict.firm) == ("1,021", "fails", True)
    assert (whole - parts).says() == "179"


def test_a_total_is_not_added_to_its_part(ledger):
    whole, part = ledger.mayor_evacuated_by_2031_05_06, ledger.mayor_evacuated_2031_05_02
    assert (whole + part).says() == "refused"
    assert total([whole, part]).says() == "refused"


# ---------------------------------------------------------------- a claim withdrawn


def test_a_withdrawn_claim_says_so_wherever_it_is_used(ledger):
    claim = ledger.county_missing_2031_05_03
    withdrawn = "withdraws"
    assert any(withdrawn in c.text for c in (claim * 2).cautions if c.kind == "reaction")
    assert withdrawn in words(row(tables.figures(ledger), claim), 3)
    assert claim.newer == ledger.county_missing_2031_05_06


# ---------------------------------------------------------------- dates by month or year


def test_dates_are_kept_and_printed_as_written(ledger):
    series = ledger.series("without_power", "power_company")
    assert sorted(series["day"]) == ["2031", "June 2031", "May 2031"]


def test_a_year_reaches_no_further_than_its_article(ledger):
    first, last, _ = ledger.power_company_without_power_2031.held
    assert (str(first), str(last)) == ("2031-01-01", "2031-07-31")


def test_whether_a_month_is_newer_than_its_year_cannot_be_told(ledger):
    assert ledger.power_company_without_power_2031_06.newer is None
    assert ledger.power_company_without_power_2031.newer is None


def test_growth_between_months_is_bounded_by_their_ends(ledger):
    may, june = ledger.power_company_without_power_2031_05, ledger.power_company_without_power_2031_06
    assert growth(may, june).typical.upper < 0
    step = next(s for s in ledger.growth("without_power", "power_company").itertuples() if s.later == june)
    assert step.days.typical.lower == 0
    assert step.days.typical.upper == 61


# ---------------------------------------------------------------- two articles of one outlet on one day


def test_neither_of_two_articles_of_one_day_is_newer(ledger):
    morning, evening = ledger.fire_service_boats_morning, ledger.fire_service_boats_evening
    assert (morning.newer, evening.newer) == (None, None)
    assert morning.source != evening.source
    assert (evening > morning).verdict == "undetermined"


# ---------------------------------------------------------------- no digits, no date


def test_several_without_a_date_has_an_open_end_and_no_start(ledger):
    figure = ledger.courier_without_power
    assert figure.typical.lower == 3
    assert figure.typical.upper == float("inf")
    assert figure.held[0] is None
    assert figure.held[2] == "by July 2031"


def test_the_chart_over_time_takes_every_case(ledger):
    chart = charts.over_time(ledger, title="The flood", subtitle="As reported")
    assert "Ana Silva" in chart.alt or "15 statements" in chart.alt
    assert chart.svg()


# ---------------------------------------------------------------- total() itself


def test_total_needs_figures_of_one_unit(ledger):
    with pytest.raises(ValueError, match="no figures to add"):
        total([])
    with pytest.raises(UnitError, match=r"fire_service_boats_morning \(boat\)"):
        total([ledger.mayor_evacuated_2031_05_02, ledger.fire_service_boats_morning])


def test_total_takes_one_list(ledger):
    figure = ledger.mayor_evacuated_2031_05_02
    for given in ((figure,), ([figure], [figure]), ("evacuated",), (7,)):
        with pytest.raises(TypeError, match=r"write total\(\[a, b\]\)"):
            total(*given)


def test_a_total_computes_on(ledger):
    parts = total(ledger.select(quantity="evacuated", claimant="mayor"))
    assert (parts / 2).says(decimals=1) == "510.5"
    assert parts.expression.startswith("total(mayor_evacuated_2031_05_02, ")


def test_a_total_survives_pickling_and_keeps_its_cautions(ledger):
    parts = total(ledger.select(quantity="evacuated", claimant="mayor"))
    again = pickle.loads(pickle.dumps(parts))
    assert (again.expression, again.says(), again.refusals) == (parts.expression, "1,021", ())
    assert [caution.kind for caution in again.cautions] == [caution.kind for caution in parts.cautions]
    assert "no day" not in [caution.kind for caution in parts.cautions]


def test_cautions_of_many_answers_can_be_said_once_below_them(ledger):
    missing = ledger.county_missing_2031_05_03
    asked = [ask("Twice?", missing * 2), ask("Half?", missing / 2)]
    table = answers(*asked, cautions="below").table
    assert [column.header for column in table.columns] == ["Question", "Answer"]
    assert table.left_out.count("withdraws") == 1
    assert [row.id for row in table.rows] == [question.anchor for question in asked]


def test_one_mark_a_party_joins_its_claimants(ledger):
    figures = ledger.select(topic="rescue")
    keys = [
        charts.over_time(*figures, panels="unit", marks=marks).svg()[0] for marks in ("claimant", "party")
    ]
    assert ["The fire service" in svg for svg in keys] == [True, False]
    assert ["The city<" in svg for svg in keys] == [False, True]


def test_evidence_is_said_with_the_statement_or_once_for_all_of_a_quantity(ledger):
    statements = tables.figures(ledger)
    assert "lists of names" in words(row(statements, ledger.county_missing_2031_05_06), 3)
    assert "lists of names" not in words(row(statements, ledger.county_missing_2031_05_03), 3)
    listed = tables.figures(ledger.county_missing_2031_05_06, ledger.county_evacuated_2031_05_03)
    assert [words(group, 0) for group in listed.rows if group.group] == [
        "People missing: lists of names",
        "People evacuated: lists of names",
    ]


def test_a_statement_has_its_unit_and_its_interested_party(ledger):
    statements = tables.figures(ledger)
    boats = row(statements, ledger.fire_service_boats_morning)
    assert (words(boats, 0), words(boats, 4)) == ("at least 12", "The city")
    households = row(statements, ledger.courier_without_power)
    assert words(households, 4) == ""
