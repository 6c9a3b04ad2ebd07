"""The tutorial: its ledger holds, its notebook runs and renders, its rules are those of the report."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reported import Comparisons, Ledger
from reported.article.article import audit, read

ROOT = Path(__file__).parent.parent
TUTORIAL = ROOT / "notebooks" / "tutorial"


def test_its_readings_are_the_reports():
    assert (TUTORIAL / "data" / "readings.csv").read_bytes() == (ROOT / "data" / "readings.csv").read_bytes()


def test_its_schema_is_the_reports_but_for_the_chapters():
    schemas = []
    for folder in (TUTORIAL / "data", ROOT / "data"):
        resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        for field in (f for r in resources for f in r["schema"]["fields"] if f["name"] == "topic"):
            field["constraints"].pop("enum")
        schemas.append(resources)
    assert schemas[0] == schemas[1]


@pytest.mark.parametrize(("text", "numbers"), [("first-article.txt", 9), ("second-article.txt", 5)])
def test_every_number_of_its_articles_is_accounted_for(text, numbers):
    found = audit(Ledger(TUTORIAL / "data"), read(TUTORIAL / text))
    assert found.complete, str(found)
    assert not found.warning
    assert found.numbers == numbers


def test_it_shows_more_than_one_article_and_day():
    ledger = Ledger(TUTORIAL / "data")
    assert len(ledger.sources) > 1
    assert ledger.followed == ["books_arrived"]
    assert {c.verdict for c in Comparisons(ledger).values() if c.is_verdict} == {"holds", "undetermined"}


@pytest.mark.parametrize("suffix", [".html", ".pdf"])
def test_it_renders(tmp_path, suffix):
    for name in ("reported", "data", "notebooks", "requirements.txt", "pyproject.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, tmp_path / name)
    command = [sys.executable, "-m", "reported", "report", "notebooks/tutorial/tutorial.ipynb", "--to"]
    made = subprocess.run([*command, f"t{suffix}"], cwd=tmp_path, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    page = (tmp_path / f"t{suffix}").read_bytes()
    assert page.startswith(b"%PDF" if suffix == ".pdf" else b"<!doctype html>")
    if suffix == ".html":
        text = page.decode()
        assert "atleast" in text, "the fault shown on purpose"
        assert "at least 61,000" in text
        assert "How did the count grow?" in text
