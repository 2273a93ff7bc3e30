"""A gap is closed by an answer that the house writes for it."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from concierge.approved.models import ApprovedAnswer, Wording
from concierge.gaps.models import Gap, Status


def begin(gap: Gap, by: AbstractBaseUser | None) -> ApprovedAnswer:
    """The approved answer that is written for `gap`: a draft with its question, made once."""
    with transaction.atomic():
        held = Gap.objects.select_for_update(of=("self",)).get(pk=gap.pk)
        if held.approved:
            return held.approved
        language = held.languages[0] if held.languages else held.brand.language[:2]
        answer = ApprovedAnswer.objects.create(
            brand_id=held.brand_id, language=language, author_id=by.pk if by else None
        )
        Wording.objects.create(answer=answer, text=held.question, language=language)
        Gap.objects.filter(pk=held.pk).update(approved=answer)
        return answer


def close(
    sender: object, answer: ApprovedAnswer, by: AbstractBaseUser | None, **given: Any
) -> None:
    """Heard when `answer` is made live: what it was written for is answered."""
    waiting = Gap.objects.filter(approved=answer, status=Status.OPEN)
    waiting.mark_answered(by=by.pk if by else None)
