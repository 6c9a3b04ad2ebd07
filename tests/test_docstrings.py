"""Every example in a docstring of the package is run, and every docstring says what something does or is."""

import ast
import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "reported").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_module_hold(name):
    if name.endswith("dask"):
        pytest.importorskip("dask")
    assert doctest.testmod(import_module(name)).failed == 0


@pytest.mark.parametrize("path", sorted((ROOT / "reported").rglob("*.py")), ids=lambda path: path.stem)
def test_docstrings_begin_with_a_verb_or_a_noun(path):
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, documented)]
    texts = [(node, ast.get_docstring(node) or "") for node in nodes]
    assert [
        (getattr(node, "name", path.stem), text.partition("\n")[0])
        for node, text in texts
        if re.match(r"(What|Whether|Where|Which|Who|Whom|How|Why|When|That|From|By how) ", text)
    ] == []
