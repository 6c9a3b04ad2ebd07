"""docs/press.md says what is so: its JSON is taken, its Python runs, its options and files exist."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reported.press.builds import report
from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter
from reported.press.read import document, outputs
from tests.press import samples

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "press.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", TEXT)


def test_its_examples_of_the_types_are_taken() -> None:
    chart, table, rows, choice = (json.loads(block) for block in blocks("json"))
    outputs.chart(chart)
    outputs.table(table)
    assert outputs.rows(samples.displayed(rows=rows))
    notebook = samples.shown("x", choice=choice)
    assert document.read(notebook, {}).choice.groups == ["reading-typical", "reading-cautious"]


def test_its_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples.write_project(tmp_path)
    for old, new in (("01-chapter", "01-findings"), ("02-chapter", "02-figures")):
        (tmp_path / "notebooks" / f"{old}.ipynb").rename(tmp_path / "notebooks" / f"{new}.ipynb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(report, "EXPORTERS", samples.STAND_INS)
    [code] = blocks("python")
    exec(code, {})
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == [
        "manifest.json",
        "questions.csv",
        "report.html",
        "report.pdf",
    ]
    assert (tmp_path / "one.pdf").exists()


def test_its_options_are_traits_with_help() -> None:
    for exporter, names in re.findall(r"`--(\w+ReportExporter)(\..*?) \|", TEXT):
        owner: Any = {"HTMLReportExporter": HTMLReportExporter, "PDFReportExporter": PDFReportExporter}[
            exporter
        ]
        for name in re.findall(r"\.(\w+)", names):
            assert owner.class_traits(config=True)[name].help


def test_its_blocks_and_files_exist() -> None:
    press = ROOT / "reported" / "press"
    template = (press / "pages" / "templates" / "reported" / "index.html.j2").read_text("utf-8")
    [listed] = re.findall(r"The blocks: (.*?)\. For print", TEXT, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", listed)) == set(re.findall(r"{% block (\w+)", template)) - {"x"}
    table = TEXT[TEXT.index("## Who does what") :]
    named = set(re.findall(r"`(\w+\.py)`", table))
    assert named == {path.name for path in press.rglob("*.py")} - {"__init__.py", "errors.py"}


def test_each_attack_that_it_lists_is_held_off_by_tests_that_exist() -> None:
    rows = re.findall(r"(?m)^\|[^|]+\|[^|]+\| (`test_.*) \|$", TEXT)
    assert len(rows) == 12
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for name in re.findall(r"`(test_\w+)`", "".join(rows)):
        assert f"def {name}(" in code
