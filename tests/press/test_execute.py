"""Notebooks run side by side: each alone, all alike however its kernel came about, none left behind."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from reported.press import execute, kernels
from reported.press.content import PressError
from reported.press.process import can_fork
from tests.press import samples

Outputs = list[Any]
Run = Callable[..., list[Outputs]]

ways = pytest.mark.parametrize("fork", ["1", "0"], ids=["forked", "plain"])


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs notebooks given as code cells; the outputs of each notebook, cell by cell."""

    def run_them(
        *notebooks: list[str], fork: str = "1", timeout: float = 60, preload: tuple[str, ...] = ()
    ) -> list[Outputs]:
        monkeypatch.setenv("REPORTED_FORK", fork)
        private = tmp_path / "private"
        private.mkdir(mode=0o700)
        jobs = []
        for number, sources in enumerate(notebooks):
            path = tmp_path / "notebooks" / f"{number}.ipynb"
            samples.write_notebook(path, [("code", source) for source in sources])
            jobs.append(execute.Job.of(path.read_bytes(), path.parent, f"notebooks/{number}.ipynb"))
        scrub = execute.Scrub(tmp_path)
        try:
            with kernels.kernels(tmp_path / "cache", private, tmp_path, preload) as source:
                execute.execute(jobs, source, 2, timeout, scrub, lambda job, seconds: None)
        finally:
            shutil.rmtree(private)
        return [[cell.outputs for cell in job.notebook.cells] for job in jobs]

    yield run_them
    assert psutil.Process().children(recursive=True) == []


def text(outputs: Outputs) -> str:
    """What a cell printed or returned."""
    return "".join(each.get("text") or each["data"]["text/plain"] for each in outputs).strip()


MANY_KINDS = [
    "import io, os, sys, warnings\nimport pandas as pd\nimport matplotlib.pyplot as plt",
    "table = pd.DataFrame({'name': ['a', 'b'], 'value': [1.5, 2]})\ntable",
    "plt.plot([1, 2, 4]); plt.title('a title')",
    "figure, axes = plt.subplots()\naxes.bar(['x', 'y'], [3, 4])\naxes",
    "print('out'); print('err', file=sys.stderr)",
    "warnings.warn('careful')",
    "object()",
    "{'a', 'b', 'c', 'd'}, hash('a')",
    "from IPython.display import Markdown, display\ndisplay(Markdown('**bold**')); Markdown('x')",
    "print(sys.argv[0].rpartition('/')[2], sys.path[0], os.getcwd().rpartition('/')[2], __name__)",
    "os.system('echo from a shell')",
    "plt.get_backend(), len(plt.get_fignums()), pd.get_option('display.width')",
    "print(*sorted(name for name in os.environ if not name.startswith(('COV', 'JPY', 'PYDEVD'))))",
]


def test_forked_and_plain_kernels_give_the_same_outputs(run: Run) -> None:
    [forked] = run(MANY_KINDS, fork="1", preload=("pandas", "matplotlib.pyplot"))
    [plain] = run(MANY_KINDS, fork="0")
    assert forked == plain
    assert any("image/png" in each.get("data", {}) for each in forked[2])


@pytest.mark.skipif(not can_fork(), reason="no warm process here")
def test_what_one_notebook_leaves_behind_reaches_no_other(run: Run) -> None:
    """Four in a row, two at a time: each would see what an earlier one did to the process."""
    sources = [
        "import builtins, os, random, sys\nimport numpy as np\nimport pandas as pd\nimport matplotlib as mpl",
        "print(hasattr(builtins, 'left'), 'LEFT' in os.environ, pd.get_option('display.max_rows'),"
        " mpl.rcParams['font.size'], 'left' in sys.modules, os.path.basename(os.getcwd()))",
        "builtins.left = 1; os.environ['LEFT'] = '1'; pd.set_option('display.max_rows', 3)\n"
        "mpl.rcParams['font.size'] = 99; sys.modules['left'] = sys; os.chdir('/')",
        "print(random.random(), np.random.rand())",
    ]
    results = run(sources, sources, sources, sources, preload=("pandas", "matplotlib.pyplot"))
    assert {text(outputs[1]) for outputs in results} == {"False False 60 10.0 False notebooks"}
    drawn = [text(outputs[3]).split() for outputs in results]
    assert len({numbers[0] for numbers in drawn}) == len({numbers[1] for numbers in drawn}) == 4


@ways
def test_the_environment_of_a_notebook_is_not_that_of_whoever_runs_it(
    run: Run, fork: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"TZ": "Asia/Tokyo", "LC_ALL": "uk_UA", "PYTHONHASHSEED": "7", "SECRET": "x"}.items():
        monkeypatch.setenv(name, value)
    [outputs] = run(
        [
            "import os, time\nprint(*(os.environ.get(n) for n in ('TZ', 'LC_ALL', 'PYTHONHASHSEED', 'SECRET')))"
        ],
        fork=fork,
    )
    assert text(outputs[0]) == "UTC C.UTF-8 0 None"


@ways
def test_nobody_else_can_reach_a_kernel(run: Run, fork: str) -> None:
    [outputs] = run(
        [
            "import os, psutil\nfrom ipykernel.connect import get_connection_file",
            "folder = os.path.dirname(get_connection_file())\nprint(oct(os.stat(folder).st_mode & 0o777))",
            "print([c for c in psutil.Process().net_connections('inet') if c.status == 'LISTEN'])",
            "print(any(name.startswith('k1-') for name in os.listdir(folder)))",
        ],
        fork=fork,
    )
    assert [text(each) for each in outputs[1:]] == ["0o700", "[]", "True"]


@ways
def test_an_error_names_notebook_cell_and_error_without_paths_of_this_machine(
    run: Run, fork: str, tmp_path: Path
) -> None:
    with pytest.raises(PressError) as caught:
        run(["1", "import json\njson.loads('{')", "2"], fork=fork)
    assert (caught.value.notebook, caught.value.cell_number) == ("notebooks/0.ipynb", 2)
    assert "JSONDecodeError: Expecting property name" in caught.value.message
    assert "json.loads" in caught.value.message
    for path in (str(tmp_path), sys.prefix, str(Path.home()) + "/", "\x1b"):
        assert path not in str(caught.value)


@ways
def test_a_cell_that_hangs_ends_at_its_limit(run: Run, fork: str) -> None:
    with pytest.raises(PressError, match=r"0\.ipynb, cell 2: the cell ran longer than its limit of 0\.5 s"):
        run(["1", "import time\ntime.sleep(1000)"], fork=fork, timeout=0.5)


@ways
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "os._exit(3)"])
def test_a_kernel_that_dies_is_told_with_the_cell_it_ran(run: Run, fork: str, end: str) -> None:
    with pytest.raises(PressError, match=r"0\.ipynb, cell 2: the kernel died"):
        run(["import os", end], fork=fork)


@ways
def test_one_failure_stops_the_notebooks_at_work_beside_it(run: Run, fork: str) -> None:
    with pytest.raises(PressError, match="ZeroDivisionError"):
        run(["import time\ntime.sleep(1000)"], ["1 / 0"], ["import time\ntime.sleep(1000)"], fork=fork)


def test_what_a_notebook_started_ends_with_it(run: Run, tmp_path: Path) -> None:
    run(["import subprocess\nprint(subprocess.Popen(['sleep', '1000']).pid)"])
    assert not [each for each in psutil.process_iter() if each.name() == "sleep" and owned(each, tmp_path)]


def owned(process: psutil.Process, folder: Path) -> bool:
    """Whether a process works in a folder."""
    try:
        return Path(process.cwd()).is_relative_to(folder)
    except psutil.Error:
        return False


def test_addresses_folders_and_process_numbers_are_cut_from_outputs(run: Run, tmp_path: Path) -> None:
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
    with pytest.raises(PressError, match=r"broken\.ipynb: this is no notebook"):
        execute.Job.of(data, Path(), "broken.ipynb")


def test_a_notebook_of_an_older_format_gets_the_same_cell_ids_every_time(tmp_path: Path) -> None:
    path = samples.write_notebook(tmp_path / "old.ipynb", [("code", "1"), ("markdown", "two")])
    old = json.loads(path.read_text())
    old["nbformat_minor"] = 4
    for cell in old["cells"]:
        del cell["id"]
    job = execute.Job.of(json.dumps(old).encode(), tmp_path, "old.ipynb")
    assert [cell.id for cell in job.notebook.cells] == ["c1", "c2"]


def test_a_notebook_in_another_language_is_refused(tmp_path: Path) -> None:
    path = samples.write_notebook(tmp_path / "r.ipynb", [("code", "1")])
    with pytest.raises(PressError, match="its language is R"):
        execute.Job.of(path.read_bytes().replace(b'"python"', b'"R"'), tmp_path, "r.ipynb")


@ways
@pytest.mark.parametrize("preload", [(), ("matplotlib.pyplot",)])
def test_fonts_of_the_machine_change_no_chart_and_those_of_the_notebook_do(
    run: Run, fork: str, preload: tuple[str, ...], tmp_path: Path
) -> None:
    own = Path(execute.__file__).parents[1] / "fonts" / "SourceSans3-Regular.ttf"
    [outputs] = run(
        [
            "import matplotlib.font_manager as fonts",
            "print({f.fname for f in fonts.fontManager.ttflist if '/matplotlib/mpl-data/' not in f.fname})",
            f"fonts.fontManager.addfont({str(own)!r})\nprint(fonts.findfont('Source Sans 3').endswith({own.name!r}))",
        ],
        fork=fork,
        preload=preload,
    )
    assert [text(each) for each in outputs[1:]] == ["set()", "True"]
    assert list((tmp_path / "cache" / "fonts").glob("fontlist*"))
