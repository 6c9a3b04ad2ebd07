"""The examples of docs/prose.md run, and its figures are the test set's."""

import doctest
from pathlib import Path

from tests.prose import score

DOCS = Path(__file__).parents[2] / "docs" / "prose.md"


def test_the_examples_run():
    assert doctest.testfile(str(DOCS), module_relative=False).failed == 0


def test_the_last_score_is_the_score():
    last = next(
        line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| last score, no longer")
    )
    report = score.report("unseen", score.sentences("unseen"))
    for cell in last.split("|")[2:5]:
        assert cell.strip() in report
