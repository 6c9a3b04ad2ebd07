"""A fault is a code, a place and a text: what is asked of it needs no wording."""

import pickle

import pytest

from reported.ledger import DataError, Fault
from reported.ledger.faults import Place

FOUND = [
    ("figures", "ru_killed", {"value": "42.284"}, "not-whole", "value"),
    ("figures", "ru_killed", {"value": "42285"}, "not-the-words", "value"),
    (
        "figures",
        "ru_killed",
        {"words": "12 in Lumo", "qualifier": "exact", "value": "13"},
        "not-the-words",
        "value",
    ),
    ("figures", "ru_killed", {"value": "-5"}, "negative", "value"),
    ("figures", "ru_killed", {"value": ""}, "empty", "value"),
    ("figures", "ru_killed", {"qualifier": "atleast"}, "choice", "qualifier"),
    ("figures", "ru_killed", {"claimant": "nobody"}, "unknown-id", "claimant"),
    ("figures", "ru_killed", {"value": "?42284"}, "undecided", "value"),
    ("figures", "ru_killed", {"hedge": "could"}, "hedge-without-standing", "standing"),
    ("figures", "ru_killed", {"id": "select"}, "id-reserved", "id"),
    ("figures", "ru_killed", {"stated_on": "2031-01-01"}, "after-publication", "stated_on"),
    ("relations", "deputy_agency", {"object": "ru_remains_returned_deputy"}, "both-sides", "object"),
    ("readings", "typical_about", {"upper_factor": ""}, "rule", ""),
]


@pytest.mark.parametrize(("table", "row", "cells", "code", "column"), FOUND, ids=[f[3] for f in FOUND])
def test_a_fault_is_known_by_its_code_and_place(copy, table, row, cells, code, column):
    line = copy.line(table, row)
    copy.change(table, row, **cells)
    assert (code, f"data/{table}.csv", line, column) in [
        (f.code, f.file, f.row, f.column) for f in copy.faults
    ]


def test_faults_of_a_whole_file(copy):
    copy.path("claimants").write_bytes(b"\xff\xfe")
    copy.path("parties").unlink()
    found = {fault.file: fault for fault in copy.faults}
    assert (found["data/claimants.csv"].code, found["data/claimants.csv"].row) == ("not-utf-8", 1)
    assert (found["data/parties.csv"].code, found["data/parties.csv"].row) == ("no-file", None)


def test_a_cell_that_says_what_a_fault_would_is_none_of_it(copy):
    """Faults are told apart by their code, not by words that a cell may hold as well."""
    copy.change("figures", "ru_killed", words="12 is not decided yet")
    assert "undecided" not in {fault.code for fault in copy.faults}


def test_an_error_keeps_its_faults_through_a_pickle():
    fault = Fault("choice", Place("data/figures.csv", 7, "qualifier"), "no")
    error = pickle.loads(pickle.dumps(DataError([fault, "another file is at fault"])))
    assert error.faults[0] == fault
    assert error.problems == ("data/figures.csv row 7, column qualifier: no", "another file is at fault")
    assert str(error) == "\n".join(error.problems)
