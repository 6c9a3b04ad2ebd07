"""Verdicts: the outcome of ordering two operands or of holding them against each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from reported.figures import card
from reported.figures.cautions import REPEATED, Caution, between, merged
from reported.figures.exact import Interval
from reported.figures.operand import Operand, check_reading, inexact_leaves
from reported.intervals import wording
from reported.ledger.records import READINGS

HOLDS, FAILS, UNDETERMINED, REFUSED, MISSING = "holds", "fails", "undetermined", "refused", "missing"
PAGE_WORDS = {
    HOLDS: "yes",
    FAILS: "no",
    UNDETERMINED: "cannot be told",
    REFUSED: "refused",
    MISSING: wording.MISSING,
}
_FIT_WORDS = {HOLDS: "nothing contradicts", FAILS: "they contradict each other"}


class Verdict:
    """Two operands in an order (`> >= < <=`) or held against each other (`compatible`), under each reading.

    An order holds if every pair of numbers within the bounds satisfies it, fails if none does, and is undetermined
    otherwise. `compatible` holds if the bounds overlap. A verdict has no truth value: `if`, `and`, `min`, `sorted`
    and chains such as `a > b > c` raise TypeError.
    """

    def __init__(self, left: Operand, operator: str, right: Operand, refused: Iterable[str] = ()) -> None:
        self.left, self.operator, self.right = left, operator, right
        self.refusals = tuple(dict.fromkeys([*left.refusals, *right.refusals, *refused]))
        self.figures = tuple(dict.fromkeys([*left.figures, *right.figures]))
        one, other = left.expression, right.expression
        self.expression = f"compatible({one}, {other})" if self.is_fit else f"{one} {operator} {other}"
        self.label = self.expression

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """Reasons to be careful, the weightiest first."""
        found = [*self.left.cautions, *self.right.cautions, *between(self.left.figures, self.right.figures)]
        repeated = set(inexact_leaves(self.left)) & set(inexact_leaves(self.right))
        unsure = HOLDS if self.is_fit else UNDETERMINED  # what narrower bounds might change
        if repeated and any(self.under(reading) == unsure for reading in READINGS):
            found.append(REPEATED)
        return merged(found, self.figures)

    @property
    def is_fit(self) -> bool:
        """Whether it holds two operands against each other instead of ordering them."""
        return self.operator == "compatible"

    def under(self, reading: str) -> str:
        """holds, fails or undetermined under a reading; refused; missing where a side has no digits."""
        check_reading(reading)
        if self.refusals:
            return REFUSED
        one, other = self.left.exact[reading], self.right.exact[reading]
        return MISSING if one is None or other is None else _decided(one, self.operator, other)

    @property
    def verdict(self) -> str:
        """What a reader may rely on: the verdict under the typical reading.

        Wider bounds can only make an overlap easier: an overlap that the cautious reading alone finds is
        undetermined.
        """
        typical = self.under("typical")
        if self.is_fit and typical == FAILS and self.under("cautious") != FAILS:
            return UNDETERMINED
        return typical

    @property
    def firm(self) -> bool:
        """Whether it is decided under the cautious reading. An overlap is never firm; a contradiction may be."""
        cautious = self.under("cautious")
        return cautious == FAILS if self.is_fit else cautious in (HOLDS, FAILS)

    def says(self, reading: str = "typical") -> str:
        """The verdict under a reading, as a page has it: yes, no or cannot be told."""
        return self.words(self.under(reading))

    def words(self, outcome: str) -> str:
        """An outcome in a page's words: an overlap is "nothing contradicts", which is less than agreement."""
        return _FIT_WORDS.get(outcome, PAGE_WORDS[outcome]) if self.is_fit else PAGE_WORDS[outcome]

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"{self.expression} is a verdict, which may be undetermined, so it is neither true nor false: "
            'ask for .verdict ("holds", "fails", "undetermined"), .firm or .under("typical"); '
            "for the smaller or larger of operands there are smallest() and largest()"
        )

    def __eq__(self, other: object) -> bool:
        if isinstance(other, bool | str):
            raise TypeError(
                f"{self.expression} is a verdict: compare .verdict or .under(reading) with a word"
            )
        return NotImplemented

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return card.line(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return card.mimebundle(self)


def _decided(one: Interval, operator: str, other: Interval) -> str:
    if operator == "compatible":
        return HOLDS if one.lower <= other.upper and other.lower <= one.upper else FAILS
    if operator in ("<", "<="):
        one, other = other, one
    if operator in (">", "<"):
        holds, fails = one.lower > other.upper, one.upper <= other.lower
    else:
        holds, fails = one.lower >= other.upper, one.upper < other.lower
    return HOLDS if holds else FAILS if fails else UNDETERMINED
