"""Cells: held to what their column declares, and what a spreadsheet has done to them named as such."""

import pytest

from reported.ledger.cells import MAX_CELL

CELLS = [
    # cells of the figure ru_killed, what is said of the first
    ({"qualifier": "atleast"}, '"atleast" is not a valid qualifier; did you mean "at least"?'),
    ({"qualifier": "zzz"}, '"zzz" is not a valid qualifier; expected one of exact, at least'),
    ({"claimant": "mediazona"}, '"mediazona" is not in claimants.csv; did you mean "mediazona_bbc"?'),
    ({"claimant": "zzz"}, '"zzz" is not in claimants.csv; add it there or correct it'),
    ({"claimant": ""}, 'empty; expected who states it, such as "mayor"'),
    ({"quantity": "russian_dead_identifed"}, 'did you mean "russian_dead_identified"?'),
    ({"value": "NaN"}, '"NaN" does not fit; expected plain digits and at most one point'),
    ({"value": "٤٢٢٨٤"}, "does not fit; expected plain digits"),
    ({"value": "9" * 16}, "does not fit; expected plain digits"),
    ({"value": "+42284"}, "does not fit; expected plain digits"),
    ({"value": "042284"}, "does not fit; expected plain digits"),
    ({"paragraph": "22a"}, '"22a" does not fit; expected a whole number from 1 to 99999'),
    ({"paragraph": "0"}, '"0" does not fit; expected a whole number from 1 to 99999'),
    ({"as_of": "2024-02-30"}, '"2024-02-30" is not a valid date'),
    ({"window": "since 2024-02-30"}, '"since 2024-02-30" is not a valid'),
    ({"as_of": "26 January 2024"}, "expected a date such as 2024-01-26, 2024-01 or 2024"),
    ({"as_of": "1899-12-31"}, "expected a date such as"),
    ({"words": "at least 42,284 of all the military"}, "does not fit; expected at most six words"),
    ({"note": "n" * (MAX_CELL + 1)}, "is 2,001 characters long, more than 2,000; shorten it"),
]


@pytest.mark.parametrize(("cells", "said"), CELLS, ids=lambda v: "")
def test_a_cell_that_breaks_its_declaration_is_one_line(copy, cells, said):
    copy.change("figures", "ru_killed", **cells)
    place = f"data/figures.csv row {copy.line('figures', 'ru_killed')}, column {next(iter(cells))}: "
    assert copy.problem.startswith(place)
    assert said in copy.problem


OTHER_TABLES = [
    ("quantities", "front_length", {"whole": "true"}, '"true" does not fit; write yes'),
    ("quantities", "front_length", {"whole": "No"}, '"No" does not fit; write no'),
    ("quantities", "front_length", {"kind": "size"}, '"size" is not a valid kind; expected one of stock, cumulative'),
    ("quantities", "front_length", {"unit": "Kilometre"}, "expected words in the singular"),
    ("sources", "rferl_2024_01_26", {"sha256": "abc"}, "expected 64 hexadecimal digits"),
    ("sources", "rferl_2024_01_26", {"link": "javascript:alert(1)"}, "expected an address that begins with https://"),
    ("sources", "rferl_2024_01_26", {"language": "English"}, "expected a BCP 47 tag"),
    ("parties", "ukraine", {"colour": "blue"}, "expected # and six hexadecimal digits"),
    ("claimants", "putin", {"party": "rusia"}, '"rusia" is not in parties.csv; did you mean "russia"?'),
    ("readings", "typical_about", {"coverage_tens": "forty"}, "expected a share from 0 to 1"),
    ("readings", "typical_about", {"coverage_tens": "1.5"}, "expected a share from 0 to 1"),
    ("set_aside", "p2_date", {"paragraph": "two"}, "expected a whole number"),
    ("reactions", "pows_kyiv", {"figure": "il76_pow"}, '"il76_pow" is not in figures.csv; did you mean "il76_pows"?'),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "cells", "said"), OTHER_TABLES, ids=lambda v: "")
def test_every_table_is_held_to_its_declaration(copy, table, row, cells, said):
    copy.change(table, row, **cells)
    assert copy.problem.startswith(
        f"data/{table}.csv row {copy.line(table, row)}, column {next(iter(cells))}: "
    )
    assert said in copy.problem


SPREADSHEETS = [
    ("as_of", "26/01/2024", "a spreadsheet has rewritten a date; write 2024-01-26"),
    ("as_of", "1/26/2024", "a spreadsheet has rewritten a date; write 2024-01-26"),
    ("as_of", "26.01.2024", "a spreadsheet has rewritten a date; write 2024-01-26"),
    ("as_of", "01/02/2024", "a spreadsheet has rewritten a date, which may be either of two days"),
    ("as_of", "26/01/24", "a spreadsheet has rewritten a date; write it as 2024-01-26 or 2024-01"),
    ("as_of", "Jan-24", "a spreadsheet has rewritten a date; write it as 2024-01-26 or 2024-01"),
    ("as_of", "45317", "a spreadsheet has turned a date into a count of days; write 2024-01-26"),
    ("value", "4.2284E+04", "a spreadsheet has shortened a number and may have cut digits"),
    ("value", "4,2E+04", "a spreadsheet has shortened a number and may have cut digits"),
    ("value", "42,284", "write it without separators: 42284"),
    ("value", "42 284", "write it without separators: 42284"),
    ("value", "42\u202f284", "write it without separators: 42284"),
    ("value", "42.284", "counted in whole units; write 42284"),
    ("value", "42284.0", "counted in whole units; write 42284"),
    ("paragraph", "22.0", "write it without the point: 22"),
    ("note", "#NAME?", "is an error of a spreadsheet, not what was typed"),
    ("note", "Err:508", "is an error of a spreadsheet, not what was typed"),
    ("as_of", "########", "is an error of a spreadsheet, not what was typed"),
]


@pytest.mark.parametrize(("column", "cell", "said"), SPREADSHEETS)
def test_what_a_spreadsheet_destroyed_is_named_as_such(copy, column, cell, said):
    copy.change("figures", "ru_killed", **{column: cell})
    assert f"column {column}: " in copy.problem
    assert said in copy.problem


@pytest.mark.parametrize("column", ["id", "quantity", "value", "claimant", "as_of", "note", "words"])
def test_an_undecided_cell_is_listed(copy, column):
    copy.change("figures", "il76_others", **{column: "?9"})
    assert f'column {column}: "?9" is not decided yet; decide and remove the question mark' in copy.problem


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("RU", "expected small letters, digits and underscores, a letter first"),
        ("9_dead", "expected small letters"),
        ("il76-pows", "expected small letters"),
        ("class", "is a word of the Python language; choose another id"),
        ("a" * 81, "expected small letters"),
    ],
)
def test_ids_are_python_identifiers(copy, id_, said):
    copy.change("figures", "il76_others", id=id_)
    assert said in copy.problem


def test_an_id_that_occurs_twice(copy):
    copy.add("claimants", "putin")
    assert copy.problem == (
        'data/claimants.csv row 15, column id: "putin" is the id of row 11; give each row its own'
    )


INVISIBLE = ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u200d", "\u2028", "\u0007", "\ue000", "\u3164", "\ufe0f", "\U000e0041"]  # fmt: skip


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda c: f"U+{ord(c):04X}")
def test_what_cannot_be_seen_is_refused_and_made_visible(copy, character):
    copy.change("claimants", "putin", role=f"presi{character}dent")
    assert f"holds the invisible character U+{ord(character):04X}; remove it" in copy.problems[0]
    assert f"⟨U+{ord(character):04X}⟩" in copy.problems[0]
    assert not any(character in problem for problem in copy.problems)


@pytest.mark.parametrize("name", ["Лаврова–Іваненко", "Ñandú", "e\u0301", "李明", "عمر", "😀", "a\u00a0b"])
def test_what_can_be_seen_is_kept(copy, name):
    copy.change("claimants", "analysts", name=name)
    assert copy.load().claimants["analysts"].name == name


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (" president", "begins or ends with a space; remove it"),
        ("presi\ndent", "holds a line break; is a quote left open?"),
        ("x" * 10**6, ""),
    ],
)
def test_cells_that_no_column_may_hold(copy, cell, said):
    copy.change("claimants", "analysts", role=cell)
    assert copy.problem.startswith("data/claimants.csv row 13")
    assert said in copy.problem
    assert len(copy.problem) < 300
