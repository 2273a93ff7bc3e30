"""What keeps an approved answer from being said, or should make a curator look at it again."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from archive.models import Document
from archive.viewer import Viewer
from catalog.models import Product
from concierge.approved.models import ApprovedAnswer, Quotation, Status
from concierge.approved.quote import marks


def troubles(answer: ApprovedAnswer) -> list[str]:
    """One sentence for each reason why it is not said, or cannot be made live."""
    said: list[str] = []
    if not answer.text.strip():
        said.append("It has no answer yet.")
    if not answer.wordings.exists():
        said.append("It has no question yet.")
    if answer.is_over:
        said.append("It has expired.")
    numbers = set(answer.quotations.values_list("number", flat=True))
    said += [f"[{n}] marks no quotation." for n in sorted(marks(answer.text) - numbers)]
    return [*said, *unsound(answer)]


def unsound(answer: ApprovedAnswer) -> list[str]:
    sound = set(answer.quotations.sound_to(answer.viewer).values_list("pk", flat=True))
    broken = [each for each in answer.quotations.select_related("document") if each.pk not in sound]
    readable = set(
        Document.objects.visible_to(answer.viewer)
        .filter(pk__in=[each.document_id for each in broken])
        .values_list("pk", flat=True)
    )
    return [
        f"The words of quotation [{each.number}] no longer stand in “{each.document}”."
        if each.document_id in readable
        else f"“{each.document}” is not shown to everyone who may be told this answer."
        for each in broken
    ]


def remarks(answer: ApprovedAnswer) -> list[str]:
    """What should be looked at, and does not keep it from being said."""
    visible = Product.objects.visible_to(answer.viewer)
    hidden = answer.products.exclude(pk__in=visible.values("pk").order_by())
    return [f"“{product}” is not shown any more; its card is left out." for product in hidden]


def needing_attention() -> Q:
    """Of live answers, those that are over or rest on what may not be shown. A few queries."""
    found: set[int] = set()
    live = ApprovedAnswer.objects.filter(status=Status.LIVE)
    quoting = live.filter(Exists(Quotation.objects.filter(answer=OuterRef("pk"))))
    for brand_id, audience in quoting.order_by().values_list("brand", "audience").distinct():
        viewer = Viewer.reading(brand_id, audience)
        own = Quotation.objects.filter(
            answer__in=live.filter(brand=brand_id, audience=audience).order_by()
        )
        sound = Quotation.objects.sound_to(viewer).filter(answer__brand=brand_id)
        found.update(
            own.exclude(pk__in=sound.values("pk").order_by()).values_list("answer", flat=True)
        )
    return Q(status=Status.LIVE) & (Q(expires__lte=timezone.now()) | Q(pk__in=found))
