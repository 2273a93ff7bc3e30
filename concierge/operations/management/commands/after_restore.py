from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand

from concierge.audit.restored import begin_again
from concierge.clients import kept_keys
from concierge.privacy import decisions_replay
from concierge.privacy.ledger_replay import replay
from concierge.privacy.off_record import forget_all
from concierge.privacy.session_store import SessionStore


class Command(BaseCommand):
    help = (
        "Make a database that was brought back from an earlier day fit for use: brought up to "
        "date, given the clients' keys, everybody erased since erased again, everybody signed "
        "out. `restore` does it; run it by hand after any other way of restoring, before anybody "
        "is served."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        self.stdout.write(f"{kept_keys.bring_back():,} keys of clients are back.")
        self.stdout.write(f"{replay():,} people were erased again.")
        self.stdout.write(f"{decisions_replay.replay():,} decisions of clients hold again.")
        self.stdout.write(f"{forget_all():,} conversations off the record were ended.")
        self.stdout.write(f"{sign_out():,} sessions were ended.")
        begin_again("a backup was brought back")


def sign_out() -> int:
    """End the sessions of whoever had signed in: some have signed out since, or lost the right."""
    rows = Session.objects.iterator()
    signed_in = [row.session_key for row in rows if SESSION_KEY in row.get_decoded()]
    for key in signed_in:
        SessionStore().delete(key)
    return len(signed_in)
