"""The words feeds have for stock, in the catalogue's five."""

import re

from catalog.feeds.product import RowError

IN_STOCK, OUT_OF_STOCK, PREORDER = "in_stock", "out_of_stock", "preorder"
BACKORDER, UNAVAILABLE = "backorder", "unavailable"
WORDS = {
    **dict.fromkeys(("instock", "available", "availablefororder", "limitedavailability"), IN_STOCK),
    **dict.fromkeys(("onlineonly", "instoreonly", "limitedstock", "lowstock"), IN_STOCK),
    **dict.fromkeys(("outofstock", "soldout", "unavailable", "reserved"), OUT_OF_STOCK),
    **dict.fromkeys(("preorder", "presale", "comingsoon"), PREORDER),
    **dict.fromkeys(("backorder", "backordered", "madetoorder", "onorder"), BACKORDER),
    **dict.fromkeys(("discontinued", "nolongeravailable"), UNAVAILABLE),
}


def read_availability(text: str) -> str:
    """One of the catalogue's words, from any spelling or schema.org address. Raises RowError."""
    word = re.sub(r"[\s_-]", "", text.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]).casefold()
    if not word:
        raise RowError("the availability is missing")
    if word not in WORDS:
        raise RowError(f'the availability "{text.strip()[:40]}" is not known')
    return WORDS[word]
