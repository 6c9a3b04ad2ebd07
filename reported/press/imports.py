"""Imports that leave out what nobody here uses.

Not for lazy imports of our own. Standard library only.
"""

import contextlib
import sys
from collections.abc import Iterator

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
