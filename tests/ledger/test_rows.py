"""What loading a ledger hands out."""

import itertools
import subprocess
import sys

import pytest

from reported import Ledger
from reported.ledger import DataError, check, load
from reported.ledger.records import TABLES
from reported.ledger.schema import columns
from tests.ledgers import DATA


def test_the_project_s_own_ledger_loads(rows):
    assert check(DATA) == check(str(DATA)) == ()
    assert rows.folder == DATA
    assert len(rows.figures) == len(rows.tables["figures"].rows)
    assert rows.settings["title"]
    assert rows.settings["subtitle"]


def test_every_figure_keeps_its_id(rows):
    for id_ in (
        "il76_pows", "il76_others", "ua_remains_returned", "ru_remains_returned", "ru_remains_returned_deputy",
        "earlier_repatriations", "il76_pows_dead", "il76_warning", "il76_report_due", "il76_pows_putin",
        "ru_troops_engaged", "ru_troops_deployed", "front_length", "ru_killed", "ru_killed_multiple",
        "ua_ground_forces",
    ):  # fmt: skip
        assert id_ in rows.figures


def test_loading_raises_with_every_fault(copy):
    copy.change("figures", "ru_killed", value="x", paragraph="0")
    with pytest.raises(DataError) as caught:
        load(copy.folder)
    assert caught.value.problems == copy.problems
    assert len(copy.problems) == 2


def test_a_project_may_have_its_own_readings(copy, rows):
    assert not (copy.folder / "readings.csv").exists()
    copy.change("readings", "typical_about", lower_factor="0.9")
    assert rows.figures["ua_ground_forces"].stated["typical"].lower == 570_000
    assert copy.load().figures["ua_ground_forces"].stated["typical"].lower == 540_000
    assert copy.load().readings["typical"]["about"].lower_factor != rows.readings["typical"]["about"].lower_factor  # fmt: skip


def test_a_ledger_may_hold_no_rows_yet(copy):
    for name, record in TABLES.items():
        if name != "readings":
            copy.path(name).write_text(",".join(columns(record)) + "\n")
    ledger = Ledger(copy.folder)
    assert not ledger.rows.figures
    assert ledger.figures.empty
    assert str(ledger.figures["typical"].dtype) == "bounds"


@pytest.mark.parametrize("module", ["pandas", "numpy", "pyarrow", "frictionless", "fcntl"])
def test_loading_a_ledger_imports_nothing_heavy_and_nothing_of_one_system(module):
    code = (
        f"import sys; sys.modules[{module!r}] = None; from reported.ledger import load; load({str(DATA)!r})"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=DATA.parent).returncode == 0


def test_the_work_grows_with_the_rows_alone(copy):
    """Four times the rows take less than five times the calls."""
    figures, relations = copy.rows("figures"), copy.rows("relations")
    figure = next(row for row in figures if row["id"] == "ru_killed")
    relation = next(row for row in relations if row["id"] == "putin_kremlin")

    def calls(rows):
        many = [figure | {"id": f"f{n}"} for n in range(rows)]
        pairs = [{"id": f"r{n}", "subject": f"f{n}", "object": "ru_killed"} for n in range(rows)]
        copy.write("figures", [*figures, *many])
        copy.write("relations", [*relations, *[relation | pair for pair in pairs]])
        count = itertools.count()
        sys.setprofile(lambda *_: next(count))
        try:
            copy.load()
        finally:
            sys.setprofile(None)
        return next(count)

    calls(1)  # what is set up once is not counted
    assert calls(400) < 5 * calls(100)


def test_of_a_draft_what_is_not_decided_is_left_out_with_all_that_refers_to_it(copy):
    copy.change("figures", "ru_killed", note="?").change("claimants", "interfax", role="?")
    rows = load(copy.folder, draft=True)
    by_interfax = {
        row["id"] for row in copy.rows("figures") if "interfax" in (row["claimant"], row["relayed_by"])
    }
    left = {row["id"] for row in rows.undecided["figures"]}
    assert by_interfax
    assert left == {"ru_killed"} | by_interfax
    assert left.isdisjoint(rows.figures)
    assert len(rows.figures) + len(left) == len(copy.rows("figures"))
    assert all(left.isdisjoint((relation.subject, relation.object)) for relation in rows.relations)
    assert [row["id"] for row in rows.undecided["claimants"]] == ["interfax"]


def test_a_fault_of_a_draft_is_at_the_line_of_its_file(copy):
    first, last = (copy.rows("figures")[n]["id"] for n in (0, -1))
    copy.change("figures", first, note="?").change("figures", last, paragraph="0")
    assert [fault.row for fault in check(copy.folder, draft=True)] == [copy.line("figures", last)]


def test_a_figure_has_the_reactions_to_it(rows):
    assert rows.reactions
    for figure in rows.figures.values():
        assert list(figure.reactions) == [r for r in rows.reactions if r.figure == figure.id]


def test_an_id_that_python_keeps_for_itself_is_refused_as_one(copy):
    copy.change("figures", "il76_others", id="class")
    assert '"class" is a word of the Python language; choose another id' in str(copy.faults[0])
