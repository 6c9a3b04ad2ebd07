"""Numbers and bounds in words.

What is printed must be true: ends are rounded outward, and nothing is rounded onto a number that matters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds
    from reported.intervals.rounding import Exact

MISSING = "no digits reported"
_SIGNIFICANT = 3
_LARGE = {12: "trillion", 9: "billion"}
_IN_BILLIONS = 10**9
"""From here on computed ends are printed with three digits as well: 935 billion, not 934,812,334,128."""
_FEW = 5
"""So many digits are read more easily in trillions: 1.0332 trillion, not 1,033,200,000,000."""
_SLACK = 8
"""An end is taken for a decimal that lies within this many units in its last place: float64 cannot hold 1.4, but the
float just below it is not "1.3". Arithmetic widens an end by about one unit a step."""
_SPELLED = dict(
    zip("123456789", ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), strict=True)
)
_PUNCTUATION = r"([!-/:-@\[-`{-~])"
"""All ASCII punctuation: in Markdown each may have a meaning, and each may be escaped."""


def number(value: Decimal | float | int, decimals: int | None = None) -> str:
    """A number with its thousands grouped, or in billions; all its digits if `decimals` is None.

    >>> number(42284), number(Decimal("1.50")), number(2.25, 1), number(1_250_000_000)
    ('42,284', '1.50', '2.2', '1.25 billion')
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if decimals is not None:
        return _text(round(Fraction(exact) * 10**decimals), decimals)
    if not isinstance(value, Decimal) and exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    if not exact.is_finite():
        return str(exact)
    whole, point, rest = f"{abs(exact):f}".partition(".")
    return f"{'−' * (exact < 0)}{_grouped(int(whole), not point)}{point}{rest}"


def qualified(qualifier: str, value: Decimal | None, value_to: Decimal | None = None) -> str:
    """A reported number with its qualifier.

    >>> qualified("at least", Decimal(42284)), qualified("between", Decimal(2), Decimal(3))
    ('at least 42,284', '2 to 3')
    >>> qualified("about", Decimal(2), Decimal(3)), qualified("dozens", None)
    ('about 2 to 3', 'dozens')
    """
    if value is None:
        return qualifier
    words = number(value) if value_to is None else f"{number(value)} to {number(value_to)}"
    return words if qualifier in ("exact", "between") else f"{qualifier} {words}"


def bounds(
    value: Bounds | None,
    decimals: int | None = None,
    scale: int = 1,
    *,
    percent: bool = False,
    keep: Iterable[float | Fraction | Decimal] = (),
    signed: bool = False,
    unrounded: bool = False,
) -> str:
    """Bounds in words, multiplied by `scale` and, if `percent`, by 100.

    A single number is rounded half to even, both ends of others outward. Without `decimals`, three significant digits
    are shown, and whole numbers below a billion in full; −3 shows thousands. Where `decimals` leaves no difference
    between two ends, or changes a whole number, it is "about" what is printed. No end is rounded onto or past 0,
    100 % or one of the thresholds in `keep`, which are in the unit of `value`; it is given more digits instead.
    `unrounded` prints ends that are decimals with all their digits. A lower end of 0 is left unsaid unless the number
    may be negative (`signed`). An end that is left out is said to be: "more than 5".

    >>> from reported.intervals.bounds import Bounds
    >>> bounds(Bounds(42284, math.inf)), bounds(Bounds(570000, 630000)), bounds(Bounds(22))
    ('at least 42,284', '570,000 to 630,000', '22')
    >>> bounds(Bounds(0, Fraction(1311, 1000))), bounds(Bounds(Fraction(77, 790)), percent=True)
    ('at most 1.32', '9.75%')
    >>> bounds(Bounds(83001, math.inf), -3)
    'at least 83,000'
    >>> bounds(Bounds(2.04), 1), bounds(Bounds(2.04), 1, keep=[2])
    ('2.0', '2.04')
    >>> bounds(Bounds(47, 52), -1), bounds(Bounds(51, 57), -1), bounds(Bounds(111.5, 112.5))
    ('about 50', '50 to 60', '111 to 113')
    >>> bounds(Bounds(2.01, 2.04), 1), bounds(Bounds(83001), -3)
    ('about 2.0', 'about 83,000')
    >>> bounds(Bounds(0, 5, "left")), bounds(Bounds(0, 5), signed=True), bounds(Bounds(5, math.inf, "right"))
    ('less than 5', '0 to 5', 'more than 5')
    """
    if value is None:
        return MISSING
    factor, unit = (100 * scale, "%") if percent else (scale, "")
    limits = [Fraction(0), *[Fraction(factor)] * percent]
    limits += [Fraction(*limit.as_integer_ratio()) * factor for limit in keep if abs(limit) != math.inf]

    def end(number: Exact, rounding: Callable[[Fraction], int]) -> tuple[str, bool]:
        """An end in words, and whether they say it exactly."""
        exact = Fraction(number) * factor
        if unrounded and (digits := _decimals(exact)) is not None:
            return _text(exact.numerator * 10**digits // exact.denominator, digits), True
        slack = _slack(number) * abs(factor)
        steps, shown = _rounded(exact, slack, decimals, rounding, limits)
        return _text(steps, shown), abs(steps * Fraction(10) ** -shown - exact) <= slack

    low, high = value.exact_lower, value.exact_upper
    if low == -math.inf and high == math.inf:
        return "any number"
    if high == math.inf:
        words, said = end(low, math.floor)
        return f"{'at least' if value.lower_closed or not said else 'more than'} {words}{unit}"
    if low == -math.inf or (low == 0 and not signed and high and value.lower_closed):
        words, said = end(high, math.ceil)
        return f"{'at most' if value.upper_closed or not said else 'less than'} {words}{unit}"
    nearest, is_said = end(low, round)
    if low == high or (
        _sign(Fraction(low)) == _sign(Fraction(high)) and high - low <= _slack(low) + _slack(high)
    ):
        return f"{'about ' * (decimals is not None and decimals < 0 and not is_said)}{nearest}{unit}"
    if decimals is not None and nearest == end(high, round)[0]:
        return f"about {nearest}{unit}"
    (below, low_said), (above, high_said) = end(low, math.floor), end(high, math.ceil)
    open_below, open_above = low_said and not value.lower_closed, high_said and not value.upper_closed
    if open_below:
        return f"more than {below} {'and less than' if open_above else 'and at most'} {above}{unit}"
    return f"{below} to {'less than ' if open_above else ''}{above}{unit}"


def _slack(end: Exact) -> Fraction:
    """Return how far an end may be from the decimal that it prints as: not at all, unless it came from a float64."""
    exact = Fraction(end)
    power_of_two = exact.denominator & (exact.denominator - 1) == 0
    return (
        _SLACK * Fraction(math.ulp(float(exact)))
        if power_of_two and exact.denominator > 2**10
        else Fraction(0)
    )


def _decimals(exact: Fraction) -> int | None:
    """Return how many decimals print a number exactly; None if more than nine would be needed."""
    return next((digits for digits in range(10) if 10**digits % exact.denominator == 0), None)


def spelled(number: str) -> str:
    """A number or two ends as a sentence has them: one to nine in words, all others in figures.

    >>> spelled("9"), spelled("10"), spelled("about 9"), spelled("0")
    ('nine', '10', 'about 9', '0')
    >>> spelled("2 to 3"), spelled("9 to 10")
    ('two to three', '9 to 10')
    """
    if len(ends := number.split(" to ")) == 2 and all(end in _SPELLED for end in ends):
        return " to ".join(_SPELLED[end] for end in ends)
    return _SPELLED.get(number, number)


def has_words(text: str, words: str) -> bool:
    """True if the words occur in a text as words of their own, in whatever capitals.

    >>> has_words("it may be 20", "may"), has_words("20 mayors", "may")
    (True, False)
    """
    return bool(words) and re.search(rf"(?i)(?<!\w){re.escape(words)}(?!\w)", text) is not None


def listing(words: Sequence[str], last: str = "and") -> str:
    """Words as an enumeration in a sentence.

    >>> listing(["a"]), listing(["a", "b"]), listing(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def escape(text: str) -> str:
    """Text as Markdown that is displayed unchanged.

    >>> escape("a *b* <c>")
    'a \\\\*b\\\\* \\\\<c\\\\>'
    """
    return re.sub(_PUNCTUATION, r"\\\1", text)


def unescape(markdown: str) -> str:
    """Markdown without the backslashes of `escape`."""
    return re.sub(rf"\\{_PUNCTUATION}", r"\1", markdown)


def capital(sentence: str) -> str:
    """The sentence with its first letter capitalised."""
    return sentence[:1].upper() + sentence[1:]


def _rounded(
    exact: Fraction,
    slack: Fraction,
    decimals: int | None,
    rounding: Callable[[Fraction], int],
    limits: list[Fraction],
) -> tuple[int, int]:
    """A number rounded so that it stays on its side of every limit, as a count of steps and the decimals of a step.

    A number within `slack` of a decimal, or of a limit, is taken for it; but nothing is taken for zero.
    """
    digits = _SIGNIFICANT - 1 - _exponent(exact)
    shown = decimals if decimals is not None else digits if abs(exact) >= _IN_BILLIONS else max(0, digits)
    while True:
        step = Fraction(10) ** -shown
        steps = round(exact / step)
        if (steps or not exact) and abs(steps * step - exact) <= slack:
            while decimals is None and shown > 0 and steps % 10 == 0:
                steps, shown = steps // 10, shown - 1
            return steps, shown
        steps = rounding(exact / step)
        apart = (limit for limit in limits if limit == 0 or abs(limit - exact) > slack)
        if all(_sign(steps * step - limit) == _sign(exact - limit) for limit in apart):
            return steps, shown
        shown += 1


def _exponent(exact: Fraction) -> int:
    """The power of ten of the leading digit; 0 for zero."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).adjusted() if exact else 0


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _text(steps: int, decimals: int) -> str:
    """A count of steps written out: 12345 steps of 2 decimals are 123.45; of −2 decimals, 1,234,500."""
    if decimals < 0:
        steps, decimals = steps * 10**-decimals, 0
    whole, rest = divmod(abs(steps), 10**decimals)
    fraction = f".{rest:0{decimals}d}" if decimals and steps else ""
    return f"{'−' if steps < 0 else ''}{_grouped(whole, not fraction)}{fraction}"


def _grouped(whole: int, alone: bool) -> str:
    """Digits in groups; with nothing behind them, a number of two decimals of a billion, or five digits, in billions."""
    few = len(str(whole).rstrip("0")) <= _FEW
    for power, word in _LARGE.items():
        if alone and 10**power <= whole < 10 ** (power + 3) and (few or whole % 10 ** (power - 2) == 0):
            return f"{Decimal(whole).scaleb(-power).normalize():,f} {word}"
    return f"{whole:,}"
