"""Pieces and their buyable forms."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from archive.models import Brand
from archive.models.document import Status
from archive.models.passage import Embedding, Lexemes, Term
from archive.viewer import Audience, Viewer
from catalog.money import PriceRange, label


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, viewer: Viewer) -> "ProductQuerySet":
        """Those `viewer` may see: the only way from a viewer to products."""
        return self.filter(
            Q(embargo_until__isnull=True) | Q(embargo_until__lte=Now()),
            brand_id=viewer.brand_id,
            status=Status.PUBLISHED,
            audience__in=sorted(viewer.audiences),
        )

    def from_a_feed(self) -> "ProductQuerySet":
        """Those a feed brought and has not since left out; a withdrawn product has no hash."""
        return self.exclude(content_hash="")

    def offered(self) -> "ProductQuerySet":
        """Those with at least one variant that is still to be had, now or again."""
        standing = Variant.objects.filter(product=OuterRef("pk")).exclude(
            availability=Variant.Availability.UNAVAILABLE
        )
        return self.filter(Exists(standing))


class Product(models.Model):
    """A catalogue piece. What is bought, priced and in stock is its variants."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="products")
    key = models.CharField(max_length=200, help_text="Handle or group id in the feed.")
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True, help_text="Plain text.")
    vendor = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=300, blank=True, help_text="Type, as the feed names it.")
    category = models.CharField(max_length=500, blank=True, help_text="Taxonomy path.")
    tags = ArrayField(models.CharField(max_length=200), blank=True, default=list)
    url = models.CharField(max_length=1000, blank=True)
    images = models.JSONField(default=list, blank=True, help_text="[{url, alt}], first is main.")
    options = models.JSONField(default=list, blank=True, help_text="[{name, values}].")
    attributes = models.JSONField(default=dict, blank=True, help_text="{name: value}.")
    details = models.TextField(blank=True, help_text="What search reads besides the title.")
    language = models.CharField(max_length=8, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    embargo_until = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    content_hash = models.CharField(max_length=64, blank=True)
    words = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    search = models.GeneratedField(
        expression=Lexemes(F("language"), F("title"), F("details")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        indexes = [
            GinIndex(fields=["search"], name="product_search"),
            GinIndex(fields=["tags"], name="product_tags"),
            models.Index(fields=["brand", "status", "audience"], name="product_door"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["brand", "key"], name="product_key"),
            models.UniqueConstraint(fields=["id", "brand"], name="product_of_brand"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="product_audience"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="product_status"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def main_image(self) -> dict[str, str] | None:
        """{url, alt} of the first image."""
        return self.images[0] if self.images else None

    @property
    def availability(self) -> str:
        """The best that any variant can offer, of `Variant.Availability`."""
        stock = {variant.availability for variant in self.variants.all()}
        return next((each for each in Variant.BEST_FIRST if each in stock), Variant.BEST_FIRST[-1])

    @property
    def is_available(self) -> bool:
        """Whether a variant can be bought or ordered today."""
        return self.availability in Variant.TO_BE_HAD

    def price_range(self) -> PriceRange:
        """The prices of the variants still to be had, which may be none.

        In the brand's currency when they are told in several.
        """
        gone = Variant.Availability.UNAVAILABLE
        offered = [each for each in self.variants.all() if each.availability != gone]
        told = {each.currency: None for each in offered if each.price is not None}
        if not told:
            return PriceRange(offered=bool(offered))
        own = self.brand.currency if len(told) > 1 else ""
        currency = own if own in told else next(iter(told))
        prices = [v.price for v in offered if v.currency == currency and v.price is not None]
        return PriceRange(min(prices), max(prices), currency)

    def price_label(self) -> str:
        """The price for a card, in the brand's language: "€390", "from €115", on request.

        Empty for a product that is no longer to be had.
        """
        return self.price_range().display(self.brand.language)


class Variant(models.Model):
    """A buyable form of a product, with its price and stock."""

    class Availability(models.TextChoices):
        IN_STOCK = "in_stock", "In stock"
        OUT_OF_STOCK = "out_of_stock", "Out of stock"
        PREORDER = "preorder", "Pre-order"
        BACKORDER = "backorder", "Made to order"
        UNAVAILABLE = "unavailable", "No longer available"

    TO_BE_HAD = (Availability.IN_STOCK, Availability.PREORDER, Availability.BACKORDER)
    BEST_FIRST = (*TO_BE_HAD, Availability.OUT_OF_STOCK, Availability.UNAVAILABLE)

    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    key = models.CharField(max_length=300, help_text="SKU, or the options when there is none.")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300, blank=True)
    sku = models.CharField(max_length=120, blank=True)
    gtin = models.CharField(max_length=20, blank=True)
    mpn = models.CharField(max_length=120, blank=True)
    options = models.JSONField(default=dict, blank=True, help_text="{name: value}.")
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    compare_at_price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)
    availability = models.CharField(
        max_length=12, choices=Availability, default=Availability.IN_STOCK
    )
    quantity = models.IntegerField(null=True, blank=True, help_text="Unknown when empty.")
    image = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["product", "position", "id"]
        indexes = [
            models.Index(fields=["sku"], name="variant_sku"),
            models.Index(fields=["price"], name="variant_price"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["product", "key"], name="variant_key"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="variant_price_positive"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="variant_currency"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    def price_in(self, language: str) -> str:
        """The price as a page says it, or that it is told on request."""
        return label(self.price, self.currency, language)


class ProductEmbedding(Embedding):
    product = models.ForeignKey(Product, models.CASCADE, related_name="embeddings")

    class Meta:
        indexes = [
            models.Index(fields=["brand", "model", "audience"], name="product_embedding_door")
        ]
        constraints = [
            models.UniqueConstraint(fields=["product", "model"], name="product_embedding_model"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} under {self.model}"


class ProductLexeme(Term):
    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "lexeme"], name="product_lexeme_of_brand")
        ]
