"""The form of an output that says most is chosen, and the press's own types are what docs/press.md describes."""

from typing import Any

import pytest

from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter
from reported.press.read import outputs
from tests.press import samples
from tests.press.positions import poppler
from tests.press.samples import displayed


@pytest.mark.parametrize(
    ("bundle", "mime"),
    [
        ({"text/plain": "x", "text/html": "<b>x</b>"}, "text/html"),
        (
            {"text/plain": "x", "image/png": "x", "text/html": "<script>draw()</script><div></div>"},
            "image/png",
        ),
        ({"text/plain": "x", "text/markdown": "x"}, "text/markdown"),
        ({"text/plain": "x", outputs.TABLE: {}, "text/html": "x"}, outputs.TABLE),
        ({"text/plain": "x", outputs.ROWS: {}}, "text/plain"),
        ({outputs.ROWS: {}}, "nothing"),
        ({}, "nothing"),
        ({"text/plain": "x", "application/vnd.jupyter.widget-view+json": {}}, "unshown"),
        ({"application/pdf": "x"}, "unshown"),
        ({"text/plain": "x", "text/html": " <!-- none --> <link rel=x>"}, "text/plain"),
        ({"text/plain": "x", "text/html": "<hr>"}, "text/html"),
        ({"text/html": ""}, "nothing"),
        ({"text/plain": "<JSON object>", "application/json": {}}, "application/json"),
        ({"text/plain": "<Code>", "text/x-python": "x"}, "text/x-python"),
        ({"text/plain": "x", "text/html": "<iframe src='https://example.org'></iframe>"}, "unshown"),
        ({"image/png": "x", "text/html": "<canvas></canvas>"}, "image/png"),
        ({"text/html": "<style>td { color: red }</style>"}, "text/html"),
    ],
)
def test_the_richest_form_that_a_page_can_show_is_chosen(bundle: dict[str, Any], mime: str) -> None:
    assert outputs.choose({"output_type": "display_data", "data": bundle, "metadata": {}}).mime == mime


def test_streams_and_errors_come_with_their_text() -> None:
    assert outputs.choose({"output_type": "stream", "name": "stderr", "text": ["a", "b"]}).data == "ab"
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}
    assert outputs.choose(error).data == "E: v"


@pytest.mark.parametrize("exporter", [HTMLReportExporter, PDFReportExporter])
def test_json_and_any_other_text_are_shown_as_text(exporter: Any) -> None:
    notebook = samples.shown(
        displayed(application__json={"deep": [1, {"ключ": "JSONWORD"}]}),
        displayed(application__json=["LISTWORD", "x"]),
        displayed(text__csv="CSVWORD,2\n"),
    )
    made = exporter().render(notebook, {})
    text = made if isinstance(made, str) else poppler(made, "pdftotext", "-raw")
    for word in ("ключ", "JSONWORD", "LISTWORD", "CSVWORD,2"):
        assert word in text


def test_what_needs_the_notebook_says_so() -> None:
    form = outputs.choose({"output_type": "display_data", "data": {"application/javascript": "x"}})
    assert form.data == "A script cannot be shown on a page; open the notebook to see it."


def test_a_table_is_completed_and_its_links_are_anchors_or_web_addresses() -> None:
    runs = [
        {"text": "a", "href": "javascript:x"},
        {"text": "b", "href": "#row 1"},
        {"text": "c", "href": "#row-1", "class": "page-x soft"},
        "plain",
        {"text": "d", "href": "https://example.org/?a=1&b=2"},
    ]
    made = outputs.table({"columns": [{"header": "A"}], "rows": [{"cells": [runs]}]})
    [cell] = made["rows"][0]["cells"]
    assert [run["href"] for run in cell] == ["", "", "#row-1", "", "https://example.org/?a=1&b=2"]
    assert cell[2]["class"] == "soft"
    assert cell[3]["text"] == "plain"


def test_a_number_of_rows_left_out_is_put_in_words() -> None:
    made = outputs.table({"columns": [{"header": "A"}], "rows": [], "left_out": 12})
    assert made["left_out"] == "12 more rows are not shown."


def test_rows_are_read_with_what_gathers_them() -> None:
    [row] = outputs.rows(displayed(rows=samples.question()))
    assert (row.file, row.id, row.same, row.anchor) == ("questions.csv", "q1", "a > b", "question-q1")
    assert row.choices == samples.SAID


@pytest.mark.parametrize("file", ["", "x.txt", "../x.csv", "/x.csv", "a b.csv"])
def test_rows_go_to_a_plain_csv_file(file: str) -> None:
    with pytest.raises(ValueError, match=r"comparisons\.csv"):
        outputs.rows(displayed(rows={"file": file, "rows": []}))


@pytest.mark.parametrize(
    ("data", "mime"),
    [(b"\x89PNG\r\n\x1a\nx", "image/png"), (b"<svg></svg>", "image/svg+xml"), (b"<html>", ""), (b"", "")],
)
def test_a_picture_is_told_by_its_first_bytes(data: bytes, mime: str) -> None:
    assert outputs.picture_type(data) == mime
