"""A ledger of ten thousand figures is made a report by the notebooks that a new project has."""

import runpy
from pathlib import Path

import pytest

from reported.__main__ import main
from reported.project.layout import lay_out

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_a_ledger_of_ten_thousand_figures_is_one_small_page_that_says_what_it_left_out(
    tmp_path: Path,
) -> None:
    root = tmp_path / "large"
    lay_out(root, "A large ledger", {})
    runpy.run_path(str(ROOT / "bench" / "ledger.py"))["write"](root / "data", 10_000)
    assert main(["report", str(root)]) == 0  # no cell takes longer than its limit
    page = root / "reports" / "report.html"
    assert page.stat().st_size < 5e6
    assert "of 10,000 figures; the rest is in data/figures.csv" in page.read_text("utf-8")
