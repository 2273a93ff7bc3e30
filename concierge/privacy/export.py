"""All that is held of a person as one ZIP: a page to read, the same as JSON, and what lies beside.

A small one is made while the client waits, a large one by a worker, which keeps it sealed under the
client's key until its day is over.
"""

import base64
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from concierge.chat.models import Message
from concierge.clients.models import Visitor
from concierge.clients.wording import words_of
from concierge.privacy import held
from concierge.privacy.models import Export

AT_ONCE = 200  # messages that are exported while the client waits
KEPT = timedelta(hours=24)  # a link of a finished one works
MOST_ATTEMPTS = 3
NAME = "{slug}-{day:%Y-%m-%d}.zip"
DATA, PAGE = "data.json", "index.html"


def is_large(visitor: Visitor) -> bool:
    return Message.objects.filter(conversation__visitor__in=held.person(visitor)).count() > AT_ONCE


def zipped(
    visitor: Visitor, language: str = "", tell: Callable[[int], None] | None = None
) -> bytes:
    """The ZIP of everything held of this person, its page in `language`, else in the house's.

    `tell` hears how many conversations are in it.
    """
    told = held.exported(visitor, tell)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DATA, json.dumps(told, ensure_ascii=False, indent=2))
        archive.writestr(PAGE, readable(visitor, told, language or visitor.brand.language))
    return packed.getvalue()


def readable(visitor: Visitor, told: dict[str, Any], language: str) -> str:
    """A page that needs nothing but itself, in the house's colours."""
    brand = visitor.brand
    with translation.override(language):
        names = {
            row["purpose"]: words_of(brand, row["purpose"], language).name
            for row in told["consents"]
        }
        context = {"brand": brand, "told": told, "names": names}
        return str(render_to_string("privacy/export.html", context))


def name_of(visitor: Visitor) -> str:
    return NAME.format(slug=visitor.brand.slug, day=timezone.localdate())


def ask(visitor: Visitor, language: str = "") -> Export:
    """The export that is being made for this person, begun in `language` if there is none."""
    own = Export.objects.filter(visitor__in=held.person(visitor), until__gt=timezone.now())
    if under_way := own.filter(finished=None, attempts__lt=MOST_ATTEMPTS).first():
        return under_way
    total = held.conversations(visitor).count()
    until = timezone.now() + KEPT
    return Export.objects.create(visitor=visitor, total=total, until=until, language=language)


def make(export_id: str) -> bool:
    """Make one that was asked for; False when it is made, gone, or was tried too often.

    The attempt is counted before the work: one that kills its worker is given up.
    """
    mine = Export.objects.filter(pk=export_id, finished=None, attempts__lt=MOST_ATTEMPTS)
    if not mine.update(attempts=F("attempts") + 1):
        return False
    export = mine.model.objects.select_related("visitor__brand").get(pk=export_id)

    def tell(done: int) -> None:
        Export.objects.filter(pk=export_id).update(done=done)

    export.content = base64.b64encode(zipped(export.visitor, export.language, tell)).decode()
    export.done = export.total
    export.finished = timezone.now()
    export.until = export.finished + KEPT
    # Erased meanwhile, there is nothing to write to.
    kept = Export.objects.filter(pk=export.pk).exists()
    if kept:
        export.save(update_fields=["content", "done", "finished", "until"])
    return kept


def unfinished() -> list[str]:
    """Those that no worker has finished, to be nudged again."""
    waiting = Export.objects.filter(
        finished=None, attempts__lt=MOST_ATTEMPTS, until__gt=timezone.now()
    )
    return [str(pk) for pk in waiting.values_list("pk", flat=True)]


def remove_old() -> int:
    """Exports whose day is over; gives how many."""
    return Export.objects.filter(until__lt=timezone.now()).delete()[0]
