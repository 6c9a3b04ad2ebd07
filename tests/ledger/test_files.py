"""The files: read one way only; every fault a line that names file, row and column."""

import csv
import io
import os
import re
import sys

import pytest

from reported.ledger import DataError, check
from reported.ledger.faults import MAX_SHOWN, Faults, quoted
from reported.ledger.files import read_table, write_table
from reported.ledger.records import TABLES
from reported.ledger.schema import columns as schema_columns


def test_a_table_knows_its_lines(rows):
    figures = rows.tables["figures"]
    assert figures.lines == tuple(range(2, len(figures.rows) + 2))
    assert str(figures.at(0, "value")) == "data/figures.csv row 2, column value"
    assert str(figures.at(0, "value", "value_to")) == "data/figures.csv row 2, columns value, value_to"
    assert str(figures.at(0)) == "data/figures.csv row 2"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda b: b.replace("Кремль".encode(), "Кремль".encode("cp1251")),
            r"row 2: not UTF-8 text \(byte 0xca\); save the file as CSV UTF-8",
        ),
        (lambda b: b.decode().encode("utf-16"), r"row 1: not UTF-8 text"),
        (
            lambda b: b"\xc3\xaf\xc2\xbb\xc2\xbf" + b.removeprefix(b"\xef\xbb\xbf"),
            r"row 1: its UTF-8 was opened as Windows-1252",
        ),
        (lambda b: b.replace(b"Putin", b"Pu\0tin", 1), r"row 11: holds a NUL byte"),
        (lambda b: b.replace(b"Vladimir", b'"Vladimir', 1), r"row 11.*quote"),
        (lambda b: b.replace(b"Putin,", b"Putin,,", 1), r"row 11: 7 cells, expected 6; look for a comma"),
        (lambda b: b.replace(b"Putin,", b"Putin", 1), r"row 11: 5 cells, expected 6"),
        (lambda b: b"", r"row 1: empty; expected the header id,name,local_name,other_names,role,party"),
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

    def change(raw):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
            csv.reader(io.StringIO(raw.decode("utf-8-sig")))
        )
        return out.getvalue().encode("utf-8-sig")

    return change


SURVIVED = {
    "byte order marks": lambda b: b"\xef\xbb\xbf" * 2 + b,
    "no byte order mark": lambda b: b.removeprefix(b"\xef\xbb\xbf"),
    "Windows line ends": lambda b: b.replace(b"\n", b"\r\n"),
    "empty lines": lambda b: b.replace(b"\n", b"\n\n"),
    "no last line end": lambda b: b.rstrip(b"\n"),
    "rows of commas": lambda b: b + b"," * b.partition(b"\n")[0].count(b",") + b"\n,,\n",
    "semicolons and quotes": reseparated(";"),
    "tabs": reseparated("\t"),
}


@pytest.mark.parametrize("change", SURVIVED.values(), ids=SURVIVED)
def test_what_spreadsheets_do_to_a_file_changes_nothing(copy, rows, change):
    for table in TABLES:
        path = copy.path(table)
        path.write_bytes(change(path.read_bytes()))
    assert copy.load().figures == rows.figures
    assert copy.load().relations == rows.relations


def test_rows_count_as_an_editor_counts_lines(copy):
    path = copy.path("claimants")
    text = path.read_text().replace("\nputin,", "\n\n\nputin,")
    path.write_text(text.replace("president of Russia", "president of Russia,"))
    assert copy.problem.startswith("data/claimants.csv row 13: 7 cells")


def test_columns_may_be_in_any_order(copy, rows):
    copy.write("figures", [dict(sorted(row.items())) for row in copy.rows("figures")])
    assert copy.load().figures == rows.figures


def test_missing_files_are_named(copy):
    copy.path("reactions").unlink()
    assert copy.problem == "data/reactions.csv: not found; the ledger needs it"
    (copy.folder / "datapackage.json").unlink()
    assert copy.problems[0] == "data/datapackage.json: not found; the ledger needs it"


def test_a_folder_that_does_not_exist_is_one_line(tmp_path):
    (fault,) = check(tmp_path / "data")
    assert (fault.code, fault.file, fault.row) == ("no-file", "data/datapackage.json", None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_only_regular_files_are_read(copy):
    copy.path("reactions").unlink()
    os.mkfifo(copy.path("reactions"))
    assert "data/reactions.csv: not a file" in copy.problem
    copy.path("reactions").unlink()
    copy.path("reactions").mkdir()
    assert "data/reactions.csv: not a file" in copy.problem


def test_a_file_beyond_reading_is_refused_unread(copy):
    with copy.path("reactions").open("ab") as file:
        file.truncate(10**9)
    assert copy.problem == "data/reactions.csv: larger than 64 MiB; split the ledger"


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
    assert list(map(str, faults)) == ["x: y; correct it"]
    assert quoted("x" * 100) == f'"{"x" * 60}…"'


def test_a_table_that_is_written_is_read_as_it_was_and_cells_that_a_row_lacks_are_empty(tmp_path):
    columns = list(schema_columns(TABLES["parties"]))
    rows = [{"id": "town", "label": "The town, “ours”", "interested": "yes"}, {"id": "press"}]
    write_table(tmp_path / "parties.csv", columns, rows)
    faults = Faults()
    read = read_table(tmp_path, "parties", TABLES["parties"], faults)
    assert (faults, read.complete) == ([], True)
    assert [dict(row) for row in read.rows] == [dict.fromkeys(columns, "") | row for row in rows]
    assert (tmp_path / "parties.csv").read_bytes().startswith("\ufeff".encode())
