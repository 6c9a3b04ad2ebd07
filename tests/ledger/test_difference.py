"""What changed between two ledgers."""

import pytest

from reported.ledger import DataError, diff
from tests.ledgers import DATA


def test_nothing_changed(rows, copy):
    copy.write("figures", [dict(sorted(row.items())) for row in reversed(copy.rows("figures"))])
    assert diff(rows, copy.load()) == diff(DATA, copy.folder) == []


def test_figures_added_revised_and_removed(copy):
    copy.change("figures", "ru_killed", value="42285", words="At least 42,285 Russian military personnel")
    copy.add("figures", "ua_ground_forces", id="ua_ground_forces_later")
    copy.drop("figures", "earlier_repatriations").drop("quantities", "earlier_repatriations")
    changes = diff(DATA, copy.folder)
    assert [str(change) for change in changes] == [
        'figures: earlier_repatriations removed, "Several previous repatriations"',
        'figures: ru_killed revised, value from "42284" to "42285"',
        'figures: ru_killed revised, words from "At least 42,284 Russian military personnel" to "At least 42,285 Russian military personnel"',
        'figures: ua_ground_forces_later added, "number about 600,000"',
        'quantities: earlier_repatriations removed, "Earlier repatriations of remains, by both sides"',
    ]
    assert [(c.kind, c.id, c.column) for c in changes[1:2]] == [("revised", "ru_killed", "value")]


def test_a_ledger_that_does_not_load(copy):
    copy.change("figures", "ru_killed", value="x")
    with pytest.raises(DataError, match="column value"):
        diff(DATA, copy.folder)
