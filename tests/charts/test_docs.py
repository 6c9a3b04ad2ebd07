"""docs/charts.md is run, and its way to Word gives tables as tables and charts as pictures with their alt text."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pypandoc
import pytest
from PIL import Image

import reported
from reported import Ledger, charts, say, tables

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "charts.md").read_text(encoding="utf-8")


def pixels(file: Path) -> tuple[tuple[int, int], bytes]:
    with Image.open(file) as picture:
        return picture.size, picture.convert("RGB").tobytes()


def test_every_snippet_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for snippet in re.findall(r"(?s)```python\n(.*?)```", DOCS):
        exec(snippet.replace('"examples/flood"', repr(str(ROOT / "examples" / "flood"))), names)
    shown = {file.name for file in (ROOT / "docs" / "charts").iterdir()}
    assert {file.name for file in tmp_path.iterdir()} == {"deaths.png", "deaths.pdf", "deaths.svg", *shown}
    assert shown == set(re.findall(r"\]\(charts/(\w+\.png)\)", DOCS))
    old = [name for name in shown if pixels(tmp_path / name) != pixels(ROOT / "docs" / "charts" / name)]
    assert old == [], f"copy from {tmp_path} to docs/charts"
    for name in ("own", "drawn"):
        assert "image/png" in names[name]._repr_mimebundle_()[0]  # type: ignore[attr-defined]


def test_every_chart_is_in_the_docs() -> None:
    assert set(re.findall(r"charts\.(\w+)\(", DOCS)) == set(reported.charts.__all__)


def test_an_executed_notebook_becomes_a_document_of_word(tmp_path: Path) -> None:
    ledger = Ledger(ROOT / "examples" / "flood")
    figures = list(ledger)[:3]
    chart = charts.counts(figures[0], alt="One figure, drawn.")
    cells = []
    for shown in (say("So it **is** said."), tables.claims(*figures), chart):
        bundle = shown._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
        cells.append(nbformat.v4.new_code_cell("shown", outputs=[output]))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "executed.ipynb")
    commands = [
        [sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", "executed.ipynb"],
        [pypandoc.get_pandoc_path(), "executed.html", "-o", "report.docx"],
    ]
    for command in commands:
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    with zipfile.ZipFile(tmp_path / "report.docx") as document:
        text = document.read("word/document.xml").decode()
        pictures = [name for name in document.namelist() if name.startswith("word/media/")]
    assert text.count("<w:tbl>") == 1
    assert len([name for name in pictures if name.endswith(".png")]) == 1
    assert 'descr="One figure, drawn."' in text
    assert "vnd.reported" not in text
    assert "&quot;parts&quot;" not in text
    # a picture is as wide as the text, and not beside its note; columns are as wide as their tables ask
    [emu] = re.findall(r'<wp:extent cx="(\d+)"', text)
    assert int(emu) > 5.8 * 914_400
    first = text[text.index("<w:tblGrid>") : text.index("</w:tblGrid>")]
    assert len(set(re.findall(r'w:w="(\d+)"', first))) > 1
    words = re.sub(r"<[^>]+>", "", text)
    assert "So it is said." in words
    assert "shown" not in words
    assert figures[0].claimant.name in words
