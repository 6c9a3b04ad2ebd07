"""Records: what a figure says, when it holds, and that it can be kept in sets and pickles."""

import dataclasses
import datetime
import math
import pickle

import pytest

from reported import Bounds


def test_records_know_each_other(rows):
    figure = rows.figures["ru_troops_deployed"]
    assert figure.quantity is rows.quantities["russian_people_deployed"]
    assert figure.claimant is rows.claimants["putin"]
    assert figure.claimant.party is rows.parties["russia"]
    assert figure.relayed_by is rows.claimants["interfax"]
    assert figure.source is rows.sources["rferl_2024_01_26"]
    assert [r.claimant.id for r in rows.figures["il76_pows"].reactions] == ["kyiv"]
    assert rows.figures["ru_killed"].relayed_by is None


def test_records_are_frozen_hashable_and_pickled(rows):
    figure = rows.figures["ru_killed"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        figure.id = "x"
    assert len(set(rows.figures.values())) == len(rows.figures)
    for record in (*rows.figures.values(), *rows.relations, *rows.reactions, *rows.set_aside):
        assert pickle.loads(pickle.dumps(record)) == record
        hash(record)


def test_bounds_under_each_reading(rows):
    assert rows.figures["ru_killed"].stated == {
        "digits": Bounds(42284),
        "typical": Bounds(42284, math.inf),
        "cautious": Bounds(42284, math.inf),
    }
    assert rows.figures["il76_pows_dead"].stated["digits"] is None
    assert rows.figures["il76_pows_dead"].stated["cautious"] == Bounds(12, math.inf)


def test_a_hedged_figure_commits_to_nothing_and_is_said_in_its_words(rows):
    figure = rows.figures["ru_killed_multiple"]
    assert set(figure.stated.values()) == {None}
    assert figure.said == "could be several times higher"


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("ru_troops_engaged", "more than 600,000"),
        ("il76_report_due", "2 to 3"),
        ("il76_pows_dead", "dozens"),
        ("il76_others", "9"),
    ],
)
def test_what_is_printed_for_a_number(rows, figure, said):
    assert rows.figures[figure].said == said


def test_a_percentage_is_printed_as_one(copy):
    copy.change("quantities", "russian_dead_multiple", unit="percent")
    copy.change("figures", "ru_killed_multiple", qualifier="between", value="45", value_to="65", words="45 to 65 percent", hedge="", standing="")  # fmt: skip
    figure = copy.load().figures["ru_killed_multiple"]
    assert figure.said == "45 to 65%"
    assert figure.stated["typical"] == Bounds(45, 65)


HELD = [
    # stated_on, as_of, first, last, words
    ("", "", None, "2024-01-26", "by 26 January 2024"),
    ("2024-01-25", "", None, "2024-01-25", "by 25 January 2024"),
    ("2023-12", "", None, "2023-12-31", "by December 2023"),
    ("2024-01", "", None, "2024-01-26", "by 26 January 2024"),
    ("", "2024-01-24", "2024-01-24", "2024-01-24", "24 January 2024"),
    ("2024-01-25", "2023-12", "2023-12-01", "2023-12-31", "December 2023"),
    ("2024-01-25", "2024", "2024-01-01", "2024-01-26", "2024"),
]


@pytest.mark.parametrize(("stated_on", "as_of", "first", "last", "words"), HELD)
def test_the_days_a_figure_may_hold_for(copy, stated_on, as_of, first, last, words):
    copy.change("figures", "ru_killed", stated_on=stated_on, as_of=as_of)
    held = copy.load().figures["ru_killed"].held
    day = datetime.date.fromisoformat
    assert held == (first and day(first), day(last), words)
