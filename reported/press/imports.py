"""Imports that leave out what nobody here uses.

Not for lazy imports of our own. Standard library only.
"""

import contextlib
import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType

# jsonschema imports it where it is installed, for checks of the formats `iri` and `iri-reference`, which no
# notebook's or table's schema has; importing it builds a parser, which takes longer than all of pandas
GRAMMAR = "rfc3987_syntax"
# ipykernel imports it for debuggers to attach; none does during a build
DEBUGGER = "debugpy"


@contextlib.contextmanager
def without(*modules: str) -> Iterator[None]:
    """Let imports of these fail for a while, so that what can do without them does.

    None in sys.modules has that meaning (PEP 302's successor, importlib's documentation). Afterwards they
    can be imported as ever; one that was imported before stays.
    """
    absent = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            if sys.modules.get(name, sys) is None:
                del sys.modules[name]


class WithoutSystemFonts(importlib.abc.MetaPathFinder):
    """Hides the system's fonts from matplotlib while it makes its list of them, whenever that is imported.

    A font that happens to be installed must not change a chart. The variable matplotlib knows for this
    (MPL_IGNORE_SYSTEM_FONTS) also hides fonts added later, so it is set for that moment alone.
    """

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """Find matplotlib's font manager as others do, and have it run with the variable set."""
        if fullname != "matplotlib.font_manager":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def run_without(module: ModuleType) -> None:
                os.environ["MPL_IGNORE_SYSTEM_FONTS"] = "1"
                try:
                    run(module)
                finally:
                    del os.environ["MPL_IGNORE_SYSTEM_FONTS"]

            spec.loader.exec_module = run_without  # type: ignore[method-assign]
        return spec
