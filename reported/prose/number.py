"""A number without its qualifier, and exact decimal arithmetic for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

#: What a number expression can be. Only quantities can become figures; the others carry no bounds.
#: count: 65 servicemen; measure: 15-minute, 2,000 km; fraction: a third, in percent; multiple: twice, tenfold;
#: age: Surname (25), aged 18 to 24; date: January 24, 2014, the 1990s, in his 20s; designation: Article 5; score: won 3-1.
QUANTITIES = ("count", "measure", "money", "percent", "fraction", "multiple")
KINDS = (*QUANTITIES, "ordinal", "date", "time", "age", "designation", "score")

METRES = "million or metres?"  # the doubt about "5m", which the unit of a column settles

LONGEST_NUMERAL = 40  # characters: no reported figure has more

#: A way to read an expression in doubt: value and upper end.
Ends = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Number:
    """A number without its qualifier, from token `first` up to token `last` (exclusive)."""

    first: int
    last: int
    kind: str
    value: Decimal | None = None
    value_to: Decimal | None = None  # of a range
    vague: str = ""  # a word-only qualifier
    doubt: str = ""
    readings: tuple[Ends, ...] = ()  # where in doubt: what it may be
    resolution: Decimal | None = None  # the size of the last written digit
    scale: int = 1  # of the last word: "two to three million" lends it to the two
    unit: str = ""  # as written, of money, percent, "an hour and a half": part of the number
    of: Decimal | None = None  # 52 out of 54
    implied: str = ""  # the qualifier that is part of the number: "majority", "under-18s", "20-odd thousand"
    either: tuple[Number, ...] = ()  # of "hundreds, if not thousands"
    only_qualified: bool = False  # "a month" is a number in "more than a month" alone

    def doubted(self, doubt: str, *readings: Decimal | Ends | None, **changes: int | str) -> Number:
        """The number in doubt between these readings."""
        ends = tuple(r if isinstance(r, tuple) else (r, None) for r in readings if r is not None)
        known = replace(self, doubt=doubt, readings=ends, value=None, value_to=None, resolution=None)
        return replace(known, **changes)  # type: ignore[arg-type]


def exact(value: Decimal, factor: int | Decimal = 1, plus: Decimal | int = 0) -> Decimal:
    """value × factor + plus; no context cuts a digit of a long number."""
    with localcontext() as context:
        context.prec = 4 * LONGEST_NUMERAL
        result = value * factor + plus
        return result.quantize(Decimal(1)) if result == result.to_integral_value() else result.normalize()


def quotient(numerator: Decimal | int, denominator: Decimal | int) -> Decimal:
    """A fraction's value, with more decimals than any figure keeps."""
    with localcontext() as context:
        context.prec = 4 * LONGEST_NUMERAL
        return Decimal(numerator) / Decimal(denominator)


def last_digit(value: Decimal | None) -> Decimal | None:
    """The size of the last written digit of a numeral: 0.1 of 6.0, 1 of 73,000."""
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def to_nine_decimals(number: Number) -> Number:
    """The number with its values to nine decimals, or nine digits where they are small: a third has no last one."""
    return replace(number, value=_rounded(number.value), value_to=_rounded(number.value_to))


def _rounded(value: Decimal | None) -> Decimal | None:
    if not value:
        return value
    with localcontext() as context:
        context.prec = 4 * LONGEST_NUMERAL
        return exact(value.quantize(Decimal(1).scaleb(min(-9, value.adjusted() - 8))))
