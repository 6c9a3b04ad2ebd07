"""Notebooks are run each alone, all alike whichever way, and nothing of them is left behind."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from reported.press.errors import CellError, PressError
from reported.press.read import notebook
from reported.press.run import execute
from reported.press.run.normalise import Normaliser
from tests.press import samples

Outputs = list[Any]
Run = Callable[..., list[Outputs]]
FORKED = "forkserver" in __import__("multiprocessing").get_all_start_methods() and sys.platform == "linux"
ways = pytest.mark.parametrize("way", ["quick", "fresh", pytest.param("nbclient", marks=pytest.mark.slow)])


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests, so that they share a warm process."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs notebooks given as code cells; the outputs of each notebook, cell by cell. Nothing may be left."""

    def run_them(
        *notebooks: list[str], way: str = "quick", timeout: float = 60, tags: Any = None
    ) -> list[Outputs]:
        monkeypatch.setenv("REPORTED_EXECUTE", "nbclient" if way == "nbclient" else "")
        jobs = []
        for number, sources in enumerate(notebooks):
            path = tmp_path / "notebooks" / f"{number}.ipynb"
            samples.write_notebook(path, [("code", source) for source in sources], tags)
            read = notebook.read(path.read_bytes(), f"notebooks/{number}.ipynb")
            jobs.append(execute.Job(f"notebooks/{number}.ipynb", path.parent, read))
        settings = execute.Settings(
            timeout, 2, ["pandas", "matplotlib.pyplot"], cache, "other" if way == "fresh" else ""
        )
        execute.execute(jobs, settings, Normaliser(tmp_path), lambda job, seconds: None)
        return [[cell.outputs for cell in job.notebook.cells] for job in jobs]

    yield run_them
    left = [each for each in psutil.process_iter() if inside(each, tmp_path)]
    psutil.wait_procs(left, timeout=20)
    assert not [each for each in left if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def inside(process: psutil.Process, folder: Path) -> bool:
    """Whether a process works in a folder."""
    try:
        return Path(process.cwd()).is_relative_to(folder)
    except psutil.Error:
        return False


def text(outputs: Outputs) -> str:
    """All that a cell printed or returned, as text."""
    return "".join(each.get("text") or each.get("data", {}).get("text/plain", "") for each in outputs).strip()


# Cells to run both ways: what notebooks do that is hard to do without a kernel.
TORTURE = [
    "1 + 1",
    "1;",
    "_, __, Out[1], In[1], _i1",
    "import sys, os, time, threading, warnings, asyncio\nimport pandas as pd\nimport matplotlib.pyplot as plt",
    "print('out'); print('err', file=sys.stderr); print('out again')",
    "print('a', end=''); sys.stdout.write('b'); sys.stdout.flush(); None",
    "sys.stdout.writelines(['x\\n', 'y\\n'])",
    "print('\\x1b[31mred\\x1b[0m')",
    "warnings.warn('careful')",
    "pd.DataFrame({'a': [1, 2], 'b': ['x', '<b>']})",
    "pd.DataFrame({'a': [1.5]}).style.format('{:.2f}').set_uuid('u')",
    "figure, axes = plt.subplots()\naxes.bar(['x', 'y'], [3, 4])\naxes.set_title('t')",
    "plt.plot([1, 2])\nplt.show()\nprint('after')",
    "plt.get_backend().lower(), len(plt.get_fignums())",
    "{'a', 'b', 'c', 'd'}, hash('a')",
    "from IPython.display import HTML, JSON, Markdown, SVG, clear_output, display, update_display\nMarkdown('**b**')",
    "display('one', 'two', metadata={'m': 1}); print('between'); display(HTML('<i>h</i>'))",
    "print('gone'); clear_output(); print('kept')",
    "print('gone'); clear_output(wait=True); print('kept')",
    "handle = display('first', display_id='d'); handle.update('second')",
    "update_display('third', display_id='d')",
    "display({'text/plain': 'p', 'application/json': {'a': [1]}}, raw=True)",
    "class Shown:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n        return {'text/html': '<b>s</b>', 'text/plain': 's'}, {'text/html': {'k': 1}}\nShown()",
    "await asyncio.sleep(0.01)\n'awaited'",
    "task = asyncio.ensure_future(asyncio.sleep(0.01, 'result'))\nawait task",
    "async def later():\n    return 5\nawait later()",
    "thread = threading.Thread(target=lambda: print('from a thread')); thread.start(); thread.join()",
    "%time 1",
    "%%capture held\nprint('held'); print('err', file=sys.stderr); 5",
    "held.stdout, held.stderr",
    "%env NEW=1\nos.environ['NEW']",
    "!echo from a shell",
    "lines = !printf 'a\\nb\\n'\nlines",
    "%%bash\necho bash; echo err >&2",
    "%matplotlib inline\nplt.plot([3, 1]);",
    "print(__name__, os.path.basename(os.getcwd()), '' in sys.path)",
    "get_ipython() is not None",
    "def f(x):\n    '''Doc.'''\n    return x\nf",
    "sorted(name for name in dir() if not name.startswith('_'))[:3]",
    "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\nP(1)",
    "import pickle, tempfile\nwith tempfile.TemporaryFile() as f: pickle.dump(P(2), f); f.seek(0); print(pickle.load(f))",
    "import logging\nlogging.warning('logged')",
    "import subprocess\nsubprocess.run([sys.executable, '-c', 'print(6 * 7)'], capture_output=True, text=True).stdout",
    "x = 5\nif x > 3:\n    'not shown'\nx",
    "print('é Ж 漢 😀')",
    "b'bytes', r'raw', f'{x:>3}', ...",
    "None",
    "# only a comment",
    "%%html\n<b>magic</b>",
    "%%latex\n$x^2$",
    "%precision 2\n3.14159",
    "_ = 7\n_",
]
# what each way says in its own words: paths, timings
SAID_DIFFERENTLY = {"%time 1"}


@pytest.mark.slow
def test_a_folder_of_torture_notebooks_gives_the_same_both_ways(run: Run) -> None:
    [quick], [stock] = run(TORTURE, way="quick"), run(TORTURE, way="nbclient")
    different = [
        (source, one, other)
        for source, one, other in zip(TORTURE, quick, stock, strict=True)
        if one != other and source not in SAID_DIFFERENTLY
    ]
    assert different == []
    assert any("image/png" in each.get("data", {}) for each in quick[11])


RAISING = [
    "1 / 0",
    "import sys\nsys.exit(3)",
    "raise KeyError('é')",
    "import json\njson.loads('{')",
    "print('x'",
]


@pytest.mark.slow
def test_errors_that_are_expected_are_outputs_both_ways(run: Run) -> None:
    tags = {number: ["raises-exception"] for number in range(len(RAISING))}
    [quick], [stock] = (run([*RAISING, "'goes on'"], way=way, tags=tags) for way in ("quick", "nbclient"))
    for one, other in zip(quick, stock, strict=True):
        assert [each.output_type for each in one] == [each.output_type for each in other]
        assert [each.get("ename") for each in one] == [each.get("ename") for each in other]
    assert text(quick[-1]) == "'goes on'"


def test_a_notebook_is_the_same_in_a_process_started_afresh(run: Run) -> None:
    sources = [source for source in TORTURE if "plt." not in source and "%time" not in source]
    assert run(sources, way="quick") == run(sources, way="fresh")


def test_what_is_written_below_python_is_captured_in_order(run: Run) -> None:
    [outputs] = run(
        ["import os\nprint('one'); os.system('echo two'); os.write(1, b'three\\n'); print('four')"]
    )
    assert text(outputs[0]) == "one\ntwo\nthree\nfour"


@pytest.mark.skipif(not FORKED, reason="nothing is forked here")
def test_what_one_notebook_leaves_behind_reaches_no_other(run: Run) -> None:
    sources = [
        "import builtins, os, random, sys\nimport numpy as np\nimport pandas as pd\nimport matplotlib as mpl",
        "print(hasattr(builtins, 'left'), 'LEFT' in os.environ, pd.get_option('display.max_rows'),"
        " mpl.rcParams['font.size'], 'left' in sys.modules, os.path.basename(os.getcwd()))",
        "print('left' in get_ipython().db, sys.modules['__main__'].__dict__ is globals()); get_ipython().db['left'] = 1",
        "builtins.left = 1; os.environ['LEFT'] = '1'; pd.set_option('display.max_rows', 3)\n"
        "mpl.rcParams['font.size'] = 99; sys.modules['left'] = sys; os.chdir('/')",
        "print(random.random(), np.random.rand())",
    ]
    results = run(sources, sources, sources, sources)
    assert {text(outputs[1]) for outputs in results} == {"False False 60 10.0 False notebooks"}
    assert {text(outputs[2]) for outputs in results} == {"False True"}
    drawn = [text(outputs[4]).split() for outputs in results]
    assert len({numbers[0] for numbers in drawn}) == len({numbers[1] for numbers in drawn}) == 4


@ways
def test_the_environment_of_a_notebook_is_not_that_of_whoever_runs_it(
    run: Run, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"TZ": "Asia/Tokyo", "LC_ALL": "uk_UA", "SECRET": "x"}.items():
        monkeypatch.setenv(name, value)
    names = "('TZ', 'LC_ALL', 'PYTHONHASHSEED')"
    [outputs] = run([f"import os\nprint(*(os.environ.get(n) for n in {names}))"], way=way)
    assert text(outputs[0]) == "UTC C.UTF-8 0"


def test_nobody_can_reach_a_notebook_over_a_network(run: Run) -> None:
    listening = "import psutil\n[c for c in psutil.Process().net_connections('inet')]"
    [outputs] = run([listening])
    assert text(outputs[0]) == "[]"


@ways
def test_an_error_names_notebook_cell_and_error_without_paths_of_this_machine(
    run: Run, way: str, tmp_path: Path
) -> None:
    with pytest.raises(CellError) as caught:
        run(["1", "import json\njson.loads('{')", "2"], way=way)
    error = caught.value
    assert (error.notebook, error.cell_number) == ("notebooks/0.ipynb", 2)
    assert "JSONDecodeError: Expecting property name" in error.message
    assert "json.loads" in error.message
    for path in (str(tmp_path), sys.prefix, str(Path.home()) + "/", "\x1b"):
        assert path not in str(error)


@ways
def test_an_object_that_cannot_be_displayed_is_an_error(run: Run, way: str) -> None:
    source = "class Broken:\n    def _repr_html_(self):\n        raise ValueError('no')\nBroken()"
    with pytest.raises(CellError, match="cell 1"):
        run([source], way=way)


def test_a_cell_that_hangs_ends_at_its_limit(run: Run) -> None:
    with pytest.raises(CellError, match=r"0\.ipynb, cell 2: the cell ran longer than its limit of 1\.5 s"):
        run(["1", "import time\ntime.sleep(1000)"], timeout=1.5)


def test_a_loop_that_never_lets_python_run_again_ends_at_its_limit(run: Run) -> None:
    with pytest.raises(CellError, match="longer than its limit"):
        run(["import re\nre.match('(a*)*b', 'a' * 40)"], timeout=1.5)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("import os; os.kill(os.getpid(), 9)", "ended by SIGKILL"),
        ("import os; os._exit(3)", "status 3"),
        ("import ctypes; ctypes.string_at(0)", "ended by SIGSEGV"),
    ],
)
def test_a_process_that_dies_is_told_with_the_cell_it_ran(run: Run, end: str, said: str) -> None:
    with pytest.raises(CellError, match=rf"0\.ipynb, cell 2: .*{said}"):
        run(["1", end])


def test_one_failure_stops_the_notebooks_beside_it(run: Run) -> None:
    with pytest.raises(CellError, match="ZeroDivisionError"):
        run(["import time\ntime.sleep(1000)"], ["1 / 0"], ["import time\ntime.sleep(1000)"])


def test_what_a_notebook_started_ends_with_it(run: Run) -> None:
    start = "import os, subprocess\nprint(subprocess.Popen(['sleep', '1000']).pid)"
    run([start])  # `run` looks for what is left
    with pytest.raises(CellError, match="status 3"):
        run([start, "os._exit(3)"])


def test_exit_is_an_error_that_says_why(run: Run) -> None:
    with pytest.raises(CellError, match="exit"):
        run(["exit()"])


def test_an_unknown_way_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTED_EXECUTE", "papermill")
    with pytest.raises(PressError, match="it can be quick or nbclient"):
        execute.execution_mode()


def test_addresses_and_folders_are_cut_from_outputs(run: Run) -> None:
    [outputs] = run(
        [
            "object()",
            "import os; print(os.getcwd() + '/x.csv')",
            "import warnings; warnings.warn('careful')",
            "import json; print(json.__file__)",
        ]
    )
    assert text(outputs[0]) == "<object>"
    assert text(outputs[1]) == "notebooks/x.csv"
    assert text(outputs[2]).startswith("<cell>:1: UserWarning: careful")
    assert text(outputs[3]) == "json/__init__.py"


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]", b'{"cells": 1}', b'{"cells": [{}], "nbformat_minor": 5}']
)
def test_a_file_that_is_no_notebook_is_named(data: bytes) -> None:
    with pytest.raises(CellError, match=r"broken\.ipynb: this is not a notebook"):
        notebook.read(data, "broken.ipynb")


def test_a_notebook_of_an_older_format_gets_the_same_cell_ids_every_time(tmp_path: Path) -> None:
    path = samples.write_notebook(tmp_path / "old.ipynb", [("code", "1"), ("markdown", "two")])
    old = json.loads(path.read_text())
    old["nbformat_minor"] = 4
    for cell in old["cells"]:
        del cell["id"]
    assert [cell.id for cell in notebook.read(json.dumps(old).encode(), "old.ipynb").cells] == ["c1", "c2"]


def test_nbformat_is_imported_without_a_grammar_that_it_never_uses() -> None:
    code = (
        "import sys; from reported.press.read import notebook; notebook.import_nbformat()\n"
        "import nbformat; nbformat.validate(nbformat.v4.new_notebook())\n"
        "print('rfc3987_syntax' in sys.modules)\nimport rfc3987_syntax"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_a_notebook_in_another_language_is_refused(tmp_path: Path) -> None:
    path = samples.write_notebook(tmp_path / "r.ipynb", [("code", "1")])
    with pytest.raises(CellError, match="its language is R"):
        notebook.read(path.read_bytes().replace(b'"python"', b'"R"'), "r.ipynb")


def test_the_one_private_name_is_still_there_to_override() -> None:
    from IPython.core.interactiveshell import InteractiveShell

    assert "override" in (InteractiveShell._showtraceback.__doc__ or "")


def test_no_private_name_of_another_library_is_used() -> None:
    """Every `object._name` in the press is our own, but for the one above."""
    import re

    for path in Path(execute.__file__).parents[1].rglob("*.py"):
        source = path.read_text("utf-8")
        used = set(re.findall(r"(?<!self)(?<!cls)\.(_[a-z]\w*)", source)) - {"_exit", "_repr_mimebundle_"}
        own = set(re.findall(r"(?:def |class |^|self\.)(_[a-z]\w*)", source, re.MULTILINE))
        assert used <= own, f"{path.name}: {used - own}"
