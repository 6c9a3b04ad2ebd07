"""One phrase as bounds."""

import math

import pytest

from reported import Bounds
from reported.ledger.phrases import read


def test_one_phrase_is_read_under_each_reading():
    assert read("about 600,000").bounds == {
        "digits": Bounds(600_000),
        "typical": Bounds(570_000, 630_000),
        "cautious": Bounds(480_000, 720_000),
    }
    assert read("dozens").bounds["digits"] is None
    assert read("more than 5").bounds["typical"] == Bounds(5, math.inf, "right")
    assert read("more than 5", whole=True).bounds["typical"] == Bounds(6, math.inf)


@pytest.mark.parametrize("words", ["somebody", "42.284", "could reach 5,000"])
def test_one_phrase_without_one_clear_number_says_so(words):
    with pytest.raises(ValueError, match=words):
        read(words)
