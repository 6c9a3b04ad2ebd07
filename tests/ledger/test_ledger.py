"""The ledger: what it hands out."""

import math

import pandas as pd
import pytest

from reported import Bounds, DataError, Ledger
from tests.ledgers import DATA


def test_figures_are_selected_by_what_they_are(ledger):
    assert {f.id for f in ledger.select(topic="troops", side="Ukraine")} == {"ua_ground_forces"}
    assert {f.id for f in ledger.select(claimant="kartapolov")} == {"il76_warning"}
    assert {f.id for f in ledger.select(quantity="remains_to_russia")} == {
        "ru_remains_returned",
        "ru_remains_returned_deputy",
    }
    assert len(ledger.select(source="rferl-2024-01-26")) == len(ledger) == len(ledger.select())
    with pytest.raises(TypeError, match="cannot be selected by colour"):
        ledger.select(colour="blue")


def test_what_is_not_there_is_named_with_what_may_be_meant(ledger):
    with pytest.raises(KeyError, match='did you mean "ru_killed"'):
        ledger["ru_kiled"]
    with pytest.raises(AttributeError, match='did you mean "ru_killed"'):
        _ = ledger.ru_kiled
    with pytest.raises(AttributeError):
        _ = ledger._private


def test_tables_are_data_frames(ledger):
    figures = ledger.figures
    assert list(figures.index) == [f.id for f in ledger]
    assert str(figures["typical"].dtype) == "bounds"
    assert figures.loc["ru_killed", "cautious"] == Bounds(42284, math.inf)
    assert figures["face value"].isna().sum() == sum(f.value is None for f in ledger)
    assert figures["paragraph"].dtype == "Int64"
    assert figures.loc["ru_killed", "as_of"] == pd.Timestamp("2024-01-26")
    assert pd.isna(figures.loc["ua_ground_forces", "stated_on"])
    assert figures.loc["ru_killed", "value"] == "42284"
    for name, count in ledger.records.items():
        assert len(getattr(ledger, name)) == count
    assert ledger.quantities["whole"].dtype == "boolean"
    assert ledger.readings["coverage_tens"].dtype == "Float64"
    assert repr(ledger) == f"Ledger({len(ledger)} figures, {ledger.records['claimants']} claimants)"


def test_relations_lead_both_ways_and_through_quantities(ledger):
    relation = ledger.related("restates", "ru_remains_returned", "ru_remains_returned_deputy")
    assert relation is ledger.related("restates", "ru_remains_returned_deputy", "ru_remains_returned")
    assert ledger.related("unrelated to", "ua_remains_returned", "il76_pows_putin").paragraph == 1
    assert ledger.related("unrelated to", "ru_killed", "ru_troops_engaged") is None


def test_the_nearest_package_is_found_from_below(tmp_path, copy, monkeypatch):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert Ledger().folder == copy.folder
    monkeypatch.chdir("/")
    with pytest.raises(DataError, match="not found here or in any folder above"):
        Ledger()


def test_references_are_markdown_that_shows_as_written(ledger):
    assert any(r"IEEE Std 1788\-2015" in title for title in ledger.references)


def test_the_ledger_of_the_project_says_so():
    assert len(Ledger(DATA)) == len(Ledger(str(DATA)))


def test_quantities_followed_over_days(copy, ledger):
    assert ledger.followed == []
    copy.change("figures", "il76_pows_putin", as_of="2024-01-25")
    assert copy.load().ledger.followed == ["prisoners_on_aircraft"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"answers_tens": ""}, "one of the two is empty; give both or neither"),
        ({"coverage_tens": ""}, "one of the two is empty; give both or neither"),
        ({"answers_tens": "0"}, "expected a share from 0 to 1, and how many answered"),
    ],
)
def test_a_share_comes_with_its_number_of_answers(copy, cells, said):
    copy.change("readings", "typical_about", **cells)
    (problem,) = copy.problems
    assert problem == f"data/readings.csv row 29, columns coverage_tens, answers_tens: {said}"
