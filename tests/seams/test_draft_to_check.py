"""Draft to check: whatever a draft proposes and a person accepts, the checks accept."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported.article.draft import draft
from reported.ledger import check
from reported.project.layout import lay_out
from tests.project.deciding import decide

SENTENCES = [
    json.loads(line)["text"]
    for path in sorted((Path(__file__).parent.parent / "prose").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


def faults(folder, text):
    """What the checks say of a draft of a text of which everything that is proposed is accepted."""
    rows = dict(draft(text, "fair", {}).rows)
    rows["figures"] = [
        row for row in rows.get("figures", ()) if "?" not in (row["qualifier"], row["value"])
    ]  # nothing is proposed
    there = {row["id"] for row in rows["figures"]}
    rows["relations"] = [row for row in rows.get("relations", ()) if {row["subject"], row["object"]} <= there]
    lay_out(folder, "The fair", rows)
    decide(folder / "data")
    return check(folder / "data")


@pytest.mark.parametrize("chunk", [SENTENCES[n : n + 120] for n in range(0, len(SENTENCES), 120)], ids=len)
def test_of_the_projects_own_sentences(tmp_path, chunk):
    assert faults(tmp_path / "fair", "\n\n".join(["The fair", *chunk])) == ()


QUALIFIERS = [
    "",
    "at least ",
    "about ",
    "nearly ",
    "more than ",
    "somewhere between ",
    "could be ",
    "a single ",
    "-",
]
NUMBERS = ["0", "no", "none of the 12", "1", "a third of", "52 out of 54", "3.5", "1,200", "12,000", "two to three",
           "60 and 80", "half a million", "dozens of", "1.2 million"]  # fmt: skip
NOUNS = ["people", "dead", "fatalities", "homeless", "square kilometres", "% of homes", "percentage points", "km/h",
         "kilowatt hours", "houses a week", "cases per 100,000 people", "degrees", "cubic metres", ""]  # fmt: skip
TAILS = ["", " were killed", " were missing", ", police said on Tuesday", " in the week to 7 December", " by 2050",
         ", including 4 children", " a day", ", or 7 per cent", " as of 10 December 2030", ' "or more"']  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(*map(st.sampled_from, (QUALIFIERS, NUMBERS, NOUNS, TAILS))), min_size=20, max_size=60)
)
def test_of_sentences_made_up(tmp_path_factory, parts):
    text = "\n\n".join(
        ["The fair", "By Ana Rui, 12 December 2030", *("It had " + "".join(p) + "." for p in parts)]
    )
    assert faults(tmp_path_factory.mktemp("project") / "fair", text) == ()
