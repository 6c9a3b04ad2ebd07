"""docs/architecture.md names what is there, says the import rule as it is held, and its recipes work."""

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import nbformat
import pytest

from tests.test_structure import MAY_IMPORT, PACKAGE, ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
SPANS = set(re.findall(r"`([^`\n]+)`", TEXT))


DOTTED = sorted(s for s in SPANS if re.fullmatch(r"[a-z]+(\.\w+)+", s) and s.split(".")[0] in MAY_IMPORT)


@pytest.mark.parametrize("name", DOTTED)
def test_each_dotted_name_is_there(name):
    found, *rest = name.split(".")
    thing = import_module(f"reported.{found}")
    for part in rest:
        try:
            thing = getattr(thing, part)
        except AttributeError:
            thing = import_module(f"{thing.__name__}.{part}")


@pytest.mark.parametrize("name", sorted(s for s in SPANS if "/" in s and " " not in s and "," not in s))
def test_each_file_is_there(name):
    assert (ROOT / name).exists()


def test_the_table_of_folders_is_the_import_rule():
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", TEXT, re.M)
    assert [name for name, _ in rows] == [n for n in MAY_IMPORT if not n.startswith("__")]
    for name, allowed in rows:
        named = set(re.findall(r"`(\w+)`", allowed))
        below = {deeper for folder in named for deeper in MAY_IMPORT[folder]} if "below" in allowed else set()
        assert named | below == MAY_IMPORT[name], name


class Copy:
    """A copy of the package to follow a recipe in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(PACKAGE, folder / "reported", ignore=shutil.ignore_patterns("__pycache__", "fonts"))

    def add(self, file: str, *rows: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8").rstrip("\n")
        path.write_text("\n".join([text, *rows, ""]), encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *words: str) -> str:
        ran = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
        )
        return ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("copy"))


def rule(reading: str, qualifier: str, lower: float, upper: float, base: str = "") -> str:
    """A row of readings.csv as a maintainer types it; the cells that may be empty are."""
    head = (PACKAGE / "ledger" / "readings.csv").read_text(encoding="utf-8-sig").split("\n")[0].split(",")
    cells = {"id": f"{reading}_{qualifier.replace(' ', '_')}", "reading": reading, "qualifier": qualifier}
    cells |= {"lower_factor": f"{lower}", "lower_end": "closed", "upper_factor": f"{upper}"}
    cells |= {"upper_end": "closed", "base": base, "ground": "a convention"}
    return ",".join(cells.get(name, "") for name in head)


READINGS, VOCABULARY = "reported/ledger/readings.csv", "reported/prose/vocabulary.csv"


def test_a_wording_is_a_row(package):
    [row] = re.findall(r"`(before,[^`]+)`", TEXT)
    assert row not in (ROOT / VOCABULARY).read_text(encoding="utf-8")
    package.add(VOCABULARY, row)
    code = "from reported import said; print(said('hard by 1,000 boats').says())"
    assert package.run("-c", code) == "950 to 1,050\n"


def test_a_qualifier_is_a_name_a_wording_and_three_rules(package):
    package.edit("reported/prose/qualifiers.py", "SAYS = {", 'SAYS = {"a smidgen over": "near",')
    package.add(VOCABULARY, "before,a whisker over,a smidgen over,a whisker over 50 boats")
    readings = ("digits", 1), ("typical", 1.1), ("cautious", 1.2)
    package.add(READINGS, *(rule(name, "a smidgen over", 1, upper) for name, upper in readings))
    code = (
        "from reported import said; x = said('a whisker over 50 boats'); print(x.says(), x.says('cautious'))"
    )
    assert package.run("-c", code) == "50 to 55 50 to 60\n"


def test_a_unit_is_a_row(package):
    package.add("reported/prose/units.csv", "fathom,measure,fathoms,fathom|fathoms,,,a depth of 30 fathoms")
    code = "from reported import said; x = said('30 fathoms'); print(x.unit.name(), x > said('50 metres'))"
    assert package.run("-c", code).startswith('fathoms said("30 fathoms") > said("50 metres"): holds')


def test_a_codebook_is_rows_and_an_entry(package):
    package.add(READINGS, rule("house", "dozens", 1, 3, base="12"))
    entry = '    "house": Codebook("The house", "its style guide"),\n    "acled": Codebook('
    package.edit("reported/columns/codebooks.py", '    "acled": Codebook(', entry)
    code = "from reported import read_words; print(*read_words(['dozens'], reading='house'))"
    assert package.run("-c", code) == "[12, 36]\n"


def test_a_check_is_a_generator_that_check_figure_calls(tmp_path):
    package = Copy(tmp_path)  # of its own: no ledger passes this check
    checks = "reported/ledger/checks.py"
    package.edit(checks, "*_words_faults(figure)]", "*_words_faults(figure), *_late_faults(figure)]")
    own = (
        "def _late_faults(figure: FigureRecord) -> _Faults:\n"
        "    if (figure.paragraph or 0) > 2:\n"
        '        yield "late", "paragraph", f"{figure.paragraph} is late; begin with what matters"\n\n\n'
    )
    package.edit(checks, "def check_quantity(", f"{own}def check_quantity(")
    found = package.run("-m", "reported", "check", str(ROOT / "examples" / "flood"))
    assert re.search(r"figures\.csv row \d+, column paragraph: \d+ is late; begin with what matters", found)


FLOOD = f"from reported import Ledger, charts, tables; ledger = Ledger({str(ROOT / 'examples' / 'flood')!r})"


def test_a_chart_is_a_module_that_returns_a_chart_and_an_entry(package):
    (package.folder / "reported" / "fonts").symlink_to(PACKAGE / "fonts")
    module = (
        '"""One number as a bar."""\n\n'
        "from reported.charts.chart import Chart\nfrom reported.charts.marks import Span, bar\n"
        "from reported.charts.operands import ends, label, soft_ends\n\n\n"
        "def single(figure):\n"
        "    def draw(ax, width):\n"
        "        bar(ax, Span(0, *ends(figure, 'typical'), soft_ends(figure), 'black'), fill=True, point=1)\n\n"
        '    return Chart(draw, title=label(figure), alt="A bar.")\n'
    )
    (package.folder / "reported" / "charts" / "single.py").write_text(module, encoding="utf-8")
    entry = "reported/charts/__init__.py"
    package.edit(entry, "from reported.charts.over_time import over_time\n", OF_SINGLE)
    package.edit(entry, "__all__ = [", '__all__ = ["single", ')
    code = f"{FLOOD}; chart = charts.single(next(iter(ledger))); chart.save('single.svg'); print(max(dir(charts)))"
    assert package.run("-c", code) == "single\n"
    assert "<svg" in (package.folder / "single.svg").read_text(encoding="utf-8")


OF_SINGLE = (
    "from reported.charts.over_time import over_time\nfrom reported.charts.single import single as single\n"
)


def test_a_table_is_a_function_and_an_entry(package):
    tables = "reported/display/tables.py"
    package.edit(tables, '    "by_event",\n', '    "by_event",\n    "shortest",\n')
    package.add(
        tables,
        "def shortest(ledger: Ledger) -> Table:",
        "    rows = [Row([cell(run(label(figure)))]) for figure in ledger][:1]",
        '    return Table("The first", [Column("Quantity")], rows)',
    )
    made = package.run("-c", f"{FLOOD}; print(tables.shortest(ledger)); print('shortest' in dir(tables))")
    assert made.startswith("The first\n")
    assert made.endswith("True\n")


def test_an_exporter_is_a_class_that_renders(tmp_path):
    from reported.press.pages.exporter import ReportExporter

    class Words(ReportExporter):
        file_extension = ".txt"

        def render(self, nb, resources):
            read = self.read(nb, resources)
            return "\n".join(block.data for _, block in read.of_kind("prose"))

    cells = [nbformat.v4.new_markdown_cell("Water rose."), nbformat.v4.new_markdown_cell("It fell.")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "flood.ipynb")
    text, resources = Words().from_filename(str(tmp_path / "flood.ipynb"))
    assert text.split("\n") == ["Water rose.", "It fell."]
    assert resources["output_extension"] == ".txt"
