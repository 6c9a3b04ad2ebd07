"""The tables: complete, true to the ledger, and safe in a page and in a spreadsheet."""

import csv
import re

import pytest
from lxml import html

from reported import Comparisons
from reported.display import outputs as show
from reported.display import tables
from reported.intervals.bounds import Bounds
from reported.ledger.reading import READINGS, TYPICAL
from reported.ledger.records import SIDES
from tests.intervals.test_wording import HOSTILE


@pytest.fixture(autouse=True)
def nothing_cited(monkeypatch):
    monkeypatch.setattr(show, "_cited", {})


def page(table):
    return html.fragment_fromstring(table.markup)


def words(table):
    return " ".join(page(table).text_content().split())


def test_every_figure_has_its_row_with_all_that_is_known_of_it(ledger):
    rows = {row.get("id"): row for row in page(tables.figures(ledger)).iter("tr") if row.get("id")}
    assert set(rows) == {f.anchor for f in ledger}
    for figure in ledger:
        said = " ".join(rows[figure.anchor].text_content().split())
        for part in (figure.said, figure.words, figure.claimant.name, figure.claimant.side, figure.evidence):
            assert part in said
        assert f"paragraph {figure.paragraph}" in said
        for response in figure.responses:
            assert f"{response.response} by {response.responder.name}" in said
        if figure.relayed_by and figure.relayed_by != figure.claimant:
            assert f"relayed by {figure.relayed_by.name}" in said


def test_every_comparison_has_its_row_with_outcomes_and_cautions(asked):
    rows = {row.get("id"): row for row in page(tables.comparisons(asked)).iter("tr") if row.get("id")}
    assert set(rows) == {c.anchor for c in asked.values()}
    for comparison in asked.values():
        said = rows[comparison.anchor].text_content()
        assert comparison.question in said
        for caution in comparison.cautions:
            assert caution.text.lower() in said.lower()
        if not comparison.is_verdict and not comparison.refusals:
            assert all(comparison.says(reading) in said for reading in READINGS)


def test_a_part_of_them_is_captioned_as_a_part(ledger, asked):
    assert page(tables.figures(ledger, [ledger.ru_killed])).xpath("//tr/@id") == ["figure-ru_killed"]
    assert page(tables.comparisons(asked, [asked.remains_order])).xpath("//tr/@id") == [
        "comparison-remains_order"
    ]
    show.say(f"{ledger.ru_killed}, {asked.remains_order}")
    assert page(tables.named_figures(ledger)).xpath("//tr/@id") == ["figure-ru_killed"]
    assert page(tables.named_comparisons(asked)).xpath("//tr/@id") == ["comparison-remains_order"]


def test_what_cannot_be_concluded_is_every_open_or_refused_question(asked):
    said = words(tables.not_concluded(asked))
    for comparison in asked.values():
        open_or_refused = (
            comparison.verdict in ("undetermined", "refused") or comparison.strength == "typical only"
        )
        assert (comparison.question in said) or not open_or_refused
    firm = [c for c in asked.values() if c.strength == "firm" and not c.is_fit]
    assert all(c.question not in said for c in firm)


def test_why_a_question_stays_open_is_said_as_it_is(copy):
    copy.change("figures", "ru_troops_deployed", value="560000", words="560,000 people deployed")
    asked = copy.load()
    assert tables.reason(asked.deployed_ground_order).endswith("It fails under the typical reading alone.")
    assert tables.reason(asked.killed_beyond_identified).endswith("It holds under the typical reading alone.")
    copy.change("figures", "ru_troops_deployed", value="650000", words="650,000 people deployed")
    asked = copy.load()
    assert tables.reason(asked.deployed_ground_fit) == "They fit under the cautious reading alone."
    assert asked.deployed_ground_fit.question in words(tables.not_concluded(asked))


def test_every_rule_of_every_reading_is_shown(ledger):
    said = words(tables.readings(ledger))
    for expected in (
        "[n, ∞)",
        "(n, ∞)",
        "[0, n)",
        "[0.95 n, 1.05 n], at least 1 unit away",
        "[0.8 n, 1.2 n]",
    ):
        assert expected in said
    assert "76 % of 466; 40 % of 929; 83 % of 231" in said
    assert "no survey" in said


def test_every_row_of_the_other_tables_is_shown(ledger):
    aside = words(tables.set_aside(ledger))
    assert all(reason in aside for reason in ledger.set_aside["reason"])
    relations = words(tables.relations(ledger))
    assert all(r.hedge in relations for r in ledger.relation_records)
    responses = words(tables.responses(ledger))
    assert all(" ".join(r.in_our_words.split()) in responses for f in ledger for r in f.responses)
    speakers = words(tables.speakers(ledger))
    assert all(name in speakers for name in ledger.claimants["name"])


def test_cautions_are_said_once_each_with_what_they_concern(asked):
    table = page(tables.careful(asked.select("troops")))
    first = [" ".join(row.xpath("./th")[0].text_content().split()) for row in table.xpath("//tbody/tr")]
    assert len(first) == len(set(first))
    assert set(table.xpath("//a/@href")) <= {f"#{c.anchor}" for c in asked.values()}


def test_figures_of_one_quantity_are_shown_in_pairs(copy, asked):
    said = words(tables.fits(asked))
    assert "compatible" in said
    assert "repetition" in said
    copy.change("figures", "il76_pows_putin", qualifier="dozens", value="", words="dozens of servicemen")
    copy.change("figures", "ru_remains_returned_deputy", value="54", words="54 bodies of soldiers")
    said = words(tables.fits(copy.load()))
    assert "no digits reported" in said
    assert "not compatible" in said


# ---------------------------------------------------------------- for a spreadsheet


@pytest.fixture
def written(ledger, asked, tmp_path):
    tables.write(ledger, asked, tmp_path)
    return tmp_path


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_figure_is_exported_with_its_bounds_under_each_reading(ledger, written):
    rows = {row["id"]: row for row in read(written / "figures.csv")}
    assert list(rows) == [f.id for f in ledger]
    for figure in ledger:
        row = rows[figure.id]
        assert row["value"] == ("" if figure.value is None else str(figure.value))
        assert row["as reported"] == figure.words
        for reading in READINGS:
            lower, upper = row[f"{reading} lower"], row[f"{reading} upper"]
            expected = figure.bounds[reading]
            assert (
                (lower, upper) == ("", "")
                if expected is None
                else Bounds(float(lower), float(upper)) == expected
            )
    assert rows["ru_killed"]["typical upper"] == "inf"


def test_every_comparison_is_exported(asked, written):
    rows = {row["id"]: row for row in read(written / "comparisons.csv")}
    assert list(rows) == list(asked)
    for comparison in asked.values():
        bounds = comparison.outcomes[TYPICAL].bounds
        row = rows[comparison.id]
        assert bounds is None or Bounds(float(row["typical lower"]), float(row["typical upper"])) == bounds
        assert row["cautions"] == " ".join(c.text for c in comparison.cautions)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_of_text_runs_in_a_spreadsheet(copy, tmp_path, sign):
    for table, row, column in (
        ("figures", "ru_killed", "note"),
        ("claimants", "putin", "name"),
        ("quantities", "front_length", "label"),
        ("quantities", "front_length", "population"),
        ("comparisons", "remains_order", "question"),
        ("comparisons", "remains_total", "measure"),
    ):
        copy.change(table, row, **{column: f"{sign}cmd|' /C calc'!A1"})
    asked = copy.load()
    tables.write(asked.ledger, asked, tmp_path)
    cells = [
        cell
        for name in ("figures.csv", "comparisons.csv")
        for row in read(tmp_path / name)
        for cell in row.values()
    ]
    assert sum(cell.startswith(f"'{sign}cmd|") for cell in cells) >= 5
    for cell in cells:
        assert not cell or cell[0] not in "=+-@＝＋－＠\t\r" or re.fullmatch(r"-?(inf|[\d.]+)", cell), cell


@pytest.mark.parametrize("text", [t for t in HOSTILE if len(t) < 160])
def test_hostile_text_is_shown_as_text_in_every_table(copy, tmp_path, text):
    copy.change("claimants", "kremlin", name=text, local_name=text, role=text)
    copy.change("claimants", "kyiv", name=text)
    copy.change("figures", "il76_pows", note=text)
    copy.change("quantities", "prisoners_on_aircraft", label=text, population=text)
    copy.change("responses", "pows_kyiv", in_our_words=text)
    copy.change("relations", "putin_kremlin", in_our_words=text, hedge=text)
    copy.change("comparisons", "aircraft_total", question=text, measure=text, note=text)
    copy.change("set_aside", "p2_il76", reason=text)
    copy.change("readings", "typical_about", ground=text)
    asked = copy.load()
    ledger = asked.ledger
    every = [
        tables.figures(ledger),
        tables.comparisons(asked),
        tables.outcomes(asked.values()),
        tables.careful(asked.values()),
        tables.speakers(ledger),
        tables.relations(ledger),
        tables.set_aside(ledger),
        tables.readings(ledger),
        tables.responses(ledger),
    ]
    known = {
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "small",
        "strong",
        "em",
        "code",
        "a",
        "span",
    }
    for table in every:
        made = page(table)
        assert text in made.text_content(), table.caption
        assert {e.tag for e in made.iter()} <= known
        assert all(href.startswith("#") for href in made.xpath("//a/@href"))
        assert not any(name.startswith("on") for e in made.iter() for name in e.attrib)
        assert text in table._repr_mimebundle_()["text/plain"]
    tables.write(ledger, asked, tmp_path)
    assert any(row["claimant"].removeprefix("'") == text for row in read(tmp_path / "figures.csv"))


def test_sides_without_figures_have_no_heading(copy):
    copy.change("claimants", "analysts", side="independent")
    heads = page(tables.figures(copy.load().ledger)).xpath("//tr[@class='group']")
    assert len(heads) == len(SIDES) - 1


def test_an_empty_choice_is_a_table_all_the_same(ledger, asked):
    assert page(tables.figures(ledger, [])).xpath("count(//tbody/tr)") == 0
    assert page(tables.comparisons(asked, [])).xpath("count(//tbody/tr)") == 0
    assert isinstance(asked, Comparisons)
