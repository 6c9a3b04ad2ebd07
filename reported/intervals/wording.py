"""Numbers, bounds, dates and verdicts in words. What is printed must be true: ends are rounded outward.

Knows how things are said, not where they come from.
"""

from __future__ import annotations

import datetime
import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext

from reported.intervals.bounds import Bounds

MISSING = "no digits reported"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
"""All ASCII punctuation: each such sign may be escaped in Markdown, and any may come to mean something."""


def number(value: Decimal | float | int, decimals: int | None = None) -> str:
    """A number with its thousands grouped; `decimals` None keeps all the digits it has.

    >>> number(42284), number(Decimal("1.50")), number(2.25, 1)
    ('42,284', '1.50', '2.2')
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if decimals is not None:
        exact = _quantize(exact, decimals, ROUND_HALF_EVEN)
    elif not isinstance(value, Decimal) and exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    text = f"{exact:,f}"
    return text.replace("-", "−")


def qualified(qualifier: str, value: Decimal | None, value_to: Decimal | None = None) -> str:
    """A reported number with its qualifier, as a reader meets it.

    >>> qualified("at least", Decimal(42284)), qualified("between", Decimal(2), Decimal(3))
    ('at least 42,284', '2 to 3')
    >>> qualified("exact", Decimal(77)), qualified("dozens", None)
    ('77', 'dozens')
    """
    if value is None:
        return qualifier
    if qualifier == "between":
        return f"{number(value)} to {number(value_to if value_to is not None else value)}"
    return number(value) if qualifier == "exact" else f"{qualifier} {number(value)}"


def bounds(value: Bounds | None, decimals: int = 0, scale: int = 1) -> str:
    """Bounds in words, their ends rounded outward at `decimals` after multiplying by `scale`.

    >>> bounds(Bounds(42284, math.inf)), bounds(Bounds(570000, 630000))
    ('at least 42,284', '570,000 to 630,000')
    >>> bounds(Bounds(22, 22)), bounds(Bounds(0, 1.31), 1), bounds(None)
    ('22', 'at most 1.4', 'no digits reported')
    """
    if value is None:
        return MISSING
    lower = _outward(value.lower, decimals, scale, ROUND_FLOOR)
    upper = _outward(value.upper, decimals, scale, ROUND_CEILING)
    if lower is None and upper is None:
        return "any number"
    if lower is None or (value.lower == 0 and upper):
        return f"at most {_plain(upper)}"
    if upper is None:
        return f"at least {_plain(lower)}"
    return _plain(lower) if lower == upper else f"{_plain(lower)} to {_plain(upper)}"


def digits(value: Bounds | None, decimals: int = 0, scale: int = 1) -> str:
    """What a spreadsheet would show, rounded to nearest. For face value alone.

    Ends a few units in the last place apart are one number; a range that was reported stays a range.

    >>> digits(Bounds(308.5), 1), digits(Bounds(2, 3))
    ('308.5', '2 to 3')
    """
    if value is None or value.is_unbounded or value.width > 8 * math.ulp(value.lower):
        return bounds(value, decimals, scale)
    middle = value.lower / 2 + value.upper / 2
    return _plain(_quantize(_scaled(middle, scale), decimals, ROUND_HALF_EVEN))


def verdict(value: object) -> str:
    """A three-valued verdict in a word.

    >>> verdict(True), verdict(False), verdict(None)
    ('holds', 'fails', 'undetermined')
    """
    return "holds" if value is True else "fails" if value is False else "undetermined"


def date(value: datetime.date | None) -> str:
    """A day as a reader writes it; an unknown one says so.

    >>> date(datetime.date(2024, 1, 26)), date(None)
    ('26 January 2024', 'not given')
    """
    return f"{value.day} {value:%B} {value.year}" if value else "not given"


def listing(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Words as a list in a sentence.

    >>> listing(["a"]), listing(["a", "b"]), listing(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def escape(text: str) -> str:
    """Text as Markdown that shows it as it is.

    >>> escape("a *b* <c>")
    'a \\\\*b\\\\* \\\\<c\\\\>'
    """
    return _PUNCTUATION.sub(r"\\\1", text)


def capital(sentence: str) -> str:
    """The sentence with its first letter raised."""
    return sentence[:1].upper() + sentence[1:]


def _outward(end: float, decimals: int, scale: int, rounding: str) -> Decimal | None:
    """The end at `decimals`, rounded outward; None where there is no end.

    An end that lies within two units in the last place of a float64 of such a decimal is that decimal:
    1.4 itself is no float64, and its nearest neighbour below is not "1.3". Zero is a float64, and no end
    but zero becomes zero against its direction.
    """
    if math.isinf(end):
        return None
    exact = _scaled(end, scale)
    near = _quantize(exact, decimals, ROUND_HALF_EVEN)
    if near and abs(near - exact) <= 2 * _scaled(math.ulp(end), scale):
        return near
    return _quantize(exact, decimals, rounding)


def _scaled(end: float, scale: int) -> Decimal:
    with localcontext(prec=1200):  # enough for any float64 to stand exactly
        return Decimal(end) * scale


def _plain(value: Decimal | None) -> str:
    assert value is not None
    return number(value or Decimal(0))


def _quantize(value: Decimal, decimals: int, rounding: str) -> Decimal:
    with localcontext(prec=1200):
        return value.quantize(Decimal(10) ** -decimals, rounding=rounding)
