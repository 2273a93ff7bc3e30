"""What the scheduler does for the voice."""

from celery import shared_task

from archive.models import Brand
from archive.review.notices import settle_about, tell
from concierge.console.drift import Fall, fall
from concierge.console.wording import rule

ABOUT = "voice_drift"
NAME = "The voice of the answers"


@shared_task(name="console.watch_voice")
def watch_voice() -> int:
    """Tell staff of houses whose answers keep less to the voice than usual; gives how many.

    The notice goes by itself once they do again.
    """
    fallen = 0
    for brand in Brand.objects.all():
        if found := fall(brand):
            tell(brand, ABOUT, said(found), NAME)
            fallen += 1
        else:
            settle_about(brand, ABOUT, NAME)
    return fallen


def said(found: Fall) -> str:
    more = f" More often than before: {rule(found.rule).lower()}." if found.rule else ""
    return (
        f"The answers of the last 7 days keep less to the house’s voice: {found.recent:.2f}, "
        f"against {found.usual:.2f} in 28 days ({found.answers:,} answers).{more} "
        "See Conversations, Voice."
    )
