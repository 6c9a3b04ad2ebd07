"""Reported Figures: the numbers a war is reported in, read as bounds and compared honestly.

The names below are the public face. They load on first use, so that the press and the up-to-date
check, which need none of them, do not pay for pandas and matplotlib.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reported.bounds import Bounds as Bounds

_HOME = {
    "Bounds": "reported.bounds",
    "BoundsArray": "reported.bounds",
    "BoundsDtype": "reported.bounds",
}

__all__ = ["Bounds", "BoundsArray", "BoundsDtype"]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
