"""Verdicts: under each reading, firm or not, in a page's words, and what they rest on."""

import pytest

from reported import compatible
from reported.figures.expressions import Verdict


@pytest.mark.parametrize(
    ("verdict", "typical", "firm", "says"),
    [
        (lambda t: t.about100 > t.fifty, "holds", True, "yes"),
        (lambda t: t.about100 > 97, "undetermined", False, "cannot be told"),
        (lambda t: t.about100 > 110, "fails", False, "no"),
        (lambda t: t.about100 > 120, "fails", True, "no"),
        (lambda t: t.dozens > 20, "holds", False, "yes"),
        (lambda t: t.could400 > 1, "refused", False, "refused"),
        # an overlap confirms nothing; where only the cautious reading finds one, nothing can be told
        (lambda t: compatible(t.fifty, t.fifty_again), "holds", False, "no contradiction"),
        (lambda t: compatible(t.about100, t.nearly200), "fails", True, "they contradict each other"),
        (lambda t: compatible(t.about100, 110), "undetermined", False, "cannot be told"),
    ],
)
def test_what_a_verdict_is(town, verdict, typical, firm, says):
    found = verdict(town)
    assert (found.verdict, found.firm) == (typical, firm)
    assert found.words(found.verdict) == says


def test_it_answers_under_each_reading(town):
    verdict = town.about100 > 97
    assert [verdict.under(r) for r in ("digits", "typical", "cautious")] == [
        "holds",
        "undetermined",
        "undetermined",
    ]
    assert (verdict.says("digits"), verdict.says()) == ("yes", "cannot be told")
    with pytest.raises(
        ValueError, match=r"expected a reading \(digits, typical, cautious\), found 'face value'"
    ):
        verdict.under("face value")
    assert (town.dozens > 20).says("digits") == "no digits reported"


def test_it_knows_its_sides_and_what_it_rests_on(town):
    verdict = town.about100 + town.fifty > 2 * town.about100
    assert isinstance(verdict, Verdict)
    assert verdict.figures == (town.about100, town.fifty)
    assert (verdict.left.expression, verdict.operator, verdict.right.expression) == (
        "about100 + fifty",
        ">",
        "2 * about100",
    )
    assert verdict.expression == "about100 + fifty > 2 * about100"
    assert compatible(town.fifty, 50).expression == "compatible(fifty, 50)"


def test_its_cautions_are_those_of_both_sides_and_of_having_them_together(town):
    kinds = [caution.kind for caution in (town.about100 > town.least30).cautions]
    assert kinds == ["populations", "party", "reaction", "open end", "readings"]


def test_its_line_is_short_and_says_why_it_is_refused(town):
    assert repr(town.about100 > town.fifty) == "about100 > fifty: holds, firm"
    assert repr(town.could400 > 1).startswith("could400 > 1: refused: “could” makes no commitment")
