"""Whom a command means: by the number of a visitor or a client, or by an e-mail address."""

import uuid

from archive.models import Brand
from concierge.accounts.join import names
from concierge.clients.models import Client, Visitor


class NobodyError(LookupError):
    """Nobody, or nobody certain, is meant; one sentence for the operator."""


def whom(told: str, slug: str | None = None) -> Visitor | Client:
    """The one person meant by `told`, at the house of this slug where one is named.

    Raises NobodyError.
    """
    told = told.strip()
    brand = house(slug) if slug else None
    return by_address(told.lower(), brand) if "@" in told else by_number(told, brand)


def house(slug: str) -> Brand:
    brand = Brand.objects.filter(slug=slug).first()
    if brand is None:
        known = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True))
        raise NobodyError(f"There is no brand “{slug}”. There are: {known or 'none'}.")
    return brand


def by_number(told: str, brand: Brand | None) -> Visitor | Client:
    try:
        number = uuid.UUID(told)
    except ValueError:
        raise NobodyError(
            f"“{told}” is neither a visitor's or client's number nor an e-mail address."
        ) from None
    for model in (Visitor, Client):
        row: Visitor | Client | None = (
            model._default_manager.filter(pk=number).select_related("brand").first()
        )
        if row is not None and brand is not None and row.brand_id != brand.pk:
            raise NobodyError(f"{number} is known at {row.brand.slug}, not at {brand.slug}.")
        if row is not None:
            return row
    raise NobodyError(f"Nobody is known by {number}.")


def by_address(address: str, brand: Brand | None) -> Client:
    """An address is known to each house apart, under a name that is another at every house."""
    houses = [brand] if brand else list(Brand.objects.order_by("slug"))
    known = {name: each for each in houses for name in names(each, address)}
    rows = Client.objects.filter(user__username__in=known).select_related("brand", "user")
    found = [row for row in rows if known[row.user.username].pk == row.brand_id]
    if not found:
        raise NobodyError(
            f"{brand.name} knows nobody by this address."
            if brand
            else "No house knows anybody by this address."
        )
    if len(found) > 1:
        slugs = ", ".join(sorted(row.brand.slug for row in found))
        raise NobodyError(f"Several houses know this address ({slugs}): name one with --brand.")
    return found[0]
