"""Numbers said in words: "two thousand", "deux mille cinq cents", "duemila", "zweitausend".

In English, French, Italian and German, to below a million. The parts of a number add up, and
"hundred" and "thousand" multiply what is before them; that holds in the four languages.
"""

import re

WORDS = (
    (1, "one un une uno ein eine"),
    (2, "two deux due zwei"),
    (3, "three trois tre drei"),
    (4, "four quatre quattro vier"),
    (5, "five cinq cinque fünf"),
    (6, "six sei sechs"),
    (7, "seven sept sette sieben"),
    (8, "eight huit otto acht"),
    (9, "nine neuf nove neun"),
    (10, "ten dix dieci zehn"),
    (11, "eleven onze undici elf"),
    (12, "twelve douze dodici zwölf"),
    (13, "thirteen treize tredici"),
    (14, "fourteen quatorze quattordici"),
    (15, "fifteen quinze quindici"),
    (16, "sixteen seize sedici sechzehn"),
    (17, "seventeen diciassette siebzehn"),
    (18, "eighteen diciotto"),
    (19, "nineteen diciannove"),
    (20, "twenty vingt venti vent zwanzig"),
    (30, "thirty trente trenta trent dreißig dreissig"),
    (40, "forty quarante quaranta quarant vierzig"),
    (50, "fifty cinquante cinquanta cinquant fünfzig"),
    (60, "sixty soixante sessanta sessant sechzig"),
    (70, "seventy septante settanta settant siebzig"),
    (80, "eighty quatre-vingts quatre-vingt huitante ottanta ottant achtzig"),
    (90, "ninety nonante novanta novant neunzig"),
    (100, "hundred cent cents cento hundert"),
    (1000, "thousand mille mila tausend"),
)
VALUES = {word: value for value, words in WORDS for word in words.split()}
ONE = "|".join(sorted(VALUES, key=len, reverse=True))
PART = re.compile(ONE, re.IGNORECASE)
# A digit before it is part of the number: "2 thousand" is read as it is written.
SAID = re.compile(
    rf"(?<![\w\d])(?<!\d[ .,])(?:{ONE})(?:(?:[ -]?(?:and|und|et) ?|[ -])?(?:{ONE}))*(?!\w)",
    re.IGNORECASE,
)
LEAST = 20  # smaller ones count pieces: "the two cheapest"


def in_digits(text: str) -> str:
    """`text` with its numbers in digits, each padded to the length of its words."""
    return SAID.sub(lambda match: digits(match.group()), text)


def digits(said: str) -> str:
    total = current = 0
    for part in PART.findall(said):
        value = VALUES[part.lower()]
        if value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif value == 100:
            current = max(current, 1) * 100
        else:
            current += value
    number = str(total + current)
    return number.ljust(len(said)) if int(number) >= LEAST and len(number) <= len(said) else said
