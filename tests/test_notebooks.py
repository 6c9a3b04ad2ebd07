"""The notebooks: question, sentence, chart; no outputs, and no number typed by hand."""

import ast
import json
import re
from pathlib import Path

import pytest

from reported import prose

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHAPTERS = ["findings", "figures", "repatriations", "troops", "casualties", "aircraft", "method"]
SPEAKING = {"say", "points"}


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


def numbers(text: str) -> list[str]:
    return [found.text for found in prose.find(text)] + re.findall(r"\d+", text)


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
        assert [n for text in cells(path, "markdown") for n in numbers(text)] == []

    def test_no_number_is_typed_in_a_sentence(self, path):
        said = [words for source in cells(path, "code") for words in literal_words(source)]
        assert said
        assert [n for words in said for n in numbers(words)] == []

    def test_asks_questions_and_ends_with_what_to_be_careful_about(self, path):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        merged = [c for c in notebook["cells"] if "standalone" not in c["metadata"].get("tags", [])]
        text = ["".join(c["source"]) for c in merged if c["cell_type"] == "markdown"]
        assert re.match(r"# .+\n\n.+", text[0]), "a title, and a sentence on what the chapter answers"
        headings = [h for t in text for h in re.findall(r"^## (.+)", t, re.MULTILINE)]
        assert all(h.endswith("?") for h in headings[:-1])
        assert headings[-1] == "What to be careful about"

    def test_cells_are_short(self, path):
        statements = [len(ast.parse(source).body) for source in cells(path, "code")]
        assert max(statements) <= 3

    def test_rendered_alone_it_ends_with_the_rows_it_cites(self, path):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        last = [c for c in notebook["cells"] if "standalone" in c["metadata"].get("tags", [])]
        assert last
        assert any("tables.named_" in "".join(c["source"]) for c in last)


def test_typed_numbers_would_be_found():
    source = 'say(f"From {ledger.ru_killed} to 7 or two dozen", "a third thing")'
    found = [n for words in literal_words(source) for n in numbers(words)]
    assert "7" in found
    assert any("dozen" in n for n in found)
    assert any("third" in n for n in found)
