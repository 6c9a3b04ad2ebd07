"""The notebooks: figures compared by name, sentences with live figures; no outputs, and no number typed by hand."""

import ast
import json
import re
from pathlib import Path

import pytest

from reported import prose

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHAPTERS = ["findings", "repatriations", "aircraft", "troops", "the-dead", "every-figure", "how-to-read-this"]
SPEAKING = {"say", "points"}
OPERATORS = (ast.BinOp, ast.Compare)


def cells(path: Path, kind: str) -> list[str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == kind]


def literal_words(source: str) -> list[str]:
    """The typed parts of what a cell says: strings, and f-strings without what is computed."""
    said = []
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SPEAKING:
            for argument in call.args:
                said += [typed(node) for node in ast.walk(argument) if isinstance(node, ast.JoinedStr)]
                inside = {
                    id(v) for n in ast.walk(argument) if isinstance(n, ast.JoinedStr) for v in ast.walk(n)
                }
                said += [
                    n.value
                    for n in ast.walk(argument)
                    if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in inside
                ]
    return said


def typed(sentence: ast.JoinedStr) -> str:
    return "".join(v.value if isinstance(v, ast.Constant) else " … " for v in sentence.values)


def quantities(text: str) -> list[str]:
    """Numbers that count something; dates, measures of time and designations are not looked for."""
    return [found.text for found in prose.find(text) if found.kind == "count"]


def test_the_chapters_are_these():
    assert [p.stem.partition("-")[2] for p in NOTEBOOKS] == CHAPTERS
    assert [p.stem[:2] for p in NOTEBOOKS] == [f"{n:02d}" for n in range(1, len(CHAPTERS) + 1)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
class TestNotebook:
    def test_is_committed_without_outputs(self, path):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
        assert code
        assert all(not c["outputs"] and c["execution_count"] is None for c in code)

    def test_no_number_is_typed_in_a_markdown_cell(self, path):
        assert [n for text in cells(path, "markdown") for n in quantities(text)] == []

    def test_no_figure_of_the_ledger_is_typed(self, path, ledger):
        digits = {f"{f.value:,f}".partition(".")[0] for f in ledger if f.value is not None}
        said = [words for source in cells(path, "code") for words in literal_words(source)]
        assert said
        assert [n for words in said for n in re.findall(r"\d[\d,]*", words) if n in digits] == []

    def test_a_heading_is_a_question(self, path):
        text = "\n".join(cells(path, "markdown"))
        assert re.match(r"# .+", text)
        assert all(h.endswith("?") for h in re.findall(r"^## (.+)", text, re.MULTILINE))

    def test_cells_are_short(self, path):
        assert max(len(ast.parse(source).body) for source in cells(path, "code")) <= 5


@pytest.mark.parametrize("path", NOTEBOOKS[1:5], ids=lambda p: p.stem)
def test_the_code_shows_what_is_compared(path):
    """Each answer is computed where it is asked for, from figures that have a name in the notebook."""
    asked = [
        call
        for source in cells(path, "code")
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "ask"
    ]
    assert asked
    for call in asked:
        question, result = call.args
        assert isinstance(question, ast.Constant)
        assert isinstance(result, (*OPERATORS, ast.Name, ast.Call))
        assert {n.id for n in ast.walk(result) if isinstance(n, ast.Name)}


def test_typed_quantities_would_be_found():
    source = 'say(f"Beside {ledger.ru_killed} there were 7 men and two dozen horses", "on 24 January 2024")'
    found = [n for words in literal_words(source) for n in quantities(words)]
    assert any("7" in n for n in found)
    assert any("dozen" in n for n in found)
    assert not any("24" in n for n in found)
