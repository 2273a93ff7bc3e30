"""What a page shows of a piece: its picture, price and stock, or those of one of its forms."""

from dataclasses import dataclass

from catalog.models import Product, Variant
from catalog.money import label


@dataclass(frozen=True, slots=True)
class Face:
    """A piece as a whole or, with one of its own variants, in that form. Another's is ignored."""

    product: Product
    variant: Variant | None = None

    def __post_init__(self) -> None:
        if self.variant and self.variant.product_id != self.product.pk:
            object.__setattr__(self, "variant", None)

    @property
    def form(self) -> str:
        """The form's name, as the house has it; empty for the piece as a whole."""
        named = self.variant.title if self.variant else ""
        return "" if named == self.product.title else named

    @property
    def image(self) -> dict[str, str] | None:
        """{url, alt} of the form, else of the piece: a form need have no picture of its own."""
        url = self.variant.image if self.variant else ""
        if not url:
            return self.product.main_image
        alts = {each["url"]: each.get("alt", "") for each in self.product.images}
        return {"url": url, "alt": alts.get(url) or f"{self.product.title}, {self.form}"}

    def price_in(self, language: str) -> str:
        """As a page says it; empty for a piece or a form that is no longer to be had."""
        if self.variant is None:
            return self.product.price_range().display(language)
        if self.variant.availability == Variant.Availability.UNAVAILABLE:
            return ""
        return label(self.variant.price, self.variant.currency, language)

    @property
    def is_available(self) -> bool:
        """Whether it can be bought or ordered today."""
        if self.variant is None:
            return self.product.is_available
        return self.variant.availability in Variant.TO_BE_HAD
