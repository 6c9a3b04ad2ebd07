"""Reported Figures: the numbers a war is reported in, read as bounds and compared honestly.

The names below are the public face. They load on first use, so that the press and the up-to-date
check, which need none of them, do not pay for pandas and matplotlib.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reported.algebra.comparison import Comparisons as Comparisons
    from reported.algebra.comparison import compare as compare
    from reported.display import charts as charts
    from reported.display import tables as tables
    from reported.display.outputs import Picture as Picture
    from reported.display.outputs import points as points
    from reported.display.outputs import say as say
    from reported.intervals import Bounds as Bounds
    from reported.intervals import BoundsArray as BoundsArray
    from reported.intervals import BoundsDtype as BoundsDtype
    from reported.intervals import compatible as compatible
    from reported.intervals import hull as hull
    from reported.intervals import intersection as intersection
    from reported.intervals.wording import escape as escape
    from reported.ledger.ledger import Ledger as Ledger
    from reported.ledger.package import DataError as DataError

_HOME = {
    "algebra.comparison": ("Comparisons", "compare"),
    "display.outputs": ("Picture", "points", "say"),
    "intervals": ("Bounds", "BoundsArray", "BoundsDtype", "compatible", "hull", "intersection"),
    "intervals.wording": ("escape",),
    "ledger.ledger": ("Ledger",),
    "ledger.package": ("DataError",),
}

__all__ = sorted([name for names in _HOME.values() for name in names] + ["charts", "tables"])


def __getattr__(name: str) -> Any:
    if name in ("charts", "tables"):
        return import_module(f"reported.display.{name}")
    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"reported.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
