"""What only somebody's e-mail address leads to, found while the address can still be read."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from concierge.accounts.letter import counted, where
from concierge.accounts.models import Mailbox
from concierge.accounts.window import key_of
from concierge.privacy.places import Person


def add_addresses(person: Person) -> None:
    """The counts of letters to them and, on a trial run, the letters themselves."""
    held = Mailbox.objects.filter(visitor__in=person.visitors).select_related("visitor")
    boxes = [(each.visitor.brand_id, each.email) for each in held if each.email]
    person.counts |= {key_of(counted(brand, address)) for brand, address in boxes}
    person.letters |= {str(each) for each in letters({address for _, address in boxes})}


def letters(addresses: Iterable[str]) -> Iterator[Path]:
    known = [each.encode() for each in addresses]
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log") if where() and known else ():
        text = path.read_bytes()
        if any(each in text for each in known):
            yield path
