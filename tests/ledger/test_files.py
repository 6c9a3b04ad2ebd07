"""The files: read one way only; every fault a line that names file, row and column."""

import json
import os
import re
import sys

import pytest

from reported.ledger import DataError
from reported.ledger.files import MAX_CELL, MAX_SHOWN, Faults, quoted
from reported.ledger.records import TABLES
from tests.ledgers import DATA, Copy


def only(copy: Copy) -> str:
    """The one problem that the copy has."""
    assert len(copy.problems) == 1, copy.problems
    return copy.problems[0]


def test_a_table_knows_its_lines(package):
    figures = package.table("figures")
    assert figures.lines == tuple(range(2, len(figures.rows) + 2))
    assert figures.at(0, "value") == "data/figures.csv row 2, column value"
    assert figures.at(0, "value", "value_to") == "data/figures.csv row 2, columns value, value_to"
    assert figures.at(0) == "data/figures.csv row 2"


CELLS = [
    # cells of the figure ru_killed, what is said of the first
    ({"qualifier": "atleast"}, '"atleast" is no qualifier; did you mean "at least"?'),
    ({"qualifier": "zzz"}, '"zzz" is no qualifier; expected one of exact, at least'),
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
    ({"as_of": "2024-02-30"}, '"2024-02-30" is no day of the calendar'),
    ({"as_of": "26 January 2024"}, "expected a date such as 2024-01-26, 2024-01 or 2024"),
    ({"as_of": "1899-12-31"}, "expected a date such as"),
    ({"words": "at least 42,284 of all the military"}, "does not fit; expected at most six words"),
    ({"note": "n" * (MAX_CELL + 1)}, "is 2,001 characters long, more than 2,000; shorten it"),
]


@pytest.mark.parametrize(("cells", "said"), CELLS, ids=lambda v: "")
def test_a_cell_that_breaks_its_declaration_is_one_line(copy, cells, said):
    copy.change("figures", "ru_killed", **cells)
    place = f"data/figures.csv row {copy.line('figures', 'ru_killed')}, column {next(iter(cells))}: "
    assert only(copy).startswith(place)
    assert said in only(copy)


OTHER_TABLES = [
    ("quantities", "front_length", {"whole": "true"}, '"true" does not fit; write yes'),
    ("quantities", "front_length", {"whole": "No"}, '"No" does not fit; write no'),
    ("quantities", "front_length", {"kind": "size"}, '"size" is no kind; expected one of stock, cumulative'),
    ("quantities", "front_length", {"unit": "Kilometre"}, "expected small letters and underscores"),
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
    assert only(copy).startswith(
        f"data/{table}.csv row {copy.line(table, row)}, column {next(iter(cells))}: "
    )
    assert said in only(copy)


SPREADSHEETS = [
    ("as_of", "26/01/2024", "a spreadsheet has rewritten a date; write 2024-01-26"),
    ("as_of", "1/26/2024", "a spreadsheet has rewritten a date; write 2024-01-26"),
    ("as_of", "26.01.2024", "a spreadsheet has rewritten a date; write 2024-01-26"),
    ("as_of", "01/02/2024", "a spreadsheet has rewritten a date, which may be either of two days"),
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
    assert f"column {column}: " in only(copy)
    assert said in only(copy)


@pytest.mark.parametrize("column", ["id", "quantity", "value", "claimant", "as_of", "note", "words"])
def test_an_undecided_cell_is_listed(copy, column):
    copy.change("figures", "il76_others", **{column: "?9"})
    assert f'column {column}: "?9" is not decided yet; decide and remove the question mark' in only(copy)


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
    assert said in only(copy)


def test_an_id_that_occurs_twice(copy):
    copy.add("claimants", "putin")
    assert only(copy) == (
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
    assert only(copy).startswith("data/claimants.csv row 13")
    assert said in only(copy)
    assert len(only(copy)) < 300


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda b: b.replace("Кремль".encode(), "Кремль".encode("cp1251")),
            r"row 2: not UTF-8 text \(byte 0xca\); save the file as CSV UTF-8",
        ),
        (lambda b: b.decode().encode("utf-16"), r"row 1: not UTF-8 text"),
        (lambda b: b.replace(b"Putin", b"Pu\0tin", 1), r"row 11: holds a NUL byte"),
        (lambda b: b.replace(b"Vladimir", b'"Vladimir', 1), r"row 11.*quote"),
        (lambda b: b.replace(b"Putin,", b"Putin,,", 1), r"row 11: 6 cells, expected 5; look for a comma"),
        (lambda b: b.replace(b"Putin,", b"Putin", 1), r"row 11: 4 cells, expected 5"),
        (lambda b: b"", r"row 1: empty; expected the header id,name,local_name,role,party"),
        (
            lambda b: b.replace(b"local_name", b"localname", 1),
            r'row 1, column "localname": not a column of this table; did you mean "local_name"\?',
        ),
        (lambda b: b.replace(b"local_name", b"name", 1), r'row 1, column "name": occurs 2 times; keep one'),
        (lambda b: b.replace(b",local_name", b"", 1), r"row 1, column local_name: missing; add it"),
    ],
)
def test_files_that_are_no_table(copy, change, said):
    path = copy.path("claimants")
    path.write_bytes(change(path.read_bytes()))
    assert re.match(r"data/claimants\.csv " + said, copy.problems[0]), copy.problems


def reseparated(delimiter):
    """The bytes of a CSV file with another separator, every cell in quotes."""
    import csv
    import io

    def change(raw):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
            csv.reader(io.StringIO(raw.decode()))
        )
        return out.getvalue().encode("utf-8-sig")

    return change


SURVIVED = {
    "byte order mark": lambda b: b"\xef\xbb\xbf" + b,
    "Windows line ends": lambda b: b.replace(b"\n", b"\r\n"),
    "empty lines": lambda b: b.replace(b"\n", b"\n\n"),
    "no last line end": lambda b: b.rstrip(b"\n"),
    "rows of commas": lambda b: b + b"," * b.partition(b"\n")[0].count(b",") + b"\n,,\n",
    "semicolons and quotes": reseparated(";"),
    "tabs": reseparated("\t"),
}


@pytest.mark.parametrize("change", SURVIVED.values(), ids=SURVIVED)
def test_what_spreadsheets_do_to_a_file_changes_nothing(copy, package, change):
    for table in TABLES:
        path = copy.path(table)
        path.write_bytes(change(path.read_bytes()))
    assert copy.load().figures == package.figures
    assert copy.load().relations == package.relations


def test_rows_count_as_an_editor_counts_lines(copy):
    path = copy.path("claimants")
    text = path.read_text().replace("\nputin,", "\n\n\nputin,")
    path.write_text(text.replace("president of Russia", "president of Russia,"))
    assert only(copy).startswith("data/claimants.csv row 13: 6 cells")


def test_columns_may_be_in_any_order(copy, package):
    copy.write("figures", [dict(sorted(row.items())) for row in copy.rows("figures")])
    assert copy.load().figures == package.figures


def test_missing_files_are_named(copy):
    copy.path("reactions").unlink()
    assert only(copy) == "data/reactions.csv: not found; the ledger needs it"
    (copy.folder / "datapackage.json").unlink()
    assert copy.problems[0] == "data/datapackage.json: not found; the ledger needs it"


def test_a_folder_that_does_not_exist_is_one_line(tmp_path):
    from reported.ledger import check

    assert check(tmp_path / "data") == ("data/datapackage.json: not found; the ledger needs it",)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_only_regular_files_are_read(copy):
    copy.path("reactions").unlink()
    os.mkfifo(copy.path("reactions"))
    assert "data/reactions.csv: not a file" in only(copy)
    copy.path("reactions").unlink()
    copy.path("reactions").mkdir()
    assert "data/reactions.csv: not a file" in only(copy)


def test_a_file_beyond_reading_is_refused_unread(copy):
    with copy.path("reactions").open("ab") as file:
        file.truncate(10**9)
    assert only(copy) == "data/reactions.csv: larger than 64 MiB; split the ledger"


SETTINGS = [
    ({"title": None}, "title is missing or empty; give the project one"),
    ({"title": 5}, 'title "5" is not text; put it in quotes'),
    ({"subtitle": "a\u202eb"}, "holds the invisible character U+202E"),
    ({"title": "?"}, "is not decided yet"),
    ({"schema_version": 3}, 'schema_version is "3", expected 2; update the software'),
    ({"schema_version": "x"}, 'schema_version is "x", expected 2'),
    ({"sources": "Ferson"}, "sources: expected a list of objects, each with a title"),
    ({"sources": [{"name": "Ferson"}]}, "sources: expected a list of objects, each with a title"),
]


@pytest.mark.parametrize(("settings", "said"), SETTINGS)
def test_settings_that_cannot_be_used(copy, settings, said):
    copy.describe(**settings)
    assert only(copy).startswith("data/datapackage.json: ")
    assert said in only(copy)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "row 1: not usable JSON (Expecting property name enclosed in double quotes)"),
        ("[" * 10**5, "not usable JSON (nested too deep)"),
        ('{"title": "1", "title": "2"}', 'not usable JSON (the key "title" occurs twice in one object; keep one)'),
        ("[]", "expected an object with a title"),
        ("9" * 10**5, "not usable JSON"),
    ],
)  # fmt: skip
def test_what_is_no_descriptor(copy, text, said):
    (copy.folder / "datapackage.json").write_text(text)
    assert said in only(copy)


def test_the_resources_are_for_other_software_and_are_not_read(copy, package):
    copy.describe(resources=[{"name": "figures", "path": "../secret.csv"}])
    assert copy.load().figures == package.figures
    assert "resources" not in copy.load().settings
    assert copy.load().settings["title"] == json.loads((DATA / "datapackage.json").read_text())["title"]


def test_many_problems_are_kept_and_the_first_are_printed():
    error = DataError(f"line {n}" for n in range(60))
    assert len(error.problems) == 60
    assert str(error).count("\n") == MAX_SHOWN
    assert str(error).endswith("… and 10 more")


def test_a_problem_is_one_line_whatever_it_quotes():
    error = DataError(["a\nb\u202ec" + "x" * 5000, "a\nb\u202ec" + "x" * 5000])
    assert len(error.problems) == 1
    assert error.problems[0].startswith("a⟨U+000A⟩b⟨U+202E⟩c")
    assert len(error.problems[0]) < 1100


def test_a_hint_is_looked_for_in_bounded_time():
    faults = Faults()
    faults.add("x", "y", "a" * 10**6, ["b" * 10**5] * 10**5, "correct it")
    assert faults == ["x: y; correct it"]
    assert quoted("x" * 100) == f'"{"x" * 60}…"'
