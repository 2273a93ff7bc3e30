"""Accounts of banks: as long as those of their country are, with check digits that agree."""

import re
from collections.abc import Iterator

from concierge.redaction.found import Found

# Characters of an IBAN by country, from the registry of ISO 13616.
LENGTHS = {
    15: "NO", 16: "BE", 18: "DK FI FK FO GL NL SD", 19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK", 21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST",
    26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
LENGTH = {country: length for length, some in LENGTHS.items() for country in some.split()}
BEGUN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ ]?\d{2}(?=[ .-]?[A-Za-z0-9])")
SIGN = re.compile(r"[ .-]{0,2}([A-Za-z0-9])")


def accounts(text: str) -> Iterator[Found]:
    for match in BEGUN.finditer(text):
        length = LENGTH.get(match[0][:2].upper())
        end = length and ending(text, match, length)
        if end:
            yield Found("IBAN", match.start(), end)


def ending(text: str, begun: re.Match[str], length: int) -> int | None:
    """Where the account of `length` signs that begins there ends; None where there is none."""
    signs, place = begun[0].replace(" ", ""), begun.end()
    while len(signs) < length:
        sign = SIGN.match(text, place)
        if not sign:
            return None
        signs, place = signs + sign[1], sign.end()
    return place if agrees(signs) else None


def agrees(signs: str) -> bool:
    """ISO 13616: letters as 10 to 35, the first four last, leave 1 of 97."""
    moved = signs[4:] + signs[:4]
    return int("".join(str(int(each, 36)) for each in moved)) % 97 == 1
