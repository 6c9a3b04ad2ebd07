"""The structure: which folder of the package may import which, and what no file of the project may hold."""

import ast
import functools
import os
import re
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "reported"

MAY_IMPORT = {
    "ground": set(),
    "prose": {"ground"},
    "intervals": {"prose", "ground"},
    "ledger": {"intervals", "prose", "ground"},
    "figures": {"ledger", "intervals", "prose", "ground"},
    "columns": {"figures", "ledger", "intervals", "prose", "ground"},
    "article": {"ledger", "prose", "ground"},
    "display": {"figures", "ledger", "intervals", "prose", "ground"},
    "charts": {"display", "figures", "ledger", "intervals", "prose", "ground"},
    "press": {"ground"},
    "project": {"ledger", "ground"},
    "__main__": {"ground", "columns", "press", "ledger", "figures", "display", "article", "project"},
    "__init__": {"figures", "columns", "charts", "display", "intervals", "ledger", "project", "prose"},
}
OF_THE_ARTICLE = [
    "Ukrain",
    "Russia",
    "Kyiv",
    "Kiev",
    "Moscow",
    "Kremlin",
    "Putin",
    "Zelensk",
    "Kartapolov",
    "Yusov",
    "Saraliyev",
    "Mediazona",
    "Interfax",
    "Belgorod",
    "Il-76",
    "RFE",
    "repatriat",
    "casualt",
]
"""Names and subjects of the repository's own article: the package knows none of them."""


WORDS_OF_THE_READER = re.compile(
    r'"(?:uk|ru)": "\w+"|\|casualty\|casualties\||no casualties|casualties\|casualty\|'
)
"""As the prose package has them, which tells languages apart and knows the words for people."""


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def folder_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_files(path: Path, files: Collection[str]) -> set[str]:
    """Those of `files` that one imports, at its top or inside a function, but for what a type checker alone reads."""

    def found(node: ast.AST) -> set[str]:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return set()
        names = {alias.name for alias in getattr(node, "names", ()) if isinstance(alias, ast.alias)}
        if isinstance(node, ast.ImportFrom):
            full = {f"{node.module}.{name}" for name in names}
            names = {name if name in files else node.module or "" for name in full}
        return names.union(*map(found, ast.iter_child_nodes(node)))

    return found(parsed(path)) & set(files)


def imported_folders(path: Path) -> set[str]:
    """What a module imports of the package, at its top or inside a function."""
    folders = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively; name the module in full"
            if node.module == "reported":
                folders |= {home_of(alias.name) for alias in node.names}
            elif (node.module or "").startswith("reported."):
                folders.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            folders |= {a.name.split(".")[1] for a in node.names if a.name.startswith("reported.")}
    return folders


def home_of(name: str) -> str:
    """The folder behind a public name of the package."""
    import reported

    home = next((home for home, names in reported._HOME.items() if name in names), name)
    return home.split(".")[0]


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    folder = folder_of(path)
    assert folder in MAY_IMPORT, f"{folder} is a new folder: say in MAY_IMPORT what it may import"
    assert imported_folders(path) <= MAY_IMPORT[folder] | {folder}


def test_every_folder_is_tested():
    folders = {path.name for path in PACKAGE.iterdir() if any(path.glob("*.py"))}
    assert {name for name in folders if not any((ROOT / "tests" / name).glob("test_*.py"))} == set()


def test_the_package_knows_nothing_of_the_article():
    texts = [
        p
        for p in PACKAGE.rglob("*")
        if p.suffix in {".py", ".csv", ".json", ".j2", ".js", ".css", ".typ", ".lua", ".md"}
    ]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in texts
        for word in OF_THE_ARTICLE
        if word.lower() in WORDS_OF_THE_READER.sub("", path.read_text(encoding="utf-8")).lower()
    ]
    assert found == []


@pytest.mark.parametrize("heavy", ["pandas", "matplotlib", "numpy", "nbconvert"])
def test_looking_whether_anything_changed_imports_nothing_heavy(heavy):
    code = f"import sys, reported.__main__; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_charts_are_imported_when_one_is_drawn_and_are_one_module():
    code = """
import sys
from reported import Ledger, ask, charts
assert "matplotlib" not in sys.modules
assert dir(charts) == ["Chart", "counts", "every_figure", "order", "over_time"]
assert "matplotlib" in sys.modules and callable(charts.order)
import reported
import reported.charts
assert reported.charts is reported.charts is charts
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_no_private_name_of_another_library_is_used():
    """A name that begins with one underscore belongs to the library that has it; the exceptions say why."""
    trees = {path: parsed(path) for path in MODULES}
    own = {name for tree in trees.values() for name in defined(tree)}
    found = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
                found[node.attr] = f"{path.relative_to(ROOT)}:{node.lineno}"
            elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("reported"):
                found |= {a.name: str(path.relative_to(ROOT)) for a in node.names if is_private(a.name)}
    assert found.keys() == EXCEPTIONS.keys(), found


EXCEPTIONS = {"_exit": "os._exit is in Python's documentation, for a process forked to do one thing"}
"""Private names of other libraries that cannot be avoided, each with the reason."""


def defined(tree: ast.Module) -> set[str]:
    """What a module defines: functions, classes, parameters, variables and attributes that it sets."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("_")


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
    """Eight words in a row, anywhere; the headline is cited in full."""
    if "ARTICLE" not in os.environ:
        pytest.skip("set ARTICLE to the article's text")
    texts = tracked_texts()
    if not texts:
        pytest.skip("not a git checkout")
    _headline, text = Path(os.environ["ARTICLE"]).read_text(encoding="utf-8").split("\n", 1)
    runs = set(runs_of_words(text))
    assert runs
    assert [(name, run) for name, text in texts.items() for run in runs_of_words(text) if run in runs] == []


def runs_of_words(text: str, length: int = 8) -> list[str]:
    plain = re.sub(r"<[^>]+>", " ", text.lower().replace("’", "'"))
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", plain)
    return [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]


def test_no_file_imports_one_that_imports_it_in_turn():
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }
    imports = {name: imported_files(path, files.keys()) - {name} for name, path in files.items()}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle
