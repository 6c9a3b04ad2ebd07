"""Tables of others, on the page and in print: whole, each number under its heading, no text over another."""

import html
import re
from typing import Any

import pandas as pd
import pytest

from reported.press.clean import pandoc, sanitise, tables
from reported.press.pages.pdf import PDFReportExporter
from tests.press.positions import Page, overprints, pages
from tests.press.samples import displayed, shown


def printed(*cells: Any, **traits: Any) -> bytes:
    exporter = PDFReportExporter(**traits)
    made: bytes = exporter.from_notebook_node(shown(*cells), {"metadata": {"name": "made"}})[0]
    return made


def words(pdf: bytes) -> list[str]:
    return [word.text for page in pages(pdf) for word in page.words]


def of_frame(frame: Any) -> Any:
    return displayed(text__html=frame.to_html())


def frame(rows: int, columns: int, name: str = "y{}", value: str = "{}") -> Any:
    return pd.DataFrame(
        {
            name.format(column): [value.format(1000 * column + row) for row in range(rows)]
            for column in range(columns)
        },
        index=[f"place{row}" for row in range(rows)],
    )


LONG_TEXT = "A sentence that goes on for some time, as descriptions in tables do, "
SEVERAL = pd.DataFrame(
    [[12.5] * 24] * 3,
    index=pd.MultiIndex.from_tuples([("Northern district", "men"), ("", "women"), ("South", "men")]),
    columns=pd.MultiIndex.from_product(
        [["killed (as reported)", "wounded"], ["minimum", "typical", "maximum"], range(4)]
    ),
)
WIDE = {
    "20 columns": frame(5, 20),
    "60 columns": frame(5, 60),
    "60 columns of 40 rows": frame(40, 60, value="{:,}"),
    "14 long names and numbers": frame(4, 14, "cumulative_fossil_gas_{}", "-{}.517912e+03"),
    "14 long names, 30 rows": frame(30, 14, "CumulativeFossilGasOfYear{}", "316,645.0164{}"),
    "long texts": frame(3, 9, "description {}", LONG_TEXT * 3 + "{}"),
    "very long texts": frame(2, 3, "description {}", LONG_TEXT * 90 + "{}"),
    "addresses": frame(3, 6, "link {}", "https://example.org/reports/2023/by-region/final_table_{}.csv?download=true"),
    "sums of a file": frame(3, 12, "sha256 {}", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0{}"),
    "a number of 200 digits": frame(2, 3, "n{}", "7" * 200 + "{}"),
    "several levels": SEVERAL,
    "columns that just fill a part": frame(2, 21, "Shots off target {}", "{}.8%"),
    "records turned": frame(4, 5, value="a value {}").T,
}  # fmt: skip


@pytest.mark.parametrize("name", WIDE)
def test_no_text_is_printed_over_another_and_every_cell_is_there(name: str) -> None:
    pdf = printed("# Wide\n\nBefore.", of_frame(WIDE[name]), "After.")
    assert overprints(pdf) == []
    found = words(pdf)
    together = "".join(found)
    for value in WIDE[name].iloc[:, -1]:
        said = str(value).split()
        # a cell that goes on over the page is read in between its neighbours
        assert "".join(said) in together or (len(said) > 200 and found.count("sentence") == 540)


def test_a_long_table_too_wide_for_the_page_turns_it_and_the_text_goes_on_upright() -> None:
    turned = [
        page.width > page.height for page in pages(printed("Before.", of_frame(frame(40, 30)), "After."))
    ]
    assert turned == [False, True, False]


def test_columns_that_have_no_room_stand_in_parts_with_the_heads_of_their_rows() -> None:
    found = words(printed(of_frame(frame(4, 60))))
    assert found.count("place3") > 1
    assert [number for number, word in enumerate(found) if word == "Columns"]
    for column in range(60):
        assert found.count(f"y{column}") == 1


def test_a_number_is_never_broken_and_stays_under_its_heading() -> None:
    [page] = pages(printed(of_frame(WIDE["14 long names and numbers"])))
    for column in range(14):
        [value] = [word for word in page.words if word.text == f"-{1000 * column}.517912e+03"]
        above = [
            word
            for word in page.words
            if word.bottom < value.top and word.left < value.right and word.right > value.left
        ]
        assert max(above, key=lambda word: word.bottom).text in (f"gas_{column}", f"{column}")


def test_columns_beyond_the_limit_are_counted() -> None:
    found = " ".join(words(printed(of_frame(frame(2, 12)), max_columns=8)))
    assert "5 more columns of this table are left out in print." in found
    assert "y6" in found
    assert "y7" not in found


def in_reading_order(page: Page) -> list[str]:
    return [word.text for word in sorted(page.words, key=lambda word: (round(word.top), word.left))]


def test_the_foot_of_a_table_stands_at_its_end() -> None:
    written = (
        "<table><thead><tr><th>place</th><th>dead</th></tr></thead><tfoot><tr><td>FOOTWORD</td><td>9</td></tr></tfoot>"
        "<tbody><tr><td>north</td><td>4</td></tr><tr><td>south</td><td>5</td></tr></tbody></table>"
    )
    [page] = pages(printed(displayed(text__html=written)))
    assert in_reading_order(page).index("FOOTWORD") > in_reading_order(page).index("south")


@pytest.mark.parametrize(
    "around", ["<ul><li>{}</li></ul>", "<blockquote>{}</blockquote>", "<table><tr><td>{}</td></tr></table>"]
)
def test_a_wide_table_within_something_else_stays_within_it(around: str) -> None:
    written = around.format(frame(20, 30).to_html())
    pdf = printed(displayed(text__html=written))
    assert overprints(pdf) == []
    assert "y29" in words(pdf)


def test_spans_end_with_their_part_of_the_table_and_gaps_are_filled() -> None:
    written = (
        "<table><thead><tr><th rowspan=5>a</th><th colspan=3>b</th></tr></thead>"
        "<tbody><tr><td rowspan=2>LEFT</td><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td></tr>"
        "<tr><td colspan=9>LAST</td></tr></tbody></table>"
    )
    written = pandoc.convert([pandoc.Piece("html", written)], "typst").pieces[0]
    assert (
        '("body", ((none, 1, 1, 1, auto, auto, [#"4";]),(none, 2, 1, 1, auto, auto, []),(none, 3, 1, 1, auto, auto, []),'
        in written
    )
    assert overprints(printed(displayed(text__html=written))) == []


def on_page(text: str) -> str:
    return sanitise.output(text, lambda address: None)


def test_an_empty_heading_keeps_its_spans() -> None:
    made = on_page(
        '<table><tr><th colspan="2"></th><th colspan="2">2020</th></tr><tr><th rowspan="2">&nbsp;</th><td>1</td></tr></table>'
    )
    assert '<td colspan="2"></td><th colspan="2">2020</th>' in made
    assert '<td rowspan="2">&nbsp;</td>' in made


def test_columns_of_numbers_are_found_whatever_spans_them() -> None:
    written = (
        "<table><thead><tr><th></th><th colspan=2>killed</th><th rowspan=2>place</th></tr><tr><th></th><th>min</th>"
        "<th>max</th></tr></thead><tbody><tr><th rowspan=2>a</th><td>1,318</td><td>…</td><td>x</td></tr>"
        "<tr><td>NaN</td><td>7 %</td><td>9</td></tr><tr><td>...</td><td>...</td><td>-5</td><td>y</td></tr></tbody></table>"
    )
    assert re.findall(r'<t[hd] class="num">([^<]*)', on_page(written)) == [
        "min", "max", "1,318", "…", "NaN", "7 %", "...", "-5",
    ]  # fmt: skip


def test_columns_that_somebody_has_aligned_stay_so() -> None:
    assert "num" not in on_page('<table><tr><td style="text-align: center">1</td></tr></table>')


NUMBERS = [
    "1",
    "1,200",
    "-3.5",
    "−7",
    "42284.0",
    "1.5e-9",
    "12 %",
    "(1,200)",
    "$5",
    "£1,200.50",
    "~7",
    "1 000",
    "5‰",
]
MISSING = ["", "NaN", "None", "<NA>", "NaT", "…", "..."]
WORDS = ["Ana", "7 km", "2020-01-01", "12:30", "v1", "1st", "-", "e5", "1.5e"]


def test_page_and_print_agree_on_what_a_number_is() -> None:
    assert [tables.is_number(text) for text in NUMBERS] == [True] * len(NUMBERS)
    assert [tables.is_number(text) for text in MISSING] == [None] * len(MISSING)
    assert [tables.is_number(text) for text in WORDS] == [False] * len(WORDS)
    for text in (*NUMBERS, *MISSING, *WORDS):
        written = html.escape(text)
        made = f"<table><tbody><tr><td>{written}</td></tr><tr><td>1</td></tr></tbody></table>"
        right = 'class="num"' in on_page(made)
        typst = pandoc.convert([pandoc.Piece("html", made)], "typst").pieces[0]
        assert ("align: (right," in typst) == right == (text not in WORDS), text


def test_every_table_of_a_text_scrolls_in_a_frame_of_its_own() -> None:
    inner = "<table><tr><td>in</td></tr></table>"
    made = sanitise.prose(
        f"<table><tr><td>{inner}</td></tr></table><p>x</p>{inner}", lambda address: None, set()
    )
    assert made.count('<div class="page-scroll"><table>') == 2
    assert made.count("</table></div>") == 2
