"""The demo house's questions for pieces are answered from its rows."""

import pytest

from catalog.imports import import_feed
from concierge.evaluation.pieces import judged, read_rows
from concierge.operations import demo


@pytest.mark.django_db(transaction=True)
def test_every_question_for_a_piece_of_the_demo_is_answered_rightly():
    from archive.models import Brand

    house = Brand.objects.create(slug=demo.SLUG, **demo.HOUSE)
    import_feed(house, demo.FOLDER / "catalog" / "products.csv")
    report = judged(house, read_rows(demo.FOLDER / "piece-questions.jsonl"))
    assert [(each["text"], each["faults"]) for each in report["results"] if each["faults"]] == []
