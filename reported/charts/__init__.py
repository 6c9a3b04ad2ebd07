"""Charts of reported figures: matplotlib drawings, each with a title, an alt text and a note from the data.

Draws only what it is given; what a number means is decided in the rooms below.
"""

from reported.charts.chart import NARROW, WIDE, Chart
from reported.charts.claims import claims
from reported.charts.coverage import coverage
from reported.charts.dates import over_time, timeline
from reported.charts.grid import verdict_grid
from reported.charts.order import troops_overlap
from reported.charts.rows import aircraft, floor, overview, reading_rows, remains

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
