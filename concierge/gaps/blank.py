"""Blanking what names a person outright: addresses and numbers. Names in words stay.

Years, prices, dates and the numbers of pieces are what a curator needs, and stay too.
"""

import re

ADDRESS = "[address]"
NUMBER = "[number]"
EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\W\d_]{2,}")
# A telephone number with its country or area, a card, an account: groups of digits that together
# are longer than a date or a price. Two years joined by a hyphen have eight.
GROUPED = re.compile(r"(?:\+|\(\+?)?\d(?:[ \u00a0.()/-]{0,2}\d){8,}")
LONG = re.compile(r"\d{7,}")  # an order, an account, a telephone number written in one
ABROAD = re.compile(r"\+\d(?:[ \u00a0.()/-]{0,2}\d){5,}")
LOCAL = re.compile(r"(?<!\d)\d{3}[ .-]\d{4}(?!\d)")


def blanked(text: str) -> str:
    text = EMAIL.sub(ADDRESS, text)
    for pattern in (ABROAD, GROUPED, LONG, LOCAL):
        text = pattern.sub(NUMBER, text)
    return text
