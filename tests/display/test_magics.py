"""`%%say`: a cell of prose with live figures, as stock Jupyter and our own shell run it."""

import json
import math
import subprocess
import sys
import traceback

import nbformat
import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from reported import Bounds, ask, escape
from reported.display.magics import sentence
from reported.display.published import ROWS_MIME
from reported.display.table import Column, Row, Table, cell
from reported.press.errors import CellError
from reported.press.run import execute
from reported.press.run.normalise import Normaliser


def markdown(text, **names):
    return sentence(text, names).markdown


def test_a_cell_is_markdown_with_figures_linked_to_their_rows(town):
    text = "## The flood\n\nThe mayor spoke of {a:capital} and {b}.\n\n- *one*\n- **two** {b:plain}\n"
    assert markdown(text, a=town.about100, b=town.fifty) == (
        '## The flood\n\nThe mayor spoke of [About 100](#figure-about100 "The Gazette") and '
        '[50](#figure-fifty "The Gazette").\n\n- *one*\n- **two** 50'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{n}", "5"),
        ("{n:03d}", "005"),
        ("{n:{width}d}", "    5"),
        ("{name!r}", "'Ö'"),
        ("{ name }", "Ö"),
        ('{"a: b}"}', "a: b}"),
        ("{'!'}", "!"),
        ("{n != 4}", "True"),
        ("{ {1: 2}[1] }", "2"),
        ("{(lambda: 7)()}", "7"),
        ('{"yes" if n else "no"}', "yes"),
        ("{{n}} {n}", "{n} 5"),
        ("{[x for x in (1,\n 2)]}", "[1, 2]"),
        ("C:\\new \\{{ \"quoted\" 'it' '''x''' ö{n}", "C:\\new \\{ \"quoted\" 'it' '''x''' ö5"),
        ("a # no comment {n}", "a # no comment 5"),
        ("", ""),
    ],
)
def test_braces_hold_expressions_and_all_else_is_text(text, expected):
    assert markdown(text, n=5, width=5, name="Ö") == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("One {n} and\nö {a b} is", 3, 3, "invalid syntax"),
        ("One {n", 2, 5, "never closed"),
        ("One {}", 2, 5, "nothing"),
        ("One } two", 2, 5, "}}"),
        ("One {x = 3}", 2, 5, "."),
        ("{n:{}", 2, 1, "."),
    ],
)
def test_what_is_no_expression_is_a_syntax_error_at_its_brace(text, line, column, says):
    with pytest.raises(SyntaxError, match=says) as error:
        markdown(text, n=5)
    assert (error.value.lineno, error.value.offset) == (line, column)
    assert error.value.text == text.splitlines()[line - 2]


@pytest.mark.parametrize(
    ("text", "error", "place"),
    [
        ("One.\nTwo ö {grund}.", NameError, "line 3, column 7: {grund}"),
        ("{n.nothing}", AttributeError, "line 2, column 1: {n.nothing}"),
        ("Of {n:bold} it", ValueError, "line 2, column 4: {n}"),
        ("\n\n{1 / 0}", ZeroDivisionError, "line 4, column 1: {1 / 0}"),
    ],
)
def test_an_error_names_the_place_of_its_brace(text, error, place):
    with pytest.raises(error) as raised:
        markdown(text, n=5)
    assert f"(in %%say, {place})" in str(raised.value)
    assert "%%say cell" in "".join(traceback.format_exception(raised.value)) or error is ValueError


def test_what_has_no_words_says_what_to_write(town):
    with pytest.raises(TypeError, match="ask a question"):
        markdown("It is {a > b}.", a=town.about100, b=town.fifty)
    with pytest.raises(TypeError, match="a cell of its own"):
        markdown("It is {t}.", t=Table("t", [Column("a")], [Row([cell("x")])]))


def test_bounds_are_said_in_words_and_what_is_missing_is_never_printed():
    column = pd.Series([Bounds(5, math.inf), pd.NA], dtype="bounds")
    assert (
        markdown("{b} or {column[0]}, {b!s}", b=Bounds(0, 10), column=column)
        == "0 to 10 or at least 5, [0, 10]"
    )
    for missing in (column[1], None, math.nan, pd.NaT):
        with pytest.raises(
            ValueError, match=r"x is missing: say in words.* \(in %%say, line 2, column 4: {x}\)"
        ):
            markdown("Of {x}", x=missing)
    for many in (column, column.to_frame(), column.index):
        with pytest.raises((TypeError, ValueError), match="a column"):
            markdown("Of {x}", x=many)


def test_the_answers_it_links_to_are_published(town):
    one, other = ask("One?", town.fifty + 1, id="one"), ask("Other?", town.fifty + 2, id="other")
    shown = sentence("It is {one}, at {b}; {other:plain}.", {"one": one, "other": other, "b": town.fifty})
    assert [row["id"] for row in shown._repr_mimebundle_()[ROWS_MIME]["rows"]] == ["one"]


def test_text_of_a_ledger_can_be_escaped():
    assert markdown("{escape(name)}", name="*x*", escape=escape) == "\\*x\\*"


# ---------------------------------------------------------------- in IPython


SESSION = """
import sys
{first}
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.displayhook.write_output_prompt = lambda: None
before = {{name: dict(found) for name, found in shell.magics_manager.magics.items()}}
assert "matplotlib" not in sys.modules
shell.run_cell("from reported import percent\\nx = percent(45)")
after = shell.magics_manager.magics
assert after["line"] == before["line"] and set(after["cell"]) - set(before["cell"]) == {{"say"}}
print(shell.run_cell("%%say\\nIt is {{x.says()}} of *it*.").result.markdown)
"""


@pytest.mark.parametrize("first", ["", "import reported", "from reported import percent"])
def test_it_is_there_as_soon_as_anything_is_imported_from_reported(first):
    """Also where the package was imported before the session began, as a fork server does."""
    run = subprocess.run([sys.executable, "-c", SESSION.format(first=first)], capture_output=True, text=True)
    assert run.stdout.strip().endswith("It is 45% of *it*."), run.stderr


def test_no_session_no_magic():
    code = "import reported, sys; reported.say; sys.exit('IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_tab_completes_in_braces(town):
    shell = InteractiveShell.instance()
    try:
        import reported

        assert reported.say
        shell.user_ns["ledger"] = town
        with provisionalcompleter():
            for text in ("%%say\nThere are {ledger.abo", "%%say\nThere are people {led"):
                assert [c.text for c in shell.Completer.completions(text, len(text))]
    finally:
        InteractiveShell.clear_instance()


def notebook(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


FIRST = "from reported import percent\nhalf = percent(50)"


def test_stock_nbconvert_runs_it(tmp_path):
    file = tmp_path / "a.ipynb"
    nbformat.write(notebook(FIRST, '%%say\nIt is {half.says():>5}, "they" say.\n\n- so\n- or not'), file)
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--stdout", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    (output,) = json.loads(run.stdout)["cells"][1]["outputs"]
    assert "".join(output["data"]["text/markdown"]) == 'It is   50%, "they" say.\n\n- so\n- or not'


def test_our_shell_runs_it_and_an_error_names_cell_line_and_column(tmp_path):
    """With the package imported in the process that notebooks are forked from, as a report has it."""
    settings = execute.Settings(60, 1, ["reported.display.tables"], tmp_path / "cache")

    def run(*sources):
        job = execute.Job("a.ipynb", tmp_path, notebook(*sources))
        execute.execute([job], settings, Normaliser(tmp_path), lambda job, seconds: None)
        return job.notebook.cells[1].outputs

    (output,) = run(FIRST, "%%say\nIt is {half.says()}.")
    assert output["data"]["text/markdown"] == "It is 50%."
    with pytest.raises(CellError, match=r"(?s)name 'haf' is not defined.*line 3, column 7: \{haf\}"):
        run(FIRST, "%%say\nSo:\nIt is {haf}.")
    with pytest.raises(CellError, match=r"column 7: \{half half\}.*line 2"):
        run(FIRST, "%%say\nIt is {half half}.")
