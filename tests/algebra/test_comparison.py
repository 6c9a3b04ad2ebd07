"""Comparisons: outcomes computed by hand, cautions that come and go with the data, refusals with their reason."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported import Bounds, Comparisons, DataError, compare
from reported.algebra.comparison import UnitError, fits
from reported.algebra.formula import FormulaError
from reported.ledger.reading import CAUTIOUS, FACE_VALUE, READINGS, TYPICAL

INF = math.inf
HAND = [
    # comparison, then what it comes to under face value, typical, cautious: computed by hand
    ("remains_order", "holds", "holds", "holds"),
    ("remains_difference", (22, 22), (22, 22), (22, 22)),
    ("remains_ratio", (Fraction(77, 55),) * 2, (Fraction(77, 55),) * 2, (Fraction(77, 55),) * 2),
    ("remains_total", (132, 132), (132, 132), (132, 132)),
    ("remains_reports", "holds", "holds", "holds"),
    ("troops_statements", "fails", "holds", "holds"),
    ("deployed_ground_order", "holds", "undetermined", "undetermined"),
    ("engaged_ground_order", "fails", "undetermined", "undetermined"),
    ("killed_per_deployed", (Fraction(42284, 617000),) * 2, (Fraction(42284, 617000), INF), (Fraction(42284, 617000), INF)),
    ("killed_per_day", (Fraction(42284, 701),) * 2, (Fraction(42284, 701), INF), (Fraction(42284, 701), INF)),
    ("killed_estimated", "missing", (126852, INF), (42284, INF)),
    ("deployed_per_kilometre", (Fraction(617, 2),) * 2, (Fraction(617, 2), Fraction(617000, 1800)), (Fraction(617000, 2100), Fraction(617000, 1700))),
    ("aircraft_total", (74, 74), (74, 74), (74, 74)),
    ("aircraft_prisoners_fit", "holds", "holds", "holds"),
    ("remains_aircraft", "refused", "refused", "refused"),
]  # fmt: skip


@pytest.mark.parametrize("row", HAND, ids=lambda r: r[0])
def test_the_comparisons_computed_by_hand(asked, row):
    comparison = asked[row[0]]
    for reading, expected in zip(READINGS, row[1:], strict=True):
        outcome = comparison.outcomes[reading]
        if isinstance(expected, str):
            assert (outcome.kind, outcome.bounds) == (expected, None), reading
        else:
            assert (outcome.kind, outcome.bounds) == ("bounds", Bounds(*expected)), reading


SAID = [
    ("remains_ratio", "1.4", "1.4", "1.4"),
    ("killed_per_deployed", "68.5", "at least 68.5", "at least 68.5"),
    ("killed_per_day", "60.3", "at least 60.3", "at least 60.3"),
    ("killed_estimated", "no digits reported", "at least 126,852", "at least 42,284"),
    ("deployed_per_kilometre", "308.5", "308.5 to 342.8", "293.8 to 363.0"),
    ("aircraft_total", "74", "74", "74"),
    ("deployed_ground_order", "holds", "undetermined", "undetermined"),
    ("remains_aircraft", "refused", "refused", "refused"),
]


@pytest.mark.parametrize("row", SAID, ids=lambda r: r[0])
def test_what_is_said_of_them(asked, row):
    assert tuple(asked[row[0]].says(reading) for reading in READINGS) == row[1:]


def test_the_two_terms_of_an_order_are_kept_with_their_bounds(asked):
    (left, right) = asked.deployed_ground_order.sides
    assert left[0] == "ru_troops_deployed"
    assert left[1][CAUTIOUS] == Bounds(617000)
    assert right[1] == {
        FACE_VALUE: Bounds(600000),
        TYPICAL: Bounds(570000, 630000),
        CAUTIOUS: Bounds(480000, 720000),
    }
    assert asked.remains_total.sides == ()
    assert asked.remains_aircraft.sides == ()


def test_strength_and_verdict(asked):
    assert (asked.remains_order.verdict, asked.remains_order.strength) == ("holds", "firm")
    assert (asked.killed_beyond_identified.verdict, asked.killed_beyond_identified.strength) == (
        "holds",
        "typical only",
    )
    assert (asked.deployed_ground_order.verdict, asked.deployed_ground_order.strength) == ("undetermined", "")
    assert (asked.remains_aircraft.verdict, asked.remains_aircraft.strength) == ("refused", "")
    assert asked.remains_total.strength == ""


def test_a_fit_that_only_wide_bounds_find_is_undetermined(copy):
    copy.change("figures", "ru_troops_deployed", value="650000", words="650,000 people deployed")
    fit = copy.load().deployed_ground_fit
    assert [fit.outcomes[r].kind for r in READINGS] == ["fails", "fails", "holds"]
    assert (fit.verdict, fit.strength) == ("undetermined", "")
    assert "readings differ" in kinds(fit)


def test_a_verdict_may_fail_under_the_typical_reading_alone(copy):
    copy.change("figures", "ru_troops_deployed", value="560000", words="560,000 people deployed")
    order = copy.load().deployed_ground_order
    assert (order.verdict, order.strength) == ("fails", "typical only")


def test_where_the_digits_mislead(asked):
    assert {c.id for c in asked.values() if c.digits_mislead} == {
        "troops_statements",
        "deployed_ground_order",
        "engaged_ground_order",
        "deployed_ground_fit",
    }


def test_the_refusal_gives_both_reasons(asked):
    relation, units = asked.remains_aircraft.refusals
    assert "separate matters" in relation
    assert units == "The units are unlike: remains cannot be ordered against person."


def test_in_a_sentence_a_comparison_is_its_outcome_linked_to_its_row(asked):
    c = asked.killed_per_day
    assert f"{c}" == str(c) == "[at least 60.3](#comparison-killed_per_day)"
    assert f"{c:capital}" == "[At least 60.3](#comparison-killed_per_day)"
    assert f"{c:face value}" == "[60.3](#comparison-killed_per_day)"
    assert f"{asked.deployed_ground_order:verdict}" == "[undetermined](#comparison-deployed_ground_order)"
    with pytest.raises(ValueError, match='no form "careful"'):
        f"{c:careful}"


def test_comparisons_are_found_by_name_topic_and_in_a_frame(asked):
    assert asked["remains_order"] is asked.remains_order
    assert {c.topic for c in asked.select("troops")} == {"troops"}
    assert len(asked) == len(list(asked)) == len(asked.frame)
    frame = asked.frame.set_index("id")
    assert frame.loc["deployed_per_kilometre", "unit"] == "person / kilometre"
    assert frame.loc["killed_per_day", "typical upper"] == INF
    assert frame.loc["remains_order", "verdict"] == "holds"
    assert frame.loc["remains_total", "verdict"] == ""
    assert frame.loc["remains_aircraft", "verdict"] == "refused"
    with pytest.raises(KeyError, match='did you mean "remains_order"'):
        asked["remains_oder"]
    with pytest.raises(AttributeError, match='did you mean "remains_order"'):
        _ = asked.remains_oder


# ---------------------------------------------------------------- formulas and units


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("il76_pows + front_length", "il76_pows (person) cannot be added to front_length (kilometre)"),
        ("il76_pows - il76_warning", "il76_pows (person) cannot be reduced by il76_warning (minute)"),
        ("il76_pows > front_length", "il76_pows (person) cannot be ordered against front_length (kilometre)"),
        (
            "compatible(il76_pows, front_length)",
            "il76_pows (person) cannot be set against front_length (kilometre)",
        ),
        ("il76_pows + 1", "il76_pows (person) cannot be added to 1 (no unit)"),
        ("il76_warning + il76_report_due", "il76_warning (minute) cannot be added to il76_report_due (day)"),
        (
            "(il76_pows / front_length) > -(il76_others / il76_warning)",
            "(person / kilometre) cannot be ordered against",
        ),
        ("number(il76_pows) > front_length", "number(il76_pows) (person) cannot be"),
        (
            "-il76_pows > number(ru_killed) - days(ru_killed)",
            "number(ru_killed) (person) cannot be reduced by days(ru_killed) (day)",
        ),
        (
            "-il76_pows > (front_length * 2.5)",
            "-il76_pows (person) cannot be ordered against (front_length * 2.5) (kilometre)",
        ),
        ("il76_pows > days(ru_killed)", "(person) cannot be ordered against days(ru_killed) (day)"),
    ],
)
def test_unlike_units_are_named_with_both_terms(ledger, formula, said):
    with pytest.raises(UnitError) as error:
        compare(ledger, formula)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("formula", "bounds", "unit"),
    [
        ("il76_pows * 2 - 1 * il76_others", (121, 121), "person"),
        ("-il76_pows + il76_others", (-56, -56), "person"),
        ("ru_killed / days(ru_killed)", (Fraction(42284, 701), INF), "person / day"),
        ("number(ru_killed) / days(ru_killed)", (Fraction(42284, 701),) * 2, "person / day"),
        ("ru_killed * 0", (0, 0), "person"),
        ("-ru_killed", (-INF, -42284), "person"),
        ("il76_pows / ru_killed", (0, Fraction(65, 42284)), ""),
        ("il76_report_due / il76_warning", (Fraction(2, 15), Fraction(3, 15)), "day / minute"),
    ],
)
def test_arithmetic_on_bounds_and_units_at_once(ledger, formula, bounds, unit):
    found = compare(ledger, formula)
    assert (found.outcomes[CAUTIOUS].bounds, found.unit) == (Bounds(*bounds), unit)


@pytest.mark.parametrize(
    ("formula", "kinds"),
    [
        ("il76_pows >= il76_pows_putin", ("holds", "holds", "holds")),
        ("il76_pows <= il76_pows_putin", ("holds", "holds", "holds")),
        ("il76_pows < il76_pows_putin", ("fails", "fails", "fails")),
        ("ru_killed < il76_pows", ("fails", "fails", "fails")),
        ("ru_troops_engaged >= ua_ground_forces", ("holds", "undetermined", "undetermined")),
        ("ru_killed_multiple >= 3", ("missing", "holds", "undetermined")),
    ],
)
def test_orders(ledger, formula, kinds):
    assert tuple(o.kind for o in compare(ledger, formula).outcomes.values()) == kinds


def test_a_divisor_that_may_be_zero_is_refused_with_both_terms(ledger):
    found = compare(ledger, "il76_pows / (il76_others - 9 * il76_pows_putin / 65)")
    assert found.verdict == "refused" if not found.is_verdict else True
    (reason,) = found.refusals
    assert reason.startswith(
        "a divisor that may be zero: il76_pows [65, 65] cannot be divided by (il76_others"
    )
    assert {o.kind for o in found.outcomes.values()} == {"refused"}


def test_percent_is_no_plain_ratio(copy):
    copy.change("quantities", "russian_dead_multiple", unit="percent")
    copy.change("comparisons", "killed_beyond_identified", formula="ru_killed_multiple > 1")
    with pytest.raises(
        DataError, match=r"ru_killed_multiple \(percent\) cannot be ordered against 1 \(no unit\)"
    ):
        copy.load()


def test_an_overflow_is_an_open_end(ledger):
    people = ["ru_troops_deployed", "il76_pows", "il76_others", "ru_killed"]
    found = compare(ledger, " * ".join(people + ["999999999999999"] * 20))
    assert found.outcomes[CAUTIOUS].bounds.upper == INF
    assert found.says(FACE_VALUE) == found.says(CAUTIOUS)
    assert found.says(CAUTIOUS).startswith("at least 179,769,313,486,231,570,814")


FIGURES = st.sampled_from(["il76_pows", "il76_others", "ru_killed", "ru_troops_engaged", "ru_troops_deployed", "ua_ground_forces", "il76_pows_dead"])  # fmt: skip


@given(one=FIGURES, other=FIGURES, operator=st.sampled_from(["+", "-", "*", "/"]))
def test_readings_contain_one_another(ledger, one, other, operator):
    if one == other:
        return
    outcomes = compare(ledger, f"{one} {operator} {other}").outcomes
    typical, cautious = outcomes[TYPICAL].bounds, outcomes[CAUTIOUS].bounds
    assert (typical is None and cautious is None) or cautious.contains(typical)


@given(one=FIGURES, other=FIGURES)
def test_an_order_and_its_opposite_never_both_hold(ledger, one, other):
    if one == other:
        return
    more, at_most = (compare(ledger, f"{one} {sign} {other}").outcomes for sign in (">", "<="))
    opposite = {"holds": "fails", "fails": "holds"}
    for reading in READINGS:
        assert at_most[reading].kind == opposite.get(more[reading].kind, more[reading].kind)


# ---------------------------------------------------------------- cautions come from the data


def kinds(comparison):
    return {caution.kind for caution in comparison.cautions}


CAUTIONS = {
    "remains_order": {"populations differ"},
    "remains_reports": {"date unknown", "one side", "one statement"},
    "troops_statements": {"date unknown", "populations differ", "one side", "one statement", "little disclosed", "open end", "digits mislead"},
    "deployed_ground_order": {"date unknown", "populations differ", "little disclosed", "digits mislead"},
    "killed_per_deployed": {"date unknown", "date assumed", "kinds differ", "populations differ", "little disclosed", "open end"},
    "killed_per_day": {"date assumed", "start derived", "open end"},
    "aircraft_total": {"populations differ", "one side", "not confirmed"},
    "killed_beyond_identified": {"date assumed", "open end", "readings differ"},
    "remains_aircraft": {"dates differ", "not confirmed"},
}  # fmt: skip


@pytest.mark.parametrize("name", CAUTIONS)
def test_the_cautions_that_the_data_give(asked, name):
    assert kinds(asked[name]) == CAUTIONS[name]


def test_a_population_shared_needs_no_caution(copy):
    words = "Russian soldiers"
    copy.change("quantities", "remains_to_ukraine", population=words)
    assert kinds(copy.load().remains_order) == set()


def test_dates_that_differ_come_with_the_data(copy):
    copy.change("figures", "ua_remains_returned", as_of="2024-01-25", as_of_basis="given")
    (caution,) = (c for c in copy.load().remains_order.cautions if c.kind == "dates differ")
    assert "25 January 2024 and 26 January 2024" in caution.text


def test_a_date_given_takes_its_caution_away(copy):
    for figure in ("ru_remains_returned_deputy", "ru_remains_returned"):
        copy.change("figures", figure, stated_on="2024-01-26", as_of="2024-01-26", as_of_basis="given")
    assert "date unknown" not in kinds(copy.load().remains_reports)


def test_one_side_is_no_caution_between_independent_sources(copy):
    copy.change("claimants", "saraliyev", side="independent").change(
        "claimants", "interfax", side="independent"
    )
    assert "one side" not in kinds(copy.load().remains_reports)


def test_two_sides_corroborate_where_one_does_not(copy):
    copy.change("claimants", "saraliyev", side="Ukraine")
    assert "one side" not in kinds(copy.load().remains_reports)


def test_a_relation_dropped_takes_its_caution_or_refusal_away(copy):
    copy.drop("relations", "deputy_agency")
    for end in ("prisoners_on_aircraft", "others_on_aircraft", "prisoners_dead_on_aircraft"):
        copy.drop("relations", f"remains_to_ukraine_{end}")
    copy.change("comparisons", "remains_aircraft", formula="il76_pows_dead > il76_others")
    asked = copy.load()
    assert "one statement" not in kinds(asked.remains_reports)
    assert asked.remains_aircraft.refusals == ()


def test_unlike_units_that_nothing_keeps_apart_are_a_fault_of_the_data(copy):
    for end in ("prisoners_on_aircraft", "others_on_aircraft", "prisoners_dead_on_aircraft"):
        copy.drop("relations", f"remains_to_ukraine_{end}")
    (problem,) = copy.problems
    assert (
        "column formula: ua_remains_returned (remains) cannot be ordered against il76_pows (person)"
        in problem
    )


def test_a_response_brings_its_caution(copy):
    copy.add("responses", "pows_kyiv", id="x", figure="ru_killed", responder="putin", response="disputed")
    asked = copy.load()
    (caution,) = (c for c in asked.killed_per_day.cautions if c.kind == "disputed")
    assert "Vladimir Putin" in caution.text
    copy.drop("responses", "x")
    assert "disputed" not in kinds(copy.load().killed_per_day)


def test_evidence_stated_to_be_missing_is_a_caution(copy):
    copy.change("figures", "il76_pows", evidence="stated to be without evidence")
    assert "without evidence" in kinds(copy.load().aircraft_total)


def test_little_disclosed_is_where_the_source_says_so(copy):
    copy.change("figures", "ru_troops_deployed", little_disclosed="")
    assert "little disclosed" not in kinds(copy.load().deployed_ground_order)


def test_an_upper_end_takes_the_open_end_away(copy):
    copy.change("figures", "ru_killed", qualifier="exact", words="42,284 Russian military personnel")
    assert "open end" not in kinds(copy.load().killed_per_day)


def test_a_period_given_is_not_called_derived(copy):
    copy.change("quantities", "russian_dead_identified", period_basis="given")
    assert "start derived" not in kinds(copy.load().killed_per_day)


# ---------------------------------------------------------------- figures of one quantity, held against each other


def pair(ledger, *ids):
    return next(f for f in fits(ledger) if {f.one.id, f.other.id} == set(ids))


def test_every_pair_of_one_quantity_is_held_against_each_other(ledger):
    assert [(f.one.id, f.other.id) for f in fits(ledger)] == [
        ("il76_pows", "il76_pows_putin"),
        ("ru_remains_returned", "ru_remains_returned_deputy"),
    ]
    for found in fits(ledger):
        assert found.fits == dict.fromkeys(READINGS, True)
        assert found.standing == "repetition"
    assert pair(ledger, "il76_pows", "il76_pows_putin").days == "same day"
    assert pair(ledger, "ru_remains_returned", "ru_remains_returned_deputy").days == "day not given"


def test_bounds_that_do_not_overlap_do_not_fit(copy):
    copy.change("figures", "il76_pows_putin", value="64", words="64 servicemen")
    assert pair(copy.load().ledger, "il76_pows", "il76_pows_putin").fits == dict.fromkeys(READINGS, False)


def test_words_without_digits_fit_only_by_their_reading(copy):
    copy.change("figures", "il76_pows_putin", qualifier="dozens", value="", words="dozens of servicemen")
    found = pair(copy.load().ledger, "il76_pows", "il76_pows_putin")
    assert found.fits == {FACE_VALUE: None, TYPICAL: True, CAUTIOUS: True}


@pytest.mark.parametrize(
    ("side", "related", "day", "standing"),
    [
        ("Russia", True, "2024-01-24", "repetition"),
        ("Ukraine", True, "2024-01-24", "repetition"),
        ("Russia", False, "2024-01-24", "one side"),
        ("Ukraine", False, "2024-01-24", "separate reports"),
        ("independent", False, "2024-01-24", "separate reports"),
        ("Russia", True, "2024-01-25", "another day"),
    ],
)
def test_how_two_figures_stand_comes_from_the_data(copy, side, related, day, standing):
    copy.change("claimants", "kremlin", side=side).change("figures", "il76_pows_putin", as_of=day)
    if not related:
        copy.drop("relations", "putin_kremlin")
    assert pair(copy.load().ledger, "il76_pows", "il76_pows_putin").standing == standing


def test_one_claimant_twice_is_a_repetition_without_a_relation(copy):
    copy.drop("relations", "putin_kremlin").change("figures", "il76_pows_putin", claimant="kremlin")
    assert pair(copy.load().ledger, "il76_pows", "il76_pows_putin").standing == "repetition"


def test_two_independent_sources_are_not_one_side(copy):
    copy.drop("relations", "putin_kremlin")
    for claimant in ("kremlin", "putin"):
        copy.change("claimants", claimant, side="independent")
    assert pair(copy.load().ledger, "il76_pows", "il76_pows_putin").standing == "separate reports"


# ---------------------------------------------------------------- in the very words


def test_a_row_of_the_frame_in_full(asked):
    rows = {row["id"]: row for row in asked.frame.to_dict("records")}
    assert rows["killed_per_day"] == {
        "id": "killed_per_day",
        "topic": "casualties",
        "question": "How many Russian dead are identified for each day of the invasion?",
        "formula": "ru_killed / days(ru_killed)",
        "unit": "person / day",
        "scale": 1,
        "measure": "identified dead for each day since the invasion began",
        "face value": "60.3",
        "face value lower": Bounds(Fraction(42284, 701)).lower,
        "face value upper": Bounds(Fraction(42284, 701)).upper,
        "typical": "at least 60.3",
        "typical lower": Bounds(Fraction(42284, 701)).lower,
        "typical upper": INF,
        "cautious": "at least 60.3",
        "cautious lower": Bounds(Fraction(42284, 701)).lower,
        "cautious upper": INF,
        "verdict": "",
        "strength": "",
        "refused because": "",
        "cautions": " ".join(c.text for c in asked.killed_per_day.cautions),
    }
    refused = rows["remains_aircraft"]
    assert refused["refused because"] == " ".join(asked.remains_aircraft.refusals)
    assert {refused[r] for r in READINGS} == {"refused"}
    assert (rows["remains_order"]["verdict"], rows["remains_order"]["strength"]) == ("holds", "firm")


def test_a_fit_has_words_of_its_own(asked):
    fit, order = asked.troops_statements, asked.remains_order
    assert [fit.word(v) for v in ("holds", "fails", "undetermined")] == [
        "compatible",
        "not compatible",
        "undetermined",
    ]
    assert [order.word(v) for v in ("holds", "fails", "undetermined")] == ["holds", "fails", "undetermined"]
    assert [fit.says(reading) for reading in READINGS] == ["not compatible", "compatible", "compatible"]


def test_digits_alone_are_rounded_to_nearest_and_bounds_outward(ledger):
    third = compare(ledger, "il76_others / il76_report_due * 2 / 27", decimals=2)
    assert third.says(TYPICAL) == "0.22 to 0.34"
    seventh = compare(ledger, "il76_others / il76_pows", decimals=2, scale=10)
    assert [seventh.says(reading) for reading in READINGS] == ["1.38", "1.38 to 1.39", "1.38 to 1.39"]


def test_an_error_of_units_has_both_units_apart(ledger):
    with pytest.raises(UnitError) as error:
        compare(ledger, "il76_pows + front_length")
    assert error.value.units == "person cannot be added to kilometre"


TEXTS = {
    "remains_order": [
        "The populations differ: Ukrainian service members (the claimant's word is defenders) and Russian soldiers.",
    ],
    "aircraft_total": [
        "The populations differ: Ukrainian prisoners of war on board and people on board other than the prisoners.",
        "All of it comes from one claimant (The Kremlin); repetition is no corroboration.",
        "Not confirmed by Kyiv: Ukrainian prisoners on board the Il-76.",
    ],
    "remains_reports": [
        "The date it holds for is not given: Remains returned to Russia.",
        "All of it comes from one side (Russia); repetition is no corroboration.",
        "The deputy gives the agency's number; nothing in the article shows the two to be independent. "
        "Not said by the article; both speakers are Russian.",
    ],
    "killed_per_day": [
        "The article's date stands in for one that is not given: Russian military personnel killed.",
        "The start of the period, 24 February 2022, is derived, not given.",
        "The words set no upper end: Russian military personnel killed, “at least 42,284”.",
    ],
    "returned_per_killed": [
        "The article's date stands in for one that is not given: Russian military personnel killed.",
        "A single event is set against a count since a start: Remains returned to Russia and Russian military personnel killed.",
        "The words set no upper end: Russian military personnel killed, “at least 42,284”.",
    ],
    "deployed_ground_order": [
        "The date it holds for is not given: People deployed in Russia's combat zone and Ukraine's ground forces.",
        "The populations differ: people deployed across the combat zone and Ukraine's ground forces, wherever they serve.",
        "The claimant's side discloses little about it (paragraph 21): People deployed in Russia's combat zone.",
        "The digits alone give a verdict that the words do not.",
    ],
    "killed_beyond_identified": [
        "The article's date stands in for one that is not given: Real number of Russian dead, as a multiple of those identified.",
        "The words set no upper end: Real number of Russian dead, as a multiple of those identified, “several times”.",
        "The typical and the cautious reading come to different verdicts.",
    ],
}


@pytest.mark.parametrize("name", TEXTS)
def test_cautions_in_words(asked, name):
    assert [caution.text for caution in asked[name].cautions] == TEXTS[name]


def test_the_other_cautions_in_words(copy):
    copy.change("figures", "il76_pows", evidence="stated to be without evidence", as_of="2024-01-23")
    copy.change("quantities", "others_on_aircraft", kind="stock")
    copy.change("responses", "pows_kyiv", response="disputed")
    assert [c.text for c in copy.load().aircraft_total.cautions] == [
        "The dates differ: 23 January 2024 and 24 January 2024.",
        "A single event is set against a number at one time: Ukrainian prisoners on board the Il-76 and "
        "Others on board the Il-76.",
        "The populations differ: Ukrainian prisoners of war on board and people on board other than the prisoners.",
        "All of it comes from one claimant (The Kremlin); repetition is no corroboration.",
        "Disputed by Kyiv: Ukrainian prisoners on board the Il-76.",
        "Stated to be without evidence: Ukrainian prisoners on board the Il-76.",
    ]


def test_the_start_of_a_period_is_a_caution_once_and_only_where_days_are_counted(ledger):
    formula = "ru_killed * ru_killed_multiple / (days(ru_killed) + days(ru_killed_multiple))"
    found = [c for c in compare(ledger, formula).cautions if c.kind == "start derived"]
    assert len(found) == 1
    assert "start derived" not in kinds(compare(ledger, "ru_killed * ru_killed_multiple"))


def test_probably_the_same_statement_stands_as_a_repetition(copy):
    copy.change("relations", "putin_kremlin", relation="probably the same statement as")
    assert pair(copy.load().ledger, "il76_pows", "il76_pows_putin").standing == "repetition"


def test_two_of_ukraine_s_side_are_one_side(copy):
    copy.drop("relations", "putin_kremlin")
    for claimant in ("kremlin", "putin"):
        copy.change("claimants", claimant, side="Ukraine")
    asked = copy.load()
    assert pair(asked.ledger, "il76_pows", "il76_pows_putin").standing == "one side"
    (caution,) = (c for c in asked.aircraft_prisoners_fit.cautions if c.kind == "one side")
    assert caution.text == "All of it comes from one side (Ukraine); repetition is no corroboration."


def test_names_that_begin_with_an_underscore_are_no_comparisons(asked):
    with pytest.raises(AttributeError):
        _ = asked._remains_order
    with pytest.raises(AttributeError, match=r'"zzz" is no comparison$'):
        _ = asked.zzz


def test_days_need_both_dates(ledger):
    with pytest.raises(FormulaError, match=r"^days\(il76_pows\) needs the start of its period, which"):
        compare(ledger, "il76_pows / days(il76_pows)")


def test_days_need_the_date_that_the_figure_holds_for(copy):
    copy.change("figures", "ru_killed", as_of="", as_of_basis="not given")
    copy.drop("comparisons", "killed_per_day")
    with pytest.raises(FormulaError, match=r"^days\(ru_killed\) needs the date it holds for, which"):
        compare(copy.load().ledger, "ru_killed / days(ru_killed)")


KINDS = {"stock": "a number at one time", "cumulative": "a count since a start", "event": "a single event"}


@pytest.mark.parametrize("one", KINDS)
@pytest.mark.parametrize("other", [*KINDS, "amount"])
def test_kinds_of_counts_that_differ_are_named_in_their_order(copy, one, other):
    copy.change("quantities", "prisoners_on_aircraft", kind=one)
    copy.change("quantities", "others_on_aircraft", kind=other)
    found = [c.text for c in copy.load().aircraft_total.cautions if c.kind == "kinds differ"]
    expected = f"{KINDS[one].capitalize()} is set against {KINDS.get(other)}: Ukrainian prisoners on board the Il-76 and Others on board the Il-76."
    assert found == ([] if one == other or other == "amount" else [expected])


def test_one_figure_alone_repeats_nothing(ledger):
    assert "one side" not in kinds(compare(ledger, "il76_pows * 2"))


def test_outcomes_know_their_reading(ledger):
    for formula in ("il76_pows * 2", "il76_pows > il76_others", "il76_pows_dead > il76_others"):
        assert [(r, o.reading) for r, o in compare(ledger, formula).outcomes.items()] == [
            (r, r) for r in READINGS
        ]


def test_comparisons_not_yet_made_have_no_names():
    with pytest.raises(AttributeError, match='"remains_order" is no comparison'):
        _ = Comparisons.__new__(Comparisons).remains_order


def test_a_question_asked_in_passing_has_what_it_is_given_and_nothing_else(ledger):
    asked = compare(ledger, "il76_pows / il76_others")
    given = (asked.id, asked.topic, asked.question, asked.statement, asked.measure, asked.note)
    assert given == ("question", "", "", "", "", "")
    assert (asked.scale, asked.decimals, asked.says()) == (1, 0, "7 to 8")
    assert asked.figures == (ledger.il76_pows, ledger.il76_others)
    assert (asked.is_verdict, asked.is_fit) == (False, False)
    assert compare(ledger, "il76_pows / il76_others", scale="", decimals="") == asked


def test_what_stands_in_its_row_is_kept(asked):
    for row in asked.ledger.table("comparisons").rows:
        kept = asked[row["id"]]
        for column in ("id", "topic", "question", "statement", "formula", "measure", "note"):
            assert getattr(kept, column) == row[column]
    assert (asked.killed_per_deployed.scale, asked.killed_per_deployed.decimals) == (1000, 1)
    assert (asked.remains_order.unit, asked.remains_reports.unit) == ("", "")
    assert (asked.remains_order.is_verdict, asked.remains_order.is_fit) == (True, False)
    assert (asked.remains_reports.is_verdict, asked.remains_reports.is_fit) == (True, True)


def test_a_refusal_is_refused_under_every_reading(ledger):
    for formula in (
        "ua_remains_returned > il76_pows",
        "ua_remains_returned / il76_pows",
        "il76_pows / (il76_others - 9 * il76_pows_putin / 65)",
    ):
        outcomes = compare(ledger, formula).outcomes
        assert [(r, o.reading, o.kind, o.bounds) for r, o in outcomes.items()] == [
            (r, r, "refused", None) for r in READINGS
        ]
    assert compare(ledger, "ua_remains_returned > il76_pows").unit == ""
    assert len(compare(ledger, "ua_remains_returned / il76_pows").refusals) == 1


def test_minus_what_has_no_digits_is_missing(ledger):
    outcomes = compare(ledger, "-il76_pows_dead").outcomes
    assert [outcomes[r].kind for r in READINGS] == ["missing", "bounds", "bounds"]
    assert outcomes[CAUTIOUS].bounds == Bounds(-INF, -12)
