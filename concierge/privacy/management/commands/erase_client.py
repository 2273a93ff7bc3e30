import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concierge.clients.models import Client, Visitor
from concierge.privacy.erasure import ErasureError, erase
from concierge.privacy.ledger import LedgerError
from concierge.privacy.models import Erasure
from concierge.privacy.whom import NobodyError, whom


class Command(BaseCommand):
    help = "Forget a person, named by a number or an e-mail address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="a visitor's or a client's number, or an e-mail address")
        parser.add_argument("--brand", help="the brand's slug, where several know the address")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--json", action="store_true", help="print the receipt as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = whom(options["who"], options["brand"])
        except NobodyError as error:
            raise CommandError(str(error)) from None
        if not options["yes"] and not self.is_meant(person):
            raise CommandError("Nothing was erased.")
        try:
            erasure = erase(person, Erasure.Reason.HOUSE)
        except (ErasureError, LedgerError) as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(erasure.receipt, ensure_ascii=False, indent=2))
        else:
            self.show(erasure.receipt)

    def is_meant(self, person: Visitor | Client) -> bool:
        self.stdout.write(
            f"Everything {person.brand.name} holds of {person.pk} will be erased, for good."
        )
        return input("Write “erase” to go on: ").strip().lower() == "erase"

    def show(self, document: dict[str, Any]) -> None:
        receipt = document["receipt"]
        self.stdout.write(f"Erased. Receipt {receipt['erasure']}, {receipt['finished']}")
        for place in receipt["places"]:
            if place["found"]:
                self.stdout.write(
                    f"  {place['what']}: {place['found']:,} found, {place['left']} left"
                )
        empty = sum(not place["found"] for place in receipt["places"])
        self.stdout.write(f"  {empty} other places held nothing.")
        self.stdout.write(f"  Signed with the house's key {document['key']}.")
