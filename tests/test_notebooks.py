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
SAY = "%%say\n"
OPERATORS = (ast.BinOp, ast.Compare)


def cells(path: Path, kind: str) -> list[str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == kind]


def code(path: Path) -> list[str]:
    """The cells that are Python, without those of prose."""
    return [source for source in cells(path, "code") if not source.startswith(SAY)]


def prose_of(path: Path) -> list[str]:
    """What is typed in the cells of prose: the text outside the braces."""
    texts = [source.removeprefix(SAY) for source in cells(path, "code") if source.startswith(SAY)]
    return [re.sub(r"\{[^{}]*\}", " … ", text) for text in texts]


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
        ran = [c for c in notebook["cells"] if c["cell_type"] == "code"]
        assert ran
        assert all(not c["outputs"] and c["execution_count"] is None for c in ran)

    def test_no_number_is_typed_in_a_markdown_cell(self, path):
        assert [n for text in cells(path, "markdown") for n in quantities(text)] == []

    def test_no_figure_of_the_ledger_is_typed(self, path, ledger):
        digits = {f"{f.value:,f}".partition(".")[0] for f in ledger if f.value is not None}
        said = prose_of(path) or cells(path, "markdown")
        assert said
        assert [n for words in said for n in re.findall(r"\d[\d,]*", words) if n in digits] == []

    def test_a_heading_is_a_question(self, path):
        text = "\n".join(cells(path, "markdown"))
        assert re.match(r"# .+", text)
        assert all(h.endswith("?") for h in re.findall(r"^## (.+)", text, re.MULTILINE))

    def test_cells_are_short(self, path):
        assert max(len(ast.parse(source).body) for source in code(path)) <= 5

    def test_no_sentence_is_a_quoted_string(self, path):
        calls = [
            node
            for source in code(path)
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call)
        ]
        assert "say" not in {call.func.id for call in calls if isinstance(call.func, ast.Name)}


@pytest.mark.parametrize("path", NOTEBOOKS[1:5], ids=lambda p: p.stem)
def test_the_code_shows_what_is_compared(path):
    """Each answer is computed where it is asked for, from figures that have a name in the notebook."""
    asked = [
        call
        for source in code(path)
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
    found = quantities("Beside … there were 7 men and two dozen horses on 24 January 2024")
    assert any("7" in n for n in found)
    assert any("dozen" in n for n in found)
    assert not any("24" in n for n in found)


@pytest.mark.parametrize(
    "path",
    [
        path
        for part in ("notebooks", "examples", "reported")
        for path in sorted((ROOT / part).rglob("*.ipynb"))
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_notebook_becomes_a_script_of_python(path):
    language = json.loads(path.read_text(encoding="utf-8"))["metadata"]["language_info"]
    assert (language["name"], language["file_extension"]) == ("python", ".py")
