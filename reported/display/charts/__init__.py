"""Charts of reported figures: matplotlib drawings, each with a title, an alt text and a note from the data.

Draws only what it is given; what a number means is decided in the rooms below.
"""

from reported.display.charts.chart import NARROW, WIDE, Chart
from reported.display.charts.claims import claims
from reported.display.charts.coverage import coverage
from reported.display.charts.dates import over_time, timeline
from reported.display.charts.grid import verdict_grid
from reported.display.charts.order import troops_overlap
from reported.display.charts.rows import aircraft, floor, overview, reading_rows, remains

__all__ = [
    "NARROW",
    "WIDE",
    "Chart",
    "aircraft",
    "claims",
    "coverage",
    "floor",
    "over_time",
    "overview",
    "reading_rows",
    "remains",
    "timeline",
    "troops_overlap",
    "verdict_grid",
]
