"""Facts of a piece, read from its rows and worded for the reader."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalog.models import Product, Variant

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
def stock(product: Product) -> str:
    """Availability of the piece as a whole, in words."""
    left = [
        variant.quantity
        for variant in product.variants.all()
        if variant.availability == Variant.Availability.IN_STOCK
    ]
    if left and None not in left and sum(n for n in left if n) <= FEW:
        return _("Last pieces")
    return _(STOCK[Variant.Availability(product.availability)])


@register.filter
def form_stock(variant: Variant) -> str:
    return _(STOCK[Variant.Availability(variant.availability)])
