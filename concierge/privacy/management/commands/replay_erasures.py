from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concierge.privacy.erasure import ErasureError
from concierge.privacy.ledger import LedgerError, lines
from concierge.privacy.ledger_replay import replay


class Command(BaseCommand):
    help = (
        "Prove the ledger of erasures, and carry out again what a restored database brought back."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = sum(1 for _ in lines())
            again = replay()
        except (LedgerError, ErasureError) as error:
            raise CommandError(str(error)) from None
        persons = "1 person" if again == 1 else f"{again:,} persons"
        self.stdout.write(f"The ledger holds ({count:,} lines). {persons} forgotten again.")
