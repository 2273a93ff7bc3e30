"""What `make run` runs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console

from concierge.operations import quickstart as steps
from concierge.operations.embedded import Service
from concierge.operations.embedded.lifecycle import plainly
from concierge.operations.supervision import Child
from concierge.privacy.ledger_replay import keep_up


class Command(BaseCommand):
    help = "Start everything on this machine and serve the demo house. Ctrl-C stops it all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: object, port: int, **options: object) -> None:
        self.console = Console(highlight=False)
        services: list[Service] = []
        family = steps.children(port)
        with plainly(settings.DATA_DIR), steps.only_one(settings.DATA_DIR):
            try:
                with steps.interruptible():
                    services += steps.prepare(port)
                    self.serve(port, family)
                self.console.print("\n  Stopping.", style="dim")
            finally:
                steps.stop_everything(family, services)

    def serve(self, port: int, family: list[Child]) -> None:
        with self.step("Database"):
            call_command("migrate", interactive=False, verbosity=0)
            keep_up()  # before anybody is let in: the database may have come from a backup
        for child in family:
            child.start()
        with self.step("Demo house"):
            steps.load_demo_once()
        with self.step("Worker, scheduler and web server"):
            steps.wait_until_ready(port, family, self.say)
        self.welcome(f"http://{steps.HOST}:{port}/", steps.create_administrator())
        steps.watch(family, self.say)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        self.console.print(f"  {name:<34}{time.monotonic() - start:5.1f} s", style="dim")

    def say(self, sentence: str) -> None:
        self.console.print(f"  {sentence}", style="yellow", markup=False, soft_wrap=True)

    def welcome(self, address: str, password: str) -> None:
        line = self.console.print
        line("\n  [bold]Concierge is open.[/bold]\n")
        line(f"  The house        [bold cyan]{address}[/bold cyan]")
        line(f"  Administration   [cyan]{address}admin/[/cyan]", end="  ")
        if password:
            line(f"name [bold]{steps.ADMIN}[/bold], password [bold]{password}[/bold]")
            line("                   The password is shown this once: change it after signing in.")
        else:
            line("password forgotten: python manage.py changepassword", style="dim")
        line(f"  Logs             {settings.DATA_DIR / 'log'}", soft_wrap=True)
        line("\n  Ctrl-C stops everything.", style="dim")
