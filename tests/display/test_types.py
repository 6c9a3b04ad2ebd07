"""What an editor knows of sentences, questions, tables and charts, and how little of these folders is untyped."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CALLS = """
from pathlib import Path
from typing import assert_type

from reported import Ledger, answers, ask, charts, points, say, tables
from reported.charts.chart import Chart
from reported.display.questions import Answers, Question
from reported.display.sentences import Sentence
from reported.display.table import Table

ledger = Ledger("examples/flood")
one, other = list(ledger)[:2]
asked = ask("Are there more?", one > other)
assert_type(asked, Question)
assert_type(asked.answer, str)
assert_type(asked.cautions, list[str])
assert_type(answers(asked), Answers)
assert_type(say(f"{asked}"), Sentence)
assert_type(points(f"{asked}"), Sentence)
assert_type(tables.figures(ledger), Table)
assert_type(tables.claims(one, other), Table)
assert_type(charts.order(one > other), Chart)
assert_type(charts.counts(one, other), Chart)
assert_type(charts.every_figure(ledger), Chart)
assert_type(charts.over_time(one, other), Chart)
assert_type(charts.counts(one).save("one.png"), list[Path])
"""


def test_an_editor_knows_what_each_call_returns(tmp_path: Path) -> None:
    calls = tmp_path / "calls.py"
    calls.write_text(CALLS, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "pyproject.toml", str(calls)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("folder", "most"), [("display", 8), ("charts", 23), ("columns", 15)])
def test_no_more_is_untyped_than_libraries_leave_so(folder: str, most: int) -> None:
    """What is left is pandas' columns, matplotlib's keywords and the marks of a run of text."""
    files = (ROOT / "reported" / folder).glob("*.py")
    found = sum(len(re.findall(r"\bAny\b", file.read_text(encoding="utf-8"))) for file in files)
    assert found <= most
