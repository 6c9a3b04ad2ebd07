"""Rows that cells display are gathered into CSV files, each once, with where they stand."""

import pytest

from reported.press.errors import PressError
from reported.press.read import rows
from tests.press import samples
from tests.press.samples import displayed, shown


def gathered(*notebooks: object) -> dict[str, str]:
    names = [f"notebooks/{number}.ipynb" for number in range(1, len(notebooks) + 1)]
    return {name: data.decode() for name, data in rows.gather(names, notebooks).items()}


def test_a_row_has_the_columns_of_all_and_its_notebook_and_chapter() -> None:
    one = shown("# One\n\n### not this", displayed(rows=samples.question("a", typical="5")))
    two = shown("```\n# code\n```", displayed(rows=samples.question("b", note="é,\nx")))
    assert gathered(one, two) == {
        "questions.csv": "id,question,typical,note,notebook,chapter\n"
        'a,Is it?,5,,1.ipynb,One\nb,Is it?,,"é,\nx",2.ipynb,\n'
    }


def test_the_same_row_twice_is_one_and_another_under_its_id_is_an_error() -> None:
    same, other = displayed(rows=samples.question("a")), displayed(rows=samples.question("a", same="a < b"))
    assert gathered(shown(same, same))["questions.csv"].count("Is it?") == 1
    with pytest.raises(
        PressError, match=r"2\.ipynb, cell 2: 'a' is also displayed by notebooks/1\.ipynb, cell 1"
    ):
        gathered(shown(same), shown("x", other))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-5.2", "-5.2"),
        ("+x", "'+x"),
        ("＝1", "'＝1"),
        ("-2+3", "'-2+3"),
        ("+1e-5", "+1e-5"),
        ("-5000%", "-5000%"),
    ],
)
def test_no_cell_is_run_by_a_spreadsheet(cell: str, written: str) -> None:
    assert (
        f",{written},1.ipynb"
        in gathered(shown(displayed(rows=samples.question("a", question=cell))))["questions.csv"]
    )


def test_rows_that_are_none_name_their_cell() -> None:
    with pytest.raises(PressError, match=r"1\.ipynb, cell 1: rows go to a file"):
        gathered(shown(displayed(rows={"file": "x", "rows": []})))


def test_no_column_name_nor_line_break_starts_a_formula() -> None:
    row = samples.question("a", question="\r=1+1", **{"=1+1": "x"})
    written = gathered(shown(displayed(rows=row)))["questions.csv"]
    assert ",'=1+1," in written
    assert "'\r=1+1" in written or "'\n=1+1" in written
