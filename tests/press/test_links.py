"""A link inside a report leads where its author meant, on the page and in print, whoever's way of anchors it follows."""

import re
from collections.abc import Iterable
from typing import Any, Literal

import pytest

from reported.press.clean import pandoc
from reported.press.read.document import language_tag
from tests.press import samples
from tests.press.samples import displayed, shown
from tests.press.test_html import browser as browser
from tests.press.test_html import opened, rendered
from tests.press.test_pdf import exported

FIRST = """
## Data and method

## Data and method

## Follow-up work

## 1. First section

## Звіт і дані

## 📊 Results

## Rate of `x`, in *all*

<a name="old"></a>
"""
SECOND = "# The other\n\n## Data and method"
LEADS = {
    "#Data-and-method": "data-and-method",
    "#data-and-method": "data-and-method",
    "#Data%20and%20method": "data-and-method",
    "#data-and-method-1": "data-and-method-1",
    "#Follow-up-work": "follow-up-work",
    "#follow-up-work": "follow-up-work",
    "#1.-First-section": "1-first-section",
    "#1-first-section": "1-first-section",
    "#first-section": "1-first-section",
    "#Звіт-і-дані": "звіт-і-дані",
    "#%D0%B7%D0%B2%D1%96%D1%82-%D1%96-%D0%B4%D0%B0%D0%BD%D1%96": "звіт-і-дані",
    "#📊-Results": "📊-results",
    "#-results": "📊-results",
    "#Rate-of-x,-in-all": "rate-of-x-in-all",
    "#old": "old",
    "02-other.ipynb#Data-and-method": "data-and-method-2",
    "./02-other.ipynb": "the-other",
    "../notebooks/02-other.ipynb#gone": "the-other",
}


def leads(addresses: Iterable[str], to: Literal["html", "typst"], tag: bool = False) -> dict[str, list[str]]:
    """The ids that links of the first of two notebooks lead to, by address."""
    form = '<a href="{}">there</a>' if tag else "[there]({})"
    text = "\n\n".join(form.format(address) for address in addresses)
    pieces = [pandoc.Piece("markdown", each, "01-one.ipynb") for each in (text, FIRST)]
    made = pandoc.convert([*pieces, pandoc.Piece("markdown", SECOND, "02-other.ipynb")], to, shift=1).pieces[
        0
    ]
    lines = [line for line in made.splitlines() if "there" in line]
    link = 'href="#(.*?)"' if to == "html" else r'#to\("(.*?)"\)'
    return {address: re.findall(link, line) for address, line in zip(addresses, lines, strict=True)}


@pytest.mark.parametrize("to", ["html", "typst"])
@pytest.mark.parametrize("tag", [False, True])
def test_every_way_of_naming_a_heading_leads_to_it(to: Any, tag: bool) -> None:
    assert leads(LEADS, to, tag) == {address: [id] for address, id in LEADS.items()}


@pytest.mark.parametrize("to", ["html", "typst"])
@pytest.mark.parametrize("tag", [False, True])
def test_what_leads_nowhere_is_words(to: Any, tag: bool) -> None:
    nowhere = ["#gone", "#1", "#%", "#100%", "#їжак", "#---"]
    assert leads(nowhere, to, tag) == {address: [] for address in nowhere}


def test_a_notebooks_own_heading_comes_first() -> None:
    pieces = [pandoc.Piece("markdown", FIRST, "01-one.ipynb")]
    own = pandoc.Piece(
        "markdown", f"{SECOND}\n\n[there](#Data-and-method) [far](#Follow-up-work)", "02-other.ipynb"
    )
    made = pandoc.convert([*pieces, own], "html", shift=1).pieces[1]
    assert re.findall('href="#(.*?)"', made) == ["data-and-method-2", "follow-up-work"]


def rows_that_name(*names: str) -> Any:
    cells = [[[{"text": name, "href": f"#{name}"}], [{"text": "x"}]] for name in names]
    rows = [{"id": name, "cells": cell} for name, cell in zip(names, cells, strict=True)]
    return {"columns": [{"header": "A", "filter": True}, {"header": "B"}], "rows": rows}


STRANGE = ["", "1", "їжак", "%", "100%", "a b", "x" * 300]


def test_no_name_of_a_row_keeps_a_pdf_from_being_made() -> None:
    text = "Up [a](#) [b](#1) [c](#їжак) [d](#%) <a href='#'>e</a>"
    assert exported(shown(text, displayed(table=rows_that_name(*STRANGE)))).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en_US", "Portuguese"])
def test_the_pages_script_survives_any_link_and_language(browser: Any, tmp_path: Any, language: str) -> None:
    notebook = shown(
        "[a](#) [b](#1) [c](#їжак) [d](#%) <a href='#100%'>e</a>",
        displayed(table=rows_that_name(*STRANGE)),
        displayed(text__html="<a href='#%'>f</a> <a href='#100%'>g</a>"),
        language=language,
        choice=samples.CHOICE,
    )
    (tmp_path / "x.html").write_text(rendered(notebook), "utf-8")
    for address in ("", "#%", "#100%"):
        with opened(browser, tmp_path / "x.html", address=address) as watched:
            assert watched.tab.locator(".page-filters select").is_visible()
            assert watched.tab.locator(".page-choice").is_visible()
            watched.tab.locator("th button").first.click()
            assert watched.complaints == []


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en_US", "en-US"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("Portuguese", "en"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
    ],
)
def test_a_language_is_a_tag_that_browsers_know(written: str, tag: str) -> None:
    assert language_tag(written) == tag
