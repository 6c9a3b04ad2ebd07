"""How well a draft proposes what stands around a number: invented texts in the manner of real ones, and what is right.

Run by `make drafts`. A cell is right, wrong (another proposal) or missing (none).
"""

import json
from collections import Counter
from pathlib import Path

from reported.article.draft import draft
from reported.article.text import Article

TEXTS = json.loads((Path(__file__).parent / "drafts.json").read_text(encoding="utf-8"))


def score(texts=TEXTS):
    """Right, wrong and missing cells by column, and each cell that is not right."""
    counts, faults = {}, []
    for one in texts:
        rows = draft(Article(one["text"], one["publisher"], published=one["published"]), "text", {}).rows
        units = {row["id"]: row["unit"].removeprefix("?") for row in rows["quantities"]}
        by_value = {row["value"].removeprefix("?"): row for row in rows["figures"]}
        for value, expected in one["figures"].items():
            cells = {name: cell.removeprefix("?") for name, cell in by_value.get(value, {}).items()}
            cells["unit"] = units.get(cells.get("quantity", ""), "")
            for column, right in expected.items():
                found = cells.get(column, "")
                outcome = "right" if found == right else "wrong" if found else "missing"
                counts.setdefault(column, Counter())[outcome] += 1
                if outcome != "right":
                    faults.append(f'{one["kind"]}, {value}, {column}: "{found}", not "{right}"')
    return counts, faults


if __name__ == "__main__":
    counts, faults = score()
    for column, outcomes in counts.items():
        print(
            f"{column:10} " + ", ".join(f"{outcomes[name]} {name}" for name in ("right", "wrong", "missing"))
        )
    print(*faults, sep="\n")
