"""Scripts that the press's own fonts do not draw, and the fonts for them: those that are named, else the system's.

Only print needs them: a page is drawn with its reader's fonts.
"""

import functools
import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

_RANGES = {
    "Han": "2E80-2FDF 3000-303F 3400-4DBF 4E00-9FFF F900-FAFF FF00-FFEF 20000-323AF",
    "Kana": "3040-30FF 31F0-31FF",
    "Bopomofo": "3100-312F",
    "Hangul": "1100-11FF 3130-318F A960-A97F AC00-D7FF",
    "Hebrew": "0590-05FF FB1D-FB4F",
    "Arabic": "0600-06FF 0750-077F 0870-08FF FB50-FDFF FE70-FEFC",
    "Syriac": "0700-074F",
    "Thaana": "0780-07BF",
    "Devanagari": "0900-097F A8E0-A8FF",
    "Bengali": "0980-09FF",
    "Gurmukhi": "0A00-0A7F",
    "Gujarati": "0A80-0AFF",
    "Odia": "0B00-0B7F",
    "Tamil": "0B80-0BFF",
    "Telugu": "0C00-0C7F",
    "Kannada": "0C80-0CFF",
    "Malayalam": "0D00-0D7F",
    "Sinhala": "0D80-0DFF",
    "Thai": "0E00-0E7F",
    "Lao": "0E80-0EFF",
    "Tibetan": "0F00-0FFF",
    "Myanmar": "1000-109F",
    "Georgian": "10A0-10FF 1C90-1CBF",
    "Armenian": "0530-058F",
    "Ethiopic": "1200-139F",
    "Khmer": "1780-17FF",
    "Mongolian": "1800-18AF",
}
# Files that are likely to have a script, by a part of their names; the others are opened after them.
_LIKELY = {
    "Han": "cjk han song hei ming gothic kai wqy droidsansfallback pingfang msyh simsun yahei uming ukai ipa takao",
    "Kana": "cjk gothic mincho ipa takao droidsansfallback hiragino yu meiryo",
    "Bopomofo": "cjk wqy droidsansfallback pingfang msjh uming",
    "Hangul": "cjk nanum malgun unbatang batang gulim gothic droidsansfallback applesd",
    "Arabic": "amiri naskh kufi scheherazade arabic",
    "Hebrew": "hebrew david frank culmus",
    "Devanagari": "deva lohit mangal nirmala kohinoor",
    "Thai": "thai tlwg loma garuda norasi sarabun leelaw thonburi",
}
_GENERAL = "noto unifont freesans freeserif arialuni dejavu nirmala lohit"
_NOT_UPRIGHT = re.compile(r"(?i)bold|italic|oblique|slanted|black|light|thin|color|mono|lastresort")


def _of_ranges(ranges: str) -> str:
    return "".join("-".join(rf"\U{int(end, 16):08x}" for end in each.split("-")) for each in ranges.split())


_SCRIPTS = {name: re.compile(f"[{_of_ranges(ranges)}]") for name, ranges in _RANGES.items()}
_ANY = re.compile("|".join(pattern.pattern for pattern in _SCRIPTS.values()))


def of(characters: Iterable[str]) -> dict[str, str]:
    """The scripts that characters are of, each with those characters in order. Other characters are left out.

    >>> of("city 北京, ไทย")
    {'Han': '京北', 'Thai': 'ทยไ'}
    """
    wanted = sorted(set(_ANY.findall("".join(characters))))
    found = {
        name: "".join(sign for sign in wanted if pattern.match(sign)) for name, pattern in _SCRIPTS.items()
    }
    return {name: signs for name, signs in found.items() if signs}


def fonts_for(scripts: dict[str, str], given: Sequence[Path]) -> tuple[list[Path], dict[str, str]]:
    """The font files that draw the characters of scripts, as few as possible, and what none of them draws.

    `given` come first. OSError for one of them that is no file.
    """
    missing = {sign for signs in scripts.values() for sign in signs}
    chosen = []
    for file in given:
        file.stat()
        chosen.append(file)
        missing -= characters_of(file)
    if missing:
        for name, signs in scripts.items():
            for file in _likely(name):
                wanted = missing.intersection(signs)
                if not wanted:
                    break
                if wanted & characters_of(file):
                    chosen.append(file)
                    missing -= characters_of(file)
    return chosen, {
        name: left for name, signs in scripts.items() if (left := "".join(s for s in signs if s in missing))
    }


@functools.cache
def characters_of(file: Path) -> frozenset[str]:
    """The characters that a font draws; none for a file that is no font."""
    import uharfbuzz

    try:
        return frozenset(map(chr, uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))).unicodes))
    except (OSError, uharfbuzz.HarfBuzzError, ValueError):
        return frozenset()


@functools.cache
def is_centred(file: Path) -> bool:
    """If a font's fullwidth brackets fill more than their half of the square, into which Typst sets the next mark."""
    import uharfbuzz

    if "）" not in characters_of(file):
        return False
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))))
    glyph = font.get_nominal_glyph(ord("）"))
    extents = font.get_glyph_extents(glyph) if glyph else None
    return extents is not None and extents.x_bearing + extents.width > 0.52 * font.get_glyph_h_advance(glyph)


@functools.cache
def _system() -> tuple[Path, ...]:
    """The system's fonts: fontconfig lists them; where it is not, matplotlib knows the folders of each system."""
    try:
        listed = subprocess.run(
            ["fc-list", "--format=%{file}\\n"], capture_output=True, timeout=20, check=True
        )
        files = set(os.fsdecode(listed.stdout).splitlines())
    except (OSError, subprocess.SubprocessError):
        from matplotlib import font_manager  # takes most of a second

        files = set(font_manager.findSystemFonts())
    return tuple(Path(file) for file in sorted(files) if file.lower().endswith((".ttf", ".otf", ".ttc")))


def _likely(script: str) -> list[Path]:
    """The system's fonts, the likeliest for a script first."""
    names = [*_LIKELY.get(script, "").split(), script.lower()]

    def rank(file: Path) -> tuple[bool, int, str]:
        name = file.stem.lower()
        likely = (
            0
            if any(part in name for part in names)
            else 1
            if any(part in name for part in _GENERAL.split())
            else 2
        )
        return bool(_NOT_UPRIGHT.search(name)), likely, name

    return sorted((file for file in _system() if "lastresort" not in file.stem.lower()), key=rank)
