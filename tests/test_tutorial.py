"""The tutorial, taken word for word in an empty folder: every command prints what the page says."""

import re

import pytest

from tests.tutorial import PAGE, steps, take


def expected(output: str) -> str:
    """A pattern for what a command prints; "…" stands for what differs each time, alone on a line for any lines."""
    lines = []
    for line in output.splitlines(keepends=True):
        lines.append("(?:.*\n)*?" if line == "…\n" else r"[\d.,]+".join(map(re.escape, line.split("…"))))
    return "".join(lines)


def test_each_step_does_what_the_page_says(tmp_path):
    taken = 0
    for kind, name, body in steps():
        printed = take(tmp_path, kind, name, body)
        assert kind != "console" or re.fullmatch(expected(body), printed), f"$ {name}\n{printed}"
        taken += 1
    assert taken > 20
    page = (tmp_path / "library" / "reports" / "report.html").read_text(encoding="utf-8")
    assert "Is the librarian's number the larger?" in page.replace("&#39;", "'").replace("’", "'")
    answers = (tmp_path / "library" / "reports" / "comparisons.csv").read_text(encoding="utf-8")
    assert "cannot be told" in answers


@pytest.mark.parametrize("command", ["new", "check", "audit", "report", "draft", "diff"])
def test_the_page_shows_the_command(command):
    assert f"$ reported {command} " in PAGE.read_text(encoding="utf-8")
