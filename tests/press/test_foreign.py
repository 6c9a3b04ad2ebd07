"""Charts of other libraries are shown as pictures where they can be drawn, and named where they cannot."""

import base64
import importlib.util
import json
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from matplotlib import pyplot
from matplotlib.animation import FuncAnimation

from reported.press.pages.html import HTMLReportExporter
from reported.press.read import document, foreign
from tests.press.samples import displayed, shown

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json",
    "description": "Two boats",
    "data": {"values": [{"boat": "one", "days": 2}, {"boat": "two", "days": 5}]},
    "mark": "bar",
    "encoding": {"x": {"field": "boat", "type": "nominal"}, "y": {"field": "days", "type": "quantitative"}},
}
ALTAIR = (
    '<style>#altair-viz-1.vega-embed { width: 100% }</style><div id="altair-viz-1"></div><script>(function(spec, '
    'embedOpt){ displayChart(vegaEmbed); })(%s, {"mode": "vega-lite"});</script>'
)


def notebook(**bundle: Any) -> Any:
    """A notebook with one output, not held against nbformat's schema, which does not know the type of Altair's charts."""
    data = {"text/plain": "plain", **{name.replace("__", "/"): value for name, value in bundle.items()}}
    made = shown(displayed())
    made.cells[0].outputs = nbformat.from_dict(
        [{"output_type": "display_data", "data": data, "metadata": {}}]
    )
    return made


def kinds(**bundle: Any) -> list[tuple[str, str]]:
    """The kinds of what is shown of an output, each with its text."""
    read = document.read(notebook(**bundle), {})
    return [(block.kind, block.data if isinstance(block.data, str) else "") for _, block in read.blocks]


@pytest.fixture
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)


SAID = " cannot be shown on a page; open the notebook to see it."


@pytest.mark.usefixtures("nothing_drawn")
@pytest.mark.parametrize(
    ("bundle", "what"),
    [
        ({"application/vnd.vegalite.v6.json": SPEC}, "An interactive chart (Vega-Lite, Altair)"),
        ({"text/html": ALTAIR.replace("%s", "{}")}, "An interactive chart (Vega-Lite, Altair)"),
        ({"application/vnd.plotly.v1+json": {"data": []}}, "An interactive chart (Plotly)"),
        (
            {
                "text/html": '<div id="x"></div><script>Plotly.newPlot("x", [])</script>',
                "application/vnd.plotly.v1+json": {},
            },
            "An interactive chart (Plotly)",
        ),
        ({"text/html": "<div></div><script>draw()</script>"}, "What a script shows"),
        (
            {"application/vnd.bokehjs_exec.v0+json": "", "application/javascript": "x"},
            "An interactive chart (Bokeh)",
        ),
        ({"text/html": "<script>Bokeh.embed.embed_items([])</script>"}, "An interactive chart (Bokeh)"),
        ({"application/vnd.jupyter.widget-view+json": {}}, "An interactive control"),
        (
            {
                "text/html": "<div><span>Make this Notebook Trusted to load map: File -> Trust Notebook</span>"
                '<iframe srcdoc="L.map("></iframe></div>'
            },
            "An interactive map (Leaflet)",
        ),
        (
            {
                "text/html": '<table id="t"><thead><tr><th>Boats</th></tr></thead><tbody><tr><td>Loading ITables v2.4 from '
                "the internet... (need <a href=https://example.org>help</a>?)</td></tr></tbody></table>"
                '<script type="module">new ITable(table, {})</script>'
            },
            "An interactive table (itables)",
        ),
        ({"text/html": "<iframe src='https://example.org'></iframe>"}, "A film or frame"),
        ({"application/x-nobody-knows": ""}, "An output of type application/x-nobody-knows"),
    ],
)
def test_what_only_a_script_could_show_is_named_beside_its_text(bundle: dict[str, Any], what: str) -> None:
    assert kinds(**bundle) == [("unshown", what + SAID), ("printed", "plain")]


def test_a_script_beside_words_is_named_too() -> None:
    html = '<h3>Boats</h3><div id="x"></div><script>Plotly.newPlot("x", [])</script>'
    assert kinds(text__html=html) == [("html", html), ("unshown", "An interactive chart (Plotly)" + SAID)]
    assert kinds(text__html="<p>words</p><script>hide_code()</script>") == [
        ("html", "<p>words</p><script>hide_code()</script>")
    ]


def test_a_picture_beside_a_script_is_shown() -> None:
    assert kinds(text__html="<script>draw()</script>", **{"image/svg+xml": "<svg></svg>"}) == [
        ("picture", "")
    ]


def test_of_an_animation_the_last_picture_is_shown_and_the_rest_named() -> None:
    figure, axes = pyplot.subplots(figsize=(1, 1))
    (line,) = axes.plot([0, 1], [0, 1])
    html = FuncAnimation(figure, lambda n: [line.set_ydata([0, n])], frames=3).to_jshtml()
    pyplot.close(figure)
    read = document.read(notebook(text__html=html), {})
    (_, picture), (_, said) = read.blocks
    assert (picture.kind, picture.mime) == ("picture", "image/png")
    frames = re.findall(r'base64,([^"]+)"', html)
    assert base64.b64encode(picture.data).decode() == re.sub(r"[\\\s]", "", frames[-1])
    assert said.data == "An animation (matplotlib), of which this is the last picture," + SAID
    page = HTMLReportExporter().render(notebook(text__html=html), {})
    assert "Loop" not in page
    assert 'src="data:image/png;base64,' in page


STAND_IN = """
def vegalite_to_svg(spec, allowed_base_urls=None):
    assert allowed_base_urls == []
    if "url" in spec["data"]:
        raise ValueError("not allowed")
    return '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>DRAWN</text></svg>'
vega_to_svg = vegalite_to_svg
"""


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """vl-convert, or where it is not installed a module that is called as it is."""
    if importlib.util.find_spec("vl_convert") is None:
        (tmp_path / "vl_convert.py").write_text(STAND_IN)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    foreign._drawn.cache_clear()


@pytest.mark.usefixtures("drawer")
def test_a_vega_chart_is_drawn_where_vl_convert_is_installed() -> None:
    for bundle in (
        {"application/vnd.vegalite.v6.json": SPEC},
        {"text/html": ALTAIR.replace("%s", json.dumps(SPEC))},
    ):
        page = HTMLReportExporter().render(notebook(**bundle), {})
        assert 'alt="Two boats"' in page
        assert "cannot be shown" not in page


@pytest.mark.usefixtures("drawer")
def test_a_chart_whose_data_are_elsewhere_is_named() -> None:
    spec = {**SPEC, "data": {"url": "http://127.0.0.1:9/data.json"}}
    said, text = kinds(**{"application/vnd.vegalite.v6.json": spec})
    assert said == ("unshown", "An interactive chart (Vega-Lite, Altair)" + SAID)
    assert text == ("printed", "plain")
