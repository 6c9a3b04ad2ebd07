"""Markdown that JupyterLab reads otherwise than pandoc does, rewritten so that nothing of it is lost.

A table may follow a line of text; a row may have code with bars, and more cells than its heading; a fence
may name a directive (`{warning}`), whose title markdown.lua finds in the first line; a note may be referred to by
another cell, by none, or have the name of one before it.
"""

import re

from reported.press.clean.markup import names

TITLE = "\3"
BOXES = names("admonition attention caution danger dropdown error hint important note seealso tip warning")
"""Directives that are boxes, as markdown.lua names them too."""
_FENCE = re.compile(r"^([ >]*)(```+|~~~+)(.*)$")
_COLONS = re.compile(r"^([ >]*)(:{3,})\s*(?:\{\.?(?:callout-)?([\w:-]+)([^{}]*)\}\s*(.*?))?\s*$")
_DELIMITER = re.compile(r"^[ >]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PREFIX = re.compile(r"^[ >]*")
_DIRECTIVE = re.compile(r"(\{[\w:.-]+\})\s+(\S.*?)\s*$")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_BAR = re.compile(r"(?<!\\)\|")
_NOTE = re.compile(r"^([ >]{0,3})(\[\^[^\]\s]+\]):")
_REFERENCE = re.compile(r"(?<!\\)\[\^[^\]\s]+\]")


def rewritten(text: str) -> str:
    """The Markdown with what pandoc would lose put such that it finds it.

    >>> rewritten("Counts:\\n| a | b |\\n|---|---|\\n| `x|y` | 1 |")
    'Counts:\\n\\n| a | b |\\n|---|---|\\n| `x\\\\|y` | 1 |'
    """
    if not any(sign in text for sign in ("|", "{", "[^")):
        return text
    lines = _with_ticks(text.split("\n")) if ":::" in text else text.split("\n")
    referred = _references(lines)
    out: list[str] = []
    number = 0
    while number < len(lines):
        if fence := _FENCE.match(lines[number]):
            number = _fenced(lines, number, fence, out)
        elif _begins_table(lines, number):
            end = number + 2
            while end < len(lines) and lines[end].strip(" >") and not _FENCE.match(lines[end]):
                end += 1
            prefix = _PREFIX.match(lines[number])[0]  # type: ignore[index]
            if out and out[-1].strip(" >"):
                out.append(prefix.rstrip())
            out += _table(lines[number:end])
            number = end
        elif note := _NOTE.match(lines[number]):
            # the first of its name stays a note where something refers to it; any other is a paragraph
            is_note = note[2] in referred
            referred.discard(note[2])
            out.append(lines[number] if is_note else f"{note[1]}\\{lines[number][len(note[1]) :]}")
            number += 1
        else:
            out.append(lines[number])
            number += 1
    return "\n".join(out)


def _with_ticks(lines: list[str]) -> list[str]:
    """Boxes between colons, as MyST and Quarto have them, between ticks: the more, the further out."""
    out: list[str] = []
    open_: list[int] = []  # the colons of each box
    number = 0
    while number < len(lines):
        if fence := _FENCE.match(lines[number]):
            number = _fenced(lines, number, fence, out)
            continue
        found = _COLONS.match(lines[number])
        if found and found[3] in BOXES and len(open_) < 9:
            said = re.search(r"title\s*=\s*[\"'](.*?)[\"']", found[4])
            title = found[5] or (said[1] if said else "")
            open_.append(len(found[2]))
            out.append(f"{found[1]}{'`' * (40 - 4 * len(open_))}{{{found[3]}}} {title}".rstrip())
        elif found and not found[3] and open_ and len(found[2]) == open_[-1]:
            out.append(f"{found[1]}{'`' * (40 - 4 * len(open_))}")
            open_.pop()
        else:
            out.append(lines[number])
        number += 1
    return lines if open_ else out  # what does not end is text


def _references(lines: list[str]) -> set[str]:
    """The notes that the text outside of code refers to."""
    found: set[str] = set()
    number = 0
    while number < len(lines):
        if fence := _FENCE.match(lines[number]):
            number = _fenced(lines, number, fence, [])
        else:
            found.update(_REFERENCE.findall(_CODE.sub("", _NOTE.sub("", lines[number]))))
            number += 1
    return found


def _fenced(lines: list[str], number: int, fence: re.Match[str], out: list[str]) -> int:
    """Take over a fence with its lines, its title in the first of them; the number of the line after it."""
    prefix, marks, info = fence.groups()
    if directive := _DIRECTIVE.match(info.strip()):
        out += [f"{prefix}{marks}{directive[1]}", f"{prefix}{TITLE}{directive[2]}"]
    else:
        out.append(lines[number])
    closing = re.compile(rf"^[ >]*{re.escape(marks[0])}{{{len(marks)},}}\s*$")
    number += 1
    while number < len(lines):
        out.append(lines[number])
        number += 1
        if closing.match(out[-1]):
            break
    return number


def _begins_table(lines: list[str], number: int) -> bool:
    if number + 1 >= len(lines) or "|" not in lines[number] or "|" not in lines[number + 1]:
        return False
    if not _DELIMITER.match(lines[number + 1]) or lines[number].startswith(("    ", "\t")):
        return False
    return len(_cells(lines[number])) == len(_cells(lines[number + 1]))


def _cells(line: str) -> list[str]:
    inside = line.strip(" >").removeprefix("|")
    if inside.endswith("|") and not inside.endswith("\\|"):
        inside = inside[:-1]
    return _BAR.split(inside)


def _table(lines: list[str]) -> list[str]:
    """The lines of a table with bars of code escaped where a row has more cells than its heading.

    A heading that is still shorter than a row gets empty cells.
    """
    wanted = len(_cells(lines[0]))
    rows = [
        _CODE.sub(lambda part: _BAR.sub(r"\\|", part[0]), line) if len(_cells(line)) > wanted else line
        for line in lines[2:]
    ]
    lacking = max((len(_cells(row)) for row in rows), default=0) - wanted
    head, delimiter = lines[0], lines[1]
    if lacking > 0:
        head = head.rstrip().removesuffix("|") + "|" + "  |" * lacking
        delimiter = delimiter.rstrip().removesuffix("|") + "|" + "---|" * lacking
    return [head, delimiter, *rows]
