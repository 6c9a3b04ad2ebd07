"""The workbook in which a draft is decided: what it shows, and that its answers come back, all of them or none."""

import datetime

import pytest
from openpyxl import load_workbook

from reported.article.decide import read, sentences_of, unread, write
from reported.article.draft import draft
from reported.article.text import Article, ArticleError
from reported.ledger import DataError, check
from reported.project.layout import lay_out
from reported.project.tables import replace, rows

TEXT = """\
A Fair By The Sea

Some 1,200 people came on Saturday, the mayor said. At least 40 stayed until 3 p.m., according to Ada Moe.
"""


@pytest.fixture
def project(tmp_path):
    article = Article(TEXT, publisher="The Quay Post", published="2031-05-05")
    lay_out(tmp_path / "fair", "The fair", draft(article, "quay", {}).rows)
    write_book(tmp_path / "fair")
    return tmp_path / "fair"


def write_book(project):
    known = rows(project / "data")
    write(project / "decide.xlsx", "The fair", known, sentences_of(known, {"quay.txt": TEXT}))


def answered(project, *answers):
    """The project's rows after these cells were typed: sheet, id, column, what."""
    book = load_workbook(project / "decide.xlsx", rich_text=True)
    for sheet, id_, column, typed in answers:
        header = [cell.value for cell in book[sheet][1]]
        line = next(
            (row for row in book[sheet].iter_rows(min_row=2) if row[header.index("id")].value == id_),
            None,
        )
        if line is None:  # below the others
            below = book[sheet].max_row + 1
            line = [book[sheet].cell(below, n) for n in range(1, len(header) + 1)]
        line[header.index(column)].value = typed
        line[header.index("id")].value = id_
    book.save(project / "decide.xlsx")
    return read(project / "decide.xlsx", "The fair", rows(project / "data"))


def row_of(answers, table, id_):
    return next(row for row in answers.rows[table] if row["id"] == id_)


def everything(project):
    book = load_workbook(project / "decide.xlsx")
    for sheet in book.sheetnames[:-1]:
        header = [cell.value for cell in book[sheet][1]]
        for row in book[sheet].iter_rows(min_row=2):
            if id_ := row[header.index("id")].value:
                yield (
                    sheet,
                    id_,
                    "decided",
                    "figure" if sheet == "Numbers" and row[-1].value == "figures" else None,
                )


def test_a_row_is_a_number_in_its_sentence_with_lists_to_choose_from(project):
    sheet = load_workbook(project / "decide.xlsx")["Numbers"]
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, sheet[2], strict=True))
    assert first["sentence"].value == "Some 1,200 people came on Saturday, the mayor said."
    assert (first["words"].value, first["claimant"].value, first["as_of"].value) == (
        "Some 1,200 people came",
        "mayor",
        "2031-05-03",
    )
    assert first["claimant"].fill.fgColor.rgb.endswith("FFF2CC")
    assert not first["words"].fill.fgColor.rgb.endswith("FFF2CC")
    lists = {
        str(rule.sqref).partition(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation
    }
    assert lists["I2"].startswith("=Speakers!")


def test_a_workbook_that_nobody_touched_changes_nothing(project):
    before = rows(project / "data")
    answers = answered(project)
    assert {name: list(map(dict, table)) for name, table in before.items()} == answers.rows
    assert answers.changed == 0


def test_everything_accepted_is_a_ledger_that_holds(project):
    accepted = [
        (sheet, id_, column, what or "yes")
        for sheet, id_, column, what in everything(project)
        if sheet != "Numbers"
    ]
    accepted += [one for one in everything(project) if one[3]]
    typed = [("Speakers", "ada_moe", "party", "authorities")]
    answers = answered(project, *accepted, *typed)
    replace(project / "data", answers.rows)
    assert check(project / "data") == ()


def test_what_is_typed_over_is_decided_and_its_neighbours_are_not(project):
    answers = answered(project, ("Numbers", "quay_p2_people_came", "as_of", datetime.datetime(2031, 5, 2)))
    row = row_of(answers, "figures", "quay_p2_people_came")
    assert (row["as_of"], row["claimant"]) == ("2031-05-02", "?mayor")


def test_a_number_changes_between_figure_and_set_aside(project):
    answers = answered(
        project,
        ("Numbers", "quay_p2_people_came", "decided", "set aside"),
        ("Numbers", "quay_p2_people_came", "reason", "a guess"),
    )
    assert "quay_p2_people_came" not in {row["id"] for row in answers.rows["figures"]}
    assert row_of(answers, "set_aside", "quay_p2_people_came")["reason"] == "a guess"
    assert "people_came" not in {row["id"] for row in answers.rows["quantities"]}
    assert any("people_came" in note for note in answers.notes)


def test_a_number_that_is_accepted_brings_what_it_names(project):
    answers = answered(project, ("Numbers", "quay_p2_people_came", "decided", "figure"))
    figure = row_of(answers, "figures", "quay_p2_people_came")
    named = [
        row_of(answers, "quantities", figure["quantity"]),
        row_of(answers, "claimants", figure["claimant"]),
    ]
    named += [row_of(answers, "parties", named[1]["party"]), row_of(answers, "sources", "quay")]
    assert not any(cell.startswith("?") for row in named for cell in row.values())
    other = next(row for row in answers.rows["figures"] if row["id"] != figure["id"])
    assert other["claimant"] == "?ada_moe"  # as it was


def test_a_unit_is_typed_beside_its_number(project):
    answers = answered(project, ("Numbers", "quay_p2_people_came", "unit", "visitor"))
    quantity = row_of(answers, "figures", "quay_p2_people_came")["quantity"].removeprefix("?")
    assert row_of(answers, "quantities", quantity)["unit"] == "visitor"
    with pytest.raises(DataError, match=r"Numbers!H2"):
        answered(project, ("Numbers", "quay_p2_people_came", "unit", "Visitors!"))


def test_a_row_can_be_added(project):
    answers = answered(
        project, ("Parties", "town", "label", "The town"), ("Speakers", "ada_moe", "party", "town")
    )
    assert row_of(answers, "parties", "town") == {
        "id": "town",
        "label": "The town",
        "colour": "",
        "interested": "?yes",
    }


@pytest.mark.parametrize(
    ("answer", "cell"),
    [
        (("Numbers", "quay_p2_people_came", "qualifier", "atleast"), "Numbers!E2"),
        (("Numbers", "quay_p2_people_came", "claimant", "mayr"), "Numbers!I2"),
        (("Numbers", "quay_p2_people_came", "value", "1 200"), "Numbers!F2"),
        (("Numbers", "quay_p2_people_came", "as_of", "2 May"), "Numbers!L2"),
        (("Numbers", "quay_p2_people_came", "decided", "maybe"), "Numbers!A2"),
        (("Numbers", "quay_p2_people_came", "value", "=1+1"), "Numbers!F2"),
    ],
)
def test_a_fault_is_named_by_its_cell(project, answer, cell):
    with pytest.raises(DataError, match=rf"decide\.xlsx, {cell}"):
        answered(project, answer)


def test_a_workbook_of_another_state_or_project_is_refused_in_one_line(project):
    with pytest.raises(DataError, match="of the project") as raised:
        read(project / "decide.xlsx", "The flood", rows(project / "data"))
    assert len(raised.value.problems) == 1
    answers = answered(project, ("Numbers", "quay_p2_people_came", "claimant", "ada_moe"))
    replace(project / "data", answers.rows)
    with pytest.raises(DataError, match=r"figures\.csv.* changed since") as raised:
        read(project / "decide.xlsx", "The fair", rows(project / "data"))
    assert len(raised.value.problems) == 1


def test_what_is_no_workbook_is_refused(project):
    (project / "decide.xlsx").write_text("a text", encoding="utf-8")
    with pytest.raises(DataError, match="not a workbook"):
        read(project / "decide.xlsx", "The fair", rows(project / "data"))


def test_a_workbook_with_answers_is_known(project):
    assert not unread(project / "decide.xlsx")
    answered(project, ("Numbers", "quay_p2_people_came", "claimant", "ada_moe"))
    assert unread(project / "decide.xlsx")


def test_a_text_that_has_changed_is_refused(project):
    with pytest.raises(ArticleError, match="changed since"):
        sentences_of(rows(project / "data"), {"quay.txt": TEXT.replace("1,200", "1,300")})


@pytest.mark.parametrize("note", ["=HYPERLINK(1)", "+5", "@sum", "-2+3", "'quoted"])
def test_no_cell_is_a_formula(project, note):
    known = {name: [dict(row) for row in table] for name, table in rows(project / "data").items()}
    known["figures"][0]["note"] = note
    replace(project / "data", known)
    write_book(project)
    sheet = load_workbook(project / "decide.xlsx")["Numbers"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert answered(project).rows["figures"][0]["note"] == note
