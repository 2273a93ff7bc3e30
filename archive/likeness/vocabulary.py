"""The words by which a brand tells its pieces apart; whoever keeps a catalogue says them here."""

from collections.abc import Callable, Collection

Source = Callable[[int], Collection[str]]  # folded words of a brand, by its number

SOURCES: list[Source] = []


def is_told_by(source: Source) -> None:
    """Let `source` be asked too. To be called once, as the product starts."""
    if source not in SOURCES:
        SOURCES.append(source)


def words(brand_id: int) -> frozenset[str]:
    return frozenset().union(*(source(brand_id) for source in SOURCES))
