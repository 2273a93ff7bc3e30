"""Documents of a brand that say the same, compared now."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from archive.likeness import ask
from archive.models import Brand, Comparing, Likeness

BUSY = "The documents of this brand are being compared at this moment."


class Command(BaseCommand):
    help = "Find the documents of a brand that say the same; a person settles them in the console."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--brand", required=True)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(f"There is no brand “{options['brand']}”.")
        Comparing.objects.update_or_create(brand=brand, defaults={"asked": now(), "attempts": 0})
        found = ask.work(brand.pk)
        if found is None:
            raise CommandError(BUSY)
        clusters = Likeness.objects.filter(brand=brand, settled=None).order_by("kind", "pk")
        told: list[dict[str, Any]] = [
            {
                "kind": each.kind,
                "documents": [
                    {"key": member.document.key, "containment": member.containment}
                    for member in each.members.select_related("document")
                ],
            }
            for each in clusters.prefetch_related("members__document")
        ]
        if options["json"]:
            report = {"documents": found.documents, "new": found.new, "clusters": told}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{found.documents:,} documents compared; {len(told):,} clusters wait.")
        for each in told:
            names = ", ".join(
                f"{one['key']} ({one['containment']:.0%})" for one in each["documents"]
            )
            self.stdout.write(f"{each['kind']}: {names}")
