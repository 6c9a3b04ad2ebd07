"""Plain text as a reader should see it: hidden characters written out, terminal output as a terminal shows it.

Not for markup: that is sanitise.py.
"""

import re

# Characters that are drawn as nothing or that change the order of what follows: controls, direction marks and
# overrides, zero-width spaces, tag characters, halves of surrogate pairs. Joiners are kept where a script needs
# them (after Arabic, Indic, emoji; never after Latin or Cyrillic). The press has no other such list.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
    "|(?<![\u0600-\U0010ffff])[\u200c\u200d]"
)
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
    """What a terminal would show of a stream: returns and backspaces applied, other controls written out.

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
