"""Number phrases as bounds, without a ledger: one, or a column of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from reported.ledger.files import quoted
from reported.ledger.package import shipped_readings
from reported.ledger.readings import ReadingError, as_bounds, ends
from reported.ledger.records import READINGS, Rule
from reported.prose import PhraseError, find, parse

if TYPE_CHECKING:
    import pandas as pd

    from reported.intervals import Bounds

_SHOWN = 20


def read_words(
    series: Iterable[Any],
    reading: str = "typical",
    whole: bool = True,
    errors: Literal["raise", "coerce"] = "raise",
) -> pd.Series:
    """Phrases such as "at least 42,284" as bounds under a reading, in a Series with the same index.

    `whole` says that only whole units exist. A row is missing where it has no phrase, or its phrase has no number
    or, under the reading "digits", no digits. Percentages keep their numbers: 45 for "45 percent".

    Raises ValueError with the rows whose words hold several numbers or can be read in two ways; with
    `errors="coerce"` these rows are missing. Raises ValueError as well, whatever `errors` is, where a column mixes
    percentages with numbers.

    >>> read_words(["about 600,000", "dozens", "unknown"]).astype("str").tolist()
    ['[570000, 630000]', '[24, inf]', nan]
    """
    import pandas as pd

    from reported.intervals import BoundsDtype

    if reading not in READINGS:
        raise ValueError(f"{quoted(reading)} is not a reading; expected one of {', '.join(READINGS)}")
    if errors not in ("raise", "coerce"):
        raise ValueError(f'errors is {quoted(errors)}, expected "raise" or "coerce"')
    cells = series if isinstance(series, pd.Series) else pd.Series(list(series), dtype=object)
    rules = shipped_readings()[reading]
    values: list[Any] = []
    problems: list[str] = []
    kinds: dict[bool, str] = {}
    for row, cell in cells.items():
        bounds, percent = None, False
        try:
            if not pd.isna(cell):
                bounds, percent = _read(str(cell), rules, whole)
        except (PhraseError, ReadingError) as error:
            problems.append(f"row {row}: {error}")
        if bounds is not None:
            kinds.setdefault(percent, f"row {row}, {quoted(str(cell))}")
        values.append(pd.NA if bounds is None else bounds)
    if len(kinds) > 1:
        raise ValueError(f"percentages ({kinds[True]}) beside numbers ({kinds[False]}); read them apart")
    if problems and errors == "raise":
        more = [f"… and {len(problems) - _SHOWN:,} more"] * (len(problems) > _SHOWN)
        advice = 'correct the words, or say errors="coerce" to leave these missing'
        raise ValueError("\n".join([*problems[:_SHOWN], *more, advice]))
    return pd.Series(values, index=cells.index, name=cells.name, dtype=BoundsDtype())


def read(words: str, *, whole: bool = False) -> tuple[dict[str, Bounds | None], bool]:
    """One phrase as bounds under each reading, None where there are no digits to read; and whether it is a percentage.

    `whole` says that only whole units exist. Raises ValueError where there is no number, or more than one, or a hedge.

    >>> read("at least 50")[0]["typical"]
    Bounds(50, inf)
    """
    found = {reading: _read(words, rules, whole) for reading, rules in shipped_readings().items()}
    if all(bounds is None for bounds, _ in found.values()):
        raise ValueError(f"{quoted(words)} holds no number that can be read")
    return {reading: bounds for reading, (bounds, _) in found.items()}, any(p for _, p in found.values())


def _read(words: str, rules: Mapping[str, Rule], whole: bool) -> tuple[Bounds | None, bool]:
    """The bounds of the one number in a phrase, None where it has none; and whether it is a percentage."""
    if not any(phrase.is_quantity for phrase in find(words)):
        return None, False
    phrase = parse(words)
    percent = phrase.kind == "percent"
    for number in (phrase.value, phrase.value_to):
        if whole and isinstance(number, Decimal) and number != number.to_integral_value():
            raise ReadingError(f"{quoted(words)} is not a whole number; say whole=False if parts may be")
    if phrase.hedge:
        raise ReadingError(f"{quoted(words)} is hedged and commits the speaker to nothing")
    signed = phrase.value is not None and phrase.value < 0
    rule = rules[phrase.qualifier]
    return as_bounds(ends(rule, phrase.value, phrase.value_to, whole=whole, signed=signed)), percent
