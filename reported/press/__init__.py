"""Notebooks in, pages out. Knows tables, charts, rows and choices; of what they are about it knows nothing.

`build` makes one report of several notebooks, `render` one file of one. Both are imported without anything else.
"""

from reported.press.builds.report import Outcome, build, explained, render
from reported.press.errors import CellError, PressError

__all__ = ["CellError", "Outcome", "PressError", "build", "explained", "render"]
