"""A person at work: decides every cell of a draft, as the tests need it."""

import csv
from pathlib import Path

ANSWERS = {"publisher": "The Gazette", "published": "2031-05-02", "party": "town", "claimant": "somebody"}


def decide(data: Path, **answers: str) -> None:
    """Accept what is proposed; fill in what is not."""
    answers = ANSWERS | answers
    append(data / "parties.csv", "town,The town,,yes")
    append(data / "claimants.csv", "somebody,Somebody,,,,town")
    for path in data.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update(
                {name: cell[1:] or answers[name] for name, cell in row.items() if cell.startswith("?")}
            )
        if rows:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
