import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concierge.privacy.receipt import ReceiptError, verified


class Command(BaseCommand):
    help = "Prove that a receipt of an erasure was signed by this house and not changed since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the receipt, as JSON")
        parser.add_argument("--key", default="", help="another house's public key, in base64")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            document = json.loads(path.read_bytes())
            receipt = verified(document, options["key"])
        except OSError:
            raise CommandError(f"{path} cannot be read.") from None
        except ValueError:
            raise CommandError(f"{path} is no receipt: it is not JSON.") from None
        except ReceiptError as error:
            raise CommandError(str(error)) from None
        places = receipt["places"]
        self.stdout.write(
            f"The receipt holds: asked {receipt['asked']}, finished {receipt['finished']}, "
            f"{len(places)} places, {sum(each['found'] for each in places)} found, "
            f"{sum(each['left'] for each in places)} left."
        )
