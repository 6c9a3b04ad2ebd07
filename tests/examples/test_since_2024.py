"""The numbers followed through time: the report is current, short, says things once, and computes what it says."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from reported import Ledger, charts, compatible, growth, tables, total
from reported.__main__ import main
from reported.display.citations import published
from tests.repetition import page_words, repeated_share

PROJECT = Path(__file__).parents[2] / "examples" / "since-2024"
MOST_PAGES, MOST_REPEATED = 6, 0.10


@pytest.fixture(scope="module")
def ledger():
    return Ledger(PROJECT)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project") / "since-2024"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("reports", ".cache"))
    assert main(["report", str(folder)]) == 0
    return folder / "reports"


def transfers(ledger, quantity, year, party):
    found = ledger.select(quantity=quantity, party=party)
    return [figure for figure in found if figure.event.startswith(f"transfer_{year}")]


# ---------------------------------------------------------------- the report


def test_the_committed_report_is_current(reports):
    committed = PROJECT / "reports"
    assert (committed / "comparisons.csv").read_text() == (reports / "comparisons.csv").read_text()
    made = r"made from inputs \w+"
    old, new = (re.sub(made, "", " ".join(page_words(r / "report.html"))) for r in (committed, reports))
    assert old == new, "run: python -m reported report examples/since-2024"


def test_it_has_at_most_six_pages(reports):
    assert len(PdfReader(reports / "report.pdf").pages) <= MOST_PAGES
    assert len(PdfReader(PROJECT / "reports" / "report.pdf").pages) <= MOST_PAGES


def test_it_says_most_things_once(reports):
    assert repeated_share(page_words(reports / "report.html")) <= MOST_REPEATED


def test_every_statement_that_a_chapter_names_has_its_row(reports, ledger):
    page = (reports / "report.html").read_text(encoding="utf-8")
    rows = set(re.findall(r'id="figure-([a-z0-9_]+)"', page))
    code = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "notebooks").glob("*.ipynb"))
    named = {id_ for id_ in re.findall(r"ledger\.(\w+)", code) if id_ in ledger}
    named |= set(re.findall(r'href="#figure-([a-z0-9_]+)"', page))
    assert {id_ for id_ in named if ledger.restated(ledger[id_]) is None} <= rows
    assert len(named) > 35


def test_every_answer_is_published_once(reports):
    rows = list(csv.DictReader((reports / "comparisons.csv").open(encoding="utf-8")))
    assert len({row["id"] for row in rows}) == len(rows) > 10
    assert all(row["figures"] for row in rows)


@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path):
    code = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)


# ---------------------------------------------------------------- the sums, worked out by hand


@pytest.mark.parametrize(
    ("quantity", "party", "year", "people", "events"),
    [
        ("to_ukraine", "ukraine", 2022, "50", 1),
        ("to_ukraine", "ukraine", 2023, "273", 4),
        ("to_ukraine", "ukraine", 2024, "2,856", 10),
        ("to_ukraine", "ukraine", 2025, "11,083", 11),
        ("to_ukraine", "ukraine", 2026, "1,000", 1),
        ("to_russia", "russia", 2024, "267", 6),
        ("to_russia", "russia", 2025, "315", 11),
        ("to_russia", "russia", 2026, "73", 2),
    ],
)
def test_the_sum_of_a_partys_own_statements(ledger, quantity, party, year, people, events):
    summed = total(transfers(ledger, quantity, year, party))
    assert (summed.says(), len(summed.figures)) == (people, events)


def test_the_two_totals_of_june_2025_differ_in_the_last_day(ledger):
    ours, theirs = ledger.headquarters_to_ukraine_by_2025_06_16, ledger.medinsky_to_ukraine_by_2025_06_16
    assert (compatible(ours, theirs).verdict, (theirs - ours).says()) == ("fails", "3")
    last, other = ledger.headquarters_to_ukraine_2025_06_16, ledger.defence_ministry_to_ukraine_2025_06_16
    assert (other - last).says() == "3"


def test_one_post_with_two_numbers_cannot_be_summed(ledger):
    summed = total(transfers(ledger, "to_ukraine", "2025_12", "russia"))
    assert summed.says() == "refused"


def test_days_and_parties_of_the_transfers(ledger):
    figures = [
        *transfers(ledger, "to_ukraine", "2025_06", "ukraine"),
        *transfers(ledger, "to_ukraine", "2025_06", "russia"),
    ]
    table = tables.by_event(*figures, caption="June 2025", headers={"to_ukraine": "To Ukraine"})
    cells = [["".join(piece["text"] for piece in cell) for cell in row.cells] for row in table.rows]
    assert cells == [
        ["by 11 June 2025", "1,212", "1,212"],
        ["by 13 June 2025", "", "1,200"],
        ["by 15 June 2025", "1,200", ""],
        ["16 June 2025", "1,245", "1,248"],
    ]


def test_every_number_that_contradicts_another_of_its_day_is_bold(ledger):
    figures = [
        f
        for day in ("06_11", "06_16", "12_19")
        for f in ledger.select(quantity="to_ukraine", event=f"transfer_2025_{day}")
    ]
    speakers = {"ukraine": "says Ukraine", "russia": "says Russia"}
    table = tables.by_event(
        *figures, caption="Three days", headers={"to_ukraine": "To Ukraine"}, speakers=speakers
    )
    assert [column.header for column in table.columns] == [
        "Day",
        "To Ukraine, says Ukraine",
        "To Ukraine, says Russia",
    ]
    bold = [
        [piece["text"] for cell in row.cells[1:] for piece in cell if piece.get("strong")]
        for row in table.rows
    ]
    assert bold == [[], ["1,245", "1,248"], ["1,003", "1,003", "1,000"]]


# ---------------------------------------------------------------- growth


def test_growth_of_the_counts_and_their_rates(ledger):
    steps = ledger.growth("russian_dead_identified", "mediazona_bbc", dated=True)
    assert [step.growth.says() for step in steps.itertuples()] == [
        "15,526",
        "13,896",
        "17,161",
        "23,234",
        "at least 120,182",
    ]
    assert [step.per_day.says(decimals=1) for step in steps.itertuples()] == [
        "81.7 to 82.6",
        "75.9 to 76.8",
        "90.3 to 91.3",
        "149.8 to 151.9",
        "at least 261.2",
    ]
    assert {step.grew.verdict for step in steps.itertuples()} == {"holds"}


def test_two_counts_of_one_project_are_two_series(ledger):
    bbc = ledger.series("russian_dead_identified", "bbc_russian")["figure"]
    assert growth(bbc.iloc[0], bbc.iloc[1]).says() == "5,232"
    assert ledger.mediazona_identified_2025_09_05 not in list(bbc)


def test_whether_the_presidents_words_commit_to_growth(ledger):
    first, almost, more = (
        ledger.putin_deployed_2023_12_14,
        ledger.putin_deployed_2024_06_14,
        ledger.putin_deployed_2025_09_18,
    )
    assert ((almost > first).verdict, (almost > first).firm) == ("holds", False)
    assert ((more > first).verdict, (more > first).firm) == ("holds", True)
    assert (more > almost).under("cautious") == "undetermined"
    assert (more - first).says(decimals=-3) == "at least 83,000"


def test_words_that_loosen_a_number_do_not_take_it_back(ledger):
    loosened = ledger.liga_zelenskiy_deployed_2025_01_15
    assert (loosened.qualifier, loosened.hedge) == ("about", "")
    assert loosened.overruled


def test_no_number_that_was_matched_to_another_shows_agreement(ledger):
    matched = {figure.id for figure in ledger if "matched" in figure.inferred}
    assert {
        "saraliyev_to_ukraine_2024_04_12",
        "saraliyev_to_ukraine_2024_08_02",
        "rogov_to_ukraine_2024_11_08",
    } <= matched


def test_one_number_for_each_transfer_of_2025_in_the_sum(ledger, monkeypatch):
    monkeypatch.syspath_prepend(str(PROJECT / "notebooks"))
    from statements import one_each

    year = one_each(ledger, "to_ukraine", "2025", "2026")
    assert total(year, parties="several").says() == "15,392"
    assert len({figure.event for figure in year}) == len(year) == 15
    assert total(one_each(ledger, "to_russia", "2025", "2026"), parties="several").says() == "315"


def test_an_undated_page_says_so_wherever_it_is_named(ledger):
    undated = [figure for figure in ledger if figure.source.inferred]
    assert len(undated) > 20
    for figure in undated:
        for words in (tables.citation(figure), published(figure.source)):
            assert f"undated, about {figure.source.published.words}" in words


def test_the_identified_are_never_called_the_killed(ledger):
    identified = ledger.select(quantity="russian_dead_identified")
    assert {"at least", "more than", "exact"} <= {figure.qualifier for figure in identified}
    for figure in identified:
        floor = figure.qualifier in ("at least", "more than")
        what = "killed, counted by name" if floor else "identified as killed"
        assert tables.citation(figure).startswith(f"Russian soldiers {what}: ")
    assert "soldiers killed:" not in charts.over_time(*identified).alt


# ---------------------------------------------------------------- one statement


def test_restatements_are_strokes_on_the_statement_they_repeat(ledger):
    chart = charts.over_time(*ledger.select(quantity="to_ukraine", event="transfer_2024_01_26"))
    assert chart.alt.count("77") == 1


def test_an_older_count_says_that_there_is_a_newer(ledger):
    assert ledger.bbc_identified_2025_08_08.newer == ledger.bbc_identified_2025_09
    kinds = [caution.kind for caution in (ledger.bbc_identified_2025_08_08 / 2).cautions]
    assert "newer" in kinds
