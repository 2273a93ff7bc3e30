"""What a question demands of a piece: plain values, made by `read`, asked of rows by `rows`."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalog.models import CatalogName

Concept = CatalogName.Concept


class Order(StrEnum):
    """By what a question ranks the pieces it means."""

    DEAREST = "dearest"
    CHEAPEST = "cheapest"
    NEWEST = "newest"
    ENDS = "ends"  # the cheapest first, then the dearest


class Likeness(StrEnum):
    """How a question leans on a piece that was spoken of before."""

    SIMILAR = "similar"  # something like it, which differs in what else is said
    CHEAPER = "cheaper"
    DEARER = "dearer"


@dataclass(frozen=True, slots=True)
class Price:
    """From `low` to `high`, both included unless `strictly`, in an ISO 4217 currency."""

    low: Decimal | None
    high: Decimal | None
    currency: str
    strictly: bool = False
    named: bool = True  # whether the question names the currency


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the catalogue as its rows hold it; `name` is the option's or attribute's."""

    aspect: str  # of CatalogName.Aspect
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece has one of `values`, or, when `excluded`, none of them."""

    concept: str  # of CatalogName.Concept
    said: str  # the asker's words for it
    values: tuple[Value, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """Everything a question demands. `rest` are the words that demand nothing known."""

    price: Price | None = None
    wanted: tuple[Wanted, ...] = ()
    in_stock: bool = False
    order: Order | None = None
    how_many: bool = False  # the number of pieces is asked for
    most: int = 0  # pieces wanted; 0 when the question does not say
    likeness: Likeness | None = None
    rest: tuple[str, ...] = ()
    gift: bool = False  # to be given: neither a service nor what is not to be had
    generic: bool = False  # "pieces", "anything you have": whatever the house sells is meant

    @property
    def explicit(self) -> bool:
        """Whether something is demanded that ranking by words and meaning could betray."""
        form = {Concept.COLOUR, Concept.SIZE, Concept.MATERIAL}
        told = any(each.concept in form for each in self.wanted)
        return bool(self.price or self.in_stock or self.ranks or told or self.likeness)

    @property
    def ranks(self) -> bool:
        """Whether the answer is over all the pieces meant: a superlative or their number."""
        return self.order is not None or self.how_many

    @property
    def kinds(self) -> tuple[Wanted, ...]:
        return self.of(Concept.KIND)

    def of(self, *concepts: str) -> tuple[Wanted, ...]:
        return tuple(each for each in self.wanted if each.concept in concepts)
