"""The letter with the link."""

import logging
from pathlib import Path
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from archive.models import Brand
from concierge.accounts.link import AGE, Link
from concierge.accounts.window import take

TEMPLATE = "account/email/letter"
LETTERS = 3  # to one address in a window
ASKED = 20  # from one network in a window
WINDOW = 60 * 15  # seconds
FILES = "django.core.mail.backends.filebased.EmailBackend"
logger = logging.getLogger(__name__)


class NotSentError(Exception):
    """The mail server did not take it."""


def may_ask(request: HttpRequest, brand: Brand, email: str) -> bool:
    """Whether one more letter goes to this address. Raises UncountedError."""
    network = request.META.get("REMOTE_ADDR", "")
    if not take(f"letters from {network}", ASKED, WINDOW):
        return False
    return take(counted(brand.pk, email), LETTERS, WINDOW)


def counted(brand_id: int, email: str) -> str:
    """What the letters to one address are counted as."""
    return f"letters to {brand_id} {email}"


def send(request: HttpRequest, brand: Brand, link: Link) -> None:
    """Raises NotSentError."""
    address = reverse("account:open", args=[brand.slug])
    url = request.build_absolute_uri(f"{address}?{urlencode({'link': link.token})}")
    words = {"brand": brand, "url": url, "minutes": AGE // 60}
    try:
        get_adapter(request).send_mail(TEMPLATE, link.email, words)
    except (SMTPException, OSError) as error:
        # Not with its words, which may name whom it was for.
        logger.warning("a letter was not sent", extra={"error": type(error).__name__})
        raise NotSentError from None


def where() -> str:
    """On a trial run, the folder where letters lie instead of being sent; "" elsewhere."""
    if settings.PRODUCTION or settings.EMAIL_BACKEND != FILES:
        return ""
    folder = Path(settings.EMAIL_FILE_PATH)
    base = Path(settings.BASE_DIR)
    return str(folder.relative_to(base) if folder.is_relative_to(base) else folder)
