"""The command line. What a command does is in the package; nothing is computed here.

Imports are inside the functions: `report` with nothing to do must answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reported.columns.command import add as add_columns
from reported.ground.english import counted
from reported.project.folder import Project, ProjectError, find

DONE, FAULTS, INTERRUPTED = 0, 1, 130  # argparse exits with 2
CHOICE = {
    "name": "reading",
    "label": "Words read as",
    "options": [
        {"value": "digits", "label": "digits alone"},
        {"value": "typical", "label": "typical"},
        {"value": "cautious", "label": "cautious"},
    ],
    "default": "typical",
}
"""What a reader of the report may choose."""
PRELOAD = (
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "reported.charts",
    "reported.display.tables",
)
"""What the notebooks of any project import."""
WORKBOOK = "decide.xlsx"
"""The file in a project's folder in which a draft is decided; it holds sentences of articles, so it stays out of git."""
STATUS = "Exit status: 0 success; 1 problems found or command failed; 2 usage error."


def new(arguments: argparse.Namespace) -> int:
    """Lay out a project, with the drafts of its articles."""
    from reported.article import decide as workbook
    from reported.article.draft import draft, source_for
    from reported.article.text import read
    from reported.project.layout import lay_out, refuse_if_occupied
    from reported.project.tables import rows as tables

    folder = arguments.folder.resolve()
    refuse_if_occupied(folder)
    if arguments.article:
        _need("openpyxl", "excel")
    rows: dict[str, list[dict[str, str]]] = {}
    sentence_of_texts: dict[str, str] = {}
    notes: list[str] = []
    for path in arguments.article:
        article = _about(read(path), arguments)
        sentence_of_texts[path.name] = article.text
        drafted = draft(article, source_for(article.text, path.stem, rows), rows)
        for table, added in drafted.rows.items():
            rows[table] = [*rows.get(table, []), *added]
        notes += [f"{path.name}: {note}" for note in drafted.notes]
    title = arguments.title or folder.name
    lay_out(folder, title, rows)
    print(f"{arguments.folder}: a project with {_counted(rows)}")
    for note in notes:
        print(note)
    if rows:
        laid = tables(folder / "data")
        workbook.write(folder / WORKBOOK, title, laid, workbook.sentences_of(laid, sentence_of_texts))
        print(
            f"next: decide in {arguments.folder / WORKBOOK}, then reported decide {_quoted(arguments.folder)} --read"
        )
    else:
        print(f"next: reported draft ARTICLE {_quoted(arguments.folder)} --add")
    return DONE


def _about(article: Any, arguments: argparse.Namespace) -> Any:
    """Add the publisher and the day given on the command line to an article."""
    import dataclasses

    from reported.article.text import ArticleError
    from reported.ledger.dates import PartialDate

    given = {
        name: getattr(arguments, name) for name in ("publisher", "published") if getattr(arguments, name)
    }
    try:
        PartialDate(given.get("published", "2000"))
    except ValueError:
        raise ArticleError(f"--published {given['published']}: not a date such as 2024-01-26") from None
    return dataclasses.replace(article, **given)


def check(arguments: argparse.Namespace) -> int:
    """Print how much was checked and the findings, or one line for each undecided row and each fault."""
    from reported.ledger import DataError, findings, load

    project = _project(arguments)
    others: Sequence[str] = ()
    try:
        ledger = load(project.data, draft=True)
    except DataError as error:
        ledger, others = None, error.problems
    if (faults := _faults(_to_decide(project), others)) or ledger is None:
        print("\n".join(faults), file=sys.stderr)
        return FAULTS
    for finding in findings(ledger):
        print(f"to look at: {finding}")
    counts = {
        name: len(ledger.tables[name].rows) for name in ("sources", "claimants", "quantities", "figures")
    }
    print(f"{', '.join(f'{count} {_number(name, count)}' for name, count in counts.items())}: all checked")
    return DONE


def _faults(to_decide: Sequence[str], others: Sequence[str]) -> list[str]:
    """List what prevents a final report: undecided rows first, then everything else."""
    summary = [
        f"{counted(len(to_decide), 'row')} to decide: correct what is proposed, or remove the question mark"
    ]
    return [*(f"to decide: {line}" for line in to_decide), *others, *summary * bool(to_decide)]


def _to_decide(project: Project) -> list[str]:
    from reported.project.tables import undecided

    return undecided(project.data)


def audit(arguments: argparse.Namespace) -> int:
    """Compare the ledger with an article's text."""
    from reported.article.audit import audit as compare
    from reported.article.text import read
    from reported.ledger import load

    found = compare(load(_project(arguments).data), read(arguments.article).text, arguments.source)
    print(found)
    return DONE if found.complete else FAULTS


def decide(arguments: argparse.Namespace) -> int:
    """Write the workbook to decide a draft in, or take its answers back."""
    from reported.article import decide as workbook
    from reported.article.text import read
    from reported.ledger import DataError
    from reported.project.tables import replace, rows, uninterrupted

    _need("openpyxl", "excel")
    project = _project(arguments)
    path = arguments.to or project.folder / WORKBOOK
    title, known = project.settings.get("title", ""), rows(project.data)
    if arguments.read:
        answers = workbook.read(path, title, known)
        for note in answers.notes:
            print(note)
        with (
            contextlib.suppress(KeyboardInterrupt),
            uninterrupted(),
        ):  # a Ctrl-C comes too late: both are written
            replace(project.data, answers.rows)
            workbook.write(path, title, rows(project.data), answers.sentence_of)
        left = workbook.left_open(answers.rows)
        print(f"{path.name}: {answers.changed} rows read, {left} to decide; the workbook has been updated")
        return DONE
    if workbook.unread(path):
        raise DataError([f"{path.name}: was filled in; read it with --read, or name another file with --to"])
    sentence_of = workbook.sentences_of(known, {text.name: read(text).text for text in arguments.article})
    workbook.write(path, title, known, sentence_of)
    print(
        f"{path.name}: {workbook.left_open(known)} rows to decide; then reported decide --read {_quoted(arguments.folder or Path())}"
    )
    return DONE


def draft(arguments: argparse.Namespace) -> int:
    """Propose rows for an article: print them, or add them to the tables."""
    from reported.article.draft import draft as propose
    from reported.article.draft import source_for
    from reported.article.text import read
    from reported.project.tables import add, rows

    article = _about(read(arguments.article), arguments)
    try:
        project: Project | None = _project(arguments)
    except ProjectError:
        if arguments.folder or arguments.data or arguments.add:
            raise
        project = None  # rows can be proposed without a ledger
    known = rows(project.data) if project else {}
    source = arguments.source or source_for(article.text, arguments.article.stem, known)
    drafted = propose(article, source, known)
    for note in drafted.notes:
        print(f"{arguments.article.name}: {note}", file=sys.stderr)
    if not arguments.add or project is None:
        sys.stdout.write(str(drafted))
        return DONE
    add(project.data, drafted.rows)
    print(f"{project.data.name}: {_counted(drafted.rows)} added; see `reported decide`")
    return DONE


def report(arguments: argparse.Namespace) -> int:
    """Make a project's report, or render one notebook."""
    from reported import press

    _need("nbconvert", "report")
    if arguments.folder and arguments.folder.suffix == ".ipynb":
        return _render(arguments)
    if (folder := arguments.folder) and _holds_notebooks_alone(folder):
        return _report_of_notebooks(arguments)
    project = _project(arguments)
    settings = _settings(project, arguments)
    # set before the ledger is read, since finding that nothing changed is faster than reading it
    os.environ["REPORTED_DRAFT"] = "" if arguments.final else "yes"
    if arguments.final:
        settings["final"] = True  # so that a draft is not taken for current

    def make() -> None:
        press.build(
            project.notebook_files(),
            project.reports,
            settings=settings,
            left_out=project.scratch_files(),
            before=lambda: _checked(project, arguments),
            **_common(project, arguments),
        )

    try:
        return press.explained(make)
    finally:
        os.environ.pop("REPORTED_DRAFT")


def _holds_notebooks_alone(folder: Path) -> bool:
    ledger = any((folder / name).is_file() for name in ("data/datapackage.json", "datapackage.json"))
    return not ledger and any(folder.glob("*.ipynb"))


def _report_of_notebooks(arguments: argparse.Namespace) -> int:
    """Make a report of a folder of notebooks, which need no ledger."""
    from reported import press

    folder = arguments.folder.resolve()
    project = Project(folder, folder / "data", folder, arguments.reports or folder / "reports")
    common = {**_common(None, arguments), "root": folder}
    return press.explained(
        lambda: press.build(
            project.notebook_files(),
            project.reports,
            settings={"title": arguments.title or folder.name},
            left_out=project.scratch_files(),
            **common,
        )
    )


def _checked(project: Project, arguments: argparse.Namespace) -> dict[str, str]:
    """Return the report's draft notice if rows are undecided, otherwise nothing.

    Raises PressError if the ledger has faults or, for a final report, undecided rows.
    """
    from reported.ledger import check as problems
    from reported.press import PressError

    to_decide, others = _to_decide(project), list(map(str, problems(project.data, draft=True)))
    if faults := _faults(to_decide, others) if arguments.final else others:
        raise PressError("\n".join([*faults, "no report is made before this is corrected"]))
    if not (rows := len(to_decide)):
        return {}
    return {"draft": f"{counted(rows, 'row')} not decided, shown in brackets and not computed with"}


def _render(arguments: argparse.Namespace) -> int:
    from reported import press

    notebook = arguments.folder.absolute()
    above = [folder for folder in notebook.parents if (folder / "data" / "datapackage.json").is_file()]
    project = None  # any notebook can be rendered
    if above or arguments.data is not None:
        project = find(above[0] if above else None, data=arguments.data, reports=arguments.reports)
    out = project.reports if project else notebook.parent
    to = arguments.to or out / f"{notebook.stem}.html"
    common = _common(project, arguments)
    settings = {"choice": CHOICE} | ({"title": arguments.title} if arguments.title else {})
    return press.explained(lambda: press.render(notebook, to, settings=settings, **common))


def _settings(project: Project, arguments: argparse.Namespace) -> dict[str, Any]:
    tables = [os.path.relpath(file, project.reports) for file in sorted(project.data.glob("*.csv"))]
    about = project.settings | ({"title": arguments.title} if arguments.title else {})
    return about | {"choice": CHOICE, "downloads": [Path(file).as_posix() for file in tables]}


def _common(project: Project | None, arguments: argparse.Namespace) -> dict[str, Any]:
    _name_ledger(arguments)
    return {
        "inputs": [project.data] if project else [],
        "root": project.folder if project else arguments.folder.absolute().parent,
        "preload": PRELOAD,
        "timeout": arguments.timeout,
        "force": arguments.force,
        "allow_errors": arguments.allow_errors,
        "saved": arguments.saved,
        "keep_going": arguments.keep_going,
        "fonts": arguments.font,
        "missing_signs": arguments.missing_signs,
    }


def _name_ledger(arguments: argparse.Namespace) -> None:
    """Tell the notebooks where their ledger is if it is not beside them."""
    if arguments.data is not None:
        os.environ["REPORTED_DATA"] = str(arguments.data.absolute())


def diff(arguments: argparse.Namespace) -> int:
    """Print what changed between two ledgers, answers included."""
    from reported.project.changes import changes

    found = changes(arguments.old, arguments.new)
    sys.stdout.write(found.csv if arguments.csv else str(found))
    return DONE


def lab(arguments: argparse.Namespace) -> int:
    """Open a project in JupyterLab; this process becomes JupyterLab's."""
    project = _project(arguments)
    _need("jupyterlab", "lab")
    _name_ledger(arguments)
    words = ["jupyterlab", f"--ServerApp.root_dir={project.folder}"]
    first = next(iter(project.notebook_files()), None)
    if first is not None and first.is_relative_to(project.folder):
        words.append(f"--LabApp.default_url=/lab/tree/{first.relative_to(project.folder).as_posix()}")
    os.execv(sys.executable, [sys.executable, "-m", *words, *arguments.more])


def _need(package: str, extra: str) -> None:
    """Raise ProjectError if a package that an extra installs is missing."""
    if find_spec(package) is None:
        raise ProjectError(f'{package} is not installed: pip install "reported[{extra}]"')


def _project(arguments: argparse.Namespace) -> Project:
    return find(
        arguments.folder,
        data=arguments.data,
        notebooks=getattr(arguments, "notebooks", None),
        reports=getattr(arguments, "reports", None),
    )


def _number(plural: str, count: int) -> str:
    """Return a table's name, in the singular for one row."""
    if count != 1:
        return plural
    return plural.removesuffix("ies") + "y" if plural.endswith("ies") else plural.removesuffix("s")


def _counted(rows: Any) -> str:
    parts = [f"{counted(len(added), 'row')} for {table}" for table, added in rows.items() if added]
    return ", ".join(parts) or "no rows"


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        hint = "; put options for JupyterLab after --" if arguments.run is lab else ""
        parser.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
    try:
        return int(arguments.run(arguments))
    except ProjectError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted; existing files are unchanged", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{where}{error.strerror or error}", file=sys.stderr)
    except ValueError as error:
        from reported.article.text import ArticleError
        from reported.ledger import DataError

        if not isinstance(error, DataError | ArticleError):
            raise
        print(error, file=sys.stderr)
    return FAULTS


def run() -> int:
    """Run `main`; skip the garbage collection at exit, which takes 0.08 s after a build."""
    status = main()
    gc.freeze()
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reported",
        description="Numbers as news reports them, compared honestly: a ledger of figures, notebooks, a report.",
        epilog=STATUS,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")

    def command(
        run: Callable[[argparse.Namespace], int], summary: str, example: str, more: str = ""
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(
            run.__name__,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.\n{more}".strip(),
            epilog=f"example: reported {example}\n\n{STATUS}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        added.set_defaults(run=run)
        return added

    new_parser = command(
        new,
        "lay out a project: tables, notebooks, README",
        'new flood --title "The flood in numbers" --article gazette.txt',
    )
    new_parser.add_argument("folder", metavar="FOLDER", type=Path, help="a new folder, or an empty one")
    new_parser.add_argument("--title", help="the report's title (default: the folder's name)")
    new_parser.add_argument(
        "--article", metavar="TEXT", type=Path, nargs="+", default=[], action="extend", help=_TEXT_HELP
    )
    report_parser = command(report, "make the report of a project", "report flood")
    _folder(
        report_parser,
        "FOLDER",
        "a project (default: this), notebooks or one notebook",
    )
    report_parser.add_argument(
        "--to", metavar="FILE", type=Path, help="with one notebook: where to write it, .html or .pdf"
    )
    report_parser.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=120, help="for one cell (default: 120)"
    )
    report_parser.add_argument(
        "--force", action="store_true", help="run every notebook and make every file again"
    )
    report_parser.add_argument("--allow-errors", action="store_true", help="show a cell's error and continue")
    report_parser.add_argument(
        "--saved", action="store_true", help="show the outputs saved in the notebooks; run nothing"
    )
    report_parser.add_argument(
        "--keep-going",
        action="store_true",
        help="name every notebook that fails, not only the first",
    )
    report_parser.add_argument(
        "--font",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="a font for a script that print lacks (repeatable)",
    )
    report_parser.add_argument(
        "--missing-signs",
        metavar="HOW",
        choices=["refuse", "number"],
        default="refuse",
        help="signs without a font: refuse (default) or number them",
    )
    report_parser.add_argument("--title", help="a title other than the project's")
    report_parser.add_argument(
        "--final", action="store_true", help="fail if anything is undecided instead of making a draft"
    )
    check_parser = command(check, "check a ledger and list undecided cells", "check flood")
    audit_parser = command(
        audit, "compare a ledger with an article's text", "audit gazette.txt --source gazette"
    )
    draft_parser = command(
        draft, "propose rows for an article, as CSV", "draft gazette.txt --source gazette --add"
    )
    for with_article in (audit_parser, draft_parser):
        with_article.add_argument("article", metavar="TEXT", type=Path, help=_TEXT_HELP)
        with_article.add_argument(
            "--source", metavar="ID", help="the article's id in sources.csv (default: guessed)"
        )
    for with_about in (new_parser, draft_parser):
        with_about.add_argument(
            "--publisher", metavar="NAME", help="who published it (default: what its page says)"
        )
        with_about.add_argument(
            "--published",
            metavar="DAY",
            help="its day of publication, such as 2031-05-02; days such as Tuesday are counted from it",
        )
    draft_parser.add_argument(
        "--add", action="store_true", help="add the rows to the project's tables instead of printing them"
    )
    decide_parser = command(
        decide,
        "write a workbook to decide a draft in, or take its answers back",
        "decide flood --article gazette.txt; reported decide flood --read",
        "Each number is shown in its sentence, with proposals and lists to choose from. Typing over a cell decides it;\n"
        "the first cell of a row accepts its proposals, and for a number also its speaker, quantity and article.",
    )
    decide_parser.add_argument(
        "--article",
        metavar="TEXT",
        type=Path,
        nargs="+",
        default=[],
        action="extend",
        help="articles whose sentences to show",
    )
    decide_parser.add_argument(
        "--read", action="store_true", help="copy the workbook's answers into the tables"
    )
    decide_parser.add_argument(
        "--to", metavar="FILE", type=Path, help=f"the workbook, if not {WORKBOOK} in the project"
    )
    lab_parser = command(lab, "open a project in JupyterLab", "lab flood")
    for with_folder in (check_parser, audit_parser, draft_parser, lab_parser, decide_parser):
        _folder(with_folder, "FOLDER", "the project (default: the one here or above)")
    lab_parser.add_argument("more", metavar="-- OPTION", nargs="*", help="options for JupyterLab, after --")
    for with_parts in (report_parser, check_parser, audit_parser, draft_parser, lab_parser, decide_parser):
        with_parts.add_argument(
            "--data", metavar="FOLDER", type=Path, help="the ledger's folder, if not data/"
        )
    for with_parts in (report_parser, lab_parser):
        with_parts.add_argument("--notebooks", metavar="FOLDER", type=Path, help="if not notebooks/")
    report_parser.add_argument(
        "--reports", metavar="FOLDER", type=Path, help="where to write, if not reports/"
    )
    diff_parser = command(
        diff,
        "list the figures and answers that changed between two ledgers",
        "diff HEAD~1 flood --csv",
        "Answers are those that reports/comparisons.csv publishes.",
    )
    diff_parser.add_argument("old", metavar="OLD", help="a project, a data folder, or a git revision")
    diff_parser.add_argument(
        "new", metavar="NEW", help="the same (default: this folder)", nargs="?", default="."
    )
    diff_parser.add_argument("--csv", action="store_true", help="print CSV")
    add_columns(command)
    return parser


_TEXT_HELP = "an article: a text file in UTF-8, or a page saved from the web"


def _folder(parser: argparse.ArgumentParser, metavar: str, text: str) -> None:
    parser.add_argument("folder", metavar=metavar, type=Path, nargs="?", help=text)


if __name__ == "__main__":
    sys.exit(run())
