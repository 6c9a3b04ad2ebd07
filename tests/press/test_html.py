"""The page, in a real browser: nothing runs or is fetched, everybody can read it, numbers show where they come from."""

import contextlib
import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from reported.press import page, safety
from reported.press.content import PressError
from tests.press import page_sample

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
ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((Path(__file__).parent / "notebooks").glob("*.ipynb"))
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LIMIT = 1_500_000  # bytes


def rendered(notebook: Any, name: str = "sample", folder: Path = ROOT) -> str:
    return page.render(notebook, {"metadata": {"name": name, "path": str(folder)}})


def of_cells(*cells: Any, **reported: Any) -> str:
    notebook = new_notebook(cells=list(cells))
    if reported:
        notebook.metadata["reported"] = reported
    return rendered(notebook)


def shown(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> Any:
    return new_code_cell("show()", outputs=[new_output("display_data", data=data, metadata=metadata or {})])


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page that is tested, by name: the sample, the notebooks of this folder, the report itself if made."""
    folder = tmp_path_factory.mktemp("pages")
    files = {"sample": folder / "sample.html"}
    files["sample"].write_text(rendered(page_sample.merged()), "utf-8")
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        files[path.stem] = folder / f"{path.stem}.html"
        files[path.stem].write_text(rendered(notebook, path.stem, path.parent), "utf-8")
    if (ROOT / "reports" / "report.html").is_file():
        files["made"] = ROOT / "reports" / "report.html"
    return files


NAMES = ["sample", *(path.stem for path in NOTEBOOKS), "made"]


def file_of(pages: dict[str, Path], name: str) -> Path:
    if name not in pages:
        pytest.skip("reports/report.html has not been made here")
    return pages[name]


# ---------------------------------------------------------------- without a browser


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_one_document_in_order(pages, name):
    text = file_of(pages, name).read_text("utf-8")
    document = lxml.html.document_fromstring(text)
    assert text.startswith("<!doctype html>")
    assert document.get("lang")
    assert len(text.encode()) < LIMIT
    headings = [int(element.tag[1]) for element in document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(headings))
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for cell in document.iter("th"):
        assert cell.get("scope"), lxml.html.tostring(cell)
        assert cell.text_content().strip() or cell.find(".//img") is not None
    for image in document.iter("img"):
        assert image.get("alt")
        assert image.get("src").startswith("data:image/")
    for drawing in document.iter("svg"):
        assert drawing.get("role") == "img"
        assert drawing.get("aria-label")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_holds_one_script_and_its_policy_names_that_one_alone(pages, name):
    document = lxml.html.document_fromstring(file_of(pages, name).read_text("utf-8"))
    [script] = document.iter("script")
    policy = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = re.search(r"'sha256-([^']+)'", policy)
    assert digest
    assert page._policy(script.text) == policy
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digest[1]}'; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )
    for element in document.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
    assert not list(document.iter("iframe", "object", "embed", "form", "base", "input", "video", "audio"))


@pytest.mark.parametrize("name", NAMES)
def test_every_link_within_the_page_leads_somewhere(pages, name):
    if name in ("tables", "structure", "hostile"):
        pytest.skip("this notebook has links that lead nowhere on purpose")
    document = lxml.html.document_fromstring(file_of(pages, name).read_text("utf-8"))
    ids = {element.get("id") for element in document.iter()}
    inner = [link.get("href")[1:] for link in document.iter("a") if link.get("href", "").startswith("#")]
    assert set(inner) <= ids


def test_same_notebook_same_bytes_wherever_and_whenever(tmp_path):
    program = (
        "import sys, hashlib; from tests.press import page_sample, test_html; "
        "print(hashlib.sha256(test_html.rendered(page_sample.merged()).encode()).hexdigest())"
    )
    here = hashlib.sha256(rendered(page_sample.merged()).encode()).hexdigest()
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "C.UTF-8")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": locale,
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
        }
        run = subprocess.run(
            [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert run.stdout.strip() == here, run.stderr


def test_a_page_tells_no_path_and_no_user(pages):
    for file in pages.values():
        text = file.read_text("utf-8")
        assert str(ROOT) not in text
        assert str(Path.home()) + "/" not in text


def test_the_fonts_inside_are_cut_to_what_the_page_uses(pages):
    text = pages["sample"].read_text("utf-8")
    fonts = re.findall(r"data:font/ttf;base64,([A-Za-z0-9+/=]+)", text)
    assert len(fonts) == 6
    assert sum(map(len, fonts)) < 300_000


def test_a_single_notebook_opens_with_its_own_title():
    text = of_cells(
        new_markdown_cell("# What the *digits* hide\n\nOne sentence."), new_markdown_cell("## A part")
    )
    document = lxml.html.document_fromstring(text)
    assert document.findtext(".//title") == "What the digits hide"
    assert document.find(".//header/h1").text_content() == "What the digits hide"


def test_a_merged_report_has_its_title_authors_data_and_footer():
    document = lxml.html.document_fromstring(rendered(page_sample.merged()))
    assert document.find(".//h1").text_content().startswith("Reported figures")
    assert "figures.csv" in document.find(".//header").text_content()
    assert "0123456789ab" in document.find(".//footer").text_content()
    assert document.xpath("//footer//a/@href") == ["figures.csv", "comparisons.csv"]
    contents = document.xpath("//nav//a/text()")
    assert contents[:3] == ["Findings", "What holds under every reading?", "Troops"]


def test_code_stands_behind_a_disclosure_that_names_its_cell():
    document = lxml.html.document_fromstring(rendered(page_sample.merged()))
    [first, *_] = document.xpath("//details[@class='page-code']")
    assert first.get("open") is None
    assert first.find("summary").text_content() == "Code of 01-findings.ipynb, cell 2"
    assert "ledger = load()" in first.find("pre").text_content()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"alt": " "}, "a chart has no alt text"),
        ({"wide": "no drawing"}, "the drawing is no SVG"),
        ({"wide": None}, "output 1 cannot be shown"),
    ],
)
def test_a_chart_that_cannot_be_set_is_refused_with_its_cell(change, complaint):
    with pytest.raises(PressError, match=complaint) as caught:
        of_cells(new_markdown_cell("# T"), new_code_cell("draw()", outputs=[page_sample.chart(**change)]))
    assert "sample.ipynb, cell 2" in str(caught.value)


def test_a_drawing_keeps_its_looks_and_loses_what_acts():
    drawing = safety.clean_drawing(
        '<?xml version="1.0"?><svg viewBox="0 0 9 9" onload="run()"><style>*{fill:red}</style><script>run()</script>'
        '<defs><clipPath id="a"><path d="M 1.23456 0"/></clipPath><linearGradient id="g"/></defs>'
        '<g id="unused" clip-path="url(#a)" style="fill: var(--russia, #d55e00); background: url(http://x)">'
        '<text onclick="run()">word</text></g><rect style="fill: url(#g)"/><use xlink:href="#a"/>'
        '<use href="https://x/#a"/><image href="https://x/y.png"/><a href="javascript:run()"><circle r="1"/></a>'
        '<foreignObject><p>x</p></foreignObject><animate attributeName="href" to="javascript:run()"/></svg>',
        "c1-",
    )
    assert not re.search(r"run|script|http|foreign|animate|unused|<image|<a\b|on\w+=", drawing)
    assert 'clip-path="url(#c1-a)"' in drawing
    assert re.search(r"fill:\s*url\(.{0,6}#c1-g", drawing)
    assert 'href="#c1-a"' in drawing
    assert "var(--russia, #d55e00)" in drawing
    assert 'd="M 1.23 0"' in drawing
    assert "word" in drawing


def test_drawings_of_two_charts_share_no_id():
    cells = [new_code_cell("draw()", outputs=[page_sample.chart(name)]) for name in ("one", "two")]
    ids = re.findall(r'\bid="(c\d[^"]*)"', of_cells(new_markdown_cell("# T"), *cells))
    assert len(ids) == 8  # frame and tick, wide and narrow, of both
    assert len(set(ids)) == 8


@pytest.mark.parametrize(
    "text",
    [
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=run()&gt;">',
        '<svg></p><style><a id="</style><img src=1 onerror=run()>">',
        '<noscript><p title="</noscript><img src=x onerror=run()>">',
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=run()>",
        '<a href="java&#10;script:run()">x</a><a href=" javascript:run()">x</a><a href="data:text/html,x">x</a>',
        '<p style="background: url(https://x/y.png)">x</p><p style="color: red; position: fixed">x</p>',
        '<div class="page-card" id="page.main">x</div>',
    ],
)
def test_markup_that_parsers_read_differently_does_nothing(text):
    clean = safety.clean_html(text)
    document = lxml.html.document_fromstring(f"<div>{clean}</div>")
    for element in document.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
        assert element.tag not in ("script", "style", "form", "svg", "noscript")
    assert not re.search(
        r'javascript:|url\(|position|href="data|class="page-card|id="page', clean.split("title=")[0]
    )


def test_the_colours_of_a_styler_keep_white_paper_under_them():
    html = '<table><tr><td style="background-color: #ff0; color: #000">1</td><td>2</td></tr></table>'
    text = of_cells(new_markdown_cell("# T"), shown({"text/html": html}))
    assert 'class="page-text page-island"' in text
    assert re.search(r'style="background-color:\s?#ff0;\s?color:\s?#000"', text)
    assert "page-text page-island" not in of_cells(shown({"text/html": "<table><tr><td>2</td></tr></table>"}))


def test_terminal_colours_become_classes_that_suit_light_and_dark():
    text = "\x1b[31mred\x1b[0m \x1b[38;5;208morange\x1b[0m \x1b[48;2;0;0;255mblue\x1b[0m <b> \x1b[38;5;240mgrey\x1b[0m"
    html = page._terminal(text)
    assert '<span class="ansi-red-fg">red</span>' in html
    assert '<span class="ansi-yellow-fg">orange</span>' in html
    assert '<span class="ansi-blue-bg">blue</span>' in html
    assert "&lt;b&gt;" in html
    assert "style=" not in html


def test_a_table_gets_the_shares_of_width_it_asks_for():
    html = '<table data-widths="1 3"><thead><tr><th>a</th><th>b</th></tr></thead></table>'
    widths = re.findall(r'<col style="width:\s?([\d.]+)%">', of_cells(shown({"text/html": html})))
    assert widths == ["25", "75"]
    odd = html.replace("1 3", "1 3 9")  # for another number of columns than it has
    assert "<col " not in of_cells(shown({"text/html": odd}))


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_colour_has_contrast_enough_on_light_and_dark_paper():
    css = (Path(page.__file__).parent / "templates" / "page.css").read_text("utf-8")
    blocks = re.findall(r"\{[^{}]*--paper:[^{}]*\}", css)
    assert len(blocks) == 2
    for block in blocks:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        words = "ink ink-soft accent code-word code-text code-number code-note code-name red green yellow blue magenta cyan"
        for name in words.split():
            for ground in ("paper", "surface"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        for name in ("ukraine", "russia", "independent", "unnamed", "rule-strong"):
            assert contrast(colours[name], colours["paper"]) >= 3, name
        for name in colours:
            if name.endswith("-soft") and name != "ink-soft":  # grounds that words stand on
                assert contrast(colours["ink"], colours[name]) >= 4.5, name


def test_nbconvert_knows_the_exporter_by_name(tmp_path):
    from nbconvert.exporters import get_exporter

    exporter = get_exporter("reported-html")()
    nbformat.write(page_sample.merged(), tmp_path / "x.ipynb")
    text, resources = exporter.from_filename(str(tmp_path / "x.ipynb"))
    assert resources["output_extension"] == ".html"
    assert text == rendered(page_sample.merged(), "x", tmp_path)


# ---------------------------------------------------------------- in a browser


@dataclass
class Watched:
    """A page open in a browser, and what it asked for, ran or complained of."""

    tab: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def axe(self, tags: list[str], *without: str) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        rules = {rule: {"enabled": False} for rule in without}
        result = Axe().run(self.tab, options={"runOnly": tags, "rules": rules})
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
    browser: Any, file: Path, width: int = 1280, height: int = 900, **context: Any
) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": width, "height": height}, **context)
    watched = Watched(context.new_page())
    tab = watched.tab

    def asked(request: Any) -> None:
        if not request.url.startswith("data:") and request.url != file.as_uri():
            watched.requests.append(request.url)

    tab.on("request", asked)
    tab.on("console", lambda message: watched.complaints.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: watched.complaints.append(str(error)))
    tab.on("dialog", lambda dialog: (watched.complaints.append("a dialog"), dialog.dismiss()))
    tab.on("popup", lambda _: watched.complaints.append("a window"))
    try:
        tab.goto(file.as_uri())
        tab.evaluate("document.fonts.ready")
        yield watched
    finally:
        context.close()


def until(tab: Any, truth: str) -> None:
    """Wait until an expression is true in the page (Playwright's own way is stopped by the page's policy)."""
    for _ in range(100):
        if tab.evaluate(truth):
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"never came true: {truth}")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_nothing_is_fetched_nothing_overflows(browser, pages, name):
    file = file_of(pages, name)
    with opened(browser, file, width=320, height=640) as watched:
        tab = watched.tab
        for element in tab.query_selector_all("details"):
            element.evaluate("details => { details.open = true }")
        tab.evaluate("scrollTo(0, document.body.scrollHeight)")
        tab.wait_for_timeout(100)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
        assert tab.evaluate("window.hacked === undefined")
        assert tab.evaluate("document.scripts.length") == 1
        assert tab.url == file.as_uri()
        assert watched.requests == []
        assert watched.complaints == []


def test_hostile_text_in_every_place_is_text(browser, tmp_path):
    attack = (
        "<script>window.hacked=1</script><img src=x onerror=window.hacked=1></script></title>--> javascript:x"
    )
    escaped = attack.replace("<", "&lt;")
    table = (
        f'<table data-filter="{escaped}"><caption>{escaped}</caption><thead><tr><th>{escaped}</th><th>b</th></tr>'
        f'</thead><tbody><tr id="figure-x"><th>{escaped}</th><td>{escaped}</td></tr></tbody></table>'
    )
    chart = page_sample.chart(title=attack, subtitle=attack, alt=attack, id=attack, note=attack)
    text = of_cells(
        new_markdown_cell(f"## Section `{attack}`\n\n{attack}\n\n[5](#figure-x)\n\n## Next"),
        new_code_cell(attack, outputs=[chart, new_output("stream", text=attack)], id="x"),
        shown({"text/html": table}),
        shown({"text/plain": attack}),
        title=attack,
        subtitle=attack,
        authors=[attack],
        description=attack,
        footer=attack,
        downloads=[attack],
        language='en"><script>window.hacked=1</script>',
    )
    file = tmp_path / "hostile.html"
    file.write_text(text, "utf-8")
    with opened(browser, file) as watched:
        tab = watched.tab
        link = tab.locator("a.to-row").first
        link.hover()
        tab.wait_for_selector(".page-card", state="visible")
        assert attack in tab.locator(".page-card").inner_text()
        tab.locator(".page-filters select").select_option(index=1)
        assert tab.locator("h1").inner_text() == attack
        assert tab.evaluate("window.hacked === undefined")
        assert tab.evaluate("document.scripts.length") == 1
        assert (watched.requests, watched.complaints) == ([], [])


def open_all(tab: Any) -> None:
    """Every disclosure open and a card shown."""
    tab.evaluate("document.querySelectorAll('.page-code').forEach(details => { details.open = true })")
    tab.locator("a.to-row").first.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    tab.wait_for_selector(".page-card", state="visible")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_meets_wcag(browser, pages, scheme, width):
    with opened(browser, pages["sample"], width, color_scheme=scheme) as watched:
        assert watched.axe([*WCAG, "best-practice"]) == []
        open_all(watched.tab)
        assert watched.axe(WCAG) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_the_report_as_made_meets_wcag(browser, pages, scheme, width):
    with opened(browser, file_of(pages, "made"), width, color_scheme=scheme) as watched:
        open_all(watched.tab)
        assert watched.axe(WCAG) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS])
def test_any_notebook_meets_wcag(browser, pages, name, scheme, width):
    without = ["list"] if name == "hostile" else []  # lists nested 60 deep, flattened, are no lists any more
    with opened(browser, pages[name], width, color_scheme=scheme) as watched:
        # three thousand rows alike would take axe a minute and teach it nothing
        watched.tab.evaluate(
            "document.querySelectorAll('tbody tr:nth-child(n+50)').forEach(row => row.remove())"
        )
        assert watched.axe(WCAG, *without) == []


@pytest.mark.parametrize("name", ["sample", "made"])
def test_at_200_percent_zoom_nothing_overflows(browser, pages, name):
    with opened(browser, file_of(pages, name), 640, 450, device_scale_factor=2) as watched:
        assert watched.tab.evaluate("document.documentElement.scrollWidth") <= 640


WALK = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const boxes = [...element.getClientRects()], style = getComputedStyle(element);
  const seen = boxes.some(box => {
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2), y = box.top + box.height / 2;
    const at = document.elementFromPoint(x, y);
    return at && (element.contains(at) || at.contains(element));
  });
  const place = [...document.querySelectorAll('*')].indexOf(element);
  return { place, seen, ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
           name: element.tagName + ' ' + element.textContent.trim().slice(0, 40) };
}"""


@pytest.mark.parametrize("width", [1280, 320])
def test_the_keyboard_reaches_everything_in_order_and_sees_where_it_is(browser, pages, width):
    with opened(browser, pages["sample"], width, 700) as watched:
        tab = watched.tab
        if width == 320:
            tab.locator(".page-contents summary").press("Enter")
            tab.evaluate("document.activeElement.blur()")
        tab.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
        wanted = tab.evaluate(
            """() => [...document.querySelectorAll('a[href], summary, select, [tabindex="0"]')]
               .filter(e => e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }))
               .map(e => [...document.querySelectorAll('*')].indexOf(e))"""
        )
        reached = []
        for _ in range(len(wanted) + 5):
            tab.keyboard.press("Tab")
            here = tab.evaluate(WALK)
            if here is None or here["place"] in reached:
                break
            reached.append(here["place"])
            assert here["seen"], f"focus is hidden on {here['name']}"
            assert here["ring"], f"focus does not show on {here['name']}"
        if width == 1280:
            assert reached == wanted
        else:  # the contents close behind the reader
            assert [place for place in reached if place in wanted] == reached
            assert reached[-1] == wanted[-1]


def test_the_contents_follow_the_reader(browser, pages):
    with opened(browser, pages["sample"]) as watched:
        tab = watched.tab
        current = tab.locator("nav [aria-current]")
        assert current.count() == 0 or current.inner_text() == "Findings"
        tab.evaluate(
            "document.getElementById('how-many-for-each-kilometre').scrollIntoView({behavior: 'instant'})"
        )
        until(tab, "document.querySelector('nav [aria-current]')?.textContent.startsWith('How many')")
        assert tab.locator("nav li.page-open > a").first.inner_text() == "Troops"
        tab.evaluate("document.getElementById('method').scrollIntoView({behavior: 'instant'})")
        until(tab, "document.querySelector('nav li.page-open > a')?.textContent === 'Method'")


def test_on_a_narrow_screen_the_contents_are_a_bar_that_opens_and_closes(browser, pages):
    with opened(browser, pages["sample"], 320, 640) as watched:
        tab = watched.tab
        entry = tab.locator("nav a", has_text="Troops")
        assert not entry.is_visible()
        tab.locator("nav summary").click()
        assert entry.is_visible()
        tab.keyboard.press("Escape")
        assert not entry.is_visible()
        tab.locator("nav summary").click()
        entry.click()
        assert not entry.is_visible()
        until(tab, "document.getElementById('troops').getBoundingClientRect().top < 200")
        bar = tab.locator("nav").bounding_box()
        heading = tab.locator("#troops").bounding_box()
        assert heading["y"] >= bar["y"] + bar["height"]  # not hidden beneath the bar


class TestCard:
    """A number in a sentence shows its row of the table of figures in place."""

    WORDS = ("Russian military dead", "Mediazona", "independent", "identified by name", "Paragraph")

    def test_pointing_shows_it_and_it_stays_while_pointed_at(self, browser, pages):
        with opened(browser, pages["sample"]) as watched:
            tab, card = watched.tab, watched.tab.locator(".page-card")
            link = tab.locator("a.to-row", has_text="at least 42,284").first
            assert not card.is_visible()
            link.hover()
            card.wait_for(state="visible")
            assert all(word in card.inner_text() for word in self.WORDS)
            assert link.get_attribute("aria-describedby") == card.get_attribute("id")
            card.hover()
            tab.wait_for_timeout(500)
            assert card.is_visible()
            tab.mouse.move(5, 5)
            card.wait_for(state="hidden")

    def test_focus_shows_it_and_escape_dismisses_it_where_it_is(self, browser, pages):
        with opened(browser, pages["sample"]) as watched:
            tab, card = watched.tab, watched.tab.locator(".page-card")
            link = tab.locator("a.to-row").first
            tab.locator("header a").last.focus()
            for _ in range(12):
                tab.keyboard.press("Tab")
                if link.evaluate("link => link === document.activeElement"):
                    break
            card.wait_for(state="visible")
            tab.keyboard.press("Escape")
            card.wait_for(state="hidden")
            assert link.evaluate("link => link === document.activeElement")
            tab.keyboard.press("Tab")
            card.wait_for(state="visible")
            assert "Ukrainian ground forces" in card.inner_text()
            tab.keyboard.press("Enter")
            tab.wait_for_url("**#figure-ua_ground")
            card.wait_for(state="hidden")

    @pytest.mark.parametrize("width", [320, 1280])
    def test_it_never_leaves_the_screen(self, browser, pages, width):
        with opened(browser, pages["sample"], width, 568) as watched:
            tab, card = watched.tab, watched.tab.locator(".page-card")
            tab.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
            for number in range(tab.locator("a.to-row").count()):
                link = tab.locator("a.to-row").nth(number)
                link.scroll_into_view_if_needed()
                tab.mouse.move(1, 1)
                card.wait_for(state="hidden")
                link.hover()
                card.wait_for(state="visible")
                box = card.bounding_box()
                assert box["x"] >= 0
                assert box["y"] >= 0
                assert box["x"] + box["width"] <= width
                assert box["y"] + box["height"] <= 568

    def test_a_tap_shows_it_with_a_way_to_the_row(self, browser, pages):
        with opened(browser, pages["sample"], 320, 640, has_touch=True) as watched:
            tab, card = watched.tab, watched.tab.locator(".page-card")
            link = tab.locator("a.to-row", has_text="at least 42,284").first
            link.tap()
            card.wait_for(state="visible")
            assert "#" not in tab.url
            assert card.get_attribute("role") == "dialog"
            assert watched.axe(WCAG) == []
            card.get_by_text("Close").tap()
            card.wait_for(state="hidden")
            link.tap()
            card.get_by_text("Go to its row").tap()
            tab.wait_for_url("**#figure-ru_killed")
            card.wait_for(state="hidden")


def test_filters_choose_rows_and_a_link_brings_hidden_ones_back(browser, pages):
    with opened(browser, pages["sample"]) as watched:
        tab = watched.tab
        status = tab.locator(".page-filters [role=status]")
        assert status.inner_text() == "9 rows"
        tab.get_by_label("Side").select_option("Ukraine")
        assert status.inner_text() == "2 of 9 rows"
        assert tab.locator("tr[id^=figure-]:visible").count() == 2
        tab.get_by_label("Claimant").select_option("Coordination Headquarters")
        assert tab.locator("tr[id^=figure-]:visible").count() == 1
        assert tab.locator("th[scope=rowgroup]:visible").all_inner_texts() == ["Lengths and events"]
        tab.locator("a.to-row", has_text="at least 42,284").first.click()
        until(tab, "document.getElementById('figure-ru_killed').checkVisibility()")
        assert status.inner_text() == "9 rows"


def test_only_what_is_too_wide_scrolls_and_says_its_name(browser, pages):
    with opened(browser, pages["sample"], 320) as watched:
        names = watched.tab.locator("[role=region]").evaluate_all("all => all.map(e => e.ariaLabel)")
        assert names == ["What each reading concludes"]
    with opened(browser, pages["sample"], 1280) as watched:
        assert watched.tab.locator("[role=region]").count() == 0


def test_rows_become_cards_where_columns_have_no_room_and_stay_a_table_to_hear(browser, pages):
    with opened(browser, pages["sample"], 320) as watched:
        tab = watched.tab
        table = tab.get_by_role("table", name="Every figure of the article")
        assert table.get_by_role("columnheader").count() == 9
        row = table.get_by_role("row", name="Russian military dead at least")
        assert row.get_by_role("cell").count() == 6  # two are empty
        columns = row.get_by_role("cell").evaluate_all("cells => cells.map(cell => cell.ariaColIndex)")
        assert columns == ["2", "3", "4", "6", "7", "9"]
        assert row.evaluate("row => getComputedStyle(row).display") == "block"
        claimant = row.get_by_role("cell").nth(1)
        assert claimant.get_attribute("data-head") == "Claimant"
        assert tab.evaluate("document.querySelector('.page-cards').closest('.page-table').scrollWidth") <= 320
    with opened(browser, pages["sample"], 1280) as watched:
        row = watched.tab.locator("#figure-ru_killed")
        assert row.evaluate("row => getComputedStyle(row).display") == "table-row"


def test_the_wide_and_the_narrow_drawing_take_turns(browser, pages):
    for width, kind in ((1280, "page-wide"), (320, "page-narrow")):
        with opened(browser, pages["sample"], width) as watched:
            drawings = watched.tab.get_by_role("img")  # what assistive technology finds
            assert drawings.count() == 2
            assert kind in drawings.first.get_attribute("class")


def test_without_script_everything_is_there(browser, pages):
    with opened(browser, pages["sample"], 320, 640, java_script_enabled=False) as watched:
        tab = watched.tab
        assert tab.locator("nav a", has_text="Troops").is_visible()
        assert tab.locator("tr[id^=figure-]:visible").count() == 9
        tab.locator("a.to-row").first.click()
        assert tab.url.endswith("#figure-ru_troops")


def test_paper_is_light_whole_and_without_controls(browser, pages):
    with opened(browser, pages["sample"], 700, color_scheme="dark") as watched:
        tab = watched.tab
        tab.get_by_label("Side").select_option("Ukraine")
        tab.emulate_media(media="print")
        assert (
            tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        )
        for gone in (".page-contents", ".page-code", ".page-filters", ".page-skip", ".page-narrow"):
            assert not tab.locator(gone).first.is_visible(), gone
        assert tab.locator(".page-wide").first.is_visible()
        assert tab.locator("tr[id^=figure-]:visible").count() == 9


def test_the_fonts_inside_are_the_fonts_seen(browser, pages):
    with opened(browser, pages["sample"]) as watched:
        loaded = watched.tab.evaluate(
            "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', '')).sort()"
        )
        assert {"Source Serif 4", "Source Sans 3"} <= set(loaded)
