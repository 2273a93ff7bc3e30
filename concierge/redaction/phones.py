"""Telephone numbers: by the plans of the countries, by the word before them, by how they stand."""

import re
from collections.abc import Iterator

from concierge.redaction.found import Found
from concierge.redaction.presidio import is_telephone

# Digits in groups, as people write a number: 6 to 17 of them, an extension after.
GROUPED = re.compile(
    r"(?<![\w.,/-])(?<!\d )"
    r"(?:\+ ?|\(\+?)?\d(?:[ ./()\-]{0,3}\d){5,16}(?:\s?(?:x|ext\.?|poste|int\.?)\s?\d{1,6})?"
    r"(?![\w/-])(?![.,]\d)(?! ?[€$£%])"
)
LABEL = re.compile(
    r"(?:\b(?:phones?|tel\.?|t[ée]l[ée]phon\w*|telefon\w*|mobil\w*|cell\w*|handy\w*|portable|fax|desk"
    r"|whats\s?app|sms|text(?:ed)? me|reach|call(?:ed|ing)?|ring|dial|appel\w*|joindre|joignable"
    r"|rappel\w*|chiam\w*|richiam\w*|contatt\w*|raggiung\w*|anruf\w*|rufen|zur[üu]ckruf\w*|erreich\w*"
    r"|answering|messages?|registered|line|contact(?:ed)?|my number|mon num[ée]ro|mio numero"
    r"|meine nummer|nummer lautet|callback)\b|[☎📞📱])",
    re.IGNORECASE,
)
# What a number of the house's or of the post is called.
OTHER = re.compile(
    r"\b(?:r[ée]f[ée]?\.?|r[ée]f[ée]rence|referenz\w*|riferimento|rif\.?|sku|gtin|ean|isbn|mpn|art\.?"
    r"|article|articolo|artikel\w*|item|model\w*|mod[èe]le|modello|modell|style|code|barcode"
    r"|catalogue|edition|serial|s[ée]rie|lot|batch|bar ?code|code[- ]barres?|codice a barre"
    r"|strichcode|etikett|label|tag)\b(?:\W{0,3}(?:no|nr|n[°º]?|number|num[ée]ro|nummer|numero"
    r"|is|est|è|ist|reads?|says?|dit|dice|lautet|porte|le|la|il|the|der|die|das)(?!\w)\.?){0,4}\W{0,4}$",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"^\s?(?:eur\b|euros?\b|usd\b|gbp\b|chf\b|dollars?\b|pounds?\b|francs?\b"
                    r"|x\s?\d|cm\b|mm\b|ml\b|g\b|kg\b|°|points?\b|pieces\b|pi[èe]ces\b|pezzi\b"
                    r"|st[üu]ck\b)", re.IGNORECASE)  # fmt: skip
CURRENCY = re.compile(r"(?:[€$£]|\b(?:eur|usd|gbp|chf))\s?$", re.IGNORECASE)
YEARS = re.compile(
    r"(?:1[5-9]|20)\d\d(?:\W{1,3}(?:(?:1[5-9]|20)\d\d|\d\d))*$"
    # Of long ago, and pages of a year or two: "960-1279", "1400-1500 120", "91-94 (1943".
    r"|(?:[1-9]\d\d|1\d{3})[-/](?:[2-9]\d\d|1\d{3}|20\d\d)(?: \d{1,3})?$"
    r"|\d{1,3}-\d{1,3} \((?:1[5-9]|20)\d\d$|(?:1[5-9]|20)\d\d \(\d{1,4}$"
)
DATE = re.compile(
    r"(?:(?=[012]?\d\D|3[01]\D)\d{1,2}([./ -])(?=[012]?\d\D|3[01]\D)\d{1,2}\1(?:\d{4}|\d{2})"
    r"|\d{4}([./-])\d{1,2}\2\d{1,2})(?: \d{1,2})?$"
)
THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3})*[ .]000$")
# Prices, hours of the day, numbered things beside each other: "2 150 / 2 450", "10.30-18.00".
AMOUNTS = re.compile(
    r"\d{1,3}(?:[ .]\d{3})?(?:\s?[/–-]\s?\d{1,3}(?:[ .]\d{3})+)+$"
    r"|(?:\d{1,2}[.:h ]\d{2}\s?[-–/]\s?)+\d{1,2}[.:h ]\d{2}$"
)
# A mobile number in one, as it is written in France, Germany, Britain, Italy.
IN_ONE = re.compile(r"(?:0[1-9]\d{8,10}|3\d{9})$")
NEAR = 60  # characters before it in which a word may say that it is a telephone's


def telephones(text: str) -> Iterator[Found]:
    for match in GROUPED.finditer(text):
        if is_number(text, match):
            yield Found("PHONE", *match.span())


def is_number(text: str, match: re.Match[str]) -> bool:
    said = match[0]
    before, after = text[max(0, match.start() - NEAR) : match.start()], text[match.end() :]
    digits = re.sub(r"\D", "", said)
    if said.startswith("+") or digits.startswith("00"):
        return is_telephone(said, abroad=True) or len(digits) >= 8
    bare = said.strip("() ")
    if any(form.match(bare) for form in (YEARS, DATE, THOUSANDS, AMOUNTS)):
        return False
    if AMOUNT.match(after) or CURRENCY.search(before) or OTHER.search(before):
        return False
    if LABEL.search(before):
        return True
    groups = re.findall(r"\d+", said)
    if len(groups) == 1:
        return bool(IN_ONE.match(digits)) and is_telephone(said, abroad=False)
    if len(digits) < 7:
        return False
    return len(groups) > 2 or "(" in said or is_telephone(said, abroad=False)
