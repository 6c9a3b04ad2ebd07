"""An invented fair of kites: its text, and the ledger of every number in it."""

from types import SimpleNamespace

from reported.article.text import sha256

KITES = """\
Tellmark's Kite Fair Fills The Dunes For A Second Day

TELLMARK -- More than 12,000 people came to the dunes on June 7, and at least 1,850 kites were in the air by 3:15 p.m.,
the organizers said. The fair's 40 stewards counted them “one by one.”

Between 60 and 80 flyers had come by ferry, and two to three dozen more by the night train, which was 25 minutes late.
Nearly half of them had never flown a kite; some 300 were children, about a third of all who signed up.

“We had 55 kites on the line at once,” said Oda Brenne, who has flown here since 1998. A rival club says that 55 kites is
what it flew. “Theirs was up to 20 meters shorter,” she added. The line was nearly 2,000 meters long, twice as long
as last year’s.

Several flyers lost their kites. A handful of them, perhaps 15, came down in the harbor; dozens landed on roofs. One boat
was hit. No one was hurt. Repairs will cost €3.4m or less, the town's 11-member council estimated; Brenne said that
could be several times higher.

The record is an F-16-shaped kite of 37.5 square meters. Two-thirds of its cloth came from Sweden, for $1,200. It needs
four people, and a wind of 10 to 15 knots.

The fair ends in two days. Its twenty-first edition is planned for May 30, 2027; tens of thousands are expected, 45 percent
more than now. Few believe it.
"""

FIGURES = [
    # quantity, qualifier, value, value_to, paragraph, words
    ("visitors", "more than", "12000", "", 2, "More than 12,000 people"),
    ("in_the_air", "at least", "1850", "", 2, "at least 1,850 kites"),
    ("stewards", "exact", "40", "", 2, "40 stewards"),
    ("by_ferry", "between", "60", "80", 3, "Between 60 and 80 flyers"),
    ("by_train", "between", "24", "36", 3, "two to three dozen more"),
    ("delay", "exact", "25", "", 3, "25 minutes"),
    ("first_time", "nearly", "50", "", 3, "Nearly half of them"),
    ("children", "about", "300", "", 3, "some 300 were children"),
    ("children_share", "about", "33.333333333", "", 3, "about a third"),
    ("on_the_line", "exact", "55", "", 4, "55 kites"),
    ("on_the_line_rival", "exact", "55", "", 4, "55 kites"),
    ("shorter", "up to", "20", "", 4, "up to 20 meters"),
    ("line", "nearly", "2000", "", 4, "nearly 2,000 meters long"),
    ("longer", "exact", "2", "", 4, "twice as long"),
    ("losers", "several", "", "", 5, "Several flyers"),
    ("in_harbor", "a handful", "", "", 5, "A handful of them"),
    ("in_harbor_count", "about", "15", "", 5, "perhaps 15"),
    ("on_roofs", "dozens", "", "", 5, "dozens landed"),
    ("boats", "exact", "1", "", 5, "One boat"),
    ("hurt", "exact", "0", "", 5, "No one"),
    ("repairs", "up to", "3400000", "", 5, "€3.4m or less"),
    ("repairs_more", "several times", "", "", 5, "could be several times higher"),
    ("council", "exact", "11", "", 5, "11-member council"),
    ("area", "exact", "37.5", "", 6, "37.5 square meters"),
    ("swedish", "exact", "66.666666667", "", 6, "Two-thirds of its cloth"),
    ("cloth", "exact", "1200", "", 6, "$1,200"),
    ("crew", "exact", "4", "", 6, "four people"),
    ("wind", "between", "10", "15", 6, "10 to 15 knots"),
    ("ends", "exact", "2", "", 7, "in two days"),
    ("expected", "tens of thousands", "", "", 7, "tens of thousands"),
    ("increase", "exact", "45", "", 7, "45 percent"),
]  # fmt: skip
SET_ASIDE = [
    (1, "Second Day"), (2, "June 7"), (2, "3:15 p.m."), (4, "1998"), (6, "F-16-shaped"), (7, "twenty-first"),
    (7, "May 30, 2027"), (4, "last year's"),
]  # fmt: skip


class Tables:
    """As much of a ledger as an audit reads: its rows as text."""

    def __init__(self, rows):
        self.tables = {name: SimpleNamespace(rows=every) for name, every in rows.items()}


def ledger(figures=FIGURES, set_aside=SET_ASIDE, checksum=None, note="", source="kites"):
    columns = ("quantity", "qualifier", "value", "value_to", "paragraph", "words")
    rows = [dict(zip(columns, row, strict=True)) | {"source": source, "note": note} for row in figures]
    aside = [
        {"paragraph": p, "words": words, "source": source, "reason": "no figure"} for p, words in set_aside
    ]
    for table in (rows, aside):
        for row in table:
            row["id"] = row.get("quantity") or f"aside_{row['words']}"
    tables = {
        "figures": rows,
        "set_aside": aside,
        "sources": [{"id": source, "sha256": checksum or sha256(KITES)}],
    }
    return Tables(
        {name: [{k: str(v) for k, v in row.items()} for row in rows] for name, rows in tables.items()}
    )


def without(table, *words):
    return [row for row in table if row[-1] not in words]


def replaced(row_words, /, **cells):
    """FIGURES with cells of the row with these words changed."""
    names = ("quantity", "qualifier", "value", "value_to", "paragraph", "words")
    return [
        tuple((dict(zip(names, row, strict=True)) | cells)[n] for n in names) if row[-1] == row_words else row
        for row in FIGURES
    ]
