"""What answers owe to a document."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.db.models import Count, F, Max

from archive.review.uses import Question, Use
from concierge.chat.models import Citation, Message
from concierge.clients.consent import allowing
from concierge.clients.keys import warm
from concierge.clients.models import Purpose

READ = 100  # answers whose questions are read for a document's page


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
    """How many answers cite the document, and what was asked for the latest, the same told once.

    Only of those who let curators read it. What was asked is sealed: of the latest READ alone the
    words are opened and compared.
    """
    cited = Citation.objects.filter(version__document=document)
    answers = Message.objects.filter(pk__in=cited.values("message"), question__isnull=False)
    usable = answers.filter(conversation__visitor__in=allowing(Purpose.IMPROVE))
    latest = usable.order_by("-created").values("created", visitor=F("conversation__visitor"))
    rows = list(latest.annotate(asked=F("question_id"))[:READ])
    warm({row["visitor"] for row in rows})
    words = Message.objects.in_bulk([row["asked"] for row in rows])
    told: dict[str, Question] = {}
    for row in rows:
        text = words[row["asked"]].text if row["asked"] in words else ""
        known = told.get(text)
        if known:
            told[text] = replace(known, count=known.count + 1)
        elif text:
            told[text] = Question(text, 1, f"{row['created']:%Y-%m-%d}")
    return answers.count(), list(told.values())[:most]
