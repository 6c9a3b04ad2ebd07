"""What changed between two states of a project, from two folders or from git."""

import csv
import io
import os
import shutil
import subprocess

import pytest

from reported.ledger import load
from reported.project import ProjectError
from reported.project.changes import changes
from tests.ledgers import DATA

FLOOD = DATA.parent / "examples" / "flood"
HEADER = "id,question,computed,digits alone,typical,cautious,unit,firm,figures,careful,notebook,chapter\n"
MORE = "more,More bodies?,a > b,yes,{},yes,,yes,bodies_marn_later killed_council_later,,01.ipynb,One\n"


@pytest.fixture
def pair(tmp_path):
    """Two copies of a project, each with a report: the later has another number and another answer."""
    for name in ("old", "new"):
        shutil.copytree(FLOOD / "data", tmp_path / name / "data")
        (tmp_path / name / "reports").mkdir()
    revise(tmp_path / "new")
    for name, answer in (("old", "yes"), ("new", "no")):
        published = tmp_path / name / "reports" / "comparisons.csv"
        published.write_text(HEADER + MORE.format(answer), encoding="utf-8")
    return tmp_path


def revise(folder):
    path = folder / "data" / "figures.csv"
    text = path.read_text(encoding="utf-8")
    assert "exact,19,," in text
    path.write_text(
        text.replace("exact,19,,", "exact,29,,").replace("19 people", "29 people"), encoding="utf-8"
    )


def test_nothing_changed(pair):
    found = changes(str(pair / "old"), str(pair / "old" / "data"))
    assert found.rows == []
    assert str(found) == "figures: 0 added, 0 revised, 0 removed; answers: 0 changed\n"


def test_a_revised_figure_and_the_answer_that_changed_with_it(pair):
    text = str(changes(str(pair / "old"), str(pair / "new")))
    assert 'figures: killed_council_later revised, value from "19" to "29"' in text
    assert (
        'answers: "More bodies?" revised, typical from "yes" to "no" (killed_council_later revised)' in text
    )
    assert text.endswith("figures: 0 added, 1 revised, 0 removed; answers: 1 changed\n")


def test_the_same_as_csv(pair):
    rows = list(csv.DictReader(io.StringIO(changes(str(pair / "old"), str(pair / "new")).csv)))
    assert {(row["table"], row["column"], row["old"], row["new"]) for row in rows} == {
        ("figures", "value", "19", "29"), ("figures", "words", "19 people", "29 people"), ("answers", "typical", "yes", "no"),
    }  # fmt: skip


def test_no_cell_of_a_csv_file_of_changes_is_a_formula(pair):
    published = pair / "new" / "reports" / "comparisons.csv"
    published.write_text(HEADER + MORE.format("=HYPERLINK(1)"), encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(changes(str(pair / "old"), str(pair / "new")).csv)))
    assert "'=HYPERLINK(1)" in [row["new"] for row in rows]


def test_a_report_that_is_missing_or_older_than_the_ledger_is_named(pair):
    os.utime(pair / "new" / "reports" / "comparisons.csv", (1, 1))
    assert "older than the ledger" in str(changes(str(pair / "old"), str(pair / "new")))
    (pair / "new" / "reports" / "comparisons.csv").unlink()
    assert "make its report to compare answers" in str(changes(str(pair / "old"), str(pair / "new")))


def test_added_and_removed_questions_are_changes(pair):
    path = pair / "new" / "reports" / "comparisons.csv"
    path.write_text(HEADER + MORE.replace("more,", "other,").format("no"), encoding="utf-8")
    kinds = [
        (row.id, row.kind)
        for row in changes(str(pair / "old"), str(pair / "new")).rows
        if row.table == "answers"
    ]
    assert kinds == [("more", "removed"), ("other", "added")]


def test_a_revision_that_git_knows(pair):
    folder = pair / "old"

    def git(*words):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    revise(folder)
    text = str(changes("HEAD", str(folder)))
    assert 'killed_council_later revised, value from "19" to "29"' in text
    with pytest.raises(ProjectError, match="nothing: neither a folder nor a revision"):
        changes("nothing", str(folder))


def test_a_folder_without_a_ledger_is_one_line(tmp_path):
    with pytest.raises(ProjectError, match="holds no ledger"):
        changes(str(tmp_path), str(FLOOD))
    assert load(FLOOD / "data").figures
