"""Pieces by the number on their label: SKU, GTIN or the maker's own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from archive.codes import MANY, codes_in, holding
from catalog.models import Variant
from catalog.models.product import ProductQuerySet


class VariantCodes(models.Func):
    """A variant's `(sku, gtin, mpn)`, without what stands between letters and digits."""

    function = "catalog_codes"
    output_field = ArrayField(models.TextField())


def coded(visible: ProductQuerySet, query: str) -> list[int]:
    """Primary keys of the products that a code in `query` is of; none for a wrong one.

    A form's own numbers come before those that texts mention.
    """
    if not (codes := codes_in(query)):
        return []
    forms = Variant.objects.alias(codes=VariantCodes("sku", "gtin", "mpn"))
    numbered = forms.filter(codes__overlap=codes).values("product")
    keys = list(visible.filter(pk__in=numbered).order_by("pk").values_list("pk", flat=True)[:MANY])
    return keys or holding(visible, "details", codes)
