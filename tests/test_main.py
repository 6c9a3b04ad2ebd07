"""The command line: what it prints, and its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reported.__main__ import main
from tests.ledgers import DATA

ROOT = DATA.parent


def check(copy, capsys):
    status = main(["check", "--data", str(copy.folder)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_check_says_how_much_was_checked(ledger, asked, capsys):
    assert main(["check", "--data", str(DATA)]) == 0
    out = capsys.readouterr().out
    assert out == (
        f"{len(ledger)} figures, {len(ledger.quantities)} quantities, {len(ledger.claimants)} claimants, "
        f"{len(asked)} comparisons: all checked\n"
    )


BROKEN = [
    ("figures", "ru_killed", {"qualifier": "atleast"}, 'row 15, column qualifier: "atleast" is no qualifier; did you mean "at least"?'),
    ("figures", "ru_killed", {"value": "42,284"}, 'row 15, column value: "42,284" does not fit; expected the number'),
    ("figures", "ru_killed", {"claimant": "meduza"}, 'row 15, column claimant: "meduza" is not in claimants.csv'),
    ("figures", "ru_killed", {"as_of": "2024-02-31"}, 'row 15, column as_of: "2024-02-31" is not a date such as 2024-01-26'),
    ("comparisons", "remains_total", {"formula": "ua_remains + ru_remains_returned"}, 'row 5, column formula: "ua_remains" is no figure; did you mean'),
    ("comparisons", "remains_total", {"formula": "ru_killed / ru_killed"}, "row 5, column formula: ru_killed is used more than once"),
    ("comparisons", "remains_total", {"formula": "il76_pows + front_length"}, "row 5, column formula: il76_pows (person) cannot be added to front_length (kilometre)"),
    ("figures", "ru_killed", {"value": "42248"}, 'row 15, column value: "42248", but the words "At least 42,284 Russian military personnel" say "42284"'),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "cells", "said"), BROKEN, ids=[s[:60] for *_, s in BROKEN])
def test_a_broken_row_is_one_line_and_a_failure(copy, capsys, table, row, cells, said):
    copy.change(table, row, **cells)
    status, out, err = check(copy, capsys)
    assert status == 1
    assert out == ""
    assert err.startswith(f"data/{table}.csv {said}")
    assert err.count("\n") == 1


def test_several_broken_rows_are_a_line_each(copy, capsys):
    copy.change("figures", "ru_killed", value="42285").change("figures", "il76_pows", value="66")
    status, _, err = check(copy, capsys)
    assert (status, err.count("\n")) == (1, 2)


def test_no_data_is_a_line_and_a_failure(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    assert "name the ledger's folder" in capsys.readouterr().err
    assert main(["check", "--data", str(tmp_path / "nothing")]) == 1
    assert capsys.readouterr().err == "nothing/datapackage.json: not found; the package needs it\n"


def run(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reported", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def test_the_command_as_it_is_typed(copy):
    assert run("check").returncode == 0
    copy.change("figures", "ru_killed", value="42,284")
    broken = run("check", "--data", str(copy.folder))
    assert (broken.returncode, broken.stdout) == (1, "")
    assert broken.stderr.startswith("data/figures.csv row 15, column value")


def test_an_unknown_command_is_explained():
    wrong = run("chek")
    assert wrong.returncode == 2
    assert "check | audit | draft | report" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert all(word in out for word in ("check", "audit", "draft", "report"))


def test_audit_and_draft_of_an_article(tmp_path, capsys):
    article = tmp_path / "article.txt"
    article.write_text("A headline\n\nAt least 12 people were hurt, officials said.\n", encoding="utf-8")
    assert main(["draft", str(article)]) == 0
    assert "at least" in capsys.readouterr().out
    assert main(["audit", str(article), "--data", str(DATA)]) == 1
    assert capsys.readouterr().out.strip()


def test_a_notebook_alone_is_rendered_where_it_is_wanted(tmp_path, monkeypatch):
    from tests.press.samples import write_notebook

    for name in ("reported", "data", "requirements.txt", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    write_notebook(tmp_path / "notebooks" / "one.ipynb", [("markdown", "# One"), ("code", "6 * 7")])
    monkeypatch.chdir(tmp_path)
    assert main(["report", "notebooks/one.ipynb", "--to", "made/one.html"]) == 0
    assert "42" in (tmp_path / "made" / "one.html").read_text(encoding="utf-8")
    assert main(["report", "notebooks/two.ipynb"]) == 1


def test_articles_that_cannot_be_read_are_a_line_and_a_failure(tmp_path):
    (tmp_path / "latin.txt").write_bytes("Être".encode("latin-1"))
    for words in (
        ("draft", "nothing.txt"),
        ("audit", "nothing.txt", "--data", str(DATA)),
        ("draft", "latin.txt"),
    ):
        wrong = run(*words, folder=tmp_path)
        assert wrong.returncode == 1, wrong
        assert "Traceback" not in wrong.stderr
        assert wrong.stderr.count("\n") == 1


def test_the_command_line_loads_nothing_heavy():
    """`report` with nothing to do must answer in a blink."""
    code = "import sys, reported.__main__; print(sorted({'pandas', 'numpy', 'nbconvert', 'matplotlib', 'pyarrow'} & set(sys.modules)))"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(made.stdout.replace("'", '"')) == []
