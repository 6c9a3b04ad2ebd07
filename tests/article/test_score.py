"""What a draft proposes around its numbers, scored on texts of seven manners: what was reached is not lost."""

from tests.article.score import score


def test_speakers_days_units_and_quantities_are_as_good_as_they_were():
    counts, faults = score()
    wrong = {column: outcomes["wrong"] + outcomes["missing"] for column, outcomes in counts.items()}
    assert not any(wrong.values()), "\n".join(faults)
