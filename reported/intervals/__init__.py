"""Interval arithmetic: `Bounds`, a number known only to lie between two ends, and columns of them in pandas.

Taking a name from here also makes pandas know the dtype "bounds" and `series.bounds`. The module
`reported.intervals.bounds` alone has the single numbers, and does not import pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reported.intervals.array import BoundsArray as BoundsArray
    from reported.intervals.array import BoundsDtype as BoundsDtype
    from reported.intervals.bounds import Bounds as Bounds
    from reported.intervals.bounds import compatible as compatible
    from reported.intervals.bounds import hull as hull
    from reported.intervals.bounds import intersection as intersection

_HOME = {
    "Bounds": "bounds",
    "BoundsArray": "array",
    "BoundsDtype": "array",
    "compatible": "bounds",
    "hull": "bounds",
    "intersection": "bounds",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import_module(f"{__name__}.accessor")  # the dtype "bounds" and series.bounds
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
