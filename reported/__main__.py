"""The command line: check, audit, draft, report.

    python -m reported check                 the data alone
    python -m reported audit ARTICLE.txt     the ledger held against an article
    python -m reported draft ARTICLE.txt     proposed rows for the next article
    python -m reported report [NOTEBOOK --to FILE]

Standard library only until a command needs more: `report` with nothing to do must answer in a blink.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from reported import press

PRELOAD = (
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "reported.display.charts",
    "reported.display.tables",
)
CHOICE = {
    "name": "reading",
    "label": "Read the words as",
    "options": [
        {"value": "digits", "label": "digits alone"},
        {"value": "typical", "label": "typical"},
        {"value": "cautious", "label": "cautious"},
    ],
    "default": "typical",
}


def document(root: Path) -> dict[str, object]:
    """What the project says of itself, for the press."""
    settings = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    names = ("title", "subtitle", "description", "language")
    return {n: settings[n] for n in names if n in settings} | {"authors": ["Reported Figures"], "choice": CHOICE}


def check(arguments: argparse.Namespace) -> int:
    """Check the ledger; say how much was checked, or one line for each fault."""
    from reported import Ledger

    package = Ledger(arguments.data).package
    print(f"{len(package.figures)} figures, {len(package.quantities)} quantities, {len(package.claimants)} claimants: all checked")
    return 0


def audit(arguments: argparse.Namespace) -> int:
    """Hold the ledger against an article's text."""
    from reported import Ledger
    from reported.article import article

    found = article.audit(Ledger(arguments.data), article.read(arguments.article), arguments.source)
    print(found)
    return 0 if found.complete else 1


def draft(arguments: argparse.Namespace) -> int:
    """Print proposed rows for an article."""
    from reported.article import article

    sys.stdout.write(article.draft(article.read(arguments.article)))
    return 0


def report(arguments: argparse.Namespace) -> int:
    """Make the report, or render one notebook."""
    root = Path.cwd()
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    if arguments.notebook is None:
        return press.explained(
            lambda: press.build(
                notebooks,
                root / "reports",
                settings=document(root),
                inputs=[root / "data"],
                preload=PRELOAD,
                timeout=arguments.timeout,
                force=arguments.force,
            )
        )
    to = arguments.to or root / "reports" / arguments.notebook.with_suffix(".html").name
    return press.explained(
        lambda: press.render(
            arguments.notebook,
            to,
            inputs=[root / "data", arguments.notebook.parent],  # it may have data of its own
            root=root,
            preload=PRELOAD,
            timeout=arguments.timeout,
            force=arguments.force,
        )
    )


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.run(arguments))
    except ValueError as error:
        from reported.article.article import ArticleError
        from reported.ledger.package import DataError

        if not isinstance(error, DataError | ArticleError):
            raise
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reported", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(required=True, metavar="check | audit | draft | report")
    one = commands.add_parser("check", help="check the data package")
    one.set_defaults(run=check)
    two = commands.add_parser("audit", help="hold the ledger against an article's text")
    two.add_argument("article", type=Path, help="a text file, UTF-8, paragraphs apart by blank lines")
    two.add_argument("--source", help="id of the article in sources.csv (default: the only one)")
    two.set_defaults(run=audit)
    for command in (one, two):
        command.add_argument(
            "--data", type=Path, help="the data package's folder (default: the nearest data/)"
        )
    three = commands.add_parser("draft", help="propose rows for an article, as CSV")
    three.add_argument("article", type=Path, help="a text file, UTF-8, paragraphs apart by blank lines")
    three.set_defaults(run=draft)
    four = commands.add_parser("report", help="make the report from the notebooks")
    four.add_argument("notebook", type=Path, nargs="?", help="render this notebook alone")
    four.add_argument("--to", type=Path, help="where to write it, .html or .pdf")
    four.add_argument("--timeout", type=float, default=120, help="seconds allowed for one cell")
    four.add_argument("--force", action="store_true", help="execute and export everything again")
    four.set_defaults(run=report)
    return parser


if __name__ == "__main__":
    sys.exit(main())
