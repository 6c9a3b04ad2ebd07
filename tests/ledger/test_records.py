"""Records: a figure holds all that was reported of it."""

import datetime
import math
from decimal import Decimal

import pytest

from reported import Bounds

# ---------------------------------------------------------------- what it hands out


def test_a_figure_has_all_that_was_reported_of_it(ledger):
    figure = ledger.ru_killed
    assert figure is ledger["ru_killed"]
    assert (figure.qualifier, figure.value, figure.paragraph) == ("at least", Decimal(42284), 22)
    assert figure.claimant.name == "Mediazona and BBC Russian Service"
    assert figure.claimant.side == "independent"
    assert figure.evidence == "identified by name"
    assert figure.quantity.period_start == datetime.date(2022, 2, 24)
    assert figure.quantity.period_basis == "derived"
    assert figure.bounds["typical"] == Bounds(42284, math.inf)
    assert figure.said == "at least 42,284"


def test_a_figure_in_a_sentence_is_linked_words(ledger):
    assert f"{ledger.ru_killed}" == str(ledger.ru_killed) == "[at least 42,284](#figure-ru_killed)"
    assert f"{ledger.ru_killed:capital}" == "[At least 42,284](#figure-ru_killed)"
    with pytest.raises(ValueError, match='no form "captial"'):
        f"{ledger.ru_killed:captial}"


def test_relaying_is_credited_only_where_the_article_credits_it(ledger):
    relayed = {f.id: f.relayed_by.name for f in ledger if f.relayed_by}
    assert relayed == {
        "ru_remains_returned": "Interfax",
        "ru_troops_deployed": "Interfax",
        "front_length": "Interfax",
    }


def test_only_one_figure_is_stated_without_evidence(ledger):
    assert [f.id for f in ledger if f.evidence == "stated to be without evidence"] == ["il76_warning"]
