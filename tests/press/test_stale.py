"""No page is called current when it is not: whatever way a notebook reads its inputs."""

import contextlib
import importlib.util
import json
import pickle
import sqlite3
import sys
import time
import zipfile
from pathlib import Path

import pyarrow
import pytest
from pyarrow import feather, parquet

from reported.press.builds import report
from reported.press.run import opened
from tests.press import samples

TABLE = "a\n{}\n"
HELPER = "import multiprocessing\ndef first(path):\n    return open(path).read().split()[1]\n"
WAYS = {
    # as Python tells it
    "open": "open('../inputs/FOLDER/x.csv').read()",
    "pandas": "import pandas\nstr(pandas.read_csv('../inputs/FOLDER/x.csv').a[0])",
    "os.open": "import os\nos.read(os.open('../inputs/FOLDER/x.csv', os.O_RDONLY), 99)",
    "mmap": "import mmap\nf = open('../inputs/FOLDER/x.csv', 'rb')\nmmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)[:]",
    "memmap": "import numpy\nbytes(numpy.memmap('../inputs/FOLDER/x.csv'))",  # for reading and writing, by default
    "a thread": "import glob, threading\nfound = []\nread = lambda: found.extend(open(p).read() for p in glob.glob('../inputs/FOLDER/*.csv'))\nt = threading.Thread(target=read); t.start(); t.join()\nfound",
    "zip": "import zipfile\nzipfile.ZipFile('../inputs/FOLDER/x.zip').read('x.csv')",
    "pickle": "import pickle\npickle.load(open('../inputs/FOLDER/x.pickle', 'rb'))",
    "resources": "import sys\nsys.path.append('../inputs')\nimport importlib.resources\n(importlib.resources.files('FOLDER') / 'x.csv').read_text()",
    "a link": "open('../inputs/FOLDER/link.csv').read()",
    "a module": "import sys\nsys.path.append('../inputs/FOLDER')\nimport number\nnumber.N",
    "%run": "%run ../inputs/FOLDER/number.py\nN",
    "sqlite": "import sqlite3\nsqlite3.connect('../inputs/FOLDER/x.db').execute('select a from x').fetchall()",
    "read and write": "from pathlib import Path\np = Path('../inputs/FOLDER/x.csv')\np.write_text(p.read_text())\np.read_text()",
    # what no event tells
    "size": "import os\nos.stat('../inputs/FOLDER/x.csv').st_size, os.path.getsize('../inputs/FOLDER/x.csv')",
    "existence": "from pathlib import Path\nPath('../inputs/FOLDER/more.csv').exists()",
    "existence of a folder": "import os\nos.path.isdir('../inputs/FOLDER/more')",
    "a listing": "import os\nos.chdir('../inputs/FOLDER')\nsorted(os.listdir())",
    # other programs and processes
    "!cat": "!cat ../inputs/FOLDER/x.csv",
    "cat by another": "import subprocess\nsubprocess.run('cd ../inputs; cd FOLDER; cat x.*v', shell=True, capture_output=True).stdout",
    "!ls": "!ls ../inputs/FOLDER",
    "a fork": "import os\nr, w = os.pipe()\nif not os.fork():\n    os.write(w, open('../inputs/FOLDER/x.csv', 'rb').read()); os._exit(0)\nos.read(r, 99)",
    "a pool": "import sys\nsys.path.append('../inputs/FOLDER')\nimport multiprocessing, work\nwith multiprocessing.get_context('spawn').Pool(1) as p:\n    found = p.map(work.first, ['../inputs/FOLDER/x.csv'])\nfound",
    "a worker's module": "import sys, subprocess\nsubprocess.run([sys.executable, '-c', 'import number; print(number.N)'], cwd='../inputs/FOLDER', capture_output=True).stdout",
    # libraries that open files themselves
    "parquet": "import pyarrow.parquet as p\nname = 'x.par' + 'quet'\np.read_table('../inputs/FOLDER/' + name)['a'][0].as_py()",
    "feather": "import pyarrow.feather as p\nimport os\np.read_table(os.path.abspath('../inputs/FOLDER/x.feather'))['a'][0].as_py()",
    "arrow's map": "import pyarrow\npyarrow.memory_map('../inputs/FOLDER/x.csv').read()",
    "arrow's csv": "import pyarrow.csv as c\nc.read_csv('../inputs/FOLDER/x.csv')['a'][0].as_py()",
    "arrow's data set": "import pyarrow.dataset as d\nd.dataset('../inputs/FOLDER', format='csv', exclude_invalid_files=True).files and d.dataset('../inputs/FOLDER/x.csv', format='csv').to_table()['a'][0].as_py()",
    "a linked table": "import pyarrow.csv as c\nc.read_csv('../inputs/FOLDER/link.' + 'csv')['a'][0].as_py()",
    "C": "import ctypes\nc = ctypes.CDLL(None)\nf = c.open(b'../inputs/FOLDER/x.csv', 0)\nb = ctypes.create_string_buffer(99)\nc.read(f, b, 99)\nb.value",
    # outside the project's folder, by its name
    "elsewhere": "import pyarrow.csv as c\nc.read_csv('FAR')['a'][0].as_py()",
    "!cat elsewhere": "!cat FAR",
    "polars": "import polars\npolars.read_csv('../inputs/FOLDER/x.csv')['a'][0]",
    "duckdb": "import duckdb\nduckdb.sql(\"from '../inputs/FOLDER/x.csv'\").fetchall()",
    "joblib": "import sys\nsys.path.append('../inputs/FOLDER')\nimport joblib, work\njoblib.Parallel(2)(joblib.delayed(work.first)(p) for p in ['../inputs/FOLDER/x.csv'] * 2)",
}
INSTALLED = {name for name in ("polars", "duckdb", "joblib") if importlib.util.find_spec(name)}
LIBRARIES = {"polars", "duckdb", "joblib"}


def write(folder: Path, elsewhere: Path, number: int) -> None:
    """All that a notebook may read, with a number in it."""
    for each in (folder, elsewhere):
        each.mkdir(parents=True, exist_ok=True)
        (each / "x.csv").write_text(TABLE.format(number))
    if not (folder / "link.csv").is_symlink():
        (folder / "link.csv").symlink_to(elsewhere / "x.csv")
    (folder / "number.py").write_text(f"N = {number}\n")
    (folder / "work.py").write_text(HELPER)
    (folder / "x.pickle").write_bytes(pickle.dumps(number))
    with zipfile.ZipFile(folder / "x.zip", "w") as archive:
        archive.writestr("x.csv", TABLE.format(number))
    table = pyarrow.table({"a": [number]})
    parquet.write_table(table, folder / "x.parquet")
    feather.write_feather(table, folder / "x.feather")
    (folder / "x.db").unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(folder / "x.db")) as base:
        base.executescript(f"create table x (a); insert into x values ({number});")
    if number > 11:
        (folder / "more.csv").write_text("")
        (folder / "more").mkdir()


def shown(root: Path) -> dict[str, str]:
    """Each chapter's outputs."""
    page = json.loads((root / "reports" / "report.html").read_text("utf-8"))
    cells = zip(WAYS, page["cells"], strict=True)
    return {way: json.dumps(cell["outputs"]) for way, cell in cells}


def test_a_page_is_made_again_when_what_it_was_made_from_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever way each chapter reads. One after the other, so that none is made again for another's sake."""
    monkeypatch.setattr(report, "EXPORTERS", samples.STAND_INS)
    chapters = []
    for number, (way, source) in enumerate(WAYS.items()):
        write(tmp_path / "project" / "inputs" / f"way{number}", tmp_path / "elsewhere" / f"way{number}", 11)
        source = source.replace("FOLDER", f"way{number}")
        source = source.replace("FAR", str(tmp_path / "elsewhere" / f"way{number}" / "x.csv"))
        chapters.append([("code", "'not installed'" if way in LIBRARIES - INSTALLED else source)])
    root = samples.write_project(tmp_path / "project", *chapters)
    samples.make(root, at_a_time=1)
    before = shown(root)
    begun = time.process_time()
    assert not samples.make(root, at_a_time=1).files
    assert time.process_time() - begun < 0.2
    for number, way in enumerate(WAYS):
        folders = [base / f"way{number}" for base in (root / "inputs", tmp_path / "elsewhere")]
        write(*folders, 111 if way == "size" else 22)
    samples.make(root, at_a_time=1)
    now = shown(root)
    assert {way for way in WAYS if before[way] == now[way]} == LIBRARIES - INSTALLED
    assert not samples.make(root, at_a_time=1).files


@pytest.mark.slow
def test_in_a_kernel_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "EXPORTERS", samples.STAND_INS)
    monkeypatch.setenv("REPORTED_EXECUTE", "nbclient")
    root = samples.write_project(tmp_path / "project", [("code", "open('../x.csv').read()")])
    (root / "x.csv").write_text("1")
    samples.make(root)
    assert not samples.make(root).files
    (root / "x.csv").write_text("2")
    assert samples.make(root).executed


NAMES = (
    "from IPython.display import HTML, Image\nimport os, pathlib\nos.path.exists('x' * 9999)\nos.path.exists('y' * 300)\nos.path.exists('none.py')\n"
    "for name in ('a\\0b', 'z' * 300):\n    try:\n        open(name)\n    except (OSError, ValueError):\n        pass\n"
    "HTML('<p>' + 'word ' * 900 + '</p>\\0')"
)


def test_what_is_no_name_of_a_file_may_be_asked_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "EXPORTERS", samples.STAND_INS)
    root = samples.write_project(tmp_path / "project", [("code", NAMES)])
    assert samples.make(root).executed
    assert not samples.make(root).files


MADE_AND_READ = "import pyarrow, pyarrow.parquet as p\np.write_table(pyarrow.table({'a': [1]}), 'made.parquet')\np.read_table('made.parquet')"
READ_AND_CHANGED = "!cat ../x.csv; echo 9 >> ../x.csv"


@pytest.mark.parametrize(("source", "stays"), [(MADE_AND_READ, True), (READ_AND_CHANGED, False)])
def test_what_changes_after_it_was_read_is_not_taken_for_what_was_read(
    source: str, stays: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "EXPORTERS", samples.STAND_INS)
    root = samples.write_project(tmp_path / "project", [("code", source)])
    (root / "x.csv").write_text("1")
    said: list[str] = []
    samples.make(root, say=said.append)
    assert any("x.csv changed after it was read" in line for line in said) is not stays
    assert bool(samples.make(root).files) is not stays


def test_where_the_system_watches_nothing_it_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "EXPORTERS", samples.STAND_INS)
    monkeypatch.setattr(opened, "_MOST_FOLDERS", 1)
    said: list[str] = []
    samples.make(samples.write_project(tmp_path / "project"), say=said.append)
    assert [line for line in said if "not watched" in line] == [
        "what other programs read, and libraries without Python, is not watched: the project has more than 1 folders"
    ]


def test_a_link_that_leads_nowhere_hides_nothing_beside_it(tmp_path: Path) -> None:
    for name in ("a", "m", "z"):
        (tmp_path / name).symlink_to(name)  # each to itself
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x.csv").write_text("1")
    watch = opened.Opened(tmp_path)
    begun = time.perf_counter()
    (tmp_path / "folder" / "x.csv").read_text()
    watch.receive()
    read, _ = watch.between(begun, time.perf_counter())
    watch.stop()
    assert read == {str(tmp_path / "folder" / "x.csv")}


def test_another_system_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    watch = opened.Opened(tmp_path)
    watch.receive()
    watch.stop()
    assert (watch.times(), watch.between(0, 1)) == ({}, (set(), set()))
    assert watch.why_not == "this system does not tell what is opened"
