"""The package: what loading a ledger hands out."""

import itertools
import subprocess
import sys

import pytest

from reported.ledger import DataError, check, load
from reported.ledger.frames import frame as frame_of
from reported.ledger.records import TABLES
from reported.ledger.schema import columns
from tests.ledgers import DATA


def test_the_project_s_own_ledger_loads(package):
    assert check(DATA) == check(str(DATA)) == ()
    assert package.folder == DATA
    assert len(package.figures) == len(package.table("figures").rows)
    assert package.settings["title"]
    assert package.settings["subtitle"]


def test_every_figure_keeps_its_id(package):
    for id_ in (
        "il76_pows", "il76_others", "ua_remains_returned", "ru_remains_returned", "ru_remains_returned_deputy",
        "earlier_repatriations", "il76_pows_dead", "il76_warning", "il76_report_due", "il76_pows_putin",
        "ru_troops_engaged", "ru_troops_deployed", "front_length", "ru_killed", "ru_killed_multiple",
        "ua_ground_forces",
    ):  # fmt: skip
        assert id_ in package.figures


def test_loading_raises_with_every_fault(copy):
    copy.change("figures", "ru_killed", value="x", paragraph="0")
    with pytest.raises(DataError) as caught:
        load(copy.folder)
    assert caught.value.problems == copy.problems
    assert len(copy.problems) == 2


def test_relations_lead_both_ways_and_through_quantities(package):
    relation = package.related("restates", "il76_pows", "il76_pows_putin")
    assert relation is package.related("restates", "il76_pows_putin", "il76_pows")
    assert package.related("unrelated to", "ua_remains_returned", "il76_pows_putin").hedge == "appears"
    assert package.related("floor of", "ru_killed", "russian_dead").id == "identified_killed"
    assert package.related("unrelated to", "ru_killed", "ru_troops_engaged") is None


def test_no_table_of_that_name(package):
    with pytest.raises(KeyError, match="expected one of sources, parties"):
        package.table("responses")
    with pytest.raises(KeyError, match="expected one of sources, parties"):
        frame_of(package, "responses")


def test_a_project_may_have_its_own_readings(copy, package):
    assert not (copy.folder / "readings.csv").exists()
    copy.change("readings", "typical_about", lower_factor="0.9")
    assert package.figures["ua_ground_forces"].bounds["typical"].lower == 570_000
    assert copy.load().figures["ua_ground_forces"].bounds["typical"].lower == 540_000
    assert copy.load().readings["typical"]["about"].lower_factor != package.readings["typical"]["about"].lower_factor  # fmt: skip


def test_a_ledger_may_hold_no_rows_yet(copy):
    for name, record in TABLES.items():
        if name != "readings":
            copy.path(name).write_text(",".join(columns(record)) + "\n")
    package = copy.load()
    assert not package.figures
    assert frame_of(package, "figures").empty
    assert str(frame_of(package, "figures")["typical"].dtype) == "bounds"


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
