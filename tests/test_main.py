"""The command line: what each command does, prints and returns, in any project's folder."""

import argparse
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reported import __main__ as command_line
from reported.__main__ import CHOICE, main
from reported.ledger import load
from reported.ledger.rules import READING_LABELS
from tests.ledgers import DATA
from tests.project.deciding import append, decide

ROOT = DATA.parent
FLOOD = ROOT / "examples" / "flood"
COMMANDS = ("new", "report", "check", "audit", "draft", "lab", "diff")
ARTICLE = """\
River Floods Old Town

2 min read

At least 11 people were killed, the district council said.

About 1,200 residents were moved to schools, said Irena Voss.
"""


@pytest.fixture
def gazette(tmp_path):
    (tmp_path / "gazette.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "gazette.txt"


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new")
    (folder / "gazette.txt").write_text(ARTICLE, encoding="utf-8")
    words = ["new", str(folder / "flood"), "--title", "The flood", "--article", str(folder / "gazette.txt")]
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(words) == 0
    return folder / "flood"


@pytest.fixture
def project(tmp_path, laid_out):
    """A project laid out with one article, everything in it still to be decided."""
    return shutil.copytree(laid_out, tmp_path / "flood")


@pytest.fixture
def short(project):
    """The same with two chapters, for what does not depend on how many there are."""
    for notebook in sorted((project / "notebooks").iterdir())[2:]:
        notebook.unlink()
    return project


def run(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reported", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


# ---------------------------------------------------------------- help


def test_help_names_every_command_and_the_exit_statuses(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert all(f"    {name} " in out for name in COMMANDS)
    assert "Exit status: 0" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_fits_a_screen_and_shows_an_example(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main([command, "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 100
    [example] = [line for line in lines if line.startswith("example: reported ")]
    assert example.startswith(f"example: reported {command} ")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_of_a_command_is_understood(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    [example] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("example: ")]
    import shlex

    parsed = command_line._parser().parse_args(shlex.split(example.removeprefix("example: reported ")))
    assert isinstance(parsed, argparse.Namespace)


def test_an_unknown_command_is_explained():
    wrong = run("chek")
    assert wrong.returncode == 2
    assert "check" in wrong.stderr
    assert "Traceback" not in wrong.stderr


# ---------------------------------------------------------------- check


def test_check_says_how_much_was_checked(capsys):
    assert main(["check", str(ROOT)]) == 0
    package = load(DATA)
    assert capsys.readouterr().out == (
        f"1 source, {len(package.claimants)} claimants, {len(package.quantities)} quantities, "
        f"{len(package.figures)} figures: all checked\n"
    )


BROKEN = [
    ("figures", "ru_killed", {"qualifier": "atleast"}, 'column qualifier: "atleast" is not a valid qualifier; did you mean "at least"?'),
    ("figures", "ru_killed", {"claimant": "meduza"}, 'column claimant: "meduza" is not in claimants.csv'),
    ("figures", "ru_killed", {"as_of": "26/01/2024"}, 'column as_of: "26/01/2024" does not fit; a spreadsheet has rewritten'),
    ("figures", "ru_killed", {"value": "42248"}, 'column value: "42248", but the words'),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "cells", "said"), BROKEN, ids=[s[:50] for *_, s in BROKEN])
def test_a_broken_row_is_one_line_and_a_failure(copy, capsys, table, row, cells, said):
    copy.change(table, row, **cells)
    assert main(["check", "--data", str(copy.folder)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"data/{table}.csv row " in captured.err
    assert said in captured.err
    assert captured.err.count("\n") == 1


def test_check_lists_row_by_row_what_is_to_be_decided(project, capsys):
    assert main(["check", str(project)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert (
        'to decide: data/figures.csv row 2 (At least 11 people): quantity "?people_killed", '
        'claimant "?district_council", evidence "?not mentioned"'
    ) in lines
    assert lines[-1].endswith("rows to decide: correct what is proposed, or remove the question mark")
    assert len(lines) == len(set(lines))


# ---------------------------------------------------------------- new, report


def test_a_new_project_is_checked_decided_and_reported(short, capfd):
    assert main(["report", str(short), "--final"]) == 1
    err = capfd.readouterr().err
    assert "to decide: data/figures.csv row 2" in err
    assert err.endswith("no report is made before this is corrected\n")
    assert not list(short.glob("reports/*"))
    assert main(["report", str(short)]) == 0
    page = (short / "reports" / "report.html").read_text(encoding="utf-8")
    assert "<title>Draft: " in page
    assert "[District council]" in page
    decide(short / "data")
    assert main(["check", str(short)]) == 0
    assert main(["report", str(short), "--title", "Another title"]) == 0
    page = (short / "reports" / "report.html").read_text(encoding="utf-8")
    assert "<title>Another title" in page
    assert "at least 11" in page
    assert (short / "reports" / "report.pdf").is_file()
    capfd.readouterr()
    assert main(["report", str(short), "--title", "Another title"]) == 0
    assert capfd.readouterr().err == "the report is up to date\n"


@pytest.mark.parametrize("decided", [False, True])
def test_a_report_with_nothing_to_do_reads_no_ledger(short, decided):
    if decided:
        decide(short / "data")
    made = run("report", str(short), folder=short)
    assert made.returncode == 0, made.stderr
    code = (
        "import sys; from reported.__main__ import main; main(['report', *sys.argv[1:]])\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules} - {*sys.stdlib_module_names}))\n"
        "print(*sorted(name for name in sys.modules if name.startswith(('reported.ledger', 'reported.prose'))))"
    )
    again = subprocess.run(
        [sys.executable, "-I", "-c", code, str(short)], capture_output=True, text=True, check=True
    )
    assert again.stderr == "the report is up to date\n"
    assert again.stdout == "__main__ reported\n\n"
    final = run("report", str(short), "--final", folder=short)  # a draft in place is not current then
    assert final.returncode == (0 if decided else 1)
    assert "up to date" not in final.stderr


def test_a_ledger_without_figures_is_a_report(tmp_path, capfd):
    assert main(["new", str(tmp_path / "a b")]) == 0
    assert main(["report", str(tmp_path / "a b")]) == 0, capfd.readouterr().err
    assert "There are no figures yet." in (tmp_path / "a b" / "reports" / "report.html").read_text(
        encoding="utf-8"
    )


def test_parts_of_a_project_may_be_elsewhere(short, tmp_path):
    decide(short / "data")
    (short / "data").rename(tmp_path / "ledger")
    (short / "notebooks").rename(tmp_path / "chapters")
    parts = ["--data", "ledger", "--notebooks", "chapters", "--reports", "out"]
    made = run("report", "flood", *parts, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "at least 11" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_notebook_alone_is_rendered_where_it_is_wanted(project, tmp_path):
    decide(project / "data")
    notebook = project / "notebooks" / "02-every-figure.ipynb"
    assert main(["report", str(notebook), "--to", str(tmp_path / "one.html")]) == 0
    assert "at least 11" in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert main(["report", str(notebook.with_name("none.ipynb"))]) == 1


def test_a_notebook_of_no_project_is_rendered_beside_itself(tmp_path):
    from tests.press.samples import write_notebook

    write_notebook(tmp_path / "one.ipynb", [("markdown", "# One"), ("code", "6 * 7")])
    assert main(["report", str(tmp_path / "one.ipynb")]) == 0
    assert "42" in (tmp_path / "one.html").read_text(encoding="utf-8")


def test_python_in_its_development_mode_writes_nothing_into_a_notebook(tmp_path):
    from tests.press.samples import write_notebook

    write_notebook(tmp_path / "one.ipynb", [("code", "import time; time.sleep(0.2); 6 * 7")])
    made = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "reported", "report", str(tmp_path / "one.ipynb")],
        env=os.environ | {"PYTHONDEVMODE": "1"},
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "42" in page
    assert "Messages" not in page


# ---------------------------------------------------------------- audit, draft, diff, lab


def test_audit_names_the_article_by_its_checksum(project, gazette, capsys):
    decide(project / "data")
    assert main(["audit", str(gazette), str(project)]) == 0
    assert "gazette: 2 numbers in 4 paragraphs: 2 figures" in capsys.readouterr().out
    gazette.write_text(ARTICLE + "\nTen dogs came.\n", encoding="utf-8")
    assert main(["audit", str(gazette), str(project)]) == 1
    assert '"Ten dogs came": in no row' in capsys.readouterr().out


def test_a_draft_is_printed_or_added(project, tmp_path, capsys):
    decide(project / "data")
    second = tmp_path / "second.txt"
    second.write_text("Later\n\nNineteen people were killed, the district council said.\n", encoding="utf-8")
    assert main(["draft", str(second), str(project)]) == 0
    assert "second_p2_people,,,,,,,,," in capsys.readouterr().out
    assert main(["draft", str(second), str(project), "--source", "gazette_2", "--add"]) == 0
    assert (
        capsys.readouterr().out == "data: 1 row for sources, 1 row for figures added; see `reported decide`\n"
    )
    added = (project / "data" / "figures.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert added.startswith("gazette_2_p2_people,?people_killed,,exact,19,,,,,?district_council,")
    assert main(["draft", str(second), str(project), "--add"]) == 0
    assert capsys.readouterr().out == "data: no rows added; see `reported decide`\n"


def test_a_draft_needs_no_project(gazette, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["draft", "gazette.txt"]) == 0
    assert "gazette_p3_people" not in capsys.readouterr().out.partition("\n")[0]
    assert main(["draft", "gazette.txt", "--add"]) == 1


def test_diff_is_text_or_csv(project, tmp_path, capsys):
    decide(project / "data")
    assert main(["diff", str(project), str(project)]) == 0
    assert capsys.readouterr().out.endswith("figures: 0 added, 0 revised, 0 removed; answers: 0 changed\n")
    assert main(["diff", str(project), str(project), "--csv"]) == 0
    assert capsys.readouterr().out.startswith("table,id,kind,")
    assert main(["diff", "no-such", str(project)]) == 1


def test_an_option_for_jupyterlab_that_is_not_behind_dashes_is_told_where_it_goes(project, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["lab", str(project), "--no-browser"])
    assert ended.value.code == 2
    assert "--no-browser; put options for JupyterLab after --" in capsys.readouterr().err


def test_lab_opens_the_project_where_its_data_can_be_opened_too(project, monkeypatch):
    started = []
    monkeypatch.setattr(os, "execv", lambda program, words: started.append(words) or sys.exit(0))
    with pytest.raises(SystemExit):
        main(["lab", str(project), "--", "--no-browser"])
    assert f"--ServerApp.root_dir={project}" in started[0]
    assert "--LabApp.default_url=/lab/tree/notebooks/01-numbers.ipynb" in started[0]
    assert started[0][-1] == "--no-browser"


# ---------------------------------------------------------------- bad input


def one_line(capsys, *words):
    assert main([str(word) for word in words]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    return captured.err


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_folder_that_is_no_project_is_one_line(tmp_path, capsys, command):
    assert "no datapackage.json there" in one_line(capsys, command, tmp_path)
    assert "is not there" in one_line(capsys, command, tmp_path / "nothing")


def test_a_project_of_a_newer_schema_is_one_line(project, capsys):
    decide(project / "data")
    path = project / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(package | {"schema_version": 99}), encoding="utf-8")
    assert "schema_version" in one_line(capsys, "check", project)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"<!doctype html><p></p>", "a web page"),
        (b"%PDF-1.7", "a PDF"),
        ("Être".encode("latin-1"), "not UTF-8"),
    ],
    ids=["html", "pdf", "latin"],
)
def test_an_article_that_is_no_text_is_one_line_and_leaves_nothing(tmp_path, capsys, data, found):
    (tmp_path / "page.txt").write_bytes(data)
    assert found in one_line(capsys, "new", tmp_path / "flood", "--article", tmp_path / "page.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]
    assert found in one_line(capsys, "draft", tmp_path / "page.txt")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path, capsys):
    tmp_path.chmod(0o500)
    assert "Permission denied" in one_line(capsys, "new", tmp_path / "flood")
    tmp_path.chmod(0o700)


def test_what_the_system_refuses_is_one_line(tmp_path, capsys, monkeypatch):
    def refuse(*_args, **_settings):
        raise PermissionError(13, "Permission denied", "flood")

    monkeypatch.setattr("reported.project.layout.tempfile.TemporaryDirectory", refuse)
    assert one_line(capsys, "new", tmp_path / "flood") == "flood: Permission denied\n"


def test_an_unknown_source_is_one_line(project, gazette, capsys):
    decide(project / "data")
    assert 'no source "x"; sources.csv has gazette' in one_line(
        capsys, "audit", gazette, project, "--source", "x"
    )


def test_two_projects_nested_are_one_line(project, capsys):
    assert "is inside the project flood" in one_line(capsys, "new", project / "inner")


def test_the_command_as_it_is_typed(project):
    append(project / "data" / "figures.csv", "x")
    broken = run("check", folder=project / "notebooks")
    assert (broken.returncode, broken.stdout) == (1, "")
    assert "data/figures.csv row " in broken.stderr
    assert "Traceback" not in broken.stderr


def test_the_command_line_loads_nothing_heavy():
    """`report` with nothing to do answers at once."""
    code = (
        "import sys, reported.__main__, reported.press; "
        "print(sorted({'pandas', 'numpy', 'nbconvert', 'matplotlib', 'pyarrow', 'reported.prose'} & set(sys.modules)))"
    )
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout == "[]\n"


def test_a_page_offers_the_readings_that_there_are():
    """They are written out in __main__, which answers before a ledger's modules are imported."""
    assert {option["value"]: option["label"] for option in CHOICE["options"]} == READING_LABELS
