"""The page in the engines of Safari and Firefox: what a reader does with it works there too."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.press import samples
from tests.press.engines import ESCAPE, TAB, firefox, hover, missing, press, until, webkit
from tests.press.samples import displayed, shown
from tests.press.test_html import rendered

pytestmark = pytest.mark.slow
OPEN = "document.querySelector('.page-card').matches(':popover-open')"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "\n\n".join(f"{'word ' * 150} [number {n}](#row-{n})." for n in range(1, 4))
    days = [
        ["a", {"text": "11 June", "sort": "2024-06-11"}],
        ["b", ""],
        ["c", {"text": "28 March", "sort": "2024-03-28"}],
    ]
    dated = {"columns": [{"header": "What"}, {"header": "Day"}], "rows": [{"cells": row} for row in days * 4]}
    outputs = [
        displayed(chart=samples.chart()),
        displayed(table=samples.table(14), rows=samples.question()),
        displayed(table=dated),
    ]
    made = tmp_path_factory.mktemp("page") / "page.html"
    made.write_text(rendered(shown(f"# Numbers\n\n{text}", *outputs, choice=samples.CHOICE)), "utf-8")
    return made


@pytest.fixture(scope="module", params=["webkit", "webkit-dark", "firefox", "firefox-dark"])
def page(request: Any, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if absent := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{', '.join(absent)} missing; CI has to have them")
        pytest.skip(f"{', '.join(absent)} not installed")
    name, _, dark = request.param.partition("-")
    profile = tmp_path_factory.mktemp("profile") / "firefox"
    with webkit(bool(dark)) if name == "webkit" else firefox(profile, bool(dark)) as opened:
        opened.open(file.as_uri())
        assert opened.value("matchMedia('(prefers-color-scheme: dark)').matches") == bool(dark)
        opened.value("addEventListener('error', e => (window.complaints ??= []).push(e.message))")
        yield opened
        assert opened.value("window.complaints ?? []") == []


def test_links_look_like_links_and_nothing_overflows(page: Any) -> None:
    plain = "[...document.querySelectorAll('main a')].filter(a => a.offsetParent && !getComputedStyle(a).textDecorationLine.includes('underline')).length"
    assert page.value(plain) == 0
    assert page.value("getComputedStyle(document.querySelector('a.to-row')).textDecorationStyle") == "dotted"
    for width in (460, 1280):
        page.size(width)
        until(page, f"Math.abs(innerWidth - {width}) < 20")
        assert page.value("document.documentElement.scrollWidth <= innerWidth")


def test_a_number_opens_its_panel_for_the_pointer(page: Any) -> None:
    hover(page, "main p a.to-row")
    until(page, OPEN)
    assert "People, 1" in page.value("document.querySelector('.page-card').innerText")
    hover(page, "main h1")
    until(page, f"!{OPEN}")


def test_a_number_opens_its_panel_for_the_tab_key_and_closes_for_good(page: Any) -> None:
    page.value("(document.activeElement.blur(), scrollTo({top: 0, behavior: 'instant'}))")
    walked = []
    while len(walked) < 3:
        press(page, TAB)
        outline = (
            "(e => e === document.body ? 'solid' : getComputedStyle(e).outlineStyle)(document.activeElement)"
        )
        assert page.value(outline) != "none"
        if page.value("document.activeElement.matches('a.to-row')"):
            walked.append(page.value("document.activeElement.textContent"))
            until(page, OPEN)
    assert walked == ["number 1", "number 2", "number 3"]
    press(page, TAB)
    assert page.value("document.activeElement.textContent") == "Go to its row"
    press(page, ESCAPE)
    until(page, f"!{OPEN}")
    assert page.value("document.activeElement.textContent") == "number 3"
    assert not page.value(f"new Promise(done => setTimeout(() => done(1), 400)) && {OPEN}")


def test_a_choice_is_followed_by_numbers_and_drawings(page: Any) -> None:
    shown_for = "['typical', 'cautious'].map(r => getComputedStyle(document.querySelector('.page-wide .reading-' + r)).display)"
    assert page.value(shown_for) == ["inline", "none"]
    page.value("document.querySelector('[value=cautious]').click()")
    assert page.value(shown_for) == ["none", "inline"]
    assert page.value("location.hash") == "#reading=cautious"
    assert page.value("document.querySelector('td [data-choices]').textContent") == samples.SAID["cautious"]
    page.value("document.querySelector('[value=typical]').click()")


def test_a_table_is_sorted_by_its_days_and_the_empty_come_last(page: Any) -> None:
    sort = "(b => (b.click(), [...new Set([...b.closest('table').tBodies[0].rows].map(r => r.cells[1].textContent))]))([...document.querySelectorAll('th button')].at(-1))"
    assert page.value(sort) == ["28 March", "11 June", ""]
    assert page.value(sort) == ["11 June", "28 March", ""]
    assert page.value(sort) == ["11 June", "", "28 March"]
