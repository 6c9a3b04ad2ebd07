"""Findings: what does not fit together is named by `check`, and refuses nothing."""

import pytest

from reported.__main__ import main
from reported.ledger import check, findings, load
from tests.figures.ledgers import figure, quantity, relation, write

DEAD, CHILDREN = quantity("dead", kind="event"), quantity("children_dead", kind="event")
CUMULATIVE = quantity("hurt", kind="cumulative", period_start="2031-04-22")


def found(folder, *figures, relations=(), quantities=(DEAD, CHILDREN, CUMULATIVE)):
    write(folder / "data", quantities=quantities, figures=figures, relations=relations)
    assert check(folder / "data") == ()
    return [(f.code, f.row, f.column) for f in findings(load(folder / "data"))]


def of_flood(id, of, said, **cells):
    return figure(id, of, said, event="flood", **cells)


@pytest.mark.parametrize(
    ("part", "whole", "is_found"),
    [
        ("at least 13", "12", True),
        ("13", "up to 12", True),
        ("12", "12", False),
        ("13", "at least 12", False),
        ("13", "about 12", False),
        ("about 100", "90", False),
    ],
)
@pytest.mark.parametrize("by_quantity", [False, True])
def test_a_part_above_its_whole(tmp_path, part, whole, is_found, by_quantity):
    rows = of_flood("whole", "dead", whole), of_flood("part", "children_dead", part)
    names = ("children_dead", "dead") if by_quantity else ("part", "whole")
    expected = [("part-above-whole", 3, "value")] if is_found else []
    assert found(tmp_path, *rows, relations=[relation(names[0], "part of", names[1])]) == expected


def test_quantities_are_held_against_each_other_for_one_event_day_and_speaker(tmp_path):
    whole = of_flood("whole", "dead", "12")
    others = [
        figure("quake", "children_dead", "13", event="quake"),
        of_flood("elsewhere", "children_dead", "13", claimant="mayor"),
        of_flood("later", "children_dead", "13", as_of="2031-05-02"),
    ]
    assert found(tmp_path, whole, *others, relations=[relation("children_dead", "part of", "dead")]) == []


@pytest.mark.parametrize(
    ("one", "other", "cells", "is_found"),
    [
        ("12", "15", {}, True),
        ("up to 12", "more than 12", {}, True),
        ("12", "at least 12", {}, False),
        ("about 12", "13", {}, False),
        ("12", "15", {"claimant": "mayor"}, False),
        ("12", "15", {"event": "quake"}, False),
        ("12", "15", {"window": "1 day"}, False),
        ("12", "15", {"standing": "feared", "hedge": "feared"}, False),
    ],
)
def test_one_event_given_numbers_that_contradict_by_one_speaker(tmp_path, one, other, cells, is_found):
    rows = of_flood("one", "dead", one), figure("other", "dead", other, **({"event": "flood"} | cells))
    assert found(tmp_path, *rows) == ([("contradiction", 3, "value")] if is_found else [])


def test_what_corrects_contradicts_nothing_and_a_toll_may_rise(tmp_path):
    rows = of_flood("one", "dead", "12"), of_flood("other", "dead", "15")
    assert found(tmp_path, *rows, relations=[relation("other", "refines", "one")]) == []
    days = of_flood("first", "hurt", "12", as_of="2031-04-29"), of_flood("second", "hurt", "15")
    assert found(tmp_path, *days) == []
    assert found(tmp_path, *days, of_flood("third", "hurt", "20")) == [("contradiction", 4, "value")]


@pytest.mark.parametrize(
    ("window", "is_found"),
    [
        ("since 2031-05-02", True),
        ("since 2031", False),
        ("9 day", False),
        ("12 day", True),
        ("1 month", True),
    ],
)
def test_a_window_outside_its_days(tmp_path, window, is_found):
    expected = [("window-outside", 2, "window")] if is_found else []
    assert found(tmp_path, of_flood("one", "hurt", "12", window=window)) == expected


def test_check_names_them_and_is_content(tmp_path, capsys):
    found(tmp_path, of_flood("one", "dead", "12"), of_flood("other", "dead", "15"))
    assert main(["check", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "to look at: data/figures.csv row 3, column value: “15”, but The Gazette says “12”" in printed
    assert printed.endswith("all checked\n")
