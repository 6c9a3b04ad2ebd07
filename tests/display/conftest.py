"""The ledger that most tests of the display show, and the same with hostile text in every cell of text."""

import pytest

from reported import Ledger
from tests.figures.ledgers import figure, flood, load, quantity, reaction, relation


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return flood(tmp_path_factory.mktemp("flood") / "data")


@pytest.fixture
def hostile(tmp_path):
    """Returns the ledger whose every free text is the one given."""

    def make(text: str) -> Ledger:
        quantities = [
            quantity("dead", label=text, population=text, topic=text),
            quantity("saved", label="Saved", population="others", topic="other"),
        ]
        figures = [
            figure("fifty", "dead", "50", note=text, evidence=text),
            figure("forty", "saved", "about 40", claimant="mayor"),
        ]
        claimants = [
            {"id": id, "name": text, "local_name": text, "role": text, "party": party}
            for id, party in (("mayor", "town"), ("council", "town"), ("paper", "press"))
        ]
        parties = [
            {"id": "town", "label": text, "interested": "yes"},
            {"id": "press", "label": "News media", "interested": "no"},
        ]
        sources = [
            {
                "id": "gazette",
                "publisher": text,
                "title": text,
                "published": "2031-05-02",
                "language": "en",
                "note": text,
            }
        ]
        aside = [
            {
                "id": "a",
                "source": "gazette",
                "paragraph": "1",
                "words": "2 May",
                "kind": text,
                "reason": text,
            },
        ]
        return load(
            tmp_path / "data",
            quantities=quantities,
            figures=figures,
            claimants=claimants,
            parties=parties,
            sources=sources,
            set_aside=aside,
            reactions=[reaction("fifty", "council", text, in_our_words=text)],
            relations=[relation("dead", "refines", "saved", in_our_words=text, hedge=text)],
        )

    return make
