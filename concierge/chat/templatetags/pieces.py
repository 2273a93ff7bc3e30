"""Facts of a piece, read from its rows and worded for the reader."""

from django import template
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from catalog.face import Face
from catalog.models import Variant

register = template.Library()

FEW = 2  # pieces left that are worth telling
STOCK = {
    Variant.Availability.IN_STOCK: gettext_noop("In stock"),
    Variant.Availability.OUT_OF_STOCK: gettext_noop("Out of stock"),
    Variant.Availability.PREORDER: gettext_noop("To order in advance"),
    Variant.Availability.BACKORDER: gettext_noop("Made to order"),
    Variant.Availability.UNAVAILABLE: gettext_noop("No longer available"),
}


@register.filter
def stock(face: Face) -> str:
    """Availability of the piece as a whole, or of the form it is shown in, in words."""
    forms = [face.variant] if face.variant else face.product.variants.all()
    left = [each.quantity for each in forms if each.availability == Variant.Availability.IN_STOCK]
    if left and None not in left and sum(n for n in left if n) <= FEW:
        return _("Last pieces")
    best = face.variant.availability if face.variant else face.product.availability
    return _(STOCK[Variant.Availability(best)])


@register.filter
def price(priced: Face | Variant) -> str:
    """As the reader writes it; empty for what is no longer to be had."""
    return priced.price_in(get_language() or "en")


@register.filter
def form_query(face: Face) -> str:
    """What the address of a piece ends with, so that it opens in the same form."""
    return f"?form={face.variant.pk}" if face.variant else ""


@register.filter
def form_stock(variant: Variant) -> str:
    return _(STOCK[Variant.Availability(variant.availability)])
