"""From a column of bounds to the page: frames and series are read in words, by way of the press."""

import re

import pandas as pd
import pytest
from nbformat.v4 import new_output

from reported.intervals import BoundsDtype
from reported.press.pages.html import HTMLReportExporter
from tests.press.samples import shown

ROWS = {
    "[42284, inf]": "at least 42,284",
    "[570000, 630000]": "570,000 to 630,000",
    "[5, 5]": "5",
    "[0, 0]": "0",
    "[0, 12]": "at most 12",
    "[0.1, 0.2]": "0.1 to 0.2",
}
SIGNED = {"[-5, -3]": "−5 to −3", "[-inf, 5]": "at most 5", "[0, 5]": "0 to 5", "[-inf, inf]": "any number"}


def column(rows: dict[str, str]) -> pd.Series:
    return pd.Series([*rows, None], dtype=BoundsDtype(), name="said")


def page(thing: pd.DataFrame | pd.Series) -> str:
    """The words of a page whose one cell ends in this, white space made one space."""
    data = {"text/plain": repr(thing)}
    if isinstance(thing, pd.DataFrame):
        data["text/html"] = thing._repr_html_()
    body, _ = HTMLReportExporter().from_notebook_node(shown(new_output("display_data", data), title="T"))
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]+>", " ", body)
    return " ".join(text.split())


@pytest.mark.parametrize("rows", [ROWS, SIGNED], ids=["counts", "signed"])
@pytest.mark.parametrize("framed", [True, False], ids=["frame", "series"])
def test_bounds_are_read_in_words_and_a_missing_row_as_missing(rows: dict[str, str], framed: bool) -> None:
    said = column(rows)
    assert said.bounds.says().tolist() == [*rows.values(), pd.NA]
    text = page(said.to_frame().assign(place="there") if framed else said)
    shown_rows = [f"{n} {words}" for n, words in enumerate([*rows.values(), "NA"])]
    at = [text.replace("&lt;NA&gt;", "NA").replace("<NA>", "NA").find(row) for row in shown_rows]
    assert -1 not in at, (shown_rows, text)
    assert at == sorted(at)
