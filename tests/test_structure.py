"""The house: which room may import which, and what no file of the project may hold."""

import ast
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "reported"

MAY_IMPORT = {
    "intervals": {"intervals"},
    "prose": {"prose"},
    "ledger": {"ledger", "intervals", "prose", "algebra"},
    "algebra": {"algebra", "ledger", "intervals"},
    "article": {"article", "ledger", "prose"},
    "display": {"display", "algebra", "ledger", "intervals"},
    "press": {"press"},
    "__main__": {"press", "ledger", "algebra", "display", "article"},
    "__init__": {"algebra", "display", "intervals", "ledger"},
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively; name the room in full"
            if node.module == "reported":
                rooms |= {resolve(alias.name) for alias in node.names}
            elif (node.module or "").startswith("reported."):
                rooms.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            rooms |= {a.name.split(".")[1] for a in node.names if a.name.startswith("reported.")}
    return rooms


def resolve(name: str) -> str:
    """The room behind a name of the package's public face."""
    import reported

    home = next((home for home, names in reported._HOME.items() if name in names), name)
    return home.split(".")[0]


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_arrows_run_down_only(path):
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is a new room: say in MAY_IMPORT what it may import"
    assert imported_rooms(path) <= MAY_IMPORT[room]


@pytest.mark.parametrize("heavy", ["pandas", "matplotlib", "numpy", "nbconvert"])
def test_the_up_to_date_check_pays_for_nothing_heavy(heavy):
    code = f"import sys, reported.__main__, reported.press; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def tracked_texts() -> dict[str, str]:
    """The text files that git tracks (all files where there is no git)."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = [name for name in listed.stdout.split("\0") if name]
    texts = {}
    for name in names:
        with suppress(UnicodeDecodeError, OSError):
            texts[name] = (ROOT / name).read_text(encoding="utf-8")
    return texts


def test_no_file_bears_a_path_of_the_machine_it_was_made_on():
    texts = tracked_texts()
    if not texts:
        pytest.skip("not a git checkout")
    own = {str(ROOT), str(Path.home()), sys.prefix} - {"/"}
    assert [(name, path) for name, text in texts.items() for path in own if f"{path}/" in text] == []


def test_no_sentence_of_the_article_is_in_the_project():
    """Eight words in a row, anywhere."""
    if "ARTICLE" not in os.environ:
        pytest.skip("set ARTICLE to the article's text")
    texts = tracked_texts()
    if not texts:
        pytest.skip("not a git checkout")
    runs = set(runs_of_words(Path(os.environ["ARTICLE"]).read_text(encoding="utf-8")))
    assert runs
    assert [(name, run) for name, text in texts.items() for run in runs_of_words(text) if run in runs] == []


def runs_of_words(text: str, length: int = 8) -> list[str]:
    plain = re.sub(r"<[^>]+>", " ", text.lower().replace("’", "'"))
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", plain)
    return [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]
