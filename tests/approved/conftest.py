import pytest

from tests.answering.shelf import archive, shelve
from tests.house import provider, served_provider

__all__ = ["approve", "archive", "provider", "quote", "served_provider", "shelve"]

WASH = "By hand, in cool water, with a neutral soap."


@pytest.fixture
def approve(brand):
    """Writes an approved answer, live unless told otherwise, with its wordings' vectors."""
    from django.utils import timezone

    from concierge.approved.embed import embed_missing
    from concierge.approved.models import ApprovedAnswer, Status, Wording

    def write(*wordings, text=WASH, status=Status.LIVE, spoken="en", **fields):
        answer = ApprovedAnswer.objects.create(
            text=text,
            status=status,
            live_since=timezone.now() if status == Status.LIVE else None,
            **{"brand": brand, "language": spoken} | fields,
        )
        for wording in wordings or ("How do I wash a silk scarf?",):
            Wording.objects.create(answer=answer, text=wording, language=spoken)
        embed_missing(answer)
        return answer

    return write


@pytest.fixture
def quote():
    """Lets an answer quote words of a passage's document."""
    from concierge.approved.models import Quotation

    def add(answer, passage, words, number=1):
        start = passage.version.text.index(words)
        return Quotation.objects.create(
            answer=answer,
            number=number,
            document=passage.document,
            version=passage.version,
            start=start,
            end=start + len(words),
            cited_text=words,
        )

    return add
