"""A parser of a house's own, for pages that the light one cannot read."""

from archive.ingestion.parse.blocks import Block


def read_pages(data: bytes, pages: list[int], languages: list[str]) -> list[Block]:
    return [Block(f"Read at length: {languages[0]}", page=page) for page in pages]
