"""The embedded services, for people and scripts."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from concierge.operations.embedded import ensure_running, status, stop
from concierge.operations.entry import embedded_services


class Command(BaseCommand):
    help = "Start, stop or show the embedded PostgreSQL and Redis."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status"])

    def handle(self, *args: object, action: str, **options: object) -> None:
        """`status` exits with 3 when a service that should run does not."""
        if action == "stop":
            stopped = stop(settings.DATA_DIR, embedded_services())
            self.stdout.write(f"stopped {' and '.join(stopped)}" if stopped else "nothing runs")
            return
        if action == "start":
            ensure_running(settings.DATA_DIR, embedded_services())
        self.stdout.write(f"DATABASE_URL={settings.DATABASE_URL}")
        self.stdout.write(f"DATABASE_OWNER_URL={settings.DATABASE_OWNER_URL}")
        self.stdout.write(f"REDIS_URL={settings.REDIS_URL}")
        found = status(settings.DATA_DIR)
        for name in embedded_services():
            self.stderr.write(f"{name}: {'running' if found[name] else 'stopped'}")
        if not all(found[name] for name in embedded_services()):
            sys.exit(3)
