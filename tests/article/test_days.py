"""The days that a sentence names, counted from the day of publication where they are not written out."""

import datetime

import pytest

from reported.article.days import days, published_in

FRIDAY = datetime.date(2031, 12, 12)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("As of 10 December 2031, 12 were ill.", [("2031-12-10", "as of")]),
        ("In the week to 7 December 12 fell ill.", [("2031-12-07", "to")]),
        ("They died on Dec. 30.", [("2030-12-30", "on")]),
        ("It was 3 percent in March.", [("2031-03", "in")]),
        ("It may be 3 percent.", []),
        ("Police said Tuesday that 12 came.", [("2031-12-09", "")]),
        ("Police said on Friday that 12 came.", [("2031-12-12", "on")]),
        ("12 came yesterday.", [("2031-12-11", "")]),
        ("12 came last month.", [("2031-11", "")]),
        ("It was 12 last year.", [("2030", "")]),
        ("A vote is planned for Tuesday.", [("2031-12-16", "for")]),
        ("It will fall to 3 by 2040.", [("2040", "by")]),
        ("There were 1,997 of them.", []),
        ("Some 30 February 2031 came.", []),
    ],
)
def test_days_of_a_sentence(sentence, found):
    assert [(day.date, day.how) for day in days(sentence, FRIDAY)] == found


def test_without_a_day_of_publication_only_what_is_written_out_is_a_day():
    assert [day.date for day in days("On Tuesday, in March and on 3 May 2030.", None)] == ["2030-05-03"]


def test_what_was_inferred_is_said():
    [day] = days("They came on Tuesday.", FRIDAY)
    assert day.inferred == '"Tuesday", counted from 2031-12-12'


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("By Ana Rui, 3 August 2026", "2026-08-03"),
        ("Thursday 22 October 2009 13:28", "2009-10-22"),
        ("3/8/2026", ""),
    ],
)
def test_a_byline_has_the_day_of_publication(line, day):
    assert published_in(line) == day
