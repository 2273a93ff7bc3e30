"""Which houses a person of the staff serves."""

from typing import Any

from concierge.accounts.models import Membership


def brands_of(user: Any) -> frozenset[int] | None:
    """Primary keys of the houses `user` serves; None: all of them. Clients serve none."""
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return frozenset()
    if user.is_superuser:
        return None
    return frozenset(Membership.objects.filter(user=user).values_list("brand_id", flat=True))
