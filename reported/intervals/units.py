"""Units of bounds, figures and results: what may be added, what converts, and how a unit is named.

Names come from `reported.prose.units`, the one vocabulary; pint knows the factors of lengths, areas, masses, times and
what is made of them. A count has a unit of its own ("person", "boat"), and so has each currency: they equal themselves
alone. Percentages are fractions here; that they are percentages is kept for print.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, TypeAlias

from reported.intervals import wording
from reported.prose import units as vocabulary

SHARE, POINTS = vocabulary.PERCENT, vocabulary.POINT
_VERBS = {
    "+": "added to",
    "-": "subtracted from",
    "compatible": "compared with",
    "in": "a unit of",
    "set": "replaced by",
    "hull": "joined with",
    "intersection": "compared with",
    "contains": "compared with",
} | dict.fromkeys((">", ">=", "<", "<=", "smallest", "largest", "sorted"), "ordered against")
_NOT_CONVERTED = frozenset(
    (
        "degree",
        "degree Celsius",
        "degree Fahrenheit",
        "decibel",
        "ton",
        "kiloton",
        "megaton",
        "night",
        "calibre",
        "month",
        "quarter",
    )
)
"""Measures whose size is not one: degrees of what, a ton of which country, a month of how many days."""
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_IN_PINT = {
    "barrel": "oil_bbl",
    "pound per square inch": "psi",
    "nautical mile": "nautical_mile",
    "light year": "light_year",
}
_POWERS = {"square": 2, "cubic": 3}


class UnitError(ValueError):
    """A sum, difference, order or comparison of unlike units; the message names both, and the cells to change."""


@dataclass(frozen=True, eq=False)
class Unit:
    """A product of powers of named units; `print_as` marks a fraction that is printed as a percentage.

    It equals any spelling of itself: `figure.unit == "km"`. It hashes as its standard name does, so that sets and
    dictionaries find it by that.

    >>> Unit.of("person") / Unit.of("day"), Unit.of("percent"), Unit.of("person") / Unit.of("person")
    (Unit('person per day'), Unit('percent'), Unit('number'))
    >>> Unit.of("kilometre") == "km", Unit.of("person") == "people", Unit.of("person") == "kilometre"
    (True, True, False)
    >>> Unit.of("case per 100000 person").name()
    'cases per 100,000 people'
    """

    powers: tuple[tuple[str, int], ...] = ()
    print_as: str = ""

    @classmethod
    def of(cls, name: str) -> Unit:
        """The unit of a quantity by its standard name; "", "ratio" and "number" are plain numbers."""
        if name in _IN_PINT:
            return cls(((name, 1),))
        above, *below = name.split(" per ")
        powers: dict[str, int] = {}
        factors = [] if above in ("", "ratio", "number", SHARE, POINTS) else above.split(" × ")
        for sign, parts in ((1, factors), (-1, below)):
            for part in parts:
                noun, _, power = part.partition("^")
                powers[noun] = powers.get(noun, 0) + sign * int(power or 1)
        return cls(_sorted(powers), above if above in (SHARE, POINTS) else "")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.standard == other or self.standard == Unit.of(vocabulary.standard(other)).standard
        if isinstance(other, Unit):
            return (self.powers, self.print_as) == (other.powers, other.print_as)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.standard)

    def __mul__(self, other: Unit) -> Unit:
        return self._with(other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return self._with(other, -1)

    def _with(self, other: Unit, sign: int) -> Unit:
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        left = _sorted(powers)
        marks = {mark for mark in (self.print_as, other.print_as) if mark}
        if sign < 0:  # a share of a share is none; half of one is
            marks = {self.print_as} if self.print_as and not other.print_as else set()
        if not marks or any(power > 0 for _, power in left):
            return Unit(left)
        return Unit(left, POINTS if POINTS in marks else SHARE)

    @property
    def is_number(self) -> bool:
        """True if it is a plain number: no unit, and no percentage."""
        return not self.powers and not self.print_as

    @property
    def is_fraction(self) -> bool:
        """True if it is printed multiplied by 100."""
        return bool(self.print_as)

    @property
    def standard(self) -> str:
        """The name that `of` reads as this unit.

        >>> (Unit.of("kilometre") * Unit.of("kilometre") / Unit.of("day")).standard, Unit().standard
        ('kilometre^2 per day', 'number')
        """
        powers = [
            (f"{name}^{abs(power)}" if abs(power) > 1 else name, power > 0) for name, power in self.powers
        ]
        above = " × ".join(name for name, is_above in powers if is_above)
        return " per ".join(
            [above or self.print_as or "number", *(name for name, is_above in powers if not is_above)]
        )

    @property
    def currency(self) -> str:
        """The ISO 4217 code of an amount of money, otherwise ""."""
        (name, power), *rest = self.powers or (("", 0),)
        return name if power == 1 and not rest and vocabulary.is_currency(name) else ""

    def name(self, *, plural: bool = True) -> str:
        """The unit in words.

        >>> (Unit.of("person") / Unit.of("day")).name(), Unit.of("kilometre").name(plural=False), Unit().name()
        ('people per day', 'kilometre', '')
        """
        above = [(name, power) for name, power in self.powers if power > 0]
        below = [(name, -power) for name, power in self.powers if power < 0]
        words = " × ".join(
            _power(vocabulary.plural(n) if plural and i == 0 else n, p) for i, (n, p) in enumerate(above)
        )
        if self.print_as:
            words = vocabulary.plural(self.print_as) if plural else self.print_as
        per = " per ".join(_power(_below(name), power) for name, power in below)
        return f"{words} per {per}".strip() if per else words

    def __str__(self) -> str:
        return self.name(plural=False) or "a plain number"

    def __repr__(self) -> str:
        return f"Unit({self.name(plural=False) or 'number'!r})"


def aligned(operator: str, left: Unit, right: Unit, texts: tuple[str, str], advice: str = "") -> Fraction:
    """The factor that turns `right` into `left`, so that the two may be added, ordered or compared.

    Raises UnitError, which names both terms and their units, if there is none. A quotient that is a plain number may
    be ordered against a percentage, which is a fraction, and compared with it; percentages and points go together.

    >>> aligned("+", Unit.of("kilometre"), Unit.of("metre"), ("a", "b"))
    Fraction(1, 1000)
    >>> aligned(">", Unit.of("knot"), Unit.of("kilometre per hour"), ("a", "b"))
    Fraction(250, 463)
    """
    __tracebackhide__ = True
    if left == right:
        return Fraction(1)
    if (factor := _calendar(left, right)) is not None:
        return factor
    adds = operator in ("+", "-", "total")
    if left.is_fraction == right.is_fraction if adds else {left.print_as, right.print_as} != {SHARE, POINTS}:
        mine, its = _in_base(left), _in_base(right)
        if mine[1] == its[1]:
            return its[0] / mine[0]
    one, other = texts
    if operator == "-":
        one, other, left, right = other, one, right, left
    unnamed = [
        unit
        for unit in (left, right)
        if unit.powers and not unit.print_as and max(p for _, p in unit.powers) < 0
    ]
    if unnamed:
        advice = f'name what is counted {unnamed[0]}, such as "5 people {unnamed[0]}"; {advice}'.removesuffix(
            "; "
        )
    money = " (currencies are not converted)" if left.currency and right.currency else ""
    raise UnitError(
        f"{one} ({left}) cannot be {_VERBS.get(operator, 'added to')} {other} ({right}): "
        f"they are of unlike units{money}{advice and '; '}{advice}"
    )


def summed(one: Unit, other: Unit) -> Unit:
    """The unit of a sum: a level and points are a level; points alone stay points."""
    return Unit(one.powers, SHARE) if SHARE in (one.print_as, other.print_as) else one


def difference(one: Unit, other: Unit) -> Unit:
    """The unit of a difference: two levels differ by points; a level less points is a level."""
    if not one.print_as:
        return one
    is_level = one.print_as == SHARE and other.print_as == POINTS
    return Unit(one.powers, SHARE if is_level else POINTS)


_RESULTS: dict[str, Callable[[Unit, Unit], Unit]] = {
    "+": summed,
    "-": difference,
    "*": operator.mul,
    "/": operator.truediv,
}
"""The unit of what an operation makes; that of all others is the first operand's."""


def beside(
    symbol: str, one: str, other: str, texts: tuple[str, str] = ("a number", "another"), advice: str = ""
) -> tuple[str, Fraction]:
    """The unit of an operation on numbers in two units, by their standard names, and the factor for the other's numbers.

    Numbers in percent are hundredths here, as they are written: 45 for 45 %. A number without a unit ("") takes the
    other's if units must be alike. Raises UnitError if they are not, about `texts`.

    >>> beside("+", "kilometre", "metre"), beside("/", "person", "day"), beside("*", "percent", "person")
    (('kilometre', Fraction(1, 1000)), ('person per day', Fraction(1, 1)), ('person', Fraction(1, 100)))
    >>> beside(">", "", "person")
    ('person', Fraction(1, 1))
    """
    __tracebackhide__ = True
    multiplies = symbol in ("*", "/")
    if (not one and not other) or (not multiplies and not (one and other)):
        return one or other, Fraction(1)
    return _multiplied(symbol, one, other) if multiplies else _in_one(symbol, one, other, texts, advice)


@cache
def _multiplied(symbol: str, one: str, other: str) -> tuple[str, Fraction]:
    left = Unit.of(one)
    right, factor = cancelled(left, Unit.of(other))
    made = _RESULTS[symbol](left, right)
    factor *= _written(other)
    if symbol == "*":
        return made.standard, factor * _written(one) / _written(made.standard)
    return made.standard, factor * _written(made.standard) / _written(one)


@lru_cache(1024)
def _in_one(symbol: str, one: str, other: str, texts: tuple[str, str], advice: str) -> tuple[str, Fraction]:
    __tracebackhide__ = True
    left, right = Unit.of(one), Unit.of(other)
    factor = aligned(symbol, left, right, texts, advice) * _written(other) / _written(one)
    return (_RESULTS[symbol](left, right).standard if symbol in _RESULTS else one), factor


def _written(unit: str) -> Fraction:
    """Return 1 in a unit as a fraction: a hundredth for percentages and points."""
    return Fraction(1, 100 if Unit.of(unit).is_fraction else 1)


def _calendar(left: Unit, right: Unit) -> Fraction | None:
    """The factor between two lengths of whole months: a year has 12, though a month has no fixed number of days."""
    months = [_MONTHS.get(unit.name(plural=False)) for unit in (left, right)]
    return Fraction(months[1], months[0]) if months[0] and months[1] else None


def cancelled(left: Unit, right: Unit) -> tuple[Unit, Fraction]:
    """`right` in units that cancel against those of `left`, and the factor for its numbers.

    >>> cancelled(Unit.of("person") / Unit.of("day"), Unit.of("week"))
    (Unit('day'), Fraction(7, 1))
    """
    factor, powers = Fraction(1), dict[str, int]()
    mine = dict(left.powers)
    for name, power in right.powers:
        alike = name if name in mine else next((m for m in mine if _base(m)[1] == _base(name)[1]), name)
        factor *= (_base(name)[0] / _base(alike)[0]) ** power
        powers[alike] = powers.get(alike, 0) + power
    return Unit(_sorted(powers), right.print_as), factor


def _sorted(powers: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


_Dimensions: TypeAlias = frozenset[tuple[str, Fraction | int]]
"""The powers of what a unit is made of."""


def _in_base(unit: Unit) -> tuple[Fraction, _Dimensions]:
    """A unit's factor to base units, and what it is made of."""
    factor, made = Fraction(1), dict[str, Fraction | int]()
    for name, power in unit.powers:
        one, dimensions = _base(name)
        factor *= one**power
        for dimension, exponent in dimensions:
            made[dimension] = made.get(dimension, 0) + exponent * power
    return factor, frozenset((name, power) for name, power in made.items() if power)


@cache
def _base(name: str) -> tuple[Fraction, _Dimensions]:
    """A named unit's factor to base units, and its dimensions: physical ones, or itself."""
    number, _, noun = name.partition(" ")
    if number.isdigit() and noun:
        factor, dimensions = _base(noun)
        return factor * int(number), dimensions
    if vocabulary.kind(name) not in ("length", "measure", "time") or name in _NOT_CONVERTED:
        return Fraction(1), frozenset([(name, 1)])
    first, _, rest = name.partition(" ")
    power = _POWERS.get(first, 1)
    base = rest if power > 1 else name
    known = _registry()
    try:
        unit = known.parse_units(_IN_PINT.get(base, base.replace(" ", "_")))
    except Exception:  # pint raises errors of several kinds for what it does not know
        return Fraction(1), frozenset([(name, 1)])
    factor, _ = known.get_base_units(unit**power)
    physical = dict(known.get_dimensionality(unit**power))
    if not physical:  # pint has bytes without a dimension
        return (
            (Fraction(factor), _INFORMATION)
            if base.endswith("byte")
            else (Fraction(1), frozenset([(name, 1)]))
        )
    return Fraction(factor), frozenset(physical.items())


NO_NUMBERS = ("refused", "any number", wording.MISSING)
"""Words that replace a number, without a unit."""
_NUMBER = re.compile(r"(?<![\w.,−])(−?)(?=\d)")
_ONE = re.compile(r"(?<![\w.,])(?:1|one)")


def with_unit(words: str, unit: Unit | str) -> str:
    """Return a number in words with its unit after it or its currency's sign before it; no unit without a number.

    >>> with_unit("about 1", Unit.of("minute")), with_unit("at least 4.5", Unit.of("square kilometre"))
    ('about 1 minute', 'at least 4.5 square kilometres')
    >>> with_unit("at most 1", Unit.of("day")), with_unit("0 to 1", Unit.of("day"))
    ('at most 1 day', '0 to 1 days')
    >>> with_unit("570 million to 1.2 billion", Unit.of("GBP")), with_unit("−5", "GBP per day")
    ('£570 million to £1.2 billion', '−£5 per day')
    >>> with_unit("refused", Unit.of("person")), with_unit("45%", Unit.of("percent"))
    ('refused', '45%')
    >>> with_unit("at least 3", Unit.of("percentage point")), with_unit("6", Unit.of("magnitude"))
    ('at least 3 percentage points', 'a magnitude of 6')
    """
    if words in NO_NUMBERS:
        return words
    if isinstance(unit, Unit) and unit.is_fraction:
        name, per, rest = unit.name().partition(" per ")
        bare = (
            name != "percent" and words[-1:].isdigit()
        )  # words of a result have their points, a third needs none
        return f"{words} {name}{per}{rest}" if bare else words + per + rest
    is_one = _ONE.fullmatch(words.split(" ")[-1]) is not None and " to " not in words
    name = unit if isinstance(unit, str) else unit.name(plural=not is_one)
    money, per, rest = name.partition(" per ")
    if vocabulary.is_currency(money):
        return _NUMBER.sub(rf"\1{vocabulary.sign(money)}", words) + per + rest
    if name.startswith("magnitude"):
        return f"a magnitude of {words}"
    return f"{words} {name}".rstrip()


def is_measure(name: str) -> bool:
    """True if pint knows a unit of that name, such as g, kelvin or kn, though the vocabulary may not."""
    try:
        return bool(_registry().parse_units(name))
    except Exception:  # as above
        return False


_INFORMATION = frozenset([("[information]", 1)])


@cache
def _registry() -> Any:
    import pint  # a quarter of a second, which most ledgers never need

    return pint.UnitRegistry(non_int_type=Fraction)


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}{'²' if power == 2 else '³' if power == 3 else f'^{power}'}"


def _below(name: str) -> str:
    number, _, noun = name.partition(" ")
    return f"{int(number):,} {vocabulary.plural(noun)}" if number.isdigit() and noun else name
