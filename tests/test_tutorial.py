"""The tutorial, taken word for word in an empty folder: every command prints what the page says."""

import re

import pytest

from tests.tutorial import PAGE, steps, take


def prints(printed: str, said: str) -> bool:
    """Whether a command printed what the page says; "…" is a number that differs each time, and in a line of its own
    says that the lines after it are among others, in any order: pages are exported side by side."""
    patterns = [r"[\d.,]+".join(map(re.escape, line.split("…"))) for line in said.splitlines() if line != "…"]
    lines = printed.splitlines()
    if "…" in said.splitlines():
        return all(any(re.fullmatch(pattern, line) for line in lines) for pattern in patterns)
    return len(lines) == len(patterns) and all(map(re.fullmatch, patterns, lines))


@pytest.mark.slow
def test_each_step_does_what_the_page_says(tmp_path):
    taken = 0
    for kind, name, body in steps():
        printed = take(tmp_path, kind, name, body)
        assert kind != "console" or prints(printed, body), f"$ {name}\n{printed}"
        taken += 1
    assert taken > 20
    page = (tmp_path / "library" / "reports" / "report.html").read_text(encoding="utf-8")
    assert "Is the librarian's number the larger?" in page.replace("&#39;", "'").replace("’", "'")
    answers = (tmp_path / "library" / "reports" / "comparisons.csv").read_text(encoding="utf-8")
    assert "cannot be told" in answers


@pytest.mark.parametrize("command", ["new", "check", "audit", "report", "draft", "diff"])
def test_the_page_shows_the_command(command):
    assert f"$ reported {command} " in PAGE.read_text(encoding="utf-8")
