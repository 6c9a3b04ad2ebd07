"""Units of figures and results: what may be added, what converts, and how a unit is named.

A count has a unit of its own ("person", "euro"); only lengths, areas, masses, volumes and times convert, and pint
knows their factors. Percentages are fractions here; that they are percentages is kept for print.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

_LENGTHS = ("millimetre", "centimetre", "metre", "kilometre", "mile", "foot", "inch", "yard")
PHYSICAL = frozenset(
    [
        *_LENGTHS,
        *(f"{power} {length}" for power in ("square", "cubic") for length in _LENGTHS),
        *("hectare", "acre", "gram", "kilogram", "tonne", "lb", "ounce", "millilitre", "litre", "gallon"),
        *("second", "minute", "hour", "day", "week", "year"),
    ]
)
"""Units that pint converts. Any other unit equals itself alone: a pound sterling is written "pound sterling"."""

SHARE, POINTS = "percent", "percentage point"
_UNCHANGED = """
    aircraft cattle dead deer fish hertz injured livestock missing percent personnel police series sheep spacecraft
    species staff troops wounded yen yuan
"""
_IRREGULAR = {name: name for name in _UNCHANGED.split()} | {
    "child": "children",
    "foot": "feet",
    "human": "humans",
    "person": "people",
}
_VERBS = {
    "+": "added to",
    "-": "subtracted from",
    "compatible": "held against",
} | dict.fromkeys((">", ">=", "<", "<="), "ordered against")


class UnitError(ValueError):
    """A sum, difference, order or comparison of unlike units; the message names both."""


@dataclass(frozen=True)
class Unit:
    """A product of powers of named units; `print_as` marks a fraction that is printed as a percentage.

    >>> Unit.of("person") / Unit.of("day"), Unit.of("percent"), Unit.of("person") / Unit.of("person")
    (Unit('person/day'), Unit('percent'), Unit('number'))
    """

    powers: tuple[tuple[str, int], ...] = ()
    print_as: str = ""

    @classmethod
    def of(cls, name: str) -> Unit:
        """The unit of a quantity, named in the singular; "" and "ratio" are plain numbers."""
        if name in ("", "ratio", "number"):
            return cls()
        return cls(print_as=name) if name in (SHARE, POINTS) else cls(((name, 1),))

    def __mul__(self, other: Unit) -> Unit:
        return self._with(other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return self._with(other, -1)

    def _with(self, other: Unit, sign: int) -> Unit:
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        left = tuple(sorted((name, power) for name, power in powers.items() if power))
        share = not left and sign == 1 and self.print_as == other.print_as == SHARE  # a share of a share
        return Unit(left, SHARE if share else "")

    @property
    def is_number(self) -> bool:
        """Whether it is a plain number: no unit, and no percentage."""
        return not self.powers and not self.print_as

    @property
    def is_fraction(self) -> bool:
        """Whether it is printed multiplied by 100."""
        return bool(self.print_as)

    def name(self, *, plural: bool = True) -> str:
        """The unit in words.

        >>> (Unit.of("person") / Unit.of("day")).name(), Unit.of("kilometre").name(plural=False), Unit().name()
        ('people per day', 'kilometre', '')
        """
        if not self.powers:
            return _plural(self.print_as) if plural and self.print_as else self.print_as
        above = [(name, power) for name, power in self.powers if power > 0]
        below = [(name, -power) for name, power in self.powers if power < 0]
        words = " × ".join(
            _power(_plural(n) if plural and i == 0 else n, p) for i, (n, p) in enumerate(above)
        )
        per = " per ".join(_power(name, power) for name, power in below)
        return f"{words} per {per}".strip() if per else words

    def __str__(self) -> str:
        return self.name(plural=False) or "a plain number"

    def __repr__(self) -> str:
        return f"Unit({(self.name(plural=False) or 'number').replace(' per ', '/')!r})"


def aligned(operator: str, left: Unit, right: Unit, texts: tuple[str, str]) -> Fraction:
    """The factor that turns `right` into `left`, so that the two may be added, ordered or held against each other.

    Raises UnitError, which names both terms and their units, where there is none. A quotient that is a plain number may
    be ordered against a percentage, which is a fraction, and held against it.

    >>> aligned("+", Unit.of("kilometre"), Unit.of("metre"), ("a", "b"))
    Fraction(1, 1000)
    """
    both_plain = not left.powers and not right.powers
    if left == right or (both_plain and (left.is_fraction == right.is_fraction or operator not in "+-")):
        return Fraction(1)
    factor = _factor(dict(left.powers), dict(right.powers)) if not (left.print_as or right.print_as) else None
    if factor is None:
        one, other = texts
        if operator == "-":
            one, other, left, right = other, one, right, left
        raise UnitError(
            f"{one} ({left}) cannot be {_VERBS[operator]} {other} ({right}): they are of unlike units"
        )
    return factor


def cancelled(left: Unit, right: Unit) -> tuple[Unit, Fraction]:
    """`right` in units that cancel against those of `left`, and the factor for its numbers.

    >>> cancelled(Unit.of("person") / Unit.of("day"), Unit.of("week"))
    (Unit('day'), Fraction(7, 1))
    """
    factor, powers = Fraction(1), []
    mine = dict(left.powers)
    for name, power in right.powers:
        alike = name if name in mine else next((m for m in mine if _same_dimension(m, name)), name)
        if alike != name:
            factor *= (_in_base(name)[0] / _in_base(alike)[0]) ** power
        powers.append((alike, power))
    return Unit(tuple(sorted(powers)), right.print_as), factor


def _factor(left: Mapping[str, int], right: Mapping[str, int]) -> Fraction | None:
    factor, rest = Fraction(1), dict(right)
    for name, power in left.items():
        if rest.get(name) == power:
            del rest[name]
            continue
        alike = next((r for r, p in rest.items() if p == power and _same_dimension(name, r)), None)
        if alike is None:
            return None
        del rest[alike]
        factor *= (_in_base(alike)[0] / _in_base(name)[0]) ** power
    return None if rest else factor


def _same_dimension(one: str, other: str) -> bool:
    return one in PHYSICAL and other in PHYSICAL and _in_base(one)[1] == _in_base(other)[1]


@cache
def _in_base(name: str) -> tuple[Fraction, Any]:
    """A physical unit's factor to pint's base units, and its dimensions."""
    power = {"square": 2, "cubic": 3}.get(name.split()[0], 1)
    factor, base = _registry().get_base_units(name.split()[-1])
    return Fraction(factor) ** power, _registry().get_dimensionality(base**power)


@cache
def _registry() -> Any:
    import pint  # a quarter of a second, which most ledgers never need

    return pint.UnitRegistry(non_int_type=Fraction)


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}{'²' if power == 2 else '³' if power == 3 else f'^{power}'}"


def _plural(name: str) -> str:
    """The plural of a unit's last word.

    >>> _plural("person"), _plural("US dollar"), _plural("body"), _plural("square kilometre")
    ('people', 'US dollars', 'bodies', 'square kilometres')
    """
    if name.isupper():  # a currency's code
        return name
    start, _, last = name.rpartition(" ")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    elif last.endswith("man"):
        last = f"{last[:-3]}men"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{last[:-1]}ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    else:
        last += "s"
    return f"{start} {last}".strip()
