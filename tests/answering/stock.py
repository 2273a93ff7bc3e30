"""A catalogue small enough to read: pieces with their forms and vectors."""

from decimal import Decimal

import pytest


@pytest.fixture
def stock(brand):
    """Puts a piece on the shelf at a price; returns the product."""
    from archive.embedding import current_embedder
    from catalog.models import Product, ProductEmbedding, Variant
    from catalog.search import refresh

    def put(title, price, *, kind="Bag", availability="in_stock", forms=("One size",), **fields):
        product = Product.objects.create(
            brand=brand, key=title, title=title, kind=kind, details=kind, language="en", **fields
        )
        for position, form in enumerate(forms):
            Variant.objects.create(
                product=product,
                key=form,
                title=form,
                options={"Colour": form},
                position=position,
                price=Decimal(price),
                currency="EUR",
                availability=availability,
            )
        embedder = current_embedder()
        [vector] = embedder.embed_documents([f"{title}\n{kind}"])
        ProductEmbedding.objects.create(
            brand=brand, product=product, model=embedder.model, vector=vector
        )
        refresh(brand.pk)
        return product

    return put


@pytest.fixture
def shelf(stock):
    return {
        "relais 24": stock("Relais 24", 2150),
        "relais 30": stock("Relais 30", 2450, forms=("Tan", "Ink")),
        "scarf": stock("Heron scarf", 390, kind="Silk scarf", availability="out_of_stock"),
        "candle": stock("White flax candle", 78, kind="Scented candle"),
    }
