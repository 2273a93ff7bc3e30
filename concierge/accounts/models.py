"""Which houses somebody of the staff serves, and who is signed in where."""

from django.conf import settings
from django.db import models

from archive.models import Brand
from concierge.clients.models import Visitor
from concierge.clients.sealed import SealedTextField


class Membership(models.Model):
    """One house that one person of the staff serves; a superuser serves all without."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="memberships")

    class Meta:
        verbose_name = "house"
        ordering = ["brand__name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "brand"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return self.brand.name


class SignedIn(models.Model):
    """A session somebody is signed in with, to be ended when they may no longer be."""

    session_key = models.CharField(max_length=40, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="signed_in")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "signed in"

    def __str__(self) -> str:
        return f"{self.user_id}"


class Mailbox(models.Model):
    """Where a visitor's letters go: all that is kept of an address, and sealed."""

    visitor = models.OneToOneField(
        Visitor, models.CASCADE, primary_key=True, related_name="mailbox"
    )
    email = SealedTextField(owner="visitor_id")

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return str(self.visitor_id)
