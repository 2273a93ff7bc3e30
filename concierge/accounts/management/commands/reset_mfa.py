"""Take somebody's second factor away, when their telephone is lost and their codes with it."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from concierge.accounts.ended import end_sessions


class Command(BaseCommand):
    help = "Remove a person's second factor and end their sessions; they then set up another."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="The name they sign in with.")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = get_user_model()._default_manager.filter(username=name, is_staff=True).first()
        if user is None:
            raise CommandError(f"Nobody of the staff signs in as {name}.")
        removed, _ = Authenticator.objects.filter(user=user).delete()
        ended = end_sessions(user.pk)
        if not removed:
            self.stdout.write(f"{name} had no second factor.")
            return
        self.stdout.write(
            f"{name} has no second factor any more; {ended} sessions ended. "
            "The next sign-in asks for the password, and then to set up another."
        )
