"""A project's tables as files: rows added as the file is written, and what is to be decided."""

import signal

import pytest

from reported.ledger import DataError
from reported.project.layout import lay_out
from reported.project.tables import add, rows, undecided, uninterrupted

TOWN = {"id": "town", "label": "The town", "interested": "yes"}


@pytest.fixture
def data(tmp_path):
    lay_out(tmp_path / "flood", "The flood", {"parties": [TOWN]})
    return tmp_path / "flood" / "data"


def test_rows_go_to_the_end_in_the_files_own_columns(data):
    (data / "parties.csv").write_text("label,id,interested,colour\nThe town,town,yes,", encoding="utf-8")
    add(data, {"parties": [{"id": "state", "label": "State, the", "interested": "no"}]})
    assert (data / "parties.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "The town,town,yes,",
        '"State, the",state,no,',
    ]


def test_a_file_that_a_spreadsheet_wrote_keeps_its_ways(data):
    before = "\ufeffid;label;colour;interested\r\ntown;The town;;yes\r\n".encode()
    (data / "parties.csv").write_bytes(before)
    add(data, {"parties": [{"id": "state", "label": "The state", "interested": "no"}]})
    assert (data / "parties.csv").read_bytes() == before + b"state;The state;;no\r\n"
    assert [row["id"] for row in rows(data)["parties"]] == ["town", "state"]


def test_a_project_needs_no_readings_of_its_own(data):
    assert rows(data)["readings"]
    (data / "readings.csv").unlink()
    assert "readings" not in rows(data)


def test_after_a_fault_no_table_is_changed(data):
    before = (data / "parties.csv").read_bytes()
    (data / "claimants.csv").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/claimants\.csv row 1: no column id"):
        add(data, {"parties": [{"id": "state"}], "claimants": [{"id": "mayor"}]})
    assert (data / "parties.csv").read_bytes() == before
    assert not list(data.glob(".reported-*"))


def test_ctrl_c_waits_for_the_outermost_block():
    done = []

    def work():
        with uninterrupted():
            with uninterrupted():
                signal.raise_signal(signal.SIGINT)
                done.append("inner")
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["inner", "outer"]


def test_each_row_with_something_to_decide_is_one_line(data):
    add(
        data,
        {
            "claimants": [
                {"id": "mayor", "name": "?Ana Silva", "party": "?"},
                {"id": "x", "name": "X", "party": "town"},
            ]
        },
    )
    assert undecided(data) == ['data/claimants.csv row 2 (mayor): name "?Ana Silva", party ?']


def test_a_table_that_cannot_be_read_is_named_and_not_taken_for_an_empty_one(data):
    (data / "figures.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match=r"data/figures\.csv"):
        rows(data)
