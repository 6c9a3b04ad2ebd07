"""JupyterLab's menu exports: asked for at jupyter_server's own address, as the menu does."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest
from jupyter_server.serverapp import ServerApp
from nbconvert.exporters import get_exporter
from traitlets.config import Application

from tests.press import samples


@pytest.mark.slow
def test_both_exporters_download_from_the_menu(tmp_path: Path) -> None:
    samples.write_notebook(tmp_path / "a chapter.ipynb", [("markdown", "# From the menu")])
    command = [sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser", "--ServerApp.token=t"]
    options = ["--ServerApp.port=0", f"--ServerApp.root_dir={tmp_path}"]
    environment = {
        **os.environ,
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        "JUPYTER_CONFIG_DIR": str(tmp_path),
    }
    server = subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    )
    try:
        address = running(tmp_path / "runtime")
        listed = json.loads(read(f"{address}api/nbconvert?token=t")[0])
        for form, start in (("html", b"<!doctype html>"), ("pdf", b"%PDF")):
            assert [name for name in listed if name.endswith(form) and "reported" in name] == [
                f"reported_{form}"
            ]
            data, header = read(f"{address}nbconvert/reported_{form}/a%20chapter.ipynb?download=true&token=t")
            assert data.startswith(start)
            assert f"a chapter.{form}" in header or f"a%20chapter.{form}" in header
    finally:
        server.terminate()
        server.communicate(timeout=30)


def running(folder: Path) -> str:
    """The address of the server that has written down where it is."""
    for _ in range(600):
        for file in folder.glob("jpserver-*.json") if folder.is_dir() else ():
            try:
                return str(json.loads(file.read_text())["url"])
            except ValueError:
                pass
        time.sleep(0.1)
    raise TimeoutError("no server")


def read(address: str) -> tuple[bytes, str]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=120) as answer:
                return answer.read(), answer.headers.get("Content-Disposition", "")
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError):
                raise
            time.sleep(0.1)
    raise TimeoutError(address)


def of_the_press() -> list[EntryPoint]:
    found = entry_points(group="nbconvert.exporters")
    return [each for each in found if each.value.startswith("reported.")]


def test_exporters_have_names_that_the_server_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Application, "_instance", ServerApp())
    names = [each.name for each in of_the_press() if each.load()().enabled]
    assert sorted(names) == ["reported_html", "reported_pdf"]
    assert all(re.fullmatch(r"\w+", name) for name in names)


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_the_command_line_takes_names_with_a_hyphen_too(tmp_path: Path, form: str) -> None:
    written = samples.write_notebook(tmp_path / "a.ipynb", [("markdown", "# Words")])
    command = ["nbconvert", "--to", f"reported-{form}", str(written), "--log-level=ERROR"]
    subprocess.run([sys.executable, "-m", *command], check=True)  # a process of its own: it sets up logging
    expected = get_exporter(f"reported_{form}")().from_filename(str(written))[0]
    made = (tmp_path / f"a.{form}").read_bytes()
    assert made == (expected.encode() if form == "html" else expected)
