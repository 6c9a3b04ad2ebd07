"""The example projects: sound ledgers of their articles, and reports without a fault."""

import shutil
import subprocess
import sys

import pytest

from reported.article.audit import audit
from reported.article.text import read
from reported.ledger import load
from tests.ledgers import DATA

EXAMPLES = DATA.parent / "examples"
NAMES = ("flood", "epidemic", "bridge")
ARTICLES = [(name, path) for name in NAMES for path in sorted((EXAMPLES / name / "articles").glob("*.txt"))]


@pytest.mark.parametrize(("name", "article"), ARTICLES, ids=lambda value: getattr(value, "stem", value))
def test_every_number_of_an_article_is_a_figure_or_set_aside(name, article):
    found = audit(load(EXAMPLES / name / "data"), read(article).text)
    assert (found.complete, found.warning, found.source) == (True, "", article.stem), str(found)


def test_each_has_parties_and_units_of_its_own():
    packages = [load(EXAMPLES / name / "data") for name in NAMES]
    for names in (
        [set(p.parties) for p in packages],
        [{q.topic for q in p.quantities.values()} for p in packages],
    ):
        assert len(set.union(*names)) > max(map(len, names))
    assert {"person", "percent", "EUR", "metre", "hour", "house"} <= {
        q.unit for p in packages for q in p.quantities.values()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_it_renders_in_both_formats(tmp_path, name):
    folder = tmp_path / name
    shutil.copytree(EXAMPLES / name, folder, ignore=shutil.ignore_patterns("reports", ".cache"))
    made = subprocess.run(
        [sys.executable, "-m", "reported", "report", str(folder)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    assert (folder / "reports" / "report.pdf").read_bytes().startswith(b"%PDF")
    page = (folder / "reports" / "report.html").read_text(encoding="utf-8")
    assert "Traceback" not in page
    title = load(folder / "data").settings["title"]
    assert title in page
    assert "cautious" in page
    assert (folder / "reports" / "comparisons.csv").read_text(encoding="utf-8").count("\n") > 2
