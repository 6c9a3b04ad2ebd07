"""Reported Figures: the numbers a war is reported in, read as bounds and compared honestly.

The names below are the public face. They load on first use, so that the press and the up-to-date
check, which need none of them, do not pay for pandas and matplotlib.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reported import charts as charts
    from reported import tables as tables
    from reported.bounds import Bounds as Bounds
    from reported.bounds import BoundsArray as BoundsArray
    from reported.bounds import BoundsDtype as BoundsDtype
    from reported.bounds import compatible as compatible
    from reported.bounds import hull as hull
    from reported.bounds import intersection as intersection
    from reported.comparison import Comparisons as Comparisons
    from reported.comparison import compare as compare
    from reported.ledger import Ledger as Ledger
    from reported.package import DataError as DataError
    from reported.show import Picture as Picture
    from reported.show import points as points
    from reported.show import say as say
    from reported.wording import escape as escape

_HOME = {
    "bounds": ("Bounds", "BoundsArray", "BoundsDtype", "compatible", "hull", "intersection"),
    "comparison": ("Comparisons", "compare"),
    "ledger": ("Ledger",),
    "package": ("DataError",),
    "wording": ("escape",),
    "show": ("Picture", "points", "say"),
}

__all__ = sorted([name for names in _HOME.values() for name in names] + ["charts", "tables"])


def __getattr__(name: str) -> Any:
    if name in ("charts", "tables"):
        return import_module(f"reported.{name}")
    for room, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"reported.{room}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
