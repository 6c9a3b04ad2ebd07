"""Figures, counts and periods: identity, words, links, and what they keep through a pickle or a reload."""

import copy
import datetime
import pickle

import pytest

from reported import Bounds, Ledger, compatible, days, growth, percent, said, say
from reported.display.sentences import plain
from reported.figures.expressions import Period
from reported.ledger import READINGS
from tests.figures.ledgers import figure, flood, load, quantity

# ---------------------------------------------------------------- identity


def test_a_figure_is_its_row_in_its_ledger(town, tmp_path):
    assert town.fifty == town["fifty"]
    assert town.fifty != town.fifty_again
    other = flood(tmp_path / "data")
    assert other.fifty != town.fifty
    assert len({town.fifty, town["fifty"], other.fifty}) == 2


def test_a_row_that_changed_is_another_figure_after_a_reload(tmp_path):
    ledger = flood(tmp_path / "data")
    before, total = ledger.about100, ledger.about100 + 1
    path = tmp_path / "data" / "figures.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("about,100", "about,200").replace("about 100", "about 200")
    )
    assert ledger.about100 is before
    ledger.reload()
    after = ledger.about100
    assert (before.typical, after.typical) == (Bounds(95, 105), Bounds(190, 210))
    assert total.typical == Bounds(96, 106)
    assert before != after
    assert (before - after).figures == (before, after)
    assert "ledgers" in {caution.kind for caution in (before > after).cautions}


def test_a_figure_less_itself_after_a_reload_of_the_same_files(tmp_path):
    ledger = flood(tmp_path / "data")
    before = ledger.about100
    ledger.reload()
    difference = before - ledger.about100
    assert difference.typical == Bounds(-10, 10)
    assert "repeated" in {caution.kind for caution in difference.cautions}
    assert (before - ledger.about100 * 1).refusals == ()


def test_what_is_computed_is_read_back_from_a_pickle(town):
    for thing in (
        town.about100,
        town.named42.counted,
        days(town.fifty),
        percent(40),
        town.about100 / days(town.fifty),
        1 - town.share40,
        town.share65 - town.share40,
        town.km2 + town.m500,
        abs(-town.about100),
        town.could400 + 1,
    ):
        again = pickle.loads(pickle.dumps(thing))
        assert type(again) is type(thing)
        assert (again.bounds, again.unit, again.figures) == (thing.bounds, thing.unit, thing.figures)
        assert (again.expression, again.cautions, again.refusals) == (
            thing.expression,
            thing.cautions,
            thing.refusals,
        )
        assert repr(again) == repr(thing)


def test_a_verdict_and_a_ledger_are_read_back_from_a_pickle(town):
    verdict = pickle.loads(pickle.dumps(compatible(town.about100, 110)))
    assert (verdict.verdict, verdict.firm, verdict.figures) == ("undetermined", False, (town.about100,))
    ledger = pickle.loads(pickle.dumps(town))
    assert list(ledger) == list(town)
    assert ledger.about100.newer is None
    assert copy.deepcopy(town.about100) == town.about100


# ---------------------------------------------------------------- words


def test_in_a_sentence_a_figure_is_its_words_linked_to_its_row(town):
    f = town.about100
    assert f"{f}" == '[about 100](#figure-about100 "The Gazette")'
    assert f"{f:capital}" == '[About 100](#figure-about100 "The Gazette")'
    assert f"{f:plain}" == "about 100"
    assert f"{f:cautious}" == '[80 to 120](#figure-about100 "The Gazette")'
    assert f"{town.named42.counted}" == '[42](#figure-named42 "The Gazette")'
    with pytest.raises(
        ValueError, match=r"about100 has no form 'bold'; expected one of plain, capital, digits"
    ):
        f"{f:bold}"


def test_what_excludes_its_number_is_printed_as_it_was_said(town):
    assert [town.more40.says(r) for r in ("digits", "typical", "cautious")] == [
        "40",
        "more than 40",
        "more than 40",
    ]
    assert (town.more40 + 0 * town.more40).says() == "at least 41"


@pytest.mark.parametrize("name", ['A "B" C', "a](javascript:1)", "<b>x</b>", "back\\", "*a* _b_"])
def test_a_claimant_s_name_is_never_markup(tmp_path, name):
    claimants = [{"id": "paper", "name": name, "party": "press"}]
    rows = [figure("fifty", "dead", "50")]
    ledger = load(tmp_path / "data", quantities=[quantity("dead")], figures=rows, claimants=claimants)
    link = f"{ledger.fifty}"
    assert link.startswith('[50](#figure-fifty "')
    assert link.count('"') == 2
    assert not link.removesuffix('")').endswith("\\") or link.endswith('\\\\")')
    assert plain(link) == "50"
    assert plain(say(f"It is {link}.").markdown) == "It is 50."


def test_a_figure_has_the_columns_of_its_row(town):
    f = town.saved32_flood
    assert (f.id, f.event, f.qualifier, f.value, f.value_to) == ("saved32_flood", "flood", "about", 32, None)
    assert (f.claimant.name, f.quantity.id, f.source.id, f.paragraph) == ("Ana Silva", "saved", "gazette", 3)
    assert (f.said, f.words, f.anchor) == ("about 32", "about 32 people", "figure-saved32_flood")
    assert f.named == "“about 32” (Ana Silva)"
    assert f.held == (datetime.date(2031, 5, 1), datetime.date(2031, 5, 1), "1 May 2031")
    assert town.undated60.held == (None, datetime.date(2031, 5, 2), "by 2 May 2031")


# ---------------------------------------------------------------- counted and claimed


def test_a_count_is_exact_and_its_figure_a_floor(town):
    assert (town.named42.typical, town.named42.counted.typical) == (Bounds(42, float("inf")), Bounds(42))
    assert town.named42.label == "Dead"
    assert town.named42.counted.label == "Identified"
    assert "open end" not in {caution.kind for caution in town.named42.counted.cautions}


@pytest.mark.parametrize("id", ["least30", "about100", "fifty", "dozens", "share40"])
def test_what_is_not_declared_as_counted_is_no_count(town, id):
    with pytest.raises(ValueError, match=f"{id} is not an exact count: .* is not declared as counted"):
        _ = town[id].counted


def test_a_count_that_is_about_a_number_is_none(tmp_path):
    rows = [figure("some", "identified", "about 40"), figure("most", "identified", "up to 40")]
    quantities = [quantity("identified", kind="cumulative", counted="yes")]
    ledger = load(tmp_path / "data", quantities=quantities, figures=rows)
    for f in ledger:
        with pytest.raises(ValueError, match=f"{f.id} is not an exact count: it is “{f.said}”"):
            _ = f.counted


def test_growth_of_counts_is_a_difference_of_counts(town):
    found = growth(town.named42, town.named50)
    assert found.expression == "named50.counted - named42.counted"
    assert found.typical == Bounds(8)


# ---------------------------------------------------------------- periods


def test_a_period_keeps_the_figures_whose_days_it_is_between(town):
    period = days(town.undated60, town.fifty)
    assert isinstance(period, Period)
    assert period.figures == (town.undated60, town.fifty)
    assert [(caution.kind, caution.about) for caution in period.cautions] == [("no day", ("“60”",))]
    assert (days("2031-04-25", town.fifty).expression) == "days('2031-04-25', fifty)"
    assert days(datetime.datetime(2031, 4, 25, 12), datetime.date(2031, 5, 1)).typical == Bounds(5, 7)


def test_days_say_what_they_need(town):
    with pytest.raises(ValueError, match=r"days\(about100\) has no start: Volunteers has no period_start"):
        days(town.about100)
    with pytest.raises(ValueError, match=r"the period ends \(2031-04-25\) before it starts"):
        days("2031-05-01", "2031-04-25")
    with pytest.raises(ValueError, match="'25 April' is not a date"):
        days("25 April", "2031-05-01")
    with pytest.raises(TypeError, match=r"days\(\) takes a figure, or two figures or dates"):
        days("2031-05-01")
    with pytest.raises(TypeError, match=r"days\(\) takes figures and dates such as"):
        days(town.fifty, 3)


# ---------------------------------------------------------------- cautions


def test_the_cautions_of_a_figure_come_by_weight(town):
    assert [(c.kind, c.about) for c in town.about100.cautions] == [
        ("party", ("The Gazette (News media)",)),
        ("reaction", ("The council contradicts “about 100”",)),
        ("readings", ("“about 100”",)),
    ]
    assert [c.kind for c in town.undated60.cautions] == ["no day", "party"]
    assert [c.kind for c in town.least30.cautions] == ["party", "open end"]
    assert [c.kind for c in (town.upto20 + town.more40).cautions] == ["one statement", "party", "open end"]


def test_a_newer_figure_of_the_same_claimant_is_named(town):
    assert town.named42.newer == town.named50
    assert town.named50.newer is None
    assert ("newer", ("“50” (The Gazette)",)) in [(c.kind, c.about) for c in town.named42.cautions]


def test_two_ledgers_in_one_kernel_do_not_mix(town, ledger):
    assert isinstance(ledger, Ledger)
    assert f"{town.fifty}" != f"{ledger.il76_pows}"
    assert (town.fifty + ledger.il76_pows).typical == Bounds(115)


# ---------------------------------------------------------------- words that no ledger holds


def test_words_are_read_under_each_reading():
    found = said("about 100", unit="person")
    assert [found.bounds[r] for r in READINGS] == [Bounds(100), Bounds(95, 105), Bounds(80, 120)]
    assert (found.expression, found.figures, found.cautions) == ('said("about 100")', (), ())
    assert (said("more than 40", whole=True) > 40).verdict == "holds"
    assert said("dozens").digits is None


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("people", "person"),
        ("", ""),
        ("10 or 12 boats and 3 carts", "boat"),
        ("40", "percent"),
    ],
)
def test_words_that_are_no_one_number_of_the_unit_are_an_error(words, unit):
    with pytest.raises(ValueError, match=r"\S"):
        said(words, unit=unit)


def test_a_number_is_printed_with_the_decimals_and_the_scale_asked_for(town):
    assert (town.fifty.says(decimals=1), town.fifty.says(scale=100)) == ("50.0", "5,000")
    points = said("60 percent") - said("40 percent")
    assert points.says() == "19 to 21 percentage points"
    assert points.says(decimals=1) == "19.0 to 21.0 percentage points"


def test_words_are_the_label_of_what_they_state():
    assert said("about 60 boats").label == "about 60 boats"


def test_a_percentage_is_written_as_it_was_made_and_takes_plain_numbers_alone():
    assert (percent(40).expression, percent(40, 60).expression) == ("percent(40)", "percent(40, 60)")
    with pytest.raises(TypeError, match=r"found said.*\(one / other\)\.says\(scale=100\)"):
        percent(said("5 %"))


def test_lengths_of_unlike_units_make_an_area():
    area = said("2 kilometres") * said("3 metres")
    assert (area > said("5,000 square metres")).verdict == "holds"
    assert (area < said("7,000 square metres")).verdict == "holds"


def test_a_period_says_what_it_is_and_whose(town):
    period = days(town.fifty)
    assert (period.expression, period.label) == ("days(fifty)", "days since 22 April 2031")
    assert period.figures == (town.fifty,)


def test_words_without_a_unit_keep_all_they_say_in_that_of_the_other_operand():
    assert (said("between 0 and 5") + said("0 kilometres")).says() == "0 to 5.5"
    ahead = said("expected to reach 50") + said("5 kilometres")
    assert [caution.kind for caution in ahead.cautions] == ["standing"]
