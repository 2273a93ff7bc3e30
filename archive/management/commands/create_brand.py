"""An empty brand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.models import Brand


class Command(BaseCommand):
    help = "Make an empty brand; says so if it exists."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="its address: letters, digits and hyphens")
        parser.add_argument("--name", default="", help="its name; made from the slug if not given")

    def handle(self, *args: Any, slug: str, name: str, **options: Any) -> None:
        if brand := Brand.objects.filter(slug=slug).first():
            self.stdout.write(f"The brand {brand.slug} ({brand.name}) exists.")
            return
        brand = Brand(slug=slug, name=name.strip() or slug.replace("-", " ").title())
        try:
            brand.full_clean()
        except ValidationError as error:
            sentences = " ".join(error.messages)
            raise CommandError(f"“{slug}” cannot be a brand: {sentences}") from error
        brand.save()
        self.stdout.write(f"Made the brand {brand.slug} ({brand.name}): {brand.get_absolute_url()}")
