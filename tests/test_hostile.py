"""A ledger whose every text is an attack, made into the whole report: text stays text, nothing runs, nothing is asked for."""

import csv
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.ledgers import DATA, Copy
from tests.press.positions import poppler
from tests.press.test_html import browser, opened  # noqa: F401

ATTACKS = [
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=2>",
    "</td></tr></table><svg onload=window.hacked=3>",
    "<style>*{display:none}</style>",
    "<iframe src=https://example.org/></iframe>",
    "</script><script src=https://example.org/x.js></script>",
    "<!-- ]]> --> <![CDATA[ x ]]>",
    "[click](javascript:window.hacked=4)",
    "![x](https://example.org/x.png)",
    "[x](#figure-ru_killed) [y]: https://example.org/",
    "<a href=javascript:window.hacked=5>x</a>",
    "javascript:window.hacked=6//",
    '" onmouseover="window.hacked=7" x="',
    "' autofocus onfocus='window.hacked=8",
    '#eval("1+1") #read("/etc/passwd") #set page(fill: red)',
    "$ integral_0^1 $ and $x^2$ \\(y\\) $$z$$",
    "@smith2020 @figure-ru_killed <label> ~ -- --- ...",
    "\\input{/etc/passwd} \\write18{true} \\ \\\\ \\u{41}",
    "=cmd|' /C calc'!A1",
    "@SUM(1+1)*cmd|x",
    "+1+cmd|x",
    "-1+cmd|x",
    "{{ 7*7 }} {% raw %} ${x} #{x} %s %n {0}",
    "&lt;script&gt; &amp;amp; &#60;b&#62; &nbsp;",
    "*a* _b_ `c` ~~d~~ ^e^ ~f~ [^1] ::: {.x} | g |",
    "1. one - two # three > four + five",
    "```{=html} <b>x</b> ``` `x`{=typst}",
    "Pneumono" * 9,
    "Ünïcödé Żółć Ђорђе Їжак ﬁ ½ № ≥ −",
]
COLUMNS = [
    ("claimants", "name"),
    ("claimants", "local_name"),
    ("claimants", "other_names"),
    ("claimants", "role"),
    ("quantities", "label"),
    ("quantities", "population"),
    ("figures", "note"),
    ("reactions", "in_our_words"),
    ("relations", "in_our_words"),
    ("relations", "hedge"),
    ("set_aside", "kind"),
    ("set_aside", "reason"),
    ("readings", "ground"),
    ("sources", "publisher"),
    ("sources", "title"),
]
NOT_SHOWN = {
    ("claimants", "other_names"),
    ("relations", "in_our_words"),
    ("relations", "hedge"),
    ("set_aside", "reason"),
}
"""Columns that these notebooks have no table for."""


def attack(folder: Path) -> dict[tuple[str, str], set[str]]:
    """Put an attack into every text of the ledger; what was put where."""
    copy = Copy(folder)
    turn = 0
    put: dict[tuple[str, str], set[str]] = {}
    for table, column in COLUMNS:
        rows = copy.rows(table)
        for row in rows:
            if row[column]:
                row[column] = ATTACKS[turn % len(ATTACKS)]
                put.setdefault((table, column), set()).add(row[column])
                turn += 1
        copy.write(table, rows)
    copy.describe(sources=[{"title": ATTACKS[n]} for n in range(5)])
    return put


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[tuple[str, str], set[str]]]:
    """The report of a ledger full of attacks, and which stand where."""
    root = tmp_path_factory.mktemp("hostile")
    put = attack(root / "data")
    shutil.copytree(DATA.parent / "notebooks", root / "notebooks")
    for name in ("reported", "requirements.txt", "pyproject.toml"):
        (root / name).symlink_to(DATA.parent / name)
    build = subprocess.run(
        [sys.executable, "-m", "reported", "report"], cwd=root, capture_output=True, text=True
    )
    assert build.returncode == 0, build.stderr
    return root / "reports", put


def squeezed(text: str) -> str:
    """Text without what line breaks and justification do to it, and its ligatures as the letters that a search finds."""
    return unicodedata.normalize("NFKC", re.sub(r"[\s\u00ad\u200b]+", "", text))


SHOWN = [key for key in COLUMNS if key not in NOT_SHOWN]


@pytest.fixture(scope="module")
def tab(made: Any, browser: Any) -> Iterator[Any]:  # noqa: F811
    with opened(browser, made[0] / "report.html") as watched:
        for element in watched.tab.query_selector_all("details"):
            element.evaluate("details => { details.open = true }")
        watched.tab.evaluate("scrollTo(0, document.body.scrollHeight)")
        watched.tab.wait_for_timeout(300)
        yield watched


def test_nothing_runs_and_nothing_is_asked_for(tab: Any, made: Any) -> None:
    assert tab.tab.evaluate("window.hacked === undefined")
    assert tab.requests == []
    assert tab.complaints == []
    assert tab.tab.url == (made[0] / "report.html").as_uri()
    assert (
        tab.tab.evaluate(
            "document.querySelectorAll('iframe, object, embed, form, base, meta[http-equiv=refresh]').length"
        )
        == 0
    )
    assert (
        tab.tab.evaluate("document.querySelectorAll('script:not([type=\"application/json\"])').length") == 1
    )
    assert tab.tab.evaluate("[...document.images].filter(i => !i.src.startsWith('data:')).length") == 0
    handlers = "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on')).length"
    assert tab.tab.evaluate(handlers) == 0
    schemes = set(
        tab.tab.evaluate(
            "[...document.querySelectorAll('[href]')].map(e => (e.getAttribute('href') || '').split(':')[0])"
        )
    )
    assert "javascript" not in schemes
    sequel = "../examples/since-2024/reports/report.html"
    handed_on = {
        "comparisons.csv",
        "report.pdf",
        *(f"../data/{file.name}" for file in made[0].glob("../data/*.csv")),
    }
    assert {s for s in schemes if not s.startswith("#")} <= {sequel, "data", "", "https"} | handed_on
    addresses = tab.tab.evaluate("[...document.querySelectorAll('[href^=\"https:\"]')].map(e => e.href)")
    assert set(addresses) == {"https://creativecommons.org/licenses/by/4.0/"}


def lacking(page: str, put: dict[tuple[str, str], set[str]]) -> dict[tuple[str, str], list[str]]:
    """The texts that a page does not show, by table and column."""
    found = {key: [text for text in put[key] if squeezed(text) not in page] for key in SHOWN}
    return {key: texts for key, texts in found.items() if texts}


def test_the_page_shows_the_text_as_it_is(tab: Any, made: Any) -> None:
    assert lacking(squeezed(tab.tab.evaluate("document.body.textContent")), made[1]) == {}


@pytest.fixture(scope="module")
def printed(made: Any) -> str:
    return squeezed(poppler((made[0] / "report.pdf").read_bytes(), "pdftotext", "-raw"))


def test_the_print_shows_the_text_as_it_is(printed: str, made: Any) -> None:
    assert lacking(printed, made[1]) == {}


def test_the_print_does_nothing(made: Any) -> None:
    reader = pypdf.PdfReader(made[0] / "report.pdf")
    assert not {"/OpenAction", "/AA", "/AcroForm", "/JavaScript"} & set(reader.trailer["/Root"])
    actions = [
        annotation.get_object().get("/A", {}).get("/S")
        for page in reader.pages
        for annotation in page.get("/Annots") or []
    ]
    assert set(actions) <= {None, "/GoTo", "/URI"}
    addresses = [
        annotation.get_object().get("/A", {}).get("/URI", "")
        for page in reader.pages
        for annotation in page.get("/Annots") or []
    ]
    assert not any(str(address).lower().startswith("javascript") for address in addresses)
    assert not any("example.org" in str(address) for address in addresses)


def test_no_cell_runs_in_a_spreadsheet(made: Any) -> None:
    with (made[0] / "comparisons.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.DictReader(file) for cell in row.values()]
    assert cells
    assert [cell for cell in cells if cell and cell[0] in "=+-@\t\r"] == []
