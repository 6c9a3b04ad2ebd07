"""What the README takes from the project: the findings between its markers, and the picture of the report.

python tests/readme.py     write both anew (the picture needs chromium)
"""

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "report.png"
BETWEEN = re.compile(r"(?<=<!-- findings: begin -->\n).*?(?=<!-- findings: end -->)", re.DOTALL)
BROWSER = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


def findings() -> str:
    """What the first notebook says, as Markdown without links."""
    from reported.display.magics import sentence
    from reported.display.sentences import Sentence

    notebook = json.loads((ROOT / "notebooks" / "01-findings.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    said: list[str] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            source = "".join(cell["source"])
            if source.startswith("%%say\n"):
                outcome: object = sentence(source.removeprefix("%%say\n"), names)
            else:
                before, last = _split(source)
                exec(before, names)
                outcome = eval(last, names) if last else None
            if isinstance(outcome, Sentence):
                unlinked = re.sub(r"\[([^\[\]]*)\]\(#[^)]*\)", r"\1", outcome.markdown)
                said.append(unlinked.replace("](../", "]("))
    return "\n\n".join(re.sub(r"\\([^*\[\]_])", r"\1", sentence) for sentence in said) + "\n"


def _split(source: str) -> tuple[str, str]:
    """A cell's statements, and the expression that ends it ("" where none does)."""
    body = ast.parse(source).body
    if not isinstance(body[-1], ast.Expr):
        return source, ""
    lines = source.splitlines(keepends=True)
    start = body[-1].lineno - 1
    return "".join(lines[:start]), "".join(lines[start:])


def written() -> str:
    """The README with its findings as they are now."""
    return BETWEEN.sub(lambda _: findings(), README.read_text(encoding="utf-8"))


def photograph() -> None:
    """The report's first screen, as the README shows it."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                shutil.which("chromium") or "chromium",
                *BROWSER,
                f"--user-data-dir={profile}",
                "--window-size=1200,1500",
                f"--screenshot={PICTURE}",
                (ROOT / "reports" / "report.html").as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
    with Image.open(PICTURE) as picture:
        picture.load()
        taken_of = PngInfo()
        taken_of.add_text("report.html", checksum())
        picture.save(PICTURE, optimize=True, pnginfo=taken_of)


def checksum() -> str:
    """Of the report that the picture is to show."""
    return hashlib.sha256((ROOT / "reports" / "report.html").read_bytes()).hexdigest()


def shown() -> str:
    """The checksum of the report that the picture was taken of."""
    with Image.open(PICTURE) as picture:
        return str(picture.info.get("report.html"))


if __name__ == "__main__":
    os.chdir(ROOT)
    README.write_text(written(), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    photograph()
