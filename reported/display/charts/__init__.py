"""Charts of reported figures on ordinary matplotlib Axes, and the object that any chart is shown with."""

from reported.display.charts.chart import Chart
from reported.display.charts.counts import counts
from reported.display.charts.every_figure import every_figure
from reported.display.charts.order import order
from reported.display.charts.over_time import over_time

__all__ = ["Chart", "counts", "every_figure", "order", "over_time"]


def __dir__() -> list[str]:
    """What Tab offers: the charts, not the files that draw them."""
    return __all__
