"""Batches of a feed's products into the tables, with their variants and vectors."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from archive.embedding import choice, current_embedder
from archive.models import Brand
from archive.models.document import Status
from catalog.details import content_hash, details_of, embedding_text, said, word_count
from catalog.feeds.product import FeedProduct, FeedVariant, Rejection
from catalog.models import CatalogImport, Product, ProductEmbedding, RejectedRow, Variant

KEPT_REJECTIONS = 10_000  # rows listed of one import; the count goes on
FEED_FIELDS = (
    *("title", "description", "vendor", "kind", "category", "tags", "url", "images", "options"),
    *("attributes", "details", "language", "status", "content_hash", "words", "updated"),
)
VARIANT_FIELDS = (
    *("position", "title", "sku", "gtin", "mpn", "options", "price", "compare_at_price"),
    *("currency", "availability", "quantity", "image"),
)
# What the feed sets and lifts; the other states are a curator's, and stay.
FEED_STATES = (Status.DRAFT, Status.PUBLISHED)


class Writer:
    """Writes one import's batches, and counts on its record what became of them."""

    def __init__(self, brand: Brand, record: CatalogImport) -> None:
        self.brand = brand
        self.record = record
        self.embedder = current_embedder()

    def write(self, batch: Sequence[FeedProduct | Rejection]) -> None:
        """One batch, whole or not at all. Raises EmbeddingError before anything is written."""
        told = {each.key: each for each in batch if isinstance(each, FeedProduct)}
        known = {
            product.key: product
            for product in Product.objects.filter(brand=self.brand, key__in=told).defer("search")
        }
        hashes = {key: content_hash(each, self.brand.language) for key, each in told.items()}
        changed = [
            key for key in told if key not in known or known[key].content_hash != hashes[key]
        ]
        products = {key: self.product(told[key], known.get(key), hashes[key]) for key in changed}
        reworded = {
            key for key, product in products.items() if not same_words(product, known.get(key))
        }
        vectors = self.vectors({**known, **products}, reworded)
        with transaction.atomic():
            self.write_products(list(products.values()))
            stored = {**known, **products}
            write_variants([(products[key], told[key]) for key in changed])
            self.write_vectors(stored, vectors, reworded & known.keys())
            choice.adopt()
            self.count(batch, len(told), len(changed), len(known.keys() & products.keys()))

    def product(self, told: FeedProduct, known: Product | None, digest: str) -> Product:
        """The row that the feed's product makes, not yet written."""
        numbers = [n for each in told.variants for n in (each.sku, each.mpn, each.gtin)]
        details = details_of(told, numbers)
        status = Status.DRAFT if told.hidden else Status.PUBLISHED
        return Product(
            brand=self.brand,
            key=told.key,
            title=told.title,
            description=told.description,
            vendor=told.vendor,
            kind=told.kind,
            category=told.category,
            tags=list(told.tags),
            url=told.url,
            images=list(told.images),
            options=list(told.options),
            attributes=told.attributes,
            details=details,
            language=self.brand.language,
            status=known.status if known and known.status not in FEED_STATES else status,
            content_hash=digest,
            words=word_count(told.title, details),
        )

    def vectors(self, products: dict[str, Product], reworded: set[str]) -> dict[str, object]:
        """New vectors by key: of the reworded, and of those that have none of today's model."""
        lacking = set(products) - set(
            ProductEmbedding.objects.filter(
                brand=self.brand, model=self.embedder.model, product__key__in=products
            ).values_list("product__key", flat=True)
        )
        keys = sorted(lacking | reworded)
        if not keys:
            return {}
        rows = self.embedder.embed_documents([embedding_text(products[key]) for key in keys])
        return dict(zip(keys, rows, strict=True))

    def write_products(self, products: list[Product]) -> None:
        Product.objects.bulk_create(
            products,
            update_conflicts=True,
            unique_fields=["brand", "key"],
            update_fields=FEED_FIELDS,
        )

    def write_vectors(
        self, stored: dict[str, Product], vectors: dict[str, object], reworded: Iterable[str]
    ) -> None:
        """Write `vectors`; those of other models that speak of replaced words go."""
        stale = [stored[key].pk for key in reworded]
        if stale:
            of_others = ProductEmbedding.objects.exclude(model=self.embedder.model)
            of_others.filter(product__in=stale).delete()
        ProductEmbedding.objects.bulk_create(
            [
                ProductEmbedding(
                    brand=self.brand,
                    product=stored[key],
                    model=self.embedder.model,
                    vector=vector,
                )
                for key, vector in vectors.items()
            ],
            update_conflicts=True,
            unique_fields=["product", "model"],
            update_fields=["vector"],
        )

    def count(
        self, batch: Sequence[FeedProduct | Rejection], told: int, changed: int, updated: int
    ) -> None:
        rejected = [each for each in batch if isinstance(each, Rejection)]
        room = max(0, KEPT_REJECTIONS - self.record.rejected_count)
        RejectedRow.objects.bulk_create(
            RejectedRow(
                catalog_import=self.record,
                line=each.line,
                key=each.key[:200],
                reason=each.reason[:500],
            )
            for each in rejected[:room]
        )
        self.record.created_count += changed - updated
        self.record.updated_count += updated
        self.record.unchanged_count += told - changed
        self.record.rejected_count += len(rejected)
        self.record.save()


def same_words(product: Product, known: Product | None) -> bool:
    return known is not None and (product.title, product.details) == (known.title, known.details)


def write_variants(products: Sequence[tuple[Product, FeedProduct]]) -> None:
    """The variants as the feed has them; those it has no more become unavailable.

    Where a row of the product was rejected, the variants that are not told of stay as they are.
    """
    Variant.objects.bulk_create(
        [
            variant_of(product, position, each)
            for product, told in products
            for position, each in enumerate(told.variants)
        ],
        update_conflicts=True,
        unique_fields=["product", "key"],
        update_fields=VARIANT_FIELDS,
    )
    kept = {product.pk: {each.key for each in told.variants} for product, told in products}
    whole = [product.pk for product, told in products if told.whole]
    stored = Variant.objects.filter(product__in=whole).values_list("pk", "product_id", "key")
    gone = [pk for pk, product_id, key in stored if key not in kept[product_id]]
    Variant.objects.filter(pk__in=gone).update(
        availability=Variant.Availability.UNAVAILABLE, quantity=None
    )


def variant_of(product: Product, position: int, told: FeedVariant) -> Variant:
    return Variant(product=product, position=position, **said(told))
