"""docs/cli.md, from the command line's own parsers.

python tests/cli.py     write it anew
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from reported.__main__ import _parser

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"


def written() -> str:
    """The page: each command with its usage, arguments and an example."""
    parser = _parser()
    commands = subparsers(parser)
    listed = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    lines = [
        "# The command line",
        "",
        "Generated from the parsers: `python tests/cli.py` writes it anew.",
        "",
    ]
    lines += [str(parser.description), "", str(parser.epilog), "", "| command | what it does |", "|---|---|"]
    lines += [f"| [`reported {name}`](#reported-{name}) | {listed[name]} |" for name in commands.choices]
    for name, command in commands.choices.items():
        lines += ["", f"## reported {name}", "", *described(command)]
    return "\n".join(lines) + "\n"


def subparsers(parser: argparse.ArgumentParser) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    [found] = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return found


def described(command: argparse.ArgumentParser) -> Iterator[str]:
    yield from (str(command.description).replace("\n", " "), "")
    yield from ("```console", f"$ {usage(command)}", "```", "")
    yield from ("| argument | meaning |", "|---|---|")
    for action in command._actions:
        if action.dest != "help":
            yield f"| {spelt(action)} | {action.help or ''} |".replace("%%", "%")
    example = str(command.epilog).partition("\n")[0].removeprefix("example: ")
    yield from ("", "```console", *(f"$ {line}" for line in example.split("; ")), "```")


def usage(command: argparse.ArgumentParser) -> str:
    may_lack = [a for a in command._actions if a.nargs in ("?", "*") or not a.required]
    required = [spelt(a, code="") for a in command._actions if a not in may_lack]
    optional = [spelt(a, code="") for a in may_lack if not a.option_strings]
    optional = [*(words for words in optional if not words.startswith("--")), "OPTIONS", *optional[1:]]
    return " ".join([command.prog, *required, *(f"[{words}]" for words in dict.fromkeys(optional))])


def spelt(action: argparse.Action, code: str = "`") -> str:
    takes = "" if action.nargs == 0 else action.metavar or ""
    if not takes and action.nargs != 0:
        takes = "|".join(map(str, action.choices)) if action.choices else action.dest.upper()
    more = " …" if action.nargs in ("+", "*") else ""
    flag = action.option_strings[-1] + " " if action.option_strings else ""
    return f"{code}{flag}{takes}{more}".rstrip() + code


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
