"""The page, in a real browser: nothing runs or is fetched, everybody can read it, numbers show where they come from."""

import contextlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from reported.press.errors import CellError
from reported.press.pages.html import HTMLReportExporter
from tests.press import samples
from tests.press.samples import displayed, shown

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOTEBOOKS = {path.stem: path for path in sorted((Path(__file__).parent / "notebooks").glob("*.ipynb"))}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LIMIT = 1_500_000  # bytes


def rendered(notebook: Any, name: str = "sample", folder: Path = Path(__file__).parent, **traits: Any) -> str:
    resources = {"metadata": {"name": name, "path": str(folder)}}
    return HTMLReportExporter(**traits).from_notebook_node(notebook, resources)[0]


def report() -> Any:
    """A report with one of everything."""
    return shown(
        "# Findings\n\nWhat they say.",
        displayed(chart=samples.chart()),
        displayed(
            text__markdown='They say [about 600,000](#row-1 "Ana"), [570,000 to 630,000](#question-q1 "question") and'
            ' [42](#gone "Mediazona").'
        ),
        "# Every row\n\n## A section\n\nText",
        displayed(table=samples.table(14), rows=samples.question()),
        displayed(
            table={
                "caption": "Questions",
                "columns": [{"header": "Question"}, {"header": "Answer"}],
                "rows": [{"id": "question-q1", "cells": [[{"text": "Is it?"}], [{"text": "so"}]]}],
            }
        ),
        shift=1,
        choice=samples.CHOICE,
        subtitle="A deck",
        authors=["Ana"],
        footer="Made from `x`.",
        downloads=["rows.csv"],
    )


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page that is tested, by name: the report above, and the notebooks of this folder."""
    folder = tmp_path_factory.mktemp("pages")
    made = {"sample": rendered(report())}
    for name, path in NOTEBOOKS.items():
        made[name] = rendered(nbformat.read(path, 4), name, path.parent)
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: folder / f"{name}.html" for name in made}


# ---------------------------------------------------------------- the text of the page


@pytest.mark.parametrize("name", ["sample", *NOTEBOOKS])
def test_a_page_is_one_document_whose_links_lead_somewhere(pages: dict[str, Path], name: str) -> None:
    text = pages[name].read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert len(text.encode()) < LIMIT
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    own = {*ids, ""}
    if name == "sample":
        assert set(re.findall(r'href="#([^"]*)"', text)) <= own
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_what_markdown_has_is_on_the_page(pages: dict[str, Path]) -> None:
    page = pages["markdown"].read_text("utf-8")
    assert "<li>☐ not done</li>" in page
    assert "<li>☒ done</li>" in page
    assert re.findall(r"\[Image not shown: ([^](]*) \([^]]{9,}\)]", page) == [
        "A picture far away",
        "Missing",
        "Outside",
    ]
    assert page.count('<img alt="A picture, not described" src="data:image/png') == 1  # attached to the cell
    assert 'alt="An attached square"' in page


def test_a_link_to_what_is_not_there_is_text_with_its_title(pages: dict[str, Path]) -> None:
    text = pages["sample"].read_text("utf-8")
    assert "and 42 (Mediazona)." in text
    assert '<a href="#row-1"' in text


def test_the_same_notebook_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    nbformat.write(report(), path)
    code = (
        "import sys, nbformat\nfrom reported.press.pages.html import HTMLReportExporter\n"
        "r = {'metadata': {'name': 'x', 'path': sys.argv[1]}}\n"
        "sys.stdout.buffer.write(HTMLReportExporter().from_notebook_node(nbformat.read(sys.argv[2], 4), r)[0].encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "USER": "somebody"}
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(path)],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert run.stdout.decode() == rendered(nbformat.read(path, 4), "x", tmp_path)
    assert str(tmp_path).encode() not in run.stdout


def test_code_is_in_the_page_unless_it_is_left_out() -> None:
    notebook = shown(new_code_cell("secret = 1", outputs=[new_output("stream", text="x")]))
    assert "secret" in rendered(notebook)
    without = rendered(notebook, exclude_input=True)
    assert "secret" not in without
    assert "Show the code" not in without


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (displayed(chart=samples.chart(alt=" ")), "a chart has no alt text"),
        (displayed(chart=samples.chart(parts=[])), "a chart has no `parts`"),
        (
            displayed(table={"columns": [{"header": "A"}], "rows": [{"cells": [[], []]}]}),
            "row 1 of a table has 2 cells",
        ),
        (displayed(table={"columns": [{"header": ""}], "rows": []}), "a column without a header"),
        (displayed(table={"columns": [], "rows": []}), "no columns"),
        (displayed(rows={"file": "../x.csv", "rows": []}), "rows go to a file such as"),
    ],
)
def test_what_is_not_of_the_form_described_is_refused_with_its_cell(output: Any, said: str) -> None:
    with pytest.raises(
        CellError, match=rf"sample\.ipynb, cell 2: output 1 cannot be shown: .*{re.escape(said)}"
    ):
        rendered(shown("text", output))


def test_a_drawing_that_is_none_is_refused() -> None:
    with pytest.raises(CellError, match=r"cell 1: a drawing of the chart is not an SVG"):
        rendered(shown(displayed(chart=samples.chart(parts=[{"wide": "<p>no</p>"}]))))


def test_a_users_template_overrides_a_part_by_its_name(tmp_path: Path) -> None:
    template = tmp_path / "templates" / "house"
    template.mkdir(parents=True)
    (template / "conf.json").write_text('{"base_template": "reported"}')
    (template / "index.html.j2").write_text(
        '{% extends "reported/index.html.j2" %}{% block footer %}<p>Our own {{ document.title }}</p>{% endblock %}'
    )
    (template / "page.css").write_text("/* ours */")
    text = rendered(report(), template_name="house", extra_template_basedirs=[str(tmp_path / "templates")])
    assert "<p>Our own A report</p>" in text
    assert "/* ours */" in text
    assert "Made from" not in text


@pytest.mark.slow
def test_nbconvert_knows_the_exporters_and_its_own_options(tmp_path: Path) -> None:
    notebook = samples.write_notebook(
        tmp_path / "x.ipynb",
        [("markdown", "# T"), ("code", "print(6 * 7)"), ("code", "'gone'")],
        {2: ["cut"]},
    )
    command = [sys.executable, "-m", "nbconvert", str(notebook), "--execute", "--no-input"]
    command += ["--TagRemovePreprocessor.remove_cell_tags=cut"]
    for form in ("html", "pdf"):
        subprocess.run([*command, "--to", f"reported_{form}"], check=True, capture_output=True)
    text = (tmp_path / "x.html").read_text("utf-8")
    assert ">42" in text
    assert "CUTWORD" not in text
    assert "print(" not in text
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_a_notebook_that_was_not_run_is_said_to_be_so(caplog: pytest.LogCaptureFixture) -> None:
    exporter = HTMLReportExporter()
    exporter.log.propagate = True
    with caplog.at_level("WARNING"):
        exporter.from_notebook_node(shown(new_code_cell("1")), {"metadata": {"name": "fresh"}})
    assert "fresh.ipynb has not been run" in caplog.text


# ---------------------------------------------------------------- in a browser


@dataclass
class Watched:
    """A page open in a browser, and what it asked for or complained of."""

    tab: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def axe(self, tags: list[str]) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        result = Axe().run(self.tab, options={"runOnly": tags})
        return [
            f"{found['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:200]}"
            for found in result.response["violations"]
            for node in found["nodes"]
        ]


@pytest.fixture(scope="module")  # its event loop would stop later tests from running notebooks
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing; CI has to have it")
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@contextlib.contextmanager
def opened(
    browser: Any, file: Path, width: int = 1280, address: str = "", **context: Any
) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": width, "height": 900}, **context)
    watched = Watched(context.new_page())
    tab = watched.tab

    def asked(request: Any) -> None:
        if not request.url.startswith("data:") and request.url.partition("#")[0] != file.as_uri():
            watched.requests.append(request.url)

    tab.on("request", asked)
    tab.on("console", lambda message: watched.complaints.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: watched.complaints.append(str(error)))
    tab.on("dialog", lambda dialog: (watched.complaints.append("a dialog"), dialog.dismiss()))
    tab.on("popup", lambda _: watched.complaints.append("a window"))
    try:
        tab.goto(file.as_uri() + address)
        tab.evaluate("document.fonts.ready")
        yield watched
    finally:
        context.close()


def until(tab: Any, truth: str) -> None:
    """Wait until an expression is true in the page (Playwright's own way is stopped by the page's policy)."""
    for _ in range(600):
        if tab.evaluate(truth):
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"never came true: {truth}")


def nothing_happened(watched: Watched) -> None:
    assert watched.tab.evaluate("window.hacked === undefined")
    assert (
        watched.tab.evaluate("[...document.scripts].filter(s => s.type !== 'application/json').length") == 1
    )
    assert watched.tab.evaluate("document.querySelectorAll('iframe, object, embed, form, base').length") == 0
    assert (watched.requests, watched.complaints) == ([], [])


@pytest.mark.parametrize("name", ["sample", *NOTEBOOKS])
def test_nothing_runs_nothing_is_fetched_nothing_overflows(
    browser: Any, pages: dict[str, Path], name: str
) -> None:
    with opened(browser, pages[name], width=320) as watched:
        watched.tab.evaluate("document.getElementById('page.code')?.click()")
        watched.tab.evaluate("scrollTo(0, document.body.scrollHeight)")
        watched.tab.wait_for_timeout(100)
        assert watched.tab.evaluate("document.documentElement.scrollWidth") <= 320
        assert watched.tab.url == pages[name].as_uri()
        nothing_happened(watched)


ATTACK = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1></script></title>--> javascript:x \u202e'\""


def test_hostile_text_in_every_place_is_text(browser: Any, tmp_path: Path) -> None:
    run = {"text": ATTACK, "class": ATTACK, "choices": {"typical": ATTACK, "digits": ATTACK}}
    rows = [
        {
            "id": "x",
            "cite": ATTACK,
            "cells": [[{"text": ATTACK, "href": "javascript:window.hacked=1"}], [run]],
        },
        {"id": ATTACK, "cells": [[{"text": ATTACK, "href": f"#{ATTACK}"}], [run]]},
    ]
    table = {
        "id": ATTACK,
        "caption": ATTACK,
        "kind": ATTACK,
        "left_out": ATTACK,
        "columns": [{"header": ATTACK, "filter": True}, {"header": "b"}],
        "rows": rows,
    }
    drawn = samples.drawing(400, "<script>window.hacked=1</script><foreignObject><p>x</p></foreignObject>")
    chart = samples.chart(
        title=ATTACK, subtitle=ATTACK, alt=ATTACK, id=ATTACK, note=ATTACK, parts=[{"wide": drawn}]
    )
    question = samples.question()
    question["rows"][0] |= {"anchor": "x", "choices": {"typical": "5", "digits": ATTACK}}
    notebook = shown(
        new_markdown_cell(f"## Section `{ATTACK}`\n\n{ATTACK}\n\n[5](#x)\n\n## Next"),
        displayed(chart=chart),
        displayed(table=table, rows=question),
        displayed(text__markdown=ATTACK),
        displayed(text__html=f"<p>{ATTACK}</p>"),
        new_output("stream", text=ATTACK),
        new_code_cell(ATTACK, outputs=[]),
        title=ATTACK,
        subtitle=ATTACK,
        authors=[ATTACK],
        description=ATTACK,
        footer=ATTACK,
        downloads=[ATTACK],
        choice={**samples.CHOICE, "label": ATTACK},
        language='en"><script>window.hacked=1</script>',
    )
    file = tmp_path / "hostile.html"
    file.write_text(rendered(notebook), "utf-8")
    with opened(browser, file) as watched:
        tab = watched.tab
        tab.locator("a.to-row").first.hover()
        tab.wait_for_selector(".page-card", state="visible")
        visible = ATTACK.replace("\u202e", "⟨U+202E⟩")
        assert visible in tab.locator(".page-card").inner_text()
        assert tab.locator("h1").inner_text() == visible
        tab.locator("[name='page.choice'][value=digits]").press("Space")
        assert tab.locator("td [data-choices]").first.text_content() == visible
        nothing_happened(watched)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_meets_wcag(browser: Any, pages: dict[str, Path], scheme: str, width: int) -> None:
    with opened(browser, pages["sample"], width, color_scheme=scheme) as watched:
        assert watched.axe([*WCAG, "best-practice"]) == []
        watched.tab.locator("label.page-code-switch").click()
        show_panel(watched.tab)
        assert watched.axe(WCAG) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_any_notebook_meets_wcag(
    browser: Any, pages: dict[str, Path], name: str, scheme: str, width: int
) -> None:
    with opened(browser, pages[name], width, color_scheme=scheme) as watched:
        assert watched.axe(WCAG) == []


def show_panel(tab: Any) -> Any:
    """The panel of the first link to a row, opened by keyboard."""
    tab.locator("main p a.to-row").first.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    tab.wait_for_selector(".page-card", state="visible")
    return tab.locator(".page-card")


def texts(tab: Any, selector: str) -> list[str]:
    return [" ".join(each.split()) for each in tab.locator(selector).all_inner_texts()]


def test_a_choice_is_followed_by_numbers_links_and_drawings(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["sample"]) as watched:
        tab = watched.tab
        bars = (
            "[...document.querySelectorAll('.page-wide .reading-{}')].map(g => getComputedStyle(g).display)"
        )
        assert set(tab.evaluate(bars.format("typical"))) == {"inline"}
        assert set(tab.evaluate(bars.format("cautious"))) == {"none"}
        tab.locator("[name='page.choice']:checked").focus()
        tab.keyboard.press("ArrowRight")
        assert tab.url.endswith("#reading=cautious")
        assert set(tab.evaluate(bars.format("cautious"))) == {"inline"}
        assert set(tab.evaluate(bars.format("typical"))) == {"none"}
        assert tab.locator("td [data-choices]").first.inner_text() == samples.SAID["cautious"]
        assert tab.locator("main p a[href='#question-q1']").inner_text() == samples.SAID["cautious"]
        assert tab.locator("main div > p a[href='#row-1']").inner_text() == "about 600,000"
        assert "cautious" in tab.locator(".page-controls [role=status]").inner_text()
        tab.keyboard.press("ArrowLeft")
        assert "#" not in tab.url


def test_a_choice_in_the_address_is_made_at_once(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["sample"], address="#reading=digits") as watched:
        assert watched.tab.locator("td [data-choices]").first.inner_text() == samples.SAID["digits"]
        assert watched.tab.locator("[value=digits]").is_checked()
    with opened(browser, pages["sample"], address="#reading=nonsense") as watched:
        assert watched.tab.locator("td [data-choices]").first.inner_text() == samples.SAID["typical"]


def test_a_mark_is_shown_with_the_words_it_belongs_to_alone(browser: Any, pages: dict[str, Path]) -> None:
    mark = "getComputedStyle(document.querySelector('td .undetermined'), '::before').content"
    for reading, words, is_shown in [("digits", "yes", False), ("cautious", "cannot be told", True)]:
        with opened(browser, pages["sample"], address=f"#reading={reading}") as watched:
            assert watched.tab.locator("td .undetermined").first.inner_text().strip() == words
            assert (watched.tab.evaluate(mark) != "none") == is_shown


def test_a_number_opens_a_panel_from_its_row_with_a_citation_to_copy(
    browser: Any, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["sample"], permissions=["clipboard-read", "clipboard-write"]) as watched:
        tab = watched.tab
        panel = show_panel(tab)
        words = panel.inner_text()
        for part in ("People, 1", "As reported", "about 600,000", "Claimant", "Борис"):
            assert part in words
        tab.keyboard.press("Tab")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == "Copy citation"
        tab.keyboard.press("Enter")
        until(tab, "document.querySelector('.page-card [role=status]').textContent === 'Copied'")
        assert tab.evaluate("navigator.clipboard.readText()") == "Ana, about 600,000, row 1"
        tab.keyboard.press("Escape")
        until(tab, "!document.querySelector('.page-card').matches(':popover-open')")


def test_a_panel_follows_the_focus_however_quickly_it_moves(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["sample"]) as watched:
        tab = watched.tab
        tab.keyboard.press("Tab")
        moved = """order => {
            const links = document.querySelectorAll("main p a.to-row");
            const others = [...document.querySelectorAll("summary, input")];
            for (const each of order) (each === null ? others[0] : links[each]).focus();
            const card = document.querySelector(".page-card");
            return [card.matches(":popover-open"), document.querySelectorAll("[aria-describedby='page.card']").length];
        }"""
        for order, is_open in [([0, None, 0], True), ([0, 1], True), ([0, 1, 0], True), ([1, None], False)]:
            assert tab.evaluate(moved, order) == [is_open, int(is_open)], order
        # given back by Escape, the focus opens nothing; the next time it comes, it does
        panel = show_panel(tab)
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.querySelector('.page-card').contains(document.activeElement)")
        tab.keyboard.press("Escape")
        assert (panel.is_visible(), tab.evaluate("document.activeElement.matches('a.to-row')")) == (
            False,
            True,
        )
        show_panel(tab)


def test_a_tap_opens_the_panel_and_its_link_leads_to_the_row(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["sample"], 390, has_touch=True, is_mobile=True) as watched:
        tab = watched.tab
        tab.locator("main p a.to-row").first.tap()
        tab.wait_for_selector(".page-card", state="visible")
        tab.locator(".page-card a").tap()
        assert tab.url.endswith("#row-1")


def test_a_table_is_sorted_and_filtered_and_a_link_brings_rows_back(
    browser: Any, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["sample"]) as watched:
        tab = watched.tab
        table = "table#table-all"
        tab.locator(".page-filters select").select_option("Cem")
        assert {"Cem"} == set(texts(tab, f"{table} tbody tr:not([hidden]) td:nth-child(3)"))
        tab.evaluate("location.hash = '#row-1'")
        until(tab, "!document.getElementById('row-1').hidden")
        tab.locator(f"{table} th button").first.click()
        assert tab.locator(f"{table} thead th").first.get_attribute("aria-sort") == "ascending"
        first = texts(tab, f"{table} tbody tr:not([hidden]) th")
        assert first[0].startswith("People, 1 ")
        assert first[1].startswith("People, 2 ")
        tab.locator(f"{table} th button").first.click()
        assert texts(tab, f"{table} tbody tr:not([hidden]) th")[0].startswith("People, 14")
        tab.locator(f"{table} th button").first.click()
        assert texts(tab, f"{table} tbody tr:not([hidden]) th")[0] == "Stated by officials"
        tab.locator(".page-filters input").fill("борис")
        assert {"Борис"} == set(texts(tab, f"{table} tbody tr:not([hidden]) td:nth-child(3)"))


def test_numbers_sort_by_size_also_where_a_word_says_how_large(browser: Any, tmp_path: Path) -> None:
    numbers = ["1.2 billion", "617,000", "about 2 million", "−3", "up to 1.5 trillion"]
    table = {
        "columns": [{"header": "What"}, {"header": "How many"}],
        "rows": [{"cells": [f"row {n}", said]} for n, said in enumerate(numbers * 3)],
    }
    (tmp_path / "x.html").write_text(rendered(shown(displayed(table=table))), "utf-8")
    with opened(browser, tmp_path / "x.html") as watched:
        watched.tab.locator("th button").nth(1).click()
        ordered = list(dict.fromkeys(texts(watched.tab, "tbody td")))
        assert ordered == ["−3", "617,000", "about 2 million", "1.2 billion", "up to 1.5 trillion"]


def test_rows_become_cards_where_columns_have_no_room_and_stay_a_table_to_hear(
    browser: Any, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["sample"], 390) as watched:
        tab = watched.tab
        until(tab, "document.querySelector('#table-all').classList.contains('page-stacked')")
        roles = {
            role: tab.evaluate(f"document.querySelectorAll('#table-all [role={role}]').length")
            for role in ("row", "cell", "columnheader", "rowheader")
        }
        assert roles == {"row": 16, "cell": 42, "columnheader": 4, "rowheader": 15}


def test_one_switch_shows_the_code_also_without_script(browser: Any, pages: dict[str, Path]) -> None:
    for script in (True, False):
        with opened(browser, pages["sample"], java_script_enabled=script) as watched:
            code = watched.tab.locator(".page-code").first
            assert not code.is_visible()
            watched.tab.locator("label.page-code-switch").click()
            assert code.is_visible()


def test_without_script_everything_is_there(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["sample"], java_script_enabled=False) as watched:
        tab = watched.tab
        assert not tab.locator(".page-choice").is_visible()
        assert tab.locator("#row-14").is_visible()
        assert tab.locator(".page-wide .reading-typical").first.is_visible()
        assert not tab.locator(".page-wide .reading-digits").first.is_visible()
        assert "570,000 to 630,000" in tab.locator("#row-1").inner_text()


def test_the_wide_and_the_narrow_drawing_take_turns(browser: Any, pages: dict[str, Path]) -> None:
    for width, seen in ((1280, (True, False)), (390, (False, True))):
        with opened(browser, pages["sample"], width) as watched:
            found = [
                watched.tab.locator(f".{name}").first.is_visible() for name in ("page-wide", "page-narrow")
            ]
            assert tuple(found) == seen


def test_an_alt_text_is_said_once(pages: dict[str, Path]) -> None:
    assert pages["sample"].read_text("utf-8").count("One bar is longer.") == 1


def test_a_draft_says_so_wherever_one_looks(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(rendered(shown("# T\n\n" + "word\n\n" * 90, draft=True)), "utf-8")
    with opened(browser, tmp_path / "x.html", 320) as watched:
        tab = watched.tab
        assert tab.title().startswith("Draft: ")
        assert tab.locator(".page-draft").inner_text() == "Draft"
        tab.evaluate("scrollTo(0, 2000)")
        box = tab.locator(".page-draft-mark").bounding_box()
        assert 0 < box["y"] < 900
        assert watched.axe(WCAG) == []
    assert "Draft" not in rendered(shown("# T"))


def test_paper_is_whole_and_without_controls(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["sample"], color_scheme="dark") as watched:
        watched.tab.emulate_media(media="print")
        for selector in (".page-controls", ".page-filters", ".page-contents"):
            assert not watched.tab.locator(selector).first.is_visible()
        assert (
            watched.tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            == "rgb(255, 255, 255)"
        )


def test_the_data_in_the_page_is_json(pages: dict[str, Path]) -> None:
    data = re.search(r'id="page.choices">(.*?)</script>', pages["sample"].read_text("utf-8"))
    assert data
    assert json.loads(data[1]) == {"question-q1": samples.SAID}


def test_days_are_sorted_by_the_key_of_their_cell(browser: Any, tmp_path: Path) -> None:
    days = {
        "11 June": "2024-06-11",
        "28 March": "2024-03-28",
        "14 February": "2025-02-14",
        "June 2024": "2024-06",
    }
    rows = [{"cells": ["x", {"text": said, "sort": key}]} for said, key in days.items()] * 3
    table = {"columns": [{"header": "What"}, {"header": "Day"}], "rows": rows}
    (tmp_path / "x.html").write_text(rendered(shown(displayed(table=table))), "utf-8")
    with opened(browser, tmp_path / "x.html") as watched:
        watched.tab.locator("th button").nth(1).click()
        ordered = list(dict.fromkeys(texts(watched.tab, "tbody td")))
        assert ordered == ["28 March", "June 2024", "11 June", "14 February"]


def test_choice_and_place_are_together_in_the_address(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["sample"], address="#reading=cautious&row-9") as watched:
        tab = watched.tab
        until(tab, "document.querySelector('#row-9').matches(':target')")
        until(tab, "location.hash === '#reading=cautious&row-9'")
        assert tab.locator("[value=cautious]").is_checked()
        tab.evaluate("document.querySelector('a[href=\"#every-row\"]').click()")
        until(tab, "location.hash === '#reading=cautious&every-row'")
        tab.locator("[value=typical]").press("Space")  # the page may be scrolling still: no press at a place
        until(tab, "location.hash === '#every-row'")
        assert watched.complaints == []


def test_paper_names_the_choice_that_was_made(browser: Any, pages: dict[str, Path]) -> None:
    for address, said in (("", "Read the words: typical"), ("#reading=cautious", "Read the words: cautious")):
        with opened(browser, pages["sample"], address=address) as watched:
            assert not watched.tab.locator(".page-chosen").is_visible()
            watched.tab.emulate_media(media="print")
            assert watched.tab.locator(".page-chosen").inner_text() == said


def test_a_panel_opens_for_a_number_that_the_tab_key_scrolls_into_view(browser: Any, tmp_path: Path) -> None:
    text = "\n\n".join(f"{'word ' * 300} [number {n}](#row-{n})." for n in range(1, 5))
    (tmp_path / "x.html").write_text(rendered(shown(text, displayed(table=samples.table(4)))), "utf-8")
    with opened(browser, tmp_path / "x.html", reduced_motion="no-preference") as watched:
        tab = watched.tab
        tab.locator("main").focus()
        for n in range(1, 5):
            tab.keyboard.press("Tab")
            while tab.evaluate("!document.activeElement.matches('a.to-row')"):
                tab.keyboard.press("Tab")
            until(tab, "document.querySelector('.page-card').matches(':popover-open')")
            tab.wait_for_timeout(500)
            assert f"People, {n}" in tab.locator(".page-card").inner_text()
        # the next Tab may come while the page is scrolling still
        tab.keyboard.press("Tab")
        tab.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        tab.wait_for_timeout(200)
        assert tab.evaluate("document.activeElement.textContent") == "Go to its row"


def test_what_is_said_by_default_is_in_the_panel_under_another_choice(
    browser: Any, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["sample"], address="#reading=cautious") as watched:
        panel = show_panel(watched.tab).inner_text()
        assert samples.SAID["cautious"] in panel
        assert f"typical: {samples.SAID['typical']}" in panel
    with opened(browser, pages["sample"]) as watched:
        assert "typical:" not in show_panel(watched.tab).inner_text()


def test_high_contrast_shows_what_is_chosen(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["sample"], forced_colors="active") as watched:
        colours = "[...document.querySelectorAll('.page-choice span')].map(s => getComputedStyle(s).backgroundColor)"
        digits, typical, cautious = watched.tab.evaluate(colours)
        assert digits == cautious != typical
        borders = "[...document.querySelectorAll('.page-contents a:not([aria-current])')].map(a => getComputedStyle(a).borderLeftColor)"
        paper = watched.tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert set(watched.tab.evaluate(borders)) <= {paper, "rgb(255, 255, 255)", "rgb(0, 0, 0)"}


def test_a_number_that_leads_on_is_underlined_without_a_shorthand() -> None:
    style = (Path(__file__).parents[2] / "reported/press/pages/templates/reported/page.css").read_text(
        "utf-8"
    )
    assert not re.search(r"text-decoration:[^;]*var\(", style)


def test_a_wide_formula_scrolls_in_its_paragraph(browser: Any, tmp_path: Path) -> None:
    wide = " & ".join(f"Q_{{{n}1}}+R_{{{n}2}}" for n in range(9))
    text = f"Inline $S = \\begin{{pmatrix}} {wide} \\end{{pmatrix}}$ here.\n\n$${wide.replace('&', '+')}$$\n\n- $\\begin{{matrix}}{wide}\\end{{matrix}}$"
    (tmp_path / "x.html").write_text(rendered(shown(text)), "utf-8")
    with opened(browser, tmp_path / "x.html", 375) as watched:
        assert watched.tab.evaluate("document.documentElement.scrollWidth") <= 375
        assert watched.axe(WCAG) == []


def test_the_foot_says_how_to_hand_the_report_on() -> None:
    licence = {
        "name": "CC-BY-4.0",
        "title": "Creative Commons",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    }
    page = rendered(
        shown(
            "# T",
            title="A report",
            authors=["Ana"],
            edition="28 November 2026",
            licences=[licence, {"name": "x", "path": "javascript:x"}],
            homepage="https://example.org/report",
            downloads=["report.pdf", "../data/figures.csv"],
        )
    )
    foot = page[page.index('<footer class="page-foot">') :]
    assert '<a href="report.pdf">report.pdf</a> <a href="../data/figures.csv">figures.csv</a>' in foot
    assert "Edition of 28 November 2026" in foot
    assert '<a href="https://creativecommons.org/licenses/by/4.0/">Licence: Creative Commons</a>' in foot
    assert "javascript" not in foot.partition("<script")[0]
    assert "Ana, A report, edition of 28 November 2026, https://example.org/report." in foot
    assert "page-foot" not in rendered(shown("# T")).partition("</style>")[2]
