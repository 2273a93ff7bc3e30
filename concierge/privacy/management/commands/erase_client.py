import json
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import Brand
from concierge.accounts.join import names
from concierge.clients.models import Client, Visitor
from concierge.privacy.erasure import ErasureError, erase
from concierge.privacy.ledger import LedgerError
from concierge.privacy.models import Erasure


class Command(BaseCommand):
    help = "Forget a person: a visitor's or a client's number, or an address with --brand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="a visitor's or a client's number, or an e-mail address")
        parser.add_argument("--brand", help="the brand's slug, for an e-mail address")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--json", action="store_true", help="print the receipt as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        person = found(options["who"].strip(), options["brand"])
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


def found(who: str, slug: str | None) -> Visitor | Client:
    """Raises CommandError when nobody is known by this."""
    if "@" in who:
        return by_address(who, slug)
    try:
        number = uuid.UUID(who)
    except ValueError:
        raise CommandError(
            f"“{who}” is neither a visitor's or client's number nor an e-mail address."
        ) from None
    for model in (Visitor, Client):
        row = model._default_manager.filter(pk=number).select_related("brand").first()
        if row is not None:
            return row
    raise CommandError(f"Nobody is known by {who}.")


def by_address(address: str, slug: str | None) -> Client:
    brand = Brand.objects.filter(slug=slug).first() if slug else None
    if brand is None:
        raise CommandError("Name the house of this address with --brand and its slug.")
    known = names(brand, address.lower())
    client = Client.objects.filter(brand=brand, user__username__in=known).first()
    if client is None:
        raise CommandError(f"{brand.name} knows nobody by this address.")
    return client
