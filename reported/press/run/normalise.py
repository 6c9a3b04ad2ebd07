"""Remove from outputs what differs between runs and machines: folders, addresses, timings."""

import os
import re
import sys
from pathlib import Path
from typing import Any

_ADDRESS = re.compile(r"((?:<|&lt;)[^<>\n]{1,200}?) at 0x[0-9a-fA-F]{6,16}(?=[\s>&])")
# from the start of a word only: a picture's data is one word, long and full of slashes
_CELL_FILE = re.compile(
    r"(?<![^\s:\"])[^\s:\"]*[/\\](?:ipykernel_\d+[/\\]\d+\.py|ipython-input-\S+)|<ipython-input-[^\s<>]+>"
)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_WHERE = re.compile(r"\s*(Cell In|File |-+>)")
_FEW_LINES = 6


class Normaliser:
    """Removes from text whatever is specific to this machine and this run.

    >>> Normaliser(Path("/home/me/project")).text("<Axes at 0x7f3b5c0a2f10> /home/me/project/data/figures.csv")
    '<Axes> data/figures.csv'
    """

    def __init__(self, root: Path) -> None:
        packages = {f"{path}/" for path in sys.path if path.endswith("-packages")}
        folders = {f"{root}/", f"{root.resolve()}/", f"{Path(os.__file__).parent}/"} | packages
        home = str(Path.home())
        folders |= {"~" + folder.removeprefix(home) for folder in folders if folder.startswith(home)}
        longest_first = sorted(folders, key=len, reverse=True)
        self._rules = [
            (_CELL_FILE, "<cell>"),
            (re.compile("|".join(map(re.escape, longest_first))), ""),
            (re.compile(re.escape(home) + r"(?=/)"), "~"),
            (_ADDRESS, r"\1"),
        ]

    def text(self, text: str) -> str:
        """Return the text without them."""
        for pattern, instead in self._rules:
            text = pattern.sub(instead, text)
        return text

    def notebook(self, notebook: Any) -> None:
        """Normalise a notebook that was run, in place."""
        notebook.metadata.pop("language_info", None)
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
            for output in cell.get("outputs", ()):
                for name in ("text", "evalue"):
                    if name in output:
                        output[name] = self.text(output[name])
                if "traceback" in output:
                    output["traceback"] = [self.text(line) for line in output["traceback"]]
                for mime, data in output.get("data", {}).items():
                    if mime.startswith("text/") and isinstance(data, str):
                        output["data"][mime] = self.text(data)

    def error(self, name: str, message: str, traceback: str) -> str:
        """Return an exception as a message: itself, then the cell's line and the innermost lines."""
        lines = _ANSI.sub("", traceback).splitlines()
        where = [line.strip() for line in lines if _WHERE.match(line)] or lines[-_FEW_LINES:]
        if len(where) > _FEW_LINES:
            where = [*where[:2], "…", *where[-4:]]
        return self.text("\n    ".join([f"{name}: {message}", *where]))
