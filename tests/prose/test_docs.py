"""The examples of docs/prose.md run, and its figures are the test set's."""

import doctest
from pathlib import Path

import pytest

from tests.prose import score

DOCS = Path(__file__).parents[2] / "docs" / "prose.md"


def test_the_examples_run():
    assert doctest.testfile(str(DOCS), module_relative=False).failed == 0


@pytest.mark.parametrize(("row", "half"), [("| last score, no longer", "unseen"), ("| **fresh**", "fresh")])
def test_the_last_score_is_the_score(row, half):
    last = next(line for line in DOCS.read_text("utf-8").splitlines() if line.startswith(row))
    report = score.report(half, score.sentences(half))
    cells = [cell.strip(" *") for cell in last.split("|")[2:5]]
    assert all(cells)
    assert [cell for cell in cells if cell not in report] == []
