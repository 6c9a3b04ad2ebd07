"""Reported Figures: numbers that are reported in words, read as bounds and compared honestly.

The names below are the public ones. They load on first use, so that the command line and the press, which need
few of them, do not pay for the rest.
"""

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str
    from reported import charts as charts
    from reported.columns.lint import lint as lint
    from reported.columns.words import explain_words as explain_words
    from reported.columns.words import read_words as read_words
    from reported.display import tables as tables
    from reported.display.questions import Question as Question
    from reported.display.questions import StaleTextError as StaleTextError
    from reported.display.questions import answers as answers
    from reported.display.questions import ask as ask
    from reported.display.sentences import points as points
    from reported.display.sentences import say as say
    from reported.figures.expressions import Operand as Operand
    from reported.figures.expressions import Result as Result
    from reported.figures.expressions import Verdict as Verdict
    from reported.figures.expressions import compatible as compatible
    from reported.figures.expressions import largest as largest
    from reported.figures.expressions import percent as percent
    from reported.figures.expressions import smallest as smallest
    from reported.figures.figure import Figure as Figure
    from reported.figures.figure import days as days
    from reported.figures.figure import growth as growth
    from reported.figures.figure import said as said
    from reported.figures.ledger import Ledger as Ledger
    from reported.figures.total import total as total
    from reported.intervals import Bounds as Bounds
    from reported.intervals import hull as hull
    from reported.intervals import intersection as intersection
    from reported.intervals.units import UnitError as UnitError
    from reported.intervals.wording import escape as escape
    from reported.ledger import DataError as DataError
    from reported.project.folder import ProjectError as ProjectError
    from reported.prose import PhraseError as PhraseError

_HOME = {
    "figures.figure": ("Figure", "days", "growth", "said"),
    "figures.ledger": ("Ledger",),
    "figures.expressions": ("Operand", "Result", "Verdict", "compatible", "largest", "percent", "smallest"),
    "figures.total": ("total",),
    "intervals.units": ("UnitError",),
    "charts": ("charts",),
    "columns.lint": ("lint",),
    "columns.words": ("explain_words", "read_words"),
    "display": ("tables",),
    "display.sentences": ("points", "say"),
    "display.questions": ("Question", "StaleTextError", "answers", "ask"),
    "intervals": ("Bounds", "hull", "intersection"),
    "intervals.wording": ("escape",),
    "ledger": ("DataError",),
    "project.folder": ("ProjectError",),
    "prose": ("PhraseError",),
}

__all__ = sorted(name for names in _HOME.values() for name in names)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("reported")
    _offer_say()
    for module, names in _HOME.items():
        if name in names:
            if module.startswith("figures"):
                import_module("reported.display.cards")  # what figures and results look like in a notebook
            if name == "charts":
                # matplotlib takes longer to import than all the rest
                return _lazy_module("reported.charts")
            home = import_module(f"reported.{module}")
            return import_module(f"reported.display.{name}") if module == "display" else getattr(home, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _offer_say() -> None:
    """Make the cell magic `%%say` known where notebooks are run. A session may also begin after this import."""
    if "IPython.core.interactiveshell" in sys.modules:
        import_module("reported.display.magics").register()


def _lazy_module(name: str) -> Any:
    """A module that is executed when one of its attributes is first used (importlib's LazyLoader)."""
    if name not in sys.modules:
        spec = find_spec(name)
        assert spec is not None
        assert spec.loader is not None
        spec.loader = LazyLoader(spec.loader)
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
        home, _, last = name.rpartition(".")
        setattr(import_module(home), last, sys.modules[name])
    return sys.modules[name]


def __dir__() -> list[str]:
    return sorted(__all__)


_offer_say()
