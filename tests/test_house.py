"""What the repository says of itself: its version, changelog and guides."""

import doctest
import re
import tomllib
from pathlib import Path

import pytest

import reported
from reported.ledger.settings import SCHEMA_VERSION
from tests import cli

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]


def test_the_version_is_one_everywhere():
    assert reported.__version__ == PROJECT["version"]
    assert re.findall(r"^## (\S+)", CHANGELOG, re.M)[0] == PROJECT["version"]


def test_the_changelog_names_the_ledgers_schema():
    assert f"schema version {SCHEMA_VERSION}" in CHANGELOG.split("\n## ")[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    text = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"))
    links = re.findall(r"\]\((?!https?:)([^)\s]+)\)", text)
    broken = [link for link in links if not _leads_somewhere(page, *link.partition("#")[::2])]
    assert broken == []


def _leads_somewhere(page: Path, file: str, anchor: str) -> bool:
    target = page.parent / file if file else page
    if not target.exists() or not anchor or target.suffix != ".md":
        return target.exists()
    heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.M)
    return anchor in [re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads]


def test_the_page_of_the_command_line_is_what_the_parsers_say():
    assert cli.PAGE.read_text(encoding="utf-8") == cli.written(), "python tests/cli.py writes it anew"


def test_the_text_for_an_index_runs_and_leads_nowhere():
    page = ROOT / PROJECT["readme"]
    assert doctest.testfile(str(page), module_relative=False).failed == 0
    assert "](" not in page.read_text(encoding="utf-8"), "an index shows no files of the repository"
    for extra in set(PROJECT["optional-dependencies"]) - {"test", "bench"}:
        assert f"`{extra}`" in page.read_text(encoding="utf-8")


def test_a_report_needs_no_jupyterlab():
    pinned = re.findall(r"^([\w-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    needed = [re.split(r"[<>=\[]", line)[0] for line in PROJECT["dependencies"]]
    assert set(pinned) & {"jupyterlab", "ipykernel"} == set()
    assert set(needed) & {"jupyterlab", "ipykernel", "flit_core", "openpyxl", "dask"} == set()


def test_what_runs_elsewhere_is_what_runs_here():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert re.findall(r"run: .*?(\S+)$", workflow, re.M) == [".ci/run"]
