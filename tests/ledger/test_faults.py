"""A fault is a code, a place and a text: what is asked of it needs no wording."""

import pickle

import pytest

from reported.ledger import DataError, Fault
from reported.ledger.faults import Place
from tests import faults


@pytest.mark.parametrize("example", faults.BROKEN + faults.TO_LOOK_AT, ids=lambda example: example[0])
def test_a_fault_is_known_by_its_code_and_place(example):
    code, column, _ = example
    fault = faults.said(*example)
    assert (fault.code, fault.column) == (code, column)


def test_every_code_has_an_example_in_the_docs():
    shown = [code for code, *_ in faults.BROKEN + faults.TO_LOOK_AT]
    assert sorted(shown) == sorted(faults.codes() - {"file"})
    assert faults.PAGE.read_text(encoding="utf-8") == faults.written(), (
        "python -m tests.faults writes it anew"
    )


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
