"""Charts of reported figures on ordinary matplotlib Axes, and the object that any chart is shown with."""

from importlib.util import find_spec

if find_spec("matplotlib") is None:
    raise ModuleNotFoundError('charts need matplotlib: pip install "reported[report]"', name="matplotlib")

from reported.charts.chart import Chart
from reported.charts.counts import counts
from reported.charts.every_figure import every_figure
from reported.charts.order import order
from reported.charts.over_time import over_time

__all__ = ["Chart", "counts", "every_figure", "order", "over_time"]


def __dir__() -> list[str]:
    """List what Tab completion offers: the charts, not the modules that draw them."""
    return __all__
