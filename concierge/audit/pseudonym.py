"""What staff call a visitor they have no reason to know: the same name each time, and no one's."""

import uuid

from django.utils.crypto import salted_hmac

LENGTH = 6  # hexadecimal digits: in a house of 4,000 visitors, one in two thousand shares theirs


def pseudonym(visitor: uuid.UUID, brand_id: int) -> str:
    """“Visitor 7F3A2C”, keyed: nobody finds the visitor's own number by it."""
    digest = salted_hmac(__name__, f"{brand_id} {visitor}").hexdigest()
    return f"Visitor {digest[:LENGTH].upper()}"
