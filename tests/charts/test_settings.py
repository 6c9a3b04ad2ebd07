"""Charts, and the package, leave the settings of pandas, matplotlib and IPython as they are."""

import json
import subprocess
import sys

SESSION = """
import json, logging, os, sys, warnings
import matplotlib, pandas, IPython
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, findfont
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()

def state():
    families = ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono", "STIXGeneral")
    traits = {n: repr(v) for n, v in shell.trait_values(config=False).items() if "at 0x" not in repr(v)}
    return {
        "pandas": {o: repr(pandas.get_option(o)) for o in pandas._config.config._registered_options},
        "matplotlib": {n: repr(v) for n, v in matplotlib.rcParams.items()},
        "IPython": {n: traits[n] for n in ("display_page", "colors", "ast_node_interactivity") if n in traits},
        "formatters": {n: len(f.type_printers) for n, f in shell.display_formatter.formatters.items()},
        "magics": sorted(set(shell.magics_manager.magics["cell"]) - {"say"}),
        "filters": [repr(f) for f in warnings.filters],
        "logging": repr(logging.getLogger().handlers),
        "fonts": [findfont(FontProperties(family=[f], weight=w)) for f in families for w in (400, 700)],
        "excepthook": repr(sys.excepthook),
        "directory": os.getcwd(),
    }

import pyarrow  # pandas adds an option when it meets it
before = state()
import reported
for name in reported.__all__:
    getattr(reported, name)
after_import = state()
drawn = reported.charts.Chart(lambda ax, width: ax.plot([1, 2]), title="Two", alt="From 1 to 2.")
drawn.png()
after_chart = state()
own = [e for e in font_manager.fontManager.ttflist if e.name == "Source Sans 3"]
print(json.dumps([before, after_import, after_chart, own[0].fname]))
"""


def test_import_and_a_chart_change_no_setting_of_the_session() -> None:
    """Of matplotlib's list of fonts, the package's faces come first among those of their own name alone."""
    done = subprocess.run(
        [sys.executable, "-c", SESSION], check=True, capture_output=True, encoding="utf-8", timeout=600
    )
    before, after_import, after_chart, own = json.loads(done.stdout.splitlines()[-1])
    for name, value in before.items():
        assert after_import[name] == value, name
        assert after_chart[name] == value, name
    assert "reported/fonts" in own.replace("\\", "/")
