"""The example of a column: read, compared with its coding, and reported in two pages."""

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from reported.__main__ import main

PROJECT = Path(__file__).parents[2] / "examples" / "marches"


def test_the_column_is_read_but_for_seven_phrases(tmp_path, capsys):
    words = ["column", str(PROJECT / "marches.csv"), "--words", "participants", "--unit", "person"]
    assert main([*words, "--out", str(tmp_path / "read.csv")]) == 1
    printed = capsys.readouterr().out
    assert "400 rows" in printed
    assert "7 in doubt" in printed
    assert len((tmp_path / "read.csv").read_text(encoding="utf-8-sig").splitlines()) == 401


@pytest.mark.parametrize(
    ("kind", "count"), [("order", 1), ("qualifier", 3), ("words", 4), ("revised beyond", 3)]
)
def test_each_kind_of_finding_is_there(capsys, kind, count):
    words = [
        "lint",
        str(PROJECT / "marches.csv"),
        "--words",
        "participants",
        "--low",
        "low",
        "--high",
        "high",
    ]
    assert main([*words, "--unit", "person", "--against", str(PROJECT / "marches-2031-08.csv")]) == 1
    assert f"{count} {kind}" in capsys.readouterr().out.splitlines()[-1]


def test_the_report_has_two_pages(tmp_path):
    folder = tmp_path / "marches"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("reports", ".cache"))
    assert main(["report", str(folder)]) == 0
    assert len(PdfReader(folder / "reports" / "report.pdf").pages) == 2
