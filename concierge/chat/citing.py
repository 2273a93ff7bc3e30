"""What answers owe to a document."""

from collections.abc import Collection, Iterator

from django.db.models import Count, F, Max

from archive.review.uses import Question, Use
from concierge.chat.models import Citation, Message


def uses(documents: Collection[int]) -> Iterator[Use]:
    """Those of `documents` that answers cite: they must stay, or the answers lose their source."""
    cited = (
        Citation.objects.filter(version__document__in=documents)
        .values(document=F("version__document"))
        .annotate(
            answers=Count("message", distinct=True),
            conversations=Count("message__conversation", distinct=True),
            last=Max("message__created"),
        )
        .order_by()
    )
    for each in cited:
        answers = "1 answer" if each["answers"] == 1 else f"{each['answers']:,} answers"
        held = each["conversations"]
        conversations = "1 conversation" if held == 1 else f"{held:,} conversations"
        last = f"{each['last']:%-d %B %Y}"
        when = f"of {last}" if each["answers"] == 1 else f"the last of them of {last}"
        yield Use(each["document"], f"{answers} in {conversations}, {when}")


def questions(document: int, most: int) -> tuple[int, list[Question]]:
    """How many questions have an answer that cites the document, and the latest `most`."""
    answers = Message.objects.filter(citations__version__document=document, question__isnull=False)
    asked = answers.values(words=F("question__text")).annotate(
        count=Count("pk", distinct=True), last=Max("created")
    )
    told = asked.order_by("-last")[:most]
    return asked.order_by().count(), [
        Question(each["words"], each["count"], f"{each['last']:%Y-%m-%d}") for each in told
    ]
