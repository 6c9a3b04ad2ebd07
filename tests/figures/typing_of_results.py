"""What a type checker must know of results; checked by mypy in test_typing, never run."""

from typing import assert_type

import pandas as pd
from pandas.api.typing import NAType

from reported import Bounds, Ledger, compatible, days, hull, said, smallest, total
from reported.figures.expressions import Period, Result, Verdict
from reported.figures.figure import Count, Figure
from reported.intervals.units import Unit
from reported.ledger import Fault, findings


def types_of(ledger: Ledger, bounds: Bounds) -> None:
    one, other = ledger["one"], ledger["other"]
    assert_type(one > other, Verdict)
    assert_type(one <= 5, Verdict)
    assert_type(compatible(one, other), Verdict)
    assert_type(one - other, Result)
    assert_type(2 * one, Result)
    assert_type(1 - one / other, Result)
    assert_type(total([one, other]), Result)
    assert_type(said("5 miles") + one, Result)
    assert_type(one.to("mile"), Result)
    assert_type(bounds + 1, Bounds)
    assert_type(1 - bounds, Bounds)
    assert_type(bounds > 1, bool | NAType)
    assert_type(bounds.to("km"), Bounds)
    assert_type(hull(bounds, 1), Bounds | NAType)
    assert_type(one.typical, Bounds | None)
    assert_type(one.unit, Unit)
    assert_type(one.unit == "km", bool)
    assert_type(one.to(other.unit), Result)
    assert_type(ledger.figures, pd.DataFrame)
    assert_type(ledger.sources, pd.DataFrame)
    assert_type(ledger.readings, pd.DataFrame)
    assert_type(days(one, other), Period)
    assert_type(one / days(one, other), Result)
    assert_type(-one, Result)
    assert_type(ledger.select(topic="rescue"), list[Figure])
    assert_type(one.counted, Count)
    assert_type(smallest(one, other, 5), Result)
    assert_type(findings(ledger.rows), list[Fault])
