"""The data package: read one way only; every fault a line that names file, row and column."""

import json
import os
import re
from pathlib import Path

import pytest

from reported import DataError
from reported.ledger.package import MAX_CELL, MAX_PROBLEMS, read, references, shown, suggestion
from tests.ledgers import DATA, Copy


def only(copy: Copy) -> str:
    """The one problem that the copy has."""
    assert len(copy.problems) == 1, copy.problems
    return copy.problems[0]


def test_the_project_s_own_package_reads():
    tables = read(DATA)
    assert list(tables) == [
        r["name"] for r in json.loads((DATA / "datapackage.json").read_text())["resources"]
    ]
    figures = tables["figures"]
    assert figures.lines == tuple(range(2, len(figures.rows) + 2))
    assert figures.at(0, "value") == "data/figures.csv row 2, column value"
    assert figures.at(0, "value", "value_to") == "data/figures.csv row 2, columns value, value_to"
    assert figures.at(0) == "data/figures.csv row 2"


def test_every_column_is_described():
    package = json.loads((DATA / "datapackage.json").read_text())
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            assert field["description"], (resource["name"], field["name"])


def test_references_are_the_package_s_sources():
    assert any("Ferson" in title for title in references(DATA))


CELLS = [
    # table, row, cells, column, what is said of it
    (
        "figures",
        "ru_killed",
        {"qualifier": "atleast"},
        "qualifier",
        '"atleast" is no qualifier; did you mean "at least"?',
    ),
    (
        "figures",
        "ru_killed",
        {"qualifier": "zzz"},
        "qualifier",
        '"zzz" is no qualifier; expected one of exact, at least',
    ),
    (
        "figures",
        "ru_killed",
        {"value": "42,284"},
        "value",
        '"42,284" does not fit; expected the number, plain digits; empty',
    ),
    ("figures", "ru_killed", {"value": "-42284"}, "value", "no thousands separator, sign, exponent or unit"),
    ("figures", "ru_killed", {"value": "4e4"}, "value", "no thousands separator, sign, exponent or unit"),
    ("figures", "ru_killed", {"value": "NaN"}, "value", '"NaN" does not fit'),
    ("figures", "ru_killed", {"value": "٤٢٢٨٤"}, "value", "does not fit"),
    ("figures", "ru_killed", {"value": "9" * 16}, "value", "does not fit"),
    (
        "figures",
        "ru_killed",
        {"claimant": "mediazona"},
        "claimant",
        '"mediazona" is not in claimants.csv; did you mean "mediazona_bbc"?',
    ),
    (
        "figures",
        "ru_killed",
        {"claimant": "zzz"},
        "claimant",
        '"zzz" is not in claimants.csv; add it there or correct it',
    ),
    ("figures", "ru_killed", {"claimant": ""}, "claimant", "empty; expected who states it"),
    (
        "figures",
        "ru_killed",
        {"quantity": "russian_dead_identifed"},
        "quantity",
        'did you mean "russian_dead_identified"?',
    ),
    (
        "figures",
        "ru_killed",
        {"as_of": "2024-02-30"},
        "as_of",
        '"2024-02-30" is not a date such as 2024-01-26',
    ),
    (
        "figures",
        "ru_killed",
        {"as_of": "26.01.2024"},
        "as_of",
        '"26.01.2024" is not a date such as 2024-01-26',
    ),
    ("figures", "ru_killed", {"paragraph": "22a"}, "paragraph", '"22a" is not a whole number'),
    ("figures", "ru_killed", {"paragraph": "0"}, "paragraph", '"0" does not fit (minimum 1)'),
    ("figures", "ru_killed", {"id": "RU"}, "id", "small letters, digits and underscores, a letter first"),
    ("figures", "ru_killed", {"note": "n" * 601}, "note", "(maxLength 600)"),
    ("quantities", "front_length", {"whole": "no"}, "whole", '"no" is not true or false'),
    ("sources", "rferl-2024-01-26", {"sha256": "abc"}, "sha256", "see its pattern in datapackage.json"),
    ("readings", "typical_about", {"coverage_tens": "forty"}, "coverage_tens", '"forty" is not a number'),
]


@pytest.mark.parametrize(
    ("table", "row", "cells", "column", "said"), CELLS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_cell_that_breaks_the_schema_is_one_line(copy, table, row, cells, column, said):
    line = copy.line(table, row)
    copy.change(table, row, **cells)
    problem = next(p for p in copy.problems if f"column {column}" in p)
    assert problem.startswith(f"data/{table}.csv row {line}, column {column}: ")
    assert said in problem
    # an id that others refer to takes their rows with it; all else is one line
    assert len(copy.problems) == 1 or column == "id"


def test_an_id_that_stands_twice(copy):
    copy.add("claimants", "putin")
    assert only(copy) == (
        'data/claimants.csv row 15, column id: "putin" stands in row 11 already; give each row its own'
    )


INVISIBLE = [
    "\u200b",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u00ad",
    "\u200d",
    "\u2028",
    "\u0007",
    "\ue000",
    "\u3164",
    "\ufe0f",
    "\U000e0041",
]


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda c: f"U+{ord(c):04X}")
def test_what_cannot_be_seen_is_refused_and_made_visible(copy, character):
    copy.change("claimants", "putin", name=f"Vladimir{character}Putin")
    problem = only(copy)
    assert f"holds the invisible character U+{ord(character):04X}; remove it" in problem
    assert f"⟨U+{ord(character):04X}⟩" in problem
    assert character not in problem


@pytest.mark.parametrize("name", ["Лаврова–Іваненко", "Ñandú", "e\u0301", "李明", "عمر", "😀", "a\u00a0b"])
def test_what_can_be_seen_is_kept(copy, name):
    copy.change("claimants", "analysts", name=name)
    assert copy.load().ledger.claimant("analysts").name == name


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (" Vladimir Putin", "begins or ends with a space; remove it"),
        ("Vladimir\nPutin", "holds a line break; is a quote left open?"),
        ("x" * (MAX_CELL + 1), "is 2,001 characters long, more than 2,000; shorten it"),
        ("x" * 10**6, ""),
    ],
)
def test_cells_that_no_column_may_hold(copy, cell, said):
    copy.change("claimants", "putin", name=cell)
    problem = only(copy)
    assert problem.startswith("data/claimants.csv row 11")
    assert said in problem
    assert len(problem) < 300


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda b: b.replace("Кремль".encode(), "Кремль".encode("cp1251")),
            r"data/claimants\.csv row 2: not UTF-8 text \(byte 0xca\); save the file as UTF-8",
        ),
        (lambda b: b.decode().encode("utf-16"), r"data/claimants\.csv row 1: not UTF-8 text"),
        (lambda b: b.replace(b"Putin", b"Pu\0tin", 1), r"data/claimants\.csv row 11: holds a NUL byte"),
        (lambda b: b.replace(b"Vladimir", b'"Vladimir', 1), r"data/claimants\.csv row 11.*quote"),
        (
            lambda b: b.replace(b"Putin,", b"Putin,,", 1),
            r"data/claimants\.csv row 11: 6 cells, expected 5; look for a comma or quote too many or too few",
        ),
        (lambda b: b.replace(b"Putin,", b"Putin", 1), r"data/claimants\.csv row 11: 4 cells, expected 5"),
        (
            lambda b: b"",
            r"data/claimants\.csv row 1: empty; expected the header id,name,local_name,role,side",
        ),
        (
            lambda b: b.replace(b"local_name", b"localname", 1),
            r'data/claimants\.csv row 1, column "localname": not in the schema; did you mean "local_name"\?',
        ),
        (
            lambda b: b.replace(b"local_name", b"name", 1),
            r'data/claimants\.csv row 1, column "name": stands 2 times; keep one',
        ),
        (
            lambda b: b.replace(b",local_name", b"", 1),
            r"data/claimants\.csv row 1, column local_name: missing; add it",
        ),
    ],
)
def test_files_that_are_no_table(copy, change, said):
    path = copy.path("claimants")
    path.write_bytes(change(path.read_bytes()))
    assert re.match(said, copy.problems[0]), copy.problems


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b"\xef\xbb\xbf" + b,
        lambda b: b.replace(b"\n", b"\r\n"),
        lambda b: b.replace(b"\n", b"\n\n"),
        lambda b: b.rstrip(b"\n"),
    ],
    ids=["byte order mark", "Windows line ends", "empty lines", "no last line end"],
)
def test_what_spreadsheets_do_to_a_file_changes_nothing(copy, ledger, change):
    for table in ledger.records:
        path = copy.path(table)
        path.write_bytes(change(path.read_bytes()))
    assert [(f.id, f.value, f.said) for f in copy.load().ledger] == [(f.id, f.value, f.said) for f in ledger]


def test_rows_count_as_an_editor_counts_lines(copy):
    path = copy.path("claimants")
    path.write_text(
        path.read_text()
        .replace("\nputin,", "\n\n\nputin,")
        .replace("president of Russia", "president of Russia,")
    )
    assert only(copy).startswith("data/claimants.csv row 13: 6 cells")


def test_columns_may_stand_in_any_order(copy, ledger):
    rows = copy.rows("figures")
    copy.write("figures", [dict(sorted(row.items())) for row in rows])
    assert [f.said for f in copy.load().ledger] == [f.said for f in ledger]


# ---------------------------------------------------------------- files


def test_missing_things_are_named(copy):
    copy.path("claimants").unlink()
    assert only(copy) == "data/claimants.csv: not found; the package needs it"
    (copy.folder / "datapackage.json").unlink()
    assert only(copy) == "data/datapackage.json: not found; the package needs it"


def test_only_regular_files_are_read(copy):
    copy.path("claimants").unlink()
    os.mkfifo(copy.path("claimants"))
    assert "data/claimants.csv: not a file" in only(copy)
    copy.path("claimants").unlink()
    copy.path("claimants").mkdir()
    assert "data/claimants.csv: not a file" in only(copy)


def test_a_file_beyond_reading_is_refused_unread(copy):
    with copy.path("claimants").open("ab") as file:
        file.truncate(10**9)
    assert only(copy) == "data/claimants.csv: larger than 64 MiB; split the package"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(copy):
    copy.path("claimants").chmod(0)
    assert "cannot be read (Permission denied)" in only(copy)


# ---------------------------------------------------------------- the schema


def schema_of(package, table):
    return package["named"][table]["schema"]


DESCRIPTIONS = [
    (lambda p: p["resources"].clear(), "expected a list of resources"),
    (lambda p: p["resources"].append(7), "resource 10: expected an object with a name"),
    (lambda p: p["resources"].append(p["named"]["claimants"]), "expected a name of its own"),
    (lambda p: p["named"]["claimants"].update(name="../claimants"), "expected a name of its own"),
    (
        lambda p: p["named"]["claimants"].update(path="../secret.csv"),
        'path is "../secret.csv", expected claimants.csv beside it',
    ),
    (
        lambda p: p["named"]["claimants"].update(path="https://example.org/claimants.csv"),
        "expected claimants.csv beside it",
    ),
    (
        lambda p: p["named"]["claimants"].update(path=["claimants.csv", "more.csv"]),
        "expected claimants.csv beside it",
    ),
    (lambda p: p["named"]["claimants"].update(encoding="latin-1"), 'encoding is "latin-1", expected utf-8'),
    (lambda p: p["named"]["claimants"].update(dialect={"delimiter": ";"}), "has a dialect"),
    (
        lambda p: p["named"]["claimants"].update(schema="https://example.org/schema.json"),
        "expected a schema with a list of fields",
    ),
    (
        lambda p: p["named"]["claimants"].update(schema={"$ref": "https://example.org/schema.json"}),
        "expected a schema with a list of fields",
    ),
    (lambda p: schema_of(p, "claimants").update(missingValues=["", "n/a"]), "missingValues must be"),
    (lambda p: schema_of(p, "claimants")["fields"].append("side"), "every field needs a name"),
    (
        lambda p: schema_of(p, "claimants")["fields"].append({"name": "side", "type": "string"}),
        "a field is named twice",
    ),
    (lambda p: schema_of(p, "claimants")["fields"].pop(), 'column "side": not in the schema'),
    (
        lambda p: schema_of(p, "claimants")["fields"][0].update(type="geojson"),
        'type is "geojson", expected one of string, integer',
    ),
    (lambda p: schema_of(p, "claimants")["fields"][0].update(format="email"), 'format is "email"'),
    (lambda p: schema_of(p, "claimants")["fields"][0].update(description={}), "description must be text"),
    (
        lambda p: schema_of(p, "claimants")["fields"][0].update(constraints=[]),
        "constraints must be an object",
    ),
    (
        lambda p: schema_of(p, "claimants")["fields"][4]["constraints"].update(enum="Russia"),
        "constraints.enum must be a list of words",
    ),
    (
        lambda p: schema_of(p, "claimants")["fields"][4]["constraints"].update(enum=[1]),
        "constraints.enum must be a list of words",
    ),
    (
        lambda p: schema_of(p, "claimants")["fields"][4]["constraints"].update(enum=["x"] * 10**5),
        "100,000 words, more than 1,000",
    ),
    (
        lambda p: schema_of(p, "claimants")["fields"][1]["constraints"].update(pattern="("),
        "constraints.pattern",
    ),
    (
        lambda p: schema_of(p, "claimants")["fields"][1]["constraints"].update(pattern="(?=a)"),
        "constraints.pattern",
    ),
    (
        lambda p: schema_of(p, "claimants")["fields"][1]["constraints"].update(pattern=7),
        "constraints.pattern",
    ),
    (
        lambda p: schema_of(p, "claimants")["fields"][1]["constraints"].update(minLength="x"),
        "not a usable schema",
    ),
    (lambda p: schema_of(p, "claimants").update(primaryKey=["nothing"]), "not a usable schema"),
    (
        lambda p: schema_of(p, "figures")["foreignKeys"][0]["reference"].update(resource="nothing"),
        "a foreign key leads to no column of the package",
    ),
    (
        lambda p: schema_of(p, "figures")["foreignKeys"][0]["reference"].update(fields=["nothing"]),
        "a foreign key leads to no column of the package",
    ),
]


@pytest.mark.parametrize(("change", "said"), DESCRIPTIONS, ids=[said[:40] for _, said in DESCRIPTIONS])
def test_descriptors_that_cannot_be_used(copy, change, said):
    copy.describe(change)
    assert any(said in problem for problem in copy.problems), copy.problems
    assert all(problem.startswith("data/") for problem in copy.problems)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "row 1: not usable JSON (Expecting property name enclosed in double quotes)"),
        ("[" * 10**5, "not usable JSON (nested too deep)"),
        (
            '{"resources": 1, "resources": 2}',
            'not usable JSON (the key "resources" stands twice in one object; keep one)',
        ),
        ("[]", "expected a list of resources"),
        ("9" * 10**5, "not usable JSON"),
    ],
)
def test_what_is_no_descriptor(copy, text, said):
    (copy.folder / "datapackage.json").write_text(text)
    assert said in only(copy)


def test_keys_and_constraints_that_an_analyst_adds_hold_too(copy):
    def extend(package):
        schema = schema_of(package, "claimants")
        schema["fields"][1]["constraints"]["unique"] = True
        schema["foreignKeys"] = [{"fields": ["id"], "reference": {"resource": "", "fields": ["name"]}}]

    copy.describe(extend).change("claimants", "kyiv", name="Moscow")
    problems = copy.problems
    assert (
        'data/claimants.csv row 10, column name: "Moscow" stands in row 7 already; give each row its own'
        in problems
    )
    assert any(
        'row 7, column id: "moscow" is not in claimants.csv; did you mean "Moscow"?' in p for p in problems
    )


def test_a_column_that_an_analyst_adds_is_read(copy):
    copy.describe(lambda p: schema_of(p, "claimants")["fields"].append({"name": "born", "type": "integer"}))
    copy.write("claimants", [row | {"born": "1952"} for row in copy.rows("claimants")])
    assert list(copy.load().ledger.claimants["born"].unique()) == [1952]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "([a-zA-Z]+)*1", "(.*)*(.*)*(.*)*x"])
def test_no_pattern_hangs(copy, pattern):
    copy.field("claimants", "role", pattern=pattern, maxLength=None)
    copy.change("claimants", "putin", role="a" * MAX_CELL + "!")
    assert any("column role" in problem for problem in copy.problems)


# ---------------------------------------------------------------- messages


def test_many_problems_are_cut_and_counted():
    error = DataError(f"line {n}" for n in range(60))
    assert len(error.problems) == MAX_PROBLEMS + 1
    assert error.problems[-1] == "… and 10 more"
    assert str(error).count("\n") == MAX_PROBLEMS


def test_a_problem_is_one_line_whatever_it_quotes():
    error = DataError(["a\nb\u202ec" + "x" * 5000, "a\nb\u202ec" + "x" * 5000])
    assert len(error.problems) == 1
    assert error.problems[0].startswith("a⟨U+000A⟩b⟨U+202E⟩c")
    assert len(error.problems[0]) < 1100


def test_shown_and_suggestion():
    assert shown("x" * 100) == f'"{"x" * 60}…"'
    assert suggestion("atleast", ["at least", "exact"]) == '; did you mean "at least"?'
    assert suggestion("atleast", []) == ""
    assert suggestion("a" * 10**6, ["b" * 10**5] * 10**5) == ""


def test_nothing_outside_the_folder_is_read(copy, tmp_path: Path):
    (tmp_path / "secret.csv").write_text("id,name\nx,y\n")
    copy.describe(lambda p: p["named"]["claimants"].update(name="secret", path="../secret.csv"))
    assert "expected secret.csv beside it" in only(copy)
