"""Plain text as a reader should see it: hidden characters written out, terminal output as a terminal shows it.

Not for markup: that is sanitise.py.
"""

import re

from reported.ground import invisible

# Joiners are kept where a script needs them: after Arabic, Indic, emoji; never after Latin or Cyrillic.
HIDDEN = re.compile(f"[{invisible.HIDDEN}]|(?<![\u0600-\U0010ffff])[{invisible.JOINERS}]")
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_ERASED = re.compile(r"\x1b\[(\d?)K")
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")


def visible(text: str) -> str:
    """The text with hidden characters written out; tabs and line ends are kept.

    >>> visible("abc\\u202edef")
    'abc⟨U+202E⟩def'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def terminal(text: str, keep_colours: bool = False) -> str:
    """Return a stream as a terminal would show it: returns and backspaces applied, other controls written out.

    With `keep_colours`, colour codes (`ESC [ … m`) are kept for nbconvert's `ansi2html`.

    >>> terminal("10 %\\r90 %"), terminal("loaded file A\\rdone"), terminal("loaded\\r\\x1b[Kdone")
    ('90 %', 'doneed file A', 'done')
    """
    lines = [
        _overwritten(line) if "\r" in line or "\x08" in line else line
        for line in text.replace("\r\n", "\n").split("\n")
    ]
    pieces = _COLOUR.split("\n".join(lines)) if keep_colours else ["\n".join(lines)]
    return "".join(
        piece if number % 2 else visible(_ESCAPES.sub("", piece)) for number, piece in enumerate(pieces)
    )


def _overwritten(line: str) -> str:
    """A line as it looks after its returns and backspaces: what is written over, up to where, and what was erased."""
    shown: list[str] = []
    place, pending = 0, ""
    for found in re.finditer(f"{_ESCAPES.pattern}|(?s:.)", line):
        sign = found[0]
        if sign == "\r":
            place = 0
        elif sign == "\x08":
            place = max(place - 1, 0)
        elif erased := _ERASED.fullmatch(sign):
            if erased[1] == "2":
                shown = [" "] * place
            elif erased[1] in ("", "0"):
                del shown[place:]
        elif sign.startswith("\x1b"):
            pending += sign
        else:
            if place < len(shown):
                shown[place] = pending + sign
            else:
                shown.append(pending + sign)
            place, pending = place + 1, ""
    return "".join(shown) + pending
